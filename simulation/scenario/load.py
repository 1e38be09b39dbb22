"""From a file to a validated, frozen scenario, with everything that is wrong with it found at once."""

from __future__ import annotations

import pathlib
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from simulation.interventions import KINDS, Intervention
from simulation.interventions.plan import Plan
from simulation.interventions.samtaler import Samtaler
from simulation.scenario.organisation import organisation_problems
from simulation.scenario.overlay import Resolved, resolve, set_values
from simulation.scenario.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.references import unknown_names
from simulation.scenario.schema import Scenario
from simulation.scenario.staffing import staffing_problems
from simulation.scenario.values import leaves
from simulation.scenario.yamlfile import Path, dotted


@dataclass(frozen=True)
class Loaded:
    """A scenario with the file it came from and the origin of every value. `written` is the resolved text as data."""

    file: str
    scenario: Scenario
    resolved: Resolved

    def with_(self, changes: Mapping[str, Any], name: str | None = None) -> Loaded:
        """The scenario with single values changed, each by its dotted path. Raises InputProblems."""
        changed = set_values(self.resolved, changes)
        if name is not None:
            changed.data["name"] = name
        return validated(self.file, changed)

    def values(self) -> list[dict[str, Any]]:
        """One row per value of the scenario: path, value, unit, kind, source, page, range, note, file, line."""
        return [
            {"path": dotted(path), "value": value, "unit": unit_of(path), **self.resolved.origin(path).as_dict()}
            for path, value in leaves(self.resolved.data)
        ]

    def parameters(self) -> list[dict[str, Any]]:
        """Those values that are numbers and say something about the world, and so need a source."""
        single_arm = len(self.scenario.arms) == 1  # whose weight says nothing
        return [
            row
            for row in self.values()
            if isinstance(row["value"], int | float)
            and not isinstance(row["value"], bool)
            and (part := row["path"].split(".")[0]) not in _NOT_PARAMETERS
            and not (part == "arms" and single_arm)
        ]

    def unsourced(self) -> list[str]:
        """Paths of numbers that no source is given for; they count as assumed."""
        return [row["path"] for row in self.parameters() if not row.get("kind")]


def companion(loaded: Loaded) -> Loaded | None:
    """The scenario that a scenario is compared with, by the same seed; None if it names none. Raises InputProblems."""
    name = loaded.scenario.compare_with
    if name is None:
        return None
    written = pathlib.Path(loaded.resolved.mark(("compare_with",)).file)  # beside this file, not an overlay of it
    path = (written if written.is_file() else pathlib.Path(loaded.file)).parent / name
    if not path.is_file():
        near = did_you_mean(name, [p.name for p in path.parent.glob("*.yaml")])
        message = f"there is no file {name} beside this one{near}"
        raise InputProblems([Problem(message, loaded.resolved.mark(("compare_with",)), "compare_with")])
    return load(path, {"seed": loaded.scenario.seed})


_NOT_PARAMETERS = {
    "version",
    "seed",
    "replications",
    "published",
    "needed_effects",
    "milestones",
    "weeks",
    "follow_up",
    "measured_from",
    "measured_until",
    "states_at",
    "sweep",
}
"""Parts of a scenario that describe the run or cite results, and need no source of their own."""


def load(path: pathlib.Path | str, changes: Mapping[str, Any] | None = None) -> Loaded:
    """Read, resolve and validate a scenario file, with single values changed by their dotted path.

    Raises InputProblems with all that is wrong.
    """
    resolved = resolve(path)
    return validated(str(path), set_values(resolved, changes) if changes else resolved)


def validated(file: str, resolved: Resolved) -> Loaded:
    """The scenario that a resolved file describes. Raises InputProblems with all that is wrong."""
    problems = [*resolved.problems, *_unit_problems(resolved), *_unknown_names(resolved)]
    said = {problem.path for problem in problems}
    try:
        scenario = Scenario.model_validate(resolved.data)
    except ValidationError as error:
        for each in error.errors():
            path = dotted(_path_in_data(resolved.data, each["loc"]))
            if not any(path == wrong or path.startswith(f"{wrong}.") for wrong in said if wrong):
                problems.append(_explain(resolved, each))
        raise InputProblems(problems) from None
    if not problems:
        found = [*organisation_problems(scenario)] or [*staffing_problems(scenario)]
        problems += [_problem(resolved, path, message) for path, message in found]
        problems += [*_plans_and_arms(resolved, scenario), *_interventions(resolved, scenario)]
    if problems:
        raise InputProblems(problems)
    return Loaded(file, scenario, resolved)


def _unknown_names(resolved: Resolved) -> Iterable[Problem]:
    """Names that refer to something the scenario does not have."""
    for path, name, known in unknown_names(resolved.data):
        near = did_you_mean(name, known) or f"; there is {', '.join(known) or 'none'}"
        yield _problem(resolved, path, f"'{name}' is not known here{near}", key=path[-1] == name)
    if resolved.data.get("job_spells") is not None and "job" not in (resolved.data.get("exits") or {}):
        yield _problem(resolved, ("job_spells",), "there are job spells but no exit called 'job'", key=True)
    exits = resolved.data.get("exits")
    job = exits.get("job") if isinstance(exits, Mapping) else None
    if resolved.data.get("job_spells") is not None and isinstance(job, Mapping) and job.get("job_spells") is not None:
        yield _problem(resolved, ("exits", "job", "job_spells"), "the spells of 'job' stand in job_spells", key=True)


def _plans_and_arms(resolved: Resolved, scenario: Scenario) -> Iterable[Problem]:
    """A ledig begins on one plan and has one caseworker, and a team that serves some arms only serves no other."""
    begun: list[tuple[str, Samtaler, Plan, str]] = []
    for name, samtaler in scenario.by_kind(Samtaler).items():
        at: Path = ("interventions", name, "plans")
        begins = [(arm, plan_name) for plan_name, plan in samtaler.plans.items() for arm in plan.arms]
        for arm, plan_name in begins:
            plan = samtaler.plans[plan_name]
            for other_arm, other_samtaler, other, where in begun:
                one_of_both = other_samtaler is samtaler or (other_samtaler.caseworker and samtaler.caseworker)
                if arm == other_arm and one_of_both and not plan.apart_from(other):
                    message = f"{arm} begins on {where} already; a ledig follows one plan at a time"
                    yield _problem(resolved, (*at, plan_name, "arms"), message)
                    break
            begun.append((arm, samtaler, plan, f"interventions.{name}.plans.{plan_name}"))
        for arm, first in begins:
            plan_name, seen = first, set[str]()
            while plan_name not in seen:
                seen.add(plan_name)
                plan = samtaler.plans[plan_name]
                served = scenario.teams[plan.team].arms
                if served is not None and arm not in served:
                    message = f"team '{plan.team}' does not serve {arm} (teams.{plan.team}.arms)"
                    yield _problem(resolved, (*at, plan_name, "team"), message)
                if plan.then and plan.then.plan in seen:
                    yield _problem(resolved, (*at, plan_name, "then"), "the plans lead round in a circle")
                plan_name = plan.then.plan if plan.then else plan_name


def _interventions(resolved: Resolved, scenario: Scenario) -> Iterable[Problem]:
    """What the interventions themselves find wrong with the world they stand in."""
    for name, intervention in scenario.interventions.items():
        found: dict[Path, dict[str, None]] = {}
        for path, message in intervention.problems(scenario):
            found.setdefault(path, {})[message] = None
        for path, (first, *others) in found.items():  # what one key does to many jobcentres is said once
            more = f" (and {len(others)} more jobcentres)" if others else ""
            yield _problem(resolved, ("interventions", name, *path), first + more)
    origin = scenario.months_from
    if origin is not None and not scenario.interventions[origin].refers_people:
        yield _problem(resolved, ("months_from",), f"nobody is referred to '{origin}'; no months count from it")


def _unit_problems(resolved: Resolved) -> Iterable[Problem]:
    """A stated unit must be the one that the program reckons in."""
    for path, origin in resolved.origins.items():
        wanted = unit_of(path)
        if origin.unit and wanted and origin.unit != wanted:
            yield _problem(resolved, path, f"the unit here is {wanted} (got '{origin.unit}')")


def _problem(resolved: Resolved, path: Path, message: str, key: bool = False) -> Problem:
    mark = resolved.mark(path, key)
    return Problem(message, mark, dotted(path), inherited_by=resolved.inherited_by.get(mark.file, ()))


# --- what pydantic found, in plain words -----------------------------------------------------------------------


def _explain(resolved: Resolved, error: Any) -> Problem:
    path = _path_in_data(resolved.data, error["loc"])
    kind, got, limits = error["type"], error["input"], error.get("ctx", {})
    shown = f" (got {_short(got)})"
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        allowed = fields_at(path[:-1], resolved.data)
        near = did_you_mean(key, allowed) or f"; allowed are {', '.join(sorted(allowed))}"
        return _problem(resolved, path, f"unknown key '{key}'{near}", key=True)
    if kind in ("missing", "union_tag_not_found"):
        missing = "kind" if kind == "union_tag_not_found" else str(error["loc"][-1])
        where = path if kind == "union_tag_not_found" else path[: -1 if path and path[-1] == missing else None]
        return _problem(resolved, where, f"missing key '{missing}'", key=True)
    if kind == "union_tag_invalid":
        expected = [tag.strip("' ") for tag in limits["expected_tags"].split(",")]
        near = did_you_mean(str(limits["tag"]), expected) or f"; there is {', '.join(expected)}"
        return _problem(resolved, (*path, "kind"), f"unknown kind '{limits['tag']}'{near}")
    if kind == "literal_error":
        expected = [word.strip("' ") for word in limits["expected"].replace(" or ", ", ").split(",")]
        return _problem(
            resolved, path, f"must be one of {', '.join(expected)}{shown}{did_you_mean(str(got), expected)}"
        )
    words = {
        "float_type": "must be a number",
        "int_type": "must be a whole number",
        "string_type": "must be text",
        "bool_type": "must be true or false",
        "dict_type": "must be a mapping of keys to values",
        "model_type": "must be a mapping of keys to values",
        "list_type": "must be a list",
        "model_attributes_type": "must be a mapping of keys to values",
        "int_from_float": "must be a whole number",
        "too_short": f"must have at least {limits.get('min_length')} entries",
        "too_long": f"must have at most {limits.get('max_length')} entries",
        "greater_than": f"must be greater than {_plain(limits.get('gt'))}",
        "greater_than_equal": f"must be {_plain(limits.get('ge'))} or more",
        "less_than": f"must be less than {_plain(limits.get('lt'))}",
        "less_than_equal": f"must be {_plain(limits.get('le'))} or less",
    }
    if kind in words:
        return _problem(resolved, path, words[kind] + shown)
    message = str(error["msg"]).removeprefix("Value error, ")
    if isinstance(got, Mapping) and (about := message.partition(":")[0]) in got:
        path = (*path, about)  # it concerns several keys, and names the one to look at first
    return _problem(resolved, path, message, key=not path)


def _path_in_data(data: Any, loc: Sequence[str | int]) -> Path:
    """The place in the file that pydantic means; its own steps (union tags, key marks) are left out."""
    path: list[str | int] = []
    part = data
    for i, step in enumerate(loc):
        if isinstance(part, Mapping) and str(step) in part:
            path.append(str(step))
            part = part[str(step)]
        elif isinstance(part, list) and isinstance(step, int) and step < len(part):
            path.append(step)
            part = part[step]
        elif i == len(loc) - 1 and isinstance(part, Mapping) and not str(step).startswith("["):
            path.append(step)
    return tuple(path)


def _plain(number: object) -> str:
    return f"{number:g}" if isinstance(number, int | float) else str(number)


def _short(value: object) -> str:
    text = f"'{value}'" if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


# --- the schema as a tree of types -----------------------------------------------------------------------------


def field_at(path: Path) -> FieldInfo | None:
    """The field that a path leads to, or that the part it lies in belongs to; None if there is none."""
    options: list[Any] = [Scenario]
    found: FieldInfo | None = None
    for step in path:
        following: list[Any] = []
        for option in options:
            origin, args = typing.get_origin(option), typing.get_args(option)
            if isinstance(option, type) and issubclass(option, BaseModel):
                field = option.model_fields.get(str(step))
                if field is not None:
                    found = field
                    following += _parts(field.annotation)
            elif origin in (dict, list):
                item = args[-1]
                if typing.get_origin(item) is Annotated:
                    found = _annotated(item) or found
                following += _parts(item)
        options = following
    return found


def fields_at(path: Path, data: Mapping[str, Any]) -> set[str]:
    """The keys that are allowed in the mapping at this path of a scenario's data."""
    options: list[Any] = [Scenario]
    if path[:1] == ("interventions",) and len(path) > 1:
        written = data["interventions"][path[1]]
        kind = KINDS.get(str(written.get("kind"))) if isinstance(written, Mapping) else None
        options, path = ([kind], path[2:]) if kind else (options, path)
    for step in path:
        following: list[Any] = []
        for option in options:
            if isinstance(option, type) and issubclass(option, BaseModel):
                if str(step) in option.model_fields:
                    following += _parts(option.model_fields[str(step)].annotation)
            elif typing.get_origin(option) in (dict, list):
                following += _parts(typing.get_args(option)[-1])
        options = following
    return {name for o in options if isinstance(o, type) and issubclass(o, BaseModel) for name in o.model_fields}


def unit_of(path: Path) -> str:
    """The unit in which the value at this path is reckoned, or "" if it has none."""
    for length in range(len(path), 0, -1):
        field = field_at(path[:length])
        extra = field.json_schema_extra if field else None
        if isinstance(extra, Mapping) and "unit" in extra:
            return str(extra["unit"])
    return ""


def _parts(annotation: Any) -> list[Any]:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _parts(typing.get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [part for option in typing.get_args(annotation) for part in _parts(option)]
    if annotation is Intervention:
        return list(KINDS.values())
    return [annotation]


def _annotated(annotation: Any) -> FieldInfo | None:
    infos = [each for each in typing.get_args(annotation)[1:] if isinstance(each, FieldInfo)]
    return infos[0] if infos else None
