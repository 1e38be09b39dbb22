"""Vikar: bureaus whose orders grow, and ledige who are sought out (rows 004:29 and 004:30 of what the evaluations ask).

All exact: orders by hand, and the shipped what-ifs with the luck of the trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.interventions.vikar.settings import Relation
from simulation.results.measures.replication import simulate
from simulation.scenario.load import load
from simulation.week import run
from tests.helpers import counts_of
from tests.offers import JOBS, bureau, cohort, total, vikar, weekly

SHIPPED = Path(__file__).parents[2] / "scenarios"
WORLD = {"job_spells": JOBS, "exits": {"job": {"level": 0.0}}}


def orders(weeks: int, relation: dict[str, Any] | None, **more: Any) -> list[int]:
    """Assignments begun by week where a bureau has four orders a week for a hundred ledige, of one week each."""
    bureaus = {"temp": bureau(orders_per_week=4.0, length_weeks=1, **({"relation": relation} if relation else {}))}
    return weekly(run(cohort(100, weeks, WORLD, v=vikar(bureaus=bureaus, **more)), [0]), "v_assignments")


def test_orders_grow_with_weeks() -> None:
    """From a half to all in eight weeks: 2, 2.25, 2.5, ... of which whole ones are offered."""
    rates = [4 * (0.5 + 0.5 * min(week / 8, 1)) for week in range(12)]
    so_far = np.floor(np.cumsum([0.0, *rates]))
    assert orders(12, {"strength": 0.5, "weeks": 8}) == np.diff(so_far).astype(int).tolist()


def test_orders_grow_with_assignments() -> None:
    """From a quarter to all in ten assignments: 1, 1.3, 1.6 (of three begun by then), ..."""
    begun, so_far, found = 0, 0.0, []
    for _ in range(12):
        before, so_far = so_far, so_far + 4 * (0.25 + 0.75 * min(begun / 10, 1))
        found.append(int(so_far) - int(before))
        begun += found[-1]
    assert orders(12, {"strength": 0.25, "assignments": 10}) == found
    assert found[-1] == 4 and sum(found) < 48


def test_full_from_the_beginning_is_as_without() -> None:
    assert orders(10, {"strength": 1.0, "weeks": 1}) == orders(10, None) == [4] * 10


def test_it_must_grow_somehow() -> None:
    with pytest.raises(ValueError, match="say in how many `weeks` or `assignments`"):
        Relation(strength=0.5)


def test_who_was_offered_nothing_comes_first() -> None:
    """Four a week for forty: everybody has been offered one after ten weeks, instead of some twice."""
    scenario = cohort(40, 10, WORLD, v=vikar(
        bureaus={"temp": bureau(orders_per_week=4.0, length_weeks=1)}, seeks_out=True
    ))  # fmt: skip
    assert weekly(run(scenario, [0]), "v_first_offer") == [4] * 10
    by_lot = cohort(40, 10, WORLD, v=vikar(bureaus={"temp": bureau(orders_per_week=4.0, length_weeks=1)}))
    assert total(run(by_lot, [0]), "v_first_offer") < 35


@cache
def shipped(name: str) -> Mapping[Any, float]:
    """Outcomes of a shipped scenario, in one replication."""
    return simulate(load(SHIPPED / f"{name}.yaml").scenario, [0])[0].outcomes


def test_row_004_29_relations_with_bureaus_built_over_time() -> None:
    """Fewer assignments than where bureaus offer all from the beginning, and most of those missing are early ones."""
    before, after = (
        counts_of(run(load(SHIPPED / f"{name}.yaml").scenario, [0]))["vikar_assignments"].sum(axis=1)
        for name in ("tre_hovedveje_vikar", "hvad_hvis/vikar_relationer")
    )
    assert 0.5 < after.sum() / before.sum() < 0.95
    assert after[:15].sum() / before[:15].sum() < after[-15:].sum() / before[-15:].sum()


def test_row_004_30_those_offered_nothing_are_sought_out() -> None:
    """Fewer are never offered an assignment."""
    what = ("vikar_never_offered_share", "alle", None)
    assert shipped("hvad_hvis/vikar_opsoegende")[what] < shipped("tre_hovedveje_vikar")[what]
