"""The steps that lead to a part of some settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel


def path_to(part: Any, whole: Any) -> tuple[Any, ...] | None:
    """The steps that lead to this very part within some settings; None if it is no part of them, or has nothing in
    it."""
    if not part:
        return None
    items: Iterable[tuple[Any, Any]] = whole if isinstance(whole, BaseModel) else enumerate(whole)
    if isinstance(whole, Mapping):
        items = whole.items()
    for step, inner in items:
        if inner is part:
            return (step,)
        if isinstance(inner, BaseModel | Mapping | list) and (below := path_to(part, inner)) is not None:
            return (step, *below)
    return None


def part_at(whole: Any, path: Sequence[Any]) -> Any:
    """The part of some settings to which these steps lead."""
    for step in path:
        whole = getattr(whole, step) if isinstance(whole, BaseModel) else whole[step]
    return whole
