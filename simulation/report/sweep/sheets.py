"""What the figures of a sweep have in common: the points that a picture shows, and places on an axis."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.experiments.swept import Swept
from simulation.results.names import Figure
from simulation.scenario.axes import Value, number_or_none, shown
from simulation.scenario.fields import unit_of


@dataclass(frozen=True)
class Sheet:
    """What one picture shows: the points by value of the first two axes, with the further axes at these values."""

    swept: Swept
    fixed: Mapping[str, Value]
    suffix: str

    @property
    def keys(self) -> list[str]:
        """First and, if there is one, second axis."""
        return varying(self.swept)[:2]

    @property
    def first(self) -> tuple[Value, ...]:
        """Values of the first axis, in order."""
        return in_order(self.swept.grid.axes[self.keys[0]])

    @property
    def second(self) -> tuple[Value, ...]:
        """Values of the second axis; one that is none if there is no second axis."""
        return in_order(self.swept.grid.axes[self.keys[1]]) if len(self.keys) > 1 else (None,)

    def point(self, x: Value, y: Value) -> int:
        """Number of a point."""
        first_values = {key: values[0] for key, values in self.swept.grid.axes.items()}  # for keys with a single one
        values = {**first_values, self.keys[0]: x, **self.fixed, **({self.keys[1]: y} if len(self.keys) > 1 else {})}
        return self.swept.grid.number[tuple(values[key] for key in self.swept.grid.axes)]


def varying(swept: Swept) -> list[str]:
    """The keys that have several values."""
    return [key for key, values in swept.grid.axes.items() if len(values) > 1]


def service_figure(swept: Swept) -> Figure | None:
    """The figure that the service level is about."""
    return swept.grid.service_figure


def panels_wide(panels: int) -> int:
    """Panels in a row."""
    return 2 if panels == 4 else min(panels, 3)


def not_too_near(panel: Any) -> None:
    """Widen an axis on which nothing moves: else it shows the rounding of numbers."""
    low, high = panel.get_ylim()
    if high - low < 1e-6 * max(1.0, abs(high)):
        panel.set_ylim((low + high) / 2 - 1, (low + high) / 2 + 1)


def in_order(values: Sequence[Value]) -> tuple[Value, ...]:
    """Numbers from the smallest to the largest, anything else as it was given."""
    if any(number_or_none(value) is None for value in values):
        return tuple(values)
    return tuple(sorted(values, key=lambda value: number_or_none(value) or 0.0))


def places(values: Sequence[Value]) -> tuple[np.ndarray, list[str] | None]:
    """Where values stand on an axis, and the names to write there if they are not all numbers."""
    numbers = [number_or_none(value) for value in values]
    if any(number is None for number in numbers):
        return np.arange(len(values), dtype=float), ["\n".join(textwrap.wrap(shown(v), 14)) for v in values]
    order = np.array([float(number) for number in numbers if number is not None])
    return order, None


def unit_of_axis(swept: Swept, key: str) -> str:
    """The unit of a swept key, "" if it has none."""
    return unit_of(tuple(key.split(".")), swept.grid.loaded.resolved.data)


def axis_text(swept: Swept, key: str) -> str:
    """A swept key with its unit."""
    unit = unit_of_axis(swept, key)
    return f"{key} ({unit})" if unit else key
