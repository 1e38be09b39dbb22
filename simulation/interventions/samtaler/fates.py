"""Fates: what may become of a talk that falls due, and what is counted of it."""

from __future__ import annotations

from simulation.world.counts import Fates
from simulation.world.names import common

BECAME = {
    "no_time": "ingen samtale: jobcenteret havde ikke tid",
    "no_partner": "ingen samtale: den anden part havde ikke tid",
    "udeblivelse": "udeblev fra samtale",
    "held": "samtale afholdt",
    "letters": "brev i stedet for samtale",
    "away": "ingen samtale: sagsbehandleren var der ikke",
    "too_few": "ingen samtale: der var for få til et gruppemøde",
}
"""What may become of a request, by the name of its count, and in words."""
NO_TIME, NO_PARTNER, UDEBLIVELSE, HELD, LETTER, AWAY, TOO_FEW = range(len(BECAME))
"""Their numbers; HELD is UDEBLIVELSE + 1: called, and came."""
ALSO = {
    "held": ("on_time", "called_on_time"),
    "udeblivelse": ("called_on_time",),
    "letters": ("called_on_time",),
    "too_few": ("too_few_due",),
}
"""What is also counted of talks that became so in the week in which they fell due."""
FATES = Fates(
    (
        *((common(name),) for name in BECAME),
        *((common(name), common("fell_due"), *map(common, ALSO.get(name, ()))) for name in BECAME),
    )
)
"""The counts that each fate adds to, first for talks that fell due earlier, then for those of this week."""
