"""The weekly register of one replication, turned so that week 0 is the week of enrolment for everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.world.ledige import GONE, IN_JOB, LEDIG
from simulation.world.register import NO_SHOW, offer_of, status_of, talk_of
from simulation.world.spec import Bools, Ids, Ints
from simulation.world.world import World


@dataclass(frozen=True)
class Histories:
    """What the register says of the measured ledige of one replication.

    Arrays over people have shape (people,), the others (follow-up weeks, people). Weeks after the end of the run are
    not `seen`; in them everything else is empty.
    """

    arm: Ints
    jobcentre: Ints  # number of the jobcentre in the scenario
    seen: Bools
    on_benefit: Bools
    employed: Bools
    channel: NDArray[np.uint16]  # channel of the held talk, 0 for none
    no_show: Bools
    offer: NDArray[np.uint16]
    hours: NDArray[np.uint8] | None
    exit_week: Ints  # of the first exit; the number of follow-up weeks if none is seen
    cause: Ints  # its destination; -1 if none is seen

    @property
    def observed(self) -> Ints:
        """Weeks in which each could be seen."""
        return np.asarray(np.count_nonzero(self.seen, axis=0))

    def of(self, people: Bools | Ids) -> Histories:
        """The histories of some of the people."""
        return Histories(
            arm=self.arm[people],
            jobcentre=self.jobcentre[people],
            seen=self.seen[:, people],
            on_benefit=self.on_benefit[:, people],
            employed=self.employed[:, people],
            channel=self.channel[:, people],
            no_show=self.no_show[:, people],
            offer=self.offer[:, people],
            hours=None if self.hours is None else self.hours[:, people],
            exit_week=self.exit_week[people],
            cause=self.cause[people],
        )


def histories(world: World, replication: int, follow_up: int, enrolled: tuple[int, int]) -> Histories:
    """Turn the register of one replication (its number within the batch) for those enrolled from week to week."""
    ledige, register = world.ledige, world.register
    first, last = np.searchsorted(ledige.world, [replication, replication + 1])
    entry = ledige.entry[first:last]
    rows = first + np.flatnonzero((entry >= enrolled[0]) & (entry <= enrolled[1]))
    weeks = ledige.entry.take(rows)[None, :] + np.arange(follow_up)[:, None]
    seen = weeks < len(register.codes)
    at = np.minimum(weeks, len(register.codes) - 1), rows[None, :]
    codes = np.where(seen, register.codes[at], np.uint16(0))
    status, talk = status_of(codes), talk_of(codes)
    on_benefit = status == LEDIG
    away = seen & ~on_benefit
    leaves = away.any(axis=0)
    exit_week = np.where(leaves, away.argmax(axis=0), follow_up)
    at_exit = status[np.minimum(exit_week, follow_up - 1), np.arange(len(rows))].astype(np.int64)
    job = world.afgang.destinations.index("job") if "job" in world.afgang.destinations else -1
    cause = np.where(at_exit == IN_JOB, job, at_exit - GONE)
    return Histories(
        arm=ledige.arm.take(rows),
        jobcentre=ledige.jobcentre.take(rows) % len(world.jobcentres.names),
        seen=seen,
        on_benefit=on_benefit,
        employed=status == IN_JOB,
        channel=np.where(talk == NO_SHOW, np.uint16(0), talk),
        no_show=talk == NO_SHOW,
        offer=offer_of(codes),
        hours=None if register.hours is None else np.where(seen, register.hours[at], np.uint8(0)),
        exit_week=exit_week,
        cause=np.where(leaves, cause, -1),
    )
