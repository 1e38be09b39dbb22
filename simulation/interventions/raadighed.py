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

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from simulation.interventions.contract import Found, Outcome, Running, Setting, Sum, Treats, stateless
from simulation.interventions.parts.afterwards import Afterwards
from simulation.interventions.parts.left_time import LeftTime
from simulation.interventions.parts.spells import After
from simulation.world.clocks import TAKES
from simulation.world.few import Planned
from simulation.world.spec import (
    NEVER,
    NOT_PLANNED,
    Bools,
    Floats,
    Ids,
    Ints,
    Minutes,
    Share,
    Spec,
    WeekDistribution,
    unit,
    where,
)
from simulation.world.world import World


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
    ended: Annotated[Share, Field(description="Share after which benefit ends")] = 0.0
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

    kind: Literal["raadighed"]
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

    keeps_state: ClassVar[bool] = True
    left_time: ClassVar[str | None] = "checks"
    refers: ClassVar[Mapping[str, str]] = {
        "checked.<key>": "arms",
        "not_in.*": "interventions",
        "follows.*.ended_to": "exits",
        "after_check.effects.<key>": "exits",
        "after_warning.effects.<key>": "exits",
        "after_sanction.effects.<key>": "exits",
    }
    counts: ClassVar[Sequence[str]] = (
        "spells", "checks", "no_time", "breaches", "warned", "cut", "ended", "sanctioned", "cut_weeks",
    )  # fmt: skip
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "checks": Outcome("checks", "Checks of availability; everybody, whole run", Sum("checks")),
        "no_time": Outcome(
            "checks", "Checks put off a week because the caseworker had no time; everybody, whole run", Sum("no_time"),
            on_screen="unless 0",
        ),
        "breaches": Outcome("breaches", "Breaches that checks found; everybody, whole run", Sum("breaches")),
        "breach_share": Outcome(
            "share", "Checks that found a breach; everybody, whole run", Sum("breaches"), per=Sum("checks")
        ),
        "cut_weeks": Outcome("weeks", "Weeks on benefit that was cut; everybody, whole run", Sum("cut_weeks")),
        "ended": Outcome("persons", "Ledige whose benefit a check ended; everybody, whole run", Sum("ended")),
        "sanctioned_share": Outcome(
            "share",
            "Benefit spells in which benefit was cut or ended by a check, once or more; everybody, whole run",
            Sum("sanctioned"),
            per=Sum("spells"),
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


class RaadighedRunning(Running):
    """`planned` is the next check by plan or draw. Columns: `last` (week of the last check), `breaches` (in the benefit
    spell), `until` (last week of the cut), `cut` (benefit is cut this week), `sanctioned` (week in which it was cut or
    ended last)."""

    settings: Raadighed

    def __init__(self, settings: Raadighed, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        rows = len(world.ledige)
        self.planned = Planned(rows)
        self.last = np.full(rows, NEVER, dtype=np.int16)
        self.breaches = np.zeros(rows, dtype=np.uint16)
        self.until = np.full(rows, NEVER, dtype=np.int16)
        self.cut = world.states[name] = np.zeros(rows, dtype=bool)
        self.sanctioned = np.full(rows, NEVER, dtype=np.int16)
        self.after_check = Afterwards(self, "after_check", settings.after_check)
        self.after_warning = Afterwards(self, "after_warning", settings.after_warning)
        self.after_sanction = Afterwards(self, "after_sanction", settings.after_sanction)
        world.part(LeftTime).of[name] = self

    # --- mandag -------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        self.count(week, "spells", ids)
        self.breaches[ids] = 0
        self.last[ids] = self.sanctioned[ids] = NEVER
        self._plan(week, ids)

    def _plan(self, week: int, ids: Ids) -> None:
        """The next check of these ids, whose last one (or enrolment) is now."""
        ledige = self.world.ledige
        for a, arm in enumerate(self.world.arms):
            if rule := self.settings.checked.get(arm):
                of_arm = ids[ledige.arm.take(ids) == a]
                drawn = week + 1 + ledige.draws.weeks_until(rule.weekly, f"{self.name} drawn", week, of_arm)
                planned = NOT_PLANNED if rule.every_weeks is None else week + rule.every_weeks
                self.planned.plan(of_arm, np.minimum(drawn, planned))

    def mandag(self, week: int) -> None:
        """mandag: benefit is cut, or paid in full again."""
        np.greater_equal(self.until, week, out=self.cut)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: having been checked, warned or sanctioned in the last weeks."""
        self.after_check.hold(week)
        self.after_warning.hold(week)
        self.after_sanction.hold(week)

    def had_treatment(self, ids: Ids) -> Bools:
        return np.asarray(self.sanctioned.take(ids) != NEVER)

    def gone(self, week: int, ids: Ids) -> None:
        self.planned.forget(ids)
        self.until[ids] = NEVER
        self.cut[ids] = False
        for happened in (self.after_check, self.after_warning, self.after_sanction):
            happened.gone(ids)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: who is due is checked, as far as caseworkers have minutes; a breach may cost benefit."""
        ids = self._open(self.planned.due(week))
        if self.settings.minutes and len(ids):
            done = self.world.staff.work(ids, np.full(len(ids), self.settings.minutes))
            self.count(week, "no_time", ids[~done])
            ids = ids[done]
        self.done(week, ids)

    def _open(self, ids: Ids) -> Ids:
        """Those of these ids who may be checked."""
        return ids[~self.world.in_any(self.settings.not_in, ids) & self.world.not_leaving(ids)]

    # --- a check --------------------------------------------------------------------------------------------

    def wanted(self, week: int, ids: Ids) -> tuple[Ids, Ints]:
        """fredag: who of these ids may be checked, and since when she has not been."""
        ids = self._open(ids)
        return ids, np.maximum(self.last.take(ids), self.world.ledige.enrolled.take(ids))

    def done(self, week: int, ids: Ids) -> None:
        """These ids (ascending) are checked."""
        if len(ids) == 0:
            return
        draws = self.world.ledige.draws
        self.count(week, "checks", ids)
        self.last[ids] = week
        self._plan(week, ids)
        self.after_check.happens(week, ids)
        found = draws.uniform(f"{self.name} breach", week, ids) < self.settings.breach
        self.world.tell(ids[~found], f"{self.name}: står til rådighed")
        breaches = ids[found]
        self.count(week, "breaches", breaches)
        self.breaches[breaches] += 1
        luck, last = draws.uniform(f"{self.name} follows", week, breaches), len(self.settings.follows)
        number = np.minimum(self.breaches.take(breaches), last)
        for n, consequence in enumerate(self.settings.follows, start=1):
            self._follows(week, breaches[number == n], luck[number == n], consequence)

    def _follows(self, week: int, ids: Ids, luck: Floats, consequence: Consequence) -> None:
        """What follows breaches of these ids."""
        ends = luck < consequence.ended
        cuts = ~ends & (luck < consequence.ended + consequence.cut)
        ended, cut, warned = ids[ends], ids[cuts], ids[~ends & ~cuts]
        self.count(week, "warned", warned)
        self.world.tell(warned, f"{self.name}: advarsel")
        self.after_warning.happens(week, warned)
        self._sanction(week, ended)
        self.count(week, "ended", ended)
        self.world.tell(ended, f"{self.name}: ydelsen ophører")
        if consequence.ended_to is not None:
            self.world.afgang.send(ended, consequence.ended_to)
        if consequence.cut_weeks is None:
            return
        self._sanction(week, cut)
        self.count(week, "cut", cut)
        self.world.tell(cut, f"{self.name}: ydelsen nedsættes")
        self.after_sanction.happens(week, cut)
        weeks = self.world.ledige.draws.value(consequence.cut_weeks, f"{self.name} cut", week, cut)
        self.until[cut] = np.minimum(np.maximum(self.until.take(cut), week) + weeks, NOT_PLANNED)

    def _sanction(self, week: int, ids: Ids) -> None:
        """The benefit of these ids is cut or ended."""
        self.count(week, "sanctioned", ids[self.sanctioned.take(ids) == NEVER])
        self.sanctioned[ids] = week

    def soendag(self, week: int) -> None:
        self.count(week, "cut_weeks", where(self.cut))
