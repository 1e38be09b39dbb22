"""The first screen of a rehearsed trial: what is tried, whether the trial sees it, how each analysis or size does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.experiments.trial.found import Rehearsed
from simulation.report.columns import line_of
from simulation.report.heads import cut_to
from simulation.report.screen import (
    ANSWER,
    ASIDE,
    COLUMNS,
    EVERYTHING,
    LINES,
    MARGIN,
    RESULTS,
    STATES,
    UNCERTAIN,
    Aside,
    both,
    paragraph,
    warnings_line,
)
from simulation.report.trial.labels import (
    ANALYSIS,
    BIAS,
    COVERAGE,
    ESTIMATE,
    JOBCENTRES,
    PERSONS,
    POWER,
    SIZE,
    SMALLEST,
    STAFF,
    STAFFED,
)
from simulation.report.trial.why import why
from simulation.report.trial.words import WANTED, Telling
from simulation.results.trial.operating import Interval
from simulation.world.labels import Label, Language

TRIAL, TRUTH = Label("Trial:", "Forsøg:"), Label("Truth:", "Sandt:")
SIZE_OF = Label("{persons} ledige, {jobcentres} jobcentres, {n} rehearsals",
                "{persons} ledige, {jobcentres} jobcentre, {n} gennemspilninger")  # fmt: skip
SIZE_OF_ONE = Label("{persons} ledige, {jobcentres} jobcentres, 1 rehearsal",
                    "{persons} ledige, {jobcentres} jobcentre, 1 gennemspilning")  # fmt: skip
MORE = Label("… and {n} more: tables/trial.csv", "… og {n} mere: tables/trial.csv")
MARK = "►"
FEWEST, FEWEST_BESIDE, EVERY = 3, 2, 1000
"""Rows of the table at the least, if there are so many, those beside a reason for a power of 0 or 1, and as many lines
as are all."""


def trial_screen(rehearsed: Rehearsed, language: Language, aside: Aside, in_full: bool = False) -> str:
    """At most LINES lines of COLUMNS columns; `in_full` every sentence, analysis and size."""
    telling = Telling(rehearsed, language)
    words, own = telling.words, rehearsed.own
    sizes = {"persons": own.persons, "jobcentres": own.jobcentres, "n": own.rehearsals}
    label = SIZE_OF if own.rehearsals > 1 else SIZE_OF_ONE
    right = words.say(label, **{key: telling.count(number) for key, number in sizes.items()})
    top = [both(cut_to(words.title, COLUMNS - len(right) - 2), right)]
    top += paragraph(words.say(TRIAL), telling.asked(), 2)
    truth = paragraph(words.say(TRUTH), telling.truths(), 2)
    end = paragraph(words.say(UNCERTAIN), telling.holds(), 2)
    end += paragraph(words.say(ASIDE), " ".join(f"{text[0].upper()}{text[1:]}." for text in aside.sentences), 1)
    end += warnings_line(words, aside)
    if aside.folder:
        place = f"{words.say(RESULTS):{MARGIN}}{aside.folder}{words.say(STATES[aside.word])}"
        end.append(place if in_full else both(place, words.say(EVERYTHING)))
    left = EVERY if in_full else LINES - len(top) - len(truth) - len(end)
    fewest = FEWEST_BESIDE if any(why(telling)) else FEWEST
    rows = min(len(rehearsed.points) if len(rehearsed.points) > 1 else len(own.operating), fewest)
    answer = whole_sentences(words.say(ANSWER), telling.answer(), left - rows - 1)
    return "\n".join([*top, *answer, *truth, *_tables(telling, left - len(answer), in_full), *end])


def _tables(telling: Telling, room: int, in_full: bool) -> Iterator[str]:
    """The sizes if there are several, else the analyses; `in_full` both."""
    several = len(telling.rehearsed.points) > 1
    if several:
        yield from _sizes(telling, room - 1)
    if in_full or not several:
        yield from _analyses(telling, room - 1)


def whole_sentences(head: str, sentences: Iterator[str], most: int) -> list[str]:
    """A paragraph of so many lines at the most, without the sentences for which there is no room."""
    told: list[str] = []
    for sentence in sentences:
        if len(paragraph(head, " ".join([*told, sentence]), most + 1)) <= most:
            told.append(sentence)
    return paragraph(head, " ".join(told), most)


def _analyses(telling: Telling, room: int) -> list[str]:
    """A row per analysis of the scenario's own size: the primary one, the naive one, the others."""
    rehearsed, words = telling.rehearsed, telling.words
    found, primary, naive = rehearsed.own.operating, rehearsed.primary, telling.naive()
    order = dict.fromkeys([primary, *([naive.test] if naive else []), *found])
    head = [words.say(label) for label in (ANALYSIS, POWER, SIZE, ESTIMATE, BIAS, COVERAGE)]
    rows = []
    for test in order:
        of = found[test]
        name = telling.how(test) if test.outcome == primary.outcome else telling.test(test)
        shares = [telling.percent(of.power), telling.percent(of.type_i)]
        effects = [telling.cell(test, of.estimate), telling.cell(test, of.bias)]
        mark = MARK if test == primary else ""
        rows.append([f"{mark}{name[0].upper()}{name[1:]}", *shares, *effects, _alone(of.coverage, telling)])
    return _table(telling, head, rows, room)


def _sizes(telling: Telling, room: int) -> list[str]:
    """A row per size of the trial, by the primary analysis: the scenario's own, then those nearest to a power of 80 %
    as far as there is room."""
    rehearsed, words = telling.rehearsed, telling.words
    near = sorted(rehearsed.points[1:], key=lambda p: abs(p.operating[rehearsed.primary].power.value - WANTED))
    points = [rehearsed.own, *(near if len(near) >= room else rehearsed.points[1:])]
    labels = (PERSONS, JOBCENTRES, STAFFED, POWER, SIZE, SMALLEST)
    rows = []
    for point in points:
        of = point.operating[rehearsed.primary]
        mark = MARK if point is rehearsed.own else ""
        size = [f"{mark}{telling.count(point.persons)}", telling.count(point.jobcentres), words.say(STAFF[point.staff])]
        shares = [telling.percent(of.power), telling.percent(of.type_i)]
        rows.append([*size, *shares, telling.cell(rehearsed.primary, of.smallest, signed=False, whole=True)])
    return _table(telling, [words.say(label) for label in labels], rows, room)


def _alone(share: Interval | None, telling: Telling) -> str:
    """A share in per cent, without its interval."""
    return "–" if share is None else telling.words.number("share", share.value)


def _table(telling: Telling, head: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[str]:
    shown = list(rows) if len(rows) <= room else list(rows[: room - 1])
    table = [head, *shown]
    widths = [max(len(row[c]) for row in table) for c in range(len(head))]
    if room < EVERY - 1:
        widths[0] = min(widths[0], COLUMNS - sum(wide + 2 for wide in widths[1:]))
    table = [[cut_to(row[0], widths[0]), *row[1:]] for row in table]
    lines = [line_of(row, widths) for row in table]
    return lines + ([telling.words.say(MORE, n=len(rows) - len(shown))] if len(shown) < len(rows) else [])
