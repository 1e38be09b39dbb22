"""Minutes, cases and places: what is delivered, how busy staff are, and Little's law on both waiting lists."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.labels import Event
from simulation.world.register import NO_SHOW, talk_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.helpers import LIMIT, counts_of, make, praktik, samtaler

# --- delivery: nobody leaves, talks of equal length, everybody comes ------------------------------------------------

PERSONS, LENGTH = 50, 30
DEMAND = PERSONS * LENGTH
NOBODY_LEAVES = {"job": {"level": 0.0}}


def steady(minutes: int, plan: dict[str, Any] | None = None, **more: Any) -> Scenario:
    """A pooled desk with so many minutes a week, and people who stay for 41 weeks."""
    return make(
        weeks=41,
        intake={"persons": PERSONS, "weeks": 1},
        teams={"team": {"fte": 1, "minutes_per_week": minutes}},
        exits=NOBODY_LEAVES,
        interventions={"samtaler": samtaler(plan, **more)},
    )


@pytest.mark.parametrize("minutes", [0, LENGTH, 300, DEMAND // 2, DEMAND - LENGTH, DEMAND, DEMAND + 1, 3 * DEMAND])
def test_delivered_share_is_minutes_over_demand(minutes: int) -> None:
    """Held talks per ledig and week = min(1, minutes / demand), exactly: in every week, and so as an outcome."""
    scenario = steady(minutes)
    world = run(scenario, [0])
    expected = min(1, minutes / DEMAND)
    held = np.count_nonzero(talk_of(world.register.codes), axis=1)
    assert held[0] == 0  # the first talk is due in the week after enrolment
    assert (held[1:] == expected * PERSONS).all()
    outcomes = simulate(scenario, [0])[0].outcomes
    assert outcomes["talk_share", "alle", None] == pytest.approx(expected, abs=1e-12)
    assert outcomes["no_time_share", "alle", None] == pytest.approx(1 - expected, abs=1e-12)


def test_what_does_not_fit_is_lost() -> None:
    """44 minutes hold one talk of 30, and the 14 that are left perish on søndag."""
    world = run(steady(44), [0])
    assert (np.count_nonzero(talk_of(world.register.codes), axis=1)[1:] == 1).all()
    assert (np.concatenate(world.register.minutes_used)[1:] == 30).all()


def test_the_longest_overdue_first_treats_all_alike() -> None:
    """Scarce talks go round: no ledig has two more than another."""
    world = run(steady(7 * LENGTH), [0])
    assert np.ptp(np.count_nonzero(talk_of(world.register.codes), axis=0)) <= 1


@pytest.mark.parametrize("every", [1, 2, 5])
@pytest.mark.parametrize("capacity", [1.0, 1.7, 4.0])
def test_utilisation_is_offered_over_capacity(every: int, capacity: float) -> None:
    """With room for everybody the minutes used are those offered: persons × length / interval a week, exactly.

    40 weeks (1 to 40) are a whole number of intervals; week 0, before the first talk, offers nothing.
    """
    minutes = int(capacity * DEMAND)  # enough, although all talks of an interval fall due in the same week
    world = run(steady(minutes, {"every": [{"weeks": every}]}), [0])
    used = np.concatenate(world.register.minutes_used)
    assert used.sum() == 40 * DEMAND / every
    utilisation = simulate(steady(minutes, {"every": [{"weeks": every}]}), [0])[0].outcomes["utilisation", "alle", None]
    assert utilisation == pytest.approx(DEMAND / every / minutes * 40 / 41, rel=1e-12)


def test_no_shows_add_their_rebooking_to_the_load() -> None:
    """Everybody is called every week; whoever stayed away (a share of 0.2) costs 10 minutes more the week after.

    So the load is 30 + 10 × 0.2 minutes per call. The extra calls of weeks 2 to 40 are binomial: |z| < LIMIT.
    """
    scenario = steady(3 * DEMAND, attendance=0.8)
    data = scenario.model_dump(exclude_none=True)
    data["interventions"]["samtaler"]["attendance"] = {"rebooking_minutes": 10}
    world = run(Scenario.model_validate(data), [0])
    used = np.concatenate(world.register.minutes_used).sum()
    calls, extra = 40 * PERSONS, 39 * PERSONS
    z = (used - calls * LENGTH - 10 * extra * 0.2) / (10 * np.sqrt(extra * 0.2 * 0.8))
    assert abs(z) < LIMIT
    no_shows = np.count_nonzero(talk_of(world.register.codes)[:-1] == NO_SHOW)
    assert used == calls * LENGTH + 10 * no_shows


# --- Little's law: L = λ W ------------------------------------------------------------------------------------------
#
# Over a whole window the two sides count the same person-weeks, once by week and once by person. They differ only at
# the edge: whoever still waits when the run ends has been counted by week and not yet by person. The window begins
# empty, so the tolerance is that edge, worked out from who waits at the end (their weeks so far, and W for each of
# them in λ), and the test asks that it be small beside L, or it would say nothing.

EDGE = 0.05


def little(waiting: np.ndarray, joined: int, served: int, waits: int, weeks_so_far: np.ndarray) -> None:
    """Hold mean number waiting against arrivals per week × mean wait of those served."""
    weeks, wait = len(waiting), waits / served
    length, rate = waiting.mean(), joined / weeks
    tolerance = (len(weeks_so_far) * wait + weeks_so_far.sum()) / weeks
    assert length > 1, "nobody waits: the case says nothing"
    assert tolerance < EDGE * length, "the edge is too large: the case says nothing"
    assert abs(length - rate * wait) <= tolerance + 1e-9


def limited(seed: int, exits: dict[str, Any], before: dict[str, float]) -> World:
    """A team with 100 cases at most, and about ten newcomers a week for ten years."""
    scenario = make(
        seed=seed,
        weeks=520,
        intake={"persons": 5200, "weeks": 520, "arrivals": "random"},
        teams={"team": {"fte": 1, "minutes_per_week": 100_000, "caseload_limit": 100}},
        exits=exits,
        interventions={"samtaler": samtaler({"first_week": 0, "before": {"effects": before}, "every": [{"weeks": 1}]})},
    )
    return run(scenario, [0])


@pytest.mark.parametrize("seed", [0, 3, 4])
def test_little_on_the_caseworkers_waiting_list(seed: int) -> None:
    """Nobody leaves before the first talk (factor 0 before it), so whoever joins the list is served.

    The case: 10 newcomers a week, about 9.5 weeks as a case, room for 100.
    """
    world = limited(seed, {"job": {"level": 0.117}}, before={"job": 0.0})
    counts, staff = counts_of(world), world.staff
    assert (np.concatenate(world.register.cases) <= 100).all()
    still = staff.waiting[staff.since[staff.waiting] != NEVER]
    little(
        np.concatenate(world.register.waiting),
        counts["enrolled"].sum(),
        counts["got_caseworker"].sum(),
        counts["caseworker_wait"].sum(),
        520 - staff.since[still].astype(int),
    )


def test_little_holds_when_those_who_wait_leave_too() -> None:
    """Half of those in line leave benefit; the diary tells how long each stood in line, whatever ended it.

    Søndage in line, by week from the register and by person from the diary, are the same person-weeks: exact.
    """
    scenario = make(
        weeks=60,
        intake={"persons": 600, "weeks": 50, "arrivals": "random"},
        teams={"team": {"fte": 1, "minutes_per_week": 100_000, "caseload_limit": 40}},
        exits={"job": {"level": 0.1}},
        interventions={"samtaler": samtaler()},
    )
    came: dict[int, int] = {}
    in_line = 0

    def diary(day: int, ids: np.ndarray, event: Event) -> None:
        nonlocal in_line
        what = event.told("en")
        for person in ids.tolist():
            if what == "is enrolled at the jobcentre":
                came[person] = day // 7
            elif person in came and (what == "gets a caseworker" or what.startswith("leaves for")):
                in_line += day // 7 - came.pop(person)

    world = run(scenario, [0], diary)
    in_line += sum(60 - week for week in came.values())
    assert in_line == np.concatenate(world.register.waiting).sum()


@pytest.mark.parametrize("seed", [0, 3, 4])
def test_little_on_the_praktik_waiting_list(seed: int) -> None:
    """The load is 97 % of the places; nobody leaves benefit, so whoever joins is served."""
    scenario = make(
        seed=seed,
        weeks=520,
        intake={"persons": 5200, "weeks": 520, "arrivals": "random"},
        exits=NOBODY_LEAVES,
        interventions={"praktik": praktik(places=82, ready_week={0: 0.5, 6: 0.5}, weekly=0.3)},
    )
    world = run(scenario, [0])
    counts, places = counts_of(world), next(iter(world.places.values()))[0]
    offered = counts["praktik_referred"].sum() * 8 / 520
    assert offered / places.capacity[0] == pytest.approx(0.97, abs=0.01)
    still = counts["praktik_referred"].sum() - counts["praktik_started"].sum()
    # the list is first in, first out by weeks: those who still wait are the latest who were referred
    referred = np.repeat(np.arange(520), counts["praktik_referred"].sum(axis=1))
    so_far = 520 - referred[len(referred) - still :]
    little(
        counts["praktik_waiting"].sum(axis=1),
        counts["praktik_referred"].sum(),
        counts["praktik_started"].sum(),
        counts["praktik_wait"].sum(),
        so_far,
    )


def test_matches_a_week_are_a_limit_of_their_own() -> None:
    """With places for all, 1.5 matches a week start 1 and 2 in turn while somebody waits."""
    scenario = make(
        intake={"persons": 200, "weeks": 1},
        exits=NOBODY_LEAVES,
        interventions={"praktik": praktik(matches_per_week=1.5)},
    )
    started = counts_of(run(scenario, [0]))["praktik_started"].sum(axis=1)
    assert started.tolist() == [1, 2] * 10
