"""The weekly register of a batch, turned so that week 0 is the week of enrolment for everybody."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.incidence import last_known, waits
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE, LEDIG
from simulation.world.past import Past
from simulation.world.register import NO_SHOW, Channel, offer_of, status_of, talk_of
from simulation.world.spec import Bools, Floats, Ids, Ints, ratios
from simulation.world.waits import NOT_SERVED, SERVED, STILL_WAITING


@dataclass(frozen=True)
class Worlds:
    """Columns over the measured ledige of all worlds of a batch; `weeks` are those of the follow-up."""

    worlds: int
    weeks: int
    world: Ints  # number within the batch, shape (people,)

    def total(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Sum over weeks and people (those `among`, if given), shape (worlds,); exact for whole numbers."""
        per_person = column if column.ndim == 1 else column.sum(axis=0, dtype=np.int64)
        who, what = (self.world, per_person) if among is None else (self.world[among], per_person[among])
        return np.bincount(who, what, minlength=self.worlds).astype(np.float64, copy=False)

    def mean(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Mean over people (those `among`, if given), shape (worlds,); NaN of nobody."""
        return ratios(self.total(column, among), self.number(among))

    def number(self, among: Bools | None = None) -> Floats:
        """Number of people (those `among`, if given), shape (worlds,)."""
        who = self.world if among is None else self.world[among]
        return np.bincount(who, minlength=self.worlds).astype(np.float64)

    @property
    def spans(self) -> list[slice]:
        """Where the people of each world stand, which must be beside each other."""
        bounds = np.searchsorted(self.world, np.arange(self.worlds + 1)).tolist()
        return [slice(first, last) for first, last in pairwise(bounds)]

    def _columns_of(self, people: Ids) -> dict[str, Any]:
        names = [field.name for field in fields(self) if field.name not in ("worlds", "weeks")]
        columns = {name: getattr(self, name) for name in names}
        return {name: None if column is None else column[..., people] for name, column in columns.items()}


@dataclass(frozen=True)
class Histories(Worlds):
    """What the register says of the measured ledige of a batch, week by week.

    Arrays of shape (follow-up weeks, people); weeks after the end of the run are not `seen`, and in them everything
    else is empty. `arm` and `jobcentre` (their numbers in the scenario) have shape (people,).
    """

    arm: Ints
    jobcentre: Ints
    level: Ints  # of the characteristics that outcomes are shown by: (characteristics, people)
    seen: Bools
    status: Ints
    on_benefit: Bools
    employed: Bools  # one paid hour or more, in a job or beside benefit
    talk: Bools  # a held talk (a letter does not count)
    other_channel: Bools  # ... in a channel that is not the ordinary one
    personal_talk: Bools | None  # ... in person; None where every held talk is
    no_show: Bools
    praktik: Bools  # in an offer at a workplace
    of_success: Bools | None  # in an offer of `success_offers`; None where none is named
    hours: NDArray[np.uint8] | None
    exit_week: Ints  # of the first exit, by person; the number of follow-up weeks if none is seen
    cause: Ints  # its destination, by person; -1 if none is seen
    benefit: Ints | None  # number of the benefit that she is on, from 1 on; 0: on none; None: there is but one
    first_benefit: Ints | None  # ... that she came on, from 0 on, by person

    def of(self, people: Ids) -> Histories:
        """The histories of some of the people, ascending."""
        return Histories(worlds=self.worlds, weeks=self.weeks, **self._columns_of(people))

    def by_week(self, column: NDArray[Any]) -> Ints:
        """Sum over people, shape (weeks, worlds)."""
        numbers = column.view(np.uint8) if column.dtype == bool else column  # four times as fast as counting
        return np.stack([numbers[:, span].sum(axis=1, dtype=np.int32) for span in self.spans], axis=1).astype(np.int64)

    def lives(self) -> Lives:
        """The same, added up over the weeks."""
        return self._lives

    @cached_property
    def _lives(self) -> Lives:
        weeks_on_benefit = _weeks(self.on_benefit)
        return Lives(
            worlds=self.worlds,
            weeks=self.weeks,
            world=self.world,
            exit_week=self.exit_week,
            cause=self.cause,
            observed=_weeks(self.seen),
            full_weeks=weeks_on_benefit - self.on_benefit[0],
            stays=weeks_on_benefit == len(self.on_benefit),
            talks=_weeks(self.talk),
            talks_in_full_weeks=_weeks(self.talk[1:]),
            first_talk=self.talk.argmax(axis=0),
            last_talk=len(self.talk) - 1 - self.talk[::-1].argmax(axis=0),
            other_channel=_weeks(self.other_channel),
            personal_talks=None if self.personal_talk is None else _weeks(self.personal_talk),
            personal_talks_in_full_weeks=None if self.personal_talk is None else _weeks(self.personal_talk[1:]),
            no_shows=_weeks(self.no_show),
            praktik=_weeks(self.praktik),
            praktik_in_full_weeks=_weeks(self.praktik[1:]),
            employed=_weeks(self.employed),
            hours=0 * self.exit_week if self.hours is None else self.hours.sum(axis=0, dtype=np.int64),
        )


@dataclass(frozen=True)
class Lives(Worlds):
    """Histories added up by person, all of shape (people,): weeks or talks, but for the first two and `stays`.

    A full week is one after the week of enrolment; `stays` tells who is on benefit for the whole follow-up.
    """

    exit_week: Ints
    cause: Ints
    observed: Ints
    full_weeks: Ints
    stays: Bools
    talks: Ints
    talks_in_full_weeks: Ints
    first_talk: Ints
    last_talk: Ints
    other_channel: Ints
    personal_talks: Ints | None
    personal_talks_in_full_weeks: Ints | None
    no_shows: Ints
    praktik: Ints
    praktik_in_full_weeks: Ints
    employed: Ints
    hours: Ints

    def of(self, people: Ids) -> Lives:
        """Those of some of the people, ascending."""
        return Lives(worlds=self.worlds, weeks=self.weeks, **self._columns_of(people))

    def apart(self, part: Ints, parts: int) -> Lives:
        """The same people, each part of a world (`part` by person, from 0 on) counted as a world of its own: those of
        the first world come first."""
        return replace(self, worlds=self.worlds * parts, world=self.world.astype(np.intp) * parts + part)

    def until(self, week: Ints, comes: Bools) -> tuple[Floats, Floats, Floats]:
        """How long everybody waits on benefit for what comes in this `week` of each (to whom it `comes` at all): mean
        weeks and share to whom it has not come, shape (worlds,), and the latter after 0, 1, ... weeks, (weeks + 1,
        worlds).
        """
        comes, leaves = comes & (week < self.exit_week), self.cause >= 0
        lasts = np.where(comes, week, np.where(leaves, self.exit_week, self.observed))
        end = np.where(comes, SERVED, np.where(leaves, NOT_SERVED, STILL_WAITING))
        mean, none_yet = waits(self.world, lasts, end, self.worlds, self.weeks)
        return mean, last_known(none_yet), none_yet


def measured_rows(scenario: Scenario, world: Past) -> Ids:
    """Rows of those whose outcomes are measured, of all worlds."""
    begin, end = scenario.measured_weeks()
    entry = world.ledige.entry
    return np.flatnonzero((entry >= begin) & (entry <= end))


def histories(scenario: Scenario, world: Past) -> Histories:
    """Turn the register of a batch that has been run."""
    ledige, register = world.ledige, world.register
    rows = measured_rows(scenario, world)
    weeks = scenario.follow_up
    codes = turned(register.codes, ledige.entry[rows], rows, weeks)
    seen = np.arange(weeks)[:, None] < len(register.codes) - ledige.entry[rows].astype(np.int64)
    status, talk, offer = status_of(codes), talk_of(codes), offer_of(codes)
    on_benefit = status == LEDIG
    away = seen & ~on_benefit
    leaves = away.any(axis=0)
    exit_week = np.where(leaves, away.argmax(axis=0), weeks)
    at_exit = status[np.minimum(exit_week, weeks - 1), np.arange(len(rows))].astype(np.int64)
    held, other_channel = _talks(register.channels, talk)
    workplace = [scenario.interventions[name].workplace for name in world.offers]
    chosen = [name in scenario.success_offers for name in world.offers]
    hours = None if register.hours is None else turned(register.hours, ledige.entry[rows], rows, weeks)
    plane, first = register.benefits, ledige.first_benefit
    return Histories(
        worlds=world.jobcentres.worlds,
        weeks=weeks,
        world=ledige.world[rows],
        arm=ledige.arm[rows],
        jobcentre=ledige.jobcentre[rows] % len(world.jobcentres.names),
        level=np.array([ledige.subgroup[name][rows] for name in scenario.by_characteristic]).reshape(
            len(scenario.by_characteristic), len(rows)
        ),
        seen=seen,
        status=status,
        on_benefit=on_benefit,
        employed=np.zeros(status.shape, dtype=bool) if hours is None else hours > 0,
        talk=held,
        other_channel=other_channel,
        personal_talk=_in_person(register.channels, talk),
        no_show=talk == NO_SHOW,
        praktik=offer > 0 if all(workplace) else np.array([False, *workplace])[offer],
        of_success=np.array([False, *chosen])[offer] if any(chosen) else None,
        hours=hours,
        exit_week=exit_week,
        cause=np.where(leaves, at_exit - GONE, -1),
        benefit=None if plane is None else turned(plane, ledige.entry[rows], rows, weeks),
        first_benefit=None if first is None else first[rows],
    )


def turned(register: NDArray[np.unsignedinteger], entry: Ints, rows: Ids, weeks: int) -> NDArray[np.unsignedinteger]:
    """The register of these rows from each one's week of enrolment on, shape (weeks, rows); 0 after the end."""
    turned = np.empty((weeks, len(rows)), dtype=register.dtype)
    cells, each = register.ravel(), register.shape[1]  # of a week
    place = entry.astype(np.intp) * each + rows
    latest = int(entry.max(initial=0))
    for week in range(weeks):
        cells.take(place, out=turned[week], mode="clip")  # without a buffer, unlike with "raise"
        if latest + week >= len(register):  # the run ends before the follow-up does, for some
            turned[week, place >= len(cells)] = 0
        place += each
    return turned


def _talks(channels: list[Channel], talk: Ints) -> tuple[Bools, Bools]:
    """Where a talk was held (a letter does not count), and where that was not in the ordinary channel."""
    held, other = np.zeros(talk.shape, dtype=bool), np.zeros(talk.shape, dtype=bool)
    for code, channel in enumerate(channels, start=1):
        if channel.counts:
            in_channel = talk == code
            held |= in_channel
            if not channel.ordinary:
                other |= in_channel
    return held, other


def held_and_remote(channels: list[Channel], talk: Ints) -> tuple[Bools, Bools]:
    """Where a talk was held (a letter does not count), and where that was not in person."""
    held, _ = _talks(channels, talk)
    in_person = _in_person(channels, talk)
    return held, np.zeros_like(held) if in_person is None else held & ~in_person


def _in_person(channels: list[Channel], talk: Ints) -> Bools | None:
    """Where a talk was held in person; None where every held talk is."""
    counting = [(code, channel) for code, channel in enumerate(channels, start=1) if channel.counts]
    if all(channel.in_person for _, channel in counting):
        return None
    held = np.zeros(talk.shape, dtype=bool)
    for code, channel in counting:
        if channel.in_person:
            held |= talk == code
    return held


def _weeks(mask: Bools) -> Ints:
    """In how many weeks, by person; added up in bytes for as long as a byte holds them, which is six times as fast."""
    weeks, bytes_of = np.zeros(mask.shape[1], dtype=np.int32), mask.view(np.uint8)
    for first in range(0, len(mask), 255):
        weeks += bytes_of[first : first + 255].sum(axis=0, dtype=np.uint8)
    return weeks
