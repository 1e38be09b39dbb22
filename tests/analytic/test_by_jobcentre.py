"""Interventions that are on in some jobcentres alone, or have other settings there: the ledige of each jobcentre live
as if its own settings held everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from simulation.scenario.by_place import settings_of
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.all_kinds import everything

WHOLE = everything()
NAMES = list(WHOLE.jobcentres)
HERE, ARMS = NAMES[0], len(WHOLE.arms)

OTHERWISE: dict[str, dict[str, Any]] = {
    "samtaler": {"effects": {"job": 2.0}, "window_weeks": 4, "priority": "lot"},
    "praktik": {"places": 2, "during": {"job": 1.5}},
    "jobklub": {"clubs": 3, "seats": 2, "attendance": 1.0},
    "vikar": {"attends": 1.0, "declines": 0.0, "during": {"job": 2.0}},
    "virksomhedsforloeb": {"self_found": 0.4, "direct_hire": 0.6},
    "loentilskud": {"matches_per_week": 3.0, "private_share": 0.1},
    "mentor": {"mentors": 4.0, "only_in": [], "during": {"job": 9.0}},
    "koordineret": {"need": 0.9, "places": 2, "during": {"job": 1.8}},
    "incitament": {"outreach": {"margin": 0.3, "odds": 8.0, "minutes": 20}},
    "sygdom": {"at_entry": 0.5, "begins": 0.2},
    "fritagelse": {"grounds": 0.6, "widened": None},
    "raskmelding": {"from_week": 0, "relapses": 0.0},
    "revurdering": {"week": 12, "changes": []},
    "aktiv": {"hours_per_week": 4, "until_week": 9, "during": {"job": 1.6}},
    "formidling": {"attention": 3.0, "offer_after_trial": 1.0},
    "raadighed": {"breach": 0.9, "minutes": 5},
    "sagsarbejde": {"caseload": {"reference": 10, "exits": {"job": {"log": -0.8}}}},
}  # fmt: skip
"""Something else for every kind."""


def data_of(otherwise: Mapping[str, Mapping[str, Any]], places: Sequence[str] | None = None) -> dict[str, Any]:
    """All kinds, of few people, with these keys laid on the interventions, in some places alone."""
    data: dict[str, Any] = WHOLE.model_dump(exclude_none=True)
    data |= {"weeks": 34, "follow_up": 34}
    data["intake"]["persons"] = 60
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


@pytest.mark.parametrize("name", WHOLE.interventions)
def test_off_in_one_jobcentre(name: str) -> None:
    """It does nothing there, and moves nobody elsewhere."""
    off = world_of({name: {"in_jobcentres": NAMES[1:]}})
    for jobcentre in NAMES[1:]:
        assert_as_in(off, PLAIN, jobcentre)
    for counted, by_week in off.register.counts.items():
        if counted.intervention == name:
            assert not by_week[:, :ARMS].any(), counted


@pytest.mark.parametrize("name", WHOLE.interventions)
def test_otherwise_in_one_jobcentre(name: str) -> None:
    """It does there what it would do everywhere, and moves nobody elsewhere."""
    keys = {name: OTHERWISE[name]}
    here, everywhere = world_of(keys, [HERE]), world_of(keys)
    assert_as_in(here, everywhere, HERE)
    assert not np.array_equal(lives(here, HERE), lives(PLAIN, HERE))
    for jobcentre in NAMES[1:]:
        assert_as_in(here, PLAIN, jobcentre)


def test_all_otherwise_at_once() -> None:
    """Each of two jobcentres has its own settings of every kind, the third has those of all."""
    here, everywhere = world_of(OTHERWISE, [HERE, NAMES[2]]), world_of(OTHERWISE)
    for jobcentre in (HERE, NAMES[2]):
        assert_as_in(here, everywhere, jobcentre)
    assert_as_in(here, PLAIN, NAMES[1])


@pytest.mark.parametrize("name", WHOLE.interventions)
def test_what_is_the_same_is_one(name: str) -> None:
    """All jobcentres named, or what an intervention has anyway written of some of them, is no other scenario."""
    everywhere = Scenario.model_validate(data_of({name: {"in_jobcentres": NAMES}}))
    as_ever = Scenario.model_validate(data_of({name: {}}, NAMES[:2]))
    plain = Scenario.model_validate(data_of({}))
    assert settings_of(everywhere, name) == settings_of(as_ever, name) == settings_of(plain, name)
