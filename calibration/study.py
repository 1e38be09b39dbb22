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
from simulation.results.outcomes import Key
from simulation.scenario.explain import explain, problem_at
from simulation.scenario.fields import unit_of
from simulation.scenario.fitted import WORD
from simulation.scenario.load import Loaded, validated
from simulation.scenario.overlay import Resolved, resolve, set_values, take_in
from simulation.scenario.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.published import Published
from simulation.scenario.values import leaves, unwrap
from simulation.scenario.yamlfile import dotted, read
from simulation.world.spec import Spec

File = TypeVar("File", bound=Spec)


def _date(text: str) -> str:
    try:
        datetime.date.fromisoformat(text)
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
    def keys(self) -> dict[str, Key]:
        """What is measured, by target: everything with a figure that is fitted to or validated on."""
        used = {**self.of("fit"), **self.of("validate")}
        return {name: (target.outcome, target.group, target.time) for name, target in used.items()}


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


def read_study(path: pathlib.Path | str) -> Study:
    """Read a file of targets with all that it names. Raises InputProblems with everything that is wrong."""
    problems: list[Problem] = []
    path = pathlib.Path(path)
    files = _target_files(path, problems)
    problems += _target_problems(files)
    priors = _priors(files, problems)
    if not files or priors is None:
        raise InputProblems(dict.fromkeys(problems))
    written, known = priors
    problems += _only_in_problems(written, known, files)
    parts = []
    for file in files:
        try:
            parts.append(_part(*file, written, known))
        except InputProblems as found:
            problems += found.problems
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return Study(path, tuple(parts), known)


def _priors(
    files: list[tuple[pathlib.Path, Resolved, TargetsFile]], problems: list[Problem]
) -> tuple[Resolved, dict[str, Prior]] | None:
    """The priors that the first file names, as far as they can be read."""
    if not files:
        return None
    path, resolved, file = files[0]
    if file.priors is None:
        problems.append(problem_at(resolved, (), "missing key 'priors': without them there is nothing to fit", True))
        return None
    if not (path.parent / file.priors).is_file():
        problems.append(problem_at(resolved, ("priors",), f"there is no file {file.priors}"))
        return None
    try:
        written, priors = _read(path.parent / file.priors, PriorsFile)
    except InputProblems as found:
        problems += found.problems
        return None
    return written, dict(priors.parameters)


def _target_files(path: pathlib.Path, problems: list[Problem]) -> list[tuple[pathlib.Path, Resolved, TargetsFile]]:
    """The file and those that it brings with it, as far as they can be read."""
    files = []
    try:
        resolved, file = _read(path, TargetsFile)
        files.append((path, resolved, file))
        for number, name in enumerate(file.with_):
            beside = path.parent / name
            if not beside.is_file():
                near = did_you_mean(name, [p.name for p in path.parent.glob("*.yaml")])
                message = f"there is no file {name} beside this one{near}"
                problems.append(problem_at(resolved, ("with", number), message))
                continue
            files.append((beside, *_read(beside, TargetsFile)))
    except InputProblems as found:
        problems += found.problems
    return files


def _read(path: pathlib.Path, kind: type[File]) -> tuple[Resolved, File]:
    """A file, checked against its schema."""
    plain, problems = unwrap(read(path))
    resolved = Resolved(plain.data, plain.origins, plain.marks, plain.keys)
    try:
        file = kind.model_validate(resolved.data)
    except ValidationError as error:
        problems += [explain(resolved, each, kind) for each in error.errors()]
        raise InputProblems(problems) from None
    if problems:
        raise InputProblems(problems)
    return resolved, file


def _part(
    path: pathlib.Path, own: Resolved, file: TargetsFile, written: Resolved, priors: Mapping[str, Prior]
) -> Part:
    """The scenario of a file of targets, with the middle of the priors in it and these targets as published figures."""
    scenario = path.parent / file.scenario
    if not scenario.is_file():
        near = did_you_mean(scenario.name, [p.name for p in scenario.parent.glob("*.yaml")])
        raise InputProblems([problem_at(own, ("scenario",), f"there is no file {file.scenario}{near}")])
    mine = {name: prior for name, prior in priors.items() if prior.only_in is None or path.stem in prior.only_in}
    middle = {
        place: value
        for name, prior in mine.items()
        for place, value in prior.places(name).values(_plain(prior, 0.0)).items()
    }
    resolved = resolve(scenario, middle)
    if missing := [*_missing(written, mine, resolved, scenario.name)]:
        raise InputProblems(missing)
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


def _only_in_problems(
    written: Resolved, priors: Mapping[str, Prior], files: list[tuple[pathlib.Path, Resolved, TargetsFile]]
) -> Iterator[Problem]:
    names = [path.stem for path, _, _ in files]
    for name, prior in priors.items():
        for number, stem in enumerate(prior.only_in or ()):
            if stem not in names:
                near = did_you_mean(stem, names) or f"; there is {', '.join(sorted(names))}"
                message = f"no file of targets '{stem}' is fitted here{near}"
                yield problem_at(written, ("parameters", name, "only_in", number), message)


def _missing(
    written: Resolved, priors: Mapping[str, Prior], resolved: Resolved, scenario: str
) -> Iterator[Problem]:
    """Parameters that the scenario does not have."""
    known = [dotted(at) for at, value in leaves(resolved.data) if value == WORD or isinstance(value, int | float)]
    for name, prior in priors.items():
        places = prior.places(name)
        for place in (*places.same, *places.rest):
            if place not in known:
                key = "also" if place in prior.also else "rest" if place in prior.rest else None
                message = f"{scenario} has no parameter '{place}'{did_you_mean(place, known)}"
                yield problem_at(written, ("parameters", name, *([key] if key else [])), message, key is None)


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


def _target_problems(files: list[tuple[pathlib.Path, Resolved, TargetsFile]]) -> Iterator[Problem]:
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
