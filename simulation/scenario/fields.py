"""The schema of a file as a tree of types: which keys are allowed at a place, the unit of a value and its limits."""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Union

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulation.interventions import KINDS, Intervention
from simulation.scenario.files.dates import undated
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.world.spec import is_distribution


class Number(NamedTuple):
    """What a field that is a number may be: unit ("" if it has none), whole numbers only, limits (infinite where there
    are none), and whether a distribution of such numbers may stand there."""

    unit: str
    whole: bool
    lowest: float
    highest: float
    distribution: bool = False


def number_at(path: Path, data: Mapping[str, Any]) -> Number | None:
    """The number, or the distribution of numbers, that the data of a scenario may have at this path; None: none."""
    options: list[tuple[Any, tuple[Any, ...]]] = [(Scenario, ())]
    path = steps = undated(path)
    if (below := _within_intervention(path)) is not None:
        settings = _settings_at(path, data)
        options, steps = ([(settings, ())] if settings else []), below[1:]
    for step in steps:
        following: list[tuple[Any, tuple[Any, ...]]] = []
        for option, _ in options:
            if isinstance(option, type) and issubclass(option, BaseModel):
                if (field := option.model_fields.get(str(step))) is not None:
                    following += _alternatives(field.annotation, (field,))
            elif typing.get_origin(option) in (dict, list):
                following += _alternatives(typing.get_args(option)[-1], ())
        options = following
    return next((number for option, notes in options if (number := _number(option, notes)) is not None), None)


def _alternatives(annotation: Any, notes: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The plain types that an annotation allows, each with the notes (fields, limits) that stand around it."""
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        yield from _alternatives(args[0], (*notes, *args[1:]))
    elif origin in (Union, types.UnionType):
        for option in args:
            yield from _alternatives(option, notes)
    else:
        yield annotation, notes


def _number(option: Any, notes: Sequence[Any]) -> Number | None:
    fields = [note for note in notes if isinstance(note, FieldInfo)]
    said = [*(limit for field in fields for limit in field.metadata), *notes]
    extras = [field.json_schema_extra for field in fields]
    unit = next((str(extra["unit"]) for extra in extras if isinstance(extra, Mapping) and "unit" in extra), "")
    if typing.get_origin(option) is dict and is_distribution(said):
        key = next(iter(_alternatives(typing.get_args(option)[0], ())))
        number = _number(*key)
        return None if number is None else number._replace(unit=unit or number.unit, distribution=True)
    if option not in (int, float):
        return None
    ends = [[getattr(note, name) for note in said for name in names if hasattr(note, name)]
            for names in (("ge", "gt"), ("le", "lt"))]  # fmt: skip
    return Number(unit, option is int, max(ends[0], default=-math.inf), min(ends[1], default=math.inf))


def _fields_to(path: Path, root: type[BaseModel]) -> list[FieldInfo]:
    """The fields that the steps of a path lead through, from `root` down."""
    options: list[Any] = [root]
    fields: list[FieldInfo] = []
    for step in path:
        following: list[Any] = []
        for option in options:
            origin, args = typing.get_origin(option), typing.get_args(option)
            if isinstance(option, type) and issubclass(option, BaseModel):
                field = option.model_fields.get(str(step))
                if field is not None:
                    fields.append(field)
                    following += _parts(field.annotation)
            elif origin in (dict, list):
                item = args[-1]
                if typing.get_origin(item) is Annotated and (field := _annotated(item)) is not None:
                    fields.append(field)
                following += _parts(item)
        options = following
    return fields


def fields_at(path: Path, data: Mapping[str, Any], root: type[BaseModel] = Scenario) -> set[str]:
    """The keys that are allowed in the mapping at this path of the data of a scenario (or of another `root`)."""
    options: list[Any] = [root]
    if root is Scenario and (settings := _settings_at(path, data)) is not None:
        options, path = [settings], (_within_intervention(path) or ())[1:]
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


def unit_of(path: Path, data: Mapping[str, Any]) -> str:
    """The unit of the value at this path of the data of a scenario, or "" if it has none."""
    path = undated(path)
    settings = _settings_at(path, data)
    return _unit(path, Scenario) if settings is None else _unit((_within_intervention(path) or ())[1:], settings)


def models_on_the_way(path: Path, data: Mapping[str, Any]) -> list[tuple[int, type[BaseModel]]]:
    """The parts of a scenario that a path leads through, each with the number of steps down to it; none if the path
    leads nowhere."""
    settings = _settings_at(path, data)
    options: list[Any] = [Scenario if settings is None else settings]
    found, begin = [], 0 if settings is None else 2
    for n in range(begin, len(path)):
        following: list[Any] = []
        for option in options:
            if isinstance(option, type) and issubclass(option, BaseModel):
                if str(path[n]) in option.model_fields:
                    found.append((n, option))
                    following += _parts(option.model_fields[str(path[n])].annotation)
            elif typing.get_origin(option) in (dict, list):
                following += _parts(typing.get_args(option)[-1])
        options = following
    return found if options else []


@lru_cache(maxsize=10_000)
def _unit(path: Path, root: type[BaseModel]) -> str:
    for field in reversed(_fields_to(path, root)):
        if isinstance(field.json_schema_extra, Mapping) and "unit" in field.json_schema_extra:
            return str(field.json_schema_extra["unit"])
    return ""


def _settings_at(path: Path, data: Mapping[str, Any]) -> type[Intervention] | None:
    """The settings of the intervention that a path lies in; None if it lies in none of a known kind."""
    if (below := _within_intervention(path)) is None:
        return None
    interventions = data.get("interventions")
    written = interventions.get(below[0]) if isinstance(interventions, dict) else None
    kind = KINDS.get(str(written.get("kind"))) if isinstance(written, dict) else None
    return None if kind is None else kind.settings


def _within_intervention(path: Path) -> Path | None:
    """The name of the intervention that a path lies in, be it in one jobcentre, and the rest of the path; None: in
    none."""
    below = path[2:] if path[:1] == ("jobcentres",) else path
    return below[1:] if below[:1] == ("interventions",) and len(below) > 1 else None


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
