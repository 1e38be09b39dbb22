"""Settings for more or fewer ledige: what a jobcentre has for them grows with their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

Change = Callable[[Any], Any]


def times(factor: float) -> Change:
    """Of a number one that is so many times as large; a whole one stays whole, and above 0 if it was."""

    def change(number: float) -> float:
        if isinstance(number, int):
            return max(round(number * factor), 1) if number else 0
        return number * factor

    return change


def with_numbers(part: Any, steps: Sequence[str], change: Change) -> Any:
    """A part of a scenario with other numbers at the places to which the steps lead (`*`: any key or item); where
    nothing is said, nothing is changed."""
    if part is None or not steps:
        return None if part is None else change(part)
    step, *rest = steps
    if isinstance(part, BaseModel):
        return part.model_copy(update={step: with_numbers(getattr(part, step), rest, change)})
    if isinstance(part, Mapping):
        return {key: with_numbers(item, rest, change) if step in ("*", key) else item for key, item in part.items()}
    return [with_numbers(item, rest, change) for item in part]
