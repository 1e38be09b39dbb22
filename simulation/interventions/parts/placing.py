"""What becomes of a placement, week by week: the running part that all kinds of placement have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.contract import Running
from simulation.interventions.parts.breaking import Breaking
from simulation.interventions.parts.left_time import LeftTime
from simulation.interventions.parts.placement import Placement
from simulation.interventions.parts.search import Search
from simulation.interventions.parts.spells import breaks_after
from simulation.interventions.parts.tilbud import Tilbud
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.spec import NEVER, Bools, Floats, Ids, Ints
from simulation.world.world import World


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
        places, matches = self._capacity(settings)
        firms = Places(places, world.ledige.jobcentre)
        self.offer = Tilbud(self, firms, once=once, says=says, ended=self._ended)
        self.search = Search(world, self.offer.waiting, matches, settings.matching)
        world.part(LeftTime).offer(name, self.search, self.concerned)
        self.after = self.effect("after", settings.after)
        if settings.not_while:
            world.kept_out[number] = settings.not_while
        hangs = settings.breakdown is not None and settings.breakdown.hangs
        self.breaking = Breaking(world, self.offer.spells) if hangs else None
        self.begun = np.zeros(len(world.ledige), dtype=np.uint16)

    def _capacity(self, settings: Placement) -> tuple[NDArray[np.int64], Floats]:
        """Places and matches a week, by row of the jobcentre table."""
        table = self.world.jobcentres
        places, matches = zip(*(settings.capacity(jobcentre) for jobcentre in table.names), strict=True)
        by_name = dict(zip(table.names, places, strict=True)), dict(zip(table.names, matches, strict=True))
        return table.column(by_name[0]).astype(np.int64), table.column(by_name[1])

    # --- mandag -------------------------------------------------------------------------------------------

    def become(self, week: int, settings: Placement) -> None:
        super().become(week, settings)
        places, self.search.matches = self._capacity(settings)
        self.offer.places.become(places)
        self.search.matching = settings.matching

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
        if self.settings.self_found:
            self._find_own_firm(week)
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

    def _find_own_firm(self, week: int) -> None:
        """Who has waited since an earlier week may find a firm herself, as far as there are places."""
        if len(ids := self.offer.waiting.free(self.offer.waiting.ids)):
            chance = self.world.ledige.draws.uniform(f"{self.name} own firm", week, ids)
            found = self.offer.waiting.in_order(ids[chance < self.settings.self_found])
            found = np.sort(found[self.offer.places.take(found)])
            self.count(week, "self_found", found)
            self.world.tell(found, Label("finds a firm herself", "finder selv en virksomhed"))
            self.begin(week, found)

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
            if "unready" in self.count.names:
                self.count(week, "unready", ids[self.offer.referrals.ready.take(ids) > week])
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
        """Weeks after which each spell is broken off, if it lasts so long; None: none is, or that is
        seen week by week."""
        if self.settings.breakdown is None:
            return None
        factors, weekly = self.break_factors(week, ids), self.settings.breakdown.weekly
        if self.breaking:
            self.breaking.begin(ids, chance, weekly * factors)
            return None
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
        if self.breaking and self.settings.breakdown:
            self.breaking.soendag(week, self.settings.breakdown)
