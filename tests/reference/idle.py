"""TALKS THAT NOTHING FOLLOWED, for the second engine: those held with a ledig lately, until each has been watched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .spans import is_there

if TYPE_CHECKING:
    from .talks import Talks


@dataclass
class Held:
    """A talk."""

    week: int
    state: str
    followed: bool = False


class Idle:
    """Of one ledig and one kind of talk."""

    def __init__(self, talks: Talks) -> None:
        self.talks, self.me = talks, talks.me
        self.lately: list[Held] = []

    def held(self, week: int) -> None:
        """fredag: a talk is held, and watched from now on."""
        if self.talks.settings.idle_talks:
            self.lately.append(Held(week, self.state()))

    def state(self) -> str:
        """In which state she is."""
        me, interventions = self.me, self.me.world.scenario.interventions
        if me.blockers:
            return "blocked"
        if me.offers:
            return "offer"
        named = (each for each in me.courses if each.name)
        waits = any(each.is_waiting and interventions[each.name].keeps_waiting for each in named)
        return "waiting" if waits else "other"

    def mandag(self, week: int) -> None:
        """Talks that have been watched for their weeks are told."""
        settings = self.talks.settings.idle_talks
        while settings and self.lately and self.lately[0].week + settings.within_weeks < week:
            self.tell(week, self.lately.pop(0))

    def tell(self, week: int, talk: Held) -> None:
        """In this week it is known what followed."""
        if week < self.me.world.scenario.weeks and is_there(self.talks, week):
            self.me.count(week, f"{self.talks.name}_{'followed' if talk.followed else 'idle'}_{talk.state}")

    def happens(self) -> None:
        """Something follows all of them."""
        for talk in self.lately:
            talk.followed = True

    def leave(self) -> None:
        """She is on benefit no more: that followed, and it will be told in its time."""
        self.happens()
        for talk in self.lately:
            assert self.talks.settings.idle_talks
            self.tell(talk.week + self.talks.settings.idle_talks.within_weeks + 1, talk)
        self.lately = []
