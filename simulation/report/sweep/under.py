"""A sweep under all uncertainty, on the screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import numpy as np

from simulation.experiments.grid import Grid
from simulation.experiments.swept import Swept
from simulation.experiments.uncertain.answers import Answer, Uncertain
from simulation.report.under import Under
from simulation.report.under_text import hangs_on, under_notes
from simulation.report.words import WIDTH, grid, number, span, with_interval
from simulation.results.names import Figure
from simulation.scenario.axes import shown
from simulation.scenario.load import Loaded

MOST_ROWS, MOST_FIGURES = 24, 4


def runs_of(swept: Swept) -> list[int]:
    """The points that are simulated at draws beside the scenario as written, which comes first."""
    return [point for point in range(len(swept.grid.points)) if point != swept.grid.base]


def points_of(grid: Grid) -> list[Loaded]:
    """The scenarios of these points."""
    return [grid.loaded.varied(grid.changes(n)) for n in range(len(grid.points)) if n != grid.base]


def answers_of(swept: Swept, uncertain: Uncertain) -> dict[str, Sequence[Answer]]:
    """Every figure at every point, and its difference from the scenario as written, by what it is of."""
    answers: dict[str, Sequence[Answer]] = {
        "as written": [answer for answer in uncertain.answers(0) if answer.figure in swept.columns]
    }
    for s, point in enumerate(runs_of(swept), 1):
        answers[f"point {point + 1}"] = list(uncertain.answers(s))
        apart = ((figure, swept.difference(point, figure)) for figure in swept.columns)
        answers[f"difference {point + 1}"] = list(uncertain.differences(s, apart))
    return answers


def sweep_under_text(swept: Swept, under: Under) -> str:
    """Every shown figure that moves: at each point and less the scenario as written, for 95 % of the draws; and in
    which part of the draws the service level is met."""
    lines = []
    moving = [figure for figure in swept.shown if swept.moves(figure)]
    for figure in moving[:MOST_FIGURES]:
        unit = swept.grid.names.unit(figure.outcome)
        rows = [[*swept.grid.short.values(), "mean", "draws", "difference", "draws", ""]]
        hanging = ""
        for point in runs_of(swept)[:MOST_ROWS]:
            value, apart = (_of(under, f"{kind} {point + 1}", figure) for kind in ("point", "difference"))
            if value is None or apart is None:
                continue
            rows.append([
                *map(shown, swept.grid.points[point]), with_interval(unit, value.point), span(unit, *value.interval),
                with_interval(unit, apart.point, True), span(unit, *apart.interval, True), "",
            ])  # fmt: skip
            hanging = f"At the last of these points the difference hangs on {hangs_on(apart)}"
        if len(rows) > 1:
            title = f"{swept.grid.names.write(figure.outcome)} of {figure.group}, all uncertainty:"
            lines += [title, grid(rows), textwrap.fill(hanging, WIDTH, subsequent_indent="    "), ""]
    if len(moving) > MOST_FIGURES:
        lines += [f"{len(moving) - MOST_FIGURES} more outcomes stand in tables/uncertainty.csv.", ""]
    lines += [textwrap.fill(sentence, WIDTH, subsequent_indent="    ") for sentence in _service(swept, under.uncertain)]
    return "\n".join([*lines, under_notes(under.uncertain)])


def _of(under: Under, called: str, figure: Figure) -> Answer | None:
    return next((answer for answer in under.answers.get(called, ()) if answer.figure == figure), None)


def _service(swept: Swept, uncertain: Uncertain) -> Iterator[str]:
    """How often the level is met over the draws, staffing by staffing."""
    service, figure = swept.grid.sweep.service, swept.grid.service_figure
    if service is None or figure is None:
        return
    told = []
    for s, point in [(0, swept.grid.base), *enumerate(runs_of(swept), 1)]:
        rows = uncertain.every[s].get(figure) or uncertain.parameters[s].get(figure)
        if rows is None or point is None:
            continue
        values = uncertain.results[s].estimate_of(figure).value + rows.shifts.mean(axis=1)
        weights = uncertain.of_draws if figure in uncertain.every[s] else np.full(len(values), 1 / len(values))
        met = values >= service.level if service.at_least is not None else values <= service.level
        where = ", ".join(map(shown, swept.grid.points[point]))
        told.append((point, f"{where}: {100 * float(weights[met].sum()):.0f} %"))
    unit = swept.grid.names.unit(figure.outcome)
    yield (
        f"The level ({swept.grid.names.write(figure.outcome)} of {figure.group} {service.sign} "
        f"{number(unit, service.level)}) is met in so many of the draws: {'; '.join(text for _, text in sorted(told))}."
    )
