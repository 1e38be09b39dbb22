"""The difference between lots by least squares, with its errors, of many rehearsals at once.

The outcome of a person is regressed on her lot, and on what lots were drawn within: cells (lots of persons: an
intercept for each), nothing (whole jobcentres: one intercept), jobcentres and periods (stepped wedge). As all
regressors are the same within a block, everything follows from blocks.

*Individual* errors take each person for herself: HC2 (MacKinnon and White 1985), e² / (1 − h) with her leverage h, and
Satterthwaite's degrees of freedom from the scatter of those who share a mean; of two groups this is Welch's test.
*Clustered* ones add up by jobcentre: CR2 (Bell and McCaffrey 2002), residuals of a jobcentre times (I − H)^-1/2 with
its part H of the hat matrix, so that the variance is right on the mean if all are alike; degrees of freedom are theirs,
too. Intercepts that lie within jobcentres are taken out of both sides first, which changes neither (Pustejovsky and
Tipton 2018).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.results.trial.blocks import TINY, Blocks, more_than_rounding
from simulation.results.trial.design import Lots
from simulation.world.spec import Floats


class Found(NamedTuple):
    """A difference, treated less control, with its error and degrees of freedom: shape (rehearsals,)."""

    estimate: Floats
    error: Floats
    freedom: Floats


class Regression(NamedTuple):
    """What is the same for all outcomes of the same persons. Arrays have the shape (rehearsals, jobcentres, blocks) but
    for what is said; blocks are those of a jobcentre.

    `lot` is 1 of the treated less what the other regressors foretell of it, `whole` its sum of squares over all
    persons, shape (rehearsals,), NaN where lots cannot be told from the others. `columns` are those others (one axis
    more) and `inverse` the inverse of their cross products, shape (rehearsals, columns, columns). `within` has the axes
    of (rehearsals, jobcentres, strata, lots) over which an intercept is taken out.
    """

    persons: Floats
    within: tuple[int, ...]
    lot: Floats
    whole: Floats
    columns: Floats
    inverse: Floats
    shape: tuple[int, ...]

    @classmethod
    def of(cls, persons: Floats, lots: Lots) -> Regression:
        """By lots of this kind; `persons` (or other weights) have the shape (rehearsals, jobcentres, strata, lots)."""
        shape = persons.shape
        within = {"cluster": (), "stepped_wedge": (2, 3)}.get(lots, (3,))
        treated = np.broadcast_to(np.arange(2.0), shape)
        if lots == "cluster":
            others = np.ones((*shape, 1))
        else:
            strata = shape[2] if lots == "stepped_wedge" else 0
            others = np.broadcast_to(np.eye(shape[2])[:, None, :strata], (*shape, strata))
        return cls.on(persons, within, treated, others)

    @classmethod
    def on(cls, persons: Floats, within: tuple[int, ...], treated: Floats, others: Floats) -> Regression:
        """On `treated`, with intercepts `within` and other regressors, which have one axis more than `persons`."""
        shape = persons.shape
        by_jobcentre = (*shape[:2], -1)
        columns = _apart(others, persons[..., None], within).reshape((*shape[:2], shape[2] * shape[3], -1))
        lot, weight = _apart(treated, persons, within).reshape(by_jobcentre), persons.reshape(by_jobcentre)
        inverse = np.linalg.pinv(np.einsum("rgb,rgbp,rgbq->rpq", weight, columns, columns), TINY, hermitian=True)
        foretold = np.einsum("rpq,rgb,rgbq,rgb->rp", inverse, weight, columns, lot)
        lot = lot - np.einsum("rgbp,rp->rgb", columns, foretold)
        whole = (weight * lot**2).sum(axis=(1, 2))
        whole = np.where(whole > TINY * weight.sum(axis=(1, 2)), whole, np.nan)
        return cls(weight, within, lot, whole, columns, inverse, shape)

    def fit(self, mean: Floats) -> tuple[Floats, Floats]:
        """The difference, shape (rehearsals,), and the mean residual of each block."""
        rest = self.without_lots(mean)
        estimate = (self.persons * self.lot * rest).sum(axis=(1, 2)) / self.whole
        return estimate, more_than_rounding(rest - self.lot * estimate[:, None, None], mean)

    def without_lots(self, mean: Floats) -> Floats:
        """The mean residual of each block, if lots are alike."""
        apart = _apart(mean, self.persons.reshape(self.shape), self.within).reshape(self.persons.shape)
        others = np.einsum("rpq,rgb,rgbq,rgb->rp", self.inverse, self.persons, self.columns, apart)
        return more_than_rounding(apart - np.einsum("rgbp,rp->rgb", self.columns, others), mean)

    def individual(self, blocks: Blocks) -> Found:
        """With HC2 errors."""
        estimate, rest = self.fit(blocks.mean)
        squares = blocks.scatter.reshape(rest.shape) + self.persons * rest**2
        leverage = np.einsum("rgbp,rpq,rgbq->rgb", self.columns, self.inverse, self.columns)
        leverage = leverage + self.lot**2 / self.whole[:, None, None] + self._of_intercepts()
        free = 1.0 - leverage
        alone = free <= TINY  # who is alone with her intercept has no residual, and tells nothing of it
        parts = np.where(alone, 0.0, self.lot**2 * squares / np.where(alone, 1.0, free))
        parts = parts / self.whole[:, None, None] ** 2
        variance = parts.sum(axis=(1, 2))
        scatters = parts, self.persons
        if not self.within:  # all of a lot share a mean
            scatters = parts.sum(axis=1, keepdims=True), self.persons.sum(axis=1, keepdims=True)
        doubt = (scatters[0] ** 2 / np.maximum(scatters[1] - 1.0, 1.0)).sum(axis=(1, 2))
        return Found(estimate, _root(variance), _over(variance**2, doubt))

    def _of_intercepts(self) -> Floats:
        """Leverage of a person by the intercept that she shares."""
        persons = self.persons.reshape(self.shape)
        if not self.within:
            return np.zeros_like(self.persons)
        together = np.broadcast_to(persons.sum(axis=self.within, keepdims=True), self.shape)
        return np.asarray(1.0 / np.maximum(together, 1.0)).reshape(self.persons.shape)


class Clusters(NamedTuple):
    """What CR2 makes of a regression: `weight`, shape (rehearsals, jobcentres, blocks), by which mean residuals are
    multiplied and added up by jobcentre, and degrees of freedom, shape (rehearsals,)."""

    regression: Regression
    weight: Floats
    freedom: Floats

    @classmethod
    def of(cls, regression: Regression) -> Clusters:
        """Both, by the working model that errors are alike and independent. NaN where a jobcentre alone tells the
        difference (the only one that was treated), for then nothing tells how jobcentres differ."""
        root, whole = np.sqrt(regression.persons), regression.whole
        lot, columns = root * regression.lot, root[..., None] * regression.columns
        hat = np.einsum("rgbp,rpq,rgcq->rgbc", columns, regression.inverse, columns)
        hat += lot[..., :, None] * lot[..., None, :] / whole[:, None, None, None]
        rest = np.eye(root.shape[-1]) - hat  # intercepts within are at right angles to all that is multiplied by it
        size, vectors = np.linalg.eigh(np.where(np.isnan(rest), 0.0, rest))
        along = np.einsum("rgbe,rgb->rge", vectors, lot)
        spared = size <= TINY
        alone = (np.where(spared, along, 0.0) ** 2).sum(axis=-1) > TINY * (lot**2).sum(axis=(1, 2))[:, None]
        turned = np.where(spared, 0.0, along / np.sqrt(np.where(spared, 1.0, size)))
        scaled = np.einsum("rgbe,rge->rgb", vectors, turned)
        on_lot, on_columns = (scaled * lot).sum(axis=-1), np.einsum("rgb,rgbp->rgp", scaled, columns)
        shared = np.einsum("rgp,rpq,rhq->rgh", on_columns, regression.inverse, on_columns)
        shared += on_lot[:, :, None] * on_lot[:, None, :] / whole[:, None, None]
        own = np.eye(root.shape[1]) * (scaled**2).sum(axis=-1)[:, None]
        trace, square = np.trace(own - shared, axis1=1, axis2=2), ((own - shared) ** 2).sum(axis=(1, 2))
        freedom = np.where(alone.any(axis=1), np.nan, _over(trace**2, square))
        return cls(regression, scaled * root / whole[:, None, None], freedom)

    def found(self, mean: Floats) -> Found:
        """The difference of an outcome with its clustered error, from the means of blocks."""
        estimate, rest = self.regression.fit(mean)
        return Found(estimate, self.error(rest), self.freedom)

    def error(self, rest: Floats) -> Floats:
        """From the mean residuals of blocks."""
        return np.asarray(np.where(np.isnan(self.freedom), np.nan, _root((self.scores(rest) ** 2).sum(axis=1))))

    def scores(self, rest: Floats) -> Floats:
        """What each jobcentre adds to the difference, scaled as CR2 has it: shape (rehearsals, jobcentres)."""
        return np.asarray((self.weight * rest).sum(axis=-1))


def _apart(values: NDArray[Any], weight: Floats, within: tuple[int, ...]) -> Floats:
    """Values less their mean over these axes."""
    if not within:
        return np.asarray(values, dtype=np.float64)
    total = weight.sum(axis=within, keepdims=True)
    mean = (values * weight).sum(axis=within, keepdims=True) / np.where(total > 0, total, 1.0)
    return np.asarray(values - mean)


def _root(variance: Floats) -> Floats:
    """No error of no variance: nothing can be told from it."""
    return np.asarray(np.sqrt(np.where(variance > 0, variance, np.nan)))


def _over(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))
