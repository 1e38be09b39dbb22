"""Jobklub (hovedvej 1): a voluntary course in a group, with sessions some times a week and a jobrådgiver who leads it.

What the evidence says (Rambøll, Tre hovedveje til job). Referral was voluntary, with criteria of visitation that were
tightened (p. 8-9, 16, 19). Half of the 17 municipalities ran courses of at most ten weeks, mostly with two or more
sessions a week, half longer ones, mostly with one or fewer (p. 17). Continuous intake takes staff time and disturbs
the group (p. 8-9). Group sessions come with individual counselling (p. 17-19), homework, whose adapted use goes with
early employment (p. 10, 17), and company visits, which do so too (p. 8-9, 16): associations over 17 municipalities,
without sizes. Weak skills take the staff's time from others (p. 8-9, 19). Members who leave for jobs raise the
motivation of the rest (p. 20-21); a few unmotivated ones can be handled, several drain the others (p. 9, 19). There
was no control group, so no effect is known; American trials of the 1970s and 1980s found large ones among volunteers
(CLUB-01 to -03), to be shrunk hard.

A ledig is offered a seat, says yes or no, is screened, *called in* (visiteret), and *starts* at the next intake with
a free seat; in between she may stay away, give up or leave. What happens inside a club is in `clubs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field

from simulation.interventions.contract import KIND, Effects, Found, Outcome, Setting, Sum, Treats, of_effects, worst
from simulation.interventions.contract.grown import times
from simulation.interventions.contract.spending import Spent
from simulation.interventions.jobklub.inside import Contagion, Counselling, Visits
from simulation.interventions.parts.marks_offers import BESIDE, MarksOffers
from simulation.interventions.parts.referrals import NAMED, Referral
from simulation.interventions.parts.spells import After, Range
from simulation.interventions.parts.tilbud import COUNTS, of_referred, of_started, waited
from simulation.interventions.parts.visitation import Visitation, unknown_levels, visitation_problems
from simulation.world.labels import Label
from simulation.world.sizes import Size, changes
from simulation.world.spec import Minutes, PlaceCount, Share, Spec, unit

Homework = Literal["none", "fixed", "adapted"]


class Club(Spec):
    """What the clubs of one jobcentre have otherwise than the others."""

    clubs: Annotated[int | None, unit("clubs", "Clubs in this jobcentre; absent: as elsewhere", ge=1, le=200)] = None
    seats: Annotated[PlaceCount | None, Field(description="Seats in each club here; absent: as elsewhere")] = None
    length: Annotated[Range | None, Field(description="Weeks of a course here; absent: as elsewhere")] = None
    sessions_per_week: Annotated[
        float | None, unit("sessions per week", "Sessions of a club in a week here; absent: as elsewhere", ge=0, le=5)
    ] = None
    intake_every_weeks: Annotated[
        int | None, unit("weeks", "Weeks from one intake to the next here; absent: as elsewhere", ge=1, le=104)
    ] = None
    separated: Annotated[
        bool | None,
        Field(description="Whether groups are separated by level of `separated_by` here; absent: as elsewhere"),
    ] = None
    homework: Annotated[Homework | None, Field(description="Homework in the clubs here; absent: as elsewhere")] = None
    company_visits: Annotated[
        bool | None, Field(description="Whether the clubs visit companies here; absent: as elsewhere")
    ] = None


def stated(club: Club) -> Iterator[tuple[str, Any]]:
    """What one jobcentre states of its own."""
    return ((key, value) for key, value in club if value is not None)


def _grown(clubs: int, seats: int, factor: float) -> dict[str, int]:
    """Whole clubs, and whole seats in each, of so many times as many seats in all."""
    more = max(round(clubs * factor), 1)
    return {"clubs": more, "seats": times(factor * clubs / more)(seats)}


OF_A_CLUB = ("seats", "sessions_per_week", "intake_every_weeks", "length.from_weeks", "length.to_weeks")
WHOLE = (
    "accepts", "no_show", "gives_up", "drops_out", "attendance", "session_minutes", "entry_minutes", "settling_weeks",
    "counselling.weekly", "counselling.by_course_week", "counselling.by_course_week.*", "counselling.minutes",
    "contagion.most_exits", "contagion.mixed.gain",
)  # fmt: skip
"""What may change at a date: of the clubs of a jobcentre, and of all."""


class Jobklub(Treats, MarksOffers):
    """Job clubs."""

    kind: Annotated[Literal["jobklub"], KIND]
    referral: Annotated[
        dict[str, Referral], Field(min_length=1, description="When the ledige of an arm are offered a seat")
    ]
    accepts: Annotated[Share, Field(description="Share of those offered who say yes")]
    visitation: Annotated[
        list[Visitation], Field(description="Criteria by week of the run; none: nobody is turned away")
    ] = []
    no_show: Annotated[Share, Field(description="Share of those called in who never come")] = 0.0
    gives_up: Annotated[Share, Field(description="Chance in a week of waiting for a seat that a ledig gives up")] = 0.0
    clubs: Annotated[int, unit("clubs", "Clubs in each jobcentre", ge=1, le=200)]
    seats: Annotated[PlaceCount, Field(description="Seats in each club")]
    intake_every_weeks: Annotated[int, unit("weeks", "Weeks from one intake to the next; 1: rolling", ge=1, le=104)] = 1
    separated: Annotated[bool, Field(description="Groups by level of `separated_by`; false: mixed")] = False
    separated_by: Annotated[str | None, Field(description="Characteristic by which groups may be separated")] = None
    length: Annotated[Range, Field(description="Weeks of a course")]
    sessions_per_week: Annotated[float, unit("sessions per week", "Sessions of a club in a week", ge=0, le=5)]
    session_minutes: Annotated[Minutes, Field(description="Staff minutes per session of a club")]
    team: Annotated[str, Field(description="Team of the jobrådgivere; takes no cases")]
    entry_minutes: Annotated[
        Minutes, Field(description="Staff minutes to introduce newcomers, per club and intake")
    ] = 0
    extra_minutes: Annotated[
        dict[str, dict[str, Minutes]],
        Field(description="Staff minutes a week for a member, by characteristic and level"),
    ] = {}
    counselling: Annotated[Counselling | None, Field(description="Individual talks in the club; absent: none")] = None
    homework: Annotated[
        Homework, Field(description="Homework of the members: none, the same for all, or adapted to each")
    ] = "none"
    homework_effects: Annotated[
        dict[Literal["fixed", "adapted"], Effects], Field(description="Factor on exit intensities of members, by kind")
    ] = {}
    company_visits: Annotated[bool, Field(description="Whether the clubs visit companies (see `visits`)")] = False
    visits: Annotated[
        Visits | None, Field(description="Company visits and what they do; needed with company_visits")
    ] = None
    attendance: Annotated[Share, Field(description="Chance that a member comes to a session")]
    drops_out: Annotated[Share, Field(description="Chance in a week that a member drops out")] = 0.0
    settling_weeks: Annotated[
        int, unit("weeks", "Weeks of membership over which the effect of sessions grows to its full size", ge=0, le=52)
    ] = 0
    during: Annotated[Effects, Field(description="Factor on exit intensities of members (locking-in)")] = {}
    effects: Annotated[
        Effects, Field(description="Factor in a week after all sessions were attended; in part for some")
    ] = {}
    contagion: Annotated[Contagion | None, Field(description="What members do to each other; absent: nothing")] = None
    after: Annotated[After | None, Field(description="What a completed course does afterwards; absent: nothing")] = None
    jobcentres: Annotated[dict[str, Club], Field(description="Jobcentres whose clubs are otherwise")] = {}

    may_change: ClassVar[frozenset[str]] = frozenset({
        *WHOLE, *OF_A_CLUB, *map("jobcentres.*.{}".format, OF_A_CLUB), *of_effects("during", "after.effects"),
    })  # fmt: skip
    label: ClassVar[Label] = Label("Job club", "Jobklub")
    refers_people: ClassVar[bool] = True
    grows: ClassVar[Sequence[str]] = ("clubs", "seats", "jobcentres.*.clubs", "jobcentres.*.seats")
    keeps_waiting: ClassVar[bool] = True
    readies: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        **NAMED,
        **BESIDE,
        "jobcentres.<key>": "jobcentres",
        "team": "teams",
        "separated_by": "subgroups",
        "visitation.*.turned_away.<key>": "subgroups",
        "extra_minutes.<key>": "subgroups",
        "contagion.unmotivated.attribute": "subgroups",
        "contagion.mixed.by": "subgroups",
        **{f"{part}.<key>": "exits" for part in ("during", "effects", "homework_effects.*", "after.effects")},
        **{f"{part}.<key>": "exits" for part in ("counselling.effects", "visits.effects", "contagion.per_exit")},
    }
    counts: ClassVar[Mapping[str, Label]] = {
        **COUNTS,
        "offered": Label("Offered a seat in a job club", "Tilbudt plads i jobklub"),
        "declined": Label("Declined the job club", "Sagde nej til jobklub"),
        "turned_away": Label("Turned away from the job club", "Afvist ved visitation til jobklub"),
        "no_show": Label("Called in and never came", "Visiteret, men mødte aldrig op"),
        "dropped": Label("Dropped out of the job club", "Frafaldne i jobklub"),
        "members": Label("Members of job clubs", "Deltagere i jobklub"),
        "planned": Label("Sessions planned, of members", "Planlagte klubgange for deltagerne"),
        "attended": Label("Sessions attended, of members", "Fremmøder i jobklub"),
        "counselled": Label("Individual talks in job clubs", "Individuelle samtaler i jobklub"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "offered": Outcome(
            "persons", "Ledige who were offered a seat in a club; everybody, whole run", Sum("offered"),
            label=Label("Offered a seat in a job club", "Tilbudt plads i jobklub"),
        ),
        "declined_share": Outcome(
            "share", "Of those offered, who said no", Sum("declined"), per=Sum("offered"),
            label=Label("Declined the job club, of those offered", "Sagde nej til jobklub, af de tilbudte"),
        ),
        "turned_away_share": Outcome(
            "share",
            "Of those who said yes, who were turned away by visitation",
            Sum("turned_away"),
            per=Sum("offered", less=["declined"]),
            label=Label("Turned away from the job club", "Afvist ved visitation til jobklub"),
        ),
        "referred": Outcome(
            "persons", "Ledige called in to a club (visiteret); everybody, whole run", Sum("referred"),
            label=Label("Called in to a job club", "Visiteret til jobklub"),
        ),
        "started": Outcome(
            "persons", "Ledige who started in a club (påbegyndt); everybody, whole run", Sum("started"),
            label=Label("Started in a job club", "Påbegyndt jobklub"),
        ),
        "started_share": of_referred(
            "Of those called in, who started", "started",
            label=Label("Started in a job club, of those called in", "Påbegyndt jobklub, af de visiterede"),
        ),
        **waited(
            "Mean weeks from being called in to the start, of those who started",
            "from being called in (unless she never comes) to the start",
            Label("a job club", "plads i jobklub"),
        ),
        "lost_waiting_share": of_referred(
            "Of those called in, who left benefit or gave up while waiting for a seat", "left_waiting", "gave_up",
            label=Label("Left while waiting for a job club", "Faldt fra i kø til jobklub"),
        ),
        "dropped_share": of_started(
            "Of those who started, who dropped out", "dropped",
            label=Label("Dropped out of the job club", "Frafald i jobklub"),
        ),
        "attended_share": Outcome(
            "share", "Sessions attended among those planned, member by member", Sum("attended"), per=Sum("planned"),
            label=Label("Sessions of the job club attended", "Fremmøde i jobklub"),
        ),
        "counselled": Outcome(
            "talks", "Individual talks per ledig who started", Sum("counselled"), per=Sum("started"),
            label=Label("Counselling per member of a job club", "Vejledning pr. deltager i jobklub"),
        ),
    }

    @property
    def spends(self) -> Sequence[Spent]:
        return [Spent("session", Sum("attended"), team=self.team)]

    def _of_homework(self) -> Iterator[float | Size]:
        for effects in self.homework_effects.values():
            yield from effects.values()

    def of(self, jobcentre: str) -> Jobklub:
        """The settings of one jobcentre's clubs."""
        own = self.jobcentres.get(jobcentre)
        return self.model_copy(update=dict(stated(own)) if own else {})

    def grown(self, factor: float) -> Self:
        """More clubs, and as many seats in all as there are for so many times as many ledige."""
        own = {
            name: club.model_copy(update=_grown(self.of(name).clubs, self.of(name).seats, factor))
            for name, club in self.jobcentres.items()
        }
        return self.model_copy(update={**_grown(self.clubs, self.seats, factor), "jobcentres": own})

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        yield from visitation_problems(self.visitation, setting)
        for path, message in unknown_levels(self.extra_minutes, setting):
            yield ("extra_minutes", *path), message
        if self.contagion and self.contagion.unmotivated:
            unmotivated = self.contagion.unmotivated
            for _, message in unknown_levels({unmotivated.attribute: {unmotivated.level: None}}, setting):
                yield ("contagion", "unmotivated", "level"), message
        for jobcentre, persons in setting.persons().items():
            yield from self._problems_of(jobcentre, persons, setting)

    def _problems_of(self, jobcentre: str, persons: int, setting: Setting) -> Found:
        """What cannot be in one jobcentre, told where it is stated: for this one or for all."""
        own, here = self.of(jobcentre), dict(stated(self.jobcentres.get(jobcentre, Club())))

        def at(key: str) -> tuple[str, ...]:
            return ("jobcentres", jobcentre, key) if key in here else (key,)

        offered = [arm for arm, rule in self.referral.items() if arm in setting.arms and (rule.weekly or rule.push)]
        asked = persons * sum(setting.arms[arm] for arm in offered) / sum(setting.arms.values())
        if asked and own.clubs * own.seats == 0:
            message = (
                f"{jobcentre}: {own.clubs} clubs × {own.seats} seats = 0 seats, but {asked:.0f} ledige are offered"
            )
            yield at("seats"), f"{message} one: nobody can ever start"
        levels = len(setting.subgroups.get(own.separated_by or "", ()))
        if own.separated and own.separated_by is None:
            yield at("separated"), "say by which characteristic the groups are separated: separated_by"
        elif own.separated and own.clubs < levels:
            message = f"{jobcentre}: {own.clubs} clubs cannot be separated by {levels} levels of {own.separated_by}"
            yield at("clubs"), f"{message}: every level needs a club"
        if own.company_visits and own.visits is None:
            yield at("company_visits"), "say how often and to what effect companies are visited: visits"
        team = setting.teams_of(jobcentre).get(self.team)
        if team is not None and team.takes_cases:
            message = f"team '{self.team}' takes cases; a club is led by a team of its own (takes_cases: false)"
            yield ("team",), message

    def doubts(self, setting: Setting) -> Found:
        yield from super().doubts(setting)
        mixed = self.contagion.mixed if self.contagion else None
        if mixed and not any(map(changes, (*self.effects.values(), *self._of_homework()))):
            message = "sessions and homework have no effect on any exit, so a mixed club strengthens nothing"
            yield ("contagion", "mixed"), message
        apart = [place for place in setting.persons() if self.of(place).separated]
        if mixed and mixed.by == self.separated_by and apart:
            yield ("contagion", "mixed", "by"), f"clubs of {apart[0]} are separated by {mixed.by}, so none is mixed"
        found = []
        for jobcentre, persons in setting.persons().items():
            own, team = self.of(jobcentre), setting.teams_of(jobcentre)[self.team]
            asked = own.clubs * own.sessions_per_week * own.session_minutes
            there = team.fte * team.minutes_per_week
            if persons and asked > there:
                message = (
                    f"{jobcentre}: {own.clubs} clubs × {own.sessions_per_week:g} sessions × {own.session_minutes} "
                )
                message += f"minutes = {asked:g} minutes a week, but team {self.team} has {team.fte:g} full-time × "
                message += f"{team.minutes_per_week} = {there:g}: some sessions will not be held"
                found.append((asked - there, ("session_minutes",), message))
        yield from worst(found)
