"""Scenarios side by side under all uncertainty, as a figure: how far one outcome is from that of the first, with the
interval of everything, and within it that of the simulation alone."""

from __future__ import annotations

import math

from simulation.report.each import asked_of, label_of, rows_of, words_of
from simulation.report.figures.drawing import Picture, in_style
from simulation.report.figures.looks import in_manner
from simulation.report.under import Under
from simulation.results.intervals import Estimate
from simulation.scenario.changes import title_of
from simulation.world.labels import Label, Language, plain

WIDTH, STEP = 9.2, 0.36
TITLE = Label("{what} from {reference}", "{what} fra {reference}")
BAND = Label(
    "Thin line: 95 % of the draws of everything that is unsure; thick line: simulation error alone, 95 %",
    "Tynd streg: 95 % af trækningerne af alt, der er usikkert; tyk streg: simulationsfejlen alene, 95 %",
)
POINTS = Label("percentage points", "procentpoint")


def draw_each(under: Under, outcome: str, language: Language) -> Picture:
    """The differences of all scenarios from the first. Raises KeyError, with a suggestion, if there is no such
    figure."""
    words, figure = words_of(under, language), asked_of(under, outcome)
    rows, unit = rows_of(under, figure, True, language), words.names.unit(figure.outcome)
    scale = 100.0 if unit == "share" else 1.0
    reference = plain(title_of(under.uncertain.results[0].loaded.scenario, language == "da"))
    with in_style():
        picture = Picture(WIDTH, 0.6 + STEP * len(rows))
        panel = picture.subplots()

        def line(place: int, e: Estimate, wide: float) -> None:
            if not math.isnan(e.low):
                ends = [scale * e.low, scale * e.high]
                panel.plot(ends, [place, place], color="black", solid_capstyle="butt", lw=wide)

        for place, row in enumerate(rows):
            line(place, row.full, 1.1)
            line(place, row.simulation, 4.5)
            panel.plot(scale * row.full.value, place, "o", ms=5.5, mfc="white", mec="black")
            panel.annotate(
                words.estimate(unit, row.full, signed=True), (1.015, place), xycoords=panel.get_yaxis_transform(),
                va="center", fontsize=8.5, annotation_clip=False,
            )  # fmt: skip
        panel.set_yticks(range(len(rows)), ["\n".join(picture.wrapped(row.name, 9, 3.2)) for row in rows], fontsize=9)
        panel.axvline(0, color="0.4", lw=0.9)
        panel.set_ylim(len(rows) - 0.5, -0.5)
        panel.grid(axis="y", visible=False)
        panel.set_xlabel(words.say(POINTS) if unit == "share" else words.of_unit(unit))
        in_manner(panel, language, y=False)
        title = words.say(TITLE, what=label_of(words, figure, True), reference=reference)
        return picture.finish(title, "", words.say(BAND))
