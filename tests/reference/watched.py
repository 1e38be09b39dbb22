"""WHAT TRIALS WATCHED, for the second engine: counted person by person from her weeks, in plain loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from simulation.world.ledige import LEDIG


def spells(weeks: Sequence[int], enrolled: int) -> Iterator[tuple[int, int]]:
    """The spells on benefit of one person that ended: the week in which each ended, and weeks at whose end she was on
    it. `weeks` are her states by week of the run."""
    there, length = False, 0
    for week, state in enumerate(weeks):
        there = there or week == enrolled
        if there and state != LEDIG:
            yield week, length
            there, length = False, 0
        elif state == LEDIG:
            there, length = True, length + 1


def stock(weeks: Sequence[int], enrolled: int) -> Iterator[int]:
    """The weeks in which she was on benefit when they began, or was enrolled."""
    for week in range(len(weeks)):
        if week == enrolled or (week > enrolled and weeks[week - 1] == LEDIG):
            yield week


def recount(
    lives: Sequence[Sequence[int]], enrolled: Sequence[int], first: int, until: int
) -> tuple[float, float, int]:
    """Exits a week of the stock, mean weeks of completed spells, and the stock at the end, of the weeks of the run from
    `first` to before `until`."""
    ended = [
        (week, length) for life, entry in zip(lives, enrolled, strict=True) for week, length in spells(life, entry)
        if first <= week < until
    ]  # fmt: skip
    there = sum(
        first <= week < until for life, entry in zip(lives, enrolled, strict=True) for week in stock(life, entry)
    )
    now = Counter(life[until - 1] for life in lives)
    return len(ended) / there, sum(length for _, length in ended) / len(ended), now[LEDIG]


def of_month(life: Sequence[int], first: int, last: int) -> bool:
    """Whether she was on benefit at the end of a week from `first` to `last`, or when the first one began."""
    return any(life[week] == LEDIG for week in range(max(first - 1, 0), last + 1))


def long_term(life: Sequence[int], last: int) -> bool:
    """Whether four fifths of the 52 weeks up to this one, or more, were on benefit."""
    return 5 * sum(life[week] == LEDIG for week in range(last - 51, last + 1)) >= 4 * 52


def as_printed(life: Sequence[int], months: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The spells of one person as Jobindsats counts them, each as its weeks on benefit: a gap ends one if a whole
    calendar month lies in it. `months` are their first and last weeks."""
    found: list[list[int]] = []
    for week, state in enumerate(life):
        if state != LEDIG:
            continue
        whole = [1 for first, last in months if found and found[-1][-1] < first and last < week]
        if not found or whole:
            found.append([])
        found[-1].append(week)
    return found
