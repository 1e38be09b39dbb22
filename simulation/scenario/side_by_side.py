"""The values of several scenarios side by side: one row a key, one column a scenario, the base first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulation.scenario.changes import changes, told_apart, values_of
from simulation.scenario.fields import unit_of
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded
from simulation.world.staff.teams import NO_LIMIT


@dataclass(frozen=True)
class Key:
    """A key with its value in every scenario (None: it has none), and the fit that each is of ("": of none)."""

    key: str
    unit: str
    values: tuple[Any, ...]
    fits: tuple[str, ...]


def side_by_side(scenarios: Sequence[Loaded], every: bool = False) -> list[Key]:
    """The keys that differ from the first scenario in what is simulated, or `every` key that one of them has."""
    base, *others = scenarios
    by_scenario = [{change.key: change for change in changes(base, other)} for other in others]
    keys = {key: change for found in by_scenario for key, change in found.items()}
    rows = []
    for key, change in keys.items():
        own = [found.get(key) for found in by_scenario]  # None: as the first one
        values = (change.before, *(change.before if each is None else each.after for each in own))
        fits = (change.fitted_before, *(change.fitted_before if each is None else each.fitted_after for each in own))
        rows.append(Key(key, change.unit, tuple(map(_known, values)), fits))
    if not every:
        return rows
    data = base.resolved.data
    same = [
        Key(dotted(path), unit_of(path, data), (value,) * len(scenarios), (_fit(base, path),) * len(scenarios))
        for path, value in values_of(base.resolved) if dotted(path) not in keys
    ]  # fmt: skip
    order = {dotted(path): n for n, (path, _) in enumerate(values_of(base.resolved))}
    return sorted([*same, *rows], key=lambda row: order.get(row.key, len(order)))


def _known(value: Any) -> Any:
    """A value that stands for nothing, such as a limit that nobody reaches, as none."""
    return None if value == NO_LIMIT else value


def _fit(loaded: Loaded, path: Any) -> str:
    fit = loaded.resolved.fitted.get(path)
    return "" if fit is None else fit.name


def columns(scenarios: Sequence[Loaded], rows: Sequence[Key]) -> tuple[list[str], list[list[Any]]]:
    """The head and the rows of a table: key, unit, and one column a scenario by its name."""
    return ["key", "unit", *told_apart(scenarios)], [[row.key, row.unit, *map(plain, row.values)] for row in rows]


def plain(value: Any) -> Any:
    """A value as it stands in one cell: numbers as they are, a list in words, nothing where there is none."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if value is None or isinstance(value, int | float | str) else str(value)
