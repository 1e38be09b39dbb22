"""Key figures of an assessment, as the ministry of finance lays them down: sets by their date, never mixed."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from pydantic import AfterValidator, BeforeValidator, Field

from simulation.world.spec import Floats, Spec, unit, whole_keys

Rate = Annotated[float, Field(gt=-0.5, le=1, json_schema_extra={"unit": "share a year"})]


def _ahead(raw: object) -> object:
    return whole_keys(raw, "{0: 0.035, 35: 0.025}", "a number of years") if isinstance(raw, dict) else raw


def _from_now(rates: dict[int, float]) -> dict[int, float]:
    if 0 not in rates:
        raise ValueError("the first rate must be from year 0 on, as in {0: 0.035, 35: 0.025}")
    return rates


class KeyFigures(Spec):
    """Key figures of an assessment of what society gains."""

    since: Annotated[int, unit("calendar year", "First year in which assessments use them", ge=1900, le=2999)]
    discount: Annotated[
        dict[Annotated[int, Field(ge=0, le=1000)], Rate],
        BeforeValidator(_ahead),
        AfterValidator(_from_now),
        Field(description="Real discount rate by the number of years after which it holds: {0: 0.035, 35: 0.025}"),
    ]
    net_tax_factor: Annotated[
        float | None,
        unit("factor", "From the prices of firms to those that households pay; null: not known", gt=0, le=10),
    ] = None
    distortion: Annotated[
        float | None,
        unit("factor", "What a krone of public money costs society (1: itself alone); null: not known", ge=1, le=10),
    ] = None

    def present(self, years: ArrayLike) -> Floats:
        """What a krone so many whole years from now is worth today; same shape. Each year is discounted by the rate of
        its own band: the 36th by that after 35 years. Raises ValueError for years below 0."""
        ahead = np.asarray(years, dtype=np.float64)
        if np.any(ahead < 0):
            raise ValueError("what lies in the past is not discounted")
        begins = [*self.discount, np.inf]
        grown = [
            np.clip(ahead - begin, 0, end - begin) * np.log1p(rate)
            for (begin, rate), end in zip(self.discount.items(), begins[1:], strict=True)
        ]
        return np.asarray(np.exp(-np.sum(grown, axis=0)))
