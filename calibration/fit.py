"""The fit: which values of the parameters, and which others as well, agree with the published figures?

Rounds of sets of values are simulated (in batches of fixed size, so that nothing depends on how many workers there
are). The first round is spread over the priors; each later one over the region that the figures so far
leave, half as wide again. Between rounds the figures are followed by an emulator, and the posterior is drawn from by
population Monte Carlo on it. The point is the posterior's peak, found by SciPy's least squares on the last emulator;
the figures at the point, and at some draws as a check of the emulator, are simulated.
"""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from scipy.special import chdtri, ndtri

from calibration.emulator import Emulator, emulate, points_needed
from calibration.peak import peak_of
from calibration.population import Sample, quasi_random, sample
from calibration.priors import rounded, snapped, values
from calibration.study import Study, column_names
from calibration.trials import Trials
from simulation.experiments.executors import Workers
from simulation.results.likelihood import observed, residuals, standard_errors
from simulation.results.names import Group
from simulation.world.spec import Bools, Floats

ROUNDS = {"point": 2, "posterior": 4}
WIDER = 1.5
"""A round is spread over a region so many times as wide as the posterior so far."""
FURTHEST = 3.5
"""Nothing is tried further than this from the middle of a prior, in its standard deviations."""
CHECKS = 32
"""Draws at which the emulator is held against the simulation."""
FIRST_LOOK = 3
"""A first look (method point) simulates so many times fewer replications."""
DRAWS = 1000


@dataclass(frozen=True)
class Fitted:
    """What came of a calibration. Arrays of parameters are on the normal scale, in the order of the priors; arrays of
    figures in the order of the targets that are fitted to."""

    study: Study
    method: str
    point: dict[str, float]
    draws: Floats  # (draws, parameters), of equal weight
    effective: float
    at_point: Floats  # simulated
    error: Floats  # standard error of the simulated figures at the point
    off: Floats  # error of the emulator at draws from the posterior, simulated: (targets,)
    predicted: Floats  # what the draws say of each figure: (draws, targets)
    shift: float  # largest shift of a posterior mean in the last round, in posterior standard deviations
    left_out: Floats  # what draws that know nothing of a figure say of it: (draws, targets)
    sets: int
    resumed: int
    replications: dict[str, int]  # of each set of values, by part

    @cached_property
    def residuals(self) -> Floats:
        """Of the figures at the point, in standard deviations of what is published and simulated: (targets,)."""
        return residuals(self.study.fit_targets, self.at_point, self.error)

    @cached_property
    def informed(self) -> dict[str, float]:
        """How much of each prior's variance the figures have taken away; 0: nothing was learnt."""
        return dict(zip(self.study.priors, 1 - np.minimum(self.draws.var(axis=0), 1.0), strict=True))

    def interval(self, name: str, level: float = 0.95) -> tuple[float, float]:
        """Interval of a parameter from the draws."""
        prior = self.study.priors[name]
        drawn = prior.value(self.draws[:, list(self.study.priors).index(name)])
        low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
        return rounded(float(low), 5), rounded(float(high), 5)


@dataclass(frozen=True)
class SimulatedSets:
    """Sets of values that were simulated: on the normal scale, with their figures and the standard errors of those."""

    z: Floats
    mean: Floats
    error: Floats

    def with_more(self, z: Floats, mean: Floats, error: Floats) -> SimulatedSets:
        """These sets and more."""
        return SimulatedSets(*(np.concatenate(pair) for pair in ((self.z, z), (self.mean, mean), (self.error, error))))

    def within(self, centre: Floats, covariance: Floats) -> SimulatedSets:
        """The sets in a region."""
        away = np.linalg.solve(np.linalg.cholesky(covariance), (self.z - centre).T)
        near = np.square(away).sum(axis=0) <= chdtri(self.z.shape[1], 0.01)
        return SimulatedSets(self.z[near], self.mean[near], self.error[near])


class NotMeasured(Exception):
    """A target that the scenario gives no figure of; its name."""


def sets_of(study: Study, method: str) -> int:
    """How many sets of values a calibration tries."""
    return ROUNDS[method] * points_needed(len(study.priors)) + 1 + (CHECKS if method == "posterior" else 0)


def calibrate(
    study: Study,
    method: Literal["point", "posterior"] = "posterior",
    workers: Workers = 1,
    replications: int | None = None,
    progress: bool = False,
    kept: pathlib.Path | None = None,
    draws: int = DRAWS,
) -> Fitted:
    """Fit a study. `replications` overrides what its files say; what is simulated is kept in the folder `kept`.

    Raises Stopped on Ctrl-C, NotMeasured if the scenario gives no figure for a target, OSError if nothing can be kept.
    """
    trials = Trials(study, sets_of(study, method), workers, replications, progress, kept)
    trials.fewer = FIRST_LOOK if method == "point" else 1
    try:
        return _Rounds(study, method, trials).fitted(draws)
    finally:
        trials.close()


class _Rounds:
    """The rounds of one calibration."""

    def __init__(self, study: Study, method: str, trials: Trials) -> None:
        self.study, self.method, self.trials = study, method, trials
        self.targets = study.fit_targets
        names = [name for _, name in column_names(study)]
        self.columns = [names.index(name) for name in self.targets]
        apart = [Group.read(target.group).kind == "difference" for target in self.targets.values()]
        self.shares = [study.units[name] == "share" and not off for name, off in zip(self.targets, apart, strict=True)]
        self.positive = [not share and not off and (t.figure or 0) > 0
                         for share, off, t in zip(self.shares, apart, self.targets.values(), strict=True)]  # fmt: skip

    def fitted(self, draws: int) -> Fitted:
        """Every round, then the point, the check and the figures left out in turn."""
        count, seed = len(self.study.priors), self.study.file.seed
        size = points_needed(count)
        centre, covariance, shift = np.zeros(count), np.eye(count), 0.0
        simulated: SimulatedSets | None = None
        for turn in range(ROUNDS[self.method]):
            wide = covariance * (WIDER**2 if turn else 1.0)
            z = self._spread(centre, wide, size, seed + turn)
            new = (z, *self._run(z))
            simulated = SimulatedSets(*new) if simulated is None else simulated.with_more(*new)
            region = simulated if turn == 0 else simulated.within(centre, wide * WIDER**2)
            emulator = self._emulate(region)
            noise = np.sqrt(emulator.error**2 + np.square(region.error).mean(axis=0))
            posterior = self._posterior(emulator, noise, centre, covariance, seed)
            shift = float(np.max(np.abs(posterior.mean - centre) / np.sqrt(np.diag(posterior.covariance))))
            centre, covariance = posterior.mean, posterior.covariance + 1e-4 * np.eye(count)
        assert simulated is not None
        drawn = snapped(self.study.priors, np.clip(posterior.draws(draws, seed), -FURTHEST, FURTHEST))
        peak = peak_of(
            lambda z: np.concatenate((residuals(self.targets, emulator(z[None, :]), noise)[0], z)),
            np.clip(centre, -FURTHEST, FURTHEST), list(self.study.priors.values()),
        )  # fmt: skip
        point = values(self.study.priors, peak)
        full = self.method == "posterior"
        checked = np.concatenate((peak[None, :], drawn[: CHECKS if full else 0]))
        mean, error = self._run(checked)
        off = np.sqrt(np.square(emulator(checked[1:]) - mean[1:]).mean(axis=0)) if full else emulator.error
        others = self._left_out(simulated, draws) if full else np.full((draws, len(self.targets)), np.nan)
        return Fitted(
            self.study, self.method, point, drawn, posterior.effective, mean[0], error[0], off, emulator(drawn), shift,
            others, self.trials.tried, self.trials.resumed, {p.name: self.trials.asked(p) for p in self.study.parts},
        )  # fmt: skip

    def _spread(self, centre: Floats, covariance: Floats, size: int, seed: int) -> Floats:
        """Sets of values spread over a region, whole numbers where only those are possible."""
        uniform = quasi_random(len(centre), int(np.ceil(np.log2(size))), seed)[:size]
        z = centre + ndtri(uniform) @ np.linalg.cholesky(covariance).T
        return snapped(self.study.priors, np.clip(z, -FURTHEST, FURTHEST))

    def _run(self, z: Floats) -> tuple[Floats, Floats]:
        mean, error = (array[:, self.columns] for array in self.trials.run(z))
        missing = np.isnan(mean).any(axis=0)
        if missing.any():
            raise NotMeasured(list(self.targets)[int(missing.argmax())])
        return mean, error

    def _emulate(self, simulated: SimulatedSets) -> Emulator:
        return emulate(simulated.z, simulated.mean, self.shares, self.positive)

    def _posterior(
        self, emulator: Emulator, noise: Floats, centre: Floats, covariance: Floats, seed: int, but: int | None = None
    ) -> Sample:
        """Draws from the posterior given all figures but the one numbered `but`."""
        kept: Bools = np.arange(len(self.targets)) != (-1 if but is None else but)

        def log_density(z: Floats) -> Floats:
            inside = np.clip(snapped(self.study.priors, z), -FURTHEST - 1, FURTHEST + 1)
            missed = residuals(self.targets, emulator(inside), noise)[:, kept]
            return np.asarray(-0.5 * (np.square(z).sum(axis=1) + np.square(missed).sum(axis=1)))

        return sample(log_density, centre, covariance, seed)

    def _left_out(self, simulated: SimulatedSets, draws: int) -> Floats:
        """Each figure as predicted from all the others, shape (draws, targets). The emulator is of all sets, because
        without a figure the posterior may be as wide as the priors."""
        emulator = self._emulate(simulated)
        noise = np.sqrt(emulator.error**2 + np.square(simulated.error).mean(axis=0))
        count, luck = len(self.study.priors), np.random.default_rng(self.study.file.seed)
        by_the_others = np.empty((draws, len(self.targets)))
        for column in range(len(self.targets)):
            sampled = self._posterior(emulator, noise, np.zeros(count), np.eye(count), self.study.file.seed, but=column)
            z = np.clip(snapped(self.study.priors, sampled.draws(draws, self.study.file.seed)), -FURTHEST, FURTHEST)
            by_the_others[:, column] = emulator(z)[:, column] + luck.normal(0, noise[column], draws)
        return by_the_others


def z_left_out(fitted: Fitted) -> Floats:
    """How far each figure lies from what the others say of it, in standard deviations of both: (targets,)."""
    spread = fitted.left_out.std(axis=0)
    targets = fitted.study.fit_targets
    away = observed(targets) - fitted.left_out.mean(axis=0)
    return np.asarray(away / np.sqrt(spread**2 + standard_errors(targets) ** 2))
