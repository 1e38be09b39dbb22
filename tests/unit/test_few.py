"""Who is concerned this week, against a look through a whole column: whatever happens to whom, in any order."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.world.few import AHEAD, Few, Lately, Planned, merged
from simulation.world.spec import NEVER, NOT_PLANNED, Ids

ROWS = 60
SEEDS = range(20)


def some(rng: np.random.Generator) -> Ids:
    """Ids of some rows, in any order; nobody now and then."""
    return rng.choice(ROWS, rng.integers(0, 9), replace=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_few_are_who_came_and_has_not_left(seed: int) -> None:
    """Who comes twice, leaves without having come, or comes back before anybody has looked, stands there once."""
    rng, few, there = np.random.default_rng(seed), Few(ROWS), set[int]()
    for _ in range(300):
        ids, what = some(rng), rng.integers(0, 4)
        if what == 0:
            few.drop(ids)
            there -= set(ids.tolist())
        elif what == 1:
            assert few.ids.tolist() == sorted(there) == np.flatnonzero(few.among).tolist()
            assert few.of(ids).tolist() == [i for i in ids.tolist() if i in there]
        else:
            few.add(ids)
            there |= set(ids.tolist())


@pytest.mark.parametrize("seed", SEEDS)
def test_planned_are_due_from_their_week_on(seed: int) -> None:
    """A new plan voids the old one, be it sooner or later; who is not forgotten stays due."""
    rng, planned, week_of = np.random.default_rng(seed), Planned(ROWS), np.full(ROWS, NOT_PLANNED)
    for week in range(6 * AHEAD):
        for _ in range(rng.integers(0, 5)):
            ids = some(rng)
            if rng.integers(0, 4) == 0:
                planned.forget(ids)
                week_of[ids] = NOT_PLANNED
            elif rng.integers(0, 2):
                at = int(week + rng.integers(0, 2 * AHEAD))
                planned.plan(ids, at)
                week_of[ids] = at
            else:
                weeks = week + rng.integers(0, 3 * AHEAD, len(ids)) ** 2
                planned.plan(ids, weeks)
                week_of[ids] = weeks
        assert (planned.week == week_of).all()
        if rng.integers(0, 4):  # in some weeks nobody asks
            assert planned.due(week).tolist() == np.flatnonzero(week_of <= week).tolist()
        if rng.integers(0, 2):
            assert planned.take(week).tolist() == np.flatnonzero(week_of <= week).tolist()
            week_of[week_of <= week] = NOT_PLANNED
            assert len(planned.due(week)) == 0


def test_who_is_asked_for_ahead_is_due_later_too() -> None:
    """A look ahead (who will be due) leaves a plan made afterwards for a sooner week in its place."""
    planned = Planned(ROWS)
    planned.plan(np.array([5, 3]), 30)
    assert planned.due(40).tolist() == [3, 5]
    planned.plan(np.array([7]), np.array([2]))
    assert planned.due(2).tolist() == [7]
    assert planned.due(41).tolist() == [3, 5, 7]


def test_nothing_is_planned_beyond_the_last_week() -> None:
    """A wait that is longer than any run is no plan at all, and no number that has come round."""
    planned = Planned(ROWS)
    planned.plan(np.array([1, 2]), np.array([40_000, 100_000]))
    planned.plan(np.array([3]), 70_000)
    assert (planned.week == NOT_PLANNED).all()
    assert len(planned.due(2000)) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_lately_is_what_happened_last(seed: int) -> None:
    """Who was too long ago and meets it again is back; who is forgotten is not."""
    rng, lately, week_of = np.random.default_rng(seed), Lately(ROWS), np.full(ROWS, NEVER)
    for week in range(50):
        for _ in range(rng.integers(0, 3)):
            ids = some(rng)
            if rng.integers(0, 3) == 0:
                lately.forget(ids)
                week_of[ids] = NEVER
            else:
                lately.happens(week, ids)
                week_of[ids] = week
        if rng.integers(0, 3):
            assert lately.since(week - 6).tolist() == np.flatnonzero(week_of >= week - 6).tolist()
        assert (lately.week == week_of).all()


def test_merged_is_in_order() -> None:
    """Stretches that are in order, and one that is not."""
    assert merged(np.array([1, 4, 9]), np.array([2, 3]), np.array([12, 0])).tolist() == [0, 1, 2, 3, 4, 9, 12]
