"""The model as the measuring instrument: which effect of talks gives the result that a study printed, at its dose?

From the row of a study one small scenario is made for each of its arms: its baseline, its talks, its horizon. Both
are simulated with the same persons and the same luck, so that only the talks tell them apart, and the effect is varied
until they differ by as much as the study says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scipy.optimize import brentq

from calibration.evidence.plans import Curve, Dose, Talks
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure, Group
from simulation.scenario.schema import Scenario

PERSONAL, REMOTE = "personlig", "telefon"
PERSONS = 20_000
SEED = 20261129
FURTHEST = 2.5
"""Effects of talks (log) are looked for between this and as much below 0."""
STEP = 0.05
"""The slope is taken over twice as much."""
TOLERANCE = 1e-3


@dataclass(frozen=True)
class Measured:
    """The effect of ever more talks that a study comes to, and its standard error (both log exit rates)."""

    effect: float
    error: float


def measured(dose: Dose, curve: Curve, estimate: float, error: float) -> Measured:
    """What a printed log ratio with its standard error says of the effect of talks.

    Raises ValueError if no effect within `FURTHEST` gives it.
    """

    def miss(effect: float) -> float:
        return contrast(dose, curve, effect) - estimate

    if not miss(-FURTHEST) < 0 < miss(FURTHEST):
        raise ValueError(f"no effect of talks between -{FURTHEST} and {FURTHEST} comes to {estimate}")
    effect = float(brentq(miss, -FURTHEST, FURTHEST, xtol=TOLERANCE))
    slope = (miss(effect + STEP) - miss(effect - STEP)) / (2 * STEP)
    return Measured(effect, error / slope)


def contrast(dose: Dose, curve: Curve, effect: float) -> float:
    """By how much the arms differ if ever more talks come to `effect`: a log ratio, + = faster in the treated arm."""
    treated, control = (_result(talks, dose, curve, effect) for talks in (dose.treated, dose.control))
    return treated - control


def _result(talks: Talks, dose: Dose, curve: Curve, effect: float) -> float:
    """The log of the exit rate, or of the inverse of the mean weeks, of one arm."""
    held = tuple(sorted([(w, PERSONAL) for w in talks.personal] + [(w, REMOTE) for w in talks.remote]))
    of_curve = (curve.per_month, curve.mean_life_weeks, curve.remote)
    left, weeks = _simulated(held, dose.mean_weeks, dose.horizon_weeks, of_curve, round(effect, 9))
    return math.log(-math.log1p(-left)) if dose.outcome == "rate" else -math.log(weeks)


@lru_cache(maxsize=4096)
def _simulated(
    held: tuple[tuple[int, str], ...], mean_weeks: float, weeks: int, curve: tuple[float, float, float], effect: float
) -> tuple[float, float]:
    """Share who have left by the horizon, and mean weeks until then."""
    data = scenario_of(held, mean_weeks, weeks, curve, effect)
    (replication,) = simulate(Scenario.model_validate(data), [0])
    left, mean = (replication.outcomes[Figure(name, Group.read("alle"))] for name in ("exit_any", "weeks_to_exit"))
    return float(left), float(mean)


def scenario_of(
    held: Sequence[tuple[int, str]], mean_weeks: float, weeks: int, curve: tuple[float, float, float], effect: float
) -> dict[str, Any]:
    """One arm of a study as the data of a scenario: its talks (course week and channel), the mean until the exit, the
    horizon, the curve (talks a month, mean life in weeks, strength of a remote talk) and the effect of talks (log)."""
    per_month, mean_life_weeks, remote = curve
    interventions: dict[str, Any] = {}
    if held:
        interventions["samtaler"] = {
            "kind": "samtaler",
            "channels": {
                PERSONAL: {"minutes": 1, "attendance": 1},
                REMOTE: {"minutes": 1, "attendance": 1, "effect": remote},
            },
            "plans": {
                "plan": {
                    "arms": ["alle"], "team": "team", "channel": PERSONAL,
                    "talks": [{"week": week, "channel": channel} for week, channel in held],
                }
            },
            "dose": {
                "exits": {"job": {"log": effect}}, "per_month": per_month, "mean_life_weeks": mean_life_weeks
            },
        }  # fmt: skip
    return {
        "version": 2, "name": "study", "start": "2026-W01", "weeks": weeks + 1, "follow_up": weeks, "replications": 1,
        "seed": SEED, "arms": {"alle": 1}, "intake": {"persons": PERSONS, "weeks": 1, "arrivals": "random"},
        "teams": {"team": {"fte": 10, "minutes_per_week": PERSONS}}, "jobcentres": {"sted": {}},
        "exits": {"job": {"level": 1 / mean_weeks}}, "interventions": interventions,
    }  # fmt: skip
