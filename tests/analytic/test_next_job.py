"""What treatment, and the jobcentre, make of the job that comes after benefit, against closed forms.

Decision rule: |z| < LIMIT by the closed form's own standard error (`tests.helpers`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.beskaeftigelse import whole_hours
from simulation.world.ledige import GONE
from simulation.world.register import status_of, talk_of
from simulation.world.spec import NEVER, Bools, Floats, Ints
from simulation.world.world import World
from tests.helpers import LIMIT, make, praktik, samtaler, z_of

END = {0: 0.03, 13: 0.01}


def leaving(persons: int = 30_000, weeks: int = 12, **changes: Any) -> Scenario:
    """Everybody gets talks from an early week on, and leaves for a job sooner or later."""
    spells = {"hours": {20: 0.5, 37: 0.5}, "end_intensity": END, "returns": 0.0, **changes.pop("job_spells", {})}
    return make(
        weeks=weeks,
        intake={"persons": persons, "weeks": 1},
        teams={"team": {"fte": 1000, "minutes_per_week": 10_000}},
        exits={"job": {"level": 0.2}},
        job_spells=spells,
        interventions={"samtaler": samtaler(**changes.pop("talks", {}))},
        **changes,
    )


def jobs_of(world: World) -> tuple[Ints, Ints]:
    """Week of the exit of every row (-1 if none is seen), and how many weeks the job lasts, the run's end or not."""
    assert world.jobs is not None
    status = status_of(world.register.codes)
    left = np.where((status == GONE).any(axis=0), (status == GONE).argmax(axis=0), -1)
    return left, world.jobs.ends.astype(np.int64) - left


def had_a_talk(world: World) -> Bools:
    """Who had one before she left."""
    return np.asarray((talk_of(world.register.codes) > 0).any(axis=0))


def share_over(weeks: int, factor: float) -> float:
    """Share of jobs that are over after so many weeks, with this factor on the intensities of END."""
    return float(1 - np.exp(-factor * (END[0] * min(weeks, 13) + END[13] * max(weeks - 13, 0))))


@pytest.mark.parametrize("factor", [0.4, 1.8])
def test_jobs_end_by_the_factor_on_their_intensity(factor: float) -> None:
    """Of who was treated, and of nobody else: who leaves at once has had no talk."""
    world = run(leaving(talks={"next_job": {"ends": factor}}), [0])
    left, lasts = jobs_of(world)
    for treated, its_factor in ((had_a_talk(world), factor), (~had_a_talk(world), 1.0)):
        treated = treated & (left >= 0)
        assert treated.sum() > 5000
        for weeks in (1, 4, 13, 30, 90):
            over = np.count_nonzero(lasts[treated] <= weeks)
            assert abs(z_of(over, treated.sum(), share_over(weeks, its_factor))) < LIMIT, (weeks, its_factor)


def test_a_size_on_the_log_is_the_factor_of_its_exp() -> None:
    """To the last week, and its strength is 1."""
    by_factor, by_size = (
        jobs_of(run(leaving(3000, talks={"next_job": {"ends": ends}}), [0]))[1] for ends in (0.5, {"log": np.log(0.5)})
    )
    assert_array_equal(by_factor, by_size)


def test_the_same_job_only_longer() -> None:
    """By the same luck: nobody's job is shorter with a factor below 1, and who was not treated has the very same."""
    plain, longer = (run(leaving(3000, talks=talks), [0]) for talks in ({}, {"next_job": {"ends": 0.5}}))
    left, before = jobs_of(plain)
    same_left, after = jobs_of(longer)
    assert_array_equal(left, same_left)
    treated = had_a_talk(plain) & (left >= 0)
    assert (after >= before).all() and (after > before)[treated].mean() > 0.9
    assert_array_equal(after[~treated], before[~treated])
    assert_array_equal(plain.register.codes[0], longer.register.codes[0])


def test_ends_by_a_factor_of_0_never_come() -> None:
    world = run(leaving(3000, talks={"next_job": {"ends": 0.0}}), [0])
    left, lasts = jobs_of(world)
    treated = had_a_talk(world)
    assert lasts[treated & (left >= 0)].min() > 4000 and lasts[~treated & (left >= 0)].max() < 4000


@pytest.mark.parametrize("factor", [0.73, 1.31])
def test_hours_by_their_factor(factor: float) -> None:
    """Whole hours, either way of hours × factor, whose mean is the factor times the mean of before."""
    plain, other = (run(leaving(talks=talks), [0]) for talks in ({}, {"next_job": {"hours": factor}}))
    assert plain.register.hours is not None and other.register.hours is not None
    left, _ = jobs_of(plain)
    for hours in (20, 37):
        before = plain.register.hours[left, np.arange(len(left))]
        at = np.flatnonzero(had_a_talk(plain) & (left >= 0) & (before == hours))
        its = other.register.hours[left[at], at].astype(float)
        low = np.floor(hours * factor)
        assert set(its) == {low, low + 1}
        assert abs(z_of((its > low).sum(), len(its), hours * factor - low)) < LIMIT
    untreated = ~had_a_talk(plain)
    assert_array_equal(plain.register.hours[:, untreated], other.register.hours[:, untreated])


def test_hours_stay_from_1_to_100() -> None:
    drawn, chance = np.array([1, 37, 37, 100, 0, 20]), np.full(6, 0.4)
    hours = whole_hours(drawn, np.array([0.01, 20.0, 0.0, 1.5, 5.0, 1.0]), chance)
    assert_array_equal(hours, [1, 100, 1, 100, 0, 20])


def test_a_completed_spell_counts_and_a_broken_one_does_not() -> None:
    """Praktik of two weeks; half of the spells are broken off in their first."""
    placed = praktik(length_weeks=2, breakdown={"weekly": 0.3, "setback_weeks": 50}, next_job={"ends": 0.0})
    world = run(Scenario.model_validate({**leaving(4000).model_dump(), "interventions": {"praktik": placed}}), [0])
    left, lasts = jobs_of(world)
    offers = (world.register.codes >> 4 & 31) > 0
    weeks_in = offers.sum(axis=0)
    forever = lasts > 4000
    completed = (weeks_in == 2) & (left > 2)
    assert forever[completed].mean() > 0.5 and not forever[(left >= 0) & (weeks_in < 2)].any()


def test_nothing_changes_nobody() -> None:
    """Factors of 1 and sizes of 0."""
    plain = run(leaving(2000), [0])
    for size in (1.0, {"log": 0.0}):
        other = run(leaving(2000, talks={"next_job": {"ends": size, "hours": size}}), [0])
        assert_array_equal(plain.register.codes, other.register.codes)
        assert_array_equal(plain.register.hours, other.register.hours)
    assert plain.jobs is not None and (plain.jobs.ends != NEVER).any()


# --- ends that differ between jobcentres -------------------------------------------------------------------------


def rates(world: World) -> tuple[Floats, Ints]:
    """End intensity of every row of the jobcentre table from the lengths of all jobs, and how many those are."""
    left, lasts = jobs_of(world)
    at, mine = world.ledige.jobcentre[left >= 0], lasts[left >= 0]
    n = np.bincount(at)
    return -np.log1p(-n / np.bincount(at, mine)), n


def test_ends_differ_between_jobcentres_by_their_sd() -> None:
    """The variance of the log of the estimated intensities is sd² + that of the estimates; their mean factor is 1."""
    sd, places = 0.4, {f"by_{n}": {} for n in range(150)}
    spells = {"end_intensity": {0: 0.03}, "jobcentre_sd": sd}
    estimated, n = rates(run(leaving(250, jobcentres=places, job_spells=spells), [0, 1]))
    logs, expected = np.log(estimated / 0.03), sd**2 + float(np.mean(1 / n))
    assert abs(logs.var(ddof=1) / expected - 1) < LIMIT * np.sqrt(2 / (len(logs) - 1))
    assert abs(logs.mean() + sd**2 / 2) < LIMIT * np.sqrt(expected / len(logs))


def test_named_jobcentres_have_their_factor_and_worlds_their_own_luck() -> None:
    spells = {"end_intensity": {0: 0.03}, "jobcentres": {"vejle": 2.0}}
    both = {"ribe": {}, "vejle": {}}
    estimated, n = rates(run(leaving(10_000, jobcentres=both, job_spells=spells), [0]))
    assert (np.abs(np.log(estimated / [0.03, 0.06])) < LIMIT / np.sqrt(n)).all()
    random, _ = rates(run(leaving(2000, jobcentres=both, job_spells={**spells, "jobcentre_sd": 1.0}), [0, 1]))
    assert len({*random.round(4)}) == 4


def test_the_ends_of_one_destination_do_not_touch_another() -> None:
    """Luck of an end hangs on its own destination alone."""
    plain = leaving(3000).model_dump() | {"exits": {"job": {"level": 0.1}, "fleksjob": {
        "level": 0.1, "job_spells": {"hours": 10, "end_intensity": {0: 0.05}, "returns": 0.0}}}}  # fmt: skip
    scenario = Scenario.model_validate(plain)
    spells = {**plain["exits"]["fleksjob"]["job_spells"], "jobcentres": {"by": 3.0}}
    exits = {"job": {"level": 0.1}, "fleksjob": {"level": 0.1, "job_spells": spells}}
    one, other = (run(each, [0]) for each in (scenario, Scenario.model_validate({**plain, "exits": exits})))
    assert one.jobs is not None and other.jobs is not None
    fleks = (status_of(one.register.codes) == GONE + 1).any(axis=0)
    assert_array_equal(one.jobs.ends[~fleks], other.jobs.ends[~fleks])
    assert (one.jobs.ends[fleks] != other.jobs.ends[fleks]).any()
