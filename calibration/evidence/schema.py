"""The schema of the file of evidence: mechanisms with their priors, and studies with what they print.

Everything is on the scale of the log exit rate to a destination. An estimate is the log of a ratio of exit rates,
+ = faster.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from calibration.evidence.plans import Curve, DoseOfStudy
from calibration.evidence.printed import PrintedAs
from calibration.evidence.shares import cloglog, error_of_contrast
from simulation.scenario.words import Name
from simulation.world.spec import Spec, Version

ALL = "all"
"""All groups of a destination together."""
NOBODY = "none"
"""The group of a mechanism of which no study says anything."""
Grade = Literal["A", "B", "C", "D"]
Sd = Annotated[float, Field(gt=0, le=5, json_schema_extra={"unit": "log exit rate"})]
Share = Annotated[float, Field(gt=0, lt=1, json_schema_extra={"unit": "share"})]
Text = Annotated[str, Field(min_length=1)]
ROUNDING = 0.002
"""So far an estimate may lie from what its shares say: it is written to three decimals."""
PRINTED_ROUNDING = 0.02
"""By this share of itself a printed figure may differ from what the estimate says: both are rounded."""


class Given(Spec):
    """A standard error that is printed, or follows from a printed interval or p-value."""

    how: Literal["given"]
    sd: Sd
    basis: Text


class Imputed(Spec):
    """A standard error that is a guess; the synthesis widens it by grade, if that has not been done by hand."""

    how: Literal["imputed"]
    sd: Sd
    widened: Annotated[bool, Field(description="By hand already, for what the grade stands for")] = False
    basis: Text


class Recomputed(Spec):
    """A standard error that follows from the printed shares of both arms and their persons."""

    how: Literal["recomputed"]
    shares: Annotated[list[Share], Field(min_length=2, max_length=2, description="Treated, control")]
    persons: Annotated[list[Annotated[int, Field(ge=2)]], Field(min_length=2, max_length=2)]
    basis: Text

    @property
    def contrast(self) -> float:
        """The estimate that the shares say."""
        treated, control = self.shares
        return cloglog(treated) - cloglog(control)

    @property
    def sd(self) -> float:
        """Of the difference of the complementary log-logs, by the delta method."""
        return error_of_contrast(self.shares, self.persons)


Error = Annotated[Given | Imputed | Recomputed, Field(discriminator="how")]


class Judged(Spec):
    """What a survey judges of a target group of which no study has a readable size; without `mean` nothing is known."""

    destination: Name
    group: Name
    mean: Annotated[float | None, Field(ge=-5, le=5)] = None
    sd: Annotated[float | None, Field(gt=0, le=5)] = None
    source: Text

    @model_validator(mode="after")
    def _both(self) -> Judged:
        if (self.mean is None) != (self.sd is None):
            raise ValueError("give 'mean' and 'sd', or neither: then nothing is known")
        return self


class BetweenPlaces(Spec):
    """What effects are assumed to differ by from place to place in one trial: sd of the log, and a range of it."""

    sd: Annotated[float, Field(gt=0, le=2, json_schema_extra={"unit": "log exit rate"})]
    low: Annotated[float, Field(ge=0, le=2, json_schema_extra={"unit": "log exit rate"})]
    high: Annotated[float, Field(ge=0, le=2, json_schema_extra={"unit": "log exit rate"})]
    source: Text


class Mechanism(Spec):
    """One way in which an effort acts. `tau_scale` is the scale of the half-normal prior of the sd between trials.

    The scale `factor` is for what is no log exit rate: a strength against another, or a share. A mechanism that is
    `measured` takes the studies whose dose is known, each as the model measures it.
    """

    what: Text
    scale: Literal["log", "factor"] = "log"
    measured: bool = False
    destinations: Annotated[list[Name], Field(min_length=1, description="Exits that it acts on; each for itself")]
    tau_scale: Annotated[float, Field(gt=0, le=2, json_schema_extra={"unit": "log exit rate"})]
    judged: list[Judged] = []
    unknown: Annotated[str, Field(description="What no study says")]

    @property
    def tau_prior_mean(self) -> float:
        """Mean of the prior of the sd between trials."""
        return self.tau_scale * math.sqrt(2 / math.pi)


class Entry(Spec):
    """One figure of one study. Only one that is used needs a mechanism, a group, a destination and an estimate."""

    study: Text
    country: str
    years: str | None = None
    design: Text
    population: Text
    effort: Text | None = None
    dose: str | None = None
    quantity: Text
    printed: list[float] | None = None
    printed_unit: Text
    printed_interval: Annotated[list[float], Field(min_length=2, max_length=2, description="95 %")] | None = None
    horizon: str | None = None
    n: str | None = None
    source: Text
    read: Annotated[Text | None, Field(description="What of it was read, where that is noted")] = None
    family: Text
    trial: Annotated[str | None, Field(description="An experiment within the family; default: the family")] = None
    mechanism: str | None = None
    group: Name | None = None
    destination: str | None = None
    printed_as: PrintedAs | None = None
    grade: Grade | None = None
    estimate: Annotated[float, Field(ge=-5, le=5, json_schema_extra={"unit": "log exit rate"})] | None = None
    estimate_how: str | None = None
    error: Error | None = None
    used: bool
    not_used: str | None = None
    pools_trials: Annotated[bool, Field(description="Its error holds the spread between trials already")] = False

    @property
    def experiment(self) -> str:
        """What enters a mechanism once."""
        return self.trial or self.family

    @property
    def scale(self) -> PrintedAs | None:
        """How the printed figure follows from the estimate; None where it cannot be had from it."""
        if self.printed_as is None and isinstance(self.error, Recomputed):
            return PrintedAs(how="share", base=self.error.shares[1])
        return self.printed_as

    @property
    def typed_zero(self) -> bool:
        """Whether "no effect" was all that could be read: the estimate is no figure, and its error a guess."""
        return self.estimate == 0 and isinstance(self.error, Imputed)

    @model_validator(mode="after")
    def _printed(self) -> Entry:
        if self.printed_as is None or self.estimate is None:
            return self
        says, figures = self.printed_as.value(self.estimate), self.printed or []
        slack = PRINTED_ROUNDING * abs(says)
        if not figures or not min(figures) - slack <= says <= max(figures) + slack:
            raise ValueError(f"by 'printed_as' the estimate says {says:.4g}, and 'printed' does not")
        return self

    @model_validator(mode="after")
    def _whole(self) -> Entry:
        if self.used:
            needed = ("mechanism", "group", "destination", "grade", "estimate", "estimate_how", "error")
            if absent := [name for name in needed if getattr(self, name) is None]:
                raise ValueError(f"a study that is used needs {', '.join(absent)}")
        if self.used == (self.not_used is not None):
            raise ValueError("say in 'not_used' why a study is not used, and only then")
        if self.grade == "A" and self.error is not None and self.error.how == "imputed":
            raise ValueError("of grade A the interval is printed: its error cannot be a guess")
        if self.grade == "A" and self.printed_interval is None:
            raise ValueError("of grade A the interval is printed: give it as 'printed_interval'")
        if isinstance(self.error, Recomputed) and self.estimate is not None:
            contrast = self.error.contrast
            if abs(self.estimate - contrast) > ROUNDING:
                raise ValueError(f"the shares of 'error' say {contrast:.3f}, and 'estimate' says {self.estimate:g}")
        if self.printed_interval is not None and self.printed_interval[0] >= self.printed_interval[1]:
            raise ValueError("'printed_interval' begins where it should end")
        return self


class EvidenceFile(Spec):
    """The file of evidence. The mean of a mechanism has a normal prior at 0, never at the figures."""

    version: Version
    name: Text
    date: Text
    mean_prior: Sd
    widening: dict[Grade, Annotated[float, Field(ge=1, le=10, json_schema_extra={"unit": "factor"})]]
    between_places: BetweenPlaces
    curve: Curve
    mechanisms: Annotated[dict[Name, Mechanism], Field(min_length=1)]
    studies: Annotated[dict[str, Entry], Field(min_length=1)]
    doses: Annotated[dict[str, DoseOfStudy], Field(description="Of studies whose talks are known")] = {}

    @model_validator(mode="after")
    def _every_grade(self) -> EvidenceFile:
        if len(self.widening) < 4:
            raise ValueError("'widening' needs all of A, B, C and D")
        return self

    def variance(self, entry: Entry) -> float:
        """Squared error of an estimate; guesses are widened by grade, once. Raises ValueError if it has none."""
        if entry.error is None or entry.grade is None:
            raise ValueError(f"{entry.study} has no error")
        as_it_is = not isinstance(entry.error, Imputed) or entry.error.widened
        return math.pow(entry.error.sd * (1.0 if as_it_is else self.widening[entry.grade]), 2)
