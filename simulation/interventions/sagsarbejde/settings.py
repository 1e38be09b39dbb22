"""Sagsarbejde: what the cases of a team get of it beside talks.

What the evidence says. Caseworkers of all Danish jobcentres had 26 % of their time in direct contact, the rest went
to preparation, follow-up, forms and meetings (STAFF-01, STAFF-02); how much of it is search for places, follow-up or
checks is not printed. Few cases help, but nearly always together with more talks: a French contract with a third of
the cases has an elasticity of −0.13 to −0.27 with the talks in it (DERIVED from the trials of effects.yaml), and
nothing that could be read separates cases from talks; −0.03 (0.04) per log unit beyond talks is a judgement. A change
of caseworker went with 22 % less chance of a job or education among activity-ready recipients of kontanthjælp in ten
Danish jobcentres (DKBIP-01, observational: changes also follow moves and conflict), and the absence of one's own
caseworker with two weeks more of unemployment in Switzerland (CHABS-02, lost talks included).

Three parts, each of them for the cases of one team. `left_minutes`: what is left at a desk after the talks of a week
goes to uses in their order, to each as far as it lasts; what then is left perishes. `caseload`: where
nobody knows what the minutes go to, exits as a power of the cases per full-time caseworker. `continuity`: what a
change of caseworker does to exits for some weeks, beside the talks that it costs. A destination that a use of minutes
moves has no elasticity in the same team: the same minutes would count twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from simulation.interventions.contract import KIND, Effects, Found, Intervention, Outcome, Setting, Sum, of_effects
from simulation.interventions.parts.spells import After
from simulation.world.clocks import TAKES, Lasts
from simulation.world.labels import Label
from simulation.world.sizes import Size, changes
from simulation.world.spec import Spec, Weeks, unit
from simulation.world.staff.teams import doing
from simulation.world.switch import EFFECTS, Switch

USES: Mapping[str, Label] = {
    "search": Label("searches for a place", "søgning efter plads"),
    "checks": Label("checks of availability", "rådighedsvurdering"),
    "follow_up": Label("follow-up", "opfølgning"),
}
DONE_IN_TIME_LEFT = Label("In time left: {use}", "I overskydende tid: {use}")
MINUTES_LEFT = Label("Time left for {use}", "Overskydende tid til {use}")


class Use(Spec):
    """Something that minutes left after talks are used for, one ledig after the other."""

    use: Annotated[
        Literal["search", "checks", "follow_up"],
        Field(
            description="What the minutes are for; search: for places of a placement; checks: of availability; "
            "follow_up: of the case itself",
        ),
    ]
    of: Annotated[
        str | None, Field(description="Intervention that search or checks are done for; absent: of follow_up")
    ] = None
    minutes: Annotated[int, unit("minutes", "Minutes of the work for each ledig", ge=1, le=100_000)]
    every_weeks: Annotated[
        int, unit("weeks", "Weeks from enrolment, or the last time, until it is done (not for search)", ge=1, le=520),
        TAKES,
    ] = 1  # fmt: skip
    effects: Annotated[Effects, Field(description="Factor on exit intensities after a follow_up")] = {}
    weeks: Annotated[Weeks, Field(description="Weeks for which `effects` of a follow_up last"), Lasts(("effects",))] = 4
    halving_weeks: Annotated[
        float | None, unit("weeks", "Weeks in which `effects` of a follow_up halve; absent: no decay", gt=0, le=1000)
    ] = None

    @model_validator(mode="after")
    def _fits_together(self) -> Use:
        if (self.of is None) != (self.use == "follow_up"):
            needs = "is of the case itself, and takes no `of`" if self.of else "needs `of`: the intervention it is for"
            raise ValueError(f"use: {self.use} {needs}")
        if self.effects and self.use != "follow_up":
            raise ValueError(f"effects: what {self.use} does stands with the intervention that it is for")
        return self

    def after(self) -> After | None:
        """What a follow-up does afterwards."""
        if not self.effects:
            return None
        return After(effects=self.effects, weeks=self.weeks, halving_weeks=self.halving_weeks)


class OfCaseload(Spec):
    """Exits by cases per full-time caseworker, beyond what more or fewer talks do."""

    reference: Annotated[
        float, unit("cases per full-time caseworker", "Caseload at which there is no effect", gt=0, le=1e6)
    ]
    least: Annotated[
        float, unit("cases per full-time caseworker", "Caseload below which no more is gained", ge=0, le=1e6)
    ] = 0.0
    most: Annotated[
        float, unit("cases per full-time caseworker", "Caseload above which no more is lost", gt=0, le=1e6)
    ] = 1e6
    exits: Annotated[
        dict[str, Size],
        Field(min_length=1, description="Elasticities (log: of the factor, per log of caseload / reference)"),
    ]

    @model_validator(mode="after")
    def _around_the_reference(self) -> OfCaseload:
        if not self.least <= self.reference <= self.most:
            raise ValueError(f"reference: {self.reference:g} must lie within {self.least:g} (least) and {self.most:g}")
        return self


class Sagsarbejde(Intervention):
    """What the cases of a team get of it beside talks."""

    kind: Annotated[Literal["sagsarbejde"], KIND]
    team: Annotated[
        str, Field(description="Whose cases and minutes (of partners: all ledige of the jobcentre, or of their `arms`)")
    ]
    left_minutes: Annotated[
        list[Use], Field(description="What minutes left after talks are used for, in this order; the rest perishes")
    ] = []
    caseload: Annotated[
        OfCaseload | None,
        Field(
            description="What cases per full-time caseworker do to exits beside talks; absent: cases matter by talks "
            "alone",
        ),
        Switch(EFFECTS),
    ] = None
    continuity: Annotated[
        After | None, Field(description="What a change of caseworker does to exits; absent: it costs talks alone")
    ] = None

    may_change: ClassVar[frozenset[str]] = frozenset({
        "left_minutes.*.minutes", "left_minutes.*.every_weeks", "caseload.reference", "caseload.least",
        "caseload.most", *of_effects("continuity.effects"),
    })  # fmt: skip
    label: ClassVar[Label] = Label("Casework", "Sagsarbejde")
    refers: ClassVar[Mapping[str, str]] = {
        "team": "teams",
        "left_minutes.*.of": "interventions",
        "left_minutes.*.effects.<key>": "exits",
        "caseload.exits.<key>": "exits",
        "continuity.effects.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        **{use: DONE_IN_TIME_LEFT.of(use=label) for use, label in USES.items()},
        **{f"minutes_{use}": MINUTES_LEFT.of(use=label) for use, label in USES.items()},
        "changes": Label("Changes of caseworker", "Skift af sagsbehandler"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "search": Outcome(
            "ledige", "Ledige whom a place was searched for in minutes left; everybody, whole run", Sum("search"),
            on_screen="unless 0",
            label=Label("Searches for a place in minutes left", "Søgninger efter plads i overskydende tid"),
        ),
        "checks": Outcome(
            "checks", "Checks made in minutes left; everybody, whole run", Sum("checks"), on_screen="unless 0",
            label=Label("Checks in minutes left", "Rådighedsvurderinger i overskydende tid"),
        ),
        "follow_up": Outcome(
            "follow-ups", "Follow-ups in minutes left; everybody, whole run", Sum("follow_up"), on_screen="unless 0",
            label=Label("Follow-ups in minutes left", "Opfølgninger i overskydende tid"),
        ),
        **{
            f"minutes_{use}": Outcome(
                "minutes", f"Minutes left after talks that went to {use}; everybody, whole run", Sum(f"minutes_{use}"),
                on_screen="unless 0", label=MINUTES_LEFT.of(use=label),
            )
            for use, label in USES.items()
        },
        "changes": Outcome(
            "changes",
            "Changes of caseworker of the team's cases (a successor, another desk, another team; no substitutes), from "
            "the one she had before in the same benefit spell; everybody, whole run",
            Sum("changes"),
            on_screen="unless 0",
            label=Label("Changes of caseworker", "Skift af sagsbehandler"),
        ),
    }

    def problems(self, setting: Setting) -> Found:
        if not _with_cases(setting, self.team):
            for key in ("caseload", "continuity"):
                if getattr(self, key) is not None:
                    yield (key,), f"team '{self.team}' takes no cases (takes_cases: false)"
            if any(doing(setting.teams_of(place), self.team).desks() > 1 for place in setting.jobcentres):
                yield ("team",), f"the work of '{self.team}' is done by a team with personal cases; nobody has its time"
        for i, use in enumerate(self.left_minutes):
            if use.of is None:
                continue
            its, fits = setting.interventions[use.of], setting.interventions.items()
            if its.left_time != use.use:
                some = ", ".join(name for name, each in fits if each.left_time == use.use) or "none"
                yield ("left_minutes", i, "of"), f"'{use.of}' is nothing for {use.use}; there is {some}"
            elif use.use == "search" and not its.waiting_list:
                yield ("left_minutes", i, "of"), f"nobody ever waits for '{use.of}' (waiting_list: false)"
        if self.caseload is not None:
            yield from self._counted_twice(setting, self.caseload)

    def _counted_twice(self, setting: Setting, caseload: OfCaseload) -> Found:
        """Destinations with an elasticity that a use of the team's minutes moves, or an earlier elasticity of it."""
        of_team = {n: e for n, e in setting.interventions.items() if isinstance(e, Sagsarbejde) and e.team == self.team}
        before = list(of_team)[: [each is self for each in of_team.values()].index(True)]
        for destination in caseload.exits:
            path = ("caseload", "exits", destination)
            for name in before:
                if (other := of_team[name].caseload) is not None and destination in other.exits:
                    yield path, f"team '{self.team}' has an elasticity of it in interventions.{name} already"
            for name, each in of_team.items():
                for i, moved in each.moved(setting):
                    if destination in moved:
                        yield path, (
                            f"interventions.{name}.left_minutes.{i} moves '{destination}' in minutes of team "
                            f"'{self.team}' already; with an elasticity they would count twice"
                        )

    def moved(self, setting: Setting) -> Iterator[tuple[int, set[str]]]:
        """The destinations that each use of minutes may move."""
        for i, use in enumerate(self.left_minutes):
            if use.of is not None:
                yield i, setting.interventions[use.of].moves()
            else:
                yield i, {destination for destination, size in use.effects.items() if changes(size)}

    def doubts(self, setting: Setting) -> Found:
        teams = [setting.teams_of(place) for place in setting.jobcentres]
        with_cases = {name for each in teams for name, team in each.items() if team.takes_cases}
        leave = any(team.turnover for each in teams for team in each.values())
        if self.continuity is not None and len(with_cases) == 1 and not leave:
            yield ("continuity",), "there is one team, and nobody ever leaves it (turnover): no caseworker changes"
        overflow = {team.overflow_to for each in teams for team in each.values()}
        follow_talks = [each for each in setting.interventions.values() if each.holds_talks]
        gives_cases = overflow.union(*(each.named("case_teams") | each.named("teams") for each in follow_talks))
        if not (self.left_minutes or self.caseload or self.continuity):
            yield ("team",), f"nothing is said of what team '{self.team}' does"
        elif _with_cases(setting, self.team) and self.team not in gives_cases:
            yield ("team",), f"no plan of talks gives team '{self.team}' cases, so it has none to work for"


def _with_cases(setting: Setting, team: str) -> bool:
    return any(setting.teams_of(place)[team].takes_cases for place in setting.jobcentres)
