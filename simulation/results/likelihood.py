"""How well simulated figures agree with the published ones: residuals whose halved squares are the log-likelihood.

A share of n persons, and a number of n, is binomial; everything else is normal with its stated standard error. Rounding
of the printed figure and the noise of the simulated one (too few replications, an emulator that is not exact) are
added: as variance where the figure is normal, as fewer persons where it is binomial.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.scenario.published import Published
from simulation.world.spec import Floats


def observed(targets: Mapping[str, Published]) -> Floats:
    """The published figures, shape (targets,)."""
    return np.array([float(target.figure or 0.0) for target in targets.values()])


def residuals(targets: Mapping[str, Published], simulated: Floats, noise: Floats) -> Floats:
    """Residuals in standard deviations, shape as `simulated`: (…, targets). Positive: more is simulated than printed.

    `noise` is the standard deviation of the error of `simulated` as an estimate of what the model says: (targets,).
    """
    misses = np.empty_like(simulated, dtype=float)
    for column, target in enumerate(targets.values()):
        extra = float(noise[column]) ** 2 + target.rounding_sd**2
        misses[..., column] = _residual(target, simulated[..., column], extra)
    return misses


def standard_errors(targets: Mapping[str, Published]) -> Floats:
    """Standard errors of the published figures, rounding included, shape (targets,)."""
    return np.array([np.sqrt(_variance(target) + target.rounding_sd**2) for target in targets.values()])


def scale(target: Published) -> float:
    """What a share has to be multiplied with to be the figure: n for a number of n persons, or else 1."""
    return float(target.n or 1) if _is_number(target) else 1.0


def _residual(target: Published, simulated: Floats, extra: float) -> Floats:
    if target.n is None:
        return np.asarray((simulated - float(target.figure or 0.0)) / np.sqrt(_variance(target) + extra))
    y, factor = _share(target), scale(target)
    p = np.clip(simulated / factor, 1e-9, 1 - 1e-9)
    variance = _variance(target) / factor**2
    persons = target.n * variance / (variance + extra / factor**2)
    deviance = 2 * persons * (_times_log(y, y / p) + _times_log(1 - y, (1 - y) / (1 - p)))
    return np.asarray(np.sign(p - y) * np.sqrt(np.maximum(deviance, 0.0)))


def _times_log(share: float, ratio: Floats) -> Floats:
    return share * np.log(ratio) if share > 0 else np.zeros_like(ratio)


def _share(target: Published) -> float:
    """The printed share; of a number of n persons count / n."""
    return float(target.figure or 0.0) / scale(target)


def _is_number(target: Published) -> bool:
    """Whether the figure is a number of persons: `count` of `n` was printed, and the figure is not their ratio."""
    return target.count is not None and target.n is not None and target.figure != target.count / target.n


def _variance(target: Published) -> float:
    """Sampling variance of the printed figure, in its unit."""
    if target.se is not None:
        return target.se**2
    assert target.n is not None
    y = np.clip(_share(target), 0.5 / target.n, 1 - 0.5 / target.n)  # 0 of n leaves room for some
    return float(y * (1 - y) / target.n) * scale(target) ** 2
