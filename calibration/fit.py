"""The fit: which values of the parameters, and which others as well, agree with the published figures?

Rounds of sets of values are simulated (in batches of fixed size, so that nothing depends on how many workers there
are). The first round is spread over the priors; each later one over the region that the figures so far
leave, half as wide again. Between rounds the figures are followed by an emulator, and the posterior is drawn from by
population Monte Carlo on it. The point is the posterior's peak, found by SciPy's least squares on the last emulator;
the figures at the point, and at some draws as a check of the emulator, are simulated.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from calibration.emulator import points_needed
from calibration.others import ByTheOthers, by_the_others, none_left_out, sets_left_out
from calibration.priors import rounded, snapped, values
from calibration.rounds import FURTHEST, NotMeasured, Rounds
from calibration.scatter import Scatter
from calibration.sensitivity import Intervals, sensitivity
from calibration.skill import Predicted, Skill, predicted, skill
from calibration.study import Study
from calibration.trials import Trials
from simulation.experiments.executors import Workers
from simulation.results.likelihood import Errors, observed, residuals, standard_errors
from simulation.world.spec import Floats

__all__ = ["CHECKS", "DRAWS", "FIRST_LOOK", "ROUNDS", "Fitted", "NotMeasured", "calibrate", "sets_of", "skills",
           "z_left_out"]  # fmt: skip
ROUNDS = {"point": 2, "posterior": 4}
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
    others: ByTheOthers  # what draws that know nothing of a figure say of it
    errors: Errors  # of the published figures
    scatter: Mapping[str, Scatter]  # of the figures of one trial, by part
    sensitivity: Mapping[str, Intervals]  # intervals of each parameter if guessed variances were others
    before: Mapping[str, Predicted]  # what priors alone say of each figure, those to validate on included
    sets: int
    resumed: int
    replications: dict[str, int]  # of each set of values, by part

    @property
    def left_out(self) -> Floats:
        """What draws that know nothing of a figure say of it, shape (draws, targets)."""
        return self.others.told

    @cached_property
    def residuals(self) -> Floats:
        """Of the figures at the point, in standard deviations of what is published and simulated: (targets,)."""
        return residuals(self.study.fit_targets, self.at_point, self.error, self.errors)

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


def sets_of(study: Study, method: str, refit: bool = True) -> int:
    """How many sets of values a calibration tries."""
    count, full = len(study.priors), method == "posterior"
    others = sets_left_out(len(study.fit_targets), count) if full and refit else 0
    return ROUNDS[method] * points_needed(count) + 1 + (CHECKS if full else 0) + others


def calibrate(
    study: Study,
    method: Literal["point", "posterior"] = "posterior",
    workers: Workers = 1,
    replications: int | None = None,
    progress: bool = False,
    kept: pathlib.Path | None = None,
    draws: int = DRAWS,
    refit: bool = True,
) -> Fitted:
    """Fit a study. `replications` overrides what its files say; what is simulated is kept in the folder `kept`; without
    `refit` no figure is left out.

    Raises Stopped on Ctrl-C, NotMeasured if the scenario gives no figure for a target, OSError if nothing can be kept.
    """
    trials = Trials(study, sets_of(study, method, refit), workers, replications, progress, kept)
    trials.fewer = FIRST_LOOK if method == "point" else 1
    try:
        return _fitted(Rounds(study, trials), method, draws, refit)
    finally:
        trials.close()


def _fitted(rounds: Rounds, method: str, draws: int, refit: bool) -> Fitted:
    """Every round, then the point, the check and the figures left out in turn."""
    study, trials, seed = rounds.study, rounds.trials, rounds.study.file.seed
    for _ in range(ROUNDS[method]):
        rounds.one_more()
    likelihood, posterior = rounds.likelihood, rounds.posterior
    drawn = snapped(study.priors, np.clip(posterior.draws(draws, seed), -FURTHEST, FURTHEST))
    peak = rounds.peak()
    full = method == "posterior"
    mean, error = rounds.run(np.concatenate((peak[None, :], drawn[: CHECKS if full else 0])))
    emulator = likelihood.emulator
    missed = emulator(drawn[: len(mean) - 1]) - mean[1:]
    off = np.sqrt(np.nanmean(np.square(missed), axis=0)) if full else emulator.error
    if np.isnan(mean[0]).any():
        raise NotMeasured(list(rounds.targets)[int(np.isnan(mean[0]).argmax())])
    shift, of_trials = rounds.shift, rounds.scatter
    before = _before(rounds)
    others = by_the_others(rounds, draws) if full and refit else none_left_out(draws, len(rounds.targets))
    return Fitted(
        study, method, values(study.priors, peak), drawn, posterior.effective, mean[0], error[0], off, emulator(drawn),
        shift, others, likelihood.errors, of_trials, sensitivity(likelihood, posterior), before, trials.tried,
        trials.resumed, {p.name: trials.asked(p) for p in study.parts},
    )  # fmt: skip


def _before(rounds: Rounds) -> dict[str, Predicted]:
    """What the model and the priors say of every figure before any of them is looked at."""
    fitted = standard_errors(rounds.targets, rounds.likelihood.errors)
    errors = dict(zip(rounds.targets, fitted.tolist(), strict=True))
    for part in rounds.study.parts:
        errors |= {name: rounds.standard_error(part, name) for name in part.of("validate")}
    printed = {name: float(t.figure or 0) for part in rounds.study.parts for name, t in part.file.targets.items()}
    return {name: predicted(rounds.before[name], printed[name], errors[name]) for name in errors}


def skills(fitted: Fitted) -> dict[str, Skill]:
    """How much better the others tell each figure than the priors alone; nothing of a first look."""
    targets = fitted.study.fit_targets
    if np.isnan(fitted.left_out).any():
        return {}
    printed, errors = observed(targets), standard_errors(targets, fitted.errors)
    return {
        name: skill(predicted(fitted.left_out[:, c], printed[c], errors[c]), fitted.before[name])
        for c, name in enumerate(targets)
    }


def z_left_out(fitted: Fitted, by_emulator: bool = False) -> Floats:
    """How far each figure lies from what the others say of it, in standard deviations of both: (targets,). Figures that
    were left out by a fit of their own are told by that, or, as the rest, by the emulator."""
    left_out = fitted.others.by_emulator if by_emulator else fitted.others.told
    spread = left_out.std(axis=0)
    targets = fitted.study.fit_targets
    away = observed(targets) - left_out.mean(axis=0)
    return np.asarray(away / np.sqrt(spread**2 + standard_errors(targets, fitted.errors) ** 2))
