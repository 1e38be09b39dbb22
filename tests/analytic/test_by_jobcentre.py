"""Interventions that are on in some jobcentres alone, or have other settings there: the ledige of each jobcentre live
as if its own settings held everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from simulation import large
from simulation.large import run_batch, slices_of
from simulation.results.measures.replication import simulate
from simulation.scenario.by_place import settings_of
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.all_kinds import OTHERWISE, everything
from tests.helpers import digest
from tests.reference.tables import third

WHOLE = everything()
NAMES = list(WHOLE.jobcentres)
HERE, ARMS = NAMES[0], len(WHOLE.arms)
PERSONS, WEEKS = 50, 30

def data_of(otherwise: Mapping[str, Mapping[str, Any]], places: Sequence[str] | None = None) -> dict[str, Any]:
    """All kinds, of few people, with these keys laid on the interventions, in some places alone."""
    data: dict[str, Any] = WHOLE.model_dump(exclude_none=True)
    data |= {"weeks": WEEKS, "follow_up": WEEKS}
    data["intake"]["persons"] = PERSONS
    for jobcentre in data["jobcentres"].values():
        jobcentre.pop("persons", None)
    for name, keys in otherwise.items():
        changed = data["interventions"][name] | keys
        if places is None:
            data["interventions"][name] = changed
        for place in places or ():
            data["jobcentres"][place]["interventions"][name] = changed
    return data


def world_of(otherwise: Mapping[str, Mapping[str, Any]] = {}, places: Sequence[str] | None = None) -> World:
    return run(Scenario.model_validate(data_of(otherwise, places)), [0])


PLAIN = world_of()


def lives(world: World, jobcentre: str) -> Any:
    """The register of a jobcentre's ledige, (weeks, people)."""
    return world.register.codes[:, world.ledige.jobcentre == NAMES.index(jobcentre)]


def assert_as_in(world: World, other: World, jobcentre: str) -> None:
    """The ledige of a jobcentre live the same in both, and the same is counted of them."""
    assert np.array_equal(lives(world, jobcentre), lives(other, jobcentre))
    cells = slice(NAMES.index(jobcentre) * ARMS, (NAMES.index(jobcentre) + 1) * ARMS)
    for name in world.register.counts.keys() | other.register.counts.keys():
        counts = [each.register.counts.get(name) for each in (world, other)]
        there = [None if count is None or not count[:, cells].any() else count[:, cells] for count in counts]
        assert np.array_equal(there[0], there[1]), name  # type: ignore[arg-type]


@pytest.mark.parametrize("name", third([*WHOLE.interventions], 0))
def test_otherwise_in_one_jobcentre_and_off_in_another(name: str) -> None:
    """It does in the first what it would do everywhere, in the last nothing, and moves nobody in the second."""
    keys = {name: OTHERWISE[name]}
    data = data_of(keys, [HERE])
    for settings in (data["interventions"][name], data["jobcentres"][HERE]["interventions"][name]):
        settings["in_jobcentres"] = NAMES[:2]
    world, everywhere = run(Scenario.model_validate(data), [0]), world_of(keys)
    assert_as_in(world, everywhere, HERE)
    assert not np.array_equal(lives(world, HERE), lives(PLAIN, HERE))
    assert_as_in(world, PLAIN, NAMES[1])
    for counted, by_week in world.register.counts.items():
        if counted.intervention == name:
            assert not by_week[:, 2 * ARMS :].any(), counted


def test_all_otherwise_at_once() -> None:
    """Each of two jobcentres has its own settings of every kind, the third has those of all."""
    here, everywhere = world_of(OTHERWISE, [HERE, NAMES[2]]), world_of(OTHERWISE)
    for jobcentre in (HERE, NAMES[2]):
        assert_as_in(here, everywhere, jobcentre)
    assert_as_in(here, PLAIN, NAMES[1])


def test_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A world that is run a few jobcentres at a time is the same, whichever of them have settings of their own; and so
    is one that is run beside another."""
    data = data_of(OTHERWISE, [HERE])
    for name in list(data["interventions"])[::2]:
        for settings in (data["interventions"][name], data["jobcentres"][HERE]["interventions"][name]):
            settings["in_jobcentres"] = NAMES[:2]
    scenario = Scenario.model_validate(data)
    whole, measured = run_batch(scenario, [3]), simulate(scenario, [3])
    monkeypatch.setattr(large, "SLICE", 2 * PERSONS)
    assert len(slices_of(scenario)) == 2
    batch = run(scenario, [0, 3])
    assert (batch.register.codes[:, batch.ledige.world == 1] == whole.register.codes).all()
    parts = run_batch(scenario, [3])
    assert (parts.register.codes == whole.register.codes).all()
    assert (parts.register.hours == whole.register.hours).all()
    assert digest(simulate(scenario, [3])) == digest(measured)


@pytest.mark.parametrize("name", WHOLE.interventions)
def test_what_is_the_same_is_one(name: str) -> None:
    """All jobcentres named, or what an intervention has anyway written of some of them, is no other scenario."""
    everywhere = Scenario.model_validate(data_of({name: {"in_jobcentres": NAMES}}))
    as_ever = Scenario.model_validate(data_of({name: {}}, NAMES[:2]))
    plain = Scenario.model_validate(data_of({}))
    assert settings_of(everywhere, name) == settings_of(as_ever, name) == settings_of(plain, name)
