"""Rows of findings: one figure in every column, and how far each column is from what it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simulation.results.intervals import UNKNOWN, Estimate
from simulation.results.names import ALLE, Figure, Group, Names, against_reference, arm_group, arm_groups
from simulation.results.result import Result
from simulation.scenario.schema import Scenario
from simulation.world.names import Name

if TYPE_CHECKING:
    from simulation.experiments.compare import Comparison, Difference
    from simulation.interventions.contract import Outcome


ROUNDING = 1e-9
"""Differences that are no larger come of adding up in another order."""


@dataclass(frozen=True)
class Row:
    """One figure in every column, and how far each is from the first one (or, of arms, from the reference).

    `differences` has one for each column; None for what the others are held against. `moved`: a difference is further
    from nothing than its interval. `same`: nothing differs in any replication.
    """

    figure: Figure
    unit: str
    levels: Sequence[Estimate]
    differences: Sequence[Estimate | None]
    moved: bool
    same: bool = False

    @property
    def known(self) -> Sequence[Estimate]:
        """The differences that there are."""
        return [e for e in self.differences if e is not None]

    @cached_property
    def size(self) -> float:
        """How much it moves at the most: of shares the difference, of all else its part of the larger level; 0 where
        no difference is beyond its interval."""
        highest = max((abs(e.value) for e in self.levels if e.value == e.value), default=0.0)
        scale = 1.0 if self.unit == "share" else highest
        return max((abs(e.value) / scale for e in self.known if beyond(e) and scale > 0), default=0.0)

    @property
    def most(self) -> int:
        """The column that differs the most of those beyond their interval, or of all; 0 where there is none."""
        columns = [c for c, e in enumerate(self.differences) if e is not None and e.value == e.value]
        return max(columns, key=lambda c: _ranked(self.differences[c]), default=0)


def beyond(e: Estimate) -> bool:
    """Whether a difference is further from nothing than its interval; what is left by rounding is nothing."""
    return e.low > ROUNDING or e.high < -ROUNDING


def nothing(e: Estimate) -> bool:
    """Whether a difference is none in any replication."""
    return max(abs(e.low), abs(e.high)) <= ROUNDING and e.low == e.high


def rounding(e: Estimate) -> bool:
    """Whether a difference is one of rounding alone, whatever its interval may be."""
    return abs(e.value) <= ROUNDING and not e.sd > ROUNDING


def _ranked(e: Estimate | None) -> tuple[bool, float]:
    assert e is not None
    return beyond(e), abs(e.value)


class NamesOfAll(Names):
    """What the outcomes of several scenarios are called and mean; the first one's, where they mean other things."""

    def __init__(self, every: Sequence[Names]) -> None:
        super().__init__(every[0].scenario)
        self._every = every

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """All of them, the first one first."""
        return [names.scenario for names in self._every]

    @cached_property
    def _named(self) -> dict[Name, Outcome]:
        named: dict[Name, Outcome] = {}
        for names in reversed(self._every):
            named |= names._named
        return dict(sorted(named.items(), key=lambda item: item[0] not in self._every[0]._named))


def rows_of_scenarios(comparisons: Sequence[Comparison], names: Names) -> Iterator[Row]:
    """Every figure of the whole follow-up that some scenario has, the base first."""
    results = [comparisons[0].base, *(each.scenario for each in comparisons)]
    known = [{d.key: d for d in each.differences()} for each in comparisons]
    for figure in dict.fromkeys(figure for result in results for figure in result.keys):
        if figure.time is not None:
            continue
        found = [differences.get(figure) for differences in known]
        apart = [UNKNOWN if d is None else d.difference for d in found]
        moved = any(map(beyond, apart))
        same = all(d is not None and (d.same or nothing(d.difference)) for d in found)
        yield Row(figure, _unit(names, figure), _levels(results, figure, found), [None, *apart], moved, same)


def _unit(names: Names, figure: Figure) -> str:
    return names.unit(figure.outcome) if figure.outcome in names.meanings else ""


def _levels(results: Sequence[Result], figure: Figure, found: Sequence[Difference | None]) -> list[Estimate]:
    """Both of two are of the replications in which both have it, so that they add up."""
    if len(results) == 2 and (d := found[0]) is not None:
        return [d.base, d.scenario]
    return [_estimate(result, figure) for result in results]


def _estimate(result: Result, figure: Figure) -> Estimate:
    return result.estimate_of(figure) if figure in result.once(_all) else UNKNOWN


def _all(result: Result) -> frozenset[Figure]:
    return frozenset(result.keys)


def arms_of(result: Result) -> list[Group]:
    """The arms that stand in columns, as they are written; everybody where there is one alone."""
    arms = [arm_group(arm) for arm in result.loaded.scenario.as_written]
    return arms if len(arms) > 1 else [ALLE]


def rows_of_arms(result: Result) -> Iterator[Row]:
    """Every figure of the whole follow-up: of everybody, and where they are told by jobcentre or by level, of those."""
    groups, have, names = arms_of(result), result.once(_all), result.names
    held = _held(result)
    of_arms = set(arm_groups(result.loaded.scenario)) - {ALLE}
    seen: dict[Figure, None] = {}
    for figure in result.keys:
        if figure.time is None and figure.group.kind != "difference":
            whole = figure.group.whole in of_arms
            seen[Figure(figure.outcome, ALLE.among(figure.group) if whole else figure.group)] = None
    for figure in seen:
        if figure.group.kind != "alle":
            if figure in have:
                yield Row(figure, _unit(names, figure), [_estimate(result, figure)], [None], False)
            continue
        levels = [_estimate(result, figure._replace(group=group.among(figure.group))) for group in groups]
        apart: list[Estimate | None] = [None] * len(groups)
        for group, difference in held.items():
            apart[groups.index(group)] = _estimate(result, figure._replace(group=difference.among(figure.group)))
        if not any(e.n for e in levels):  # told of everybody alone
            levels, apart = [_estimate(result, figure)], [None]
        moved = any(e is not None and beyond(e) for e in apart)
        yield Row(figure, _unit(names, figure), levels, apart, moved)


def _held(result: Result) -> Mapping[Group, Group]:
    """The differences of arms in columns from the one that they are held against."""
    groups, contrasts = arms_of(result), result.names.contrasts
    pairs = {difference: contrasts[difference] for difference in against_reference(result.loaded.scenario)}
    return {first: difference for difference, (first, second) in pairs.items() if first in groups and second in groups}
