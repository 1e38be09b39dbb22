"""Fitted values: where a scenario says `fitted` instead of a number, the number stands in a fitted file.

A fitted file is written by a calibration (`jobcentersim calibrate`) and read here. A scenario names it (`fitted:
FILE`), and so may what it extends; the file that is named last and has the value is the one that is taken.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.values import Sourced, leaves
from simulation.scenario.files.yamlfile import Path, dotted, read

if TYPE_CHECKING:
    from simulation.world.spec import Floats

WORD = "fitted"
"""What stands in a scenario in the place of the number."""


WORDS = ("name", "description", "published", "milestones")
"""Parts of a scenario that have words, where it is one like any other."""
UNFILLED = "there is no fitted value for this"


@dataclass(frozen=True)
class Places:
    """Where the value of one parameter stands in a scenario: `same` paths have it, `rest` paths what is left of 1, each
    its part of it."""

    same: tuple[str, ...]
    rest: Mapping[str, float]

    def values(self, value: float) -> dict[str, float]:
        """What stands at each path."""
        left = {path: round((1 - value) * part, 12) for path, part in self.rest.items()}
        return {**dict.fromkeys(self.same, value), **left}


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted file: values by dotted path, their 95 % intervals, and where draws of the parameters lie."""

    file: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The file without its ending."""
        return pathlib.Path(self.file).stem

    @cached_property
    def values(self) -> dict[str, float]:
        """The point by dotted path."""
        return {path: value for name, at in self.places.items() for path, value in at.values(self.point(name)).items()}

    @cached_property
    def places(self) -> dict[str, Places]:
        """Where the parameters stand, by name."""
        return {
            name: Places((name, *said.get("also", ()), *said.get("for_others", ())), said.get("rest", {}))
            for name, said in self.data["parameters"].items()
        }

    @cached_property
    def parameter_at(self) -> dict[str, str]:
        """The parameter that decides the value at each path."""
        return {path: name for name, at in self.places.items() for path in (*at.same, *at.rest)}

    def point(self, parameter: str) -> int | float:
        """The fitted value of a parameter; a whole number where only those are possible."""
        value: int | float = self.data["parameters"][parameter]["value"]
        return value

    def interval(self, path: str) -> tuple[float, float]:
        """95 % interval of the value at a path, of the parameters' uncertainty."""
        name = self.parameter_at[path]
        ends = [self.places[name].values(self.data["parameters"][name][end])[path] for end in ("low", "high")]
        return min(ends), max(ends)

    def draws(self) -> tuple[list[str], Floats]:
        """Names of the parameters and draws of them from their posterior, shape (draws, parameters).

        Raises InputProblems if the file of draws is not there or is another fit's.
        """
        import numpy as np

        path = pathlib.Path(self.file).with_suffix(".draws.csv")
        try:
            names = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
            rows = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
        except (OSError, ValueError) as error:
            raise InputProblems([Problem(f"{path.name}: the draws of this fit cannot be read ({error})")]) from None
        if names != list(self.places) or rows.shape[1:] != (len(names),):
            raise InputProblems([Problem(f"{path.name}: the draws are not those of {self.name}.yaml; calibrate anew")])
        return names, rows


def read_fit(path: pathlib.Path) -> Fit:
    """A fitted file. Raises InputProblems if it is not there or is none."""
    document = read(path)
    data = document.data
    parameters = data.get("parameters")
    whole = isinstance(parameters, Mapping) and all(
        isinstance(said, Mapping) and all(isinstance(said.get(key), int | float) for key in ("value", "low", "high"))
        for said in parameters.values()
    )
    if data.get("version") != 1 or not whole:
        message = "this is no file of fitted values; `jobcentersim calibrate` writes them"
        raise InputProblems([Problem(message, document.mark(()))])
    return Fit(str(path), data)


def fill(
    resolved: Sourced, fits: Sequence[Fit], supplied: Mapping[str, float] | None
) -> tuple[dict[Path, Fit], list[Problem]]:
    """Put the fitted values in their places: which fit each came from, and what could not be filled.

    `supplied` are values that come before those of the files, for a calibration that tries them.
    """
    taken: dict[Path, Fit] = {}
    problems = []
    for path, _ in waiting(resolved.data):
        name = dotted(path)
        fit = next((fit for fit in reversed(fits) if name in fit.values), None)
        if supplied is not None and name in supplied:
            _put(resolved.data, path, supplied[name])
        elif fit is not None:
            _put(resolved.data, path, fit.values[name])
            taken[path] = fit
        else:
            there = f"none of {', '.join(f.name for f in fits)} has it" if fits else "no file of fitted values is named"
            advice = f"{there} (`fitted: FILE` names one, `calibrate` makes it)"
            message = f"{UNFILLED}: {advice if supplied is None else f'it has no prior here, and {there}'}"
            problems.append(Problem(message, resolved.mark(path), name))
    return taken, problems


def waiting(data: Mapping[str, Any]) -> Iterable[tuple[Path, Any]]:
    """The places at which a number is to be filled in."""
    return [(path, value) for path, value in leaves(data) if value == WORD and path[0] not in WORDS]


def _put(data: Any, path: Path, value: float) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value
