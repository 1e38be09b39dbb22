"""Permutation tests: had lots fallen otherwise, and treatment done nothing, would the lots differ as much?

What is compared are means of jobcentres. Lots of persons: in each jobcentre the difference of its lots, weighted as in
the regression, and the two lots change places. Whole jobcentres: their means, each counted alike, and lots fall upon
others. Stepped wedge: what is left by jobcentre and period of a regression without treatment, added up from the week of
crossing on, and jobcentres cross over in another order. So a jobcentre has a value for every label that it could have,
the statistic is their sum, and of a sharp null hypothesis it does not matter who had which label (of lots of persons
only as far as differences are as often above 0 as below, as they are where lots are alike in size).

All lots are tried where there are at most ALL, else DRAWN of them and the one that fell (so p is at least 1 in 1,000);
they are the same for all rehearsals, which moves the size by less than 0.1 points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from simulation.results.trial.blocks import Blocks, more_than_rounding, share
from simulation.results.trial.design import Design
from simulation.results.trial.operating import Estimates
from simulation.results.trial.regression import Regression
from simulation.world.spec import Bools, Floats, Ints

ALL, DRAWN = 20_000, 999
SAME = 1e-9
"""Statistics that differ by less, relative to the largest there can be, are equal: ties are so after rounding, too."""
TOGETHER = 4_000_000
"""So many statistics are reckoned at once: memory."""


class Labels(NamedTuple):
    """What lots make of each jobcentre. `values`, shape (rehearsals, jobcentres, labels), is what it adds to the
    statistic by its label, `had` the label that it has, and `there` whether it tells anything: shape (rehearsals,
    jobcentres). `free`: each label falls by itself, else as many have each label as there are."""

    values: Floats
    had: Ints
    there: Bools
    free: bool


def permuted(blocks: Blocks, regression: Regression, design: Design) -> Estimates:
    """The test, with the difference that it is of; `regression` is on the lots of these persons."""
    estimate = _between_jobcentres(blocks) if design.lots == "cluster" else regression.fit(blocks.mean)[0]
    p, _ = _judged(labels_of(blocks, regression, design), design)
    p[np.isnan(estimate)] = np.nan
    nothing = np.full(len(p), np.nan)
    return Estimates(estimate, nothing, nothing, p, nothing, nothing)


def attainable(blocks: Blocks, regression: Regression, design: Design) -> float:
    """The size that the test has, if treatment does nothing: the largest that is not above alpha, for with few lots, or
    with ties between them, p can take few values. A mean over rehearsals, NaN where none has an answer."""
    size = _judged(labels_of(blocks, regression, design), design)[1]
    known = size[~np.isnan(size)]
    return min(float(known.mean()), design.alpha) if len(known) else math.nan


def labels_of(blocks: Blocks, regression: Regression, design: Design) -> Labels:
    """By kind of lots."""
    persons, mean = blocks.persons, blocks.mean
    if design.of_persons:
        weight = share(persons[..., 0] * persons[..., 1], persons.sum(axis=-1))
        apart = (weight * more_than_rounding(mean[..., 1] - mean[..., 0], mean)).sum(axis=2)
        values = np.stack((apart, -apart), axis=-1)
        return Labels(values, np.zeros(apart.shape, dtype=int), weight.sum(axis=2) > 0, True)
    if design.lots == "cluster":
        there, of_place = _means(blocks)
        middle = share(of_place.sum(axis=1), there.sum(axis=1))
        off = np.where(there, more_than_rounding(of_place - middle[:, None], mean), 0.0)
        return Labels(np.stack((0.0 * off, off), axis=-1), persons[..., 1].any(axis=2).astype(int), there, False)
    return _crossings(blocks, regression)


def _means(blocks: Blocks) -> tuple[Bools, Floats]:
    """Which jobcentres have anybody, and their means (0 without): (rehearsals, jobcentres)."""
    number = blocks.persons.sum(axis=(2, 3))
    return number > 0, share((blocks.persons * blocks.mean).sum(axis=(2, 3)), number)


def _between_jobcentres(blocks: Blocks) -> Floats:
    """The difference of jobcentres' means, each counted alike."""
    there, of_place = _means(blocks)
    treated = blocks.persons[..., 1].any(axis=2)
    lots = [there & treated, there & ~treated]
    with np.errstate(invalid="ignore"):
        one, other = (np.where(lot, of_place, 0.0).sum(axis=1) / lot.sum(axis=1) for lot in lots)
    return np.asarray(one - other)


def _crossings(blocks: Blocks, regression: Regression) -> Labels:
    """The label is how many periods a jobcentre is control for. A period without persons is as the one after it."""
    persons, periods = blocks.persons, blocks.persons.shape[2]
    rest = (regression.persons * regression.without_lots(blocks.mean)).reshape(persons.shape).sum(axis=3)
    later = np.concatenate((np.cumsum(rest[..., ::-1], axis=2)[..., ::-1], np.zeros_like(rest[..., :1])), axis=2)
    control = persons[..., 0] > 0
    had = np.where(control.any(axis=2), periods - control[..., ::-1].argmax(axis=2), 0)
    return Labels(later, had, np.asarray(persons.any(axis=(2, 3))), False)


def _each_pattern(labels: Labels, seed: int) -> Iterator[tuple[Ints, Ints, bool]]:
    """Rehearsals with the same jobcentres and labels, by number; the lots to try; and whether these are all."""
    had = np.sort(np.where(labels.there, labels.had, -1), axis=1)
    patterns = np.concatenate((labels.there, had), axis=1)
    kinds, of = np.unique(patterns, axis=0, return_inverse=True)
    for kind, pattern in enumerate(kinds):
        counts = np.bincount(pattern[labels.there.shape[1] :] + 1, minlength=labels.values.shape[2] + 1)[1:]
        tried, exact = _lots(tuple(counts.tolist()), labels.free, seed)
        yield np.flatnonzero(of.ravel() == kind), tried, exact


@lru_cache(maxsize=8)
def _lots(counts: tuple[int, ...], free: bool, seed: int) -> tuple[Ints, bool]:
    """Lots to try, shape (lots, jobcentres), where so many have each label; and whether these are all."""
    number = sum(counts)
    many = len(counts) ** number if free else math.factorial(number) // math.prod(map(math.factorial, counts))
    if many <= ALL:
        every = product(range(len(counts)), repeat=number) if free else _orders(counts)
        return np.array(list(every), dtype=np.intp).reshape(many, number), True
    luck = np.random.default_rng(seed)
    if free:
        return luck.integers(0, len(counts), (DRAWN, number)), False
    return luck.permuted(np.tile(np.repeat(np.arange(len(counts)), counts), (DRAWN, 1)), axis=1), False


def _orders(counts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All orders of so many of each label."""
    if not any(counts):
        yield ()
    for label, left in enumerate(counts):
        if left:
            fewer = (*counts[:label], left - 1, *counts[label + 1 :])
            yield from ((label, *others) for others in _orders(fewer))


def _judged(labels: Labels, design: Design) -> tuple[Floats, Floats]:
    """p of each rehearsal, and its share of lots that have a p of at most alpha; NaN where its outcome is unknown."""
    p, size = np.full((2, len(labels.values)), np.nan)
    known = np.asarray(~np.isnan(labels.values).any(axis=(1, 2)))
    for rows, tried, exact in _each_pattern(labels, design.seed):
        some = rows[known[rows]]
        for part in np.split(some, range(TOGETHER // len(tried), len(some), TOGETHER // len(tried))):
            if len(part):
                there = labels.there[part[0]]
                values, had = labels.values[part][:, there], labels.had[part][:, there]
                p[part], size[part] = _among(values, had, tried, exact, design.alpha)
    return p, size


def _among(values: Floats, had: Ints, tried: Ints, exact: bool, alpha: float) -> tuple[Floats, Floats]:
    """Both, of rehearsals with the same labels."""
    rehearsals, jobcentres, labels = values.shape
    seen = np.abs(np.take_along_axis(values, had[..., None], axis=2).sum(axis=(1, 2)))
    same = SAME * np.abs(values).max(axis=2).sum(axis=1)
    chosen = (tried[..., None] == np.arange(labels)).reshape(len(tried), jobcentres * labels).astype(np.float64)
    far = np.abs(chosen @ values.reshape(rehearsals, jobcentres * labels).T)
    if not exact:
        far = np.concatenate((far, seen[None]))
    number = len(far)
    p = (far >= seen - same).sum(axis=0) / number
    most = min(math.floor(alpha * number + SAME), number - 1)
    farthest = -np.sort(np.partition(-far, most, axis=0)[: most + 1], axis=0)
    first = (farthest[:-1] - farthest[1:] > same) * np.arange(1, most + 1)[:, None]  # so many are farther than others
    return p, first.max(axis=0, initial=0) / number
