"""From a file to a validated, frozen scenario, with everything that is wrong with it found at once."""

from __future__ import annotations

import pathlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from simulation.interventions.contract import more_jobcentres
from simulation.scenario.benefit_problems import benefit_problems
from simulation.scenario.by_place import by_place, laid, own_problems, place_of, same_everywhere
from simulation.scenario.dates import (
    at_week,
    changes_in_run,
    date_problems,
    every_week,
    told_at_its_date,
    weeks_of,
    without_dates,
)
from simulation.scenario.explain import explain, path_in_data, problem_at, value_at
from simulation.scenario.fields import unit_of
from simulation.scenario.files.overlay import Resolved, drop_danish_name
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.reading import resolve, with_part
from simulation.scenario.files.roots import CannotBeNamed, file_named, root_of
from simulation.scenario.files.settings import CannotBeSet, is_written, set_values, without_option
from simulation.scenario.files.shipped import located
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.in_short import in_ten_lines
from simulation.scenario.intake_problems import intake_problems
from simulation.scenario.jobs import job_problems
from simulation.scenario.notices import notice_problems
from simulation.scenario.organisation import organisation_problems
from simulation.scenario.plan_problems import plan_problems
from simulation.scenario.profiles import profile_problems
from simulation.scenario.schema import Scenario
from simulation.scenario.sizes import size_problems
from simulation.scenario.split import apart, split_problems
from simulation.scenario.staffing import staffing_problems
from simulation.scenario.trial_problems import trial_problems
from simulation.scenario.unknown import taken_away, unknown_name_problems
from simulation.scenario.words import ENROLMENT
from simulation.world.keywords import kindly
from simulation.world.spec import WRONG_PART


@dataclass(frozen=True, repr=False)
class Loaded:
    """A scenario with the file it came from and the origin of every value. `written` is the resolved text as data."""

    file: str
    scenario: Scenario
    resolved: Resolved

    @kindly
    def with_(self, changes: Mapping[str, Any], name: str | None = None) -> Loaded:
        """The scenario with single values changed, each by its dotted path. Raises CannotBeSet, a ValueError and an
        InputProblems, with the path that was meant.

        >>> SMALL.with_({"teams.team.fte": 1}).scenario.teams["team"].fte
        1.0
        """
        try:
            changed = set_values(self.resolved, changes)
            if name is not None:
                _call(changed, name)
            return validated(self.file, changed)
        except InputProblems as error:
            raise CannotBeSet(map(without_option, error.problems)) from None

    @kindly
    def with_part(
        self, part: str, arms: list[str] | None = None, names: Mapping[str, str] | None = None, name: str | None = None
    ) -> Loaded:
        """The scenario with a part on it (a file beside its own, or `shipped/parts/NAME`), as its `extends` would take
        it in, for these arms, with other names (`as`). Raises InputProblems with all that is wrong.

        >>> SMALL.with_part("shipped/parts/fritagelse", name="Exempt").scenario.name
        'Exempt'
        """
        entry = {"part": part, "arms": arms, "as": dict(names or {}) or None}
        changed = with_part(self.file, self.resolved, {key: each for key, each in entry.items() if each is not None})
        if name is not None:
            _call(changed, name)
        return validated(self.file, changed)

    def at(self, values: Mapping[str, Any]) -> Loaded:
        """The scenario with other values at dotted paths that are there, such as those of a draw: quicker than `with_`,
        and what is told of them stays. Raises InputProblems, KeyError for a path that is not there."""
        changed = self.resolved.copied()
        for name, value in values.items():
            part, key = changed.part_of(name.split("."))
            part[key] = value
        return validated(self.file, changed, new=False)

    def varied(self, changes: Mapping[str, Any]) -> Loaded:
        """As `with_`, for a point of a sweep: null for a key that is not written leaves the scenario as it is."""
        absent = [key for key, value in changes.items() if value is None and not is_written(self.resolved, key)]
        return self.with_({key: value for key, value in changes.items() if key not in absent})

    def values(self) -> list[dict[str, Any]]:
        """One row per value of the scenario: path, value, unit, kind, source, page, range, note, file, line; of a
        fitted value the fit, and its interval (95 %, of the parameter)."""
        return self._rows(self.resolved.leaves())

    def _rows(self, values: Iterable[tuple[Path, Any]]) -> list[dict[str, Any]]:
        rows = []
        for path, value in values:
            origin = self.resolved.origin(path).as_dict()
            rows.append({"path": dotted(path), "value": value, "unit": unit_of(path, self.resolved.data), **origin})
            if (fit := self.resolved.fitted.get(path)) is not None:
                low, high = fit.interval(dotted(path))
                rows[-1] |= {"fitted": fit.name, "fitted_low": low, "fitted_high": high}
        return rows

    def parameters(self) -> list[dict[str, Any]]:
        """Those values that are numbers and say something about the world, and so need a source."""
        single_arm = len(self.scenario.as_written) == 1  # its weight says nothing
        return self._rows(
            (path, value)
            for path, value in self.resolved.leaves()
            if isinstance(value, int | float)
            and not isinstance(value, bool)
            and path[0] not in _NOT_PARAMETERS
            and not (path[0] == "arms" and single_arm)
        )

    def __repr__(self) -> str:
        return in_ten_lines(self.file, self.scenario, [row.get("kind") for row in self.parameters()])

    def unsourced(self) -> list[str]:
        """Paths of numbers that no source is given for; they count as assumed."""
        return [row["path"] for row in self.parameters() if not row.get("kind")]


def _call(changed: Resolved, name: str) -> None:
    """Give a scenario a name; the Danish one that it has is that of another scenario then."""
    drop_danish_name(changed)
    changed.data["name"] = name


def companion(loaded: Loaded) -> Loaded | None:
    """The scenario that a scenario is compared with, by the same seed; None if it names none. Raises InputProblems."""
    name = loaded.scenario.compare_with
    if name is None:
        return None
    written = pathlib.Path(loaded.resolved.mark(("compare_with",)).file)  # beside this file, not an overlay of it
    naming, file = written if written.is_file() else pathlib.Path(loaded.file), pathlib.Path(loaded.file)
    try:
        path = file_named("compare_with", name, naming, root_of(file), deep=True)
    except CannotBeNamed as error:
        raise InputProblems([problem_at(loaded.resolved, ("compare_with",), str(error))]) from None
    return load(path, {"seed": loaded.scenario.seed})


OF_ALL_PARTS = ("too_short", "value_error", WRONG_PART)
"""Mistakes of a mapping or a list that may only be so because one of its parts was refused."""

_NOT_PARAMETERS = {
    "version", "seed", "replications", "published", "needed_effects", "milestones", "weeks", "follow_up",
    "measured_from", "measured_until", "states_at", "watched", "reports_at", "success", "success_offers", "together",
    "periods", "sweep",
}  # fmt: skip
"""Parts of a scenario that describe the run or cite results, and need no source of their own."""


def load(
    path: pathlib.Path | str, changes: Mapping[str, Any] | None = None, supplied: Mapping[str, float] | None = None
) -> Loaded:
    """Read, resolve and validate a scenario file, with single values changed by their dotted path.

    `shipped/NAME` is a scenario that comes with the program. `supplied` are values by dotted path for places that say
    `fitted`, as for `resolve`. Raises InputProblems with all that is wrong.
    """
    path = located(path)
    resolved = resolve(path, supplied)
    return validated(str(path), set_values(resolved, changes) if changes else resolved)


def validated(file: str, resolved: Resolved, new: bool = True) -> Loaded:
    """The scenario that a resolved file describes. Without `new` only numbers differ from one that was valid, so what
    is said of them is not looked at again. Raises InputProblems with all that is wrong."""
    refused = [*date_problems(resolved)] if new else []
    problems, resolved = [*resolved.problems, *refused], without_dates(resolved, refused)
    weeks, found = weeks_of(resolved), dict[int, Scenario]()
    for week in every_week(resolved) if new else [0, *weeks]:
        try:
            found[week] = _scenario(at_week(resolved, week), new)
        except InputProblems as error:
            problems += [told_at_its_date(resolved, week, problem) for problem in error.problems]
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    scenario = found[0]
    if weeks:
        scenario = scenario.with_later(tuple((week, found[week]) for week in weeks), changes_in_run(resolved))
    return Loaded(file, scenario, resolved)


def _scenario(resolved: Resolved, new: bool) -> Scenario:
    """The scenario of a file without dates. Raises InputProblems with all that is wrong."""
    problems = [*resolved.problems, *(_unit_problems(resolved) if new else ())]
    problems += [problem_at(resolved, path, message, key=True) for path, message in split_problems(resolved.data)]
    resolved = apart(resolved)
    problems += [problem_at(resolved, path, message, key=True) for path, message in own_problems(resolved)]
    resolved = laid(resolved)
    refused = {problem.path.removesuffix(".value") for problem in problems if problem.path}
    problems += [*unknown_name_problems(resolved, refused), *_job_spells(resolved)]
    reported = {problem.path.removesuffix(".value") for problem in problems}
    try:
        scenario = Scenario.model_validate(resolved.data)
    except ValidationError as error:
        problems += [explain(resolved, wrong) for wrong in error.errors() if not _follows(resolved, wrong, reported)]
        raise InputProblems(_once(problems)) from None
    problems += [problem_at(resolved, path, message) for path, message in same_everywhere(scenario)]
    if not problems:
        findings = [*organisation_problems(scenario)] or [*staffing_problems(scenario)]
        problems += [problem_at(resolved, path, message) for path, message in findings]
        looks = (
            size_problems, notice_problems, job_problems, benefit_problems, plan_problems, intake_problems,
            trial_problems, *([profile_problems] if new else []),
        )  # fmt: skip
        findings = [finding for look in looks for finding in look(scenario)]
        problems += [problem_at(resolved, path, message) for path, message in findings]
        problems += _interventions(resolved, scenario)
    if problems:
        raise InputProblems(_once(problems))
    return scenario


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """What is wrong with an intervention is wrong with it in every jobcentre that has something else of it otherwise:
    it is told once, of the intervention itself."""
    told: dict[tuple[str, Mark | None], Problem] = {}
    for problem in problems:
        said = problem.message, problem.mark
        if said not in told or told[said].path.startswith("jobcentres."):
            told[said] = problem
    return list(told.values())


def _follows(resolved: Resolved, error: Any, reported: Collection[str]) -> bool:
    """Whether this is said already, or may only be so because a value below was refused."""
    path = path_in_data(resolved.data, error["loc"])
    if error["type"] == "union_tag_not_found":
        path = (*path, "kind")
    here = dotted(path)
    if any(here == wrong or here.startswith(f"{wrong}.") for wrong in reported if wrong):
        return True
    if not here or error["type"] not in OF_ALL_PARTS or not isinstance(value_at(resolved.data, path), Mapping | list):
        return False
    below = {problem.path for problem in resolved.problems if problem.path.startswith(f"{here}.")}
    return any(value_at(resolved.data, path.removesuffix(".value").split(".")) is None for path in below)


def _job_spells(resolved: Resolved) -> Iterable[Problem]:
    """Job spells without the exit that they are of, or written twice."""
    by: Path = ("job_spells",)
    exits = resolved.data.get("exits")
    if resolved.data.get("job_spells") is None or not isinstance(exits, Mapping):
        return
    job = exits.get("job")
    if "job" not in exits:
        mark = taken_away(resolved, ("exits",), "job", by) or resolved.mark(by, key=True)
        message, inherited = "there are job spells but no exit called 'job'", resolved.inherited_by.get(mark.file, ())
        yield Problem(message, mark, dotted(by), inherited_by=inherited)
    elif isinstance(job, Mapping) and job.get("job_spells") is not None:
        yield problem_at(resolved, ("exits", "job", "job_spells"), "the spells of 'job' stand in job_spells", key=True)


def _interventions(resolved: Resolved, scenario: Scenario) -> Iterable[Problem]:
    """What the interventions themselves find wrong with the world they stand in."""
    messages: dict[Path, dict[str, None]] = {}
    for there in by_place(scenario):
        jobcentre = next(iter(there.jobcentres))
        for name, intervention in there.interventions_of(jobcentre).items():
            for path, message in intervention.problems(there):
                messages.setdefault((*place_of(scenario, jobcentre, name), *path), {})[message] = None
    for path, (first, *others) in messages.items():  # what one key does to many jobcentres is reported once
        yield problem_at(resolved, path, first + more_jobcentres(len(others)))
    origin = scenario.months_from
    of_all = origin is None or origin == ENROLMENT
    if not of_all and not scenario.interventions[str(origin)].refers_people:
        yield problem_at(resolved, ("months_from",), f"nobody is referred to '{origin}'; no months count from it")


def _unit_problems(resolved: Resolved) -> Iterable[Problem]:
    """Stated units that are not the ones that the program uses."""
    for path, origin in resolved.origins.items():
        if origin.unit and (wanted := unit_of(path, resolved.data)) and origin.unit != wanted:
            yield problem_at(resolved, path, f"the unit here is {wanted} (got '{origin.unit}')")
