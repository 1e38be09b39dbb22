"""What moves as one: a number that is not known for sure, wherever it stands; all that one fit found together; or a
group of these.

A fit's parameters are known together, so its draws are taken as they are, and a fit is one unknown. A number of the
synthesis that is written at several places is one unknown, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

from simulation.experiments.at_draws import Values
from simulation.experiments.spread import FittedDraws
from simulation.experiments.uncertain.chance import chance
from simulation.experiments.uncertain.design import Drawing
from simulation.scenario.extremes import extremes
from simulation.scenario.unsure import Unsure

By = Literal["value", "part", "kind"]
BY: tuple[By, ...] = ("value", "part", "kind")
"""What is taken together: nothing but what is one number or one fit, what is of one part of the scenario (a fit stays
whole), or what is fitted, evidence, or assumed."""
FITTED = "fitted"


class Luck(NamedTuple):
    """Which draw of what is fitted (`row`) and of all else, and how often it was made anew."""

    seed: int
    row: int
    draw: int
    again: int


@dataclass(frozen=True)
class Unknown:
    """`values` and `fitted` have for each scenario what moves there; `kind` is fitted, evidence or assumption, or "" of
    a group that has several."""

    name: str
    values: Sequence[list[Unsure]]
    fitted: Sequence[list[FittedDraws]]

    @property
    def kind(self) -> str:
        """What is known of it."""
        kinds = {each.part for of_one in self.values for each in of_one}
        every = [*kinds, *([FITTED] if any(self.fitted) else [])]
        return every[0] if len(every) == 1 else ""

    @property
    def numbers(self) -> list[str]:
        """The names of the single numbers that move."""
        moving = [name for of_one in self.values for each in of_one for name in each.numbers(each.written)]
        return list(dict.fromkeys([*moving, *(each.name for of_one in self.fitted for each in of_one)]))

    def drawn(self, s: int, luck: Luck) -> dict[str, Any]:
        """What is put at which dotted path of a scenario in a draw."""
        of_fit = {path: number for each in self.fitted[s] for path, number in each.at(luck.row).items()}
        of_this = partial(chance, luck.seed, draw=luck.draw, again=luck.again)
        return of_fit | {path: each for value in self.values[s] for path, each in value.drawn(of_this).items()}


def unknowns(drawings: Sequence[Drawing], by: By = "value") -> list[Unknown]:
    """Everything that moves in scenarios, grouped, in the order in which it is written; what is fitted last."""
    names: dict[str, str] = {}
    found: dict[str, Unknown] = {}

    def of(name: str) -> Unknown:
        if name not in found:
            found[name] = Unknown(name, [[] for _ in drawings], [[] for _ in drawings])
        return found[name]

    for s, drawing in enumerate(drawings):
        for value in drawing.values:
            first = names.setdefault(value.unknown, value.name)  # a number of several places is of the first one
            of({"value": first, "part": _part(first), "kind": value.part}[by]).values[s].append(value)
    for s, drawing in enumerate(drawings):
        for each in drawing.fitted:
            of(FITTED if by == "kind" else each.fit.name).fitted[s].append(each)
    return list(found.values())


def _part(path: str) -> str:
    steps = path.split(".")
    return ".".join(steps[: 2 if steps[0] == "interventions" else 1])


@dataclass(frozen=True)
class Bar:
    """A single number at the ends of its middle 95 %, all others as written: what it is `written` as and is at the ends
    (`low`, `high`), what is put where in every scenario then, and at how many places it is moved (`places`)."""

    name: str
    kind: str
    written: float
    low: float
    high: float
    puts: tuple[Sequence[Values], Sequence[Values]]
    places: int


@dataclass
class _Ends:
    kind: str
    name: str
    written: float
    low: float
    high: float
    puts: tuple[list[dict[str, Any]], list[dict[str, Any]]]
    places: set[str] = field(default_factory=set)


def bars(drawings: Sequence[Drawing]) -> list[Bar]:
    """A bar for every single number that moves, in the order in which it is written; what is fitted last."""
    found: dict[tuple[str, str], _Ends] = {}

    def add(key: tuple[str, str], kind: str, name: str, numbers: tuple[float, float, float], s: int,
            puts: Iterable[Mapping[str, Any]], places: Iterable[str]) -> None:  # fmt: skip
        if key not in found:
            found[key] = _Ends(kind, name, *numbers, ([{} for _ in drawings], [{} for _ in drawings]))
        for end, put in zip(found[key].puts, puts, strict=True):
            end[s].update(put)
        found[key].places.update(places)

    for s, drawing in enumerate(drawings):
        for value in drawing.values:
            written = _written(value)
            for name, ends in extremes(value).items():
                numbers, key = (written(name), ends.low, ends.high), (value.unknown, name.removeprefix(value.name))
                add(key, value.part, name, numbers, s, (ends.at_low, ends.at_high), [value.name])
    for s, drawing in enumerate(drawings):
        for each in drawing.fitted:
            entry = each.fit.data["parameters"][each.name]
            point = each.fit.point(each.name)
            low, high = (round(entry[end]) if isinstance(point, int) else entry[end] for end in ("low", "high"))
            numbers, puts = (point, low, high), (each.put(low), each.put(high))
            add((each.fit.name, each.name), FITTED, each.name, numbers, s, puts, puts[0])
    return [Bar(e.name, e.kind, e.written, e.low, e.high, e.puts, len(e.places)) for e in found.values()]


def _written(value: Unsure) -> Callable[[str], float]:
    """What a single number of a value is written as, by its name."""
    numbers = value.numbers(value.written)
    of_value = value.value if isinstance(value.value, Mapping) else {}
    shares = {f"{value.name}.{key}": share for key, share in of_value.items()}
    return lambda name: float(numbers[name] if name in numbers else shares[name])
