"""Weekly data of two groups in many jobcentres, made without the program; and Cox's likelihood person by person."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from simulation.world.spec import Floats, Ints


class Persons(NamedTuple):
    """Arrays of shape (people,): the week (0, 1, ...) in which each left, or how many weeks she was seen without that;
    whether she left; her group (1: the first) and her cluster."""

    week: Ints
    left: Ints
    group: Ints
    cluster: Ints

    def counts(self, clusters: int, weeks: int) -> tuple[Ints, Ints]:
        """How many were at risk and left: shapes (2, 1, clusters, weeks)."""
        at_risk, exits = (np.zeros((2, 1, clusters, weeks), dtype=int) for _ in range(2))
        for week, left, group, cluster in zip(*self, strict=True):
            at_risk[group, 0, cluster, : week + 1 if left else week] += 1
            if left:
                exits[group, 0, cluster, week] += 1
        return at_risk, exits


def drawn(seed: int, people: int = 300, clusters: int = 6, weeks: int = 20) -> Persons:
    """Many ties, censoring in between and at the end, and an effect that differs between clusters."""
    luck = np.random.default_rng(seed)
    group, cluster = luck.integers(0, 2, people), luck.integers(0, clusters, people)
    leaves = luck.exponential(1.0, people) / (0.06 * np.exp(group * luck.normal(0.4, 0.6, clusters)[cluster]))
    seen = np.minimum(luck.integers(1, 2 * weeks, people), weeks)
    left = (leaves < seen).astype(int)
    return Persons(np.where(left, leaves, seen).astype(int), left, group, cluster)


def minus_log_likelihood(beta: float, persons: Persons, breslow: bool = False) -> float:
    """Of Efron (or Breslow), by adding up over weeks and persons as the formula is printed."""
    ratio = np.exp(beta * persons.group)
    until = persons.week + persons.left
    total = 0.0
    for week in np.unique(persons.week[persons.left == 1]):
        leaves = (persons.week == week) & (persons.left == 1)
        there = ratio[until > week].sum()
        for k in range(leaves.sum()):
            total += np.log(there - (0 if breslow else k / leaves.sum() * ratio[leaves].sum()))
        total -= beta * persons.group[leaves].sum()
    return float(total)


def best(persons: Persons, breslow: bool = False) -> float:
    """Where the likelihood is largest."""
    found = minimize_scalar(minus_log_likelihood, (-1.0, 1.0), args=(persons, breslow), tol=1e-12)
    return float(found.x)


def cohorts(
    seed: int, sets: int, jobcentres: int, persons: int, level: float, weeks: int, effect: float, sd: float = 0.0,
    level_sd: float = 0.0,
) -> tuple[Ints, Ints]:
    """How many of either group (so many `persons` of each in every jobcentre) were at risk and left: shapes (2, sets,
    jobcentres, weeks).

    The first group leaves with `level` × exp(effect) a week; the effect has the standard deviation `sd` between
    jobcentres, the logarithm of the level `level_sd`.
    """  # fmt: skip
    luck = np.random.default_rng(seed)
    levels = level * np.exp(luck.normal(0.0, level_sd, (sets, jobcentres)))
    effects = luck.normal(effect, sd, (sets, jobcentres))
    found = []
    for group in (0, 1):
        leaves = luck.exponential(1.0, (sets, jobcentres, persons)) / (levels * np.exp(group * effects))[..., None]
        week = np.minimum(leaves, weeks).astype(int).reshape(sets * jobcentres, persons)
        place = np.arange(sets * jobcentres)[:, None] * (weeks + 1) + week
        exits = np.bincount(place.ravel(), minlength=sets * jobcentres * (weeks + 1)).reshape(sets, jobcentres, -1)
        before: Floats = np.cumsum(exits, axis=-1) - exits
        found.append((persons - before[..., :weeks], exits[..., :weeks]))
    at_risk, exits = (np.stack(each) for each in zip(*found, strict=True))
    return at_risk, exits
