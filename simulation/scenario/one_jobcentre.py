"""What a scenario says of one jobcentre."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulation.scenario.of_kind import AnyIntervention
from simulation.scenario.words import Name
from simulation.world.spec import Called, Persons, Share, Spec
from simulation.world.staff.teams import TeamChange


class Jobcentre(Spec):
    """One jobcentre, and what it has otherwise than the others."""

    name: Called = None
    persons: Annotated[Persons | None, Field(description="Ledige enrolled; absent: as in intake")] = None
    run_up: Annotated[
        str | None, Field(description="What the published table says of its first weeks; not simulated")
    ] = None
    market_share: Annotated[
        Share | None, Field(description="Share of its labour market that its ledige are; absent: the scenario's")
    ] = None
    organisation: Annotated[str | None, Field(description="How its staff is organised, in words")] = None
    organisation_model: Annotated[
        str | None, Field(description="One of organisation_models; absent: the scenario's organisation_model")
    ] = None
    teams: Annotated[
        dict[str, TeamChange],
        Field(description="What its teams have otherwise than those of the other jobcentres, by team"),
    ] = {}
    interventions: Annotated[
        dict[Name, AnyIntervention],
        Field(
            description="What interventions have otherwise in it, key by key; null takes a key away there. The kind, "
            "the names of channels and what is displaced are the same everywhere"
        ),
    ] = {}
