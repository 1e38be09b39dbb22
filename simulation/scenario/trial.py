"""The virtual trial: who is drawn by what lots, who does as drawn, what the evaluator's data lack, and what is asked.

A scenario with this block draws its lots by it in every run. What is about data and analyses (`registration`,
`exempted`, `attrition`, `analysed`, `stops_early`, `primary`, `further`) and `recruitment` changes nothing that `run`
simulates: it is of a rehearsal of the trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.scenario.words import Name
from simulation.world.spec import Share, Spec, Weeks, unit, wrong_part

Kind = Literal["individual", "birth_date", "cluster", "stepped_wedge", "encouragement"]
Ratio = Annotated[float, unit("treated for each control", ge=0.05, le=20)]
OF_JOBCENTRES = ("cluster", "stepped_wedge")
"""Lots that whole jobcentres draw."""


class Recruitment(Spec):
    """How recruitment goes against what the intake plans."""

    pace: Annotated[
        float, unit("of the planned pace", "Persons enrolled per week against the plan; 0.8: a fifth slower", ge=0.05,
                    le=1)
    ] = 1.0  # fmt: skip
    until: Annotated[
        Literal["persons", "weeks"],
        Field(
            description="When it ends; persons: when all have been found, so the intake lasts longer; weeks: when it "
            "was to end, with fewer persons"
        ),
    ] = "persons"


class Registration(Spec):
    """What of an exit is never, or late, in the register that the evaluator has."""

    delay: Annotated[Weeks, Field(description="Weeks until the register has what happened")] = 0
    missed: Annotated[
        dict[Name, Share], Field(description="Share of exits that are never registered, by arm as drawn")
    ] = {}
    late: Annotated[
        dict[Name, Weeks], Field(description="Weeks by which exits are registered too late, by arm as drawn")
    ] = {}


class EarlyStop(Spec):
    """When the trial ends before its time."""

    looks: Annotated[
        list[Annotated[int, unit("weeks", ge=1, le=1040)]],
        Field(min_length=1, max_length=20, description="Weeks of the run at which the data so far are analysed"),
    ]
    p: Annotated[float, unit("p-value", "It stops at the first look with a p-value below this", gt=0, lt=1)]


class Primary(Spec):
    """The test by which the trial succeeds or not."""

    of: Annotated[
        str,
        Field(
            description="Outcome over the whole follow-up: `exit_job`, or of another destination, of `any`, or of what "
            "is told `together`; `weeks_on_benefit`, `weeks_employed` or `hours`"
        ),
    ]
    by: Annotated[
        Literal["difference", "hazard_ratio", "log_rank"],
        Field(description="What is reckoned of it: a difference of shares or means, or by the time of the exit"),
    ] = "difference"
    errors: Annotated[
        Literal["individual", "clustered", "permutation"] | None,
        Field(
            description="By which errors; individual: each ledig for herself; clustered: by jobcentre; permutation: of "
            "lots over the means of jobcentres; absent: individual for lots of persons, clustered for those of "
            "jobcentres"
        ),
    ] = None


class Trial(Spec):
    """A trial of one arm against another."""

    treated: Annotated[str, Field(description="Arm that is tried")]
    control: Annotated[str, Field(description="Arm that it is held against")]
    lots: Annotated[
        Kind,
        Field(
            description="Who draws; individual: every ledig; birth_date: the same, half and half, never blocked; "
            "cluster: whole jobcentres; stepped_wedge: jobcentres cross over in steps, in an order by lot; "
            "encouragement: every ledig draws an offer that not everybody takes up"
        ),
    ]
    ratio: Annotated[
        Ratio | None,
        Field(description="Treated for each control, of persons or of jobcentres; absent: as the weights of the arms"),
    ] = None
    strata: Annotated[
        list[Name],
        Field(
            description="Characteristics in whose levels lots are drawn apart (and always within the jobcentre), so "
            "that each has its share of treated; none: as `allocation` says"
        ),
    ] = []
    steps: Annotated[
        int | None, unit("steps", "Steps in which the jobcentres of a stepped wedge cross over", ge=2, le=100)
    ] = None
    step_weeks: Annotated[
        int | None,
        unit("weeks", "Weeks from the beginning of the intake to the first step, and between steps", ge=1, le=520),
    ] = None
    takes_up: Annotated[Share, Field(description="Share of those drawn as treated who are treated")] = 1.0
    crosses_over: Annotated[
        Share, Field(description="Share of those drawn as control who are treated, and recorded as that")
    ] = 0.0
    contaminated: Annotated[
        Share,
        Field(
            description="Share of those drawn as control who are treated as the treated are, by the same caseworkers, "
            "and recorded as not treated"
        ),
    ] = 0.0
    recruitment: Annotated[
        Recruitment, Field(description="Recruitment against the plan, in a rehearsal; `run` recruits as planned")
    ] = Recruitment()
    registration: Annotated[Registration, Field(description="What the evaluator's data lack of exits")] = Registration()
    exempted: Annotated[
        dict[Name, Share], Field(description="Share of those drawn who are left out of the data, by arm as drawn")
    ] = {}
    attrition: Annotated[
        dict[Name, Annotated[float, unit("share per week", ge=0, le=1)]],
        Field(
            description="Share of those still known of whom nothing more is known from the next week on, by arm as "
            "drawn"
        ),
    ] = {}
    analysed: Annotated[
        Weeks | None,
        Field(
            description="Weeks after the last enrolment when data are taken; absent: when the last one has been seen "
            "for the whole follow-up and that is in the register, at the latest at the end of the run"
        ),
    ] = None
    stops_early: Annotated[
        EarlyStop | None, Field(description="Looks at which the trial may end before its time; absent: none")
    ] = None
    primary: Annotated[Primary, Field(description="The outcome and the test by which it succeeds or not")]
    further: Annotated[list[str], Field(description="Further outcomes that are analysed, as `primary.of`")] = []
    everybody: Annotated[
        str | None,
        Field(
            description="Arm that everybody is in, whatever the lot: the treated one is the roll-out, the control one "
            "a trial of nothing; absent: as drawn"
        ),
    ] = None

    @model_validator(mode="after")
    def _two_arms(self) -> Trial:
        if self.treated == self.control:
            raise wrong_part("control", "treated", message=f"{self.control} cannot be held against itself")
        return self

    @model_validator(mode="after")
    def _lots_can_be_drawn_so(self) -> Trial:
        wedge = self.lots == "stepped_wedge"
        if wedge and (missing := [key for key in ("steps", "step_weeks") if getattr(self, key) is None]):
            message = f"a stepped wedge needs {' and '.join(missing)}: in how many steps, and how many weeks apart"
            raise wrong_part("lots", message=message)
        if self.strata and self.lots not in ("individual", "encouragement"):
            why = "birth dates are not drawn apart" if self.lots == "birth_date" else "jobcentres draw, not persons"
            raise wrong_part("strata", "lots", message=f"lots: {self.lots} has no strata: {why}")
        if wedge and self.ratio is not None:
            message = "in a stepped wedge all jobcentres cross over; when, is said by steps and step_weeks"
            raise wrong_part("ratio", "lots", message=message)
        if self.lots == "birth_date" and self.ratio not in (None, 1.0):
            message = f"even and odd birth dates are 1 treated for each control (got {self.ratio:g})"
            raise wrong_part("ratio", "lots", message=message)
        if self.lots == "encouragement" and self.takes_up >= 1:
            message = "an encouragement is not taken up by all: say by what share (takes_up below 1)"
            raise wrong_part("takes_up" if "takes_up" in self.model_fields_set else "lots", message=message)
        return self

    @model_validator(mode="after")
    def _treatment_differs_by_lot(self) -> Trial:
        others = self.crosses_over + self.contaminated
        if others > 1 + 1e-9:
            message = f"crosses_over {self.crosses_over:g} + contaminated {self.contaminated:g} = {others:g} of the "
            raise wrong_part("contaminated", "crosses_over", message=f"{message}control, which is more than all")
        if self.takes_up <= others:
            message = f"{self.takes_up:g} of the treated are treated (takes_up), and {others:g} of the control "
            message += "(crosses_over + contaminated): the lot does not make anybody more likely to be treated"
            written = (key for key in ("takes_up", "contaminated", "crosses_over") if key in self.model_fields_set)
            raise wrong_part(*written, message=message)
        return self

    @property
    def arms(self) -> tuple[str, str]:
        """The control arm and the treated one: in the order of lots, 0 and 1."""
        return self.control, self.treated

    @property
    def of_jobcentres(self) -> bool:
        """Whether whole jobcentres draw."""
        return self.lots in OF_JOBCENTRES

    def by_lot(self, by_arm: Mapping[str, float]) -> tuple[float, float]:
        """What is said by arm as drawn: of the control, of the treated; nothing said is 0."""
        return by_arm.get(self.control, 0), by_arm.get(self.treated, 0)

    @property
    def errors(self) -> Literal["individual", "clustered", "permutation"]:
        """By which errors the primary outcome is tested."""
        return self.primary.errors or ("clustered" if self.of_jobcentres else "individual")

    @property
    def outcomes(self) -> list[str]:
        """The primary outcome and the further ones."""
        return list(dict.fromkeys([self.primary.of, *self.further]))
