"""The race of designs as a picture: how far each is from the best, and from the limits, after ever more replications;
and how many it took until it was out of the race."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from simulation.experiments.best.found import Found
from simulation.experiments.best.goal import Limit
from simulation.report.best.words import Telling
from simulation.report.figures.drawing import Album, Picture, in_style
from simulation.report.figures.looks import QUIET, Look, in_manner, looks
from simulation.report.sentences import unit_of
from simulation.report.sweep.worded import level_text, panel_name, scale_of, unit_text
from simulation.results.ends import FEW
from simulation.results.intervals import ANY, Estimate, estimate
from simulation.results.names import Figure
from simulation.world.labels import Label, Language
from simulation.world.spec import Floats

NAME = "race"
MOST_LINES, MOST_BARS = 6, 14
"""Designs that have a look of their own, and a bar; the table has all."""
HIGH, OF_BAR, WIDE = 2.5, 0.28, 7.6
"""Inches: a panel of an outcome, a bar, the picture."""
WIDEST_NAME, NAME_SIZE = 2.1, 8.0
"""Inches and points of the name beside a bar, which may have two lines."""
ENDS = {"best": "*", "same": "*", "dropped": "X", "barred": "s"}
"""How the line of a design ends, by what became of it."""
APART = Label("{what}: difference from the best", "{what}: forskel fra den bedste")
STILL = Label("Replications until it was out of the race", "Gentagelser, til den var ude af løbet")
ALONG = Label("replications of the design", "gentagelser af muligheden")
NO_MATTER = Label("no difference that matters", "ingen forskel af betydning")
LIMIT = Label("limit {sign} {level}, with its tolerance", "grænse {sign} {level}, med tolerance")
OTHERS = Label("other designs", "øvrige muligheder")
CAPTION = Label(
    "Means over the first replications of each design, all by the same luck, up to where it was out of the race: "
    "dropped (cross), or beyond a limit (square); a star: in it to the end",
    "Gennemsnit over de første gentagelser af hver mulighed, med samme tilfældigheder, til den var ude af løbet: "
    "udgået (kryds) eller over en grænse (firkant); stjerne: med til det sidste",
)
MORE = Label("; {n} further ones stand in tables/best.csv", "; yderligere {n} står i tables/best.csv")
BAND = Label(
    "Band: simulation error, 95 %, as if so many replications had been fixed beforehand",
    "Bånd: simulationsfejl, 95 %, som om antallet af gentagelser havde ligget fast på forhånd",
)


def draw_race(found: Found, folder: pathlib.Path, made_by: str, language: Language = "en") -> None:
    """Put the picture into a folder, with its caption."""
    album = Album(folder, made_by)
    album.add(race(found, language), NAME)
    album.close()


def race(found: Found, language: Language = "en") -> Picture:
    """A panel for what is to be best, unless that is a swept key, one for each limit, and the bars."""
    with in_style():
        return _Race(found, language).picture()


class _Race:
    def __init__(self, found: Found, language: Language) -> None:
        self.found, self.telling = found, Telling(found, language)
        self.words, self.names = self.telling.words, found.designs.names
        first = found.order[:MOST_LINES]
        self.looks: dict[int, Look] = dict(zip(first, looks(len(first)), strict=True))
        self.entries: dict[str, Any] = {}

    def picture(self) -> Picture:
        found, of = self.found, self.found.goal.of
        outcomes: list[tuple[int, Figure, Limit | None]] = [(0, of, None)] if isinstance(of, Figure) else []
        outcomes += [(n, limit.figure, limit) for n, limit in enumerate(found.goal.limits, start=1)]
        bars = min(found.designs.count, MOST_BARS)
        heights = [*[HIGH] * len(outcomes), OF_BAR * bars + 0.7]
        picture = Picture(WIDE, sum(heights))
        *panels, last = picture.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights).ravel()
        for panel, (outcome, figure, limit) in zip(panels, outcomes, strict=True):
            self._lines(panel, outcome, figure)
            self._mark(panel, figure, limit)
            apart = limit is None and found.chosen.best is not None
            name = panel_name(self.words, figure)
            picture.name(panel, self.words.say(APART, what=name) if apart else name, 1)
            share = self.names.unit(figure.outcome) == "share"
            unit = unit_of(self.words, "share", True) if apart and share else unit_text(self.names, self.words, figure)
            panel.set_ylabel(unit)
            panel.margins(x=0.02, y=0.1)
            in_manner(panel, self.words.language)
        self._bars(picture, last, bars)
        picture.name(last, self.words.say(STILL), 1)
        more = found.designs.count - bars
        caption = self.words.say(CAPTION) + (self.words.say(MORE, n=more) if more else "")
        left_out = any(fate.word == "unknown" for fate in found.chosen.fates)
        first, *further = self.telling.answer()
        title = further[0] if left_out and further else first  # what is left out is told first
        return picture.finish(title.removesuffix("."), caption + ".", self.words.say(BAND), self.entries)

    def _lines(self, panel: Any, outcome: int, figure: Figure) -> None:
        """The course of every design in one outcome, the foremost uppermost."""
        scale = scale_of(self.names, figure)
        for design in reversed(self.found.order):
            numbers, course = self._course(design, outcome)
            if not course:
                continue
            look = self.looks.get(design, QUIET)
            value, low, high = (np.array([getattr(e, end) for e in course]) * scale for end in ("value", "low", "high"))
            if design in self.looks and len(numbers) == 1:
                panel.plot(numbers * 2, [low[0], high[0]], color=look.colour, lw=1.4)
            elif design in self.looks:
                panel.fill_between(numbers, low, high, color=look.colour, alpha=0.18, lw=0)
            how = {"color": look.colour, "ls": look.dash, "lw": look.width, "zorder": 3 - look.place / 100}
            panel.plot(numbers, value, **how)
            end = ENDS.get(self.found.chosen.fates[design].word)
            if end is not None:
                panel.plot(numbers[-1:], value[-1:], ls="none", marker=end, ms=8, mfc=look.colour, mec="black", mew=0.8,
                           clip_on=False, zorder=4)  # fmt: skip
        for design, look in self.looks.items():
            self.entries[self.telling.named(design)] = look._replace(marker="None").handle()
        if self.found.designs.count > len(self.looks):
            self.entries[self.words.say(OTHERS)] = QUIET.handle()

    def _course(self, design: int, outcome: int) -> tuple[list[int], list[Estimate]]:
        """After how many replications a design was looked at, and its figure then; of what is to be best its difference
        from the best, in the replications that both have."""
        found, best = self.found, self.found.chosen.best
        values: Floats = found.values[design][outcome]
        figure = found.goal.limits[outcome - 1].figure if outcome else found.goal.of
        scale = self.names.scale(figure) if isinstance(figure, Figure) else ANY
        if not outcome and best is not None and isinstance(figure, Figure):
            shared = min(len(values), len(found.values[best][0]))
            values, scale = values[:shared] - found.values[best][0][:shared], self.names.change(figure)
        if np.isnan(values).any():
            return [], []
        numbers = sorted({*range(FEW, len(values), FEW), len(values)})
        return numbers, [estimate(values[:n], scale) for n in numbers]

    def _mark(self, panel: Any, figure: Figure, limit: Limit | None) -> None:
        """What does not matter, or the limit with its tolerance."""
        scale, goal = scale_of(self.names, figure), self.found.goal
        if limit is None:
            if self.found.chosen.best is not None and goal.zone:
                zone = goal.zone * scale
                self.entries[self.words.say(NO_MATTER)] = panel.axhspan(-zone, zone, color="0.85", lw=0, zorder=0)
            return
        ends = ((limit.level + by * limit.tolerance) * scale for by in (-1, 1))
        panel.axhspan(*ends, color="0.85", lw=0, zorder=0)
        level = level_text(self.words, self.names.unit(figure.outcome), limit.level)
        text = self.words.say(LIMIT, sign=limit.sign, level=level)
        self.entries[text] = panel.axhline(limit.level * scale, color="0.2", lw=1.1, ls=(0, (6, 3)), zorder=1)

    def _bars(self, picture: Picture, panel: Any, bars: int) -> None:
        """A bar per design, the best uppermost: as long as it was in the race, and what became of it."""
        shown: Sequence[int] = self.found.order[:bars]
        counts = [self.found.chosen.replications[design] for design in shown]
        places = list(range(bars))[::-1]
        colours = [self.looks.get(design, QUIET).colour for design in shown]
        panel.barh(places, counts, color=colours, height=0.66)
        for place, count, design in zip(places, counts, shown, strict=True):
            text = f" {self.telling.count(count)}, {self.telling.became(design)}"
            panel.text(count, place, text, va="center", fontsize=8.5)
        names = [picture.wrapped(self.telling.named(design), NAME_SIZE, WIDEST_NAME) for design in shown]
        panel.set_yticks(places, ["\n".join(lines) if len(lines) < 3 else f"{lines[0]} …" for lines in names],
                         fontsize=NAME_SIZE, linespacing=0.95)  # fmt: skip
        panel.set_xlim(0, max(counts) * 1.3)  # room for what became of it
        panel.set_xlabel(self.words.say(ALONG))
        panel.grid(visible=False, axis="y")
        in_manner(panel, self.words.language, y=False)
