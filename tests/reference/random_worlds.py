"""Random worlds for both engines: a small scenario with dates, own settings in a jobcentre, interventions that begin
and end, several benefits and offers side by side, all by one luck.

`python -m tests.reference.random_worlds --seed S --number N` compares N of them and shows where the engines differ.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import random
import tempfile
import traceback
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from simulation.interventions import KINDS
from simulation.interventions.parts.marks_offers import MarksOffers
from simulation.scenario.dates import matches
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.reading import resolve
from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.world.small_jobs import MOVED
from simulation.world.staff.teams import MAY_CHANGE
from tests.all_kinds import OTHERWISE, effects_of, everything, part_at

from .lots import lots
from .rules import rules
from .spells import spells
from .tables import SCENARIOS
from .test_equal import (
    FOLDER,
    Both,
    assert_same_counts,
    assert_same_lots,
    assert_same_teams,
    assert_same_weeks,
    pair_of,
)
from .who import who_holds_talks

WEEKS, FOLLOW_UP, PERSONS = 30, 12, 30
Data = dict[str, Any]


@cache
def world(name: str) -> Data:
    """The data of a scenario of the second engine, or of that with all kinds, cut; not to be changed."""
    data = everything().model_dump(exclude_none=True) if name == "alle" else dict(resolve(FOLDER / f"{name}.yaml").data)
    data["intake"] = {**data["intake"], "persons": PERSONS}
    if "weeks" in data["intake"]:
        data["intake"]["weeks"] = min(data["intake"]["weeks"], WEEKS - FOLLOW_UP)
    data["states_at"] = []
    return {**data, "weeks": WEEKS, "follow_up": FOLLOW_UP, "replications": 1}


def random_world(luck: random.Random) -> Data:
    """One more of them; most are valid."""
    data = copy.deepcopy(world(luck.choice(["alle", "alle", "ydelser", *SCENARIOS])))
    data["seed"] = luck.randrange(10**6)
    for jobcentre in data["jobcentres"]:
        data["jobcentres"][jobcentre] = data["jobcentres"][jobcentre] or {}
    if luck.random() < 0.5 and "benefits" not in data:
        several_benefits(luck, data)
    who_holds_talks(luck, data)
    rules(luck, data)
    scores(data)
    by_jobcentre(luck, data)
    run_beside(luck, data)
    if luck.random() < 0.4:
        data["displacement"] = luck.choice([0, 0.3, 0.9])
    if luck.random() < 0.3:
        data["season"] = {"exits": {luck.choice(list(data["exits"])): {n: luck.uniform(0.2, 2) for n in range(1, 13)}}}
    for settings in data["interventions"].values():
        if luck.random() < 0.35:
            settings["runs"] = span(luck, data)
        plans = [plan for plan in settings.get("plans", {}).values() if plan]
        for plan in plans:
            by_offer = (plan.get("then") or {}).get("begins") or (plan.get("then") or {}).get("ends")
            if plan.get("then") and not by_offer and luck.random() < 0.5:
                then = {"plan": plan["then"]["plan"], "course_week": luck.randint(1, 12)}
                plan["then"] = {**then, "week": week_of(luck, data)}
    for name in data["interventions"]:
        for place in data["jobcentres"].values():
            own = place.get("interventions", {}).get(name)
            if own and "runs" in data["interventions"][name]:
                own.pop("runs", None)
    dates(luck, data)
    small_jobs(luck, data)
    spells(data)
    lots(random.Random(data["seed"] + 2), data)
    return data


def later(start: str, weeks: int) -> str:
    """The ISO week so many weeks after another one."""
    monday = datetime.date.fromisocalendar(int(start[:4]), int(start[-2:]), 1) + datetime.timedelta(weeks=weeks)
    return "{}-W{:02}".format(*monday.isocalendar()[:2])


def week_of(luck: random.Random, data: Data) -> str:
    """A week of the run, now and then one before it."""
    return later(data["start"], luck.randint(-2, data["weeks"] - 1))


def span(luck: random.Random, data: Data) -> Data:
    """When something begins and ends."""
    begins, ends = sorted(luck.sample(range(-2, data["weeks"]), 2))
    runs = {"begins": later(data["start"], begins), "ends": later(data["start"], ends)}
    runs["then"] = luck.choice(["finish", "stop"])
    if luck.random() < 0.3:
        return {"begins": runs["begins"]}
    return runs if luck.random() < 0.6 else {key: runs[key] for key in ("ends", "then")}


def several_benefits(luck: random.Random, data: Data) -> None:
    """Two benefits, and interventions for one of them or both."""
    data["benefits"] = {
        "en_ydelse": {"passes": {"anden_ydelse": {"level": luck.uniform(0, 0.15)}}},
        "anden_ydelse": {"share": luck.choice([0, 0.4]), "passes": {"en_ydelse": {"level": luck.uniform(0, 0.15)}}},
    }
    if luck.random() < 0.5:
        share = luck.choice([0.3, 1.0])
        to = {"en_ydelse": share, luck.choice(list(data["exits"])): 1 - share} if share < 1 else {"en_ydelse": 1.0}
        weeks = {luck.randint(5, 9): 0.5, luck.randint(10, 15): 0.5}
        data["benefits"]["anden_ydelse"]["ends"] = {"week": weeks, "to": to}
    own = random.Random(data["seed"] + 1)  # what is drawn after it is as if it were not there
    for benefit in data["benefits"].values():
        if own.random() < 0.3:
            turns = sorted(own.sample(range(1, 6), 2)) if data["intake"].get("weeks", 0) > 6 else []
            benefit["by_block"] = dict(zip([0, *turns], [0.5, 0.2, 0.3] if turns else [1.0], strict=True))
    for settings in data["interventions"].values():
        if luck.random() < 0.4:
            settings["benefits"] = [luck.choice(list(data["benefits"]))]


def scores(data: Data) -> None:
    """A score, by which some are called first or are exempt."""
    own = random.Random(data["seed"])  # what is drawn after it is as if it were not there
    if own.random() > 0.3:
        return
    levels = {"hurtige": {"share": 0.3}, "midten": {"share": 0.5}, "langsomme": {"share": 0.2}}
    data["subgroups"] = {**(data.get("subgroups") or {}), "udsigt": levels}
    exits = own.sample(list(data["exits"]), own.randint(1, len(data["exits"])))
    auc = own.choice([None, None, 0.5])
    data["profile"] = {"udsigt": {"predicts": {"exits": exits, "within_weeks": own.choice([1, 8, 40])}, "auc": auc}}
    for settings in data["interventions"].values():
        if settings["kind"] == "samtaler" and own.random() < 0.7:
            settings |= {"priority": "need_first", "need": {"udsigt": own.sample(list(levels), 2)}}
        elif settings["kind"] == "fritagelse":
            settings["among"] = {"udsigt": own.sample(list(levels), 2)}


def by_jobcentre(luck: random.Random, data: Data) -> None:
    """Interventions that are on in some jobcentres, or are otherwise in one."""
    places = list(data["jobcentres"])
    for name, settings in data["interventions"].items():
        if settings["kind"] != "samtaler" and luck.random() < 0.25:
            settings["in_jobcentres"] = luck.sample(places, luck.randint(1, len(places)))
        if luck.random() < 0.25:
            place = luck.choice(settings.get("in_jobcentres", places))
            own = copy.deepcopy(OTHERWISE[name]) if data.get("name") == "all kinds" else {}
            for path in leaves(settings, KINDS[settings["kind"]].settings.may_change):
                if luck.random() < 0.3:
                    put(own, path, settings, other(luck, at(settings, path)))
            if own:
                data["jobcentres"][place].setdefault("interventions", {})[name] = own


def small_jobs(luck: random.Random, data: Data) -> None:
    """Effects on hours beside benefit, where some have any."""
    if (data.get("job_spells") or {}).get("beside_benefit"):
        for path in effects_of(data):
            if luck.random() < 0.2:
                what = luck.choice(MOVED)
                part_at(data, path)[what] = luck.choice([0.0, 0.5, 1.7, 4.0, {"log": 0.5, "between_persons": 0.5}])


def run_beside(luck: random.Random, data: Data) -> None:
    """Offers that run beside each other."""
    kinds = {name: KINDS[each["kind"]].settings for name, each in data["interventions"].items()}
    offers = [name for name, kind in kinds.items() if issubclass(kind, MarksOffers)]
    for name in offers:
        if len(offers) > 1 and luck.random() < 0.3:
            others = [each for each in offers if each != name]
            data["interventions"][name]["beside"] = luck.sample(others, luck.randint(1, len(others)))


def dates(luck: random.Random, data: Data) -> None:
    """Values of staff and interventions that change once or more often."""
    parts = [(team, MAY_CHANGE) for team in data["teams"].values()]
    for place in data["jobcentres"].values():
        parts += [(team, MAY_CHANGE) for team in place.get("teams", {}).values()]
        parts += [
            (own, KINDS[data["interventions"][name]["kind"]].settings.may_change)
            for name, own in place.get("interventions", {}).items()
        ]
    parts += [(each, KINDS[each["kind"]].settings.may_change) for each in data["interventions"].values()]
    often = luck.choice([0.05, 0.15, 0.4])
    for part, patterns in parts:
        for path in list(leaves(part, patterns)):
            if luck.random() < often:
                weeks = sorted({week_of(luck, data) for _ in range(luck.choice([1, 1, 2, 3]))})
                value = at(part, path)
                new = {"value": value, "from": {week: other(luck, value) for week in weeks}}
                at(part, path[:-1])[path[-1]] = new


def leaves(part: Any, patterns: Any, path: tuple[Any, ...] = ()) -> Any:
    """Places below a part that fit a pattern and hold a number, or numbers by weeks."""
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, item in items:
        below = (*path, key)
        if any(matches(below, pattern) for pattern in patterns) and item is not None:
            yield below
        else:
            yield from leaves(item, patterns, below)


def at(part: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        part = part[step]
    return part


def put(own: Data, path: tuple[Any, ...], like: Any, value: Any) -> None:
    """Set a value in a part that may lack what is above it; a list is taken whole."""
    for n, step in enumerate(path[:-1]):
        if isinstance(at(like, path[: n + 1]), list):
            return
        own = own.setdefault(step, {})
        if not isinstance(own, dict):
            return
    own[path[-1]] = value


def other(luck: random.Random, value: Any) -> Any:
    """Another value of that kind."""
    if isinstance(value, dict):
        shares = all(isinstance(each, int | float) for each in value.values())
        if shares and abs(sum(value.values()) - 1) < 1e-9 and len(value) > 1:
            turned = [*list(value.values())[1:], next(iter(value.values()))]
            return dict(zip(value, turned, strict=True))
        return copy.deepcopy(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return copy.deepcopy(value)
    factor = luck.choice([0, 0.3, 0.5, 0.7, 1, 1.5, 2, 3])
    if isinstance(value, int) and value > 0:
        return max(round(value * factor), 1 if luck.random() < 0.9 else 0)
    new = value * factor
    return min(new, 1.0) if 0 <= value <= 1 and luck.random() < 0.9 else new


def written(data: Data, folder: Path) -> Scenario:
    """The scenario of this data, without the changes that are refused; raises InputProblems where it is none then."""
    file = folder / "x.yaml"
    for _ in range(4):
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        try:
            return load(file).scenario
        except InputProblems as error:
            refused = {problem.path for problem in error.problems}
        for path in refused:
            take_back(data, path.split("."))
    return load(file).scenario


def take_back(part: Any, steps: list[str]) -> None:
    """What changes on the way to this place changes no more; a number that a jobcentre has of its own there is gone."""
    own, above = steps[0] == "jobcentres" and "interventions" in steps, part
    for step in steps:
        where: Any = int(step) if isinstance(part, list) and step.isdigit() else step
        if not isinstance(part, dict | list) or (isinstance(part, dict) and where not in part):
            return
        below = part[where]
        if isinstance(below, dict) and "from" in below and "value" in below:
            part[where] = below = below["value"]
        above, part = part, below
    if own and isinstance(above, dict) and isinstance(part, int | float):
        del above[steps[-1]]


def compare(title: str, scenario: Scenario) -> Both:
    """The engines tell the same."""
    pair = pair_of(title, scenario)
    assert_same_lots(pair)
    assert_same_weeks(pair)
    if pair.world.register.benefits is not None:
        assert (pair.world.register.benefits == pair.reference.benefits).all(), f"{title}: benefits"
    assert_same_counts(pair)
    assert_same_teams(pair)
    return pair


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(asked.seed, asked.seed + asked.number):
            data = random_world(random.Random(seed))
            try:
                compare(f"world {seed}", written(data, Path(folder)))
                found["same"] += 1
            except InputProblems as error:
                found["refused"] += 1
                found[str(error.problems[0]).split(": ", 1)[-1][:150]] += 1
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                found["different"] += 1
                print(f"--- world {seed}: {str(error)[:400]}\n{traceback.format_exc(limit=-3)[-900:]}", flush=True)
                if asked.keep:
                    (asked.keep / f"{seed}.yaml").write_text((Path(folder) / "x.yaml").read_text())
    for what, number in found.most_common():
        print(number, what)


if __name__ == "__main__":
    main()
