"""When an intervention begins and ends, and what becomes of its cases: one way for all kinds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.world.spec import Spec, wrong_part
from simulation.world.weeks import IsoWeek, weeks_between

ALWAYS = 2**15
"""Stands for the week of an end that never comes."""


class Runs(Spec):
    """An intervention that is not there for the whole run."""

    begins: Annotated[
        IsoWeek | None,
        Field(
            description="First week in which anybody comes into it; who is on benefit then comes in on that mandag, as "
            "if enrolled on that day; absent: it is there from the start"
        ),
    ] = None
    ends: Annotated[
        IsoWeek | None,
        Field(description="First week in which nobody comes into it any more; absent: it goes on to the end"),
    ] = None
    then: Annotated[
        Literal["finish", "stop"],
        Field(
            description="What becomes of those who are in it when it ends; finish: they complete it, and who waits "
            "waits no longer; stop: all of it ends at once, and places, seats and cases are handed back. What nobody "
            "is in for a while (incitament, sagsarbejde) stops in any case"
        ),
    ] = "finish"

    @model_validator(mode="after")
    def _makes_sense(self) -> Runs:
        if self.begins is None and self.ends is None:
            raise ValueError("say when it begins or ends, such as {begins: 2010-W48, ends: 2012-W26}")
        if self.ends is None and "then" in self.model_fields_set:
            raise wrong_part("then", message="it never ends, so there is nothing that follows: give ends, too")
        if self.begins and self.ends and self.begins >= self.ends:
            message = f"it ends ({self.ends}) before it has begun ({self.begins})"
            raise wrong_part("ends", "begins", message=message)
        return self

    def weeks(self, start: str) -> tuple[int, int]:
        """The weeks of a run with this first week in which it begins and ends."""
        begins = 0 if self.begins is None else weeks_between(start, self.begins)
        return begins, ALWAYS if self.ends is None else weeks_between(start, self.ends)
