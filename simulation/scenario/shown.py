"""What a scenario asks to be shown of its outcomes: for how long, at which weeks, of whom, and counted from when."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from simulation.scenario.arms import Arms
from simulation.scenario.words import ARMS, ENROLMENT, JOBCENTRES, Name
from simulation.world.spec import unit, wrong_part

PERIODS = (13, 26, 52, 104)
"""Weeks at which the follow-up is cut where a scenario does not say."""
WeekOfFollowUp = Annotated[int, unit("weeks", ge=1, le=1040)]


class Shown(Arms):
    """The part of a scenario that is about what is shown; it changes nothing that is simulated."""

    follow_up: Annotated[int, unit("weeks", "Weeks after enrolment for which outcomes are measured", ge=1, le=1040)]
    states_at: Annotated[
        list[WeekOfFollowUp], Field(description="Weeks since enrolment after which it is told where everybody is")
    ] = []
    periods: Annotated[
        list[WeekOfFollowUp] | None,
        Field(
            description="Weeks since enrolment at which the follow-up is cut: hazard ratios are told of each period, "
            "weeks on benefit and employed up to its end; absent: 13, 26, 52 and 104, as far as the follow-up goes"
        ),
    ] = None
    months_from: Annotated[
        Name | None,
        Field(
            description="Intervention from whose referral months are counted (and from enrolment as well), or "
            f"`{ENROLMENT}` for that alone; absent: no outcomes by month"
        ),
    ] = None
    headline: Annotated[
        list[str],
        Field(
            description="Outcomes that answer the question, as `exit_job` or `exit_job@deltager`, shown first; absent: "
            "those with published figures, exits, and what moved by more than its interval"
        ),
    ] = []
    outcomes_by: Annotated[
        list[Name],
        Field(
            description="Characteristics by whose levels exits are shown, too; "
            f"`{ARMS}`: these of each arm, and differences between arms; "
            f"`{JOBCENTRES}`: differences between arms in each of them, and how far jobcentres differ"
        ),
    ] = []

    @model_validator(mode="after")
    def _states_lie_within_the_follow_up(self) -> Shown:
        if self.states_at and max(self.states_at) > self.follow_up:
            raise ValueError(f"states_at: the follow-up ends in week {self.follow_up} (got {max(self.states_at)})")
        return self

    @model_validator(mode="after")
    def _periods_cut_the_follow_up(self) -> Shown:
        cuts = self.periods or []
        if any(later <= earlier for earlier, later in pairwise(cuts)):
            raise wrong_part("periods", message=f"must go up from week to week (got {', '.join(map(str, cuts))})")
        if cuts and cuts[-1] >= self.follow_up:
            message = f"the last period ends with the follow-up, after {self.follow_up} weeks, and is not written"
            raise wrong_part("periods", "follow_up", message=f"{message} (got {cuts[-1]})")
        return self

    @model_validator(mode="after")
    def _arms_are_shown_by_something(self) -> Shown:
        if ARMS in self.outcomes_by and not self.by_characteristic:
            message = f"'{ARMS}' is for the levels of characteristics: name one beside it"
            raise wrong_part("outcomes_by", message=f"{message} (arms themselves are always shown)")
        return self

    @property
    def period_ends(self) -> list[int]:
        """Weeks since enrolment after which the periods of the follow-up end."""
        cuts = PERIODS if self.periods is None else self.periods
        return [*(week for week in cuts if week < self.follow_up), self.follow_up]

    @property
    def by_characteristic(self) -> list[str]:
        """The characteristics by whose levels outcomes are asked for."""
        return [name for name in self.outcomes_by if name not in (ARMS, JOBCENTRES)]

    @property
    def by_arm_and_level(self) -> bool:
        """Whether these are asked for by arm as well, and there are several."""
        return ARMS in self.outcomes_by and len(self.arms) > 1
