"""Afgang: who leaves benefit in a week, and where to.

Every destination pulls at a ledig with a weekly intensity, level × duration profile × season × what she brings
(frailty, subgroup, jobcentre) × what has been done for her (the factors of the interventions). Her luck is a
*reserve* per destination, an Exp(1) number drawn when the spell begins; each week uses up as much of it as the
intensity of that week, and the destination whose reserve is used up first has her. This is exact for intensities that
are constant within a week, and monotone: whoever is helped leaves earlier, never later, by the same luck.

Reserves are kept in units of what the ledig brings, so that a week costs the profile, the season and the factors alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.world.beskaeftigelse import JobSpell
from simulation.world.clocks import Lasts
from simulation.world.frailty import Frailty, frailty, of_jobcentres
from simulation.world.ledige import LEDIG, Ledige, Subgroup
from simulation.world.market import Market
from simulation.world.spec import Bools, Called, Factor, Floats, Ids, Ints, PerWeek, Spec, Weeks, unit, where
from simulation.world.staff.jobcentres import Jobcentres
from simulation.world.switch import BETWEEN_JOBCENTRES, Switch

SPARSE = 8
"""Where fewer than one row in so many is on benefit, a week's exits are reckoned of those alone: faster, and the same,
since every row is reckoned by itself."""
PROFILE_WEEKS = 4096
"""Weeks of duration that a profile is laid out for; it is constant afterwards."""


class Profile(Spec):
    """How the intensity changes with weeks on benefit: exp(log_slope × min(week, until_week))."""

    log_slope: Annotated[
        float, unit("per week", "Change of the log of the intensity with each week on benefit", ge=-1, le=1)
    ]
    until_week: Annotated[
        Weeks, Field(description="Week on benefit after which the intensity stays as it is"), Lasts(("log_slope",))
    ]


Level = Annotated[PerWeek, Field(description="Mean weekly intensity of a new ledig without any effect")]
Duration = Annotated[
    Profile | None, Field(description="How the intensity changes with weeks on benefit; absent: not at all")
]
Unseen = Annotated[
    Frailty | None, Field(description="Differences between ledige that nobody sees; absent: none"), Switch("frailty")
]
BetweenJobcentres = Annotated[
    float, unit("sd of the log", "Random differences between jobcentres, drawn per replication", ge=0, le=2),
    BETWEEN_JOBCENTRES,
]  # fmt: skip
InJobcentres = Annotated[dict[str, Factor], Field(description="Factors on the intensity in named jobcentres")]


class Pull(Protocol):
    """What draws a ledig somewhere, a destination or another benefit."""

    @property
    def level(self) -> float: ...
    @property
    def duration(self) -> Profile | None: ...
    @property
    def frailty(self) -> Frailty | None: ...
    @property
    def jobcentre_sd(self) -> float: ...
    @property
    def jobcentres(self) -> Mapping[str, float]: ...


class Exit(Spec):
    """One destination."""

    name: Called = None
    level: Level
    duration: Duration = None
    frailty: Unseen = None
    jobcentre_sd: BetweenJobcentres = 0.0
    jobcentres: InJobcentres = {}
    job_spells: Annotated[
        JobSpell | None, Field(description="The job there, which may end; absent: for good (`job`: as in job_spells)")
    ] = None
    lives_on: Annotated[
        str | None,
        Field(
            description="What those live on who have left to it: a benefit or pension, as prices have its name, or "
            "`selvforsoergelse`; absent: not known, and told so where money is told"
        ),
    ] = None


class Afgang:
    """The exit intensities and reserves of all rows.

    `brings`, `reserve` and `factor` have shape (causes, rows), and there is a cause for each destination (and in
    `AfgangByBenefit` for each benefit that she may pass to); `reserve` is in units of `brings`. The factors of a cause
    are this week's only where `_touched` says so; what else stands there is of an earlier week.
    """

    def __init__(
        self,
        exits: Mapping[str, Exit],
        ledige: Ledige,
        jobcentres: Jobcentres,
        subgroups: Mapping[str, Mapping[str, Subgroup]],
        market: Market | None = None,
        season: Floats | None = None,
    ) -> None:
        """`market` is where jobs are displaced; None: nowhere. `season` has a factor for each destination and week of
        the run, the same for everybody, shape (destinations, weeks); None: there is none."""
        self.destinations = self.causes = list(exits)
        self.ledige, self.jobcentres, self.subgroups = ledige, jobcentres, subgroups
        self.market = market
        self.season = season
        rows = len(ledige)
        self.brings = np.empty((len(exits), rows))
        self.reserve = np.full((len(exits), rows), np.inf)
        self.profile = np.array([course_of(exit_.duration) for exit_ in exits.values()])
        self.flat = [exit_.duration is None for exit_ in exits.values()]
        self.factor = np.ones((len(exits), rows))
        self._touched = [False] * len(exits)
        self.leaving: Bools | None = None  # who is sent somewhere next tirsdag; None: nobody ever was
        for k, (name, exit_) in enumerate(exits.items()):
            self.brings[k] = self._brings(name, exit_, self.profile[k], slice(None), ledige.entry - ledige.spell_start)

    def _brings(self, name: str, pull: Pull, profile: Floats, rows: slice | Ids, weeks_before: Ints) -> Floats:
        """What these rows bring to an intensity for good: its level, what nobody sees, and what is known of them.

        Frailty is of those who have not left in the weeks on benefit before they are enrolled (`weeks_before`, by
        row), which count by the mean of the year, without season."""
        ledige = self.ledige
        known = [
            _relative(levels, name)[ledige.subgroup[attribute][rows]] for attribute, levels in self.subgroups.items()
        ]
        if pull.jobcentre_sd or pull.jobcentres:
            at = of_jobcentres(name, pull.jobcentre_sd, pull.jobcentres, self.jobcentres)
            known.append(at[ledige.jobcentre[rows]])
        brings = np.full(len(weeks_before), pull.level)
        if pull.frailty:
            ids = np.arange(len(ledige))[rows]
            before = np.concatenate(([0.0], np.cumsum(profile)))
            hazard = brings * before.take(weeks_before, mode="clip")
            for factor in known:
                hazard *= factor
            brings *= frailty(pull.frailty, ledige.draws.uniform(f"frailty {name}", 0, ids), hazard)
        for factor in known:
            brings *= factor
        return brings

    def begin_spell(self, week: int, ids: Ids) -> None:
        """Draw the reserves of those whose benefit spell begins.

        Whoever comes back draws by the number of the spell: she has the same luck if she comes back a week earlier.
        """
        if self.leaving is not None:
            self.leaving[ids] = False
        number = self.ledige.spell.take(ids)
        first, again, draws = ids[number == 0], ids[number > 0], self.ledige.draws
        with np.errstate(divide="ignore"):  # of who never leaves to a destination the reserve is endless
            for k, name in enumerate(self.causes):
                brings, reserve = self.brings[k], self.reserve[k]
                reserve[first] = draws.exponential(f"exit {name}", week, first) / brings.take(first)
                if len(again):
                    luck = draws.exponential(f"exit {name} again", number[number > 0], again)
                    reserve[again] = luck / brings.take(again)

    def multiply(self, destination: str, ids: Ids, factor: float | Floats, by: str = "") -> None:
        """Multiply this week's intensity of these ids; the one way in which effects combine.

        `ids` must not repeat; a destination the scenario does not have raises ValueError. `by` is the intervention.
        """
        if self.market is not None and destination == "job":
            self.market.hold(ids, factor, by)
        k = self.causes.index(destination)
        column = self.factor[k]
        if self._touched[k]:
            column[ids] = column.take(ids) * factor
        else:
            column.fill(1.0)
            column[ids] = factor
            self._touched[k] = True

    def send(self, ids: Ids, destination: str) -> None:
        """These ids are hired, or sent elsewhere (to another benefit, too): their reserve is used up, so they leave on
        the next tirsdag."""
        self.reserve[self.causes.index(destination), ids] = 0.0
        if self.leaving is None:
            self.leaving = np.zeros(len(self.ledige), dtype=bool)
        self.leaving[ids] = True

    def exits_of_week(self, week: int) -> tuple[Ids, NDArray[np.intp]]:
        """Use up this week's share of the reserves of all who are on benefit.

        Returns who leaves, ascending, and the number of the cause of each. Call `multiply` before it; the factors
        are forgotten afterwards.
        """
        on_benefit = self.ledige.status == LEDIG
        # Passing over all rows is cheaper than picking some out: whoever is not on benefit has endless reserves.
        everybody = SPARSE * np.count_nonzero(on_benefit) > len(self.ledige)
        ids = None if everybody else where(on_benefit)
        uses = self._uses(week, on_benefit, ids)
        reserve = self.reserve if ids is None else self.reserve[:, ids]
        for k, use in enumerate(uses):
            reserve[k] -= use
        if ids is not None:
            self.reserve[:, ids] = reserve
        cause, place = np.divmod(where((reserve <= 0).ravel()), reserve.shape[1])
        order = _first_used_up(np.argsort(place, kind="stable"), place, cause, reserve, uses)
        leaver = place[order] if ids is None else ids[place[order]]
        self.reserve[:, leaver] = np.inf
        return leaver, cause[order]

    def _uses(self, week: int, on_benefit: Bools, ids: Ids | None) -> list[float | Floats]:
        """What this week costs of each reserve: profile × season × factors, of all rows (None) or of these ids;
        forgets the factors. Season is no treatment: what is displaced is reckoned with it on both sides."""
        rows = slice(None) if ids is None else ids
        duration = week - self.ledige.spell_start[rows]
        uses: list[float | Floats] = []
        untreated: float | Floats | None = None  # the intensity of a job without effects; None: there are none
        for k, name in enumerate(self.causes):
            use: float | Floats = 1.0 if self.flat[k] else self.by_duration(k, rows, duration)
            if self.season is not None and (factor := float(self.season[k, week])) != 1.0:
                use = use * factor
            if self._touched[k]:
                self._touched[k] = False
                untreated = use if name == "job" else untreated
                use = use * self.factor[k][rows]
            uses.append(use)
        if self.market is not None and untreated is not None:
            self._displace(self.market, on_benefit, uses, untreated, rows)
        return uses

    def by_duration(self, k: int, rows: slice | Ids, duration: Ints) -> Floats:
        """The profile of a cause after these weeks on benefit, of these rows."""
        course: Floats = self.profile[k].take(duration, mode="clip")
        return course

    def _displace(
        self, market: Market, on_benefit: Bools, uses: list[float | Floats], untreated: float | Floats,
        rows: slice | Ids,
    ) -> None:  # fmt: skip
        """Take from the job intensity of everybody what is displaced this week; `uses` are of these rows, whose
        intensities count where they are on benefit."""
        job = self.destinations.index("job")
        brings = self.brings[job][rows]
        if isinstance(rows, slice):
            brings = brings * on_benefit
        others = np.zeros(len(brings))
        for k, use in enumerate(uses):
            if k != job:
                others += use * self.brings[k][rows]
        uses[job] = uses[job] * market.clear(rows, untreated * brings, uses[job] * brings, others)


def _first_used_up(order: Ids, place: Ids, cause: Ids, reserve: Floats, uses: Sequence[float | Floats]) -> Ids:
    """The order with each place once. Where two reserves of a place are used up in this week, it is that of the one
    which is used up first in it.

    Each entry is a reserve that is used up: whose (`place`), and which (`cause`). `order` sorts entries by place.
    """
    same_as_next = place[order[1:]] == place[order[:-1]]
    if not same_as_next.any():
        return order
    begins = np.concatenate(([True], ~same_as_next))  # where the entries of a place begin
    has_more = np.concatenate((same_as_next, [False]))
    tied = order[has_more | ~begins]
    whose, which = place[tied], cause[tied]
    used = np.array([use if isinstance(use := uses[k], float) else use[p] for p, k in zip(whose, which, strict=True)])
    # The part of the week until it was used up: what there was / what the week costs = 1 + what is left / that cost.
    until = 1 + np.divide(reserve[which, whose], used, out=-np.ones(len(used)), where=used > 0)
    tied = tied[np.lexsort((which, until, whose))]
    once = order[begins]
    once[has_more[begins]] = tied[np.diff(place[tied], prepend=-1) > 0]
    return once


def course_of(profile: Profile | None) -> Floats:
    """The factor in each week on benefit, shape (PROFILE_WEEKS,)."""
    weeks = np.arange(PROFILE_WEEKS)
    if profile is None:
        return np.ones(PROFILE_WEEKS)
    return np.asarray(np.exp(profile.log_slope * np.minimum(weeks, profile.until_week)))


def _relative(levels: Mapping[str, Subgroup], destination: str) -> Floats:
    """Factor of each level, scaled to a population mean of 1."""
    factors = np.array([level.exit_factors.get(destination, 1.0) for level in levels.values()])
    relative: Floats = factors / np.dot(factors, [level.share for level in levels.values()])
    return relative
