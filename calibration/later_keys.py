"""Keys that scenarios did not have when they were fitted, and do not need: a new key makes no fit out of date."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Any

LATER = {
    "interventions.*.channels.*.seats": 1,
    "interventions.*.channels.*.seats_min": 1,
    "split": {},
    "reference": "",
    "interventions.*.while_exempt": {},
    "interventions.*.displacement": None,
    "interventions.*.next_job": None,
    "*job_spells.jobcentre_sd": 0.0,
    "*job_spells.jobcentres": {},
    "market_share": 1.0,
    "jobcentres.*.market_share": None,
    "interventions.*.dose": None,
    "interventions.*.quality.teams": {},
    "interventions.*.registered_halving_weeks": None,
    "interventions.*.opens_by_weeks": None,
}
"""Each with the value that leaves everything as it was before there was such a key."""


def without_later_keys(scenario: Any, path: str = "") -> Any:
    """The content of a scenario as it would have been written before, where later keys have these values."""
    if isinstance(scenario, dict):
        inner = {key: (f"{path}.{key}" if path else str(key), value) for key, value in scenario.items()}
        return {
            key: without_later_keys(value, at) for key, (at, value) in inner.items() if not _says_nothing(at, value)
        }
    return scenario


def _says_nothing(path: str, value: Any) -> bool:
    return any(value == without and fnmatch(path, pattern) for pattern, without in LATER.items())
