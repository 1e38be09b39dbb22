"""Shares of two arms as a ratio of exit rates: with constant rates, -log(1 - share) is the rate times the horizon."""

from __future__ import annotations

import math
from collections.abc import Sequence


def cloglog(share: float) -> float:
    """log(-log(1 - share)): the log of the exit rate, but for the log of the horizon. 0 < share < 1."""
    return math.log(-math.log1p(-share))


def error_of_contrast(shares: Sequence[float], persons: Sequence[int]) -> float:
    """Standard error of `cloglog(shares[0]) - cloglog(shares[1])` from binomial counts, by the delta method."""
    return math.sqrt(
        sum(p / (1 - p) / n / math.log1p(-p) ** 2 for p, n in zip(shares, persons, strict=True))
    )
