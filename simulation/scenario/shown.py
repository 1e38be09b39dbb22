"""What a scenario asks to be shown of its outcomes: for how long, at which weeks, of whom, and counted from when."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.scenario.arms import Arms
from simulation.scenario.once import Once
from simulation.scenario.words import ARMS, ENROLMENT, JOBCENTRES, IsoWeek, Name
from simulation.world.spec import unit, wrong_part

PERIODS = (13, 26, 52, 104)
"""Weeks at which the follow-up is cut where a scenario does not say."""
Indicator = Literal[
    "exits_of_stock", "completed_spells", "talks_on_time", "states_by_level", "makeup", "stock", "spells", "contact",
    "activation", "never_seen", "staff_needed",
]  # fmt: skip
"""What trials have watched beside the outcomes that every run tells."""
PRINTED = ("stock", "spells", "contact", "activation")
"""What is told of the calendar months of reports_at."""
SELF_SUPPORT = "selvforsoergelse"
"""What those live on who get no benefit: their own work, education, somebody else."""
HALF_A_YEAR = 26
"""Weeks within which it is told who was never seen."""
WeekOfFollowUp = Annotated[int, unit("weeks", ge=1, le=1040)]


class Shown(Arms):
    """The part of a scenario that is about what is shown; it changes nothing that is simulated."""

    benefit: Annotated[
        Name | None,
        Field(
            description="Benefit that everybody is on, as prices have its name; absent: as `benefits` says, or nothing "
            "that it costs can be told"
        ),
    ] = None
    once: Annotated[
        dict[Name, Once],
        Field(description="What is paid once, by name, as prices have it: `cba` prices it, and nothing else knows it"),
    ] = {}
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

    watched: Annotated[
        list[Indicator],
        Field(
            description="Further outcomes that a trial watched: exits in per cent of the stock, mean weeks of completed"
            " spells, talks on time per full-time caseworker; and in the weeks of states_at, by the levels of "
            "outcomes_by, where everybody is, and the make-up of those who are at each destination; in the weeks of "
            "reports_at, as Jobindsats counts: of a stock persons of the month and the share of long-term ones; spells "
            "that began, ended and run; contact, talks by how long the spell has lasted; activation, who was in an "
            "offer or had paid hours; who was never seen in six months; and the staff that 90 % of the talks take"
        ),
    ] = []
    reports_at: Annotated[
        list[IsoWeek],
        Field(
            description="ISO weeks, as 2007-W13, at whose end is told where those are who came before, and exits, "
            "stock and completed spells since the last such week"
        ),
    ] = []
    success: Annotated[
        list[Name],
        Field(
            description="Destinations that a trial calls success. In the weeks of states_at it is told who is at one of"
            " them, else has paid hours beside benefit, else is in an offer at a workplace"
        ),
    ] = []
    success_offers: Annotated[
        list[Name],
        Field(
            description="Interventions whose offers are the last rank of `success`, at a workplace or not; none: those "
            "at a workplace"
        ),
    ] = []
    together: Annotated[
        dict[Name, Annotated[list[Name], Field(min_length=2)]],
        Field(description="Destinations of exits that are told together, under a name, as job and education"),
    ] = {}

    @model_validator(mode="after")
    def _states_lie_within_the_follow_up(self) -> Shown:
        if self.states_at and max(self.states_at) > self.follow_up:
            raise ValueError(f"states_at: the follow-up ends in week {self.follow_up} (got {max(self.states_at)})")
        return self

    @model_validator(mode="after")
    def _what_is_watched_can_be(self) -> Shown:
        by_level = {"states_by_level", "makeup"} & {*self.watched}
        for key, asked in (("success", bool(self.success)), ("watched", bool(by_level))):
            if asked and not self.states_at:
                raise wrong_part(key, "states_at", message=f"{key} is told in the weeks of states_at: name one there")
        if (printed := [word for word in PRINTED if word in self.watched]) and not self.reports_at:
            told = "is" if len(printed) == 1 else "are"
            message = f"{', '.join(printed)} {told} told in the weeks of reports_at: name one there"
            raise wrong_part("watched", "reports_at", message=message)
        if "never_seen" in self.watched and self.follow_up < HALF_A_YEAR:
            message = f"never_seen is told after {HALF_A_YEAR} weeks, and the follow-up ends in week {self.follow_up}"
            raise wrong_part("watched", "follow_up", message=message)
        if self.success_offers and not self.success:
            message = "success_offers is the last rank of success, and no destination is called success"
            raise wrong_part("success_offers", "success", message=message)
        if by_level and not self.by_characteristic:
            message = f"{', '.join(sorted(by_level))}: of the characteristics of outcomes_by, and none is named there"
            raise wrong_part("watched", "outcomes_by", message=message)
        if any(later <= earlier for earlier, later in pairwise(self.reports_at)):
            message = f"must go up from week to week (got {', '.join(self.reports_at)})"
            raise wrong_part("reports_at", message=message)
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

    @property
    def weeks_named(self) -> list[tuple[str, str]]:
        """ISO weeks that must lie within the run, each after the key that names it."""
        paid = [(f"once.{name}.week", each.week) for name, each in self.once.items()]
        return [*(("reports_at", week) for week in self.reports_at), *paid]
