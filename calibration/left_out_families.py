"""Every figure of the evidence predicted from the other families of its mechanism: what would they have said of it?

Without its family, theta of a new trial is a mixture of normals; the study's own error is added. That is held against
the estimate, and carried to the figure that is printed. The null knows of no study: theta ~ N(0, tau²), tau from its
prior, and the same error. Printed figures rise or fall with theta throughout, so ranks and differences of log scores
are the same on either scale.

Only figures whose error is printed, or follows from both arms and their persons, count as validation; those whose
error is a guess stand apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest, kstest

from calibration.evidence.schema import Entry, EvidenceFile, Imputed
from calibration.skill import LEVELS
from calibration.synthesis import Mixture, synthesise
from calibration.synthesised import posterior_of

ENOUGH = 8
"""Fewer figures than this say next to nothing: of them no test is made."""
NO_MEAN = 1e-9
"""The sd of the null's mean: none."""
MISS = "miss"
NOUGHT = "reported as no effect, without a figure"
SUPPORTED = "supported_employment"
"""The mechanism whose effects are far larger than all others'; summaries stand with and without it."""


@dataclass(frozen=True)
class FromOthers:
    """One figure, what the other families say a study with its error finds (`found`), and what the null says.

    `others` are the studies that predict it: of its target group, or of all where the group has no other family.
    """

    name: str
    entry: Entry
    others: Mapping[str, Entry]
    of_group: bool
    found: Mixture
    null: Mixture

    @property
    def estimate(self) -> float:
        """The log ratio of exit rates."""
        return float(self.entry.estimate or 0.0)

    @property
    def validates(self) -> bool:
        """Whether its error is no guess."""
        return not isinstance(self.entry.error, Imputed)

    @property
    def rank(self) -> float:
        """Probability of less than the estimate (PIT): even over 0 to 1 if intervals are right."""
        return self.found.below(self.estimate)

    @property
    def verdict(self) -> str:
        """The smallest of the central intervals in which the estimate lies, or that it is a miss."""
        return next((f"{100 * level:.0f} %" for level in LEVELS if self.inside(level)), MISS)

    def inside(self, level: float) -> bool:
        """Whether the estimate lies in the central interval of this level."""
        return abs(self.rank - 0.5) <= level / 2

    @property
    def score(self) -> float:
        """Log density of the estimate, by the scale of log exit rates."""
        return self.found.log_density(self.estimate)

    @property
    def null_score(self) -> float:
        """The same of the null."""
        return self.null.log_density(self.estimate)

    @property
    def gain(self) -> float:
        """Log score above the null's."""
        return self.score - self.null_score

    @property
    def width(self) -> float:
        """Width of the 95 % interval as a multiple of the null's, by the log scale."""
        return float(np.subtract(*self.found.interval()) / np.subtract(*self.null.interval()))

    def printed(self, log_ratio: float) -> float:
        """A log ratio in the unit of the printed figure; as it is, where that cannot be had from it."""
        return log_ratio if self.entry.scale is None else self.entry.scale.value(log_ratio)

    def printed_interval(self, of: Mixture) -> tuple[float, float]:
        """The 95 % interval in the unit of the printed figure."""
        low, high = sorted(self.printed(end) for end in of.interval())
        return low, high


@dataclass(frozen=True)
class Coverage:
    """How many of the figures lie in the central interval of a level; `low`, `high`: exact 95 % interval of the share
    (Clopper-Pearson)."""

    level: float
    inside: int
    low: float
    high: float


@dataclass(frozen=True)
class Summary:
    """What a set of predicted figures says together; medians are NaN without figures."""

    what: str
    rows: Sequence[FromOthers]

    def _median(self, values: Sequence[float]) -> float:
        return float(np.median(values)) if values else float("nan")

    @property
    def score(self) -> float:
        """Median log score."""
        return self._median([row.score for row in self.rows])

    @property
    def null_score(self) -> float:
        """Median log score of the null."""
        return self._median([row.null_score for row in self.rows])

    @property
    def gain(self) -> float:
        """Median over families of the mean paired difference of log scores."""
        return self._median(list(self.gains.values()))

    @property
    def width(self) -> float:
        """Median width of intervals as a multiple of the null's."""
        return self._median([row.width for row in self.rows])

    @property
    def gains(self) -> dict[str, float]:
        """Mean paired difference of log scores (synthesis less null) by family."""
        by_family: dict[str, list[float]] = defaultdict(list)
        for row in self.rows:
            by_family[row.entry.family].append(row.gain)
        return {family: float(np.mean(values)) for family, values in by_family.items()}

    @property
    def coverage(self) -> list[Coverage]:
        """By level; none without figures."""
        found = []
        for level in LEVELS if self.rows else ():
            inside = sum(row.inside(level) for row in self.rows)
            exact = binomtest(inside, len(self.rows)).proportion_ci(0.95, method="exact")
            found.append(Coverage(level, inside, float(exact.low), float(exact.high)))
        return found

    @property
    def even(self) -> float | None:
        """p of a Kolmogorov-Smirnov test that ranks are even; None with fewer than ENOUGH figures."""
        if len(self.rows) < ENOUGH:
            return None
        return float(kstest([row.rank for row in self.rows], "uniform").pvalue)


@dataclass(frozen=True)
class Predictions:
    """The figures that are predicted, and of the others that are used, why not.

    `noughts` are those that are reported as no effect: predicted as well, but in no list.
    """

    rows: Sequence[FromOthers]
    why_not: Mapping[str, str]
    noughts: Sequence[FromOthers]


def predictions(file: EvidenceFile) -> Predictions:
    """All figures of a file."""
    rows: list[FromOthers] = []
    noughts: list[FromOthers] = []
    why_not: dict[str, str] = {}
    for name, entry in file.studies.items():
        if not entry.used:
            continue
        row = predict(file, name)
        if entry.typed_zero or isinstance(row, str):
            why_not[name] = NOUGHT if entry.typed_zero else str(row)
        if isinstance(row, FromOthers):
            (noughts if entry.typed_zero else rows).append(row)
    return Predictions(rows, why_not, noughts)


def predict(file: EvidenceFile, name: str) -> FromOthers | str:
    """One figure that is used, or why it cannot be predicted."""
    entry = file.studies[name]
    of_group, others = _others(file, entry)
    if entry.pools_trials:
        return "a mean of several trials"
    if not others:
        return "no other family tells of this mechanism and destination"
    mechanism, error = file.mechanisms[str(entry.mechanism)], file.variance(entry)
    found = posterior_of(file, mechanism, others).new_trial.with_error(error)
    return FromOthers(name, entry, others, of_group, found, null_of(mechanism.tau_scale).with_error(error))


def _others(file: EvidenceFile, entry: Entry) -> tuple[bool, dict[str, Entry]]:
    """The studies that the synthesis would rest on without the family: of the target group, else of all groups."""
    same = {
        name: other
        for name, other in file.studies.items()
        if other.used and other.family != entry.family
        and (other.mechanism, other.destination) == (entry.mechanism, entry.destination)
    }  # fmt: skip
    of_group = {name: other for name, other in same.items() if other.group == entry.group}
    return bool(of_group), of_group or same


def null_of(tau_scale: float) -> Mixture:
    """theta of a trial if nothing works but trials differ: N(0, tau²), tau half-normal of this scale."""
    return synthesise([], [], tau_scale=tau_scale, mean_prior=NO_MEAN).new_trial


def summaries(rows: Sequence[FromOthers]) -> list[Summary]:
    """Those that validate (i) and those with a guessed error (ii), each with and without supported employment."""
    found = []
    for what, of in (("(i)", True), ("(ii)", False)):
        part = [row for row in rows if row.validates == of]
        found.append(Summary(what, part))
        rest = [row for row in part if row.entry.mechanism != SUPPORTED]
        found.append(Summary(f"{what} without supported employment", rest))
    return found
