"""How many jobcentres have a significant effect of their own, by an evaluator's test and by luck.

Decision rules. Counts, shares by luck and enumerated chances are exact; of drawn trials |z| < LIMIT, binomial.
"""

from __future__ import annotations

import math
import pathlib

import numpy as np
import pytest
from scipy.stats import binomtest, chi2_contingency

from simulation.report.trial.places import several
from simulation.report.trial.text import trial_tables
from simulation.report.trial.words import Telling
from simulation.results.trial.operating import Places
from simulation.results.trial.places import at_least, by_luck, chance_of_one, places, positive
from simulation.results.trial.tally import Course, Tally
from tests.helpers import LIMIT
from tests.rehearsals import BLOCK, point, rehearsed, share, small

PLACES, PERSONS, WEEKS = 18, 50, 4


def tally(left: np.ndarray, persons: np.ndarray, jobcentre: list[int], stratum: list[int]) -> Tally:
    """Data in which so many have left, all in the last week: counts of shape (rehearsals, cells, lots)."""
    events = np.zeros((*left.shape, WEEKS), dtype=np.int64)
    events[..., -1] = left
    none = np.zeros_like(events)
    return Tally(np.array(jobcentre), np.array(stratum), persons, np.zeros_like(persons),
                 {"exit_job": Course(events, none, none)}, {})  # fmt: skip


def drawn(share: float, rehearsals: int, seed: int = 0) -> Tally:
    """Trials without any effect: binomial numbers."""
    persons = np.full((rehearsals, PLACES, 2), PERSONS)
    left = np.random.default_rng(seed).binomial(persons, share)
    return tally(left, persons, list(range(PLACES)), [0] * PLACES)


def test_a_jobcentre_is_positive_by_the_test_of_two_proportions() -> None:
    """As SciPy has it (chi-square without correction), and only where the treated leave more; both strata of a
    jobcentre are one; without persons of both lots, or without any exit, there is nothing to see."""
    left = np.array([[[2, 9], [1, 2], [9, 2], [1, 5], [0, 0], [0, 3]]])
    persons = np.array([[[30, 30], [20, 25], [30, 30], [30, 30], [10, 10], [0, 9]]])
    found = positive(tally(left, persons, [0, 0, 1, 2, 3, 4], [0, 1, 0, 0, 0, 0]), "exit_job")
    p = {
        jobcentre: chi2_contingency([[treated, of - treated], [control, of_control - control]], correction=False).pvalue
        for jobcentre, treated, of, control, of_control in ((0, 11, 55, 3, 50), (1, 2, 30, 9, 30), (2, 5, 30, 1, 30))
    }
    assert p[0] < 0.05 and p[1] < 0.05 < p[2]
    assert found.tolist() == [[True, False, False, False, False]]
    at = max(p[0], 1e-9)
    both = [bool(positive(tally(left, persons, [0, 0, 1, 2, 3, 4], [0] * 6), "exit_job", level)[0, 0])
            for level in (at * 1.001, at * 0.999)]  # fmt: skip
    assert both == [True, False]


def test_how_many_luck_gives_is_binomial() -> None:
    """Two or more of 18 tests that are positive with 2.5 %: the seven trials of a hundred."""
    luck = by_luck(PLACES)
    assert luck[0] == 1 and len(luck) == PLACES + 1 and (np.diff(luck) < 0).all()
    assert luck[1] == pytest.approx(1 - 0.975**18)
    assert luck[2] == pytest.approx(1 - 0.975**18 - 18 * 0.025 * 0.975**17)
    assert luck[18] == pytest.approx(0.025**18)
    assert luck[2] == pytest.approx(0.0734, abs=5e-5)


def test_a_test_of_few_exits_is_not_positive_as_often_as_it_claims() -> None:
    """By hand of one against one: only 1 against 0 has p <= 0.32. Few exits: rarely; many: p / 2."""
    assert chance_of_one(1, 1, 0.3, 0.32) == pytest.approx(0.3 * 0.7)
    assert chance_of_one(1, 1, 0.3, 0.05) == 0
    assert chance_of_one(13, 13, 0.07) < 0.01 < chance_of_one(50, 50, 0.07) < 0.025
    assert chance_of_one(500, 500, 0.07) == pytest.approx(0.025, abs=0.001)


def test_counts_of_drawn_trials_are_those_of_the_closed_form() -> None:
    """4,000 trials without an effect: how often one jobcentre is positive, and how often none, one, two or more are."""
    rehearsals, share = 4000, 0.07
    found = positive(drawn(share, rehearsals), "exit_job")
    each = chance_of_one(PERSONS, PERSONS, share)
    assert abs(found.mean() - each) < LIMIT * math.sqrt(each * (1 - each) / found.size)
    several = at_least(found)
    assert len(several) == PLACES + 1 and several[0].value == 1
    for seen, by_chance in list(zip(several, by_luck(PLACES, each), strict=True))[1:4]:
        assert abs(seen.value - by_chance) < LIMIT * math.sqrt(by_chance * (1 - by_chance) / rehearsals)
        exact = binomtest(round(seen.value * rehearsals), rehearsals).proportion_ci(method="exact")
        assert (seen.low, seen.high) == pytest.approx((exact.low, exact.high))


def test_a_trial_as_run_stands_beside_nothing_and_luck() -> None:
    """An effect in every jobcentre shows in more of them than none does."""
    persons, luck = np.full((300, PLACES, 2), PERSONS), np.random.default_rng(1)
    left = luck.binomial(persons, [0.07, 0.25])
    found = places(tally(left, persons, list(range(PLACES)), [0] * PLACES), drawn(0.07, 300), "exit_job")
    assert found.trial[5].value > 0.9 > 0.1 > found.null[2].value
    assert found.luck.tolist() == by_luck(PLACES).tolist()
    with pytest.raises(KeyError):
        places(drawn(0.07, 3), drawn(0.07, 3), "hours")


def test_what_is_told_of_it(tmp_path: pathlib.Path) -> None:
    """A sentence where jobcentres are asked for; a table as far as it happens, and one beyond; nothing where jobcentres
    are drawn."""
    seen = Places((share(400), share(120), share(44), share(0), share(0)),
                  (share(400), share(40), share(0), share(0), share(0)), by_luck(4))  # fmt: skip
    own = [point(places={"exit_job": seen})]
    plain, asked = (small(tmp_path, f"{block}{BLOCK}") for block in ("", "outcomes_by: [jobcentres]\n"))
    assert not list(several(Telling(rehearsed(plain, own)))) and not list(several(Telling(rehearsed(asked))))
    (sentence,) = several(Telling(rehearsed(asked, own)))
    assert "At least 2 of 4 jobcentres" in sentence and "in 11.0 [" in sentence and "in 0.0 [" in sentence
    assert "by luck in 0.4 %" in sentence and sentence in list(Telling(rehearsed(asked, own)).answer())
    (danish,) = several(Telling(rehearsed(asked, own), "da"))
    assert "Mindst 2 af 4 jobcentre" in danish and "11,0 [" in danish
    table = trial_tables(rehearsed(plain, own))["places"]
    assert table.at_least.tolist() == [1, 2, 3] and table.as_run.tolist() == [0.3, 0.11, 0]
    assert table.no_effect.tolist() == [0.1, 0, 0] and table.luck.tolist() == by_luck(4)[1:4].tolist()
    assert "places" not in trial_tables(rehearsed(plain))
