"""The lots of a trial: who is drawn, who is treated, and who is recorded as treated.

*Assigned* by lot; *treated* or not by her own luck, for not everybody does as drawn; then her arm, the treated one or
the control one. What a lot is drawn by belongs to the ledig (or the jobcentre) and to nothing else, so the same persons
have the same lots whatever becomes of the arms: that is how everybody treated is held against nobody treated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.draws import Keys, personal_keys, uniform, word
from simulation.world.queueing import turn_of
from simulation.world.spec import Bools, Floats, Ints

ALONG = "arm 170103, "
"""Goes before the name of an arm where arms are put in order by hash. With this number the arms of all scenarios that
there were lie as they had been written."""


class Allotted(NamedTuple):
    """What the lots of a trial came to, a column each, shape (rows,): drawn as treated, treated, and recorded as that.
    `treated` is what she would be by lot and compliance, also where everybody is in one arm."""

    assigned: Bools
    treated: Bools
    recorded: Bools


class Coming(NamedTuple):
    """Those among whom lots are drawn, shape (rows,): their keys, the row of the jobcentre table that each is in, the
    week of the run in which she is to be enrolled, and her level of each characteristic."""

    keys: Keys
    row: Ints
    week: Ints
    levels: Mapping[str, Ints]


class Places(NamedTuple):
    """The jobcentre table that the rows are of: the names of one world, and the replications of the batch."""

    names: Sequence[str]
    replications: Sequence[int]


class Draw(Protocol):
    """A way to draw lots."""

    def assigned(self, seed: int, coming: Coming, places: Places) -> Bools:
        """Who is drawn as treated; shape (rows,)."""


@dataclass(frozen=True)
class OfPersons:
    """Every ledig draws for herself: her arm as it would be without a trial. Where lots are `blocked` each jobcentre,
    and within it each combination of levels of the `strata`, has its share of treated as exactly as can be."""

    treated: str
    weights: Mapping[str, float]
    lineage: Mapping[str, Sequence[str]]
    blocked: bool = False
    strata: Mapping[str, Sequence[str]] = field(default_factory=dict)  # characteristics, each with its levels

    def assigned(self, seed: int, coming: Coming, places: Places) -> Bools:
        """Who is drawn as treated; shape (rows,)."""
        turn = uniform(coming.keys, "arm", 0)
        if self.balanced:
            turn = self._balanced(seed, coming, turn, places)
        return np.asarray(arm_of(turn, self.weights, self.lineage) == list(self.weights).index(self.treated))

    @property
    def balanced(self) -> bool:
        """Whether it hangs on the others what somebody draws."""
        return self.blocked or bool(self.strata)

    def _balanced(self, seed: int, coming: Coming, turn: Floats, places: Places) -> Floats:
        """Turns evenly apart in every jobcentre and stratum, in the order of the luck of each. Where they begin is luck
        of the stratum: so of an odd number it is not always the same arm that has one more."""
        stratum = strata_of(coming.levels, self.strata)
        keys = jobcentre_keys(seed, places)
        begins = np.array([uniform(keys, f"first lot of {name}", 0) for name in names_of_strata(self.strata)])
        cell = coming.row.astype(np.int64) * len(begins) + stratum
        return np.asarray((rank(cell, turn) + begins[stratum, coming.row]) / np.bincount(cell)[cell])


@dataclass(frozen=True)
class OfJobcentres:
    """Whole jobcentres draw, anew in every replication: so many of `names`, which are all of the scenario."""

    names: tuple[str, ...]
    treated: int

    def assigned(self, seed: int, coming: Coming, places: Places) -> Bools:
        """Who is in a jobcentre that is drawn as treated; shape (rows,)."""
        return (order_of(seed, self.names, places) < self.treated)[coming.row]


@dataclass(frozen=True)
class InSteps:
    """Jobcentres cross over in steps, in an order by lot. A ledig is drawn by what hers is in the week in which she is
    enrolled, and stays so."""

    names: tuple[str, ...]
    begins: int  # week of the run in which the intake begins
    steps: int
    step_weeks: int

    def assigned(self, seed: int, coming: Coming, places: Places) -> Bools:
        """Who is enrolled after her jobcentre has crossed over; shape (rows,)."""
        step = order_of(seed, self.names, places) * self.steps // len(self.names) + 1
        return np.asarray(coming.week >= (self.begins + step * self.step_weeks)[coming.row])


@dataclass(frozen=True)
class Lots:
    """The lots of a trial, and what becomes of them. `arms` are those of the scenario; `everybody` is an arm that all
    are in."""

    draw: Draw
    arms: tuple[str, ...]
    control: str
    treated: str
    takes_up: float = 1.0
    crosses_over: float = 0.0
    contaminated: float = 0.0
    everybody: str | None = None

    @property
    def all_do_as_drawn(self) -> bool:
        """Whether everybody is in the arm that she has drawn."""
        return self.takes_up == 1 and not (self.crosses_over or self.contaminated or self.everybody)

    def allotted(self, seed: int, coming: Coming, places: Places) -> Allotted:
        """What they come to. One luck says who is treated by either lot: those of the control who are treated would be
        if they had drawn otherwise, and nobody does the contrary of what she has drawn."""
        assigned = self.draw.assigned(seed, coming, places)
        luck = uniform(coming.keys, "takes up the lot", 0)
        takes_up, crosses = luck < self.takes_up, luck < self.crosses_over
        contaminated = luck < self.crosses_over + self.contaminated
        return Allotted(
            assigned=assigned,
            treated=np.where(assigned, takes_up, contaminated),
            recorded=np.where(assigned, takes_up, crosses),
        )

    def arm(self, allotted: Allotted) -> NDArray[np.int8]:
        """The number of each one's arm; shape (rows,)."""
        if self.everybody is not None:
            return np.full(len(allotted.treated), self.arms.index(self.everybody), dtype=np.int8)
        numbers = np.array([self.arms.index(self.control), self.arms.index(self.treated)], dtype=np.int8)
        return numbers[allotted.treated.astype(np.intp)]


def strata_of(levels: Mapping[str, Ints], strata: Mapping[str, Sequence[str]]) -> Ints:
    """The number of each one's combination of levels of these characteristics, as `names_of_strata` has them; `levels`
    has hers of each, shape (rows,)."""
    number = np.zeros(len(next(iter(levels.values()))) if strata else 1, dtype=np.int64)
    for name, known in strata.items():
        number = number * len(known) + levels[name]
    return number


def names_of_strata(strata: Mapping[str, Sequence[str]]) -> list[str]:
    """Every combination of levels, in words; one without words where there are no characteristics."""
    return [", ".join(map(" ".join, zip(strata, levels, strict=True))) for levels in product(*strata.values())]


def jobcentre_keys(seed: int, places: Places) -> Keys:
    """The keys of the rows of a jobcentre table: as in `staff/jobcentres.py`."""
    return np.array([personal_keys(seed, f"jobcentre {n}", r, 1)[0] for r in places.replications for n in places.names])


def order_of(seed: int, names: Sequence[str], places: Places) -> Ints:
    """The place of every row of the table among all jobcentres of the scenario (`names`), from 0, by lot; -1 of a
    jobcentre that is none of them. The table may be that of a slice (`large.py`)."""
    everywhere = Places(names, places.replications)
    luck = uniform(jobcentre_keys(seed, everywhere), "lot of the jobcentre", 0).reshape(-1, len(names))
    ranks = luck.argsort(axis=1).argsort(axis=1)
    column = {name: n for n, name in enumerate(names)}
    return np.array([[of_world[column[n]] if n in column else -1 for n in places.names] for of_world in ranks]).ravel()


def rank(group: Ints, chance: Floats) -> Ints:
    """Place of each chance among those of her group, from 0."""
    order = np.lexsort((chance, group))
    found = np.empty(len(group), dtype=np.int64)
    found[order] = turn_of(group[order])
    return found


def arm_of(turn: Floats, arms: Mapping[str, float], lineage: Mapping[str, Sequence[str]]) -> NDArray[np.int8]:
    """Which arm each turn (0 to 1) falls to, by its place among `arms`.

    Arms lie along the turns in an order of hashes of their names, so the order in which they are written moves nobody,
    and the parts of an arm lie where it lay. Limits are rounded, for parts add up to their arm but for the last bits.
    """
    names = list(arms)
    along = sorted(names, key=lambda name: [word(f"{ALONG}{step}") for step in lineage.get(name, [name])])
    upper = np.cumsum([arms[name] for name in along])
    place = np.searchsorted(np.round(upper / upper[-1], 12), turn, side="right")
    numbers = np.array([names.index(name) for name in along], dtype=np.int8)
    return numbers[np.minimum(place, len(names) - 1)]
