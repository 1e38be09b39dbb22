"""The running part of an intervention: what it does on which weekday."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from simulation.interventions.contract.runs import Runs
from simulation.interventions.contract.settings import Treats
from simulation.interventions.contract.steps import part_at, path_to
from simulation.world.effects import Effect
from simulation.world.next_job import OnNextJob
from simulation.world.sizes import Effects
from simulation.world.spec import Bools, Floats, Ids
from simulation.world.staff.booking import Appointments, Booking
from simulation.world.world import World


class Running:
    """The running part; by default it does nothing on any day."""

    _there: Bools | None = None  # who is in a jobcentre in which it is on; None: everybody
    _on: Bools | None = None  # which benefits it is for; None: all
    _known: Bools | None = None  # whom it has taken in so far; None: there is but one benefit
    _still: Bools | None = None  # whom it concerns after its end; None: it has not ended
    runs: Runs | None = None
    finishes: ClassVar[bool] = True
    """Whether somebody may be in it for a while, and complete it when it ends; else it stops."""

    def __init__(self, settings: Any, world: World, name: str, number: int) -> None:
        """`name` (the scenario's key) names its decisions and counts, `number` marks its offers in the register."""
        self.settings, self.world, self.name, self.number = settings, world, name, number
        self.runs, self.acts = settings.runs, True
        self._effects: list[Effect] = []
        self.closing: list[Callable[[int], None]] = []  # what ends for those who are not in it yet
        self.count = world.register.counting(name, settings.its_counts)
        self.count_together = world.register.counting("", settings.common_counts)
        if settings.in_jobcentres is not None:
            self._there = world.in_jobcentres(settings.in_jobcentres)
        if world.benefits is not None:
            self._known = np.zeros(len(world.ledige), dtype=bool)
            self._on = None if settings.benefits is None else world.benefits.among(settings.benefits)
        after = settings.next_job if isinstance(settings, Treats) else None
        self.next_job = None if after is None else OnNextJob(world, name, after)

    def effect(self, called: str | tuple[str, ...], sizes: Effects, on_log: bool = False) -> Effect:
        """The effect of these sizes, which stand under this key (or keys) in the settings; `on_log` as in `Effect`."""
        keys = (called,) if isinstance(called, str) else called
        self._effects.append(Effect(self.world, self.name, keys, sizes, on_log))
        return self._effects[-1]

    def concerned(self, ids: Ids) -> Ids:
        """Those of these ids whom it is about. `enrolled` is told of no others; who is found in any other way is to be
        asked for here."""
        if self._there is not None:
            ids = ids[self._there.take(ids)]
        if self._on is not None and self.world.benefits is not None:
            ids = ids[self._on.take(self.world.benefits.now.take(ids))]
        if self._still is not None:
            ids = ids[self._still.take(ids)]
        return ids

    def concerns_only(self, ids: Ids) -> None:
        """It has ended: it concerns these ids, and nobody else any more."""
        self._still = np.zeros(len(self.world.ledige), dtype=bool)
        self._still[ids] = True

    def concerns_no_more(self, ids: Ids) -> None:
        """It has ended, and these ids have left it."""
        if self._still is not None:
            self._still[ids] = False

    def first_time(self, week: int, ids: Ids) -> Bools:
        """Who of these ids, who are enrolled on this mandag, it takes in for the first time; same shape. To be asked
        once of each enrolment: they are known from now on."""
        if self._known is None:
            return np.asarray(self.world.ledige.spell.take(ids) == 0)
        first = ~self._known.take(ids)
        self._known[ids] = True
        return first

    def chances(self, week: int, ids: Ids, *decisions: str) -> Floats:
        """Uniform numbers for decisions of this intervention that belong to one moment: shape (decisions, ids)."""
        return self.world.ledige.draws.uniforms([f"{self.name} {decision}" for decision in decisions], week, ids)

    def become(self, week: int, settings: Any) -> None:
        """mandag of a date, before anything else: from now on the settings are these. What is derived from them, and
        of what `may_change` names, is derived anew."""
        places = [path_to(effect.sizes, self.settings) for effect in self._effects]
        self.settings = settings
        for effect, path in zip(self._effects, places, strict=True):
            if path is not None:
                effect.become(part_at(settings, path))

    # --- mandag of the week in which it begins or ends (`Acting`) -----------------------------------------

    @property
    def stops_at_the_end(self) -> bool:
        """Whether all of it ends at once."""
        return not self.finishes or (self.runs is not None and self.runs.then == "stop")

    def admit(self, week: int, ids: Ids) -> None:
        """These ids, who are on benefit, come in as if they were enrolled today."""
        self.enrolled(week, ids)

    def finish(self, week: int) -> None:
        """Nobody comes in any more, and who waits waits no longer."""
        for close in self.closing:
            close(week)

    def stop(self, week: int, ids: Ids) -> None:
        """All of it ends; these ids are on benefit, and hand back what they hold."""
        self.finish(week)
        self.gone(week, ids)

    def rests(self, week: int) -> None:
        """It has not begun, or all of it has ended."""

    # --- the days ------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        """mandag: a benefit spell of these ids, whom it is about, begins."""

    def mandag(self, week: int) -> None:
        """mandag, before cases are taken: changes of plan."""

    def effects(self, week: int) -> None:
        """tirsdag, before exits: say for whom effects hold this week (`Effect.hold`)."""

    def had_treatment(self, ids: Ids) -> Bools:
        """Who of these ids, who leave benefit for a job on this tirsdag, counts as treated in the benefit spell that
        ends: the next job of those is changed. Same shape."""
        return np.zeros(len(ids), dtype=bool)

    def hired(self, week: int, ids: Ids) -> None:
        """tirsdag, after exits and before `gone`: what these ids, who leave for a job that may end, take with them
        (`next_job.hold`)."""
        if self.next_job is not None:
            self.next_job.hold(ids[self.had_treatment(ids)])

    def gone(self, week: int, ids: Ids) -> None:
        """tirsdag, after exits: hand back what these held, who have left benefit or passed to another one."""

    def tilbud(self, week: int) -> None:
        """torsdag: referral and matching."""

    def requests(self, week: int) -> Appointments | None:
        """fredag: ask for talks."""
        return None

    def delivered(self, week: int, appointments: Appointments, booking: Booking) -> None:
        """fredag: what became of these appointments."""

    def left_over(self, week: int) -> None:
        """fredag, after all talks: use minutes that are left."""

    def soendag(self, week: int) -> None:
        """søndag: count what stands, such as people waiting, and carry over what the week has changed."""
