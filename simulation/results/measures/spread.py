"""How far jobcentres differ: in the effect of an arm and in the share who leave, the luck of small numbers taken off.

*Effects*: DerSimonian and Laird's moment estimate from Peto's one-step estimates. Around the ratio that all jobcentres
have in common (Cox, stratified by jobcentre), a jobcentre with score U and information I is U / I off, with the weight
I; what the sum of U² / I is above its mean without any difference is put down to the variance between jobcentres. So
jobcentres in which nobody of one arm left count as well, and nothing is fitted in each.

*Shares*: the moment estimate with persons as weights (Kleinman 1973), of those who can be seen to the end of the
follow-up; unbiased, whatever the jobcentres' shares are.

A variance may come out below 0, by luck; over replications its mean is right. The spread, as one trial would print it,
is its root, 0 for such ones, and so too large on average where luck is large.
"""

from __future__ import annotations

import numpy as np

from simulation.results.measures.histories import Histories
from simulation.results.names import ALLE, Figure, arm_groups
from simulation.scenario.schema import Scenario
from simulation.world.spec import Bools, Floats, Ints, ratios

FEWEST = 3
"""Exits in each jobcentre, on average, below which nothing is told of the spread of effects: with fewer, one step does
not come near (tests/statistical/test_hazard_coverage.py)."""


def between_effects(score: Floats, information: Floats, exits: Ints) -> Floats:
    """Variance between jobcentres of a log hazard ratio, the last axis of each array being the jobcentres'; NaN where
    fewer than two of them tell anything, or too few left."""
    some = information > 0
    off = np.divide(score**2, information, out=np.zeros(score.shape), where=some).sum(axis=-1)
    number, total = some.sum(axis=-1), information.sum(axis=-1)
    least = ratios((information**2).sum(axis=-1), total)
    enough = (number > 1) & (exits.sum(axis=-1) >= FEWEST * (exits > 0).sum(axis=-1))
    return np.where(enough, ratios(off - (number - 1), total - least), np.nan)


def between_shares(left: Ints, persons: Ints) -> Floats:
    """Variance between jobcentres of a share, the last axis of both arrays being the jobcentres'; NaN where fewer than
    two have two persons or more."""
    some = persons > 1
    number = np.where(some, persons, 0).astype(np.float64)
    share = np.divide(left, persons, out=np.zeros(np.broadcast_shapes(left.shape, persons.shape)), where=some)
    luck = np.divide(share * (1 - share), number - 1, out=np.zeros(share.shape), where=some)
    total = number.sum(axis=-1, keepdims=True)
    part = ratios(number, np.broadcast_to(total, number.shape))
    mean = (part * share).sum(axis=-1, keepdims=True)
    off = (number * ((share - mean) ** 2 - (1 - part) * luck)).sum(axis=-1)
    found = ratios(off, np.broadcast_to((total[..., 0] - (part * number).sum(axis=-1)), off.shape))
    return np.where(np.broadcast_to(some.sum(axis=-1) > 1, off.shape), found, np.nan)


def root(variance: Floats) -> Floats:
    """The spread that a variance is of, 0 where that is below 0."""
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def spread_of_exits(scenario: Scenario, people: Histories, observed: Ints) -> dict[Figure, Floats]:
    """How far jobcentres differ in the share who leave within the follow-up, by arm and in all, shape (worlds,)."""
    figures: dict[Figure, Floats] = {}
    seen = observed >= people.weeks
    groups = {ALLE: seen} | {group: seen & np.isin(people.arm, arms) for group, arms in arm_groups(scenario).items()}
    for group, members in groups.items():
        left, persons = _persons(scenario, people, members)
        variance = between_shares(left, persons)
        for e, exit_ in enumerate((*scenario.exits, "any")):
            figures[Figure(f"variance_of_exit_{exit_}", group)] = variance[:, e]
            figures[Figure(f"spread_of_exit_{exit_}", group)] = root(variance[:, e])
    return figures


def _persons(scenario: Scenario, people: Histories, members: Bools) -> tuple[Ints, Ints]:
    """How many have left by destination (any exit behind them), and how many there are: shapes (worlds, exits,
    jobcentres) and (worlds, 1, jobcentres)."""
    exits, places, worlds = len(scenario.exits), len(scenario.jobcentres), people.worlds
    world = people.world.astype(np.intp)
    persons = np.bincount((world * places + people.jobcentre)[members], minlength=worlds * places)
    cell = (world * (exits + 1) + people.cause) * places + people.jobcentre
    left = np.bincount(cell[members & (people.cause >= 0)], minlength=worlds * (exits + 1) * places)
    left = left.reshape(worlds, exits + 1, places)
    left[:, exits] = left.sum(axis=1)
    return left, persons.reshape(worlds, 1, places)
