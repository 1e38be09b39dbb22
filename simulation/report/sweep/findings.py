"""What a sweep found, in one language: the smallest staffing that is enough, and what moves over the grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.experiments.swept import Smallest, Swept
from simulation.report.heads import figure_text
from simulation.report.rows import beyond
from simulation.report.screen import minds_of
from simulation.report.sentences import ASSUMED, NO_ERROR, SIMULATION_ALONE, unit_of, what_of
from simulation.report.sweep.worded import axis_name, level_text
from simulation.report.wording import Wording
from simulation.results.ends import FEW
from simulation.results.groups import ALLE
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.scenario.axes import Value
from simulation.world.labels import Label, Language

AS_WRITTEN = Label("as written", "som skrevet")
LEVEL = Label("{what} {sign} {level} {unit}", "{what} {sign} {level} {unit}")
SURE = Label(
    "{point} is the smallest staffing tried that surely gives {level}: {estimate}.",
    "{point} er den mindste bemanding af de prøvede, som sikkert giver {level}: {estimate}.",
)
MEAN_ONLY = Label(
    "No staffing tried surely gives {level}; from {point} on the mean does: {estimate}.",
    "Ingen af de prøvede bemandinger giver sikkert {level}; fra {point} gør gennemsnittet: {estimate}.",
)
NONE_DOES = Label(
    "No staffing tried gives {level}; {point} comes nearest: {estimate}.",
    "Ingen af de prøvede bemandinger giver {level}; {point} kommer nærmest: {estimate}.",
)
TOO_FEW = Label("With fewer than {few} replications none is sure.", "Med færre end {few} gentagelser er intet sikkert.")
NOT_MEASURED = Label("{level} is measured at no point.", "{level} er ikke målt i noget punkt.")
SEVERAL = Label(
    "{level} is surely reached in {some} of {all} combinations, with a staffing of {staff}.",
    "{level} nås sikkert i {some} af {all} kombinationer, med en bemanding på {staff}.",
)
TO = Label(" to ", " til ")
BY = Label(
    "Smallest staffing tried that surely gives {level}, by {axes}: {found}.",
    "Mindste af de prøvede bemandinger, som sikkert giver {level}, fordelt på {axes}: {found}.",
)
AT = Label("{staff} at {values}", "{staff} ved {values}")
NONE, IN_MEAN = Label("none", "ingen"), Label("none ({point} in the mean)", "ingen ({point} i gennemsnit)")
SEVERAL_NOT = Label(
    "{level} is surely reached in none of {all} combinations.",
    "{level} nås ikke sikkert i nogen af {all} kombinationer.",
)
MOVES_MOST = Label(
    "Over the grid {what} moves most: from {low} {unit} ({first}) to {high} ({last}).",
    "Størst ændring mellem punkterne: {what}, fra {low} {unit} ({first}) til {high} ({last}).",
)
MOVES = Label(
    "{what}: from {low} {unit} ({first}) to {high} ({last}).",
    "{what}: fra {low} {unit} ({first}) til {high} ({last}).",
)
NOTHING_MOVES = Label("No outcome differs measurably from the scenario as written.",
                      "Intet udfald afviger målbart fra scenariet som skrevet.")  # fmt: skip
OF_FTE = ("staff_fte",)
"""Outcomes that are the staff that is swept, said again."""
STILL = Label("{what} differs measurably at no point.", "{what} afviger ikke målbart i noget punkt.")


@dataclass(frozen=True)
class Sweeping:
    """The findings of a sweep in one language."""

    swept: Swept
    language: Language = "en"

    @cached_property
    def words(self) -> Wording:
        """The words for it."""
        return Wording(self.swept.grid.names, self.language)

    @cached_property
    def answers(self) -> Sequence[Smallest]:
        """The smallest staffing for every combination of the other axes."""
        return self.swept.smallest()

    @cached_property
    def points(self) -> Sequence[int]:
        """All points, the scenario as written (-1) first where it is none of them."""
        return [*([-1] if self.swept.grid.base is None else []), *range(len(self.swept.grid.points))]

    def head(self, point: int) -> str:
        """What a point is called: its values."""
        if point == -1:
            return self.words.say(AS_WRITTEN)
        axes = self.swept.grid.axes
        shown = [len(values) > 1 for values in axes.values()] if len(self.swept.grid.points) > 1 else [True] * len(axes)
        values = zip(self.swept.grid.points[point], shown, strict=True)
        return " / ".join(self.value(value) for value, varies in values if varies)

    def value(self, value: Value) -> str:
        """A swept value."""
        return figure_text(self.words, value)

    def size(self, figure: Figure) -> float:
        """How far a figure moves measurably from the scenario as written: of shares the difference, else its part of
        the largest level."""
        unit = self.swept.grid.names.unit(figure.outcome)
        levels = [abs(self.swept.estimate(p, figure).value) for p in self.points]
        scale = 1.0 if unit == "share" else max((level for level in levels if level == level), default=0.0)
        apart = [self.swept.difference(p, figure) for p in self.points]
        return max((abs(e.value) / scale for e in apart if beyond(e) and scale > 0), default=0.0)

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """Figures by how much they are worth a row: that of the service level, exits to a job, then by size. Not waits
        of those who were served alone, which are short where few are, nor what is swept itself."""
        first = self.swept.grid.service_figure
        known = [figure for figure in self.swept.shown if self.swept.known(figure) and self._tells(figure)]
        rest = sorted(known, key=lambda f: (f.outcome != "exit_job", -self.size(f)))
        return list(dict.fromkeys([*([first] if first in self.swept.columns else []), *rest]))  # type: ignore[list-item]

    def _tells(self, figure: Figure) -> bool:
        grid = self.swept.grid
        if grid.sweep.outcomes:  # of what is asked for by name nothing is left out
            return True
        staff = any(key.startswith("teams.") and key.endswith(".fte") for key in grid.axes)
        return not grid.names.meaning(figure.outcome).of_served and not (staff and figure.outcome in OF_FTE)

    def answer(self, in_full: bool = False) -> Iterator[str]:
        """The answer in two sentences; `in_full`: with the smallest staffing for every combination of other axes."""
        if (service := self.service()) is not None:
            service = (in_full and self.by_combination()) or service
            yield service[0].upper() + service[1:]
            if self.swept.asked < FEW:
                yield self.words.say(TOO_FEW, few=FEW)
        moving = max(self.figures, key=self.size, default=None)
        if moving is None or not self.size(moving):
            yield self.words.say(NOTHING_MOVES)
            return
        if service is None or moving != self.swept.grid.service_figure:
            yield self._moves(moving, MOVES_MOST, self.words.alone)
        exits = [figure for figure in self.figures if figure.outcome.startswith("exit_")]
        if exits and not any(map(self.size, exits)):
            text = self.told(exits[0])
            yield text[0].upper() + text[1:]

    def told(self, figure: Figure) -> str:
        """Between which points a figure moves, with its intervals there, or that it does at none."""
        if self.size(figure):
            return self._moves(figure, MOVES, self.words.estimate)
        return self.words.say(STILL, what=what_of(self.words, figure, self._of(figure)))

    def service(self) -> str | None:
        """What staffing gives the service level; None if none is asked for."""
        words, figure, level = self.words, self.swept.grid.service_figure, self._level()
        if level is None or figure is None:
            return None
        if figure not in self.swept.columns:
            return words.say(NOT_MEASURED, level=level)
        if len(self.answers) > 1:
            sure = [float(self.swept.staffing(a.sure) or 0) for a in self.answers if a.sure is not None]
            if not sure:
                return words.say(SEVERAL_NOT, level=level, all=len(self.answers))
            ends = dict.fromkeys([self.value(min(sure)), self.value(max(sure))])
            staff = words.say(TO).join(ends)
            return words.say(SEVERAL, level=level, some=len(sure), all=len(self.answers), staff=staff)
        return self._enough(self.answers[0], level)

    def _level(self) -> str | None:
        """The service level in words; None if none is asked for."""
        service, figure = self.swept.grid.sweep.service, self.swept.grid.service_figure
        if service is None or figure is None:
            return None
        words, unit = self.words, self.swept.grid.names.unit(figure.outcome)
        return words.say(
            LEVEL, what=what_of(words, figure, self._of(figure)), sign=service.sign,
            level=level_text(words, unit, service.level), unit=unit_of(words, unit),
        )  # fmt: skip

    def by_combination(self) -> str | None:
        """The smallest staffing for every combination of the other axes; None if no level is asked for or measured, or
        there is but one combination."""
        level, figure = self._level(), self.swept.grid.service_figure
        if level is None or figure not in self.swept.columns or len(self.answers) < 2:
            return None
        names = [axis_name(self.swept, self.words, key, unit=False) for key in self.answers[0].others]
        found = []
        for answer in self.answers:
            values = " / ".join(map(self.value, answer.others.values()))
            staff = self.value(self.swept.staffing(answer.sure)) if answer.sure is not None else self.words.say(NONE)
            if answer.sure is None and answer.mean is not None:
                staff = self.words.say(IN_MEAN, point=self.value(self.swept.staffing(answer.mean)))
            found.append(self.words.say(AT, values=values, staff=staff))
        return self.words.say(BY, level=level, axes=" / ".join(names), found="; ".join(found))

    def _enough(self, answer: Smallest, level: str) -> str:
        figure = self.swept.grid.service_figure
        assert figure is not None
        words, unit = self.words, self.swept.grid.names.unit(figure.outcome)
        chosen = ((SURE, answer.sure), (MEAN_ONLY, answer.mean), (NONE_DOES, answer.best))
        for label, point in chosen:
            if point is not None:
                estimate = words.estimate(unit, self.swept.estimate(point, figure))
                return words.say(label, level=level, point=self.value(self.swept.staffing(point)), estimate=estimate)
        return words.say(NOT_MEASURED, level=level)

    def _moves(self, figure: Figure, label: Label, number: Callable[[str, Estimate], str]) -> str:
        unit = self.swept.grid.names.unit(figure.outcome)
        known = [p for p in self.points if self.swept.estimate(p, figure).n]
        ends = [pick(known, key=lambda p: self.swept.estimate(p, figure).value) for pick in (min, max)]
        low, high = (number(unit, self.swept.estimate(p, figure)) for p in ends)
        return self.words.say(
            label, what=what_of(self.words, figure, self._of(figure)), low=low, high=high,
            unit=unit_of(self.words, unit), first=self.head(ends[0]), last=self.head(ends[1]),
        )  # fmt: skip

    def _of(self, figure: Figure) -> str:
        several = len(self.swept.grid.scenario.as_written) > 1
        return self.words.whom(figure) if several or figure.group != ALLE else ""

    def holds(self) -> str:
        """What the intervals hold, and how many of the numbers behind them are assumed."""
        rows = self.swept.grid.loaded.parameters()
        assumed = sum(row.get("kind") in (None, "assumed") for row in rows)
        error = self.words.say(NO_ERROR if self.swept.asked < 2 else SIMULATION_ALONE)
        text = f"{error}; {self.words.say(ASSUMED, assumed=assumed, numbers=len(rows))}."
        return text[0].upper() + text[1:]

    def minds(self) -> Iterator[str]:
        """What keeps differences from being those of policy alone."""
        points = [self.swept.alike(point) for point in range(len(self.swept.grid.points))]
        return minds_of(self.words, points, people=True)

    def label(self, figure: Figure) -> str:
        """What a figure is called, and whom it is of where that is to be said."""
        of = self._of(figure)
        return self.words.figure(figure) + (f" ({of})" if of else "")
