"""Which values of a scenario are drawn when all uncertainty is asked for, each from its law; which are not, and why.

Fitted values are drawn elsewhere, together, from their posterior. `published` values without a standard error and rules
are as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from simulation.scenario.fields import number_at
from simulation.scenario.files.sourced import Origin
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.laws import NO_RANGE, Chance, Law, OfMean, Ranged, Tied, law_of
from simulation.scenario.load import Loaded

Part = Literal["evidence", "assumption"]
SURE = ("rule", "published")
"""Kinds that are not drawn, unless they have a standard error."""


@dataclass(frozen=True)
class Unsure:
    """A value that is drawn, or several that are drawn together: `name` is its dotted path (of shares of levels that of
    what they are shares of), `value` what is written there."""

    name: str
    value: Any
    law: Law
    part: Part
    origin: Origin

    @property
    def written(self) -> dict[str, Any]:
        """What is written at which dotted path."""
        return dict(self.value) if isinstance(self.law, Tied) else {self.name: self.value}

    @property
    def unknown(self) -> str:
        """What its chance belongs to. What several places take from one number of the synthesis is one unknown."""
        return f"{self.origin.of} {self.name.rpartition('.')[2]}" if self.origin.of else self.name

    def drawn(self, chance: Chance) -> dict[str, Any]:
        """What is to be put at which dotted path."""
        found = self.law.drawn(chance, self.unknown)
        return dict(found) if isinstance(self.law, Tied) else {self.name: found}

    def numbers(self, drawn: Mapping[str, Any]) -> dict[str, float]:
        """A draw as single numbers by name: of a distribution its mean, of shares of other things each of them."""
        if isinstance(self.law, Tied):
            free = list(self.law.ranged)[: None if self.law.rest else -1]
            return {place: float(drawn[place]) for place in free}
        value = drawn[self.name]
        if not isinstance(value, Mapping):
            return {self.name: float(value)}
        if isinstance(self.law, OfMean) or all(key.isdigit() for key in map(str, value)):
            return {self.name: sum(float(key) * share for key, share in value.items())}
        return {f"{self.name}.{key}": float(share) for key, share in value.items()}


@dataclass(frozen=True)
class NotDrawn:
    """A value that is unsure and not drawn, with the reason."""

    name: str
    value: Any
    why: str
    origin: Origin


def unsure_values(loaded: Loaded) -> tuple[list[Unsure], list[NotDrawn]]:
    """What is drawn of a scenario, in the order in which it is written, and what ought to be and cannot."""
    drawn: list[Unsure] = []
    not_drawn: list[NotDrawn] = []
    for place, value, origin in _places(loaded):
        found = law_of(value, origin, number_at(place, loaded.resolved.data))
        if not isinstance(found, str):
            drawn.append(Unsure(dotted(place), value, found, part_of(origin), origin))
        elif origin.range is None or origin.range[0] < origin.range[1]:
            not_drawn.append(NotDrawn(dotted(place), value, found, origin))
    for each in _of_levels(loaded):
        (drawn if isinstance(each, Unsure) else not_drawn).append(each)  # type: ignore[arg-type]
    return drawn, not_drawn


def part_of(origin: Origin) -> Part:
    """Whether the uncertainty of a value is that of evidence, or assumed."""
    return "assumption" if origin.kind in ("assumed", "") else "evidence"


def _places(loaded: Loaded) -> Iterator[tuple[Path, Any, Origin]]:
    """Values with one source each (or numbers without any) that are unsure and not fitted, each with its place."""
    resolved, seen = loaded.resolved, set[Path]()
    parameters = {row["path"] for row in loaded.parameters()}
    for leaf, _ in resolved.leaves():
        if dotted(leaf) not in parameters or leaf in resolved.fitted or _is_share_of_level(leaf):
            continue
        place = next((leaf[:n] for n in range(len(leaf), 0, -1) if leaf[:n] in resolved.origins), leaf)
        origin = resolved.origin(leaf)
        if place in seen or not _is_unsure(origin):
            continue
        if any(path[: len(place)] == place for path in resolved.fitted):
            place, origin = leaf, replace(origin, range=None, se=None)  # what is beside fitted values has no own range
        seen.add(place)
        yield place, resolved.value_at(place), origin


def _is_unsure(origin: Origin) -> bool:
    return origin.kind not in SURE or origin.se is not None or origin.concentration is not None


def _is_share_of_level(path: Path) -> bool:
    return len(path) == 4 and path[0] == "subgroups" and path[3] == "share"


def _of_levels(loaded: Loaded) -> Iterator[Unsure | NotDrawn]:
    """The shares of the levels of every characteristic, which add up to 1; nothing where all are known."""
    resolved = loaded.resolved
    for name, levels in resolved.data.get("subgroups", {}).items():
        place: Path = ("subgroups", name)
        paths: list[Path] = [(*place, level, "share") for level in levels]
        unsure = {dotted(path): origin for path in paths if _is_unsure(origin := resolved.origin(path))}
        fitted = [path for path in paths if path in resolved.fitted]
        if not unsure or len(fitted) == len(paths):
            continue
        written = {dotted(path): float(resolved.value_at(path)) for path in paths}
        ranged = {
            path: Ranged(max(span[0], 0.0), min(span[1], 1.0), log=False, whole=False)
            for path, origin in unsure.items()
            if (span := origin.range) is not None and span[0] < span[1]
        }
        rest = tuple(path for path in unsure if path not in ranged)
        if ranged and not fitted and len(ranged) + len(rest) > 1:
            origin = unsure[next(iter(ranged))]
            yield Unsure(dotted(place), written, Tied(written, ranged, rest), part_of(origin), origin)
        elif len(unsure) > 1 or fitted:
            why = "the other shares are fitted" if fitted else NO_RANGE
            yield NotDrawn(dotted(place), written, why, next(iter(unsure.values())))
