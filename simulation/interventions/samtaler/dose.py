"""Dose: what talks do to exits, by how many were held of late and how long a held one lasts.

What the evidence says. Lost early meetings (CHABS-01), Finnish interviews (FIINT-01) and French intensive counselling
(FROPP-01) lie on one curve, log HR = a (1 − exp(−m / m0)) of m talks a month, with a 0.4 and m0 0.9 fitted by hand
(DERTALK-02). A held talk is an impulse that decays: the effect is greatest in its week (TOMEET-01), and the two studies
that know the dose give an area of 1.3 to 1.7 log-hazard × weeks a talk, whatever the decay (DERTALK-01). Recommended,
after shrinkage for designs: a 0.30 (sd 0.12), m0 0.9 (log sd 0.4), mean life 5 to 7 weeks, a talk by phone or online
0.7 (0.2) of a personal one, 0.10 between places on the log HR. What a talk is worth with an a-kasse or another actor
is printed nowhere; private providers as a whole have log HR −0.03 (0.05) against public ones.

A held talk counts 1 (more or less by its channel, by `quality` and by crowding) on the first tirsdag after it, and
exp(−1 / mean life) of that with every further week. The count D gives m = D × (1 − exp(−1 / mean life)) × weeks in a
month: talks that go on for ever at some rate have that rate as the mean of m.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Effects
from simulation.interventions.samtaler.channel import Channel
from simulation.world.sizes import Size, changes
from simulation.world.spec import MONTH, Floats, Spec, unit

NOTHING_LEFT = 40
"""Mean lives after which less than 1e-17 of a talk is left."""


class Dose(Spec):
    """What held talks do to exits, by their number a month."""

    exits: Annotated[
        Effects, Field(description="What talks come to as they become ever more frequent: factors, or sizes on the log")
    ]
    per_month: Annotated[
        float, unit("talks per month", "Talks a month that have 1 − 1/e of it on the log", gt=0, le=1000)
    ]
    mean_life_weeks: Annotated[
        float, unit("weeks", "Weeks in which 1 − 1/e of a held talk is forgotten", gt=0, le=1000)
    ]

    @property
    def kept(self) -> float:
        """Part of a held talk that is left a week later."""
        return math.exp(-1 / self.mean_life_weeks)

    @property
    def _scale(self) -> float:
        """m / m0 of a count of one talk."""
        return -math.expm1(-1 / self.mean_life_weeks) * MONTH / self.per_month

    def strength(self, talks: Floats) -> Floats:
        """1 − exp(−m / m0), 0 to 1, by the decayed counts of talks; same shape."""
        return np.asarray(-np.expm1(talks * -self._scale))

    def area(self, talk: float = 1.0) -> float:
        """Weeks of full strength that a single talk comes to, if it counts so much: the sum of its strength in all
        weeks after it. Times the log of a factor it is the area in log-hazard × weeks."""
        weeks = np.arange(math.ceil(NOTHING_LEFT * self.mean_life_weeks) + 1)
        return float(self.strength(np.asarray(talk * self.kept**weeks, dtype=np.float64)).sum())

    def in_words(self, channels: dict[str, Channel]) -> Iterator[tuple[str, str]]:
        """For each destination that it changes: what single talks and talks for ever come to."""
        others = {name: each.effect for name, each in channels.items() if each.counts and each.effect != 1.0}
        first = -math.expm1(-self._scale)
        weekly = -math.expm1(-MONTH / self.per_month)
        for destination, size in self.exits.items():
            if changes(size):
                log = size.log if isinstance(size, Size) else math.log(size)
                areas = [f"{log * self.area():.3g}"]
                areas += [f"{name} {log * self.area(weight):.3g}" for name, weight in others.items()]
                yield destination, (
                    f"a single talk comes to {', '.join(areas)} log-hazard × weeks ({log * first:.3g} in its first week"
                    f"); one every week for ever to {log * weekly:.3g} a week, ever more talks to {log:.3g}"
                )
