"""Pictures: a title, panels, a key and a footnote in strips of their own, so that nothing lies on anything; and the
album that puts them into a folder with their captions.

Matplotlib's constrained layout places the panels; the strips above and below are as high as their text needs. A picture
shows itself in any notebook.
"""

from __future__ import annotations

import contextlib
import io
import pathlib
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D

from simulation.report.figures.looks import FEW_LINES, Look
from simulation.world.labels import Label, Language

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00")
STYLE = {
    "font.size": 10, "axes.titlesize": 10.5, "axes.titlelocation": "left", "axes.labelsize": 9.5,
    "xtick.labelsize": 9, "ytick.labelsize": 9,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.alpha": 0.3,
    "text.parse_math": False,  # names are text: what stands between two dollar signs is no formula
}  # fmt: skip
BAND = Label("Band or bar: simulation error, 95 %", "Bånd eller streg: simulationsfejl, 95 %")
BAND_OF_FIRST = Label("Band, of the first line alone: simulation error, 95 %; the others are in tables",
                      "Bånd, kun for den første linje: simulationsfejl, 95 %; de øvrige står i tabellerne")  # fmt: skip
TITLE_SIZE, KEY_SIZE, FOOT_SIZE = 12.0, 9.0, 7.0
EDGE = 0.12
"""Inches between the edge of a picture and what is written."""
SAMPLE = 0.42
"""Inches of a line beside its name."""


@contextlib.contextmanager
def _signs_without_a_shape() -> Iterator[None]:
    """Without a warning for every sign of a name that no font here has; it is drawn as a box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        warnings.filterwarnings("ignore", "Matplotlib currently does not support .* natively", UserWarning)
        yield


class Table(NamedTuple):
    """A key with figures: a line sample, its name, and a number in each of the columns below a common head."""

    head: str
    columns: Sequence[str]
    rows: Sequence[tuple[Look | None, str, Sequence[str]]]


class Picture(Figure):
    """A figure with a sentence as its title; `caption` says what it shows, `band` what its intervals are."""

    def __init__(self, width: float, height: float) -> None:
        """`width` of the whole and `height` of the panels, in inches."""
        super().__init__(figsize=(width, height), layout="constrained")
        self._agg = FigureCanvasAgg(self)
        self.title, self.caption, self.band, self.made_by = "", "", "", ""
        self._height = height
        self._entries: dict[str, Any] = {}
        self._table: Table | None = None
        self._strips: list[Artist] = []

    def finish(
        self, title: str, caption: str, band: str, entries: dict[str, Any] | None = None, table: Table | None = None
    ) -> Picture:
        """Give it its title, what it shows, and a key: `entries` are what is drawn by its name."""
        self.title, self.caption, self.band = title, caption, band
        self._entries, self._table = entries or {}, table
        self._settle()
        return self

    def sign(self, made_by: str) -> None:
        """Say at its foot what made it."""
        self.made_by = made_by
        self._settle()

    def png(self, dpi: int = 140) -> bytes:
        """As a PNG file."""
        file = io.BytesIO()
        with _signs_without_a_shape():
            self.savefig(file, format="png", dpi=dpi, metadata={"Software": "jobcentersim"})
        return file.getvalue()

    def svg(self) -> str:
        """As an SVG element for a page: letters as paths, nothing from outside, always the same bytes."""
        file = io.StringIO()
        with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": self.title}), _signs_without_a_shape():
            self.savefig(file, format="svg", metadata={"Date": None})
        text = file.getvalue()
        return text[text.index("<svg") :]

    def _repr_png_(self) -> bytes:
        return self.png(100)

    def _settle(self) -> None:
        """Give every strip its height, and the panels what they had."""
        with _signs_without_a_shape():
            self._lay_out()

    def _lay_out(self) -> None:
        for strip in self._strips:
            strip.remove()
        self._strips = []
        width = self.get_figwidth()
        title = self.wrapped(self.title, TITLE_SIZE, width - 2 * EDGE, bold=True)
        notes = [line for note in (self.made_by, self.band) if note for line in
                 self.wrapped(note, FOOT_SIZE, width - 2 * EDGE)]  # fmt: skip
        foot = EDGE + len(notes) * FOOT_SIZE * 1.3 / 72
        key = self._draw_table(foot) if self._table is not None else self._draw_entries(foot)
        top = EDGE + len(title) * TITLE_SIZE * 1.25 / 72 if title else EDGE
        total = foot + key + self._height + top
        self.set_figheight(total)
        self._write(EDGE, total - 0.5 * EDGE, "\n".join(title), TITLE_SIZE, va="top", weight="bold", linespacing=1.2)
        self._write(EDGE, 0.6 * EDGE, "\n".join(notes), FOOT_SIZE, va="bottom", color="0.35", linespacing=1.25)
        inner = (0.3 * EDGE / width, (foot + key) / total, 1 - 0.9 * EDGE / width, self._height / total)
        self.set_layout_engine("constrained", rect=inner, w_pad=0.06, h_pad=0.06, wspace=0.03, hspace=0.04)

    def _write(self, x: float, y: float, text: str, size: float, **how: Any) -> None:
        """Text at so many inches from the left and the bottom."""
        made = self.text(x, y, text, fontsize=size, transform=self.dpi_scale_trans, parse_math=False, **how)
        self._strips.append(made)

    def name(self, panel: Any, text: str, across: int) -> None:
        """Write above a panel what it shows, in as many lines as one of so many panels in a row needs."""
        panel.set_title("\n".join(self.wrapped(text, 10.5, self.get_figwidth() / across - 0.75)))

    def wrapped(self, text: str, size: float, width: float, bold: bool = False) -> list[str]:
        """A text in lines of at most so many inches."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.text_width(longer, size, bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def text_width(self, text: str, size: float, bold: bool = False) -> float:
        """Inches that a text takes."""
        font = FontProperties(size=size, weight="bold" if bold else "normal")
        with _signs_without_a_shape():
            measured = self._renderer().get_text_width_height_descent(text, font, False)  # type: ignore[no-untyped-call]
        return float(measured[0]) / self.dpi

    def _renderer(self) -> RendererAgg:
        return cast("RendererAgg", self._agg.get_renderer())  # type: ignore[no-untyped-call]

    def _draw_entries(self, foot: float) -> float:
        """The key in as many columns as there is room for; the inches that it takes."""
        if not self._entries:
            return 0.0
        width = self.get_figwidth() - 2 * EDGE
        labels = ["\n".join(self.wrapped(text, KEY_SIZE, width - 0.8)) for text in self._entries]
        for columns in range(min(len(labels), 5), 0, -1):
            key = self.legend(
                list(self._entries.values()), labels, loc="lower left", ncols=columns, frameon=False,
                fontsize=KEY_SIZE, handlelength=3, borderaxespad=0, borderpad=0.2, columnspacing=1.4,
                bbox_to_anchor=(EDGE, foot), bbox_transform=self.dpi_scale_trans,
            )  # fmt: skip
            for text in key.get_texts():
                text.set_parse_math(False)
            box = key.get_window_extent(self._renderer())
            if box.width <= width * self.dpi or columns == 1:
                break
            key.remove()
        self._strips.append(key)
        return float(box.height) / self.dpi + 0.5 * EDGE

    def _draw_table(self, foot: float) -> float:
        """The key with its figures; the inches that it takes."""
        table = self._table
        assert table is not None
        cells = [table.columns, *(row for _, _, row in table.rows)]
        column = 0.18 + max(self.text_width(cell, KEY_SIZE) for row in cells for cell in row)
        widest = self.get_figwidth() - 3 * EDGE - SAMPLE - column * len(table.columns)
        names = [self.wrapped(name, KEY_SIZE, max(widest, 1.5)) for _, name, _ in table.rows]
        head = self.wrapped(table.head, KEY_SIZE, max(widest, 1.5) + SAMPLE)
        used = [self.text_width(line, KEY_SIZE) for name in names for line in name]
        used += [self.text_width(line, KEY_SIZE) - SAMPLE for line in head]
        right = [2 * EDGE + SAMPLE + max(used) + column * (n + 1) for n in range(len(table.columns))]
        lead = KEY_SIZE * 1.4 / 72
        y = foot + lead
        for (sample, _, figures), name in reversed(list(zip(table.rows, names, strict=True))):
            y += lead * (len(name) - 1)
            self._write(EDGE + SAMPLE + 0.08, y, "\n".join(name), KEY_SIZE, va="top", linespacing=1.15)
            for x, figure in zip(right, figures, strict=True):
                self._write(x, y, figure, KEY_SIZE, va="top", ha="right")
            if sample is not None:
                self._sample(sample, y - 0.55 * lead)
            y += lead
        y += lead * (len(head) - 1)
        self._write(EDGE, y, "\n".join(head), KEY_SIZE, va="top", color="0.25", linespacing=1.15)
        for x, name in zip(right, table.columns, strict=True):
            self._write(x, y, name, KEY_SIZE, va="top", ha="right", color="0.25")
        return y + 0.5 * EDGE - foot

    def _sample(self, look: Look, y: float) -> None:
        """A piece of a line with its marker in the middle."""
        how = {key: value for key, value in look.how().items() if key not in ("ls", "marker")}
        middle = EDGE + SAMPLE / 2
        for xs, dash, marker in (((EDGE, EDGE + SAMPLE), look.dash, "None"), ((middle,), "None", look.marker)):
            drawn = Line2D(xs, [y] * len(xs), ls=dash, marker=marker, transform=self.dpi_scale_trans, **how)
            self._strips.append(self.add_artist(drawn))


class Album:
    """Pictures put into a folder, with their captions."""

    def __init__(self, folder: pathlib.Path, made_by: str) -> None:
        self.folder = folder
        self.made_by = made_by
        self.captions: list[str] = []

    def add(self, picture: Picture, name: str) -> None:
        """Save a picture as PNG and keep its caption."""
        picture.sign(self.made_by)
        (self.folder / f"{name}.png").write_bytes(picture.png())
        said = " ".join(text if text.endswith(".") else f"{text}." for text in (picture.caption, picture.band) if text)
        self.captions.append(f"**{name}.png** {picture.title}. {said} {self.made_by}.")

    def close(self) -> None:
        """Write the captions."""
        (self.folder / "captions.md").write_text("\n\n".join(self.captions) + "\n", encoding="utf-8", newline="\n")


def in_style() -> Any:
    """The settings under which everything is drawn, as a context."""
    return mpl.rc_context(STYLE)  # type: ignore[arg-type]


def band_in(language: Language, lines: int = 1) -> str:
    """What the bands of a figure are, with so many lines in a panel."""
    return (BAND if lines <= FEW_LINES else BAND_OF_FIRST).told(language)
