"""Whether the terms of the teams of every jobcentre agree with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.by_place import every_settings
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.world.staff.teams import NO_LIMIT, Team


def staffing_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Overflow that leads nowhere, round in a circle, or to a team that cannot take the cases, and limits on the cases
    of a team that has none; each place once."""
    problems: dict[Path, str] = {}
    for jobcentre in scenario.jobcentres:
        teams = scenario.teams_of(jobcentre)
        for name, team in teams.items():
            if team.at_limit == "overflow" and (message := _overflow(teams, name, team)):
                problems.setdefault(_path(scenario, jobcentre, name, "overflow_to", "at_limit"), message)
            if not team.takes_cases and team.caseload_limit != NO_LIMIT:
                message = f"{name} takes no cases (takes_cases: false), so it cannot have a limit on them"
                problems.setdefault(_path(scenario, jobcentre, name, "caseload_limit"), message)
    yield from problems.items()


def _overflow(teams: Mapping[str, Team], name: str, team: Team) -> str:
    """What is wrong with where a team's overflow goes; "" if nothing."""
    if team.overflow_to is None:
        return "at_limit: overflow needs overflow_to, the team that takes the others"
    if team.overflow_to not in teams:
        return f"'{team.overflow_to}' is not a team here; there is {', '.join(teams)}"
    onwards, seen = team, [name]
    while onwards.at_limit == "overflow" and (to := onwards.overflow_to) is not None and to in teams:
        to = teams[to].done_by or to  # the team that does its work has its cases
        if to in seen:
            return f"the overflow goes round in a circle: {' → '.join([*seen, to])}"
        seen.append(to)
        onwards = teams[to]
    other = teams[team.overflow_to]
    if not other.takes_cases:
        return f"{team.overflow_to} takes no cases (takes_cases: false), so it cannot take the overflow of {name}"
    if other.arms is not None and not set(team.arms or ["everybody else"]) <= set(other.arms):
        served = f"serves {', '.join(other.arms)} only"
        return f"{team.overflow_to} {served}; {name} has cases of {', '.join(team.arms or ['any arm'])}"
    return ""


def staffing_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Terms that say something and change nothing."""
    with_cases = _with_cases(scenario)
    for name, team in scenario.teams.items():
        place: Path = ("teams", name)
        variants = [scenario.teams_of(jobcentre)[name] for jobcentre in scenario.jobcentres]
        if team.substitution != "none" and all(variant.desks() == 1 for variant in variants):
            pooled = team.caseload == "pooled"
            reason = "cases are pooled, so anybody holds any talk" if pooled else "there is no colleague"
            yield (*place, "substitution"), f"substitution: {reason}; it changes nothing"
        if not team.takes_cases:
            yield from (((*place, key), message) for key, message in _of_partners(name, variants))
            continue
        if name not in with_cases and any(variant.caseload_limit != NO_LIMIT for variant in variants):
            yield (*place, "caseload_limit"), f"no plan of talks gives {name} cases, so the limit never binds"
        if all(variant.caseload_limit == NO_LIMIT for variant in variants):
            for key in ("dilution", "at_limit"):
                if any(getattr(variant, key) not in (0.0, "wait") for variant in variants):
                    yield (*place, key), f"{key}: there is no caseload_limit, so the team is never full"
        elif team.dilution and all(variant.at_limit != "exceed" for variant in variants):
            yield (*place, "dilution"), f"dilution: no limit is ever exceeded, as at_limit is {team.at_limit}"
        for key, absence in team.absence.items():
            if absence.cover_after is not None and absence.cover_after >= max(absence.weeks):
                sentence = f"a spell lasts {max(absence.weeks)} weeks at most, so no substitute ever begins"
                yield (*place, "absence", key, "cover_after"), sentence
        if team.overflow_to is not None and all(variant.at_limit != "overflow" for variant in variants):
            yield (*place, "overflow_to"), f"nothing overflows to {team.overflow_to}: at_limit is {team.at_limit}"
        if team.reopens_at < 1 and all(variant.caseload_limit == NO_LIMIT for variant in variants):
            yield (*place, "reopens_at"), "there is no caseload_limit, so the team is never closed"
        if team.learning is not None and not any(_somebody_new(variant) for variant in variants):
            yield (*place, "learning"), (
                "nobody new ever sits down: there is no turnover, and no absence with cover_after"
            )


def _with_cases(scenario: Scenario) -> set[str]:
    """Teams that some plan of talks, or some other team, gives cases to in some jobcentre."""
    talks = [each for _, _, each in every_settings(scenario) if isinstance(each, Samtaler) and each.caseworker]
    found = {plan.team for each in talks for plan in each.plans.values()}
    for teams in map(scenario.teams_of, scenario.jobcentres):
        found |= {to for team in teams.values() for to in (team.overflow_to, team.done_by) if to is not None}
    return found


OF_CASES: Mapping[str, object] = {
    "caseload": "pooled", "substitution": "none", "shared_knowledge": 0.0, "at_limit": "wait", "reopens_at": 1.0,
    "dilution": 0.0,
}  # fmt: skip
"""Terms that are about cases, with the values that say nothing."""


def _of_partners(name: str, variants: Sequence[Team]) -> Iterator[tuple[str, str]]:
    """Terms about cases of a team that takes none: key and message."""
    for key, nothing in OF_CASES.items():
        if any(getattr(variant, key) != nothing for variant in variants):
            yield key, f"{key}: {name} takes no cases (takes_cases: false), so it changes nothing"


def _somebody_new(team: Team) -> bool:
    return team.turnover is not None or any(absence.cover_after is not None for absence in team.absence.values())


def _path(scenario: Scenario, jobcentre: str, team: str, *keys: str) -> Path:
    """The place in which one of these keys, which decide something together, is said of a team in this jobcentre."""
    name, model = scenario.model_name_of(jobcentre), scenario.model_of(jobcentre)
    for key in keys:
        changes = scenario.jobcentres[jobcentre].teams.get(team)
        if changes is not None and getattr(changes, key) is not None:
            return ("jobcentres", jobcentre, "teams", team, key)
        if name and model and team in model.teams and getattr(model.teams[team], key) is not None:
            return ("organisation_models", name, "teams", team, key)
    said = [key for key in keys if getattr(scenario.teams[team], key) is not None]
    return ("teams", team, said[0] if said else keys[-1])
