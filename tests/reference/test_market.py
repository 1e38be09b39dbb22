"""Both engines tell the same lives, and book the same sums, where what is displaced differs between interventions and
falls in part on others outside the model."""

from __future__ import annotations

import pytest
from numpy.testing import assert_array_equal

from simulation.interventions.contract import Treats
from simulation.scenario.schema import Scenario
from simulation.week import run
from tests import all_kinds

from .test_equal import Both, assert_same_counts, assert_same_in_a_batch, assert_same_weeks, pair_of, scenario_of
from .test_sizes import with_sizes

SETTINGS = {
    "market_share": ("market_share=0.3", "jobcentres.syd.market_share=0.8"),
    "own": ("interventions.praktik.displacement=0.9", "interventions.samtaler_nyeste.displacement=0.0"),
    "own alone": ("displacement=0.0", "interventions.samtaler_nyeste.displacement=1.0", "market_share=0.6"),
    "locked in": (
        "interventions.kursus.during={job: 0.0}",
        "interventions.praktik.during={job: 0.0}",
        "interventions.kursus.displacement=0.7",
        "interventions.kursus.places=100",
        "interventions.kursus.matches_per_week=100.0",
        "intake.persons=3",
        "jobcentres.syd.persons=3",
        "jobcentres.vest.persons=3",
    ),
}


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("name", SETTINGS)
def test_every_market(name: str) -> None:
    assert_same_lives_and_books(pair_of(name, scenario_of("marked", *SETTINGS[name])))


def test_every_market_with_sizes() -> None:
    """With sizes on the log that differ between jobcentres, caseworkers and ledige."""
    own = {"interventions.praktik.displacement": 0.9, "interventions.samtaler_lod.displacement": 0.1}
    loaded = with_sizes("marked").with_({**own, "market_share": 0.5})
    assert_same_lives_and_books(pair_of("sizes", loaded.scenario))


def assert_same_lives_and_books(pair: Both) -> None:
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert pair.world.afgang.market is not None
    book = pair.world.afgang.market.ledger
    told = [pair.reference.markets[name] for name in pair.scenario.jobcentres]
    for product, reference in (
        (book.intensity_added, [market.gross for market in told]),
        (book.intensity_net, [market.net for market in told]),
        (book.elsewhere, [market.elsewhere for market in told]),
    ):
        by_place = product.reshape(len(told), -1).sum(axis=1)
        assert by_place == pytest.approx(reference, rel=1e-7, abs=1e-9), pair.title


def test_in_a_batch() -> None:
    assert_same_in_a_batch("own", scenario_of("marked", *SETTINGS["own"]))


@pytest.mark.parametrize("name", SETTINGS)
def test_it_matters(name: str) -> None:
    settings = SETTINGS[name]
    without = [setting for setting in settings if ".displacement" not in setting and "market_share" not in setting]
    assert_other_lives(scenario_of("marked", *settings), scenario_of("marked", *without))


def test_one_share_for_all_is_a_single_number() -> None:
    """Written at every intervention, or once for all of them: the same to the last bit."""
    names = ("kursus", "samtaler_nyeste", "praktik", "samtaler_lod")
    each = scenario_of("marked", "displacement=0.0", *(f"interventions.{name}.displacement=0.4" for name in names))
    once, apart = (run(scenario, [0]) for scenario in (scenario_of("marked"), each))
    assert_array_equal(once.register.codes, apart.register.codes)
    assert once.afgang.market is not None and apart.afgang.market is not None
    assert_array_equal(once.afgang.market.ledger.jobs_net, apart.afgang.market.ledger.jobs_net)


def assert_other_lives(one: Scenario, other: Scenario) -> None:
    assert (run(one, [0]).register.codes != run(other, [0]).register.codes).any()


def test_all_kinds_with_displacement_and_next_jobs_of_their_own() -> None:
    """Every kind displaces another share of what it adds, and all that treat change the next job."""
    scenario = all_kinds.everything(displacement=0.3, market_share=0.7)
    data = scenario.model_dump(exclude_none=True)
    for number, (name, each) in enumerate(scenario.interventions.items()):
        data["interventions"][name]["displacement"] = number % 5 / 4
        if isinstance(each, Treats):
            ends = {"log": 0.3 - number % 4 / 5, "between_jobcentres": 0.3}
            data["interventions"][name]["next_job"] = {"ends": ends, "hours": 0.8 + number % 3 / 5}
    data["job_spells"] |= {"jobcentre_sd": 0.4, "jobcentres": {"ribe": 1.6}}
    pair = pair_of("all kinds, jobs", Scenario.model_validate(data))
    assert_same_lives_and_books(pair)
    assert_other_lives(pair.scenario, scenario)
