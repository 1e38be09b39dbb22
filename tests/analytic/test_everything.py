"""All kinds of effort together: what must not matter does not matter, and people and places always add up.

Exact comparisons, person by person and to the last bit. The property at the end runs random combinations of all
interventions with the invariants of the program on, and adds up by itself what became of everybody.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.experiments.diary import diary
from simulation.experiments.replicate import replicate
from simulation.results.meanings import meaning
from simulation.results.replication import simulate, summarise
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import offer_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.helpers import digest, make, person_by_person
from tests.offers import (
    ALL,
    NOBODY_LEAVES,
    TEAMS,
    bureau,
    everything,
    incitament,
    jobklub,
    koordineret,
    loentilskud,
    mentor,
    total,
    vikar,
    virksomhedsforloeb,
    weekly,
    without_demand,
)

ROOT = Path(__file__).parents[2]
OLD = {"samtaler", "praktik"}


def same(before: World, after: World, only: Any = None) -> None:
    """Everybody who is in the world before has the same codes and paid hours in the world after."""
    for part in ("codes", "hours"):
        old, new = (person_by_person(world, getattr(world.register, part)) for world in (before, after))
        for place, column in old.items():
            if only is None or place[1] in only:
                assert (new[place][:, : column.shape[1]] == column).all(), (part, place)


def other(scenario: Scenario, **interventions: Any) -> Scenario:
    """The scenario with its samtaler and praktik, and these interventions after them."""
    data = scenario.model_dump(exclude_none=True)
    old = {name: each for name, each in data["interventions"].items() if name in OLD}
    return Scenario.model_validate(data | {"interventions": old | interventions})


def test_everything_is_at_work() -> None:
    """The comparisons below would be worth nothing if some effort did nothing: each is asked for, begun and ended."""
    world = run(everything(), [0, 1])
    for name in (
        "jobklub_started", "jobklub_dropped", "jobklub_completed", "jobklub_gave_up", "jobklub_turned_away",
        "jobklub_counselled", "vikar_assignments", "vikar_quit", "vikar_converted", "vikar_refused_notice",
        "vikar_refused_distance", "virksomhedsforloeb_self_found", "virksomhedsforloeb_gave_up",
        "virksomhedsforloeb_firm_declined", "virksomhedsforloeb_broken", "virksomhedsforloeb_hired",
        "virksomhedsforloeb_contact_weeks", "loentilskud_started", "loentilskud_void", "mentor_started",
        "mentor_waiting", "koordineret_helped", "koordineret_blocked_weeks", "outreach", "returned",
        "praktik_started", "held",
    ):  # fmt: skip
        assert total(world, name) > 0, name


# --- what must not matter -------------------------------------------------------------------------------------------


def test_efforts_that_nobody_is_asked_to_change_nobody() -> None:
    """Zero demand, strong effects all the same: codes, hours, counts and minutes as without them, which come last."""
    before, after = (run(other(everything(), **more), [0, 1]) for more in ({}, without_demand()))
    same(before, after)
    old, new = before.register.counts, after.register.counts
    assert old.keys() <= new.keys()
    for name, counts in new.items():
        assert (counts == old.get(name, 0)).all(), name
    assert (np.array(before.register.minutes_used) == np.array(after.register.minutes_used)).all()


def test_each_effort_changes_somebody() -> None:
    """Whereas with demand each of them, alone, changes the register beyond its own mark (status, talks or hours)."""
    efforts = everything().model_dump(exclude_none=True)["interventions"]
    before = run(other(everything()), [0])
    for name in set(efforts) - OLD:
        after = run(other(everything(), **{name: efforts[name] | ({"only_in": []} if name == "mentor" else {})}), [0])
        rest = after.register.codes & ~np.uint16(0b11110000)
        assert (rest != before.register.codes & ~np.uint16(0b11110000)).any(), name


def test_batches_do_not_matter() -> None:
    """Replications one at a time, two, and all at once: the same to the last bit."""
    loaded = Loaded("in code", everything(), None)  # type: ignore[arg-type]
    digests = {digest(replicate([loaded], 4, batch=batch)[0].replications) for batch in (1, 2, 4)}
    assert len(digests) == 1


def test_worlds_side_by_side_do_not_touch() -> None:
    """[0] and [1] alone against [0, 1]: codes and hours of everybody."""
    both = run(everything(), [0, 1])
    for number in (0, 1):
        alone = run(everything(), [number])
        for part in ("codes", "hours"):
            mine = getattr(both.register, part)[:, both.ledige.world == number]
            assert (mine == getattr(alone.register, part)).all(), (number, part)


def test_replications_differ() -> None:
    """And so do seeds."""
    found = [simulate(everything(), [0]), simulate(everything(), [1]), simulate(everything(seed=5), [0])]
    assert len({digest(each) for each in found}) == 3


def test_one_more_ledig_changes_nobody_in_another_jobcentre() -> None:
    """Seats, minutes, orders, firms, mentors, coordinators and subsidies stay in their jobcentre."""
    more = {"ribe": {"persons": 81}, "skive": {"persons": 60}, "vejle": {"persons": 0}}
    before, after = run(everything(), [0, 1]), run(everything(jobcentres=more), [0, 1])
    same(before, after, only=["skive"])
    with pytest.raises(AssertionError):  # whereas in ribe somebody's turn comes later
        same(before, after, only=["ribe"])


def plenty(**changes: Any) -> Scenario:
    """Room for all of everything, and nothing that one member of a club does to another."""
    data = everything().model_dump(exclude_none=True)
    for team in data["teams"].values():
        team |= {"minutes_per_week": 100_000, "caseload_limit": 1_000_000}
    here = data["interventions"]
    for name in ("praktik", "virksomhedsforloeb", "loentilskud"):
        here[name] |= {"places": ALL, "matches_per_week": float(ALL)}
    here["jobklub"] |= {"clubs": 1, "seats": ALL, "jobcentres": {}, "intake_every_weeks": 3}
    del here["jobklub"]["contagion"]
    for each in here["vikar"]["bureaus"].values():
        each["orders_per_week"] = float(ALL)
    here["mentor"] |= {"mentors": 1000.0}
    here["koordineret"] |= {"places": ALL}
    del here["incitament"]["outreach"]
    return Scenario.model_validate(data | {"displacement": 0.0} | changes)


@pytest.mark.parametrize("place", ["ribe", "skive"])
def test_one_more_ledig_changes_nobody_where_nothing_is_scarce(place: str) -> None:
    """81 instead of 80, or 61 instead of 60, with random arrivals: everybody else is as before, wherever."""
    more: dict[str, Any] = {"ribe": {}, "skive": {"persons": 60}, "vejle": {"persons": 0}}
    more[place] = {"persons": {"ribe": 81, "skive": 61}[place]}
    same(run(plenty(), [0, 1]), run(plenty(jobcentres=more), [0, 1]))


def test_a_longer_run_has_the_same_beginning() -> None:
    """Weeks that are added at the end change none before."""
    before, after = run(everything(), [0]), run(everything(weeks=60), [0])
    for part in ("codes", "hours"):
        assert (getattr(after.register, part)[:40] == getattr(before.register, part)).all()


def test_a_diary_changes_nothing_and_tells_of_every_effort() -> None:
    """The register with somebody reading along is the same, and the words of every effort are heard from someone."""
    heard: set[str] = set()
    before = run(everything(), [0])
    after = run(everything(), [0], diary=lambda time, ids, what: heard.add(what) if len(ids) else None)
    same(before, after)
    for words in ("begynder i jobklub", "registreret hos vikarbureau", "får en mentor", "får koordineret indsats",
                  "finder selv en virksomhed", "begynder i loentilskud", "siger nej til jobklub"):  # fmt: skip
        assert words in heard
    assert len(diary(everything(), 3, 0)) > 3


def test_python_hash_seed_does_not_matter() -> None:
    """No result hangs on the order of a set or dict of text: two processes with different hash seeds."""
    code = (
        "from simulation.results.replication import simulate; from tests.helpers import digest;"
        "from tests.offers import everything; print(digest(simulate(everything(), range(2))))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    found = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment | {"PYTHONHASHSEED": seed}, capture_output=True,
            text=True, check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }  # fmt: skip
    assert found == {digest(simulate(everything(), range(2)))}


# --- how efforts meet -----------------------------------------------------------------------------------------------


def test_who_is_hired_begins_no_other_offer() -> None:
    """Praktik of eight weeks that ends in a job for all, and a jobklub that everybody is due for meanwhile."""
    settings_of_klub = jobklub(referral={"alle": {"ready_week": 4, "weekly": 1.0}})
    scenario = make(
        teams=TEAMS,
        intake={"persons": 50, "weeks": 1},
        exits=NOBODY_LEAVES,
        interventions={"forloeb": virksomhedsforloeb(direct_hire=1.0), "klub": settings_of_klub},
    )
    world = run(scenario, [0])
    assert weekly(world, "exit_job")[9] == 50
    assert total(world, "klub_started") == 0


# --- a property of all combinations ---------------------------------------------------------------------------------

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
        now = int(np.count_nonzero(offers[-1] == world.offers[name]))
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
            held = sum(int(places.sum()) for places in (world.places[name].of,))
            assert weekly(world, f"{name}_hours")[-1] == held <= world.places[name].capacity.sum()
        elif kind == "Koordineret":
            assert n(name, "helped") <= n(name, "known")
            assert n(name, "unmet_weeks") <= n(name, "need_weeks") >= n(name, "blocked_weeks")


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_people_places_and_hours_add_up_in_any_combination(scenario: Scenario) -> None:
    """Invariants hold every week, counts add up, and every share of every outcome lies between 0 and 1."""
    world = run(scenario, [0, 1], check_invariants=True)
    adds_up(scenario, world)
    for replication in summarise(scenario, [0, 1], world, 0.0):
        for (outcome, group, week), value in replication.outcomes.items():
            share = meaning(outcome, scenario).unit == "share" and not outcome.startswith("employed_net")
            if share and group != "difference":
                assert np.isnan(value) or -1e-12 <= value <= 1 + 1e-12, (outcome, group, week, value)
