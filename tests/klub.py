"""A cohort and one jobklub, for tests of it."""

from __future__ import annotations

from typing import Any

from simulation.scenario.schema import Scenario
from tests.helpers import make
from tests.offers import NOBODY_LEAVES, TEAMS, jobklub

JOB, OTHER, WEEKS = 0.04, 0.01, 20
MOTIVATION: dict[str, Any] = {"motivation": {"hoej": {"share": 0.6}, "lav": {"share": 0.4}}}
MEMBERS = range(1, 9)
"""Tirsdage of eight weeks in a club, from torsdag in week 0 to onsdag in week 8."""


def club(persons: int = 1000, minutes: int = 100_000, weeks: int = WEEKS, **settings: Any) -> Scenario:
    """A cohort of week 0 that never leaves, and one jobklub; settings of the scenario itself stand under `world`."""
    changes = settings.pop("world", {})
    return make(
        **{
            "weeks": weeks,
            "intake": {"persons": persons, "weeks": 1},
            "teams": {**TEAMS, "raadgivere": {"fte": 1, "minutes_per_week": minutes, "takes_cases": False}},
            "exits": NOBODY_LEAVES,
            "interventions": {"klub": jobklub(**settings)},
            **changes,
        }
    )
