"""Amounts of an outcome as they are written on the command line: 0.5pp of a share, a plain number of anything else."""

from __future__ import annotations

import math

from simulation.experiments.grid_problems import of_served, unknown_outcome
from simulation.experiments.wanted import split
from simulation.results.names import Figure, Group, Names
from simulation.scenario.files.scalars import plain_value, point_for_comma


def named(names: Names, text: str, usual: Group, served: bool = False) -> Figure:
    """The figure of the whole follow-up that `NAME` or `NAME:GROUP` means, of the `usual` group where none is named.
    Raises ValueError for one that is not there, or a mean of those who were `served` alone, unless these are wanted."""
    outcome, group = split(text)
    problems = list(unknown_outcome(names.scenario, outcome, group))
    if not problems and not served and (message := of_served(names, outcome)):
        problems.append(message)
    if not problems and names.meaning(names.read(outcome)).event and not served:
        problems.append(f"{outcome} is a median of times that some replications do not come to, and no mean of them")
    if problems:
        raise ValueError("; ".join(problems))
    return names.figure(outcome, usual if group is None else group)


def level_of(text: str, share: bool) -> float:
    """A level of an outcome: of a share 83% or 0.83. Raises ValueError."""
    if share and text.strip().endswith("%"):
        return _number(text.strip().removesuffix("%")) / 100
    return _number(text)


def difference_of(text: str, share: bool, what: str) -> float:
    """How far two levels are apart, above 0: of a share 0.5pp. Raises ValueError."""
    bare = text.strip()
    if share and not bare.endswith("pp"):
        written = bare.rstrip("% ")
        raise ValueError(f"{what} is a share: write {written if _above_0(written) else '0.5'}pp, percentage points")
    if not share and bare.endswith(("pp", "%")):
        raise ValueError(f"{what} is no share: write a plain number, in its unit")
    number = _number(bare.removesuffix("pp")) / (100 if share else 1)
    if not number > 0:
        raise ValueError(f"must be above 0 (got {bare})")
    return number


def _above_0(text: str) -> bool:
    try:
        return _number(text) > 0
    except ValueError:
        return False


def _number(text: str) -> float:
    bare = text.strip()
    if "," in bare:
        raise ValueError(point_for_comma(bare))
    number = plain_value(bare)
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise ValueError(f"'{bare}' is not a number")
    return float(number)
