"""WHO HOLDS THE TALKS, in random worlds: turns, handovers, talks not registered, travel, the same partner, and staff
for mentors and coordinators."""

from __future__ import annotations

import random
from typing import Any

from simulation.interventions import KINDS
from simulation.interventions.parts.marks_offers import MarksOffers

Data = dict[str, Any]
STATES = ("sygdom", "fritagelse", "delvis_raskmelding")


def who_holds_talks(luck: random.Random, data: Data) -> None:
    """Half of the plans and channels, and the mentors and coordinators, have something of it."""
    without = [name for name, team in data["teams"].items() if not team.get("takes_cases", True)]
    helpers = [name for name, team in data["teams"].items() if not team.get("arms")]
    with_cases = [name for name in helpers if name not in without]
    where = [
        name for name, each in data["interventions"].items()
        if each["kind"] in STATES or issubclass(KINDS[each["kind"]].settings, MarksOffers)
    ]  # fmt: skip
    for settings in data["interventions"].values():
        if settings["kind"] == "samtaler":
            _of_talks(luck, settings, with_cases, helpers, where)
        elif settings["kind"] in ("mentor", "koordineret_indsats") and without and luck.random() < 0.6:
            settings["staff"] = {"team": luck.choice(without), "minutes": luck.choice([15, 45, 60])}


def _of_talks(luck: random.Random, settings: Data, with_cases: list[str], helpers: list[str], where: list[str]) -> None:
    for channel in settings["channels"].values():
        if luck.random() < 0.3:
            channel["travel_minutes"] = luck.choice([3, 20])
    plans = {name: plan for name, plan in settings["plans"].items() if plan}
    for name, plan in plans.items():
        if luck.random() < 0.4 and helpers:
            plan["turns"] = [luck.choice([plan["team"], *helpers]) for _ in range(luck.choice([1, 2, 3]))]
        if luck.random() < 0.3:
            plan["unregistered"] = luck.choice([0.2, 0.7])
        partners = sorted({talk["partner"] for talk in plan.get("talks") or [] if talk.get("partner")})
        if partners and luck.random() < 0.6:
            plan["same_partner"] = {partner: luck.choice([0.0, 0.5, 1.0]) for partner in partners}
        if not plan.get("then") and plan.get("every") and where and with_cases and luck.random() < 0.6:
            offers = luck.sample(where, luck.choice([1, min(2, len(where))]))
            back = {"plan": name, "ends": list(offers)}
            other = {"team": luck.choice(with_cases), "channel": plan["channel"], "every": [{"weeks": 2}], "then": back}
            settings["plans"][f"{name}_imens"] = other
            plan["then"] = {"plan": f"{name}_imens", "begins": offers}
