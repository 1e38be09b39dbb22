"""jobcentre_64 at other sizes, as scenarios of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import simulation
from simulation import load
from simulation.scenario.schema import Scenario

SCENARIOS = Path(simulation.__file__).resolve().parents[1] / "scenarios"
"""Those of the checkout that is measured, which need not be the one of this file."""
CENTRES = 18


def jobcentre(persons: int = 10_000, weeks: int = 64, centres: int = CENTRES) -> Scenario:
    """The workload with so many people, weeks and jobcentres (18 at most; people, minutes and places of a jobcentre are
    those of `persons` / 18, so with 9 jobcentres it is half the workload)."""
    base = load(SCENARIOS / "bench" / "jobcentre_64.yaml")
    names = list(base.scenario.jobcentres)
    each, more = divmod(persons, CENTRES)
    changes: dict[str, Any] = {f"jobcentres.{name}.persons": each + (i < more) for i, name in enumerate(names)}
    minutes = round(24.5 * persons / CENTRES)
    changes |= {
        "weeks": weeks,
        "follow_up": min(base.scenario.follow_up, weeks - 11),
        "intake.persons": each,
        "interventions.praktik.places": round(0.03 * persons / CENTRES),
        # a caseworker's week is bounded, so where it would not be enough there are more of them
        "teams.sagsbehandlere.fte": 1.0 if minutes <= 100_000 else minutes / 1000,
        "teams.sagsbehandlere.minutes_per_week": minutes if minutes <= 100_000 else 1000,
    }
    if centres < CENTRES:
        kept = {name: {"persons": each + (i < more)} for i, name in enumerate(names[:centres])}
        changes = {key: value for key, value in changes.items() if not key.startswith("jobcentres.")}
        changes["jobcentres"] = kept
    return base.with_(changes).scenario


def shipped(name: str) -> Scenario:
    """A shipped scenario, or one of the benchmark's."""
    file = SCENARIOS / f"{name}.yaml"
    return load(file if file.exists() else SCENARIOS / "bench" / f"{name}.yaml").scenario
