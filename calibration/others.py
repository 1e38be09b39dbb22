"""Every fitted figure by what the others say of it: on the emulator, and by a fit without it where it matters most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.emulator import points_needed
from calibration.population import Sample
from calibration.priors import snapped
from calibration.rounds import FURTHEST, NEAR, WIDER, Likelihood, Rounds
from simulation.world.spec import Floats

REFITS = 2
"""Figures of a setting that are left out by a real fit: those without which the posterior moves most."""
REFIT_SETS = 128
"""Sets of values, at most, that are simulated for it in one more round, beside those that the fit has tried already."""


@dataclass(frozen=True)
class ByTheOthers:
    """What draws that know nothing of a figure say of it: (draws, targets), as told, and as told by the emulator of the
    fit alone; the numbers of the figures that were really left out; and how far the posterior moves without each of
    them (Kullback-Leibler, of normal distributions)."""

    told: Floats
    by_emulator: Floats
    refitted: tuple[int, ...]
    moved: Floats


def none_left_out(draws: int, targets: int) -> ByTheOthers:
    """Of a first look, which leaves no figure out."""
    nothing = np.full((draws, targets), np.nan)
    return ByTheOthers(nothing, nothing, (), np.full(targets, np.nan))


def sets_left_out(targets: int, parameters: int) -> int:
    """How many sets of values are simulated to leave figures out."""
    return refits_of(targets) * min(points_needed(parameters), REFIT_SETS)


def refits_of(targets: int) -> int:
    """How many figures are left out by a real fit; with one figure nothing but the priors would be left."""
    return min(REFITS, targets) if targets > 1 else 0


def by_the_others(rounds: Rounds, draws: int) -> ByTheOthers:
    """Leave each figure out on the emulator, and then, where the posterior moves most, in the simulation, too."""
    found = [_on_emulator(rounds, column) for column in range(len(rounds.targets))]
    luck = np.random.default_rng(rounds.study.file.seed)
    told = np.column_stack([
        _figures(rounds, likelihood, posterior, column, draws, luck)
        for column, (likelihood, posterior) in enumerate(found)
    ])  # fmt: skip
    moved = np.array([divergence(rounds.posterior, posterior) for _, posterior in found])
    most = sorted(np.argsort(-moved, kind="stable")[: refits_of(len(found))].tolist())
    by_emulator, told = told, told.copy()
    for column in most:
        other = rounds.without(column, found[column][1])
        other.one_more(but=column, most=REFIT_SETS)
        told[:, column] = _figures(other, other.likelihood, other.posterior, column, draws, luck)
    return ByTheOthers(told, by_emulator, tuple(most), moved)


def _on_emulator(rounds: Rounds, column: int) -> tuple[Likelihood, Sample]:
    """On an emulator of all sets, for without a figure the posterior may be as wide as the priors; then once more on
    one of the region that this leaves, if there are enough sets in it."""
    simulated = rounds.simulated
    near = simulated.nearest(NEAR, rounds.centre, rounds.covariance)
    likelihood = rounds.likelihood_in(simulated, near)
    posterior = rounds.sampled(likelihood, column)
    count = simulated.z.shape[1]
    covariance = posterior.covariance + 1e-4 * np.eye(count)
    region = simulated.within(posterior.mean, covariance * WIDER**2)
    if len(region.z) >= 1.5 * (1 + count + count * (count + 1) // 2):
        likelihood = rounds.likelihood_in(region, near)
        posterior = rounds.sampled(likelihood, column, (posterior.mean, covariance))
    return likelihood, posterior


def _figures(
    rounds: Rounds, likelihood: Likelihood, posterior: Sample, column: int, draws: int, luck: np.random.Generator
) -> Floats:
    """What draws from a posterior say of one figure, with the error of saying so: shape (draws,)."""
    z = snapped(rounds.study.priors, posterior.draws(draws, rounds.study.file.seed))
    figures = likelihood.emulator(np.clip(z, -FURTHEST, FURTHEST))[:, column]
    told = figures + luck.normal(0, likelihood.noise[column], draws)
    return np.asarray(np.clip(told, 0, 1) if rounds.shares[column] and (figures >= 0).all() else told)


def divergence(full: Sample, other: Sample) -> float:
    """How far the normal distribution of `other` is from that of `full`, in nats (Kullback-Leibler)."""
    one, two = full.covariance + 1e-9 * np.eye(full.points.shape[1]), other.covariance
    off = other.mean - full.mean
    inverse = np.linalg.inv(one)
    logs = np.linalg.slogdet(one)[1] - np.linalg.slogdet(two + 1e-9 * np.eye(len(two)))[1]
    return float(0.5 * (np.trace(inverse @ two) + off @ inverse @ off - len(off) + logs))
