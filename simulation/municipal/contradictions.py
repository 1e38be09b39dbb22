"""Files that contradict each other: what cannot be true together, whatever the definitions are, with the arithmetic.

A stock is inflow times mean length (Little), in the same unit. Between full-time persons, persons of a month and spells
at a date lie factors up to 1.32 (dagpenge, Jobindsats Y01A02, months of 2025-26), and a stock that grows or falls is
not steady; so only what is more than 1.6 apart is refused, and what is more than 1.25 apart is warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulation.municipal.place import (
    CLOSED,
    ENDED,
    OPENED,
    PERSONS,
    STARTED,
    STOCK,
    Place,
    Spells,
    month_text,
)  # fmt: skip

WEEKS_A_MONTH = 365.25 / 12 / 7
REFUSED, DOUBTED = 1.6, 1.25
SAME = 0.1
"""By how much two tables may differ in what is the same: late records come in between two updates."""
MOST_PERSONS = 1.02
_YEARS = re.compile(r"(\d+)-(\d+) år")
_WEEKS = re.compile(r"(\d+)-(\d+) uger")
_MONTHS = re.compile(r"(\d+)-(\d+) mdr")
_OVER = re.compile(r"over (\d+) (år|uger|mdr)")
_UNDER = re.compile(r"under (\d+) uger")


def contradictions(place: Place) -> list[str]:
    """Each one in words with its arithmetic."""
    return [*_full_time(place), *_flows(place), *_lengths(place), *_flow_and_spells(place), *_little(place, REFUSED),
            *_flow_and_stock(place)]  # fmt: skip


def doubts(place: Place) -> list[str]:
    """What hardly fits together, and may."""
    refused = {*_little(place, REFUSED)}
    return [each for each in _little(place, DOUBTED) if each not in refused]


def _full_time(place: Place) -> Iterator[str]:
    """Nobody is more than one full-time person."""
    for (what, benefit), persons in place.series.items():
        if what != PERSONS or (STOCK, benefit) not in place.series:
            continue
        full_time = place.series[STOCK, benefit]
        for month in sorted({*persons.values} & {*full_time.values}):
            if full_time.values[month] > MOST_PERSONS * persons.values[month]:
                yield (f"{place.name}, {benefit}, {month_text(month)}: {full_time.values[month]:g} full-time persons "
                       f"({full_time.source}) are more than the {persons.values[month]:g} persons "
                       f"({persons.source})")  # fmt: skip
                break


def _flows(place: Place) -> Iterator[str]:
    """Those at the beginning, those who come and those who leave are those at the end, and at the next beginning."""
    for (source, benefit, month), flow in place.flows.items():
        when = f"{place.name}, {month_text(month)} ({source})"
        if {OPENED, STARTED, ENDED, CLOSED} <= {*flow}:
            reckoned = flow[OPENED] + flow[STARTED] - flow[ENDED]
            if abs(reckoned - flow[CLOSED]) > max(SAME * flow[STARTED], 2):
                yield (f"{when}: {flow[OPENED]:g} spells + {flow[STARTED]:g} begun - {flow[ENDED]:g} ended = "
                       f"{reckoned:g}, and {flow[CLOSED]:g} are printed at the end")  # fmt: skip
        after = place.flows.get((source, benefit, month + 1), {})
        if CLOSED in flow and OPENED in after and abs(flow[CLOSED] - after[OPENED]) > max(0.02 * flow[CLOSED], 2):
            yield f"{when}: {flow[CLOSED]:g} spells at the end, and the next month begins with {after[OPENED]:g}"


def _lengths(place: Place) -> Iterator[str]:
    """The mean of ended spells lies between the shortest and the longest that their lengths allow."""
    for each in place.spells:
        bounds = [length_of(label) for label in each.by_length]
        if each.mean_weeks is None or each.hidden or not bounds or None in bounds:
            continue
        lows = [number * low for number, (low, _) in zip(each.by_length.values(), filter(None, bounds), strict=True)]
        least = sum(lows) / sum(each.by_length.values())
        if least > each.mean_weeks + 1:
            yield (f"{place.name}, {month_text(each.month)} ({each.source}): {sum(each.by_length.values()):g} ended "
                   f"spells, each at least as short as its class allows, come to {sum(lows):g} weeks, {least:.1f} "
                   f"weeks each; the mean that is printed is {each.mean_weeks:g}")  # fmt: skip
            return


def length_of(label: str) -> tuple[float, float] | None:
    """Least and most weeks of a class of lengths, None if it says nothing that is known."""
    text = label.casefold().strip()
    if found := _WEEKS.search(text):
        return float(found[1]), float(found[2]) + 1
    if found := _YEARS.search(text):
        return 52.0 * int(found[1]), 52.0 * int(found[2])
    if found := _MONTHS.search(text):
        return WEEKS_A_MONTH * int(found[1]), WEEKS_A_MONTH * int(found[2])
    if found := _UNDER.search(text):
        return 0.0, float(found[1])
    if found := _OVER.search(text):
        return int(found[1]) * {"år": 52.0, "uger": 1.0, "mdr": WEEKS_A_MONTH}[found[2]], float("inf")
    return None


def _flow_and_spells(place: Place) -> Iterator[str]:
    """Spells that ended in a month are the same number in two tables of one benefit."""
    for (source, benefit, month), flow in place.flows.items():
        for each in place.spells:
            alike = each.month == month and (not benefit or not each.benefit or benefit == each.benefit)
            if alike and ENDED in flow and abs(each.ended - flow[ENDED]) > max(SAME * each.ended, 5):
                yield (f"{place.name}, {month_text(month)}: {flow[ENDED]:g} spells ended by {source}, and "
                       f"{each.ended:g} by {each.source}{_unless(benefit)}")  # fmt: skip


def _flow_and_stock(place: Place) -> Iterator[str]:
    """Persons of a month are those with a spell in it, but for whoever has two and for months without payment."""
    for (source, benefit, month), flow in place.flows.items():
        for (what, of), persons in place.series.items():
            alike = what == PERSONS and month in persons.values and (not benefit or benefit == of)
            if alike and {OPENED, STARTED} <= {*flow}:
                spells, there = flow[OPENED] + flow[STARTED], persons.values[month]
                if not 1 / REFUSED <= spells / max(there, 1) <= REFUSED:
                    yield (f"{place.name}, {month_text(month)}: {flow[OPENED]:g} spells at the beginning + "
                           f"{flow[STARTED]:g} begun = {spells:g} spells in the month by {source}, and {there:g} "
                           f"persons on {of} ({persons.source}), {spells / max(there, 1):.1f} spells "
                           f"each{_unless(benefit)}")  # fmt: skip


def _unless(benefit: str) -> str:
    return "" if benefit else " (the first file does not say of which benefit it is; leave it out if it is another)"


def _little(place: Place, apart: float) -> Iterator[str]:
    for each in place.spells:
        stock = _stock(place, each)
        if each.mean_weeks is None or stock is None or not each.benefit:
            continue
        number, what = stock
        weeks = each.ended * each.mean_weeks
        ratio = weeks / WEEKS_A_MONTH / number
        if not 1 / apart <= ratio <= apart:
            yield (f"{place.name}, {each.benefit}, {month_text(each.month)}: {each.ended:g} ended spells a month × "
                   f"{each.mean_weeks:g} weeks / {WEEKS_A_MONTH:.2f} weeks a month = {weeks / WEEKS_A_MONTH:,.0f} "
                   f"spells at a time ({each.source}), and the stock is {number:,.0f} {what}: {ratio:.1f} times as "
                   "many; full-time persons, persons of a month and spells differ by a third at most")  # fmt: skip


def _stock(place: Place, spells: Spells) -> tuple[float, str] | None:
    """The stock that spells of a month are held against."""
    for what in (PERSONS, STOCK):
        series = place.series.get((what, spells.benefit))
        if series is not None and series.values.get(spells.month):
            return series.values[spells.month], f"{what} ({series.source})"
    return None
