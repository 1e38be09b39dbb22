"""The value of knowing more, where it is known: of two options whose gain is normal, and by brute nested simulation.

The gain of the second option over the first is m + b·θ with independent standard normal θ. What is expected of it is
normal with mean m and a standard deviation s by what is known: all b together, those of some θ, or that of a θ that is
estimated with an error, b ÷ √(1 + error²). What that is worth is s·(φ(u) − u·Φ(−u)) with u = |m| ÷ s (Raiffa and
Schlaifer 1961). Decision rule: within four standard errors, which are half of the 95 % interval over 1.96; the interval
has to be a narrow one, too.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from simulation.economy.decision.drawn import Drawn, drawn, exactly
from simulation.economy.decision.information import Information, partial, perfect, sample
from simulation.economy.decision.worth import found_in
from simulation.world.spec import Floats
from tests.helpers import LIMIT

B = np.array([1.0, 0.5, 0.0])
ERROR = 0.7
DRAWS = 1000


def unit_loss(s: float, mean: float) -> float:
    """What is worth to know a gain of this mean as well as that."""
    u = abs(mean) / s
    return float(s * (norm.pdf(u) - u * norm.sf(u)))


def unknowns_of(seed: int, draws: int = DRAWS) -> Floats:
    return np.random.default_rng(seed).standard_normal((draws, len(B)))


def benefit_of(unknowns: Floats, mean: float) -> Floats:
    return np.column_stack((np.zeros(len(unknowns)), mean + unknowns @ B))


def noisy(benefit: Floats, replications: int, sd: float, common: float, seed: int) -> Drawn:
    """The same with luck of each draw, and luck that all draws have in common."""
    luck = np.random.default_rng(seed)
    of_each = sd * luck.standard_normal((len(benefit), replications, 2))
    return drawn(benefit[:, None] + of_each + common * luck.standard_normal((replications, 2)))


def agrees(found: Information, truth: float, at_most: float) -> None:
    """By the decision rule; half of the interval is no more than this share of the truth."""
    half = (found.value.high - found.value.low) / 2
    assert abs(found.value.value - truth) < LIMIT * half / 1.96, (found.value, truth)
    assert half < at_most * truth


@pytest.mark.parametrize("mean", [-0.3, 0.6, -1.2])
def test_values_of_two_normal_options(mean: float) -> None:
    unknowns = unknowns_of(1, 2000)
    benefit, all_of_it = exactly(benefit_of(unknowns, mean)), float(np.hypot(*B[:2]))
    agrees(perfect(benefit), unit_loss(all_of_it, mean), 0.3)
    agrees(partial(benefit, unknowns[:, 0]), unit_loss(1.0, mean), 0.35)
    agrees(partial(benefit, unknowns[:, :2]), unit_loss(all_of_it, mean), 0.3)
    found, truth = found_in(unknowns[:, :1], np.array([ERROR]), 2), unit_loss(1 / np.hypot(1, ERROR), mean)
    agrees(sample(benefit, found, unknowns[:, 0]), truth, 0.4)
    agrees(sample(benefit, found), truth, 0.4)


def test_what_does_not_matter_is_worth_nothing() -> None:
    """Nor is a surface through noise taken for knowledge: the interval reaches from 0 to little."""
    for seed in range(5):
        unknowns = unknowns_of(seed)
        found = partial(exactly(benefit_of(unknowns, -0.3)), unknowns[:, 2])
        assert found.value.low == 0 and found.value.value < 0.003 and found.value.high < 0.02


def test_a_surface_through_noise_is_not_taken_for_knowledge() -> None:
    """Six useless unknowns of 300 draws, where the choice is as open as can be: lines through noise alone would have a
    standard deviation of 1.12·√(6/300), which were worth 0.06. The mean over ten runs is a quarter of that at the most;
    where nothing is seen the interval begins at 0."""
    found = []
    for seed in range(10):
        unknowns = np.random.default_rng(seed).standard_normal((300, 8))
        found.append(partial(exactly(np.column_stack((np.zeros(300), unknowns[:, :2] @ B[:2]))), unknowns[:, 2:]))
    assert np.mean([each.value.value for each in found]) < 0.02
    assert sum(each.rough for each in found) >= 8 and all(each.value.low == 0 for each in found if each.rough)


def test_a_sample_is_known_better_through_the_unknowns() -> None:
    """Of a small trial and much luck the value scatters less over 25 runs than of the surface by findings alone."""
    pairs = []
    for seed in range(25):
        unknowns = unknowns_of(seed, 300)
        benefit = noisy(benefit_of(unknowns, -0.1), 4, 3.0, 0.0, seed)
        findings = found_in(unknowns[:, :1], np.array([3.0]), seed)
        pairs.append([sample(benefit, findings, unknowns[:, 0]).value.value, sample(benefit, findings).value.value])
    through, alone = np.std(pairs, axis=0)
    assert through < 0.85 * alone


def test_luck_is_not_taken_for_knowledge() -> None:
    """Luck has half of the variance of the gain in a draw, and makes a naive value a third larger."""
    truth, means, naive = unit_loss(float(np.hypot(*B[:2])), -0.3), [], []
    for seed in range(20):
        benefit = noisy(benefit_of(unknowns_of(seed), -0.3), 5, 1.8, 0.0, seed)
        means.append(perfect(benefit).value.value)
        naive.append(perfect(exactly(benefit.means)).value.value)
        assert abs(benefit.less(0).luck[1] - 0.51) < 0.05
    error = np.std(means) / np.sqrt(len(means))
    assert abs(np.mean(means) - truth) < LIMIT * error and error < 0.02 * truth
    assert np.mean(naive) > 1.3 * truth


def test_one_replication_leaves_luck_in_and_says_so() -> None:
    benefit = noisy(benefit_of(unknowns_of(1), -0.3), 1, 1.8, 0.0, 1)
    assert not benefit.luck_is_known and np.isnan(benefit.luck).all()
    by_surface = partial(benefit, unknowns_of(1)[:, :2])  # luck is noise to a surface
    assert perfect(benefit).value.value > 1.3 * unit_loss(float(np.hypot(*B[:2])), -0.3)
    agrees(by_surface, unit_loss(float(np.hypot(*B[:2])), -0.3), 0.4)


@pytest.mark.parametrize(("sd", "common"), [(0.0, 0.0), (2.0, 0.2)])
def test_intervals_hold_as_often_as_they_say(sd: float, common: float) -> None:
    """30 runs of 200 draws, four values of each: 95 % of 120, less three standard errors (7) and as much again for the
    maximum, which so few draws have too small, is 100."""
    truths = [unit_loss(s, -0.5) for s in (float(np.hypot(*B[:2])), 1.0, 0.5, 1 / np.hypot(1, ERROR))]
    held = 0
    for seed in range(30):
        unknowns = unknowns_of(seed, 200)
        benefit = exactly(benefit_of(unknowns, -0.5))
        if sd:
            benefit = noisy(benefit.values, 20, sd, common, seed)
        findings = found_in(unknowns[:, :1], np.array([ERROR]), seed)
        every = (perfect(benefit), *(partial(benefit, unknowns[:, k]) for k in (0, 1)),
                 sample(benefit, findings, unknowns[:, 0]))  # fmt: skip
        held += sum(each.value.low <= truth <= each.value.high for each, truth in zip(every, truths, strict=True))
    assert held >= 100


def test_more_is_never_worth_less() -> None:
    """0 ≤ EVSI, which rises as a trial's error falls, ≤ EVPPI of one ≤ EVPPI of two ≤ EVPI."""
    unknowns = unknowns_of(3, 400)
    benefit = noisy(benefit_of(unknowns, 0.2), 8, 1.0, 0.1, 3)
    errors = (30.0, 3.0, 1.0, 0.5, 0.1, 0.001)
    one = unknowns[:, :1]
    of_samples = [sample(benefit, found_in(one, np.array([error]), 4), one).value.value for error in errors]
    values = [0.0, *of_samples, partial(benefit, one).value.value, partial(benefit, unknowns[:, :2]).value.value,
              perfect(benefit).value.value]  # fmt: skip
    assert (np.diff(values) > -0.004 * values[-1]).all(), values
    assert of_samples[0] < 0.05 * values[-1] and of_samples[-1] == pytest.approx(values[-3], rel=0.01)


def test_value_has_the_unit_and_not_the_level_of_money_nor_the_order_of_options() -> None:
    unknowns = unknowns_of(5, 300)
    three = np.column_stack((benefit_of(unknowns, -0.3), 0.4 * unknowns[:, 1] - 0.2))
    luck = np.random.default_rng(6).standard_normal((300, 4, 3))
    rows = three[:, None] + luck
    one, other = drawn(rows), drawn(1e6 + 250 * rows[:, :, [2, 0, 1]] + 1000 * unknowns[:, 2, None, None])
    for value in (perfect, lambda benefit: partial(benefit, unknowns[:, :2])):
        pair = [value(benefit).value for benefit in (one, other)]
        assert np.allclose(250 * np.array(pair[0]), pair[1], rtol=1e-6)


def test_draws_that_share_what_is_known_are_one() -> None:
    """Each draw twice: the same value, and an interval as of the half of them that are independent."""
    unknowns = unknowns_of(7, 300)
    rows = benefit_of(unknowns, -0.3)
    single, double = exactly(rows), exactly(np.repeat(rows, 2, axis=0), sharing=2)
    pairs = [(perfect(single), perfect(double)),
             (partial(single, unknowns[:, 0]), partial(double, np.repeat(unknowns[:, 0], 2)))]  # fmt: skip
    for one, two in pairs:
        assert np.allclose(one.value, two.value, rtol=0.02)


def test_a_weight_is_a_number_of_draws() -> None:
    unknowns = unknowns_of(8, 400)
    times = np.random.default_rng(9).integers(0, 4, 400)
    by_weight = exactly(benefit_of(unknowns, -0.3), times.astype(float))
    by_number = exactly(benefit_of(np.repeat(unknowns, times, axis=0), -0.3))
    assert perfect(by_weight).value.value == pytest.approx(perfect(by_number).value.value, rel=1e-6)
    kept = times > 1
    some, others = exactly(benefit_of(unknowns, -0.3), kept.astype(float)), exactly(benefit_of(unknowns[kept], -0.3))
    assert some.effective == pytest.approx(kept.sum())
    pair = [partial(some, unknowns[:, 0]).value, partial(others, unknowns[kept, 0]).value]
    assert np.allclose(*pair, rtol=0.02)


def test_unknowns_of_few_values_and_written_twice() -> None:
    """A switch of three states by hand; a column that is there twice, as a line of another, is there once."""
    unknowns = unknowns_of(12, 600)
    state = np.arange(600) % 3
    gains = np.array([-1.0, 0.3, 0.4])[state] + unknowns[:, 0]
    benefit, by_state = exactly(np.column_stack((0 * gains, gains))), [gains[state == k].mean() for k in range(3)]
    truth = np.maximum(by_state, 0).mean() - max(gains.mean(), 0)
    assert partial(benefit, state).value.value == pytest.approx(truth, abs=0.02)
    once = partial(benefit, unknowns[:, 0]).value
    twice = partial(benefit, np.column_stack((unknowns[:, 0], 5 - 3 * unknowns[:, 0]))).value
    assert np.allclose(once, twice, rtol=0.02)


def test_what_a_surface_cannot_tell_is_not_known() -> None:
    unknowns = unknowns_of(10)
    wild = exactly(np.column_stack((np.zeros(DRAWS), np.sign(np.sin(40 * unknowns[:, 0])))))
    assert "same side" in partial(wild, unknowns[:, 0]).why and np.isnan(partial(wild, unknowns[:, 0]).value.value)
    few = exactly(benefit_of(unknowns[:8], 0.0))
    assert "too few" in partial(few, unknowns[:8]).why
    assert "does not vary" in partial(wild, np.ones(DRAWS)).why and not partial(wild, np.ones(DRAWS)).known
    assert "does not vary" in sample(wild, unknowns[:, 0], np.ones(DRAWS)).why
    with pytest.raises(ValueError, match="in every draw"):
        partial(wild, np.full(DRAWS, np.nan))


def test_values_of_draws_of_any_kind_are_bounded_and_within_their_intervals() -> None:
    """Any number of options and unknowns, steps, luck, weights and draws that share; any unit and level of money."""
    known = 0
    for seed in range(25):
        luck = np.random.default_rng(seed)
        options, number, sharing = luck.integers(1, 5, 3)
        unknowns = luck.standard_normal((150, number)) * 10.0 ** luck.integers(-9, 9)
        unknowns = np.round(unknowns / unknowns.max(), 1) if seed % 3 == 0 else unknowns
        rows = (unknowns / np.abs(unknowns).max()) @ luck.standard_normal((number, options)) * luck.integers(0, 3)
        of_each = luck.integers(0, 3) * luck.standard_normal((150, luck.integers(1, 5), options))
        rows = 10.0 ** luck.integers(-6, 9) * (rows[:, None] + of_each + luck.integers(0, 2) * of_each[:1] + seed)
        benefit = drawn(rows, luck.exponential(size=150) if seed % 2 else None, int(sharing))
        limit, slack = perfect(benefit).value.value, 1e-9 * np.abs(rows).max()
        for found in (partial(benefit, unknowns), sample(benefit, found_in(unknowns, np.ones(number), 1), unknowns)):
            known += found.known
            value, low, high = found.value
            assert not found.known or (-slack <= low <= value + slack <= high + 2 * slack and value <= limit + slack)
    assert known > 25


# what follows has no closed form


def curved(unknowns: Floats) -> Floats:
    """Three options with skewed unknowns that act together, shape (draws, 4) becomes (draws, 3)."""
    first, second, third, _ = unknowns.T
    skewed = np.exp(0.5 * first)
    one = -1.0 + skewed * (0.6 + 0.5 * second) + 0.5 * third
    return np.column_stack((0 * first, one, 0.4 * second**2 - 0.5 + 0.3 * third - 0.2 * skewed))


def nested(known: list[int], outer: int, inner: int, seed: int, error: float = 0.0) -> Floats:
    """Brute: unknowns are known, or (with an error) one is estimated, and every other is simulated anew."""
    luck, best = np.random.default_rng(seed), []
    rest = luck.standard_normal((inner, 4))
    for _ in range(outer):
        rows = rest.copy()
        truth = luck.standard_normal(len(known))
        if error:  # the posterior of a standard normal unknown
            spread = error / np.hypot(1, error)
            estimate = truth[0] + error * luck.standard_normal()
            rows[:, known[0]] = estimate / (1 + error**2) + spread * rest[:, known[0]]
        else:
            rows[:, known] = truth
        best.append(curved(rows).mean(axis=0).max())
    return np.array(best)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("known", "error"), [([0], 0.0), ([1], 0.0), ([2], 0.0), ([0, 1], 0.0), ([1], 0.8), ([2], 0.5)]
)
def test_against_brute_nested_simulation(known: list[int], error: float) -> None:
    """By the decision rule, with the error of the nested simulation beside that of the draws."""
    luck = np.random.default_rng(11)
    now = curved(luck.standard_normal((4_000_000, 4))).mean(axis=0).max()
    best = nested(known, 4000, 4000, 12, error)
    unknowns = luck.standard_normal((4000, 4))
    benefit = exactly(curved(unknowns))
    found = partial(benefit, unknowns[:, known])
    if error:
        found = sample(benefit, found_in(unknowns[:, known], np.array([error]), 13), unknowns[:, known])
    half = (found.value.high - found.value.low) / 2
    se = np.hypot(half / 1.96, best.std() / np.sqrt(len(best)))
    assert abs(found.value.value - (best.mean() - now)) < LIMIT * se and se < 0.15 * (best.mean() - now)


@pytest.mark.slow
@pytest.mark.parametrize(("draws", "sharing", "replications"), [(200, 1, 4), (400, 2, 10), (1000, 1, 2)])
def test_intervals_hold_for_three_curved_options(draws: int, sharing: int, replications: int) -> None:
    """100 runs with luck of their own and in common, the last two unknowns drawn anew in draws that share the first:
    EVPI and three EVPPI by nested simulation. 95 % of 400, less three standard errors (13) and twice as much for luck
    that the four values of a run have in common, is 341."""
    luck = np.random.default_rng(14)
    rows = curved(luck.standard_normal((4_000_000, 4)))
    now = rows.mean(axis=0).max()
    truths = [rows.max(axis=1).mean() - now, *(nested([k], 3000, 3000, 15).mean() - now for k in (0, 1)),
              nested([0, 1], 3000, 3000, 16).mean() - now]  # fmt: skip
    held = 0
    for seed in range(100):
        luck = np.random.default_rng(seed)
        unknowns = np.repeat(luck.standard_normal((draws // sharing, 4)), sharing, axis=0)
        unknowns[:, 2:] = luck.standard_normal((draws, 2))
        of_each = luck.standard_normal((draws, replications, 3))
        in_common = 0.3 * luck.standard_normal((replications, 3))
        benefit = drawn(curved(unknowns)[:, None] + of_each + in_common, sharing=sharing)
        values = [perfect(benefit), *(partial(benefit, unknowns[:, known]) for known in ([0], [1], [0, 1]))]
        held += sum(each.value.low <= truth <= each.value.high for each, truth in zip(values, truths, strict=True))
    assert held >= 341
