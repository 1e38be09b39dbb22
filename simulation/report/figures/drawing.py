"""Drawing: figures in a folder with their captions, lines with bands, in styles that read in black and white too."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)))
STYLE = {
    "font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.alpha": 0.3,
    "text.parse_math": False,  # names are text: what stands between two dollar signs is no formula
}  # fmt: skip
BAND = "Band or bar: simulation error, 95 %"


class Album:
    """Figures drawn into a folder, with their captions."""

    def __init__(self, folder: pathlib.Path, made_by: str) -> None:
        self.folder = folder
        self.made_by = made_by
        self.captions: list[str] = []

    def add(self, figure: Figure, name: str, caption: str, band: str = BAND) -> None:
        """Save a figure as PNG and keep its caption; `band` says what its intervals are."""
        figure.text(0.005, 0.005, f"{self.made_by}. {band}", fontsize=7, color="0.35", va="bottom")
        figure.savefig(self.folder / f"{name}.png", dpi=140, metadata={"Software": "jobcentersim"})
        self.captions.append(f"**{name}.png** {caption} {self.made_by}.")

    def close(self) -> None:
        """Write the captions."""
        (self.folder / "captions.md").write_text("\n\n".join(self.captions) + "\n", encoding="utf-8", newline="\n")


def legend(figure: Figure, panel: Any) -> None:
    """Put the legend below the panels, where it hides nothing."""
    handles, labels = panel.get_legend_handles_labels()
    columns = min(len(labels), 4) if figure.get_figwidth() > 8 else 2
    figure.legend(handles, labels, frameon=False, loc="lower right", bbox_to_anchor=(0.99, 0.02), ncols=columns)


def line(panel: Any, weeks: Any, course: Sequence[Any], label: str, style: tuple[Any, Any], scale: float) -> None:
    """A course with its band."""
    colour, dash = style
    value = np.array([e.value for e in course]) * scale
    low, high = (np.array([getattr(e, end) for e in course]) * scale for end in ("low", "high"))
    panel.plot(weeks, value, color=colour, ls=dash, lw=1.8, label=label)
    panel.fill_between(weeks, low, high, color=colour, alpha=0.2, lw=0)


def styles() -> Any:
    """Colour and dash of one line after the other, never the same pair."""
    return zip(cycle(COLOURS), cycle(DASHES), strict=False)


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, in inches."""
    made = Figure(figsize=(width, height))
    FigureCanvasAgg(made)
    return made
