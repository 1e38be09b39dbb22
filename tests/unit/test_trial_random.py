"""Data of any shape: empty cells, jobcentres with one lot, all lost, nobody who leaves, everybody who does.

Decision rule: no warning, p is a probability, an estimate is a number or unknown, and what is found of a rehearsal is
the same to the last bit alone and beside others.
"""

from __future__ import annotations

import warnings
from dataclasses import fields

import numpy as np
import pytest

from simulation.results.trial.analyse import analyse, attainable_size
from simulation.results.trial.design import Design, Lots
from simulation.results.trial.design import tests_of as all_tests
from simulation.results.trial.evaluate import evaluate
from simulation.results.trial.operating import Interval
from simulation.results.trial.sizes import clustering
from simulation.results.trial.stopping import as_far_as_seen
from simulation.results.trial.survival import ratio_of_all
from simulation.results.trial.tally import Course, Moments, Tally

KINDS: tuple[Lots, ...] = ("individual", "cluster", "stepped_wedge", "encouragement")
BETWEEN = 8
"""Seeds of each kind."""


def random_tally(luck: np.random.Generator, lots: Lots) -> Tally:
    """One to four rehearsals of one to six jobcentres."""
    rehearsals, places, weeks = (int(luck.integers(1, most)) for most in (5, 7, 6))
    strata = {"stepped_wedge": 4, "cluster": 1}.get(lots, int(luck.integers(1, 3)))
    shape = (rehearsals, places * strata, 2)
    there = luck.random(shape) < luck.choice([0.3, 0.8, 1.0])
    persons = luck.integers(0, luck.choice([2, 4, 31, 301]), shape) * there
    if lots in ("cluster", "stepped_wedge"):
        crossing = luck.integers(0, strata + 1, (rehearsals, places, 1))
        treated = (np.arange(strata) >= crossing).reshape(shape[:2])
        persons *= np.stack((~treated, treated), axis=-1)
    chances = luck.dirichlet(np.full(3 * weeks + 1, luck.choice([0.05, 0.5, 2.0])))
    ended = luck.multinomial(persons.ravel(), chances).reshape(*shape, 3 * weeks + 1)
    course = Course(*np.split(ended[..., : 3 * weeks], 3, axis=-1))
    known, number = luck.binomial(persons, luck.choice([1.0, 0.7])), luck.normal(0, 1, shape)
    moments = Moments(known, known * number, known * (number**2 + luck.choice([0.0, 1.0])))
    place, stratum = np.repeat(np.arange(places), strata), np.tile(np.arange(strata), places)
    taken_up = luck.binomial(persons, (0.1, luck.choice([0.1, 0.9])))
    return Tally(place, stratum, persons, taken_up, {"exit_job": course}, {"hours": moments})


def alone(tally: Tally, rehearsal: int) -> Tally:
    some = slice(rehearsal, rehearsal + 1)
    courses = {name: Course(*(each[some] for each in course)) for name, course in tally.courses.items()}
    moments = {name: Moments(*(each[some] for each in of)) for name, of in tally.moments.items()}
    return Tally(tally.jobcentre, tally.stratum, tally.persons[some], tally.taken_up[some], courses, moments)


@pytest.mark.parametrize("lots", KINDS)
def test_whatever_the_data_are(lots: Lots) -> None:
    """Every test of every outcome, and all that is told of it."""
    answers = 0
    for seed in range(BETWEEN):
        tally = random_tally(np.random.default_rng([seed, KINDS.index(lots)]), lots)
        design = Design(lots, as_drawn=seed % 3 > 0)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = analyse(tally, design, all_tests(["exit_job", "hours"], design))
            by_one = [analyse(alone(tally, r), design, found) for r in range(tally.rehearsals)]
            ratio_of_all(tally, design, "exit_job")
            analyse(as_far_as_seen(tally), design, found)
            for outcome in ("exit_job", "hours"):
                clustering(tally, outcome, (0, 1))
                assert not attainable_size(tally, design, outcome) > design.alpha
            for test, estimates in found.items():
                evaluate(test, estimates, estimates, None, Interval(0.1, 0.0, 0.2, 10))
                told = ~np.isnan(estimates.p)
                answers += int(told.sum())
                assert ((estimates.p[told] >= 0) & (estimates.p[told] <= 1)).all()
                assert not np.isinf(estimates.estimate).any() and not np.isinf(estimates.error).any()
                if test.measure != "log_rank":
                    assert not np.isnan(estimates.estimate[told]).any()
                for field in fields(estimates):
                    of_one = [getattr(each[test], field.name)[0] for each in by_one]
                    assert np.array_equal(getattr(estimates, field.name), of_one, equal_nan=True), (seed, test, field)
    assert answers > 20, "most of it is not unknown"


@pytest.mark.parametrize("lots", KINDS)
def test_where_all_leave_at_once_there_is_nothing_to_find(lots: Lots) -> None:
    """Everybody has the same: whatever rounding makes of it is no difference."""
    for seed in range(BETWEEN):
        tally = random_tally(np.random.default_rng([seed, 9]), lots)
        course, number = tally.courses["exit_job"], tally.persons
        nobody = np.zeros_like(course.lost)
        all_left = Course(np.concatenate((number[..., None], nobody[..., 1:]), axis=-1), nobody, nobody)
        alike = Moments(number, number * 0.7, number * 0.7**2)
        tally = Tally(tally.jobcentre, tally.stratum, number, number, {"exit_job": all_left}, {"hours": alike})
        design = Design(lots)
        for test, found in analyse(tally, design, all_tests(["exit_job", "hours"], design)).items():
            assert not (found.p <= 0.5).any(), (seed, test, found.p)
