"""What is drawn in which draw: all that is unsure of one scenario, or of several by the same luck.

Two sets of points are simulated. In `every` all is drawn. In `parameters`, half as many, what is fitted and what is
evidence is drawn and what is assumed stays as written: by them the two parts of the uncertainty are told apart. Two
draws of `every` share the parameters of one of `parameters`.

The posterior of what is fitted is conditional on everything else as written. So a third set, `fitted`, has the fitted
values alone: against it draws are weighted. It is that of `parameters` where nothing is evidence.

A draw that a scenario refuses (limits together) is made anew, in all scenarios alike: its fitted values stay, and all
others are drawn again. After `AGAIN` times they stay as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulation.experiments.at_draws import Values
from simulation.experiments.spread import FittedDraws, fitted_draws
from simulation.experiments.uncertain.chance import chance
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded
from simulation.scenario.unsure import NotDrawn, Part, Unsure, unsure_values

AGAIN = 50
"""How often a draw is made anew."""
SHARING = 2
"""Draws that share the parameters."""


@dataclass(frozen=True)
class Drawing:
    """What is drawn of one scenario."""

    loaded: Loaded
    fitted: Sequence[FittedDraws]
    values: Sequence[Unsure]

    def fitted_at(self, row: int) -> dict[str, Any]:
        """The fitted values of a draw."""
        return {path: value for each in self.fitted for path, value in each.at(row).items()}

    def drawn_at(self, seed: int, part: Part, draw: int, again: int) -> dict[str, dict[str, Any]]:
        """What every value of this part is at each of its paths, by the name of the value."""
        return {
            each.name: each.drawn(partial(chance, seed, draw=draw, again=again))
            for each in self.values
            if each.part == part
        }

    def has(self, part: Part) -> bool:
        """Whether values of this part are drawn."""
        return any(each.part == part for each in self.values)


@dataclass(frozen=True)
class Points:
    """What draws put at which path, of every scenario: lists of draws in the order of the scenarios."""

    every: Sequence[Sequence[Values]]
    parameters: Sequence[Sequence[Values]]
    fitted: Sequence[Sequence[Values]]


@dataclass(frozen=True)
class DrawnOf:
    """What is drawn of all scenarios. `question` are the values that would be drawn and in which the scenarios differ;
    `held` the fitted parameters for which a scenario has values of its own."""

    drawings: Sequence[Drawing]
    question: Sequence[str]
    held: Sequence[str]
    not_drawn: Sequence[NotDrawn]

    @property
    def values(self) -> list[Unsure]:
        """All that is drawn beside what is fitted, each once."""
        return list({each.name: each for drawing in self.drawings for each in drawing.values}.values())

    @property
    def fitted(self) -> list[FittedDraws]:
        """All fitted parameters that are drawn, each once."""
        return list({each.name: each for drawing in self.drawings for each in drawing.fitted}.values())

    @property
    def left_out(self) -> dict[str, str]:
        """What is unsure and not drawn by its name, with the reason."""
        question = dict.fromkeys(self.question, "it is the question, in which what is compared differs")
        held = dict.fromkeys(self.held, "fitted, and a scenario has a value of its own")
        return {**question, **held, **{each.name: each.why for each in self.not_drawn}}


@dataclass(frozen=True)
class Design(DrawnOf):
    """... and the draws. `columns` has the single numbers that are drawn, by name, in each draw of `every`. `anew`
    draws were made anew, `as_written` were refused all the same."""

    draws: int
    points: Points
    columns: Mapping[str, Sequence[float]]
    anew: int
    as_written: int


def design(scenarios: Sequence[Loaded], draws: int, axes: Iterable[str] = ()) -> Design:
    """The draws of one scenario, or of several that are held against the first of them. `axes` are keys that a sweep
    varies. Raises InputProblems if a fit has too few draws or one that is impossible, or nothing at all is drawn."""
    of_all = drawn_of(scenarios, rows_of(draws), axes)
    points, columns, anew, as_written = _points(of_all.drawings, draws)
    return Design(**vars(of_all), draws=draws, points=points, columns=columns, anew=anew, as_written=as_written)


def drawn_of(scenarios: Sequence[Loaded], rows: int, axes: Iterable[str] = ()) -> DrawnOf:
    """What is drawn of scenarios that are held against the first of them, with so many draws of what is fitted. Raises
    InputProblems as `design`."""
    found = unsure_of(scenarios, rows, axes)
    if not any(drawing.fitted or drawing.values for drawing in found.drawings):
        message = "nothing in it has a range, a standard error or a fit, so there is no uncertainty to draw from"
        raise InputProblems([Problem(message, scenarios[0].resolved.mark(()))])
    return found


def unsure_of(scenarios: Sequence[Loaded], rows: int, axes: Iterable[str] = ()) -> DrawnOf:
    """The same, where nothing may be drawn. Raises InputProblems if a fit has too few draws."""
    unsure = [unsure_values(loaded) for loaded in scenarios]
    fitted = [fitted_draws(loaded, rows) for loaded in scenarios]
    asked = _Question(scenarios, tuple(axes))
    drawings = [
        Drawing(
            loaded,
            [each for each in parameters if not asked.of_fitted(each)],
            [each for each in values if not asked.of(each.written)],
        )
        for loaded, (parameters, _), (values, _) in zip(scenarios, fitted, unsure, strict=True)
    ]
    question = [each.name for parameters, _ in fitted for each in parameters if asked.of_fitted(each)]
    question += [each.name for values, _ in unsure for each in values if asked.of(each.written)]
    not_drawn = {each.name: each for _, left in unsure for each in left if not asked.of([each.name])}
    held = list(dict.fromkeys(name for _, names in fitted for name in names))
    return DrawnOf(drawings, list(dict.fromkeys(question)), held, list(not_drawn.values()))


def rows_of(draws: int) -> int:
    """Draws of the parameters for so many of everything."""
    return -(-draws // SHARING)


def _points(drawings: Sequence[Drawing], draws: int) -> tuple[Points, dict[str, list[float]], int, int]:
    seed = drawings[0].loaded.scenario.seed
    rows = rows_of(draws)
    every: list[list[Values]] = [[] for _ in drawings]
    parameters: list[list[Values]] = [[] for _ in drawings]
    fitted = [[drawing.fitted_at(row) for row in range(rows)] for drawing in drawings]
    columns: dict[str, list[float]] = {}
    for drawing, at_rows in zip(drawings, fitted, strict=True):
        _check(drawing, at_rows)
    turns: list[int | None] = []
    evident, assumed = (any(drawing.has(part) for drawing in drawings) for part in ("evidence", "assumption"))
    for draw in range(draws if assumed or evident else 0):
        row = draw // SHARING
        turn, found = _accepted(drawings, seed, row, draw)
        turns.append(turn)
        for s, drawing in enumerate(drawings):
            every[s].append({**fitted[s][row], **_flat(found[s])})
            for each in drawing.fitted:
                columns.setdefault(each.name, [float("nan")] * draws)[draw] = float(each.values[row])
            for value in drawing.values:
                put = found[s].get(value.name, value.written)
                for name, number in value.numbers(put).items():
                    columns.setdefault(name, [float("nan")] * draws)[draw] = number
    for row in range(rows if evident else 0):
        turn, found = _accepted(drawings, seed, row, None)
        turns.append(turn)
        for s in range(len(drawings)):
            parameters[s].append({**fitted[s][row], **_flat(found[s])})
    anew = sum(turn is None or turn > 0 for turn in turns)
    if not any(drawing.fitted for drawing in drawings):
        fitted = [[] for _ in drawings]
    points = Points(every, parameters if evident else fitted, fitted)
    return points, columns, anew, sum(turn is None for turn in turns)


def _accepted(
    drawings: Sequence[Drawing], seed: int, row: int, draw: int | None
) -> tuple[int | None, list[dict[str, dict[str, Any]]]]:
    """The first turn whose values every scenario takes, and the values; None and no values if it takes none. Without
    `draw` assumptions stay as written."""
    for again in range(AGAIN + 1):
        found = [
            {
                **drawing.drawn_at(seed, "evidence", row, again),
                **({} if draw is None else drawing.drawn_at(seed, "assumption", draw, again)),
            }
            for drawing in drawings
        ]
        try:
            for drawing, values in zip(drawings, found, strict=True):
                drawing.loaded.at({**drawing.fitted_at(row), **_flat(values)})
        except InputProblems:
            continue
        return again, found
    return None, [{} for _ in drawings]


def _check(drawing: Drawing, rows: Sequence[Values]) -> None:
    """Raises InputProblems if the scenario may not have what was fitted."""
    for row, values in enumerate(rows, 2):
        try:
            drawing.loaded.at(values)
        except InputProblems as error:
            first, fit = error.problems[0], drawing.fitted[-1].fit
            place = Mark(str(fit.drawn_in), row, 1)
            raise InputProblems([Problem(f"this draw is impossible: {first.message}", place, first.path)]) from None


def _flat(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {path: value for put in found.values() for path, value in put.items()}


@dataclass(frozen=True)
class _Question:
    """What the scenarios differ in. A value that only some of them have is not asked about: it is drawn there."""

    scenarios: Sequence[Loaded]
    axes: tuple[str, ...]

    def of(self, paths: Iterable[str]) -> bool:
        """Whether one of these values is swept, or differs between scenarios that have it."""
        return any(self._swept(path) or self._differs(path) for path in paths)

    def of_fitted(self, each: FittedDraws) -> bool:
        """The same of a fitted parameter, for which a scenario has a value of its own; that two fits differ is no
        question."""
        places = [*each.fit.paths[each.name].same, *each.fit.paths[each.name].rest]
        return any(self._swept(path) for path in places) or any(
            _written(loaded.resolved, path)
            for loaded in self.scenarios
            for path in set(places) - {dotted(taken) for taken in loaded.resolved.fitted}
        )

    def _swept(self, path: str) -> bool:
        return any(f"{path}.".startswith(f"{axis}.") or f"{axis}.".startswith(f"{path}.") for axis in self.axes)

    def _differs(self, path: str) -> bool:
        written = [value for loaded in self.scenarios for value in _written(loaded.resolved, path)]
        return any(value != written[0] for value in written)


def _written(resolved: Resolved, path: str) -> list[Any]:
    """What is written at a path, in a list; an empty one if nothing is."""
    try:
        return [resolved.value_at(path.split("."))]
    except KeyError:
        return []
