"""Idle talks: held talks after which nothing happened, by the state in which they were held.

What the evidence says. Talks for the sake of talks, where little changes from week to week; superfluous while she waits
for treatment, disturbing in praktik (Rambøll 2013, p. 15-16, 18 [12-13, 15]; Aktive hurtigere tilbage, p. 6, 14). A
talk counts as followed if within some weeks the ledig was referred to something, began it, had a need come to light, or
left benefit. That is a description and no effect: what followed might have come without the talk, and a talk after
which nothing came may have done good.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Outcome, Running, Sum
from simulation.interventions.parts.happenings import Happenings
from simulation.world.labels import Label
from simulation.world.spec import Ids, Spec, unit

STATES: Mapping[str, Label] = {
    "blocked": Label("awaiting treatment or sick", "i behandlingskø eller syg"),
    "offer": Label("in an offer", "i tilbud"),
    "waiting": Label("waiting for a match", "venter på match"),
    "other": Label("none of these", "intet af dette"),
}
"""In what state a talk is held: the first of these that is so."""
FOLLOWED = len(STATES)

_FOLLOWED = Label("{name}: followed, {state}", "{name}: fulgt af noget, {state}")
_IDLE = Label("{name}: idle, {state}", "{name}: uden følge, {state}")
_PART = Label("{name}: talks, {state}", "{name}: samtaler, {state}")
_NUMBER = Label("{name}: talks that nothing followed", "{name}: samtaler, som intet fulgte")
_SHARE = Label("{name}: part that nothing followed", "{name}: andel, som intet fulgte")
COUNTS: Mapping[str, Label] = {
    **{f"followed_{state}": _FOLLOWED.of(state=label) for state, label in STATES.items()},
    **{f"idle_{state}": _IDLE.of(state=label) for state, label in STATES.items()},
}
_ALL = Sum(*COUNTS)
_NO_CAUSE = "no causal statement, for what followed might have come without the talk; everybody, whole run"
OUTCOMES: Mapping[str, Outcome] = {
    "idle_share": Outcome(
        "share",
        "Held talks after which, within the weeks of `idle_talks`, no referral, no start of an offer or help, no need "
        f"that came to light and no exit followed, of those watched so long: {_NO_CAUSE}",
        Sum(*(f"idle_{state}" for state in STATES)), per=_ALL, label=_SHARE,
    ),
    "idle": Outcome(
        "talks",
        f"Their number, of talks watched so long, where to look first if some were to be left out: {_NO_CAUSE}",
        Sum(*(f"idle_{state}" for state in STATES)), label=_NUMBER,
    ),
    **{
        f"idle_share_{state}": Outcome(
            "share", f"The same of talks held while {label.en}: {_NO_CAUSE}", Sum(f"idle_{state}"),
            per=Sum(f"idle_{state}", f"followed_{state}"), label=_IDLE.of(state=label),
        )
        for state, label in STATES.items()
    },
    **{
        f"talks_share_{state}": Outcome(
            "share", f"Held talks (of those watched so long) that were held while {label.en}; everybody, whole run",
            Sum(f"idle_{state}", f"followed_{state}"), per=_ALL, label=_PART.of(state=label),
        )
        for state, label in STATES.items()
    },
}  # fmt: skip


class IdleTalks(Spec):
    """It is told how many held talks nothing followed."""

    within_weeks: Annotated[
        int, unit("weeks", "Weeks after a held talk in which something may follow it", ge=0, le=100)
    ] = 4


IdleKey = Annotated[
    IdleTalks | None, Field(description="Tell how many held talks nothing followed, by state; absent: it is not told")
]


class Idle:
    """Column by week, over the last ones: 1 + the state in which a talk was held then, 0 for none, and FOLLOWED more if
    something has followed it."""

    def __init__(self, settings: IdleTalks | None, running: Running) -> None:
        self.running, self.world = running, running.world
        self.on = settings is not None
        self.slots = np.zeros((0, 0), dtype=np.uint8)
        if settings is not None:
            self.slots = np.zeros((settings.within_weeks + 1, len(self.world.ledige)), dtype=np.uint8)
            self.world.part(Happenings).when(self.happens)

    def new_week(self, week: int) -> None:
        """mandag: the talks that have been watched long enough are counted."""
        if not self.on:
            return
        slot = self.slots[week % len(self.slots)]
        ids = np.flatnonzero(slot)
        held = slot.take(ids)
        for number, state in enumerate(STATES, start=1):
            self.running.count(week, f"idle_{state}", ids[held == number])
            self.running.count(week, f"followed_{state}", ids[held == number + FOLLOWED])
        slot.fill(0)

    def held(self, week: int, ids: Ids) -> None:
        """fredag: a talk has been held with each of these ids."""
        if not self.on:
            return
        world, state = self.world, np.full(len(ids), len(STATES), dtype=np.uint8)
        state[world.waits_for(list(world.waiting), ids)] = 3
        state[world.register.offer.take(ids) != 0] = 2
        state[world.blocked(ids)] = 1
        self.slots[week % len(self.slots), ids] = state

    def happens(self, ids: Ids) -> None:
        """Something has happened to these ids, or they have left benefit: it follows their last talks."""
        for slot in self.slots:
            at = slot.take(ids)
            slot[ids] = np.where((at > 0) & (at <= FOLLOWED), at + FOLLOWED, at)

    def forget(self, ids: Ids) -> None:
        """These ids are talked with no more, for no reason of theirs."""
        if self.on:
            self.slots[:, ids] = 0
