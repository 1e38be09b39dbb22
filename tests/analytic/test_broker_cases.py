"""Limits on brokers' cases: who is served when, and who waits (row 002:39 of what the evaluations ask). All exact."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.results.measures.replication import simulate
from simulation.scenario.load import load
from simulation.week import run
from tests.health import BROKERED, broker, fleksjob
from tests.helpers import counts_of
from tests.offers import cohort, total, weekly

SHIPPED = Path(__file__).parents[2] / "scenarios"


def test_as_many_as_there_is_room_for_the_others_after_them() -> None:
    """Ten at a time: judged after two weeks, hired at once, gone in the third; so ten come in every third week."""
    settings = fleksjob({"kommune": broker(clarification_weeks=2, limit=10)})
    scenario = cohort(35, 14, BROKERED, f=settings)
    world = run(scenario, [0])
    assert weekly(world, "f_cases") == [10, 0, 0, 10, 0, 0, 10, 0, 0, 5, 0, 0, 0, 0]
    assert weekly(world, "f_created") == [0, 0, 0, 10, 0, 0, 10, 0, 0, 10, 0, 0, 5, 0]
    assert weekly(world, "f_waiting") == [25, 25, 25, 15, 15, 15, 5, 5, 5, 0, 0, 0, 0, 0]
    outcomes = simulate(scenario, [0])[0].outcomes
    assert outcomes["f_wait", "alle", None] == (10 * 3 + 10 * 6 + 5 * 9) / 35
    assert outcomes["f_wait_all", "alle", None] == pytest.approx(outcomes["f_wait", "alle", None])


def test_room_for_all_changes_nothing() -> None:
    """The same register and counts as without a limit; but for what a limit itself counts."""
    brokers = {"kommune": broker(clarification_weeks={0: 0.5, 3: 0.5}, opens=0.2, no_match=0.2, trial=0.5)}
    without = run(cohort(200, 20, BROKERED, f=fleksjob(brokers)), [0])
    brokers["kommune"] = {**brokers["kommune"], "limit": 200}
    roomy = run(cohort(200, 20, BROKERED, f=fleksjob(brokers)), [0])
    assert np.array_equal(without.register.codes, roomy.register.codes)
    counts = counts_of(without)
    assert all(np.array_equal(counts[name], counts_of(roomy)[name]) for name in counts)
    assert total(roomy, "f_wait") == 0 and total(roomy, "f_cases") == 200


def test_nobody_is_served_where_there_is_no_room() -> None:
    """A limit of 0: nobody is known, judged, approached for or held back; `check` says so with the arithmetic."""
    settings = fleksjob({"kommune": broker(limit=0)}, during={"pension": 0.0})
    exits = {**BROKERED["exits"], "pension": {"level": 0.1}}
    scenario = cohort(100, 10, {**BROKERED, "exits": exits}, f=settings)
    world = run(scenario, [0])
    assert total(world, "f_approaches") == total(world, "f_cases") == 0 < total(world, "exit_pension")
    assert total(world, "f_left_waiting") == total(world, "exit_pension")
    said = [message for _, message in scenario.interventions["f"].doubts(scenario)]
    assert any("kommune works with 0 of about 100 at a time: the others wait" in message for message in said)


def test_a_jobcentre_has_no_limit_of_its_own_where_there_is_none() -> None:
    settings, own = (Fleksjob.model_validate(fleksjob({"k": broker(**more)})) for more in ({}, {"limit": 5}))
    assert [path for path, _ in settings.unlike(own)] == [("brokers", "k", "limit")]
    assert not list(own.unlike(settings))


def test_row_002_39_thirty_citizens_per_broker() -> None:
    """Twice as many citizens, thirty at a time with each broker: half of them wait at first, many never get room."""
    scenario = load(SHIPPED / "hvad_hvis" / "fleksjob_graense_30.yaml").scenario
    world = run(scenario, [0])
    assert weekly(world, "fleksjob_cases")[0] == 4 * 2 * 30 and 225 < weekly(world, "fleksjob_waiting")[0] <= 240
    assert 240 < total(world, "fleksjob_cases") < 420
