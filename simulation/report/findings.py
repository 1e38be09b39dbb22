"""What was found: the question, the figures that answer it, and the words for them. The first screen, the report, the
workbook and a result in a notebook all tell these findings, so they never differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.report.headline import MOST, Choice
from simulation.report.heads import WIDEST_HEAD, Heads, cut_to, heads_of
from simulation.report.ran import Ran
from simulation.report.rows import NamesOfAll, Row, arms_of, rows_of_arms, rows_of_scenarios
from simulation.report.sentences import (
    LUCK_UNKNOWN,
    NO_CHANGE_AT_ALL,
    answer_of_arms,
    answer_of_one,
    answer_of_pair,
    answer_of_several,
    chance_of,
    holds_of,
)
from simulation.report.wording import Wording
from simulation.results.groups import Group
from simulation.results.names import Figure, Names
from simulation.results.result import Result
from simulation.scenario.changes import Change, told_apart
from simulation.world.labels import Language

__all__ = ["Findings", "Row"]

WIDTH = 100
"""Columns of the screen."""
FEWEST = 3
"""Rows that are shown however little room there is."""


@dataclass(frozen=True)
class Findings:
    """What a run or a comparison found, in one language.

    Columns are scenarios, the base first; where one scenario was run alone they are its arms.
    """

    ran: Ran
    language: Language = "en"

    @cached_property
    def results(self) -> Sequence[Result]:
        """What stands side by side: the base first, or the one that was run alone."""
        return self.ran.compared

    @property
    def alone(self) -> bool:
        """Whether one scenario was run alone, so that its arms stand side by side."""
        return len(self.results) == 1

    @cached_property
    def names(self) -> Names:
        """The outcomes of all scenarios together."""
        every = [result.names for result in self.results]
        return every[0] if self.alone else NamesOfAll(every)

    @cached_property
    def wording(self) -> Wording:
        """The words for it."""
        return Wording(self.names, self.language)

    @cached_property
    def columns(self) -> Sequence[str]:
        """What each column is called."""
        if self.alone:
            return [self.wording.group(group) for group in arms_of(self.results[0])]
        return self.titles

    @cached_property
    def titles(self) -> Sequence[str]:
        """What the scenarios are called, told apart."""
        return told_apart([result.loaded for result in self.results], self.language == "da")

    @cached_property
    def heads(self) -> Heads:
        """What each column is called where there is little room: by the only value that differs, or in short."""
        if self.alone:
            return Heads([cut_to(name, WIDEST_HEAD) for name in self.columns], "")
        return heads_of(self.wording, self.columns, self.changes, WIDTH)

    @cached_property
    def changes(self) -> Sequence[Sequence[Change]]:
        """What differs from the base, scenario by scenario; nothing where one was run alone."""
        return [comparison.changes for comparison in self.ran.comparisons]

    @cached_property
    def rows(self) -> Sequence[Row]:
        """Every figure of the whole follow-up."""
        if self.alone:
            return list(rows_of_arms(self.results[0]))
        return list(rows_of_scenarios(self.ran.comparisons, self.names))

    @cached_property
    def choice(self) -> Choice:
        """What is chosen from the rows."""
        return Choice(self.rows, self.names, [result.loaded.scenario for result in self.results], self.alone)

    @cached_property
    def headline(self) -> Sequence[Row]:
        """The few figures that answer the question: `headline` of the scenario, or else outcomes with published
        figures, exits, and what moved by more than its interval."""
        return self.best(MOST)

    @cached_property
    def top(self) -> Row | None:
        """The row of the headline that moves the furthest, of which answers and pictures tell; None if none does."""
        return self.choice.top(self.headline)

    def best(self, most: int) -> Sequence[Row]:
        """So many rows of the headline at the most: those that are worth most."""
        return self.choice.best(most)

    def of(self, row: Row) -> str:
        """Whom a row is of, where that is to be said: of scenarios with several arms; and always of a team, a level or
        a jobcentre."""
        several, of = len(self.results[0].loaded.scenario.as_written) > 1, row.figure.group
        of_some = of.kind in ("team", "partner") or of != of.whole
        if (self.alone or not several) and not of_some:
            return ""
        group = self.group(of)
        return "" if group in self.wording.outcome(row.figure.outcome).split(", ") else group  # it may say so itself

    def group(self, group: Group) -> str:
        """Whom a figure is of."""
        return self.wording.group(group)

    @cached_property
    def answer(self) -> Sequence[str]:
        """The answer in two sentences, written from the numbers; a third one where all uncertainty was simulated."""
        words, choice = self.wording, self.choice
        exits, top = next(iter(choice.exits), None), self.top
        one = min(len(result.replications) for result in self.results) < 2
        if self.alone and len(self.columns) == 1:
            told = list(answer_of_one(words, self.results[0], exits))
        elif one:
            told = [words.say(LUCK_UNKNOWN)]
        elif self.alone:
            told = list(answer_of_arms(words, top, exits, self.columns))
        elif not any(self.changes) and all(row.same for row in self.rows):
            told = [words.say(NO_CHANGE_AT_ALL)]
        else:
            of = {row.figure: self.of(row) for row in (top, exits) if row is not None}
            if len(self.results) == 2:
                told = list(answer_of_pair(words, top, exits, of))
            else:
                told = list(answer_of_several(words, top, exits, of, self.heads.names))
        return [*told, *self._chances]

    @cached_property
    def _chances(self) -> Sequence[str]:
        """The chance of a benefit under all uncertainty: in exits of the first scenario that is held against the base,
        or of the arms."""
        under, exits = self.ran.under, next(iter(self.choice.exits), None)
        if under is None or exits is None or not under.answers:
            return []
        answers = {answer.figure: answer for answer in next(iter(under.answers.values()))}
        figure = exits.figure
        if self.alone:
            figures = [Figure(figure.outcome, group) for group in self.names.contrasts]
            figure = next((each for each in figures if each in answers), figure)
        if figure not in answers or (self.alone and len(self.columns) == 1):
            return []
        of = self.group(figure.group) if self.alone else self.of(exits)
        if len(self.results) > 2:
            of = ", ".join(filter(None, (of, self.heads.names[1])))
        return [chance_of(self.wording, answers[figure], of, under)]

    @cached_property
    def holds(self) -> str:
        """What the intervals hold, and what they do not."""
        paired = all(comparison.alike.same_people for comparison in self.ran.comparisons)
        return holds_of(self.wording, self.results, self.ran.under, bool(self.ran.spreads), paired, bool(self._chances))

    @cached_property
    def published(self) -> Mapping[Figure, str]:
        """The first printed value of every published figure that is of the whole follow-up, by what it is of."""
        found: dict[Figure, str] = {}
        for beside in self.results[0].beside_published():
            figure, value = beside.named, beside.figure.figure
            whole = figure.time in (None, self.results[0].loaded.scenario.follow_up)
            if value is not None and whole and figure.outcome in self.names.meanings:
                printed = self.wording.number(self.names.unit(figure.outcome), value)
                found.setdefault(figure._replace(time=None), printed)
        return found
