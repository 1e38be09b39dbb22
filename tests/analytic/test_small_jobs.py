"""Small jobs beside benefit: at entry, in the long run, and at the end.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.report.diary import diary
from simulation.week import run
from simulation.world.labels import Language
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import status_of
from simulation.world.spec import Ints
from tests.helpers import LIMIT, loaded, samtaler, z_of
from tests.offers import JOBS, cohort

PERSONS = 20_000
JOB = 0.04


def beside(**more: Any) -> dict[str, Any]:
    """Job spells with small jobs beside benefit."""
    return {**JOBS, "beside_benefit": {"at_entry": 0.2, "begins": 0.05, "ends": 0.1, "hours": {5: 0.5, 9: 0.5}, **more}}


def test_small_jobs_at_entry() -> None:
    """The share 0.2 has one in the week of enrolment, and the hours of each are drawn by their shares; |z| < LIMIT."""
    world = run(cohort(weeks=1, world={"job_spells": beside()}), [0])
    assert world.register.hours is not None
    has = int(np.count_nonzero(world.register.hours[0]))
    assert abs(z_of(has, PERSONS, 0.2)) < LIMIT
    assert abs(z_of(np.count_nonzero(world.register.hours[0] == 5), has, 0.5)) < LIMIT


def test_small_jobs_begin_and_end_by_their_weekly_chances() -> None:
    """A Markov chain of two states: |z| < LIMIT for beginning and ending in every week; hours stay while it lasts."""
    world = run(cohort(world={"job_spells": beside()}), [0])
    hours = world.register.hours
    assert hours is not None
    has = hours > 0
    for week in range(1, 20):
        began, ended = has[week] & ~has[week - 1], ~has[week] & has[week - 1]
        assert abs(z_of(np.count_nonzero(began), np.count_nonzero(~has[week - 1]), 0.05)) < LIMIT
        assert abs(z_of(np.count_nonzero(ended), np.count_nonzero(has[week - 1]), 0.1)) < LIMIT
    stays = has[1:] & has[:-1]
    assert (hours[1:][stays] == hours[:-1][stays]).all()
    assert (status_of(world.register.codes) == LEDIG).all()


@pytest.mark.parametrize("at_entry", [0.0, 1.0])
def test_the_share_with_a_small_job_becomes_begins_over_begins_plus_ends(at_entry: float) -> None:
    """0.05 / 0.15 = 1/3 wherever it began: after t weeks it is off by (1 − 0.15)^t, 10⁻⁷ after 100. |z| < LIMIT."""
    world = run(cohort(weeks=101, persons=10_000, world={"job_spells": beside(at_entry=at_entry)}), [0])
    assert world.register.hours is not None
    share = np.count_nonzero(world.register.hours, axis=1)
    assert share[0] == at_entry * 10_000
    assert abs(z_of(share[100], 10_000, 1 / 3)) < LIMIT
    assert abs(z_of(share[10], 10_000, 1 / 3 + (at_entry - 1 / 3) * 0.85**10)) < LIMIT


def test_who_leaves_benefit_works_nothing_beside_it() -> None:
    """In a job the job's hours, elsewhere none; who comes back has none at first, and finds one by the same chance."""
    world = run(
        cohort(
            persons=5000, weeks=40,
            world={
                "exits": {"job": {"level": 0.2}, "other": {"level": 0.02}},
                "job_spells": {**beside(begins=0.1), "end_intensity": {0: 0.3}, "returns": 1.0},
            },
        ),
        [0],
    )  # fmt: skip
    status, hours = status_of(world.register.codes), world.register.hours
    assert hours is not None
    assert (hours[status == GONE] == 37).all()
    assert (hours[status > GONE] == 0).all()
    on_benefit = status == LEDIG
    assert set(hours[on_benefit].tolist()) == {0, 5, 9}
    back = on_benefit[1:] & (status[:-1] == GONE)
    assert back.any() and not hours[1:][back].any()
    again = back[:-1] & on_benefit[2:]
    assert abs(z_of(np.count_nonzero(hours[2:][again]), np.count_nonzero(again), 0.1)) < LIMIT


def test_small_jobs_change_nobodys_exit() -> None:
    """By the same luck everybody leaves in the same week with and without them."""
    leaving = {"exits": {"job": {"level": 0.1}}}
    with_, without = (
        run(cohort(persons=1000, world={**leaving, "job_spells": spells}), [0]) for spells in (beside(), JOBS)
    )
    assert (with_.register.codes == without.register.codes).all()


# --- what efforts do to them -----------------------------------------------------------------------------------------

WEEKLY = {"fte": 1000, "minutes_per_week": 10_000}
FROM = 3
"""The first talk is held in week 1, so effects hold from tirsdag of week 2 on, and small jobs are others in week 3."""


def hours_with(effects: dict[str, Any], persons: int = PERSONS, **world: Any) -> Ints:
    """Hours by week and row, with a talk every week that has these effects."""
    talks = samtaler(window_weeks=1, effects=effects)
    changes = {"teams": {"team": WEEKLY}, "job_spells": beside(), **world}
    hours = run(cohort(persons, 12, changes, samtaler=talks), [0]).register.hours
    assert hours is not None
    return hours


@pytest.mark.parametrize("size", [3.0, 0.4, {"log": 0.7}])
def test_an_effect_is_a_factor_on_the_intensity_of_beginning_and_ending(size: Any) -> None:
    """With factor f the chances are 1 - 0.95^f and 1 - 0.9^f from the week on in which it holds, and 0.05 and 0.1
    before: |z| < LIMIT, binomial."""
    factor = np.exp(size["log"]) if isinstance(size, dict) else size
    has = hours_with({"beside_begins": size, "beside_ends": size}) > 0
    for week in range(1, 12):
        f = factor if week >= FROM else 1.0
        began, ended = has[week] & ~has[week - 1], ~has[week] & has[week - 1]
        assert abs(z_of(np.count_nonzero(began), np.count_nonzero(~has[week - 1]), 1 - 0.95**f)) < LIMIT, week
        assert abs(z_of(np.count_nonzero(ended), np.count_nonzero(has[week - 1]), 1 - 0.9**f)) < LIMIT, week


def test_effects_of_several_interventions_multiply() -> None:
    """2 × 1.5 is 3, to the last hour."""
    once = hours_with({"beside_begins": 3.0}, 2000)
    talks = {name: samtaler(window_weeks=1, effects={"beside_begins": f}) for name, f in (("a", 2.0), ("b", 1.5))}
    world = run(cohort(2000, 12, {"teams": {"team": WEEKLY}, "job_spells": beside()}, **talks), [0])
    assert world.register.hours is not None and (world.register.hours == once).all()


def test_hours_of_those_that_begin_then_are_longer_and_no_others() -> None:
    """5 or 9 hours × 1.5 are 7 or 8, and 13 or 14, half of the time each; |z| < LIMIT. Who began before works as long
    as ever, and nobody begins or ends in another week."""
    plain, longer = hours_with({}), hours_with({"beside_hours": 1.5})
    assert ((plain > 0) == (longer > 0)).all()
    began = (plain[FROM:] > 0) & (plain[FROM - 1 : -1] == 0)
    assert (plain[:FROM] == longer[:FROM]).all()
    for hours, both in ((5, (7, 8)), (9, (13, 14))):
        found = longer[FROM:][began & (plain[FROM:] == hours)]
        assert set(found.tolist()) == set(both)
        assert abs(z_of(np.count_nonzero(found == both[0]), len(found), 0.5)) < LIMIT


def test_by_the_same_luck_a_small_job_begins_earlier_and_never_later() -> None:
    """And none in any week with a factor of 0."""
    plain, more, none = (hours_with({"beside_begins": f}, 3000) > 0 for f in (1.0, 3.0, 0.0))
    without = ~plain[:FROM].any(axis=0) & ~more[:FROM].any(axis=0)
    first = [np.where(has.any(axis=0), has.argmax(axis=0), 99)[without] for has in (plain, more)]
    assert (first[1] <= first[0]).all() and (first[1] < first[0]).mean() > 0.1
    assert not (none[FROM:] & ~none[FROM - 1 : -1]).any()


def test_nobody_leaves_otherwise_where_small_jobs_are_moved() -> None:
    leaving = {"exits": {"job": {"level": 0.1}}}
    on = [hours_with({"beside_begins": f}, 1000, **leaving) == 37 for f in (1.0, 4.0)]
    assert (on[0] == on[1]).all()


def test_an_effect_that_changes_at_a_date_holds_from_then_on() -> None:
    """A factor of 1 and, from tirsdag of week 6 on, of 3: in weeks 1 to 6 the chance is as ever, then 1 - 0.95³."""
    dated = {"beside_begins": {"value": 1.0, "from": {"2026-W07": 3.0}}}
    changes = {"teams": {"team": WEEKLY}, "job_spells": beside(), "exits": {"job": {"level": 0.0}}}
    changes |= {"weeks": 12, "interventions": {"samtaler": samtaler(window_weeks=1, effects=dated)}}
    found = run(loaded(intake={"persons": PERSONS, "weeks": 1, "arrivals": "even"}, **changes).scenario, [0])
    assert found.register.hours is not None
    has = found.register.hours > 0
    for week in range(1, 12):
        began = np.count_nonzero(has[week] & ~has[week - 1])
        chance = 1 - 0.95 ** (3 if week > 6 else 1)
        assert abs(z_of(began, np.count_nonzero(~has[week - 1]), chance)) < LIMIT, week


@pytest.mark.parametrize(
    ("language", "said"), [("en", "beginning a small job × 3"), ("da", "begyndelsen på et småjob × 3")]
)
def test_the_diary_tells_what_holds_for_small_jobs(language: Language, said: str) -> None:
    talks = samtaler(window_weeks=1, effects={"beside_begins": 3.0})
    scenario = cohort(3, 6, {"teams": {"team": WEEKLY}, "job_spells": beside()}, samtaler=talks)
    assert any(said in line for line in diary(scenario, 0, language=language))
