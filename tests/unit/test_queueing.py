"""Queues as arrays against the plain loop that says what is meant."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.world.queueing import in_order, turn_of, within_room

PLAIN = settings(derandomize=True, deadline=None, max_examples=200)

small = st.integers(0, 6)
wide = st.integers(0, 70_000)  # beyond what fits into 16 bits together with a group


@st.composite
def queues(draw: st.DrawFn, priorities: st.SearchStrategy[int] = small) -> tuple[np.ndarray, np.ndarray]:
    """Groups and priorities of up to 40 people."""
    people = draw(st.lists(st.tuples(small, priorities), max_size=40))
    groups = np.array([g for g, _ in people], dtype=np.int32)
    return groups, np.array([p for _, p in people], dtype=np.int64)


@PLAIN
@given(queues() | queues(wide))
def test_in_order_sorts_by_group_priority_and_place(queue: tuple[np.ndarray, np.ndarray]) -> None:
    """Python's sorted by (group, priority, place), by the fast way for small numbers and by the other."""
    groups, priority = queue
    expected = sorted(range(len(groups)), key=lambda i: (groups[i], priority[i], i))
    assert in_order(groups, priority).tolist() == expected


def test_in_order_where_16_bits_just_do_and_just_do_not() -> None:
    """Groups × priorities of 2^16 and of one more."""
    for most in (2**16 // 2 - 1, 2**16 // 2):
        groups = np.array([1, 0, 1, 0, 1])
        priority = np.array([most, most, 0, 0, most])
        assert in_order(groups, priority).tolist() == [3, 1, 2, 0, 4]


def test_in_order_takes_the_narrow_columns_that_people_have() -> None:
    """Weeks are 16-bit numbers; their product with a group number must not overflow on the way."""
    rng = np.random.default_rng(1)
    groups, priority = rng.integers(0, 60, 500).astype(np.int32), rng.integers(0, 1000, 500).astype(np.int16)
    expected = sorted(range(500), key=lambda i: (groups[i], priority[i], i))
    assert in_order(groups, priority).tolist() == expected
    assert in_order(groups.astype(np.int16), priority).tolist() == expected


def serve(groups: list[int], amounts: list[int], room: list[int]) -> tuple[list[bool], list[int]]:
    """One after the other; the first who does not fit ends it for her group. Who is served, and what is used."""
    left, ended, served = list(room), [False] * len(room), []
    for group, amount in zip(groups, amounts, strict=True):
        ended[group] |= amount > left[group]
        served.append(not ended[group])
        if served[-1]:
            left[group] -= amount
    return served, [there - still for there, still in zip(room, left, strict=True)]


@PLAIN
@given(
    st.lists(st.tuples(small, st.sampled_from([0, 1, 15, 30, 45])), max_size=40),
    st.lists(st.sampled_from([-10, 0, 1, 30, 60, 75, 1000]), min_size=7, max_size=7),
)
def test_within_room_serves_in_order_until_the_room_is_used_up(people: list[tuple[int, int]], room: list[int]) -> None:
    """Against the loop; groups without people, amounts of 0 and room that is overdrawn already included."""
    people = sorted(people, key=lambda person: person[0])
    groups, amounts = [g for g, _ in people], [a for _, a in people]
    served, used = within_room(np.array(groups, dtype=np.int64), np.array(amounts, dtype=np.int64), np.array(room))
    assert (served.tolist(), used.tolist()) == serve(groups, amounts, room)


def test_turns_begin_anew_in_every_group() -> None:
    assert turn_of(np.array([0, 0, 2, 2, 2, 7])).tolist() == [0, 1, 0, 1, 2, 0]
    assert turn_of(np.empty(0, dtype=np.int64)).tolist() == []


def test_within_room_is_strict() -> None:
    """45 does not fit into the 30 that are left, and so the 15 behind it are not served either."""
    served, used = within_room(np.array([0, 0, 0, 1]), np.array([30, 45, 15, 15]), np.array([60, 15]))
    assert served.tolist() == [True, False, False, True]
    assert used.tolist() == [30, 15]
