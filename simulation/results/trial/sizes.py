"""How large a trial must be: how alike people of a jobcentre are (`clustering`), where power is enough (`needed`)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from simulation.results.trial.blocks import Layout, blocks_of
from simulation.results.trial.evaluate import WANTED, mean_of
from simulation.results.trial.operating import Clustering, Interval
from simulation.results.trial.tally import CONTROL, Tally
from simulation.world.spec import Floats

POWER_OF_NOBODY = 0.025
"""A two-sided test at 5 % rejects in the right direction so often where there is nobody to see the effect in."""


def clustering(tally: Tally, outcome: str, lots: Sequence[int] = (CONTROL,)) -> Clustering:
    """Of an outcome among those of these lots (controls; in worlds without effect both): the correlation within
    jobcentres by analysis of variance, which may be below 0 by chance, and 1 + (m − 1) ICC with it, the design effect.

    m counts everybody in the data of a jobcentre. Where sizes differ it is the mean size of her jobcentre that a person
    has, Σn² / Σn (Eldridge, Ashby and Kerry 2006): jobcentres of 20 and 180 are as one of 164 each, not 100.
    """
    blocks = blocks_of(tally, Layout.of(tally), outcome)
    persons, mean, scatter = (each[..., list(lots)] for each in blocks)
    number = persons.sum(axis=(2, 3))
    some = number > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        of_place = np.where(some, (persons * mean).sum(axis=(2, 3)) / np.where(some, number, 1.0), 0.0)
        places, people = some.sum(axis=1), number.sum(axis=1)
        inside = (scatter + persons * (mean - of_place[..., None, None]) ** 2).sum(axis=(1, 2, 3)) / (people - places)
        middle = (number * of_place).sum(axis=1) / people
        between = (number * (of_place - middle[:, None]) ** 2).sum(axis=1) / (places - 1)
        usual = (people - (number**2).sum(axis=1) / people) / (places - 1)
        icc = (between - inside) / (between + (usual - 1.0) * inside)
        everybody = blocks.persons.sum(axis=(2, 3))
        size = (everybody**2).sum(axis=1) / everybody.sum(axis=1)
    icc[~np.isfinite(icc)] = np.nan
    return Clustering(mean_of(icc), mean_of(1.0 + (size - 1.0) * icc))


def needed(sizes: Sequence[float], powers: Sequence[Interval], wanted: float = WANTED) -> tuple[Interval, bool]:
    """The size (persons, or jobcentres) at which power is as `wanted`, and whether it lies within those simulated.

    The normal quantile of power is taken as straight between the roots of sizes, from 2.5 % of nobody on, as it is of a
    mean; the last line goes on beyond the largest size. Power does not fall with size, so shares that do by chance are
    put together first. The ends are where the ends of the intervals of power reach what is wanted; NaN where they, or
    power itself, never do on that line.
    """
    order = np.argsort(sizes)
    root = np.concatenate(([0.0], np.sqrt(np.asarray(sizes, dtype=np.float64)[order])))
    ends = np.array([powers[place][:3] for place in order], dtype=np.float64).T
    of = np.array([powers[place].of for place in order], dtype=np.float64)
    value, early, late = (_crossing(root, shares, of, wanted) for shares in (ends[0], ends[2], ends[1]))
    within = bool(root[1] ** 2 <= value <= root[-1] ** 2)
    return Interval(value, early, late, int(of.sum())), within


def _crossing(root: Floats, shares: Floats, of: Floats, wanted: float) -> float:
    from scipy.optimize import isotonic_regression
    from scipy.special import ndtri

    half = 0.5 / np.maximum(of, 1.0)  # of so many rehearsals a share of 0 or 1 is one beyond which nothing is known
    rising = isotonic_regression(np.clip(shares, half, 1.0 - half), weights=np.maximum(of, 1.0)).x
    height = np.concatenate(([ndtri(POWER_OF_NOBODY)], np.maximum(ndtri(rising), ndtri(POWER_OF_NOBODY))))
    above = np.flatnonzero(height >= ndtri(wanted))
    at = int(above[0]) if len(above) else len(height) - 1
    begin = at - 1 if len(above) else 0  # beyond: on the line from nobody to the largest size
    if height[at] <= height[begin]:
        return math.nan
    part = (ndtri(wanted) - height[begin]) / (height[at] - height[begin])
    return float((root[begin] + part * (root[at] - root[begin])) ** 2)
