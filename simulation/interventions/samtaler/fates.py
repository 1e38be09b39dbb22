"""Fates: what may become of a talk that falls due, and what is counted of it."""

from __future__ import annotations

from simulation.world.counts import Fates
from simulation.world.labels import Label
from simulation.world.names import common

BECAME = {
    "no_time": Label("no talk: the jobcentre had no time", "ingen samtale: jobcenteret havde ikke tid"),
    "no_partner": Label("no talk: the other party had no time", "ingen samtale: den anden part havde ikke tid"),
    "udeblivelse": Label("did not come to the talk", "udeblev fra samtale"),
    "held": Label("talk held", "samtale afholdt"),
    "letters": Label("a letter in the place of a talk", "brev i stedet for samtale"),
    "away": Label("no talk: the caseworker was not there", "ingen samtale: sagsbehandleren var der ikke"),
    "too_few": Label("no talk: too few for a group meeting", "ingen samtale: der var for få til et gruppemøde"),
}
"""What may become of a request, by the name of its count, and in words."""
OF_KIND = Label("{what} ({name})", "{what} ({name})")
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


def told(several: bool) -> list[Label]:
    """What a diary tells of each fate, with the name of the kind of talk where there are `several`."""
    return [OF_KIND.of(what=label) if several else label for label in BECAME.values()]
