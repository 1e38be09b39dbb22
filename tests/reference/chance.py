"""SCENARIOS MADE BY CHANCE, for the comparison of the two engines: any terms of staff, with any others.

Everything is small and scarce, so that rules meet each other; a number stands for one scenario for good.
"""

from __future__ import annotations

import random
from typing import Any

from simulation.scenario.schema import Scenario
from simulation.scenario.staffing import staffing_problems

TEAMS = ("foerste", "anden", "tredje")

TILBUD = {
    "kind": "aktive_tilbud", "referral": {"a": {"ready_week": 2, "weekly": 0.4}}, "hours_per_week": 9, "until_week": 16,
    "parts": {"motion": {"hours": 4, "places": 4, "setup_weeks": 1, "referral_minutes": 45, "effects": {"job": 1.5}}},
    "bundles": {"attribute": "behov", "order": {"stort": ["motion"], "mellem": ["motion"]}},
}  # fmt: skip
"""Takes minutes from one's own caseworker, before talks do."""


def made_by_chance(number: int) -> Scenario:
    """The scenario of this number."""
    luck = random.Random(f"staff {number}")
    while True:
        scenario = Scenario.model_validate(_whole(luck, number))
        if not list(staffing_problems(scenario)):
            return scenario


def _whole(luck: random.Random, number: int) -> dict[str, Any]:
    weeks = luck.choice([16, 26, 40])
    teams = {name: _team(luck, place) for place, name in enumerate(TEAMS)}
    teams["partner"] = _partner(luck)
    models = {"samlet": {"description": "", "teams": {luck.choice(TEAMS[1:]): {"done_by": "foerste"}}}}
    data: dict[str, Any] = {
        "version": 2, "name": f"chance-{number}", "start": "2026-W01", "weeks": weeks, "follow_up": weeks,
        "replications": 1, "seed": number, "arms": {"a": 1, "b": 1},
        "subgroups": {"behov": {"stort": {"share": 0.4}, "mellem": {"share": 0.3}, "lille": {"share": 0.3}}},
        "intake": {"persons": luck.choice([15, 25, 35]), "weeks": luck.choice([1, 5, 12])},
        "teams": teams, "organisation_models": models,
        "jobcentres": {"nord": {}, "syd": {"teams": {luck.choice(TEAMS): _change(luck)}}, "vest": {}},
        "exits": {"job": {"level": luck.choice([0.02, 0.06])}, "other": {"level": 0.01}},
        "interventions": {"samtaler": _samtaler(luck, weeks)},
    }  # fmt: skip
    if luck.random() < 0.5:
        data["jobcentres"]["vest"]["organisation_model"] = "samlet"
    if luck.random() < 0.5:
        data["job_spells"] = {"hours": 37, "end_intensity": {0: 0.15}, "returns": 0.8}
    if luck.random() < 0.4:
        data["interventions"]["kontakt"] = _beside(luck)
    if luck.random() < 0.3:
        data["interventions"]["tilbud"] = TILBUD
    return data


def _team(luck: random.Random, place: int) -> dict[str, Any]:
    team: dict[str, Any] = {
        "fte": luck.choice([0.5, 1.0, 1.6, 2.0, 3.0]), "minutes_per_week": luck.choice([60, 120, 200, 400]),
        "caseload": luck.choice(["pooled", "personal", "personal"]),
        "substitution": luck.choice(["none", "absence", "busy"]),
        "shared_knowledge": luck.choice([0.0, 0.5, 1.0]),
        "at_limit": luck.choice(["wait", "exceed"]), "dilution": luck.choice([0.0, 1.0]),
    }  # fmt: skip
    if luck.random() < 0.5:
        team["caseworkers"] = luck.choice([1, 2, 3, 5])
    if luck.random() < 0.8:
        team["caseload_limit"] = luck.choice([3, 5, 8, 15])
        team["reopens_at"] = luck.choice([1.0, 0.9, 0.6])
    if place < 2 and luck.random() < 0.7:
        team |= {"at_limit": "overflow", "overflow_to": luck.choice(TEAMS[place + 1 :])}
    return team | _terms(luck)


def _partner(luck: random.Random) -> dict[str, Any]:
    team = {"fte": luck.choice([0.5, 2.0]), "minutes_per_week": luck.choice([90, 200]), "takes_cases": False}
    return team | {"caseload": luck.choice(["pooled", "personal"])} | _terms(luck)


def _terms(luck: random.Random) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    if luck.random() < 0.6:
        kinds = {"kort": _absence(luck, {1: 0.7, 2: 0.3}), "lang": _absence(luck, {4: 0.5, 9: 0.5})}
        terms["absence"] = dict(luck.sample(sorted(kinds.items()), luck.choice([1, 2])))
    if luck.random() < 0.5:
        terms["turnover"] = {
            "per_year": luck.choice([0.3, 0.8, 0.97]),
            "vacancy_weeks": luck.choice([0, 3, {0: 0.5, 4: 0.5}, {2: 0.4, 8: 0.6}, 25]),
            "share_out": luck.random() < 0.5,
        }
    if luck.random() < 0.5:
        terms["learning"] = {"weeks": luck.choice([1, 5, 12]), "minutes": luck.choice([0.1, 0.5, 1.0]), "effect": 0.4}
    if luck.random() < 0.4:
        terms["squeeze"] = {"shortest": luck.choice([0.3, 0.7]), "effect": luck.choice([0.2, 1.0])}
    return terms


def _absence(luck: random.Random, weeks: dict[int, float]) -> dict[str, Any]:
    absence = {"share": luck.choice([0.05, 0.15, 0.3]), "weeks": weeks, "part": luck.choice([0.4, 1.0, 1.0])}
    return absence | {"cover_after": luck.choice([None, 0, 1, 3])}


def _change(luck: random.Random) -> dict[str, Any]:
    team = _team(luck, 2)
    return {what: team[what] for what in luck.sample(sorted(team), 5) if team[what] is not None}


def _samtaler(luck: random.Random, weeks: int) -> dict[str, Any]:
    plan = {"arms": ["a"], "team": "foerste", "channel": "personlig", "every": [{"weeks": luck.choice([1, 2])}]}
    listed = [{"week": 1}, {"week": 3, "partner": luck.choice(["partner", "tredje"])}, {"week": 4, "minutes": 45}]
    if luck.random() < 0.7:
        plan["then"] = {"plan": "efter", luck.choice(["course_week", "run_week"]): luck.choice([6, 10])}
    of_b = {"arms": ["b"], "team": luck.choice(TEAMS), "channel": "personlig", "talks": listed}
    of_b["then"] = {"plan": "efter", "course_week": 5}
    after = {"team": luck.choice(TEAMS), "channel": "personlig", "every": [{"weeks": 1}]}
    after["other_channel"] = {"channel": luck.choice(["brev", "telefon"]), "from_week": 3, "share": 0.3}
    priority = luck.choice(["longest_overdue", "statutory_first", "newest_first", "need_first", "lot"])
    return {
        "kind": "samtaler",
        "channels": {
            "personlig": {"minutes": {20: 0.4, 30: 0.3, 60: 0.3}, "attendance": 0.85} | _around(luck),
            "telefon": {"minutes": luck.choice([0, 15]), "attendance": 0.9, "effect": 0.6} | _around(luck),
            "brev": {"minutes": luck.choice([0, 5]), "attendance": 1.0, "counts": False} | _around(luck),
        },
        "plans": {"en": plan, "to": of_b, "efter": after},
        "attendance": {"rebooking_minutes": luck.choice([0, 7])},
        "priority": priority,
        "need": {"behov": ["stort", "mellem"]} if priority == "need_first" else {},
        "effects": {"job": luck.choice([1.0, 2.5])},
        "halving_talks": luck.choice([None, 3.0]),
        "quality": _quality(luck),
    }  # fmt: skip


def _beside(luck: random.Random) -> dict[str, Any]:
    plan = {"arms": ["a", "b"], "team": luck.choice(TEAMS), "channel": "moede", "every": [{"weeks": 2}]}
    return {
        "kind": "samtaler", "caseworker": False, "plans": {"kontakt": plan},
        "channels": {"moede": {"minutes": {15: 0.5, 40: 0.5}, "attendance": 0.8} | _around(luck)},
        "priority": luck.choice(["longest_overdue", "lot"]), "effects": {"job": 1.8}, "quality": _quality(luck),
    }  # fmt: skip


def _around(luck: random.Random) -> dict[str, int]:
    return {"preparation_minutes": luck.choice([0, 0, 6]), "documentation_minutes": luck.choice([0, 0, 11])}


def _quality(luck: random.Random) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "caseload": {"reference": 6.0, "exponent": luck.choice([0.5, 1.3]), "most": luck.choice([1.0, 1.5])},
        "continuity": {"first": 0.4, "full_after": luck.choice([1, 4])},
        "fatigue": {"stagnant_after": 4, "builds_over": luck.choice([1, 6]), "loss": 0.7},
        "caseworker_sd": 0.7,
        "jobcentre_sd": 0.5,
    }
    return dict(luck.sample(sorted(parts.items()), luck.randrange(len(parts) + 1)))
