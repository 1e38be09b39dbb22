"""Which figures of a result are asked for, by outcome, group and week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from simulation.results.names import Figure, Names
from simulation.scenario.files.problems import did_you_mean

Week = int | Literal["all"] | None
"""A week since enrolment (or month since referral); None: the whole follow-up; all of them."""


def wanted(
    names: Names, figures: Sequence[Figure], outcome: str | None, group: str | None, week: Week
) -> Sequence[Figure]:
    """Those of the figures that are asked for, in their order. Raises KeyError, with a suggestion, if there is none."""
    found = figures
    if outcome is not None:
        of = names.read(outcome)
        found = [figure for figure in found if figure.outcome == of]
        if not found:
            near = _near(outcome, (names.write(figure.outcome) for figure in figures))
            raise KeyError(f"there is no outcome '{outcome}'{near}")
    if group is not None:
        asked, before = names.group(group), found
        found = [figure for figure in found if figure.group == asked]
        if not found:
            raise KeyError(f"there is no group '{group}'{_near(group, (str(f.group) for f in before))}")
    if week != "all":
        before, found = found, [figure for figure in found if figure.time == week]
        if not found:
            weeks = [figure.time for figure in before if figure.time is not None]
            course = f"it has weeks {min(weeks)} to {max(weeks)}" if weeks else "it has the whole follow-up, None"
            raise KeyError(f"there is no week {week}; {course}")
    return found


def _near(text: str, there: Iterable[str]) -> str:
    known = list(dict.fromkeys(there))
    return did_you_mean(text, known) or f"; there is {', '.join(known[:8])}{', ...' if len(known) > 8 else ''}"
