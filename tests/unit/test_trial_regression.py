"""Differences between lots with their errors, against plain matrix algebra with a row for each person."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import block_diag
from scipy.stats import ttest_ind

from simulation.results.measures.incidence import aalen_johansen
from simulation.results.trial import operating
from simulation.results.trial.analyse import analyse
from simulation.results.trial.blocks import Blocks, Layout, blocks_of
from simulation.results.trial.design import Design, Lots
from simulation.results.trial.regression import Clusters, Regression
from simulation.world.spec import Floats, Ints
from tests.trials import People, drawn

SIZES = (9, 14, 5, 22, 11, 17, 8)
WEEKS = 20
KINDS: list[tuple[Lots, int]] = [("individual", 1), ("individual", 2), ("cluster", 1), ("stepped_wedge", 4)]


def people_of(lots: Lots, strata: int, lost: float = 0.0, takes_up: float = 1.0) -> People:
    return drawn(3, 4, SIZES, lots, WEEKS, 0.05, 0.4, 0.02, lost, 0.1, strata, takes_up)


def matrix(people: People, rehearsal: int, lots: Lots) -> Floats:
    """The regressors of each person, her lot first."""
    cells = people.jobcentre * 100 + people.stratum
    groups = {"cluster": [0 * cells], "stepped_wedge": [people.jobcentre, people.stratum]}.get(lots, [cells])
    dummies = [(group[:, None] == np.unique(group)[None, :]).astype(float) for group in groups]
    dummies[1:] = [each[:, 1:] for each in dummies[1:]]
    return np.column_stack([people.lot[rehearsal], *dummies])


def root_of(symmetric: Floats) -> Floats:
    """The inverse of the symmetric square root, in the directions in which there is one."""
    size, vectors = np.linalg.eigh(symmetric)
    turned = np.where(size > 1e-9, 1.0 / np.sqrt(np.where(size > 1e-9, size, 1.0)), 0.0)
    return np.asarray((vectors * turned) @ vectors.T)


def by_matrices(x: Floats, y: Floats, cluster: Ints) -> tuple[float, float, float, float]:
    """Estimate, HC2 error, CR2 error and Bell and McCaffrey's degrees of freedom of the first regressor."""
    bread = np.linalg.pinv(x.T @ x)
    hat, lot = x @ bread @ x.T, (x @ bread)[:, 0]
    beta = bread @ x.T @ y
    rest = y - x @ beta
    hc2 = (lot**2 * rest**2 / (1 - np.diag(hat))).sum() ** 0.5
    some = [np.flatnonzero(cluster == g) for g in np.unique(cluster)]
    order = np.concatenate(some)
    turned = block_diag(*(root_of(np.eye(len(g)) - hat[np.ix_(g, g)]) @ lot[g][:, None] for g in some))
    scores = turned.T @ rest[order]
    gamma = turned.T @ (np.eye(len(y)) - hat)[np.ix_(order, order)] @ turned
    return beta[0], hc2, (scores**2).sum() ** 0.5, np.trace(gamma) ** 2 / (gamma**2).sum()


@pytest.mark.parametrize(("lots", "strata"), KINDS)
@pytest.mark.parametrize("outcome", ["exit_job", "hours"])
def test_errors_are_those_of_matrices_with_a_row_for_each_person(lots: Lots, strata: int, outcome: str) -> None:
    """Least squares, HC2, CR2 and its degrees of freedom, all to 1e-9."""
    people = people_of(lots, strata)
    tally = people.tally(WEEKS)
    blocks = blocks_of(tally, Layout.of(tally), outcome)
    regression = Regression.of(blocks.persons, lots)
    individual, clustered = regression.individual(blocks), Clusters.of(regression).found(blocks.mean)
    for rehearsal in range(tally.rehearsals):
        y = people.number[rehearsal] if outcome == "hours" else (people.fate[rehearsal] == 0).astype(float)
        expected = by_matrices(matrix(people, rehearsal, lots), y, people.jobcentre)
        found = individual.estimate, individual.error, clustered.error, clustered.freedom
        assert [each[rehearsal] for each in found] == pytest.approx(expected, rel=1e-9)


def test_of_two_groups_it_is_welchs_test() -> None:
    """All jobcentres by lot, each person for herself: error, degrees of freedom and p are scipy's."""
    people = people_of("cluster", 1)
    test = operating.Test("hours", "difference", "individual")
    found = analyse(people.tally(WEEKS), Design("cluster"), [test])[test]
    for rehearsal, (lot, hours) in enumerate(zip(people.lot, people.number, strict=True)):
        welch = ttest_ind(hours[lot == 1], hours[lot == 0], equal_var=False)
        interval = welch.confidence_interval()
        ours = [getattr(found, name)[rehearsal] for name in ("freedom", "p", "low", "high")]
        assert ours == pytest.approx([welch.df, welch.pvalue, interval.low, interval.high])


def test_two_jobcentres_of_either_lot_by_hand() -> None:
    """Of two persons each, with means 1, 3 (control) and 4, 8 (treated): the difference is 6 − 2 = 4. Residual sums of
    jobcentres are ∓2 and ∓4; each has half of her lot, so CR2 makes squares twice as large: the variance is
    (2 · 4 + 2 · 4 + 2 · 16 + 2 · 16) / 4² = 5, and of equal groups Γ tells 2 degrees of freedom."""
    persons = np.array([[2.0, 0.0], [2.0, 0.0], [0.0, 2.0], [0.0, 2.0]]).reshape(1, 4, 1, 2)
    mean = np.array([[1.0, 0.0], [3.0, 0.0], [0.0, 4.0], [0.0, 8.0]]).reshape(1, 4, 1, 2)
    found = Clusters.of(Regression.of(persons, "cluster")).found(mean)
    assert [float(each[0]) for each in found] == pytest.approx([4.0, 5**0.5, 2.0])


@pytest.mark.parametrize("lots", ["cluster", "individual"])
def test_where_one_jobcentre_alone_is_treated_nothing_is_told(lots: Lots) -> None:
    """A difference there is, but no clustered error: nothing tells how far two that are treated would differ."""
    persons = np.zeros((1, 4, 1, 2))
    persons[0, :3, 0, 0], persons[0, 3, 0, 1] = 5.0, 5.0
    if lots == "individual":
        persons[0, 3, 0, 0] = 5.0
    mean = np.where(persons > 0, np.arange(8.0).reshape(1, 4, 1, 2), 0.0)
    regression = Regression.of(persons, lots)
    found = Clusters.of(regression).found(mean)
    assert np.isfinite(found.estimate).all() and np.isnan(found.error).all() and np.isnan(found.freedom).all()


def test_without_treated_persons_there_is_no_difference() -> None:
    """Neither an estimate nor an error; the rehearsal beside it has its own."""
    persons = np.full((2, 4, 1, 2), 5.0)
    persons[0, :, :, 1] = 0.0
    mean = np.arange(16.0).reshape(2, 4, 1, 2) % 5
    regression = Regression.of(persons, "individual")
    for found in (regression.individual(Blocks(persons, mean, persons)), Clusters.of(regression).found(mean)):
        assert np.isnan(found.estimate[0]) and np.isnan(found.error[0])
        assert np.isfinite(found.estimate[1]) and np.isfinite(found.error[1])


def test_who_is_lost_is_treated_as_aalen_and_johansen_do() -> None:
    """Mean pseudo-values of a lot are Aalen and Johansen's share; each is what its lot would lose without her, to first
    order (so they sum to it, and go with the jackknife's)."""
    people = drawn(5, 2, (150, 200), "cluster", WEEKS, 0.05, 0.3, 0.03, 0.02)
    tally = people.tally(WEEKS)
    blocks = blocks_of(tally, Layout.of(tally), "exit_job")
    for rehearsal in range(2):
        for place in (0, 1):
            of = people.jobcentre == place
            lot = int(people.lot[rehearsal][of][0])
            week, fate = people.week[rehearsal][of], people.fate[rehearsal][of]
            seen = np.where(fate == 2, week, WEEKS)
            cause = np.select([fate == 0, fate == 1], [0, 1], -1)

            def left(some: Ints) -> float:
                nobody = np.zeros(len(some), dtype=int)
                each = week[some], cause[some], seen[some]  # noqa: B023
                return float(aalen_johansen(nobody, 1, *each, 2, WEEKS)[0][0, 0, -1])

            everybody, number = np.arange(of.sum()), int(of.sum())
            mean, scatter = (each[rehearsal, place, 0, lot] for each in blocks[1:])
            assert mean == pytest.approx(left(everybody))
            jackknife = [number * mean - (number - 1) * left(np.delete(everybody, i)) for i in everybody]
            assert scatter == pytest.approx(np.var(jackknife) * number, rel=0.02)


def test_where_nobody_is_lost_it_is_the_plain_share_to_the_last_bit() -> None:
    """Beside a rehearsal in which some are; and the formulas of pseudo-values give the same."""
    from simulation.results.trial.blocks import _by_pseudo_values

    people = people_of("individual", 1)
    tally = people.tally(WEEKS)
    plain = blocks_of(tally, Layout.of(tally), "exit_job")
    mean, scatter = _by_pseudo_values(tally.courses["exit_job"], tally.persons)
    assert mean == pytest.approx(plain.mean[:, :, 0]) and scatter == pytest.approx(plain.scatter[:, :, 0])
    some = people_of("individual", 1, lost=0.05)
    both = People(*people[:2], *(np.concatenate(each) for each in zip(people[2:], some[2:], strict=True))).tally(WEEKS)
    assert np.array_equal(blocks_of(both, Layout.of(both), "exit_job").mean[:4], plain.mean)


def test_a_lot_of_which_nobody_is_seen_to_the_end_has_no_share() -> None:
    """All of the treated are lost in week 3: no difference."""
    people = people_of("individual", 1)
    early = (people.lot == 1) & (people.week >= 3) | (people.lot == 1) & (people.fate == 3)
    gone = people._replace(week=np.where(early, 3, people.week), fate=np.where(early, 2, people.fate))
    test = operating.Test("exit_job", "difference", "clustered")
    found = analyse(gone.tally(WEEKS), Design("individual"), [test])[test]
    assert all(np.isnan(each).all() for each in (found.estimate, found.error, found.p))


def test_the_effect_on_those_who_take_it_up_is_two_stage_least_squares() -> None:
    """With the lot as instrument: estimate, and CR2 of its residuals, by matrices."""
    people = people_of("encouragement", 1, takes_up=0.7)
    test = operating.Test("hours", "difference", "clustered", "treated")
    found = analyse(people.tally(WEEKS), Design("encouragement", as_drawn=False), [test])[test]
    for rehearsal in range(4):
        x = matrix(people, rehearsal, "encouragement")
        y, up = people.number[rehearsal], people.taken_up[rehearsal].astype(float)
        by_lot, taking = (by_matrices(x, each, people.jobcentre)[0] for each in (y, up))
        effect = by_lot / taking
        error = by_matrices(x, y - effect * up, people.jobcentre)[2] / taking
        assert (found.estimate[rehearsal], found.error[rehearsal]) == pytest.approx((effect, error), rel=1e-6)


def test_where_take_up_does_not_differ_there_is_no_effect_on_those_who_take_it_up() -> None:
    """Everybody is recorded as treated with the same chance, whatever the lot."""
    people = people_of("encouragement", 1)
    people = people._replace(taken_up=np.arange(people.lot.shape[1])[None, :] % 2 == np.zeros((4, 1)))
    test = operating.Test("hours", "difference", "clustered", "treated")
    found = analyse(people.tally(WEEKS), Design("encouragement", as_drawn=False), [test])[test]
    assert np.isnan(found.estimate).sum() >= 3
