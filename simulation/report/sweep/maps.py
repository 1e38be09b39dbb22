"""Sweeps of two axes with many values: maps whose shades read in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulation.report.figures.drawing import Album, new_figure
from simulation.report.sweep.sheets import (
    Sheet,
    axis_label,
    axis_text,
    fixed_text,
    panels_wide,
    places,
    scale_of,
    unit_text,
)
from simulation.results.names import Figure
from simulation.scenario.axes import Value, shown
from simulation.world.spec import Bools, Floats

MOST_ACROSS, MOST_UP = 6, 10
"""Ticks that can be read on an axis."""


def draw_map(album: Album, sheet: Sheet, figures: Sequence[Figure], difference: bool) -> None:
    """One panel per outcome; where the service level is surely met is outlined, and the smallest staffing marked."""
    swept = sheet.swept
    wide = panels_wide(len(figures))
    rows = -(-len(figures) // wide)
    height = 3.5 * rows + 1.2 + 0.25 * bool(sheet.fixed)
    made = new_figure(4.6 * wide + 0.4, height)
    panels = made.subplots(rows, wide, squeeze=False).ravel()
    numbers = np.array([[sheet.point(x, y) for x in sheet.first] for y in sheet.second])
    smallest = {answer.sure for answer in swept.smallest()}
    met = _surely_met(sheet, numbers)
    xs, ys = _edges(sheet.first), _edges(sheet.second)
    x_middle, y_middle = places(sheet.first)[0], places(sheet.second)[0]
    for i, (panel, figure) in enumerate(zip(panels, figures, strict=False)):
        look = swept.difference if difference else swept.estimate
        estimates = [[look(int(p), figure) for p in row] for row in numbers]
        value = np.array([[e.value for e in row] for row in estimates]) * scale_of(swept, figure)
        panel.grid(False)
        mesh = panel.pcolormesh(xs, ys, np.ma.masked_invalid(value), cmap="cividis", rasterized=True)
        bar = made.colorbar(mesh, ax=panel, pad=0.02)
        bar.set_label(unit_text(swept, figure, difference), fontsize=9)
        if met is not None:
            _outline(panel, xs, ys, met)
            panel.plot([], [], color="black", lw=1.6, label="outlined: whole interval meets the level")
        if difference:
            unsure = np.array([[not (e.low > 0 or e.high < 0) for e in row] for row in estimates])
            yy, xx = np.nonzero(unsure)
            panel.plot(x_middle[xx], y_middle[yy], ls="none", marker="o", ms=2.4, mfc="white", mec="black", mew=0.5,
                       label="interval has 0 in it")  # fmt: skip
        marked = [(x_middle[c], y_middle[r]) for r, c in np.ndindex(*numbers.shape) if int(numbers[r, c]) in smallest]
        if marked:
            panel.plot(*zip(*marked, strict=True), ls="none", marker="o", ms=6, mfc="white", mec="black", mew=1.3,
                       label="smallest staffing that surely meets the level")  # fmt: skip
        panel.set_title(f"{swept.grid.names.write(figure.outcome)}, {figure.group}", fontsize=10)
        _ticks(panel.set_xticks, sheet.first, MOST_ACROSS)
        _ticks(panel.set_yticks, sheet.second, MOST_UP)
        if i % wide == 0:
            panel.set_ylabel(axis_label(sheet, 1, 32), fontsize=9)
        if i + wide >= len(figures):
            panel.set_xlabel(axis_label(sheet, 0, 46), fontsize=9)
    for unused in panels[len(figures) :]:
        unused.remove()
    entries = {
        label: handle
        for panel in panels[: len(figures)]
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    inch = 1 / height
    if entries:
        made.legend(entries.values(), entries.keys(), frameon=False, loc="lower left", ncols=3, fontsize=9,
                    bbox_to_anchor=(0.02, 0.22 * inch))  # fmt: skip
    if sheet.fixed:
        made.text(0.01, 1 - 0.1 * inch, fixed_text(sheet), va="top", fontsize=10)
    made.subplots_adjust(
        left=0.95 / made.get_figwidth(), right=1 - 0.35 / made.get_figwidth(), wspace=0.26, hspace=0.34,
        top=1 - (0.35 + 0.25 * bool(sheet.fixed)) * inch, bottom=1.25 * inch,
    )  # fmt: skip
    name = "differences" if difference else "outcomes"
    what = "Differences from the scenario as written, paired by replication" if difference else "Outcomes"
    album.add(made, f"{name}{sheet.suffix}", _caption(sheet, what, difference), "Shades: means over replications")


def _caption(sheet: Sheet, what: str, difference: bool) -> str:
    swept = sheet.swept
    caption = f"{what}, by {axis_text(sheet.swept, sheet.keys[0])} and {axis_text(sheet.swept, sheet.keys[1])}"
    caption += f"; {fixed_text(sheet)}" if sheet.fixed else ""
    caption += ". Shades: means over replications, all points by the same luck; "
    caption += "the intervals stand in tables/sweep.csv."
    if difference:
        caption += " Small dots: the interval of the difference (simulation error, 95 %) has 0 in it."
    service, asked = swept.grid.sweep.service, swept.grid.service_figure
    if service is not None and asked is not None:
        level = f"{service.outcome} of {asked.group} {service.sign} {service.level:g}"
        caption += f" Outlined: the whole interval (simulation error, 95 %) meets the service level, {level}."
        caption += f" Large dots: smallest {service.staff} tried that does."
    return caption


def _surely_met(sheet: Sheet, numbers: Any) -> Bools | None:
    """Where the whole interval meets the service level, same shape as the numbers of points; None without a level."""
    swept, service, figure = sheet.swept, sheet.swept.grid.sweep.service, sheet.swept.grid.service_figure
    if service is None or figure is None or figure not in swept.columns:
        return None
    return np.array([[service.met(swept.estimate(int(p), figure)) for p in row] for row in numbers])


def _outline(panel: Any, xs: Floats, ys: Floats, met: Bools) -> None:
    """A line around the cells that meet the level."""
    around = np.pad(met, 1)
    for r, c in np.ndindex(met.shape):
        if not met[r, c]:
            continue
        x, y = xs[c : c + 2], ys[r : r + 2]
        sides = (
            (around[r, c + 1], x, (y[0], y[0])), (around[r + 2, c + 1], x, (y[1], y[1])),
            (around[r + 1, c], (x[0], x[0]), y), (around[r + 1, c + 2], (x[1], x[1]), y),
        )  # fmt: skip
        for also, across, up in sides:
            if not also:
                panel.plot(across, up, color="white", lw=3.2, solid_capstyle="projecting", clip_on=False)
                panel.plot(across, up, color="black", lw=1.6, solid_capstyle="projecting", clip_on=False, zorder=3)


def _edges(values: Sequence[Value]) -> Floats:
    """Borders of the cells, half way between values; shape (values + 1,)."""
    middle = places(values)[0]
    if len(middle) == 1:
        return np.array([middle[0] - 0.5, middle[0] + 0.5])
    half = np.diff(middle) / 2
    return np.concatenate(([middle[0] - half[0]], middle[:-1] + half, [middle[-1] + half[-1]]))


def _ticks(put: Any, values: Sequence[Value], most: int) -> None:
    """Put ticks at values that were tried, but no more than can be read."""
    middle, names = places(values)
    every = -(-len(middle) // most) if names is None else 1
    put(middle[::every], [shown(value) for value in values][::every] if names is None else names)
