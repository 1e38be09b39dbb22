"""Designs to choose among whose means are known: normal luck, some of it in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simulation.results.selection.aims import Aim, Chosen, Simulate
from simulation.results.selection.budget import within_budget
from simulation.results.selection.screening import sequential

REPEATS, RIGHT = 200, 185
"""Decision rule of contests with a confidence of 95 %: of so many, with fixed seeds, so many are to be right. A
procedure of exactly 95 % has fewer in 3 of 100 cases."""


def contest(
    means: Sequence[float], seed: int, common: float = 0.0, excess: Sequence[float] | None = None, sd: float = 1.0
) -> Simulate:
    """Designs with these means and standard deviations, with so much of the variance in common; perhaps with an outcome
    that has a limit, of a correlation of a half with the first one."""
    luck = np.random.default_rng(seed)
    rows = np.empty((0, 1 if excess is None else 2, len(means)))

    def block(count: int) -> np.ndarray:
        shared, own, other = (luck.standard_normal((count, n)) for n in (1, len(means), len(means)))
        first = np.asarray(means) + sd * (np.sqrt(common) * shared + np.sqrt(1 - common) * own)
        if excess is None:
            return first[:, None]
        return np.stack([first, np.asarray(excess) + 0.5 * own + np.sqrt(0.75) * other], axis=1)

    def simulate(asked: Sequence[tuple[int, range]]) -> list[np.ndarray]:
        nonlocal rows
        while len(rows) < max(numbers.stop for _, numbers in asked):
            rows = np.concatenate([rows, block(50)])
        return [rows[numbers.start : numbers.stop, :, design].T for design, numbers in asked]

    return simulate


def contests(
    make: Callable[[int], Simulate], designs: int, aim: Aim, repeats: int = REPEATS, budget: int | None = None
) -> list[Chosen]:
    """What is chosen in repeats of a contest, each by luck of its own."""
    if budget is None:
        return [sequential(make(seed), designs, aim) for seed in range(repeats)]
    return [within_budget(make(seed), designs, aim, budget) for seed in range(repeats)]


def right(found: Sequence[Chosen], best: int = 0) -> int:
    """How often this design was chosen."""
    return sum(chosen.best == best for chosen in found)
