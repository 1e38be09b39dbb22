"""From the log of a ratio of exit rates back to the figure that is printed, in its own unit."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.world.spec import Spec

Scale = Literal["ratio", "relative", "share", "difference", "risk_ratio", "time", "relative_time"]
OF_SHARES = ("share", "difference", "risk_ratio")


class PrintedAs(Spec):
    """What kind of figure is printed. Over the log ratio it rises always, or falls always.

    `base` is the share of the control group at the horizon, or its mean time; where it is not printed it is the one
    that the estimate assumes. `part` is the share of a change in time that the estimate counts.
    """

    how: Scale
    base: Annotated[float, Field(gt=0, description="Of the control group: share, or weeks")] | None = None
    part: Annotated[float, Field(gt=0, le=1)] = 1

    @model_validator(mode="after")
    def _has_base(self) -> PrintedAs:
        if (self.base is not None) != (self.how in (*OF_SHARES, "time")):
            raise ValueError(f"shares, their differences and ratios, and times need a 'base', others none: {self.how}")
        if self.how in OF_SHARES and self.base is not None and self.base >= 1:
            raise ValueError(f"the 'base' of a {self.how} is a share below 1")
        if self.part != 1 and self.how != "time":
            raise ValueError("'part' is of times alone")
        return self

    def value(self, log_ratio: float) -> float:
        """The printed figure if the rates are constant and their ratio is this: a ratio, share or weeks."""
        base = 1.0 if self.base is None else self.base
        if self.how == "ratio":
            return math.exp(log_ratio)
        if self.how == "relative":
            return math.expm1(log_ratio)
        if self.how in ("time", "relative_time"):
            return base * math.expm1(-log_ratio / self.part)
        treated = -math.expm1(math.log1p(-base) * math.exp(log_ratio))
        return treated / base if self.how == "risk_ratio" else treated - base * (self.how == "difference")


def shown(printed: PrintedAs | None, value: float) -> str:
    """A printed figure as text; without a scale it is the log of the ratio."""
    if printed is None:
        return f"{value:+.2f}"
    if printed.how in ("ratio", "risk_ratio"):
        return f"{value:.2f}"
    if printed.how == "share":
        return f"{100 * value:.0f} %"
    if printed.how == "time":
        return f"{value:+.1f}"
    return f"{100 * value:+.0f}" + (" %" if printed.how != "difference" else "")


UNITS = {
    None: "log ratio", "ratio": "ratio", "risk_ratio": "risk ratio", "share": "share", "time": "weeks",
    "relative": "change of rate", "relative_time": "change of time", "difference": "points",
}  # fmt: skip
"""What the text calls each scale."""
