"""How often talks are, from talks per person by how long they have been on benefit, in closed form.

A talk falls due so many weeks after the spell began, and again so many after a held one; whoever does not come is
called again the week after. No talk of the first half-year falls due after week 26. Its interval is the one by which
those who have been there for less have as many talks as printed, each week counted by who is there so long; that of the
time after it, by those who have been there for longer. What is printed is held talks, so it is what was delivered, and
not what the plan asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.municipal.durations import Weeks

Floats = NDArray[np.float64]
HALF_YEAR = 26
LONGEST, LATER_LONGEST = 26, 52
"""Intervals that are tried."""


class Contact(NamedTuple):
    """Talks held since the spell began, a person, by class of weeks that it has lasted (above, up to; None: no end),
    and how many persons there are in it (None: not shown)."""

    talks: Mapping[Weeks, float]
    persons: Mapping[Weeks, float | None]


class Intervals(NamedTuple):
    """Weeks from one talk to the next in the first half-year and after it, with the talks that are printed and that the
    intervals make. Where nothing is printed of the time after it, its talks are None and the interval is the usual."""

    early: int
    later: int
    printed: tuple[float, float | None]
    made: tuple[float, float | None]

    @property
    def until(self) -> int:
        """The week before which a held talk is followed by another one of the first half-year, which lies in it."""
        return last_of_first(self.early)

    def told(self, source: str) -> str:
        """What is printed, and where."""
        first, then = self.printed
        found = f"{source}, talks held since the spell began, a person: {first:.2f} of those in the first half-year"
        return found if then is None else f"{found}, {then:.2f} of those after it"


def mean_of(months: Mapping[int, Contact]) -> Contact | None:
    """The means of some months, of each class those in which it is shown; None of no months."""
    talks: dict[Weeks, float] = {}
    persons: dict[Weeks, float | None] = {}
    for each in dict.fromkeys(each for contact in months.values() for each in contact.talks):
        shown = [contact for contact in months.values() if each in contact.talks]
        numbers = [contact.persons.get(each) for contact in shown]
        known = [number for number in numbers if number is not None]
        whole = len(known) == len(shown) and sum(known) > 0
        talks[each] = float(np.average([one.talks[each] for one in shown], weights=known if whole else None))
        persons[each] = float(np.mean(known)) if whole else None
    return Contact(talks, persons) if talks else None


def last_of_first(early: int) -> int:
    """The week before which a talk is followed by another one of the first half-year, which still lies in it."""
    return HALF_YEAR - early + 1


def expected(early: int, later: int, weeks: int, attendance: float) -> Floats:
    """Held talks up to the end of each week since the spell began, where this share of who is called comes."""
    due, held, waits = np.zeros(weeks), np.zeros(weeks), 0.0
    for week in range(weeks):
        if week == early:
            due[week] += 1
        waits = due[week] + waits * (1 - attendance)
        held[week] = waits * attendance
        after = week + (early if week < last_of_first(early) else later)
        if after < weeks:
            due[after] += held[week]
    return np.cumsum(held)


def intervals(contact: Contact, ages: Floats, usual: int, attendance: float) -> Intervals | None:
    """The whole weeks that come nearest to what is printed, None if nothing is printed of the first half-year. `ages`
    are people by weeks since their spell began; `usual` is the later interval where none is printed, and `attendance`
    the share of who is called that comes."""
    early = {each for each in contact.talks if each[1] is not None and each[1] <= HALF_YEAR}
    later = {each for each in contact.talks if each[0] >= HALF_YEAR}
    if not early:
        return None
    weeks = len(ages)

    def held(first: int, then: int) -> Floats:
        return expected(first, then, weeks, attendance)

    def printed(classes: set[Weeks]) -> float:
        persons = [_persons(contact, each, ages) for each in classes]
        talks = [contact.talks[each] for each in classes]
        return float(np.average(talks, weights=persons)) if sum(persons) else float(np.mean(talks))

    def made(classes: set[Weeks], of: Floats) -> float:
        means = [_mean(of, each, ages) for each in classes]
        persons = [_persons(contact, each, ages) for each in classes]
        return float(np.average(means, weights=persons)) if sum(persons) else float(np.mean(means))

    first = printed(early)
    one = min(range(1, LONGEST + 1), key=lambda each: abs(made(early, held(each, usual)) - first))
    if not later:
        return Intervals(one, usual, (first, None), (made(early, held(one, usual)), None))
    then = printed(later)
    two = min(range(1, LATER_LONGEST + 1), key=lambda each: abs(made(later, held(one, each)) - then))
    talks = held(one, two)
    return Intervals(one, two, (first, then), (made(early, talks), made(later, talks)))


def _persons(contact: Contact, each: Weeks, ages: Floats) -> float:
    """Persons of a class as printed, or else as many as are there by the closed form, of all."""
    shown = contact.persons.get(each)
    if all(contact.persons.get(one) is not None for one in contact.talks):
        return float(shown or 0)
    first, end = each
    return float(ages[first:end].sum())


def _mean(talks: Floats, each: Weeks, ages: Floats) -> float:
    first, end = each
    weights = ages[first:end]
    return float(np.average(talks[first:end], weights=weights)) if weights.sum() else 0.0
