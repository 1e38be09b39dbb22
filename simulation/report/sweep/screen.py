"""The first screen of a sweep: the smallest staffing that is enough, what moves over the grid, a table of points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.experiments.swept import Smallest, Swept
from simulation.report.columns import line_of
from simulation.report.findings import WIDTH
from simulation.report.heads import NARROWEST_LABEL, WIDEST_HEAD, cut_to, figure_text
from simulation.report.rows import beyond
from simulation.report.screen import (
    ANSWER,
    ASIDE,
    LINES,
    SAME_LUCK,
    UNCERTAIN,
    Aside,
    both,
    counted,
    minds_of,
    paragraph,
    where_lines,
)
from simulation.report.sentences import ASSUMED, NO_ERROR, SIMULATION_ALONE, unit_of, what_of
from simulation.report.wording import Wording
from simulation.results.ends import FEW
from simulation.results.groups import ALLE
from simulation.results.names import Figure
from simulation.scenario.axes import Value
from simulation.world.labels import Label, Language

POINTS = Label("{n} points", "{n} punkter")
POINTS_SHOWN = Label("{n} points, {shown} shown", "{n} punkter, {shown} vist")
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
SEVERAL_NOT = Label(
    "{level} is surely reached in none of {all} combinations.",
    "{level} nås ikke sikkert i nogen af {all} kombinationer.",
)
MOVES_MOST = Label(
    "Over the grid {what} moves most: from {low} {unit} ({first}) to {high} ({last}).",
    "Størst ændring mellem punkterne: {what}, fra {low} {unit} ({first}) til {high} ({last}).",
)
NOTHING_MOVES = Label("No outcome differs measurably from the scenario as written.",
                      "Intet udfald afviger målbart fra scenariet som skrevet.")  # fmt: skip
EXITS_STILL = Label("{what} differs measurably at no point.", "{what} afviger ikke målbart i noget punkt.")
MARK, BASE = "►", "*"
OF_FTE = ("staff_fte",)
"""Outcomes that are the staff that is swept, said again."""
BASE_IS = Label("{mark}: the scenario as written", "{mark}: scenariet som skrevet")
LEGEND = Label(
    "{mark}: smallest staffing that surely is enough; {base}: the scenario as written",
    "{mark}: mindste bemanding, der sikkert er nok; {base}: scenariet som skrevet",
)


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

    def answer(self) -> Iterator[str]:
        """The answer in two sentences."""
        if (service := self.service()) is not None:
            yield service[0].upper() + service[1:]
            if self.swept.asked < FEW:
                yield self.words.say(TOO_FEW, few=FEW)
        moving = max(self.figures, key=self.size, default=None)
        if moving is None or not self.size(moving):
            yield self.words.say(NOTHING_MOVES)
            return
        if service is None or moving != self.swept.grid.service_figure:
            yield self._moves(moving)
        exits = [figure for figure in self.figures if figure.outcome.startswith("exit_")]
        if exits and not any(map(self.size, exits)):
            text = self.words.say(EXITS_STILL, what=what_of(self.words, exits[0], self._of(exits[0])))
            yield text[0].upper() + text[1:]

    def service(self) -> str | None:
        """What staffing gives the service level; None if none is asked for."""
        service, figure = self.swept.grid.sweep.service, self.swept.grid.service_figure
        if service is None or figure is None:
            return None
        words, unit = self.words, self.swept.grid.names.unit(figure.outcome)
        level = words.say(
            LEVEL, what=what_of(words, figure, self._of(figure)), sign=service.sign,
            level=words.number(unit, service.level, digits=0 if unit == "share" else None), unit=unit_of(words, unit),
        )  # fmt: skip
        if figure not in self.swept.columns:
            return words.say(NOT_MEASURED, level=level)
        if len(self.answers) > 1:
            sure = [float(self.swept.staffing(a.sure) or 0) for a in self.answers if a.sure is not None]
            if not sure:
                return words.say(SEVERAL_NOT, level=level, all=len(self.answers))
            ends = dict.fromkeys([self.value(min(sure)), self.value(max(sure))])
            staff = words.say(TO).join(ends)
            return words.say(SEVERAL, level=level, some=len(sure), all=len(self.answers), staff=staff)
        answer = self.answers[0]
        chosen = ((SURE, answer.sure), (MEAN_ONLY, answer.mean), (NONE_DOES, answer.best))
        for label, point in chosen:
            if point is not None:
                estimate = words.estimate(unit, self.swept.estimate(point, figure))
                return words.say(label, level=level, point=self.value(self.swept.staffing(point)), estimate=estimate)
        return words.say(NOT_MEASURED, level=level)

    def _moves(self, figure: Figure) -> str:
        unit = self.swept.grid.names.unit(figure.outcome)
        known = [p for p in self.points if self.swept.estimate(p, figure).n]
        ends = [pick(known, key=lambda p: self.swept.estimate(p, figure).value) for pick in (min, max)]
        low, high = (self.words.alone(unit, self.swept.estimate(p, figure)) for p in ends)
        return self.words.say(
            MOVES_MOST, what=what_of(self.words, figure, self._of(figure)), low=low, high=high,
            unit=unit_of(self.words, unit), first=self.head(ends[0]), last=self.head(ends[1]),
        )  # fmt: skip

    def _of(self, figure: Figure) -> str:
        several = len(self.swept.grid.scenario.as_written) > 1
        return self.words.group(figure.group) if several or figure.group != ALLE else ""

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

    def table(self, rows: int) -> tuple[list[str], int]:
        """So many figures at points side by side, and how many points are left out."""
        labels = [self._label(figure) for figure in self.figures[:rows]]
        most = max(map(len, labels), default=0)
        chosen = self._chosen(min(most, WIDTH // 2))
        cells = [
            [self.words.alone(self.swept.grid.names.unit(f.outcome), self.swept.estimate(p, f)) for p in chosen]
            for f in self.figures[:rows]
        ]
        heads = [[self._head(point, n) for point in chosen] for n in range(len(self.swept.grid.axes))]
        widths = [max(len(row[c]) for row in [*heads, *cells]) for c in range(len(chosen))]
        keys = list(self.swept.grid.axes)
        first = min(max(most, *map(len, keys)), max(WIDTH - sum(each + 2 for each in widths), NARROWEST_LABEL))
        lines = [[cut_to(key, first), *head] for key, head in zip(keys, heads, strict=True)]
        lines += [[cut_to(label, first), *row] for label, row in zip(labels, cells, strict=True)]
        return [line_of(line, [first, *widths]) for line in lines], len(chosen)

    def _label(self, figure: Figure) -> str:
        of = self._of(figure)
        return self.words.figure(figure) + (f" ({of})" if of else "")

    def _head(self, point: int, axis: int) -> str:
        """The value of one axis at a point; the first one tells whether it is an answer, or as written."""
        grid = self.swept.grid
        value = grid.as_written(list(grid.axes)[axis]) if point == -1 else grid.points[point][axis]
        sure = axis == 0 and point in {answer.sure for answer in self.answers}
        base = axis == 0 and point in (-1, grid.base)
        return f"{MARK if sure else ''}{cut_to(self.value(value), WIDEST_HEAD)}{BASE if base else ''}"

    def _chosen(self, label: int) -> list[int]:
        """As many points as there is room for: those that the answers are about, both ends, and between them."""
        axes = range(len(self.swept.grid.axes))
        heads = max(len(self._head(point, axis)) for point in self.points for axis in axes)
        units = [(self.swept.grid.names.unit(f.outcome), f) for f in self.figures]
        cells = max((len(self.words.alone(unit, self.swept.estimate(-1, f))) for unit, f in units), default=0)
        most = max((WIDTH - label) // (max(heads, cells) + 2), 2)
        if len(self.points) <= most:
            return list(self.points)
        told = [p for a in self.answers for p in (a.sure, a.mean, a.best) if p is not None]
        base = self.swept.grid.base
        wanted = dict.fromkeys([*told, *([] if base is None else [base]), self.points[0], self.points[-1]])
        step = (len(self.points) - 1) / (most - 1)
        spread = dict.fromkeys(self.points[round(n * step)] for n in range(most))
        return sorted(list(dict.fromkeys([*wanted, *spread]))[:most])


def sweep_screen(swept: Swept, language: Language, aside: Aside) -> str:
    """At most LINES lines of WIDTH columns."""
    found = Sweeping(swept, language)
    words, name = found.words, found.words.title
    end = paragraph(words.say(ANSWER), " ".join(found.answer()), 5)
    end += paragraph(words.say(UNCERTAIN), found.holds(), 2)
    minds = [f"{text[0].upper()}{text[1:]}." for text in (*found.minds(), *aside.sentences)]
    end += paragraph(words.say(ASIDE), " ".join(minds), 2)
    end += where_lines(words, aside, swept.asked, swept.asked)
    room = LINES - 1 - len(end) - len(swept.grid.axes) - 1
    table, shown = found.table(max(room, 2))
    points = POINTS if shown >= len(swept.grid.points) else POINTS_SHOWN
    right = words.say(points, n=len(swept.grid.points), shown=shown)
    right += f", {counted(words, swept.asked)}"
    if all(swept.alike(point).same_people for point in range(len(swept.grid.points))):
        right += f", {words.say(SAME_LUCK)}"
    note = [words.say(LEGEND, mark=MARK, base=BASE)] if any(found.answers) else [words.say(BASE_IS, mark=BASE)]
    return "\n".join([both(cut_to(name, WIDTH - len(right) - 2), right), *table, *note, *end])
