"""The schema of a file as a tree of types: which keys are allowed at a place, and the unit of a value."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Union

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulation.interventions import KINDS, Intervention
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario


def field_at(path: Path) -> FieldInfo | None:
    """The field at a path, or else the nearest field above it; None if there is none."""
    options: list[Any] = [Scenario]
    nearest: FieldInfo | None = None
    for step in path:
        following: list[Any] = []
        for option in options:
            origin, args = typing.get_origin(option), typing.get_args(option)
            if isinstance(option, type) and issubclass(option, BaseModel):
                field = option.model_fields.get(str(step))
                if field is not None:
                    nearest = field
                    following += _parts(field.annotation)
            elif origin in (dict, list):
                item = args[-1]
                if typing.get_origin(item) is Annotated:
                    nearest = _annotated(item) or nearest
                following += _parts(item)
        options = following
    return nearest


def fields_at(path: Path, data: Mapping[str, Any], root: type[BaseModel] = Scenario) -> set[str]:
    """The keys that are allowed in the mapping at this path of the data of a scenario (or of another `root`)."""
    options: list[Any] = [root]
    if root is Scenario and path[:1] == ("interventions",) and len(path) > 1:
        written = data["interventions"][path[1]]
        kind = KINDS.get(str(written.get("kind"))) if isinstance(written, Mapping) else None
        options, path = ([kind.settings], path[2:]) if kind else (options, path)
    for step in path:
        following: list[Any] = []
        for option in options:
            if isinstance(option, type) and issubclass(option, BaseModel):
                if str(step) in option.model_fields:
                    following += _parts(option.model_fields[str(step)].annotation)
            elif typing.get_origin(option) in (dict, list):
                following += _parts(typing.get_args(option)[-1])
        options = following
    models = [option for option in options if isinstance(option, type) and issubclass(option, BaseModel)]
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def unit_of(path: Path) -> str:
    """The unit of the value at this path, or "" if it has none."""
    for length in range(len(path), 0, -1):
        field = field_at(path[:length])
        extra = field.json_schema_extra if field else None
        if isinstance(extra, Mapping) and "unit" in extra:
            return str(extra["unit"])
    return ""


def _parts(annotation: Any) -> list[Any]:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _parts(typing.get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [part for option in typing.get_args(annotation) for part in _parts(option)]
    if annotation is Intervention:
        return [kind.settings for kind in KINDS.values()]
    return [annotation]


def _annotated(annotation: Any) -> FieldInfo | None:
    infos = [each for each in typing.get_args(annotation)[1:] if isinstance(each, FieldInfo)]
    return infos[0] if infos else None
