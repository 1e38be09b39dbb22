"""The figures of a sweep: every outcome against the first axis, one line per value of the second, or as maps where
there are many values; the service level and the smallest staffing that meets it."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from itertools import product
from typing import Any

import matplotlib as mpl
import numpy as np

from simulation.experiments.swept import Swept
from simulation.report.figures.drawing import BAND, STYLE, Album, new_figure, styles
from simulation.report.sweep.maps import draw_map
from simulation.report.sweep.sheets import (
    Sheet,
    axis_label,
    axis_text,
    fixed_text,
    not_too_near,
    panels_wide,
    places,
    scale_of,
    service_figure,
    unit_text,
    varying,
)
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.scenario.axes import shown

MARKERS = ("o", "s", "^", "D", "v", "P")
MOST_LINES = 6
"""Values of the second axis up to which there is a line for each."""
MOST_SHEETS = 8
"""Combinations of further axes that are drawn; the tables have all."""


def draw_sweep(swept: Swept, folder: pathlib.Path, made_by: str) -> None:
    """Outcomes, and differences from the scenario as written, of every combination of third and further axes."""
    album = Album(folder, made_by)
    further = varying(swept)[2:]
    combinations = list(product(*(swept.grid.axes[key] for key in further)))
    moving = [figure for figure in swept.shown if swept.moves(figure)]
    named = bool(swept.grid.sweep.outcomes)  # what was asked for by name is drawn even where it stays the same
    figures = swept.shown if moving and named else moving
    service = service_figure(swept)
    if service is not None and service in figures:  # what is asked for comes first
        figures = [service, *(figure for figure in figures if figure != service)]
    with mpl.rc_context(STYLE):  # type: ignore[arg-type]
        for n, combination in enumerate(combinations[:MOST_SHEETS] if figures else []):
            fixed = dict(zip(further, combination, strict=True))
            sheet = Sheet(swept, fixed, f"_{n + 1}" if further else "")
            draw = draw_map if len(sheet.second) > MOST_LINES else _draw_lines
            draw(album, sheet, figures, False)
            draw(album, sheet, [figure for figure in figures if figure in moving], True)
    if len(combinations) > MOST_SHEETS:
        album.captions.append(f"Drawn are {MOST_SHEETS} of {len(combinations)} combinations of {', '.join(further)}.")
    if not figures:
        album.captions.append("Nothing that is measured changes anywhere in the grid, so there is nothing to draw.")
    album.close()


def _draw_lines(album: Album, sheet: Sheet, figures: Sequence[Figure], difference: bool) -> None:
    swept = sheet.swept
    wide = panels_wide(len(figures))
    rows = -(-len(figures) // wide)
    columns = wide + 1 if wide > 1 else 1
    legend_rows = -(-(len(sheet.second) + 3) // columns)
    height = 3.1 * rows + 0.75 + 0.22 * legend_rows + 0.25 * bool(sheet.fixed)
    made = new_figure(max(4.3 * wide + 0.4, 6.5), height)
    panels = made.subplots(rows, wide, squeeze=False)
    smallest = {answer.sure for answer in swept.smallest()}
    positions, ticks = places(sheet.first)
    for panel, figure in zip(panels.ravel(), figures, strict=False):
        scale = scale_of(swept, figure)
        look = styles()
        marks = []
        for m, y in enumerate(sheet.second):
            points = [sheet.point(x, y) for x in sheet.first]
            course = [swept.difference(p, figure) if difference else swept.estimate(p, figure) for p in points]
            label = f"{swept.grid.short[sheet.keys[1]]} = {shown(y)}" if len(sheet.keys) > 1 else None
            shift = 0.0 if ticks is None else 0.09 * (m - (len(sheet.second) - 1) / 2)
            _course(
                panel,
                positions + shift,
                course,
                label,
                (*next(look), MARKERS[m % len(MARKERS)]),
                scale,
                ticks is not None,
            )
            marks += [(positions[i] + shift, course[i].value * scale) for i, p in enumerate(points) if p in smallest]
        if marks:
            panel.plot(*zip(*marks, strict=True), "o", ms=13, mfc="none", mec="black", mew=1.6, zorder=5,
                       label="smallest staffing that surely meets the level")  # fmt: skip
        if difference:
            panel.axhline(0, color="0.4", lw=0.8)
        else:
            base = swept.estimate(-1, figure).value * scale
            panel.axhline(base, color="0.35", lw=1, ls=(0, (1, 2)), label="scenario as written")
        if not difference and figure == service_figure(swept):
            _level_line(panel, swept, scale)
        panel.set_title(f"{swept.grid.names.write(figure.outcome)}, {figure.group}", fontsize=10)
        panel.set_ylabel(unit_text(swept, figure, difference), fontsize=9)
        panel.margins(y=0.12)
        not_too_near(panel)
        if ticks is not None:
            panel.set_xticks(positions, ticks)
            panel.set_xlim(-0.5, len(positions) - 0.5)
        elif len(positions) <= 8:
            panel.set_xticks(positions, [shown(x) for x in sheet.first])
    for unused in panels.ravel()[len(figures) :]:
        unused.remove()
    for i in range(len(figures)):
        if i + wide >= len(figures):  # the lowest of its column
            panels.ravel()[i].set_xlabel(axis_label(sheet, 0, 46), fontsize=9)
    _legend(made, list(panels.ravel()[: len(figures)]), columns)
    inch = 1 / height
    if sheet.fixed:
        made.text(0.01, 1 - 0.1 * inch, fixed_text(sheet), va="top", fontsize=10)
    made.subplots_adjust(
        left=0.75 / made.get_figwidth(), right=1 - 0.15 / made.get_figwidth(), wspace=0.3, hspace=0.38,
        top=1 - (0.35 + 0.25 * bool(sheet.fixed)) * inch, bottom=(0.8 + 0.22 * legend_rows) * inch,
    )  # fmt: skip
    _add(album, made, sheet, difference)


def _course(
    panel: Any, xs: np.ndarray, course: Sequence[Estimate], label: str | None, look: tuple[Any, Any, str], scale: float,
    categories: bool,
) -> None:  # fmt: skip
    """One line with its band, or points with bars where the axis has no scale."""
    colour, dash, marker = look
    value, low, high = (np.array([getattr(e, end) for e in course]) * scale for end in ("value", "low", "high"))
    if categories:
        bars = np.nan_to_num(np.array([value - low, high - value]))
        panel.errorbar(
            xs, value, yerr=np.maximum(bars, 0), color=colour, ls="none", marker=marker, ms=5, capsize=3, label=label
        )
        return
    panel.plot(xs, value, color=colour, ls=dash, lw=1.6, marker=marker, ms=4, label=label)
    panel.fill_between(xs, low, high, color=colour, alpha=0.22, lw=0)


def _legend(figure: Any, panels: Sequence[Any], columns: int) -> None:
    """Every entry once, below the panels."""
    entries: dict[str, Any] = {}
    for panel in panels:
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    entries = dict(sorted(entries.items(), key=lambda entry: " = " not in entry[0]))  # bars come last otherwise
    if entries:
        figure.legend(
            entries.values(), entries.keys(), frameon=False, loc="lower left",
            bbox_to_anchor=(0.03, 0.25 / figure.get_figheight()), ncols=columns, fontsize=9, handlelength=3,
            markerscale=0.8,
        )  # fmt: skip


def _add(album: Album, made: Any, sheet: Sheet, difference: bool) -> None:
    service = sheet.swept.grid.sweep.service
    what = "Differences from the scenario as written (paired by replication)" if difference else "Outcomes"
    caption = f"{what} against {axis_text(sheet.swept, sheet.keys[0])}"
    if len(sheet.keys) > 1:
        caption += f", one line per value of {axis_text(sheet.swept, sheet.keys[1])}"
    caption += f"; {fixed_text(sheet)}" if sheet.fixed else ""
    caption += f". {BAND}, of the mean over replications{' of the difference' if difference else ''}; "
    caption += "all points by the same luck."
    if service is not None and (asked := sheet.swept.grid.service_figure) is not None:
        level = f"{service.outcome} of {asked.group} {service.sign} {service.level:g}"
        caption += f" Ring: smallest {service.staff} tried whose whole interval meets the level, {level}."
    if not difference:
        caption += " Dotted: the scenario as written."
    album.add(made, f"{'differences' if difference else 'outcomes'}{sheet.suffix}", caption)


def _level_line(panel: Any, swept: Swept, scale: float) -> None:
    """The service level across a panel."""
    service = swept.grid.sweep.service
    assert service is not None
    text = f"service level ({service.sign} {service.level * scale:g}{' %' if scale == 100 else ''})"
    panel.axhline(service.level * scale, color="black", lw=1.1, ls=(0, (6, 3)), label=text)
