"""Random plans of talks for the spells of some weeks, which take the place of others or leave a gap."""

from __future__ import annotations

import copy
import datetime
import random
from typing import Any

Data = dict[str, Any]


def spells(data: Data) -> None:
    """In a third of the worlds half of the plans that an arm begins on have others in their place from some week on."""
    luck = random.Random(data["seed"] + 1)  # what is drawn beside it is as if it were not there
    if luck.random() > 0.35:
        return
    for_all = {name: team for name, team in data["teams"].items() if not team.get("arms")}
    with_cases = [name for name, team in for_all.items() if team.get("takes_cases", True)]
    for settings in data["interventions"].values():
        plans = settings.get("plans") or {}
        for name, plan in list(plans.items()):
            if settings["kind"] == "samtaler" and plan and plan.get("arms") and luck.random() < 0.6:
                _another(luck, data, plans, name, with_cases)


def _another(luck: random.Random, data: Data, plans: Data, name: str, with_cases: list[str]) -> None:
    """A plan like this one with another team and other weeks, for spells from some week on."""
    first, last = sorted(luck.sample(range(-1, data["weeks"] - 2), 2))
    new = copy.deepcopy({key: each for key, each in plans[name].items() if key not in ("then", "turns")})
    new["spells"] = {"since": _week(data, first), "under_way": luck.random() < 0.6}
    if with_cases and luck.random() < 0.6:
        new["team"] = luck.choice(with_cases)
    if luck.random() < 0.4:
        new["spells"]["until"] = _week(data, last)
    if luck.random() < 0.3:
        plans[name]["spells"] = {"until": _week(data, luck.choice([first, last]))}
    if luck.random() < 0.5:
        after = copy.deepcopy({key: each for key, each in new.items() if key not in ("arms", "levels", "spells")})
        plans[f"{name}_efter"] = {**after, "team": luck.choice(with_cases or [new["team"]])}
        new["then"] = {"plan": f"{name}_efter", "course_week": luck.randint(1, 8)}
    if "every" in new:
        new["every"] = [{"weeks": luck.choice([1, 2, 5])}]
        new.pop("by_need", None)
    plans[f"{name}_ny"] = new


def _week(data: Data, week: int) -> str:
    """The ISO week of a week of the run."""
    start = data["start"]
    monday = datetime.date.fromisocalendar(int(start[:4]), int(start[-2:]), 1) + datetime.timedelta(weeks=week)
    return "{}-W{:02}".format(*monday.isocalendar()[:2])
