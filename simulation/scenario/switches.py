"""What a scenario can be tried without: the mechanisms whose fields declare it (`world/switch.py`)."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.load import Loaded
from simulation.scenario.never import parts_of
from simulation.scenario.schema import Scenario
from simulation.world.switch import EFFECTS, Switch


def switches(loaded: Loaded) -> dict[str, dict[str, Any]]:
    """What is set at which dotted path to leave each mechanism out, by its name; of those alone that the scenario has.
    The effects of an intervention are called as `effects.NAME`."""
    found: dict[str, dict[str, Any]] = {}
    for path, switch in _declared(loaded.scenario):
        if path[0] == "jobcentres" and path[2:3] == ("interventions",) and switch.name == EFFECTS:
            name = f"{EFFECTS}.{path[3]}"
        else:
            name = f"{EFFECTS}.{path[1]}" if switch.name == EFFECTS else switch.name
        try:
            there = loaded.resolved.value_at(path)
        except KeyError:  # a jobcentre has what all have
            continue
        if there is not None and there != switch.off:
            found.setdefault(name, {})[dotted(path)] = switch.off
    return {name: _outermost(paths) for name, paths in found.items()}


def _declared(scenario: Scenario) -> Iterator[tuple[Path, Switch]]:
    for path, part in parts_of((), scenario):
        for name, field in type(part).model_fields.items():
            if (switch := switch_of(field)) is not None:
                yield (*path, field.alias or name), switch


def switch_of(field: FieldInfo) -> Switch | None:
    """The mechanism that a field is; None: it is none."""
    return next(_marks([*field.metadata, field.annotation]), None)


def _marks(notes: list[Any]) -> Iterator[Switch]:
    """Switches among notes on a type and on the types that it is made of."""
    for note in notes:
        if isinstance(note, Switch):
            yield note
        else:
            yield from _marks([*typing.get_args(note), *getattr(note, "__metadata__", ())])


def _outermost(paths: dict[str, Any]) -> dict[str, Any]:
    """Without those that lie within another one, which is left out as a whole."""
    return {path: off for path, off in paths.items()
            if not any(path.startswith(f"{other}.") for other in paths)}  # fmt: skip
