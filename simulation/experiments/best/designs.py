"""What the best is chosen among: the points of a grid, or scenarios, all simulated by the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.experiments.grid import Grid
from simulation.results.names import ALLE, Group, Names
from simulation.scenario.alike import CONCERNED, Alike
from simulation.scenario.axes import Value, shown
from simulation.scenario.changes import nothing_differs, told_apart
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.settings import set_values
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario


@dataclass(frozen=True)
class Designs:
    """The scenarios that are stored with the result, and the grid of the first one if its points are the designs."""

    loaded: Sequence[Loaded]
    grid: Grid | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.loaded) if self.grid is None else len(self.grid.points)

    @property
    def keys(self) -> Mapping[str, Sequence[Value]]:
        """The swept keys with their values; none of scenarios."""
        return {} if self.grid is None else self.grid.axes

    def scenario(self, number: int) -> Scenario:
        """The scenario of a design."""
        if self.grid is None:
            return self.loaded[number].scenario
        if number not in self._variants:
            self._variants[number] = self.grid.variant(number)
        return self._variants[number]

    @cached_property
    def _variants(self) -> dict[int, Scenario]:
        """Points of the grid that were asked for: to make one takes longer than to look it up."""
        return {}

    def values(self, number: int) -> dict[str, Value]:
        """What the swept keys are in a design."""
        return {} if self.grid is None else self.grid.changes(number)

    def title(self, number: int) -> str:
        """What a design is called: by its swept keys, or as a scenario."""
        if self.grid is None:
            return self._titles[number]
        return ", ".join(f"{self.grid.short[key]} {shown(value)}" for key, value in self.values(number).items())

    @cached_property
    def _titles(self) -> list[str]:
        return told_apart(self.loaded)

    @cached_property
    def schemas(self) -> list[Scenario]:
        """The scenarios that outcomes are read from: one where all are of one file."""
        return [each.scenario for each in self.loaded]

    @cached_property
    def names(self) -> Names:
        """What the outcomes are called, and what they mean."""
        return Names(self.loaded[0].scenario)

    @property
    def group(self) -> Group:
        """The group to look at where none is named."""
        return ALLE if self.grid is None else self.grid.group

    @cached_property
    def same_people(self) -> bool:
        """Whether all designs follow the same people, so that replications are pairs."""
        if self.grid is not None and not any(key.split(".")[0] in CONCERNED for key in self.keys):
            return True
        first = self.scenario(0)
        return all(Alike(first, self.scenario(number)).same_people for number in range(1, self.count))


def axes_alone(resolved: Resolved) -> Resolved:
    """A scenario without the outcomes and the service level of its sweep block, which are of other questions."""
    block = resolved.data.get("sweep")
    if not isinstance(block, Mapping):
        return resolved
    return set_values(resolved, {f"sweep.{key}": None for key in ("outcomes", "service") if key in block})


def refused(designs: Designs) -> list[str]:
    """Why scenarios cannot be held against each other; points of a grid were looked at when it was made."""
    first = designs.scenario(0)
    found = [same for other in designs.loaded[1:] if (same := nothing_differs(designs.loaded[0], other))]
    for number in range(1, designs.count):
        alike = Alike(first, designs.scenario(number))
        reason = alike.refused
        if reason is None and not alike.same_window:
            reason = f"runs of {first.weeks} and {designs.scenario(number).weeks} weeks: outcomes are of other lengths"
        if reason is not None:
            found.append(f"{designs.title(0)} and {designs.title(number)}: {reason}")
    return found
