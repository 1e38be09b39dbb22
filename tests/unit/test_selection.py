"""The best of several designs: how often it is chosen where means are known, and what is said where there is none."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from simulation.results.selection.aims import Aim, Chosen
from simulation.results.selection.budget import within_budget
from simulation.results.selection.screening import reach, sequential
from tests.contests import REPEATS, RIGHT, contest, contests, right

SLIPPAGE, EASY = (0.0, -0.5, -0.5, -0.5, -0.5), (0.0, -0.5, -1.0, -1.5, -2.0)
"""All others exactly a zone worse, and ever further."""


@pytest.mark.parametrize(("means", "common"), [(SLIPPAGE, 0.0), (EASY, 0.0), (SLIPPAGE, 0.8)])
def test_the_best_is_chosen(means: tuple[float, ...], common: float) -> None:
    """Decision rule of tests/contests.py; and it takes fewer replications than if every design had got as many."""
    found = contests(partial(contest, means, common=common), len(means), Aim(zone=0.5))
    assert right(found) >= RIGHT and all(chosen.decided for chosen in found)
    assert sum(chosen.used for chosen in found) < 0.9 * sum(chosen.of_equal for chosen in found)


def test_common_luck_saves_replications() -> None:
    """Differences vary by a fifth where four fifths of the variance are in common."""
    used = [
        sum(chosen.used for chosen in contests(partial(contest, SLIPPAGE, common=common), 5, Aim(zone=0.25), 50))
        for common in (0.0, 0.8)
    ]
    assert used[1] < 0.3 * used[0]


def test_a_binding_limit() -> None:
    """Two that are better exceed the limit by exactly the tolerance, and the best keeps it by just as much."""
    make = partial(contest, (0.0, -0.5, -0.5, 1.0, 1.0), excess=(-0.5, -0.5, -2.0, 0.5, 0.5))
    found = contests(make, 5, Aim(zone=0.5, tolerances=(0.5,)))
    assert right(found) >= RIGHT and all(chosen.decided for chosen in found)
    barred = sum(chosen.fates[design].word == "barred" for chosen in found for design in (3, 4))
    assert barred >= 2 * RIGHT
    assert sum(chosen.used for chosen in found) < 0.9 * sum(chosen.of_equal for chosen in found)


def test_what_is_best_is_known_and_the_limit_decides() -> None:
    """As of a staffing: cheaper ones exceed the limit by exactly the tolerance, and the best keeps it by as much."""
    make = partial(contest, (0.0, 2.0, 1.0, -1.0), excess=(-0.5, 0.5, 0.5, -1.0), sd=0.0)
    found = contests(make, 4, Aim(zone=0.0, tolerances=(0.5,)))
    assert right(found) >= RIGHT and all(chosen.decided for chosen in found)


def test_where_none_keeps_the_limit() -> None:
    found = contests(partial(contest, (0.0, 1.0), excess=(0.5, 1.0)), 2, Aim(zone=0.5, tolerances=(0.5,)))
    assert sum(chosen.best is None and chosen.decided for chosen in found) >= RIGHT


def test_a_budget_goes_where_it_matters() -> None:
    """OCBA is right more often than the same budget in equal parts, and its own reckoning does not promise too much."""
    budget, means = 120, (0.0, -0.4, -1.5, -1.5, -1.5, -1.5)
    found = contests(partial(contest, means), 6, Aim(zone=0.1), budget=budget)
    assert all(chosen.used == budget and min(chosen.replications) >= 10 for chosen in found)
    equal = sum(
        np.argmax([rows[0].mean() for rows in contest(means, seed)([(d, range(budget // 6)) for d in range(6)])]) == 0
        for seed in range(REPEATS)
    )
    assert right(found) >= equal + 5
    assert np.mean([chosen.chance for chosen in found]) <= right(found) / REPEATS


def test_a_budget_with_a_limit() -> None:
    make = partial(contest, (0.0, -0.5, -0.5, 1.0, 1.0), excess=(-0.5, -0.5, -2.0, 0.5, 0.5))
    found = contests(make, 5, Aim(zone=0.5, tolerances=(0.5,)), 60, budget=220)
    assert right(found) >= 54
    none = within_budget(contest((0.0, 1.0), 1, excess=(2.0, 2.0)), 2, Aim(zone=0.5, tolerances=(0.5,)), 60)
    assert none.best is None and none.chance is not None and none.chance > 0.95


def test_the_triangle_by_hand() -> None:
    """After 10 replications of variance 1, an error of 5 % and a zone of 0.5: ((0.1)^(-2/9) - 1) × 9 / (2 × 0.5 × 10)
    less 0.25. With ever more replications the height is that of Brownian motion, -2 log(0.1)."""
    assert reach(np.array(1.0), 10, 0.5, 0.05) == pytest.approx((0.1 ** (-2 / 9) - 1) * 9 / 10 - 0.25)
    many = 10**8
    wide = reach(np.array(1e8), many, 0.5, 0.05) + 0.25
    assert wide == pytest.approx(-2 * np.log(0.1) * 1e8 / (2 * 0.5 * many), rel=1e-6)
    assert reach(np.array(1.0), 1000, 0.5, 0.05) == 0


def constant(*rows: list[list[float]]) -> Chosen:
    """A search among designs whose outcomes are the same in every replication; a first replication may differ."""

    def simulate(asked: object) -> list[np.ndarray]:
        return [np.array([[row[min(n, len(row) - 1)] for n in numbers] for row in rows[d]]) for d, numbers in asked]  # type: ignore[attr-defined]

    return sequential(simulate, len(rows), Aim(0.0, (0.25,) * (len(rows[0]) - 1)))


def test_what_is_known_is_decided_at_once() -> None:
    """A limit that is met exactly is kept; equal ones are the same, the first is chosen; NaN is out of the race."""
    nan = float("nan")
    found = constant([[3.0], [0.1]], [[2.0], [0.0]], [[2.0], [-1.0]], [[9.0], [nan, -1.0]], [[1.0], [-1.0]])
    assert [fate.word for fate in found.fates] == ["barred", "best", "same", "unknown", "dropped"]
    assert found.best == 1 and found.decided and found.replications == [10] * 5 and found.fates[4].by == 1
    none = constant([[nan]], [[nan]])
    assert none.best is None and not none.decided


def test_what_no_replication_showed_is_not_taken_as_never() -> None:
    """Two designs without any event so far go on until an event could not make the difference of a zone."""
    luck = contest((0.0, 0.0), 1, sd=0.0)
    assert sequential(luck, 2, Aim(0.05)).used == 20
    told = sequential(luck, 2, Aim(0.05, events=(1.0,)))
    assert told.decided and 20 < told.used < 200 and told.fates[1].word == "same"
    assert sequential(contest((0.0, -50.0), 1), 2, Aim(0.05, events=(1.0,))).used == 20  # one is left


def test_the_most_replications_end_it_undecided() -> None:
    found = sequential(contest((0.0, 0.0), 3), 2, Aim(zone=0.001, most=35))
    assert not found.decided and found.replications == [35, 35]
    assert sorted(fate.word for fate in found.fates) == ["best", "open"]


@pytest.mark.parametrize(
    ("designs", "aim", "message"),
    [
        (1, Aim(0.5), "two designs or more"),
        (2, Aim(-0.5), "zone"),
        (2, Aim(0.5, confidence=0.5), "confidence"),
        (2, Aim(0.5, (0.0,)), "tolerance"),
        (2, Aim(0.5, first=1), "first"),
    ],
)
def test_numbers_that_cannot_be(designs: int, aim: Aim, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sequential(contest((0.0, 0.0), 1), designs, aim)
    with pytest.raises(ValueError, match=message):
        within_budget(contest((0.0, 0.0), 1), designs, aim, 100)


def test_a_budget_that_is_too_small() -> None:
    with pytest.raises(ValueError, match="10 replications of each design or more"):
        within_budget(contest((0.0, 0.0), 1), 2, Aim(0.5), 19)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("means", "zone", "excess"),
    [
        ((0.0, -0.15), 0.15, None),
        ((0.0, -0.5), 0.5, None),
        ((0.0, -1.0), 1.0, None),
        ((0.0,) + (-0.25,) * 9, 0.25, None),
        ((0.0, 1.0), 0.5, (-0.5, 0.5)),
        ((0.0, 1.0, -0.5), 0.5, (-0.5, 0.5, -0.5)),
    ],
)
def test_the_confidence_holds_at_its_hardest(
    means: tuple[float, ...], zone: float, excess: tuple[float, ...] | None
) -> None:
    """Two designs have no slack by Bonferroni. Decision rule: of 2,000 repeats at least 1,880 are right (95 % less two
    standard errors)."""
    aim = Aim(zone, () if excess is None else (0.5,), most=10_000)
    assert right(contests(partial(contest, means, excess=excess), len(means), aim, 2000)) >= 1880
