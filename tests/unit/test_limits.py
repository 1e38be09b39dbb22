"""Every number that a file may hold has a lowest and a highest value: single ones, items of lists, keys and values of
mappings alike. So none is ever too large for the arrays that it ends up in."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Union

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from calibration.study import PriorsFile, TargetsFile
from simulation.interventions import KINDS, Intervention
from simulation.scenario.schema import Scenario

FREE = {"Scenario.sweep.over.*.*"}
"""Swept values are tried one by one in the place that they are swept for."""


def numbers(annotation: Any, path: str, notes: list[Any]) -> Iterator[tuple[str, dict[str, float]]]:
    """Every number below an annotation: where it is, and its limits by name."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        yield from numbers(arguments[0], path, [*notes, *arguments[1:]])
    elif origin in (Union, types.UnionType):
        for option in arguments:
            yield from numbers(option, path, notes)
    elif origin is dict:
        yield from numbers(arguments[0], f"{path}.<key>", [])
        yield from numbers(arguments[1], f"{path}.*", [])
    elif origin is list:
        yield from numbers(arguments[0], f"{path}.*", [])
    elif annotation is Intervention:
        for kind in KINDS.values():
            yield from numbers(kind.settings, f"{path}({kind.settings.__name__})", [])
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield from numbers(field.annotation, f"{path}.{name}", list(field.metadata))
    elif annotation in (int, float):
        limits = [each for note in notes for each in (note.metadata if isinstance(note, FieldInfo) else [note])]
        yield path, {name: getattr(each, name) for each in limits for name in ("ge", "gt", "le", "lt")
                     if hasattr(each, name)}  # fmt: skip


def test_every_number_has_limits() -> None:
    found = {}
    for root in (Scenario, TargetsFile, PriorsFile):
        found |= dict(numbers(root, root.__name__, []))
    assert len(found) > 400 and "Scenario.interventions.*(Samtaler).plans.*.first_week.<key>" in found
    closed = {path for path, limits in found.items() if {"ge", "gt"} & set(limits) and {"le", "lt"} & set(limits)}
    assert found.keys() - closed == FREE


def test_no_week_is_beyond_what_the_register_can_hold() -> None:
    """Weeks are kept in 16 bits; three of the longest after each other fit."""
    found = dict(numbers(Scenario, "", []))
    weeks = [limits["le"] for path, limits in found.items() if path.endswith(("week", "weeks")) and "per_" not in path]
    assert len(weeks) > 40 and max(weeks) * 3 < 2**15
