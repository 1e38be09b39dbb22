"""Words that must be written in a certain way: keys that are names, and ISO weeks."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from simulation.world.weeks import IsoWeek

__all__ = ["ARMS", "ENROLMENT", "JOBCENTRES", "IsoWeek", "Name"]

ENROLMENT = "enrolment"
"""May stand in the place of an intervention that months are counted from, so none is called like it."""
ARMS, JOBCENTRES = "arms", "jobcentres"
"""May stand beside the characteristics that outcomes are shown by, so none is called like one of them."""


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError(
            f"'{text}' cannot be a name here: use small ASCII letters, digits and _ (æ → ae, ø → oe, å → aa)"
        )
    return text


Name = Annotated[str, AfterValidator(_name)]
