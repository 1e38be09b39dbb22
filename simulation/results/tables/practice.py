"""The tables that a publisher would print of a simulated municipality, in the shape of Jobindsats' files, for practice.

One replication is the municipality. The records of its last week have not come in, so the newest month is too low, as
it is in real tables until the next update; ended spells are shown as far as the month after them is known. What the
figures mean is said in `measures/printed.py`. Headings that are nowhere public (spells by month, running spells by
duration, talks by duration) are as near as could be told.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from simulation.results.destinations import called
from simulation.results.measures.printed import (
    Month,
    Planes,
    Spells,
    long_term,
    months_of,
    of_the_month,
    talks_since,
    with_hours,
)  # fmt: skip
from simulation.results.printed import AFTER, CLASSES
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE, OUT
from simulation.world.spec import Bools, Ints

PREFIX = "simuleret_"
"""Begins the name of every file, by which it is known again as simulated."""
TABLES = {"dagpenge": "01", "kontanthjaelp": "60", "sygedagpenge": "07", "fleksjob": "08", "ledighedsydelse": "09",
          "ressourceforloeb": "11", "jobafklaring": "12"}  # fmt: skip
"""The number of each benefit in those of tables."""
UNEMPLOYED = {"dagpenge": "heraf a-dagpenge", "kontanthjaelp": "heraf kontanthjælp"}
STATUS = {"job": "Lønmodtagerbeskæftigelse", "education": "Uddannelse", "sygedagpenge": "Sygedagpenge",
          "barsel": "Barselsdagpenge", "kontanthjaelp": "Kontanthjælp", "selvforsoergelse": "Selvforsørgelse",
          "other": "Andet", "dagpenge": "A-dagpenge", "ledighedsydelse": "Ledighedsydelse"}  # fmt: skip
"""Words of the publisher for where people are; who left a job and is on nothing supports herself."""
LASTED = {"under 2 uger": (0, 1), "2-4 uger": (1, 4), "5-13 uger": (4, 13), "14-26 uger": (13, 26),
          "27-39 uger": (26, 39), "40-52 uger": (39, 52), "over 52 uger": (52, 10_000)}  # fmt: skip
"""Classes of dagpenge (Y01A27), each of more than so many weeks, up to so many."""
LATE = 1
"""Weeks whose records have not come in. Assumed: that the newest month rises is published, and by how much is not."""
Cell = str | float | None
"""A text, a whole number or one with a decimal, or what is not shown."""


class Printed(NamedTuple):
    """A table: the end of its file's name, headings, and rows."""

    table: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]

    def text(self) -> str:
        """As the third version of the service writes CSV: semicolons, decimal comma, and the mark before it."""
        out = io.StringIO(newline="")
        out.write("\ufeff")
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(self.heads)
        writer.writerows([[_written(cell) for cell in row] for row in self.rows])
        return out.getvalue()


class Municipality(NamedTuple):
    """A world that has been run, as its publisher sees it: planes of the weeks that are known, and the months that are
    printed. Counts below `least` are not shown."""

    name: str
    scenario: Scenario
    planes: Planes
    months: Sequence[Month]
    printed: range
    least: int

    @classmethod
    def of(cls, name: str, scenario: Scenario, planes: Planes, least: int) -> Municipality:
        """From the planes of one world; printed are the whole months from `measured_from` on, and the newest."""
        known = scenario.weeks - LATE
        cut = Planes(planes.status[:known], {key: on[:known] for key, on in planes.on.items()}, planes.talk[:known],
                     planes.remote[:known], planes.offer[:known],
                     None if planes.hours is None else planes.hours[:known], planes.world, planes.worlds)  # fmt: skip
        months = months_of(scenario.start, known)
        first = next((k for k, month in enumerate(months) if month.first >= scenario.measured_from), len(months))
        return cls(name, scenario, cut, months, range(first, len(months)), least)

    def shown(self, number: float, *of: float) -> float | None:
        """A count, or what is made of counts, None where one of them is not shown."""
        return None if any(0 < each < self.least for each in (of or (number,))) or np.isnan(number) else number


def tables(place: Municipality, benefits: Mapping[str, str]) -> Iterator[Printed]:
    """The tables of each benefit, by the name that it has in the scenario ("": there is but one) and that of the
    publisher's, and of the unemployed."""
    for benefit, published in benefits.items():
        number, spells = TABLES[published], Spells(place.planes.on[benefit], place.months)
        yield _table(f"y{number}a02", ("Antal personer", "Antal fuldtidspersoner"), _stock(place, benefit))
        flows = ("Antal forløb primo perioden", "Antal påbegyndte forløb", "Antal afsluttede forløb",
                 "Antal forløb ultimo perioden")  # fmt: skip
        yield _table(f"y{number}a24", flows, _flows(place, spells))
        ended = ("Varighed af afsluttede forløb", "Antal afsluttede forløb",
                 "Gnsn. varighed af afsluttede forløb (uger)")  # fmt: skip
        yield _table(f"y{number}a27", ended, _ended(place, spells))
        running = ("Varighed af igangværende forløb", "Antal igangværende forløb")
        yield _table(f"y{number}a21", running, _running(place, spells))
        talks = ("Varighed på ydelsen", "Antal personer", "Gnsn. antal samtaler pr. person")
        yield _table(f"y{number}c14", talks, _talks(place, benefit, spells))
        yield _table(f"y{number}c07", ("Aktiveringsgrad", "Andel aktiveringsberørte"), _activation(place, benefit))
        hours = ("Antal personer med ordinære timer", "Andel personer med ordinære timer")
        yield _table(f"y{number}j01", hours, _hours(place, benefit))
        status = ("Arbejdsmarkedsstatus", f"Status {AFTER * 3 // 13} mdr. efter afsluttet forløb, pct.")
        yield _table(f"y{number}b15", status, _status(place, spells, benefits))
    if {*benefits.values()} <= {*UNEMPLOYED}:
        parts = tuple(UNEMPLOYED[published] for published in benefits.values())
        yield _table("y25i01", ("Antal ledige fuldtidspersoner", *parts), _unemployed(place, benefits, False))
        yield _table("y25i09", ("Antal langtidsledige fuldtidspersoner", *parts), _unemployed(place, benefits, True))


def _table(table: str, heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Printed:
    return Printed(table, ("Periode", "Område", *heads), list(rows))


def full_time(on: Bools, month: Month) -> float:
    """Full-time persons of a month: its weeks on the benefit by the weeks that it has."""
    return float(on[month.weeks].sum()) / month.length


def _stock(place: Municipality, benefit: str) -> Iterator[tuple[Cell, ...]]:
    on = place.planes.on[benefit]
    for month in (place.months[k] for k in place.printed):
        persons = float(of_the_month(on, month).sum())
        yield month.text, place.name, place.shown(persons), place.shown(round(full_time(on, month)), persons)


def _flows(place: Municipality, spells: Spells) -> Iterator[tuple[Cell, ...]]:
    for k in place.printed:
        before, ended, after = spells.running(k - 1) if k else None, spells.ended(k), spells.running(k)
        begun = spells.begun(k) if place.months[k].whole else None
        yield (place.months[k].text, place.name,
               *(None if each is None else place.shown(float(each.sum())) for each in (before, begun, ended, after)))


def _ended(place: Municipality, spells: Spells) -> Iterator[tuple[Cell, ...]]:
    for k in place.printed:
        if (ended := spells.ended(k)) is None:
            continue
        text, lasted = place.months[k].text, spells.lasted(k)[ended]
        mean = place.shown(float(lasted.mean()) if len(lasted) else np.nan, len(lasted))
        yield text, place.name, "Varighed i alt", place.shown(len(lasted)), _decimal(mean)
        for label, number in _by_length(lasted):
            yield text, place.name, label, place.shown(number), None


def _running(place: Municipality, spells: Spells) -> Iterator[tuple[Cell, ...]]:
    for k in place.printed:
        if (running := spells.running(k)) is None:
            continue
        text, elapsed = place.months[k].text, spells.elapsed(k)[running]
        yield text, place.name, "Varighed i alt", place.shown(len(elapsed))
        for label, number in _by_length(elapsed):
            yield text, place.name, label, place.shown(number)


def _by_length(weeks: Ints) -> Iterator[tuple[str, int]]:
    for label, (above, most) in LASTED.items():
        yield label, int(((weeks > above) & (weeks <= most)).sum())


def _talks(place: Municipality, benefit: str, spells: Spells) -> Iterator[tuple[Cell, ...]]:
    on = place.planes.on[benefit]
    held = place.planes.talk & on
    for k in place.printed:
        at = place.months[k].end - 1
        elapsed, talks = spells.elapsed(k), talks_since(held, spells.begin[k], at)
        for first, end in CLASSES:
            there = on[at] & (elapsed > first) & (elapsed <= (end or len(on)))
            number = int(there.sum())
            months = f"Over {first * 3 // 13} mdr." if end is None else f"{first * 3 // 13}-{end * 3 // 13} mdr."
            mean = place.shown(float(talks[there].mean()) if number else np.nan, number)
            yield place.months[k].text, place.name, months, place.shown(number), _decimal(mean)


def _activation(place: Municipality, benefit: str) -> Iterator[tuple[Cell, ...]]:
    on = place.planes.on[benefit]
    for month in (place.months[k] for k in place.printed):
        offered, there = on[month.weeks] & place.planes.offer[month.weeks], on[month.weeks]
        persons, touched = int(there.any(axis=0).sum()), int(offered.any(axis=0).sum())
        degree, share = _percent(offered.sum(), there.sum()), _percent(touched, persons)
        yield (month.text, place.name, _decimal(place.shown(degree, touched, persons)),
               _decimal(place.shown(share, touched, persons)))  # fmt: skip


def _hours(place: Municipality, benefit: str) -> Iterator[tuple[Cell, ...]]:
    on = place.planes.on[benefit]
    for month in (place.months[k] for k in place.printed):
        persons, working = int(on[month.weeks].any(axis=0).sum()), int(with_hours(place.planes, on, month.weeks).sum())
        share = place.shown(_percent(working, persons), working, persons)
        yield month.text, place.name, place.shown(working), _decimal(share)


def _status(place: Municipality, spells: Spells, benefits: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """By quarter, of which all months are printed and seen so long."""
    quarters: dict[str, list[int]] = {}
    for k in place.printed:
        year, month = place.months[k].text.split("M")
        quarters.setdefault(f"{year}Q{(int(month) + 2) // 3}", []).append(k)
    for quarter, months in quarters.items():
        found = [_where(place, spells, k, benefits) for k in months]
        known = [each for each in found if each is not None]
        if len(known) < 3:
            continue
        numbers = {name: sum(each[name] for each in known) for name in known[0]}
        total = sum(numbers.values())
        for name, number in numbers.items():
            share = place.shown(_percent(number, total), number, total)
            yield quarter, place.name, name, _decimal(share)


def _where(place: Municipality, spells: Spells, k: int, benefits: Mapping[str, str]) -> dict[str, int] | None:
    """How many are where three months after spells that ended in a month; a benefit ranks before work."""
    ended = spells.ended(k)
    if ended is None:
        return None
    who = np.flatnonzero(ended)
    at = spells.last[k][who].astype(np.intp) + AFTER
    if len(at) and at.max() >= len(place.planes.status):
        return None
    found: dict[str, int] = {}

    def add(name: str, there: Bools) -> None:
        found[name] = found.get(name, 0) + int(there.sum())

    for benefit, published in benefits.items():
        add(STATUS.get(published, published), place.planes.on[benefit][at, who])
    status = place.planes.status[at, who]
    for number, name in enumerate(place.scenario.exits):
        add(STATUS.get(name) or called(name, place.scenario.exits).da, status == GONE + number)
    add(STATUS["selvforsoergelse"], status == OUT)
    return found


def _unemployed(place: Municipality, benefits: Mapping[str, str], long: bool) -> Iterator[tuple[Cell, ...]]:
    """Full-time persons on each of some benefits, all of them or the long-term ones."""
    any_benefit = np.logical_or.reduce([place.planes.on[benefit] for benefit in benefits])
    for month in (place.months[k] for k in place.printed):
        among = long_term(any_benefit, month) if long else np.ones(any_benefit.shape[1], dtype=bool)
        if among is None:
            continue
        parts = [round(full_time(place.planes.on[benefit] & among, month)) for benefit in benefits]
        yield month.text, place.name, place.shown(sum(parts)), *map(place.shown, parts)


def _percent(part: float, whole: float) -> float:
    return 100 * float(part) / float(whole) if whole else float("nan")


def _decimal(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}".replace(".", ",")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else f"{cell:.0f}"

