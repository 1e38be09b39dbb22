"""Measure several checkouts in turn, round by round, since the speed of a machine drifts."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from figure import Figure
from plain import Plain
from tree import Probe, Tree

Of = TypeVar("Of")
Got = TypeVar("Got")


@dataclass
class Bench:
    """What is measured with: the checkouts (the one before, if any, first), a process for each, and the C loop."""

    trees: Sequence[Tree]
    plain: Plain | None
    rounds: int
    quick: bool
    _probes: list[Probe] = field(default_factory=list)

    @property
    def probes(self) -> list[Probe]:
        """A process for each checkout, started when first needed and warm."""
        if not self._probes:
            self._probes = [tree.probe() for tree in self.trees]
            for probe in self._probes:
                probe.ask("jobcentre", persons=1_000, worlds=1)
        return self._probes

    def close(self) -> None:
        """End the processes."""
        for probe in self._probes:
            probe.close()


def in_turn(those: Sequence[Of], measure: Callable[[Of], Got], round_number: int) -> list[Got]:
    """The measure of each; in every second round the last one goes first."""
    numbers = range(len(those)) if round_number % 2 == 0 else reversed(range(len(those)))
    found = {number: measure(those[number]) for number in numbers}
    return [found[number] for number in range(len(those))]


def figure(name: str, what: str, unit: str, rounds: Sequence[Sequence[float]]) -> Figure:
    """The medians of what each round (outer) has of each checkout (inner)."""
    over = statistics.median(row[-1] / row[0] for row in rounds) if len(rounds[0]) > 1 else None
    return Figure(name, what, unit, [statistics.median(column) for column in zip(*rounds, strict=True)], over)
