"""RULES BY STATE AND BY TALK, in random worlds: talks by need, trust, idle talks, talks that make ready, placements
that hang on talks and help, who brokers what on which terms, and weeks on benefit by a characteristic."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from simulation.interventions import KINDS
from simulation.interventions.contract import Intervention

Data = dict[str, Any]
FACTORS = [0.0, 0.3, 1.0, 2.5, 6.0]


def rules(luck: random.Random, data: Data) -> None:
    """About half of what may have a rule has one."""
    who = {
        "in_offer": names_of(data, lambda kind: kind.marks_offers),
        "in_state": names_of(data, lambda kind: kind.keeps_state),
        "waiting_for": names_of(data, lambda kind: kind.keeps_waiting),
        "helped_by": names_of(data, lambda kind: kind.helps),
        "ready_for": names_of(data, lambda kind: kind.readies),
    }
    for settings in data["interventions"].values():
        if settings["kind"] == "samtaler":
            _of_talks(luck, data, settings, who | {"not_ready_for": who["ready_for"]})
        if settings["kind"] == "fleksjob":
            _of_brokers(luck, data, settings)
        for referral in (settings.get("referral") or {}).values() if KINDS[settings["kind"]].settings.readies else ():
            if luck.random() < 0.4:
                referral["sooner_per_talk"] = luck.choice([0.1, 0.7, 1.0, 2.3])
        if "breakdown" in KINDS[settings["kind"]].settings.model_fields and luck.random() < 0.7:
            _of_placements(luck, settings, who)
    if data.get("subgroups") and luck.random() < 0.3:
        of = luck.choice(list(data["subgroups"]))
        levels = luck.sample(list(data["subgroups"][of]), luck.randint(1, len(data["subgroups"][of])))
        weeks = [{0: 0.4, 12: 0.6}, {3: 1.0}, {26: 0.5, 40: 0.5}]
        data["intake"]["elapsed_by"] = {"of": of, "weeks": {level: dict(luck.choice(weeks)) for level in levels}}
        data["intake"].pop("earlier", None)


def names_of(data: Data, has: Callable[[type[Intervention]], bool]) -> list[str]:
    """The interventions of the kinds of which this is so."""
    return [name for name, each in data["interventions"].items() if has(KINDS[each["kind"]].settings)]


def some(luck: random.Random, names: list[str]) -> list[str]:
    """One or two of these, if there are any."""
    return luck.sample(names, min(len(names), luck.choice([1, 1, 2])))


def _of_talks(luck: random.Random, data: Data, settings: Data, who: dict[str, list[str]]) -> None:
    for plan in settings["plans"].values():
        if plan and plan.get("every") and luck.random() < 0.7:
            plan["by_need"] = [_rule(luck, data, settings, who) for _ in range(luck.randint(1, 3))]
    if luck.random() < 0.4:
        trust = {"per_talk": luck.choice([0.4, 1.6, 3.0]), "full_after": luck.randint(1, 4)}
        settings["attendance"] = {**(settings.get("attendance") or {}), "trust": trust}
    if luck.random() < 0.5:
        settings["idle_talks"] = {"within_weeks": luck.choice([0, 1, 4])}


def _rule(luck: random.Random, data: Data, settings: Data, who: dict[str, list[str]]) -> Data:
    rule: Data = {}
    for key in luck.sample(list(who), luck.choice([1, 1, 1, 2])):
        if who[key]:
            rule[key] = some(luck, who[key])
    if luck.random() < 0.2 and data.get("job_spells"):
        rule["hours_beside"] = luck.choice([1, 6])
    if not rule or luck.random() < 0.3:
        rule["from_week"] = luck.randint(1, 12)
        if luck.random() < 0.5:
            rule["until_week"] = rule["from_week"] + luck.randint(1, 9)
    if luck.random() < 0.3:
        rule["after_weeks"] = luck.randint(1, 4)
    if luck.random() < 0.7:
        rule["weeks"] = luck.choice([1, 1, 2, 3, 6])
        if luck.random() < 0.4:
            rule["channel"] = luck.choice(list(settings["channels"]))
    return rule


def _of_placements(luck: random.Random, settings: Data, who: dict[str, list[str]]) -> None:
    if who["in_state"] and luck.random() < 0.5:
        settings["not_while"] = some(luck, who["in_state"])
    breakdown = settings.get("breakdown")
    if breakdown and luck.random() < 0.7:
        within = luck.sample(range(1, 6), luck.randint(1, 2))
        breakdown["after_talk"] = [{"within_weeks": weeks, "factor": luck.choice(FACTORS)} for weeks in within]
    if breakdown and who["helped_by"] and luck.random() < 0.5:
        breakdown["helped_by"] = {name: luck.choice(FACTORS) for name in some(luck, who["helped_by"])}


def _of_brokers(luck: random.Random, data: Data, settings: Data) -> None:
    def by_level() -> Data:
        of = luck.choice(list(data["subgroups"]))
        return {of: {luck.choice(list(data["subgroups"][of])): luck.choice([0.0, 0.4, 0.8, 1.0])}}

    brokers = settings["brokers"]
    if luck.random() < 0.5:
        settings["exchange"] = {"brokers": some(luck, list(brokers)), "fits": luck.choice([0.0, 0.5, 1.0])}
    if luck.random() < 0.5:
        settings["motivated_levels"] = by_level()
    if luck.random() < 0.5:
        settings["firms"] = {"partner": {"share": 0.3}, "andre": {"share": 0.7}}
    if luck.random() < 0.5:
        settings["pension"] = {**settings["pension"], "trial": luck.choice([0.3, 1.0])}
    for broker in brokers.values():
        if luck.random() < 0.5:
            broker["factors"] = by_level()
        if broker.get("fee") and luck.random() < 0.6:
            broker["fee"] = {**broker["fee"], "trial_first": luck.choice([0.5, 1.0]), "held": luck.choice([0.5, 1.0])}
