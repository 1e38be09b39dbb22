"""What it is worth to know more before deciding, for each time that the decision is made.

Without knowing more the option with the largest mean is taken. *Perfect* information (EVPI): the best option of every
draw, less that; which is what the choice is expected to lose. *Partial* (EVPPI): the best option by what is expected
where some unknowns are known. *Sample* (EVSI): the same where a trial has estimated them with an error. No more can be
learnt from a trial than from knowing its unknowns, and no more from those than from knowing all.

What is expected is a smooth surface through draws of what an option gains over the one that would be taken
(`smooth`); of a sample it is the surface by what the trial finds, through that by the unknowns (given these, the trial
tells nothing of the rest, so its noise is left out). The noise of a surface would be taken for knowledge, and its
spread is drawn together by it. Where a surface is too poor nothing is known, and `why` says so.

Intervals are of the number of draws, with the error of the surfaces (by the delta method), and of luck. Where the
choice changes in few draws, or nothing is seen in a surface, the lower end is 0 and the upper one that of normal gains
with the largest mean and spread that they may have. Where two options are as good as equal, the larger mean is
found too large and so every value too small, by 0.4 standard errors of the mean gain at the most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from simulation.economy.decision.drawn import UNKNOWN, Drawn, shrunk
from simulation.economy.decision.smooth import Surface, doubt, most, seen, surface
from simulation.results.ends import FEW
from simulation.results.intervals import NAN
from simulation.results.sobol import Part
from simulation.results.verdict import NEAR
from simulation.world.labels import Label, Sentence
from simulation.world.spec import Floats

NOT_DRAWN = Label("it does not vary over the draws", "det varierer ikke over trækningerne")


@dataclass(frozen=True)
class Information:
    """What knowing more is worth, in the unit of the benefit for each decision. `of_draws` is what every draw adds to
    it, shape (draws,), and `moved` by how much it moves with each option's benefit, shape (options,): values that are
    added up are so with the errors that they have in common; but the interval is a bound, and none of theirs, where
    that is `rough`. Unknown, with a reason in `why` (a Sentence), where nothing tells."""

    value: Part
    of_draws: Floats
    moved: Floats
    why: str = ""
    rough: bool = False

    @property
    def known(self) -> bool:
        """Whether it is known."""
        return not self.why


def perfect(benefit: Drawn) -> Information:
    """The value of knowing everything, of columns that are options."""
    return _worth(benefit, _Expected(benefit.less(benefit.best).values))


def partial(benefit: Drawn, unknowns: Floats) -> Information:
    """The value of knowing some unknowns, shape (draws,) of one or (draws, unknowns) of several together."""
    return _at_most(perfect(benefit), _known(benefit, _expected(benefit, unknowns)))


def sample(benefit: Drawn, findings: Floats, unknowns: Floats | None = None) -> Information:
    """The value of a trial. `findings` has what it would find in every draw, were that draw true, shape (draws,) of one
    estimate or (draws, estimates); `unknowns` all that it learns of. Without them the surface by its findings goes
    through the benefit itself, which is the same, known less well."""
    if unknowns is None:
        return partial(benefit, findings)
    by_unknowns = _expected(benefit, unknowns)
    if isinstance(by_unknowns, Sentence):
        return _known(benefit, by_unknowns)
    by_findings = _known(benefit, _expected(benefit, findings, by_unknowns))
    return _at_most(perfect(benefit), _at_most(_known(benefit, by_unknowns), by_findings))


@dataclass(frozen=True)
class _Expected:
    """What options are expected to gain over the one that would be taken, shape (draws, options), by surfaces one
    through the other; whether anything is seen in all of them; and the largest standard deviation that the gains of the
    last one may have, shape (options,)."""

    gains: Floats
    surfaces: tuple[Surface, ...] = ()
    seen: bool = True
    sd: Floats = field(default_factory=lambda: np.empty(0))

    def noise(self, chosen: Floats) -> Floats:
        """What the error of the surfaces adds in every draw to the mean of what is chosen, shape of both that of
        gains; around 0."""
        added = np.zeros(len(chosen))
        for each in reversed(self.surfaces):
            chosen = each.hat(chosen)
            added += (chosen * each.left).sum(axis=1)
        return added


def _expected(benefit: Drawn, known: Floats, before: _Expected | None = None) -> _Expected | Sentence:
    """By what is known, through what was expected before; or why that is not known."""
    table = known.reshape(len(known), -1)
    if len(table) != len(benefit.weights) or not np.isfinite(table).all():
        raise ValueError(f"what is known must be so in every draw (got {known.shape} for {len(benefit.weights)} draws)")
    of = before or _Expected(benefit.less(benefit.best).means)
    found = surface(benefit, table, of.gains)
    if found is None:
        return NOT_DRAWN.filled()
    if why := doubt(benefit, table, found):
        return why
    gains = shrunk(found.fitted, found.noise, benefit.weights)
    gains -= gains[:, [benefit.best]]
    return _Expected(gains, (*of.surfaces, found), of.seen and seen(benefit, found), most(benefit, found))


def _known(benefit: Drawn, expected: _Expected | Sentence) -> Information:
    if isinstance(expected, Sentence):
        return Information(UNKNOWN, np.full(len(benefit.weights), NAN), np.full(benefit.columns, NAN), expected)
    return _worth(benefit, expected)


def _worth(benefit: Drawn, expected: _Expected) -> Information:
    """The mean of the best of every draw; of the option that would be taken the gain is 0."""
    gains, options = expected.gains, np.eye(benefit.columns)
    better = np.where(gains.max(axis=1) > 0, gains.argmax(axis=1), benefit.best)
    chosen = options[better] - options[benefit.best]
    noise, moved = expected.noise(chosen), benefit.weights @ chosen
    of_draws = (chosen * gains).sum(axis=1) + noise - benefit.weights @ noise
    if not expected.surfaces:
        value = benefit.rare(of_draws, moved)
        low = max(value.low, 0.0)
        return Information(value._replace(low=low), of_draws, moved, rough=math.isnan(value.high))
    value = benefit.part(of_draws, moved)
    few = np.count_nonzero(benefit.by_block((better != benefit.best).astype(float))) < FEW
    if few or not expected.seen:
        high = float(_normal_loss(_highest(benefit), expected.sd).sum())
        return Information(Part(value.value, 0.0, max(value.high, high)), of_draws, moved, rough=True)
    return Information(value._replace(low=max(value.low, 0.0)), of_draws, moved)


def _highest(benefit: Drawn) -> Floats:
    """The largest mean, 0 at the most, that the gain of each option may have over the one that would be taken."""
    gains = benefit.less(benefit.best)
    off = (gains.means - gains.mean) * benefit.weights[:, None]
    errors = np.sqrt((benefit.by_block(off) ** 2).sum(axis=0) + gains.error.diagonal())
    return np.asarray(np.minimum(gains.mean + NEAR * errors, 0.0))


def _normal_loss(mean: Floats, sd: Floats) -> Floats:
    """What normal gains of a mean of 0 or less have above 0."""
    from scipy.special import ndtr

    ratio = np.divide(mean, sd, out=np.full(len(sd), -np.inf), where=sd > 0)
    density = np.exp(-(ratio**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(np.where(sd > 0, sd * density + mean * ndtr(ratio), 0.0))


def _at_most(limit: Information, found: Information) -> Information:
    """What is found, or its limit where it comes out larger than that; unknown where it is not known."""
    if not limit.value.value < found.value.value:
        return found
    high = float(np.fmin(limit.value.high, found.value.high))
    return replace(limit, value=limit.value._replace(high=high), rough=limit.rough or found.rough)
