"""Data of trials without the program: exponential times in jobcentres, drawn for many rehearsals, and as a tally."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.results.trial.design import Lots
from simulation.results.trial.tally import Course, Moments, Tally
from simulation.world.spec import Bools, Floats, Ints


class People(NamedTuple):
    """Of each rehearsal's persons, shape (rehearsals, persons) but for the first two, shape (persons,): jobcentre,
    stratum, lot, week in which her time at risk ended, how (0 event, 1 other exit, 2 lost, 3 not at all), whether she
    is recorded as treated, and a number of hers."""

    jobcentre: Ints
    stratum: Ints
    lot: Ints
    week: Ints
    fate: Ints
    taken_up: Bools
    number: Floats

    def tally(self, weeks: int) -> Tally:
        """Counted, with the outcomes exit_job, exit_any and hours."""
        keys, cell = np.unique(np.stack((self.jobcentre, self.stratum)), axis=1, return_inverse=True)
        rehearsals, cells = len(self.lot), keys.shape[1]
        place = (np.arange(rehearsals)[:, None] * cells + cell) * 2 + self.lot
        shape = (rehearsals, cells, 2)

        def counted(weights: Floats | Bools | None = None) -> Floats:
            values = None if weights is None else weights.ravel().astype(float)
            return np.bincount(place.ravel(), values, int(np.prod(shape))).reshape(shape)

        def ended(*fates: int) -> Ints:
            of = np.isin(self.fate, fates)
            found = np.bincount(place[of] * weeks + self.week[of], minlength=int(np.prod(shape)) * weeks)
            return found.reshape(*shape, weeks)

        persons = counted().astype(int)
        courses = {"exit_job": Course(ended(0), ended(1), ended(2)), "exit_any": Course(ended(0, 1), ended(), ended(2))}
        moments = {"hours": Moments(persons, counted(self.number), counted(self.number**2))}
        return Tally(*keys, persons, counted(self.taken_up).astype(int), courses, moments)


def drawn(
    seed: int, rehearsals: int, sizes: Sequence[int], lots: Lots, weeks: int = 20, level: float = 0.03,
    effect: float = 0.0, other: float = 0.0, lost: float = 0.0, icc: float = 0.0, strata: int = 1,
    takes_up: float = 1.0,
) -> People:  # fmt: skip
    """A trial in jobcentres of these sizes. The intensity of the event is `level` a week, times exp(`effect`) of the
    treated; a jobcentre multiplies it by a lognormal factor that gives the share who leave about the correlation `icc`;
    those of `other` exits and of being lost are the same for all."""
    luck = np.random.default_rng(seed)
    places, persons = len(sizes), sum(sizes)
    jobcentre = np.repeat(np.arange(places), sizes)
    stratum = np.concatenate([np.arange(n) * strata // n for n in sizes])
    shape = (rehearsals, persons)
    if lots == "cluster":
        orders = luck.permuted(np.tile(np.arange(places) % 2, (rehearsals, 1)), axis=1)
        lot = orders[:, jobcentre]
    elif lots == "stepped_wedge":  # strata are periods; the first jobcentres cross over after the first of them
        crossing = np.arange(places) * (strata - 1) // places + 1
        lot = (luck.permuted(np.tile(crossing, (rehearsals, 1)), axis=1)[:, jobcentre] <= stratum).astype(int)
    else:
        lot = luck.integers(0, 2, shape)
    factor = np.exp(luck.normal(0.0, 1.0, (rehearsals, places)) * sd_of(icc, level * weeks))[:, jobcentre]
    treated = (lot == 1) & (luck.random(shape) < takes_up)
    rates = (level * factor * np.exp(effect * treated), np.full(shape, other), np.full(shape, lost))
    with np.errstate(divide="ignore"):
        times = np.stack([luck.exponential(1.0, shape) / rate for rate in rates])
    first, fate = times.min(axis=0), times.argmin(axis=0)
    stays = first >= weeks
    week = np.where(stays, 0, first).astype(int)
    number = luck.normal(10.0, 3.0, shape)
    number += luck.normal(0.0, 3.0 * (icc / (1 - icc)) ** 0.5, (rehearsals, places))[:, jobcentre]
    return People(jobcentre, stratum, lot, week, np.where(stays, 3, fate), treated, number + effect * treated)


def sd_of(icc: float, intensity: float) -> float:
    """The sd of a jobcentre's log intensity that gives the share who leave this correlation: to first order the share
    moves by q·Λ for each unit, so ICC = sd² q² Λ² / (p q)."""
    q = np.exp(-intensity)
    return float(np.sqrt(icc * (1 - q) / (q * intensity**2)))
