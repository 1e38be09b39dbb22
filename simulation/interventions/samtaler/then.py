"""Then: when a plan of talks is over, and which one follows on it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from simulation.world.clocks import COURSE_WEEK, RUN_WEEK
from simulation.world.spec import NOT_PLANNED, Spec, unit
from simulation.world.weeks import IsoWeek, weeks_between


class Then(Spec):
    """The plan that follows, from a week of the course or of the run, or when an offer begins or ends; the caseworker
    changes with the team."""

    plan: Annotated[str, Field(description="Plan that follows")]
    course_week: Annotated[
        int | None, unit("weeks", "Course week from which on it is followed", ge=0, le=2000), COURSE_WEEK
    ] = None
    run_week: Annotated[
        int | None, unit("weeks", "Week of the run from which on it is followed", ge=0, le=2000), RUN_WEEK
    ] = None
    week: Annotated[
        IsoWeek | None,
        Field(
            description="ISO week from which on it is followed; beside course_week: by everybody who is not so far then"
        ),
    ] = None

    begins: Annotated[
        list[str],
        Field(
            description="Interventions: followed from the mandag after she has begun in an offer of one of them, or is "
            "in the state that it keeps"
        ),
    ] = []
    ends: Annotated[
        list[str],
        Field(description="Interventions: followed from the mandag on which she is in none of their offers and states"),
    ] = []

    @model_validator(mode="after")
    def _one_of(self) -> Then:
        by_week = self.run_week is not None or self.course_week is not None or self.week is not None
        if by_week + bool(self.begins) + bool(self.ends) > 1:
            raise ValueError("give either a week, or begins, or ends: a plan follows for one reason")
        if self.begins or self.ends:
            return self
        if self.run_week is not None and (self.course_week is not None or self.week is not None):
            raise ValueError("give exactly one of course_week, run_week and week (or course_week and week)")
        if self.course_week is None and self.run_week is None and self.week is None:
            raise ValueError("give exactly one of course_week, run_week and week (or course_week and week)")
        return self

    def from_run_week(self, start: str) -> int:
        """Week of a run that begins in this ISO week from which on everybody follows it; NOT_PLANNED: none."""
        if self.week is not None:
            return max(weeks_between(start, self.week), 0)
        return NOT_PLANNED if self.run_week is None else self.run_week
