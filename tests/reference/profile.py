"""SCORES, for the second engine: each ledig's own chance of leaving in time, week by week, and her level."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

from simulation.scenario.profiles import scales
from simulation.world.profile import Predicts

from .on_benefit import first_benefit_of

if TYPE_CHECKING:
    from .engine import Reference


def sort_by_score(world: Reference) -> None:
    """Every ledig is given the level of her score, in the place of the one that the lot gave her. The scale is of a
    whole population, and no part of a run."""
    for name, scale in scales(world.scenario).items():
        if not scale.slope:
            continue
        lot = world.luck(f"subgroup {name}", 0)
        for row in range(len(world.ledige)):
            chance = leaves_in_time(world, row, world.scenario.profile[name].predicts)
            log_odds = math.log(chance / (1 - chance)) if 0 < chance < 1 else math.copysign(27.631, chance - 0.5)
            score = scale.slope * (log_odds - scale.mean) - NormalDist().inv_cdf(float(lot[row]))
            world.ledige.subgroup[name][row] = sum(score <= cut for cut in scale.cuts)


def leaves_in_time(world: Reference, row: int, predicts: Predicts) -> float:
    """Her chance of leaving to one of the destinations within the weeks, if nothing is done for her."""
    pulls = world.pulls[first_benefit_of(world.scenario, float(world.luck("benefit", 0)[row]))]
    brings, before = pulls.of(row, came_on_it=True), int(world.ledige.entry[row]) - int(world.ledige.spell_start[row])
    still, chance = 1.0, 0.0
    for week in range(before, before + predicts.within_weeks):
        course = pulls.by_weeks(week)
        intensity = {name: brings[name] * course[name] for name in brings}
        if whole := sum(intensity.values()):
            leaves = still * -math.expm1(-whole)
            chance += leaves * sum(intensity.get(name, 0.0) for name in set(predicts.exits)) / whole
            still -= leaves
    return chance
