"""Rådighed: checks that ledige are available for work, and what follows where they are not.

What the evidence says. After a benefit sanction the exit rate of Danish dagpenge recipients more than doubled in the
first three months (DKSANC-01; the working paper has a rise of half), and was as before afterwards. Swiss warnings and
sanctions both raise exits, to work and out of the labour force; sanctions lower the stability of the job that follows,
warnings do not (CHSANC-01). A sharper chance of a sanction raised exits by 12 % within half a year, much of it without
benefit (CHENF-01); a review of 94 studies finds more work soon, worse and shorter jobs later, and more exits to nothing
(SANCREV-01). In Sweden nearly all of it was threat, little the sanctions imposed (SELOMB-01). A sanction follows
conduct, so part of every such figure is who is sanctioned. How often ledige are checked, and with what result, is
printed nowhere here: these are the scenario's, like every size.

A check is made by plan (`every_weeks`), by a draw of every week (`weekly`), or by a team with minutes left after talks
(`sagsarbejde`). It may find a breach; what follows goes by how many there have been in the benefit spell: nothing (a
warning), a cut of benefit for some weeks, or its end. Whose benefit was cut or ended in the spell counts as treated:
her next job may be another one (`next_job`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from simulation.interventions.contract import KIND, Found, Outcome, Setting, Sum, Treats, of_effects, stateless
from simulation.interventions.parts.spells import After
from simulation.world.clocks import TAKES
from simulation.world.labels import Label
from simulation.world.spec import (
    Minutes,
    Share,
    Spec,
    WeekDistribution,
    unit,
)


def _a_week_at_least(weeks: dict[int, float] | None) -> dict[int, float] | None:
    if weeks is not None and 0 in weeks:
        raise ValueError("a cut lasts at least 1 week")
    return weeks


class Checked(Spec):
    """When the ledige of an arm are checked."""

    every_weeks: Annotated[
        int | None, unit("weeks", "Weeks from enrolment, or the last check, to the next; absent: none falls due", ge=1,
                         le=520), TAKES
    ] = None  # fmt: skip
    weekly: Annotated[Share, Field(description="Chance in a week of being drawn for one (stikprøve)")] = 0.0


class Consequence(Spec):
    """What follows a breach; what is missing to 1 is nothing but a warning."""

    cut: Annotated[Share, Field(description="Share of such breaches after which benefit is cut for some weeks")] = 0.0
    cut_weeks: Annotated[
        WeekDistribution | None,
        AfterValidator(_a_week_at_least),
        Field(description="Weeks of a cut, from the next mandag on"),
    ] = None
    ended: Annotated[Share, Field(description="Share of these consequences by which benefit ends")] = 0.0
    ended_to: Annotated[str | None, Field(description="The exit that these take")] = None

    @model_validator(mode="after")
    def _whole(self) -> Consequence:
        if self.cut + self.ended > 1 + 1e-9:
            raise ValueError(f"cut: cut and ended are {self.cut + self.ended:g} together, but 1 is all of them")
        if self.cut and self.cut_weeks is None:
            raise ValueError("cut: say for how many weeks benefit is cut: cut_weeks")
        if self.ended and self.ended_to is None:
            raise ValueError("ended: say where they go whose benefit ends: ended_to")
        return self


class Raadighed(Treats):
    """Checks of availability, with what follows."""

    kind: Annotated[Literal["raadighed"], KIND]
    checked: Annotated[
        dict[str, Checked], Field(description="By arm; of one left out only whom a team with time left checks")
    ] = {}
    minutes: Annotated[
        Minutes, Field(description="Minutes of her caseworker that a check by plan or draw takes, before talks")
    ] = 0
    not_in: Annotated[list[str], Field(description="No checks while in the states that these interventions keep")] = []
    breach: Annotated[Share, Field(description="Chance that a check finds a breach")]
    follows: Annotated[
        list[Consequence],
        Field(min_length=1, description="By number of the breach in the benefit spell; the last holds for all others"),
    ]
    after_check: Annotated[After | None, Field(description="What every check does to exits; absent: nothing")] = None
    after_warning: Annotated[After | None, Field(description="What a breach without sanction does as well")] = None
    after_sanction: Annotated[After | None, Field(description="What a cut of benefit does as well")] = None

    may_change: ClassVar[frozenset[str]] = frozenset({
        "checked.*.every_weeks", "checked.*.weekly", "minutes", "breach", "follows.*.cut", "follows.*.cut_weeks",
        "follows.*.ended", *of_effects("after_check.effects", "after_warning.effects", "after_sanction.effects"),
    })  # fmt: skip
    label: ClassVar[Label] = Label("Availability", "Rådighed")
    keeps_state: ClassVar[bool] = True
    left_time: ClassVar[str | None] = "checks"
    refers: ClassVar[Mapping[str, str]] = {
        "checked.<key>": "arms",
        "not_in.*": "interventions",
        "follows.*.ended_to": "causes",
        "after_check.effects.<key>": "exits",
        "after_warning.effects.<key>": "exits",
        "after_sanction.effects.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        "spells": Label("Benefit spells", "Ydelsesforløb"),
        "checks": Label("Checks of availability", "Rådighedsvurderinger"),
        "no_time": Label("Checks of availability put off", "Udskudte rådighedsvurderinger"),
        "breaches": Label("Breaches of availability found", "Konstaterede rådighedsbrud"),
        "warned": Label("Warnings", "Advarsler"),
        "cut": Label("Benefits cut", "Nedsatte ydelser"),
        "ended": Label("Benefits ended by a check", "Ydelser stoppet efter rådighedsvurdering"),
        "sanctioned": Label("First sanctions of a benefit spell", "Første sanktion i ydelsesforløbet"),
        "cut_weeks": Label("On benefit that is cut", "På nedsat ydelse"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "checks": Outcome(
            "checks", "Checks of availability; everybody, whole run", Sum("checks"),
            label=Label("Checks of availability", "Rådighedsvurderinger"),
        ),
        "no_time": Outcome(
            "checks", "Checks put off a week because the caseworker had no time; everybody, whole run", Sum("no_time"),
            on_screen="unless 0",
            label=Label("Checks of availability put off", "Udskudte rådighedsvurderinger"),
        ),
        "breaches": Outcome(
            "breaches", "Breaches that checks found; everybody, whole run", Sum("breaches"),
            label=Label("Breaches of availability found", "Konstaterede rådighedsbrud"),
        ),
        "breach_share": Outcome(
            "share", "Checks that found a breach; everybody, whole run", Sum("breaches"), per=Sum("checks"),
            label=Label("Checks that found a breach", "Vurderinger, der fandt rådighedsbrud"),
        ),
        "cut_weeks": Outcome(
            "weeks", "Weeks on benefit that was cut; everybody, whole run", Sum("cut_weeks"),
            label=Label("Weeks of benefit cut", "Uger med nedsat ydelse"),
        ),
        "ended": Outcome(
            "persons", "Ledige whose benefit a check ended; everybody, whole run", Sum("ended"),
            label=Label("Benefits ended by a check", "Ydelser stoppet efter rådighedsvurdering"),
        ),
        "sanctioned_share": Outcome(
            "share",
            "Benefit spells in which benefit was cut or ended by a check, once or more; everybody, whole run",
            Sum("sanctioned"),
            per=Sum("spells"),
            label=Label("Benefit spells with a sanction", "Ydelsesforløb med sanktion"),
        ),
    }  # fmt: skip

    def problems(self, setting: Setting) -> Found:
        yield from stateless(("not_in",), self.not_in, setting)

    def doubts(self, setting: Setting) -> Found:
        by_rule = any(rule.every_weeks or rule.weekly for rule in self.checked.values())
        named = [name for each in setting.interventions.values() for name in each.named("interventions")]
        by_time = any(setting.interventions[name] is self for name in named)
        if not by_rule and not by_time:
            yield ("checked",), "no arm is checked by plan or draw, and no team checks in minutes left: nobody ever is"
        if self.minutes and by_rule and not any(each.holds_talks for each in setting.interventions.values()):
            yield ("minutes",), "there are no talks here, so nobody has a caseworker who could check her"
