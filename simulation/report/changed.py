"""What differs between two scenarios, and what that means for their figures, on the screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from simulation.report.words import grid
from simulation.scenario.alike import Alike, cut
from simulation.scenario.changes import Change

MOST_ROWS, MOST_OF_A_PART, MOST_NAMED, WIDEST = 20, 3, 12, 40
"""Rows that are shown; values of a part that only one of the two has, before they are counted; outcomes that are named;
characters of a value."""


def changed_lines(changes: Sequence[Change]) -> list[str]:
    """A table of key, from and to; long lists are cut, with a count."""
    if not changes:
        return ["Nothing differs between the two: every figure is the same, replication by replication."]
    rows = list(_rows(changes))
    shown, more = rows[:MOST_ROWS], len(rows) - MOST_ROWS
    lines = [grid([["changed", "base", "scenario"], *shown])]
    if more > 0:
        lines.append(f"... and {more} more; all of them stand in tables/changes.csv.")
    return lines


def alike_lines(alike: Alike, left_out: Sequence[str], width: int) -> list[str]:
    """What cannot be compared, and what is not a difference of policies."""
    return [textwrap.fill(sentence, width) for sentence in _marks(alike, left_out)]


def _marks(alike: Alike, left_out: Sequence[str]) -> Iterator[str]:
    if left_out:
        yield (
            f"Left out: what is counted or averaged over the whole run, which is {alike.base.weeks} weeks in one and "
            f"{alike.other.weeks} in the other ({cut(left_out, MOST_NAMED)})."
        )
    if not alike.same_people:
        yield (
            f"NOT THE SAME PEOPLE: {'; '.join(alike.cohort)}. A difference is also one of who is followed, not of "
            "policy alone, numbers of persons, spells, minutes and cost above all; replications are no pairs, and ± is "
            "that of independent runs."
        )
    if arms := alike.other_arms:
        named = " and ".join(arms)
        yield f"Other people are in {named}, for the shares of arms differ: compare everybody (alle) instead."
    if alike.other_luck:
        yield (
            f"Other luck: {'; '.join(alike.other_luck)}. Chances hang on the name of an intervention, so what differs "
            "there is partly luck (± holds all the same; the variance ratio tells)."
        )
    if alike.base.start != alike.other.start:
        starts = f"start ({alike.base.start}; {alike.other.start})"
        if alike.base.season is None and alike.other.season is None:
            yield f"{starts} is what week 0 is called; nothing that is simulated depends on it."
        else:
            yield f"{starts}: `season` goes by it, so the same week of both runs is another time of the year."


def _rows(changes: Sequence[Change]) -> Iterator[list[str]]:
    parts: dict[str, list[Change]] = {}
    for change in changes:
        parts.setdefault(change.part, []).append(change)
    for part, within in parts.items():
        if len(within) > MOST_OF_A_PART:
            added = all(change.before is None for change in within)
            count = f"{len(within)} values"
            yield [part, "–" if added else count, count if added else "–"]
        else:
            yield from ([c.key, _cell(c.before, c.fitted_before), _cell(c.after, c.fitted_after)] for c in within)


def _cell(value: Any, fit: str) -> str:
    text = "–" if value is None else _text(value)
    short = text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
    return f"{short} (fitted: {fit})" if fit else short


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else "there" if value == {} else str(value)
