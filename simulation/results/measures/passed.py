"""Measured by benefit: weeks on each, and who went from where to where, from the register."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.results.by_benefit import passages
from simulation.results.measures.histories import Histories
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE
from simulation.world.spec import Bools, Floats, ratios


def on_each(scenario: Scenario, people: Histories) -> dict[str, Bools]:
    """Where each is on which benefit, by its name: shape (weeks, people)."""
    if people.benefit is None:
        return {}
    return {name: people.benefit == number for number, name in enumerate(scenario.benefits, start=1)}


def passed(scenario: Scenario, people: Histories) -> dict[str, Floats]:
    """Persons who went each way, and their share of those who were ever where it begins."""
    if people.benefit is None:
        return {}
    places = [*scenario.benefits, *scenario.exits]
    where = _places(people, len(scenario.benefits))
    each = len(places) + 1
    begins, ends = where[:-1].astype(np.int32), where[1:].astype(np.int32)
    moved = (begins != ends) & (begins > 0) & (ends > 0)
    who = np.broadcast_to(np.arange(where.shape[1]), moved.shape)[moved]
    ways = np.unique(who * np.int64(each * each) + begins[moved] * each + ends[moved])
    whose, way = np.divmod(ways, each * each)
    outcomes: dict[str, Floats] = {}
    ever = {number: people.number((where == number).any(axis=0)) for number in range(1, each)}
    for passage in passages(scenario):
        first, then = (places.index(name) + 1 for name in passage)
        these = people.world[whose[way == first * each + then]]
        many = np.bincount(these, minlength=people.worlds).astype(np.float64)
        outcomes[passage.outcome] = many
        outcomes[f"{passage.outcome}_share"] = ratios(many, ever[first])
    return outcomes


def _places(people: Histories, benefits: int) -> NDArray[np.uint8]:
    """The benefit (from 1 on) or destination (after them) that each is at, 0 elsewhere, before the first week and at
    the end of each: shape (weeks + 1, people)."""
    assert people.benefit is not None and people.first_benefit is not None
    gone = people.seen & (people.status >= GONE)
    destination = people.status.astype(np.int64) - GONE + 1 + benefits
    now = np.where(gone, destination, people.benefit).astype(np.uint8)
    return np.concatenate((people.first_benefit[None] + np.uint8(1), now))
