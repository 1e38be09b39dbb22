"""Who sits with whom at group meetings, and when it is their turn: by priority and lot, beside talks, with partners."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.meetings import Meetings
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.helpers import counts_of, make, samtaler

STAY = {"job": {"level": 0.0}}
ONCE = [{"weeks": 100}]


def together(channel: Any, desk: list[int], priority: list[int], partner: list[int] | None = None) -> tuple[Any, Any]:
    """Who sits down first at the meeting of each, and for whom there are too few, by two channels: talks with one, and
    meetings of two or three."""
    rules = Meetings(
        [Channel(minutes={30: 1.0}, attendance=1.0), Channel(minutes={90: 1.0}, attendance=1.0, seats=3, seats_min=2)]
    )
    partners = None if partner is None else np.array(partner)
    first, too_few = rules.put_together(np.array(channel), np.array(desk), partners, np.array(priority))
    return first.tolist(), too_few.tolist()


def test_they_sit_down_in_order_of_priority_and_of_lot() -> None:
    """At desk 0 the order of the seven is 1 4 6 | 0 3 | and 2, 5 talk alone; at desk 1 the only one has nobody."""
    first, too_few = together([1, 1, 0, 1, 1, 0, 1, 1], [0, 0, 0, 0, 0, 0, 0, 1], [2, 0, 0, 2, 1, 9, 1, 0])
    assert first == [0, 1, 2, 0, 1, 5, 1, 7]
    assert too_few == [False] * 7 + [True]


def test_who_needs_a_partner_meets_with_those_who_need_the_same_one() -> None:
    first, too_few = together([1] * 5, [0] * 5, [0] * 5, [-1, 3, 3, -1, 2])
    assert first == [0, 1, 1, 0, 4] and too_few == [False] * 4 + [True]


def test_a_joint_meeting_takes_both_desks_once() -> None:
    """Eight with the a-kasse, whose minutes are enough for one meeting; the talk is due once."""
    world = run(joint(90), [0])
    assert np.array(world.register.minutes_used).tolist() == [[0, 0], [90, 90], [0, 0]]
    refused = run(joint(89), [0])
    assert counts_of(refused)["no_partner"][1:].sum(axis=1).tolist() == [8, 8]
    assert not np.array(refused.register.minutes_used).any()


def joint(minutes_of_partner: int) -> Scenario:
    """Eight ledige are due for one meeting at which the a-kasse sits in."""
    talks = samtaler({"talks": [{"week": 1, "partner": "a_kasse"}]})
    talks["channels"]["personlig"] |= {"minutes": 90, "seats": 8}
    partner = {"fte": 1, "minutes_per_week": minutes_of_partner, "takes_cases": False}
    teams = {"team": {"fte": 1, "minutes_per_week": 90}, "a_kasse": partner}
    return make(weeks=3, intake={"persons": 8, "weeks": 1}, exits=STAY, teams=teams, interventions={"samtaler": talks})


def beside_talks(of_group: Any, of_talks: int, minutes: int = 60) -> World:
    """Four are due for a meeting of 50 minutes, four for talks of 30 each, in some week, at one desk; both once."""
    talks = samtaler()
    talks["channels"]["gruppe"] = {"minutes": 50, "attendance": 1.0, "seats": 4}
    plan = {**talks["plans"].pop("plan"), "every": ONCE}
    talks["plans"] = {
        "g": {**plan, "arms": ["g"], "channel": "gruppe", "first_week": of_group},
        "i": {**plan, "arms": ["i"], "first_week": of_talks},
    }
    return run(
        make(
            weeks=6, arms={"g": 1, "i": 1}, allocation="blocked", intake={"persons": 8, "weeks": 1}, exits=STAY,
            teams={"team": {"fte": 1, "minutes_per_week": minutes}}, interventions={"samtaler": talks},
        ),
        [0],
    )  # fmt: skip


def held_by_arm(world: World) -> list[list[int]]:
    """Talks held in weeks 1 to 4, of those who meet, and of the others."""
    held: NDArray[np.int64] = counts_of(world)["held"]
    return held[1:5].T.tolist()


def test_a_meeting_stands_in_line_with_talks() -> None:
    """60 minutes hold the meeting or two talks, in the order in which they fell due."""
    assert held_by_arm(beside_talks(1, 2)) == [[4, 0, 0, 0], [0, 2, 2, 0]]
    assert held_by_arm(beside_talks(2, 1)) == [[0, 0, 4, 0], [2, 2, 0, 0]]


def test_a_meeting_is_as_urgent_as_its_most_urgent_member() -> None:
    """One has waited since week 1 for others, and four talks are due with these in week 2: of 110 minutes the meeting
    takes 50, before any of the talks, and two of them 60."""
    world = run(urgent(), [0])
    assert counts_of(world)["held"][:4].tolist() == [[0, 0, 0], [0, 0, 0], [1, 3, 2], [0, 0, 2]]


def urgent() -> Scenario:
    """One (a) is due for a meeting of two or more in week 1, three more (b) in week 2, when four talks (c) are, too."""
    talks = samtaler()
    talks["channels"]["gruppe"] = {"minutes": 50, "attendance": 1.0, "seats": 4, "seats_min": 2}
    plan = {**talks["plans"].pop("plan"), "every": ONCE}
    talks["plans"] = {
        "a": {**plan, "arms": ["a"], "channel": "gruppe", "first_week": 1},
        "b": {**plan, "arms": ["b"], "channel": "gruppe", "first_week": 2},
        "c": {**plan, "arms": ["c"], "first_week": 2},
    }
    return make(
        weeks=6, arms={"a": 1, "b": 3, "c": 4}, allocation="blocked", intake={"persons": 8, "weeks": 1}, exits=STAY,
        teams={"team": {"fte": 1, "minutes_per_week": 110}}, interventions={"samtaler": talks},
    )  # fmt: skip
