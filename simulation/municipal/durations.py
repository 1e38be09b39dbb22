"""Classes of durations, as tables write them."""

from __future__ import annotations

import re

WEEKS_A_MONTH = 365.25 / 12 / 7
Weeks = tuple[int, int | None]
"""Above so many weeks and up to so many; None: no end."""
_YEARS = re.compile(r"(\d+)-(\d+) år")
_WEEKS = re.compile(r"(\d+)-(\d+) uger")
_MONTHS = re.compile(r"(\d+)-(\d+) mdr")
_OVER = re.compile(r"over (\d+) (år|uger|mdr)")
_UNDER = re.compile(r"under (\d+) uger")


def length_of(label: str) -> tuple[float, float] | None:
    """Least and most weeks of a class of lengths, None if it says nothing that is known."""
    text = label.casefold().strip()
    if found := _WEEKS.search(text):
        return float(found[1]), float(found[2]) + 1
    if found := _YEARS.search(text):
        return 52.0 * int(found[1]), 52.0 * int(found[2])
    if found := _MONTHS.search(text):
        return WEEKS_A_MONTH * int(found[1]), WEEKS_A_MONTH * int(found[2])
    if found := _UNDER.search(text):
        return 0.0, float(found[1])
    if found := _OVER.search(text):
        return int(found[1]) * {"år": 52.0, "uger": 1.0, "mdr": WEEKS_A_MONTH}[found[2]], float("inf")
    return None


def class_of(label: str) -> Weeks | None:
    """The weeks of a printed class of durations, above and up to: `14-26 uger` is above 13, `3-6 mdr.` too."""
    found = length_of(label)
    if found is None:
        return None
    first, end = (round(each) if each != float("inf") else None for each in found)
    assert first is not None
    if end is not None and "uger" in label.casefold():  # the 27th week is not over
        return max(first - 1, 0), end - 1
    return first, end
