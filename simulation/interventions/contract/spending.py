"""What an intervention spends: which of its counts cost something, and how much of what."""

from __future__ import annotations

from typing import Literal, NamedTuple

from simulation.interventions.contract.outcomes import Sum


class Spent(NamedTuple):
    """For each one counted so many hours of mentors or of matching (None: nobody knows how many), a session of a
    member, or a part of a fee.

    `team` is in whose time it is done, or to whom a fee is paid ("": nobody's time that is told of); with `arms` only
    what is counted of these is meant.
    """

    what: Literal["session", "matching", "mentor", "fee"]
    of: Sum
    each: float | None = 1.0
    team: str = ""
    part: str = ""
    arms: tuple[str, ...] | None = None
