"""Fritagelse: exemption from contact talks and offers, recorded more where it has consequences.

What the evidence says. In Aktive hurtigere tilbage a sick-listed person is exempt if a return to work is impossible,
treatment is in the way or the sickness comes with pregnancy; a note of 12 March 2009 widened this to a near return to
one's own job and to treatment where the jobcentre cannot help. Far more were exempted in the treated arm, because an
exemption had consequences only there (Aktive hurtigere tilbage, p. 7-8). No share is printed.

So having a ground is what a ledig brings, the same in every arm; whether it is *recorded* is the caseworker's doing
and differs by arm. Who is exempt stays in her arm: outcomes are by intention to treat.

To be free of a duty has an effect of its own. Where reports of job search were no longer asked for, benefit lasted 3.3
weeks longer (WAAWS-01, Washington 1986-87), where a little more was asked for half a week less (WAAWS-02); exits and
jobs fell while checks were suspended (UKNI-01); for long-term recipients of Dutch social assistance full exemption
doubled jobs (NLTRUST-01). So the sign is open, the sizes are the scenario's (`while_exempt`), and there is none unless
it gives one. Who is exempt is not checked where `raadighed` names the exemption in `not_in`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

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
from simulation.world.clocks import COURSE_WEEK, RUN_WEEK
from simulation.world.few import Few, Planned
from simulation.world.labels import Label
from simulation.world.spec import NOT_PLANNED, Floats, Ids, Share, Spec, WeekDistribution, Weeks, quantile
from simulation.world.world import World


class Widened(Spec):
    """More counts as a ground from some date on."""

    run_week: Annotated[Weeks, Field(description="Week of the run from which it does"), RUN_WEEK]
    grounds: Annotated[Share, Field(description="Share of ledige who have a ground from then on")]


class Fritagelse(Intervention):
    """Exemption, a state that plans of talks and offers may refer to."""

    kind: Annotated[Literal["fritagelse"], KIND]
    grounds: Annotated[Share, Field(description="Share of ledige (of these levels) who have a ground, in every arm")]
    among: Annotated[
        dict[str, list[str]],
        Field(description="Only those with one of these levels of a characteristic may have one; absent: everybody"),
    ] = {}
    course_week: Annotated[
        WeekDistribution, Field(description="Course week in which the ground is seen"), COURSE_WEEK
    ]
    recorded: Annotated[
        dict[str, Share], Field(min_length=1, description="Share of grounds that are recorded, by arm; left out: none")
    ]
    widened: Annotated[
        Widened | None,
        Field(description="From a date on more counts as a ground; absent: the grounds stay what they are"),
    ] = None
    while_exempt: Annotated[Effects, Field(description="What being free of the duties does to exits meanwhile")] = {}

    may_change: ClassVar[frozenset[str]] = frozenset({"recorded.*", *of_effects("while_exempt")})
    label: ClassVar[Label] = Label("Exemption", "Fritagelse")
    keeps_state: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        "recorded.<key>": "arms", "while_exempt.<key>": "exits", "among.<key>": "subgroups",
    }  # fmt: skip
    counts: ClassVar[Mapping[str, Label]] = {
        "spells": Label("Benefit spells", "Ydelsesforløb"),
        "grounds": Label("Grounds for exemption seen", "Konstaterede grunde til fritagelse"),
        "recorded": Label("Exemptions recorded", "Registrerede fritagelser"),
        "exempt": Label("Exempt", "Fritagne"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "grounds_share": Outcome(
            "share",
            "Benefit spells with a ground that was seen; everybody, whole run",
            Sum("grounds"),
            per=Sum("spells"),
            label=Label("Benefit spells with a ground for exemption", "Forløb med grund til fritagelse"),
        ),
        "recorded_share": Outcome(
            "share",
            "Benefit spells in which an exemption was recorded; everybody, whole run",
            Sum("recorded"),
            per=Sum("spells"),
            label=Label("Benefit spells with an exemption recorded", "Forløb med registreret fritagelse"),
        ),
    }

    def problems(self, setting: Setting) -> Found:
        for path, message in unknown_levels(self.among, setting):
            yield ("among", *path[:1]), message

    @model_validator(mode="after")
    def _wider(self) -> Fritagelse:
        if self.widened and self.widened.grounds < self.grounds:
            raise ValueError(f"widened: grounds {self.widened.grounds:g} are fewer than before ({self.grounds:g})")
        return self


class FritagelseRunning(Running):
    """`exempt` are they who are; `ground` is the week in which one is seen of those who have any."""

    settings: Fritagelse

    def __init__(self, settings: Fritagelse, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.exempt, self.ground = Few(len(world.ledige)), Planned(len(world.ledige))
        world.keep_state(name, self.exempt.among)
        self.share = self._share(settings)
        self.may_be = world.among(world.arms, settings.among) if settings.among else None
        self.while_exempt = self.effect("while_exempt", settings.while_exempt)

    def _share(self, settings: Fritagelse) -> Floats:
        return np.array([settings.recorded.get(arm, 0.0) for arm in self.world.arms])

    def become(self, week: int, settings: Fritagelse) -> None:
        super().become(week, settings)
        self.share = self._share(settings)

    def enrolled(self, week: int, ids: Ids) -> None:
        settings = self.settings
        self.count(week, "spells", ids)
        chance, of_week = self.chances(week, ids, "ground", "week")
        seen = week + quantile(settings.course_week, of_week)
        due = np.where(chance < settings.grounds, seen, NOT_PLANNED)
        if wide := settings.widened:
            later = (chance >= settings.grounds) & (chance < wide.grounds)
            due = np.where(later, np.maximum(seen, wide.run_week), due)
        if self.may_be is not None:
            due = np.where(self.may_be.take(ids), due, NOT_PLANNED)
        self.ground.plan(ids, due)

    def mandag(self, week: int) -> None:
        """mandag: grounds are seen, and exemptions recorded where they matter."""
        ids = self.ground.take(week)
        if len(ids) == 0:
            return
        self.count(week, "grounds", ids)
        chance = self.world.ledige.draws.uniform(f"{self.name} recorded", week, ids)
        recorded = ids[chance < self.share[self.world.ledige.arm.take(ids)]]
        self.exempt.add(recorded)
        self.count(week, "recorded", recorded)
        self.world.tell(recorded, Label("is exempted", "fritages"))

    def effects(self, week: int) -> None:
        """tirsdag: being free of the duties changes how likely the exempt are to leave."""
        if self.while_exempt:
            self.while_exempt.hold(self.exempt.ids)

    def gone(self, week: int, ids: Ids) -> None:
        self.exempt.drop(ids)
        self.ground.forget(ids)

    def soendag(self, week: int) -> None:
        self.count(week, "exempt", self.exempt.ids)
