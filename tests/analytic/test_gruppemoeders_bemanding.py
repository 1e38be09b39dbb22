"""How much staff group meetings take, said after a run (`staff_needed`) and before it (`check`)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.results.needed_staff import in_time
from simulation.scenario.schema import Scenario
from tests.helpers import make, samtaler

STAY = {"job": {"level": 0.0}}


def once(persons: int, minutes_per_week: int, weeks: int = 40, **channel: Any) -> Scenario:
    """Everybody is due for one meeting of 80 minutes, a week after she came; some come every week."""
    talks = samtaler({"talks": [{"week": 1}]}, minutes=80)
    talks["channels"]["personlig"] |= channel
    return make(
        weeks=weeks, intake={"persons": persons, "weeks": weeks - 6}, exits=STAY, interventions={"samtaler": talks},
        teams={"team": {"fte": 1, "caseworkers": 2, "minutes_per_week": minutes_per_week}},
    )  # fmt: skip


# --- after a run --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("least", (1, 2, 4))
def test_who_waits_for_others_asks_for_her_minutes_when_there_are_enough(least: int) -> None:
    """There is time for every meeting and everybody comes: all minutes used are minutes newly asked for, whether the
    meeting is called at once or when four are due."""
    staff = simulate(once(60, 10_000, seats=4, seats_min=least), [0])[0].staff
    assert (staff.fresh.sum(axis=1) == staff.minutes_used.sum(axis=(1, 2))).all() and staff.fresh.any()
    assert not staff.again.any()


def test_enough_staff_for_meetings_that_some_wait_for() -> None:
    """One comes a week, and a meeting of two or more is called every other week: 80 minutes hold all of them in time,
    and with 79 nobody is ever met."""
    for minutes, in_their_week in ((80, 1.0), (79, 0.0)):
        staff = simulate(once(34, minutes, seats=2, seats_min=2), [0])[0].staff
        there, fresh, again = (
            np.array(each, dtype=float)[:, None] for each in (staff.at_desk, staff.fresh, staff.again)
        )
        assert staff.minutes_used.sum() == 17 * 80 * in_their_week
        assert (in_time(there, fresh, again, np.ones((1, 1)))[0, 0] == 1.0) == bool(in_their_week)


def test_who_was_refused_before_she_lacked_others_asks_for_nothing_new() -> None:
    """Two are due for a meeting in week 1, and there is no time for it. One of them (b) is due no more, and the other
    (a) alone until a third (c) is, in week 4: only what the third takes of their meeting, one half, is new then."""
    talks = samtaler(minutes=80)
    talks["channels"]["personlig"] |= {"seats": 2, "seats_min": 2}
    plan = {**talks["plans"].pop("plan"), "every": [{"weeks": 1}]}
    talks["plans"] = {
        "a": {**plan, "arms": ["a"], "first_week": 1},
        "b": {**plan, "arms": ["b"], "first_week": 1, "until_week": 2},
        "c": {**plan, "arms": ["c"], "first_week": 4},
    }
    scenario = make(
        weeks=7, arms={"a": 1, "b": 1, "c": 1}, allocation="blocked", intake={"persons": 3, "weeks": 1}, exits=STAY,
        teams={"team": {"fte": 1, "caseworkers": 2, "minutes_per_week": 79}}, interventions={"samtaler": talks},
    )  # fmt: skip
    assert simulate(scenario, [0])[0].staff.fresh.sum(axis=1).tolist() == [0, 80, 0, 0, 40, 0, 0]
