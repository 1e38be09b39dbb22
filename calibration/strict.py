"""A file of calibration, read strictly: everything that is wrong with it is told at once, at file:line:col."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import ValidationError

from simulation.scenario.explain import explain
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.values import unwrap
from simulation.scenario.files.yamlfile import dotted, read
from simulation.world.spec import Spec

File = TypeVar("File", bound=Spec)


def _nothing(resolved: Resolved, file: File) -> Iterable[Problem]:
    return ()


def read_checked(
    path: pathlib.Path, kind: type[File], further: Callable[[Resolved, File], Iterable[Problem]] = _nothing
) -> tuple[Resolved, File]:
    """A file, checked against its schema, and then by what is `further` asked of it. Raises InputProblems, whose
    `document` is the content if it can be read."""
    plain, problems = unwrap(read(path))
    problems += [Problem("nothing in this file changes at a date", mark, dotted(at)) for at, mark in plain.dates()]
    resolved = Resolved(plain.data, plain.origins, plain.marks, plain.keys)
    try:
        file = kind.model_validate(resolved.data)
    except ValidationError as error:
        problems += [explain(resolved, wrong, kind) for wrong in error.errors()]
        raise InputProblems(problems, resolved) from None
    problems += further(resolved, file)
    if problems:
        raise InputProblems(problems, resolved)
    return resolved, file
