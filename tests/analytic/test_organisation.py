"""Organisation models: staff, cases, minutes and talks of a team whose work is done by another one.

All comparisons are exact. What a model does must be what the same teams written by hand do, person by person.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.opening import build
from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.helpers import busy, counts_of, make, person_by_person, samtaler
from tests.offers import NOBODY_LEAVES, cohort, jobklub, total, weekly

MODELS: dict[str, Any] = {
    "joined": {"description": "one team", "teams": {"projekt": {"done_by": "ordinaer"}}},
    "strangers": {"description": "as it is", "teams": {"projekt": {"fte": 1.0}, "myndighed": {"done_by": "projekt"}}},
}
TEAMS: dict[str, Any] = {
    "ordinaer": {"fte": 2.0, "minutes_per_week": 100},
    "projekt": {"fte": 1.0, "minutes_per_week": 70, "arms": ["deltager"]},
    "a_kasse": {"fte": 0.5, "minutes_per_week": 60, "takes_cases": False},
    "raadgivere": {"fte": 1.5, "minutes_per_week": 60, "takes_cases": False},
}


def plans(deltager: str = "projekt") -> dict[str, Any]:
    """A talk of 30 minutes every week for both arms, each with a team of its own."""
    weekly_talk = {"channel": "personlig", "every": [{"weeks": 1}]}
    return {
        **samtaler(),
        "plans": {
            "intensiv": {"arms": ["deltager"], "team": deltager, **weekly_talk},
            "ordinaer": {"arms": ["kontrol"], "team": "ordinaer", **weekly_talk},
        },
    }


def two_arms(model: str | None = None, **changes: Any) -> Scenario:
    """Twenty ledige in each of two jobcentres, whose two teams have too few minutes; nobody leaves."""
    scenario = {
        "weeks": 12, "arms": {"deltager": 1, "kontrol": 1}, "teams": TEAMS, "organisation_models": MODELS,
        "intake": {"persons": 20, "weeks": 1}, "jobcentres": {"ribe": {}, "skive": {}}, "exits": NOBODY_LEAVES,
        "interventions": {"samtaler": plans()},
    }  # fmt: skip
    return make(**{**scenario, **({"organisation_model": model} if model else {}), **changes})


def same(before: World, after: World) -> None:
    """Everybody has the same codes, and every count is the same."""
    old, new = (person_by_person(world, world.register.codes) for world in (before, after))
    assert all((new[place] == codes).all() for place, codes in old.items())
    counts, who = counts_of(after), {"met_again", "met_the_same"}  # where more share cases, others are met
    assert all((counts[name] == count).all() for name, count in counts_of(before).items() if name not in who)


def test_staff_and_minutes_of_the_joined_team_are_there() -> None:
    """2 + 1 full-time with the minutes of the team that they join: 300 a week; without the model 200 and 70."""
    jobcentres = {"ribe": {"organisation_model": "joined"}, "skive": {}}
    staff = build(two_arms(jobcentres=jobcentres), [0, 1]).staff
    assert staff.fte.reshape(2, 2, 4).tolist() == [[[3, 0, 0.5, 1.5], [2, 1, 0.5, 1.5]]] * 2
    assert staff.minutes.reshape(2, 2, 4).tolist() == [[[300, 0, 30, 90], [200, 70, 30, 90]]] * 2


def test_talks_are_held_and_cases_counted_where_the_work_is_done() -> None:
    """300 minutes hold ten talks a week of both arms together; two teams hold six and two."""
    for model, used in (("joined", [300, 0]), (None, [180, 60])):
        world = run(two_arms(model, jobcentres={"ribe": {}}), [0])
        deltagere = int(np.count_nonzero(world.ledige.arm == 0))
        cases = [20, 0] if model else [20 - deltagere, deltagere]
        for week in range(1, 12):
            assert world.register.minutes_used[week][:2].tolist() == used
            assert world.register.cases[week][:2].tolist() == cases
        assert weekly(world, "held")[1:] == [10 if model else 8] * 11


def test_utilisation_is_of_the_staff_that_is_there() -> None:
    """Ten of twenty 30-minute talks: all minutes of the joined team, in 11 of 12 weeks; no case is lost."""
    (replication,) = simulate(two_arms("joined", jobcentres={"ribe": {}}), [0])
    outcomes = replication.outcomes
    assert outcomes["utilisation", "alle", None] == pytest.approx(11 / 12)
    assert outcomes["utilisation_peak", "alle", None] == 1.0
    assert outcomes["cases", "alle", None] == 20
    assert outcomes["caseload", "alle", None] == pytest.approx(20 / 3)


def test_an_arms_caseload_is_that_of_teams_that_serve_it_alone() -> None:
    """In ribe the project staff has joined the others, so the arm's cases are those of one full-time in skive."""
    mixed = {"ribe": {"organisation_model": "joined"}, "skive": {}}
    world = run(two_arms(jobcentres=mixed), [0])
    mine = np.count_nonzero((world.ledige.arm == 0) & (world.ledige.jobcentre == 1))
    (some,), (none,) = simulate(two_arms(jobcentres=mixed), [0]), simulate(two_arms("joined"), [0])
    assert some.outcomes["caseload", "deltager", None] == some.outcomes["cases", "deltager", None] == mine
    assert ("caseload", "deltager", None) not in none.outcomes
    assert some.outcomes["cases", "alle", None] == none.outcomes["cases", "alle", None] == 40


def test_a_model_is_the_same_as_the_teams_written_by_hand() -> None:
    """All cases with one team of three full-time: everybody is called in the same weeks, by the same luck."""
    by_hand = {**TEAMS, "ordinaer": {"fte": 3.0, "minutes_per_week": 100}}
    one = two_arms(teams=by_hand, interventions={"samtaler": plans("ordinaer")})
    same(run(one, [0, 1]), run(two_arms("joined"), [0, 1]))


def test_personal_cases_of_both_teams_are_shared_by_the_desks_of_one() -> None:
    """Three caseworkers with 100 minutes each have seven, seven and six cases, and hold three talks a week each."""
    teams = {"projekt": {"done_by": "ordinaer"}, "ordinaer": {"caseload": "personal"}}
    models = {"own": {"description": "", "teams": teams}}
    scenario = two_arms("own", jobcentres={"ribe": {}}, organisation_models=models)
    assert scenario.teams_of("ribe")["ordinaer"].desks() == 3
    world = run(scenario, [0])
    assert sorted(world.staff.cases[:3].tolist()) == [6, 7, 7]
    assert weekly(world, "held")[1:] == [9] * 11


def test_a_partners_work_may_be_done_by_another_partner() -> None:
    """Joint talks with the a-kasse, whose half full-time works with the counsellors: (0.5 + 1.5) × 60 = 120 minutes."""
    joint = {"arms": ["deltager", "kontrol"], "team": "ordinaer", "channel": "personlig"}
    talks = {**samtaler(), "plans": {"plan": {**joint, "talks": [{"week": 2, "partner": "a_kasse"}]}}}
    models = {"m": {"description": "", "teams": {"a_kasse": {"done_by": "raadgivere"}}}}
    ample = {**TEAMS, "ordinaer": {"fte": 1.0, "minutes_per_week": 100_000}}
    for model, held in (("m", 4), (None, 1)):
        world = run(
            two_arms(model, organisation_models=models, teams=ample, interventions={"samtaler": talks},
                     jobcentres={"ribe": {}}), [0],
        )  # fmt: skip
        assert weekly(world, "held")[2:7] == [held] * 4 + ([4] if model else [1])
        assert world.register.minutes_used[2].tolist() == [30 * held, 0, *((0, 120) if model else (30, 0))]


def test_who_changes_plan_within_one_team_keeps_her_caseworker() -> None:
    """The next plan's team is done by the present one: no new queue, though the team is full and others wait."""
    two = plans()
    two["plans"]["intensiv"]["then"] = {"plan": "efter", "course_week": 4}
    two["plans"]["efter"] = {"team": "ordinaer", "channel": "personlig", "every": [{"weeks": 1}]}
    full = {**TEAMS, "ordinaer": {**TEAMS["ordinaer"], "caseload_limit": 5}}
    scenario = two_arms("joined", teams=full, interventions={"samtaler": two}, jobcentres={"ribe": {}})
    world = run(scenario, [0])
    assert weekly(world, "got_caseworker") == [15] + [0] * 11
    apart = run(two_arms(teams=full, interventions={"samtaler": two}, jobcentres={"ribe": {}}), [0])
    assert weekly(apart, "got_caseworker") != weekly(world, "got_caseworker")


def test_a_model_that_changes_nothing_changes_nobody() -> None:
    """It names the staff that there is, and a team that there is not; scarce minutes, plans that change, everything."""
    data = busy().model_dump(exclude_none=True)
    nothing = {"as_is": {"description": "", "teams": {"projekt": {"fte": 1.5}, "myndighed": {"done_by": "projekt"}}}}
    changed = Scenario.model_validate({**data, "organisation_models": nothing, "organisation_model": "as_is"})
    same(run(busy(), [0, 1]), run(changed, [0, 1]))


def test_a_model_matters() -> None:
    """Whereas one team for all changes somebody's weeks of talks, and a jobcentre without it nobody's."""
    models = {"joined": {"description": "", "teams": {"projekt": {"done_by": "ordinaer"}}}}
    data = busy(organisation_models=models).model_dump(exclude_none=True)
    data["jobcentres"]["ribe"]["organisation_model"] = "joined"
    worlds = run(busy(), [0]), run(Scenario.model_validate(data), [0])
    old, new = (person_by_person(world, world.register.codes) for world in worlds)
    assert (old[0, "skive"] == new[0, "skive"]).all()
    assert (old[0, "ribe"] != new[0, "ribe"]).any()


def test_a_jobcentre_says_the_last_word() -> None:
    """Its own changes come after its model's: two more caseworkers join, with longer hours."""
    jobcentres = {"ribe": {"teams": {"projekt": {"fte": 3.0}, "ordinaer": {"minutes_per_week": 200}}}}
    staff = build(two_arms("joined", jobcentres=jobcentres), [0]).staff
    assert (staff.fte[:2].tolist(), staff.minutes[:2].tolist()) == ([5, 0], [1000, 0])


def test_where_time_is_not_scarce_it_does_not_matter_who_does_the_work() -> None:
    """With minutes for all the same talks are held, person by person."""
    ample = {name: {**team, "minutes_per_week": 100_000} for name, team in TEAMS.items()}
    intake = {"persons": 300, "weeks": 4}
    before, after = (run(two_arms(model, teams=ample, intake=intake), [0]) for model in (None, "joined"))
    assert total(before, "held") > 0
    same(before, after)


def test_work_done_for_a_team_of_offers() -> None:
    """A jobklub led by a team whose work another one does: its sessions are held in that one's minutes."""
    models = {"m": {"description": "", "teams": {"raadgivere": {"done_by": "a_kasse"}}}}
    teams = {**TEAMS, "team": {"fte": 1, "minutes_per_week": 100}}
    world = {"teams": teams, "organisation_models": models, "organisation_model": "m"}
    used = np.array(run(cohort(10, world=world, klub=jobklub()), [0]).register.minutes_used)
    assert used[1:8, 2].tolist() == [60] * 7 and not used[:, 3].any()


def test_joined_staff_comes_with_its_hands() -> None:
    """Two full-time in four hands and one in one are three full-time in five; where nobody counts hands, in three."""
    for caseworkers, posts in ((4, 5), (None, 3)):
        teams = {**TEAMS, "ordinaer": {**TEAMS["ordinaer"], "caseload": "personal", "caseworkers": caseworkers}}
        staff = build(two_arms("joined", teams=teams, jobcentres={"ribe": {}}), [0]).staff
        assert (staff.fte[0], staff.caseworkers.of_team[0], staff.desks_of[0]) == (3, posts, posts)
