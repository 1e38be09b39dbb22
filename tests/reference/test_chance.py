"""Both engines tell the same lives in scenarios made by chance, where any terms of staff meet any others."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from .chance import made_by_chance
from .tables import third
from .test_equal import (
    Both,
    assert_same_counts,
    assert_same_in_a_batch,
    assert_same_teams,
    assert_same_weeks,
    pair_of,
)

NUMBERS = range(40)


@cache
def of(number: int) -> Both:
    """The scenario of this number, by both engines."""
    return pair_of(f"chance {number}", made_by_chance(number))


@pytest.mark.parametrize("number", third(NUMBERS, 0))
def test_they_are_equal(number: int) -> None:
    pair = of(number)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


@pytest.mark.parametrize("number", third(NUMBERS[::8], 0))
def test_a_batch_is_its_replications(number: int) -> None:
    assert_same_in_a_batch(f"chance {number}", made_by_chance(number))


@pytest.mark.slow
def test_things_happen() -> None:
    """Every rule about staff is met in some of them."""
    tally: Counter[str] = Counter()
    for number in NUMBERS:
        reference = of(number).reference
        for ledig in reference.people:
            tally += Counter({what: int(n > 0) for what, n in ledig.tally.items()})
        for post in reference.posts():
            tally.update(post.happened)
    seen = ("ill at first", "vacant at first", "ill", "back", "vacant", "followed", "substitute", "overflowed", "away")
    seen += ("handed on twice", "lost_caseworker", "stays with another team", "talks cut", "covered", "met_the_same")
    seen += ("colleagues have no time", "kontakt_covered", "no_partner", "letters", "own desk", "other desk")
    assert {what: tally[what] for what in seen if tally[what] < 10} == {}
