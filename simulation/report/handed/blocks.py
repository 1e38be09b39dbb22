"""What a report is made of: sections of paragraphs, lists, tables and pictures, in words already; numbers in tables
stay numbers, so that each medium writes them in its own manner."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulation.report.wording import Wording
from simulation.results.intervals import NAN, Estimate

NOT_KNOWN = "–"


@dataclass(frozen=True)
class Value:
    """A number in a unit, perhaps with the ends of its interval; `signed` where it is a difference. `beyond` is the
    horizon of a time that is not reached. NaN where it is not known."""

    unit: str
    value: float
    low: float = NAN
    high: float = NAN
    signed: bool = False
    beyond: float = NAN

    def text(self, wording: Wording) -> str:
        """As the language writes it, such as "+0.1 [0.0; 0.2]"."""
        return wording.estimate(self.unit, self._estimate, self.signed)

    @property
    def _estimate(self) -> Estimate:
        return Estimate(self.value, self.low, self.high, NAN, NAN, NAN, 1, 1, self.beyond)


def value_of(unit: str, e: Estimate | None, signed: bool = False) -> Cell:
    """An estimate as a cell; a dash where there is none."""
    if e is None or (math.isnan(e.value) and math.isnan(e.beyond)):
        return NOT_KNOWN
    return Value(unit, e.value, e.low, e.high, signed, e.beyond)


Cell = str | Value


@dataclass(frozen=True)
class Text:
    """A paragraph; `kind` is how it is printed: lead, note, or as any other."""

    text: str
    kind: str = ""
    is_text = True


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: Sequence[str]
    is_list = True


@dataclass(frozen=True)
class Table:
    """A table with a head; the first `texts` columns and the last `tail` ones are texts, set to the left, the others
    numbers. The last cell of a row that is shorter than the head takes the room that is left."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    texts: int = 1
    note: str = ""
    small: bool = False
    tail: int = 0
    is_table = True


@dataclass(frozen=True)
class Picture:
    """A picture (PNG), with the words that stand for it where it cannot be seen."""

    png: bytes
    words: str
    is_picture = True

    @property
    def shape(self) -> float:
        """Height over width."""
        width, height = (int.from_bytes(self.png[at : at + 4], "big") for at in (16, 20))
        return height / width


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG, in which all text is escaped already."""

    svg: str
    is_drawing = True


Block = Text | Bullets | Table | Picture | Drawing


@dataclass(frozen=True)
class Section:
    """A part of the report with its heading."""

    heading: str
    blocks: Sequence[Block]
    kind: str = ""


@dataclass(frozen=True)
class Document:
    """The two pages that print alone, and the annex behind them; `foot` stands at the end of every one of them."""

    language: str
    title: str
    about: str
    first: Sequence[Section]
    second: Sequence[Section]
    annex: Sequence[Section]
    foot: str
    annex_title: str = ""
    contents: str = field(default="")
