"""jobcentre_64 at other sizes, as scenarios of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import simulation
from simulation import Loaded, load
from simulation.scenario.schema import Scenario

SCENARIOS = Path(simulation.__file__).resolve().parents[1] / "scenarios"
"""Those of the checkout that is measured, which need not be the one of this file."""
MOST_MINUTES = 100_000
"""Of a caseworker's week; where a jobcentre has more there are several caseworkers."""


def jobcentre(persons: int = 10_000, weeks: int = 64, centres: int = 18, offers: int = 1) -> Scenario:
    """The workload with so many people, weeks and jobcentres, and so many offers like its praktik, of which each has
    its own places."""
    base = load(SCENARIOS / "bench" / "jobcentre_64.yaml")
    each, more = divmod(persons, centres)
    minutes = round(24.5 * persons / centres)
    changes: dict[str, Any] = {
        "weeks": weeks,
        "follow_up": min(base.scenario.follow_up, weeks - base.scenario.intake.weeks + 1),
        "intake.persons": each,
        "interventions.praktik.places": round(0.03 * persons / centres),
        "teams.sagsbehandlere.fte": 1.0 if minutes <= MOST_MINUTES else minutes / 1000,
        "teams.sagsbehandlere.minutes_per_week": minutes if minutes <= MOST_MINUTES else 1000,
    }
    names = [f"c{number:02}" for number in range(1, centres + 1)]
    changes |= {f"jobcentres.{name}": {"persons": each + (i < more)} for i, name in enumerate(names)}
    changes |= {f"jobcentres.{name}": None for name in base.scenario.jobcentres if name not in names}
    praktik = base.resolved.data["interventions"]["praktik"]
    for number in range(2, offers + 1):
        changes[f"interventions.praktik_{number}"] = {**praktik, "places": changes["interventions.praktik.places"]}
    return base.with_(changes).scenario


def loaded(name: str) -> Loaded:
    """A shipped scenario file, or one of the benchmark's."""
    file = SCENARIOS / f"{name}.yaml"
    return load(file if file.exists() else SCENARIOS / "bench" / f"{name}.yaml")
