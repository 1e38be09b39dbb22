"""Delvis raskmelding: a sick-listed person works part of her hours, and more of them as the weeks go by.

What the evidence says. It is second in rank after a full return, used where there is an employer and health allows;
the trial made no extra effort for it, but informed earlier; follow-up is then by phone or mail (Aktive hurtigere
tilbage, p. 7, 13-15, 17). No level is printed. Graded return raises regular hours: Høgelund, Holm & McIntosh 2010
(SYG-06, Danish registers with unobserved differences modelled; a sign, significantly positive, no size read).

It needs an employer. Hours are worked beside benefit, so they show in the register, and they end with a relapse or
with the exit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field

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
from simulation.interventions.parts.visitation import unknown_levels
from simulation.world.beskaeftigelse import from_week_zero, weeks_as_keys
from simulation.world.clocks import BENEFIT_WEEK
from simulation.world.few import Few, Planned
from simulation.world.labels import Label
from simulation.world.spec import Ids, Share, Weeks, unit
from simulation.world.world import World

HourSteps = Annotated[
    dict[Weeks, Annotated[int, unit("hours per week", ge=1, le=36)]],
    BeforeValidator(weeks_as_keys),
    AfterValidator(from_week_zero),
    unit("hours per week"),
]


class DelvisRaskmelding(Intervention):
    """Part-time return to work while on sygedagpenge."""

    kind: Annotated[Literal["delvis_raskmelding"], KIND]
    levels: Annotated[
        dict[str, list[str]], Field(description="Who has an employer to return to: levels by characteristic")
    ]
    begins: Annotated[
        dict[str, Share],
        Field(min_length=1, description="Chance in a week that one begins, by arm; left out: none"),
    ]
    from_week: Annotated[Weeks, Field(description="Weeks on benefit before which none begins"), BENEFIT_WEEK] = 0
    hours: Annotated[HourSteps, Field(description="Hours worked a week, from each week of the return on")]
    relapses: Annotated[Share, Field(description="Chance in a week that it ends in full sick leave again")] = 0.0
    effects: Annotated[Effects, Field(description="Factor on exit intensities while it lasts")] = {}

    may_change: ClassVar[frozenset[str]] = frozenset({"relapses", *of_effects("effects")})
    label: ClassVar[Label] = Label("Part-time return to work", "Delvis raskmelding")
    keeps_state: ClassVar[bool] = True
    gives_hours: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        "levels.<key>": "subgroups", "begins.<key>": "arms", "effects.<key>": "exits",
    }  # fmt: skip
    counts: ClassVar[Mapping[str, Label]] = {
        "spells": Label("Benefit spells", "Ydelsesforløb"),
        "started": Label("Part-time returns to work", "Delvise raskmeldinger"),
        "first": Label("First part-time returns", "Første delvise raskmeldinger"),
        "relapsed": Label("Part-time returns with a relapse", "Delvise raskmeldinger med tilbagefald"),
        "weeks": Label("In a part-time return", "Delvist raskmeldte"),
        "hours": Label("Hours worked in part-time returns", "Arbejdstimer under delvis raskmelding"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "started": Outcome(
            "spells", "Part-time returns begun; everybody, whole run", Sum("started"),
            label=Label("Part-time returns to work", "Delvise raskmeldinger"),
        ),
        "ever_share": Outcome(
            "share", "Benefit spells with a part-time return; everybody, whole run", Sum("first"), per=Sum("spells"),
            label=Label("Benefit spells with a part-time return", "Ydelsesforløb med delvis raskmelding"),
        ),
        "hours": Outcome(
            "hours",
            "Mean hours worked in a week of part-time return; everybody, whole run",
            Sum("hours"),
            per=Sum("weeks"),
            label=Label("Work in a week of part-time return", "Arbejde i en uge med delvis raskmelding"),
        ),
        "relapsed_share": Outcome(
            "share",
            "Part-time returns that ended in full sick leave; everybody, whole run",
            Sum("relapsed"),
            per=Sum("started"),
            label=Label("Part-time returns with a relapse", "Delvise raskmeldinger med tilbagefald"),
        ),
    }

    def problems(self, setting: Setting) -> Found:
        if not setting.employment():
            yield (), "hours are worked, so the scenario needs an exit that is a job which may end (job_spells)"
        for path, message in unknown_levels(self.levels, setting):
            yield ("levels", *path[:1]), message


class DelvisRaskmeldingRunning(Running):
    """`back` are they who are at work part-time; `changes` is the mandag on which a return begins or ends in a relapse.
    Columns: `since` (week in which a return began), `ever` (in this benefit spell), `hours`."""

    settings: DelvisRaskmelding

    def __init__(self, settings: DelvisRaskmelding, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        rows = len(world.ledige)
        self.back, self.changes = Few(rows), Planned(rows)
        world.keep_state(name, self.back.among)
        self.since = np.zeros(rows, dtype=np.int16)
        self.ever = np.zeros(rows, dtype=bool)
        self.hours = np.zeros(rows, dtype=np.uint8)
        self.can = world.among(settings.begins, settings.levels)
        self.steps = np.array(list(settings.hours)), np.array(list(settings.hours.values()), dtype=np.uint8)
        assert world.jobs is not None  # a scenario without jobs is refused
        self.jobs = world.jobs
        self.working = self.effect("effects", settings.effects)

    # --- mandag -------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        self.count(week, "spells", ids)
        self.ever[ids] = False
        self._wait(week, ids[self.can.take(ids)])

    def mandag(self, week: int) -> None:
        """mandag: some go back part-time, some relapse, the others work more hours as weeks go by."""
        ids = self.changes.take(week)
        if len(ids):
            ids = ids[self.world.not_leaving(ids)]
            was_back = self.back.among.take(ids)
            self._relapse(week, ids[was_back])
            self._begin(week, ids[~was_back])
        self._work(week)

    def _relapse(self, week: int, ids: Ids) -> None:
        self._stop(ids)
        self.count(week, "relapsed", ids)
        self.world.tell(ids, Label("has to report sick in full again", "må sygemeldes helt igen"))
        self._wait(week + 1, ids)

    def _begin(self, week: int, ids: Ids) -> None:
        self.count(week, "started", ids)
        self.count(week, "first", ids[~self.ever.take(ids)])
        self.world.tell(ids, Label("returns to work part-time", "delvist raskmeldt"))
        self.back.add(ids)
        self.ever[ids] = True
        self.since[ids] = week
        lasts = 1 + self.world.ledige.draws.weeks_until(self.settings.relapses, f"{self.name} relapse", week, ids)
        self.changes.plan(ids, week + lasts)

    def _wait(self, week: int, ids: Ids) -> None:
        """From this week on a return may begin."""
        if len(ids) == 0:
            return
        ledige, rules = self.world.ledige, self.settings.begins
        from_week = np.maximum(week, ledige.spell_start.take(ids) + self.settings.from_week)
        for arm, share in rules.items():
            of_arm = ledige.arm.take(ids) == self.world.arms.index(arm)
            wait = ledige.draws.weeks_until(share, f"{self.name} begins", week, ids[of_arm])
            self.changes.plan(ids[of_arm], from_week[of_arm] + wait)

    def _work(self, week: int) -> None:
        """This week's hours of those who are back."""
        ids, (weeks, hours_of_step) = self.back.ids, self.steps
        hours = hours_of_step.take(weeks.searchsorted(week - self.since.take(ids), side="right") - 1)
        self.jobs.hours[ids] += hours - self.hours.take(ids)
        self.hours[ids] = hours

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: who works part of her hours is nearer to a full return."""
        self.working.hold(self.back.ids)

    def gone(self, week: int, ids: Ids) -> None:
        self._stop(ids)
        self.changes.forget(ids)

    def _stop(self, ids: Ids) -> None:
        ids = self.back.drop(ids)
        self.jobs.hours[ids] -= self.hours.take(ids)
        self.hours[ids] = 0

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        ids = self.back.ids
        self.count(week, "weeks", ids)
        self.count(week, "hours", ids, self.hours.take(ids).astype(np.int64))
