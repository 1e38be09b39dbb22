"""What is told of an effect to whoever reads along."""

from __future__ import annotations

from typing import NamedTuple

from simulation.world.spec import Floats, Ids


class Force(NamedTuple):
    """An effect that holds for these ids in a week: of which intervention and keys down to it in the settings, on which
    destination (or `ends` or `hours` of the next job, or what of small jobs), and the factor, one for all or one for
    each."""

    week: int
    ids: Ids
    intervention: str
    keys: tuple[str, ...]
    on: str
    factor: float | Floats
