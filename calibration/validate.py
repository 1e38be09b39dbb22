"""Validation: what a fitted model says of figures that it never saw.

The scenario is simulated at draws of the fitted parameters. Around each simulated figure stands what the publisher may
have found were it true: binomial for shares of n persons, normal with the stated standard error, and the rounding. A
published figure is held against all of that together.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from calibration.fitted_file import inputs_hash
from calibration.scatter import scatter
from calibration.skill import LEVELS, Predicted, Skill, predicted, skill
from calibration.study import Part, Study, column_names
from calibration.trials import Trials
from simulation.experiments.executors import Workers
from simulation.results.intervals import NAN, Estimate
from simulation.results.likelihood import Errors, errors_of, scale, standard_errors
from simulation.results.verdict import Distance, distance
from simulation.scenario.files.fitted import Fit, read_fit
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.published import Published
from simulation.world.spec import Floats

DRAWS = 100
FINDINGS = 100
"""Simulated findings of a publisher for each draw."""


@dataclass(frozen=True)
class HeldOut:
    """A published figure beside what the model says a publisher would find: `mean` and `sd` of it, `rank` of the
    published figure in it (0.5: in the middle), `low`, `high`, where the model's figure itself lies, 95 %, and `error`,
    how the published figure errs, rounding left out. `now` and `before` are what the posterior and the priors alone say
    of it."""

    part: Part
    name: str
    target: Published
    mean: float
    sd: float
    low: float
    high: float
    rank: float
    error: float
    now: Predicted
    before: Predicted

    @property
    def z(self) -> float:
        """How far the published figure lies above the mean, in standard deviations of everything."""
        return (float(self.target.figure or 0.0) - self.mean) / self.sd

    @property
    def distance(self) -> Distance:
        """Model less published by the yardstick that `run` has, too: parameters are not in it."""
        return distance_of(self.target, self.mean, self.error)

    @property
    def skill(self) -> Skill:
        """How much better the fit tells it than the priors alone."""
        return skill(self.now, self.before)

    def inside(self, level: float) -> bool:
        """Whether it lies in the central interval of this level."""
        return abs(self.rank - 0.5) <= level / 2


@dataclass(frozen=True)
class LeftOut:
    """A figure of the fit beside what all other figures say of it (as the file of fitted values tells)."""

    study: Study
    name: str
    target: Published
    middle: float
    low: float
    high: float
    z: float
    error: float
    before: Predicted
    skill: Skill
    refitted: bool  # by a fit without it; else by the emulator of the fit with it

    @property
    def distance(self) -> Distance:
        """What the others say less published, by the same yardstick."""
        return distance_of(self.target, self.middle, self.error)

    def inside(self, level: float) -> bool:
        """Whether it lies in the central interval of this level."""
        from scipy.special import ndtri

        return abs(self.z) <= float(ndtri(0.5 + level / 2))


def distance_of(target: Published, value: float, error: float) -> Distance:
    """How far a value of the model is from a published figure, which errs by so much, rounding left out."""
    return distance(target, Estimate(value, NAN, NAN, NAN, NAN, 0.0, DRAWS, DRAWS), error)


def fit_of(study: Study) -> Fit:
    """The fitted values of a study. Raises InputProblems if there are none, or they are of other inputs."""
    if study.fitted is None:
        raise InputProblems([Problem(f"{study.path}: it names no file of fitted values")])
    fit = read_fit(study.fitted)
    if fit.data.get("inputs") != inputs_hash(study):
        message = f"{study.fitted.name} was fitted to other targets, priors or scenarios; calibrate {study.path} anew"
        raise InputProblems([Problem(message)])
    return fit


def held_out(
    study: Study, draws: int = DRAWS, workers: Workers = 1, progress: bool = False, kept: pathlib.Path | None = None
) -> list[HeldOut]:
    """Every figure of a study that is to be validated on. Raises InputProblems as `fit_of`, Stopped on Ctrl-C."""
    fit = fit_of(study)
    names, rows = fit.draws()
    z = np.column_stack([study.priors[name].normal(rows[:draws, names.index(name)]) for name in study.priors])
    before = {name: _before(entry) for name, entry in fit.data.get("held_out", {}).items()}
    return beside(study, z, workers, progress, kept, before)


def beside(
    study: Study, z: Floats, workers: Workers = 1, progress: bool = False, kept: pathlib.Path | None = None,
    before: Mapping[str, Predicted] | None = None,
) -> list[HeldOut]:  # fmt: skip
    """The same for draws that are given on the normal scale, shape (draws, parameters); `before` is what priors alone
    say of each figure."""
    columns = column_names(study)
    asked = [(part, name, target) for part in study.parts for name, target in part.of("validate").items()]
    if not asked:
        return []
    trials = Trials(study, len(z), workers, progress=progress, kept=kept)
    try:
        mean, error = trials.run(z)
    finally:
        trials.close()
    luck = np.random.default_rng(study.file.seed)
    figures = []
    for part, name, target in asked:
        column = columns.index((part.name, name))
        spread = scatter(trials.each(part, range(len(z)), [name])).sd
        errors = errors_of({name: target}, spread)
        unknown = Predicted(NAN, NAN, NAN, NAN)
        figures.append(_beside(part, name, target, mean[:, column], error[:, column], errors, luck,
                               (before or {}).get(name, unknown)))  # fmt: skip
    return figures


def left_out(study: Study) -> list[LeftOut]:
    """Every figure of the fit with what the others say of it. Raises InputProblems as `fit_of`."""
    figures, fit = [], fit_of(study)
    for name, target in study.fit_targets.items():
        entry = fit.data["targets"][name]
        middle, low, high = entry["by_the_others"]
        error = float(entry.get("sampling_error", entry["standard_error"]))
        figures.append(LeftOut(study, name, target, middle, low, high, entry["z_by_the_others"], error, _before(entry),
                               Skill(entry["score_gained"], entry["width_left"]),
                               entry.get("refitted", False)))  # fmt: skip
    return figures


def calibration_of(figures: Sequence[HeldOut] | Sequence[LeftOut]) -> dict[float, float]:
    """Share of the figures inside the interval of each level; NaN if there are none."""
    return {level: float(np.mean([f.inside(level) for f in figures])) if figures else np.nan for level in LEVELS}


def _beside(
    part: Part, name: str, target: Published, mean: Floats, error: Floats, errors: Errors, luck: np.random.Generator,
    before: Predicted,
) -> HeldOut:  # fmt: skip
    known = ~np.isnan(mean)
    centres = np.repeat(mean[known], FINDINGS)
    centres = centres + luck.normal(size=centres.size) * np.repeat(error[known], FINDINGS)
    if target.n is not None:
        factor = scale(target)
        share = np.clip(centres / factor, 0, 1)
        findings = luck.binomial(target.n, share) / target.n * factor
    else:
        findings = centres + luck.normal(size=centres.size) * errors.sd[0]
    findings = findings + luck.uniform(-1, 1, findings.size) * target.rounding
    printed = float(target.figure or 0.0)
    rank = float((findings < printed - 1e-12).mean() + 0.5 * (np.abs(findings - printed) <= 1e-12).mean())
    low, high = np.quantile(mean[known], [0.025, 0.975])
    of_all = float(findings.mean()), float(findings.std())
    now = predicted(mean, printed, float(standard_errors({name: target}, errors)[0]))
    return HeldOut(part, name, target, *of_all, float(low), float(high), rank, float(errors.sd[0]), now, before)


def _before(entry: Mapping[str, Any]) -> Predicted:
    """What priors alone say of a figure, from the file of fitted values."""
    middle, low, high = entry["before"]
    return Predicted(middle, low, high, entry["score_before"])
