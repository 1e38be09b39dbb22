"""The first screen: at most fifteen lines of a hundred columns that can be repeated aloud, in Danish or English.

What was asked and what differs, the headline, the answer in sentences, what its intervals hold, where the rest is.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.report.columns import table_of
from simulation.report.findings import FEWEST, WIDTH, Findings
from simulation.report.heads import changed_text, cut_to, in_a_row
from simulation.report.rows import Row
from simulation.report.sentences import UNPAIRED
from simulation.report.wording import Wording
from simulation.scenario.alike import Alike
from simulation.world.labels import Label

LINES, COLUMNS, MARGIN = 15, WIDTH, 11
"""Most lines and columns, and the width of the words before each paragraph."""
INTERVAL, FIXED = re.compile(r"\[[^\]]*\]|\d %"), "\u00a0"
"""What is not broken by the end of a line: an interval, and a number with its sign."""
CHANGED_LINES, ANSWER_LINES = 2, 5
GOOD = 6
"""Rows for which a second line of what differs is given up."""
AGAINST = Label("against", "mod")
REPLICATIONS = Label("{n} replications", "{n} gentagelser")
ONE_REPLICATION = Label("1 replication", "1 gentagelse")
SAME_LUCK = Label("same luck", "samme tilfældigheder")
PEOPLE = Label("{persons} ledige", "{persons} ledige")
SCENARIOS = Label("{n} scenarios", "{n} scenarier")
CHANGED = Label("Changed:", "Ændret:")
COLUMNS_ARE = Label("Columns:", "Kolonner:")
STILL = Label("No measurable change:", "Ingen målbar ændring:")
ANSWER = Label("Answer:", "Svar:")
UNCERTAIN = Label("Uncertain:", "Usikkert:")
PRECISION = Label("Precision:", "Præcision:")
ASIDE = Label("Mind:", "Bemærk:")
WARNINGS = Label("Warnings: {n}, see: jobcentersim check {file}", "Advarsler: {n}, se: jobcentersim check {file}")
FILE = Label("FILE", "FIL")
FOLDER = Label("FOLDER", "MAPPE")
RESULTS = Label("Results:", "Resultat:")
STATES = {
    "new": Label("", ""),
    "unchanged": Label(" (they were there already)", " (lå der i forvejen)"),
    "incomplete": Label(
        " (incomplete: {done} of {asked} replications)", " (ufuldstændigt: {done} af {asked} gentagelser)"
    ),
    "replaced": Label(" (written anew)", " (skrevet på ny)"),
}
NEXT = Label("Next:", "Næste:")
EVERYTHING = Label("everything on the screen: --all", "alt på skærmen: --all")
OTHER_ARMS = Label("arms have other people in them", "der er andre ledige i grupperne")
OTHER_LUCK = Label("some chances are drawn by other luck", "nogle udfald bygger på andre tilfældigheder")
OTHER_START = Label("the runs start at another time", "kørslerne begynder på forskellige tidspunkter")
LEFT_OUT = Label("runs of different lengths: totals are left out", "kørsler af forskellig længde: summer er udeladt")
SEE_ALL = Label("{what} (see --all)", "{what} (se --all)")
RESUMED = Label(
    "{n} replications were there from an earlier call", "{n} gentagelser var der fra en tidligere kørsel"
)
UNSEEN = Label("not shown first, for there is nothing of it here: {what}",
               "ikke vist først, for der er intet af det her: {what}")  # fmt: skip
RUN_ALONE = Label("run alone: {base}, which it extends, {why}", "kørt alene: {base}, som den bygger på, {why}")
DRAWN_ALONE = Label(
    "is left out under parameter uncertainty; `compare` holds both against each other",
    "er udeladt under parameterusikkerhed; `compare` holder dem op mod hinanden",
)
ASKED_BACK = Label("questions put backwards: {n}, answered under --all", "omvendte spørgsmål: {n}, besvaret med --all")
BESIDE = Label("beside it was run, see --all: {name}", "ved siden af er kørt, se --all: {name}")


@dataclass(frozen=True)
class Aside:
    """What a command knows beside its findings: the folder of its results and what became of it, how many warnings
    `check` has and of which file, sentences that are to be said, and how precise it is where that was asked for."""

    folder: str = ""
    word: str = "new"
    doubts: int = 0
    doubtful: str = ""
    sentences: Sequence[str] = ()
    precision: str = ""


def first_screen(findings: Findings, aside: Aside | None = None) -> str:
    """At most LINES lines of COLUMNS columns; a folder with a long path has a longer line for itself."""
    aside = aside or Aside()
    for changed, answer, enough in ((CHANGED_LINES, ANSWER_LINES, GOOD), (1, ANSWER_LINES, FEWEST), (1, 2, FEWEST)):
        top, end = _top(findings, aside, changed), _end(findings, aside, answer)
        room = LINES - len(top) - len(end) - 1  # the head of the table
        if room >= enough:
            break
    rows = findings.best(max(room - (not findings.alone), FEWEST))
    table = table_of(findings, rows, COLUMNS)
    still = _still(findings, rows)[: max(room - len(rows), 0)]
    blank = len(top) + len(table) + len(still) + len(end) < LINES
    return "\n".join([*top, *([""] if blank else []), *table, *still, *end])


def _top(findings: Findings, aside: Aside, most: int) -> list[str]:
    """What was asked: the scenarios, what the columns are, and what differs, in so many lines at the most."""
    words = findings.wording
    top = [*_title(findings), *paragraph(words.say(COLUMNS_ARE), findings.heads.legend, 2)]
    if not findings.alone:
        changed = changed_text(words, findings.changes, (COLUMNS - MARGIN) * most - 20 * (most > 1), bool(aside.folder))
        top += paragraph(words.say(CHANGED), changed, most)
    return top


def _end(findings: Findings, aside: Aside, most: int) -> list[str]:
    """The answer in so many lines at the most, what it holds, what to mind, and where the rest is."""
    words = findings.wording
    end = paragraph(words.say(ANSWER), " ".join(findings.answer), most)
    end += paragraph(words.say(UNCERTAIN), findings.holds, 2)
    end += paragraph(words.say(PRECISION), aside.precision, 2)
    alike = [comparison.alike for comparison in findings.ran.comparisons]
    unseen = [words.outcome(outcome) for outcome in findings.choice.unseen]
    unseen = [words.say(UNSEEN, what=", ".join(dict.fromkeys(unseen)))] if unseen else []
    minds = [f"{text[0].upper()}{text[1:]}." for text in (*minds_of(words, alike), *unseen, *aside.sentences)]
    end += paragraph(words.say(ASIDE), " ".join(minds), 2)
    return [*end, *where_lines(words, aside, *_done(findings))]


def where_lines(words: Wording, aside: Aside, done: int, asked: int) -> Iterator[str]:
    """Warnings, the folder, and what to type next."""
    yield from warnings_line(words, aside)
    if not aside.folder:
        return
    state = words.say(STATES[aside.word], **({"done": done, "asked": asked} if aside.word == "incomplete" else {}))
    after = " --lang da" if words.language == "da" else ""
    fits = MARGIN + len(f"jobcentersim report {aside.folder}{after}") <= COLUMNS
    if state or not fits:  # else the folder stands in what to type next
        yield f"{words.say(RESULTS):{MARGIN}}{aside.folder}{state}"
    folder = aside.folder if fits else words.say(FOLDER)
    if aside.word != "incomplete":
        yield both(f"{words.say(NEXT):{MARGIN}}jobcentersim report {folder}{after}", words.say(EVERYTHING))
    else:
        yield f"{words.say(NEXT):{MARGIN}}jobcentersim resume {folder}"


def warnings_line(words: Wording, aside: Aside) -> Iterator[str]:
    """How many warnings there are, and how to see them; nothing where there is none."""
    if aside.doubts:
        file, fits = aside.doubtful or words.say(FILE), COLUMNS - len(words.say(WARNINGS, n=aside.doubts, file=""))
        if len(file) > fits:
            file = f"{words.say(FILE)} --set …" if " --set " in file else words.say(FILE)
        yield words.say(WARNINGS, n=aside.doubts, file=file)


def both(left: str, right: str) -> str:
    """Two texts at both ends of a line, as far as there is room."""
    room = COLUMNS - len(left) - len(right)
    return left + " " * room + right if room >= 2 else left


def counted(words: Wording, replications: int) -> str:
    """Such as "1 replication" or "20 replications"."""
    if replications == 1:
        return words.say(ONE_REPLICATION)
    return words.say(REPLICATIONS, n=words.number("", float(replications), digits=0))


def _title(findings: Findings) -> Iterator[str]:
    words, names = findings.wording, findings.columns
    right = counted(words, _done(findings)[0])
    scenario = findings.results[-1].loaded.scenario
    if findings.alone:
        persons = words.number("persons", float(sum(scenario.persons().values())), digits=0)
        right = f"{words.say(PEOPLE, persons=persons)}, {right}"
        yield both(cut_to(findings.titles[0], COLUMNS - len(right) - 2), right)
        return
    if all(comparison.alike.same_people for comparison in findings.ran.comparisons):
        right += f", {words.say(SAME_LUCK)}"
    against = words.say(AGAINST)
    first = names[1] if len(names) == 2 else words.say(SCENARIOS, n=len(names) - 1)
    line = f"{first} {against} {names[0]}"
    if len(line) + 2 + len(right) <= COLUMNS:
        yield both(line, right)
        return
    if len(names) > 2:
        yield both(cut_to(line, COLUMNS - len(right) - 2), right)
        return
    yield both(cut_to(first, COLUMNS - len(right) - 2), right)
    yield cut_to(f"{against} {names[0]}", COLUMNS)


def paragraph(head: str, text: str, most: int) -> list[str]:
    """A text behind its head, in so many lines at the most."""
    whole = INTERVAL.sub(lambda found: found[0].replace(" ", FIXED), text)
    lines = textwrap.wrap(
        whole, COLUMNS, initial_indent=f"{head} ".ljust(MARGIN), subsequent_indent=" " * MARGIN, max_lines=most,
        placeholder=" …", break_on_hyphens=False,
    )  # fmt: skip
    return [line.replace(FIXED, " ") for line in lines] if text else []


def _still(findings: Findings, rows: Sequence[Row]) -> list[str]:
    """What does not move measurably, in one line."""
    words, shown = findings.wording, {row.figure.outcome for row in rows}
    unmoved = [row for row in findings.choice.still if row.figure.outcome not in shown]
    if not unmoved or findings.alone:
        return []
    head = words.say(STILL)
    text = in_a_row([words.outcome(row.figure.outcome) for row in unmoved], COLUMNS - len(head) - 1, words)
    return paragraph(head, text, 1)


def minds_of(words: Wording, alike: Sequence[Alike], people: bool = False) -> Iterator[str]:
    """What keeps differences from being those of policy alone; that other `people` are followed, where that is not said
    elsewhere."""
    found = [
        (UNPAIRED, people and any(not each.same_people for each in alike)),
        (OTHER_ARMS, any(each.same_people and each.other_arms for each in alike)),
        (OTHER_LUCK, any(each.other_luck for each in alike)),
        (OTHER_START, any(each.base.start != each.other.start for each in alike)),
        (LEFT_OUT, any(not each.same_window for each in alike)),
    ]
    if said := [words.say(label) for label, holds in found if holds]:
        yield words.say(SEE_ALL, what="; ".join(said))


def _done(findings: Findings) -> tuple[int, int]:
    results = findings.results
    return min(len(result.replications) for result in results), results[0].asked
