"""Sygdom: spells of sickness that put a ledig out of play for a while.

What the evidence says. Of the 145 persons still on ledighedsydelse after a year of brokering, 20 % (29 persons) were
sick and for the time being out of play (DISCUS, Fleksjob via andre aktører, p. 9). How often it begins and how long it
lasts is not printed. Who is sick begins no offer, no firm is approached for her, and a held talk has no effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.interventions.contract import KIND, Intervention, Outcome, Running, Sum
from simulation.world.few import Few, Planned
from simulation.world.labels import Label
from simulation.world.spec import Ids, Share, WeekDistribution
from simulation.world.world import World


class Sygdom(Intervention):
    """Sickness of some weeks while on benefit."""

    kind: Annotated[Literal["sygdom"], KIND]
    at_entry: Annotated[Share, Field(description="Share who are sick when they are enrolled")] = 0.0
    begins: Annotated[Share, Field(description="Chance in a week that a ledig who is well falls ill")]
    length_weeks: Annotated[WeekDistribution, Field(description="Weeks of a spell of sickness")]

    label: ClassVar[Label] = Label("Sickness", "Sygdom")
    keeps_state: ClassVar[bool] = True
    counts: ClassVar[Mapping[str, Label]] = {
        "spells": Label("Benefit spells", "Ydelsesforløb"),
        "begun": Label("Spells of sickness begun", "Påbegyndte sygeforløb"),
        "sick": Label("Sick", "Syge"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "begun": Outcome(
            "spells", "Spells of sickness begun; everybody, whole run", Sum("begun"),
            label=Label("Spells of sickness", "Sygeforløb"),
        ),
        "weeks": Outcome(
            "weeks", "Weeks of sickness per benefit spell; everybody, whole run", Sum("sick"), per=Sum("spells"),
            label=Label("Time sick, per benefit spell", "Sygdom pr. ydelsesforløb"),
        ),
    }


class SygdomRunning(Running):
    """`sick` are they who are; `changes` is the mandag on which each falls ill or is well again."""

    settings: Sygdom

    def __init__(self, settings: Sygdom, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.sick = Few(len(world.ledige))
        self.changes = Planned(len(world.ledige))
        world.keep_state(name, self.sick.among)
        world.blockers.append(self.sick.among)

    def enrolled(self, week: int, ids: Ids) -> None:
        self.count(week, "spells", ids)
        ill = self.world.ledige.draws.uniform(f"{self.name} at entry", week, ids) < self.settings.at_entry
        self._fall_ill(week, ids[ill])
        self._be_well(week, ids[~ill])

    def mandag(self, week: int) -> None:
        """mandag: some fall ill, others are well again."""
        ids = self.changes.due(week)
        if len(ids) == 0:
            return
        was_sick = self.sick.among.take(ids)
        self._be_well(week, ids[was_sick])
        self.world.tell(ids[was_sick], Label("is well again", "er rask igen"))
        self._fall_ill(week, ids[~was_sick])

    def gone(self, week: int, ids: Ids) -> None:
        self.sick.drop(ids)
        self.changes.forget(ids)

    def soendag(self, week: int) -> None:
        self.count(week, "sick", self.sick.ids)

    def _fall_ill(self, week: int, ids: Ids) -> None:
        self.sick.add(ids)
        lasts = self.world.ledige.draws.value(self.settings.length_weeks, f"{self.name} length", week, ids)
        self.changes.plan(ids, week + np.maximum(lasts, 1))
        self.count(week, "begun", ids)
        self.world.tell(ids, Label("falls ill", "bliver syg"))

    def _be_well(self, week: int, ids: Ids) -> None:
        self.sick.drop(ids)
        wait = 1 + self.world.ledige.draws.weeks_until(self.settings.begins, f"{self.name} begins", week, ids)
        self.changes.plan(ids, week + wait)
