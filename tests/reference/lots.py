"""THE LOTS OF A TRIAL, for the second engine: drawn by one jobcentre, and one ledig, after the other.

The luck is the product's, as of everything; what is made of it is said anew, in fractions where it is a matter of one
person more or less.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.world.draws import personal_keys, uniform, word
from simulation.world.lots import ALONG
from simulation.world.spec import NOT_PLANNED, quantile

if TYPE_CHECKING:
    from .engine import Reference

Data = dict[str, Any]
KINDS = ("individual", "birth_date", "cluster", "stepped_wedge", "encouragement")


class Lot:
    """What one ledig has drawn, and what became of it."""

    def __init__(self, scenario: Scenario, drawn: bool, luck: float) -> None:
        trial = scenario.trial
        assert trial is not None
        self.drawn = self.treated = self.recorded = drawn
        if drawn and luck >= trial.takes_up:
            self.treated = self.recorded = False
        if not drawn and luck < trial.crosses_over:
            self.treated = self.recorded = True
        elif not drawn and luck < trial.crosses_over + trial.contaminated:
            self.treated = True
        self.arm = trial.everybody or (trial.treated if self.treated else trial.control)


def draw_lots(world: Reference) -> None:
    """Everybody's lot, in the columns of the ledige; when she comes may hang on the arm that she is in."""
    scenario, ledige = world.scenario, world.ledige
    if scenario.trial is None:
        return
    drawn = who_is_drawn(world)
    world.lots = []
    for row in range(len(ledige)):
        lot = Lot(scenario, drawn[row], _luck(world, row, "takes up the lot"))
        world.lots.append(lot)
        ledige.arm[row] = list(scenario.arms).index(lot.arm)
        if scenario.intake.earlier is not None:
            _come_earlier(world, row, lot.arm)


def who_is_drawn(world: Reference) -> list[bool]:
    """Of every row, whether she is drawn as treated."""
    scenario, rows = world.scenario, range(len(world.ledige))
    trial = scenario.trial
    assert trial is not None
    by_lot = sorted((_luck_of(world, name), name) for name, persons in scenario.persons().items() if persons)
    names = [name for _, name in by_lot]
    if trial.lots == "cluster":
        treated = names[: math.floor(len(names) * _share(scenario) + Fraction(1, 2))]
        return [_place(world, row) in treated for row in rows]
    if trial.lots == "stepped_wedge":
        assert trial.steps and trial.step_weeks
        begins = scenario.intake.from_week
        crosses = {
            name: begins + trial.step_weeks * (1 + math.floor(Fraction(n * trial.steps, len(names))))
            for n, name in enumerate(names)
        }
        return [_week(world, row) >= crosses[_place(world, row)] for row in rows]
    turns = {row: Fraction(_luck(world, row, "arm")) for row in rows}
    if trial.strata or (scenario.allocation == "blocked" and trial.lots != "birth_date"):
        turns = _balanced(world, turns)
    share = _share(scenario)
    along = sorted(scenario.arms, key=lambda arm: [word(f"{ALONG}{step}") for step in scenario.lineage[arm]])
    if along[0] == trial.treated:
        return [turns[row] < share for row in rows]
    return [turns[row] >= 1 - share for row in rows]


def _balanced(world: Reference, turns: dict[int, Fraction]) -> dict[int, Fraction]:
    """The turns of every stratum in every jobcentre, evenly apart."""
    scenario, ledige = world.scenario, world.ledige
    assert scenario.trial is not None
    strata: dict[tuple[str, str], list[int]] = {}
    for row in turns:
        levels = [(name, list(scenario.subgroups[name])[ledige.subgroup[name][row]]) for name in scenario.trial.strata]
        words = ", ".join(f"{name} {level}" for name, level in levels)
        strata.setdefault((_place(world, row), words), []).append(row)
    found = {}
    for (place, words), rows in strata.items():
        begins = Fraction(_luck_of(world, place, f"first lot of {words}"))
        for n, row in enumerate(sorted(rows, key=turns.__getitem__)):
            found[row] = (n + begins) / len(rows)
    return found


def _share(scenario: Scenario) -> Fraction:
    trial = scenario.trial
    assert trial is not None
    if trial.ratio is not None:
        ratio = Fraction(str(trial.ratio))
        return ratio / (1 + ratio)
    treated, control = (Fraction(str(scenario.arms[arm])) for arm in (trial.treated, trial.control))
    return treated / (treated + control)


def _come_earlier(world: Reference, row: int, arm: str) -> None:
    """When she is enrolled, which hangs on her arm; who left before is not."""
    ledige, intake = world.ledige, world.scenario.intake
    assert intake.earlier is not None
    there = intake.earlier.jobcentres is None or _place(world, row) in intake.earlier.jobcentres
    elapsed = intake.earlier.elapsed_weeks.get(arm, intake.elapsed_weeks) if there else intake.elapsed_weeks
    ledige.entry[row] = ledige.spell_start[row] + elapsed
    if intake.leaves_before and -math.log(_luck(world, row, "before enrolment")) / intake.leaves_before < elapsed:
        ledige.entry[row] = NOT_PLANNED


def _place(world: Reference, row: int) -> str:
    return list(world.scenario.jobcentres)[world.ledige.jobcentre[row]]


def _week(world: Reference, row: int) -> int:
    """The week in which she is enrolled (or would be, had she not left before)."""
    intake, ledige = world.scenario.intake, world.ledige
    elapsed = intake.elapsed_weeks
    if (by := intake.elapsed_by) is not None:
        level = list(world.scenario.subgroups[by.of])[ledige.subgroup[by.of][row]]
        chance = np.array([_luck(world, row, "elapsed")])
        elapsed = int(quantile(by.weeks.get(level, {elapsed: 1.0}), chance)[0])
    return int(ledige.spell_start[row]) + elapsed


def _luck(world: Reference, row: int, decision: str) -> float:
    return float(world.ledige.draws.uniform(decision, 0, np.array([row]))[0])


def _luck_of(world: Reference, jobcentre: str, decision: str = "lot of the jobcentre") -> float:
    key = personal_keys(world.scenario.seed, f"jobcentre {jobcentre}", world.replication, 1)
    return float(uniform(key, decision, 0)[0])


def lots(luck: random.Random, data: Data) -> None:
    """A trial in a random world of two arms; now and then one with everybody in one of them."""
    if len(data["arms"]) != 2 or luck.random() > 0.6:
        return
    treated, control = luck.sample(list(data["arms"]), 2)
    kind = luck.choice(KINDS)
    trial: Data = {"treated": treated, "control": control, "lots": kind, "primary": {"of": "exit_any"}}
    trial["primary"]["errors"] = "individual"
    if kind == "stepped_wedge":
        trial |= {"steps": 2, "step_weeks": luck.randint(1, max((data["intake"]["weeks"] - 1) // 2, 1))}
    elif kind != "birth_date" and luck.random() < 0.5:
        trial["ratio"] = luck.choice([0.5, 1.5, 3.0])
    if kind in ("individual", "encouragement") and data.get("subgroups") and luck.random() < 0.6:
        plain = [name for name in data["subgroups"] if name not in data.get("profile", {})]
        trial["strata"] = luck.sample(plain, luck.randint(0, min(2, len(plain))))
    if kind == "birth_date":
        trial["ratio"] = 1.0
    if kind == "encouragement" or luck.random() < 0.5:
        trial["takes_up"] = luck.choice([0.6, 0.9])
        trial |= {"crosses_over": luck.choice([0.0, 0.2]), "contaminated": luck.choice([0.0, 0.25])}
    if luck.random() < 0.25:
        trial["everybody"] = luck.choice([treated, control])
    data["allocation"] = luck.choice(["drawn", "blocked"])
    data["trial"] = trial
