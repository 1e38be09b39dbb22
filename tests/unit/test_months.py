"""Outcomes by month since referral, from registers written by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.results.measures.months import begins, by_month
from simulation.results.measures.replication import simulate
from simulation.results.monthly import MONTHLY, since_enrolment
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.spec import NEVER
from tests.helpers import Key, as_written, make, praktik
from tests.offers import JOBS

ENDS = [3, 7, 12, 16, 20, 25, 29, 33, 38, 42, 46, 51]
IN_JOB = GONE + 1
"""Status of those in a job in the registers below."""
BOUNDS = list(zip([0, *(end + 1 for end in ENDS[:-1])], ENDS, strict=True))
"""First and last week of the twelve months of a year; the last ones written down by hand."""


def measured(
    hours: list[list[int]] | None,
    referred: list[int],
    status: list[list[int]] | None = None,
    arms: list[int] | None = None,
    before: int = 0,
) -> dict[Key, float]:
    """What months make of a register: per ledig the paid hours of every week, and the week of her referral.

    Everybody is on benefit unless `status` says otherwise. `before` ledige of another replication stand first, who are
    always employed, so that taking them along would be seen.
    """
    people = len(referred)
    weeks = len((hours or status or [[]])[0])
    if status is None:
        status = [[LEDIG] * weeks] * people
    codes = np.array(status, dtype=np.uint16).reshape(people, -1).T
    paid = None
    if hours is not None:
        others = np.full((weeks, before), 37, dtype=np.uint8)
        paid = np.concatenate((others, np.array(hours, dtype=np.uint8).reshape(people, -1).T), axis=1)
    world: Any = SimpleNamespace(
        ledige=SimpleNamespace(
            world=np.array([0] * before + [1 if before else 0] * people),
            arm=np.array([0] * before + (arms or [0] * people)), entry=np.zeros(before + people, dtype=np.int16),
        ),
        jobcentres=SimpleNamespace(worlds=2 if before else 1),
        referred={"klub": np.array([0] * before + referred, dtype=np.int16)},
        register=SimpleNamespace(
            hours=paid, codes=np.concatenate((np.full((weeks, before), IN_JOB, dtype=np.uint16), codes), axis=1)
        ),
    )
    scenario: Any = SimpleNamespace(
        months_from="klub",
        arms={"deltager": 1, "kontrol": 1} if arms else {"deltager": 1}, wholes={},
        employed=lambda status: status == IN_JOB, measured_weeks=lambda: (0, 0),
    )
    found = {f: values for f, values in by_month(scenario, world).items() if not f.outcome.endswith("_enrolled")}
    return as_written(found, 1 if before else 0)


def both(interventions: dict[str, Any], months_from: str) -> dict[Key, float]:
    """What a small world tells by month: forty enrolled in each of the first five weeks, the first not measured."""
    scenario = make(
        weeks=30, follow_up=20, measured_from=1, intake={"persons": 200, "weeks": 5}, exits={"job": {"level": 0.05}},
        arms={"alle": 1}, job_spells={**JOBS, "end_intensity": {0: 0.1}}, interventions=interventions,
        months_from=months_from,
    )  # fmt: skip
    outcomes = simulate(scenario, [0])[0].outcomes
    return {(f.outcome, str(f.group), f.time): v for f, v in outcomes.items() if "month" in f.outcome}


def series(found: dict[Key, float], outcome: str, group: str = "alle") -> dict[int, float]:
    """An outcome by month."""
    return {key[2]: value for key, value in found.items() if key[:2] == (outcome, group) and key[2] is not None}


def working(*weeks: int, of: int, hours: int = 37) -> list[int]:
    """A row of hours: paid in these weeks, of a run of so many."""
    return [hours if week in weeks else 0 for week in range(of)]


# --- since enrolment ------------------------------------------------------------------------------------------------


def test_who_is_referred_when_she_is_enrolled_has_the_same_months() -> None:
    """Everybody is, and everybody is measured: every outcome is the same counted either way."""
    scenario = make(
        weeks=30, follow_up=20, intake={"persons": 200, "weeks": 5},
        exits={"job": {"level": 2e-5, "duration": {"log_slope": 1.0, "until_week": 9}}},  # nobody before the referral
        job_spells={**JOBS, "end_intensity": {0: 0.1}}, interventions={"p": praktik()}, months_from="p",
    )  # fmt: skip
    outcomes = simulate(scenario, [0])[0].outcomes
    told = {f: value for f, value in outcomes.items() if f.outcome in MONTHLY and not f.outcome.endswith("_enrolled")}
    assert len(told) > 40 and outcomes["employed_month", "alle", 4] > 0.2
    for figure, value in told.items():
        beside = outcomes[figure._replace(outcome=since_enrolment(figure.outcome))]
        assert beside == value or (np.isnan(beside) and np.isnan(value)), figure


def test_months_since_enrolment_are_of_everybody_measured() -> None:
    """Those never referred are in them, those enrolled before the first measured week are not; and with `enrolment`
    alone they are the same, and nothing else is told."""
    late = {"p": praktik(ready_week=9, weekly=0.3)}
    found, alone = both(late, "p"), both(late, "enrolment")
    of_enrolled = {key: value for key, value in found.items() if key[0].endswith("_enrolled")}
    assert of_enrolled == pytest.approx(alone, nan_ok=True) and len(alone) < len(found)
    assert found["observed_month_enrolled", "alle", 0] == 160 > found["observed_month", "alle", 0]
    assert found["employed_month_enrolled", "alle", 1] > 0


# --- where months begin and end -------------------------------------------------------------------------------------


def test_months_have_four_or_five_weeks() -> None:
    """Twelve of them make 52 weeks, and the next year begins the same way."""
    assert [(begins(month), begins(month + 1) - 1) for month in range(12)] == BOUNDS
    assert [begins(12 + month) for month in range(12)] == [52 + first for first, _ in BOUNDS]


@pytest.mark.parametrize("month", range(12))
def test_work_in_a_week_counts_in_its_month(month: int) -> None:
    """Paid in the first week of a month only, or in the last: employed in that month and in no other."""
    for week in BOUNDS[month]:
        employed = series(measured([working(week, of=53)], [0]), "employed_month")
        assert employed == {m: float(m == month) for m in range(12)}, week


def test_months_count_from_each_ones_own_referral() -> None:
    """Referred in weeks 0, 3 and 5, each paid in her own eighth week: month 2 of all three, month 0 to 1 of none."""
    since = [0, 3, 5]
    found = measured([working(week + 8, of=55) for week in since], since)
    assert series(found, "employed_month") == {month: float(month == 2) for month in range(12)}


# --- who is seen ----------------------------------------------------------------------------------------------------


def test_only_months_that_lie_wholly_before_the_end_count() -> None:
    """A run of 30 weeks, referred in weeks 0, 4, 12, 13, 25, 26, 27 and never: counted by hand.

    Month 0 needs 4 weeks (all but week 27), month 1 needs 8, month 2 needs 13, month 3 needs 17, month 4 needs 21,
    month 5 needs 26 (weeks 0 and 4). (Month 6, seen to the very end of the run, is below.)
    """
    since = [0, 4, 12, 13, 25, 26, 27, NEVER]
    found = measured([[1] * 30] * 8, since)
    observed = series(found, "observed_month")
    assert {month: observed[month] for month in range(6)} == {0: 6, 1: 4, 2: 4, 3: 4, 4: 2, 5: 2}


@pytest.mark.parametrize(
    "weeks",
    [last + 1 + more for _, last in BOUNDS for more in (-1, 0, 1) if last + 1 + more >= 4],
)
def test_a_month_counts_as_soon_as_it_is_seen_to_its_last_week(weeks: int) -> None:
    """Referred in week 0 of a run of so many weeks: exactly the months whose last week lies in the run."""
    found = measured([[0] * weeks], [0])
    assert sorted(series(found, "observed_month")) == [m for m, (_, last) in enumerate(BOUNDS) if last < weeks]


def test_late_months_rest_on_those_referred_early() -> None:
    """Two who work, referred in week 0, and two who do not, in week 20 of 39: half at first, all in months 5 to 8."""
    found = measured([[20] * 39] * 2 + [[0] * 39] * 2, [0, 0, 20, 20])
    assert series(found, "observed_month") == {0: 4, 1: 4, 2: 4, 3: 4, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2}
    assert series(found, "employed_month") == {0: 0.5, 1: 0.5, 2: 0.5, 3: 0.5, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1}


def test_nobody_referred_nothing_measured() -> None:
    """No months, and no share ever employed; no error."""
    found = measured([[1] * 30] * 2, [NEVER, NEVER])
    assert not series(found, "observed_month")
    assert np.isnan(found["ever_employed", "alle", None]) and np.isnan(found["hours_employed", "alle", None])


def test_no_months_where_none_are_asked_for() -> None:
    """`months_from` absent."""
    scenario: Any = SimpleNamespace(months_from=None)
    world: Any = SimpleNamespace()
    assert by_month(scenario, world) == {}


def test_only_the_replication_asked_for_counts() -> None:
    """Another world of the batch stands before it, everybody in it employed."""
    found = measured([[0] * 20] * 3, [0] * 3, before=4)
    assert series(found, "observed_month")[0] == 3
    assert set(series(found, "employed_month").values()) == {0.0}


def test_groups_are_the_arms_and_all() -> None:
    """Three deltagere who work and one kontrol who does not."""
    found = measured([[5] * 9] * 3 + [[0] * 9], [0] * 4, arms=[0, 0, 0, 1])
    shares = {group: series(found, "employed_month", group)[0] for group in ("alle", "deltager", "kontrol")}
    assert shares == {"alle": 0.75, "deltager": 1.0, "kontrol": 0.0}


# --- employment -----------------------------------------------------------------------------------------------------


def test_one_paid_hour_in_a_month_is_employment() -> None:
    """One hour in one of its weeks is, none is not."""
    found = measured([working(2, of=13, hours=1), working(of=13)], [0, 0])
    assert series(found, "employed_month") == {0: 0.5, 1: 0.0, 2: 0.0}


def test_net_is_less_the_share_of_month_0() -> None:
    """Of four, one works at referral and always, one from month 1 on, one in month 2 only."""
    rows = [[37] * 13, working(*range(4, 13), of=13), working(8, of=13), working(of=13)]
    found = measured(rows, [0] * 4)
    assert series(found, "employed_month") == {0: 0.25, 1: 0.5, 2: 0.75}
    assert series(found, "employed_net_month") == {0: 0.0, 1: 0.25, 2: 0.5}


def test_net_is_against_month_0_of_all_referred_not_of_those_still_seen() -> None:
    """A parallel shift: the two referred late work at referral and are not seen later; 0.5 goes off all the same."""
    rows = [[0] * 13, [0] * 13, working(9, 10, 11, 12, of=13), working(9, 10, 11, 12, of=13)]
    found = measured(rows, [0, 0, 9, 9])
    assert series(found, "employed_month") == {0: 0.5, 1: 0.0, 2: 0.0}
    assert series(found, "employed_net_month") == {0: 0.0, 1: -0.5, 2: -0.5}
    assert series(found, "employed_net_same_month") == {0: 0.0, 1: 0.0, 2: 0.0}


def test_net_of_the_same_is_of_those_still_seen_before_and_after() -> None:
    """Two of three referred at first work from month 1 on, one of them at referral too; the one referred late has done
    so at referral. Of the same: 2/3 less 1/3; of all: 2/3 less 2/4. Where all are seen both are one."""
    rows = [[37] * 13, working(*range(4, 13), of=13), [0] * 13, working(9, of=13)]
    found = measured(rows, [0, 0, 0, 9])
    assert series(found, "employed_net_month") == pytest.approx({0: 0.0, 1: 2 / 3 - 2 / 4, 2: 2 / 3 - 2 / 4})
    assert series(found, "employed_net_same_month") == pytest.approx({0: 0.0, 1: 1 / 3, 2: 1 / 3})
    together = measured(rows, [0] * 4)
    assert series(together, "employed_net_same_month") == series(together, "employed_net_month")


def test_hours_are_of_a_month_of_52_over_12_weeks() -> None:
    """30 hours a week are 30 × 52 / 12 = 130 a month, in months of four weeks and of five; half the weeks are half."""
    found = measured([[30] * 13, working(4, 5, of=13, hours=30), working(of=13)], [0] * 3)
    hours = series(found, "hours_month")
    assert hours[0] == pytest.approx(130)
    assert hours[1] == pytest.approx((130 + 65) / 2)  # of those employed in it alone
    assert hours[2] == pytest.approx(130)


def test_hours_of_nobody_are_not_a_number() -> None:
    """Nobody is employed in the month."""
    assert np.isnan(series(measured([[0] * 4 + [9] * 4 + [0]], [0]), "hours_month")[0])


def test_hours_of_the_second_half_are_the_mean_of_its_months() -> None:
    """Of month 5 those of months 3, 4 and 5, of month 2 those of 1 and 2, each month once, however many work in it."""
    found = measured([working(*range(5), of=26, hours=10), [20] * 17 + [30] * 9], [0, 0])
    hours, half = series(found, "hours_month"), series(found, "hours_half_month")
    assert hours[0] != hours[2]
    for month in range(6):
        assert half[month] == pytest.approx(np.mean([hours[m] for m in range((month + 1) // 2, month + 1)]))
    assert half[2] == pytest.approx((hours[1] + hours[2]) / 2)


def test_hours_employed_are_the_mean_over_months_with_employment_from_month_1_on() -> None:
    """30 and 15 hours a week in months 1 and 2 of one, 6 in month 2 of the other; month 0 does not count."""
    first = [10] * 4 + [30] * 4 + [15, 15, 15, 15, 0]
    second = [37] * 4 + [0] * 4 + [6] * 5
    found = measured([first, second], [0, 0])
    month = 52 / 12
    expected = (120 * month / 4 + 60 * month / 5 + 30 * month / 5) / 3
    assert found["hours_employed", "alle", None] == pytest.approx(expected)


def test_ever_employed_is_in_any_week_seen_since_referral() -> None:
    """Work before the referral does not count; work in its week, and after the last whole month, does."""
    rows = [working(4, of=12), working(5, of=12), working(11, of=12), working(of=12)]
    assert measured(rows, [5] * 4)["ever_employed", "alle", None] == 0.5


def test_without_job_spells_there_are_places_but_no_hours() -> None:
    """On benefit, in a job, elsewhere at the end of a month; nothing about hours."""
    status = [
        [LEDIG] * 8,
        [LEDIG] * 3 + [GONE] * 5,
        [LEDIG] * 4 + [OUT] * 4,
        [LEDIG] * 3 + [IN_JOB] * 4 + [OUT],
        [LEDIG, IN_JOB, IN_JOB, LEDIG, LEDIG, LEDIG, LEDIG, IN_JOB],
    ]
    found = measured(None, [0] * 5, [[*row, OUT] for row in status])
    assert {name for name, _, _ in found} == {"observed_month", "benefit_month", "job_month", "elsewhere_month"}
    assert series(found, "benefit_month") == {0: 0.6, 1: 0.2}
    assert series(found, "job_month") == {0: 0.2, 1: 0.2}
    assert series(found, "elsewhere_month") == {0: 0.2, 1: 0.6}


def test_a_real_register_has_months_from_the_week_of_referral() -> None:
    """Enrolled in week 4, referred in week 6, hired after eight weeks: in a job from the tirsdag of week 15.

    That is week 9 since referral, so month 2 (weeks 8 to 12) is the first with employment, 4 of 5 weeks of it.
    """
    scenario = make(
        weeks=30,
        intake={"persons": 30, "weeks": 1, "from_week": 4},
        exits={"job": {"level": 0.0}},
        job_spells={**JOBS, "hours": 20},
        interventions={"prk": praktik(ready_week=2, direct_hire=1.0)},
        months_from="prk",
    )
    world = run(scenario, [0])
    assert (world.referred["prk"] == 6).all()
    found = as_written(by_month(scenario, world))
    assert series(found, "observed_month") == dict.fromkeys(range(5), 30.0)
    assert series(found, "employed_month") == {0: 0, 1: 0, 2: 1, 3: 1, 4: 1}
    assert series(found, "benefit_month") == {0: 1, 1: 1, 2: 0, 3: 0, 4: 0}
    assert series(found, "hours_month")[2] == pytest.approx(20 * 4 * (52 / 12) / 5)
