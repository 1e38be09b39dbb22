"""Permutation tests over jobcentres, against scipy's with all lots, and by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import permutation_test

from simulation.results.trial import operating
from simulation.results.trial.analyse import analyse, attainable_size
from simulation.results.trial.blocks import Blocks
from simulation.results.trial.design import Design, Lots
from simulation.results.trial.permutation import _lots, permuted
from simulation.results.trial.regression import Regression
from simulation.results.trial.tally import Moments, Tally
from simulation.world.spec import Floats
from tests.trials import drawn

SIZES = (9, 14, 5, 22, 11, 17, 8)
TEST = operating.Test("hours", "difference", "permutation")


def means(persons: Floats, mean: Floats, lots: Lots) -> operating.Estimates:
    """The test of blocks, shape (jobcentres, strata, lots), of one rehearsal."""
    blocks = Blocks(persons[None], mean[None], 0.0 * mean[None])
    return permuted(blocks, Regression.of(blocks.persons, lots), Design(lots))


def test_the_two_lots_of_a_jobcentre_change_places() -> None:
    """Seven jobcentres: all 128 changes of sign, as scipy has them; the estimate is that of the regression."""
    tally = drawn(3, 5, SIZES, "individual", effect=1.0).tally(20)
    design = Design("individual")
    clustered = TEST._replace(errors="clustered")
    found = analyse(tally, design, [TEST, clustered])
    of = tally.moments["hours"]
    weight = of.persons[..., 0] * of.persons[..., 1] / of.persons.sum(axis=-1)
    apart = weight * (of.sums[..., 1] / of.persons[..., 1] - of.sums[..., 0] / of.persons[..., 0])
    for rehearsal in range(5):
        theirs = permutation_test((apart[rehearsal],), lambda x: np.abs(x.sum()), permutation_type="samples",
                                  alternative="greater")  # fmt: skip
        assert found[TEST].p[rehearsal] == pytest.approx(theirs.pvalue)
    assert found[TEST].estimate == pytest.approx(found[clustered].estimate)
    assert attainable_size(tally, design, "hours") == 6 / 128  # each as far as its mirror image: 3 pairs of 64


def test_lots_fall_upon_other_jobcentres() -> None:
    """Four and three of seven: all 35 choices, as scipy has them, of means in which each jobcentre counts alike."""
    tally = drawn(4, 5, SIZES, "cluster", icc=0.1).tally(20)
    found = analyse(tally, Design("cluster"), [TEST])[TEST]
    of = tally.moments["hours"]
    treated, mean = of.persons[..., 1] > 0, of.sums.sum(axis=-1) / of.persons.sum(axis=-1)
    for rehearsal in range(5):
        lots = mean[rehearsal][treated[rehearsal]], mean[rehearsal][~treated[rehearsal]]
        middle = mean[rehearsal].mean()
        theirs = permutation_test(lots, lambda x, y, middle=middle: np.abs((x - middle).sum()), alternative="greater")
        assert found.p[rehearsal] == pytest.approx(theirs.pvalue)
        assert found.estimate[rehearsal] == pytest.approx(lots[0].mean() - lots[1].mean())
    assert attainable_size(tally, Design("cluster"), "hours") == 1 / 35


def test_ties_make_the_attainable_size_smaller() -> None:
    """Eight jobcentres of twelve persons: the share of the 70 lots whose own p, among them, is at most 5 %, exactly."""
    tally = drawn(4, 30, (12,) * 8, "cluster").tally(20)
    exits = tally.courses["exit_job"].events.sum(axis=(2, 3))
    lots = np.array(list(combinations(range(8), 4)))
    sizes = []
    for of_place in exits:
        far = np.abs(2 * of_place[lots].sum(axis=1) - of_place.sum())
        sizes.append(((far[None, :] >= far[:, None]).mean(axis=1) <= 0.05).mean())
    assert 0 < np.mean(sizes) < 2 / 70
    assert attainable_size(tally, Design("cluster"), "exit_job") == pytest.approx(np.mean(sizes))


def test_jobcentres_cross_over_in_another_order() -> None:
    """Seven jobcentres in three steps: all 5,040 pairings of jobcentres and weeks of crossing, as scipy has them, of
    what a regression on jobcentres and periods leaves, by matrices."""
    people = drawn(5, 3, SIZES, "stepped_wedge", icc=0.05, strata=4)
    found = analyse(people.tally(20), Design("stepped_wedge"), [TEST])[TEST]
    dummies = [group[:, None] == np.unique(group)[None, :] for group in (people.jobcentre, people.stratum)]
    x = np.column_stack(dummies).astype(float)
    for rehearsal in range(3):
        rest = people.number[rehearsal] - x @ np.linalg.lstsq(x, people.number[rehearsal], rcond=None)[0]
        by_period = np.array([[rest[(people.jobcentre == g) & (people.stratum == t)].sum() for t in range(4)]
                              for g in range(7)])  # fmt: skip
        crossed = np.array([people.stratum[(people.jobcentre == g) & (people.lot[rehearsal] == 1)].min()
                            for g in range(7)])  # fmt: skip

        def statistic(order: Floats, by_period: Floats = by_period) -> float:
            return abs(sum(by_period[g, int(c) :].sum() for g, c in enumerate(order)))

        theirs = permutation_test((crossed,), statistic, permutation_type="pairings", alternative="greater")
        assert found.p[rehearsal] == pytest.approx(theirs.pvalue)


def test_four_jobcentres_by_hand() -> None:
    """Differences 1, 2, 3, −1 of equal weight sum to 5: as far are ±(1+2+3±1) and ±(−1+2+3+1), 6 of 16."""
    persons, mean = np.ones((4, 1, 2)), np.zeros((4, 1, 2))
    mean[:, 0, 1] = 1.0, 2.0, 3.0, -1.0
    found = means(persons, mean, "individual")
    assert (found.p[0], found.estimate[0]) == (6 / 16, 5 / 4)


def test_jobcentres_that_tell_nothing_are_left_out() -> None:
    """Without controls a jobcentre has no difference, without persons no mean; others are tested as if alone."""
    persons, mean = np.full((5, 1, 2), 2.0), np.zeros((5, 1, 2))
    mean[:, 0, 1] = 1.0, 2.0, 3.0, -1.0, 9.0
    persons[4, 0, 0] = 0.0
    assert means(persons, mean, "individual").p[0] == 6 / 16
    persons[:] = 0.0
    persons[[0, 1], 0, 1] = persons[[2, 3], 0, 0] = 2.0
    mean[:] = 0.0
    mean[[0, 1], 0, 1] = 5.0, 6.0
    assert means(persons, mean, "cluster").p[0] == 2 / 6


def test_of_many_lots_some_are_drawn_and_the_one_that_fell_is_one_of_them() -> None:
    """Twenty jobcentres whose differences are all alike: no other lots are as far, but for their mirror image. The
    same seed draws the same lots, another one others."""
    persons, mean = np.full((20, 1, 2), 2.0), np.zeros((20, 1, 2))
    mean[..., 1] = 1.0
    assert means(persons, mean, "individual").p[0] == 1 / 1000
    tally = drawn(6, 20, (10,) * 20, "individual", effect=1.0).tally(20)
    by_seed = [analyse(tally, Design("individual", seed=seed), [TEST])[TEST].p for seed in (1, 1, 2)]
    assert np.array_equal(by_seed[0], by_seed[1]) and not np.array_equal(by_seed[0], by_seed[2])
    assert attainable_size(tally, Design("individual"), "hours") == pytest.approx(0.05)


@pytest.mark.parametrize(("counts", "free", "many"), [((3, 4), False, 35), ((2, 3, 1), False, 60), ((5, 0), True, 32)])
def test_every_lot_is_tried_once(counts: tuple[int, ...], free: bool, many: int) -> None:
    """As many of each label as there are, or each by itself."""
    tried, exact = _lots(counts, free, 1)
    assert exact and len(tried) == many == len(np.unique(tried, axis=0))
    if not free:
        assert all((np.bincount(lots, minlength=len(counts)) == counts).all() for lots in tried)


def test_a_rehearsal_has_the_same_p_beside_others() -> None:
    """Alone and in a batch, also with one in which nobody is treated, which has none."""
    tally = drawn(4, 6, SIZES, "cluster", icc=0.1).tally(20)
    together = analyse(tally, Design("cluster"), [TEST])[TEST].p
    for rehearsal in range(6):
        some = slice(rehearsal, rehearsal + 1)
        alone = Tally(tally.jobcentre, tally.stratum, tally.persons[some], tally.taken_up[some], {},
                      {"hours": Moments(*(each[some] for each in tally.moments["hours"]))})  # fmt: skip
        assert analyse(alone, Design("cluster"), [TEST])[TEST].p[0] == together[rehearsal]
    of = tally.moments["hours"]
    for each in of:
        each[0, :, 1] = 0
    broken = analyse(tally, Design("cluster"), [TEST])[TEST]
    assert np.isnan(broken.p[0]) and np.isnan(broken.estimate[0]) and np.array_equal(broken.p[1:], together[1:])
