"""What a calibration is of: targets, priors, and the scenarios that are simulated for them, read and checked together.

A file of targets names the scenario in which they are measured, the priors of the parameters, and the file that the
fitted values go to. `with` names further files of targets, each with its own scenario, that are reached by the same
values of the parameters.
"""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Literal, TypeVar

import numpy as np
from pydantic import AfterValidator, Field, ValidationError

from calibration.priors import Prior
from simulation.results.citations import citation_problems
from simulation.results.names import Figure, Names
from simulation.scenario.explain import explain, problem_at
from simulation.scenario.fields import unit_of
from simulation.scenario.files.fitted import UNFILLED, WORD
from simulation.scenario.files.overlay import Resolved, resolve, set_values, take_in
from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.files.values import leaves, unwrap
from simulation.scenario.files.yamlfile import Path, dotted, read
from simulation.scenario.load import Loaded, validated
from simulation.scenario.published import Published
from simulation.world.spec import Spec

File = TypeVar("File", bound=Spec)


def _date(text: str) -> str:
    try:
        if datetime.date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a date; write for example 2026-11-25") from None
    return text


class TargetsFile(Spec):
    """A file of targets. Names of files are relative to it."""

    version: Literal[1]
    name: str
    date: Annotated[str, AfterValidator(_date), Field(description="Of the last look at these figures")]
    scenario: str
    priors: str | None = None
    fitted: str | None = None
    with_: Annotated[list[str], Field(alias="with")] = []
    replications: Annotated[int, Field(ge=2, le=10_000, description="Of every set of values that is tried")]
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    targets: Annotated[dict[str, Published], Field(min_length=1)]


class PriorsFile(Spec):
    """A file of priors, by the dotted path of the parameter."""

    version: Literal[1]
    parameters: Annotated[dict[str, Prior], Field(min_length=1)]


@dataclass(frozen=True)
class Part:
    """Targets that are measured in one scenario. `name` is that of the file; `loaded` has the middle of the priors."""

    name: str
    file: TargetsFile
    loaded: Loaded

    def of(self, role: str) -> dict[str, Published]:
        """The targets with this role."""
        return {name: target for name, target in self.file.targets.items() if target.role == role}

    @cached_property
    def names(self) -> Names:
        """What the outcomes of the scenario are called, and what they mean."""
        return Names(self.loaded.scenario)

    @cached_property
    def keys(self) -> dict[str, Figure]:
        """What is measured, by target: everything with a figure that is fitted to or validated on."""
        used = {**self.of("fit"), **self.of("validate")}
        return {name: self.names.figure(target.outcome, target.group, target.time) for name, target in used.items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """The unit of what is measured, by target."""
        return {name: self.names.unit(figure.outcome) for name, figure in self.keys.items()}


@dataclass(frozen=True)
class Study:
    """Everything that a calibration starts from."""

    path: pathlib.Path
    parts: tuple[Part, ...]
    priors: Mapping[str, Prior]

    @property
    def file(self) -> TargetsFile:
        """The file that was named."""
        return self.parts[0].file

    @property
    def fitted(self) -> pathlib.Path | None:
        """Where the fitted values go."""
        return None if self.file.fitted is None else (self.path.parent / self.file.fitted).resolve()

    @cached_property
    def fit_targets(self) -> dict[str, Published]:
        """The targets of all parts that are fitted to."""
        return {name: target for part in self.parts for name, target in part.of("fit").items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """The unit of every target that is fitted to or validated on."""
        return {name: unit for part in self.parts for name, unit in part.units.items()}

    def without(self, *names: str) -> Study:
        """The same with some targets held out: no longer fitted to, but validated on."""
        parts = []
        for part in self.parts:
            out = {n: t.model_copy(update={"role": "validate"}) for n, t in part.of("fit").items() if n in names}
            file = part.file.model_copy(update={"targets": {**part.file.targets, **out}})
            parts.append(replace(part, file=file))
        return replace(self, parts=tuple(parts))

    def changes(self, part: Part, values: Mapping[str, float]) -> dict[str, float]:
        """What to set in the scenario of a part, by dotted path."""
        return {
            path: value
            for name, prior in self.priors.items()
            if prior.only_in is None or part.name in prior.only_in
            for path, value in prior.places(name).values(values[name]).items()
        }


TargetsRead = tuple[pathlib.Path, Resolved, TargetsFile]


def read_study(path: pathlib.Path | str) -> Study:
    """Read a file of targets with all that it names. Raises InputProblems with everything that is wrong."""
    problems: list[Problem] = []
    path = pathlib.Path(path)
    files, first = _target_files(path, problems)
    priors = None if first is None else _priors(path, first, problems)
    if priors is None or problems:
        raise InputProblems(dict.fromkeys(problems))
    written, known = priors
    elsewhere = [*_only_in_problems(written, known, files)]
    problems += [*_target_problems(files), *elsewhere]
    parts = []
    for file in files:
        try:
            parts.append(_part(*file, written, known))
        except InputProblems as found:  # what a prior of elsewhere does not fill is no mistake of its own
            problems += [p for p in found.problems if not elsewhere or not p.message.startswith(UNFILLED)]
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return Study(path, tuple(parts), known)


def _priors(path: pathlib.Path, first: Resolved, problems: list[Problem]) -> tuple[Resolved, dict[str, Prior]] | None:
    """The priors that the first file names, as far as they can be read."""
    name = first.data.get("priors")
    if name is None:
        problems.append(problem_at(first, (), "missing key 'priors': without them there is nothing to fit", True))
    if not isinstance(name, str):
        return None
    try:
        written, priors = _read(_beside(path, first, ("priors",), name), PriorsFile)
    except InputProblems as found:
        problems += found.problems
        return None
    return written, dict(priors.parameters)


def _target_files(path: pathlib.Path, problems: list[Problem]) -> tuple[list[TargetsRead], Resolved | None]:
    """The file and those that it brings with it, as far as they can be read; and the first one as it is written."""
    files: list[TargetsRead] = []

    def take(file: pathlib.Path) -> Resolved | None:
        try:
            files.append((file, *_read(file, TargetsFile)))
        except InputProblems as found:
            problems.extend(found.problems)
            return found.document if isinstance(found.document, Resolved) else None
        return files[-1][1]

    first = take(path)
    names = first.data.get("with") if first is not None else None
    seen = {path.stem}
    for number, name in enumerate(names if isinstance(names, list) else ()):
        if first is None or not isinstance(name, str):
            continue
        try:
            file = _beside(path, first, ("with", number), name)
        except InputProblems as found:
            problems += found.problems
            continue
        if file.stem in seen:
            problems.append(problem_at(first, ("with", number), f"{file.name} is fitted to already"))
            continue
        seen.add(file.stem)
        own = take(file)
        if own is not None and own.data.get("with"):
            problems.append(problem_at(own, ("with",), "only the file that is calibrated names others"))
    return files, first


def _beside(path: pathlib.Path, own: Resolved, at: Path, name: str) -> pathlib.Path:
    """A file that a file of targets names. Raises InputProblems if it is not there."""
    file = path.parent / name
    if not file.is_file():
        near = did_you_mean(file.name, [p.name for p in file.parent.glob("*.yaml")])
        raise InputProblems([problem_at(own, at, f"there is no file {name}{near}")])
    return file


def _read(path: pathlib.Path, kind: type[File]) -> tuple[Resolved, File]:
    """A file, checked against its schema. Raises InputProblems with what is written there, if that can be read."""
    plain, problems = unwrap(read(path))
    resolved = Resolved(plain.data, plain.origins, plain.marks, plain.keys)
    try:
        file = kind.model_validate(resolved.data)
    except ValidationError as error:
        problems += [explain(resolved, each, kind) for each in error.errors()]
        raise InputProblems(problems, resolved) from None
    if problems:
        raise InputProblems(problems, resolved)
    return resolved, file


def _part(path: pathlib.Path, own: Resolved, file: TargetsFile, written: Resolved, priors: Mapping[str, Prior]) -> Part:
    """The scenario of a file of targets, with the middle of the priors in it and these targets as published figures."""
    scenario = _beside(path, own, ("scenario",), file.scenario)
    mine = {name: prior for name, prior in priors.items() if prior.only_in is None or path.stem in prior.only_in}
    middle = {
        place: value
        for name, prior in mine.items()
        for place, value in prior.places(name).values(_plain(prior, 0.0)).items()
    }
    resolved = resolve(scenario, middle)
    if wrong := [*_missing(written, mine, resolved, scenario.name), *_twice(written, mine)]:
        raise InputProblems(wrong)
    take_in(resolved, own, ())
    resolved.data["seed"] = file.seed
    loaded = validated(str(scenario), resolved)
    wrong = [*citation_problems(loaded), *_units(written, mine)]
    wrong += [problem for name, prior in mine.items() for problem in _limits(written, name, prior, loaded)]
    if wrong:
        raise InputProblems(wrong)
    return Part(path.stem, file, loaded)


def _plain(prior: Prior, z: float) -> float:
    value = float(prior.value(np.array(z)))
    return int(value) if prior.whole else value


def _only_in_problems(written: Resolved, priors: Mapping[str, Prior], files: list[TargetsRead]) -> Iterator[Problem]:
    names = [path.stem for path, _, _ in files]
    for name, prior in priors.items():
        for number, stem in enumerate(prior.only_in or ()):
            if stem not in names:
                near = did_you_mean(stem, names) or f"; there is {', '.join(sorted(names))}"
                message = f"no file of targets '{stem}' is fitted here{near}"
                yield problem_at(written, ("parameters", name, "only_in", number), message)


def _missing(written: Resolved, priors: Mapping[str, Prior], resolved: Resolved, scenario: str) -> Iterator[Problem]:
    """Parameters that the scenario does not have."""
    known = [dotted(at) for at, value in leaves(resolved.data) if value == WORD or isinstance(value, int | float)]
    for name, prior in priors.items():
        for at, place in _written(name, prior):
            if place not in known:
                message = f"{scenario} has no parameter '{place}'{did_you_mean(place, known)}"
                yield problem_at(written, at, message, key=at[-1] == place)


def _twice(written: Resolved, priors: Mapping[str, Prior]) -> Iterator[Problem]:
    """Places that would have the values of two parameters."""
    owner: dict[str, str] = dict(zip(priors, priors, strict=True))
    for name, prior in priors.items():
        for at, place in _written(name, prior):
            if place != name or len(at) > 2:
                if place in owner:
                    message = f"'{place}' has its value from the prior of {owner[place]} already"
                    yield problem_at(written, at, message, key=at[-1] == place)
                owner.setdefault(place, name)


def _written(name: str, prior: Prior) -> Iterator[tuple[Path, str]]:
    """Every place that has the value of a parameter, or what is left of 1, with where the file of priors says so."""
    at: Path = ("parameters", name)
    yield at, name
    yield from (((*at, "also", number), place) for number, place in enumerate(prior.also))
    yield from (((*at, "rest", place), place) for place in prior.rest)


def _units(written: Resolved, priors: Mapping[str, Prior]) -> Iterator[Problem]:
    for name, prior in priors.items():
        unit = unit_of(tuple(name.split(".")))
        if unit and prior.unit != unit:
            message = f"the unit here is {unit} (got '{prior.unit}')"
            yield problem_at(written, ("parameters", name, "unit"), message)


def _limits(written: Resolved, name: str, prior: Prior, loaded: Loaded) -> Iterator[Problem]:
    """Values at the far ends of the prior must be values that the scenario may have."""
    far = 4.0
    for end, z in zip(prior.range, (-far, far), strict=True):
        changed = set_values(loaded.resolved, prior.places(name).values(_plain(prior, z)))
        try:
            validated(loaded.file, changed)
        except InputProblems as found:
            message = f"a {prior.distribution} prior that reaches {end:g} may have impossible values: "
            yield problem_at(written, ("parameters", name, "range"), message + found.problems[0].message)


def _target_problems(files: list[TargetsRead]) -> Iterator[Problem]:
    """Names that stand twice, and a fit with nothing to be fitted to."""
    seen: dict[str, str] = {}
    for path, resolved, file in files:
        for name in file.targets:
            if name in seen:
                yield problem_at(resolved, ("targets", name), f"'{name}' is a target of {seen[name]} already", True)
            seen[name] = path.name
    if files and not any(target.role == "fit" for _, _, file in files for target in file.targets.values()):
        yield problem_at(files[0][1], ("targets",), "none of the targets has `role: fit`", True)


def column_names(study: Study) -> list[tuple[str, str]]:
    """Part and target of every measured figure, in the order in which they stand in arrays."""
    return [(part.name, name) for part in study.parts for name in part.keys]
