"""One simulated ledig's life, week by week, in words."""

from __future__ import annotations

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.spec import NOT_PLANNED, WEEK, WEEKDAYS, Floats, Ids
from simulation.world.world import World

SPOKEN = {"loerdag": "lørdag", "soendag": "søndag"}


class NobodyThere(Exception):
    """There is no ledig of that number."""


def diary(scenario: Scenario, number: int, replication: int = 0) -> list[str]:
    """What happens to ledig `number` (from 0) in one replication, one line per week in which something happens.

    Raises NobodyThere, saying which numbers there are.
    """
    persons = sum(scenario.persons().values())
    if not 0 <= number < persons:
        raise NobodyThere(f"there is no ledig {number}; the ledige of this scenario are 0 to {persons - 1}")
    entries: list[tuple[int, Ids, str]] = []
    held: list[tuple[int, Ids, str, str, float | Floats]] = []
    world = run(
        scenario,
        [replication],
        diary=lambda day, ids, event: entries.append((day, ids, event)),
        in_force=lambda *effect: held.append(effect),
    )
    row = int((world.ledige.number == number).argmax())
    lines = [_introduction(scenario, world, row)]
    by_week: dict[int, list[str]] = {}
    for day, ids, event in entries:
        if row in ids:
            weekday = WEEKDAYS[day % WEEK]
            by_week.setdefault(day // WEEK, []).append(f"{SPOKEN.get(weekday, weekday)}: {event}")
    _tell_effects(held, row, scenario.weeks, by_week)
    entry = int(world.ledige.entry[row])
    for week, events in sorted(by_week.items()):
        lines.append(f"uge {week:3d} (forløbsuge {week - entry:3d})  " + "; ".join(events))
    lines.append(f"uge {scenario.weeks - 1:3d}  kørslen slutter")
    return lines


def _tell_effects(
    held: list[tuple[int, Ids, str, str, float | Floats]], row: int, weeks: int, by_week: dict[int, list[str]]
) -> None:
    """Add what multiplies her chances of leaving, in weeks in which something happens or other effects hold than in the
    week before; it stands first, for afgang comes on tirsdag."""
    names: dict[int, list[str]] = {}
    factors: dict[int, list[str]] = {}
    for week, ids, effect, destination, factor in held:
        at = np.flatnonzero(ids == row)
        if len(at):
            its = float(np.broadcast_to(factor, len(ids))[at[0]])
            names.setdefault(week, []).append(f"{effect} {destination}")
            factors.setdefault(week, []).append(f"{effect} → {destination} × {its:.3g}".replace(".", ","))
    for week in range(weeks):
        other = names.get(week) != names.get(week - 1)
        if week in factors and (other or week in by_week):
            by_week.setdefault(week, []).insert(0, "virkninger: " + ", ".join(factors[week]))
        elif other and week in by_week:
            by_week[week].insert(0, "virkninger: ingen mere")


def _introduction(scenario: Scenario, world: World, row: int) -> str:
    ledige = world.ledige
    place = world.jobcentres.name_of_row[ledige.jobcentre[row]]
    name = scenario.jobcentres[place].name or place
    traits = [list(levels)[ledige.subgroup[attribute][row]] for attribute, levels in scenario.subgroups.items()]
    known = ", ".join(
        [
            f"gruppe {world.arms[ledige.arm[row]]}",
            *(f"{a} {t}" for a, t in zip(scenario.subgroups, traits, strict=True)),
        ]
    )
    entry = ledige.entry[row]
    comes = f"indskrives i uge {entry}" if entry != NOT_PLANNED else "er ude af ydelse før indskrivningen"
    return f"Ledig {ledige.number[row]}, jobcenter {name} ({known}), {comes}."
