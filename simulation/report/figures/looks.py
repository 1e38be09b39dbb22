"""Lines that can be told apart in colour and in grey, even where they coincide; numbers along axes and labels beside
them, in the manner of a language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import ScalarFormatter

from simulation.results.intervals import Estimate
from simulation.world.labels import Language

FEW_LINES = 4
"""Lines in a panel up to which their bands can be told apart."""


class Look(NamedTuple):
    """How a line is drawn. `place` is where in the row of lines it stands, from 0 on: its markers stand in weeks of
    their own, so that they are seen where lines coincide."""

    colour: str
    dash: Any
    width: float
    marker: str
    place: int = 0

    def handle(self) -> Line2D:
        """A sample for the key."""
        return Line2D([], [], **self.how())

    def how(self, points: int = 0, lines: int = 6) -> dict[str, Any]:
        """As arguments of `plot`, for a line of so many points among so many."""
        how: dict[str, Any] = {"color": self.colour, "ls": self.dash, "lw": self.width}
        how |= {"marker": self.marker, "ms": 4.5}
        if self.marker == "None":
            return how
        step = max(points // 6, 1)
        start = min(int(step * (self.place + 0.5) / max(lines, 1)), max(points - 1, 0))
        return {**how, "mec": "white", "mew": 0.6, **({"markevery": (start, step)} if points else {})}


LOOKS = (
    Look("#8CBCE0", "-", 3.6, "None"),  # wide and pale, below the others
    Look("#B33C00", (0, (5, 1.6)), 1.7, "o"),
    Look("#000000", "-", 1.1, "s"),
    Look("#00795A", (0, (1.2, 1.4)), 2.2, "^"),
    Look("#A3447F", (0, (9, 2, 1.5, 2)), 1.6, "D"),
    Look("#C98A00", (0, (3, 1.2, 1, 1.2, 1, 1.2)), 1.8, "v"),
)
ALONE = Look("#0072B2", "-", 2.2, "None")
"""A line that has its panel for itself."""
QUIET = Look("0.45", (0, (1, 2)), 1.4, "None")
"""What is only there to be held against."""


def looks(number: int) -> list[Look]:
    """So many looks, never the same twice (up to 36)."""
    if number == 1:
        return [ALONE]
    found = []
    for n in range(number):
        turn, place = divmod(n, len(LOOKS))
        look, other = LOOKS[place], LOOKS[(place + turn) % len(LOOKS)]
        found.append(look._replace(marker=other.marker, dash=other.dash, place=n) if turn else look._replace(place=n))
    return found


def draw_line(panel: Any, xs: Any, course: Sequence[Estimate], look: Look, scale: float, lines: int) -> None:
    """A course with its band; `lines` are in the panel altogether. Among many only the first one has its band, and none
    where nothing ever is."""
    value = np.array([e.value for e in course]) * scale
    if (lines <= FEW_LINES or look.place == 0) and np.nan_to_num(value).any():
        low, high = (np.array([getattr(e, end) for e in course]) * scale for end in ("low", "high"))
        panel.fill_between(xs, low, high, color=look.colour, alpha=0.22, lw=0)
    panel.plot(xs, value, zorder=2 + look.place / 100, **look.how(len(value), lines))


def height_of(panel: Any, most_of_band: float = 3.0) -> float:
    """How high a panel that begins at 0 must be for its lines, and for their bands up to so many times as high; at the
    least 1."""
    lines = [np.nanmax(line.get_ydata(), initial=0.0) for line in panel.get_lines()]
    highest = max((float(top) for top in lines if np.isfinite(top)), default=0.0)
    return max(1.0, min(float(panel.get_ylim()[1]), most_of_band * max(highest, 0.33)))


class Numbers(ScalarFormatter):
    """Numbers along an axis in the manner of a language."""

    def __init__(self, language: Language) -> None:
        super().__init__(useOffset=False, useMathText=False)
        self.set_scientific(False)
        self._danish = language == "da"

    def __call__(self, x: float, pos: int | None = None) -> str:
        """One of them."""
        text = f"{x:,.0f}" if abs(x) >= 10_000 else str(super().__call__(x, pos))
        return text.translate(str.maketrans(",.", ".,")) if self._danish else text


def in_manner(panel: Any, language: Language, x: bool = True, y: bool = True) -> None:
    """Write the numbers of these axes as the language does."""
    for axis, wanted in ((panel.xaxis, x), (panel.yaxis, y)):
        if wanted:
            axis.set_major_formatter(Numbers(language))


def labels_beside(panel: Any, marks: Sequence[tuple[float, str, Any]], height: float) -> None:
    """Labels to the right of a panel that is so many inches high, at these heights, moved apart where they would
    overlap."""
    low, high = panel.get_ylim()
    gap = (high - low) * 8.5 * 1.25 / 72 / height
    places: list[float] = []
    for y, _, _ in (ordered := sorted(marks)):
        places.append(max(y, places[-1] + gap) if places else y)
    over = max(0.0, places[-1] - high) if places else 0.0
    for n in range(len(places) - 1, -1, -1):
        ceiling = places[n + 1] - gap if n + 1 < len(places) else high
        places[n] = min(places[n], ceiling) if over else places[n]
    for place, (_, text, colour) in zip(places, ordered, strict=True):
        panel.annotate(
            text, (1.01, place), xycoords=panel.get_yaxis_transform(), fontsize=8.5, ha="left", va="center",
            color=colour, annotation_clip=False,
        )  # fmt: skip
