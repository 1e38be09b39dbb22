"""The people of rehearsed trials: what really happened to each, and which lot she drew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.results.measures.histories import measured_rows, turned
from simulation.scenario.allotting import strata_in, strata_number
from simulation.scenario.schema import Scenario
from simulation.world.draws import Keys
from simulation.world.ledige import GONE, LEDIG
from simulation.world.past import Past
from simulation.world.register import status_of
from simulation.world.spec import Bools, Ints

EXITS = "exit_"
WEEKS_ON_BENEFIT, WEEKS_EMPLOYED, HOURS = "weeks_on_benefit", "weeks_employed", "hours"
AMOUNTS = (WEEKS_ON_BENEFIT, WEEKS_EMPLOYED, HOURS)


@dataclass(frozen=True)
class People:
    """Everybody measured, of all worlds of a batch; arrays of shape (people,).

    `cell` is the place of her jobcentre and stratum among the cells, whose numbers are `jobcentres` and `strata`, shape
    (cells,). `lot` is as drawn, `treated` what came of it in the trial and `recorded` what was written down of that.
    She left benefit `exit_week` weeks after enrolment in week `entry` of the run, for the destination `cause` (-1: is
    not seen to leave); `observed` are weeks from enrolment to the end of the run or of the follow-up, which has so many
    `weeks`.
    """

    worlds: int
    weeks: int
    jobcentres: Ints
    strata: Ints
    keys: Keys
    world: Ints
    cell: Ints
    lot: Ints
    treated: Bools
    recorded: Bools
    entry: Ints
    exit_week: Ints
    cause: Ints
    observed: Ints
    amounts: Mapping[str, Ints]  # of AMOUNTS, over the follow-up


def people_of(scenario: Scenario, world: Past) -> People:
    """Everybody measured of a batch that has been run with a trial."""
    ledige, register, weeks = world.ledige, world.register, scenario.follow_up
    allotted = ledige.allotted
    assert allotted is not None
    rows = measured_rows(scenario, world)
    entry = ledige.entry[rows]
    observed = np.minimum(weeks, len(register.codes) - entry.astype(np.int64))
    status = status_of(turned(register.codes, entry, rows, weeks))
    on_benefit = status == LEDIG
    away = ~on_benefit & (np.arange(weeks)[:, None] < observed)
    leaves = away.any(axis=0)
    exit_week = np.where(leaves, away.argmax(axis=0), weeks)
    at_exit = status[np.minimum(exit_week, weeks - 1), np.arange(len(rows))].astype(np.int64)
    amounts = {WEEKS_ON_BENEFIT: on_benefit.sum(axis=0, dtype=np.int64)}
    if register.hours is not None:
        hours = turned(register.hours, entry, rows, weeks)
        amounts |= {WEEKS_EMPLOYED: np.count_nonzero(hours, axis=0), HOURS: hours.sum(axis=0, dtype=np.int64)}
    stratum, strata = strata_in(scenario, ledige)[rows], strata_number(scenario)
    places = len(world.jobcentres.names)
    return People(
        world.jobcentres.worlds, weeks,
        np.repeat(np.arange(places), strata), np.tile(np.arange(strata), places),
        ledige.keys[rows], ledige.world[rows], ledige.jobcentre[rows] % places * strata + stratum,
        allotted.assigned[rows].astype(np.int64), allotted.treated[rows], allotted.recorded[rows],
        entry.astype(np.int64), exit_week, np.where(leaves, at_exit - GONE, -1), observed, amounts,
    )  # fmt: skip


def destinations_of(scenario: Scenario, outcome: str) -> list[int]:
    """The numbers of the destinations that an outcome such as exit_job is about."""
    name, exits = outcome.removeprefix(EXITS), list(scenario.exits)
    names: Sequence[str] = exits if name == "any" else scenario.together.get(name, [name])
    return [exits.index(each) for each in names]
