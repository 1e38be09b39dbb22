"""Profile: a score of stated precision that sorts the ledige by how likely they are to leave benefit soon.

What the evidence says. STAR's statistical risk of long-term unemployment is no longer offered; very few places used it
systematically, and caseworkers found it at odds with their experience (LVL-97, 2022). No hit rate and no AUC of it has
been read, so the precision of a score is the scenario's, assumed with a range. Precision is the AUC: of a pair, one who
left in time and one who did not, the share in which the leaver had the higher score. 0.5 is a lot.

A score sees what people *are* (level of the exits, frailty, subgroups, jobcentre, benefit, weeks on benefit before),
not their luck. Of each ledig the chance of leaving in time is reckoned by her own intensities without anything done
for her, without season and without the end of a right; the logit of it, times a slope, and a standard normal lot of
her own are her score. The slope is solved for the AUC that is asked for, the cuts between groups for their shares, both
over a whole population and not over those of a run: who else is enrolled moves nobody's group. Without slope the score
is that lot alone, so a score of AUC 0.5 is the characteristic as if there were no score; with a slope without end it is
the true chance, and no score is better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.world.afgang import Afgang
from simulation.world.clocks import At
from simulation.world.draws import Keys, uniform
from simulation.world.spec import Floats, Spec, unit

RANDOM = 0.5
"""The AUC of a lot."""
NEAR = 5e-4
"""So much more than the best that there can be is taken for the best."""
ENDLESS = 1e6
"""Slope of a score that is as good as can be: the lot decides between those alone who have the same chance."""
BINS = 2048
"""Into so many the logits of a population are put to compare all pairs."""
FAR = 9.0
"""So many standard deviations away nobody is."""
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
LEAST = 1e-12
"""Chances nearer to 0 and 1 are taken for this."""


class Predicts(Spec):
    """What a score foretells."""

    exits: Annotated[list[str], Field(min_length=1, description="Destinations: who leaves to one of them in time")]
    within_weeks: Annotated[
        int,
        unit("weeks", "Weeks from enrolment within which she has left, straight from the benefit she came on", ge=1,
             le=520),
        At("course", gone_by=True),
    ]  # fmt: skip


class Score(Spec):
    """A score by which the levels of a characteristic are given, the likeliest to leave in the first of them."""

    predicts: Annotated[Predicts, Field(description="What the score foretells: who leaves in time, and where to")]
    auc: Annotated[
        float | None,
        unit(
            "AUC",
            "Share of pairs of a leaver and a stayer in which the leaver has the higher score: 0.5 is a lot; absent: "
            "the true chance, as good as the differences between people allow",
            ge=RANDOM,
            le=1,
        ),
    ] = None


@dataclass(frozen=True)
class Scale:
    """How the chances of leaving become scores, and scores levels. `best` is the AUC of the true chance (NaN where
    everybody leaves in time, or nobody), `auc` that of this score."""

    slope: float
    mean: float
    cuts: tuple[float, ...]  # descending: who is above the first has the first level
    auc: float
    best: float

    def scores(self, chance: Floats, keys: Keys, name: str) -> Floats:
        """The score of each ledig by her chance of leaving; same shape."""
        return self.slope * (logit(chance) - self.mean) + lots(keys, name)

    def levels(self, scores: Floats) -> NDArray[np.int8]:
        """The level of each score."""
        level: NDArray[np.int8] = (scores <= np.array(self.cuts)[:, None]).sum(axis=0).astype(np.int8)
        return level


def lots(keys: Keys, name: str) -> Floats:
    """Standard normal numbers from the lot that would otherwise give the levels of a characteristic."""
    from scipy.special import ndtri

    return np.asarray(-ndtri(uniform(keys, f"subgroup {name}", 0)))


def logit(chance: Floats) -> Floats:
    """Log of the odds."""
    within = np.clip(chance, LEAST, 1 - LEAST)
    return np.asarray(np.log(within) - np.log1p(-within))


def chance_of_leaving(afgang: Afgang, predicts: Predicts) -> Floats:
    """The chance of every row to leave in time to one of the destinations, by what she brings and her weeks on benefit
    alone: no effects, nothing displaced, no season, no end of a right. Shape (rows,)."""
    wanted = [cause in predicts.exits for cause in afgang.causes]
    before = afgang.ledige.entry.astype(np.int64) - afgang.ledige.spell_start
    still, chance = np.ones(len(before)), np.zeros(len(before))
    for week in range(predicts.within_weeks):
        there, whole = np.zeros(len(before)), np.zeros(len(before))
        for k, brings in enumerate(afgang.brings):
            intensity = brings if afgang.flat[k] else brings * afgang.by_duration(k, slice(None), before + week)
            whole += intensity
            if wanted[k]:
                there += intensity
        leaves = -still * np.expm1(-whole)
        chance += leaves * np.divide(there, whole, out=np.zeros(len(before)), where=whole > 0)
        still -= leaves
    return chance


def scale_of(chance: Floats, shares: Sequence[float], auc: float | None) -> Scale:
    """The scale on which the scores of a population with these chances have an AUC (None: the best), and its levels
    these shares of it. An AUC above the best is the best."""
    from scipy.special import ndtr

    logits = logit(chance)
    mean = float(logits.mean())
    apart, weight = _pairs(logits, chance)

    def reached(slope: float) -> float:
        return float(weight @ ndtr(slope * apart / np.sqrt(2)))

    best = reached(ENDLESS) if chance.min() < 1 and chance.max() > 0 else np.nan
    slope = ENDLESS
    if auc is not None and auc < best:
        slope = np.exp(_root(lambda log: reached(np.exp(log)) - auc, np.log(1e-6), np.log(ENDLESS)))
    if auc == RANDOM or not np.ptp(logits):
        slope = 0.0
    upper = np.cumsum(shares)[:-1] / np.sum(shares)
    cuts = tuple(_cut(np.sort(slope * (logits - mean)), share) for share in upper)
    return Scale(float(slope), mean, cuts, reached(slope), best)


def _cut(middles: Floats, share: float) -> float:
    """The score above which this share of a population is, whose scores are normal around these middles (ascending)."""
    from scipy.special import ndtr

    def below(cut: float) -> float:
        first, last = np.searchsorted(middles, [cut - FAR, cut + FAR])
        return float(share - (ndtr(middles[first:last] - cut).sum() + len(middles) - last) / len(middles))

    near = float(np.quantile(middles, 1 - share))
    return _root(below, near - FAR - 1, near + FAR + 1)


def _pairs(logits: Floats, chance: Floats) -> tuple[Floats, Floats]:
    """How far leavers are above stayers on the logit, over all pairs of a population: distances, and weights that add
    up to 1. Both are spread over bins of the same width, each between the two that it lies between."""
    low, width = float(logits.min()), max(float(np.ptp(logits)), 1e-9) / (BINS - 1)
    place = (logits - low) / width
    bin_below = np.minimum(place.astype(np.intp), BINS - 2)
    part = place - bin_below

    def spread(weight: Floats) -> Floats:
        below = np.bincount(bin_below, weight * (1 - part), minlength=BINS)
        below[1:] += np.bincount(bin_below, weight * part, minlength=BINS)[:-1]
        return np.asarray(below)

    weight: Floats = np.convolve(spread(chance), spread(1 - chance)[::-1]).astype(np.float64)
    apart: Floats = (width * np.arange(1 - BINS, BINS)).astype(np.float64)
    return apart, weight / max(weight.sum(), 1e-300)


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function is 0, by halving."""
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return float((low + high) / 2)


def auc_of(scores: Floats, left: NDArray[np.bool_]) -> float:
    """The AUC that scores reach: of all pairs of one who left and one who did not, the share in which the leaver is
    above, ties by half; NaN where there is no pair."""
    stayers, leavers = np.sort(scores[~left]), scores[left]
    if len(stayers) == 0 or len(leavers) == 0:
        return float("nan")
    below, up_to = (np.searchsorted(stayers, leavers, side=side).sum(dtype=np.int64) for side in SIDES)
    return float((below + up_to) / (2 * len(stayers) * len(leavers)))
