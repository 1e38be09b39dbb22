"""`busy` of `tests.helpers` with every rule about staff: who is away, leaves and learns, who stands in, and more."""

from __future__ import annotations

from typing import Any

from simulation.scenario.schema import Scenario
from tests.helpers import busy

TERMS: dict[str, dict[str, Any]] = {
    "projekt": {
        "caseworkers": 3,
        "substitution": "busy",
        "shared_knowledge": 0.4,
        "at_limit": "overflow",
        "overflow_to": "faelles",
        "reopens_at": 0.8,
        "absence": {
            "kort": {"share": 0.1, "weeks": {1: 0.6, 3: 0.4}, "part": 0.7},
            "lang": {"share": 0.15, "weeks": {4: 0.5, 9: 0.5}, "cover_after": 2},
        },
        "turnover": {"per_year": 0.8, "vacancy_weeks": {0: 0.4, 4: 0.6}, "share_out": True},
        "learning": {"weeks": 6, "minutes": 0.5, "effect": 0.4},
        "squeeze": {"shortest": 0.6, "effect": 0.5},
    },
    "ordinaer": {
        "caseworkers": 2,
        "absence": {"lang": {"share": 0.2, "weeks": 5}},
        "turnover": {"per_year": 0.9, "vacancy_weeks": 3},
        "squeeze": {"shortest": 0.4, "effect": 0.2},
    },
    "a_kasse": {"absence": {"kort": {"share": 0.3, "weeks": 1}}},
}
QUALITY = {
    "caseload": {"reference": 8.0, "exponent": 0.7, "most": 1.2},
    "continuity": {"first": 0.5, "full_after": 3},
    "fatigue": {"stagnant_after": 5, "builds_over": 4, "loss": 0.6},
    "caseworker_sd": 0.5,
    "jobcentre_sd": 0.3,
}


def staffed(terms: dict[str, dict[str, Any]] | None = None, quality: Any = None, **changes: Any) -> Scenario:
    """That scenario; what is said of a team or of quality replaces that."""
    data = busy().model_dump(exclude_none=True)
    data["teams"]["faelles"] = {"fte": 1.0, "minutes_per_week": 150, "arms": ["deltager"], "caseload_limit": 30}
    for name in data["teams"]:
        data["teams"][name] |= TERMS.get(name, {}) | (terms or {}).get(name, {})
    data["interventions"]["samtaler"] |= {
        "quality": QUALITY if quality is None else quality,
        "priority": "need_first",
        "need": {"helbred": ["andet", "godt"]},
    }
    for channel in data["interventions"]["samtaler"]["channels"].values():
        channel |= {"preparation_minutes": 3, "documentation_minutes": 4}
    return Scenario.model_validate(data | changes)
