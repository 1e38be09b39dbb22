"""Spells as the publisher counts them, talks by duration and status after ended spells, in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.municipal import merged
from simulation.municipal.after import destinations
from simulation.municipal.cohort import comes_back
from simulation.municipal.contact import Contact, expected, intervals, mean_of
from simulation.municipal.durations import Weeks
from simulation.results.measures.printed import months_of

AGES = np.exp(-0.04 * np.arange(209))


def test_a_gap_has_a_whole_month_as_often_as_the_calendar_says() -> None:
    """All gaps of 28 years, after which the calendar repeats itself but for week 53."""
    months = months_of("2001-W01", 28 * 52 + 5)
    for gap in range(1, 13):
        starts = range(9, 28 * 52 - 13)
        having = sum(any(start <= m.first and m.end <= start + gap for m in months[start // 5 : start // 4 + 4])
                     for start in starts)  # fmt: skip
        assert merged.has_a_month(gap) == pytest.approx(having / len(starts), abs=0.01)


def test_who_is_back_soon_goes_on_with_the_same_spell() -> None:
    """A renewal: weeks on benefit in a spell are those of a stay by 1 - the share that is back within it."""
    weeks, level = 600, 0.1
    alive = np.exp(-level * np.arange(1, weeks + 1))
    to_job = 0.5 * (np.concatenate(([1.0], alive[:-1])) - alive)
    back = np.full(weeks, 0.02) * 0.99 ** np.arange(weeks)
    soon = sum(share * (1 - merged.has_a_month(gap)) for gap, share in enumerate(back, start=1))
    found = merged.on_benefit(alive, to_job, back)
    assert found.sum() == pytest.approx(alive.sum() / (1 - 0.5 * soon), rel=1e-6)
    assert merged.on_benefit(alive, 0 * to_job, back) == pytest.approx(alive)
    assert merged.length(alive, 0 * to_job, back) == pytest.approx(1 / (1 - math.exp(-level)))


def test_the_length_of_a_spell_has_its_breaks_in_it() -> None:
    """Two weeks each; half leave to a job and half of these are back after three weeks, so a quarter goes on: stays are
    4/3, breaks 1/3 of three weeks."""
    alive, to_job, back = np.array([1.0, 1.0, 0.0]), np.array([0.0, 0.0, 0.5]), np.array([0.0, 0.0, 0.5])
    assert merged.has_a_month(3) == 0
    assert merged.length(alive, to_job, back) == pytest.approx(4 / 3 * 2 + 1 / 3 * 3)


def test_a_return_begins_a_spell_after_a_whole_month_alone() -> None:
    """Three months of four weeks. Who left in week 3 and is back in week 9 was off in all of weeks 4 to 7; who left in
    week 5 and is back in week 11 was not, though as long."""
    back = np.zeros(12)
    back[5] = 1.0
    for leaves, begun in ((3, 1.0), (5, 0.0)):
        jobs = np.zeros(12)
        jobs[leaves] = 1.0
        found = merged.begun(np.full(12, 2.0), jobs, back, [4, 4, 4])
        assert found[leaves + 6] == 2.0 + begun and found.sum() == 24 + begun


def test_running_spells_over_some_weeks_of_a_steady_stock() -> None:
    """Exponential stays: exp(-n h) of those that run have lasted more than n weeks."""
    share = merged.over(np.ones(400), np.exp(-0.04 * np.arange(400)), 26, 399)
    assert share == pytest.approx(math.exp(-26 * 0.04), rel=1e-3)


def test_where_people_leave_to_is_found_from_where_they_are_later() -> None:
    """From a known share to jobs, the status after three months by hand, and back."""
    steps = [0.012] * 13
    lost, x, education = 1 - math.exp(-sum(steps)), 0.8, 0.05
    soon = sum(share * (1 - merged.has_a_month(gap)) for gap, share in enumerate(comes_back(13), start=1))
    ended = 1 - x * soon
    found = destinations(x * (1 - lost) / ended, education / ended)
    assert found == pytest.approx((x, education))
    assert 0.03 < soon < 0.06 and found.work > x * (1 - lost) / ended  # jobs that end, too


# --- talks --------------------------------------------------------------------------------------------------------


def printed(early: int, later: int, hidden: bool = False) -> Contact:
    talks, classes = expected(early, later, 209, 0.92), [(0, 13), (13, 26), (26, 39), (39, 52), (52, None)]
    means: dict[Weeks, float] = {
        (above, most): float(np.average(talks[above:most], weights=AGES[above:most])) for above, most in classes
    }
    return Contact(means, {(above, most): None if hidden else AGES[above:most].sum() for above, most in classes})


def test_talks_are_held_after_the_interval_and_a_no_show_comes_a_week_later() -> None:
    attends = 0.92
    held = expected(4, 13, 60, attends)
    assert held[3] == 0 and held[4] == pytest.approx(attends) and held[5] == pytest.approx(1 - (1 - attends) ** 2)
    assert held[26] == pytest.approx(6, abs=0.05)  # weeks 4, 8, ... 24, and somebody is late
    assert held[36] == pytest.approx(6, abs=0.02) and held[45] == pytest.approx(7, abs=0.2)


@pytest.mark.parametrize(("early", "later"), [(2, 13), (4, 9), (6, 4), (13, 26)])
@pytest.mark.parametrize("hidden", [False, True])
def test_intervals_are_found_again(early: int, later: int, hidden: bool) -> None:
    found = intervals(printed(early, later, hidden), AGES, 13, 0.92)
    assert found is not None and (found.early, found.later) == (early, later)
    assert found.made == pytest.approx(found.printed)


def test_what_is_not_printed_is_not_found() -> None:
    whole = printed(4, 9)
    early = Contact({each: talks for each, talks in whole.talks.items() if each[0] < 26}, whole.persons)
    found = intervals(early, AGES, 13, 0.92)
    assert found is not None and (found.early, found.later, found.printed[1]) == (4, 13, None)
    late = Contact({each: talks for each, talks in whole.talks.items() if each[0] >= 26}, whole.persons)
    assert intervals(late, AGES, 13, 0.92) is None
    assert found.until == 23 and "in the first half-year" in found.told("T")


def test_the_mean_of_months_counts_persons() -> None:
    """Two talks of 10 and four of 30 are 3.5; a class that one month alone shows is that month's."""
    months = {1: Contact({(0, 13): 2.0, (13, 26): 3.0}, {(0, 13): 10.0, (13, 26): None}),
              2: Contact({(0, 13): 4.0}, {(0, 13): 30.0})}  # fmt: skip
    found = mean_of(months)
    assert found is not None and found.talks == {(0, 13): 3.5, (13, 26): 3.0}
    assert found.persons == {(0, 13): 20.0, (13, 26): None} and mean_of({}) is None
