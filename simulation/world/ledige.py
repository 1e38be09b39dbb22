"""The ledige: one row each, one column per fact about them; a row never moves.

The rows of all worlds (replications) of a batch lie in one table, ordered by world, jobcentre and a random lot.
So whoever comes first among equals is decided by lot, drawn once, and never by id or by order of arrival.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationInfo, field_validator, model_validator

from simulation.world.draws import Draws, Keys, personal_keys, uniform
from simulation.world.elapsed import Earlier, ElapsedBy
from simulation.world.lots import Allotted, Coming, Lots, Places, arm_of, rank
from simulation.world.spec import (
    NEVER,
    NOT_PLANNED,
    Called,
    Factor,
    Floats,
    Ids,
    Ints,
    Persons,
    PerWeek,
    Share,
    Spec,
    WeekDistribution,
    Weeks,
    firsts,
    unit,
    where,
)

PLANNED, LEDIG, OUT, GONE = 0, 1, 2, 3
"""Status of a row. GONE + k: left to destination k, for good or in a job there that may end. OUT: such a job has ended
without a return to benefit."""


class Intake(Spec):
    """Who comes: how many ledige each jobcentre enrols, and when."""

    persons: Annotated[Persons, Field(description="Ledige enrolled by each jobcentre that names no number itself")]
    from_week: Annotated[Weeks, Field(description="First week of enrolment, counted from the start")] = 0
    weeks: Annotated[int, unit("weeks", "Weeks over which they are enrolled", ge=1, le=2000)]
    arrivals: Annotated[
        Literal["even", "random"],
        Field(
            description="When the enrolled come; even: the same number every week; random: every ledig in a week of "
            "her own luck",
        ),
    ] = "even"
    by_block: Annotated[
        WeekDistribution | None,
        unit("weeks", "Share of the enrolled by the week of the intake in which a block begins; absent: one block"),
    ] = None
    elapsed_weeks: Annotated[Weeks, Field(description="Weeks already on benefit at enrolment")] = 0
    leaves_before: Annotated[
        PerWeek, Field(description="Intensity of leaving benefit before enrolment: who does is never enrolled")
    ] = 0.0
    earlier: Annotated[
        Earlier | None, Field(description="Who is enrolled after fewer weeks on benefit; absent: nobody")
    ] = None

    elapsed_by: Annotated[
        ElapsedBy | None,
        Field(description="The same by level of a characteristic, at the same dates; absent: elapsed_weeks for all"),
    ] = None

    @model_validator(mode="after")
    def _earlier_is_earlier(self) -> Intake:
        if self.earlier and self.elapsed_by:
            raise ValueError("earlier goes by arm and elapsed_by by level: name one of them")
        for arm, weeks in self.earlier.elapsed_weeks.items() if self.earlier else ():
            if weeks > self.elapsed_weeks:
                raise ValueError(f"earlier: {arm} is enrolled after {weeks} weeks, which is later than elapsed_weeks")
        if self.first_week() < 0:
            raise ValueError(
                f"earlier: somebody would be enrolled in week {self.first_week()}; let from_week be "
                f"{self.from_week - self.first_week()} or more"
            )
        return self

    def first_week(self) -> int:
        """First week of the run in which anybody may be enrolled."""
        weeks = self.earlier.elapsed_weeks.values() if self.earlier else ()
        return self.from_week - max((self.elapsed_weeks - early for early in weeks), default=0)

    def elapsed(self, arms: Sequence[str], jobcentres: Sequence[str]) -> NDArray[np.int16]:
        """Weeks on benefit at enrolment, shape (jobcentres, arms)."""
        weeks = np.full((len(jobcentres), len(arms)), self.elapsed_weeks, dtype=np.int16)
        if self.earlier:
            places = [j for j, name in enumerate(jobcentres) if name in (self.earlier.jobcentres or jobcentres)]
            for arm, early in self.earlier.elapsed_weeks.items():
                weeks[places, arms.index(arm)] = early
        return weeks

    def elapsed_shares(self, subgroups: Mapping[str, Mapping[str, Subgroup]]) -> dict[int, float]:
        """Share of the enrolled by weeks on benefit when they come, leaving `earlier` out."""
        levels = subgroups.get(self.elapsed_by.of, {}) if self.elapsed_by else {}
        if self.elapsed_by is None or not levels:
            return {self.elapsed_weeks: 1.0}
        return self.elapsed_by.shares({name: level.share for name, level in levels.items()}, self.elapsed_weeks)

    @field_validator("by_block")
    @classmethod
    def _blocks_lie_within(cls, shares: dict[int, float] | None, so_far: ValidationInfo) -> dict[int, float] | None:
        if shares is None:
            return shares
        weeks = so_far.data.get("weeks")
        if min(shares) != 0:
            raise ValueError("the first block must begin in week 0 of the intake")
        if weeks is not None and max(shares) >= weeks:
            raise ValueError(
                f"a block begins in week {max(shares)}, but the intake has {weeks} weeks (0 to {weeks - 1})"
            )
        return shares

    def weeks_until(self, arrival: Floats, by_block: Mapping[int, float] | None = None) -> NDArray[np.int16]:
        """Weeks from the start of the intake until each arrives, whose turn (0 to 1) among all is `arrival`; by these
        blocks, or by those of the intake."""
        blocks = self.by_block if by_block is None else by_block
        blocks = {0: 1.0} if blocks is None else blocks
        turns = np.round(np.cumsum([0.0, *blocks.values()]), 12)
        begins = np.interp(arrival, turns, [*blocks, self.weeks])
        return np.minimum(np.round(begins, 9), self.weeks - 1).astype(np.int16)  # 2.9999999999 is week 3


WeeksUntil = Callable[[Keys, Floats], NDArray[np.int16]]
"""Weeks from the start of the intake until people of these keys arrive, whose turns (0 to 1) among all are given."""


class Subgroup(Spec):
    """One level of a characteristic that ledige have when they come."""

    name: Called = None
    share: Annotated[
        Share, Field(description="Share of the ledige who have this level; the shares of all levels add up to 1")
    ]
    exit_factors: Annotated[
        dict[str, Factor],
        Field(description="Exit intensities against the other levels; the population mean stays where it is"),
    ] = {}


@dataclass
class Ledige:
    """Columns over all rows of a batch; every array has shape (rows,)."""

    keys: Keys
    world: NDArray[np.int32]  # which replication of the batch
    jobcentre: NDArray[np.int32]  # row of the jobcentre table of the batch
    number: NDArray[np.int32]  # the ledig's number within her world: her name towards the user
    arm: NDArray[np.int8]
    subgroup: dict[str, NDArray[np.int8]]  # level of each characteristic
    entry: NDArray[np.int16]  # week of first enrolment
    spell_start: NDArray[np.int16]  # week in which the present benefit spell began
    draws: Draws = field(init=False)
    status: NDArray[np.uint8] = field(init=False)
    enrolled: NDArray[np.int16] = field(init=False)  # week of the latest enrolment: course weeks count from it
    spell: NDArray[np.int16] = field(init=False)  # number of the latest benefit spell and its job, from 0
    # which benefit she is on, or was on last, and which she came on; None: there is but one (benefits.py)
    benefit: NDArray[np.uint8] | None = field(init=False, default=None)
    first_benefit: NDArray[np.uint8] | None = field(init=False, default=None)
    allotted: Allotted | None = field(init=False, default=None)  # by the lots of a trial; None: there is none
    score: dict[str, Floats] = field(init=False, default_factory=dict)  # by characteristic (profile.py)

    def __post_init__(self) -> None:
        self.draws = Draws(self.keys)
        self.status = np.full(len(self), PLANNED, dtype=np.uint8)
        self.enrolled = np.full(len(self), NEVER, dtype=np.int16)
        self.spell = np.zeros(len(self), dtype=np.int16)

    def __len__(self) -> int:
        return len(self.keys)

    def on_benefit(self) -> Ids:
        """Rows of those on benefit now, ascending."""
        return where(self.status == LEDIG)

    def arriving(self, week: int) -> Ids:
        """Rows of those who are enrolled for the first time this week, ascending."""
        first, last = self._entry_in_order.searchsorted(np.array([week, week + 1], dtype=np.int16))
        return self._by_entry[first:last]

    @cached_property
    def _by_entry(self) -> Ids:
        return np.argsort(self.entry, kind="stable")

    @cached_property
    def _entry_in_order(self) -> NDArray[np.int16]:
        return self.entry[self._by_entry]


def enrol(
    seed: int,
    replications: Sequence[int],
    persons: Mapping[str, int],
    intake: Intake,
    arms: Mapping[str, float],
    subgroups: Mapping[str, Mapping[str, Subgroup]],
    blocked: bool = False,
    lineage: Mapping[str, Sequence[str]] | None = None,
    weeks_until: WeeksUntil | None = None,
    lots: Lots | None = None,
) -> Ledige:
    """Lay out the ledige of the given replications.

    `persons` gives the number of ledige by jobcentre (by the key that their luck hangs on). Arm, lot and
    (random) arrival of a ledig depend on nothing but the seed, the jobcentre, the replication and her number in the
    jobcentre; even arrivals, and arms that are `blocked` (each jobcentre has the exact share of every arm), depend on
    how many there are, too. `lineage` has for an arm that is part of another one the names from that one down to it.
    `weeks_until` says when each comes where that is not by the turn alone. With `lots` arms are those of a trial.
    """
    counts = np.array(list(persons.values()), dtype=np.int64)
    worlds, places = len(replications), len(counts)
    keys = np.concatenate(
        [personal_keys(seed, name, replication, n) for replication in replications for name, n in persons.items()]
        or [np.empty(0, dtype=np.uint64)]
    )
    block = np.repeat(np.arange(worlds * places), np.tile(counts, worlds))
    number = np.tile(np.arange(counts.sum()), worlds)
    place = block % places
    in_place = number - firsts(counts)[place]

    lot = (uniform(keys, "lot", 0) * 2.0**40).astype(np.int64)
    order = np.argsort((block << 40) | lot, kind="stable")
    keys, block, number, in_place = keys[order], block[order], number[order], in_place[order]
    place = block % places
    if intake.arrivals == "random":
        arrival = uniform(keys, "arrival", 0)
    else:
        arrival = (in_place + 0.5) / counts[place]
    subgroup = {
        name: _level(uniform(keys, f"subgroup {name}", 0), [level.share for level in levels.values()])
        for name, levels in subgroups.items()
    }
    until = intake.weeks_until(arrival) if weeks_until is None else weeks_until(keys, arrival)
    allotted = None
    if lots is None:
        turn = uniform(keys, "arm", 0)
        if blocked:
            turn = (rank(block, turn) + 0.5) / counts[place]
        arm = arm_of(turn, arms, lineage or {})
    else:
        coming = Coming(keys, block, intake.from_week + until, subgroup)
        allotted = lots.allotted(seed, coming, Places(list(persons), replications))
        arm = lots.arm(allotted)
    elapsed = intake.elapsed(list(arms), list(persons))[place, arm]
    spell_start = intake.from_week + until - intake.elapsed_weeks
    entry = spell_start + elapsed
    if intake.elapsed_by:
        elapsed = elapsed_by_level(intake, subgroups, keys, subgroup)
        spell_start = entry - elapsed
    if intake.leaves_before:
        stays = -np.log(uniform(keys, "before enrolment", 0)) / intake.leaves_before
        entry = np.where(stays < elapsed, NOT_PLANNED, entry)
    ledige = Ledige(
        keys=keys,
        world=(block // places).astype(np.int32),
        jobcentre=block.astype(np.int32),
        number=number.astype(np.int32),
        arm=arm,
        subgroup=subgroup,
        entry=entry.astype(np.int16),
        spell_start=spell_start.astype(np.int16),
    )
    ledige.allotted = allotted
    return ledige


def elapsed_at_entry(
    intake: Intake, arms: Sequence[str], jobcentres: Sequence[str], subgroups: Mapping[str, Mapping[str, Subgroup]],
    ledige: Ledige,
) -> NDArray[np.int16]:  # fmt: skip
    """Weeks that each had been on benefit when she was first enrolled, shape (rows,)."""
    if intake.elapsed_by:
        return elapsed_by_level(intake, subgroups, ledige.keys, ledige.subgroup)
    return intake.elapsed(arms, jobcentres)[ledige.jobcentre % len(jobcentres), ledige.arm]


def elapsed_by_level(
    intake: Intake, subgroups: Mapping[str, Mapping[str, Subgroup]], keys: Keys, level: Mapping[str, Ints]
) -> NDArray[np.int16]:
    """The same where they go by a characteristic, of people of these keys and levels."""
    assert intake.elapsed_by is not None
    by = intake.elapsed_by
    chance = uniform(keys, "elapsed", 0)
    return by.of_each(level[by.of], list(subgroups[by.of]), chance, intake.elapsed_weeks)


def _level(chance: Floats, weights: Sequence[float]) -> NDArray[np.int8]:
    """Which of the weighted levels each chance falls into."""
    upper = np.cumsum(weights) / np.sum(weights)
    return np.minimum(np.searchsorted(upper, chance, side="right"), len(weights) - 1).astype(np.int8)
