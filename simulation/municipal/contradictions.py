"""Files that contradict each other: what cannot be true together, whatever the definitions are, with the arithmetic.

A stock is inflow times mean length (Little), in the same unit. Between full-time persons, persons of a month and spells
at a date lie factors up to 1.32 (dagpenge, Jobindsats Y01A02, months of 2025-26), and a stock that grows or falls is
not steady; so only what is more than 1.6 apart is refused, and what is more than 1.25 apart is warned of. A month by
itself may be a quarter further off: where exits in January are half of those in April, so are ended spells.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulation.municipal.durations import WEEKS_A_MONTH, length_of
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

REFUSED, DOUBTED = 1.6, 1.25
YEAR, REFUSED_OF_ONE_MONTH = 12, 2.0
"""Of less than a year each month is looked at by itself, and may be so much further off: exits have a season."""
SAME = 0.1
"""By how much two tables may differ in what is the same: late records come in between two updates."""
MOST_PERSONS = 1.02


def contradictions(place: Place) -> list[str]:
    """Each one in words with its arithmetic."""
    return [*_full_time(place), *_flows(place), *_lengths(place), *_flow_and_spells(place),
            *_little(place, REFUSED, REFUSED_OF_ONE_MONTH),
            *_flow_and_stock(place)]  # fmt: skip


def doubts(place: Place) -> list[str]:
    """What hardly fits together, and may."""
    refused = {*_little(place, REFUSED, REFUSED_OF_ONE_MONTH)}
    return [each for each in _little(place, DOUBTED, DOUBTED) if each not in refused]


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


def _little(place: Place, apart: float, of_one_month: float) -> Iterator[str]:
    """By benefit and table: of a year or more the means, of less each month, which has a season."""
    for key in dict.fromkeys((each.source, each.benefit) for each in place.spells if each.benefit):
        of_table = [each for each in place.spells if (each.source, each.benefit) == key]
        found = [(each.month, each.ended, each.mean_weeks, stock)
                 for each in of_table if each.mean_weeks is not None and (stock := _stock(place, each))]  # fmt: skip
        whole = len(found) >= YEAR
        for months in [found] if whole else [[one] for one in found]:
            ended = sum(one[1] for one in months) / len(months)
            mean = sum(one[1] * one[2] for one in months) / max(sum(one[1] for one in months), 1)
            number, what = sum(one[3][0] for one in months) / len(months), months[0][3][1]
            ratio, limit = ended * mean / WEEKS_A_MONTH / number, apart if whole else of_one_month
            if 1 / limit <= ratio <= limit:
                continue
            first, last = month_text(months[0][0]), month_text(months[-1][0])
            when = f"mean of {first} to {last}" if whole else first
            yield (f"{place.name}, {key[1]}, {when}: {ended:.4g} ended spells a month × {mean:.4g} weeks / "
                   f"{WEEKS_A_MONTH:.2f} weeks a month = {ended * mean / WEEKS_A_MONTH:,.0f} spells at a time "
                   f"({key[0]}), and the stock is {number:,.0f} {what}: {ratio:.1f} times as many; full-time persons, "
                   "persons of a month and spells differ by a third at most")  # fmt: skip


def _stock(place: Place, spells: Spells) -> tuple[float, str] | None:
    """The stock that spells of a month are held against."""
    for what in (PERSONS, STOCK):
        series = place.series.get((what, spells.benefit))
        if series is not None and series.values.get(spells.month):
            return series.values[spells.month], f"{what} ({series.source})"
    return None
