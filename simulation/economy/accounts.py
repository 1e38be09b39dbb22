"""Accounts: quantities times prices, in double entry and whole øre.

Every entry has a payer and a receiver and one amount, so nothing is lost between them. What society gains is reckoned
a second time, from production and resources alone (`real`), and the two must agree: what all parties have gained
together is what was produced less what was used up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.economy.items import Item
from simulation.economy.parties import PARTIES, PRODUCES, PUBLIC, TRANSFERS, Party, Price, Prices, real_flow
from simulation.economy.quantities import Quantities
from simulation.economy.staff import Way
from simulation.world.spec import Floats

Oere = NDArray[np.int64]
OERE = 100
"""Øre of a krone."""
MOST = 2**62
"""Øre beyond which an amount is no longer exact."""


class Entry(NamedTuple):
    """Who pays whom for what; `samfund` gives what is produced, and gets what is used up."""

    payer: str
    receiver: str
    item: Item


@dataclass(frozen=True)
class Accounts:
    """Øre by entry, by replication and calendar year: arrays of shape (replications, years)."""

    replications: int
    years: tuple[int, ...]
    entries: Mapping[Entry, Oere]

    def paid(self, payer: str | None = None, receiver: str | None = None) -> Oere:
        """What one party pays (None: whoever) to another."""
        found = [each for entry, each in self.entries.items()
                 if payer in (None, entry.payer) and receiver in (None, entry.receiver)]  # fmt: skip
        return np.asarray(sum(found, start=self._nothing))

    def net(self, party: str) -> Oere:
        """What a party receives less what it pays."""
        return self.paid(receiver=party) - self.paid(payer=party)

    @property
    def gains(self) -> dict[Party, Oere]:
        """The net of every party."""
        return {party: self.net(party) for party in PARTIES}

    @property
    def public(self) -> Oere:
        """The net of all public parties together."""
        return np.asarray(sum((self.net(party) for party in PUBLIC), start=self._nothing))

    @property
    def of_society(self) -> Oere:
        """What all parties have gained together."""
        return np.asarray(sum(self.gains.values(), start=self._nothing))

    def minus(self, base: Accounts) -> Accounts:
        """The difference from a base of the same years and replications, which had the same luck. Raises ValueError
        if they are others."""
        if (self.years, self.replications) != (base.years, base.replications):
            raise ValueError("accounts of other years, or of other replications, cannot be held against each other")
        entries = dict.fromkeys([*self.entries, *base.entries])
        none = self._nothing
        more = {each: self.entries.get(each, none) - base.entries.get(each, none) for each in entries}
        return Accounts(self.replications, self.years, more)

    @property
    def _nothing(self) -> Oere:
        return np.zeros((self.replications, len(self.years)), dtype=np.int64)


@dataclass(frozen=True)
class Real:
    """What was produced and what was used up, in øre; arrays of shape (replications, years)."""

    production: Oere
    resources: Oere

    @property
    def net(self) -> Oere:
        """What society has gained."""
        return self.production - self.resources

    def welfare(self, public: Oere, net_tax_factor: float, distortion: float) -> Floats:
        """The same in kroner at the prices that households pay (MACRO-02), less what raising the net public expense by
        taxes costs: `public` is the net of public parties, below 0 where they pay, and `distortion` 1 where it costs
        nothing, as since June 2023 (MACRO-03). That the loss is of public money at the same prices is `assumed`."""
        return np.asarray((self.net * net_tax_factor + (distortion - 1.0) * public * net_tax_factor) / OERE)


def accounts_of(quantities: Quantities, prices: Prices, way: Way | None, price_year: int | None = None) -> Accounts:
    """Who pays whom: staff reckoned in this way (None: what it does, as it is done), each year by its own rules and in
    its own kroner, or in those of `price_year` throughout. Raises what `prices` raises for what it does not know, and
    ValueError for an amount that is beyond what øre can be told of."""
    entries: dict[Entry, Oere] = {}
    shape = (len(quantities), len(quantities.years))
    for item, place, units, price in _priced(quantities, prices, way, price_year):
        for payer, receiver, amount in _amounts(item, units, price):
            entry = Entry(payer, receiver, item)
            entries.setdefault(entry, np.zeros(shape, dtype=np.int64))[:, place] += amount
    return Accounts(len(quantities), quantities.years, entries)


def real_of(quantities: Quantities, prices: Prices, way: Way | None, price_year: int | None = None) -> Real:
    """What was produced and used up, from quantities and prices alone, whoever paid."""
    shape = (len(quantities), len(quantities.years))
    production, resources = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for item, place, units, price in _priced(quantities, prices, way, price_year):
        if item.kind in PRODUCES:
            production[:, place] += in_oere(units, price.amount)
        elif item.kind not in TRANSFERS:
            resources[:, place] += in_oere(units, price.amount)
    return Real(production, resources)


def _priced(
    quantities: Quantities, prices: Prices, way: Way | None, price_year: int | None
) -> Iterator[tuple[Item, int, Floats, Price]]:
    """What there was of anything, in each year: the item, the place of the year, units (replications,) and the price,
    which is asked for in all years of an item that there is in any."""
    for item, units in quantities.priced(way).items():
        if units.any():
            for place, year in enumerate(quantities.years):
                yield item, place, units[:, place], prices.of(item, year, price_year)


def _amounts(item: Item, units: Floats, price: Price) -> Iterator[tuple[str, str, Oere]]:
    """Payer, receiver and øre of every entry of an item. The shares of a price are cut from its running sum: they come
    to the whole of it where they add up to 1, and each is right to the øre."""
    share, before = 0.0, np.zeros(len(units), dtype=np.int64)
    for flow in price.flows:
        share += flow.share
        if abs(share - round(share)) < 1e-12:  # 0.2 + 0.7 + 0.1 is all of it
            share = round(share)
        until = in_oere(units, price.amount * share)
        yield flow.payer, flow.receiver, until - before
        before = until
    if real := real_flow(item, price):
        yield *real, in_oere(units, price.amount)


def in_oere(units: Floats, price: float) -> Oere:
    """So many units at so many kroner, in whole øre; same shape. Raises ValueError beyond 2^62."""
    exact = units * price * OERE
    if np.any(~(np.abs(exact) < MOST)):
        raise ValueError(f"an amount of {np.max(np.abs(exact)) / OERE:g} kroner cannot be told to the øre")
    return np.rint(exact).astype(np.int64)
