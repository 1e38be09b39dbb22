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
    def amounts(self) -> dict[Item, float]:
        """Kroner of a unit of every item."""
        plan = self.assessed.plan
        return {item: plan.prices.of(item, plan.price_year).amount for item in self.items}

    @cached_property
    def shares(self) -> dict[Item, dict[Flow, float]]:
        """Shares of the price of every item by payer and receiver, what is real (the whole of it) among them."""
        plan, found = self.assessed.plan, dict[Item, dict[Flow, float]]()
        for item in self.items:
            price = plan.prices.of(item, plan.price_year)
            found[item] = {(flow.payer, flow.receiver): flow.share for flow in price.flows if flow.share}
            if real := real_flow(item, price):
                found[item][real] = 1.0
        return found

    @cached_property
    def flows(self) -> list[Flow]:
        """Who pays whom for anything."""
        parties = [*PARTIES, SOCIETY]
        found = {flow for shares in self.shares.values() for flow in shares}
        return sorted(found, key=lambda flow: (parties.index(flow[0]), parties.index(flow[1])))

    @cached_property
    def every(self) -> list[Entered]:
        """All entries, those of a scenario one after the other."""
        return [Entered(n, flow) for n, (_, row) in enumerate(self.rows) for flow in self.flows
                if flow in self.shares[row.item]]  # fmt: skip

    def own(self, number: int) -> list[int]:
        """The places of the entries of a scenario."""
        return [place for place, entry in enumerate(self.every) if self.rows[entry.quantity][0] == number]

    def kroner(self, entry: Entered) -> list[float]:
        """The amounts of an entry by year."""
        row = self.rows[entry.quantity][1]
        return [part.value * self.amounts[row.item] * self.shares[row.item][entry.flow] for part in row.units[:-1]]

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
