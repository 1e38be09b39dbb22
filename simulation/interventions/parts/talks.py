"""Talks: what all kinds of talk have in common, and what others may know and change of them.

Whoever holds talks reads here what others ask for (longer talks, reaching out), and writes down who has had one. A
column is made when it is first asked for, so that what nobody asks for costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simulation.world.register import NO_CHANNEL, Channel, first_code
from simulation.world.spec import NEVER, Bools, Floats, Ids, Ints
from simulation.world.staff.desks import NO_TEAM
from simulation.world.world import World


class Talks:
    """Columns over all rows, those of `met` only where several interventions hold talks:

    `met`         team row that has talked with each this week, NO_TEAM for none; int32
    `met_effect`  strength of that talk by its channel and length
    `met_desk`    desk where it was held; intp
    `met_partner` team that sat in, NO_TEAM for none; int16
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._first_codes: dict[str, int] = {}  # of the interventions that hold talks, by name
        self.met = np.empty(0, dtype=np.int32)
        self.met_effect = np.empty(0)
        self.met_desk = np.empty(0, dtype=np.intp)
        self.met_partner = np.empty(0, dtype=np.int16)
        self._held: Bools | None = None
        self._last: Ints | None = None
        self._hears: list[Callable[[Ids], None]] = []
        self._registered: Bools | None = None
        self._extra_minutes: Ints | None = None
        self._odds: Floats | None = None

    # --- whoever holds talks ------------------------------------------------------------------------------

    def add(self, intervention: str, channels: Sequence[Channel]) -> int:
        """An intervention holds talks, in these channels; returns the code of its first one in the register. All of
        its running parts have the same channels."""
        register, rows = self.world.register, len(self.world.ledige)
        if intervention in self._first_codes:
            return self._first_codes[intervention]
        first = self._first_codes[intervention] = first_code(len(register.channels), len(channels))
        register.channels += [NO_CHANNEL] * (first - 1 - len(register.channels))
        register.channels += channels
        if len(self._first_codes) == 2:
            self.met = np.full(rows, NO_TEAM, dtype=np.int32)
            self.met_effect = np.ones(rows)
            self.met_desk = np.zeros(rows, dtype=np.intp)
            self.met_partner = np.full(rows, NO_TEAM, dtype=np.int16)
        return first

    @property
    def several(self) -> bool:
        """Whether more than one intervention holds talks, so that one talk may count for two."""
        return len(self._first_codes) > 1

    def new_week(self) -> None:
        """Nobody has had a talk this week yet."""
        for column in (self._held, self._registered):
            if column is not None:
                column.fill(False)
        self.met.fill(NO_TEAM)

    def hold(self, ids: Ids) -> None:
        """These ids have had a talk this week that counts as one."""
        if self._held is not None:
            self._held[ids] = True
        if self._last is not None:
            self._last[ids] = self.world.week
        for hears in self._hears:
            hears(ids)

    @property
    def follows_registered(self) -> bool:
        """Whether anybody asks whose talk is registered."""
        return self._registered is not None

    def register(self, ids: Ids) -> None:
        """These ids have had a talk this week that is registered as one."""
        if self._registered is not None:
            self._registered[ids] = True

    def meet(self, ids: Ids, team: Ints, effect: float | Floats, desk: Ints, partner: Ints | int) -> None:
        """The same, by these team rows, to such effect, at these desks, with these teams sitting in."""
        self.met[ids], self.met_effect[ids], self.met_desk[ids] = team, effect, desk
        self.met_partner[ids] = partner

    def lengthened(self, ids: Ids, minutes: Ints) -> Ints:
        """The minutes of talks with these ids, with what others ask for."""
        return minutes if self._extra_minutes is None else minutes + self._extra_minutes.take(ids)

    def reached_out(self, ids: Ids) -> float | Floats:
        """Odds ratio of coming to a talk by what others do to reach these ids."""
        return 1.0 if self._odds is None else self._odds.take(ids)

    # --- others -------------------------------------------------------------------------------------------

    def follow_held(self) -> Bools:
        """Who has had a talk this week, a column that is kept from now on."""
        if self._held is None:
            self._held = np.zeros(len(self.world.ledige), dtype=bool)
        return self._held

    def follow_last(self) -> Ints:
        """The week in which the last talk of each was held, NEVER for none: a column that is kept from now on."""
        if self._last is None:
            self._last = np.full(len(self.world.ledige), NEVER, dtype=np.int16)
        return self._last

    def when_held(self, hears: Callable[[Ids], None]) -> None:
        """Of every talk that is held this function is told with whom."""
        self._hears.append(hears)

    def follow_registered(self) -> Bools:
        """The same of talks that are registered."""
        if self._registered is None:
            self._registered = np.zeros(len(self.world.ledige), dtype=bool)
        return self._registered

    def lengthen(self, ids: Ids | Bools, minutes: int) -> None:
        """Every talk with these ids takes so many minutes more from now on (fewer, if negative)."""
        if self._extra_minutes is None:
            self._extra_minutes = np.zeros(len(self.world.ledige), dtype=np.int64)
        self._extra_minutes[ids] += minutes

    def reach_out(self, begins: Ids | Bools, stops: Ids | Bools, odds: float) -> None:
        """From now on some are so many times as likely (odds ratio) to come to a talk, and others no longer are."""
        if self._odds is None:
            self._odds = np.ones(len(self.world.ledige))
        self._odds[begins] *= odds
        self._odds[stops] /= odds
