"""Words that must be written in a certain way: keys that are names, and ISO weeks."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator

from simulation.world.spec import unit

FIRST_YEAR, LAST_YEAR = 1900, 2999
ENROLMENT = "enrolment"
"""May stand in the place of an intervention that months are counted from, so none is called like it."""
ARMS, JOBCENTRES = "arms", "jobcentres"
"""May stand beside the characteristics that outcomes are shown by, so none is called like one of them."""


def _iso_week(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])", text):
        raise ValueError(f"'{text}' is not an ISO week; write for example 2010-W44")
    year, week = int(text[:4]), int(text[-2:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR} (got {text})")
    if week > (weeks := datetime.date(year, 12, 28).isocalendar().week):  # 28 December lies in the last one
        raise ValueError(f"{year} has {weeks} weeks (got {text})")
    return text


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError(
            f"'{text}' cannot be a name here: use small ASCII letters, digits and _ (æ → ae, ø → oe, å → aa)"
        )
    return text


Name = Annotated[str, AfterValidator(_name)]
IsoWeek = Annotated[str, AfterValidator(_iso_week), unit("ISO week")]
