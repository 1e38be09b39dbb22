"""Hazard ratios between arms, with the errors that an evaluator would print: of every destination, and of any exit.

The first exit to a destination is the event; other destinations and the end of the run censor (cause-specific). They
are told of the whole follow-up, and of each of its periods by itself: at risk in a period are those who have not left
when it begins. Where asked for (`outcomes_by`), by level of a characteristic and by jobcentre as well. How a ratio is
fitted stands in `cox`, how far jobcentres differ in `spread`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from simulation.results.measures import cox
from simulation.results.measures.histories import Histories
from simulation.results.measures.spread import between_effects, root
from simulation.results.names import Figure, Group, arm_groups, contrasts
from simulation.scenario.schema import Scenario
from simulation.world.spec import Floats, Ids, Ints


class Counts(NamedTuple):
    """How many were at risk, and left, by week: shapes (worlds, arms, jobcentres, weeks) and (worlds, arms, exits,
    jobcentres, weeks), with any exit behind the destinations. Of two groups of arms the first axis has the two, the
    second group before the first, and `arms` is gone (of those at risk there is an axis of length 1 for exits)."""

    at_risk: Ints
    exits: Ints

    def of(self, first: Sequence[int], second: Sequence[int]) -> Counts:
        """Those of two groups of arms, by the numbers of their arms."""
        at_risk, exits = (
            np.stack([counts[:, list(arms)].sum(axis=1) for arms in (second, first)]) for counts in self
        )
        return Counts(at_risk[:, :, None], exits)


def hazard_ratios(scenario: Scenario, people: Histories, observed: Ints) -> dict[Figure, Floats]:
    """All of them, shape (worlds,); none of a single arm. `observed` is for how many weeks each can be seen."""
    arms, figures = arm_groups(scenario), dict[Figure, Floats]()
    pairs = {group: (arms[one], arms[other]) for group, (one, other) in contrasts(scenario).items()}
    if not pairs:
        return figures
    everybody, whole = _counted(scenario, people, observed), [scenario.follow_up]
    for group, pair in pairs.items():
        counts = everybody.of(*pair)
        figures |= dict(_named(scenario, group, _estimates(counts, whole), [None]))
        figures |= dict(_named(scenario, group, _estimates(counts, scenario.period_ends), scenario.period_ends))
        if scenario.by_jobcentre:
            figures |= dict(_by_jobcentre(scenario, group, counts))
    for of_level, members in levels(scenario, people) if scenario.by_arm_and_level else ():
        some = _counted(scenario, people, observed, members)
        for group, pair in pairs.items():
            figures |= dict(_named(scenario, group.among(of_level), _estimates(some.of(*pair), whole), [None]))
    return figures


def levels(scenario: Scenario, people: Histories) -> Iterator[tuple[Group, Ids]]:
    """Everybody of each level of the characteristics that outcomes are shown by."""
    for name, level_of in zip(scenario.by_characteristic, people.level, strict=True):
        for number, level in enumerate(scenario.subgroups[name]):
            yield Group("alle", characteristic=name, level=level), np.flatnonzero(level_of == number)


def _counted(scenario: Scenario, people: Histories, observed: Ints, among: Ids | slice = slice(None)) -> Counts:
    arms, places, exits, weeks = len(scenario.arms), len(scenario.jobcentres), len(scenario.exits), people.weeks
    cause, exit_week = people.cause[among], people.exit_week[among]
    arm = people.world[among].astype(np.intp) * arms + people.arm[among]
    place = people.jobcentre[among]
    until = np.minimum(np.where(cause >= 0, exit_week + 1, observed[among]), weeks)  # at risk in weeks 0 .. until - 1
    shape = (people.worlds, arms, places, weeks + 1)
    end = np.bincount((arm * places + place) * (weeks + 1) + until, minlength=math.prod(shape)).reshape(shape)
    at_risk = end.sum(axis=-1, keepdims=True) - np.cumsum(end, axis=-1)[..., :weeks]
    left = np.flatnonzero((cause >= 0) & (exit_week < weeks))
    cell = ((arm[left] * (exits + 1) + cause[left]) * places + place[left]) * weeks + exit_week[left]
    shape_of_exits = (people.worlds, arms, exits + 1, places, weeks)
    by_exit = np.bincount(cell, minlength=math.prod(shape_of_exits)).reshape(shape_of_exits)
    by_exit[:, :, exits] = by_exit.sum(axis=2)
    return Counts(at_risk, by_exit)


def _estimates(counts: Counts, ends: Sequence[int]) -> dict[str, Floats]:
    """Log ratio, naive and clustered error of each period: shape (worlds, exits, periods)."""
    _, worlds, exits, _, weeks = counts.exits.shape
    cells, shape = worlds * exits, (worlds, exits, len(ends))
    begins = [0, *ends[:-1]]
    at_risk, events = (np.broadcast_to(each.sum(axis=3), (2, worlds, exits, weeks)) for each in counts)
    left = cox.ties(*(each.reshape(2, cells, weeks) for each in (at_risk, events)))
    of = left.cell * len(ends) + np.searchsorted(ends, left.week, side="right")
    fits = cox.fit(left, of, np.add.reduceat(events[1], begins, axis=-1).ravel())
    weights = cox.weights(left, fits.log_ratio[of], (cells, weeks))
    weights = cox.Weights(*(each.reshape(2, worlds, exits, weeks) for each in weights))
    residuals = cox.residuals(weights, counts.at_risk, counts.exits)
    by_place = np.moveaxis(np.add.reduceat(residuals, begins, axis=-1), -1, -2)
    there = np.moveaxis(counts.at_risk.sum(axis=0)[..., begins] > 0, -1, -2)
    fits = cox.Fits(*(each.reshape(shape) for each in fits))
    clustered = cox.clustered(fits, by_place, there)
    return {"log_hazard_ratio": fits.log_ratio, "hazard_error_naive": fits.error, "hazard_error_clustered": clustered}


def _by_jobcentre(scenario: Scenario, group: Group, counts: Counts) -> Iterator[tuple[Figure, Floats]]:
    """Log ratio and naive error in each jobcentre, and how far jobcentres differ."""
    _, worlds, exits, places, weeks = counts.exits.shape
    cells = worlds * exits * places
    at_risk, events = (np.broadcast_to(each, counts.exits.shape).reshape(2, cells, weeks) for each in counts)
    left, first = cox.ties(at_risk, events), events[1].sum(axis=-1)
    fits = cox.Fits(*(each.reshape(worlds, exits, places) for each in cox.fit(left, left.cell, first)))
    for number, place in enumerate(scenario.jobcentres):
        measured = {"log_hazard_ratio": fits.log_ratio, "hazard_error_naive": fits.error}
        of_place = {name: values[:, :, number : number + 1] for name, values in measured.items()}
        yield from _named(scenario, group._replace(jobcentre=place), of_place, [None])
    stratum = left.cell // places
    common = cox.fit(left, stratum, first.reshape(-1, places).sum(axis=1))
    expected, information = cox.scores(left, common.log_ratio[stratum], cells)
    shape = (worlds, exits, places)
    left_by_place = events.sum(axis=(0, 2)).reshape(shape)
    variance = between_effects((first - expected).reshape(shape), information.reshape(shape), left_by_place)
    measured = {"variance_of_effect": variance[..., None], "spread_of_effect": root(variance)[..., None]}
    yield from _named(scenario, group, measured, [None])


def _named(
    scenario: Scenario, group: Group, measured: dict[str, Floats], weeks: Sequence[int | None]
) -> Iterator[tuple[Figure, Floats]]:
    """The figures of arrays of shape (worlds, exits, weeks)."""
    for e, exit_ in enumerate((*scenario.exits, "any")):
        for name, values in measured.items():
            for w, week in enumerate(weeks):
                yield Figure(f"{name}_{exit_}", group, week), values[:, e, w]
