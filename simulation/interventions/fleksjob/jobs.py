"""Fleksjob that brokers have created: who is in one, since when, and what falls due for it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.interventions.fleksjob.accounts import Accounts
from simulation.interventions.fleksjob.pensions import Chances
from simulation.interventions.fleksjob.terms import Firm
from simulation.world.counts import Counting
from simulation.world.few import Few
from simulation.world.spec import NEVER, Ids
from simulation.world.world import World

LASTED = {"two_months": 52 * 2 // 12, "four_months": 52 * 4 // 12}
"""Full weeks in a job after which a part of the fee falls due."""


class Jobs:
    """`inside` are those in such a job. Column: `since`."""

    def __init__(self, world: World, count: Counting, accounts: Accounts, status: int) -> None:
        """`status` is what the register says of those who have left for a fleksjob."""
        rows = len(world.ledige)
        self.world, self.count, self.accounts, self.status = world, count, accounts, status
        self.inside = Few(rows)
        self.since = np.full(rows, NEVER, dtype=np.int16)
        self._paid = {what: np.zeros(rows, dtype=bool) for what in LASTED}

    def begin(self, week: int, hired: Ids, firms: Mapping[str, Firm], chances: Chances) -> None:
        """These ids have left for a fleksjob in one of the firms; some of the jobs last until they are paid for."""
        self.since[hired] = week
        self.inside.add(hired)
        for b, broker in enumerate(self.accounts.brokers):
            if broker.fee and broker.fee.held and self.world.jobs is not None:
                ids = self.accounts.with_first(b, hired)
                [of_holding] = chances(week, ids, "held")
                self.world.jobs.hold(ids[of_holding < broker.fee.held], LASTED["four_months"])
        if firms:
            [of_firm] = chances(week, hired, "firm")
            so_far = np.cumsum([firm.share for firm in firms.values()])
            kinds = np.searchsorted(so_far, of_firm * so_far[-1], side="right")
            for k, kind in enumerate(firms):
                self.count(week, f"firm_{kind}", hired[kinds == k])

    def mandag(self, week: int) -> None:
        """mandag: jobs have ended, whether or not those who had them are back on benefit."""
        inside = self.inside.ids
        over = inside[self.world.ledige.status.take(inside) != self.status]
        if len(over):
            self.count(week, "ended", over)
            self.accounts.left_work(week, over, "job_end")
            self.inside.drop(over)

    def soendag(self, week: int) -> None:
        """søndag: weeks in a job, and the parts of fees that fall due for them."""
        inside = self.inside.ids
        self.count(week, "job_weeks", inside)
        for what, weeks in LASTED.items():
            paid = self._paid[what]
            reached = inside[(week - self.since.take(inside) + 1 >= weeks) & ~paid.take(inside)]
            paid[reached] = True
            self.accounts.pay(week, reached, what)
