"""A property of all combinations of efforts for sick-listed people and people on ledighedsydelse: people add up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.results.measures.replication import summarise
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.register import offer_of, status_of
from simulation.world.world import World
from tests.all_kinds import FEE, LEFT_WORK, efforts_for_the_sick, everything, other
from tests.health import activity, broker, fleksjob
from tests.helpers import ANY_WORLD, shares_are_shares
from tests.offers import total, weekly

SHARE = st.sampled_from([0.0, 0.05, 0.3, 0.7, 1.0])
FACTOR = st.sampled_from([0.0, 0.5, 1.0, 2.0])
FEW = st.integers(0, 4)
SOME = st.integers(1, 4)


def _aktiv(draw: st.DrawFn) -> dict[str, Any]:
    parts = ["motion", "psykolog", "kursus"]
    rule = {"ready_week": draw(FEW), "weekly": draw(SHARE), "never_ready": draw(st.sampled_from([0.0, 0.3]))}
    return {
        "referral": dict.fromkeys(draw(st.sampled_from([["deltager"], ["deltager", "kontrol"]])), rule),
        "hours_per_week": draw(st.integers(1, 20)),
        "until_week": draw(st.integers(1, 12)),
        "parts": {
            part: activity(
                draw(st.integers(1, 9)), places=draw(FEW), setup_weeks=draw(FEW), effects={"job": draw(FACTOR)},
                referral_minutes=draw(st.sampled_from([0, 30, 150])),
            )
            for part in parts
        },
        "bundles": {
            "attribute": "motivation",
            "order": {"hoej": draw(st.permutations(parts)), "lav": draw(st.lists(st.sampled_from(parts), unique=True))},
        },
        "not_in": draw(st.sampled_from([[], ["sygdom"], ["fritagelse", "raskmelding"]])),
        "during": {"job": draw(FACTOR)},
        "after": draw(st.sampled_from([None, {"effects": {"job": 2.0}, "weeks": 3, "halving_weeks": 1.0}])),
    }  # fmt: skip


def _brokers(draw: st.DrawFn) -> dict[str, Any]:
    def one(arm: str, team: str, to: str) -> dict[str, Any]:
        return broker(
            arms=[arm], team=team, clarification_weeks=draw(FEW), no_match=draw(SHARE), returned=draw(SHARE),
            returns_to=to, approach_minutes=draw(st.sampled_from([1, 40, 400])), opens=draw(SHARE), trial=draw(SHARE),
            motivates=draw(SHARE), half_subsidy=draw(SHARE), fee=draw(st.sampled_from([None, FEE])),
            leaves_work=draw(st.sampled_from([None, LEFT_WORK])),
            start=draw(st.sampled_from([None, {"from_week": 3, "weeks": 5, "strength": 0.3}])),
        )  # fmt: skip

    return fleksjob(
        {"andre": one("deltager", "aktoer", "kommune"), "kommune": one("kontrol", "formidlere", "andre")},
        trial_weeks=draw(SOME), offer_after_trial=draw(SHARE), motivated=draw(SHARE), status_week=draw(SOME),
        accepts={"motivated": draw(SHARE), "unmotivated": draw(SHARE)},
        pension={"weeks": draw(FEW), "awarded": draw(SHARE), "exit": "pension"},
        tailoring={"share": draw(SHARE), "minutes": 5, "factor": draw(FACTOR)}, during={"other": draw(FACTOR)},
        opens_by_weeks=draw(st.sampled_from([None, {2: 0.0, 8: 3.0}])),
    )  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> Scenario:
    """Some of the efforts, with settings of any strength, from nothing at all to everybody every week."""
    efforts = efforts_for_the_sick()
    efforts["sygdom"] |= {"at_entry": draw(SHARE), "begins": draw(SHARE), "length_weeks": draw(FEW)}
    efforts["fritagelse"] |= {"recorded": {"deltager": draw(SHARE), "kontrol": draw(SHARE)}, "course_week": draw(FEW)}
    efforts["raskmelding"] |= {"begins": {"deltager": draw(SHARE)}, "relapses": draw(SHARE), "from_week": draw(FEW)}
    week = draw(st.integers(4, 20))
    changes = draw(st.sampled_from([[], [{"run_week": 9, "week": 3}], [{"run_week": 6, "week": 30}]]))
    extension = {"extended": draw(SHARE), "extension_weeks": draw(SOME)}
    efforts["revurdering"] |= {"week": week, "changes": changes, **extension}
    efforts["aktiv"] |= _aktiv(draw)
    efforts["formidling"] = _brokers(draw)
    names = draw(st.lists(st.sampled_from(sorted(efforts)), unique=True, min_size=1))
    base = everything(
        weeks=26, follow_up=12, seed=draw(st.integers(0, 1000)), states_at=[6],
        jobcentres={"ribe": {"persons": 25}, "skive": {"persons": 15}},
    )  # fmt: skip
    return other(base, **{name: efforts[name] for name in names})


def adds_up(scenario: Scenario, world: World) -> None:
    """What became of everybody, by count, against who is there at the end."""

    def n(name: str, *parts: str) -> int:
        return sum(total(world, f"{name}_{part}") for part in parts)

    status = status_of(world.register.codes)
    fleksjob_status = GONE + world.afgang.destinations.index("fleksjob")
    first_time = total(world, "enrolled") - total(world, "returned")
    assert total(world, "intake") == len(world.ledige) >= first_time
    began = total(world, "exit_job") + total(world, "exit_fleksjob")
    in_jobs = np.count_nonzero(np.isin(status[-1], [fleksjob_status, GONE + world.afgang.destinations.index("job")]))
    assert began == in_jobs + total(world, "returned") + np.count_nonzero(status[-1] == OUT)
    there = scenario.interventions
    if "sygdom" in there:
        assert n("sygdom", "sick") <= np.count_nonzero(status == LEDIG)
        assert n("sygdom", "spells") == total(world, "enrolled")
    if "fritagelse" in there:
        assert n("fritagelse", "recorded") <= n("fritagelse", "grounds") <= n("fritagelse", "spells")
        assert n("fritagelse", "spells") == total(world, "enrolled")
    if "raskmelding" in there:
        assert n("raskmelding", "relapsed") <= n("raskmelding", "started") >= n("raskmelding", "first")
        assert n("raskmelding", "hours") <= 21 * n("raskmelding", "weeks")
    if "revurdering" in there:
        assert n("revurdering", "reached") == n("revurdering", "extended", "ended")
        leave = np.array(weekly(world, "exit_job")) + np.array(weekly(world, "exit_other"))
        assert (leave[1:] >= np.array(weekly(world, "revurdering_ended"))[:-1]).all()
    if "aktiv" in there:
        assert n("aktiv", "referred") == n("aktiv", "started", "left_waiting") + weekly(world, "aktiv_waiting")[-1]
        inside = offer_of(world.register.codes) == world.offers["aktiv"]
        assert weekly(world, "aktiv_weeks") == np.count_nonzero(inside, axis=1).tolist()
        assert n("aktiv", "completed") + np.count_nonzero(inside[-1]) <= n("aktiv", "started")
    if "formidling" in there:
        taken = sum(weekly(world, "formidling_accepted")[:-1])
        assert n("formidling", "created", "created_after_return") == taken
        in_fleksjob = n("formidling", "job_weeks")
        assert in_fleksjob <= np.count_nonzero(status == fleksjob_status)
        assert n("formidling", "accepted") <= n("formidling", "offers") <= n("formidling", "approaches", "trials")
        assert n("formidling", "first_trial") <= n("formidling", "trials") <= n("formidling", "approaches")
        assert n("formidling", "fee_four_months") <= n("formidling", "fee_two_months") <= n("formidling", "fee_persons")
        assert n("formidling", "persons") == first_time
        told = [n("formidling", f"left{what}") for what in ("", "_pension", "_on_way", "_sick")]
        assert told[0] >= sum(told[1:]) + n("formidling", "stuck_no_trial")


def holds(scenario: Scenario) -> None:
    """Invariants hold every week, counts add up, states add up to 1, and every share lies between 0 and 1."""
    world = run(scenario, [0, 1], check_invariants=True)
    adds_up(scenario, world)
    for replication in summarise(scenario, [0, 1], world, 0.0):
        states = [f"state_{name}" for name in ("benefit", *scenario.exits, "out")]
        assert abs(sum(replication.outcomes[state, "alle", 6] for state in states) - 1) < 1e-9
        shares_are_shares(scenario, replication)


@settings(max_examples=30, **ANY_WORLD)
@given(worlds())
def test_people_places_and_hours_add_up_in_any_combination(scenario: Scenario) -> None:
    holds(scenario)


@pytest.mark.slow
@settings(max_examples=300, **ANY_WORLD)
@given(worlds())
def test_they_add_up_in_many_combinations(scenario: Scenario) -> None:
    holds(scenario)
