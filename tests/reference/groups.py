"""GROUP MEETINGS, for the second engine: who sits at one table, what it asks for, and what its guests are told.

All who want the same kind of meeting of the same desk gather there. When everybody has come they sit down, the most
urgent first, as many to a table as there are seats. A table is a process that asks partner, desk and colleagues as
somebody alone would, by the place in the queue of the guest who sat down first; every guest waits for what it tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import simpy

from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.plan import Talk
from simulation.world.register import NO_SHOW
from simulation.world.spec import FREDAG

from .basics import Key, Story

if TYPE_CHECKING:
    from .engine import Ledig
    from .talks import Talks
    from .teams import Desk


@dataclass(eq=False)
class Guest:
    """Somebody who wants a meeting: her place in the queue, the minutes that she takes of her own, and what she is told
    (what has become of it; with whom she sat down; who holds it)."""

    talks: Talks
    key: Key
    extra: int
    outreach: int
    told: simpy.Event


class Gathering:
    """All who want a meeting of this kind, of this desk, in this week."""

    def __init__(self, desk: Desk, number: int, name: str, channel: Channel, partner: Desk | None) -> None:
        self.desk, self.number, self.name, self.channel, self.partner = desk, number, name, channel, partner
        self.guests: list[Guest] = []

    def life(self, week: int) -> Story:
        """Everybody has come, and they sit down; where too few sit there is no meeting."""
        world = self.guests[0].talks.me.world
        yield world.at(week, FREDAG, self.number, 0.5)
        del self.desk.gatherings[self.number, self.name, self.partner]
        standing = sorted(self.guests, key=lambda guest: (guest.key, guest.talks.me.row))
        while standing:
            table, standing = standing[: self.channel.seats], standing[self.channel.seats :]
            if len(table) >= self.channel.seats_min:
                world.env.process(self.meeting(week, table))
            else:
                tell(table, "too_few")

    def meeting(self, week: int, table: list[Guest]) -> Story:
        """One table: one caseworker, her minutes once, and what every guest takes of her own."""
        asked, partner, channel, key, me = self.desk, self.partner, self.channel, table[0].key, table[0].talks.me
        says, partners, own, colleagues = (me.until(week, FREDAG, self.number, step) for step in (2, 4, 6, 8))
        [length] = channel.minutes
        length += sum(guest.extra for guest in table)
        outreach = sum(guest.outreach for guest in table)
        minutes = length + channel.preparation_minutes + channel.documentation_minutes + channel.travel_minutes
        minutes += outreach
        asked.wishes.append((0, minutes))  # it cannot be shortened
        asked_before = sum(not guest.talks.first_asked(week) for guest in table)
        asked.fresh[week] += minutes - minutes * asked_before // len(table)
        yield says
        if partner is not None and not (yield from me.queue(partner, minutes, key, partners)):
            tell(table, "no_partner")
            return
        yield partners
        by = asked if (yield from me.queue(asked, minutes, key, own)) else None
        if by is None and asked.team.stands_in(asked.nobody_there(week)):
            ask = yield from me.ask(asked.team.colleagues, minutes, key, colleagues)
            by = ask.value if ask.triggered else None
        if by is None:
            tell(table, "away" if asked.nobody_there(week) else "no_time")
            if partner:  # need not come
                yield colleagues
                partner.put(minutes)
            return
        came = [guest for guest in table if comes(guest.talks, week, self.name, by, me)]
        asked.team.count(week, "minutes_preparation", channel.preparation_minutes)
        asked.team.count(week, "minutes_documentation", channel.documentation_minutes)
        asked.team.count(week, "minutes_travel", channel.travel_minutes)
        asked.team.count(week, "minutes_outreach", outreach)
        asked.team.count(week, "minutes_held" if came else "minutes_no_show", length)
        asked.again[week] += minutes * (len(table) - len(came)) // len(table)
        for guest in table:
            tally = guest.talks.me.tally
            tally["at a full table"] += int(len(table) == channel.seats)
            tally["table not full"] += int(len(table) < channel.seats)
            tally["alone at the table"] += int(came == [guest] and len(table) > 1)
            tally["nobody came"] += int(not came and len(table) > 1)
            tally["joint meeting"] += int(partner is not None)
            tally["held by a colleague"] += int(by is not asked)
            tally["outreach at a meeting"] += int(guest.outreach > 0)
            tally["another was more urgent"] += int(guest.key != key)
        tell(came, "held", table[0], by)
        tell([guest for guest in table if guest not in came], "udeblivelse")


def tell(guests: list[Guest], what: str, first: Guest | None = None, by: Desk | None = None) -> None:
    """What has become of their meeting."""
    for guest in guests:
        guest.told.succeed((what, first, by))


def comes(talks: Talks, week: int, name: str, by: Desk, first: Ledig) -> bool:
    """Whether she comes to the meeting to which she is called."""
    return talks.me.chance(f"{talks.luck}attendance", week) < talks.attendance(week, name, by, first)


def ask_for_meeting(talks: Talks, week: int, name: str, talk: Talk | None) -> Story:
    """She gathers with the others, and waits for what the table tells her."""
    me, channel, asked = talks.me, talks.settings.channels[name], talks.desk()
    partner = me.teams[talk.partner].desks[0] if talk and talk.partner else None
    kind = talks.number, name, partner
    if kind not in asked.gatherings:
        asked.gatherings[kind] = Gathering(asked, talks.number, name, channel, partner)
        me.world.env.process(asked.gatherings[kind].life(week))
    outreach = talks.settings.attendance.rebooking_minutes if talks.missed else 0
    extra = talks.minutes(name, talk) - next(iter(channel.minutes))
    guest = Guest(talks, talks.priority(week), extra, outreach, me.world.env.event())
    asked.gatherings[kind].guests.append(guest)
    what, first, by = yield guest.told
    if what == "held":
        talks.hold(week, name, asked, by, 1.0, first.talks.me)
        return
    if what == "udeblivelse":
        me.tally["came to another talk"] += int(me.talk > 0)
        me.talk, talks.missed = me.talk or NO_SHOW, True
    talks.becomes(week, what, asked.team)
