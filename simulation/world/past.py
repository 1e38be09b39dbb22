"""The past: what is left of worlds whose weeks have passed, which is all that figures are measured from."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulation.world.ledige import Ledige
from simulation.world.market import Ledger
from simulation.world.register import Register
from simulation.world.spec import Ints
from simulation.world.staff.jobcentres import Jobcentres


@dataclass(kw_only=True)
class Past:
    """The worlds of a batch of replications, side by side in the same arrays."""

    ledige: Ledige
    jobcentres: Jobcentres
    register: Register
    offers: dict[str, int] = field(default_factory=dict)  # number in the register of those that mark offers, by name
    referred: dict[str, Ints] = field(default_factory=dict)  # week of each ledig's first referral, by intervention
    ledger: Ledger | None = None  # of displacement; None: nothing is displaced
