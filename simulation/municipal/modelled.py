"""One place as the model has it: each of its groups fitted, and what came from where.

The newest month is left out, since late records still come in. Of the 48 months that a study covers, the first 24 fill
the stock, the next 12 are the year that is known, and the last 12 lie ahead, with level and season as they were.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from simulation.municipal import cohort, national
from simulation.municipal.after import destinations
from simulation.municipal.beside import EDUCATION, WAGE_WORK
from simulation.municipal.categories import with_activity_ready
from simulation.municipal.cohort import BEGUN, HALF_YEAR, LENGTH, RUNNING, SHARE, STAY, Fit, Wanted
from simulation.municipal.contact import Intervals, intervals, mean_of
from simulation.municipal.national import BENEFITS, MET, Benefit
from simulation.municipal.notes import Note, note
from simulation.municipal.place import DAGPENGE, LONG_TERM, PERSONS, STARTED, STOCK, Place, month_text
from simulation.municipal.season import YEAR, Floats, Parts, parts
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.world.labels import Label

FILLS, SEEN, AHEAD = 24, 12, 12
ENOUGH, QUARTERS = 6, 2
"""Months, or quarters, of the year that a figure of it needs."""
TREND = 0.05
TOO_FEW = Label("{key}: {known} months up to {last} are too few, or too many are not shown",
                "{key}: {known} måneder til og med {last} er for få, eller for mange er ikke vist")  # fmt: skip
NO_PERSONS = Label(
    "{key}: persons of a month are not in the files, and persons per full-time person are printed nowhere",
    "{key}: personer i måneden er ikke i filerne, og personer pr. fuldtidsperson er intetsteds offentliggjort",
)


class Group(NamedTuple):
    """A group of a place. `published` are full-time persons and `shares` those of long-term ones, by month; `persons`
    is how many persons each full-time person stands for; `contact` is how often talks are, where they are printed."""

    key: str
    benefit: Benefit
    published: Mapping[int, float]
    source: str
    persons: float
    persons_source: str
    parts: Parts
    wanted: Wanted
    wanted_source: str
    own: bool
    shares: Mapping[int, float]
    share_source: str
    fit: Fit
    trend: float
    contact: Intervals | None = None


class Modelled(NamedTuple):
    """A place in months from `first` on; `weeks_of` counts weeks of each month, by their Thursdays."""

    place: Place
    first: int
    weeks_of: tuple[int, ...]
    groups: tuple[Group, ...]
    left_out: tuple[Note, ...]

    @property
    def months(self) -> range:
        """All months that a study covers."""
        return range(self.first, self.first + FILLS + SEEN + AHEAD)

    @property
    def seen(self) -> range:
        """The months of the year that is known."""
        return range(self.first + FILLS, self.first + FILLS + SEEN)

    def last_week(self, month: int) -> str:
        """The last ISO week of a month, as 2026-W26."""
        return iso_week(last_thursday(month))


DoseOf = Callable[[str, Intervals | None], Floats]
"""The dose of a group as in `cohort.stay`, where talks are as usual, or at intervals of the place's own."""


def model(place: Place, nation: Place | None, dose_of: DoseOf, until: int | None = None) -> Modelled:
    """Fit every group of the place. `nation` has the whole country, if the files do. Raises InputProblems if there is
    no group with enough months."""
    place, left_out = with_activity_ready(place)
    stocks = {key: place.series[STOCK, key] for key in BENEFITS if (STOCK, key) in place.series}
    if not stocks:
        message = (f"{place.name}: no stock of dagpenge, kontanthjælp, sygedagpenge or ledighedsydelse by month is "
                   "shown in the files (table Y25I01, or Y01A02, Y07A02, Y09A02 by municipality)")  # fmt: skip
        raise InputProblems([Problem(message), *(Problem(f"{place.name}: {each.told('en')}") for each in left_out)])
    last = until if until is not None else max(max(one.values) for one in stocks.values()) - 1
    first = last - FILLS - SEEN + 1
    weeks_of = tuple(weeks_in(first + k) for k in range(FILLS + SEEN + AHEAD))
    groups: list[Group] = []
    for key, series in stocks.items():
        found = parts(series.values, last, _season(key, nation, last))
        if found is None:
            known = sum(month <= last for month in series.values)
            left_out.append(note(TOO_FEW, key=key, known=known, last=month_text(last)))
        elif not _persons(place, key, range(first + FILLS, first + FILLS + SEEN))[0]:
            left_out.append(note(NO_PERSONS, key=key))
        else:
            groups.append(_group(place, key, found, (first, weeks_of), dose_of))
    if not groups:
        raise InputProblems([Problem(f"{place.name}: {each.told('en')}") for each in left_out])
    return Modelled(place, first, weeks_of, tuple(groups), tuple(left_out))


def _group(place: Place, key: str, found: Parts, when: tuple[int, tuple[int, ...]], dose_of: DoseOf) -> Group:
    first, weeks_of = when
    series = place.series[STOCK, key]
    seen = range(first + FILLS, first + FILLS + SEEN)
    benefit = _destinations(place, key, seen)
    persons, persons_source = _persons(place, key, seen)
    shares, share_source = _shares(place, key)
    wanted, source, own = _wanted(place, key, seen, shares, share_source)
    path = found.path(range(first, first + len(weeks_of))) * persons
    year = slice(FILLS, FILLS + SEEN)
    fitted = cohort.fit(path, weeks_of, benefit, dose_of(key, None), wanted, year)
    contact = _contact(place, key, seen, fitted.ages(sum(weeks_of[: FILLS + SEEN]) - 1))
    if contact is not None:
        fitted = cohort.fit(path, weeks_of, benefit, dose_of(key, contact), wanted, year)
    before = [series.values[month - YEAR] for month in seen if month - YEAR in series.values]
    now = [series.values[month] for month in seen if month in series.values]
    trend = float(np.mean(now) / np.mean(before)) - 1 if before and now else 0.0
    return Group(key, benefit, series.values, series.source, persons, persons_source, found, wanted, source, own,
                 shares, share_source, fitted, trend, contact)  # fmt: skip


def _destinations(place: Place, key: str, seen: range) -> Benefit:
    """The benefit with the destinations of the place, where two quarters of the year are printed; else the nation's."""
    benefit = BENEFITS[key]
    if key not in place.beside.status:
        return benefit
    printed = place.beside.status[key]
    of_year = [each for quarter, each in printed.quarters.items() if quarter in seen and WAGE_WORK in each]
    if len(of_year) < QUARTERS:
        return benefit
    work = float(np.mean([each[WAGE_WORK] for each in of_year]))
    found = destinations(work, float(np.mean([each.get(EDUCATION, 0.0) for each in of_year])))
    source = (f"{printed.source}, {len(of_year)} quarters: three months after an ended spell {work:.3f} in wage work, "
              f"so {found.work:.3f} of those who leave go to a job")  # fmt: skip
    elsewhere = {**benefit.elsewhere, "education": found.education}
    return benefit._replace(work=found.work, elsewhere=elsewhere, destinations_source=source)


def _contact(place: Place, key: str, seen: range, ages: Floats) -> Intervals | None:
    """How often talks are by what is printed of the year, None if that is not enough."""
    if key not in place.beside.talks:
        return None
    of_year = mean_of({month: each for month, each in place.beside.talks[key].months.items() if month in seen})
    return None if of_year is None else intervals(of_year, ages, *MET[key])


def _season(key: str, nation: Place | None, last: int) -> Floats:
    """The season of the nation: by the files, or as published for dagpenge; otherwise none."""
    if nation is not None and (STOCK, key) in nation.series:
        found = parts(nation.series[STOCK, key].values, last, np.ones(YEAR))
        if found is not None:
            return found.season
    return np.array(national.SEASON) if key == "dagpenge" else np.ones(YEAR)


def _persons(place: Place, key: str, seen: range) -> tuple[float, str]:
    """Persons of a month per full-time person: the place's own, or the nation's."""
    benefit = BENEFITS[key]
    if (PERSONS, key) in place.series:
        own, full_time = place.series[PERSONS, key], place.series[STOCK, key]
        both = [month for month in seen if own.values.get(month) and full_time.values.get(month)]
        if len(both) >= ENOUGH:
            ratio = sum(own.values[month] for month in both) / sum(full_time.values[month] for month in both)
            return ratio, f"{own.source} by {full_time.source}"
    return benefit.persons, benefit.persons_source


def _shares(place: Place, key: str) -> tuple[dict[int, float], str]:
    """The long-term share of each month in which it is shown."""
    if (LONG_TERM, key) not in place.series:
        return {}, ""
    long_term, stock = place.series[LONG_TERM, key], place.series[STOCK, key]
    both = [month for month, value in long_term.values.items() if value and stock.values.get(month)]
    return {month: long_term.values[month] / stock.values[month] for month in both}, (
        f"{long_term.source} by {stock.source}")  # fmt: skip


def _wanted(
    place: Place, key: str, seen: range, shares: Mapping[int, float], source: str
) -> tuple[Wanted, str, bool]:  # fmt: skip
    """What the intensity is solved for, where it is from, and whether it is the place's own."""
    begun: dict[str, list[float]] = {}
    for (by, what, month), flow in place.flows.items():
        if what == key and month in seen and STARTED in flow:
            begun.setdefault(by, []).append(flow[STARTED])
    by = max(begun, key=lambda each: (len(begun[each]), each), default="")  # whatever the order of the files
    if len(of_year := begun.get(by, [])) >= ENOUGH:
        return Wanted(BEGUN, float(np.mean(of_year))), f"{by}, spells begun, mean of {len(of_year)} months", True
    if key in place.beside.running:
        over, by = place.beside.running[key].over(HALF_YEAR), place.beside.running[key].source
        if len(of_year := [over[month] for month in seen if month in over]) >= ENOUGH:
            told = f"{by}, running spells by duration, mean of {len(of_year)} months"
            return Wanted(RUNNING, float(np.mean(of_year))), told, True
    if len(of_year := [shares[month] for month in seen if month in shares]) >= ENOUGH:
        return Wanted(SHARE, float(np.mean(of_year))), f"{source}, mean of {len(of_year)} months", True
    lengths = [each.mean_weeks for each in place.spells if each.benefit == key and each.mean_weeks]
    if lengths:
        by = next(each.source for each in place.spells if each.benefit == key)
        told = f"{by}, mean weeks of ended spells, {len(lengths)} months"
        return Wanted(_length(key), float(np.mean(lengths))), told, True
    benefit = BENEFITS[key]
    if benefit.weeks:
        return Wanted(_length(key), benefit.weeks), benefit.weeks_source, False
    return Wanted(SHARE, benefit.long_term), benefit.long_term_source, False


def _length(key: str) -> str:
    """What a length is of: a whole calendar month without it ends a spell of dagpenge (Jobindsats, since August 2019),
    so short breaks are in it; of the others no such rule was read."""
    return LENGTH if key == DAGPENGE else STAY


def weeks_in(month: int) -> int:
    """Weeks whose Thursday is in a month."""
    return last_thursday(month).day // 7 + (last_thursday(month).day % 7 > 0)


def last_thursday(month: int) -> datetime.date:
    """The last Thursday of a month."""
    year, number = divmod(month + 1, YEAR)
    last = datetime.date(year, number + 1, 1) - datetime.timedelta(days=1)
    return last - datetime.timedelta(days=(last.isoweekday() - 4) % 7)


def first_week(month: int) -> str:
    """The first ISO week of a month, as 2023-W27."""
    return iso_week(last_thursday(month) - datetime.timedelta(weeks=weeks_in(month) - 1))


def iso_week(day: datetime.date) -> str:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
