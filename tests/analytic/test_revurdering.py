"""Revurdering: who is reassessed in which week, whose benefit goes on, and where the others go.

Decision rules. Weeks and counts that follow from the settings are exact, person by person. Shares: |z| < LIMIT,
binomial. Factors of single ledige are compared exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from simulation.world.world import World
from tests.health import revurdering, sygdom
from tests.helpers import LIMIT, exits, first_exits, make, praktik, z_of
from tests.offers import NOBODY_LEAVES, cohort, factors, in_offer, total, watch, weekly

PERSONS = 20_000
TWO: dict[str, Any] = {"exits": {"job": {"level": 0.0}, "other": {"level": 0.0}}}


def test_benefit_ends_in_the_week_after_the_limit() -> None:
    """Ten weeks on benefit: all are reassessed on torsdag in week 10 and leave on tirsdag in week 11."""
    world = run(cohort(persons=500, r=revurdering()), [0])
    assert weekly(world, "r_reached") == weekly(world, "r_ended") == [0] * 10 + [500] + [0] * 9
    assert exits(world).tolist() == [0] * 11 + [500] + [0] * 8


@pytest.mark.parametrize("later", [1, 7])
def test_a_later_limit_moves_the_spike_by_as_many_weeks(later: int) -> None:
    """Others leave by themselves, by the same luck: everybody who has not left by then leaves in week 11, or later."""
    leaving = {"exits": {"job": {"level": 0.03}}}
    runs = [run(cohort(2000, 25, leaving, r=revurdering(week=10 + more)), [0]) for more in (0, later)]
    (before, *_), (after, *_) = (first_exits(world) for world in runs)
    early = before < 11
    assert (before[~early] == 11).all() and 1000 < np.count_nonzero(~early) < 2000
    assert (after[early] == before[early]).all()
    assert ((after[~early] >= 11) & (after[~early] <= 11 + later)).all()
    reached = [np.array(weekly(world, "r_reached")) for world in runs]
    assert np.flatnonzero(reached[0]).tolist() == [10]
    assert np.flatnonzero(reached[1]).tolist() == [10 + later]
    assert np.count_nonzero(after == 11 + later) >= reached[1].sum()


@pytest.mark.parametrize("limit", [6, 9])
def test_outcomes_show_the_spike_in_its_week(limit: int) -> None:
    """Nobody has left `limit` + 1 weeks after enrolment, and everybody one week later, whenever they came."""
    intake = {"persons": 100, "weeks": 10, "arrivals": "random"}
    settings = {"r": revurdering(week=limit)}
    scenario = make(weeks=30, follow_up=15, intake=intake, exits=NOBODY_LEAVES, interventions=settings)
    (replication,) = simulate(scenario, [0])
    gone = [replication.outcomes["exit_job", "alle", week] for week in range(1, 16)]
    assert gone == [0.0] * (limit + 1) + [1.0] * (14 - limit)
    assert [replication.outcomes[f"r_{name}", "alle", None] for name in ("reached", "ended")] == [100.0, 100.0]


def test_weeks_before_enrolment_count() -> None:
    """Enrolled after six weeks on benefit, or after twelve: reassessed in week 4, or at once."""
    for elapsed, week in ((6, 4), (12, 0)):
        intake = {"persons": 50, "weeks": 1, "elapsed_weeks": elapsed}
        world = run(cohort(world={"intake": intake}, r=revurdering()), [0])
        assert weekly(world, "r_reached")[week] == weekly(world, "exit_job")[week + 1] == 50


def newcomers(weeks: int = 30, **settings: Any) -> Scenario:
    """Ten ledige come in each of the first ten weeks."""
    intake = {"persons": 100, "weeks": 10}
    return make(weeks=weeks, intake=intake, exits=NOBODY_LEAVES, interventions={"r": revurdering(**settings)})


def reached(scenario: Scenario) -> dict[int, int]:
    """How many are reassessed, by week."""
    return {week: n for week, n in enumerate(weekly(run(scenario, [0]), "r_reached")) if n}


def test_a_shorter_limit_concerns_those_who_are_past_it_at_once() -> None:
    """20 weeks, from week 15 on 8: whoever came in week 0 to 7 is reassessed in week 15, the others one by one."""
    changes = [{"run_week": 15, "week": 8}]
    assert reached(newcomers(week=20, changes=changes)) == {15: 80, 16: 10, 17: 10}


def test_a_longer_limit_concerns_those_who_have_not_reached_the_old_one() -> None:
    """8 weeks, from week 12 on 11: who came in weeks 0 to 3 has been reassessed by then, the others come later."""
    changes = [{"run_week": 12, "week": 11}]
    assert reached(newcomers(week=8, changes=changes)) == {
        **dict.fromkeys(range(8, 12), 10), **dict.fromkeys(range(15, 21), 10)
    }  # fmt: skip


def test_a_later_change_takes_the_place_of_an_earlier_one() -> None:
    """25 weeks; 12 from week 3 on; 6 from week 14 on: by hand."""
    changes = [{"run_week": 3, "week": 12}, {"run_week": 14, "week": 6}]
    assert reached(newcomers(week=25, changes=changes)) == {12: 10, 13: 10, 14: 70, 15: 10}


@pytest.mark.parametrize("change", [4, 12, 15])
def test_a_limit_holds_for_a_reassessment_that_begins_after_its_date(change: int) -> None:
    """25 weeks, 8 from a week on in which nobody is reassessed yet, as that begins in week 15: as if always 8."""
    runs = {"begins": "2026-W16"}
    changed = reached(newcomers(week=25, changes=[{"run_week": change, "week": 8}], runs=runs))
    assert changed == reached(newcomers(week=8, runs=runs)) == {15: 80, 16: 10, 17: 10}


def test_of_several_limits_the_last_one_before_the_beginning_holds() -> None:
    """12 weeks, 3 from week 2 on and 8 from week 5 on; it begins in week 15, and from week 16 on the limit is 9."""
    changes = [{"run_week": week, "week": limit} for week, limit in ((2, 3), (5, 8), (16, 9))]
    runs = {"begins": "2026-W16"}
    assert reached(newcomers(week=12, changes=changes, runs=runs)) == {15: 80, 17: 10, 18: 10}


def test_a_new_limit_does_not_concern_who_has_been_extended() -> None:
    """All are extended by ten weeks in week 8 to 17; a limit of 1 from week 20 on changes nothing for them."""
    same = {"week": 8, "extended": 1.0, "extension_weeks": 10}
    changed = reached(newcomers(**same, changes=[{"run_week": 20, "week": 1}]))
    assert changed == reached(newcomers(**same)) == {
        **dict.fromkeys([*range(8, 18), *range(28, 30)], 10), **dict.fromkeys(range(18, 28), 10)
    }  # fmt: skip


def test_shares_extended_and_where_the_others_go() -> None:
    """0.4 are extended; of the others 0.3 go to a job: |z| < LIMIT, binomial."""
    settings = revurdering(extended=0.4, extension_weeks=1000, ends_to={"job": 0.3, "other": 0.7})
    world = run(cohort(PERSONS, world=TWO, r=settings), [0])
    ended = weekly(world, "r_ended")[10]
    assert abs(z_of(PERSONS - ended, PERSONS, 0.4)) < LIMIT
    assert weekly(world, "exit_job")[11] + weekly(world, "exit_other")[11] == ended == exits(world).sum()
    assert abs(z_of(weekly(world, "exit_job")[11], ended, 0.3)) < LIMIT


def test_who_is_extended_is_reassessed_again() -> None:
    """Extensions of 3 or 7 weeks, shares 0.3 and 0.7, for half of those reassessed each time: |z| < LIMIT."""
    settings = revurdering(extended=0.5, extension_weeks={3: 0.3, 7: 0.7})
    world = run(cohort(PERSONS, r=settings), [0])
    again, extended = weekly(world, "r_reached"), weekly(world, "r_extended")
    assert abs(z_of(extended[10], PERSONS, 0.5)) < LIMIT
    assert [week for week, n in enumerate(again) if n] == [10, 13, 16, 17, 19]  # 19 = 10 + 3 + 3 + 3
    assert abs(z_of(again[13], extended[10], 0.3)) < LIMIT
    assert again[13] + again[17] == pytest.approx(extended[10], abs=0)
    for week in (13, 17):
        assert abs(z_of(extended[week], again[week], 0.5)) < LIMIT
    assert abs(z_of(again[16], extended[13], 0.3)) < LIMIT


def test_what_is_coming_has_an_effect_in_the_weeks_before_only() -> None:
    """Three weeks before the limit of 10: the factor 2.5 on tirsdag in weeks 8, 9 and 10, and in no other; exactly.

    Everybody is extended by nine weeks, so that it is so again in weeks 17, 18 and 19.
    """
    before = {"weeks": 3, "effects": {"job": 2.5}}
    settings = revurdering(extended=1.0, extension_weeks=9, before=before)
    found, _ = factors(cohort(40, r=settings))
    expected = np.ones((20, 40))
    expected[[8, 9, 10, 17, 18, 19]] = 2.5
    assert (found == expected).all()


def test_before_moves_with_the_new_limit() -> None:
    """A limit of 16 instead of 10 from week 5 on: the effect of the two weeks before is in weeks 15 and 16."""
    settings = revurdering(changes=[{"run_week": 5, "week": 16}], before={"weeks": 2, "effects": {"job": 3.0}})
    found, _ = factors(cohort(20, r=settings))
    assert [week for week in range(20) if (found[week] == 3.0).any()] == [15, 16]


def test_nobody_is_reassessed_who_is_leaving_already() -> None:
    """Two limits in one week: the one that stands first sends everybody, the other one finds nobody."""
    settings = {"first": revurdering(ends_to={"other": 1.0}), "second": revurdering()}
    world = run(cohort(100, world=TWO, **settings), [0])
    assert total(world, "first_ended") == weekly(world, "exit_other")[11] == 100
    assert total(world, "second_reached") == total(world, "exit_job") == 0


def test_an_ended_spell_ends_what_she_was_in() -> None:
    """In praktik and sick: she leaves all the same, and is in neither afterwards."""
    world, (part, _, _) = watch(
        cohort(50, s=sygdom(begins=1.0, length_weeks=1000), prk=praktik(length_weeks=15), r=revurdering())
    )
    assert in_offer(world)[10].all() and not in_offer(world)[11:].any()
    assert not len(part.sick.ids)
    assert (status_of(world.register.codes)[11:] == GONE).all()


def test_the_limit_counts_from_the_new_spell() -> None:
    """Jobs last a week or so, an extension 1000: whoever comes back is reassessed ten weeks later, extended or not."""
    jobs = {"hours": 37, "end_intensity": {0: 2.0}, "returns": 1.0}
    came_back = 0

    def look(world: World, running: Any, week: int) -> None:
        nonlocal came_back
        ids = world.ledige.on_benefit()
        extended, begun = running[0].extended[ids], world.ledige.spell_start[ids].astype(int)
        assert (running[0].planned.week[ids] == begun + 10 + 1000 * extended).all()
        came_back += np.count_nonzero(~extended & (begun > 11))

    settings = revurdering(extended=1.0, extension_weeks=1000)
    watch(cohort(300, 30, {"job_spells": jobs, "exits": {"job": {"level": 0.1}}}, r=settings), soendag=look)
    assert came_back > 100
