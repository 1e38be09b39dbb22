"""From when on a jobcentre holds its long-run number of people: by hand, by the plain formula, and by two starts."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation import run
from simulation.results.result import Result
from simulation.results.settling import mser, settling
from tests.helpers import loaded

LEVEL, A_WEEK, WEEKS = 0.1, 30, 150


def test_a_start_that_is_too_low_is_left_out() -> None:
    """Fifteen values on the way up, then means of five that go up and down around 10."""
    steady = np.repeat(np.tile([9.0, 11.0], 14), 5)
    assert mser(np.concatenate([np.arange(15) * 0.6, steady])) == 15
    assert mser(steady) == 0 and mser(np.full(60, 7.0)) == 0


def test_it_is_the_plain_formula() -> None:
    """The smallest squared standard error of the mean of what is left, whatever the series."""
    chance = np.random.default_rng(11)
    told = 0
    for _ in range(40):
        series = np.cumsum(chance.normal(size=120)) * chance.choice([0.02, 1.0]) + chance.normal(size=120)
        means = [series[5 * n : 5 * n + 5].mean() for n in range(24)]
        errors = {d: np.var(means[d:]) / (24 - d) for d in range(23)}
        best = min(errors, key=lambda d: errors[d])
        assert mser(series) == (5 * best if best < 12 else None)
        told += best < 12
    assert 5 < told < 40


def test_what_still_grows_or_is_too_short_has_not_settled() -> None:
    assert mser(np.arange(100.0)) is None
    assert mser(np.full(49, 3.0)) is None


def jobcentre(**intake: Any) -> Result:
    """So many a week, who leave by a constant intensity."""
    exits = {"job": {"level": LEVEL}}
    return run(loaded(weeks=WEEKS, follow_up=10, intake={"weeks": WEEKS, **intake}, exits=exits), 10)


def test_an_empty_and_a_full_start_come_to_the_same_long_run_number() -> None:
    """That of the closed form, a week's intake over the chance to leave in a week; it is found when they are there."""
    long_run = A_WEEK * np.exp(-LEVEL) / (1 - np.exp(-LEVEL))  # who comes on mandag may leave on tirsdag
    before = round(long_run)
    persons = A_WEEK * WEEKS
    full = {0: before / (persons + before), 1: persons / (persons + before)}
    results = {
        "empty": jobcentre(persons=persons), "full": jobcentre(persons=persons + before, weeks=WEEKS, by_block=full),
    }  # fmt: skip
    found = {name: settling(result) for name, result in results.items()}
    assert found["empty"].settled is not None and 20 <= found["empty"].settled <= 60, found
    assert found["full"].settled is not None and found["full"].settled < found["empty"].settled, found
    for name, result in results.items():
        counts = [{key.short: by_week.sum(axis=(1, 2)) for key, by_week in each.counts.items()}
                  for each in result.replications]  # fmt: skip
        on_benefit = np.array([np.cumsum(each["enrolled"] - each["exit_job"])[60:].mean() for each in counts])
        error = on_benefit.std(ddof=1) / np.sqrt(len(on_benefit))
        assert abs(on_benefit.mean() - long_run) < 4 * error + 0.005 * long_run, (name, on_benefit.mean(), long_run)
        assert error < 0.01 * long_run


def test_who_comes_in_one_week_settles_nowhere() -> None:
    assert settling(jobcentre(persons=200, weeks=1)) == (0, 0, None)


def test_it_is_told_of_the_weeks_in_which_people_come() -> None:
    assert settling(jobcentre(persons=2000, weeks=60, from_week=4))[:2] == (4, 63)
