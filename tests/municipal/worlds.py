"""A small made-up table, and how its figures are written."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

COUNTRY = "Hele landet"
PLACES = ("Randers", "Aarhus", "Aabenraa", "Høje-Taastrup", "Nordfyns", "Vesthimmerlands", "Ærø", "Lyngby-Taarbæk")
SEXES = ("Køn i alt", "Kvinder", "Mænd")
PERSONS, SHARE = "Antal personer", "Fuldtidspersoner i pct. af arbejdsstyrken 16-66 år"
SIGNS = ("", "-", ".", "..", "...", "......")
SPACES = (" ", "\u00a0", "\u202f")
Reading = set[tuple[str, str, tuple[str, ...], str, str, str]]
"""Area, period, groups, measure, value, sign for a missing one (as it is told)."""


@dataclass(frozen=True)
class World:
    """A table with a row for each area, period and sex: persons, and a share; values have a decimal point, None is
    missing."""

    rows: list[tuple[str, str, str, str | None, str | None]]

    def reading(self, sign: str = "empty") -> Reading:
        """What must be read, missing ones with one sign."""
        return {
            (area, period, (sex,), measure, value or "", "" if value else sign)
            for area, period, sex, persons, share in self.rows
            for measure, value in ((PERSONS, persons), (SHARE, share))
        }


def world(rng: random.Random, holes: bool = True, periods: Sequence[str] = ("2024M01", "2024M02")) -> World:
    """Areas, periods and figures by chance; a few are missing."""
    rows = []
    for area in (COUNTRY, *rng.sample(PLACES, 2)):
        for period in periods:
            for sex in SEXES:
                persons = str(rng.choice((rng.randint(3, 999), rng.randint(1000, 9_999_999))))
                share = f"{rng.randint(0, 99)}.{rng.randint(0, 9)}"
                gone = holes and rng.random() < 0.15
                half = gone and rng.random() < 0.5
                rows.append((area, period, sex, None if gone else persons, None if half else share))
    return World(rows)


def danish(value: str | None, sign: str = "") -> str:
    """A figure with a decimal comma."""
    return sign if value is None else value.replace(".", ",")


def heads(area: str = "Område") -> list[str]:
    """Headings of a world."""
    return ["Periode", area, "Køn", PERSONS, SHARE]


def cells(of: World, write: Callable[[str | None], str] = danish) -> list[list[str]]:
    """Rows of a world as texts."""
    return [[period, area, sex, write(persons), write(share)] for area, period, sex, persons, share in of.rows]


def csv_bytes(rows: Sequence[Sequence[str]], sign: str = ";", end: str = "\r\n", encoding: str = "utf-8-sig") -> bytes:
    """A CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def shuffled(rng: random.Random, rows: list[list[str]]) -> list[list[str]]:
    """The columns in another order."""
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    return [[row[at] for at in order] for row in rows]
