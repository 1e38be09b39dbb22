"""How many replications, processes and replications side by side may be asked for, by command line or from Python."""

from __future__ import annotations

MOST_REPLICATIONS = 100_000
"""As the key `replications` of a scenario file."""
MOST_WORKERS = 256
"""Processes of this machine."""


def check_numbers(replications: int, workers: int, batch: int | None, here: bool = True) -> None:
    """Raises ValueError for a number that cannot be. Where the work is not done `here`, as many workers may do it as
    there are."""
    most = {"replications": MOST_REPLICATIONS, "workers": MOST_WORKERS if here else None, "batch": MOST_REPLICATIONS}
    for name, number in (("replications", replications), ("workers", workers), ("batch", batch)):
        if number is None and name == "batch":
            continue
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise ValueError(f"{name} must be a whole number of at least 1 (got {number!r})")
        limit = most[name]
        if limit is not None and number > limit:
            raise ValueError(f"{name} must be at most {limit:,} (got {number:,})")
