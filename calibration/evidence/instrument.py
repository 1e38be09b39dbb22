"""The model as the measuring instrument: which effect of talks gives the result that a study printed, at its dose?

From the row of a study one small scenario is made for each of its arms: its baseline, its talks, its horizon. Both
are simulated with the same persons and the same luck, so that only the talks tell them apart, and the effect is varied
until they differ by as much as the study says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.optimize import brentq

from calibration.evidence.plans import Curve, Dose, Talks
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure, Group
from simulation.scenario.schema import Scenario

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


def scenario_of(talks: Talks, dose: Dose, curve: Curve, effect: float) -> dict[str, Any]:
    """One arm of a study as a scenario, the data of a file."""
    weeks = dose.horizon_weeks
    listed = sorted([(week, "personlig") for week in talks.personal] + [(week, "telefon") for week in talks.remote])
    interventions: dict[str, Any] = {}
    if listed:
        interventions["samtaler"] = {
            "kind": "samtaler",
            "channels": {
                "personlig": {"minutes": 1, "attendance": 1},
                "telefon": {"minutes": 1, "attendance": 1, "effect": curve.remote},
            },
            "plans": {
                "plan": {
                    "arms": ["alle"], "team": "team", "channel": "personlig",
                    "talks": [{"week": week, "channel": channel} for week, channel in listed],
                }
            },
            "dose": {
                "exits": {"job": {"log": effect}},
                "per_month": curve.per_month, "mean_life_weeks": curve.mean_life_weeks,
            },
        }  # fmt: skip
    return {
        "version": 2, "name": "study", "start": "2026-W01", "weeks": weeks + 1, "follow_up": weeks, "replications": 1,
        "seed": SEED, "arms": {"alle": 1}, "intake": {"persons": PERSONS, "weeks": 1, "arrivals": "random"},
        "teams": {"team": {"fte": 10, "minutes_per_week": PERSONS}}, "jobcentres": {"sted": {}},
        "exits": {"job": {"level": 1 / dose.mean_weeks}}, "interventions": interventions,
    }  # fmt: skip


def _result(talks: Talks, dose: Dose, curve: Curve, effect: float) -> float:
    """The log of the exit rate, or of the inverse of the mean weeks, of one arm."""
    left, weeks = _simulated(talks.model_dump_json(), dose.model_dump_json(), curve.model_dump_json(), round(effect, 9))
    return float(np.log(-np.log1p(-left))) if dose.outcome == "rate" else -float(np.log(weeks))


@lru_cache(maxsize=4096)
def _simulated(talks: str, dose: str, curve: str, effect: float) -> tuple[float, float]:
    """Share who have left by the horizon, and mean weeks until then."""
    arm = Talks.model_validate_json(talks)
    data = scenario_of(arm, Dose.model_validate_json(dose), Curve.model_validate_json(curve), effect)
    (replication,) = simulate(Scenario.model_validate(data), [0])
    everybody = Group.read("alle")
    left = replication.outcomes[Figure("exit_any", everybody)]
    return float(left), float(replication.outcomes[Figure("weeks_to_exit", everybody)])
