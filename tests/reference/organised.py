"""HOW A JOBCENTRE IS ORGANISED, for the second engine: which staff works in which team, and who does whose work."""

from __future__ import annotations

import math

from simulation.scenario.schema import Scenario
from simulation.world.staff.teams import Team


def organised(scenario: Scenario, jobcentre: str) -> dict[str, Team]:
    """Its teams: the scenario's, changed first by its organisation model and then by itself; the staff of a team whose
    work another one does works there."""
    its = scenario.jobcentres[jobcentre]
    chosen = its.organisation_model or scenario.organisation_model
    changes = [scenario.organisation_models[chosen].teams] if chosen else []
    teams = {}
    for name, team in scenario.teams.items():
        said = team.model_dump()
        for change in (*changes, its.teams):
            if name in change:
                said |= {what: value for what, value in change[name].model_dump().items() if value is not None}
        teams[name] = said
    hands = {name: said["caseworkers"] or math.ceil(said["fte"]) for name, said in teams.items()}
    for at, does in {name: said["done_by"] for name, said in teams.items() if said["done_by"] is not None}.items():
        hands[does] += hands[at]
        if teams[at]["caseworkers"] or teams[does]["caseworkers"]:
            teams[does]["caseworkers"] = hands[does]
        teams[does]["fte"] += teams[at]["fte"]
    for said in teams.values():
        said["fte"] *= said["done_by"] is None
    return {name: Team(**said) for name, said in teams.items()}
