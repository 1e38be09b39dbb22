"""Spells: which spells on benefit a plan is for, by the week in which they begin.

So one rule follows another in a single run. A law says whom it is about: those who come after its date, or those who
are under way as well.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from simulation.world.spec import NOT_PLANNED, Spec, wrong_part
from simulation.world.weeks import IsoWeek, weeks_between


class Spells(Spec):
    """The spells that a plan is for, by the week in which they begin: with an enrolment, a return from a job, or
    another benefit. Of several plans that she might begin on then, the one with the latest `since` holds."""

    since: Annotated[
        IsoWeek | None, Field(description="First week of these spells; absent: they begin at any time before `until`")
    ] = None
    until: Annotated[
        IsoWeek | None,
        Field(description="First week in which a spell begins on the plan no more; absent: it is for all later ones"),
    ] = None
    under_way: Annotated[
        bool,
        Field(
            description="Whether those who are on another plan of these talks on the mandag of `since` go over to it, "
            "and at once to the plan after it that their course week asks for; false: they keep the plans that they "
            "began under"
        ),
    ] = False

    @model_validator(mode="after")
    def _makes_sense(self) -> Spells:
        if self.since is None and self.until is None:
            raise ValueError("say since or until which week, such as {since: 2026-W27}")
        if self.since and self.until and self.since >= self.until:
            message = f"no spell begins on it: until ({self.until}) is not after since ({self.since})"
            raise wrong_part("until", "since", message=message)
        if self.under_way and self.since is None:
            raise wrong_part("under_way", message="there is no since on whose mandag anybody could go over")
        return self

    def weeks(self, start: str) -> tuple[int, int]:
        """The weeks of a run with this first week in which spells begin on it: the first, and the one after the last
        (NOT_PLANNED: no end)."""
        since = 0 if self.since is None else max(weeks_between(start, self.since), 0)
        return since, NOT_PLANNED if self.until is None else max(weeks_between(start, self.until), 0)
