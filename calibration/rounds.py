"""Rounds of sets of values that are simulated, and what the published figures say after each of them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, ndtri

from calibration.emulator import Emulator, emulate, points_needed
from calibration.peak import peak_of
from calibration.population import Sample, quasi_random, sample
from calibration.priors import Prior, snapped
from calibration.scatter import Scatter, scatter
from calibration.study import Part, Study, column_names
from calibration.trials import Trials
from simulation.results.likelihood import Errors, errors_of, residuals, standard_errors, whitened
from simulation.results.names import Group
from simulation.scenario.published import Published
from simulation.world.spec import Bools, Floats, Ints

WIDER = 1.5
"""A round is spread over a region so many times as wide as the posterior so far."""
FURTHEST = 3.5
"""Nothing is tried further than this from the middle of a prior, in its standard deviations."""
NEAR = 64
"""Sets of values nearest to the posterior whose trials tell how figures scatter."""


FAR = 1000
"""Rounds without a figure are numbered from here on, so that they are spread by luck of their own."""
MISSING = 0.25
"""Of the sets of a round so many may have no figure of a target (a median that comes after the follow-up): they are
left out. With more of them the priors go where the scenario cannot see."""


class NotMeasured(Exception):
    """A target that the scenario gives no figure of; its name."""


@dataclass(frozen=True)
class SimulatedSets:
    """Sets of values that were simulated: on the normal scale, with their figures, the standard errors of those, and
    the numbers that they were tried under."""

    z: Floats
    mean: Floats
    error: Floats
    numbers: Ints

    def with_more(self, more: SimulatedSets) -> SimulatedSets:
        """These sets and more."""
        return SimulatedSets(
            np.concatenate((self.z, more.z)), np.concatenate((self.mean, more.mean)),
            np.concatenate((self.error, more.error)), np.concatenate((self.numbers, more.numbers)),
        )  # fmt: skip

    def within(self, centre: Floats, covariance: Floats) -> SimulatedSets:
        """The sets in a region."""
        return self._some(self.away(centre, covariance) <= chdtri(self.z.shape[1], 0.01))

    def nearest(self, count: int, centre: Floats, covariance: Floats) -> SimulatedSets:
        """So many that are nearest to a point."""
        return self._some(np.sort(np.argsort(self.away(centre, covariance), kind="stable")[:count]))

    def away(self, centre: Floats, covariance: Floats) -> Floats:
        """Squared distances from a point in standard deviations, shape (sets,)."""
        steps = np.linalg.solve(np.linalg.cholesky(covariance), (self.z - centre).T)
        return np.asarray(np.square(steps).sum(axis=0))

    def _some(self, which: Bools | Ints) -> SimulatedSets:
        return SimulatedSets(self.z[which], self.mean[which], self.error[which], self.numbers[which])


@dataclass(frozen=True)
class Likelihood:
    """What the published figures say of the parameters, on an emulator: `noise` is the standard deviation of its error
    and of the simulation's, shape (targets,), and `errors` how the published figures err."""

    priors: Mapping[str, Prior]
    targets: Mapping[str, Published]
    emulator: Emulator
    noise: Floats
    errors: Errors

    def missed(self, z: Floats, but: int | None = None) -> Floats:
        """Independent residuals of all figures but the one numbered `but` at points on the normal scale, shape
        (points, figures) of (points, parameters)."""
        kept: Bools = np.arange(len(self.targets)) != (-1 if but is None else but)
        by_figure = residuals(self.targets, self.emulator(z), self.noise, self.errors)[:, kept]
        some = {name: target for (name, target), keep in zip(self.targets.items(), kept, strict=True) if keep}
        return whitened(some, by_figure, self.noise[kept], self.errors.of(kept)) if some else by_figure

    def log_density(self, z: Floats, but: int | None = None) -> Floats:
        """Of the posterior, but for a constant, shape (points,)."""
        inside = np.clip(snapped(self.priors, z), -FURTHEST - 1, FURTHEST + 1)
        return np.asarray(-0.5 * (np.square(z).sum(axis=1) + np.square(self.missed(inside, but)).sum(axis=1)))


class Rounds:
    """The rounds of one calibration. `likelihood` and `posterior` are those after the last one; `scatter` tells by part
    how the figures of one trial scatter there; `shift` is the largest shift of a posterior mean in the last round, in
    posterior standard deviations."""

    likelihood: Likelihood
    posterior: Sample
    scatter: dict[str, Scatter]
    simulated: SimulatedSets
    near: SimulatedSets
    before: dict[str, Floats]  # every figure, fitted to or validated on, of the sets that are spread over the priors

    def __init__(self, study: Study, trials: Trials) -> None:
        self.study, self.trials = study, trials
        self.targets = study.fit_targets
        names = [name for _, name in column_names(trials.study)]
        self.columns = [names.index(name) for name in self.targets]
        apart = [Group.read(target.group).kind == "difference" for target in self.targets.values()]
        self.shares = [study.units[name] == "share" and not off for name, off in zip(self.targets, apart, strict=True)]
        self.positive = [not share and not off and (t.figure or 0) > 0
                         for share, off, t in zip(self.shares, apart, self.targets.values(), strict=True)]  # fmt: skip
        count = len(study.priors)
        self.centre, self.covariance, self.shift = np.zeros(count), np.eye(count), 0.0
        self.done = 0

    def one_more(self, but: int | None = None, most: int | None = None) -> None:
        """The first is spread over the priors, each later one over the region that the figures so far leave; all
        figures, or all but the one numbered `but`. `most` is how many sets it has at most."""
        count, seed, first = len(self.study.priors), self.study.file.seed, self.done == 0
        wide = self.covariance * (1.0 if first else WIDER**2)
        size = min(points_needed(count), most or points_needed(count))
        new = self._sets(self._spread(self.centre, wide, size, seed + self.done))
        self.simulated = new if first else self.simulated.with_more(new)
        region = self.simulated if first else self.simulated.within(self.centre, wide * WIDER**2)
        if len(region.z) < points_needed(count) and not first:  # too few for an emulator
            region = self.simulated.nearest(points_needed(count), self.centre, wide)
        self.likelihood = self.likelihood_in(region, region if first else region.nearest(NEAR, self.centre, wide))
        self._take(self.sampled(self.likelihood, but, (self.centre, self.covariance)))
        self.done += 1

    def without(self, column: int, posterior: Sample) -> Rounds:
        """As if the figure of this number had never been looked at: begins with the sets that there are and the region
        of such a posterior, and does not change these rounds. Its rounds are numbered on."""
        other = copy(self)
        other._take(posterior)
        other.done = self.done + FAR * (column + 1)
        return other

    def _take(self, posterior: Sample) -> None:
        count, self.posterior = len(self.study.priors), posterior
        spread = np.sqrt(np.diag(self.posterior.covariance))
        self.shift = float(np.max(np.abs(self.posterior.mean - self.centre) / spread))
        self.centre, self.covariance = self.posterior.mean, self.posterior.covariance + 1e-4 * np.eye(count)

    def run(self, z: Floats) -> tuple[Floats, Floats]:
        """Simulate sets of values; the figures of the fit and their standard errors, of shape (sets, targets); NaN
        where a set has none. Raises NotMeasured if too many have none."""
        every, errors = self.trials.run(z)
        if not self.done:
            self.before = {name: every[:, c] for c, (_, name) in enumerate(column_names(self.trials.study))}
        mean, error = every[:, self.columns], errors[:, self.columns]
        missing = np.isnan(mean).mean(axis=0)
        if (missing > MISSING).any():
            raise NotMeasured(list(self.targets)[int(missing.argmax())])
        return mean, error

    def likelihood_in(self, region: SimulatedSets, near: SimulatedSets) -> Likelihood:
        """On an emulator of some sets of values; `near` are those that tell how the figures of one trial scatter."""
        emulator = emulate(region.z, region.mean, self.shares, self.positive)
        noise = np.sqrt(emulator.error**2 + np.square(region.error).mean(axis=0))
        return Likelihood(self.study.priors, self.targets, emulator, noise, self._errors(near))

    def sampled(
        self, likelihood: Likelihood, but: int | None = None, guess: tuple[Floats, Floats] | None = None
    ) -> Sample:
        """Draws from the posterior given all figures but the one numbered `but`. `guess` is a mean and a covariance to
        begin with; without one those of the priors, for without a figure it may be as wide."""
        count = len(self.study.priors)
        centre, covariance = (np.zeros(count), np.eye(count)) if guess is None else guess
        return sample(lambda z: likelihood.log_density(z, but), centre, covariance, self.study.file.seed)

    def peak(self) -> Floats:
        """Where the posterior is highest, on the normal scale, by least squares."""
        return peak_of(
            lambda z: np.concatenate((self.likelihood.missed(z[None, :])[0], z)),
            np.clip(self.centre, -FURTHEST, FURTHEST), list(self.study.priors.values()),
        )  # fmt: skip

    def _sets(self, z: Floats) -> SimulatedSets:
        first = self.trials.tried
        mean, error = self.run(z)
        known = ~np.isnan(mean).any(axis=1)
        return SimulatedSets(z[known], mean[known], error[known], first + np.flatnonzero(known))

    def _spread(self, centre: Floats, covariance: Floats, size: int, seed: int) -> Floats:
        """Sets of values spread over a region, whole numbers where only those are possible."""
        uniform = quasi_random(len(centre), int(np.ceil(np.log2(size))), seed)[:size]
        z = centre + ndtri(uniform) @ np.linalg.cholesky(covariance).T
        return snapped(self.study.priors, np.clip(z, -FURTHEST, FURTHEST))

    def _errors(self, near: SimulatedSets) -> Errors:
        """How the published figures err: those of one scenario together, as its trials do; borrowed ones alone."""
        names = list(self.targets)
        spread, correlation = np.zeros(len(names)), np.eye(len(names))
        self.scatter = {}
        self.near = near
        for part in self.study.parts:
            of_part = list(part.of("fit"))
            if not of_part:
                continue
            place = [names.index(name) for name in of_part]
            found = scatter(self.trials.each(part, near.numbers.tolist(), of_part))
            self.scatter[part.name] = found
            alone = np.array([part.file.targets[name].borrowed for name in of_part])
            together = np.where(np.logical_or.outer(alone, alone), np.eye(len(of_part)), found.correlation)
            spread[place], correlation[np.ix_(place, place)] = found.sd, together
        return errors_of(self.targets, spread, correlation)

    def standard_error(self, part: Part, name: str) -> float:
        """Of a figure to validate on, rounding included, as trials near the posterior have it."""
        target = part.file.targets[name]
        spread = scatter(self.trials.each(part, self.near.numbers.tolist(), [name])).sd
        return float(standard_errors({name: target}, errors_of({name: target}, spread))[0])
