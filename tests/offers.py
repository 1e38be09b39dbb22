"""Settings of offers and other efforts as tests want them, a scenario with all of them, and a look inside a run.

Each maker gives what is simplest for everybody: asked for in week 0, no chance in it, room for all. A test changes
what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from simulation.interventions import Running
from simulation.opening import build, open_interventions
from simulation.scenario.schema import Scenario
from simulation.week import start_routines
from simulation.world.register import offer_of
from simulation.world.spec import WEEK, Floats
from simulation.world.world import World
from tests.helpers import SMALL, busy, counts_of, make

ALL = 1_000_000
NOBODY_LEAVES: dict[str, Any] = {"job": {"level": 0.0}}
AT_ONCE: dict[str, Any] = {"alle": {"ready_week": 0, "weekly": 1.0}}
TEAMS: dict[str, Any] = {
    **SMALL["teams"],
    "raadgivere": {"fte": 1, "minutes_per_week": 100_000, "takes_cases": False},
}
JOBS: dict[str, Any] = {"hours": 37, "end_intensity": {0: 0.0}, "returns": 0.0}


def jobklub(**more: Any) -> dict[str, Any]:
    """One club of eight weeks with a session a week and a seat for everybody; needs the team `raadgivere`."""
    return {
        "kind": "jobklub",
        "referral": AT_ONCE,
        "accepts": 1.0,
        "clubs": 1,
        "seats": ALL,
        "length": {"from_weeks": 8, "to_weeks": 8},
        "sessions_per_week": 1.0,
        "session_minutes": 60,
        "team": "raadgivere",
        "attendance": 1.0,
        **more,
    }


def bureau(**more: Any) -> dict[str, Any]:
    """A bureau with assignments of four weeks for all."""
    return {"orders_per_week": float(ALL), "fits": 1.0, "length_weeks": 4, "hours": 20, **more}


def vikar(**more: Any) -> dict[str, Any]:
    """Everybody is registered with the one bureau in week 0; needs job spells."""
    return {
        "kind": "vikar",
        "referral": AT_ONCE,
        "attends": 1.0,
        "declines": 0.0,
        "registered_after": 0,
        "bureaus": {"temp": bureau()},
        "bureaus_each": 1,
        **more,
    }


def placed(kind: str, **more: Any) -> dict[str, Any]:
    """What placements have in common."""
    return {"kind": kind, "referral": AT_ONCE, "places": ALL, "matches_per_week": float(ALL), **more}


def virksomhedsforloeb(**more: Any) -> dict[str, Any]:
    """Eight weeks at a firm; every firm says yes."""
    settings = {"length": {"from_weeks": 8, "to_weeks": 8}, "firm_accepts": {8: 1.0}}
    return placed("virksomhedsforloeb", **{**settings, **more})


def loentilskud(**more: Any) -> dict[str, Any]:
    """Eight weeks with a private employer."""
    return placed("loentilskud", **{"length_weeks": 8, **more})


def mentor(**more: Any) -> dict[str, Any]:
    """Two hours a week for eight weeks, for everybody."""
    return {
        "kind": "mentor",
        "referral": AT_ONCE,
        "mentors": 1000.0,
        "hours_per_mentor": 40.0,
        "hours": 2,
        "length_weeks": 8,
        **more,
    }


def koordineret(**more: Any) -> dict[str, Any]:
    """Everybody has a need that is known at once and waits ten weeks for treatment; nobody is coordinated."""
    return {
        "kind": "koordineret_indsats",
        "need": 1.0,
        "known_at_start": 1.0,
        "disclosed_per_talk": 0.0,
        "treatment": 1.0,
        "treatment_weeks": 10,
        "offered": {"alle": 0.0},
        "places": ALL,
        **more,
    }


def incitament(**more: Any) -> dict[str, Any]:
    """A subsidy for 80 % of talks and 40 % activated, with everybody in one arm."""
    return {
        "kind": "incitament",
        "arm": "alle",
        "talks_at_least": 0.8,
        "activated_at_least": 0.4,
        "from_course_week": 9,
        "for_weeks": 39,
        **more,
    }


def _of_both_arms(weekly: float = 0.2, **more: Any) -> dict[str, Any]:
    rule = {"ready_week": {0: 0.5, 3: 0.5}, "weekly": weekly, **more}
    return {"deltager": rule, "kontrol": {**rule, "never_ready": 0.4}}


def efforts() -> dict[str, Any]:
    """Every kind of effort that is new beside praktik and samtaler, all of it scarce; for the world of `everything`."""
    return {
        "jobklub": jobklub(
            referral=_of_both_arms(),
            accepts=0.8,
            visitation=[
                {"turned_away": {"motivation": {"lav": 0.1}}},
                {"from_week": 8, "turned_away": {"motivation": {"lav": 0.5}, "helbred": {"andet": 0.1}}},
            ],
            no_show=0.1,
            gives_up=0.05,
            clubs=2,
            seats=4,
            intake_every_weeks=2,
            separated_by="motivation",
            length={"from_weeks": 3, "to_weeks": 9},
            sessions_per_week=1.5,
            session_minutes=70,
            entry_minutes=30,
            extra_minutes={"helbred": {"andet": 7}},
            counselling={"weekly": 0.4, "minutes": 25, "effects": {"job": 1.2}},
            homework="fixed",
            homework_effects={"fixed": {"job": 1.1}, "adapted": {"job": 1.3}},
            company_visits=True,
            visits={"every_weeks": 3, "effects": {"job": 1.2}},
            attendance=0.7,
            drops_out=0.05,
            settling_weeks=2,
            during={"other": 0.5},
            effects={"job": 1.5},
            contagion={
                "per_exit": {"job": 1.3},
                "unmotivated": {"attribute": "motivation", "level": "lav", "threshold": 0.3, "loss": 0.8},
            },
            after={"effects": {"job": 1.2}, "weeks": 6, "halving_weeks": 2.0},
            jobcentres={"skive": {"separated": True, "seats": 3, "homework": "adapted", "intake_every_weeks": 3}},
        ),
        "vikar": vikar(
            referral=_of_both_arms(),
            attends=0.8,
            declines=0.2,
            visitation=[{"from_week": 4, "turned_away": {"helbred": {"andet": 0.3}}}],
            registered_after={0: 0.5, 2: 0.5},
            bureaus={
                "temp": bureau(
                    orders_per_week=0.7, fits=0.6, short_notice=0.4, conversion=0.2, length_weeks={1: 0.5, 6: 0.5}
                ),
                "flex": bureau(orders_per_week=1.5, fits=0.5, far=0.5, hours={10: 0.5, 37: 0.5}),
            },
            bureaus_each={1: 0.5, 2: 0.5},
            takes_short_notice=0.5,
            takes_far=0.6,
            accepts=0.8,
            quits=0.1,
            registered={"job": 1.1},
            during={"job": 0.6},
            after={"effects": {"job": 1.3}, "weeks": 8},
            jobcentres={"skive": {"bureaus": ["flex"], "orders_factor": 0.5}},
        ),
        "virksomhedsforloeb": virksomhedsforloeb(
            referral=_of_both_arms(push={"week": 6, "share": 0.3}),
            places=5,
            matches_per_week=1.3,
            length={"from_weeks": 2, "to_weeks": 8},
            expires={"run_week": 15, "to_weeks": 4},
            firm_accepts={4: 0.3, 8: 0.7},
            self_found=0.05,
            gives_up=0.05,
            contact_person={"share": 0.5, "breakdown_factor": 0.5, "hire_factor": 2.0, "hours_per_week": 1.5},
            breakdown={"weekly": 0.08, "unready_factor": 2.0, "setback_weeks": 2},
            repeat={"gap_weeks": 2, "max_spells": 2},
            direct_hire=0.2,
            during={"job": 0.6},
            after={"job": 1.4},
        ),
        "loentilskud": loentilskud(
            referral=_of_both_arms(0.1),
            places=3,
            matches_per_week=0.5,
            qualifying_weeks=5,
            private_share=0.6,
            direct_hire=0.3,
            public_hire=0.05,
            waiting_list=False,
            during={"job": 0.5},
            after={"job": 1.5},
            after_public={"job": 1.1},
            after_halving_weeks=5.0,
        ),
        "mentor": mentor(
            referral=_of_both_arms(),
            mentors=0.4,
            hours_per_mentor=20.0,
            hours={1: 0.5, 3: 0.5},
            only_in=["virksomhedsforloeb", "praktik"],
            during={"job": 1.1},
            after={"effects": {"job": 1.2}, "weeks": 4},
        ),
        "koordineret": koordineret(
            need=0.5,
            known_at_start=0.4,
            disclosed_per_talk=0.1,
            casework_minutes=10,
            treatment=0.4,
            treatment_weeks={4: 0.5, 12: 0.5},
            offered={"deltager": 0.7, "kontrol": 0.2},
            places=6,
            during={"job": 1.1},
            treated={"job": 1.2},
        ),
        "incitament": incitament(arm="deltager", outreach={"margin": 0.05, "odds": 2.0, "minutes": 5}),
    }  # fmt: skip


def everything(**changes: Any) -> Scenario:
    """`busy` with every other kind of effort, small jobs beside benefit and intake by blocks; everything is scarce."""
    data = busy().model_dump(exclude_none=True)
    data["subgroups"]["motivation"] = {"hoej": {"share": 0.6}, "lav": {"share": 0.4, "exit_factors": {"job": 0.8}}}
    data["teams"]["raadgivere"] = {"fte": 1.0, "minutes_per_week": 330, "takes_cases": False}
    data["intake"]["by_block"] = {0: 0.5, 3: 0.2, 6: 0.3}
    data["job_spells"]["beside_benefit"] = {"at_entry": 0.1, "begins": 0.02, "ends": 0.1, "hours": {5: 0.5, 12: 0.5}}
    data["interventions"] |= efforts()
    return Scenario.model_validate(data | {"name": "everything"} | changes)


def without_demand() -> dict[str, Any]:
    """The same efforts with nobody asked: referral weekly 0, no need, no outreach; their effects are as strong."""
    idle = efforts()
    for settings in idle.values():
        for rule in settings.get("referral", {}).values():
            rule["weekly"] = 0.0
            rule.pop("push", None)
    idle["koordineret"]["need"] = 0.0
    del idle["incitament"]["outreach"]
    return idle


# --- a look inside a run --------------------------------------------------------------------------------------------

Look = Callable[[World, Sequence[Any], int], None]
"""What is done with the world, the running parts of its interventions, and the week."""


class _Watcher(Running):
    """Stands behind all interventions and looks: on tirsdag before exits, and on søndag."""

    def __init__(self, world: World, running: Sequence[Running], tirsdag: Look | None, soendag: Look | None) -> None:
        self.world, self.running, self.on_tirsdag, self.on_soendag = world, running, tirsdag, soendag
        self.next_job = None

    def effects(self, week: int) -> None:
        if self.on_tirsdag:
            self.on_tirsdag(self.world, self.running, week)

    def soendag(self, week: int) -> None:
        if self.on_soendag:
            self.on_soendag(self.world, self.running, week)


def watch(
    scenario: Scenario, tirsdag: Look | None = None, soendag: Look | None = None, replications: Iterable[int] = (0,)
) -> tuple[World, list[Any]]:
    """Run, and look on at what stands every tirsdag (all factors are in force) and søndag.

    Returns the world at the end, and the running parts in declared order.
    """
    world = build(scenario, list(replications))
    running = open_interventions(scenario, world)
    start_routines(world, [*running, _Watcher(world, running, tirsdag, soendag)], True)
    world.env.run(until=scenario.weeks * WEEK)
    return world, list(running)


def factor_now(world: World, destination: str = "job") -> Floats:
    """This week's factor of every ledig on a destination; to be asked on tirsdag."""
    world.afgang.multiply(destination, np.empty(0, dtype=np.intp), 1.0)  # so that last week's are forgotten
    return world.afgang.factor[world.afgang.destinations.index(destination)].copy()


def factors(scenario: Scenario, destination: str = "job") -> tuple[Floats, World]:
    """Factors of every tirsdag, shape (weeks, rows), and the world at the end."""
    found: list[Floats] = []
    world, _ = watch(scenario, tirsdag=lambda world, _, week: found.append(factor_now(world, destination)))
    return np.array(found), world


def weekly(world: World, name: str) -> list[int]:
    """A count by week, all jobcentres and arms together."""
    counts = counts_of(world).get(name)
    return [0] * len(world.register.codes) if counts is None else [int(n) for n in counts.sum(axis=1)]


def total(world: World, name: str) -> int:
    """A count over the whole run."""
    return sum(weekly(world, name))


def cohort(
    persons: int = 20_000, weeks: int = 20, world: dict[str, Any] | None = None, **interventions: Any
) -> Scenario:
    """Ledige who come in week 0 and never leave by themselves, or as `world` says."""
    changes = {"weeks": weeks, "intake": {"persons": persons, "weeks": 1}, "exits": NOBODY_LEAVES}
    return make(**{**changes, "interventions": interventions, **(world or {})})


def in_offer(world: World) -> np.ndarray:
    """Who is in an offer, by week and row."""
    return np.asarray(offer_of(world.register.codes) > 0)


OLD = {"samtaler", "praktik"}


def other(scenario: Scenario, **interventions: Any) -> Scenario:
    """The scenario with its samtaler and praktik, and these interventions after them."""
    data = scenario.model_dump(exclude_none=True)
    old = {name: each for name, each in data["interventions"].items() if name in OLD}
    return Scenario.model_validate(data | {"interventions": old | interventions})
