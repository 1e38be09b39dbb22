"""Who holds talks: turns on one clock, plans that follow offers, registration, travel, the same partner, and the time
of mentors and coordinators. Everything that follows from the settings is exact; shares: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.week import run
from simulation.world.register import talk_of
from simulation.world.world import World
from tests.helpers import LIMIT, praktik, samtaler, team_counts_of, week_by_week
from tests.offers import cohort, koordineret, mentor, total, weekly

PLENTY = 100_000
TEAMS: dict[str, Any] = {
    "team": {"fte": 4, "minutes_per_week": PLENTY},
    "konsulenter": {"fte": 4, "minutes_per_week": PLENTY, "takes_cases": False},
    "projekt": {"fte": 1, "minutes_per_week": PLENTY},
}


def world_of(persons: int, weeks: int, talks: dict[str, Any], teams: dict[str, Any] = TEAMS, **more: Any) -> World:
    """Ledige who all come in week 0 and stay, with these talks."""
    return run(cohort(persons, weeks, {"teams": teams}, samtaler=talks, **more), [0])


def by_team(world: World, what: str) -> list[list[int]]:
    """A count of every team, week by week."""
    return np.asarray(team_counts_of(world)[what]).T.tolist()


def test_teams_take_turns_on_one_clock() -> None:
    """A talk every week all the same: three teams hold every third one, beginning with the first; the cases stay."""
    world = world_of(20, 10, samtaler({"every": [{"weeks": 1}], "turns": ["konsulenter", "team", "projekt"]}))
    assert weekly(world, "held") == [0] + [20] * 9
    team, konsulenter, projekt = by_team(world, "held")
    assert konsulenter == [0, 20, 0, 0, 20, 0, 0, 20, 0, 0]
    assert team == [0, 0, 20, 0, 0, 20, 0, 0, 20, 0]
    assert projekt == [0, 0, 0, 20, 0, 0, 20, 0, 0, 20]
    assert [cases.tolist() for cases in world.register.cases] == [[20, 0, 0]] * 10


def test_the_turn_moves_on_with_held_talks_alone() -> None:
    """Calls that nobody answers are made again by the same team; with half coming, as many weeks have a talk as with
    one team, and each of two teams holds half of the talks: those of a ledig one after the other."""
    persons, weeks = 2000, 12
    talks = samtaler({"every": [{"weeks": 1}], "turns": ["konsulenter", "team"]}, attendance=0.5)
    world = world_of(persons, weeks, talks)
    team, konsulenter, _ = (np.array(held) for held in by_team(world, "held"))
    alone = world_of(persons, weeks, samtaler(attendance=0.5))
    assert (team + konsulenter).tolist() == weekly(alone, "held")  # the luck of coming is hers, whoever calls
    assert team[1] == 0 and konsulenter[1] == weekly(alone, "held")[1]
    # of two calls the second is by the team if the first was held, so held by it with chance 1/4
    z = (team[2] - persons / 4) / np.sqrt(persons * 3 / 16)
    assert abs(z) < LIMIT
    held = (talk_of(world.register.codes) == 1).sum(axis=0)
    assert (held // 2).sum() == team.sum()


def test_another_team_alone_holds_all_talks_beside_the_case() -> None:
    world = world_of(15, 6, samtaler({"every": [{"weeks": 2}], "turns": ["konsulenter"]}))
    assert by_team(world, "held")[1] == [0, 15, 0, 15, 0, 15]
    assert world.register.cases[-1].tolist() == [15, 0, 0]


def handed_over(then: dict[str, Any], back: dict[str, Any], **plan: Any) -> dict[str, Any]:
    """Talks every week with the team; another plan while in praktik."""
    return {
        **samtaler(),
        "plans": {
            "plan": {"arms": ["alle"], "team": "team", "channel": "personlig", "every": [{"weeks": 1}], "then": then},
            "i_praktik": {"team": "projekt", "channel": "personlig", "every": [{"weeks": 1}], "then": back, **plan},
        },
    }


def test_a_plan_follows_an_offer_and_goes_back() -> None:
    """Praktik of four weeks begins on torsdag of week 3 and ends on onsdag of week 7: from mandag of week 4 to that of
    week 8 the other team has the case, and holds the talk of every week."""
    talks = handed_over({"plan": "i_praktik", "begins": ["praktik"]}, {"plan": "plan", "ends": ["praktik"]})
    offer = praktik(ready_week=3, length_weeks=4)
    world = world_of(30, 12, talks, praktik=offer)
    team, _, projekt = by_team(world, "held")
    assert projekt == [0, 0, 0, 0, 30, 30, 30, 30, 0, 0, 0, 0]
    assert team == [0, 30, 30, 30, 0, 0, 0, 0, 30, 30, 30, 30]
    assert [cases.tolist() for cases in world.register.cases] == [[30, 0, 0]] * 4 + [[0, 0, 30]] * 4 + [[30, 0, 0]] * 4


def test_a_full_team_lets_who_comes_over_wait() -> None:
    """The konsulenter have room for ten: the others wait, and have no talk, until their praktik ends."""
    teams = {**TEAMS, "projekt": {"fte": 1, "minutes_per_week": PLENTY, "caseload_limit": 10}}
    talks = handed_over({"plan": "i_praktik", "begins": ["praktik"]}, {"plan": "plan", "ends": ["praktik"]})
    world = world_of(30, 10, talks, teams, praktik=praktik(ready_week=3, length_weeks=4))
    assert by_team(world, "held")[2] == [0, 0, 0, 0, 10, 10, 10, 10, 0, 0]
    assert weekly(world, "no_caseworker") == [0, 0, 0, 0, 20, 20, 20, 20, 0, 0]


def test_what_is_not_registered_is_held_all_the_same() -> None:
    """A quarter is not in the register, and all are counted as held, take time, and count towards the next."""
    persons = 3000
    scenario = cohort(persons, 9, samtaler=samtaler({"every": [{"weeks": 2}], "unregistered": 0.25}))
    world = run(scenario, [0])
    assert weekly(world, "held") == [0, persons] * 4 + [0]
    assert [int(used[0]) for used in world.register.minutes_used] == [0, 30 * persons] * 4 + [0]
    shown = int((talk_of(world.register.codes) == 1).sum())
    assert abs((shown - 3 * persons) / np.sqrt(4 * persons * 3 / 16)) < LIMIT
    [replication] = simulate(scenario, [0])
    assert replication.outcomes["talks_held", "alle", None] == pytest.approx(shown / persons)


def test_what_is_no_talk_is_in_the_register_all_the_same() -> None:
    """A letter is no talk that could be left out of the figures of talks."""
    talks = samtaler({"every": [{"weeks": 1}], "unregistered": 1.0, "in_offer": "brev"})
    talks["channels"]["brev"] = {"minutes": 5, "attendance": 1.0, "counts": False}
    talk = talk_of(world_of(20, 9, talks, praktik=praktik(ready_week=4, length_weeks=3)).register.codes)
    assert [int(codes.max()) for codes in talk] == [0, 0, 0, 0, 2, 2, 2, 0, 0]


def test_travel_takes_time_whoever_comes_and_is_told_apart() -> None:
    """30 minutes of talk, 20 of travel and 5 of notes: 55 a call, and those of 10 fit into 550."""
    talks = samtaler(attendance=0.0)
    talks["channels"]["personlig"] |= {"travel_minutes": 20, "documentation_minutes": 5}
    teams = {**TEAMS, "team": {"fte": 1, "minutes_per_week": 550}}
    scenario = cohort(25, 3, {"teams": teams}, samtaler=talks)
    world = run(scenario, [0])
    assert weekly(world, "udeblivelse") == [0, 10, 10] and weekly(world, "no_time") == [0, 15, 15]
    counts = {what: by_team(world, f"minutes_{what}")[0] for what in ("travel", "documentation", "no_show")}
    assert counts == {"travel": [0, 200, 200], "documentation": [0, 50, 50], "no_show": [0, 300, 300]}
    [replication] = simulate(scenario, [0])
    assert replication.outcomes["time_travel_share", "team:team", None] == pytest.approx(20 / 55)


JOINT = {"talks": [{"week": week, "partner": "konsulenter"} for week in (1, 3, 5)]}


@pytest.mark.parametrize("arranged", [0.0, 0.6, 1.0])
def test_the_same_partner_as_last_time(arranged: float) -> None:
    """Of four full-time persons who are always there: arranged with chance a, else by lot, so a + (1 − a) / 4."""
    persons = 3000
    world = world_of(persons, 7, samtaler({**JOINT, "same_partner": {"konsulenter": arranged}}))
    again, same = total(world, "partner_again"), total(world, "partner_same")
    assert again == 2 * persons
    share = arranged + (1 - arranged) / 4
    assert abs(same - share * again) <= LIMIT * np.sqrt(again * share * (1 - share))


def test_a_partner_who_has_left_is_nobodys_the_next_time() -> None:
    """One person, who leaves at times and is followed at once: the same as last time wherever nobody has left since."""
    konsulenter = {**TEAMS["konsulenter"], "fte": 1, "turnover": {"per_year": 0.99, "vacancy_weeks": 0}}
    weeks = range(1, 38, 4)
    talks = samtaler({
        "talks": [{"week": week, "partner": "konsulenter"} for week in weeks], "same_partner": {"konsulenter": 1.0}
    })  # fmt: skip
    scenario = cohort(50, 40, {"teams": {**TEAMS, "konsulenter": konsulenter}}, samtaler=talks)
    sits = {}
    for week, world in week_by_week(scenario):
        sits[week] = int(world.staff.caseworkers.holder[world.staff.first_post[1]])
    stayed = sum(sits[week] == sits[week + 4] for week in weeks[:-1])
    assert 0 < stayed < len(weeks) - 1
    assert (total(world, "partner_same"), total(world, "partner_again")) == (50 * stayed, 50 * (len(weeks) - 1))


def test_mentors_have_hours_as_far_as_their_staff_has_minutes() -> None:
    """Two hours each, 60 minutes an hour: 600 minutes are for five of eight, always the same, and an effect on them
    alone: those of the lowest lots."""
    teams = {**TEAMS, "konsulenter": {"fte": 1, "minutes_per_week": 600, "takes_cases": False}}
    effort = mentor(staff={"team": "konsulenter", "minutes": 60}, length_weeks=50)
    world = world_of(8, 6, samtaler(), teams, mentor=effort)
    assert weekly(world, "mentor_hours") == [10] * 6
    assert weekly(world, "mentor_weeks_given") == [5] * 6 and weekly(world, "mentor_no_time") == [3] * 6
    used = [used.tolist()[1] for used in world.register.minutes_used]
    assert used == [600] * 6
    with_plenty = world_of(8, 6, samtaler(), mentor=effort)
    assert weekly(with_plenty, "mentor_hours") == [16] * 6 and total(with_plenty, "mentor_no_time") == 0


def test_only_who_gets_her_hours_has_something_of_them() -> None:
    """Who gets her hours never leaves (a factor of 0), and the others do: five are left in the end, of forty."""
    teams = {**TEAMS, "konsulenter": {"fte": 1, "minutes_per_week": 600, "takes_cases": False}}
    effort = mentor(staff={"team": "konsulenter", "minutes": 60}, length_weeks=50, during={"job": 0.0})
    scenario = cohort(40, 16, {"teams": teams, "exits": {"job": {"level": 0.9}}}, samtaler=samtaler(), mentor=effort)
    assert total(run(scenario, [0]), "exit_job") == 35


def test_coordinators_have_time_for_so_many() -> None:
    """200 minutes, 45 for each who is coordinated: four of seven."""
    teams = {**TEAMS, "konsulenter": {"fte": 1, "minutes_per_week": 200, "takes_cases": False}}
    effort = koordineret(offered={"alle": 1.0}, staff={"team": "konsulenter", "minutes": 45})
    world = world_of(7, 5, samtaler(), teams, koordineret_indsats=effort)
    assert weekly(world, "koordineret_indsats_weeks_given") == [4] * 5
    assert weekly(world, "koordineret_indsats_no_time") == [3] * 5
    [replication] = simulate(cohort(7, 5, {"teams": teams}, samtaler=samtaler(), koordineret_indsats=effort), [0])
    assert replication.outcomes["koordineret_indsats.given_share", "alle", None] == pytest.approx(4 / 7)
