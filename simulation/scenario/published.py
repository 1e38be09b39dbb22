"""A published figure: what it is of, where it is printed, how sure it is, and what it is used for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from simulation.world.spec import Amount, Persons, Positive, Spec, in_unit_of, unit


class AlsoPrinted(Spec):
    """Another value printed for the same quantity."""

    figure: Annotated[Amount, in_unit_of("outcome", "The other value that is printed")]
    rounding: Annotated[Amount, in_unit_of("outcome", "Half the last printed digit of that value", ge=0)]


class Published(Spec):
    """A published figure that a simulated outcome is shown beside, fitted to, or held out to be validated on."""

    outcome: Annotated[str, Field(description="Outcome that it is a figure of, such as exit_job")]
    group: Annotated[str, Field(description="An arm, alle, or difference (first arm minus last)")]
    week: Annotated[
        int | None, unit("weeks", "Weeks since enrolment; absent: the whole follow-up", ge=0, le=1040)
    ] = None
    month: Annotated[int | None, unit("months", "Months since referral, for outcomes by month", ge=0, le=240)] = None
    figure: Annotated[
        Amount | None, in_unit_of("outcome", "The printed figure; shares between 0 and 1. null: words only")
    ] = None
    count: Annotated[
        Persons | None, Field(description="Printed as so many of n persons; without a figure the share count / n")
    ] = None
    n: Annotated[
        Persons | None, Field(description="Persons that the figure is of: its binomial interval is shown", ge=1)
    ] = None
    se: Annotated[Positive | None, in_unit_of("outcome", "Standard error of the figure, where n is not known")] = None
    se_source: Annotated[str | None, Field(description="Where the standard error comes from")] = None
    spread: Annotated[
        Literal["model"] | None,
        Field(
            description="How sure it is where n is lost; model: it errs as the trials of the model do, times the "
            "design factor",
        ),
    ] = None
    design_factor: Annotated[
        float | None,
        Field(
            description="With `spread: model`: variance of the printed figure by that of one simulated trial, since "
            "persons of one place are alike beyond what the model has; a file of targets gives it once for all",
            ge=1,
            le=100,
        ),
    ] = None
    words: Annotated[str | None, Field(description="What is printed instead of a figure, or left of it")] = None
    also: Annotated[list[AlsoPrinted], Field(description="Other values printed for the same quantity")] = []
    rounding: Annotated[Amount, in_unit_of("outcome", "Half the last printed digit", ge=0)]
    approximate: Annotated[bool, Field(description="Printed with ca., knap or stort set")] = False
    role: Annotated[
        Literal["fit", "validate"] | None,
        Field(
            description="What it is used for; fit: parameters are fitted to it; validate: never; absent: only shown "
            "beside the model",
        ),
    ] = None
    choice: Annotated[str | None, Field(description="Why this one of figures that contradict each other")] = None
    contradicts: Annotated[
        str | None, Field(description="Another published figure that cannot be true together with this one")
    ] = None
    source: Annotated[str, Field(description="Publication that it is printed in", min_length=1)]
    page: Annotated[str, Field(description="Page, table or figure of that publication")]
    definition: Annotated[str, Field(description="How the publisher measured it", min_length=1)]
    caveat: Annotated[str | None, Field(description="What speaks against holding the model to it, in words")] = None
    borrowed: Annotated[
        bool, Field(description="Of other people than those that are simulated: it errs by itself in a fit")
    ] = False

    @model_validator(mode="before")
    @classmethod
    def _a_count_is_a_share(cls, raw: object) -> object:
        """A printed number of persons, `count`, is a figure of count / n."""
        if not isinstance(raw, Mapping) or raw.get("count") is None or "figure" in raw:
            return raw
        count, n = raw["count"], raw.get("n")
        if type(count) is not int or type(n) is not int or not 0 <= count <= n or n == 0:
            raise ValueError(f"count: needs n, and must be a whole number from 0 to n (got {count} of n = {n})")
        return {**raw, "figure": count / n}

    @property
    def time(self) -> int | None:
        """Week or month that it is of; None: the whole follow-up."""
        return self.month if self.month is not None else self.week

    @property
    def rounding_sd(self) -> float:
        """Standard deviation of what rounding may have hidden: anything within half the last printed digit."""
        return self.rounding / math.sqrt(3)

    @model_validator(mode="after")
    def _figure_or_words(self) -> Published:
        if (self.figure is None) != (self.words is not None):
            raise ValueError("figure: give a number, or null and in words what is printed instead of it, and not both")
        return self

    @model_validator(mode="after")
    def _as_counted(self) -> Published:
        if self.count is not None and (self.n is None or self.count > self.n):
            raise ValueError(f"count: needs n, and must not be above it (got {self.count} of n = {self.n})")
        return self

    @model_validator(mode="after")
    def _how_sure(self) -> Published:
        if self.se is not None and not self.se_source:
            raise ValueError("se: needs `se_source:`, which says where the standard error comes from")
        if self.role is None:
            return self
        if self.figure is None:
            raise ValueError(f"role: words cannot be used to {self.role}; give a figure, or leave the role out")
        if sum(value is not None for value in (self.n, self.se, self.spread)) != 1:
            raise ValueError(
                f"role: a figure to {self.role} needs either n (persons that it is of) or se with its se_source, "
                "or `spread: model` where both are lost, and only one of them"
            )
        return self

    @model_validator(mode="after")
    def _as_the_model(self) -> Published:
        if self.spread is not None and self.design_factor is None:
            raise ValueError("spread: needs `design_factor:`, which a file of targets gives once for all its figures")
        if self.spread is not None and (self.n is not None or self.se is not None):
            raise ValueError("spread: give it where n and the standard error are lost, and not beside them")
        if self.spread is None and self.design_factor is not None:
            raise ValueError("design_factor: it is for figures with `spread: model`")
        return self


def with_design(figures: Any, design_factor: Any) -> Any:
    """The figures of a file of targets as they are read, those with `spread: model` with the file's design factor."""
    if design_factor is None or not isinstance(figures, Mapping):
        return figures
    return {
        name: {"design_factor": design_factor, **raw} if isinstance(raw, Mapping) and raw.get("spread") else raw
        for name, raw in figures.items()
    }
