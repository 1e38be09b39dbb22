"""What a number of weeks in a scenario counts, declared beside its field, so that one rule of `check` sees for every
kind of intervention alike which of them no run ever reaches (`scenario/never.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class At:
    """The field is a week at which something begins or ends: of the run, of the course (weeks since enrolment), or of
    the benefit spell. A distribution is of such weeks. With `gone_by` it is told at the end of so many weeks."""

    clock: Literal["run", "course", "benefit"]
    gone_by: bool = False


@dataclass(frozen=True)
class Takes:
    """The field is a number of weeks that must go by before something happens."""


@dataclass(frozen=True)
class Lasts:
    """The field is how many weeks the effect lasts that the keys beside it describe: factors on exits, or a slope."""

    effects: tuple[str, ...]


RUN_WEEK, COURSE_WEEK, BENEFIT_WEEK, TAKES = At("run"), At("course"), At("benefit"), Takes()
