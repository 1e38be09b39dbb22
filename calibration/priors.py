"""Priors: what is thought possible of a parameter before any figure is looked at.

Every parameter is reckoned with on its *normal scale*, on which its prior is the standard normal distribution: the
number of standard deviations from the middle of the prior, whatever its shape. There nothing has bounds, and how much
the figures have taught is seen at once: without them a parameter keeps a variance of 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator
from scipy.special import expit, logit, ndtr

from simulation.scenario.files.evidence import NORMAL_95, Synthesis
from simulation.scenario.files.fitted import ParameterPaths
from simulation.scenario.files.values import EVIDENCE
from simulation.world.spec import Amount, Floats, Spec, in_unit_of, unit

EDGE = 1e-9


class Prior(Spec):
    """The prior of one parameter, and where its value stands in the scenario."""

    distribution: Annotated[
        Literal["lognormal", "logitnormal", "normal", "uniform", "loguniform", "evidence"],
        Field(
            description="Its shape; uniform and loguniform end at the ends of range; the others have 95 % within it; "
            "evidence is normal, with the range in which the synthesis sees a new trial",
        ),
    ]
    range: Annotated[
        list[Amount],
        in_unit_of(
            "parameter",
            "The two ends that the distribution is of; of evidence they come from the synthesis",
            min_length=2,
            max_length=2,
        ),
    ] = [0.0, 0.0]
    of: Annotated[
        str | None,
        Field(
            description="MECHANISM.EXIT.GROUP of the synthesis, of a prior of evidence; absent: another distribution"
        ),
    ] = None
    unit: Annotated[str, Field(description="Unit of the parameter, as its key has it")]
    why: Annotated[str, Field(min_length=1, description="Why this range, with the evidence that informs it")]
    also: Annotated[list[str], Field(description="Other places that have the same value")] = []
    rest: Annotated[dict[str, Amount], unit("share", "Places that have what is left of 1, each its part")] = {}
    for_others: Annotated[list[str], Field(description="Places of other scenarios that take the value over")] = []
    whole: Annotated[bool, Field(description="Whether only whole numbers are possible")] = False
    only_in: Annotated[
        list[str] | None, Field(description="Files of targets in whose scenario it is set; absent: in all")
    ] = None

    @model_validator(mode="after")
    def _sensible(self) -> Prior:
        if (self.distribution == EVIDENCE) != (self.of is not None):
            raise ValueError(f"of: belongs to the distribution '{EVIDENCE}', and to no other")
        if self.distribution == EVIDENCE:
            if "range" in self.model_fields_set:
                raise ValueError("range: of evidence it comes from the synthesis")
            return self
        low, high = self.range
        if not low < high:
            raise ValueError(f"range: the lower end must come first (got {low:g} and {high:g})")
        if self.positive and low <= 0:
            raise ValueError(f"range: a {self.distribution} lies above 0 (got {low:g})")
        if self.distribution == "logitnormal" and not 0 < low < high < 1:
            raise ValueError(f"range: a logitnormal lies between 0 and 1, without them (got {low:g} and {high:g})")
        if self.whole and self.distribution == "logitnormal":
            raise ValueError("whole: a logitnormal lies between 0 and 1, where there are no whole numbers")
        if self.whole and self.uniform and any(end != round(end) for end in self.range):
            raise ValueError(f"range: a uniform prior of whole numbers ends in whole numbers (got {low:g}, {high:g})")
        if wrong := [part for part in self.rest.values() if part <= 0]:
            raise ValueError(f"rest: every part must be above 0 (got {wrong[0]:g})")
        if self.rest and abs(sum(self.rest.values()) - 1) > EDGE:
            raise ValueError(f"rest: the parts must add up to 1 (they add up to {sum(self.rest.values()):g})")
        return self

    @property
    def uniform(self) -> bool:
        """Whether the range is all there is."""
        return self.distribution in ("uniform", "loguniform")

    @property
    def positive(self) -> bool:
        """Whether it lies above 0."""
        return self.distribution in ("lognormal", "loguniform")

    def value(self, z: Floats) -> Floats:
        """Values from the normal scale, of the same shape; whole numbers where only those are possible."""
        low, high = self._ends()
        if self.uniform:
            result = low + (high - low) * ndtr(z)
        else:
            result = (low + high) / 2 + (high - low) / (2 * NORMAL_95) * np.asarray(z, dtype=float)
        if self.positive:
            result = np.exp(result)
        elif self.distribution == "logitnormal":
            result = expit(result)
        if not self.whole:
            return np.asarray(result)
        whole = np.rint(result)
        if self.uniform:
            return np.asarray(np.clip(whole, self.range[0], self.range[1]))
        return np.asarray(np.maximum(whole, 1) if self.positive else whole)

    def normal(self, value: Floats) -> Floats:
        """The normal scale of values, of the same shape; the ends of a uniform prior lie at ±6."""
        from scipy.special import ndtri

        low, high = self._ends()
        scaled = self._scaled(np.asarray(value, dtype=float))
        if self.uniform:
            return np.asarray(ndtri(np.clip((scaled - low) / (high - low), EDGE, 1 - EDGE)))
        return np.asarray((scaled - (low + high) / 2) * 2 * NORMAL_95 / (high - low))

    def _ends(self) -> tuple[float, float]:
        """Ends of the range on the scale of the distribution; of whole numbers with what is rounded to them."""
        half = 0.5 if self.whole and self.uniform else 0.0
        low, high = self.range
        return float(self._scaled(np.array(low - half))), float(self._scaled(np.array(high + half)))

    def _scaled(self, value: Floats) -> Floats:
        if self.positive:
            return np.asarray(np.log(value))
        return np.asarray(logit(value)) if self.distribution == "logitnormal" else value

    def from_synthesis(self, synthesis: Synthesis) -> Prior:
        """The normal distribution in which the synthesis, which has this effect, sees that of a new trial."""
        assert self.of is not None
        low, high = synthesis.new_trial(self.of)
        return self.model_copy(update={"distribution": "normal", "range": [low, high]})

    def paths(self, name: str) -> ParameterPaths:
        """Where its value stands in the scenario that it is fitted in."""
        return ParameterPaths((name, *self.also), self.rest)


def values(priors: Mapping[str, Prior], z: Floats) -> dict[str, float]:
    """Value of every parameter from its normal scale, shape (parameters,)."""
    by_name = {}
    for (name, prior), coordinate in zip(priors.items(), z, strict=True):
        value = float(prior.value(np.array(coordinate)))
        by_name[name] = int(value) if prior.whole else rounded(value)
    return by_name


def snapped(priors: Mapping[str, Prior], z: Floats) -> Floats:
    """The normal scale of values that are possible, shape as `z` (…, parameters): whole numbers move, others stay."""
    moved = np.array(z, dtype=float)
    for column, prior in enumerate(priors.values()):
        if prior.whole:
            moved[..., column] = prior.normal(prior.value(moved[..., column]))
    return moved


def rounded(value: float, digits: int = 6) -> float:
    """To so many significant digits: more would be shown as if they meant something."""
    return float(f"{value:.{digits}g}") if math.isfinite(value) else value
