"""What a day on benefit costs a payer: of all days, and of those by which a scenario makes them fewer or more, which
lie elsewhere in a spell; the benefit alone, less the tax on it, and with all that comes with such a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import numpy as np

from simulation.economy.accounts import OERE, Accounts, Entry
from simulation.economy.cba.means import ratio
from simulation.economy.cba.sums import LIVED_ON, weeks_on_benefit
from simulation.economy.parties import PUBLIC
from simulation.economy.quantities import Quantities
from simulation.results.sobol import Part
from simulation.world.spec import Floats

Days = Literal["all", "changed"]
Counting = Literal["benefit", "less_tax", "with_work"]
PAYERS: dict[str, tuple[str, ...]] = {"kommune": ("kommune",), "stat": ("stat",), "public": PUBLIC}
A_WEEK = 7


class Day(NamedTuple):
    """Kroner that a day on benefit costs an account: a day of `all` of the base, or of those that are `changed`."""

    account: str
    days: Days
    counting: Counting
    kroner: Part


def days_of(base: Quantities, other: Quantities, before: Accounts, more: Accounts) -> Iterator[Day]:
    """Of the base, and of the scenario against it, whose accounts have `more`. What comes with a day is told of days
    that change alone: in the base it is all work, whoever does it."""
    of_base, apart = weeks_on_benefit(base), weeks_on_benefit(other) - weeks_on_benefit(base)
    for account, who in PAYERS.items():
        for counting, counts in COUNTED.items():
            if counting != "with_work":
                yield Day(account, "all", counting, ratio(-_gained(before, who, counts), of_base * A_WEEK))
            yield Day(account, "changed", counting, ratio(-_gained(more, who, counts), apart * A_WEEK))


def _gained(accounts: Accounts, who: tuple[str, ...], counts: Callable[[Entry], bool]) -> Floats:
    """Kroner by replication."""
    found = np.zeros(accounts.replications)
    for entry, oere in accounts.entries.items():
        if counts(entry):
            found += ((entry.receiver in who) - (entry.payer in who)) * oere.sum(axis=1) / OERE
    return found


COUNTED: dict[Counting, Callable[[Entry], bool]] = {
    "benefit": lambda entry: entry.item.kind in LIVED_ON and entry.payer != "borger",
    "less_tax": lambda entry: entry.item.kind in LIVED_ON,
    "with_work": lambda entry: entry.item.kind in (*LIVED_ON, "hours"),
}
