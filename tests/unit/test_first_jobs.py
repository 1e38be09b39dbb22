"""How long first jobs last, from registers written by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.results.measures.first_jobs import LONG, first_jobs, share_over
from simulation.results.measures.histories import histories
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE, LEDIG, OUT
from tests.helpers import Key, as_written, make

JOB, FLEKSJOB, FOR_GOOD = GONE, GONE + 1, GONE + 2
SPELL = {"hours": 37, "end_intensity": {0: 0.1}, "returns": 0.5}


def scenario_of(weeks: int, follow_up: int, **changes: Any) -> Scenario:
    """Two destinations with jobs and one without, in a run of so many weeks."""
    exits = {"job": {"level": 0.1}, "fleksjob": {"level": 0.1, "job_spells": SPELL}, "other": {"level": 0.1}}
    return make(**{"weeks": weeks, "follow_up": follow_up, "exits": exits, "job_spells": SPELL, **changes})


def measured(lives: list[list[tuple[int, int]]], follow_up: int, **changes: Any) -> dict[Key, float]:
    """What becomes of a register: per ledig, enrolled in week 0, how many weeks she has each status, one after another.

    Two of another replication stand first, whose jobs end at once, so that taking them along would be seen.
    """
    status = [np.repeat([code for code, _ in life], [weeks for _, weeks in life]) for life in lives]
    weeks = len(status[0])
    others = np.repeat([LEDIG, JOB, OUT], [1, 1, weeks - 2])
    codes = np.array([others, others, *status], dtype=np.uint16).T
    scenario = scenario_of(weeks, follow_up, **changes)
    rows, arms = codes.shape[1], len(scenario.arms)
    world: Any = SimpleNamespace(
        ledige=SimpleNamespace(
            world=np.array([0, 0] + [1] * len(lives)),
            entry=np.zeros(rows, dtype=np.int16),
            arm=np.arange(rows) % arms,
            jobcentre=np.zeros(rows, dtype=np.int64),
            subgroup={},
            first_benefit=None,
        ),
        jobcentres=SimpleNamespace(names=["alle"], worlds=2),
        offers={},
        register=SimpleNamespace(codes=codes, hours=None, benefits=None, channels=[]),
    )
    return as_written(first_jobs(scenario, world, histories(scenario, world)), 1)


def two(found: dict[Key, float], group: str = "alle") -> list[float]:
    """Ended within 13 weeks, last 52 or more."""
    return [found["job_ended_13w", group, None], found["job_lasts_52w", group, None]]


@pytest.mark.parametrize(("weeks", "expected"), [(1, [1, 0]), (13, [1, 0]), (14, [0, 0]), (52, [0, 0]), (53, [0, 1])])
def test_a_job_that_the_register_shows_in_so_many_weeks(weeks: int, expected: list[float]) -> None:
    """Begun on a tirsdag and over on the mandag of the 13th week after it: ended within 13 weeks, a week later not."""
    assert two(measured([[(LEDIG, 3), (JOB, weeks), (OUT, 70 - weeks)]], 20)) == expected


@pytest.mark.parametrize("then", [OUT, LEDIG, FLEKSJOB, FOR_GOOD])
def test_whatever_comes_after_it_ends_the_job(then: int) -> None:
    """Out, a relapse, and another job after a break that nobody saw; and who is back in the job has had a break."""
    assert two(measured([[(LEDIG, 3), (JOB, 10), (then, 60)]], 20)) == [1, 0]
    assert two(measured([[(LEDIG, 3), (JOB, 10), (then, 1), (JOB, 59)]], 20)) == [1, 0]


def test_first_exits_within_the_follow_up_to_a_job_count_and_no_others() -> None:
    """Not a second job, nor one after an exit elsewhere or after the follow-up, which itself cuts no job off."""
    first = [(LEDIG, 19), (FLEKSJOB, 5), (OUT, 76)]
    later = [(LEDIG, 20), (FLEKSJOB, 60), (OUT, 20)]
    second = [(LEDIG, 2), (JOB, 60), (LEDIG, 2), (JOB, 2), (OUT, 34)]
    elsewhere = [(LEDIG, 2), (FOR_GOOD, 98)]
    assert two(measured([first, later, second, elsewhere], 20)) == [0.5, 0.5]
    assert np.isnan(two(measured([later, elsewhere, [(LEDIG, 100)]], 20))).all()


def test_a_job_that_lasts_at_the_end_of_the_run_is_censored_there() -> None:
    """Five jobs in a run of 70 weeks, by hand.

    begun in   weeks shown   ends in its week   watched for
    week 5     4             4                  64
    week 60    10            -                  9
    week 5     12            12                 64
    week 65    2             2                  4
    week 6     64            -                  63

    at risk: 5 until week 2, 4 until week 4, 3 until week 9, then 2 until week 12, then 1.
    still there after 13 weeks: 4/5 × 3/4 × 1/2 = 3/10, and that one lasts.
    """
    lives = [
        [(LEDIG, 5), (JOB, 4), (OUT, 61)],
        [(LEDIG, 60), (FLEKSJOB, 10)],
        [(LEDIG, 5), (JOB, 12), (LEDIG, 53)],
        [(LEDIG, 65), (JOB, 2), (OUT, 3)],
        [(LEDIG, 6), (FLEKSJOB, 64)],
    ]
    assert two(measured(lives, 70)) == pytest.approx([0.7, 0.3])


def test_a_job_in_the_last_week_says_nothing() -> None:
    """It is not at risk in any week, and alone it leaves everything unknown."""
    late = [(LEDIG, 69), (JOB, 1)]
    assert np.isnan(two(measured([late], 70))).all()
    assert two(measured([late, [(LEDIG, 5), (JOB, 4), (OUT, 61)]], 70)) == [1, 0]


def test_nothing_is_known_of_weeks_for_which_no_job_is_watched() -> None:
    """Watched for 51 weeks only; for 52, just long enough; and where the one that could be watched has ended."""
    assert two(measured([[(LEDIG, 18), (JOB, 52)]], 70)) == pytest.approx([0, np.nan], nan_ok=True)
    assert two(measured([[(LEDIG, 17), (JOB, 53)]], 70)) == [0, 1]
    ended, censored = [(LEDIG, 5), (JOB, 4), (OUT, 61)], [(LEDIG, 50), (JOB, 20)]
    assert two(measured([ended, censored], 70)) == pytest.approx([0.5, np.nan], nan_ok=True)


def test_when_all_have_ended_none_lasts() -> None:
    """Nobody is at risk any more, but nothing is hidden either."""
    over = share_over(np.zeros(3, dtype=np.int64), 1, np.array([2, 5, LONG]), np.array([60, 60, 4]))[0]
    assert over[[2, 3, 5]] == pytest.approx([0, 1 / 3, 1 / 3])
    assert (over[6:] == 1).all()


def test_groups_are_the_arms_and_all() -> None:
    """Arm by arm (alternating): jobs of 4 and of 60 weeks, and none."""
    lives = [[(LEDIG, 5), (JOB, 4), (OUT, 61)], [(LEDIG, 5), (JOB, 60), (OUT, 5)], [(LEDIG, 70)]]
    found = measured(lives, 70, arms={"a": 1, "b": 1, "c": 1})  # rows 2, 3 and 4: c, a, b
    assert {key[1] for key in found} == {"alle", "a", "b", "c"}
    assert two(found) == [0.5, 0.5] and two(found, "c") == [1, 0] and two(found, "a") == [0, 1]
    assert np.isnan(two(found, "b")).all()


def test_without_job_spells_there_are_no_such_outcomes() -> None:
    """An exit to a job for good has no end to look at."""
    exits = {"job": {"level": 0.1}, "fleksjob": {"level": 0.1}, "other": {"level": 0.1}}
    assert measured([[(LEDIG, 5), (JOB, 65)]], 70, exits=exits, job_spells=None) == {}
