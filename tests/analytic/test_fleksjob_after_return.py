"""What is not forgotten after a return: whom a broker has sent back, and who was in a job for a while."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.results.measures.replication import simulate
from simulation.week import run
from tests.health import BROKERED, broker, fleksjob
from tests.offers import JOBS, cohort, weekly

FEE = {"fixed": 0.25, "first_trial": 0.15, "two_months": 0.3, "four_months": 0.3}
ARMS = {"arms": {"andre": 1, "kommunen": 1}}


def two(**andre: Any) -> Any:
    brokers = {
        "andre": broker(arms=["andre"], team="aktoer", returned=1.0, returns_to="kommune", **andre),
        "kommune": broker(arms=["kommunen"]),
    }
    return cohort(100, 30, {**BROKERED, **ARMS}, f=fleksjob(brokers))


def test_a_broker_is_not_paid_for_the_jobs_of_the_one_who_took_its_misfits_back() -> None:
    """All are sent back in week 0; the municipality creates every job. The actor has earned the fixed part only."""
    outcomes = simulate(two(fee=FEE), [0])[0].outcomes
    assert outcomes["f_created", "andre", None] == 0
    assert outcomes["f_fee_share", "andre", None] == pytest.approx(0.25)


def test_no_weekly_work_is_left_for_whom_the_municipality_brokers_itself() -> None:
    """`weekly`: 'for one ledig in a week of brokering' by another one; sent back in week 0, nobody is any more."""
    scenario = two(leaves_work={"team": "team", "weekly": 1})
    data = scenario.model_dump(exclude_none=True)
    data["interventions"]["f"]["brokers"]["kommune"]["opens"] = 0.0
    world = run(type(scenario).model_validate(data), [0])
    assert sum(weekly(world, "f_left_work")[1:]) == 0


def test_who_comes_back_before_she_was_clarified_is_judged_all_the_same() -> None:
    """Nobody matches, clarification takes 5 weeks: whoever is back from a short job in week 2 is judged at once."""
    exits = {**BROKERED["exits"], "job": {"level": 5.0, "duration": {"log_slope": -1.0, "until_week": 50}}}
    spells = {**JOBS, "end_intensity": {0: 5.0}, "returns": 1.0}
    settings = fleksjob({"kommune": broker(no_match=1.0, clarification_weeks=5)})
    world = run(cohort(50, 4, {**BROKERED, "exits": exits, "job_spells": spells}, f=settings), [0])
    assert sum(weekly(world, "f_approaches")) == 0


def test_the_parts_of_a_fee_are_not_rounded() -> None:
    """0.0625 of the fee is paid as 62 in a thousand."""
    fee = {"fixed": 0.0625, "first_trial": 0.0, "two_months": 0.0, "four_months": 0.9375}
    outcomes = simulate(cohort(10, 2, BROKERED, f=fleksjob({"kommune": broker(fee=fee)})), [0])[0].outcomes
    assert outcomes["f_fee_share", "alle", None] == pytest.approx(0.0625)
