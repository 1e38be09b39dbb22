"""Fitted values: where a scenario says `fitted` instead of a number, the number stands in a fitted file.

A fitted file is written by a calibration (`jobcentersim calibrate`) and read here. A scenario names it (`fitted:
FILE`), and so may the files that it extends; of several files that have a value, the one named last is used.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulation.scenario.files.fitted_problems import drawn, fit_problems
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.regular import content_of
from simulation.scenario.files.roots import is_below, root_of
from simulation.scenario.files.sourced import Sourced, leaves
from simulation.scenario.files.values import FITTED
from simulation.scenario.files.yamlfile import Path, dotted, read

if TYPE_CHECKING:
    from simulation.world.spec import Floats

WORD = FITTED
"""The word that stands in a scenario instead of the number."""
FREE_TEXT = ("name", "name_da", "arm_names", "description", "published", "milestones")
"""Parts of a scenario that hold free text, in which `fitted` is a word like any other."""
UNFILLED = "there is no fitted value for this"


@dataclass(frozen=True)
class ParameterPaths:
    """Where the value of one parameter stands in a scenario: the paths in `same` have the value, the paths in `rest`
    share what is left of 1, each by its part."""

    same: tuple[str, ...]
    rest: Mapping[str, float]

    def moved(self, places: Mapping[str, Sequence[str]]) -> ParameterPaths:
        """The same where the paths are others; those that `places` does not have are left out."""
        same = tuple(new for path in self.same for new in places.get(path, ()))
        return ParameterPaths(same, {new: part for path, part in self.rest.items() for new in places.get(path, ())})

    def values(self, value: float) -> dict[str, float]:
        """The number at each path."""
        left = {path: round((1 - value) * part, 12) for path, part in self.rest.items()}
        return {**dict.fromkeys(self.same, value), **left}


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted file: values by dotted path, their 95 % intervals, and where draws of the parameters lie.

    With `places` it is only for those paths of the file, each of which stands at these paths of the scenario.
    """

    file: str
    data: Mapping[str, Any]
    root: pathlib.Path
    places: Mapping[str, Sequence[str]] | None = None

    @property
    def name(self) -> str:
        """The file without its ending."""
        return pathlib.Path(self.file).stem

    @cached_property
    def values(self) -> dict[str, float]:
        """The fitted value at every dotted path."""
        return {
            path: value
            for name, paths in self.paths.items()
            for path, value in paths.values(self.point(name)).items()
        }

    @cached_property
    def paths(self) -> dict[str, ParameterPaths]:
        """The paths of every parameter, by its name; without those that have none at any of `places`."""
        found = {
            name: ParameterPaths((name, *entry.get("also", ()), *entry.get("for_others", ())), entry.get("rest", {}))
            for name, entry in self.data["parameters"].items()
        }
        if self.places is None:
            return found
        moved = {name: paths.moved(self.places) for name, paths in found.items()}
        return {name: paths for name, paths in moved.items() if paths.same or paths.rest}

    @cached_property
    def parameter_at(self) -> dict[str, str]:
        """The parameter that decides the value at each path."""
        return {path: name for name, paths in self.paths.items() for path in (*paths.same, *paths.rest)}

    def point(self, parameter: str) -> int | float:
        """The fitted value of a parameter; a whole number where only those are possible."""
        value: int | float = self.data["parameters"][parameter]["value"]
        return value

    def interval(self, path: str) -> tuple[float, float]:
        """95 % interval of the value at a path: the uncertainty of its parameter."""
        name = self.parameter_at[path]
        ends = [self.paths[name].values(self.data["parameters"][name][end])[path] for end in ("low", "high")]
        return min(ends), max(ends)

    @property
    def drawn_in(self) -> pathlib.Path:
        """The file of draws of its parameters from their posterior; it lies beside it."""
        return pathlib.Path(self.file).with_suffix(".draws.csv")

    def draws(self) -> tuple[list[str], Floats]:
        """Names of the parameters and draws of them from their posterior, shape (draws, parameters).

        Raises InputProblems if there is no file of draws, it belongs to another fit, or not all in it is a number.
        """
        path = self.drawn_in
        if not is_below(path, self.root):
            raise InputProblems([Problem(f"{path.name}: the draws of this fit lie outside this project")])
        try:
            head, *lines = content_of(path).decode().splitlines() or [""]
        except (OSError, ValueError) as error:
            raise InputProblems([Problem(f"{path.name}: the draws of this fit cannot be read ({error})")]) from None
        names = list(self.data["parameters"])
        if head.split(",") != names:
            raise InputProblems([Problem(f"{path.name}: the draws are not those of {self.name}.yaml; calibrate anew")])
        whole = [isinstance(self.point(name), int) for name in names]
        return names, drawn(path, names, whole, lines)


def read_fit(path: pathlib.Path, root: pathlib.Path | None = None) -> Fit:
    """Read a fitted file; its draws must lie below `root` (absent: that of the file itself).

    Raises InputProblems if there is none, or it is another kind of file.
    """
    document = read(path)
    if problems := [*fit_problems(document)]:
        raise InputProblems(problems)
    return Fit(str(path), document.data, root or root_of(path))


def fill(
    resolved: Sourced, fits: Sequence[Fit], supplied: Mapping[str, float] | None
) -> tuple[dict[Path, Fit], list[Problem]]:
    """Put the fitted values where the scenario says `fitted`. Returns which fit each came from, and problems.

    `supplied` are values that a calibration tries; they take precedence over those of the files.
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
            why = f"none of {', '.join(f.name for f in fits)} has it" if fits else "no file of fitted values is named"
            advice = f"{why} (`fitted: FILE` names one, `calibrate` makes it){_of_others(resolved, path, fits)}"
            message = f"{UNFILLED}: {advice if supplied is None else f'it has no prior here, and {why}'}"
            problems.append(Problem(message, resolved.mark(path), name))
    return taken, problems


def _of_others(resolved: Sourced, place: Path, fits: Sequence[Fit]) -> str:
    """A hint where the value was fitted for arms of other names."""
    split, arms = resolved.data.get("split"), resolved.data.get("arms")
    if not isinstance(arms, Mapping):
        return ""
    parts = {part: arm for arm, of in split.items() if isinstance(of, Mapping) for part in of} if split else {}
    for n, step in enumerate(place):
        if step not in arms and step not in parts:
            continue
        pattern = dotted(place[:n]), dotted(place[n + 1 :])
        paths = [path for fit in fits for path in fit.values if path.startswith(f"{pattern[0]}.")]
        others = [path.removeprefix(f"{pattern[0]}.").removesuffix(f".{pattern[1]}") for path in paths]
        others = [name for name, path in zip(others, paths, strict=True) if path == f"{pattern[0]}.{name}.{pattern[1]}"]
        if parts.get(str(step)) in others:
            return f"; leave it out: {step} has what is fitted for {parts[str(step)]}, which it is a part of"
        if others:
            return (
                f"; it has one for {', '.join(others)}. An arm is called otherwise, and keeps what was fitted, by "
                f"`split: {{{others[-1]}: {{{step}: 1}}}}` instead of `arms:`"
            )
    return ""


def waiting(data: Mapping[str, Any]) -> Iterable[tuple[Path, Any]]:
    """Paths at which a number is still to be filled in, with what stands there now."""
    return [(path, value) for path, value in leaves(data) if value == WORD and path[0] not in FREE_TEXT]


def _put(data: Any, path: Path, value: float) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value
