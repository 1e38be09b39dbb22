"""The tornado: how far the answer moves with each number at its ends, and without each mechanism."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.patches import Patch

from simulation.experiments.sensitivity.found import Found
from simulation.experiments.sensitivity.moved import Moved
from simulation.report.figures.drawing import Picture, in_style
from simulation.report.figures.looks import in_manner
from simulation.report.sensitivity.words import Telling, short
from simulation.results.intervals import Estimate
from simulation.world.labels import Label, Language

MOST, WIDTH, STEP, NAMES = 16, 9.6, 0.33, 3.4
"""Bars at the most; inches of the picture, of a row and of the names."""
COLOURS = {"low": "#8CBCE0", "high": "#B33C00"}
POINTS = Label("percentage points", "procentpoint")
LOW, HIGH = Label("number at its low end", "tallet ved sin lave ende"), Label("at its high end", "ved sin høje ende")
SWITCHED = Label("without a mechanism", "uden en mekanisme")
AXIS = Label("{what}, {unit}", "{what}, {unit}")
AXIS_DIFFERENCE = Label("difference in {what}, {unit}", "forskel i {what}, {unit}")
BAND = Label(
    "Thin line: simulation error of the change, 95 %. Dotted: the answer as written. Numbers from the low to the high "
    "end of their middle 95 %, one at a time",
    "Tynd streg: simulationsfejl på ændringen, 95 %. Prikket: svaret som skrevet. Tal fra den lave til den høje ende "
    "af deres midterste 95 %, ét ad gangen",
)
CAPTION = Label(
    "The {n} numbers of {all} with the largest span, and what the answer is without mechanisms",
    "De {n} af {all} tal med det største udsving, og svaret uden mekanismer",
)
TITLE = Label("The answer hangs most on {name}", "Svaret afhænger mest af {name}")
TITLE_NONE = Label("No single number moves the answer by more than luck",
                   "Intet enkelt tal flytter svaret ud over det tilfældige")  # fmt: skip


def draw_tornado(found: Found, language: Language) -> Picture:
    """Bars around the answer as written, the largest span at the top, and below them the mechanisms."""
    telling = Telling(found, language)
    words = telling.words
    known = [moved for moved in found.tornado.bars if not math.isnan(moved.span)]
    bars = [moved for moved in known if moved.span > 0][:MOST]
    switches = list(zip(found.study.switched, found.switches, strict=True))
    scale = 100.0 if telling.unit == "share" else 1.0
    names = [f"{short(m.bar.name)}\n{telling.range(m)}" for m in bars]
    with in_style():
        picture = Picture(WIDTH, 0.9 + STEP * (1.1 * len(bars) + 0.8 * len(switches) + 0.5))
        names += ["\n".join(picture.wrapped(telling.switch(each), 9, NAMES)) for each, _ in switches]
        panel = picture.subplots()
        at = scale * found.answer_at_point.value
        put_bars(panel, at, bars, scale)
        for place, (_, e) in enumerate(switches, len(bars)):
            _error(panel, at, e, place, scale)
            panel.plot(at + scale * e.value, place, "D", ms=5, mfc="white", mec="black", zorder=4)
        if found.signed:
            panel.axvline(0, color="0.4", lw=0.9)
        if bars and switches:
            panel.axhline(len(bars) - 0.5, color="0.85", lw=0.8)
        panel.set_yticks(range(len(names)), names, fontsize=8)
        panel.set_ylim(len(names) - 0.4, -0.6)
        panel.grid(axis="y", visible=False)
        unit = words.say(POINTS) if telling.unit == "share" and found.signed else (
            "%" if telling.unit == "share" else words.of_unit(telling.unit))  # fmt: skip
        panel.set_xlabel(words.say(AXIS_DIFFERENCE if found.compared else AXIS, what=telling.what, unit=unit))
        in_manner(panel, language, y=False)
        entries = ends_told(words.say(LOW), words.say(HIGH))
        if switches:
            entries[words.say(SWITCHED)] = panel.plot([], [], "D", ms=5, mfc="white", mec="black")[0]
        first = telling.first
        title = words.say(TITLE_NONE) if first is None else words.say(TITLE, name=short(first.bar.name))
        caption = words.say(CAPTION, n=len(bars), all=len(found.tornado.bars))
        return picture.finish(title, caption, words.say(BAND), entries)


def put_bars(panel: Any, at: float, bars: Sequence[Moved], scale: float) -> None:
    """Bars from where the answer is as written (`at`, scaled) to where it is with each number at its ends, the first at
    the top, with the errors of the moves."""
    for place, moved in enumerate(bars):
        for end, e, up in (("low", moved.low, -0.2), ("high", moved.high, 0.2)):
            panel.barh(place + up, scale * e.value, left=at, height=0.38, color=COLOURS[end], lw=0)
            _error(panel, at, e, place + up, scale)
    panel.axvline(at, color="0.3", lw=0.9, ls=(0, (1, 2)))


def ends_told(low: str, high: str) -> dict[str, Any]:
    """The legend of bars."""
    return {low: Patch(color=COLOURS["low"]), high: Patch(color=COLOURS["high"])}


def _error(panel: Any, at: float, change: Estimate, place: float, scale: float) -> None:
    """The error of a change from where the answer is as written."""
    if not math.isnan(change.low):
        ends = [at + scale * change.low, at + scale * change.high]
        panel.plot(ends, [place, place], color="black", lw=0.9, zorder=3)
