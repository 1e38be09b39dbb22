"""Reading the file of evidence, strictly: what is wrong with it is told at file:line:col."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from calibration.evidence.instrument import measured
from calibration.evidence.plans import DoseOfStudy
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
    for name, dose in file.doses.items():
        yield from (problem_at(resolved, ("doses", name), text, key=True) for text in _wrong_dose(file, name, dose))
    places = file.between_places
    if not places.low <= places.sd <= places.high:
        message = f"must lie within low and high (got {places.low:g}, {places.sd:g}, {places.high:g})"
        yield problem_at(resolved, ("between_places", "sd"), message)
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


def _wrong_dose(file: EvidenceFile, name: str, dose: DoseOfStudy) -> Iterator[str]:
    """What keeps the model from measuring the effect of talks by this dose."""
    entry = file.studies.get(name)
    if entry is None:
        yield f"there is no study '{name}'"
        return
    if dose.group in (ALL, NOBODY):
        yield f"no group is called '{dose.group}'"
    allowed = [each.destinations for each in file.mechanisms.values() if each.measured]
    if not any(entry.destination in destinations for destinations in allowed):
        yield f"no mechanism that is measured has the destination '{entry.destination}' of this study"
    talks = [*dose.treated.personal, *dose.treated.remote, *dose.control.personal, *dose.control.remote]
    if late := sorted(week for week in talks if week >= dose.horizon_weeks):
        yield f"talks in week {late[0]} or later come after the horizon of {dose.horizon_weeks} weeks"
    estimate = entry.estimate if dose.estimate is None else dose.estimate
    if estimate is None or entry.error is None:
        yield "this study has no estimate or no error to be measured by"
        return
    try:
        measured(dose, file.curve, estimate, dose.sd or entry.error.sd)
    except ValueError as error:
        yield str(error)


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
    if file.mechanisms[mechanism].measured:
        known = {key: dose for key, dose in file.doses.items() if key in file.studies}
        studied = [key for key, dose in known.items() if (file.studies[key].destination, dose.group) == same[1:]]
    alike = [each for each in file.mechanisms[mechanism].judged if (each.destination, each.group) == same[1:]]
    if alike[0] is not judged:
        yield problem_at(resolved, (*place, "group"), f"'{judged.group}' is judged already")
    if studied or judged.group in (ALL, NOBODY):
        of_studies = f"of '{judged.group}' there are studies: {', '.join(studied)}"
        yield problem_at(resolved, (*place, "group"), of_studies if studied else "no group is called so")
