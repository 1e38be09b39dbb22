"""Sweeps of two axes with many values: maps whose shades read in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulation.report.figures.drawing import Picture
from simulation.report.figures.looks import in_manner
from simulation.report.sweep.sheets import Sheet, panels_wide, places
from simulation.report.sweep.worded import (
    axis_label,
    axis_name,
    fixed_text,
    panel_name,
    scale_of,
    sentence_of,
    unit_text,
    value_name,
)
from simulation.report.wording import Wording
from simulation.results.names import Figure
from simulation.scenario.axes import Value
from simulation.world.labels import Label
from simulation.world.spec import Bools, Floats

MOST_ACROSS, MOST_UP = 6, 10
"""Ticks that can be read on an axis."""
OUTLINED = Label("outlined: whole interval meets the level", "indrammet: hele intervallet opfylder målet")
UNSURE = Label("interval has 0 in it", "intervallet indeholder 0")
SMALLEST = Label("smallest staffing that surely meets the level", "mindste bemanding, der sikkert opfylder målet")
BAND = Label("Shades: means over replications, all points by the same luck",
             "Farver: gennemsnit over gentagelser, samme tilfældigheder i alle punkter")  # fmt: skip
BY = Label("{what}, by {first} (`{first_key}`) and {second} (`{second_key}`); the intervals stand in tables/sweep.csv.",
           "{what}, efter {first} (`{first_key}`) og {second} (`{second_key}`); intervallerne er i tables/sweep.csv.")
OUTCOMES = Label("Outcomes that move", "Udfald, der flytter sig")
DIFFERENCES = Label("Differences from the scenario as written, paired by replication",
                    "Forskelle fra scenariet, som det er skrevet, parret pr. gentagelse")  # fmt: skip
DOTS = Label(" Small dots: the interval of the difference (simulation error, 95 %) has 0 in it.",
             " Små prikker: intervallet for forskellen (simulationsfejl, 95 %) indeholder 0.")  # fmt: skip
MEETS = Label(" Outlined: the whole interval (simulation error, 95 %) meets the service level. Large dots: the "
              "smallest staffing tried that does.",
              " Indrammet: hele intervallet (simulationsfejl, 95 %) opfylder servicemålet. Store prikker: den mindste "
              "prøvede bemanding, der gør.")  # fmt: skip


def draw_map(sheet: Sheet, wording: Wording, figures: Sequence[Figure], difference: bool) -> Picture:
    """One panel per outcome; where the service level is surely met is outlined, and the smallest staffing marked."""
    swept = sheet.swept
    wide = panels_wide(len(figures))
    rows = -(-len(figures) // wide)
    picture = Picture(max(4.6 * wide, 7.0), 3.3 * rows + 0.3)
    panels = picture.subplots(rows, wide, squeeze=False).ravel()
    numbers = np.array([[sheet.point(x, y) for x in sheet.first] for y in sheet.second])
    smallest = {answer.sure for answer in swept.smallest()}
    met = _surely_met(sheet, numbers)
    xs, ys = _edges(sheet.first), _edges(sheet.second)
    x_middle, y_middle = places(sheet.first)[0], places(sheet.second)[0]
    entries: dict[str, Any] = {}
    for i, (panel, figure) in enumerate(zip(panels, figures, strict=False)):
        look = swept.difference if difference else swept.estimate
        estimates = [[look(int(p), figure) for p in row] for row in numbers]
        value = np.array([[e.value for e in row] for row in estimates]) * scale_of(swept.grid.names, figure)
        panel.grid(False)
        mesh = panel.pcolormesh(xs, ys, np.ma.masked_invalid(value), cmap="cividis", rasterized=True)
        bar = picture.colorbar(mesh, ax=panel, pad=0.02)
        bar.set_label(unit_text(swept.grid.names, wording, figure, difference), fontsize=9)
        in_manner(bar.ax, wording.language, x=False)
        if met is not None:
            _outline(panel, xs, ys, met)
            entries[wording.say(OUTLINED)] = panel.plot([], [], color="black", lw=1.6)[0]
        if difference:
            unsure = np.array([[not (e.low > 0 or e.high < 0) for e in row] for row in estimates])
            yy, xx = np.nonzero(unsure)
            entries[wording.say(UNSURE)] = panel.plot(
                x_middle[xx], y_middle[yy], ls="none", marker="o", ms=2.4, mfc="white", mec="black", mew=0.5
            )[0]
        marked = [(x_middle[c], y_middle[r]) for r, c in np.ndindex(*numbers.shape) if int(numbers[r, c]) in smallest]
        if marked:
            entries[wording.say(SMALLEST)] = panel.plot(
                *zip(*marked, strict=True), ls="none", marker="o", ms=6, mfc="white", mec="black", mew=1.3
            )[0]
        panel.set_title("\n".join(picture.wrapped(panel_name(wording, figure), 10, 3.8)), fontsize=10)
        _ticks(panel.set_xticks, sheet, 0, wording)
        _ticks(panel.set_yticks, sheet, 1, wording)
        if i % wide == 0:
            panel.set_ylabel(axis_label(sheet, wording, 1, 32))
        if i + wide >= len(figures):
            panel.set_xlabel(axis_label(sheet, wording, 0, 46))
    for unused in panels[len(figures) :]:
        unused.remove()
    title = sentence_of(sheet, wording, figures, difference)
    if sheet.fixed:
        title = f"{title} ({fixed_text(sheet, wording)})"
    return picture.finish(title, _caption(sheet, wording, difference), wording.say(BAND), entries)


def _caption(sheet: Sheet, wording: Wording, difference: bool) -> str:
    first, second = sheet.keys
    names = [axis_name(sheet.swept, wording, key) for key in (first, second)]
    what = wording.say(DIFFERENCES if difference else OUTCOMES)
    caption = wording.say(BY, what=what, first=names[0], first_key=first, second=names[1], second_key=second)
    caption += wording.say(DOTS) if difference else ""
    return caption + (wording.say(MEETS) if sheet.swept.grid.sweep.service is not None else "")


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


def _ticks(put: Any, sheet: Sheet, number: int, wording: Wording) -> None:
    """Put ticks at values of the first (0) or second (1) axis that were tried, but no more than can be read."""
    values, most = ((sheet.first, MOST_ACROSS), (sheet.second, MOST_UP))[number]
    middle, names = places(values)
    every = -(-len(middle) // most) if names is None else 1
    put(middle[::every], [value_name(sheet.swept, wording, sheet.keys[number], value) for value in values][::every])
