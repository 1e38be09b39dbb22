"""What a week of talks is: who asks for one, how long it takes, who comes, and what a held talk does afterwards."""

from __future__ import annotations

import numpy as np

from simulation.interventions.parts.before import Notices
from simulation.interventions.samtaler.companions import Companions
from simulation.interventions.samtaler.doses import Doses
from simulation.interventions.samtaler.due import Due
from simulation.interventions.samtaler.fates import AWAY, FATES, LETTER, NO_PARTNER, TOO_FEW, UDEBLIVELSE, told
from simulation.interventions.samtaler.meetings import Meetings, joined
from simulation.interventions.samtaler.minutes import MinutesByUse
from simulation.interventions.samtaler.priority import PRIORITIES, need_ranks
from simulation.interventions.samtaler.registered import Registered
from simulation.interventions.samtaler.settings import Samtaler
from simulation.interventions.samtaler.udeblivelse import Udeblivelse
from simulation.interventions.samtaler.ways import Ways, tell_channel
from simulation.interventions.samtaler.worth import Worth, meet
from simulation.world.labels import Label
from simulation.world.register import Channel as Code
from simulation.world.spec import NEVER, Bools, Floats, Ids, Ints, quantile, where
from simulation.world.staff.booking import Appointments, Booking
from simulation.world.staff.desks import NO_TEAM
from simulation.world.world import World


class SamtalerRunning(Due):
    """Columns beside those of who is due: `missed` (did not come the last time), `lacking` (the week in which the talk
    fell due for which she has only lacked others so far, at a group meeting; NEVER: none such)."""

    def __init__(self, settings: Samtaler, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.held_talk = self.effect("effects", settings.effects)
        self.doses = Doses(settings.dose, self)
        befores = [(p, name, plan.before) for p, (name, plan) in enumerate(settings.plans.items()) if plan.before]
        effects = [(p, before, self.effect(("plans", name, "before"), before.effects)) for p, name, before in befores]
        self.notices = Notices(world, self.plan, effects)
        self.missed = np.zeros(len(world.ledige), dtype=bool)
        self.lacking = np.full(len(world.ledige), NEVER, dtype=np.int16)
        codes = [Code(c.counts, number == 0, c.in_person) for number, c in enumerate(settings.channels.values())]
        self.first_code = self.talks.add(name, codes)
        self.luck = f"{name} " if self.talks.several else ""  # every kind of talk has luck of its own
        self.worth = Worth(settings.quality, world)
        self.need = need_ranks(settings.need, world)
        self.companions = Companions(self.plans, world, self.count_together, self.luck)
        self._same_strength = True
        self._hold_talks(settings)

    def _hold_talks(self, settings: Samtaler) -> None:
        """How talks are held: channels, their lengths, who comes, and whether all talks have one strength."""
        world, everybody = self.world, np.arange(len(self.world.ledige))
        self.channels = list(settings.channels.values())
        self._has_minutes = bool((self.timetable.minutes >= 0).any())
        self._has_partners = bool((self.timetable.partner != NO_TEAM).any())
        self._counting = np.array([channel.counts for channel in self.channels])
        self._of_channel = np.array([channel.effect for channel in self.channels])
        self._remote = {n: name for n, (name, c) in enumerate(settings.channels.items()) if not c.in_person}
        self.registered = Registered(self.plans, world, self.luck, self.first_code, self._counting)
        self.meetings = Meetings(self.channels)
        self._whole = ~self._counting | self.meetings.group  # letters and group meetings are not shortened
        self.ways = Ways(self.plans, list(settings.channels), world, self.luck, self.needs)
        length = world.ledige.draws.uniform(f"{self.luck}talk length", 0, everybody)
        self.minutes = np.array([quantile(c.minutes, length) for c in self.channels], dtype=np.int32)
        attendance = [channel.attendance for channel in self.channels]
        self.udeblivelse = Udeblivelse(settings.attendance, attendance, world, self.luck)
        self.time = MinutesByUse(self.channels, settings.attendance.rebooking_minutes, world, self.count_together)
        squeezes = any(team.squeeze is not None for team in world.staff.caseworkers.teams)
        self._same_strength &= (  # for good: talks before a date have the strength that they had
            settings.halving_talks is None
            and all(channel.effect == 1.0 for channel in self.channels)
            and not world.staff.dilutes
            and self.worth.none
            and not squeezes
        )

    def become(self, week: int, settings: Samtaler) -> None:
        super().become(week, settings)
        self._schedule(settings)
        self.needs.become(self.plans, self.timetable, list(settings.channels))
        self._hold_talks(settings)

    @property
    def _one_strength(self) -> bool:
        """Whether every talk works as strongly as any other, one of another kind included."""
        return self._same_strength and not self.talks.several

    def enrolled(self, week: int, ids: Ids) -> None:
        super().enrolled(week, ids)
        self.notices.enrolled(ids)
        self.missed[ids] = False

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: a talk held in the last weeks, or notice of the first, changes how likely ledige are to leave."""
        if self.held_talk:
            recent = where(self.last >= week - self.settings.window_weeks)
            recent = self.world.unblocked(recent)
            self.held_talk.hold(recent, 1.0 if self._one_strength else self.strength.take(recent))
        self.doses.hold()
        self.notices.hold(week)

    def had_treatment(self, ids: Ids) -> Bools:
        return np.asarray(self.last.take(ids) != NEVER)

    def gone(self, week: int, ids: Ids) -> None:
        super().gone(week, ids)
        self.doses.forget(ids)
        self.notices.over(ids)

    def soendag(self, week: int) -> None:
        self.worth.soendag(week)

    # --- fredag -------------------------------------------------------------------------------------------

    def requests(self, week: int) -> Appointments | None:
        """fredag: whoever is due asks for a talk, is called while minutes last, and comes or stays away."""
        due_ids = self.asking(week)
        channel = self._choose_channel(week, due_ids)
        lead_ids = None
        if self.meetings.some:
            due_ids, channel, lead_ids = self._put_together(week, due_ids, channel)
        self._channel = channel
        if isinstance(channel, int):
            minutes = self.minutes[channel].take(due_ids)
        else:
            minutes = self.minutes[channel, due_ids]
        if self._has_minutes:
            listed = self.of_talk_due(self.timetable.minutes, due_ids)
            as_listed = channel == self.of_talk_due(self.timetable.channel, due_ids)  # not a letter in its place
            minutes = np.where((listed >= 0) & as_listed, listed, minutes)
        minutes = self._with_extra(due_ids, minutes, channel)
        fixed = self._beside_the_talk = self.time.beside(channel, self._missed(due_ids, channel), len(due_ids))
        if fixed is not None:
            minutes = minutes + fixed
        if self._whole.any():
            fixed = np.where(self._whole[channel], minutes, 0 if fixed is None else fixed)
        priority = PRIORITIES[self.settings.priority](self, week, due_ids)
        desk = None if self.caseworker and not self.holders.some else self.desk_of(due_ids)
        self._sits_in = self._partner(due_ids, channel)
        appointments = Appointments(due_ids, minutes, priority, self._sits_in, desk, fixed)
        return appointments if lead_ids is None else self._joined(appointments, lead_ids)

    def _missed(self, ids: Ids, channel: int | Ids) -> Bools | None:
        """Who of these ids is to be reached before a talk, since she did not come to the last one; None: nobody is."""
        return self.missed.take(ids) & self._counting[channel] if self.time.rebooking else None

    def _with_extra(self, ids: Ids, minutes: Ints, channel: int | Ids) -> Ints:
        """The minutes with what others ask for of every talk (casework, reaching out); a letter is none."""
        lengthened = self.talks.lengthened(ids, minutes)
        return lengthened if self._counting.all() else np.where(self._counting[channel], lengthened, minutes)

    def _partner(self, ids: Ids, channel: int | Ids) -> Ints | None:
        """Team that must sit in at the talks of these ids; None: at none."""
        if not self._has_partners:
            return None
        partner = self.of_talk_due(self.timetable.partner, ids)
        if not self._counting.all():
            partner = np.where(self._counting[channel], partner, NO_TEAM)  # nobody sits in at a letter
        return partner

    def _put_together(self, week: int, due_ids: Ids, channel: int | Ids) -> tuple[Ids, int | Ids, Ids]:
        """Who asks for an appointment, their channels, and with whom each is together: the id of who leads her meeting.
        For the others there are too few: they stay due."""
        desk, priority = self.desk_of(due_ids), PRIORITIES[self.settings.priority](self, week, due_ids)
        lead, too_few = self.meetings.put_together(channel, desk, self._partner(due_ids, channel), priority)
        lead_ids = due_ids.take(lead)
        if too_few.any():
            left_out = due_ids[too_few]
            today = self._became(week, left_out, desk[too_few], np.full(len(left_out), TOO_FEW, dtype=np.uint8))
            self.lacking[left_out[today]] = week
            due_ids, lead_ids = due_ids[~too_few], lead_ids[~too_few]
            channel = channel if isinstance(channel, int) else channel[~too_few]
        return due_ids, channel, lead_ids

    def _joined(self, one_each: Appointments, lead_ids: Ids) -> Appointments:
        """Those who meet have one appointment. Its length, preparation and notes are the meeting's; the extra minutes
        of each ledig, and those to reach her if she did not come the last time, are hers and add up."""
        outreach = self.time.rebooking * self.missed.take(one_each.ids)
        extra = self.talks.lengthened(one_each.ids, np.zeros(len(one_each.ids), dtype=np.int64))
        appointments = joined(one_each, lead_ids, extra + outreach)
        if self._beside_the_talk is not None and (members := appointments.members) is not None:
            of_others = np.where(lead_ids != one_each.ids, outreach, 0)
            self._beside_the_talk = self._beside_the_talk.take(members.lead) + members.add_up(of_others)
        return appointments

    def _became(self, week: int, ids: Ids, desk: Ints, became: Ints) -> Bools:
        """What became of the talks of these ids, asked of these desks, is counted and told; whose fell due today."""
        register = self.world.register
        fell_due_today: Bools = self.due.take(ids) == week
        fates = became + fell_due_today.view(np.uint8) * np.uint8(len(FATES) // 2)
        register.tally(week, ids, fates, FATES)
        if self.world.staff.detailed:
            register.tally_teams(week, desk, fates, FATES)
        if self.world.diary is not None:
            for what, label in enumerate(told(self.talks.several)):
                self.world.tell(ids[became == what], label, name=self.name)
        return fell_due_today

    def _first_asked(self, ids: Ids, fell_due_today: Bools) -> Bools:
        """Whose talk is asked for this week as soon as it could be: on the day on which it fell due, or after weeks in
        which she lacked others to meet and nothing else."""
        if not self.meetings.some:
            return fell_due_today
        lacked_others = self.lacking.take(ids) == self.due.take(ids)
        self.lacking[ids] = NEVER
        return np.asarray(fell_due_today | lacked_others)

    def delivered(self, week: int, appointments: Appointments, booking: Booking) -> None:
        members, by_appointment = appointments.members, booking
        ids, lead_ids = appointments.ids, None
        if members is not None:
            ids, lead_ids, booking = members.ids, ids.take(members.appointment), booking.of_each(members)
        channel = self._channel
        by = booking.desk if booking.by is None else booking.by
        comes = self.udeblivelse.comes(week, ids, channel, by, lead_ids)
        here, absent = booking.called & comes, booking.called & ~comes
        became = here.view(np.uint8) + booking.called.view(np.uint8) * np.uint8(UDEBLIVELSE)
        if booking.away is not None:
            became[booking.away & ~booking.called] = AWAY
        if booking.no_partner is not None:
            became[booking.no_partner] = NO_PARTNER
        if not self._counting.all():
            became[here & ~self._counting[channel]] = LETTER
        fell_due_today = self._became(week, ids, booking.desk, became)
        if self.world.staff.detailed:
            first_asked = self._first_asked(ids, fell_due_today)
            self.time.spent(week, channel, self._beside_the_talk, by_appointment, here, first_asked, members)

        at_talk, at_home = where(here), ids.take(where(absent))
        self.registered.stayed_away(at_home)
        if self.time.rebooking or self.world.changes:  # a letter is no talk to which somebody comes, or does not
            talks = self._counting[channel]
            self.missed[ids[absent & talks]] = True
            self.missed[ids[here & talks]] = False
        of_talk = channel if isinstance(channel, int) else channel.take(at_talk)
        self._hold(week, at_talk, ids.take(at_talk), of_talk, booking, lead_ids)

    def _hold(
        self, week: int, at: Ids, ids: Ids, channel: int | Ids, booking: Booking, lead_ids: Ids | None = None
    ) -> None:
        """Talks are held with these ids (who stand in these places of the booking), or letters sent to them: the next
        ones fall due. `lead_ids`: who leads the meeting of each, in the order of the booking."""
        self.registered.held(week, ids, self.plan.take(ids), channel)
        talks = ids
        if isinstance(channel, int):
            talks, at = (ids, at) if self._counting[channel] else (ids[:0], at[:0])
        elif not self._counting.all():
            counting = self._counting[channel]
            talks, channel, at = ids[counting], channel[counting], at[counting]
        self.world.register.held(week, self.name, [*self.settings.channels], booking.desk.take(at), channel)
        tell_channel(self.world, talks, channel, self._remote)
        effect = self._of_channel[channel]
        desk: Ints = ids[:0]  # where it does not matter
        if not (self._one_strength and self.world.staff.relations is None):  # it matters where a talk was held
            desk = (booking.desk if booking.by is None else booking.by).take(at)
            if booking.cut is not None:
                cut = booking.cut.take(at)
                effect = effect * self.world.staff.strength_of_cut(desk, cut)
                self.world.tell(talks[cut < 1], Label("the talk is cut short", "samtalen er afkortet"))
            lot_of = None if lead_ids is None else lead_ids.take(at)  # all who meet, meet the same caseworker
            meet(self.world, self.count_together, week, talks, booking.desk.take(at), desk, lot_of)
        sits_in = None if self._sits_in is None else self._sits_in.take(at)
        self._have_effect(week, talks, effect, desk, sits_in)
        if self.companions.teams and sits_in is not None:
            self.companions.sit_in(week, talks, self.plan.take(talks), sits_in)
        self.talks.hold(talks)
        self.idle.held(week, talks)
        if self.talks.several:
            self.count(week, "held", talks)
            self.talks.meet(talks, self.team_row(talks), effect, desk, NO_TEAM if sits_in is None else sits_in)
        self.holders.met(talks)
        self.plan_next(week, ids)

    def had_another(self, week: int, ids: Ids) -> None:
        talks = self.talks
        self._have_effect(week, ids, talks.met_effect.take(ids), talks.met_desk.take(ids), talks.met_partner.take(ids))

    def _have_effect(self, week: int, ids: Ids, effect: float | Floats, desk: Ints, sits_in: Ints | None) -> None:
        """Talks with these ids at these desks work from now on, as strongly as their channels (`effect`), those who
        hold them, and fatigue let them."""
        self.last[ids] = week
        self.notices.over(ids)
        strength: float | Floats = 1.0
        if not self._one_strength:
            strength = effect * self.world.staff.over_limit(self.team_row(ids))
            strength = strength * self.worth.strength(ids, desk, sits_in)
            if self.settings.halving_talks:
                strength = strength * 0.5 ** (self.held.take(ids) / self.settings.halving_talks)
            self.strength[ids] = strength
        self.doses.add(ids, strength)
        if self.settings.halving_talks:
            self.held[ids] += 1

    def _choose_channel(self, week: int, ids: Ids) -> int | Ids:
        """The channel of each talk; a plain number where the scenario has only one."""
        if len(self.channels) == 1:
            return 0
        return self.ways.choose(week, ids, self.plan.take(ids), self.of_talk_due(self.timetable.channel, ids))
