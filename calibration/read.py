"""Reading a study: a file of targets with the others that it names, their scenarios and the priors."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping

from calibration.priors import Prior
from calibration.strict import read_checked
from calibration.study import Part, PriorsFile, Study, TargetsFile
from calibration.study_problems import (
    TargetsRead,
    beyond_limits,
    counted_twice,
    design_problems,
    missing,
    only_in_problems,
    other_ranges,
    plain,
    target_problems,
    twice,
    wrong_units,
)
from simulation.results.citations import citation_problems
from simulation.scenario.explain import problem_at
from simulation.scenario.files.evidence import LOG, read_synthesis
from simulation.scenario.files.fitted import UNFILLED
from simulation.scenario.files.overlay import Resolved, take_in
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.reading import resolve
from simulation.scenario.files.roots import CannotBeNamed, file_named, is_below, root_of
from simulation.scenario.files.shipped import TARGETS, located
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.load import validated


def read_study(path: pathlib.Path | str) -> Study:
    """Read a file of targets with all that it names; `shipped/NAME` is one that comes with the program. Raises
    InputProblems with everything that is wrong."""
    problems: list[Problem] = []
    path = located(path, TARGETS)
    files, first = _target_files(path, problems)
    priors_read = None if first is None else _priors(path, first, problems)
    if priors_read is None or problems:
        raise InputProblems(dict.fromkeys(problems))
    priors_file, priors_by_name = priors_read
    elsewhere_problems = [*only_in_problems(priors_file, priors_by_name, files)]
    problems += [*target_problems(files), *elsewhere_problems]
    parts = []
    for file in files:
        try:
            parts.append(_part(*file, priors_file, priors_by_name))
        except InputProblems as error:  # unfilled for want of a prior that is set elsewhere: reported already
            problems += [p for p in error.problems if not elsewhere_problems or not p.message.startswith(UNFILLED)]
    if (fitted := files[0][2].fitted) is not None and not is_below(path.parent / fitted, root_of(path)):
        problems.append(problem_at(files[0][1], ("fitted",), f"'{fitted}' lies outside this project"))
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return Study(path, tuple(parts), priors_by_name)


def _priors(path: pathlib.Path, first: Resolved, problems: list[Problem]) -> tuple[Resolved, dict[str, Prior]] | None:
    """The priors that the first file names, as far as they can be read."""
    name = first.data.get("priors")
    if name is None:
        problems.append(problem_at(first, (), "missing key 'priors': without them there is nothing to fit", True))
    if not isinstance(name, str):
        return None
    synthesis = None
    try:
        own = _beside(path, first, ("priors",), name)
        priors_file, priors = read_checked(own, PriorsFile)
    except InputProblems as error:
        problems += error.problems
        return None
    if priors.evidence is not None:
        try:
            synthesis = read_synthesis(_beside(own, priors_file, ("evidence",), priors.evidence))
        except InputProblems as error:
            problems += error.problems
            return None
    parameters = {}
    for parameter, prior in priors.parameters.items():
        if prior.of is not None:
            place: Path = ("parameters", parameter, "of")
            if synthesis is None:
                problems.append(problem_at(priors_file, place, "no synthesis is named (`evidence: FILE` at the top)"))
                continue
            if wrong := synthesis.wrong_with(prior.of, LOG):
                problems.append(problem_at(priors_file, place, wrong))
                continue
            prior = prior.from_synthesis(synthesis)
        parameters[parameter] = prior
    return priors_file, parameters


def _target_files(path: pathlib.Path, problems: list[Problem]) -> tuple[list[TargetsRead], Resolved | None]:
    """The file and those that it brings with it, as far as they can be read; and the first one as it is written."""
    files: list[TargetsRead] = []

    def take(file: pathlib.Path) -> Resolved | None:
        try:
            files.append((file, *read_checked(file, TargetsFile, design_problems)))
        except InputProblems as error:
            problems.extend(error.problems)
            return error.document if isinstance(error.document, Resolved) else None
        return files[-1][1]

    first = take(path)
    names = first.data.get("with") if first is not None else None
    seen = {path.stem}
    for number, name in enumerate(names if isinstance(names, list) else ()):
        if first is None or not isinstance(name, str):
            continue
        try:
            file = _beside(path, first, ("with", number), name)
        except InputProblems as error:
            problems += error.problems
            continue
        if file.stem in seen:
            problems.append(problem_at(first, ("with", number), f"{file.name} is fitted to already"))
            continue
        seen.add(file.stem)
        named_file = take(file)
        if named_file is not None and named_file.data.get("with"):
            problems.append(problem_at(named_file, ("with",), "only the file that is calibrated names others"))
    return files, first


def _beside(path: pathlib.Path, naming_file: Resolved, place: Path, name: str) -> pathlib.Path:
    """A file that a file of targets names. Raises InputProblems if it is not there, or not below its root."""
    try:
        return file_named(dotted(place), name, path, root_of(path))
    except CannotBeNamed as error:
        raise InputProblems([problem_at(naming_file, place, str(error))]) from None


def _part(
    path: pathlib.Path, target_file: Resolved, file: TargetsFile, priors_file: Resolved, priors: Mapping[str, Prior]
) -> Part:
    """The scenario of a file of targets, with the middle of the priors in it and these targets as published figures."""
    scenario = _beside(path, target_file, ("scenario",), file.scenario)
    part_priors = {name: prior for name, prior in priors.items() if prior.only_in is None or path.stem in prior.only_in}
    middle = {
        place: value
        for name, prior in part_priors.items()
        for place, value in prior.paths(name).values(plain(prior, 0.0)).items()
    }
    resolved = resolve(scenario, middle)
    if problems := [*missing(priors_file, part_priors, resolved, scenario.name), *twice(priors_file, part_priors)]:
        raise InputProblems(problems)
    take_in(resolved, target_file, ())
    resolved.data["seed"] = file.seed
    loaded = validated(str(scenario), resolved)
    problems = [*citation_problems(loaded), *wrong_units(priors_file, part_priors, resolved)]
    problems += other_ranges(priors_file, part_priors, resolved)
    problems += counted_twice(priors_file, part_priors, resolved)
    for name, prior in part_priors.items():
        problems += beyond_limits(priors_file, name, prior, loaded)
    if problems:
        raise InputProblems(problems)
    return Part(path.stem, file, loaded)
