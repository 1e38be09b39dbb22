"""Both engines tell the same lives with a season of exits and of staff; one that says 1 throughout changes nobody."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from simulation.scenario.load import Loaded
from simulation.week import run
from simulation.world.world import World
from tests.helpers import counts_of, team_counts_of

from .tables import third
from .test_equal import Both, assert_same_counts, assert_same_in_a_batch, assert_same_teams, assert_same_weeks, pair_of
from .test_market import assert_same_lives_and_books
from .test_sizes import plain

SCENARIOS = ("marked", "bemanding", "syge", "klub", "fleks", "gruppe", "arbejde")
START = "2020-W30"
"""A run from here meets the summer, Christmas, and the year's week 53."""
HOLIDAYS = {"months": {7: 0.6, 8: 0.8, 12: 0.75}, "weeks": {30: 0.35, 52: 0.0, 53: 0.4}}


def with_season(name: str, minutes: dict[str, Any] | None = HOLIDAYS, low: float = 0.4) -> Loaded:
    """Every destination has a season of its own; where nothing is said else with holidays of staff."""
    loaded, exits = plain(name), {}
    for number, destination in enumerate(loaded.scenario.exits):
        high = 1.9 + number / 3
        exits[destination] = {month: high if (month + number) % 3 else low for month in range(1, 13)}
    return loaded.with_({"start": START, "season": {"exits": exits, "minutes": minutes}})


@cache
def pair(name: str) -> Both:
    return pair_of(f"{name} with season", with_season(name).scenario)


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("name", third(SCENARIOS, 0))
def test_every_life_and_every_team(name: str) -> None:
    assert_same_weeks(pair(name))
    assert_same_counts(pair(name))
    assert_same_teams(pair(name))


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_months_in_which_nobody_leaves() -> None:
    assert_same_lives_and_books(pair_of("marked, factor 0", with_season("marked", low=0.0).scenario))


def test_in_a_batch() -> None:
    assert_same_in_a_batch("season", with_season("bemanding").scenario)


@pytest.mark.parametrize("name", third(SCENARIOS, 0))
def test_each_part_matters(name: str) -> None:
    without = plain(name).with_({"start": START})
    for part in ({"exits": with_season(name).scenario.season.exits}, {"minutes": HOLIDAYS}):  # type: ignore[union-attr]
        seasonal = without.with_({"season": part})
        assert (codes(seasonal) != codes(without)).any(), part


@pytest.mark.parametrize("name", third(SCENARIOS, 1))
def test_a_season_that_says_one_changes_nobody(name: str) -> None:
    """Factors that are all alike, and shares of 1: the same to the last bit."""
    loaded = plain(name)
    exits = {destination: dict.fromkeys(range(1, 13), 0.7) for destination in loaded.scenario.exits}
    shares = {"months": dict.fromkeys(range(1, 13), 1.0), "weeks": dict.fromkeys(range(1, 54), 1.0)}
    one, other = (
        run(each.scenario, [0, 1]) for each in (loaded, loaded.with_({"season": {"exits": exits, "minutes": shares}}))
    )
    assert_same_worlds(one, other)


def assert_same_worlds(one: World, other: World) -> None:
    assert_array_equal(one.register.codes, other.register.codes)
    assert_array_equal(one.afgang.reserve, other.afgang.reserve)
    for counts in (counts_of, team_counts_of):
        for name, count in counts(one).items():
            assert_array_equal(count, counts(other)[name], name)
    assert_array_equal(np.array(one.register.minutes), np.array(other.register.minutes))


def codes(loaded: Loaded) -> Any:
    return run(loaded.scenario, [0]).register.codes
