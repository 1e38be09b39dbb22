"""A placement at an employer, the way of every one of them: referred, matched, some weeks there, and what comes of it.

Praktik, løntilskud and virksomhedsforløb are placements; each has its own file, with what the evidence says of it.

A ledig is referred when she is ready (or pushed at the deadline), waits for a match, which takes the
virksomhedskonsulent's capacity and a free place, and keeps the place until the spell is completed or broken off.
While she waits she may leave for other reasons: waiting has competing exits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.interventions.contract import Effects, Found, Outcome, Running, Setting, Sum, Treats, worst
from simulation.interventions.parts.hired import ORDINARY, hired_in_vain, hires_nowhere
from simulation.interventions.parts.left_time import LeftTime
from simulation.interventions.parts.marks_offers import BESIDE, MarksOffers
from simulation.interventions.parts.placed import Breakdown, Jobcentre, Matches, Repeat
from simulation.interventions.parts.referrals import NAMED, Referral
from simulation.interventions.parts.search import Matching, Search
from simulation.interventions.parts.spells import breaks_after
from simulation.interventions.parts.tilbud import COUNTS, OUTCOMES, Tilbud, of_started
from simulation.world.clocks import Lasts
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.spec import NEVER, Bools, Floats, Ids, Ints, PlaceCount, Share, Weeks, unit
from simulation.world.staff.teams import doing
from simulation.world.world import World


class Placement(Treats, MarksOffers):
    """What the settings of all placements have in common."""

    referral: Annotated[
        dict[str, Referral],
        Field(
            description="When the ledige of an arm are referred, by arm; an arm left out is not referred", min_length=1
        ),
    ]
    places: Annotated[PlaceCount, Field(description="Places that each jobcentre has")]
    matches_per_week: Matches
    matching: Annotated[
        Matching | None,
        Field(
            description="How konsulenter search for firms with the time of a team; absent: their time is reckoned in "
            "matches_per_week alone",
        ),
    ] = None
    jobcentres: Annotated[dict[str, Jobcentre], Field(description="Jobcentres whose capacities are others")] = {}
    waiting_list: Annotated[
        bool, Field(description="Whether the referred wait for a match; false: a referral that finds no place is void")
    ] = True
    breakdown: Annotated[Breakdown | None, Field(description="How placements are broken off; absent: none is")] = None
    repeat: Annotated[
        Repeat | None, Field(description="Further spells after a completed one; absent: one completed spell at most")
    ] = None
    direct_hire: Annotated[Share, Field(description="Share of completed spells that end in a job with the host")] = 0.0
    hires_to: Annotated[
        str | None, Field(description="Exit to which those leave whom the host hires; absent: the one called job")
    ] = None
    during: Annotated[Effects, Field(description="Factor on exit intensities while there (locking-in)")] = {}
    after: Annotated[Effects, Field(description="Factor on exit intensities after a completed spell")] = {}
    after_weeks: Annotated[
        Weeks, Field(description="Weeks after completion for which `after` lasts"), Lasts(("after", "after_public"))
    ] = 26
    after_halving_weeks: Annotated[
        float | None, unit("weeks", "Weeks in which the gain afterwards halves; absent: no decay", gt=0, le=1000)
    ] = None

    workplace: ClassVar[bool] = True
    refers_people: ClassVar[bool] = True
    left_time: ClassVar[str | None] = "search"
    refers: ClassVar[Mapping[str, str]] = {
        **NAMED,
        **BESIDE,
        "jobcentres.<key>": "jobcentres",
        "matching.team": "teams",
        "hires_to": "exits",
        "during.<key>": "exits",
        "after.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        **COUNTS,
        "referred_again": Label("{name}: referred again", "{name}: henvist igen"),
        "void": Label("{name}: referrals without a place", "{name}: henvisninger uden plads"),
        "broken": Label("{name}: broken off", "{name}: afbrudte forløb"),
        "hired": Label("{name}: hired by the firm", "{name}: ansat i virksomheden"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "persons": Outcome(
            "persons", "Ledige referred once or more; everybody, whole run", Sum("referred", less=["referred_again"]),
            label=Label("{name}: persons referred", "{name}: henviste personer"),
        ),
        **OUTCOMES,
        "lost_waiting_share": replace(
            OUTCOMES["lost_waiting_share"],
            definition="Referrals that ended while waiting for a match, by exit or giving up; everybody, whole run",
        ),
        "broken_share": of_started(
            "Spells broken off, among those begun; everybody, whole run", "broken",
            label=Label("{name}: broken off", "{name}: afbrudte"),
        ),
        "hired_share": of_started(
            "Spells that ended in a job with the host, among those begun; everybody, whole run", "hired",
            label=Label("{name}: hired by the firm", "{name}: ansat i virksomheden"),
        ),
    }

    def capacity(self, jobcentre: str) -> tuple[int, float]:
        """Places and matches per week of a jobcentre."""
        own = self.jobcentres.get(jobcentre, Jobcentre())
        matches = self.matches_per_week if own.matches_per_week is None else own.matches_per_week
        return self.places if own.places is None else own.places, matches

    def moves(self) -> set[str]:
        return super().moves() | ({self.exit_of_hired} if self.hires() else set())

    def hires(self) -> bool:
        """Whether a host ever hires anybody."""
        return self.direct_hire > 0

    @property
    def exit_of_hired(self) -> str:
        """The exit to which those leave whom the host hires."""
        return ORDINARY if self.hires_to is None else self.hires_to

    @property
    def matched_otherwise(self) -> bool:
        """Whether a ledig can begin without a match by a konsulent."""
        return False

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        yield from hires_nowhere("direct_hire", self.direct_hire, self.exit_of_hired, setting)
        if self.matching is not None:
            team = self.matching.team
            if any(doing(setting.teams_of(place), team).desks() > 1 for place in setting.persons()):
                yield ("matching", "team"), f"team '{team}' has personal cases; the search needs a pooled team"

    def doubts(self, setting: Setting) -> Found:
        yield from super().doubts(setting)
        yield from hired_in_vain(self.hires_to, self.hires(), setting)
        found = []
        for jobcentre, persons in setting.persons().items():
            places, matches = self.capacity(jobcentre)
            referred = any(rule.weekly > 0 or rule.push for rule in self.referral.values())
            if persons and referred and (places == 0 or (matches == 0 and not self.matched_otherwise)):
                message = f"{jobcentre}: ledige are referred to {self.kind}, but there are {places} places and "
                message += f"{matches:g} matches a week: nobody will ever begin"
                found.append((float(persons), (), message))
        yield from worst(found)


class PlacementRunning(Running, ABC):
    """Column: `begun` (spells so far). What differs between kinds of placement is `match`, `host`, `lengths`,
    `break_factors`, `hire_chance` and `gains`."""

    settings: Placement
    luck_of_host: ClassVar[str] = "host"

    def __init__(
        self,
        settings: Placement,
        world: World,
        name: str,
        number: int,
        once: bool = False,
        says: Mapping[str, Label] = {},
    ) -> None:
        super().__init__(settings, world, name, number)
        capacity = {jobcentre: settings.capacity(jobcentre) for jobcentre in world.jobcentres.names}
        places = world.jobcentres.column({jobcentre: places for jobcentre, (places, _) in capacity.items()})
        matches = world.jobcentres.column({jobcentre: matches for jobcentre, (_, matches) in capacity.items()})
        firms = Places(places.astype(np.int64), world.ledige.jobcentre)
        self.offer = Tilbud(self, firms, once=once, says=says, ended=self._ended)
        self.search = Search(world, self.offer.waiting, matches, settings.matching)
        world.part(LeftTime).offer(name, self.search, self.concerned)
        self.after = self.effect("after", settings.after)
        self.begun = np.zeros(len(world.ledige), dtype=np.uint16)

    # --- mandag -------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        self.begun[ids] = 0
        self.offer.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: locking-in while there, a gain after a completed spell."""
        self.offer.effects(week)
        self.gains(week)

    def gains(self, week: int) -> None:
        """The effect of completed spells."""
        settings = self.settings
        self.offer.spells.afterwards(week, self.after, settings.after_weeks, settings.after_halving_weeks)

    def had_treatment(self, ids: Ids) -> Bools:
        return self.offer.spells.had(ids)

    def gone(self, week: int, ids: Ids) -> None:
        self.offer.gone(week, ids)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: the ready are referred, and matched as far as places and the konsulent's capacity last."""
        self._refer(week)
        ids = self.offer.waiting.queue()
        if len(ids) == 0:
            return
        got = self.match(week, ids, self.search.room(week, ids))
        self.begin(week, np.sort(ids[got]))
        if not self.settings.waiting_list:
            refused = np.sort(ids[~got])
            self.count(week, "void", refused)
            self.offer.waiting.never_were(refused)
            self.offer.referrals.notices.void(refused)
            self._refer_again(week + 1, refused)

    def _refer(self, week: int) -> None:
        ids = self.offer.referrals.take(week)
        self.count(week, "referred_again", ids[self.offer.referred.take(ids) != NEVER])
        self.offer.refer(week, ids)

    def match(self, week: int, ids: Ids, room: NDArray[np.int64]) -> Bools:
        """Which of these ids, by jobcentre and in order, are matched; `room` is what can be matched by jobcentre."""
        return self.offer.places.take(ids, room)

    def begin(self, week: int, ids: Ids) -> None:
        """These ids, who hold their places, begin a spell."""
        if len(ids):
            of_length, of_breakdown, of_host = self.chances(week, ids, "length", "breakdown", self.luck_of_host)
            self.host(ids, of_host)
            self.begun[ids] += 1
            self.offer.begin(week, ids, self.lengths(week, of_length), self._breaks_after(week, ids, of_breakdown))

    def host(self, ids: Ids, chance: Floats) -> None:
        """Who has these ids from now on, by each one's chance, of shape (ids,): `luck_of_host` is the decision."""

    @abstractmethod
    def lengths(self, week: int, chance: Floats) -> Ints:
        """Agreed weeks of the spells that begin, by each one's chance; same shape."""

    def break_factors(self, week: int, ids: Ids) -> Floats:
        """How many times as likely each one's spell, which begins now, is to be broken off in a week."""
        assert self.settings.breakdown is not None
        return np.where(self.offer.referrals.ready.take(ids) > week, self.settings.breakdown.unready_factor, 1.0)

    def _breaks_after(self, week: int, ids: Ids, chance: Floats) -> Ints | None:
        """Weeks after which each spell is broken off, if it lasts so long; None: none is."""
        if self.settings.breakdown is None:
            return None
        factors, weekly = self.break_factors(week, ids), self.settings.breakdown.weekly
        breaks = np.empty(len(ids), dtype=np.int64)
        for factor in set(factors.tolist()):
            alike = factors == factor
            breaks[alike] = breaks_after(weekly * factor, chance[alike])
        return breaks

    def _ended(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: who has completed a spell may be hired, and a next referral is planned where there may be one."""
        if broken and self.settings.breakdown:
            self._refer_again(week + self.settings.breakdown.setback_weeks, ids)
            return
        self.completed(week, ids)
        hires = self.hire_chance(ids)
        if np.any(hires):
            hired = ids[self.world.ledige.draws.uniform(f"{self.name} hire", week, ids) < hires]
            self.world.afgang.send(hired, self.settings.exit_of_hired)
            self.count(week, "hired", hired)
            self.world.tell(hired, Label("is hired by the firm", "ansættes af virksomheden"))
        if self.settings.repeat:
            self._refer_again(week + self.settings.repeat.gap_weeks + 1, ids)

    def completed(self, week: int, ids: Ids) -> None:
        """These ids have completed a spell."""

    def hire_chance(self, ids: Ids) -> float | Floats:
        """Chance that the host hires each of these ids."""
        return self.settings.direct_hire

    def _refer_again(self, week: int, ids: Ids) -> None:
        """From this week on these ids may be referred once more, if they have not had all their spells."""
        if self.settings.repeat:
            ids = ids[self.begun.take(ids) < self.settings.repeat.max_spells]
        self.offer.referrals.again(week, ids)

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        self.offer.soendag(week)
