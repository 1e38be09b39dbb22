"""Jobklub: who gets a seat and when, and who gives it up.

Decision rules. Counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT, binomial. Exits of a
cohort: `exits_follow`, |z| < LIMIT in every week. Factors of single members are compared with a loop over the
clubs in plain Python, to rounding. Coupling by the same luck is exact, person by person.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import offer_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.helpers import LIMIT, z_of
from tests.klub import MOTIVATION, club
from tests.offers import total, watch, weekly

# --- seats -----------------------------------------------------------------------------------------------------------


def crowd(**settings: Any) -> Scenario:
    """Two jobcentres, of which the second has clubs of its own kind, and many more ledige than seats."""
    return club(
        persons=150,
        weeks=40,
        clubs=3,
        seats=4,
        length={"from_weeks": 2, "to_weeks": 7},
        drops_out=0.05,
        jobcentres={"skive": {"clubs": 2, "seats": 3, "intake_every_weeks": 3, "separated": True}},
        separated_by="motivation",
        world={
            "intake": {"persons": 150, "weeks": 30, "arrivals": "random"},
            "exits": {"job": {"level": 0.03}},
            "jobcentres": {"ribe": {}, "skive": {}},
            "subgroups": MOTIVATION,
        },
        **settings,
    )


def test_seats_are_never_exceeded_in_a_club_nor_in_a_jobcentre() -> None:
    """Of 3 × 4 and 2 × 3 seats; every søndag, and all of them are taken in some weeks, so that the limit bites."""
    most = np.zeros(2, dtype=int)
    seen: list[int] = []

    def look(world: World, running: Any, week: int) -> None:
        klub = running[0]
        inside = np.flatnonzero(klub.offer.spells.started != NEVER)
        of_club = np.bincount(klub.clubs.club[inside], minlength=6)
        assert (of_club == klub.clubs.members).all()
        assert (of_club <= [4, 4, 4, 3, 3, 0]).all()
        assert (np.flatnonzero(world.register.offer) == inside).all()
        in_jobcentre = np.bincount(world.ledige.jobcentre[inside], minlength=2)
        assert (klub.clubs.club[inside] // 3 == world.ledige.jobcentre[inside]).all()
        np.maximum(most, in_jobcentre, out=most)
        seen.append(len(inside))

    watch(crowd(), soendag=look)
    assert most.tolist() == [12, 6]
    assert len(seen) == 40


def test_separated_clubs_have_members_of_one_level() -> None:
    """In skive every club serves one level of motivation; in ribe, which is mixed, some club has both."""
    mixed = []

    def look(world: World, running: Any, week: int) -> None:
        klub = running[0].clubs
        for number in range(6):
            levels = set(world.ledige.subgroup["motivation"][klub.club == number].tolist())
            if number >= 3:
                assert len(levels) <= 1
                assert all(level == (number - 3) % 2 for level in levels)
            mixed.append(len(levels) == 2)

    watch(crowd(), soendag=look)
    assert any(mixed)


def test_newcomers_go_to_the_emptiest_club() -> None:
    """Seven who come at once fill three clubs of four as 3, 2, 2; five more as 4, 4, 4."""
    sizes = []
    scenario = club(persons=12, clubs=3, seats=4, referral={"alle": {"ready_week": {0: 0.6, 1: 0.4}, "weekly": 1.0}})
    watch(scenario, soendag=lambda world, running, week: sizes.append(running[0].clubs.members.tolist()))
    first = sum(sizes[0])
    assert 0 < first < 12
    assert sizes[0] == [len(range(n, first, 3)) for n in range(3)]
    assert sizes[1] == [4, 4, 4]


@pytest.mark.parametrize("every", [1, 3, 4])
def test_a_seat_that_is_free_on_onsdag_is_taken_at_the_next_intake(every: int) -> None:
    """Two seats, courses of four weeks, six ledige: 2 start in week 0, then 2 at each first intake 4 weeks on."""
    scenario = club(persons=6, seats=2, weeks=30, intake_every_weeks=every, length={"from_weeks": 4, "to_weeks": 4})
    step = -(-4 // every) * every
    started = [2 if week in (0, step, 2 * step) else 0 for week in range(30)]
    assert weekly(run(scenario, [0]), "klub_started") == started


@pytest.mark.parametrize("every", [1, 2, 5])
def test_with_free_seats_the_wait_is_the_weeks_to_the_next_intake(every: int) -> None:
    """Called in in week w, started in the first week from w on that `every` divides: exactly, in sum and by week."""
    scenario = club(
        persons=500, weeks=40, intake_every_weeks=every,
        world={"intake": {"persons": 500, "weeks": 30, "arrivals": "random"}},
    )  # fmt: skip
    world = run(scenario, [0])
    started = np.zeros(45, dtype=int)
    waits = 0
    for week, referred in enumerate(weekly(world, "klub_referred")):
        started[week + -week % every] += referred
        waits += referred * (-week % every)
    assert weekly(world, "klub_started") == started[:40].tolist() and not started[40:].any()
    assert total(world, "klub_wait") == waits
    assert total(world, "klub_started") == 500
    outcomes = simulate(scenario, [0])[0].outcomes
    assert outcomes["klub_wait", "alle", None] == waits / 500


def test_the_longest_waiting_start_first() -> None:
    """One seat, courses of a week: everybody starts in the order of her week of being called in."""
    scenario = club(
        persons=20, seats=1, weeks=30, length={"from_weeks": 1, "to_weeks": 1},
        world={"intake": {"persons": 20, "weeks": 8, "arrivals": "random"}},
    )  # fmt: skip
    world = run(scenario, [0])
    began = (offer_of(world.register.codes) > 0).argmax(axis=0)
    order = np.argsort(began)
    assert (np.diff(world.ledige.entry[order]) >= 0).all()
    assert sorted(began.tolist()) == list(range(began.min(), began.min() + 20))


# --- the way in ------------------------------------------------------------------------------------------------------


def test_shares_of_those_who_say_no_are_turned_away_and_stay_away() -> None:
    """Of those offered 0.7 say yes; of these the criteria of the week pass 1 − their shares; of these 0.2 stay away.

    Criteria of two characteristics multiply, later ones replace the earlier, before the first nobody is turned away.
    Rule: |z| < LIMIT for every count, and by level.
    """
    weeks = 30
    scenario = club(
        weeks=weeks + 1,
        accepts=0.7,
        no_show=0.2,
        visitation=[
            {"from_week": 10, "turned_away": {"motivation": {"lav": 0.4}}},
            {"from_week": 20, "turned_away": {"motivation": {"lav": 0.5, "hoej": 0.1}, "dansk": {"svagt": 0.6}}},
        ],
        world={
            "intake": {"persons": 30_000, "weeks": weeks, "arrivals": "random"},
            "subgroups": {**MOTIVATION, "dansk": {"godt": {"share": 0.5}, "svagt": {"share": 0.5}}},
        },
    )
    world = run(scenario, [0])
    offered = np.array(weekly(world, "klub_offered"))
    said_yes = offered - weekly(world, "klub_declined")
    assert offered.sum() == 30_000
    assert abs(z_of(said_yes.sum(), offered.sum(), 0.7)) < LIMIT
    passed = said_yes - weekly(world, "klub_turned_away")
    assert passed.tolist() == weekly(world, "klub_referred")
    assert (passed[:10] == said_yes[:10]).all()
    lav, svagt = (world.ledige.subgroup[name] == 1 for name in ("motivation", "dansk"))
    entry = world.ledige.entry
    for low, weak in ((0, 0), (0, 1), (1, 0), (1, 1)):
        kind = (lav == low) & (svagt == weak)
        for period, kept in (
            ((entry < 10), 1.0),
            ((entry >= 10) & (entry < 20), 0.6 if low else 1.0),
            (entry >= 20, (0.5 if low else 0.9) * (0.4 if weak else 1.0)),
        ):
            mine = kind & period
            called = np.count_nonzero(world.referred["klub"][mine] != NEVER)
            assert abs(z_of(called, np.count_nonzero(mine), 0.7 * kept)) < LIMIT, (low, weak, kept)
    no_show = total(world, "klub_no_show")
    assert abs(z_of(no_show, passed.sum(), 0.2)) < LIMIT
    assert total(world, "klub_started") == passed.sum() - no_show


def test_outcomes_are_the_ratios_of_the_counts() -> None:
    """In a world in which everything happens; `alle` is of everybody in the whole run."""
    scenario = crowd(
        accepts=0.8, no_show=0.1, gives_up=0.05, attendance=0.7, counselling={"weekly": 0.3, "minutes": 10},
        visitation=[{"turned_away": {"motivation": {"lav": 0.5}}}],
    )  # fmt: skip
    world, measured = run(scenario, [0]), simulate(scenario, [0])[0].outcomes
    n = {name: total(world, f"klub_{name}") for name in (
        "offered", "declined", "turned_away", "referred", "no_show", "started", "wait", "left_waiting", "gave_up",
        "dropped", "attended", "planned", "counselled",
    )}  # fmt: skip
    assert min(n.values()) > 0
    expected = {
        "offered": n["offered"],
        "declined_share": n["declined"] / n["offered"],
        "turned_away_share": n["turned_away"] / (n["offered"] - n["declined"]),
        "referred": n["referred"],
        "started": n["started"],
        "started_share": n["started"] / n["referred"],
        "wait": n["wait"] / n["started"],
        "lost_waiting_share": (n["left_waiting"] + n["gave_up"]) / n["referred"],
        "dropped_share": n["dropped"] / n["started"],
        "attended_share": n["attended"] / n["planned"],
        "counselled": n["counselled"] / n["started"],
    }
    assert {name: measured[f"klub_{name}", "alle", None] for name in expected} == pytest.approx(expected)
    assert n["offered"] == n["declined"] + n["turned_away"] + n["referred"]


def test_giving_up_is_geometric_in_the_weeks_of_waiting() -> None:
    """Called in in week 1, intake in week 12: eleven chances (weeks 2 to 12) of 0.1, the last before the seats."""
    give_up = 0.1
    scenario = club(
        persons=20_000, weeks=14, gives_up=give_up, intake_every_weeks=12,
        referral={"alle": {"ready_week": 1, "weekly": 1.0}},
    )  # fmt: skip
    world = run(scenario, [0])
    gone = np.array(weekly(world, "klub_gave_up"))
    there = 20_000 - np.concatenate(([0], np.cumsum(gone)[:-1]))
    assert not gone[:2].any() and not gone[13:].any()
    assert np.abs(z_of(gone[2:13], there[2:13], give_up)).max() < LIMIT
    assert total(world, "klub_started") == 20_000 - gone.sum() == weekly(world, "klub_started")[12]


def test_only_the_first_benefit_spell_is_offered_a_seat() -> None:
    """Everybody leaves for jobs of about a week and comes back; nobody is offered a seat twice."""
    scenario = club(
        weeks=40,
        world={
            "exits": {"job": {"level": 0.3}},
            "job_spells": {"hours": 37, "end_intensity": {0: 1.0}, "returns": 1.0},
        },
    )
    world = run(scenario, [0])
    assert total(world, "returned") > 1000
    assert total(world, "klub_offered") <= 1000


# --- length and dropping out -----------------------------------------------------------------------------------------


def test_lengths_are_equally_likely_and_may_differ_by_jobcentre() -> None:
    """From 3 to 7 weeks a fifth each, and from 9 to 9 in skive: weeks in the register; |z| < LIMIT."""
    scenario = club(
        length={"from_weeks": 3, "to_weeks": 7},
        jobcentres={"skive": {"length": {"from_weeks": 9, "to_weeks": 9}}},
        world={"jobcentres": {"ribe": {"persons": 10_000}, "skive": {"persons": 100}}},
    )
    world = run(scenario, [0])
    weeks = np.count_nonzero(offer_of(world.register.codes), axis=0)
    ribe = world.ledige.jobcentre == 0
    assert (weeks[~ribe] == 9).all()
    found = np.bincount(weeks[ribe], minlength=10)
    assert found[3:8].sum() == 10_000
    assert np.abs(z_of(found[3:8], 10_000, 0.2)).max() < LIMIT


def test_dropping_out_is_geometric() -> None:
    """Each week but the last ends for the share 0.15 of those still there: |z| < LIMIT; the others complete."""
    drops = 0.15
    world = run(club(persons=20_000, drops_out=drops), [0])
    dropped = np.array(weekly(world, "klub_dropped"))
    there = 20_000 - np.concatenate(([0], np.cumsum(dropped)[:-1]))
    assert not dropped[0] and not dropped[8:].any()
    assert np.abs(z_of(dropped[1:8], there[1:8], drops)).max() < LIMIT
    assert weekly(world, "klub_completed")[8] == 20_000 - dropped.sum()
