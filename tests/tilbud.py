"""Scenarios with offers that are put together of parts."""

from __future__ import annotations

from typing import Any

from simulation.scenario.schema import Scenario
from tests.health import HEALTH, aktive_tilbud
from tests.helpers import samtaler
from tests.offers import cohort

FEW_TALKS = samtaler({"every": [{"weeks": 500}], "first_week": 500})


def referred(persons: int = 100, weeks: int = 20, world: dict[str, Any] | None = None, **settings: Any) -> Scenario:
    """Everybody has a caseworker, whose minutes nobody else asks for, and is referred by these settings."""
    changes = {"subgroups": HEALTH, **(world or {})}
    return cohort(persons, weeks, changes, k=FEW_TALKS, a=aktive_tilbud(**settings))


def one(**parts: Any) -> dict[str, Any]:
    """Settings by which everybody's bundle is of these parts, in this order."""
    hours = sum(part["hours"] for part in parts.values())
    order = {level: list(parts) for level in ("krop", "sind")}
    return {"parts": parts, "hours_per_week": hours, "bundles": {"attribute": "helbred", "order": order}}
