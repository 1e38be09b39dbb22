"""Vikar while an assignment lasts and afterwards: pay, quitting, being hired, and effects.

Decision rules: as in `test_vikar`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.week import run
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import status_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.helpers import LIMIT, z_of
from tests.offers import JOBS, bureau, factors, total, watch, weekly
from tests.temps import PERSONS, on_assignment, temps

# --- while it lasts -------------------------------------------------------------------------------------------------


def test_who_is_on_an_assignment_is_on_benefit_and_paid_for_its_hours() -> None:
    """Its hours come on top of those of a small job, and go when it ends; without one, hours are the small job's.

    Exactly, by week and person: hours = small job (as in the same world without vikar) + assignment.
    """
    beside = {"at_entry": 0.3, "begins": 0.1, "ends": 0.2, "hours": {5: 0.5, 9: 0.5}}
    settings = {
        "persons": 500, "weeks": 40, "bureaus": {"temp": bureau(orders_per_week=20.0, hours={15: 0.5, 37: 0.5})},
        "quits": 0.1, "world": {"job_spells": {**JOBS, "beside_benefit": beside}},
    }  # fmt: skip
    world = run(temps(**settings), [0])
    alone = run(temps(**{**settings, "bureaus": {"temp": bureau(orders_per_week=0.0)}}), [0])
    assert world.register.hours is not None and alone.register.hours is not None
    extra = world.register.hours.astype(int) - alone.register.hours
    on = on_assignment(world)
    assert (status_of(world.register.codes) == LEDIG).all()
    assert ((extra > 0) == on).all()
    assert set(extra[on].tolist()) == {15, 37}
    both = on & (alone.register.hours > 0)
    assert both.any() and (on & ~both).any()
    same = on[1:] & on[:-1] & (extra[1:] == extra[:-1])
    assert np.count_nonzero(same) > 0.7 * np.count_nonzero(on)  # hours are those of the assignment, not of the week


def test_an_assignment_lasts_its_weeks() -> None:
    """From torsdag to the onsdag four weeks on: four søndage, and the next one begins on the day after."""
    world = run(temps(persons=50, bureaus={"temp": bureau(length_weeks=4)}), [0])
    assert weekly(world, "vikar_assignments") == [50, 0, 0, 0] * 3
    assert weekly(world, "vikar_completed") == [0, 0, 0, 0, 50, 0, 0, 0, 50, 0, 0, 0]
    assert on_assignment(world).all()


def test_quitting_is_geometric() -> None:
    """In each week but the last the share 0.2 of those still there leaves: |z| < LIMIT; a quitter has been there."""
    quits = 0.2
    scenario = temps(weeks=10, quits=quits, bureaus={"temp": bureau(length_weeks=9, orders_per_week=float(PERSONS))})
    world = run(scenario, [0])
    began = on_assignment(world)[0]
    assert began.all()
    quitting = np.array(weekly(world, "vikar_quit"))
    assert quitting[0] == 0
    assert abs(z_of(quitting[1], PERSONS, quits)) < LIMIT
    # a quitter begins anew on the next day; those who have not quit before are told by their first spell
    first_end = np.full(PERSONS, 99)

    def look(world: World, running: Any, week: int) -> None:
        started = running[0].spells.started
        moved = (started != 0) & (first_end == 99)
        first_end[moved] = week

    watch(scenario, soendag=look)
    there = np.array([np.count_nonzero(first_end >= week) for week in range(1, 10)])
    gone = np.array([np.count_nonzero(first_end == week) for week in range(1, 9)])
    assert np.abs(z_of(gone, there[:8], quits)).max() < LIMIT
    assert weekly(world, "vikar_completed")[9] == there[8]


def test_who_quits_is_not_hired_and_has_no_gain() -> None:
    """All quit after a week: no conversion, and nothing of the gain after an assignment carried through."""
    scenario = temps(
        persons=100, quits=1.0, bureaus={"temp": bureau(length_weeks=5, conversion=1.0, orders_per_week=30.0)},
        after={"effects": {"job": 9.0}, "weeks": 20}, world={"exits": {"job": {"level": 1e-9}}},
    )  # fmt: skip
    found, world = factors(scenario)
    assert (found == 1).all()
    assert total(world, "vikar_quit") > 300 and total(world, "exit_job") == 0


def test_conversion_makes_a_job_on_the_next_tirsdag() -> None:
    """Assignments of two weeks from week 0 end on onsdag in week 2; 0.4 of them are jobs from tirsdag in week 3."""
    scenario = temps(bureaus={"temp": bureau(length_weeks=2, conversion=0.4, hours=15)}, weeks=5)
    world = run(scenario, [0])
    converted = weekly(world, "vikar_converted")
    assert converted[:2] == [0, 0]
    assert abs(z_of(converted[2], PERSONS, 0.4)) < LIMIT
    assert weekly(world, "exit_job")[:4] == [0, 0, 0, converted[2]]
    status, hours = status_of(world.register.codes), world.register.hours
    assert hours is not None
    hired = status[3] == GONE
    assert np.count_nonzero(hired) == converted[2]
    assert (hours[3, hired] == 37).all() and not on_assignment(world)[3, hired].any()


def test_who_is_hired_takes_no_further_assignment() -> None:
    """Ten ledige, assignments of a week that all turn into jobs: ten assignments, ten conversions, ten jobs."""
    scenario = temps(persons=10, bureaus={"temp": bureau(length_weeks=1, conversion=1.0)})
    world = run(scenario, [0])
    assert total(world, "vikar_converted") == total(world, "exit_job") == 10
    assert total(world, "vikar_assignments") == 10


def test_who_leaves_for_a_job_has_its_hours_and_no_others() -> None:
    """Exits while on an assignment: in a job its hours, elsewhere none; on the register are those who stay."""
    world = run(temps(persons=2000, weeks=20, world={"exits": {"job": {"level": 0.1}, "other": {"level": 0.05}}}), [0])
    status, hours = status_of(world.register.codes), world.register.hours
    assert hours is not None
    assert (hours[status == GONE] == 37).all()
    assert (hours[(status != GONE) & (status != LEDIG)] == 0).all()
    assert total(world, "vikar_left") > 1000
    assert weekly(world, "vikar_registered") == np.count_nonzero(status == LEDIG, axis=1).tolist()
    assert (
        world.referred["vikar"][status[0] == LEDIG] == 0
    ).all()  # whereas the week of referral stays, for outcomes by month


# --- effects --------------------------------------------------------------------------------------------------------


def test_effects_of_being_registered_of_working_and_afterwards() -> None:
    """1.5 registered without assignment, 0.5 on one, and 3 → halving in 2 weeks for 5 weeks after one carried through.

    Every factor of every tirsdag against a loop over the register, in plain Python: the assignment of søndag in week
    w − 1 is in force on the tirsdag of week w, unless it began on that week's torsdag. Exactly.
    """
    scenario = temps(
        persons=150, weeks=30, bureaus={"temp": bureau(orders_per_week=6.0, length_weeks={1: 0.3, 4: 0.7})},
        registered_after={1: 0.5, 3: 0.5}, quits=0.1, registered={"job": 1.5}, during={"job": 0.5},
        after={"effects": {"job": 3.0}, "weeks": 5, "halving_weeks": 2.0},
        world={"exits": {"job": {"level": 1e-9}}},
    )  # fmt: skip
    state: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def look(world: World, running: Any, week: int) -> None:
        part = running[0]
        state.append((part.books.registered.among.copy(), part.spells.started != NEVER, part.spells.completed.copy()))

    watch(scenario, soendag=look)
    found, _ = factors(scenario)
    kinds = set()
    assert (found[0] == 1).all()
    for week in range(1, 30):
        registered, working, completed = state[week - 1]
        for ledig in range(150):
            expected = 1.0
            if working[ledig]:
                expected = 0.5
            elif registered[ledig]:
                expected = 1.5
                since = week - int(completed[ledig])
                if since <= 5:
                    expected *= 1 + 2 * 0.5 ** (since / 2)
                    kinds.add(since)
            kinds.add(expected)
            assert found[week][ledig] == pytest.approx(expected), (week, ledig)
    assert {0.5, 1.5, 1, 2, 3, 4, 5} <= kinds
