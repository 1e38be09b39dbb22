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
a free seat; in between she may stay away, give up or leave. What happens inside a club is in `klubliv.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Effects, Found, Intervention, Running, Setting, apply, worst
from simulation.interventions.forloeb import After, Range, Spells
from simulation.interventions.henvisning import Referral, Referrals
from simulation.interventions.klubliv import Clubs, Contagion, Counselling, Visits
from simulation.interventions.venteliste import Waiting
from simulation.interventions.visitation import Visitation, passes, unknown_levels, visitation_problems
from simulation.world.places import Places
from simulation.world.spec import NEVER, Ids, Minutes, Share, Spec, ratio, unit
from simulation.world.spec import Places as PlaceCount
from simulation.world.world import World

Homework = Literal["none", "fixed", "adapted"]


class Club(Spec):
    """What the clubs of one jobcentre have otherwise than the others."""

    clubs: Annotated[int | None, unit("clubs", ge=1, le=200)] = None
    seats: PlaceCount | None = None
    length: Range | None = None
    sessions_per_week: Annotated[float | None, unit("sessions per week", ge=0, le=5)] = None
    intake_every_weeks: Annotated[int | None, unit("weeks", ge=1, le=104)] = None
    separated: bool | None = None
    homework: Homework | None = None
    company_visits: bool | None = None


def stated(club: Club) -> Iterator[tuple[str, Any]]:
    """What one jobcentre states of its own."""
    return ((key, value) for key, value in club if value is not None)


class Jobklub(Intervention):
    """Job clubs."""

    kind: Literal["jobklub"]
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
    sessions_per_week: Annotated[float, unit("sessions per week", ge=0, le=5)]
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
    homework: Homework = "none"
    homework_effects: Annotated[
        dict[Literal["fixed", "adapted"], Effects], Field(description="Factor on exit intensities of members, by kind")
    ] = {}
    company_visits: Annotated[bool, Field(description="Whether the clubs visit companies (see `visits`)")] = False
    visits: Visits | None = None
    attendance: Annotated[Share, Field(description="Chance that a member comes to a session")]
    drops_out: Annotated[Share, Field(description="Chance in a week that a member drops out")] = 0.0
    settling_weeks: Annotated[
        int, unit("weeks", "Weeks of membership over which the effect of sessions grows to its full size", ge=0, le=52)
    ] = 0
    during: Annotated[Effects, Field(description="Factor on exit intensities of members (locking-in)")] = {}
    effects: Annotated[
        Effects, Field(description="Factor in a week after all sessions were attended; in part for some")
    ] = {}
    contagion: Contagion | None = None
    after: After | None = None
    jobcentres: Annotated[dict[str, Club], Field(description="Jobcentres whose clubs are otherwise")] = {}

    refers_people: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        "referral.<key>": "arms",
        "jobcentres.<key>": "jobcentres",
        "team": "teams",
        "separated_by": "subgroups",
        "visitation.*.turned_away.<key>": "subgroups",
        "extra_minutes.<key>": "subgroups",
        "contagion.unmotivated.attribute": "subgroups",
        **{f"{part}.<key>": "exits" for part in ("during", "effects", "homework_effects.*", "after.effects")},
        **{f"{part}.<key>": "exits" for part in ("counselling.effects", "visits.effects", "contagion.per_exit")},
    }
    outcomes: ClassVar[Mapping[str, tuple[str, str]]] = {
        "offered": ("persons", "Ledige who were offered a seat in a club; everybody, whole run"),
        "declined_share": ("share", "Of those offered, who said no"),
        "turned_away_share": ("share", "Of those who said yes, who were turned away by visitation"),
        "referred": ("persons", "Ledige called in to a club (visiteret); everybody, whole run"),
        "started": ("persons", "Ledige who started in a club (påbegyndt); everybody, whole run"),
        "started_share": ("share", "Of those called in, who started"),
        "wait": ("weeks", "Mean weeks from being called in to the start, of those who started"),
        "lost_waiting_share": ("share", "Of those called in, who left benefit or gave up while waiting for a seat"),
        "dropped_share": ("share", "Of those who started, who dropped out"),
        "attended_share": ("share", "Sessions attended among those planned, member by member"),
        "counselled": ("talks", "Individual talks per ledig who started"),
    }

    def of(self, jobcentre: str) -> Jobklub:
        """The settings of one jobcentre's clubs."""
        own = self.jobcentres.get(jobcentre)
        return self.model_copy(update=dict(stated(own)) if own else {})

    def problems(self, setting: Setting) -> Found:
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

    def measured(self, total: Mapping[str, float]) -> Mapping[str, float]:
        offered, called, started = (total.get(name, 0.0) for name in ("offered", "referred", "started"))
        declined, attended = total.get("declined", 0.0), total.get("attended", 0.0)
        return {
            "offered": offered,
            "declined_share": ratio(declined, offered),
            "turned_away_share": ratio(total.get("turned_away", 0.0), offered - declined),
            "referred": called,
            "started": started,
            "started_share": ratio(started, called),
            "wait": ratio(total.get("wait", 0.0), started),
            "lost_waiting_share": ratio(total.get("left_waiting", 0.0) + total.get("gave_up", 0.0), called),
            "dropped_share": ratio(total.get("dropped", 0.0), started),
            "attended_share": ratio(attended, total.get("planned", 0.0)),
            "counselled": ratio(total.get("counselled", 0.0), started),
        }

    def start(self, world: World, name: str, number: int) -> JobklubRunning:
        return JobklubRunning(self, world, name, number)


class JobklubRunning(Running):
    """The way into a club and out of it; `clubs` is what happens inside."""

    def __init__(self, settings: Jobklub, world: World, name: str, number: int) -> None:
        self.settings, self.world, self.name = settings, world, name
        own = [settings.of(jobcentre) for jobcentre in world.jobcentres.name_of_row]
        self.own = own
        self.clubs = Clubs(own, world, name)
        self.referrals = Referrals(settings.referral, world, name, once=True)
        self.waiting = Waiting(world, self.clubs.pool)
        self.spells = Spells(world, self._ends, number)
        self.places = world.places[name] = Places(self.clubs.capacity, self.clubs.pool)
        self.referred = world.referred[name] = np.full(len(world.ledige), NEVER, dtype=np.int16)
        self.every = np.array([club.intake_every_weeks for club in own])
        lengths = dict.fromkeys((club.length.from_weeks, club.length.to_weeks) for club in own)
        self.lengths = [
            (
                Range(from_weeks=a, to_weeks=b),
                np.array([(c.length.from_weeks, c.length.to_weeks) == (a, b) for c in own]),
            )
            for a, b in lengths
        ]  # each with the rows of the jobcentre table where it holds

    def enrolled(self, week: int, ids: Ids) -> None:
        self.referrals.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: locking-in of members, what sessions, talks, visits and the others do for them, a gain after."""
        members = self.spells.inside
        apply(self.world.afgang, self.settings.during, members)
        self.clubs.effects(week, members, self.spells.started)
        if after := self.settings.after:
            self.spells.afterwards(week, after.effects, after.weeks, after.halving_weeks)

    def left(self, week: int, ids: Ids) -> None:
        register = self.world.register
        register.count(week, f"{self.name}_left_waiting", self.waiting.left(ids))
        self.referrals.left(ids)
        here = self.spells.left(ids)
        register.count(week, f"{self.name}_left", here)
        self.clubs.see_off(week, here)
        self._hand_back(here)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: seats are offered, those called in take free ones on an intake day, and the clubs meet."""
        self._call_in(week)
        self._give_up(week)
        self._begin(week)
        self.clubs.meet(week, self.spells.inside)

    def _call_in(self, week: int) -> None:
        draws, register, name = self.world.ledige.draws, self.world.register, self.name
        ids = self.referrals.take(week)
        if len(ids) == 0:
            return
        register.count(week, f"{name}_offered", ids)
        agrees = draws.uniform(f"{name} accepts", week, ids) < self.settings.accepts
        register.count(week, f"{name}_declined", ids[~agrees])
        self.world.tell(ids[~agrees], f"siger nej til {name}")
        ids = ids[agrees]
        fits = passes(self.settings.visitation, self.world, name, week, ids)
        register.count(week, f"{name}_turned_away", ids[~fits])
        self.world.tell(ids[~fits], f"visiteres ikke til {name}")
        ids = ids[fits]
        self.referred[ids] = week
        register.count(week, f"{name}_referred", ids)
        self.world.tell(ids, f"visiteret til {name}")
        absent = draws.uniform(f"{name} no-show", week, ids) < self.settings.no_show
        register.count(week, f"{name}_no_show", ids[absent])
        self.world.tell(ids[absent], f"møder ikke op i {name}")
        self.waiting.join(week, ids[~absent])

    def _give_up(self, week: int) -> None:
        if self.settings.gives_up and len(ids := self.waiting.ids):
            ids = ids[self.waiting.since.take(ids) < week]
            gone = ids[self.world.ledige.draws.uniform(f"{self.name} gives up", week, ids) < self.settings.gives_up]
            self.waiting.leave(gone)
            self.world.register.count(week, f"{self.name}_gave_up", gone)
            self.world.tell(gone, f"opgiver at vente på {self.name}")

    def _begin(self, week: int) -> None:
        ids = self.waiting.queue()
        if len(ids) == 0:
            return
        open_today = (week % self.every == 0)[self.clubs.jobcentre_of_pool]
        ids = ids[self.places.take(ids, np.where(open_today, self.places.capacity, 0))]
        self.clubs.join(week, ids)
        ids = np.sort(ids)
        register, draws = self.world.register, self.world.ledige.draws
        register.count(week, f"{self.name}_wait", ids, week - self.waiting.since.take(ids))
        register.count(week, f"{self.name}_started", ids)
        self.world.tell(ids, f"begynder i {self.name}")
        self.waiting.leave(ids)
        chance = draws.uniform(f"{self.name} length", week, ids)
        jobcentre, lasts = self.world.ledige.jobcentre.take(ids), np.zeros(len(ids), dtype=np.int64)
        for length, here in self.lengths:
            mine = here[jobcentre]
            lasts[mine] = length.at(chance[mine])
        breaks = None
        if self.settings.drops_out:
            breaks = 1 + draws.weeks_until(self.settings.drops_out, f"{self.name} drops out", week, ids)
        self.spells.begin(week, ids, lasts, breaks)

    def _ends(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: courses end, and seats are free again."""
        self.spells.end(ids)
        self._hand_back(ids)
        self.world.register.count(week, f"{self.name}_{'dropped' if broken else 'completed'}", ids)
        self.world.tell(ids, f"falder fra i {self.name}" if broken else f"{self.name} gennemført")
        if not broken:
            self.spells.completed[ids] = week

    def _hand_back(self, ids: Ids) -> None:
        self.places.hand_back(ids)
        self.clubs.leave(ids)

    # --- søndag -------------------------------------------------------------------------------------------

    def count(self, week: int) -> None:
        self.world.register.count(week, f"{self.name}_waiting", self.waiting.ids)
        self.world.register.count(week, f"{self.name}_members", self.spells.inside)
