"""Names that refer to something elsewhere in a scenario: an arm, a team, a jobcentre, a destination, a plan.

Where a name may stand is declared as a dotted pattern (`plans.*.team`), for interventions in their own class. They are
looked up in the data as written, so that a misspelt name is found even where something else is wrong as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from simulation.interventions import KINDS, Kind
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.words import ARMS, ENROLMENT, JOBCENTRES
from simulation.world.small_jobs import MOVED

SCENARIO = {
    "teams.*.arms.*": "arms",
    "arm_names.<key>": "named_arms",
    "trial.treated": "arms",
    "trial.control": "arms",
    "trial.everybody": "arms",
    "trial.registration.missed.<key>": "arms",
    "trial.registration.late.<key>": "arms",
    "trial.exempted.<key>": "arms",
    "trial.attrition.<key>": "arms",
    "trial.strata.*": "subgroups",
    "intake.earlier.elapsed_weeks.<key>": "arms",
    "intake.earlier.jobcentres.*": "jobcentres",
    "intake.elapsed_by.of": "subgroups",
    "jobcentres.*.teams.<key>": "teams",
    "jobcentres.*.interventions.<key>": "interventions",
    "teams.*.done_by": "teams",
    "jobcentres.*.teams.*.done_by": "teams",
    "teams.*.overflow_to": "case_teams",
    "jobcentres.*.teams.*.overflow_to": "case_teams",
    "organisation_model": "organisation_models",
    "jobcentres.*.organisation_model": "organisation_models",
    "exits.*.jobcentres.<key>": "jobcentres",
    "job_spells.jobcentres.<key>": "jobcentres",
    "exits.*.job_spells.jobcentres.<key>": "jobcentres",
    "subgroups.*.*.exit_factors.<key>": "causes",
    "profile.<key>": "subgroups",
    "profile.*.predicts.exits.*": "destinations",
    "outcomes_by.*": "shown_by",
    "together.*.*": "destinations",
    "success.*": "destinations",
    "success_offers.*": "interventions",
    "season.exits.<key>": "causes",
    "months_from": "months",
    "job_spells.returns_to": "benefits",
    "exits.*.job_spells.returns_to": "benefits",
    "benefits.*.exits.<key>": "destinations",
    "benefits.*.exits.*.jobcentres.<key>": "jobcentres",
    "benefits.*.passes.<key>": "benefits",
    "benefits.*.passes.*.jobcentres.<key>": "jobcentres",
    "benefits.*.ends.to.<key>": "causes",
}
"""Where the scenario itself refers to its parts: pattern and the part whose keys are the names."""
WORDS = {"shown_by": ("subgroups", ARMS, JOBCENTRES), "months": ("interventions", ENROLMENT)}
"""Where words may stand in the place of the name of a part: the part, and the words."""

OF_ANY_KIND = {
    "in_jobcentres.*": "jobcentres",
    "benefits.*": "benefits",
    "next_job.*.jobcentres.<key>": "jobcentres",
    "next_job.*.levels.<key>": "subgroups",
}
"""Where any intervention refers to it."""


class Unknown(NamedTuple):
    """A name that refers to nothing: where it stands, the part of which it should be a key, and the names there are."""

    path: Path
    name: str
    part: Path
    known: list[str]


def unknown_names(data: Mapping[str, Any]) -> Iterator[Unknown]:
    """Names that refer to nothing."""
    yield from _check(data, (), SCENARIO, data)
    for place, kind, settings in _interventions(data):
        yield from _check(settings, place, {**kind.settings.refers, **OF_ANY_KIND}, data)


def places_of(data: Mapping[str, Any], target: str) -> Iterator[Path]:
    """The places at which parts of this kind are named: of a list or a mapping whose keys are the names, its own."""
    parts: list[tuple[Path, Mapping[str, str], Any]] = [((), SCENARIO, data)]
    parts += [(place, kind.settings.refers, settings) for place, kind, settings in _interventions(data)]
    for place, refers, part in parts:
        for pattern in (pattern for pattern, named in refers.items() if named == target):
            steps = pattern.split(".")
            for path, _ in _matches(part, steps[:-1] if steps[-1] in ("*", "<key>") else steps):
                yield (*place, *path)


def _interventions(data: Mapping[str, Any]) -> Iterator[tuple[Path, Kind, Mapping[str, Any]]]:
    """The settings of all interventions of a known kind, and what single jobcentres have otherwise: place, kind and
    data."""
    kinds = {
        name: KINDS.get(str(each.get("kind"))) for name, each in _items(data.get("interventions"))
        if isinstance(each, Mapping)
    }  # fmt: skip
    holders: list[tuple[Path, Any]] = [((), data)]
    holders += [(("jobcentres", name), each) for name, each in _items(data.get("jobcentres"))]
    for place, holder in holders:
        for name, settings in _items(holder.get("interventions") if isinstance(holder, Mapping) else None):
            kind = kinds.get(name)
            if kind is not None and isinstance(settings, Mapping):
                yield (*place, "interventions", name), kind, settings


def _items(part: Any) -> Iterable[tuple[str, Any]]:
    return part.items() if isinstance(part, Mapping) else ()


def _with_sizes(refers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The patterns, with those of the sizes that effects on exits may have."""
    for pattern, target in refers.items():
        yield pattern, target
        if target == "exits" and pattern.endswith(".<key>"):
            size = pattern.removesuffix("<key>") + "*"
            yield f"{size}.jobcentres.<key>", "jobcentres"
            yield f"{size}.levels.<key>", "subgroups"


def _check(
    part: Mapping[str, Any], place: Path, refers: Mapping[str, str], data: Mapping[str, Any]
) -> Iterator[Unknown]:
    for pattern, target in _with_sizes(refers):
        own, target = target.startswith("own "), target.removeprefix("own ")
        where = part if own else data
        holds = {"case_teams": "teams", "named_arms": "arms", "destinations": "exits", "causes": "exits"}.get(target)
        holds = holds or WORDS.get(target, (target,))[0]
        if not isinstance(where.get(holds) or {}, Mapping | list):  # reported as such
            continue
        known = _names(where, target)
        for path, name in _matches(part, pattern.split(".")):
            if isinstance(name, str) and name not in known:
                yield Unknown((*place, *path), name, (*(place if own else ()), holds), known)


def _names(data: Mapping[str, Any], target: str) -> list[str]:
    """The names of a part; "case_teams" are the teams that take cases, "causes" of leaving are exits and benefits, and
    "exits", as effects name them, what there is of small jobs as well."""
    if target == "case_teams":
        teams = data.get("teams")
        pairs = teams.items() if isinstance(teams, Mapping) else ()
        return [name for name, team in pairs if not isinstance(team, Mapping) or team.get("takes_cases") is not False]
    if target == "exits":
        return [*_names(data, "causes"), *(MOVED if has_small_jobs(data) else ())]
    if target == "causes":  # one passes to a benefit as one leaves for a destination
        return [*_names(data, "destinations"), *_names(data, "benefits")]
    target = "exits" if target == "destinations" else target
    target = "arms" if target == "named_arms" else target  # whose names are not spread over the parts of a split arm
    if target in WORDS:
        target, *words = WORDS[target]
        return [*_names(data, target), *words]
    part, split = data.get(target), data.get("split") if target == "arms" else None
    return [*(part if isinstance(part, Mapping) else ()), *(split if isinstance(split, Mapping) else ())]


def has_small_jobs(data: Mapping[str, Any]) -> bool:
    """Whether anything is said of small jobs beside benefit."""
    spells = data.get("job_spells")
    return isinstance(spells, Mapping) and spells.get("beside_benefit") is not None


def _matches(part: Any, steps: list[str], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every place that the pattern leads to; `*` stands for any key or item, `<key>` for the keys themselves."""
    if not steps:
        yield path, part
    elif steps[0] == "<key>":
        for key in part if isinstance(part, Mapping) else ():
            yield (*path, key), key
    elif steps[0] == "*":
        items = part.items() if isinstance(part, Mapping) else enumerate(part) if isinstance(part, list) else ()
        for key, item in items:
            yield from _matches(item, steps[1:], (*path, key))
    elif isinstance(part, Mapping) and steps[0] in part:
        yield from _matches(part[steps[0]], steps[1:], (*path, steps[0]))
