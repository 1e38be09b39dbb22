"""The answer in sentences that are written from the numbers, and what the intervals in them hold."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from simulation.experiments.uncertain.answers import Answer
from simulation.report.rows import Row, beyond
from simulation.report.under import Under
from simulation.report.under_text import BETTER, least_chance
from simulation.report.wording import Wording
from simulation.report.words import decimals
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.results.result import Result
from simulation.world.labels import UNITS, Label

MOVES_MOST = Label(
    "What moves most: {what}, from {before} to {after} {unit}, {difference}.",
    "Størst ændring: {what}, fra {before} til {after} {unit}, {difference}.",
)
MOVES_MOST_OF_ALL = Label(
    "What moves most: {what}, {difference} {unit} in “{column}”.",
    "Størst ændring: {what}, {difference} {unit} i »{column}«.",
)
DIFFERS_MOST = Label(
    "{column} and {reference} differ most in {what}: {before} against {after} {unit}, {difference}.",
    "{column} og {reference} adskiller sig mest i {what}: {before} mod {after} {unit}, {difference}.",
)
NOTHING_MOVES = Label(
    "None of the main figures moves by more than its interval.",
    "Ingen af hovedtallene flytter sig ud over deres interval.",
)
NO_CHANGE_AT_ALL = Label(
    "Nothing differs: every figure is the same in every replication.",
    "Intet er anderledes: alle tal er de samme i alle gentagelser.",
)
ALSO = Label(
    "{what} moves, too: {before} to {after} {unit}, {difference}.",
    "Også {what} flytter sig: {before} til {after} {unit}, {difference}.",
)
APART = Label(
    "{what}: {before} against {after} {unit}, {difference}.",
    "{what}: {before} mod {after} {unit}, {difference}.",
)
NOT_MEASURABLE = Label(
    "Not measurable: {what}; {span} holds 0.",
    "Ikke målbart: {what}; {span} indeholder 0.",
)
EXACTLY_SAME = Label("Exactly unchanged: {what}.", "Helt uændret: {what}.")
SOME_MOVE = Label(
    "{what} moves measurably in {some} of {all}, most in “{column}”: {difference} {unit}.",
    "{what} flytter sig målbart i {some} af {all}, mest i »{column}«: {difference} {unit}.",
)
NONE_MOVES = Label(
    "Not measurable in any of the {all}: {what}.", "Ikke målbart i nogen af de {all}: {what}."
)
LUCK_UNKNOWN = Label(
    "Of one replication alone nothing can be told from luck.",
    "Af en enkelt gentagelse kan intet skelnes fra tilfældigheder.",
)
LEVEL = Label("{what}: {level} {unit}.", "{what}: {level} {unit}.")
AGAINST_PUBLISHED = Label(
    "Of {judged} published figures that can be judged, {near} are near and {far} far.",
    "Af {judged} offentliggjorte tal, som kan bedømmes, ligger {near} tæt på og {far} langt fra.",
)
CHANCE = Label(
    "Chance of a benefit, everything uncertain: {chance} ({better}: {what}), seen in one trial: {trial}; {hangs}.",
    "Sandsynlighed for gavn, når alt er usikkert: {chance} ({better}: {what}), set i ét forsøg: {trial}; {hangs}.",
)
CHANCE_UNKNOWN = Label(
    "Chance of a benefit: not known, for the draws move {what} no further than luck does.",
    "Sandsynlighed for gavn: ukendt, da trækningerne ikke flytter {what} mere end tilfældigheder gør.",
)
CHANCE_UP = Label("more", "mere")
CHANCE_DOWN = Label("less", "mindre")
HANGS_ON = Label("it hangs most on {values}", "det afhænger mest af {values}")
HANGS_ON_NOTHING = Label("no single value stands out", "ingen enkelt værdi skiller sig ud")
OVER, UNDER = Label("over {chance} %", "over {chance} %"), Label("under {chance} %", "under {chance} %")
NOT_KNOWN = Label("not known", "ukendt")
SIMULATION_ALONE = Label(
    "[ ] is simulation error alone, 95 %", "[ ] er alene simulationsfejl, 95 %"
)
WITH_PARAMETERS = Label(
    "[ ] is simulation error, 95 %; what fitted values are not known to stands beside it in the tables",
    "[ ] er simulationsfejl, 95 %; de estimerede værdiers usikkerhed står ved siden af i tabellerne",
)
WITH_EVERYTHING = Label(
    "[ ] is simulation error, 95 %; chances are over {draws} draws of all that is uncertain",
    "[ ] er simulationsfejl, 95 %; sandsynligheder er regnet over {draws} trækninger af alt, der er usikkert",
)
DRAWN = Label(
    "[ ] is simulation error, 95 %; what {draws} draws of all that is uncertain give: tables/uncertainty.csv",
    "[ ] er simulationsfejl, 95 %; hvad {draws} trækninger af alt, der er usikkert, giver: tables/uncertainty.csv",
)
NO_ERROR = Label("one replication: luck is not measured", "én gentagelse: tilfældighed er ikke målt")
ASSUMED = Label("{assumed} of {numbers} numbers are assumed", "{assumed} af {numbers} tal er antaget")
UNPAIRED = Label(
    "not the same people: a difference is not of policy alone",
    "ikke de samme ledige: en forskel skyldes ikke alene indsatsen",
)
POINTS = Label("points", "procentpoint")
MOST_VALUES = 2


def what_of(words: Wording, figure: Figure, of: str = "") -> str:
    """An outcome with its time, as it stands within a sentence, and of whom it is, where that is to be said."""
    text = " ".join(filter(None, (words.outcome(figure.outcome), words.time(figure))))
    if len(text) > 1 and text[1].islower():
        text = text[0].lower() + text[1:]
    return f"{text} ({of})" if of else text


def unit_of(words: Wording, unit: str, difference: bool = False) -> str:
    """A unit in a sentence; differences of shares are in points."""
    if unit == "share" and difference:
        return words.say(POINTS)
    return words.say(UNITS[unit]) if unit in UNITS else unit


def answer_of_pair(words: Wording, top: Row | None, exits: Row | None, of: Mapping[Figure, str]) -> Iterator[str]:
    """What moves most between two scenarios, and whether exits do."""
    if top is None or not top.moved:
        yield words.say(NOTHING_MOVES)
    else:
        yield words.say(MOVES_MOST, **_numbers(words, top, of.get(top.figure, ""), 1, 0))
    if exits is None:
        return
    if exits is not top:
        yield _exits(words, exits, of.get(exits.figure, ""))


def _exits(words: Wording, row: Row, of: str) -> str:
    what, difference = what_of(words, row.figure, of), row.known[0]
    if row.same:
        return words.say(EXACTLY_SAME, what=what)
    if row.moved:
        text = words.say(ALSO, **_numbers(words, row, of, 1, 0))
        return text[0].upper() + text[1:]
    return words.say(NOT_MEASURABLE, what=what, span=words.span(row.unit, difference.low, difference.high, True))


def answer_of_several(
    words: Wording, top: Row | None, exits: Row | None, of: Mapping[Figure, str], columns: Sequence[str]
) -> Iterator[str]:
    """What moves most in which scenario, and in how many of them exits do."""
    if top is None or not top.moved:
        yield words.say(NOTHING_MOVES)
    else:
        what = what_of(words, top.figure, of.get(top.figure, ""))
        yield words.say(MOVES_MOST_OF_ALL, what=what, **_most(words, top, columns))
    if exits is None or exits is top:
        return
    what, moving = what_of(words, exits.figure, of.get(exits.figure, "")), sum(map(beyond, exits.known))
    if not moving:
        yield words.say(NONE_MOVES, what=what, all=len(exits.known))
        return
    text = words.say(SOME_MOVE, what=what, some=moving, all=len(exits.known), **_most(words, exits, columns))
    yield text[0].upper() + text[1:]


def answer_of_arms(words: Wording, top: Row | None, exits: Row | None, columns: Sequence[str]) -> Iterator[str]:
    """In what the arms of one scenario differ most, and whether in exits."""
    for row, label in ((top, DIFFERS_MOST), (exits, APART)):
        if row is None or (row is exits and row is top and label is APART):
            continue
        column, reference = row.most, row.differences.index(None)
        if row.moved:
            numbers = _numbers(words, row, "", column, reference, later_first=True)
            text = words.say(label, column=columns[column], reference=columns[reference], **numbers)
            yield text[0].upper() + text[1:]
        elif label is APART and (e := row.differences[column]) is not None:
            span = words.span(row.unit, e.low, e.high, True)
            yield words.say(NOT_MEASURABLE, what=what_of(words, row.figure), span=span)
        else:
            yield words.say(NOTHING_MOVES)


def answer_of_one(words: Wording, result: Result, exits: Row | None) -> Iterator[str]:
    """How many leave, and how the published figures are met."""
    if exits is not None:
        text = what_of(words, exits.figure)
        level = words.estimate(exits.unit, exits.levels[0])
        yield words.say(LEVEL, what=text[0].upper() + text[1:], level=level, unit=unit_of(words, exits.unit))
    verdicts = [beside.distance.verdict for beside in result.beside_published()]
    near, far = verdicts.count("near"), verdicts.count("far")
    if near + far:
        yield words.say(AGAINST_PUBLISHED, judged=near + far, near=near, far=far)


def chance_of(words: Wording, answer: Answer, of: str, under: Under) -> str:
    """The chance of a benefit, of the model's mean and of one trial, and what it hangs on."""
    less = BETTER.get(answer.figure.outcome) == "less"
    what = what_of(words, answer.figure, of)
    if math.isnan(answer.above):
        return words.say(CHANCE_UNKNOWN, what=what)
    chances = [1 - above if less else above for above in (answer.above, answer.trial_above)]
    least = least_chance(under.uncertain)
    chance, trial = (_chance(words, each, least) for each in chances)
    shares = list(answer.hangs.shares)[:MOST_VALUES]
    hangs = words.say(HANGS_ON, values=", ".join(shares)) if shares else words.say(HANGS_ON_NOTHING)
    better = words.say(CHANCE_DOWN if less else CHANCE_UP)
    return words.say(CHANCE, what=what, better=better, chance=chance, trial=trial, hangs=hangs)


def _chance(words: Wording, chance: float, least: float) -> str:
    if math.isnan(chance):
        return words.say(NOT_KNOWN)
    if least <= chance <= 1 - least:
        return f"{100 * chance:.0f} %"
    end = least if chance < 0.5 else 1 - least
    return words.say(UNDER if chance < 0.5 else OVER, chance=f"{100 * end:.0f}")


def holds_of(
    words: Wording, results: Sequence[Result], under: Under | None, parameters: bool, paired: bool, chances: bool
) -> str:
    """What the intervals hold and what not, and how many of the numbers behind them are assumed; `chances` are told
    in the answer."""
    if min(len(result.replications) for result in results) < 2:
        error = words.say(NO_ERROR)
    elif under is not None:
        error = words.say(WITH_EVERYTHING if chances else DRAWN, draws=under.uncertain.design.draws)
    else:
        error = words.say(WITH_PARAMETERS if parameters else SIMULATION_ALONE)
    rows = results[-1].loaded.parameters()
    assumed = sum(row.get("kind") in (None, "assumed") for row in rows)
    parts = [error, words.say(ASSUMED, assumed=assumed, numbers=len(rows))]
    text = "; ".join([*parts, *([] if paired else [words.say(UNPAIRED)])])
    return f"{text[0].upper()}{text[1:]}."


def level_text(words: Wording, row: Row, column: int) -> str:
    """A level with no more digits than its difference from another one has."""
    level, held = row.levels[column], row.known[0] if row.known else None
    text = words.alone(row.unit, level)
    if held is None or math.isnan(level.value) or not held.low < held.high:
        return text
    shorter = words.number(row.unit, level.value, digits=decimals(row.unit, (held.high - held.low) / 2))
    return min(text, shorter, key=len)


def _numbers(
    words: Wording, row: Row, of: str, column: int, reference: int, later_first: bool = False
) -> dict[str, str]:
    before, after = level_text(words, row, reference), level_text(words, row, column)
    difference = row.differences[column]
    assert difference is not None
    if later_first:
        before, after = after, before
    return {
        "what": what_of(words, row.figure, of), "before": before, "after": after, "unit": unit_of(words, row.unit),
        "difference": words.estimate(row.unit, difference, True),
    }  # fmt: skip


def _most(words: Wording, row: Row, columns: Sequence[str]) -> dict[str, str]:
    column = row.most
    e: Estimate | None = row.differences[column]
    assert e is not None
    return {
        "column": columns[column], "difference": words.estimate(row.unit, e, True),
        "unit": unit_of(words, row.unit, True),
    }  # fmt: skip
