"""Whether the teams of every jobcentre can work as its organisation model says."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.scenario.files.problems import did_you_mean
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario


def organisation_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Models about none of the scenario's teams, and work handed to a team that cannot do it; each place once."""
    problems: dict[Path, str] = {}
    for name in _chosen(scenario):
        model = scenario.organisation_models[name]
        if not model.teams.keys() & scenario.teams.keys():
            both = f"it is about {', '.join(model.teams)}; there is {', '.join(scenario.teams)}"
            problems["organisation_models", name, "teams"] = f"no team of this scenario is in this model: {both}"
        for about, change in model.teams.items():
            if about in scenario.teams and change.done_by not in (None, *scenario.teams):
                near = did_you_mean(str(change.done_by), scenario.teams) or f"; there is {', '.join(scenario.teams)}"
                message = f"'{change.done_by}' is not a team here{near}"
                problems["organisation_models", name, "teams", about, "done_by"] = message
    for jobcentre in scenario.jobcentres if not problems else ():
        teams = scenario.teams_of(jobcentre)
        for name, team in teams.items():
            if team.done_by is None:
                continue
            other = teams[team.done_by]
            if other.done_by is not None:
                message = f"{jobcentre}: {name} is done by {team.done_by}, which does not do its own work"
                problems[_done_by_path(scenario, jobcentre, name)] = message
            elif other.takes_cases != team.takes_cases:
                message = f"{jobcentre}: {name} and {team.done_by} must both take cases, or both be partners"
                problems[_done_by_path(scenario, jobcentre, name)] = message
    yield from problems.items()


def organisation_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Parts of the chosen models about teams that the scenario does not have."""
    for name in _chosen(scenario):
        if strangers := [team for team in scenario.organisation_models[name].teams if team not in scenario.teams]:
            message = f"{name} says what becomes of {', '.join(strangers)}, which this scenario does not have: left out"
            yield ("organisation_models", name, "teams", strangers[0]), message


def _chosen(scenario: Scenario) -> list[str]:
    """Names of the models that some jobcentre has."""
    names = map(scenario.model_name_of, scenario.jobcentres)
    return list(dict.fromkeys(name for name in names if name is not None))


def _done_by_path(scenario: Scenario, jobcentre: str, team: str) -> Path:
    """The setting by which another team does this one's work in this jobcentre."""
    place = scenario.jobcentres[jobcentre]
    if team in place.teams and place.teams[team].done_by is not None:
        return ("jobcentres", jobcentre, "teams", team, "done_by")
    name, model = scenario.model_name_of(jobcentre), scenario.model_of(jobcentre)
    if name and model and team in model.teams and model.teams[team].done_by is not None:
        return ("organisation_models", name, "teams", team, "done_by")
    return ("teams", team, "done_by")
