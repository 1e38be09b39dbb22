"""Mechanisms that a scenario may do without, declared beside the field that has them, so that `sensitivity` tries every
scenario without each of them (`scenario/switches.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Switch:
    """The field is a mechanism, called so, that can be left out: its key goes, or what stands there becomes 0 or an
    empty mapping. All fields of one name are left out together; of `effects` those of one intervention."""

    name: str
    by: Literal["key", "zero", "empty"] = "key"

    @property
    def off(self) -> Any:
        """What is set where it is left out; None: the key is taken away."""
        return {"key": None, "zero": 0.0, "empty": {}}[self.by]


BETWEEN_JOBCENTRES, DISPLACEMENT = Switch("between_jobcentres", "zero"), Switch("displacement", "zero")
TURNOVER = Switch("turnover")
EFFECTS = "effects"
