"""Both engines tell the same lives in random worlds of dates, own settings, ends, benefits and offers side by side."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .random_worlds import compare, random_world, written

SEEDS = (32, 36, 600, 602, 604)
"""A few valid ones; `python -m tests.reference.random_worlds` tries as many as are wanted."""

TRIALS = (2001, 2003, 2004, 2048, 2085, 2091, 2094)
"""Some with a trial: of every kind of lots, with strata, everybody in one arm, and who comes earlier by arm."""


@pytest.mark.parametrize("seed", [*SEEDS, *(pytest.param(seed, marks=pytest.mark.slow) for seed in TRIALS)])
def test_a_random_world(seed: int, tmp_path: Path) -> None:
    compare(f"world {seed}", written(random_world(random.Random(seed)), tmp_path))
