"""A place beside similar ones that the user names: the same figures of the same months, and how soon people leave.

Nothing is controlled for: places differ by who lives there and by their labour market more than by their effort.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from simulation.municipal.modelled import ENOUGH, FILLS, SEEN, Group, Modelled
from simulation.municipal.place import RATE
from simulation.municipal.season import YEAR


class Figures(NamedTuple):
    """Figures of one group of a place in the year that is known. `of_workforce` is in per cent and `long_term` a share
    of full-time persons; a mean of fewer than six months is None; `change` is of the stock on the year before as a
    share, None where that is not known; `weeks` on benefit and `begun` a month are those of the fit, by what
    `wanted_source` names; `own` says whether that is the place's own and not the nation's."""

    name: str
    key: str
    full_time: float | None
    of_workforce: float | None
    change: float | None
    long_term: float | None
    weeks: float
    begun: float
    wanted_source: str
    own: bool


def beside(places: Iterable[Modelled], key: str) -> list[Figures]:
    """One group of each place that has it, in their order."""
    return [_row(one, group) for one in places for group in one.groups if group.key == key]


def _row(one: Modelled, group: Group) -> Figures:
    seen = slice(FILLS, FILLS + SEEN)
    rates = one.place.series.get((RATE, group.key))
    before = _mean(group.published, [month - YEAR for month in one.seen])
    return Figures(
        one.place.name, group.key, _mean(group.published, one.seen), _mean(rates.values, one.seen) if rates else None,
        None if before is None else group.trend, _mean(group.shares, one.seen),
        group.fit.stay.weeks, float(group.fit.begun[seen].mean()), group.wanted_source, group.own,
    )  # fmt: skip


def _mean(values: Mapping[int, float], months: Iterable[int]) -> float | None:
    found = [values[month] for month in months if month in values]
    return float(np.mean(found)) if len(found) >= ENOUGH else None
