"""One figure in a sentence, and a few of them in a table with their labels, as a result or a comparison tells them in
Python: what the first screen does for the figures that it chooses, for those that are asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.experiments.compare import Comparison
from simulation.experiments.uncertain.answers import Answer
from simulation.report.findings import Findings
from simulation.report.rows import beyond, nothing
from simulation.report.sentences import LEVEL, chance_of, unit_of, what_of
from simulation.report.under import Under
from simulation.results.groups import ALLE
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.results.result import Result
from simulation.results.rows_of import wanted
from simulation.world.labels import Label

if TYPE_CHECKING:
    import pandas as pd

MOVES = Label("{what}: from {before} to {after} {unit}, {difference}.",
              "{what}: fra {before} til {after} {unit}, {difference}.")  # fmt: skip
UNMOVED = Label("{what}: from {before} to {after} {unit}, not measurable: {span} holds 0.",
                "{what}: fra {before} til {after} {unit}, ikke målbart: {span} indeholder 0.")  # fmt: skip
UNCHANGED = Label("{what}: {after} {unit}, exactly unchanged.", "{what}: {after} {unit}, helt uændret.")
DIFFERS = Label("{what}: {difference} {unit}.", "{what}: {difference} {unit}.")
ALIKE = Label("{what}: not measurable, {span} holds 0.", "{what}: ikke målbart, {span} indeholder 0.")
NOT_KNOWN = Label("{what}: not known.", "{what}: ukendt.")
UNSURE = Label(
    "With all that is unsure: {model}, in one trial of this size: {trial}.",
    "Når alt er usikkert: {model}, i ét forsøg af denne størrelse: {trial}.",
)
VALUE, DIFFERENCE = Label("[95 %]", "[95 %]"), Label("difference [95 %]", "forskel [95 %]")
OF = Label("{what} ({who})", "{what} ({who})")


def sentence(findings: Findings, told: Result | Comparison, outcome: str, group: str | None, week: int | None) -> str:
    """A figure in a sentence: its level, or how far two scenarios or arms are apart, and where the interval of that
    holds 0, that it is not measurable; then, where all uncertainty was simulated, the chance of a benefit. Raises
    KeyError, with a suggestion, if there is no such figure."""
    figure = _asked(findings, told, outcome, group, week)
    text = _apart(findings, told, figure)
    under, chances = findings.ran.under, list[str]()
    if under is not None:
        answers = next(iter(under.answers.values()), ())
        chances = [_unsure(findings, each, _unit(told, figure), under) for each in answers if each.figure == figure]
    return " ".join([f"{text[0].upper()}{text[1:]}", *(chances if isinstance(told, Comparison) else [])])


def title(findings: Findings, told: Result | Comparison, outcome: str, group: str | None) -> str:
    """A sentence on the course of a figure: where it ends, and how far apart two scenarios or arms then are; its label
    where it is not known of the whole follow-up."""
    pairs = told.names.contrasts if isinstance(told, Result) else {}
    try:
        figure = _asked(findings, told, outcome, group or (str(*pairs) if len(pairs) == 1 else None), None)
    except KeyError:
        return findings.wording.outcome(outcome)
    text = _apart(findings, told, figure).rstrip(".")
    return f"{text[0].upper()}{text[1:]}"


def _unsure(findings: Findings, answer: Answer, unit: str, under: Under) -> str:
    words, of_model, of_trial = findings.wording, answer.interval, answer.trial
    spans = {"model": words.span(unit, *of_model, signed=True), "trial": words.span(unit, *of_trial, signed=True)}
    return f"{words.say(UNSURE, **spans)} {chance_of(words, answer, '', under)}"


def _apart(findings: Findings, told: Result | Comparison, figure: Figure) -> str:
    words, what, unit = findings.wording, what_of(findings.wording, figure, _of(findings, figure)), _unit(told, figure)
    before, after, apart, same = _numbers(told, figure)
    gaps = {"what": what, "unit": unit_of(words, unit), "after": words.alone(unit, after)}
    if apart is None:
        return words.say(LEVEL, **gaps, level=words.estimate(unit, after))
    if same:
        return words.say(UNCHANGED, **gaps)
    if math.isnan(apart.value):
        return words.say(NOT_KNOWN, **gaps)
    gaps |= {"difference": words.estimate(unit, apart, True), "span": words.span(unit, apart.low, apart.high, True)}
    moved = beyond(apart) or math.isnan(apart.low)  # of one replication nothing more is known
    if before is not None:
        return words.say(MOVES if moved else UNMOVED, **gaps, before=words.alone(unit, before))
    return words.say(DIFFERS if moved else ALIKE, **{**gaps, "unit": unit_of(words, unit, difference=True)})


def overview(
    findings: Findings, told: Result | Comparison, outcomes: Sequence[str], group: str | None
) -> pd.DataFrame:
    """Figures by their labels, in the words and numbers of a first screen: scenarios, or arms, in columns, and how far
    two of them are apart. Raises KeyError, with a suggestion, if there is no such figure."""
    import pandas as pd

    words, rows = findings.wording, {}
    for outcome in outcomes or [row.figure.outcome for row in findings.headline]:
        figure = _asked(findings, told, outcome, group, None)
        unit, row, of = _unit(told, figure), findings.choice.by_figure.get(figure), _of(findings, figure)
        if findings.alone and group is None and row is not None and len(row.levels) == len(findings.columns):
            cells = [words.estimate(unit, e) for e in row.levels]
            of = ""
        elif findings.alone:
            cells = [words.estimate(unit, _numbers(told, figure)[1]), *[""] * (len(findings.columns) - 1)]
        else:
            before, after, apart, _ = _numbers(told, figure)
            assert before is not None and apart is not None
            cells = [words.alone(unit, before), words.alone(unit, after), words.estimate(unit, apart, True)]
        label = words.figure(figure)
        rows[words.say(OF, what=label, who=of) if of else label] = cells
    columns = [*findings.columns] if findings.alone else [*findings.columns, words.say(DIFFERENCE)]
    if findings.alone and (group is not None or len(columns) == 1):
        rows, columns = {label: cells[:1] for label, cells in rows.items()}, [words.say(VALUE)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _asked(findings: Findings, told: Result | Comparison, outcome: str, group: str | None, week: int | None) -> Figure:
    """The figure that is meant; without a group, of whom the question is about."""
    names = told.base.names if isinstance(told, Comparison) else told.names
    figures = [d.key for d in told.differences()] if isinstance(told, Comparison) else told.keys
    found = wanted(names, figures, outcome, group, week)
    row = findings.choice.of(found[0].outcome) if group is None else None
    usual = found[0] if row is None else row.figure._replace(time=week)
    return usual if usual in found else found[0]


def _numbers(told: Result | Comparison, figure: Figure) -> tuple[Estimate | None, Estimate, Estimate | None, bool]:
    """The base's, the scenario's and how far they are apart, and whether they are the same in every replication; of a
    level there is one alone, of a difference of arms the last two, which are one."""
    if isinstance(told, Comparison):
        found = next(d for d in told.differences() if d.key == figure)
        return found.base, found.scenario, found.difference, found.same or nothing(found.difference)
    e = told.estimate_of(figure)
    return None, e, e if figure.group.kind == "difference" else None, False


def _unit(told: Result | Comparison, figure: Figure) -> str:
    return (told.base.names if isinstance(told, Comparison) else told.names).unit(figure.outcome)


def _of(findings: Findings, figure: Figure) -> str:
    """Whom a figure is of, where there are several that it could be of."""
    several = len(findings.results[0].loaded.scenario.as_written) > 1
    return findings.wording.whom(figure) if several or figure.group != ALLE else ""
