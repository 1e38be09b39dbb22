"""Scenarios that were simulated under all uncertainty, side by side: a row each, with levels, or with differences from
the first of them. The interval of a cell is of the model's mean over the draws of everything, 95 %; where draws differ
by no more than luck it is that of the simulation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulation.experiments.uncertain.answers import Answer
from simulation.report.rows import nothing
from simulation.report.under import Under
from simulation.report.wording import Wording
from simulation.results.groups import ALLE
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.results.rows_of import wanted
from simulation.scenario.changes import told_apart
from simulation.world.labels import Label, Language, plain

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "–"
OF = Label("{what} ({who})", "{what} ({who})")
FROM = Label("{what}: difference", "{what}: forskel")


class Row(NamedTuple):
    """A scenario and what is known of it: with the interval of all uncertainty, and with that of the simulation."""

    name: str
    full: Estimate
    simulation: Estimate


def words_of(under: Under, language: Language) -> Wording:
    """The words for the first scenario."""
    return Wording(under.uncertain.results[0].names, language)


def asked_of(under: Under, text: str) -> Figure:
    """The figure that a text means, `exit_job` or `caseload@team:ordinaer`, if any of the scenarios has it. Raises
    KeyError, with a suggestion."""
    outcome, _, group = text.partition("@")
    asked = outcome, group or str(ALLE), None
    results = under.uncertain.results
    of = next((each for each in results if each.names.figure(*asked) in each.keys), results[0])
    return wanted(of.names, list(of.keys), *asked)[0]


def rows_of(under: Under, figure: Figure, differences: bool, language: Language) -> list[Row]:
    """The scenarios that have a figure; of differences all but the first."""
    return list(_rows(under, figure, differences, language))


def _rows(under: Under, figure: Figure, differences: bool, language: Language) -> Iterator[Row]:
    results = under.uncertain.results
    names = told_apart([result.loaded for result in results], language == "da")
    if differences:
        for name, answers in zip(names[1:], under.answers.values(), strict=True):
            answer = next((each for each in answers if each.figure == figure), None)
            if answer is not None:
                yield Row(plain(name), _full(answer), answer.point)
        return
    for s, (name, result) in enumerate(zip(names, results, strict=True)):
        if figure in result.keys and (answer := under.uncertain.answer(figure, s)) is not None:
            yield Row(plain(name), _full(answer), answer.point)


def _full(answer: Answer) -> Estimate:
    low, high = answer.interval
    return answer.point if math.isnan(low) else answer.point._replace(low=low, high=high)


def each(under: Under, outcomes: Sequence[str], differences: bool, language: Language) -> pd.DataFrame:
    """The figures in columns, in the words and numbers of a first screen. Raises KeyError, with a suggestion, if no
    scenario has such a figure."""
    import pandas as pd

    words, columns = words_of(under, language), {}
    names = [plain(name) for name in told_apart([r.loaded for r in under.uncertain.results], language == "da")]
    for text in outcomes:
        figure = asked_of(under, text)
        unit = words.names.unit(figure.outcome)
        cells = {
            row.name: words.alone(unit, row.full, differences) if nothing(row.full)
            else words.estimate(unit, row.full, differences)
            for row in rows_of(under, figure, differences, language)
        }  # fmt: skip
        columns[label_of(words, figure, differences)] = [cells.get(name, UNKNOWN) for name in names[differences:]]
    return pd.DataFrame(columns, index=names[differences:])


def label_of(words: Wording, figure: Figure, differences: bool) -> str:
    """What a column is called."""
    what = words.figure(figure)
    if figure.group != ALLE:
        what = words.say(OF, what=what, who=words.group(figure.group))
    return words.say(FROM, what=what) if differences else what
