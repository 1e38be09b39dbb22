"""Tilbud: an offer with room for so many. Ledige are referred, wait for a place, have it for a spell, and give it back.

A spell is completed or broken off, or ends because the ledig leaves benefit; while she waits she may leave or give up.
What differs between kinds stays with them: who is referred, who gets the free places, and how long spells last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.contract import Outcome, Running, Sum, with_everybody
from simulation.interventions.parts.referrals import Referrals
from simulation.interventions.parts.spells import After, Spells, breaks_after
from simulation.interventions.parts.waiting import Waiting
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.spec import NEVER, Ids, Ints

COUNTS: Mapping[str, Label] = {
    "referred": Label("{name}: referrals", "{name}: henvisninger"),
    "left_waiting": Label("{name}: left benefit while waiting", "{name}: forlod ydelsen i ventetiden"),
    "gave_up": Label("{name}: gave up waiting", "{name}: opgav at vente"),
    "started": Label("{name}: spells begun", "{name}: påbegyndte forløb"),
    "wait": Label("{name}: weeks waited by those who start", "{name}: ventede uger for dem, der starter"),
    "left": Label("{name}: left benefit while there", "{name}: forlod ydelsen under forløbet"),
    "completed": Label("{name}: spells completed", "{name}: gennemførte forløb"),
    "waiting": Label("{name}: waiting", "{name}: venter"),
}
"""What is counted of every tilbud, beside spells broken off, which are `broken` or `dropped`."""

SAYS: Mapping[str, Label] = {
    "referred": Label("referred to {name}", "henvist til {name}"),
    "gave_up": Label("gives up waiting for {name}", "opgiver at vente på {name}"),
    "started": Label("begins {name}", "begynder i {name}"),
    "completed": Label("{name} completed", "{name} gennemført"),
    "broken": Label("{name} broken off", "{name} afbrudt"),
    "dropped": Label("drops out of {name}", "falder fra i {name}"),
}
"""What the diary says of those who are counted."""


def waited(definition: str, wait: str, what: Label, name: str = "wait") -> dict[str, Outcome]:
    """The mean wait of those who started, and the wait (what it is in words, and for `what`) of everybody."""
    return with_everybody(name, definition, wait, what, Sum("wait"), per=Sum("started"))


def of_referred(definition: str, *counts: str, label: Label) -> Outcome:
    """The share of those referred who are counted here."""
    return Outcome("share", definition, Sum(*counts), per=Sum("referred"), label=label)


def of_started(definition: str, *counts: str, label: Label) -> Outcome:
    """The share of those who started who are counted here."""
    return Outcome("share", definition, Sum(*counts), per=Sum("started"), label=label)


OUTCOMES: Mapping[str, Outcome] = {
    "referred": Outcome(
        "referrals", "Referrals, repeated ones too; everybody, whole run", Sum("referred"),
        label=Label("{name}: referrals", "{name}: henvisninger"),
    ),
    "started": Outcome(
        "spells", "Spells begun; everybody, whole run", Sum("started"),
        label=Label("{name}: spells begun", "{name}: påbegyndte forløb"),
    ),
    **waited(
        "Mean weeks from referral to the start, of spells begun; everybody, whole run",
        "from referral to the start",
        Label("a place ({name})", "plads ({name})"),
    ),
    "lost_waiting_share": of_referred(
        "Referrals that ended while waiting, by exit or giving up; everybody, whole run", "left_waiting", "gave_up",
        label=Label("{name}: referrals lost in waiting", "{name}: henvisninger tabt i kø"),
    ),
}
"""Outcomes made of the counts, for a kind that has no words of its own for them."""


class Tilbud:
    """Its parts may be used beside it: `referrals`, `waiting`, `places`, `spells`. Column: `referred` (week of the
    first referral).

    Of `COUNTS` a kind counts those that it declares: some mean nothing where it is in use.
    """

    def __init__(
        self,
        running: Running,
        places: Places,
        once: bool = False,
        broken: Literal["broken", "dropped"] = "broken",
        says: Mapping[str, Label] = {},
        ended: Callable[[int, Ids, bool], None] | None = None,
        after: After | None = None,
    ) -> None:
        """The settings of `running` have a `referral` by arm, and effects `during`; with `once` only a first benefit
        spell counts for it. `after` is what completed spells do, if that is nothing special.

        `broken` is the count of spells broken off. `ended` is called with the week, the ids and whether their spells
        were broken off, after they have handed back their places.
        """
        self.running, self.world, self.name = running, running.world, running.name
        self.broken, self.ended, self.after = broken, ended, after
        self.during = running.effect("during", running.settings.during)
        self.afterwards = running.effect("after", after.effects if after else {})
        self.says = {**SAYS, **says}
        self.referrals = Referrals(running, running.settings.referral, once)
        self.waiting = Waiting(self.world, places.where, running.count.waits("wait"), running.number)
        self.places = places
        self.world.keep_places(self.name, places)
        self.world.keep_waiting(self.name, self.waiting.among)
        self.spells = Spells(self.world, self.end, running.number)
        running.closing.append(self.close)
        if running.settings.refers_people:
            self.referred = self.world.first_referrals(self.name)
        else:
            self.referred = np.full(len(self.world.ledige), NEVER, dtype=np.int16)

    def close(self, week: int) -> None:
        """Who waits for a place waits no longer."""
        self.note(week, "left_waiting", self.waiting.leave(self.waiting.ids))

    def note(self, week: int, what: str, ids: Ids) -> None:
        """Count these ids if the kind counts such, and tell the diary if there is something to say."""
        if what in self.running.count.names:
            self.running.count(week, what, ids)
        if what in self.says:
            self.world.tell(ids, self.says[what], name=self.name)

    def enrolled(self, week: int, ids: Ids) -> None:
        """mandag: a benefit spell of these ids begins."""
        self.referrals.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int, inside: Ids | None = None) -> None:
        """tirsdag: what it does to exits to have notice of it, to be there (those `inside`; None: all who are), and to
        have completed a spell lately."""
        self.referrals.notices.hold(week)
        self.during.hold(self.spells.inside if inside is None else inside)
        if self.after:
            self.spells.afterwards(week, self.afterwards, self.after.weeks, self.after.halving_weeks)

    def gone(self, week: int, ids: Ids) -> Ids:
        """tirsdag: these ids have left benefit and hand back what they held; returns those who had a place."""
        self.note(week, "left_waiting", self.waiting.leave(ids))
        self.referrals.gone(ids)
        leavers = self.spells.gone(ids)
        self.places.hand_back(leavers)
        self.note(week, "left", leavers)
        return leavers

    # --- onsdag -------------------------------------------------------------------------------------------

    def end(self, week: int, ids: Ids, broken: bool = False) -> None:
        """onsdag: these spells end, as planned or broken off."""
        self.places.hand_back(ids)
        self.spells.end(ids)
        if not broken:
            self.spells.complete(week, ids)
        self.note(week, self.broken if broken else "completed", ids)
        if self.ended:
            self.ended(week, ids, broken)

    # --- torsdag ------------------------------------------------------------------------------------------

    def refer(self, week: int, ids: Ids) -> None:
        """torsdag: these ids are referred, and wait."""
        if len(ids):
            self.waiting.join(week, ids)
            self.referrals.notices.refer(week, ids)
            self.referred[ids[self.referred.take(ids) == NEVER]] = week
            self.note(week, "referred", ids)

    def give_up(self, week: int, share: float) -> None:
        """torsdag: a share of those who have waited for a week or more wait no longer."""
        if share and len(ids := self.waiting.ids):
            ids = ids[self.waiting.since.take(ids) < week]
            tired = ids[self.world.ledige.draws.uniform(f"{self.name} gives up", week, ids) < share]
            self.waiting.leave(tired)
            self.referrals.notices.over(tired)
            self.note(week, "gave_up", tired)

    def give_places(self, room: NDArray[np.int64] | None = None) -> Ids:
        """torsdag: free places go to the longest waiting; returns who got one, by where they wait and in their order.

        `room` is a further limit for this time, by row of where the places are.
        """
        ids = self.waiting.queue()
        return ids[self.places.take(ids, room)]

    def drop_out(self, week: int, ids: Ids, weekly: float) -> Ints:
        """After how many weeks each of these ids would drop out, by a chance of every week."""
        return breaks_after(weekly, self.world.ledige.draws.uniform(f"{self.name} drops out", week, ids))

    def begin(self, week: int, ids: Ids, lasts: Ints, breaks: Ints | None = None) -> None:
        """torsdag: spells of these ids begin, who have waited and have got their places; as `Spells.begin`."""
        if len(ids):
            self.running.count(week, "wait", ids, week - self.waiting.since.take(ids))
            self.note(week, "started", ids)
            self.waiting.leave(ids, served=True)
            self.referrals.notices.over(ids)
            self.spells.begin(week, ids, lasts, breaks)

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        """søndag: how many wait."""
        self.note(week, "waiting", self.waiting.ids)
