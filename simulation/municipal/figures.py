"""Numbers as texts of every kind, and signs that stand for a missing one.

A number keeps the digits that are printed. Whether `1.234` is 1234 or 1.234 its column must say: by other cells, by
what it counts, or by the rest of the file. A missing sign is kept and never becomes 0: what each means is nowhere said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

Style = Literal["comma", "point"]
"""Which sign stands before decimals."""
MISSING = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL ELLIPSIS}", "null",
                     *("." * dots for dots in range(1, 7))})  # fmt: skip
"""Signs of Jobindsats and Statistics Denmark; null is of JSON."""
LONGEST = 30
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'](?=\d{3}(?!\d))")
_COMMA = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?")
_POINT = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_BARE = re.compile(r"-?[.,]\d+")


class Written(str):
    """A number that its file keeps as a number and not as text: its decimal sign is a point."""

    __slots__ = ()


def bare(text: str) -> str:
    """A text without spaces around it, of every kind."""
    return text.replace("\ufeff", "").strip()


def missing_sign(text: str | None, more: Iterable[str] = ()) -> str | None:
    """The sign as it is told, if a cell holds no number but a sign for that; else None."""
    if text is None:
        return "null"
    if isinstance(text, Written):
        return None
    sign = bare(text)
    if sign.lower() in MISSING or sign in more:
        return sign.lower() if sign.lower() == "null" else sign or "empty"
    return None


def readings(text: str) -> Mapping[Style, str]:
    """What a text can be as a number, by the sign before decimals; {} if it is none."""
    if isinstance(text, Written):
        plain = _plain(text)
        return {"comma": plain, "point": plain} if plain else {}
    return _readings_of_text(text)


@lru_cache(maxsize=65536)  # a column repeats itself
def _readings_of_text(text: str) -> Mapping[Style, str]:
    written = _SPACES.sub("", bare(text).removesuffix("%").rstrip()).replace("\N{MINUS SIGN}", "-")
    if len(written) > LONGEST or not written.isascii():
        return {}
    found: dict[Style, str] = {}
    if _BARE.fullmatch(written):
        return {"comma" if "," in written else "point": written.replace(",", ".").replace(".", "0.", 1)}
    zero = re.match(r"-?0\d{0,2}[.,]", written)  # no thousands begin with 0
    if _COMMA.fullmatch(written) and not (zero and "." in written):
        found["comma"] = written.replace(".", "").replace(",", ".")
    if _POINT.fullmatch(written) and not (zero and "," in written):
        found["point"] = written.replace(",", "")
    return found


def is_number(text: str | None) -> bool:
    """Whether a cell can be read as a number."""
    return text is not None and bool(readings(text))


def unclear(text: str) -> bool:
    """Whether a text is two numbers, by the sign before decimals."""
    return len(set(readings(text).values())) == 2


def styles(cells: Iterable[str]) -> set[Style]:
    """The decimal signs that some cells can only have."""
    found: set[Style] = set()
    for cell in cells:
        possible = readings(cell)
        if len(possible) == 1:
            found |= possible.keys()
    return found


def style_of(cells: Iterable[str], counts: bool, rest: set[Style]) -> Style | None:
    """The decimal sign of a column, or None if nothing says it. `counts`: whether it counts something whole; `rest`:
    the signs that the other columns of the file must have."""
    cells = list(cells)
    own = styles(cells)
    if not any(map(unclear, cells)):
        return next(iter(own), "comma")
    if len(own) == 1:
        return next(iter(own))
    if not own and counts and not any("," in cell for cell in cells if not isinstance(cell, Written)):
        return "comma"  # thousands are whole, and so are persons
    if not own and len(rest) == 1:
        return next(iter(rest))
    return None


def value_of(text: str, style: Style) -> str:
    """The number with a decimal point and without thousands, by the sign of its column, or by the one that it can only
    have."""
    possible = readings(text)
    return possible.get(style) or next(iter(possible.values()))


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    """A number of JSON or of a workbook without an exponent; "" if it is too long to be a figure."""
    if not re.search("[eE]", text) and len(text) <= LONGEST:
        return str(text)
    try:
        number = Decimal(text)
        return format(number, "f") if -LONGEST < number.adjusted() < LONGEST else ""
    except (InvalidOperation, ValueError, OverflowError):
        return ""
