"""Revurdering: reassessment when benefit has lasted as long as the law allows, a dated event that ends or extends it.

What the evidence says. Until 2014 sygedagpenge had a limit of 52 weeks (KL 2012, SYG-04); since 2014 it is reassessed
when it was paid for more than 22 weeks in nine months (RULE-04). About half the spells that reach it are extended
(STAR 2015, SYG-03), and of those who leave to work around it 86 % are still there three months later (SYG-02). Where
the others go is not printed in what was read.

Whoever reaches the limit is reassessed on the torsdag of that week; whose benefit is not extended leaves on the next
tirsdag. What its coming does (`before`) holds on the tirsdage of the last weeks up to the week of the limit, to which
it may build up. A change of rule takes effect on its date: who has passed the new limit by then is reassessed at once.
It is so whether or not reassessment has begun by then (`runs`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field

from simulation.interventions.contract import (
    KIND,
    Effects,
    Found,
    Intervention,
    Outcome,
    Running,
    Setting,
    Sum,
    of_effects,
)
from simulation.interventions.parts.before import BuildsOver, built_up
from simulation.world.clocks import BENEFIT_WEEK, RUN_WEEK, Lasts
from simulation.world.few import Planned
from simulation.world.labels import Label
from simulation.world.spec import NOT_PLANNED, Ids, Share, Spec, WeekDistribution, Weeks, unit, where
from simulation.world.world import World


class NewLimit(Spec):
    """A limit that holds from a date on."""

    run_week: Annotated[Weeks, Field(description="Week of the run from which it holds"), RUN_WEEK]
    week: Annotated[int, unit("weeks", "Weeks on benefit at the reassessment", ge=1, le=2000), BENEFIT_WEEK]


class NearTheLimit(Spec):
    """What the coming reassessment does beforehand."""

    weeks: Annotated[
        Weeks, Field(description="Weeks before the reassessment in which it has an effect"), Lasts(("effects",))
    ]
    builds_over: BuildsOver = None
    effects: Annotated[Effects, Field(description="Factor on exit intensities in the weeks before the reassessment")]


def _one_in_all(shares: dict[str, float]) -> dict[str, float]:
    if not shares or abs(sum(shares.values()) - 1) > 1e-9:
        raise ValueError(f"the shares must add up to 1 (they add up to {sum(shares.values()):g})")
    return shares


class Revurdering(Intervention):
    """Reassessment at a limit of duration."""

    kind: Annotated[Literal["revurdering"], KIND]
    week: Annotated[int, unit("weeks", "Weeks on benefit at the reassessment", ge=1, le=2000), BENEFIT_WEEK]
    changes: Annotated[list[NewLimit], Field(description="Limits that hold from later dates on")] = []
    extended: Annotated[Share, Field(description="Share of those reassessed whose benefit goes on")]
    extension_weeks: Annotated[WeekDistribution, Field(description="Weeks until the next reassessment of these")]
    ends_to: Annotated[
        dict[str, Share], AfterValidator(_one_in_all), Field(description="Where the others go: shares by destination")
    ]
    before: Annotated[
        NearTheLimit | None, Field(description="What the coming reassessment does beforehand; absent: nothing")
    ] = None

    may_change: ClassVar[frozenset[str]] = frozenset({
        "extended", "extension_weeks", "ends_to", "before.weeks", *of_effects("before.effects"),
    })  # fmt: skip
    label: ClassVar[Label] = Label("Reassessment", "Revurdering")
    refers: ClassVar[Mapping[str, str]] = {"ends_to.<key>": "causes", "before.effects.<key>": "exits"}
    counts: ClassVar[Mapping[str, Label]] = {
        "reached": Label("Reassessments", "Revurderinger"),
        "extended": Label("Benefits extended at a reassessment", "Ydelser forlænget ved revurdering"),
        "ended": Label("Benefits ended by a reassessment", "Ydelser stoppet ved revurdering"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "reached": Outcome(
            "persons", "Reassessments; everybody, whole run", Sum("reached"),
            label=Label("Reassessments", "Revurderinger"),
        ),
        "extended_share": Outcome(
            "share",
            "Reassessments after which benefit went on; everybody, whole run",
            Sum("extended"),
            per=Sum("reached"),
            label=Label("Reassessments that extended benefit", "Revurderinger, der forlængede ydelsen"),
        ),
        "ended": Outcome(
            "persons", "Ledige whose benefit a reassessment ended; everybody, whole run", Sum("ended"),
            label=Label("Benefits ended by a reassessment", "Ydelser stoppet ved revurdering"),
        ),
    }

    def problems(self, setting: Setting) -> Found:
        weeks = [change.run_week for change in self.changes]
        if sorted(set(weeks)) != weeks:
            yield ("changes",), f"run_week must rise from one entry to the next (they are {weeks})"
        if 0 in self.extension_weeks:
            yield ("extension_weeks",), "an extension lasts at least 1 week"

    def limit(self, week: int) -> int:
        """Weeks on benefit at the reassessment, as they hold in a week of the run."""
        in_force = [change.week for change in self.changes if change.run_week <= week]
        return in_force[-1] if in_force else self.week


class RevurderingRunning(Running):
    """`planned` is the reassessment. Column: `extended` (has been extended: no new limit concerns her)."""

    settings: Revurdering

    def __init__(self, settings: Revurdering, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.before = self.effect("before", settings.before.effects if settings.before else {})
        self.planned = Planned(len(world.ledige))
        self.extended = np.zeros(len(world.ledige), dtype=bool)

    def enrolled(self, week: int, ids: Ids) -> None:
        self.extended[ids] = False
        self._plan(week, ids)

    def mandag(self, week: int) -> None:
        """mandag: a new limit concerns everybody whose benefit has not been extended."""
        if any(change.run_week == week for change in self.settings.changes):
            self._plan(week, where((self.planned.week != NOT_PLANNED) & ~self.extended))

    def _plan(self, week: int, ids: Ids) -> None:
        reached = self.world.ledige.spell_start.take(ids).astype(np.int64) + self.settings.limit(week)
        self.planned.plan(ids, np.minimum(np.maximum(reached, week), NOT_PLANNED - 1))

    def effects(self, week: int) -> None:
        """tirsdag: some leave because the reassessment is near."""
        if before := self.settings.before:
            ids = self.planned.due(week + before.weeks - 1)
            left = self.planned.week.take(ids).astype(np.int64) - week
            coming = left >= 0
            self.before.hold(ids[coming], built_up(left[coming], before.builds_over))

    def gone(self, week: int, ids: Ids) -> None:
        self.planned.forget(ids)

    def tilbud(self, week: int) -> None:
        """torsdag: who has reached the limit is reassessed; benefit goes on for some weeks, or ends."""
        ids = self.planned.due(week)
        ids = ids[self.world.not_leaving(ids)]
        if len(ids) == 0:
            return
        settings, draws = self.settings, self.world.ledige.draws
        self.count(week, "reached", ids)
        goes_on = draws.uniform(f"{self.name} extended", week, ids) < settings.extended
        longer, out = ids[goes_on], ids[~goes_on]
        self.count(week, "extended", longer)
        self.world.tell(longer, Label("sickness benefit is extended", "sygedagpenge forlænges"))
        self.extended[longer] = True
        more = draws.value(settings.extension_weeks, f"{self.name} extension", week, longer)
        self.planned.plan(longer, np.minimum(week + more, NOT_PLANNED - 1))
        self.count(week, "ended", out)
        self.world.tell(
            out, Label("sickness benefit ends at the reassessment", "sygedagpenge ophører ved revurderingen")
        )
        self.planned.forget(out)
        upper = np.cumsum(list(settings.ends_to.values()))
        place = np.searchsorted(upper, draws.uniform(f"{self.name} destination", week, out), side="right")
        for k, destination in enumerate(settings.ends_to):
            self.world.afgang.send(out[np.minimum(place, len(upper) - 1) == k], destination)
