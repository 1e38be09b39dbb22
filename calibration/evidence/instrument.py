"""The model as the measuring instrument: which effect of talks gives the result that a study printed, at its dose?

In the arms of a study all talks are held in the weeks that its dose says, so the strength of talks in every week is
known, and with it the mean of what the engine would simulate: no luck is left. The effect is varied until the arms
differ by as much as the study says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from calibration.evidence.plans import Curve, Dose, Talks
from simulation.interventions.samtaler.dose import Dose as DoseOfTalks
from simulation.world.spec import Floats

FURTHEST = 2.5
"""Effects of talks (log) are looked for between this and as much below 0."""
LONGEST = 5
STEP = 1e-4
"""The slope is taken over twice as much."""


@dataclass(frozen=True)
class Measured:
    """The effect of ever more talks that a study comes to, and its standard error (both log exit rates)."""

    effect: float
    error: float


def measured(dose: Dose, curve: Curve, estimate: float, error: float) -> Measured:
    """What a printed log ratio with its standard error says of the effect of talks.

    Raises ValueError if no effect within `FURTHEST` gives it, or hardly anybody stays until the horizon.
    """
    if dose.horizon_weeks > LONGEST * dose.mean_weeks:
        raise ValueError(f"the horizon is more than {LONGEST} times as long as people stay: hardly anybody is left")
    if dose.treated == dose.control:
        raise ValueError("both arms have the same talks: nothing tells what they do")

    def miss(effect: float) -> float:
        return contrast(dose, curve, effect) - estimate

    if not miss(-FURTHEST) < 0 < miss(FURTHEST):
        raise ValueError(f"no effect of talks between -{FURTHEST} and {FURTHEST} comes to {estimate}")
    effect = float(brentq(miss, -FURTHEST, FURTHEST, xtol=1e-9))
    slope = (miss(effect + STEP) - miss(effect - STEP)) / (2 * STEP)
    return Measured(effect, error / slope)


def contrast(dose: Dose, curve: Curve, effect: float) -> float:
    """By how much the arms differ if ever more talks come to `effect`: a log ratio, + = faster in the treated arm."""
    treated, control = (
        left_and_weeks(talks, curve, effect, dose.mean_weeks, dose.horizon_weeks)
        for talks in (dose.treated, dose.control)
    )
    if dose.outcome == "weeks":
        return math.log(control[1] / treated[1])
    return math.log(math.log1p(-treated[0]) / math.log1p(-control[0]))


def left_and_weeks(
    talks: Talks, curve: Curve, effect: float, mean_weeks: float, weeks: int
) -> tuple[float, float]:
    """Share who have left after so many weeks, and mean weeks until then, of an arm that stays `mean_weeks` without
    talks. A talk counts from the tirsdag after it on, and who leaves does so in the middle of a week."""
    of_talks = DoseOfTalks(exits={}, per_month=curve.per_month, mean_life_weeks=curve.mean_life_weeks)
    hazard = np.exp(effect * of_talks.strength(_counts(talks, curve, of_talks.kept, weeks))) / mean_weeks
    staying = np.exp(-np.cumsum(hazard))
    return float(1 - staying[-1]), float((1 + staying[-1]) / 2 + staying[:-1].sum())


def _counts(talks: Talks, curve: Curve, kept: float, weeks: int) -> Floats:
    """Decayed counts of talks on the tirsdag of every week of the spell, shape (weeks,)."""
    held = np.zeros(weeks)
    for week, worth in [(w, 1.0) for w in talks.personal] + [(w, curve.remote) for w in talks.remote]:
        if week < weeks:
            held[week] += worth
    counts = np.zeros(weeks)
    for week in range(1, weeks):
        counts[week] = counts[week - 1] * kept + held[week - 1]
    return counts
