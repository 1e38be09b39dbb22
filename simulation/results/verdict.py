"""A model's figure held against a published one: how far apart they are, and whether that says anything.

One yardstick for every command. The distance is model less published, from the nearest of the values that are printed
for one quantity. Its standard deviation is that of the printed figure (from its n or its standard error; where both are
lost, that of one trial of the size that is simulated, times the root of the design factor where one is stated, as a fit
has it), of what rounding hides, and of the simulation. Parameters
are not in it; `validate` tells what they add. It does not shrink or grow with the number of replications.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from simulation.results.ends import FEW
from simulation.results.intervals import NAN, Estimate, binomial
from simulation.results.names import Figure
from simulation.scenario.published import Published

NEAR = 1.96
"""Standard deviations up to which a figure counts as met."""
WIDE = 0.25
"""Where NEAR standard deviations are more than this share of the published figure, nearly anything would be met."""
Verdict = Literal["near", "far", ""]
WHAT_IT_IS = (
    f"far: more than {NEAR:g} standard deviations off; near: within; neither where that many are more than "
    f"{100 * WIDE:.0f} % of the published figure (nearly anything would be near), or with fewer than {FEW} replications"
)


@dataclass(frozen=True)
class Distance:
    """Model less published, in the unit of the figure and in standard deviations, which are `sd`; NaN where the model
    or the printed text has no number."""

    units: float
    sd: float
    verdict: Verdict

    @property
    def in_sd(self) -> float:
        """The distance in standard deviations; NaN where none is known."""
        return self.units / self.sd if self.sd > 0 else NAN


def distance(target: Published, model: Estimate, own_sd: float = NAN) -> Distance:
    """How far the model is from a published figure. `own_sd` is the standard deviation of the printed one, NaN where
    it is not known; `model` has the mean, the scatter of one trial and the number of replications."""
    if target.figure is None or math.isnan(model.value):
        return Distance(NAN, NAN, "")
    printed = [target.figure, *(value.figure for value in target.also)]
    off = model.value - min(max(model.value, min(printed)), max(printed))
    rounding = max(target.rounding, *(value.rounding for value in target.also), 0.0) / math.sqrt(3)
    scatter = own_sd if not math.isnan(own_sd) else model.sd
    simulated = model.sd / math.sqrt(model.n) if model.n > 1 else 0.0
    sd = math.sqrt(scatter**2 + rounding**2 + simulated**2)
    return Distance(off, sd, verdict_of(off, sd, max(map(abs, printed)), model.n))


def verdict_of(off: float, sd: float, size: float, n: int) -> Verdict:
    """The verdict on a distance, by its standard deviation, the size of the printed figure, and how many replications
    (or draws of the parameters) the model's figure is of."""
    if math.isnan(sd) or n < FEW or NEAR * sd > WIDE * size:
        return ""
    return "near" if abs(off) <= NEAR * sd else "far"


@dataclass(frozen=True)
class Beside:
    """A published figure and the simulated one, which may be of no replication."""

    name: str
    figure: Published
    named: Figure
    share: bool
    simulated: Estimate

    @property
    def sampling(self) -> tuple[float, float] | None:
        """Binomial interval of a published share, or of a number of persons (`count`) in persons; None where it is not
        known of how many, and for differences and means."""
        figure, n, count = self.figure.figure, self.figure.n, self.figure.count
        if figure is None or n is None or self.named.group.kind == "difference":
            return None
        if self.share:
            return binomial(figure, n) if 0 <= figure <= 1 else None
        if count is None:
            return None
        low, high = binomial(count / n, n)
        return low * n, high * n

    @property
    def own_sd(self) -> float:
        """Standard deviation of the printed figure itself, rounding left out: from its standard error, from n, or from
        the scatter of simulated trials times the root of the design factor; NaN where nothing of it is stated."""
        figure, n = self.figure, self.figure.n
        if figure.spread is not None:
            return self.simulated.sd * math.sqrt(figure.design_factor or 1.0)
        if figure.se is not None:
            return figure.se
        if figure.figure is None or n is None or self.sampling is None:
            return NAN
        factor = 1.0 if self.share else float(n)
        share = min(max(figure.figure / factor, 0.5 / n), 1 - 0.5 / n)  # 0 of n leaves room for some
        return factor * math.sqrt(share * (1 - share) / n)

    @property
    def distance(self) -> Distance:
        """How far the model is from the printed figure."""
        return distance(self.figure, self.simulated, self.own_sd)

    @property
    def trial_width(self) -> float:
        """Width of the interval of one trial of the simulated size."""
        return self.simulated.trial_high - self.simulated.trial_low
