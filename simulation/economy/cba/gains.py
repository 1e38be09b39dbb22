"""What accounts gain by everything that there was, at any prices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from simulation.economy.accounts import OERE, accounts_of, real_of
from simulation.economy.cba.found import ACCOUNTS, Account
from simulation.economy.cba.plan import Plan
from simulation.economy.prices import Price, Prices
from simulation.economy.quantities import Quantities
from simulation.world.spec import Floats


class Gains:
    """What accounts gain at prices, which are looked up once for all scenarios, replications and years."""

    def __init__(self, plan: Plan, prices: Prices) -> None:
        self.plan, self.figures, self.prices = plan, prices.key_figures, prices
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

    def by_year(self, quantities: Quantities, accounts: Sequence[Account] = ACCOUNTS) -> Floats:
        """Kroner, shape (accounts, replications, years); of society at the prices of households, less what taxes cost.
        Raises InputProblems for a price that is not known."""
        of_all = accounts_of(quantities, self, self.plan.way, self.plan.price_year)

        def kroner(account: Account) -> Floats:
            if account == "society":
                real = real_of(quantities, self, self.plan.way, self.plan.price_year)
                factor, distortion = self.figures.net_tax_factor or np.nan, self.figures.distortion or np.nan
                return real.welfare(of_all.public, factor, distortion)
            return np.asarray((of_all.public if account == "public" else of_all.net(account)) / OERE)

        return np.stack([kroner(account) for account in accounts])

    def discounted(self, quantities: Quantities, account: Account) -> Floats:
        """Kroner of an account in all years together, in those of the first, shape (replications,)."""
        (by_year,) = self.by_year(quantities, [account])
        return np.asarray(by_year @ self.figures.present(np.arange(by_year.shape[1])))
