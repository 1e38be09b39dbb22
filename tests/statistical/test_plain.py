"""The plain C loop, by which the benchmark measures the engine, has the law of the engine.

It is compiled where there is a compiler, and else these tests are skipped. Decision rule: as in test_bench.py,
|z| < 3.5 for each of the eleven figures, against the published means of another program, and against this engine with
equals served by index, as they are in C. The slow tests have ten times as many seeds of either. Seeds are fixed, so a
test fails when a program changes, and not otherwise.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.benchmarks import benchmark
from tests.statistical.test_bench import LIMIT, PUBLISHED, against_published, serve_by_index, simulated

plain = benchmark("plain")
PERSONS, WEEKS = 10_000, 64

pytestmark = pytest.mark.skipif(plain.compiler() is None, reason="there is no C compiler here")


@cache
def in_c(seeds: int) -> np.ndarray:
    """The figures of test_bench.py of so many seeds, shape (seeds, 11)."""
    worlds = plain.Plain().worlds(PERSONS, WEEKS, seeds, 1)
    of = {name: np.array([world[name] for world in worlds], dtype=float) for name in worlds[0]}
    exits, called = of["job"] + of["edu"] + of["other"], of["held"] + of["no_shows"]
    columns = [
        100 * exits / PERSONS,
        *(100 * of[name] / PERSONS for name in ("job", "edu", "other")),
        of["held"] / of["person_weeks"],
        of["held"] / of["due"],
        of["no_shows"] / called,
        *(of[name] / PERSONS for name in ("praktik_weeks", "praktik_starts", "minutes", "person_weeks")),
    ]
    return np.stack(columns, axis=1)


def apart(one: np.ndarray, other: np.ndarray) -> dict[str, float]:
    """z of the difference of every figure, for two independent samples."""
    errors = [found.std(axis=0, ddof=1) / np.sqrt(len(found)) for found in (one, other)]
    z = (one.mean(axis=0) - other.mean(axis=0)) / np.hypot(*errors)
    return dict(zip(PUBLISHED, z.round(2).tolist(), strict=True))


@pytest.mark.parametrize("seeds", [400, pytest.param(4000, marks=pytest.mark.slow)], ids=["quick", "slow"])
def test_c_agrees_with_published_means(seeds: int) -> None:
    """|z| < 3.5 in all eleven."""
    z = against_published(in_c(seeds))
    assert max(map(abs, z.values())) < LIMIT, z


@pytest.mark.parametrize(
    ("seeds", "replications"), [(400, 20), pytest.param(4000, 200, marks=pytest.mark.slow)], ids=["quick", "slow"]
)
def test_c_agrees_with_the_engine(monkeypatch: pytest.MonkeyPatch, seeds: int, replications: int) -> None:
    """|z| < 3.5 in all eleven; a right program exceeds 3.5 with 20 replications in one set in 35 (Student's t), and
    these seeds do not."""
    serve_by_index(monkeypatch)
    z = apart(in_c(seeds), simulated(range(1000, 1000 + replications)))
    assert max(map(abs, z.values())) < LIMIT, z


def test_people_are_accounted_for() -> None:
    """Whoever is at risk in a week has entered; minutes are those of the talks, and no more than there are."""
    for persons in (18, 1_000, 10_007):
        for world in plain.Plain().worlds(persons, WEEKS, 3, 7):
            called = world["held"] + world["no_shows"]
            entered = sum(12 * i // persons <= t for i in range(persons) for t in range(WEEKS))
            assert world["person_weeks"] <= entered
            assert world["job"] + world["edu"] + world["other"] <= persons
            assert 30 * called <= world["minutes"] <= 45 * called
            assert world["minutes"] <= WEEKS * 18 * round(24.5 * persons / 18)
            assert called <= world["due"] <= world["person_weeks"]
            assert world["praktik_weeks"] <= WEEKS * 18 * (int(0.03 * persons / 18 + 0.5))
            assert world["praktik_weeks"] <= 8 * world["praktik_starts"]
