"""Frailty: differences between ledige that nobody sees, and who of them is left after some weeks on benefit.

Whoever is enrolled later in her spell is one of those who had not left by then, so the frail are fewer among the new
ledige than among the old. With factor z and hazard h so far, the density of who is left is that of z times exp(-z h):
a gamma distribution stays one, with a higher rate; a lognormal one is integrated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from simulation.world.spec import Floats, Spec, unit
from simulation.world.staff.jobcentres import Jobcentres

STEPS = np.linspace(-9.0, 9.0, 4001)
"""Standard deviations of the log at which the density of who is left is looked at."""


class Frailty(Spec):
    """Differences between ledige that nobody sees: a factor of mean 1 on the intensity of a new ledig."""

    kind: Annotated[Literal["lognormal", "gamma"], Field(description="Distribution of the factor")]
    spread: Annotated[
        float,
        unit(
            "sd of the log (lognormal) or of the factor (gamma)",
            "How much the factor differs between ledige",
            ge=0,
            le=5,
        ),
    ]


def frailty(spec: Frailty, chance: Floats, hazard: Floats | None = None) -> Floats:
    """Frailty at each chance in (0, 1), shape of `chance`: mean 1 over all who begin a benefit spell.

    `hazard`, in the same shape, is what whoever has frailty 1 has been exposed to before she is enrolled (intensity ×
    weeks); absent: nothing.
    """
    from scipy.special import gammaincinv, ndtri

    if spec.spread == 0:
        return np.ones(len(chance))
    if spec.kind == "gamma":
        shape = spec.spread**-2
        return np.asarray(gammaincinv(shape, chance) / (shape if hazard is None else shape + hazard))
    log = spec.spread * ndtri(chance) - spec.spread**2 / 2
    if hazard is not None:
        for value in set(hazard[hazard > 0].tolist()):
            alike = hazard == value
            log[alike] = _left(spec.spread, value, chance[alike])
    return np.asarray(np.exp(log))


def _left(spread: float, hazard: float, chance: Floats) -> Floats:
    """Logs of the lognormal frailty of who is left after this hazard, at each chance."""
    from scipy.integrate import cumulative_trapezoid

    logs = spread * STEPS - spread**2 / 2
    exponent = -(STEPS**2) / 2 - hazard * np.exp(logs)
    so_far = cumulative_trapezoid(np.exp(exponent - exponent.max()), STEPS, initial=0.0)
    rising = np.concatenate(([True], np.diff(so_far) > 0))
    at: Floats = np.interp(chance * so_far[-1], so_far[rising], logs[rising])
    return at


def of_jobcentres(what: str, sd: float, named: Mapping[str, float], jobcentres: Jobcentres) -> Floats:
    """Factor of every row of the jobcentre table on what is said; random ones (sd of the log) have mean 1."""
    effect = np.array([named.get(place, 1.0) for place in jobcentres.name_of_row])
    if sd:
        chance = jobcentres.draws.uniform(f"jobcentre effect {what}", 0, np.arange(len(jobcentres)))
        effect *= frailty(Frailty(kind="lognormal", spread=sd), chance)
    return effect
