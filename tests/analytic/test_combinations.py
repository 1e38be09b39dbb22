"""A property of all combinations of interventions: people, places and hours add up, whatever is put together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.results.measures.replication import summarise
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import offer_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.helpers import ANY_WORLD, shares_are_shares
from tests.offers import (
    bureau,
    everything,
    incitament,
    jobklub,
    koordineret,
    loentilskud,
    mentor,
    other,
    total,
    vikar,
    virksomhedsforloeb,
    weekly,
)

SHARE = st.sampled_from([0.0, 0.05, 0.3, 0.7, 1.0])
FACTOR = st.sampled_from([0.0, 0.5, 1.0, 2.0])
FEW = st.integers(0, 4)
RATE = st.sampled_from([0.0, 0.4, 1.0, 2.5])


def _rules(draw: st.DrawFn) -> dict[str, Any]:
    arms = draw(st.sampled_from([["deltager"], ["deltager", "kontrol"]]))
    rule = {"ready_week": draw(FEW), "weekly": draw(SHARE), "never_ready": draw(st.sampled_from([0.0, 0.3]))}
    if draw(st.booleans()):
        rule["push"] = {"week": draw(FEW), "share": draw(SHARE)}
    return {"referral": dict.fromkeys(arms, rule)}


def _range(draw: st.DrawFn) -> dict[str, int]:
    shortest = draw(st.integers(1, 4))
    return {"from_weeks": shortest, "to_weeks": shortest + draw(FEW)}


def _after(draw: st.DrawFn) -> dict[str, Any]:
    return {"effects": {"job": draw(FACTOR)}, "weeks": draw(FEW), "halving_weeks": draw(st.sampled_from([None, 1.5]))}


def _placement(draw: st.DrawFn) -> dict[str, Any]:
    return {
        **_rules(draw),
        "places": draw(FEW),
        "matches_per_week": draw(RATE),
        "waiting_list": draw(st.booleans()),
        "breakdown": {"weekly": draw(SHARE), "unready_factor": 2.0, "setback_weeks": draw(FEW)},
        "repeat": draw(st.sampled_from([None, {"gap_weeks": 1}, {"gap_weeks": 0, "max_spells": 2}])),
        "direct_hire": draw(SHARE),
        "during": {"job": draw(FACTOR)},
        "after": {"job": draw(FACTOR)},
        "after_weeks": draw(FEW),
    }


def _jobklub(draw: st.DrawFn) -> dict[str, Any]:
    clubs = draw(st.integers(1, 3))
    unmotivated = {"attribute": "motivation", "level": "lav", "threshold": draw(SHARE), "loss": draw(SHARE)}
    return jobklub(
        **_rules(draw),
        accepts=draw(SHARE),
        visitation=[{"from_week": draw(FEW), "turned_away": {"motivation": {"lav": draw(SHARE)}}}],
        no_show=draw(SHARE),
        gives_up=draw(SHARE),
        clubs=clubs,
        seats=draw(st.integers(1, 4)),
        intake_every_weeks=draw(st.integers(1, 4)),
        separated=clubs > 1 and draw(st.booleans()),
        separated_by="motivation",
        length=_range(draw),
        sessions_per_week=draw(RATE),
        session_minutes=draw(st.sampled_from([0, 40, 200])),
        entry_minutes=draw(st.sampled_from([0, 50])),
        extra_minutes={"motivation": {"lav": draw(st.sampled_from([0, 30]))}},
        counselling=draw(st.sampled_from([None, {"weekly": 0.5, "minutes": 20, "effects": {"job": 2.0}}])),
        attendance=draw(SHARE),
        drops_out=draw(SHARE),
        settling_weeks=draw(FEW),
        company_visits=True,
        visits={"every_weeks": draw(st.integers(1, 4)), "window_weeks": draw(FEW), "effects": {"job": draw(FACTOR)}},
        effects={"job": draw(FACTOR)},
        contagion={"per_exit": {"job": draw(FACTOR)}, "window_weeks": 2, "unmotivated": unmotivated},
        after=_after(draw),
    )


def _vikar(draw: st.DrawFn) -> dict[str, Any]:
    def one() -> dict[str, Any]:
        return bureau(
            orders_per_week=draw(RATE), fits=draw(SHARE), short_notice=draw(SHARE), far=draw(SHARE),
            length_weeks=draw(st.integers(1, 4)), conversion=draw(SHARE),
        )  # fmt: skip

    return vikar(
        **_rules(draw),
        attends=draw(SHARE),
        declines=draw(st.sampled_from([0.0, 0.3])),
        registered_after=draw(FEW),
        bureaus={"temp": one(), "flex": one()},
        bureaus_each=draw(st.integers(1, 3)),
        takes_short_notice=draw(SHARE),
        takes_far=draw(SHARE),
        accepts=draw(SHARE),
        quits=draw(SHARE),
        registered={"job": draw(FACTOR)},
        registered_halving_weeks=draw(st.sampled_from([None, 1.5])),
        during={"job": draw(FACTOR)},
        after=_after(draw),
        jobcentres={"skive": {"bureaus": ["flex"]}},
    )


@st.composite
def worlds(draw: st.DrawFn) -> Scenario:
    """Some of the efforts, with settings of any strength, from nothing at all to everybody every week."""
    made = {
        "jobklub": lambda: _jobklub(draw),
        "vikar": lambda: _vikar(draw),
        "virksomhedsforloeb": lambda: virksomhedsforloeb(
            **_placement(draw), length={"from_weeks": 2, "to_weeks": 6}, firm_accepts={4: draw(SHARE), 6: draw(SHARE)},
            expires=draw(st.sampled_from([None, {"run_week": 6, "to_weeks": 3}])), self_found=draw(SHARE),
            gives_up=draw(SHARE), contact_person={"share": draw(SHARE), "breakdown_factor": 0.5, "hire_factor": 2.0},
        ),
        "loentilskud": lambda: loentilskud(
            **_placement(draw), length_weeks=draw(st.integers(1, 4)), qualifying_weeks=draw(FEW),
            private_share=draw(SHARE), public_hire=draw(SHARE),
        ),
        "mentor": lambda: mentor(
            **_rules(draw), mentors=draw(RATE), hours_per_mentor=5.0, hours={1: 0.5, 4: 0.5},
            length_weeks=draw(st.integers(1, 4)), only_in=draw(st.sampled_from([[], ["praktik"]])),
            during={"job": draw(FACTOR)}, after=_after(draw),
        ),
        "koordineret": lambda: koordineret(
            need=draw(SHARE), known_at_start=draw(SHARE), disclosed_per_talk=draw(SHARE), casework_minutes=7,
            treatment=draw(SHARE), treatment_weeks=draw(FEW), offered={"deltager": draw(SHARE)}, places=draw(FEW),
            during={"job": draw(FACTOR)}, treated={"job": draw(FACTOR)},
        ),
        "incitament": lambda: incitament(
            arm="deltager", talks_at_least=draw(SHARE), outreach={"margin": 0.1, "odds": 3.0, "minutes": 9}
        ),
    }  # fmt: skip
    names = draw(st.lists(st.sampled_from(sorted(made)), unique=True, min_size=1))
    base = everything(
        weeks=24, follow_up=16, seed=draw(st.integers(0, 1000)),
        jobcentres={"ribe": {"persons": 25}, "skive": {"persons": 15}},
    )  # fmt: skip
    return other(base, **{name: made[name]() for name in names})


def adds_up(scenario: Scenario, world: World) -> None:
    """What became of everybody who was asked, waited or began; by count, against who is there at the end."""

    def n(name: str, *parts: str) -> int:
        return sum(total(world, f"{name}_{part}") for part in parts)

    offers = offer_of(world.register.codes)
    for name in scenario.interventions:
        kind = type(scenario.interventions[name]).__name__
        now = int(np.count_nonzero(offers[-1] == world.offers[name])) if name in world.offers else 0
        waits = weekly(world, f"{name}_waiting")[-1]
        if kind == "Jobklub":
            assert n(name, "offered") == n(name, "declined", "turned_away", "referred")
            assert n(name, "referred") == n(name, "no_show", "started", "gave_up", "left_waiting") + waits
            assert n(name, "started") == n(name, "completed", "dropped", "left") + now
            assert n(name, "attended") <= n(name, "planned")
            assert n(name, "members") == np.count_nonzero(offers == world.offers[name])
        elif kind == "Vikar":
            assert n(name, "invited") == n(name, "absent", "turned_away", "declined", "referred")
            refused = n(name, "refused_notice", "refused_distance", "refused_conditions")
            assert n(name, "offers") == n(name, "assignments") + refused
            assert n(name, "assignments") == n(name, "completed", "quit", "left") + now
            assert n(name, "first_assignment") <= n(name, "first_offer") <= n(name, "started") <= n(name, "referred")
            assert n(name, "converted") <= n(name, "completed")
        elif kind in ("Praktik", "Loentilskud", "Virksomhedsforloeb"):
            assert n(name, "referred") == n(name, "started", "left_waiting", "gave_up", "void") + waits
            assert n(name, "started") == n(name, "completed", "broken", "left") + now
            assert n(name, "hired") <= n(name, "completed")
            first = np.count_nonzero(world.referred[name] != NEVER)
            assert n(name, "referred") == first + n(name, "referred_again")
        elif kind == "Mentor":
            assert n(name, "needed") >= n(name, "started") + waits
            held = sum(int(places.sum()) for places in (world.places[name][0].of,))
            assert weekly(world, f"{name}_hours")[-1] == held <= world.places[name][0].capacity.sum()
        elif kind == "Koordineret":
            assert n(name, "helped") <= n(name, "known")
            assert n(name, "unmet_weeks") <= n(name, "need_weeks") >= n(name, "blocked_weeks")


def holds(scenario: Scenario) -> None:
    """Invariants hold every week, counts add up, and every share of every outcome lies between 0 and 1."""
    world = run(scenario, [0, 1], check_invariants=True)
    adds_up(scenario, world)
    for replication in summarise(scenario, [0, 1], world, 0.0):
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
