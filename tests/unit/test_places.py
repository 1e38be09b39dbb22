"""Places that people hold: given in order, handed back whole, against a loop in plain Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.world.places import Places


def places(*capacity: int, where: list[int]) -> Places:
    """Places by row, and the row of every ledig."""
    return Places(np.array(capacity, dtype=np.int64), np.array(where))


def ids(*numbers: int) -> np.ndarray:
    """Ids of ledige."""
    return np.array(numbers, dtype=np.intp)


def test_places_are_given_in_order_by_row() -> None:
    """Two in row 0 and one in row 1; who stands first has hers, and what she holds is one."""
    here = places(2, 1, where=[0, 0, 0, 1, 1])
    assert here.take(ids(2, 0, 1, 4, 3)).tolist() == [True, True, False, True, False]
    assert here.of.tolist() == [1, 0, 1, 0, 1]
    assert here.held.tolist() == [2, 1] and here.free.tolist() == [0, 0]
    assert not here.take(ids(1, 3)).any()


def test_a_further_limit_holds_for_this_time() -> None:
    """Four places, one match this week."""
    here = places(4, where=[0, 0, 0])
    assert here.take(ids(0, 1, 2), room=np.array([1])).tolist() == [True, False, False]
    assert here.take(ids(1, 2), room=np.array([9])).tolist() == [True, True]


def test_the_first_whose_amount_is_not_there_ends_it() -> None:
    """Seven hours: 3, then 5 does not fit, and 1 behind it is not given although it would fit."""
    here = places(7, 2, where=[0, 0, 0, 1])
    assert here.take(ids(0, 1, 2, 3), amounts=np.array([3, 5, 1, 2])).tolist() == [True, False, False, True]
    assert here.of.tolist() == [3, 0, 0, 2]
    assert here.held.tolist() == [3, 2]


def test_everything_that_is_held_comes_back() -> None:
    """Hours and places alike; who holds nothing hands nothing back, and twice is not more than once."""
    here = places(7, where=[0, 0, 0])
    here.take(ids(0, 1), amounts=np.array([3, 4]))
    here.hand_back(ids(1, 2))
    assert (here.held.tolist(), here.of.tolist()) == ([3], [3, 0, 0])
    here.hand_back(ids(1, 2))
    here.hand_back(ids())
    assert (here.held.tolist(), here.of.tolist()) == ([3], [3, 0, 0])


def test_nobody_asks() -> None:
    """No ids, no places."""
    here = places(0, 3, where=[0, 1])
    assert here.take(ids()).tolist() == []
    assert here.take(ids(), amounts=ids()).tolist() == []
    assert here.held.tolist() == [0, 0]


def test_amounts_may_be_large() -> None:
    """300 of 300."""
    here = places(300, where=[0])
    here.take(ids(0), amounts=np.array([300]))
    assert here.of.tolist() == [300]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), min_size=1, max_size=12),
    st.lists(st.tuples(st.booleans(), st.permutations(range(12))), max_size=6),
    st.booleans(),
)
def test_as_in_plain_python(
    capacity: list[int], people: list[tuple[int, int]], moves: list[tuple[bool, list[int]]], in_amounts: bool
) -> None:
    """Takings by those who hold nothing and handings back of some, in any order: what each holds, and what is free."""
    where = [row for row, _ in people]
    here = places(*capacity, where=where)
    holds: dict[int, int] = {}
    for takes, order in moves:
        some = [ledig for ledig in order[:6] if ledig < len(people)]
        if not takes:
            here.hand_back(ids(*some))
            for ledig in some:
                holds.pop(ledig, None)
        else:
            asks = sorted((ledig for ledig in some if ledig not in holds), key=lambda ledig: where[ledig])
            amounts = [people[ledig][1] if in_amounts else 1 for ledig in asks]
            got = here.take(ids(*asks), amounts=np.array(amounts, dtype=np.int64) if in_amounts else None)
            ended: set[int] = set()
            for ledig, amount, given_ in zip(asks, amounts, got.tolist(), strict=True):
                free = capacity[where[ledig]] - sum(held for o, held in holds.items() if where[o] == where[ledig])
                fits = where[ledig] not in ended and amount <= free
                assert given_ == fits
                if fits:
                    holds[ledig] = amount
                else:
                    ended.add(where[ledig])
        assert here.of.tolist() == [holds.get(ledig, 0) for ledig in range(len(people))]
        assert here.held.tolist() == [sum(h for o, h in holds.items() if where[o] == row) for row in range(3)]
