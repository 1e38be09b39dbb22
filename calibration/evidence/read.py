"""Reading the file of evidence, strictly: what is wrong with it is told at file:line:col."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from calibration.evidence.schema import ALL, NOBODY, EvidenceFile
from calibration.strict import read_checked
from simulation.scenario.explain import problem_at
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import Problem

EVIDENCE = pathlib.Path(__file__).with_name("effects.yaml")


def read_evidence(path: pathlib.Path | str = EVIDENCE) -> EvidenceFile:
    """Read a file of evidence. Raises InputProblems with everything that is wrong."""
    return read_checked(pathlib.Path(path), EvidenceFile, _problems)[1]


def _problems(resolved: Resolved, file: EvidenceFile) -> Iterator[Problem]:
    """Names that do not fit, and experiments that would enter a mechanism twice."""
    seen: dict[tuple[str | None, str], str] = {}
    for name, entry in file.studies.items():
        at = ("studies", name)
        if entry.mechanism is not None and entry.mechanism not in file.mechanisms:
            yield problem_at(resolved, (*at, "mechanism"), f"there is no mechanism '{entry.mechanism}'")
            continue
        if entry.group in (ALL, NOBODY):
            message = f"no group is called '{entry.group}': '{ALL}' are all of them, '{NOBODY}' is without studies"
            yield problem_at(resolved, (*at, "group"), message)
        if not entry.used or entry.mechanism is None:
            continue
        allowed = file.mechanisms[entry.mechanism].destinations
        if entry.destination not in allowed:
            message = f"'{entry.destination}' is no destination of '{entry.mechanism}'; those are {', '.join(allowed)}"
            yield problem_at(resolved, (*at, "destination"), message)
        first = seen.setdefault((entry.mechanism, entry.experiment), name)
        if first != name:
            message = f"the experiment '{entry.experiment}' enters '{entry.mechanism}' twice: as {first} already"
            yield problem_at(resolved, at, message, key=True)
