"""What an account gains by everything that there was, at any prices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from simulation.economy.accounts import OERE, accounts_of, real_of
from simulation.economy.cba.found import Account
from simulation.economy.cba.plan import Plan
from simulation.economy.prices import Price, Prices
from simulation.economy.quantities import Quantities
from simulation.world.spec import Floats


class Gains:
    """What an account gains at prices, which are looked up once for all scenarios, replications and years."""

    def __init__(self, plan: Plan, prices: Prices, account: Account) -> None:
        self.plan, self.account, self.figures, self.prices = plan, account, prices.key_figures, prices
        self.known: dict[tuple[Any, ...], Price] = {}
        self.of: Callable[..., Price] = self._of

    def _of(self, *asked: Any) -> Price:
        if asked not in self.known:
            self.known[asked] = self.prices.of(*asked)
        return self.known[asked]

    def as_by(self, prices: Prices) -> bool:
        """Whether all that was looked up is the same by other prices, so that nothing else is gained by them."""
        same = all(prices.of(*asked) == price for asked, price in self.known.items())
        return same and prices.key_figures == self.figures

    def by_year(self, quantities: Quantities) -> Floats:
        """Kroner, shape (replications, years); of society at the prices of households, less what taxes cost. Raises
        InputProblems for a price that is not known."""
        accounts = accounts_of(quantities, self, self.plan.way, self.plan.price_year)
        if self.account == "society":
            real = real_of(quantities, self, self.plan.way, self.plan.price_year)
            factor, distortion = self.figures.net_tax_factor or np.nan, self.figures.distortion or np.nan
            return real.welfare(accounts.public, factor, distortion)
        return np.asarray((accounts.public if self.account == "public" else accounts.net(self.account)) / OERE)

    def discounted(self, quantities: Quantities) -> Floats:
        """Kroner of all years together in those of the first, shape (replications,)."""
        by_year = self.by_year(quantities)
        return np.asarray(by_year @ self.figures.present(np.arange(by_year.shape[1])))
