"""What each account receives and pays in the base and in every scenario by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.economy.accounts import accounts_of
from simulation.economy.cba.answer import net_of
from simulation.economy.cba.found import ACCOUNTS, Account
from simulation.economy.cba.means import by_year
from simulation.economy.cba.plan import Plan
from simulation.economy.quantities import Quantities
from simulation.results.sobol import Part

Level = Mapping[Account, Sequence[Part]]
"""By account a figure for each calendar year and one of all together."""


def levels(plan: Plan, written: Sequence[Quantities]) -> list[Level]:
    """What every account receives less what it pays, in kroner of the price year; of the scenarios as written, the base
    first. Their differences are the `net` of each scenario. Raises InputProblems for a price that is not known."""
    every = [accounts_of(each, plan.prices, plan.way, plan.price_year) for each in written]
    return [{account: by_year(net_of(accounts, account)) for account in ACCOUNTS} for accounts in every]
