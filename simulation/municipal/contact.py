"""How often talks are, from talks per person by how long they have been on benefit, in closed form.

A talk falls due so many weeks after the spell began, and again so many after a held one; whoever does not come is
called again the week after. The interval of the first half-year is the one by which those who have been there for less
have as many talks as printed, each week counted by who is there so long; that of the time after it, by those who have
been there for longer. What is printed is held talks, so it is what was delivered, and not what the plan asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.municipal import national
from simulation.municipal.contradictions import length_of

Floats = NDArray[np.float64]
HALF_YEAR = 26
LONGEST, LATER_LONGEST = 26, 52
"""Intervals that are tried."""


class Contact(NamedTuple):
    """Talks held since the spell began, a person, by class of weeks since then (from, before; None: no end), and how
    many persons there are in it (None: not shown)."""

    talks: Mapping[tuple[int, int | None], float]
    persons: Mapping[tuple[int, int | None], float | None]


class Intervals(NamedTuple):
    """Weeks from one talk to the next in the first half-year and after it (None: nothing is printed of that), with the
    talks that are printed and that the intervals make."""

    early: int
    later: int | None
    printed: tuple[float, float | None]
    made: tuple[float, float | None]


def class_of(label: str) -> tuple[int, int | None] | None:
    """The weeks of a printed class of durations; a month is 13/3 weeks."""
    found = length_of(label)
    if found is None:
        return None
    first, end = found
    return round(first), None if end == float("inf") else round(end)


def expected(early: int, later: int, weeks: int) -> Floats:
    """Held talks up to the end of each week since the spell began."""
    due, held, waits = np.zeros(weeks), np.zeros(weeks), 0.0
    for week in range(weeks):
        if week == early:
            due[week] += 1
        waits = due[week] + waits * (1 - national.ATTENDANCE)
        held[week] = waits * national.ATTENDANCE
        after = week + (early if week < HALF_YEAR else later)
        if after < weeks:
            due[after] += held[week]
    return np.cumsum(held)


def intervals(contact: Contact, ages: Floats, usual: int) -> Intervals | None:
    """The whole weeks that come nearest to what is printed, None if nothing is printed of the first half-year. `ages`
    are people by weeks since their spell began; `usual` is the later interval where none is printed."""
    early = {each for each in contact.talks if each[1] is not None and each[1] <= HALF_YEAR}
    later = {each for each in contact.talks if each[0] >= HALF_YEAR}
    if not early:
        return None
    weeks = len(ages)

    def printed(classes: set[tuple[int, int | None]]) -> float:
        persons = [_persons(contact, each, ages) for each in classes]
        talks = [contact.talks[each] for each in classes]
        return float(np.average(talks, weights=persons)) if sum(persons) else float(np.mean(talks))

    def made(classes: set[tuple[int, int | None]], of: Floats) -> float:
        means = [_mean(of, each, ages) for each in classes]
        persons = [_persons(contact, each, ages) for each in classes]
        return float(np.average(means, weights=persons)) if sum(persons) else float(np.mean(means))

    first = printed(early)
    one = min(range(1, LONGEST + 1), key=lambda each: abs(made(early, expected(each, usual, weeks)) - first))
    told = made(early, expected(one, usual, weeks))
    if not later:
        return Intervals(one, None, (first, None), (told, None))
    then = printed(later)
    two = min(range(1, LATER_LONGEST + 1), key=lambda each: abs(made(later, expected(one, each, weeks)) - then))
    return Intervals(one, two, (first, then), (told, made(later, expected(one, two, weeks))))


def _persons(contact: Contact, each: tuple[int, int | None], ages: Floats) -> float:
    """Persons of a class as printed, or else as many as are there by the closed form, of all."""
    shown = contact.persons.get(each)
    if all(contact.persons.get(one) is not None for one in contact.talks):
        return float(shown or 0)
    first, end = each
    return float(ages[first:end].sum())


def _mean(talks: Floats, each: tuple[int, int | None], ages: Floats) -> float:
    first, end = each
    weights = ages[first:end]
    return float(np.average(talks[first:end], weights=weights)) if weights.sum() else 0.0
