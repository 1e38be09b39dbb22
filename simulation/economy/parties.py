"""Parties: who pays and who receives, and what a price says of them.

`samfund` is no party but the account of what is real: production comes from it to whoever gets the product, and what
is used up (the time of staff, what an offer takes) goes to it from whoever gives it. All else are transfers, by which
somebody has what somebody else has given, and society neither more nor less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol, get_args

from simulation.economy.items import Item, Kind

Party = Literal["stat", "kommune", "a_kasse", "arbejdsgiver", "borger", "anden_aktoer", "personale"]
PARTIES: tuple[Party, ...] = get_args(Party)
PUBLIC: tuple[Party, ...] = ("stat", "kommune")
"""Whose net payments are the public expense. Of an a-kasse it is members who pay for its staff, the same whatever
happens (PAYER-12); dagpenge is the money of the other two."""
SOCIETY = "samfund"
PRODUCES: tuple[Kind, ...] = ("hours",)
"""Worth their price to whoever pays for them: an hour of work is worth what it costs (`assumed`, as is usual: at the
margin nobody would pay more than that)."""
TRANSFERS: tuple[Kind, ...] = ("benefit", "pension", "fee")
"""What is paid for nothing real. A fee pays the other actor, whose staff is what is used up. Of every other kind the
whole price is used up, by whoever is paid first."""


class Flow(NamedTuple):
    """A share of a price that one party pays to another."""

    payer: Party
    receiver: Party
    share: float


def real_flow(item: Item, price: Price) -> tuple[str, str] | None:
    """Who gives and who gets what is produced or used up, worth the whole price; None of a transfer."""
    if item.kind in PRODUCES:
        return SOCIETY, price.flows[0].payer
    return None if item.kind in TRANSFERS else (price.flows[0].receiver, SOCIETY)


class Price(Protocol):
    """The price of a unit of an item in a year: kroner, and who pays whom which share of them. The first flow is what
    is paid for the item itself; others may follow from it, such as taxes."""

    @property
    def amount(self) -> float: ...
    @property
    def flows(self) -> Sequence[Flow]: ...


class Prices(Protocol):
    """Where prices come from."""

    def of(self, item: Item, year: int, kroner_of: int | None = None) -> Price:
        """The price of a unit in a year, in kroner of another (None: of its own). Raises if there is none."""
