"""Published figures beside the model: how far apart they are, in units and in standard deviations."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence

from simulation.report.words import WIDTH, grid, number, span, with_interval
from simulation.results.names import Group, Names
from simulation.results.verdict import WHAT_IT_IS, Beside, Distance
from simulation.scenario.published import Published

HEAD = ["outcome", "group", "", "model", "published", "model − published", "in sd", "", "one trial", "source"]


def verdicts(names: Names, besides: Sequence[Beside]) -> Iterator[str]:
    """All published figures with their distances, and what is known of those that are far off."""
    yield textwrap.fill(
        "Against the published figures. Model − published: from the nearest of the values printed for one quantity; "
        "in sd: in standard deviations of the printed figure (n or standard error; where neither is known, of one "
        "trial of the simulated size), of its rounding and of the simulation, without uncertainty of the parameters. "
        "One trial: where the figure of one trial of the simulated size would fall, 95 %. "
        f"{WHAT_IT_IS[0].upper()}{WHAT_IT_IS[1:]}. [ ] behind a published figure: its own binomial 95 % interval. "
        "–: the run has no such figure.",
        WIDTH,
    )
    rows = []
    for b in besides:
        f, e = b.figure, b.simulated
        unit = names.unit(b.named.outcome) if b.named.outcome in names.meanings else ""
        shown = ("ca. " if f.approximate else "") + printed(unit, f, " / ")
        if b.sampling is not None:
            shown += f" {span(unit, *b.sampling)} n = {f.n}"
        rows.append(
            [f.outcome, f.group, _time(f), with_interval(unit, e), shown, *distance_cells(unit, b.distance),
             span(unit, e.trial_low, e.trial_high, beyond=e.beyond), f"{f.source} p. {f.page}"]
        )  # fmt: skip
    yield grid([HEAD, *rows])
    for b in besides:
        if b.distance.verdict == "far":
            yield f"far: {b.name}: {b.figure.caveat or 'no caveat known; the model does not reach it'}"


def distance_cells(unit: str, distance: Distance) -> list[str]:
    """Distance in units, in standard deviations, and the verdict."""
    if math.isnan(distance.units):
        return ["–", "–", ""]
    in_sd = "–" if math.isnan(distance.in_sd) else f"{distance.in_sd:+.1f}".replace("-", "−")
    return [number(unit, distance.units, True), in_sd, distance.verdict]


def printed(unit: str, figure: Published, between: str) -> str:
    """The printed values of a figure, or what is printed instead."""
    if figure.figure is None:
        return f"“{figure.words}”"
    return between.join(number(unit, value) for value in (figure.figure, *(v.figure for v in figure.also)))


def cited(names: Names, beside: Beside, group: Group, follow_up: int) -> str:
    """A published figure in the table of outcomes."""
    figure = beside.figure
    week = "" if figure.week in (None, follow_up) else f" (week {figure.week})"
    far = " (far)" if beside.distance.verdict == "far" else ""
    ca = "ca. " if figure.approximate else ""
    return f"{group} {ca}{printed(names.unit(beside.named.outcome), figure, '/')}{week}{far}"


def _time(figure: Published) -> str:
    if figure.week is not None:
        return f"week {figure.week}"
    return f"month {figure.month}" if figure.month is not None else ""
