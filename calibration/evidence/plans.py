"""The dose of a study in the words of a plan of talks, so that the model can say which effect of talks it comes to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulation.scenario.words import Name
from simulation.world.spec import Spec

Week = Annotated[int, Field(ge=1, le=520, json_schema_extra={"unit": "weeks"})]


class Talks(Spec):
    """Weeks of the spell in which one arm has talks, all of them held."""

    personal: list[Week] = []
    remote: Annotated[list[Week], Field(description="By phone or online")] = []


class Dose(Spec):
    """What two arms of a study had, and how its result was measured."""

    treated: Talks
    control: Talks
    mean_weeks: Annotated[float, Field(gt=1, le=1000, json_schema_extra={"unit": "weeks"}, description="To the exit")]
    outcome: Annotated[
        Literal["rate", "weeks"],
        Field(description="rate: log ratio of exits by the horizon; weeks: of mean weeks until then"),
    ]
    horizon_weeks: Week
    assumed: Annotated[str, Field(min_length=1, description="What of this is not printed")]


class DoseOfStudy(Dose):
    """The dose of an entry of the file. `estimate` and `sd` stand in for those of the entry, where its dose is of
    another unit than its estimate."""

    group: Name
    estimate: Annotated[float | None, Field(ge=-5, le=5, json_schema_extra={"unit": "log exit rate"})] = None
    sd: Annotated[float | None, Field(gt=0, le=5, json_schema_extra={"unit": "log exit rate"})] = None


class Curve(Spec):
    """The curve of doses: what a talk more comes to falls with the talks that there are."""

    per_month: Annotated[float, Field(gt=0, le=100, json_schema_extra={"unit": "talks per month"})]
    mean_life_weeks: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "weeks"})]
    remote: Annotated[float, Field(ge=0, le=2, json_schema_extra={"unit": "factor"}, description="Of a personal talk")]
