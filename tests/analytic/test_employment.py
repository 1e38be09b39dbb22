"""Employed is who has one paid hour or more, wherever it is worked and whichever outcome says so.

Everything is exact: by hand where all ledige are alike, else counted in the register of paid hours.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.months import begins
from simulation.results.measures.replication import Replication, summarise
from simulation.results.names import Names
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of
from tests.health import delvis
from tests.helpers import praktik
from tests.offers import JOBS, bureau, cohort, loentilskud, vikar

WEEKS = 20
SMALL = {**JOBS, "beside_benefit": {"at_entry": 1.0, "begins": 0.0, "ends": 0.0, "hours": 5}}
ASSIGNMENT = vikar(bureaus={"temp": bureau(length_weeks=WEEKS)})


def measured(scenario: Scenario) -> tuple[np.ndarray, np.ndarray, Replication]:
    """Paid hours by week and ledig, who is on benefit in week 0 and so referred in it, and the figures."""
    world = run(scenario, [0])
    assert world.register.hours is not None
    (replication,) = summarise(scenario, [0], world, 0.0)
    return world.register.hours.astype(int), status_of(world.register.codes[0]) == LEDIG, replication


WAYS: dict[str, tuple[dict[str, Any], dict[str, Any], int]] = {
    "beside benefit": (SMALL, {"p": praktik()}, 5),
    "on an assignment": (JOBS, {"p": ASSIGNMENT}, 20),
    "partly back at work": (JOBS, {"d": delvis(hours={0: 10}), "p": praktik()}, 10),
    "nowhere": (JOBS, {"p": praktik()}, 0),
    "in løntilskud, which is not employment": (JOBS, {"p": loentilskud(length_weeks=WEEKS)}, 0),
}
"""Job spells, interventions, and the hours that everybody has in every week; months are counted from referral to p."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("leave", [False, True])
def test_paid_work_counts_alike_wherever_it_is(way: str, leave: bool) -> None:
    """Everybody stays on benefit, or some leave for jobs of 37 hours: weeks, hours, shares and months are those of the
    register of hours, and of nothing else."""
    spells, interventions, hours = WAYS[way]
    changes = {"job_spells": spells, "months_from": "p", "exits": {"job": {"level": 0.1 if leave else 0.0}}}
    paid, referred, replication = measured(cohort(300, WEEKS, changes, **interventions))
    found, works = replication.outcomes, paid > 0
    assert set(np.unique(paid)) == ({hours, 37} if leave else {hours})
    assert found["weeks_employed", "alle", None] == works.sum() / 300
    assert found["hours", "alle", None] == paid.sum() / 300
    for week in range(WEEKS):
        assert found["employed_share", "alle", week] == works[week].mean()
    for month in range(4):
        assert found["observed_month", "alle", month] == np.count_nonzero(referred)
        in_month = works[begins(month) : begins(month + 1), referred].any(axis=0)
        assert found["employed_month", "alle", month] == in_month.mean()
    assert found["ever_employed", "alle", None] == works[:, referred].any(axis=0).mean()


def test_every_definition_of_employment_says_the_same() -> None:
    """One paid hour or more, and where it may be worked."""
    names = Names(cohort(10, WEEKS, {"job_spells": JOBS}, p=praktik()))
    for outcome in ("employed_share", "weeks_employed", "employed_month", "ever_employed"):
        assert "one paid hour or more (in a job after leaving benefit, beside benefit, on an assign" in names.meaning(
            outcome
        ).definition
