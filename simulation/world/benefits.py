"""Benefits: one flow between several, where people otherwise leave the world although in truth they pass to another
benefit (sygedagpenge, jobafklaring, ledighedsydelse, ...).

A ledig is on one benefit at a time. From each she may leave to the destinations of the scenario by intensities of that
benefit, pass to another benefit by an intensity, or come to the end of her right, after which something else follows.
Who passes is a new case at the new benefit: on tirsdag she hands back all that she has, and on the next mandag she is
enrolled there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from simulation.world.afgang import BetweenJobcentres, Duration, InJobcentres, Level, Pull, Unseen
from simulation.world.beskaeftigelse import JobSpell
from simulation.world.clocks import BENEFIT_WEEK
from simulation.world.draws import Keys, uniform
from simulation.world.ledige import GONE, LEDIG, Intake, Ledige, WeeksUntil
from simulation.world.spec import Bools, Called, Floats, Ids, Share, Spec, WeekDistribution, unit

MAX_BENEFITS = 8


def one_in_all(shares: dict[str, float]) -> dict[str, float]:
    """Raises ValueError unless the shares add up to 1."""
    if not shares or abs(sum(shares.values()) - 1) > 1e-9:
        raise ValueError(f"the shares must add up to 1 (they add up to {sum(shares.values()):g})")
    return shares


def _some_weeks(weeks: dict[int, float]) -> dict[int, float]:
    if 0 in weeks:
        raise ValueError("a right lasts at least 1 week")
    return weeks


def _from_the_first_week(shares: dict[int, float] | None) -> dict[int, float] | None:
    if shares is not None and min(shares) != 0:
        raise ValueError("the first block must begin in week 0 of the intake")
    return shares


class Intensity(Spec):
    """How soon ledige on a benefit leave it for somewhere."""

    level: Level
    duration: Duration = None
    frailty: Unseen = None
    jobcentre_sd: BetweenJobcentres = 0.0
    jobcentres: InJobcentres = {}


class RightEnds(Spec):
    """The end of the right to a benefit."""

    week: Annotated[
        WeekDistribution,
        AfterValidator(_some_weeks),
        unit("weeks", "Weeks on this benefit after which the right ends"),
        BENEFIT_WEEK,
    ]
    to: Annotated[
        dict[str, Share],
        AfterValidator(one_in_all),
        Field(description="What follows: shares by benefit or destination, which add up to 1"),
    ]


class Benefit(Spec):
    """A benefit that ledige may be on."""

    name: Called = None
    share: Annotated[
        Share | None,
        Field(description="Share of the ledige who come on this benefit; absent: of the first the rest, of others 0"),
    ] = None
    exits: Annotated[
        dict[str, Intensity | None],
        Field(
            description="Intensities of leaving this benefit by destination; a destination left out is as in the "
            "scenario's exits, and to one that is null nobody leaves from here"
        ),
    ] = {}
    passes: Annotated[
        dict[str, Intensity], Field(description="Intensities of passing to another benefit, by its name")
    ] = {}
    ends: Annotated[
        RightEnds | None, Field(description="The end of the right; absent: it goes on without end")
    ] = None
    by_block: Annotated[
        WeekDistribution | None,
        AfterValidator(_from_the_first_week),
        unit(
            "weeks",
            "Share of those who come on this benefit by the week of the intake in which a block begins; absent: as "
            "the intake has it",
        ),
    ] = None


def shares_of(benefits: Mapping[str, Benefit]) -> dict[str, float]:
    """The share of those who come who come on each benefit."""
    first, *others = benefits.items()
    shares = {name: benefit.share or 0.0 for name, benefit in others}
    rest = max(1 - sum(shares.values()), 0.0) if first[1].share is None else first[1].share
    return {first[0]: rest, **shares}


def came_on(benefits: Mapping[str, Benefit], keys: Keys) -> NDArray[np.uint8]:
    """The number of the benefit that each comes on, shape of `keys`."""
    upper = np.cumsum(list(shares_of(benefits).values()))
    found = np.searchsorted(upper / upper[-1], uniform(keys, "benefit", 0), side="right")
    return np.minimum(found, len(upper) - 1).astype(np.uint8)


def weeks_until(benefits: Mapping[str, Benefit], intake: Intake) -> WeeksUntil | None:
    """When those come who come on each benefit; None: on all in the rhythm of the intake."""
    if all(each.by_block is None for each in benefits.values()):
        return None

    def until(keys: Keys, arrival: Floats) -> NDArray[np.int16]:
        found, on = intake.weeks_until(arrival), came_on(benefits, keys)
        for number, each in enumerate(benefits.values()):
            if each.by_block is not None:
                of_it = on == number
                found[of_it] = intake.weeks_until(arrival[of_it], each.by_block)
        return found

    return until


def pulls_of(benefit: Benefit, exits: Mapping[str, Pull], benefits: Sequence[str]) -> dict[str, Pull | None]:
    """What draws a ledig on this benefit: by destination and benefit, in the order of causes; None: nothing."""
    of_exits = {name: benefit.exits.get(name, exit_) for name, exit_ in exits.items()}
    return {**of_exits, **{name: benefit.passes.get(name) for name in benefits}}


class Left(NamedTuple):
    """Who leaves on a tirsdag: for a destination (`ids` with the number of each one's `destination`), and who passes
    to another benefit and stays on benefit; all ascending."""

    ids: Ids
    destination: Ids
    passing: Ids


class Benefits:
    """Who is on which benefit: the columns `benefit` and `first_benefit` of the ledige."""

    def __init__(
        self,
        benefits: Mapping[str, Benefit],
        destinations: Sequence[str],
        employment: Mapping[str, JobSpell],
        ledige: Ledige,
    ) -> None:
        self.names, self.ledige, self.destinations = list(benefits), ledige, len(destinations)
        ledige.benefit = came_on(benefits, ledige.keys)
        ledige.first_benefit = ledige.benefit.copy()
        self._returns_to = {
            k: self.names.index(spell.returns_to)
            for k, name in enumerate(destinations)
            if (spell := employment.get(name)) is not None and spell.returns_to is not None
        }
        self._passed: Ids = np.empty(0, dtype=np.intp)  # on the last tirsdag

    @property
    def now(self) -> NDArray[np.uint8]:
        """The benefit that each ledig is on, or was on last: its number, shape (rows,)."""
        assert self.ledige.benefit is not None
        return self.ledige.benefit

    def returned(self, ids: Ids) -> None:
        """mandag: these ids, whose jobs have ended (their status says which), come back on benefit."""
        if self._returns_to:
            left_to = self.ledige.status.take(ids) - np.int64(GONE)
            for destination, benefit in self._returns_to.items():
                self.now[ids[left_to == destination]] = benefit

    def enrolled(self) -> Ids:
        """mandag: who passed last tirsdag, and is enrolled at her new benefit, ascending."""
        passed, self._passed = self._passed, np.empty(0, dtype=np.intp)
        self.ledige.spell[passed] += 1
        return passed

    def leave(self, week: int, ids: Ids, cause: Ids) -> Left:
        """tirsdag: what becomes of those who leave their benefit, by cause; who passes is on the new one from now
        on, and the weeks on benefit count from this one again."""
        stays = cause >= self.destinations
        passing = ids[stays]
        self.now[passing] = cause[stays] - self.destinations
        self.ledige.spell_start[passing] = week
        self.ledige.enrolled[passing] = week + 1  # until then nothing is done for her
        self._passed = passing
        return Left(ids[~stays], cause[~stays], passing)

    def among(self, names: Sequence[str]) -> Bools:
        """Which benefits these are, by number: shape (benefits,)."""
        return np.isin(self.names, names)


def codes_of(ledige: Ledige) -> NDArray[np.uint8]:
    """What the register says of benefits: 0 of who is not on benefit, else the number of hers and 1."""
    assert ledige.benefit is not None
    return np.where(ledige.status == LEDIG, ledige.benefit + np.uint8(1), np.uint8(0))
