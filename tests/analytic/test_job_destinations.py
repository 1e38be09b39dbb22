"""Several destinations that are jobs, each with its own hours, ends and returns; where everybody is after some weeks.

Decision rules. Shares: |z| < LIMIT, binomial. Everything else is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.histories import histories
from simulation.results.measures.replication import simulate, summarise
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.register import status_of
from simulation.world.world import World
from tests.helpers import LIMIT, busy, make, z_of
from tests.offers import JOBS, total, weekly

PERSONS = 30_000
OLD_JOB, FLEKSJOB, OTHER, JOB = (GONE + k for k in range(4))
FAST = {"level": 0.5}
SPELLS: dict[str, dict[str, Any]] = {
    "gammelt_job": {"hours": 37, "end_intensity": {0: 0.1}, "returns": 0.25},
    "fleksjob": {"hours": {10: 0.3, 20: 0.7}, "end_intensity": {0: 0.02, 6: 0.2}, "returns": 1.0},
}


def several(persons: int = PERSONS, weeks: int = 26, **changes: Any) -> Scenario:
    """Two kinds of job that end, one destination for good, and ordinary jobs with the spells of the scenario."""
    exits = {**{name: {**FAST, "job_spells": spell} for name, spell in SPELLS.items()}, "other": FAST, "job": FAST}
    spells = {"hours": 30, "end_intensity": {0: 0.05}, "returns": 0.6}
    intake = {"persons": persons, "weeks": 1}
    return make(**{"weeks": weeks, "intake": intake, "exits": exits, "job_spells": spells, **changes})


@pytest.fixture(scope="module")
def world() -> World:
    """One run that many tests look at; nobody comes back, so that everybody has one job."""
    once = {name: {**FAST, "job_spells": {**spell, "returns": 0.0}} for name, spell in SPELLS.items()}
    spells = {"hours": 30, "end_intensity": {0: 0.05}, "returns": 0.0}
    return run(several(exits={**once, "other": FAST, "job": FAST}, job_spells=spells), [0])


def first_jobs(world: World, status: int) -> np.ndarray:
    """Who leaves to this destination in week 0: the statuses after it, shape (weeks, persons)."""
    codes = status_of(world.register.codes)
    return np.asarray(codes[:, codes[0] == status])


@pytest.mark.parametrize(("status", "hours"), [(OLD_JOB, {37: 1.0}), (FLEKSJOB, {10: 0.3, 20: 0.7}), (JOB, {30: 1.0})])
def test_hours_are_those_of_the_destination(world: World, status: int, hours: dict[int, float]) -> None:
    """|z| < LIMIT; and the same hours all the way, until the job ends."""
    mine = status_of(world.register.codes)[0] == status
    assert world.register.hours is not None
    worked = world.register.hours[0, mine]
    assert set(worked.tolist()) == set(hours)
    for value, share in hours.items():
        if share < 1:
            assert abs(z_of(np.count_nonzero(worked == value), len(worked), share)) < LIMIT
    assert (world.register.hours[:, mine] == worked * (status_of(world.register.codes)[:, mine] == status)).all()


def test_nobody_works_who_is_in_no_job(world: World) -> None:
    """On benefit, gone for good, or out."""
    codes = status_of(world.register.codes)
    assert world.register.hours is not None
    idle = (codes == LEDIG) | (codes == OTHER) | (codes == OUT)
    assert (world.register.hours[idle] == 0).all() and (world.register.hours[~idle] > 0).all()


@pytest.mark.parametrize("status", [OLD_JOB, FLEKSJOB])
def test_a_job_lasts_as_its_destination_says(world: World, status: int) -> None:
    """Still in it after w weeks: exp(-sum of the weekly intensities), in every week; |z| < LIMIT."""
    spell = list(SPELLS.values())[status - GONE]["end_intensity"]
    weekly = [spell[max(step for step in spell if step <= week)] for week in range(25)]
    there = np.count_nonzero(first_jobs(world, status) == status, axis=1)
    assert np.abs(z_of(there[1:], there[0], np.exp(-np.cumsum(weekly)))).max() < LIMIT


@pytest.mark.parametrize("name", SPELLS)
def test_who_comes_back_is_said_by_the_destination(name: str) -> None:
    """Jobs elsewhere never end. Of those here that end after a week 0.25, or all, come back: |z| < LIMIT, binomial."""
    exits = {other: {**FAST, "job_spells": JOBS if other != name else SPELLS[other]} for other in SPELLS}
    world = run(several(weeks=3, exits=exits, job_spells=None), [0])
    back, out = weekly(world, "returned")[1], np.count_nonzero(status_of(world.register.codes)[1] == OUT)
    assert back > 20
    if SPELLS[name]["returns"] == 1:
        assert out == 0
    else:
        assert abs(z_of(back, back + out, SPELLS[name]["returns"])) < LIMIT


def test_a_destination_without_spells_is_for_good(world: World) -> None:
    """Whoever has left there stays there."""
    codes = status_of(world.register.codes)
    gone = codes == OTHER
    assert (gone[1:] >= gone[:-1]).all() and gone[-1].any()


def test_spells_of_one_destination_are_nothing_to_those_of_another() -> None:
    """Shorter jobs elsewhere: those of the first destination last as long as before, for everybody."""
    exits = {**{name: {**FAST, "job_spells": spell} for name, spell in SPELLS.items()}, "other": FAST, "job": FAST}
    shorter = {**SPELLS["fleksjob"], "hours": 5, "end_intensity": {0: 1.0}}
    changed = {**exits, "fleksjob": {**FAST, "job_spells": shorter}}
    old, new = (first_jobs(run(several(2000, exits=each), [0]), OLD_JOB) for each in (exits, changed))
    assert old.shape == new.shape
    assert ((old == OLD_JOB).cumprod(axis=0) == (new == OLD_JOB).cumprod(axis=0)).all()


def test_a_job_at_a_destination_needs_no_ordinary_jobs() -> None:
    """Without `job_spells`, and without an exit called job: employment and hours are of the fleksjob alone."""
    scenario = make(exits={"fleksjob": {"level": 0.1, "job_spells": {**JOBS, "hours": 12}}, "other": {"level": 0.1}})
    assert list(scenario.employment()) == ["fleksjob"]
    world = run(scenario, [0])
    (replication,) = summarise(scenario, [0], world, 0.0)
    weeks = np.count_nonzero(status_of(world.register.codes) == GONE)
    assert replication.outcomes["weeks_employed", "alle", None] == weeks / 1000
    assert replication.outcomes["hours", "alle", None] == 12 * weeks / 1000


# --- where everybody is ---------------------------------------------------------------------------------------------


def test_states_are_those_of_the_register_and_add_up() -> None:
    """After 1, 7 and 20 weeks, by arm and together, as counted in the register of the week that ends then."""
    weeks = [1, 7, 20]
    arms = {"a": 1, "b": 2}
    intake = {"persons": 900, "weeks": 5, "arrivals": "random"}
    scenario = several(states_at=weeks, arms=arms, follow_up=20, intake=intake)
    world = run(scenario, [0, 1])
    names = {"benefit": LEDIG, "out": OUT, "gammelt_job": OLD_JOB, "fleksjob": FLEKSJOB, "other": OTHER, "job": JOB}
    for number, replication in enumerate(summarise(scenario, [0, 1], world, 0.0)):
        mine = world.ledige.world == number
        for week in weeks:
            at = world.ledige.entry[mine] + week - 1
            codes = status_of(world.register.codes[:, mine])[at, np.arange(len(at))]
            arm = world.ledige.arm[mine]
            for group, chosen in (("alle", arm >= 0), ("a", arm == 0), ("b", arm == 1)):
                found = {name: replication.outcomes[f"state_{name}", group, week] for name in names}
                assert found == {name: np.mean(codes[chosen] == code) for name, code in names.items()}
                assert sum(found.values()) == pytest.approx(1, abs=1e-12)
                assert replication.outcomes["persons_seen", group, week] == np.count_nonzero(chosen)


def test_states_are_of_those_who_are_seen_so_long() -> None:
    """Enrolled in weeks 0 to 9 of a run of 15: after 10 weeks the ones of weeks 0 to 5 are seen."""
    intake = {"persons": 100, "weeks": 10}
    scenario = several(weeks=15, follow_up=15, states_at=[10], intake=intake)
    (replication,) = simulate(scenario, [0])
    assert replication.outcomes["persons_seen", "alle", 10] == 60
    people = histories(scenario, run(scenario, [0]))
    assert np.count_nonzero(people.seen[9]) == 60


def test_states_differ_from_first_exits_by_those_who_came_back() -> None:
    """Exits are counted once and for ever; states are where people are. Where nobody comes back they are the same."""
    (replication,) = simulate(several(5000, states_at=[20], follow_up=20), [0])
    outcomes = replication.outcomes
    for name in ("gammelt_job", "fleksjob", "job"):
        assert outcomes[f"state_{name}", "alle", 20] != outcomes[f"exit_{name}", "alle", 20]
    plain = several(5000, states_at=[20], follow_up=20, job_spells=None, exits={"a": FAST, "b": FAST})
    outcomes = simulate(plain, [0])[0].outcomes
    for name in ("a", "b"):
        assert outcomes[f"state_{name}", "alle", 20] == pytest.approx(outcomes[f"exit_{name}", "alle", 20], abs=1e-12)
    assert outcomes["state_out", "alle", 20] == 0


def test_a_job_spell_of_every_destination_in_a_busy_world() -> None:
    """Everything scarce, and every exit a job that ends: people add up, whoever ends comes back or is out."""
    data = busy().model_dump(exclude_none=True)
    data["exits"]["other"]["job_spells"] = {"hours": 8, "end_intensity": {0: 0.2}, "returns": 0.5}
    world = run(Scenario.model_validate(data), [0, 1])
    codes = status_of(world.register.codes)
    began = total(world, "exit_job") + total(world, "exit_other")
    now = np.count_nonzero(codes[-1] >= GONE)
    assert began == now + total(world, "returned") + np.count_nonzero(codes[-1] == OUT)
    assert total(world, "returned") > 20 and np.count_nonzero(codes[-1] == OUT) > 20
