"""Mutated inputs: a small world (a shipped scenario cut to few ledige, or a study of three figures) with one to three
changes, of its data, of its text, by `--set`, `--over` or `with_`. The same luck makes the same mutant."""

from __future__ import annotations

import copy
import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from simulation.scenario.fields import fields_at
from simulation.scenario.files.reading import resolve
from simulation.scenario.schema import Scenario
from tests.bad_study import MORE, PRIORS, TARGETS
from tests.studies import SCENARIO
from tests.unit.test_limits import numbers

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "cases" / "decimal-comma-in-braces" / "base.yaml"
SHIPPED = (
    "base_kontanthjaelp", "base_sygedagpenge", "base_ledighedsydelse", "base_tre_hovedveje", "esbjerg_tre_raadgivere",
    "aktive_hurtigere_tilbage", "fleksjob_andre_aktoerer", "paa_rette_vej_anden_aktoer", "flow_sygedagpenge_tilbud",
    "tre_hovedveje_to_veje", "esbjerg_ansat_i_december",
)  # fmt: skip
EVERY_KIND = ROOT / "tests" / "unit" / "files" / "interventions.yaml"
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
TRIAL = ROOT / "tests" / "unit" / "files" / "trial.yaml"
WORLDS = (*[SMALL] * 4, *[EVERY_KIND] * 3, TRIAL, *(ROOT / "scenarios" / f"{name}.yaml" for name in SHIPPED))
PERSONS = 6
TOY = SCENARIO.replace("targets: targets.yaml\n", "")
ODD: tuple[Any, ...] = (
    None, True, False, "", "x", " ", "null", "alle", "difference", "fitted", "²", "１", "1,5", "a\x1b[2Jb",
    "æøå$_$\\frac{", "=1+1", "../../etc/passwd", "\u202eabc", "a" * 300, "2010-W53", "a.b", -1, 0, 1, 2, 3, 7, 0.5,
    -0.5, 1.5, 1e-300, 1e300, 2**15, 2**16 + 1, 2**31, 2**53, 2**63, 10**30, 0.1 + 0.2, 1 - 1e-16, 1e-9, math.inf,
    math.nan, [], [1], [None], [[]], ["a", "a"], {}, {"a": 1}, {"0": 1}, {"0": 0.5, "00": 0.5}, {"1": 0.5, "2": 0.5},
    {"value": 1}, {"0": 1, "2000": 0}, {"value": 0.5, "kind": "assumed", "source": "x"}, {"kind": "praktik"},
    {"0": 0.02, "70000": 0.1},
)  # fmt: skip
ODD_KEYS = (
    "", " ", "00", "1.0", "²", "a", "alle", "difference", "job", "team", "value", "0", "1", "65537", "æ", "x y", "a.b",
    "a@b", "kind", "$x$", "\x07", "null", "talks", "any", "-1",
)  # fmt: skip
TEXT = (
    "{", "}", "[", "]", ",", ":", ": ", "'", '"', "#", "&a ", "*a ", "!x ", "\t", "\n", "- ", "1", ",5", "\\", "\x00",
    "²", "e5", "null", "<<: ", "---\n", "\r", "\ufeff", "|",
)  # fmt: skip


WAYS = [0, 1, 2, 2, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10, 11, 11, 11]
"""Ways to change data (see `change`), as often as they are taken."""


@dataclass
class Mutant:
    """A changed input, with what was changed in words; `files` by name, `options` of the command."""

    notes: list[str]
    files: dict[str, str]
    options: list[str] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    over: str = ""
    study: bool = False


@cache
def world(path: Path) -> dict[str, Any]:
    """The data of a scenario with everything it extends, cut to a tiny world; not to be changed."""
    data = dict(resolve(path).data)
    data["intake"] = {**data["intake"], "persons": PERSONS}
    data["jobcentres"] = {name: {**(own or {}), "persons": PERSONS} for name, own in list(data["jobcentres"].items())}
    for key in ("compare_with", "sweep"):
        data.pop(key, None)
    return {**data, "replications": 1}


@cache
def limits() -> dict[str, dict[str, float]]:
    """Lowest and highest value of every number of a scenario, by the pattern of its path."""
    return dict(numbers(Scenario, "", []))


def limits_at(data: dict[str, Any], path: tuple[Any, ...]) -> dict[str, float]:
    """The limits of the number at a path of the data, as far as there are some."""
    steps = [str(step) for step in path]
    for pattern, found in limits().items():
        wanted = re.sub(r"\(\w+\)", "", pattern).strip(".").split(".")
        if len(wanted) == len(steps) and all(w in ("*", s) for w, s in zip(wanted, steps, strict=True)):
            return found
    return {}


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place below a part."""
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a path."""
    for step in path:
        data = data[step]
    return data


@cache
def seen() -> dict[str, list[Any]]:
    """What stands at each key anywhere in these worlds."""
    found: dict[str, list[Any]] = {}
    for data in map(world, WORLDS):
        for path in places(data):
            found.setdefault(str(path[-1]), []).append(at(data, path))
    return found


def every_end() -> Iterator[Mutant]:
    """Every number of every world at its lowest and highest value, and beyond."""
    for file in dict.fromkeys(WORLDS):
        for path in places(world(file)):
            value, found = at(world(file), path), limits_at(world(file), path)
            if isinstance(value, bool) or not isinstance(value, int | float) or not found:
                continue
            low, high = found.get("ge", found.get("gt", 0)), found.get("le", found.get("lt", 1))
            for end in (low, high, high + 1, -1, 1e-12 if isinstance(value, float) else 1):
                data = copy.deepcopy(world(file))
                at(data, path[:-1])[path[-1]] = end
                yield Mutant([f"{file.stem}: {'.'.join(map(str, path))} = {end!r}"], {"x.yaml": written(data)})


def ends(rng: random.Random, data: dict[str, Any], path: tuple[Any, ...], value: Any) -> Any:
    """The lowest or highest number that may stand there, or one just beyond."""
    found = limits_at(data, path)
    if not found:
        return rng.choice(ODD)
    low, high = found.get("ge", found.get("gt", 0)), found.get("le", found.get("lt", 1))
    whole = isinstance(value, int) and not isinstance(value, bool)
    step = 1 if whole else 1e-9
    if rng.random() < 0.7:  # nearer to what is there
        near = value * rng.uniform(0, 3) if isinstance(value, int | float) else rng.uniform(0, 1)
        return round(near) if whole else near
    return rng.choice([low, high, low, high, low - step, high + step, low + step, high - step, (low + high) / 2])


def change(rng: random.Random, data: dict[str, Any]) -> str:
    """Change the data in one place; what was done."""
    every = list(places(data))
    path = rng.choice(every)
    above, key, way = at(data, path[:-1]), path[-1], rng.choice(WAYS)
    shown = ".".join(map(str, path))
    if way <= 1:
        above[key] = copy.deepcopy(rng.choice(ODD))
    elif way <= 4:
        leaves = [p for p in every if isinstance(at(data, p), int | float) and not isinstance(at(data, p), bool)]
        path = rng.choice(leaves or every)
        above, key, shown = at(data, path[:-1]), path[-1], ".".join(map(str, path))
        above[key] = ends(rng, data, path, above[key])
    elif way == 11:
        leaves = [p for p in every if isinstance(at(data, p), int | float) and not isinstance(at(data, p), bool)]
        path = rng.choice(leaves or every)
        above, key, shown = at(data, path[:-1]), path[-1], ".".join(map(str, path))
        year, weeks = str(data.get("start"))[:4], rng.sample(range(1, 53), rng.choice([1, 1, 2]))
        changes = {f"{year}-W{n:02}": ends(rng, data, path, above[key]) for n in sorted(weeks)}
        above[key] = {"value": above[key], "from": changes}
    elif way == 5:
        above.pop(key)
        return f"{shown} removed"
    elif way == 6 and isinstance(above, dict):
        new = rng.choice([*ODD_KEYS, str(key)[:-1], f"{key}x", str(key).upper()])
        above[new] = above.pop(key)
        return f"{shown} called {new!r}"
    elif way == 7:
        other = rng.choice(every)
        above[key] = copy.deepcopy(at(data, other))
        return f"{shown} = what is at {'.'.join(map(str, other))}"
    elif way == 8 and isinstance(above, list):
        above.append(copy.deepcopy(above[key]))
        return f"{shown} twice"
    elif way == 10 and isinstance(above, dict) and (lacking := sorted(fields_at(path[:-1], data) - above.keys())):
        key = rng.choice(lacking)
        above[key] = copy.deepcopy(rng.choice(seen().get(key) or ODD))
        shown = ".".join(map(str, (*path[:-1], key)))
    elif isinstance(above, dict):
        above[rng.choice([*ODD_KEYS, f"{key}_2"])] = copy.deepcopy(above[key])
        return f"{shown} under another name as well"
    return f"{shown} = {above[key]!r}"[:200]


def text_change(rng: random.Random, text: str) -> tuple[str, str]:
    """Change a text in one place; the new text and what was done."""
    lines, spot = text.split("\n"), rng.randrange(len(text))
    number = rng.randrange(len(lines))
    way = rng.randrange(4)
    if way == 0:
        put = rng.choice(TEXT)
        return text[:spot] + put + text[spot:], f"{put!r} put in at {spot}"
    if way == 1:
        return text[:spot] + text[spot + rng.randint(1, 3) :], f"letters left out at {spot}"
    if way == 2:
        return "\n".join([*lines[: number + 1], *lines[number:]]), f"line {number + 1} twice"
    return "\n".join([*lines[:number], *lines[number + 1 :]]), f"line {number + 1} left out"


def written(data: Any) -> str:
    """Data as the text of a file."""
    text: str = yaml.dump(data, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=120)
    return text


def flow(value: Any) -> str:
    """A value as it is written after `--set KEY=`."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10**6).strip()
    return text.removesuffix("\n...").replace("\n", " ")


def mutant(rng: random.Random) -> Mutant:
    """One more mutant."""
    data = copy.deepcopy(world(rng.choice(WORLDS)))
    way = rng.random()
    if way < 0.15:
        return study_mutant(rng)
    if way < 0.3:
        path = rng.choice(list(places(data)))
        value = ends(rng, data, path, at(data, path)) if rng.random() < 0.6 else rng.choice(ODD)
        key = ".".join(map(str, path)) + rng.choice(["", "", "", "", ".x", ".²", "x"])
        made = Mutant([f"{key} = {value!r}"[:200]], {"x.yaml": written(data)})
        if way < 0.2:
            made.changes = {key: rng.choice([value, (value,), {1: value}, 10**400]) if rng.random() < 0.2 else value}
        elif way < 0.26 or isinstance(value, list | dict):
            made.options = ["--set", f"{key}={flow(value)}"]
        else:
            made.over = f"{key}={flow(value)},{rng.choice(['1', '2', '0.5', 'null', '', '²', '1,5', 'true'])}"
        return made
    if way < 0.5:
        over: Any = {}
        path = rng.choice(list(places(data)))
        part = over
        for step in (steps := [str(s) for s in path])[:-1]:
            part = part.setdefault(step, {})
        part[steps[-1]] = ends(rng, data, path, at(data, path)) if rng.random() < 0.5 else rng.choice(ODD)
        note = f"overlay {'.'.join(steps)} = {part[steps[-1]]!r}"[:200]
        return Mutant([note], {"base.yaml": written(data), "x.yaml": written({"extends": "base.yaml", **over})})
    notes = [change(rng, data) for _ in range(rng.choice([1, 1, 1, 2, 3]))] if way < 0.9 else []
    text = written(data)
    if not notes:
        text, note = text_change(rng, text)
        notes = [note]
    return Mutant(notes, {"x.yaml": text})


def study_mutant(rng: random.Random) -> Mutant:
    """A study with a change in one of its files, or a scenario with a fitted file and draws of which one is changed."""
    made = Mutant([], {"toy.yaml": TOY, "x.yaml": TARGETS, "priors.yaml": PRIORS, "more.yaml": MORE})
    made.study = rng.random() < 0.6
    if not made.study:
        data = copy.deepcopy(world(SMALL))
        data["exits"]["job"]["level"] = "fitted"
        entry = {"value": 0.01, "low": 0.005, "high": 0.02, "unit": "per week", "also": [], "rest": {}}
        fit = {"version": 1, "name": "fit", "parameters": {"exits.job.level": entry}}
        draws = "exits.job.level\n" + "".join(f"0.0{n}\n" for n in range(10, 25))
        scenario = written({**data, "fitted": "fit.yaml"})
        made.files = {"x.yaml": scenario, "fit.yaml": written(fit), "fit.draws.csv": draws}
        made.options = ["--posterior", "--draws", "10"]
    name = rng.choice([name for name in made.files if name != "toy.yaml" and (made.study or name != "x.yaml")])
    if rng.random() < 0.6 and name.endswith(".yaml"):
        data = yaml.safe_load(made.files[name])
        made.notes = [f"{name}: {change(rng, data)}"]
        made.files[name] = written(data)
    else:
        made.files[name], note = text_change(rng, made.files[name])
        made.notes = [f"{name}: {note}"]
    return made
