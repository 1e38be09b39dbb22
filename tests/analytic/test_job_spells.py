"""How long jobs last and who comes back, against the published shares that the intensities are made from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE, OUT
from simulation.world.register import status_of
from tests.helpers import LIMIT, counts_of, make, z_of

END = {0: -np.log(0.74) / 13, 13: -np.log(0.50 / 0.74) / 39}
PERSONS = 40_000


def hired_at_once(**spells: Any) -> Scenario:
    """Nearly everybody gets a job on the first tirsdag, and whoever comes back stays on benefit for long."""
    return make(
        weeks=60,
        intake={"persons": PERSONS, "weeks": 1},
        exits={"job": {"level": 5.0, "duration": {"log_slope": -1.0, "until_week": 50}}},
        job_spells={"hours": {15: 0.25, 37: 0.75}, "end_intensity": END, "returns": 0.0, **spells},
    )


def test_jobs_end_as_published() -> None:
    """26 % of jobs end within 13 weeks and 50 % within 52: |z| < LIMIT, binomial."""
    world = run(hired_at_once(), [0])
    began = counts_of(world)["exit_job"][0].sum()
    status = status_of(world.register.codes)
    first = status[0] == GONE
    assert began == first.sum() > 0.9 * PERSONS
    for weeks, ended in ((13, 0.26), (52, 0.50)):
        assert abs(z_of((status[weeks, first] == OUT).sum(), began, ended)) < LIMIT
    for weeks in (1, 5, 30):  # and in between, piecewise exponential
        hazard = END[0] * min(weeks, 13) + END[13] * max(weeks - 13, 0)
        assert abs(z_of((status[weeks, first] == OUT).sum(), began, 1 - np.exp(-hazard))) < LIMIT


@pytest.mark.parametrize("returns", [0.0, 0.3, 1.0])
def test_the_share_that_comes_back_is_as_given(returns: float) -> None:
    """Of the jobs that ended in their first week the share `returns` leads back: |z| < LIMIT, exact at 0 and 1."""
    world = run(hired_at_once(returns=returns, end_intensity={0: 0.5}), [0])
    began = counts_of(world)["exit_job"][0].sum()
    status = status_of(world.register.codes)
    out, came_back = (status[1] == OUT).sum(), counts_of(world)["returned"][1].sum()
    ended = out + came_back
    assert abs(z_of(ended, began, 1 - np.exp(-0.5))) < LIMIT
    if returns in (0.0, 1.0):
        assert came_back == returns * ended
    else:
        assert abs(z_of(came_back, ended, returns)) < LIMIT


def test_hours_belong_to_the_job() -> None:
    """Hours are drawn by their shares when a job begins, stay, and are 0 out of work."""
    world = run(hired_at_once(), [0])
    hours, status = world.register.hours, status_of(world.register.codes)
    assert hours is not None
    in_job = status == GONE
    assert ((hours > 0) == in_job).all()
    assert abs(z_of((hours[0, in_job[0]] == 15).sum(), in_job[0].sum(), 0.25)) < LIMIT
    stays = in_job[:20].all(axis=0)
    assert (hours[:20, stays] == hours[0, stays]).all()
