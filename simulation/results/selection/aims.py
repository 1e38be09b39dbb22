"""What a search for the best design is asked, what it asks for, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulation.results.ends import FEW
from simulation.world.spec import Floats

Simulate = Callable[[Sequence[tuple[int, range]]], Sequence[Floats]]
"""Replications of designs: of each pair of a design and numbers of replications an array (outcomes, replications). The
first outcome is what shall be large, each further one by how much a limit is exceeded (0 or less: it is kept). A
replication of a number has the same luck in every design. NaN: the design does not have the outcome there."""
Word = Literal["best", "same", "dropped", "barred", "open", "unknown"]


@dataclass(frozen=True)
class Aim:
    """`zone` is the difference that does not matter, 0 where the first outcome is known without simulation;
    `tolerances` say of each limit how far from it does not matter. `events` are the least by which an outcome can
    differ in a replication, in the same order: what was the same in n replications is taken as if one of n differed by
    that. `first` replications are simulated of every design, then blocks of `block` of those that are left, at most
    `most` of each. All in the unit of the outcome."""

    zone: float
    tolerances: tuple[float, ...] = ()
    confidence: float = 0.95
    events: tuple[float, ...] = ()
    first: int = FEW
    block: int = FEW
    most: int = 1000

    def event(self, outcome: int) -> float:
        """The least event of an outcome."""
        return self.events[outcome] if self.events else 0.0


@dataclass
class Fate:
    """What became of a design. *best*: chosen; *same*: the same as the best in every replication; *dropped*: surely
    not better than `by` by the zone or more; *barred*: surely beyond a limit; *unknown*: some replications do
    not have its outcomes; *open*: not decided. `kept` says of each limit whether it is kept, None: not decided."""

    kept: list[bool | None]
    word: Word = "open"
    by: int | None = None

    @property
    def feasible(self) -> bool:
        """Whether it is decided that all limits are kept."""
        return all(kept is True for kept in self.kept)

    @property
    def runs_on(self) -> bool:
        """Whether it is still in the race."""
        return self.word == "open"


@dataclass(frozen=True)
class Chosen:
    """What was found. `values` has of each design its outcomes, shape (outcomes, its replications). `decided`: the
    procedure ended by its own rule, so that its confidence holds. `chance` is, of a search within a budget, the least
    that the chance of a right choice is reckoned to be; None of one with a confidence."""

    best: int | None
    fates: tuple[Fate, ...]
    values: tuple[Floats, ...]
    decided: bool
    chance: float | None = None

    @property
    def replications(self) -> list[int]:
        """How many were simulated of each design."""
        return [values.shape[1] for values in self.values]

    @property
    def used(self) -> int:
        """How many were simulated altogether."""
        return sum(self.replications)

    @property
    def of_equal(self) -> int:
        """How many it would have been, had every design got as many as the one that got most."""
        return len(self.values) * max(self.replications)


class Race:
    """Replications of designs as they come in."""

    def __init__(self, simulate: Simulate, designs: int, aim: Aim) -> None:
        self.aim, self._simulate = aim, simulate
        self.values: list[Floats] = [np.empty((1 + len(aim.tolerances), 0))] * designs
        self.fates = [Fate([None] * len(aim.tolerances)) for _ in range(designs)]

    def more(self, counts: Mapping[int, int]) -> None:
        """So many more replications of each of these designs; one that does not have an outcome in all of them is out
        of the race."""
        had = {design: self.values[design].shape[1] for design in counts}
        found = self._simulate([(design, range(had[design], had[design] + count)) for design, count in counts.items()])
        for design, values in zip(counts, found, strict=True):
            self.values[design] = np.concatenate([self.values[design], values], axis=1)
            if np.isnan(values).any():
                self.fates[design].word = "unknown"

    @property
    def left(self) -> list[int]:
        """The designs that are still in the race."""
        return [number for number, fate in enumerate(self.fates) if fate.runs_on]

    @property
    def limits(self) -> range:
        """The outcomes that are limits."""
        return range(1, 1 + len(self.aim.tolerances))

    def mean(self, design: int, outcome: int = 0) -> float:
        """The mean of an outcome of a design."""
        return float(self.values[design][outcome].mean())

    def foremost(self) -> int | None:
        """The design with the largest mean of those in the race whose means keep all limits; the first of equals."""
        keeping = [design for design in self.left if all(self.mean(design, limit) <= 0 for limit in self.limits)]
        return max(keeping, key=self.mean, default=None)

    def variance(self, values: Floats, outcome: int) -> Floats:
        """The variance of an outcome, or of differences of it, over replications, which stand in the last axis."""
        n = values.shape[-1]
        found = np.var(values, axis=-1, ddof=1)
        return np.asarray(np.maximum(found, self.aim.event(outcome) ** 2 / n))

    def chosen(self, best: int | None, decided: bool, chance: float | None = None) -> Chosen:
        """What was found, with this design as the best."""
        if best is not None:
            self.fates[best].word = "best"
        return Chosen(best, tuple(self.fates), tuple(self.values), decided, chance)
