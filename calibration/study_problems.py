"""Mistakes in targets and priors that their schema cannot show: names given twice, unknown names, impossible values."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping

import numpy as np

from calibration.priors import Prior
from calibration.study import TargetsFile
from simulation.scenario.explain import problem_at, value_at
from simulation.scenario.fields import unit_of
from simulation.scenario.files.fitted import WORD
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.files.settings import set_values
from simulation.scenario.files.sourced import leaves
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.load import Loaded, validated

TargetsRead = tuple[pathlib.Path, Resolved, TargetsFile]


def plain(prior: Prior, z: float) -> float:
    """The value at this point of the normal scale, a whole number where the parameter is one."""
    value = float(prior.value(np.array(z)))
    return int(value) if prior.whole else value


def only_in_problems(priors_file: Resolved, priors: Mapping[str, Prior], files: list[TargetsRead]) -> Iterator[Problem]:
    """Priors for files of targets that are not fitted here."""
    names = [path.stem for path, _, _ in files]
    for name, prior in priors.items():
        for number, stem in enumerate(prior.only_in or ()):
            if stem not in names:
                near = did_you_mean(stem, names) or f"; there is {', '.join(sorted(names))}"
                message = f"no file of targets '{stem}' is fitted here{near}"
                yield problem_at(priors_file, ("parameters", name, "only_in", number), message)


def missing(priors_file: Resolved, priors: Mapping[str, Prior], resolved: Resolved, scenario: str) -> Iterator[Problem]:
    """Parameters that the scenario does not have."""
    known = [dotted(path) for path, value in leaves(resolved.data) if value == WORD or isinstance(value, int | float)]
    for name, prior in priors.items():
        for path, parameter in _places_of(name, prior):
            if parameter not in known:
                message = f"{scenario} has no parameter '{parameter}'{did_you_mean(parameter, known)}"
                yield problem_at(priors_file, path, message, key=path[-1] == parameter)


def twice(priors_file: Resolved, priors: Mapping[str, Prior]) -> Iterator[Problem]:
    """Places that would have the values of two parameters."""
    owner: dict[str, str] = dict(zip(priors, priors, strict=True))
    for name, prior in priors.items():
        for path, parameter in _places_of(name, prior):
            if parameter != name or len(path) > 2:
                if parameter in owner:
                    message = f"'{parameter}' has its value from the prior of {owner[parameter]} already"
                    yield problem_at(priors_file, path, message, key=path[-1] == parameter)
                owner.setdefault(parameter, name)


def _places_of(name: str, prior: Prior) -> Iterator[tuple[Path, str]]:
    """Every place in a scenario that a prior fills, with the path in the file of priors that says so."""
    path: Path = ("parameters", name)
    yield path, name
    yield from (((*path, "also", number), parameter) for number, parameter in enumerate(prior.also))
    yield from (((*path, "rest", parameter), parameter) for parameter in prior.rest)


def wrong_units(priors_file: Resolved, priors: Mapping[str, Prior], resolved: Resolved) -> Iterator[Problem]:
    """Units that are not those of the parameter."""
    for name, prior in priors.items():
        unit = unit_of(tuple(name.split(".")), resolved.data)
        if unit and prior.unit != unit:
            message = f"the unit here is {unit} (got '{prior.unit}')"
            yield problem_at(priors_file, ("parameters", name, "unit"), message)


def other_ranges(priors_file: Resolved, priors: Mapping[str, Prior], resolved: Resolved) -> Iterator[Problem]:
    """Ranges that are not those which the scenario states for the same parameter."""
    for name, prior in priors.items():
        for place in (name, *prior.also):
            origin = resolved.origins.get(tuple(place.split(".")))
            if origin is not None and origin.range is not None and list(origin.range) != list(prior.range):
                low, high = origin.range
                where = f"{pathlib.Path(origin.mark.file).name}:{origin.mark.line}"
                message = f"{where} gives another range for {place}: {low:g} to {high:g}"
                yield problem_at(priors_file, ("parameters", name, "range"), message)
                break


def beyond_limits(priors_file: Resolved, name: str, prior: Prior, loaded: Loaded) -> Iterator[Problem]:
    """Values at the far ends of the prior must be values that the scenario may have."""
    far = 4.0
    for end, z in zip(prior.range, (-far, far), strict=True):
        changed = set_values(loaded.resolved, prior.paths(name).values(plain(prior, z)))
        try:
            validated(loaded.file, changed)
        except InputProblems as error:
            message = f"a {prior.distribution} prior that reaches {end:g} may have impossible values: "
            yield problem_at(priors_file, ("parameters", name, "range"), message + error.problems[0].message)


def counted_twice(priors_file: Resolved, priors: Mapping[str, Prior], resolved: Resolved) -> Iterator[Problem]:
    """A prior of evidence holds the spread between trials; a size that has it as well would count it twice."""
    for name, prior in priors.items():
        sibling = (*name.split(".")[:-1], "between_trials")
        if prior.of is not None and value_at(resolved.data, sibling):
            message = f"{dotted(sibling)} is above 0: the prior of a new trial holds the spread between trials already"
            yield problem_at(priors_file, ("parameters", name, "of"), message)


def design_problems(resolved: Resolved, file: TargetsFile) -> Iterator[Problem]:
    """A design factor that does not say what it rests on."""
    if file.design_factor is not None and ("design_factor",) not in resolved.origins:
        message = "write it with what it rests on: {value: 2, unit: factor, kind: assumed, source: ...}"
        yield problem_at(resolved, ("design_factor",), message)


def target_problems(files: list[TargetsRead]) -> Iterator[Problem]:
    """Names that stand twice, and a fit with nothing to be fitted to."""
    seen: dict[str, str] = {}
    for path, resolved, file in files:
        for name in file.targets:
            if name in seen:
                yield problem_at(resolved, ("targets", name), f"'{name}' is a target of {seen[name]} already", True)
            seen[name] = path.name
    if files and not any(target.role == "fit" for _, _, file in files for target in file.targets.values()):
        yield problem_at(files[0][1], ("targets",), "none of the targets has `role: fit`", True)
