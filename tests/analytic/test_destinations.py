"""Where exits go: every effect of every kind may move any destination, and leaving benefit is not work.

The second engine's scenarios have every kind; there each effect moves a destination that is no job, alone, and the
exits to it are more. What that does to work stands in closed form: competing exits only take from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from simulation.interventions import KINDS
from simulation.interventions.sagsarbejde.settings import Sagsarbejde
from simulation.results.measures.replication import Replication, simulate
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded, load
from simulation.scenario.references import places_of
from simulation.week import run
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from tests.helpers import LIMIT, exits, make, samtaler, survival_of, week_by_week
from tests.reference.tables import SCENARIOS, third
from tests.reference.test_sizes import plain

NOT_EFFECTS = ("ends_to",)  # shares of who is sent where
ELASTICITIES = ("caseload", "exits")  # see test_sagsarbejde.py; they may not be of what minutes left move


def effect_keys() -> list[tuple[str, tuple[Any, ...]]]:
    """Every key with effects on exits that some kind has, once: a scenario that has it, and its path there."""
    found: dict[tuple[str, str, str], tuple[str, tuple[Any, ...]]] = {}
    for name in SCENARIOS:
        data = plain(name).resolved.data
        for path in places_of(data, "exits"):
            if path[0] != "interventions" or path[-1] in NOT_EFFECTS or path[-2:] == ELASTICITIES:
                continue
            if not isinstance(part_at(data, path), dict):
                continue
            kind = data["interventions"][path[1]]["kind"]
            found.setdefault((kind, str(path[2]), str(path[-1])), (name, path))
    return list(found.values())


def part_at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


KEYS = effect_keys()


def test_every_kind_with_effects_is_here() -> None:
    """So that a new one is not forgotten."""
    named = {plain(name).resolved.data["interventions"][path[1]]["kind"] for name, path in KEYS}
    with_effects = {
        word
        for word, kind in KINDS.items()
        if any(target == "exits" and pattern.endswith(".<key>") for pattern, target in kind.settings.refers.items())
    }
    assert named == with_effects


@pytest.mark.parametrize("key", third(KEYS, 1), ids=[f"{name} {dotted(path)}" for name, path in KEYS])
def test_an_effect_moves_any_destination(key: tuple[str, tuple[Any, ...]]) -> None:
    """To each destination that is no job the exits are more, where the effect moves that one alone, and strongly."""
    name, path = key
    loaded = plain(name)
    elsewhere = [each for each in loaded.scenario.exits if each not in loaded.scenario.employment()]
    for destination in elsewhere:
        more, plainly = (exits_to(with_only(loaded, path, {destination: each}), destination) for each in (20.0, 1.0))
        *_, at_the_end = plainly
        assert any(so_far > at_the_end for so_far in more), destination


def with_only(loaded: Loaded, path: tuple[Any, ...], effects: dict[str, float]) -> Loaded:
    levels = {f"exits.{name}.level": 0.01 for name in effects}
    casework = loaded.scenario.by_kind(Sagsarbejde).items()
    without = {f"interventions.{called}.caseload": None for called, each in casework if each.caseload}
    return loaded.with_({dotted(path): effects, **levels, **without})


def exits_to(loaded: Loaded, destination: str) -> Iterator[int]:
    """How many have left to it, after each week."""
    code = GONE + list(loaded.scenario.exits).index(destination)
    for week, world in week_by_week(loaded.scenario):
        yield int((status_of(world.register.codes[: week + 1]) == code).any(axis=0).sum())


def off_benefit(factor: float) -> list[Replication]:
    """Talks that move ledige off benefit, to nothing that is work."""
    scenario = make(
        weeks=40, follow_up=30, intake={"persons": 800, "weeks": 1},
        teams={"team": {"fte": 100, "minutes_per_week": 10_000}},
        exits={"job": {"level": 0.03}, "education": {"level": 0.005}, "other": {"level": 0.01}},
        job_spells={"hours": 30, "end_intensity": {0: 0.02}, "returns": 0.5},
        interventions={"samtaler": samtaler(effects={"other": factor})},
        states_at=[30],
    )  # fmt: skip
    return simulate(scenario, range(6))


def test_leaving_benefit_is_not_work() -> None:
    """More leave benefit, and sooner; fewer for a job, with fewer weeks and hours of work, in every replication."""
    plain, moved = off_benefit(1.0), off_benefit(4.0)
    for outcome, week, up in (
        ("exit_any", 30, True), ("exit_other", 30, True), ("state_other", 30, True), ("exit_job", 30, False),
        ("exit_education", 30, False), ("weeks_employed", None, False), ("hours", None, False),
        ("employed_share", 29, False), ("state_job", 30, False), ("weeks_to_exit", None, False),
    ):  # fmt: skip
        for before, after in zip(plain, moved, strict=True):
            change = after.outcomes[outcome, "alle", week] - before.outcomes[outcome, "alle", week]
            assert change > 0 if up else change < 0, outcome


def test_who_leaves_for_a_job_does_so_by_the_competing_intensity_alone() -> None:
    """The cumulative incidence of a job is job / all × (1 − survival), week by week: |z| < LIMIT, binomial."""
    factor, job, other = 5.0, 0.03, 0.01
    scenario = make(
        weeks=30, intake={"persons": 60_000, "weeks": 1}, exits={"job": {"level": job}, "other": {"level": other}},
        teams={"team": {"fte": 1000, "minutes_per_week": 10_000}},
        interventions={"samtaler": samtaler(window_weeks=1, effects={"other": factor})},
    )  # fmt: skip
    world = run(scenario, [0])
    moved = np.array([other, other, *[other * factor] * 28])  # the first talk is held in week 1
    survival = survival_of(moved + job)
    out = exits(world)
    expected = survival[:-1] - survival[1:]
    z = (out - 60_000 * expected) / np.sqrt(60_000 * expected * (1 - expected))
    assert np.abs(z).max() < LIMIT
    to_job = (status_of(world.register.codes) == GONE).any(axis=0).sum()
    share = float((expected * job / (moved + job)).sum())
    assert abs(to_job - 60_000 * share) < LIMIT * np.sqrt(60_000 * share * (1 - share))


def test_work_is_what_is_a_job_and_nothing_else() -> None:
    """With every destination open, those counted as employed are those whose status is a job that may end."""
    scenario = load("tests/reference/scenarios/syge.yaml").scenario
    codes = status_of(run(scenario, [0]).register.codes)
    jobs = [GONE + k for k, name in enumerate(scenario.exits) if name in scenario.employment()]
    assert_array_equal(scenario.employed(codes), np.isin(codes, jobs))
    assert 0 < len(jobs) < len(scenario.exits)
