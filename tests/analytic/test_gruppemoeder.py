"""Group meetings: one caseworker's minutes once, several ledige, and each of them comes or stays away by herself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.interventions.parts.talks import Talks
from simulation.opening import build, open_interventions
from simulation.results.measures.replication import simulate
from simulation.scenario.expected_load import expected_load
from simulation.scenario.schema import Scenario
from simulation.week import run, start_routines
from simulation.world.register import talk_of
from simulation.world.spec import WEEK
from simulation.world.world import World
from tests.helpers import LIMIT, counts_of, make, samtaler, team_counts_of

STAY = {"job": {"level": 0.0}}


def meetings(
    persons: int, minutes_per_week: int, team: dict[str, Any] | None = None, weeks: int = 8, **channel: Any
) -> Scenario:
    """Everybody stays, and is due every week for a meeting of 90 minutes with eight seats, or as said otherwise."""
    talks = samtaler(attendance=channel.pop("attendance", 1.0)) | channel.pop("talks", {})
    talks["channels"]["personlig"] |= {"minutes": 90, "seats": 8, **channel}
    return make(
        weeks=weeks,
        intake={"persons": persons, "weeks": 1},
        exits=STAY,
        teams={"team": {"fte": 1, "minutes_per_week": minutes_per_week, **(team or {})}},
        interventions={"samtaler": talks},
    )


def weekly(world: World, count: str) -> list[int]:
    """A count of everybody, week by week from the first in which anybody is due."""
    return [int(n) for n in counts_of(world)[count].sum(axis=1)[1:]]


def used(world: World) -> list[int]:
    """Minutes used, in the same weeks."""
    return [int(minutes.sum()) for minutes in world.register.minutes_used][1:]


# --- minutes ------------------------------------------------------------------------------------------------------


def test_eight_due_are_one_meeting() -> None:
    world = run(meetings(8, 100), [0])
    assert weekly(world, "held") == [8] * 7 and used(world) == [90] * 7


def test_of_nine_one_waits_where_there_is_time_for_one_meeting() -> None:
    """Who waited is longest overdue, and so at the next meeting: the two with the worst lots wait in turn."""
    world = run(meetings(9, 179), [0])
    assert weekly(world, "held") == [8] * 7 and weekly(world, "no_time") == [1] * 7 and used(world) == [90] * 7
    talks = (talk_of(world.register.codes)[1:] > 0).sum(axis=0)
    assert sorted(talks.tolist()) == [3, 4] + [7] * 7


def test_of_nine_one_sits_alone_where_there_is_time_for_two() -> None:
    world = run(meetings(9, 180), [0])
    assert weekly(world, "held") == [9] * 7 and used(world) == [180] * 7


def test_preparation_and_notes_are_taken_once() -> None:
    """90 + 20 + 10 for eight; one minute less, and there is none."""
    around = {"preparation_minutes": 20, "documentation_minutes": 10}
    assert used(run(meetings(8, 120, **around), [0])) == [120] * 7
    assert used(run(meetings(8, 119, **around), [0])) == [0] * 7


def test_extra_minutes_of_each_are_added() -> None:
    """Longer talks with three of them make the meeting longer by three times as much."""
    scenario = meetings(8, 105)
    world = build(scenario, [0])
    interventions = open_interventions(scenario, world)
    world.part(Talks).lengthen(np.array([1, 4, 6]), 5)
    start_routines(world, interventions, check_invariants=True)
    world.env.run(until=scenario.weeks * WEEK)
    assert used(world) == [105] * 7 and weekly(world, "held") == [8] * 7


def test_minutes_by_use_add_up_to_those_used() -> None:
    """Two teams, one with talks of one ledig each: preparation, notes, outreach, held and no-shows are all there is."""
    talks = samtaler(attendance=0.4)
    talks["attendance"] = {"rebooking_minutes": 7}
    around = {"preparation_minutes": 4, "documentation_minutes": 9}
    talks["channels"]["personlig"] |= around
    talks["channels"]["gruppe"] = {"minutes": 60, "attendance": 0.3, "seats": 3, **around}
    plan = talks["plans"].pop("plan")
    talks["plans"] = {
        "g": {**plan, "arms": ["g"], "team": "grupper", "channel": "gruppe"}, "i": {**plan, "arms": ["i"]},
    }  # fmt: skip
    teams = {
        "team": {"fte": 1, "minutes_per_week": 700},
        "grupper": {"fte": 2, "minutes_per_week": 300, "caseload": "personal"},
    }
    scenario = make(
        weeks=10, arms={"g": 1, "i": 1}, intake={"persons": 60, "weeks": 1}, exits=STAY, teams=teams,
        interventions={"samtaler": talks},
    )  # fmt: skip
    world = run(scenario, [0, 1])
    counts = team_counts_of(world)
    parts = ("preparation", "documentation", "outreach", "held", "no_show")
    by_use = sum(counts[f"minutes_{part}"] for part in parts)
    assert (by_use == np.array(world.register.minutes_used)).all()
    assert all(counts[f"minutes_{part}"][:, team].sum() > 0 for part in parts for team in (0, 1))
    assert (counts["minutes_no_show"][:, 1] % 60 == 0).all()  # a whole meeting, to which nobody came
    together = counts["minutes_held"][:, 1] + counts["minutes_no_show"][:, 1]
    assert (together == 60 * counts["minutes_preparation"][:, 1] / 4).all()


# --- who comes ----------------------------------------------------------------------------------------------------


def test_each_stays_away_by_herself() -> None:
    """Who comes to a meeting of eight is binomial, in mean and in variance: had they one luck, it would be eight times
    as large."""
    worlds, p = 400, 0.6
    held = counts_of(run(meetings(8, 90, weeks=2, attendance=p), range(worlds)))["held"][1].astype(float)
    assert abs(held.sum() - worlds * 8 * p) / np.sqrt(worlds * 8 * p * (1 - p)) < LIMIT
    each = 8 * p * (1 - p)
    dispersion = ((held - 8 * p) ** 2).sum() / each
    assert abs(dispersion - worlds) / np.sqrt(worlds * (2 + (1 - 6 * p * (1 - p)) / each)) < LIMIT


def test_who_stayed_away_is_rebooked_at_her_own_expense() -> None:
    """A meeting takes seven minutes more for everyone at it who did not come the last time."""
    world = run(meetings(8, 1000, attendance=0.7, talks={"attendance": {"rebooking_minutes": 7}}), [0])
    away = weekly(world, "udeblivelse")
    assert used(world) == [90 + 7 * n for n in [0, *away[:-1]]] and 0 < sum(away) < 50
    assert weekly(world, "held") == [8 - n for n in away]


def test_all_at_a_table_meet_the_same_caseworker() -> None:
    """Which of three in a team that shares its cases is drawn for the meeting; talks of one ledig draw for each."""
    quality = {"quality": {"continuity": {"first": 0.5, "full_after": 4}}}
    who: dict[int, list[int]] = {}
    for seats in (1, 8):
        world = run(meetings(8, 2000, {"fte": 3}, weeks=2, seats=seats, talks=quality), range(20))
        assert world.staff.relations is not None
        posts = world.staff.relations.post.reshape(20, 8)
        who[seats] = [len(set(row)) for row in (posts % 3).tolist()]
    assert set(who[8]) == {1} and max(who[1]) == 3


# --- too few ------------------------------------------------------------------------------------------------------


def test_one_alone_waits_for_others() -> None:
    """Nine due at tables of four, two or more at each: the ninth waits a week, and staff has refused nobody."""
    scenario = meetings(9, 10_000, seats=4, seats_min=2)
    world = run(scenario, [0])
    assert weekly(world, "too_few") == [1] * 7 and weekly(world, "no_time") == [0] * 7
    assert weekly(world, "too_few_due") == [1] * 7 and used(world) == [180] * 7
    figures = simulate(scenario, [0])[0].outcomes
    assert figures["too_few_share", "alle", None] == pytest.approx(1 / 9)
    assert figures["called_on_time_share", "alle", None] == 1 and figures["no_time_share", "alle", None] == 0
    assert figures["backlog", "alle", None] == 0


def test_who_never_has_others_is_never_called() -> None:
    world = run(meetings(1, 10_000, seats_min=2), [0])
    assert weekly(world, "too_few") == [1] * 7 and used(world) == [0] * 7


def test_without_seats_min_nobody_is_told_of_too_few() -> None:
    figures = simulate(meetings(9, 10_000), [0])[0].outcomes
    assert ("no_time_share", "alle", None) in figures and ("too_few_share", "alle", None) not in figures


# --- desks --------------------------------------------------------------------------------------------------------


def test_caseworkers_meet_their_own_cases_and_colleagues_those_of_who_is_away() -> None:
    """Two with four cases each: two meetings if both are there; if one is away, the other holds both if she may."""
    absence = {"lang": {"share": 0.5, "weeks": 5}}
    held = {}
    for substitution in ("none", "absence"):
        team = {"fte": 2, "caseload": "personal", "absence": absence, "substitution": substitution}
        world = run(meetings(8, 200, team, weeks=60), [0])
        here = (2 - np.array(world.register.absent)[1:, 0]).astype(int)
        held[substitution] = {n: set(np.array(weekly(world, "held"))[here == n].tolist()) for n in (0, 1, 2)}
        assert used(world) == (90 * np.array(weekly(world, "held")) // 4).tolist()
    assert held == {"none": {0: {0}, 1: {4}, 2: {8}}, "absence": {0: {0}, 1: {8}, 2: {8}}}


def test_a_meeting_is_not_shortened() -> None:
    """Where talks would be cut to half of their length, one of two meetings is held, in full."""
    squeeze = {"squeeze": {"shortest": 0.5, "effect": 0.2}}
    world = run(meetings(9, 100, squeeze), [0])
    assert weekly(world, "held") == [8] * 7 and used(world) == [90] * 7
    assert weekly(run(meetings(9, 450, squeeze, seats=1), [0]), "held") == [9] * 7


# --- talks with one are as they were ------------------------------------------------------------------------------


def same_run(one: Scenario, other: Scenario, happens: str) -> bool:
    """Whether two scenarios come out the same, bit for bit: registers, counts, minutes. All that should happens."""
    worlds = [run(scenario, [0, 1, 2]) for scenario in (one, other)]
    registers = [world.register for world in worlds]
    counts = [{name: count.tolist() for name, count in counts_of(world).items()} for world in worlds]
    used = [np.array(register.minutes_used) for register in registers]
    assert all(sum(map(sum, counts[0][name])) for name in happens.split())
    return (registers[0].codes == registers[1].codes).all() and counts[0] == counts[1] and (used[0] == used[1]).all()


BUSY = {
    "fte": 2.5, "caseload": "personal", "substitution": "busy", "absence": {"kort": {"share": 0.2, "weeks": 2}},
    "squeeze": {"shortest": 0.6, "effect": 0.5},
}  # fmt: skip


def test_one_seat_is_a_talk() -> None:
    """A channel that says so is the channel that says nothing, whatever becomes of talks."""
    one_seat = meetings(50, 300, BUSY, weeks=20, attendance=0.7, seats=1, minutes={20: 0.5, 40: 0.5})
    plain = samtaler(minutes={20: 0.5, 40: 0.5}, attendance=0.7)
    without = make(
        weeks=20, intake={"persons": 50, "weeks": 1}, exits=STAY,
        teams={"team": {"minutes_per_week": 300, **BUSY}}, interventions={"samtaler": plain},
    )  # fmt: skip
    assert same_run(one_seat, without, "held udeblivelse no_time covered")


def test_a_meeting_to_which_nobody_else_is_due_is_a_talk() -> None:
    """One case for each caseworker: eight seats, or one, come out the same, with no-shows, outreach and absence."""
    team = {**BUSY, "fte": 30, "caseload_limit": 1, "squeeze": None, "substitution": "none"}
    one, eight = (
        meetings(
            30, 60, team, 20, seats=seats, minutes=40, attendance=0.7, talks={"attendance": {"rebooking_minutes": 9}}
        )
        for seats in (1, 8)
    )
    assert same_run(one, eight, "held udeblivelse away")


# --- what is said before a run ------------------------------------------------------------------------------------


def test_check_reckons_with_full_meetings() -> None:
    """80 due every week at tables of eight: ten meetings of 90 + 6 + 4 minutes."""
    scenario = meetings(80, 2000, preparation_minutes=6, documentation_minutes=4)
    load = expected_load(scenario, "by")["team"]
    assert load.minutes[2] == pytest.approx(1000) and load.talks[2] == pytest.approx(80)
