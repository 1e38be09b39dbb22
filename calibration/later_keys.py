"""Keys that scenarios did not have when they were fitted, and do not need: neither a new key nor one that is
gone makes a fit out of date."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Any

LATER = {
    "interventions.*.channels.*.seats": 1,
    "interventions.*.channels.*.seats_min": 1,
    "split": {},
    "reference": "",
    "trial": None,
    "periods": None,
    "interventions.*.referral.*.before": None,
    "interventions.*.plans.*.before": None,
    "interventions.*.before.builds_over": None,
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
    "season": None,
    "interventions.*.attendance.between_jobcentres": 0.0,
    "interventions.*.channels.*.in_person": True,
    "interventions.*.plans.*.in_state_from": None,
    "interventions.*.beside": [],
    "interventions.*.hires_to": None,
    "interventions.*.in_jobcentres": None,
    "interventions.*.plans.*.in_jobcentres": None,
    "benefits": {},
    "*job_spells.returns_to": None,
    "interventions.*.benefits": None,
    "interventions.*.plans.*.benefits": None,
    "interventions.*.plans.*.by_need": [],
    "interventions.*.breakdown.after_talk": [],
    "interventions.*.referral.*.sooner_per_talk": 0.0,
    "interventions.*.attendance.trust": None,
    "interventions.*.idle_talks": None,
    "interventions.*.not_while": [],
    "interventions.*.breakdown.helped_by": {},
    "jobcentres.*.interventions": {},
    "interventions.*.plans.*.then.week": None,
    "interventions.*.runs": None,
    "interventions.*.parts.*.fit": {},
    "interventions.*.bureaus.*.relation": None,
    "interventions.*.seeks_out": False,
    "interventions.*.counselling.by_course_week": None,
    "interventions.*.contagion.mixed": None,
    "interventions.*.brokers.*.limit": None,
    "interventions.*.brokers.*.prefers": None,
    "interventions.*.brokers.*.chosen": None,
    "interventions.*.brokers.*.factors": {},
    "interventions.*.firms": {},
    "interventions.*.brokers.*.fee.trial_first": 0.0,
    "interventions.*.brokers.*.fee.held": 0.0,
    "interventions.*.pension.trial": 0.0,
    "interventions.*.exchange": None,
    "interventions.*.motivated_levels": {},
    "interventions.*.self_found": 0.0,
    "intake.elapsed_by": None,
    "interventions.*.channels.*.travel_minutes": 0,
    "interventions.*.staff": None,
    "interventions.*.plans.*.turns": [],
    "interventions.*.plans.*.same_partner": {},
    "interventions.*.plans.*.unregistered": 0.0,
    "interventions.*.plans.*.then.begins": [],
    "interventions.*.plans.*.then.ends": [],
    "watched": [],
    "reports_at": [],
    "success": [],
    "success_offers": [],
    "together": {},
    "profile": {},
    "interventions.*.among": {},
    "benefits.*.by_block": None,
    "interventions.*.plans.*.spells": None,
}
"""Each with the value that leaves everything as it was before there was such a key."""
NAMES = (
    "teams.*.name", "exits.*.name", "benefits.*.name", "interventions.*.name", "interventions.*.parts.*.name",
    "subgroups.*.*.name", "benefit", "exits.*.lives_on", "once",
)  # fmt: skip
"""What things are called, and what they are to prices, which no fit depends on, whatever it is."""
EARLIER: dict[str, dict[str, Any]] = {"": {"version": 1}, "interventions.*.plans.*": {"announcement": {}}}
"""What the parts at these places were written with until version 2 of scenario files, where they say nothing else."""


def without_later_keys(scenario: Any, path: str = "") -> Any:
    """The content of a scenario as it would have been written before, where later keys have these values."""
    if isinstance(scenario, dict):
        inner = {key: (f"{path}.{key}" if path else str(key), value) for key, value in scenario.items()}
        said = {key: each for key, each in inner.items() if not _says_nothing(*each)}
        kept: dict[str, Any] = {key: without_later_keys(value, at) for key, (at, value) in said.items()}
        for place, earlier in EARLIER.items():
            if place.count(".") == path.count(".") and fnmatch(path, place) and ("version" in scenario or path):
                kept |= earlier
        return kept
    return scenario


def _says_nothing(path: str, value: Any) -> bool:
    named = any(fnmatch(path, pattern) and path.count(".") == pattern.count(".") for pattern in NAMES)
    return named or any(value == without and fnmatch(path, pattern) for pattern, without in LATER.items())
