"""What is expected of money where some unknowns are known: a smooth surface through draws.

A straight line in each unknown and a thin-plate spline beside it (cubic radial functions around some of the draws; of
one unknown it is the cubic smoothing spline). How smooth it is, of every column by itself, is found by restricted
maximum likelihood: the spline's coefficients are taken as random, and where nothing speaks for a bend there is none.
Unknowns are put on the normal scale by rank first, which changes nothing of what knowing them is worth, and lets no
long tail have a hold on the line. (Wood 2003, Journal of the Royal Statistical Society B 65; Strong, Oakley and Brennan
2014, Medical Decision Making 34.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.economy.decision.drawn import Drawn
from simulation.results.ends import SAME
from simulation.results.verdict import NEAR
from simulation.world.labels import Label, Sentence
from simulation.world.spec import Floats, Ids

KNOTS = 15
"""Draws for each unknown that the spline is built around, and the most for all of them together."""
MOST_KNOTS = 60
SMOOTHING = np.concatenate(([0.0], np.logspace(-4, 8, 61)))
"""Variances of the spline's coefficients that are tried, in units of noise and of its largest direction."""
BY_CHANCE = 0.05
"""The chance to see as much of a surface, were there nothing in it."""
TERMS = 5
"""Independent draws for each term of a surface at the least."""
ALIKE, MISSED = 4.0, 0.02
"""A surface is too poor where neighbouring draws miss it to the same side, so many standard errors surely, and by more
than this share of its own variance."""

TOO_FEW = Label(
    "{draws} independent draws are too few for a surface of {terms} terms",
    "{draws} uafhængige trækninger er for få til en flade med {terms} led",
)
NOT_SMOOTH = Label(
    "neighbouring draws miss the surface to the same side: it is not as smooth as that",
    "nabotrækninger ligger på samme side af fladen: sammenhængen er ikke så glat",
)


@dataclass(frozen=True)
class Surface:
    """Columns as they are expected by the unknowns, shape (draws, columns), and what is left over. `terms`, of each
    column, says how bent it is. `noise` is the covariance that the columns of the surface have by what is left over."""

    fitted: Floats
    left: Floats
    terms: Floats
    noise: Floats
    basis: Floats
    kept: Floats
    roots: Floats

    def hat(self, columns: Floats) -> Floats:
        """What the surface of other columns would be, of the same shape, each as smooth as its own here: what the mean
        of a column times this moves by, for each unit of what is left over of a draw."""
        return np.asarray(self.basis @ (self.kept * (self.basis.T @ (columns * self.roots))) / self.roots)


def surface(draws: Drawn, unknowns: Floats, columns: Floats) -> Surface | None:
    """The surface of columns, shape (draws, columns), by unknowns, shape (draws, unknowns); None where no unknown
    varies."""
    scores = _scores(unknowns)
    if not scores.shape[1]:
        return None
    roots = np.sqrt(draws.weights * len(scores))[:, None]
    lines, bends, sizes = _bases(scores, roots)
    y = columns * roots
    on_lines, on_bends = lines.T @ y, bends.T @ y
    rest = np.maximum((y**2).sum(axis=0) - (on_lines**2).sum(axis=0), 0.0)
    freedom = max(draws.effective - lines.shape[1], 1.0)
    kept = np.ones((lines.shape[1] + len(sizes), columns.shape[1]))
    kept[lines.shape[1] :] = _smoothness(on_bends, sizes, rest, freedom)
    basis = np.hstack((lines, bends))
    fitted = basis @ (kept * np.vstack((on_lines, on_bends))) / roots
    left = columns - fitted
    by_block = draws.by_block((basis * roots)[:, 1 : lines.shape[1], None] * left[:, None, :])
    noise = np.einsum("blc,blk->ck", by_block, by_block) / len(scores)
    return Surface(fitted, left, kept.sum(axis=0), noise, basis, kept, roots)


def doubt(draws: Drawn, unknowns: Floats, found: Surface) -> Sentence | None:
    """Why a surface is too poor to tell anything by, in words; None where it is not."""
    terms = float(found.terms.max())
    if draws.effective < TERMS * terms:
        return TOO_FEW.filled(draws=f"{draws.effective:.0f}", terms=f"{terms:.0f}")
    one, other = _neighbours(_scores(unknowns), draws.sharing).T
    products, size = found.left[one] * found.left[other], _variance(draws, found.fitted)
    surely = products.sum(axis=0) > ALIKE * np.sqrt((products**2).sum(axis=0))
    if (surely & (products.mean(axis=0) > MISSED * size)).any():
        return NOT_SMOOTH.filled()
    return None


def seen(draws: Drawn, found: Surface) -> bool:
    """Whether more of a surface is seen in any column than chance would have it (an F-test of each, Bonferroni)."""
    from scipy.special import fdtrc

    whole = _variance(draws, found.fitted)
    rest, terms = draws.weights @ found.left**2, found.terms - 1
    below = np.maximum(draws.effective - found.terms, 1.0)
    ratio = np.divide(whole / terms, rest / below, out=np.full(len(rest), np.inf), where=rest > SAME * whole)
    chances = np.where(whole > 0, fdtrc(terms, below, ratio), 1.0)
    return bool(chances.min() < BY_CHANCE / len(chances))


def most(draws: Drawn, found: Surface) -> Floats:
    """The largest standard deviation that each column of a surface may have after all, shape (columns,)."""
    return np.asarray(np.sqrt(_variance(draws, found.fitted)) + NEAR * np.sqrt(found.noise.diagonal()))


def _variance(draws: Drawn, columns: Floats) -> Floats:
    return np.asarray(draws.weights @ (columns - draws.weights @ columns) ** 2)


def _scores(unknowns: Floats) -> Floats:
    """Unknowns that vary on the normal scale, by rank; ties have their middle one."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    varies = np.ptp(unknowns, axis=0) > 0
    return np.asarray(ndtri((rankdata(unknowns[:, varies], axis=0) - 0.5) / len(unknowns)))


def _bases(scores: Floats, roots: Floats) -> tuple[Floats, Floats, Floats]:
    """Orthonormal columns of straight lines and, beside them, of bends with the size of each direction; times the roots
    of the weights. The first line is the level."""
    from scipy.linalg import null_space
    from scipy.spatial.distance import cdist

    level = roots[:, 0] ** 2 @ scores / len(scores)
    axes, size, _ = np.linalg.svd((scores - level) * roots, full_matrices=False)
    lines = np.hstack((roots / np.sqrt(len(scores)), axes[:, size > 1e-6 * size.max()]))
    places = np.unique(scores, axis=0)
    number = min(KNOTS * scores.shape[1], MOST_KNOTS, len(places))
    knots = places[np.linspace(0, len(places) - 1, number).round().astype(int)]
    across = null_space(np.hstack((np.ones((number, 1)), knots)).T)
    if not across.shape[1]:
        return lines, np.empty((len(scores), 0)), np.empty(0)
    size, axes = np.linalg.eigh(across.T @ cdist(knots, knots) ** 3 @ across)
    real = size > 1e-9 * size.max()
    bends = cdist(scores, knots) ** 3 @ across @ (axes[:, real] / np.sqrt(size[real])) * roots
    bends -= lines @ (lines.T @ bends)
    axes, size, _ = np.linalg.svd(bends, full_matrices=False)
    real = size > 1e-6 * size.max(initial=0.0)
    return lines, axes[:, real], size[real] / size.max(initial=1e-300)


def _smoothness(on_bends: Floats, sizes: Floats, rest: Floats, freedom: float) -> Floats:
    """How much of every direction of the bends is kept, shape (directions, columns): the restricted likelihood of
    every smoothing that is tried, of which the largest is taken."""
    lifts = SMOOTHING[:, None] * sizes**2
    shares = lifts / (1 + lifts)
    missed = np.maximum(rest - shares @ on_bends**2, SAME * np.maximum(rest, SAME))
    costs = freedom * np.log(missed) + np.log1p(lifts).sum(axis=1)[:, None]
    return np.asarray(shares[costs.argmin(axis=0)].T)


def _neighbours(scores: Floats, sharing: int) -> Ids:
    """Pairs of a draw and the nearest that is independent of it, each pair once: shape (pairs, 2)."""
    from scipy.spatial import cKDTree

    number = np.arange(len(scores))
    _, near = cKDTree(scores).query(scores, k=min(sharing + 1, len(scores)))
    others = near // sharing != number[:, None] // sharing
    pairs = np.column_stack((number, near[number, others.argmax(axis=1)]))
    return np.asarray(np.unique(np.sort(pairs, axis=1), axis=0))
