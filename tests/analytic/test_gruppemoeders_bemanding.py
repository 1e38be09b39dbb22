"""How much staff group meetings take, said after a run (`staff_needed`) and before it (`check`)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.enough_staff import in_time
from simulation.scenario.expected_load import expected_load
from simulation.scenario.schema import Scenario
from simulation.week import run
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


# --- before a run -------------------------------------------------------------------------------------------------


def weekly(persons: int, team: dict[str, Any], plan: dict[str, Any] | None = None, **channel: Any) -> Scenario:
    """Everybody is due every week for a meeting of 50 minutes, 60 with what is beside it; there is time for all."""
    talks = samtaler({"channel": "gruppe", **(plan or {"every": [{"weeks": 1}]})})
    talks["channels"]["gruppe"] = {
        "minutes": 50, "attendance": 1.0, "preparation_minutes": 6, "documentation_minutes": 4, **channel
    }  # fmt: skip
    teams = {
        "team": {"fte": 4, "minutes_per_week": 10_000, **team},
        "a_kasse": {"fte": 1, "minutes_per_week": 10_000, "takes_cases": False},
    }
    return make(
        weeks=5, intake={"persons": persons, "weeks": 1}, exits=STAY, teams=teams, interventions={"samtaler": talks}
    )


PERSONAL = {"caseload": "personal"}


@pytest.mark.parametrize(
    ("persons", "team", "seats", "seats_min", "tables"),
    [
        (80, {}, 8, 1, 10),
        (3, {}, 8, 1, 1),
        (8, PERSONAL, 8, 1, 4),
        (3, PERSONAL, 8, 1, 3),
        (20, PERSONAL, 2, 1, 12),
        (32, PERSONAL, 8, 8, 4),
        (1, PERSONAL, 1, 1, 1),
    ],
)
def test_the_minutes_reckoned_are_those_that_a_run_uses(
    persons: int, team: dict[str, Any], seats: int, seats_min: int, tables: int
) -> None:
    """Where everybody comes: full meetings where desks are one, at least one at every desk where cases are personal."""
    scenario = weekly(persons, team, seats=seats, seats_min=seats_min)
    assert reckoned(scenario) == {"team": pytest.approx(60 * tables), "a_kasse": 0}
    assert used(scenario) == {"team": 60 * tables, "a_kasse": 0}


def test_meetings_that_are_put_off_are_not_reckoned_every_week() -> None:
    """Two cases at each of four desks, and tables of four or more: at most two a week."""
    assert reckoned(weekly(8, PERSONAL, seats=8, seats_min=4))["team"] == pytest.approx(120)


def test_a_partner_sits_at_every_table() -> None:
    scenario = weekly(8, PERSONAL, {"every": None, "talks": [{"week": 2, "partner": "a_kasse"}]}, seats=8)
    assert reckoned(scenario) == used(scenario) == {"team": 240, "a_kasse": 240}


def test_a_listed_talk_is_reckoned_by_its_own_channel() -> None:
    """80 in meetings of eight, not in 80 talks; or in talks with notes, of which a fifth are called for in vain."""
    listed = {"channel": "personlig", "every": None, "talks": [{"week": 2, "channel": "gruppe"}]}
    scenario = weekly(80, {}, listed, seats=8)
    assert reckoned(scenario) == used(scenario) == {"team": 600, "a_kasse": 0}
    load = expected_load(weekly(80, {}, listed, attendance=0.8), "by")["team"]
    assert load.talks[2:4] == pytest.approx([80, 16]) and load.minutes[2:4] == pytest.approx([4800, 960])
    listed = {"channel": "gruppe", "every": None, "talks": [{"week": 2, "channel": "personlig"}]}
    load = expected_load(weekly(80, {}, listed, attendance=0.8), "by")["team"]
    assert load.talks[2] == pytest.approx(80) and load.minutes[2] == pytest.approx(2400)


def test_part_of_the_talks_are_meetings() -> None:
    """Half of 80: five meetings of 60 minutes, and 40 talks of 30."""
    plan = {"channel": "personlig", "other_channel": {"channel": "gruppe", "from_week": 0, "share": 0.5}}
    plan |= {"every": [{"weeks": 1}]}
    assert reckoned(weekly(80, {}, plan, seats=8))["team"] == pytest.approx(5 * 60 + 40 * 30)


def reckoned(scenario: Scenario) -> dict[str, float]:
    """Minutes in week 2, by what is said before a run."""
    return {name: float(load.minutes[2]) for name, load in expected_load(scenario, "by").items()}


def used(scenario: Scenario) -> dict[str, int]:
    """Minutes in week 2, in a run."""
    minutes = np.ravel(run(scenario, [0]).register.minutes_used[2])
    return {name: int(of_team) for name, of_team in zip(scenario.teams, minutes, strict=True)}
