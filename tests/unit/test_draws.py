"""Chance: uniform, independent of everything it should not hang on, and the same for the same key.

Decision rule: |z| < 4 (or a p-value above the same 6.3e-5) for every single comparison, fixed seeds.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import chi2, chisquare, expon, geom, kstest, uniform

from simulation.world import draws
from simulation.world.draws import Draws, personal_keys
from simulation.world.spec import quantile

N = 50_000
P = 6.3e-5  # two-sided normal tail beyond 4
LIMIT = 4.0
IDS = np.arange(N)


@pytest.fixture(scope="module")
def people() -> Draws:
    return Draws(personal_keys(7, "ribe", 0, N))


def correlation_z(x: np.ndarray, y: np.ndarray) -> float:
    """Correlation in standard errors of independent ones."""
    return float(np.corrcoef(x, y)[0, 1] * np.sqrt(len(x)))


# --- the distribution -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "week"), [("attendance", 0), ("attendance", 1), ("attendance", 63), ("lot", 0), ("exit job", 5)]
)
def test_chances_are_uniform(people: Draws, decision: str, week: int) -> None:
    """Kolmogorov-Smirnov over 50 000 people, and its finest bits by chi-square over 256 cells."""
    chance = people.uniform(decision, week, IDS)
    assert kstest(chance, uniform.cdf).pvalue > P
    low_bits = ((chance * 2**52).astype(np.uint64) & np.uint64(255)).astype(int)
    assert chisquare(np.bincount(low_bits, minlength=256)).pvalue > P


def test_weekly_means_scatter_as_they_should(people: Draws) -> None:
    """Over 1000 weeks the sum of squared z of the means is χ²(1000): neither too wild nor too even."""
    ids = np.arange(2000)
    z = np.array([(people.uniform("attendance", week, ids).mean() - 0.5) * np.sqrt(12 * 2000) for week in range(1000)])
    assert P < chi2.cdf((z**2).sum(), 1000) < 1 - P


def test_neither_0_nor_1_is_ever_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even from the smallest and the largest word: a logarithm of a chance is always finite."""
    for word in (0, 2**64 - 1):
        monkeypatch.setattr(draws, "_mix", lambda keys, word=word: np.full_like(keys, word))
        chance = draws.uniform(np.zeros(3, dtype=np.uint64), "lot", 0)
        assert ((chance > 0) & (chance < 1)).all()
        assert np.isfinite(np.log(chance)).all()
        assert np.isfinite(np.log1p(-chance)).all()


def test_reserves_are_exponential(people: Draws) -> None:
    """Exp(1) by Kolmogorov-Smirnov; none is 0, so nobody leaves by an intensity of 0."""
    reserve = people.exponential("exit job", 3, IDS)
    assert (reserve > 0).all()
    assert kstest(reserve, expon.cdf).pvalue > P


def test_what_is_drawn_together_is_drawn_one_by_one(people: Draws) -> None:
    """Bit by bit; and weeks and values follow from the chance as they do where each is drawn alone."""
    ids, decisions = np.array([7, 3, 4000]), ("praktik length", "praktik breakdown")
    together = people.uniforms(decisions, 9, ids)
    for chance, decision in zip(together, decisions, strict=True):
        assert (chance == people.uniform(decision, 9, ids)).all()
        for p in (0.0, 0.03, 1.0):
            assert (draws.weeks_until(p, chance) == people.weeks_until(p, decision, 9, ids)).all()
        lengths = {4: 0.2, 8: 0.5, 13: 0.3}
        assert (quantile(lengths, chance) == people.value(lengths, decision, 9, ids)).all()
    assert people.uniforms((), 9, ids).shape == (0, 3)
    assert people.uniforms(decisions, 9, ids[:0]).shape == (2, 0)


@pytest.mark.parametrize("probability", [0.006, 0.3, 0.9])
def test_weeks_until_are_geometric(people: Draws, probability: float) -> None:
    """Failures before the first success: mean (1 - p) / p, and the whole distribution by chi-square."""
    weeks = people.weeks_until(probability, "praktik referral", 2, IDS)
    mean, sd = (1 - probability) / probability, np.sqrt(1 - probability) / probability
    assert abs(weeks.mean() - mean) < LIMIT * sd / np.sqrt(N)
    most = int(geom.ppf(0.99, probability))
    cells = np.bincount(np.minimum(weeks, most), minlength=most + 1)
    expected = np.append(geom.pmf(np.arange(1, most + 1), probability), geom.sf(most, probability))
    assert chisquare(cells, N * expected).pvalue > P


def test_weeks_until_at_its_ends(people: Draws) -> None:
    """For certain: at once. Never: later than any run lasts (1040 weeks), and so for what is next to never."""
    assert not people.weeks_until(1.0, "x", 0, IDS).any()
    assert (people.weeks_until(0.0, "x", 0, IDS) > 10_000).all()
    assert (people.weeks_until(1e-300, "x", 0, IDS) > 10_000).all()


# --- independence ---------------------------------------------------------------------------------------------------


def test_weeks_are_uncorrelated(people: Draws) -> None:
    """The same decision at lags of 1 to 20 weeks, and 52."""
    first = people.uniform("attendance", 30, IDS)
    for lag in (*range(1, 21), 52):
        assert abs(correlation_z(first, people.uniform("attendance", 30 + lag, IDS))) < LIMIT, lag


DECISIONS = (
    "lot", "arm", "arrival", "attendance", "exit job", "exit other", "frailty job", "talk length", "punctuality",
    "praktik ready", "praktik referral", "praktik push", "praktik length", "job end", "return to benefit",
)  # fmt: skip


def test_decisions_are_uncorrelated(people: Draws) -> None:
    """Every pair of decisions of a week, person by person; and reserves too, where tails matter most."""
    chance = {decision: people.uniform(decision, 0, IDS) for decision in DECISIONS}
    for one, other in itertools.combinations(DECISIONS, 2):
        assert abs(correlation_z(chance[one], chance[other])) < LIMIT, (one, other)
        assert abs(correlation_z(np.log(chance[one]), np.log(chance[other]))) < LIMIT, (one, other)


@pytest.mark.parametrize(
    ("one", "other"), [(("attendance", 4), ("attendance", 5)), (("exit job", 0), ("frailty job", 0))]
)
def test_pairs_fill_the_square(people: Draws, one: tuple[str, int], other: tuple[str, int]) -> None:
    """Correlation sees straight lines only: chi-square over 20 × 20 cells sees any shape."""
    cells = [(people.uniform(*each, IDS) * 20).astype(int) for each in (one, other)]
    assert chisquare(np.bincount(cells[0] * 20 + cells[1], minlength=400)).pvalue > P


def test_neighbours_are_uncorrelated(people: Draws) -> None:
    """Person and next person, at lags of 1 to 5."""
    chance = people.uniform("lot", 0, IDS)
    for lag in range(1, 6):
        assert abs(correlation_z(chance[:-lag], chance[lag:])) < LIMIT, lag


def test_worlds_places_and_seeds_are_uncorrelated() -> None:
    """The same number in another replication, jobcentre or seed is another person."""
    base = Draws(personal_keys(7, "ribe", 0, N)).uniform("lot", 0, IDS)
    for seed, place, replication in [
        (7, "ribe", 1),
        (7, "ribe", 2),
        (7, "skive", 0),
        (8, "ribe", 0),
        (2**63 - 1, "", 9),
    ]:
        other = Draws(personal_keys(seed, place, replication, N)).uniform("lot", 0, IDS)
        assert abs(correlation_z(base, other)) < LIMIT


# --- what a chance hangs on -----------------------------------------------------------------------------------------


def test_more_persons_prolong_the_list() -> None:
    """The first 100 keys are the same whether 100 or 1000 are asked for; all keys differ."""
    keys = personal_keys(1, "vejle", 3, 1000)
    for n in (0, 1, 3, 4, 5, 100):
        assert (personal_keys(1, "vejle", 3, n) == keys[:n]).all()
    assert len(np.unique(keys)) == 1000
    worlds = np.concatenate([personal_keys(1, "vejle", replication, 1000) for replication in range(100)])
    assert len(np.unique(worlds)) == len(worlds)


def test_a_chance_hangs_on_nobody_else(people: Draws) -> None:
    """For a few people alone, in any order and how often asked: the same; and the keys stay as they were."""
    keys = people.keys.copy()
    everybody = people.uniform("attendance", 9, IDS)
    few = np.array([40_000, 3, 3, 777])
    assert (people.uniform("attendance", 9, few) == everybody[few]).all()
    assert (people.uniform("attendance", 9, IDS) == everybody).all()
    assert (people.exponential("attendance", 9, few) == -np.log(everybody[few])).all()
    assert (people.keys == keys).all()
    assert people.uniform("attendance", 9, few[:0]).shape == (0,)


def test_chances_are_the_same_on_every_machine() -> None:
    """Written down once: whoever changes these changes every result there is, and should know it."""
    keys = personal_keys(20260101, "ribe", 1, 2)
    assert keys.tolist() == [5253170380340771223, 14524327366096246221]
    assert draws.uniform(keys, "attendance", 3).tolist() == [0.4783222660359133, 0.6992482794982445]
