"""A placement at an employer, the way of every one of them: referred, matched, some weeks there, and what comes of it.

Praktik, løntilskud and virksomhedsforløb are placements; each has its own file, with what the evidence says of it.

A ledig is referred when she is ready (or pushed at the deadline), waits for a match, which takes the
virksomhedskonsulent's capacity and a free place, and keeps the place until the spell is completed or broken off.
While she waits she may leave for other reasons: waiting has competing exits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import Field

from simulation.interventions.contract import (
    Effects,
    Found,
    Intervention,
    Measured,
    Outcome,
    Setting,
    Spent,
    Sum,
    Totals,
    Treats,
    of_effects,
    stateless,
    worst,
)
from simulation.interventions.parts.hired import ORDINARY, hired_in_vain, hires_nowhere
from simulation.interventions.parts.marks_offers import BESIDE, MarksOffers
from simulation.interventions.parts.placed import Breakdown, Jobcentre, Matches, Repeat
from simulation.interventions.parts.referrals import NAMED, Referral
from simulation.interventions.parts.search import Matching
from simulation.interventions.parts.tilbud import COUNTS, OUTCOMES, of_started
from simulation.world.clocks import Lasts
from simulation.world.labels import Label
from simulation.world.spec import PlaceCount, Share, Weeks, unit
from simulation.world.staff.teams import doing

BY_HERSELF = "self_found_share"


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
    self_found: Annotated[Share, Field(description="Chance in a week of waiting that a ledig finds a firm herself")] = (
        0.0
    )
    breakdown: Annotated[Breakdown | None, Field(description="How placements are broken off; absent: none is")] = None
    repeat: Annotated[
        Repeat | None, Field(description="Further spells after a completed one; absent: one completed spell at most")
    ] = None
    not_while: Annotated[
        list[str],
        Field(description="Nobody is referred or begins while in the states that these interventions keep"),
    ] = []
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

    may_change: ClassVar[frozenset[str]] = frozenset({
        "places", "matches_per_week", "jobcentres.*.places", "jobcentres.*.matches_per_week", "matching.minutes",
        "self_found", "direct_hire", "breakdown.weekly", "breakdown.unready_factor", "breakdown.setback_weeks",
        "breakdown.after_talk.*.factor", "breakdown.helped_by.*",
        "repeat.gap_weeks", "repeat.max_spells", "after_weeks", "after_halving_weeks", *of_effects("during", "after"),
    })  # fmt: skip
    grows: ClassVar[Sequence[str]] = (
        "places", "matches_per_week", "jobcentres.*.places", "jobcentres.*.matches_per_week",
    )  # fmt: skip
    workplace: ClassVar[bool] = True
    refers_people: ClassVar[bool] = True
    keeps_waiting: ClassVar[bool] = True
    readies: ClassVar[bool] = True
    left_time: ClassVar[str | None] = "search"
    matched: ClassVar[Sum] = Sum("started", less=["self_found"])
    """The counts of firms that were asked and said something."""
    refers: ClassVar[Mapping[str, str]] = {
        **NAMED,
        **BESIDE,
        "jobcentres.<key>": "jobcentres",
        "matching.team": "teams",
        "breakdown.helped_by.<key>": "interventions",
        "not_while.*": "interventions",
        "hires_to": "destinations",
        "during.<key>": "exits",
        "after.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        **COUNTS,
        "referred_again": Label("{name}: referred again", "{name}: henvist igen"),
        "void": Label("{name}: referrals without a place", "{name}: henvisninger uden plads"),
        "self_found": Label("{name}: firm found by the person", "{name}: virksomhed fundet af borgeren"),
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
        "self_found_share": of_started(
            "Spells at a firm that the ledig found herself, among those begun; everybody, whole run", "self_found",
            label=Label("{name}: firm found by the person", "{name}: virksomhed fundet af borgeren"),
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

    further_counts: ClassVar[Mapping[str, Label]] = {
        "unready": Label("{name}: begun by who is not ready", "{name}: begyndt uden at være klar"),
        "clarified": Label("{name}: whom talks made ready sooner", "{name}: klar tidligere takket være samtaler"),
        "sooner": Label("{name}: weeks ready sooner by talks", "{name}: uger tidligere klar takket være samtaler"),
    }
    further_outcomes: ClassVar[Mapping[str, Outcome]] = {
        "unready_share": of_started(
            "Spells begun by somebody who is not ready, among those begun; everybody, whole run", "unready",
            label=Label("{name}: begun by who is not ready", "{name}: begyndt uden at være klar"),
        ),
        "sooner": Outcome(
            "weeks",
            "Weeks by which held talks brought readiness forward, of those for whom they did; everybody, whole run",
            Sum("sooner"), per=Sum("clarified"),
            label=Label("{name}: ready sooner by talks", "{name}: klar tidligere takket være samtaler"),
        ),
    }  # fmt: skip

    @property
    def clarifies(self) -> bool:
        """Whether talks make anybody ready sooner."""
        return any(rule.sooner_per_talk for rule in self.referral.values())

    @property
    def its_counts(self) -> Mapping[str, Label]:
        return {**self.counts, **(self.further_counts if self.clarifies else {})}

    @property
    def its_outcomes(self) -> Mapping[str, Outcome]:
        return {**self.outcomes, **(self.further_outcomes if self.clarifies else {})}

    @property
    def spends(self) -> Sequence[Spent]:
        """The search for those who have not found a firm themselves; of what took no minutes of a team the hours are
        not known."""
        if self.matching is None:
            return [Spent("matching", self.matched, each=None)]
        return [Spent("matching", self.matched, each=self.matching.minutes / 60, team=self.matching.team)]

    def unlike(self, own: Intervention) -> Found:
        yield from super().unlike(own)
        if isinstance(own, Placement) and own.not_while != self.not_while:
            yield ("not_while",), "'not_while' is the same in all jobcentres: it stands in the intervention itself"
        if isinstance(own, Placement) and own.clarifies != self.clarifies:
            yield ("referral",), "talks make ready sooner (sooner_per_talk) in all jobcentres or in none"

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
        return self.self_found > 0

    @property
    def tells_who_found(self) -> bool:
        """Whether it is told how many found a firm themselves, even if nobody can."""
        return self.self_found > 0

    def measured(self, total: Totals, setting: Setting) -> Measured:
        found = super().measured(total, setting)
        return found if self.tells_who_found else {what: each for what, each in found.items() if what != BY_HERSELF}

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        yield from stateless(("not_while",), self.not_while, setting)
        for name in self.breakdown.helped_by if self.breakdown else ():
            if not setting.interventions[name].helps:
                yield ("breakdown", "helped_by", name), f"'{name}' has neither mentors nor coordinators"
        yield from hires_nowhere("direct_hire", self.direct_hire, self.exit_of_hired, setting)
        if self.matching is not None:
            team = self.matching.team
            if any(doing(setting.teams_of(place), team).desks() > 1 for place in setting.persons()):
                yield ("matching", "team"), f"team '{team}' has personal cases; the search needs a pooled team"

    def doubts(self, setting: Setting) -> Found:
        yield from super().doubts(setting)
        talks = any(each.holds_talks for each in setting.interventions.values())
        if self.breakdown and self.breakdown.after_talk and not talks:
            yield ("breakdown", "after_talk"), "nobody holds talks here, so it changes nothing"
        yield from hired_in_vain(self.hires_to, self.hires(), setting)
        if self.self_found and not self.waiting_list:
            yield ("self_found",), "nobody waits (waiting_list: false), so nobody finds a firm: it changes nothing"
        found = []
        for jobcentre, persons in setting.persons().items():
            places, matches = self.capacity(jobcentre)
            referred = any(rule.weekly > 0 or rule.push for rule in self.referral.values())
            if persons and referred and (places == 0 or (matches == 0 and not self.matched_otherwise)):
                message = f"{jobcentre}: ledige are referred to {self.kind}, but there are {places} places and "
                message += f"{matches:g} matches a week: nobody will ever begin"
                found.append((float(persons), (), message))
        yield from worst(found)
