"""Periods as published tables write them: codes of Jobindsats and Statistics Denmark, and Danish words.

A period has a beginning and a length. QMAT is a rolling year that ends with a quarter: such periods overlap, so they
are a kind of their own. A date alone has no length, so it is no period.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from simulation.world.labels import Label

Kind = Literal["week", "month", "quarter", "half-year", "year", "rolling year"]
LENGTHS: dict[Kind, str] = {
    "week": "P1W", "month": "P1M", "quarter": "P3M", "half-year": "P6M", "year": "P1Y", "rolling year": "P1Y",
}  # fmt: skip
"""As ISO 8601 writes a length."""
KINDS: dict[Kind, Label] = {
    "week": Label("weeks", "uger"), "month": Label("months", "måneder"), "quarter": Label("quarters", "kvartaler"),
    "half-year": Label("half-years", "halvår"), "year": Label("years", "år"),
    "rolling year": Label("rolling years", "rullende år"),
}  # fmt: skip
"""Several of a kind, as people read it."""
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
          "december")  # fmt: skip
ENGLISH = {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "oct": 10}
MOST = {"week": 53, "month": 12, "quarter": 4, "half-year": 2}
FIRST_YEAR, LAST_YEAR = 1900, 2100

_CODES: dict[str, Kind] = {
    "m": "month", "q": "quarter", "k": "quarter", "h": "half-year", "u": "week", "w": "week", "qmat": "rolling year",
}  # fmt: skip
_WORDS: dict[str, Kind] = {
    "kvartal": "quarter", "kvt": "quarter", "kv": "quarter", "quarter": "quarter", "halvår": "half-year",
    "uge": "week", "week": "week",
}  # fmt: skip
_CODE = re.compile(r"(\d{4})[ -]?(qmat|[mqkhuw])[ -]?(\d{1,2})")
_TURNED = re.compile(r"([qkh])(\d)[ -](\d{4})")
_WORD = r"(kvartal|kvt|kv|quarter|halvår|uge|week)"
_NUMBERED = re.compile(rf"(\d{{1,2}})\.? ?{_WORD}\.?,? (\d{{4}})")
_AFTER = re.compile(rf"{_WORD}\.? (\d{{1,2}}),? (\d{{4}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}}),? (\d{{1,2}})\.? ?{_WORD}\.?")
_YEAR_AND_WORD = re.compile(rf"(\d{{4}}),? {_WORD}\.? (\d{{1,2}})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?,?[ -](\d{4})")
_MONTH_LAST = re.compile(r"(\d{4}),?[ -]([a-z]+)\.?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ t].*)?|\d{1,2}[-./]\d{1,2}[-./](\d{4}|\d{2})")
_OWN_CODE = re.compile(r"\d{4}[a-z]{1,6}\d{1,3}")


class NoPeriod(ValueError):
    """Text that stands for no period; the message says why."""


@dataclass(frozen=True, slots=True)
class Period:
    """`text` as it is written in the file, `start` the first day (ISO)."""

    text: str
    kind: Kind
    start: str

    @property
    def length(self) -> str:
        """As ISO 8601 writes it."""
        return LENGTHS[self.kind]


def is_date(text: str) -> bool:
    """Whether a text is a day and nothing else."""
    return _DATE.fullmatch(text.strip().lower()) is not None


def looks_like_one(text: str) -> bool:
    """Whether a text is a period, or a code that is written like one; a year alone could be any number."""
    folded = _folded(text)
    if _OWN_CODE.fullmatch(folded):
        return True
    try:
        return period_of(text).kind != "year"
    except NoPeriod:
        return False


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period:
    """The period that a text stands for. Raises NoPeriod."""
    folded = _folded(text)
    kind, year, number = _parts(folded, text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoPeriod(f"'{text}' is of the year {year}; years from {FIRST_YEAR} to {LAST_YEAR} are read")
    most = MOST["quarter"] if kind == "rolling year" else MOST.get(kind, 1)
    if kind == "week":
        most = datetime.date(year, 12, 28).isocalendar().week  # 28 December lies in the last one
        if number == 53 > most:
            raise NoPeriod(f"'{text}' is no week: {year} has {most} weeks")
    if not 1 <= number <= most:
        raise NoPeriod(f"'{text}' is no {kind}: its number must lie between 1 and {most}")
    return Period(text, kind, _start(kind, year, number).isoformat())


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("\N{NO-BREAK SPACE}", " ").split())


def _parts(folded: str, text: str) -> tuple[Kind, int, int]:
    """Kind, year and number in the year. Raises NoPeriod."""
    if re.fullmatch(r"\d{4}", folded):
        return "year", int(folded), 1
    if found := _CODE.fullmatch(folded):
        return _CODES[found[2]], int(found[1]), int(found[3])
    if found := _TURNED.fullmatch(folded):
        return _CODES[found[1]], int(found[3]), int(found[2])
    if found := _NUMBERED.fullmatch(folded):
        return _WORDS[found[2]], int(found[3]), int(found[1])
    if found := _AFTER.fullmatch(folded):
        return _WORDS[found[1]], int(found[3]), int(found[2])
    if found := _YEAR_FIRST.fullmatch(folded):
        return _WORDS[found[3]], int(found[1]), int(found[2])
    if found := _YEAR_AND_WORD.fullmatch(folded):
        return _WORDS[found[2]], int(found[1]), int(found[3])
    if (found := _MONTH_FIRST.fullmatch(folded)) and (month := _month(found[1])):
        return "month", int(found[2]), month
    if (found := _MONTH_LAST.fullmatch(folded)) and (month := _month(found[2])):
        return "month", int(found[1]), month
    if is_date(folded):
        raise NoPeriod(f"'{text}' is a date, which has no length; write a month as 2024M01, a quarter as 2024Q1")
    if _month(folded.rstrip(".")):
        raise NoPeriod(f"'{text}' is a month without a year; write 2024M01")
    if re.fullmatch(r"\d{5}([.,]\d+)?", folded):
        raise NoPeriod(f"'{text}' is how a spreadsheet keeps a date, which has no length; write a month as 2024M01")
    if _OWN_CODE.fullmatch(folded):
        raise NoPeriod(f"'{text}' is a period of a kind that is not known here (known: 2024M01, 2024Q1 or K1, 2024H1, "
                       "2024U01 or W01, 2024QMAT01, 2024)")  # fmt: skip
    raise NoPeriod(f"'{text}' is no period" if folded else "there is no period here")


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it, in Danish or English; 0 if it is none."""
    if word in ENGLISH:
        return ENGLISH[word]
    found = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else 0


def _start(kind: Kind, year: int, number: int) -> datetime.date:
    if kind == "week":
        return datetime.date.fromisocalendar(year, number, 1)
    if kind == "rolling year":  # it ends with the quarter
        return datetime.date(year, 1, 1) if number == 4 else datetime.date(year - 1, 3 * number + 1, 1)
    months = {"month": 1, "quarter": 3, "half-year": 6}.get(kind, 12)
    return datetime.date(year, 1 + months * (number - 1), 1)
