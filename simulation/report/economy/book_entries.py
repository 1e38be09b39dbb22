"""What the workbook of who pays and who gains reckons with: quantities, prices, shares, and entries of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from simulation.economy.accounts import Entry
from simulation.economy.cba.budget import Line, line_of
from simulation.economy.cba.found import Assessed, Row
from simulation.economy.items import KINDS, Item
from simulation.economy.parties import PARTIES, PUBLIC, SOCIETY, real_flow
from simulation.economy.prices import Priced

Flow = tuple[str, str]
"""Payer and receiver."""


class Entered(NamedTuple):
    """An entry of the accounts: what of a row of quantities one pays to another."""

    quantity: int
    flow: Flow


@dataclass(frozen=True)
class Entries:
    """The entries of an assessment, all in means over replications and in kroner of the price year."""

    assessed: Assessed

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """What changes, by scenario (the first against the base is 0)."""
        return [(number, row) for number, each in enumerate(self.assessed.against)
                for row in sorted(each.rows, key=lambda row: _order(row.item))]  # fmt: skip

    @cached_property
    def items(self) -> list[Item]:
        """Everything that changes in some scenario."""
        return sorted({row.item for _, row in self.rows}, key=_order)

    @cached_property
    def prices(self) -> list[Priced]:
        """The price of every item, once for years in a row in which it is the same."""
        plan, years = self.assessed.plan, self.assessed.years
        return [each for item in self.items for each in plan.prices.over(item, years, plan.price_year)]

    @cached_property
    def price_at(self) -> dict[tuple[Item, int], int]:
        """The place among the prices of that of an item in a year."""
        return {(each.item, year): place for place, each in enumerate(self.prices) for year in each.years}

    @cached_property
    def shares(self) -> list[dict[Flow, float]]:
        """Shares of every price by payer and receiver, what is real (the whole of it) among them."""
        found = list[dict[Flow, float]]()
        for item, _, price in self.prices:
            found.append({(flow.payer, flow.receiver): flow.share for flow in price.flows if flow.share})
            if real := real_flow(item, price):
                found[-1][real] = 1.0
        return found

    @cached_property
    def flows(self) -> list[Flow]:
        """Who pays whom for anything."""
        parties = [*PARTIES, SOCIETY]
        found = {flow for shares in self.shares for flow in shares}
        return sorted(found, key=lambda flow: (parties.index(flow[0]), parties.index(flow[1])))

    @cached_property
    def every(self) -> list[Entered]:
        """All entries, those of a scenario one after the other."""
        of_item: dict[Item, set[Flow]] = {}
        for (item, *_), shares in zip(self.prices, self.shares, strict=True):
            of_item.setdefault(item, set()).update(shares)
        return [Entered(n, flow) for n, (_, row) in enumerate(self.rows) for flow in self.flows
                if flow in of_item[row.item]]  # fmt: skip

    def own(self, number: int) -> list[int]:
        """The places of the entries of a scenario."""
        return [place for place, entry in enumerate(self.every) if self.rows[entry.quantity][0] == number]

    def kroner(self, entry: Entered) -> list[float]:
        """The amounts of an entry by year."""
        row = self.rows[entry.quantity][1]
        at = [self.price_at[row.item, year] for year in self.assessed.years]
        return [part.value * self.prices[n].price.amount * self.shares[n].get(entry.flow, 0.0)
                for part, n in zip(row.units[:-1], at, strict=True)]  # fmt: skip

    def line(self, entry: Entered) -> Line:
        """The line of the controller's table that an entry is of."""
        return line_of(Entry(*entry.flow, self.rows[entry.quantity][1].item))

    def gained(self, number: int, who: str, line: Line | None = None) -> list[float]:
        """Kroner by year that an account gains by a scenario, in all or by one line of the controller's table: a party,
        several, or `samfund`, that of what is real."""
        parties: Sequence[str] = {"public": PUBLIC, "society": PARTIES}.get(who, (who,))
        found = [0.0] * len(self.assessed.years)
        for place in self.own(number):
            if line not in (None, self.line(self.every[place])):
                continue
            payer, receiver = self.every[place].flow
            sign = (receiver in parties) - (payer in parties)
            found = [had + sign * each for had, each in zip(found, self.kroner(self.every[place]), strict=True)]
        return found


def _order(item: Item) -> tuple[int, str, str]:
    """Items of a kind stand together."""
    return KINDS.index(item.kind), item.name, item.part
