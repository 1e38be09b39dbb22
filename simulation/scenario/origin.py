"""Where the values of a scenario come from: the file and line, what is said of the source, and what was replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.scenario.fields import unit_of
from simulation.scenario.files.dates import FROM, of_change
from simulation.scenario.files.fitted import Fit
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean, shortened
from simulation.scenario.files.sourced import Origin, Sourced
from simulation.scenario.files.values import EVIDENCE, unwrap
from simulation.scenario.files.yamlfile import Path, dotted, read
from simulation.scenario.load import Loaded

_OF_OTHER_FILES = ("targets", "parameters", "mechanisms")
"""Keys of which one is a mapping in every file of published figures, fitted values or evidence, and of no scenario."""
MOST_MEANT = 5
"""Keys that end as what was asked for, above which they are not all named."""


@dataclass(frozen=True)
class Before:
    """What another value stood for at the same key; `taken` if the key was taken away or its part replaced there."""

    mark: Mark
    value: Any
    origin: Origin | None
    taken: bool = False


@dataclass(frozen=True)
class ValueOrigin:
    """Where one value comes from. `through` are the places by which its file came in, `fit` and `synthesis` what filled
    it, `earlier` what it stands for, the nearest first; a `usual` one is written nowhere."""

    key: str
    value: Any
    unit: str
    origin: Origin
    through: tuple[Mark, ...] = ()
    fit: Fit | None = None
    synthesis: str = ""
    earlier: tuple[Before, ...] = ()
    usual: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As data."""
        found: dict[str, Any] = {"key": self.key, "value": self.value, "unit": self.unit}
        if self.usual:
            return {**found, "usual": True, "instead_of": self._instead()}
        found |= self.origin.as_dict()
        if self.fit is not None:
            low, high = self.fit.interval(self.key)
            found |= {"fitted": self.fit.name, "fitted_in": self.fit.file, "fitted_low": low, "fitted_high": high}
        if self.synthesis:
            found |= {"effect": self.origin.of, "synthesis": self.synthesis}
        found["inherited_by"] = [{"file": by.file, "line": by.line} for by in self.through]
        found["instead_of"] = self._instead()
        return found

    def _instead(self) -> list[dict[str, Any]]:
        return [
            {"value": None if each.taken else each.value, "file": each.mark.file, "line": each.mark.line,
             **({"taken_away": True} if each.taken else {})}
            for each in self.earlier
        ]  # fmt: skip


def origins(loaded: Loaded, key: str) -> list[ValueOrigin]:
    """Where the value at a dotted key comes from, or every value below it. Raises InputProblems for a key that the
    scenario does not know."""
    path = loaded.resolved.place_of(key.split("."))
    if path is None:
        return [_usual(loaded, key)]
    below = [(found, value) for found, value in loaded.resolved.leaves() if found[: len(path)] == path]
    chain = _scenario_files(loaded)
    return [_origin(loaded, found, value, chain) for found, value in below or [(path, loaded.resolved.value_at(path))]]


def _origin(loaded: Loaded, path: Path, value: Any, chain: Iterable[Sourced]) -> ValueOrigin:
    resolved = loaded.resolved
    origin = resolved.origin(path)
    found = [before for sourced in chain for before in _before(sourced, path)]
    earlier = [before for before in reversed(found) if before.mark != resolved.mark(path)]
    synthesis = resolved.synthesis.file if origin.of and resolved.synthesis is not None else ""
    return ValueOrigin(
        dotted(path), value, unit_of(path, resolved.data), origin, resolved.inherited_by.get(origin.mark.file, ()),
        resolved.fitted.get(path), synthesis, tuple(earlier),
    )  # fmt: skip


def _before(sourced: Sourced, path: Path) -> Iterable[Before]:
    """What one file says at a key, if anything."""
    part: Any = sourced.data
    for n, step in enumerate(path):
        if step == FROM and path[:n] in sourced.dated:
            part = sourced.dated[path[:n]]
            continue
        inside = step in part if isinstance(part, Mapping) else isinstance(part, list) and int(step) < len(part)
        if not inside:
            return []
        part = part[step] if isinstance(part, Mapping) else part[int(step)]
        here = path[: n + 1]
        if part is not None and of_change(path) == n + 1:
            if here not in sourced.dated:  # it does not change here
                return []
            continue
        if part is None or (n + 1 < len(path) and not isinstance(part, Mapping | list)):
            return [Before(sourced.mark(here), part, None, taken=True)]
    if isinstance(part, Mapping | list) and part:
        return []
    return [Before(sourced.mark(path), part, sourced.origin(path))]


def _scenario_files(loaded: Loaded) -> list[Sourced]:
    """What the files of a scenario say, from the furthest base to itself; not those of figures, fits and evidence."""
    found = [unwrap(read(file))[0] for file in loaded.resolved.inherited_by]
    return [each for each in found if not any(isinstance(each.data.get(key), Mapping) for key in _OF_OTHER_FILES)]


def _usual(loaded: Loaded, key: str) -> ValueOrigin:
    """A value that is written nowhere, so that the usual one holds."""
    whole: Any = loaded.scenario.model_dump(mode="json")
    for step in key.split("."):
        if not (isinstance(whole, Mapping) and step in whole):
            message = f"the scenario has no '{shortened(key)}'{_meant(loaded, key)}"
            raise InputProblems([Problem(message, Mark(loaded.file, 1, 1))])
        whole = whole[step]
    path = tuple(key.split("."))
    found = [before for sourced in _scenario_files(loaded) for before in _before(sourced, path)]
    unit, nowhere = unit_of(path, loaded.resolved.data), Origin(Mark("", 0, 0))
    return ValueOrigin(key, whole, unit, nowhere, earlier=tuple(reversed(found)), usual=True)


def _meant(loaded: Loaded, key: str) -> str:
    paths = {path[:length] for path, _ in loaded.resolved.leaves() for length in range(1, len(path) + 1)}
    keys = sorted(map(dotted, paths))
    ends = [name for name in keys if name.endswith(f".{key}")]
    if ends and len(ends) <= MOST_MEANT:
        return f"; there is {', '.join(ends)}"
    last = did_you_mean(key.split(".")[-1], {name.split(".")[-1] for name in keys}) if "." not in key else ""
    return did_you_mean(key, keys) or last


def filled_by(found: ValueOrigin) -> str:
    """What filled a value, in words; "" if it stands in the file itself."""
    if found.fit is not None:
        low, high = found.fit.interval(found.key)
        return f"fitted: {found.fit.name}, 95 % {low:g} to {high:g}"
    return f"{EVIDENCE}: {found.origin.of}" if found.synthesis else ""
