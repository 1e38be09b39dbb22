"""The figures of a sweep: every outcome that moves against the first axis, one line per value of the second, or as maps
where there are many values; the service level and the smallest staffing that meets it."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from simulation.experiments.swept import Swept
from simulation.report.figures.drawing import Album, Picture, in_style
from simulation.report.figures.looks import Look, in_manner, looks
from simulation.report.figures.sentences import moves
from simulation.report.sweep.maps import draw_map
from simulation.report.sweep.sheets import Sheet, not_too_near, panels_wide, places, service_figure, varying
from simulation.report.sweep.worded import (
    EQUALS,
    axis_label,
    axis_name,
    fixed_text,
    level_text,
    panel_name,
    scale_of,
    sentence_of,
    unit_text,
    value_name,
)
from simulation.report.wording import Wording
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.world.labels import Label, Language

MOST_LINES = 6
"""Values of the second axis up to which there is a line for each."""
MOST_SHEETS, MOST_PANELS = 8, 9
"""Combinations of further axes that are drawn, and outcomes; the tables have all."""
HIGH, WIDE = 2.7, 4.2
"""Inches of a panel."""
SMALLEST = Label("smallest staffing that surely meets the level", "mindste bemanding, der sikkert opfylder målet")
AS_WRITTEN = Label("scenario as written", "scenariet, som det er skrevet")
LEVEL = Label("service level {sign} {level}", "servicemål {sign} {level}")
SOME = Label("Drawn are {some} of {all} combinations of {axes}.", "Vist er {some} af {all} kombinationer af {axes}.")
NOTHING = Label("Nothing that is measured changes anywhere in the grid, so there is nothing to draw.",
                "Intet af det målte ændrer sig mellem de prøvede værdier, så der er intet at vise.")  # fmt: skip
OUTCOMES = Label("Outcomes that move", "Udfald, der flytter sig")
DIFFERENCES = Label("Differences from the scenario as written (paired by replication)",
                    "Forskelle fra scenariet, som det er skrevet (parret pr. gentagelse)")  # fmt: skip
AGAINST = Label("{what}, against {axis} (`{key}`)", "{what}, efter {axis} (`{key}`)")
LINES = Label(", one line per value of {axis} (`{key}`)", ", en linje pr. værdi af {axis} (`{key}`)")
MORE = Label("; {n} further ones stand in tables/sweep.csv", "; yderligere {n} står i tables/sweep.csv")
RING = Label(" Ring: the smallest staffing tried whose whole interval meets the level.",
             " Ring: den mindste prøvede bemanding, hvis hele interval opfylder målet.")  # fmt: skip
BAND = Label("Band or bar: simulation error, 95 %; all points by the same luck",
             "Bånd eller streg: simulationsfejl, 95 %; samme tilfældigheder i alle punkter")  # fmt: skip


def draw_sweep(swept: Swept, folder: pathlib.Path, made_by: str, language: Language = "en") -> None:
    """Outcomes, and differences from the scenario as written, of every combination of third and further axes."""
    album = Album(folder, made_by)
    wording = Wording(swept.grid.names, language)
    further = varying(swept)[2:]
    combinations = list(product(*(swept.grid.axes[key] for key in further)))
    figures, moving = chosen(swept)
    for n, combination in enumerate(combinations[:MOST_SHEETS] if figures else []):
        fixed = dict(zip(further, combination, strict=True))
        sheet = Sheet(swept, fixed, f"_{n + 1}" if further else "")
        with in_style():
            for name, shown, difference in (("outcomes", figures, False), ("differences", moving, True)):
                draw = draw_map if len(sheet.second) > MOST_LINES else draw_lines
                if shown:
                    album.add(draw(sheet, wording, shown, difference), f"{name}{sheet.suffix}")
    if len(combinations) > MOST_SHEETS:
        axes = ", ".join(axis_name(swept, wording, key) for key in further)
        album.captions.append(wording.say(SOME, some=MOST_SHEETS, all=len(combinations), axes=axes))
    if not figures:
        album.captions.append(wording.say(NOTHING))
    album.close()


def chosen(swept: Swept) -> tuple[list[Figure], list[Figure]]:
    """The outcomes that are drawn, and those of them that move, the service level first. What was asked for by name is
    drawn where it moves at all; else what somewhere moves by more than its interval."""
    points = range(len(swept.grid.points))
    moving = [figure for figure in swept.shown if swept.moves(figure)]
    beyond = [figure for figure in moving if any(moves(swept.difference(point, figure)) for point in points)]
    named = bool(swept.grid.sweep.outcomes)
    figures = moving if named else [figure for figure in beyond if not _of_served(swept, figure)] or beyond or moving
    service = service_figure(swept)
    if service is not None and service in swept.shown and moving:  # what is asked for comes first
        figures = [service, *(figure for figure in figures if figure != service)]
    if len(figures) > MOST_PANELS and not named:
        kept = set(sorted(figures, key=lambda figure: -_size(swept, figure))[: MOST_PANELS - 1]) | {figures[0]}
        figures = [figure for figure in figures if figure in kept]
    return figures, [figure for figure in figures if figure in moving]


def _of_served(swept: Swept, figure: Figure) -> bool:
    """Whether it is a wait of those alone who were served, which is short where few are."""
    return swept.grid.names.meaning(figure.outcome).of_served is not None


def _size(swept: Swept, figure: Figure) -> float:
    """How far an outcome moves at the most; of anything but a share as a part of the highest level."""
    points = range(len(swept.grid.points))
    apart = [swept.difference(p, figure) for p in points]
    most = max((abs(e.value) for e in apart if moves(e)), default=0.0)
    if swept.grid.names.unit(figure.outcome) == "share":
        return most
    highest = max(abs(swept.estimate(p, figure).value) for p in points)
    return most / highest if highest else 0.0


def draw_lines(sheet: Sheet, wording: Wording, figures: Sequence[Figure], difference: bool) -> Picture:
    """One panel for each outcome."""
    swept = sheet.swept
    wide = panels_wide(len(figures))
    rows = -(-len(figures) // wide)
    picture = Picture(max(WIDE * wide, 7.6), HIGH * rows + 0.3)
    panels = picture.subplots(rows, wide, squeeze=False).ravel()
    smallest = {answer.sure for answer in swept.smallest()}
    positions, ticks = places(sheet.first)
    names = [value_name(swept, wording, sheet.keys[0], x) for x in sheet.first]
    entries: dict[str, Any] = {}
    for panel, figure in zip(panels, figures, strict=False):
        scale = scale_of(swept.grid.names, figure)
        marks = []
        for m, (y, look) in enumerate(zip(sheet.second, _looks(len(sheet.second)), strict=True)):
            points = [sheet.point(x, y) for x in sheet.first]
            course = [swept.difference(p, figure) if difference else swept.estimate(p, figure) for p in points]
            shift = 0.0 if ticks is None else 0.09 * (m - (len(sheet.second) - 1) / 2)
            drawn = _course(panel, positions + shift, course, look, scale, ticks is not None)
            if len(sheet.keys) > 1:
                axis = axis_name(swept, wording, sheet.keys[1], unit=False)
                value = value_name(swept, wording, sheet.keys[1], y)
                entries.setdefault(wording.say(EQUALS, name=axis, value=value), drawn)
            marks += [(positions[i] + shift, course[i].value * scale) for i, p in enumerate(points) if p in smallest]
        if difference:
            panel.axhline(0, color="0.4", lw=0.8)
        else:
            base = swept.estimate(-1, figure).value * scale
            entries[wording.say(AS_WRITTEN)] = panel.axhline(base, color="0.35", lw=1, ls=(0, (1, 2)))
        if not difference and figure == service_figure(swept):
            entries |= _level_line(panel, swept, wording, scale)
        if marks:
            entries[wording.say(SMALLEST)] = panel.plot(
                *zip(*marks, strict=True), "o", ms=13, mfc="none", mec="black", mew=1.6, zorder=5
            )[0]
        panel.set_title("\n".join(picture.wrapped(panel_name(wording, figure), 10, WIDE - 0.7)), fontsize=10)
        panel.set_ylabel(unit_text(swept.grid.names, wording, figure, difference))
        panel.margins(y=0.12)
        not_too_near(panel)
        in_manner(panel, wording.language)
        if ticks is not None:
            panel.set_xticks(positions, ["\n".join(picture.wrapped(name, 9, WIDE / len(names))) for name in names])
            panel.set_xlim(-0.5, len(positions) - 0.5)
        elif len(positions) <= 8:
            panel.set_xticks(positions, names)
    for unused in panels[len(figures) :]:
        unused.remove()
    for i in range(len(figures)):
        if i + wide >= len(figures):  # the lowest of its column
            panels[i].set_xlabel(axis_label(sheet, wording, 0, 46))
    title = sentence_of(sheet, wording, figures, difference)
    if sheet.fixed:
        title = f"{title} ({fixed_text(sheet, wording)})"
    caption = caption_of(sheet, wording, figures, difference) + (wording.say(RING) if smallest - {None} else "")
    return picture.finish(title, caption, wording.say(BAND), entries)


def _looks(lines: int) -> list[Look]:
    """Looks whose points are seen: values were tried at these alone."""
    first, *others = looks(lines)
    return [first._replace(marker="P", colour="#4C97CC") if lines > 1 else first._replace(marker="o"), *others]


def _course(
    panel: Any, xs: np.ndarray, course: Sequence[Estimate], look: Look, scale: float, categories: bool
) -> Any:
    """One line with its band, or points with bars where the axis has no scale."""
    value, low, high = (np.array([getattr(e, end) for e in course]) * scale for end in ("value", "low", "high"))
    if categories:
        bars = np.maximum(np.nan_to_num(np.array([value - low, high - value])), 0)
        return panel.errorbar(xs, value, yerr=bars, color=look.colour, ls="none", marker=look.marker, ms=5, capsize=3)
    panel.fill_between(xs, low, high, color=look.colour, alpha=0.2, lw=0)
    return panel.plot(xs, value, **{**look.how(), "zorder": 2 + look.place / 100})[0]


def caption_of(sheet: Sheet, wording: Wording, figures: Sequence[Figure], difference: bool) -> str:
    """What a picture shows, with the keys that were swept, and how many outcomes it leaves out."""
    swept = sheet.swept
    what = wording.say(DIFFERENCES if difference else OUTCOMES)
    said = wording.say(AGAINST, what=what, axis=axis_name(swept, wording, sheet.keys[0]), key=sheet.keys[0])
    if len(sheet.keys) > 1:
        said += wording.say(LINES, axis=axis_name(swept, wording, sheet.keys[1]), key=sheet.keys[1])
    left = len(swept.shown) - len(figures)
    return said + (wording.say(MORE, n=left) if left else "") + "."


def _level_line(panel: Any, swept: Swept, wording: Wording, scale: float) -> dict[str, Any]:
    """The service level across a panel, by its name."""
    service = swept.grid.sweep.service
    assert service is not None
    sign = service.sign.replace(">=", "≥").replace("<=", "≤")
    level = level_text(wording, "share" if scale == 100 else "", service.level) + (" %" if scale == 100 else "")
    line = panel.axhline(service.level * scale, color="black", lw=1.1, ls=(0, (6, 3)))
    return {wording.say(LEVEL, sign=sign, level=level): line}
