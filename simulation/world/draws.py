"""Chance: a random number belongs to (seed, decision, replication, week, person), never to the order of calls.

Every ledig gets a 64-bit key of her own from NumPy's Philox, keyed by the seed and the name of her jobcentre, with
the replication in the counter. A chance that she meets is a hash of that key with the decision and the week, so it
can be had for any few people alone, in any order, and is the same in every scenario with the same seed. The luck of a
job goes with the number of the spell instead of the week: who leaves a week earlier gets the same job a week earlier.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Floats, Ids, Ints, quantile

Keys = NDArray[np.uint64]
MOST_IN_A_TABLE = 2**10
"""Numbers of spells and of small jobs are small; larger ones are looked up one by one."""

# Constants are arrays without dimension: NumPy takes them as they are, where it would convert a number at every call.
_SHIFTS = [np.array(bits, dtype=np.uint64) for bits in (30, 27, 31)]
_FACTORS = [np.array(factor, dtype=np.uint64) for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)]
_SPARE = np.array(12, dtype=np.uint64)
_ONE = np.array(0x3FF0000000000000, dtype=np.uint64)  # the bits of 1.0: filling in 52 bits gives a number in [1, 2)
_TO_MIDDLE = np.array(1.0 - 2.0**-53)  # [1, 2) to the middle of the steps of [0, 1): neither 0 nor 1 is ever drawn


class _Local(threading.local):
    """A generator of each thread: to set its state takes a quarter of the time that making one takes."""

    def __init__(self) -> None:
        self.philox = np.random.Philox(0)
        self.state: Any = dict(self.philox.state)


_LOCAL = _Local()


def personal_keys(seed: int, place: str, replication: int, persons: int) -> Keys:
    """The keys of `persons` ledige of one place (jobcentre) in one replication: shape (persons,).

    More persons prolong the list and change nobody in it.
    """
    philox, state = _LOCAL.philox, _LOCAL.state
    # NumPy has always read this list as float64 where the word is 2^63 or more, and so lost its last bits. It stays so,
    # for keys are to be what they were.
    key = np.asarray([seed, word(f"place {place}")])
    state["state"] = {"key": key.astype(np.uint64), "counter": np.array([0, 0, 0, replication], dtype=np.uint64)}
    philox.state = state
    return philox.random_raw(persons)


class Draws:
    """The chances of the ledige whose keys these are, one key per row."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def uniform(self, decision: str, week: int | Ints, ids: Ids) -> Floats:
        """Uniform numbers strictly between 0 and 1 for this decision in this week: shape of `ids`.

        Instead of the week, there may be a number of each one's own (of her spell), in the shape of `ids`.
        """
        if len(ids) == 0:
            return np.empty(0)
        bits = self.keys.take(ids)
        return _between_0_and_1(np.bitwise_xor(bits, _salts(decision, week), bits))

    def uniforms(self, decisions: Sequence[str], week: int, ids: Ids) -> Floats:
        """The same for several decisions of one moment at once: shape (decisions, ids). Where few are concerned it
        costs little more than one of them."""
        return _between_0_and_1(self.keys.take(ids) ^ _salts_together(tuple(decisions), week))

    def exponential(self, decision: str, week: int | Ints, ids: Ids) -> Floats:
        """Exp(1) numbers, shape of `ids`: the reserve of luck against an intensity."""
        chance = self.uniform(decision, week, ids)
        return np.negative(np.log(chance, out=chance), out=chance)

    def value(
        self, distribution: Mapping[int, float], decision: str, week: int | Ints, ids: Ids
    ) -> NDArray[np.int64]:
        """Values of a distribution, shape of `ids`; nothing is drawn where only one value is possible."""
        if len(distribution) == 1:
            return np.full(len(ids), next(iter(distribution)))
        return quantile(distribution, self.uniform(decision, week, ids))

    def weeks_until(self, probability: float, decision: str, week: int | Ints, ids: Ids) -> NDArray[np.int64]:
        """Failures before the first success of weekly trials: geometric, shape of `ids`; far away if p = 0."""
        chance = self.uniform(decision, week, ids) if 0 < probability < 1 else np.empty(len(ids))
        return weeks_until(probability, chance)


def weeks_until(probability: float, chance: Floats) -> NDArray[np.int64]:
    """The same at each chance in (0, 1); same shape."""
    if probability >= 1:
        return np.zeros(len(chance), dtype=np.int64)
    if probability <= 0:
        return np.full(len(chance), 2**14)
    weeks: NDArray[np.int64] = np.minimum(np.log(chance) / np.log1p(-probability), 2**14).astype(np.int64)
    return weeks


def uniform(keys: Keys, decision: str, week: int | Ints) -> Floats:
    """Uniform numbers strictly between 0 and 1 from personal keys; `keys` is left as it is."""
    return _between_0_and_1(np.bitwise_xor(keys, _salts(decision, week)))


def _between_0_and_1(bits: Keys) -> Floats:
    """Uniform numbers from 64-bit words, which are overwritten."""
    bits = _mix(bits)
    np.right_shift(bits, _SPARE, bits)
    np.bitwise_or(bits, _ONE, bits)
    chance: Floats = bits.view(np.float64)
    np.subtract(chance, _TO_MIDDLE, chance)
    return chance


def _mix(bits: Keys) -> Keys:
    """Scramble 64-bit words in place (the finaliser of SplitMix64, constants by D. Stafford)."""
    shifted = np.right_shift(bits, _SHIFTS[0])
    np.bitwise_xor(bits, shifted, bits)
    np.multiply(bits, _FACTORS[0], bits)
    np.right_shift(bits, _SHIFTS[1], shifted)
    np.bitwise_xor(bits, shifted, bits)
    np.multiply(bits, _FACTORS[1], bits)
    np.right_shift(bits, _SHIFTS[2], shifted)
    return np.bitwise_xor(bits, shifted, bits)


def _salts(decision: str, week: int | Ints) -> NDArray[np.uint64]:
    """What tells this decision from all others: one word, or one for each number (of one or more, not negative)."""
    if isinstance(week, int):
        return _salt(decision, week)
    highest = int(week.max())
    if highest < MOST_IN_A_TABLE:
        return _table(decision, 1 << highest.bit_length()).take(week)
    numbers, which = np.unique(week, return_inverse=True)
    return np.array([_salt(decision, number) for number in numbers.tolist()], dtype=np.uint64).take(which)


@lru_cache(maxsize=1024)
def _table(decision: str, size: int) -> NDArray[np.uint64]:
    """The salts of a decision by number, from 0 on."""
    return np.array([word(f"{decision} week {number}") for number in range(size)], dtype=np.uint64)


@lru_cache(maxsize=65536)
def _salt(decision: str, week: int) -> NDArray[np.uint64]:
    return np.array(word(f"{decision} week {week}"), dtype=np.uint64)


@lru_cache(maxsize=65536)
def _salts_together(decisions: tuple[str, ...], week: int) -> NDArray[np.uint64]:
    """The salts of several decisions, shape (decisions, 1)."""
    return np.array([_salt(decision, week) for decision in decisions], dtype=np.uint64)[:, None]


def word(text: str) -> int:
    """A 64-bit number of a text, the same on every machine and in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
