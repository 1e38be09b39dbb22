"""Reading the file of evidence, strictly: what is wrong with it is told at file:line:col."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from calibration.evidence.schema import ALL, NOBODY, EvidenceFile, Judged
from calibration.strict import read_checked
from simulation.scenario.explain import problem_at
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import Problem
from simulation.scenario.files.yamlfile import Path

EVIDENCE = pathlib.Path(__file__).with_name("effects.yaml")


def read_evidence(path: pathlib.Path | str = EVIDENCE) -> EvidenceFile:
    """Read a file of evidence. Raises InputProblems with everything that is wrong."""
    return read_checked(pathlib.Path(path), EvidenceFile, _problems)[1]


def _problems(resolved: Resolved, file: EvidenceFile) -> Iterator[Problem]:
    """Names that do not fit, and experiments that would enter a mechanism twice."""
    for name in file.doses:
        if name not in file.studies:
            yield problem_at(resolved, ("doses", name), f"there is no study '{name}'", key=True)
    for mechanism, each in file.mechanisms.items():
        for number, judged in enumerate(each.judged):
            place: Path = ("mechanisms", mechanism, "judged", number)
            yield from _judged(resolved, file, mechanism, place, judged)
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


def _judged(
    resolved: Resolved, file: EvidenceFile, mechanism: str, place: Path, judged: Judged
) -> Iterator[Problem]:
    """A judgement of a destination that the mechanism does not have, or of a group that has studies."""
    if judged.destination not in file.mechanisms[mechanism].destinations:
        allowed = ", ".join(file.mechanisms[mechanism].destinations)
        message = f"'{judged.destination}' is no destination of '{mechanism}'; those are {allowed}"
        yield problem_at(resolved, (*place, "destination"), message)
    same = (mechanism, judged.destination, judged.group)
    studied = [key for key, e in file.studies.items() if e.used and (e.mechanism, e.destination, e.group) == same]
    if studied or judged.group in (ALL, NOBODY):
        of_studies = f"of '{judged.group}' there are studies: {', '.join(studied)}"
        yield problem_at(resolved, (*place, "group"), of_studies if studied else "no group is called so")
