"""What has to be said about a fit, in words: what no figure informs, what lies at an edge, what is not reached."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calibration.fit import Fitted
from simulation.results.likelihood import observed, standard_errors

UNINFORMED = 0.1
"""A parameter whose variance has shrunk by less than this share of the prior's is informed by no figure."""
LITTLE = 0.5
NOT_REACHED = 2.0
"""A figure that is missed at the point by more standard deviations than this is not reached."""
EDGE = (0.025, 0.1)
"""A parameter is at the edge if more than a tenth of its posterior lies in the outer 2.5 % of its prior."""
FEW_DRAWS = 500
MOVING = 0.25
INEXACT = 0.5


def uninformed(fitted: Fitted) -> list[str]:
    """Parameters whose posterior is as wide as their prior."""
    return [name for name, share in fitted.informed.items() if share < UNINFORMED]


def not_reached(fitted: Fitted) -> list[str]:
    """Targets that the model does not meet at the point."""
    return [
        name
        for name, missed in zip(fitted.study.fit_targets, fitted.residuals, strict=True)
        if abs(missed) > NOT_REACHED
    ]


def warnings(fitted: Fitted) -> list[str]:
    """Everything that whoever uses the fitted values has to know, worst first."""
    return [*_targets(fitted), *_edges(fitted), *_parameters(fitted), *_method(fitted)]


def _targets(fitted: Fitted) -> Iterator[str]:
    targets = fitted.study.fit_targets
    errors, printed = standard_errors(targets, fitted.errors), observed(targets)
    for column, name in enumerate(targets):
        if name in not_reached(fitted):
            yield (
                f"{name} is not reached: {fitted.at_point[column]:.4g} against {printed[column]:.4g} ± "
                f"{errors[column]:.2g} (standard error), {fitted.residuals[column]:+.1f} standard deviations"
            )


def _edges(fitted: Fitted) -> Iterator[str]:
    from scipy.special import ndtri

    limit = -float(ndtri(EDGE[0]))
    for column, name in enumerate(fitted.study.priors):
        low, high = (float((sign * fitted.draws[:, column] > limit).mean()) for sign in (-1, 1))
        if max(low, high) > EDGE[1]:
            end = "lower" if low > high else "upper"
            yield f"{name} lies at the {end} end of its prior: a wider one might fit better, or a figure is odd"


def _parameters(fitted: Fitted) -> Iterator[str]:
    for name, share in fitted.informed.items():
        if share < UNINFORMED:
            yield f"{name} is informed by no figure: its posterior is its prior"
        elif share < LITTLE:
            yield f"{name} is informed a little ({share:.0%} of the prior's variance taken away)"


def _method(fitted: Fitted) -> Iterator[str]:
    if fitted.effective < FEW_DRAWS:
        yield f"the draws are worth only {fitted.effective:.0f} independent ones"
    if fitted.shift > MOVING:
        yield f"the last round still moved a parameter by {fitted.shift:.2f} posterior standard deviations"
    width = np.hypot(fitted.predicted.std(axis=0), standard_errors(fitted.study.fit_targets, fitted.errors))
    for name, share in zip(fitted.study.fit_targets, fitted.off / width, strict=True):
        if share > INEXACT:
            yield f"the emulator is inexact for {name}: off by {share:.1f} of its standard deviation"
