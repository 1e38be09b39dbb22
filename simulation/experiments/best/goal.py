"""What is asked of the best design: the outcome, which way it is good, the difference that does not matter, limits."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import combinations
from typing import Any, TypeVar

from simulation.experiments.amounts import difference_of, level_of, named
from simulation.experiments.best.designs import Designs
from simulation.experiments.grid_problems import unknown_outcome
from simulation.experiments.wanted import known_outcomes, split
from simulation.results.names import Figure, Names
from simulation.results.selection.aims import Aim
from simulation.scenario.axes import number_or_none
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean

Read = TypeVar("Read")
CONFIDENCE, MOST = 0.95, 1000
TOLERANCE = 0.05
"""How far from a limit does not matter, where that is not said: this part of it; of a share of what is left to the
nearer end, 0 or 1."""


@dataclass(frozen=True)
class Limit:
    """An outcome that must not exceed (`at_most`) or fall below a level; within `tolerance` of it either will do."""

    figure: Figure
    level: float
    tolerance: float
    at_most: bool

    @property
    def sign(self) -> str:
        """≤ or ≥."""
        return "≤" if self.at_most else "≥"

    def excess(self, value: float) -> float:
        """By how much the limit is not kept; 0 or less: it is."""
        return value - self.level if self.at_most else self.level - value


@dataclass(frozen=True)
class Goal:
    """`of` is a figure, or the swept key that is to be small or large itself. `zone` is in its unit, 0 of a key."""

    of: Figure | str
    least: bool
    zone: float
    confidence: float = CONFIDENCE
    limits: tuple[Limit, ...] = ()
    budget: int | None = None
    most: int = MOST

    @property
    def figures(self) -> list[Figure]:
        """The figures that are looked at: what is to be best, unless that is a key, and the limits."""
        return [*([self.of] if isinstance(self.of, Figure) else []), *(limit.figure for limit in self.limits)]

    def aim(self, names: Names) -> Aim:
        """The same for a procedure on arrays."""
        events = [0.0 if isinstance(self.of, str) else _event(names, self.of)]
        events += [_event(names, limit.figure) for limit in self.limits]
        tolerances = tuple(limit.tolerance for limit in self.limits)
        return Aim(self.zone, tolerances, self.confidence, tuple(events), most=self.most)

    @property
    def question(self) -> str:
        """All of it in a text that is the same whenever it is."""
        return f"best {json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)}"


def goal_of(designs: Designs, asked: Mapping[str, Any]) -> Goal:
    """What the options `of`, `least`, `zone`, `confidence`, `at_most`, `at_least`, `budget` and `most` ask for. Raises
    InputProblems with all that is wrong with them."""
    read = _Reader(asked)
    of, wide = _sought(designs, asked, read)
    written = [("at-most", text) for text in asked["at_most"]] + [("at-least", text) for text in asked["at_least"]]
    limits = [read(option, partial(_limit, designs, text, option == "at-most"), text) for option, text in written]
    for (one, (option, text)), (other, _) in combinations(zip(limits, written, strict=True), 2):
        if one is not None and other is not None:
            read(option, partial(_beside, one, other), text)
    confidence = read("confidence", partial(_confidence, asked))
    read("budget", partial(_budget, designs, asked["budget"]))
    read("most", partial(_most, asked["most"], asked["budget"]))
    if read.problems:
        raise InputProblems(dict.fromkeys(read.problems))
    assert of is not None and wide is not None and confidence is not None
    found = tuple(limit for limit in limits if limit is not None)
    return Goal(of, asked["least"], wide, confidence, found, asked["budget"], asked["most"] or MOST)


class _Reader:
    """Options as they are read, and what is wrong with them."""

    def __init__(self, asked: Mapping[str, Any]) -> None:
        self.asked = asked
        self.problems: list[Problem] = []

    def __call__(self, option: str, way: Callable[[], Read], text: str | None = None) -> Read | None:
        """What is read in a way; None, with a problem noted, if it cannot be."""
        try:
            return way()
        except ValueError as error:
            written = self.asked[option] if text is None else text
            where = f"--{option}" if written is None else f"--{option} {written}"
            self.problems.append(Problem(str(error), Mark(where, 0, 0)))
            return None


def _sought(designs: Designs, asked: Mapping[str, Any], read: _Reader) -> tuple[Figure | str | None, float | None]:
    """What is to be best, and the difference that does not matter."""
    text, zone = asked["of"], asked["zone"]
    if text in designs.keys:
        return read("of", partial(_key, designs, text, zone, bool(asked["at_most"] or asked["at_least"]))), 0.0
    figure = read("of", partial(_in_all, designs, text, sought=True))
    return figure, None if figure is None else read("zone", partial(_zone, designs, figure, zone))


def _budget(designs: Designs, budget: int | None) -> None:
    least = designs.count * Aim(0).first
    if budget is not None and budget < least:
        raise ValueError(f"{designs.count} designs take {least} or more, for each has {Aim(0).first} at first")


def _most(most: int | None, budget: int | None) -> None:
    if most is not None and budget is not None:
        raise ValueError("a budget is the most already: leave it out")
    if most is not None and most < Aim(0).first:
        raise ValueError(f"must be {Aim(0).first} or more, for each has so many at first")


def _key(designs: Designs, key: str, zone: str | None, limits: bool) -> str:
    if any(number_or_none(value) is None for value in designs.keys[key]):
        raise ValueError(f"the values of {key} must be numbers, or none is the smallest")
    if zone is not None:
        raise ValueError(f"{key} is known of every design: leave --zone out")
    if not limits:
        raise ValueError(f"{key} is known of every design: say by --at-most or --at-least what the best must keep")
    return key


def _zone(designs: Designs, of: Figure, zone: str | None) -> float:
    names = designs.names
    if zone is None:
        example = "0.5pp" if names.is_share(of.outcome) else f"0.5, in {names.unit(of.outcome)}"
        raise ValueError(f"say which difference of {names.write(of.outcome)} does not matter, such as --zone {example}")
    return difference_of(zone, names.is_share(of.outcome), names.write(of.outcome))


def _limit(designs: Designs, text: str, at_most: bool) -> Limit:
    found = re.fullmatch(r"\s*([^=]+?)\s*=\s*(.+?)\s*(?:(?:\+-|±)\s*(.+?)\s*)?", text)
    if found is None:
        raise ValueError("write it as NAME=LEVEL or NAME:GROUP=LEVEL, perhaps with how far does not matter: =4+-0.2")
    outcome, written, tolerance = found.groups()
    figure, names = _in_all(designs, outcome), designs.names
    share = names.is_share(figure.outcome)
    level = level_of(written, share)
    if share and figure.group.kind != "difference" and not 0 <= level <= 1:
        raise ValueError(f"{outcome} is a share, from 0 to 1 or 0% to 100% (got {written})")
    if tolerance is not None:
        return Limit(figure, level, difference_of(tolerance, share, outcome), at_most)
    if not (usual := usual_tolerance(level, share)):
        example = f"{written}+-{'1pp' if share else '0.1'}"
        raise ValueError(f"say how far from this limit does not matter, such as {outcome}={example}")
    return Limit(figure, level, usual, at_most)


def usual_tolerance(level: float, share: bool) -> float:
    """How far from a level does not matter where that is not said; 0: it must be said."""
    return float(f"{TOLERANCE * (min(level, 1 - level) if share and 0 <= level <= 1 else abs(level)):.6g}")


def _beside(one: Limit, other: Limit) -> None:
    """Raises ValueError for two limits of one figure that say the same of it, or that nothing can keep."""
    if one.figure != other.figure:
        return
    if one.at_most == other.at_most:
        narrower = min(one, other, key=lambda limit: limit.level if limit.at_most else -limit.level)
        raise ValueError(f"two limits of one kind: leave out all but {narrower.sign} {narrower.level:g}")
    lower, upper = sorted((one, other), key=lambda limit: limit.at_most)
    if upper.level < lower.level:
        message = f"no design can keep both, {lower.sign} {lower.level:g} and {upper.sign} {upper.level:g}"
        raise ValueError(f"{message}: leave one out, or change it")


def _in_all(designs: Designs, text: str, sought: bool = False) -> Figure:
    """The figure of this name, which every design must have. A swept key may be `sought` as well."""
    outcome = split(text)[0]
    if "." in outcome and any(unknown_outcome(designs.names.scenario, outcome, None)):
        raise ValueError(_of_key(designs, outcome, sought))
    for scenario in designs.schemas[1:]:
        named(Names(scenario), text, designs.group)
    return named(designs.names, text, designs.group)


def _of_key(designs: Designs, name: str, sought: bool) -> str:
    """Why a name that looks like a key is none that can be asked for, and what was meant."""
    swept, names = list(designs.keys), designs.names
    outcomes = [names.write(outcome) for outcome in known_outcomes(names)]
    if name in swept:
        return f"a limit is of an outcome, and {name} is known of every design: give --over no value that may not be"
    if designs.loaded[0].resolved.place_of(name.split(".")) is not None and sought:
        if not swept:
            return f"{name} is a key: to seek the smallest or largest, give one scenario with --over {name}=VALUES"
        return f"{name} is not swept, so it is the same in every design: add --over {name}=VALUES, or name an outcome"
    allowed = [*swept, *outcomes] if sought else outcomes
    what = f"neither an outcome nor a swept key ({', '.join(swept)})" if swept and sought else "no outcome"
    return f"'{name}' is {what}{did_you_mean(name, allowed)}"


def _confidence(asked: Mapping[str, Any]) -> float:
    written: str | None = asked["confidence"]
    if written is None:
        return CONFIDENCE
    if asked["budget"] is not None:
        raise ValueError("a budget buys what it buys, and promises no confidence: leave one of the two out")
    confidence = level_of(written, share=True)
    if not 0.5 < confidence < 1:
        raise ValueError(f"must be above 50% and below 100% (got {written})")
    return confidence


def _event(names: Names, figure: Figure) -> float:
    """The least by which a figure can differ in one replication: one of those whom it is of, or else 1."""
    units = names.scale(figure).units
    return 1.0 if math.isnan(units) else 1 / units


def texts_of(limits: Sequence[Limit], names: Names) -> list[str]:
    """Limits as they are written, such as wait_first_talk_all of alle ≤ 4 ± 0.2."""
    found = []
    for limit in limits:
        scale, unit = (100, " %") if names.is_share(limit.figure.outcome) else (1, "")
        outcome = f"{names.write(limit.figure.outcome)} of {limit.figure.group}"
        found.append(f"{outcome} {limit.sign} {limit.level * scale:g} ± {limit.tolerance * scale:.3g}{unit}")
    return found
