"""The scenario: every key that a scenario file may have, with unit, limits and meaning."""

from __future__ import annotations

import math
from typing import Annotated, Any

import numpy as np
from pydantic import Field, field_validator, model_validator

from simulation.interventions import Intervention
from simulation.scenario.asked import Milestone, NeededEffect
from simulation.scenario.axes import Sweep
from simulation.scenario.dated import Dated
from simulation.scenario.of_kind import AnyIntervention
from simulation.scenario.one_jobcentre import Jobcentre
from simulation.scenario.published import Published
from simulation.scenario.shown import Shown
from simulation.scenario.words import ARMS, ENROLMENT, JOBCENTRES, IsoWeek, Name
from simulation.world.afgang import Exit
from simulation.world.benefits import MAX_BENEFITS, Benefit
from simulation.world.beskaeftigelse import JobSpell, JobSpells
from simulation.world.clocks import RUN_WEEK
from simulation.world.ledige import GONE, Intake, Subgroup
from simulation.world.profile import Score
from simulation.world.register import MAX_OFFERS
from simulation.world.season import ByTheYear
from simulation.world.small_jobs import MOVED
from simulation.world.spec import Bools, Ints, ScenarioVersion, Seed, Share, Weeks, unit, wrong_key, wrong_part
from simulation.world.staff.teams import OrganisationModel, Team, TeamChange, joined
from simulation.world.switch import DISPLACEMENT
from simulation.world.weeks import weeks_between

MAX_DESTINATIONS = 12


class Scenario(Dated, Shown):
    """A complete, validated scenario."""

    version: Annotated[
        ScenarioVersion,
        Field(description="Version of the way in which the file is written: 2; a file of version 1 is read where it "
              "means the same (`upgrade`)"),
    ]  # fmt: skip
    name: Annotated[
        str, Field(description="Name of the scenario, as tables, figures and the folder of results have it")
    ]
    name_da: Annotated[str | None, Field(description="The name in Danish; absent: `name`")] = None
    description: Annotated[
        str, Field(description="What the scenario is about, in words; shown in listings, changes nothing")
    ] = ""
    start: Annotated[IsoWeek, Field(description="ISO week that week 0 of the run is, such as 2025-W01")]
    weeks: Annotated[int, unit("weeks", "Length of the run, from week 0 on", ge=1, le=1040)]
    measured_from: Annotated[Weeks, Field(description="Outcomes are of ledige enrolled from this week on")] = 0
    measured_until: Annotated[
        int | None,
        unit("weeks", "Outcomes are of ledige enrolled before this week; absent: up to the last one enrolled", ge=1,
             le=2000),
        RUN_WEEK,
    ] = None  # fmt: skip
    replications: Annotated[
        int, unit("replications", "How often the scenario is run, each time with luck of its own", ge=1, le=100_000)
    ]
    seed: Annotated[
        Seed,
        Field(
            description="Number that all luck starts from: with the same seed every person has the same luck in "
            "every scenario"
        ),
    ]
    subgroups: Annotated[
        dict[Name, Annotated[dict[Name, Subgroup], Field(min_length=2, max_length=20)]],
        Field(description="Characteristics that ledige have when they come, each with its levels"),
    ] = {}
    profile: Annotated[
        dict[Name, Score],
        Field(description="Scores by which the levels of characteristics are given, each called as its characteristic"),
    ] = {}
    intake: Annotated[Intake, Field(description="Who comes: how many ledige, and when")]
    teams: Annotated[dict[Name, Team], Field(description="Teams of staff that every jobcentre has")]
    organisation_models: Annotated[
        dict[Name, OrganisationModel], Field(description="Ways to organise the teams that jobcentres may choose from")
    ] = {}
    organisation_model: Annotated[
        str | None, Field(description="Model of every jobcentre that names none; absent: the teams as they are")
    ] = None
    jobcentres: Annotated[
        dict[Name, Jobcentre],
        Field(description="The jobcentres, and what each has otherwise than the others", min_length=1),
    ]
    exits: Annotated[
        dict[Name, Exit],
        Field(
            description="Destinations to which ledige leave benefit, by name; firms hire into the one called `job`",
            min_length=1,
            max_length=MAX_DESTINATIONS,
        ),
    ]
    benefits: Annotated[
        dict[Name, Benefit],
        Field(description="Benefits between which ledige pass; absent: they are all on one", max_length=MAX_BENEFITS),
    ] = {}
    displacement: Annotated[
        Share, Field(description="Share of the job intensity that interventions add which is taken from others"),
        DISPLACEMENT,
    ] = 0.0  # fmt: skip
    market_share: Annotated[
        Share,
        Field(
            description="Share of a jobcentre's labour market that its ledige are: so much of what is displaced is "
            "taken from them, the rest from others outside the model"
        ),
    ] = 1.0
    season: ByTheYear = None
    job_spells: Annotated[
        JobSpells | None,
        Field(description="Jobs behind the exit `job`, which may end; absent: who leaves to a job has left for good"),
    ] = None
    interventions: Annotated[
        dict[Name, AnyIntervention], Field(description="What the jobcentres do, by name, each of a kind")
    ] = {}
    compare_with: Annotated[
        str | None, Field(description="Scenario (a file, or shipped/NAME) that `run` runs as well, by the same seed")
    ] = None
    milestones: Annotated[
        dict[Name, Milestone], Field(description="Numbers of persons that were expected, shown as green, yellow or red")
    ] = {}
    published: Annotated[
        dict[Name, Published], Field(description="Published figures that the outcomes are shown beside")
    ] = {}
    needed_effects: Annotated[
        dict[Name, NeededEffect],
        Field(description="Questions put backwards: how large must a parameter be for an outcome to move so far"),
    ] = {}
    sweep: Annotated[
        Sweep | None, Field(description="Grid of variants that `jobcentersim sweep` runs; `run` ignores it")
    ] = None

    @model_validator(mode="after")
    def _arms_have_names_of_their_own(self) -> Scenario:
        partners = [name for name, team in self.teams.items() if not team.takes_cases]
        for arm in (arm for arm in self.parts if arm in partners):
            raise ValueError(f"arms: '{arm}' is the name of a team of partners; call the arm otherwise")
        for arm in self.arms:
            if arm == "difference" or (arm == "alle" and len(self.arms) > 1):
                raise ValueError(f"arms: '{arm}' is the name of a group in the tables; call the arm otherwise")
        return self

    @field_validator("interventions")
    @classmethod
    def _offers_have_room(cls, interventions: dict[str, Intervention]) -> dict[str, Intervention]:
        if ENROLMENT in interventions:
            raise wrong_key(ENROLMENT, f"'{ENROLMENT}' has a meaning in months_from; call the intervention otherwise")
        if (many := sum(each.marks_offers for each in interventions.values())) > MAX_OFFERS:
            raise ValueError(f"{many} interventions have offers that the register shows; it has room for {MAX_OFFERS}")
        return interventions

    @field_validator("subgroups")
    @classmethod
    def _shares_add_up(cls, subgroups: dict[str, dict[str, Subgroup]]) -> dict[str, dict[str, Subgroup]]:
        for name in ("team", ARMS, JOBCENTRES):
            if name in subgroups:
                raise wrong_key(name, f"'{name}' has a meaning in the tables; call the characteristic otherwise")
        for name, levels in subgroups.items():
            total = sum(level.share for level in levels.values())
            if abs(total - 1) > 1e-9:
                raise wrong_part(name, message=f"the shares of {name} must add up to 1 (they add up to {total:g})")
            for destination in {key for level in levels.values() for key in level.exit_factors}:
                if not any(level.share * level.exit_factors.get(destination, 1.0) for level in levels.values()):
                    message = f"every level of {name} has factor 0 on {destination}: give the exit level 0 instead"
                    raise wrong_part(name, message=message)
        return subgroups

    @field_validator("exits")
    @classmethod
    def _exits_have_names_of_their_own(cls, exits: dict[str, Exit]) -> dict[str, Exit]:
        for name in ("any", "benefit", "out", *MOVED):
            if name in exits:
                raise wrong_key(name, f"'{name}' has a meaning of its own; call the exit otherwise")
        return exits

    @model_validator(mode="after")
    def _somebody_comes_in_time(self) -> Scenario:
        if self.intake.from_week + self.intake.weeks > self.weeks:
            message = f"the run ends in week {self.weeks}, before enrolment does "
            message += f"(from_week {self.intake.from_week} + {self.intake.weeks} weeks)"
            raise wrong_part("weeks", "intake.weeks", "intake.from_week", message=message)
        if sum(self.persons().values()) == 0:
            message = "nobody is enrolled: intake.persons and every jobcentre's persons are 0"
            of_jobcentres = [f"jobcentres.{name}.persons" for name in self.jobcentres]
            raise wrong_part("intake.persons", *of_jobcentres, "jobcentres", message=message)
        first, last = self.measured_weeks()
        if first > last:
            message = f"nobody is enrolled from week {first} to week {last}, so nobody is measured"
            until = [] if self.measured_until is None else ["measured_until"]
            raise wrong_part(*until, "measured_from", "intake.from_week", "intake.weeks", message=message)
        before = self.intake.leaves_before * min(self.intake.elapsed_shares(self.subgroups))
        if (left := sum(self.persons().values()) * math.exp(-before)) < 1:
            message = f"nobody is left to be enrolled: {sum(self.persons().values()):,} ledige × "
            message += f"exp(−{self.intake.leaves_before:g} × {self.intake.elapsed_weeks} weeks) = {left:.2g} of them"
            raise wrong_part("intake.leaves_before", "intake.elapsed_weeks", message=message)
        return self

    @model_validator(mode="after")
    def _what_is_told_can_be(self) -> Scenario:
        offers = {name for name, each in self.interventions.items() if each.marks_offers}
        if none := {*self.success_offers} & ({*self.interventions} - offers):
            raise wrong_part("success_offers", "interventions", message=f"nobody is ever in an offer of '{min(none)}'")
        for place, week in self.weeks_named:
            at = weeks_between(self.start, week)
            if not 0 <= at < self.weeks:
                message = f"{week} is week {at} from {self.start} on, and the run has weeks 0 to {self.weeks - 1}"
                raise wrong_part(place, "weeks", "start", message=message)
        return self

    @property
    def by_jobcentre(self) -> bool:
        """Whether outcomes are asked for by jobcentre, and there are several."""
        return JOBCENTRES in self.outcomes_by and len(self.jobcentres) > 1

    def measured_weeks(self) -> tuple[int, int]:
        """First and last week of enrolment of those whose outcomes are measured."""
        last = self.intake.from_week + self.intake.weeks - 1
        if self.measured_until is not None:
            last = min(last, self.measured_until - 1)
        return max(self.measured_from, self.intake.first_week()), last

    def persons(self) -> dict[str, int]:
        """Ledige enrolled by jobcentre, in one replication."""
        own = {name: jobcentre.persons for name, jobcentre in self.jobcentres.items()}
        return {name: self.intake.persons if persons is None else persons for name, persons in own.items()}

    def market_share_of(self, jobcentre: str) -> float:
        """The share of its labour market that the ledige of this jobcentre are."""
        own = self.jobcentres[jobcentre].market_share
        return self.market_share if own is None else own

    def displacements(self) -> dict[str, float]:
        """The share of what each intervention adds to job intensities that it displaces."""
        own = {name: each.displacement for name, each in self.interventions.items()}
        return {name: self.displacement if share is None else share for name, share in own.items()}

    @property
    def displaces(self) -> bool:
        """Whether jobs are displaced at all."""
        return "job" in self.exits and any((self.displacement, *self.displacements().values()))

    def model_name_of(self, jobcentre: str) -> str | None:
        """Which of organisation_models this jobcentre has; None: the teams as they are."""
        return self.jobcentres[jobcentre].organisation_model or self.organisation_model

    def model_of(self, jobcentre: str) -> OrganisationModel | None:
        """The organisation model of this jobcentre; None: the teams as they are."""
        name = self.model_name_of(jobcentre)
        return None if name is None else self.organisation_models[name]

    def teams_of(self, jobcentre: str) -> dict[str, Team]:
        """The teams of one jobcentre: its organisation model and then its own changes applied, joint work joined."""
        teams, model = dict(self.teams), self.model_of(jobcentre)
        for changes in (model.teams if model else {}, self.jobcentres[jobcentre].teams):
            teams |= {name: change.of(teams[name]) for name, change in changes.items() if name in teams}
        return joined(teams)

    def teams_by_unused_model(self) -> dict[str, dict[str, Team]]:
        """The teams as they would be by each organisation model that no jobcentre has and any could have."""
        used = {self.model_name_of(jobcentre) for jobcentre in self.jobcentres}
        found = {}
        for name, model in self.organisation_models.items():
            changes = {team: change for team, change in model.teams.items() if team in self.teams}
            if name not in used and all(change.done_by in (None, *self.teams) for change in changes.values()):
                changed = {team: change.of(self.teams[team]) for team, change in changes.items()}
                found[name] = joined(self.teams | changed)
        return found

    @property
    def staff_changes(self) -> bool:
        """Whether somebody of the staff is away or leaves at times, in some jobcentre or by some model."""
        changed = [each.teams for each in self.jobcentres.values()]
        changed += [model.teams for model in self.organisation_models.values()]
        teams: list[Team | TeamChange] = [*self.teams.values(), *(one for each in changed for one in each.values())]
        return any(team.absence or team.turnover for team in teams)

    def employment(self) -> dict[str, JobSpell]:
        """The job spells of the destinations that are jobs which may end, by destination."""
        spells = {name: exit_.job_spells for name, exit_ in self.exits.items() if exit_.job_spells is not None}
        return {"job": self.job_spells, **spells} if self.job_spells is not None else spells

    def employed(self, status: Ints) -> Bools:
        """Where a status of the register is that of a job which may end; same shape."""
        return np.array([False] * GONE + [name in self.employment() for name in self.exits])[status]

    def interventions_of(self, jobcentre: str) -> dict[str, Intervention]:
        """What is on in one jobcentre, by name."""
        own = self.jobcentres[jobcentre].interventions
        return {name: own.get(name, each) for name, each in self.interventions.items() if each.on_in(jobcentre)}

    def by_kind(self, kind: type[Intervention], jobcentre: str | None = None) -> dict[str, Any]:
        """The interventions of one kind, by name: those on in one jobcentre as they are there, or all."""
        found = self.interventions if jobcentre is None else self.interventions_of(jobcentre)
        return {name: each for name, each in found.items() if isinstance(each, kind)}
