"""Talks that the caseworker's own time does not hold: colleagues who step in, and talks that are shortened."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.results.names import ALLE, Figure, Group
from simulation.scenario.schema import Scenario
from simulation.week import run
from tests.helpers import counts_of, exits_follow, make, samtaler, survival_of

STAY = {"job": {"level": 0.0}}


def weekly(team: dict[str, Any], persons: int = 40, weeks: int = 21, **talks: Any) -> Scenario:
    """Everybody stays, comes, and is due every week."""
    return make(
        weeks=weeks,
        intake={"persons": persons, "weeks": 1},
        exits=STAY,
        teams={"team": team},
        interventions={"samtaler": samtaler(**talks)},
    )


HALF_AWAY = {"lang": {"share": 0.5, "weeks": 5}}


def test_without_substitution_a_talk_needs_ones_own_caseworker() -> None:
    """Held talks are 20 for every caseworker at work, exactly; the rest is refused as away."""
    team = {"fte": 2, "minutes_per_week": 10_000, "caseload": "personal", "absence": HALF_AWAY}
    world = run(weekly(team), [0])
    at_work = 2 - np.array(world.register.absent)[1:, 0]
    held, away = (counts_of(world)[name].sum(axis=1)[1:] for name in ("held", "away"))
    assert held.tolist() == (20 * at_work).tolist() and away.tolist() == (40 - 20 * at_work).tolist()
    assert {0.0, 1.0, 2.0} == set(at_work.tolist())


def test_a_colleague_at_work_holds_them_all_if_she_has_time() -> None:
    """All 40 in every week in which somebody is at work; those of who is away count as covered."""
    team = {
        "fte": 2, "minutes_per_week": 10_000, "caseload": "personal", "absence": HALF_AWAY, "substitution": "absence"
    }  # fmt: skip
    world = run(weekly(team), [0])
    at_work = 2 - np.array(world.register.absent)[1:, 0]
    held, covered, away = (counts_of(world)[name].sum(axis=1)[1:] for name in ("held", "covered", "away"))
    assert held.tolist() == np.where(at_work > 0, 40, 0).tolist()
    assert covered.tolist() == np.where(at_work == 1, 20, 0).tolist()
    assert away.tolist() == np.where(at_work == 0, 40, 0).tolist()


def test_a_colleague_steps_in_with_what_her_own_talks_leave() -> None:
    """700 minutes: 20 talks of her own take 600, so three of the 20 of who is away fit."""
    team = {"fte": 2, "minutes_per_week": 700, "caseload": "personal", "absence": HALF_AWAY, "substitution": "absence"}
    world = run(weekly(team), [0])
    one_away = np.array(world.register.absent)[:, 0] == 1
    one_away[0] = False
    assert (counts_of(world)["covered"].sum(axis=1)[one_away] == 3).all() and one_away.sum() > 3
    assert (counts_of(world)["held"].sum(axis=1)[one_away] == 23).all()


def test_busy_is_what_makes_a_contact_person_of_a_caseworker() -> None:
    """15 cases each, with talks of 60 and 10 minutes, so one desk has more to do than the other and lends her rest:
    more talks are held than at personal desks, and hardly more by a pooled team (whose rests are not split)."""
    held = {}
    for name, more in {
        "personal": {"caseload": "personal"},
        "absence": {"caseload": "personal", "substitution": "absence"},
        "busy": {"caseload": "personal", "substitution": "busy"},
        "pooled": {},
    }.items():
        team = {"fte": 2, "minutes_per_week": 560, **more}
        world = run(weekly(team, persons=30, minutes={10: 0.5, 60: 0.5}), range(10))
        held[name] = int(counts_of(world)["held"].sum())
    assert held["personal"] == held["absence"] < held["busy"] <= held["pooled"]


@pytest.mark.parametrize("substitution", ["none", "absence", "busy"])
def test_colleagues_who_step_in_are_counted_where_nobody_is_ever_away(substitution: str) -> None:
    """Who holds a talk that another one was asked for: none unless it may be for lack of time, and then those that are
    held beyond what personal desks hold. Where nobody may step in there is no such share; where nobody had to, it is
    of nothing."""
    team = {"fte": 2, "minutes_per_week": 560, "caseload": "personal"}
    alone, together = (
        run(weekly({**team, "substitution": how}, persons=30, minutes={10: 0.5, 60: 0.5}), range(10))
        for how in ("none", substitution)
    )
    covered = counts_of(together)["covered"].sum()
    assert covered > 0 if substitution == "busy" else covered == 0
    assert covered >= counts_of(together)["held"].sum() - counts_of(alone)["held"].sum()
    scenario = weekly({**team, "substitution": substitution}, persons=30, minutes={10: 0.5, 60: 0.5})
    found = [replication.outcomes for replication in simulate(scenario, range(10))]
    for group in (ALLE, Group("team", "team")):
        shares = [outcomes.get(Figure("covered_share", group)) for outcomes in found]
        if substitution == "none":
            assert shares == [None] * 10
        else:
            assert {str(share) for share in shares} == ({"1.0", "nan"} if substitution == "busy" else {"nan"})


def test_substitution_follows_the_priority() -> None:
    """Two caseworkers with time for two talks each; one has four asking, the other one. The colleague's one slot goes
    to the more urgent of those who found no time, although another has the better lot."""
    from simulation.opening import build
    from simulation.world.staff.booking import Appointments

    team = {"fte": 2, "minutes_per_week": 60, "caseload": "personal", "substitution": "busy"}
    staff = build(weekly(team, persons=8), [0]).staff
    ids = np.arange(8)
    staff.ask_for_caseworker(0, ids, np.zeros(8, dtype=int))
    staff.take_cases(0)
    asking = np.flatnonzero(staff.desk == 0).tolist() + np.flatnonzero(staff.desk == 1)[:1].tolist()
    order = np.argsort(asking)
    priority = np.array([0, 1, 3, 2, 0])[order]
    booking = staff.book(Appointments(np.array(asking)[order], np.full(5, 30), priority))
    assert booking.called.tolist() == np.array([True, True, False, True, True])[order].tolist()
    assert booking.by is not None and booking.by[order.tolist().index(3)] == 1


def test_knowledge_is_shared_by_colleagues() -> None:
    """Of five talks with her the next person knows of two fifths, where 0.4 of it is shared; of none by default."""
    from simulation.opening import build

    for shared in (0.0, 0.4):
        team = {"fte": 2, "minutes_per_week": 600, "caseload": "personal", "shared_knowledge": shared}
        world = build(weekly(team), [0])
        relations, one = world.staff.relations, np.array([3])
        assert relations is not None
        for week in range(5):
            meeting = relations.meet(week, one, np.array([0]))
            assert meeting.known.tolist() == [week] and meeting.again.tolist() == [week > 0] == meeting.same.tolist()
        other = relations.meet(5, one, np.array([1]))
        assert other.known.tolist() == [pytest.approx(5 * shared)] and not other.same[0] and other.again[0]
        back = relations.meet(6, one, np.array([0]))
        assert back.known.tolist() == [pytest.approx((5 * shared + 1) * shared)]


# --- talks that are shortened ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [1200, 1000, 700, 610, 600, 599, 300, 0])
def test_talks_are_cut_alike_until_all_fit(minutes: int) -> None:
    """40 talks of 30 minutes: with 1,200 none is cut, with 1,000 all to 25 minutes, with 600 or less to the shortest,
    15, of which then only so many fit."""
    team = {"fte": 1, "minutes_per_week": minutes, "squeeze": {"shortest": 0.5, "effect": 0.5}}
    world = run(weekly(team), [0])
    length = int(np.floor(30 * np.clip(minutes / 1200, 0.5, 1)))
    expected = min(40, minutes // length)
    assert (counts_of(world)["held"].sum(axis=1)[1:] == expected).all()
    assert (np.array(world.register.minutes_used)[1:, 0] == expected * length).all()


def test_preparation_and_notes_are_not_cut() -> None:
    """40 × (5 + 30 + 10): 1,200 minutes leave 600 for talks, so 15 minutes each; and the time goes where it is said."""
    team = {"fte": 1, "minutes_per_week": 1200, "squeeze": {"shortest": 0.4, "effect": 0.5}}
    scenario = weekly(team).model_dump(exclude_none=True)
    scenario["teams"]["other"] = {"fte": 0.0, "minutes_per_week": 0}
    scenario["interventions"]["samtaler"]["channels"]["personlig"] |= {
        "preparation_minutes": 5, "documentation_minutes": 10
    }  # fmt: skip
    (found,) = simulate(Scenario.model_validate(scenario), [0])
    of = {name: int(total[0, 0]) for name, total in found.staff.totals.items()}
    assert of["held"] == 40 * 20
    assert of["minutes_preparation"] == 5 * of["held"] and of["minutes_documentation"] == 10 * of["held"]
    assert of["minutes_held"] == 15 * of["held"]
    shares = {part: found.outcomes[f"time_{part}_share", "team:team", None]
              for part in ("talks", "no_show", "preparation", "documentation", "other")}  # fmt: skip
    expected = {"talks": 0.5, "no_show": 0, "preparation": 1 / 6, "documentation": 1 / 3, "other": 0}
    assert shares == pytest.approx(expected)


def test_a_shortened_talk_has_less_effect() -> None:
    """Some 3,600 talks of 20 minutes in the first week. Where the minutes are for fewer, all are cut alike, and their
    strength lies on the line from 1 at full length to 0.2 at one half."""
    for minutes in (80_000, 60_000, 40_000):
        scenario = make(
            weeks=4,
            intake={"persons": 4000, "weeks": 1},
            exits={"job": {"level": 0.1}},
            teams={"team": {"fte": 1, "minutes_per_week": minutes, "squeeze": {"shortest": 0.5, "effect": 0.2}}},
            interventions={"samtaler": samtaler({"first_week": 0, "every": [{"weeks": 9}]}, 20, effects={"job": 3.0})},
        )
        before = survival_of([0.1])  # on tirsdag, before the first talk; whoever has left then is not called
        called = counts_of(run(scenario, [0]))["held"].sum(axis=1)[0]
        cut = min(1.0, minutes / (20 * called))
        strength = 0.2 + 0.8 * (cut - 0.5) / 0.5
        after = survival_of([0.1 * (1 + 2 * strength)] * 2)
        exits_follow(scenario, [1.0, before[1], before[1] * after[1], before[1] * after[2]])
