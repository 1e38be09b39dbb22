"""THE BENEFITS, for the second engine: which one she is on, what draws her away from it, and when her right ends."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.world.afgang import PROFILE_WEEKS, Afgang, Exit
from simulation.world.benefits import Benefit
from simulation.world.spec import NOT_PLANNED

from .basics import FAR

if TYPE_CHECKING:
    from .engine import Ledig, Reference

NOTHING = Exit(level=0.0)


class Pulls:
    """What draws everybody on one benefit: what each brings to every cause, and how that changes by weeks on it."""

    def __init__(self, world: Reference, benefit: Benefit | None) -> None:
        scenario, causes = world.scenario, dict[str, Any](world.scenario.exits)
        if benefit is not None:
            causes |= {name: each or NOTHING for name, each in benefit.exits.items()}
            causes |= {name: benefit.passes.get(name, NOTHING) for name in scenario.benefits}
        self.names = list(causes)
        come = Afgang(causes, world.ledige, world.table, scenario.subgroups)
        self.profile, self.of_who_came_on_it = come.profile, come.brings
        self.of_others = self.of_who_came_on_it
        if benefit is not None:  # who comes to it later has not been drawn by it before she was enrolled
            began, world.ledige.spell_start = world.ledige.spell_start, world.ledige.entry
            self.of_others = Afgang(causes, world.ledige, world.table, scenario.subgroups).brings
            world.ledige.spell_start = began

    def of(self, row: int, came_on_it: bool) -> dict[str, float]:
        """What one of them brings, by cause."""
        brings = self.of_who_came_on_it if came_on_it else self.of_others
        return dict(zip(self.names, brings[:, row].tolist(), strict=True))

    def by_weeks(self, weeks: int) -> dict[str, float]:
        """The profile of every cause after so many weeks."""
        return dict(zip(self.names, self.profile[:, min(weeks, PROFILE_WEEKS - 1)].tolist(), strict=True))


def pulls_by_benefit(world: Reference) -> dict[str, Pulls]:
    """Of every benefit; where there is but one, it is called ""."""
    benefits: Mapping[str, Benefit | None] = world.scenario.benefits or {"": None}
    return {name: Pulls(world, benefit) for name, benefit in benefits.items()}


def first_benefit(me: Ledig, scenario: Scenario) -> str:
    """The benefit that she comes on."""
    return first_benefit_of(scenario, me.chance("benefit", 0))


def first_benefit_of(scenario: Scenario, luck: float) -> str:
    """The benefit that somebody with this luck comes on; "" where there is but one."""
    if not scenario.benefits:
        return ""
    first = next(iter(scenario.benefits))
    shares = {name: benefit.share or 0.0 for name, benefit in scenario.benefits.items()}
    if scenario.benefits[first].share is None:
        shares[first] = 1 - sum(shares.values())
    return chosen(shares, luck)


def chosen(shares: Mapping[str, float], luck: float) -> str:
    """Which of several it is."""
    upper = np.cumsum(list(shares.values()))
    return list(shares)[min(int(np.searchsorted(upper / upper[-1], luck, side="right")), len(upper) - 1)]


def come_by_benefit(world: Reference) -> None:
    """Who comes on a benefit that has a rhythm of its own comes in it: when she is enrolled, and all that goes by it,
    is so many weeks earlier or later than by the rhythm of the intake."""
    ledige, intake = world.ledige, world.scenario.intake
    first = 0
    for count in world.scenario.persons().values():
        for row in np.flatnonzero((ledige.number >= first) & (ledige.number < first + count)).tolist():
            luck = {name: float(ledige.draws.uniform(name, 0, np.array([row]))[0]) for name in ("benefit", "arrival")}
            by_lot = intake.arrivals == "random"
            place = int(ledige.number[row]) - first
            turn = Fraction(luck["arrival"]) if by_lot else Fraction(2 * place + 1, 2 * count)
            benefit = world.scenario.benefits.get(first_benefit_of(world.scenario, luck["benefit"]))
            if benefit is not None and benefit.by_block is not None:
                later = _week(benefit.by_block, intake.weeks, turn)
                later -= _week(intake.by_block or {0: 1.0}, intake.weeks, turn)
                ledige.spell_start[row] += later
                if ledige.entry[row] != NOT_PLANNED:  # else she has left before she would be enrolled
                    ledige.entry[row] += later
        first += count


def _week(blocks: Mapping[int, float], weeks: int, turn: Fraction) -> int:
    """The week of the intake in which the turn of somebody (0 to 1) comes; in fractions, for many come just when a week
    begins."""
    begins, before = [*blocks, weeks], Fraction(0)
    shares = [Fraction(str(share)) for share in blocks.values()]
    for number, share in enumerate(shares):
        if turn < before + share or number == len(blocks) - 1:
            length = begins[number + 1] - begins[number]
            return min(int(begins[number] + (turn - before) * length / (share or 1)), weeks - 1)
        before += share
    raise AssertionError(turn)


class Right:
    """Her right to the benefit that she is on."""

    def __init__(self, me: Ledig) -> None:
        self.me = me
        benefit = me.world.scenario.benefits.get(me.benefit)
        self.ends = None if benefit is None else benefit.ends
        self.last = FAR
        if self.ends is not None:
            self.last = me.began + me.value_of(self.ends.week, f"{me.benefit} ends", me.spell)

    def tirsdag(self, week: int) -> None:
        """It ends today, unless she is on her way elsewhere anyway."""
        if self.ends is None or week < self.last or self.me.leaving:
            return
        where = chosen(self.ends.to, self.me.chance(f"{self.me.benefit} ends to", self.me.spell))
        self.me.reserve[where] = 0.0
        self.me.tally[f"right to {self.me.benefit} ended"] += 1
