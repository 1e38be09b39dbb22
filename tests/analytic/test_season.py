"""The season of exits and of staff against closed forms, and the calendar that both go by.

Decision rule where luck has a part: |z| < LIMIT (tests/helpers.py) by the closed form's own standard error.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulation.report.changed import alike_lines
from simulation.results.measures.replication import simulate
from simulation.scenario.alike import Alike
from simulation.scenario.enough_staff import LEVELS, ROUGH_IN_SEASON, expected_staff, rough
from simulation.scenario.expected_load import Expected
from simulation.scenario.schema import Scenario
from simulation.scenario.season_doubts import of_exits
from simulation.week import run
from simulation.world.season import Season, exit_factors, minutes_shares, relative, time_of_year
from simulation.world.spec import Floats
from tests.helpers import LIMIT, counts_of, exits_follow, first_exits, make, samtaler, survival_of, z_of

MANY = {"persons": 40_000, "weeks": 1}
STEEP = {month: 0.25 * month for month in range(1, 13)}
"""Their mean is 0.25 × 6.5."""


# --- the calendar -----------------------------------------------------------------------------------------------


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    """2026-W01 begins on Monday 29 December, its Thursday is 1 January; 2026-W05 ends on 1 February."""
    month, week = time_of_year("2026-W01", 6)
    assert month.tolist() == [1, 1, 1, 1, 1, 2] and week.tolist() == [1, 2, 3, 4, 5, 6]


def test_a_year_of_53_weeks_is_followed_by_week_1() -> None:
    """31 December 2020 is the Thursday of 2020-W53."""
    month, week = time_of_year("2020-W52", 3)
    assert month.tolist() == [12, 12, 1] and week.tolist() == [52, 53, 1]


def test_the_mean_of_the_twelve_months_is_one() -> None:
    assert relative(STEEP).mean() == pytest.approx(1, abs=1e-12)
    assert relative(STEEP) == pytest.approx(np.arange(1, 13) / 6.5)
    for value in (0.7, 1.0, 1.1, 3.0):
        assert (relative(dict.fromkeys(range(1, 13), value)) == 1).all()


def test_destinations_without_a_season_have_factor_one() -> None:
    season = Season.model_validate({"exits": {"job": STEEP}})
    factors = exit_factors(season, ["other", "job"], "2026-W01", 60)
    assert factors is not None and (factors[0] == 1).all()
    assert factors[1, 5] == pytest.approx(2 / 6.5)
    assert exit_factors(None, ["job"], "2026-W01", 60) is None


def test_an_iso_week_takes_the_place_of_its_month() -> None:
    season = Season.model_validate({"minutes": {"months": {7: 0.5}, "weeks": {29: 0.2, 52: 0.0}}})
    shares = minutes_shares(season, "2026-W01", 52)
    assert shares is not None
    assert shares[27:32].tolist() == [0.5, 0.2, 0.5, 0.5, 1.0] and shares[51] == 0.0


# --- exits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["2026-W01", "2020-W40"])
def test_a_constant_hazard_with_a_season_gives_a_product(start: str) -> None:
    """The share left after t weeks is the product of exp(-level × factor of the week's month)."""
    level, weeks = 0.03, 60
    month, _ = time_of_year(start, weeks)
    hazard = level * month / 6.5
    exits_follow(
        make(start=start, weeks=weeks, intake=MANY, exits={"job": {"level": level}}, season={"exits": {"job": STEEP}}),
        survival_of(hazard),
    )


def test_season_moves_one_destination_and_not_the_other() -> None:
    """Of those who leave in a week, the share to a job is its intensity of that week against both."""
    weeks, levels = 52, {"job": 0.03, "other": 0.02}
    exits = {name: {"level": level} for name, level in levels.items()}
    scenario = make(weeks=weeks, intake=MANY, exits=exits, season={"exits": {"job": STEEP}})
    week, cause, _ = first_exits(run(scenario, [0]))
    job = levels["job"] * time_of_year("2026-W01", weeks)[0] / 6.5
    gone, to_job = (np.bincount(week[which], minlength=weeks)[:weeks] for which in (cause >= 0, cause == 0))
    assert np.abs(z_of(to_job, gone, job / (job + levels["other"]))).max() < LIMIT


def test_who_was_enrolled_late_is_who_she_is_without_season() -> None:
    """What frailty is left after weeks on benefit is by the mean of the year: the season has no part in it."""
    frail = {"job": {"level": 0.05, "frailty": {"kind": "gamma", "spread": 1.0}}}
    intake = {"persons": 500, "weeks": 1, "elapsed_weeks": 30}
    seasons = (None, {"exits": {"job": STEEP}})
    one, other = (run(make(weeks=1, intake=intake, exits=frail, season=each), [0]) for each in seasons)
    assert (one.afgang.brings == other.afgang.brings).all()


# --- staff ------------------------------------------------------------------------------------------------------


def weekly_talks(minutes: Any, **team: Any) -> Any:
    """Nobody leaves, everybody asks for 30 minutes every week from week 1 on, and there is time for 20 of the 100."""
    return make(
        weeks=20,
        intake={"persons": 100, "weeks": 1},
        exits={"job": {"level": 0.0}},
        teams={"team": {"fte": 2, "minutes_per_week": 300, **team}},
        interventions={"samtaler": samtaler()},
        season={"minutes": minutes},
    )


def held(scenario: Any) -> Floats:
    """Held talks of week 1 and all later ones."""
    return counts_of(run(scenario, [0]))["held"].sum(axis=1)[1:]


@pytest.mark.parametrize("caseload", ["pooled", "personal"])
def test_half_the_minutes_hold_half_the_talks(caseload: str) -> None:
    expected = np.full(19, 20)
    expected[5:8] = 10  # weeks 6 to 8 of the run are 7 to 9 of the year
    assert (held(weekly_talks({"weeks": {7: 0.5, 8: 0.5, 9: 0.5}}, caseload=caseload)) == expected).all()


def test_a_month_closes_and_what_there_was_is_written_down() -> None:
    """February is weeks 6 to 9 (its Thursdays are 5, 12, 19 and 26)."""
    world = run(weekly_talks({"months": {2: 0.0}}), [0])
    minutes = np.array(world.register.minutes).ravel()
    assert minutes.tolist() == [600] * 5 + [0] * 4 + [600] * 11
    assert (np.array(world.register.minutes_used).ravel()[1:] == minutes[1:]).all()
    assert (np.array(world.register.paid) == 2).all()


def test_parts_of_a_minute_are_cut_off_at_every_desk() -> None:
    """0.35 × 150 = 52.5 minutes at each of two desks: one talk of 30 each."""
    scenario = weekly_talks({"months": {1: 0.35}}, caseload="personal", minutes_per_week=150)
    world = run(scenario, [0])
    assert np.array(world.register.minutes_of_desk)[:6].tolist() == [[52, 52]] * 5 + [[150, 150]]
    assert held(scenario)[:5].tolist() == [2] * 4 + [10]


def test_a_talk_that_fits_into_a_full_week_alone_waits_for_one() -> None:
    """0.4 × 60 = 24 minutes are too few for a talk of 30, and it is not passed over for ever: then there are two."""
    scenario = weekly_talks({"months": {1: 0.4}}, fte=1, minutes_per_week=60)
    assert held(scenario)[:6].tolist() == [0] * 4 + [2] * 2
    assert counts_of(run(scenario, [0]))["no_time"].sum(axis=1)[1:6].tolist() == [100] * 4 + [98]


def test_who_is_away_in_a_holiday_is_away_from_what_there_is() -> None:
    """Absence takes a part of the minutes of the week: the mean is share × (1 − absence) × full.

    Rule: |z| < LIMIT; a post is away or there, independent between posts.
    """
    absence = {"syg": {"share": 0.3, "weeks": {1: 1.0}}}
    posts = 4000
    scenario = weekly_talks({"months": {1: 0.5}}, fte=posts, minutes_per_week=100, caseload="personal", absence=absence)
    minutes = np.array(run(scenario, [0]).register.minutes).ravel()
    for week, each in ((2, 50), (10, 100)):
        assert abs(z_of(minutes[week] / each, posts, 0.7)) < LIMIT


# --- check ------------------------------------------------------------------------------------------------------


def test_check_reckons_with_the_minutes_of_the_week() -> None:
    """The same share in every week is the same as that much less staff, in what is asked of and needed from it."""
    talks = {"every": [{"weeks": 2}]}
    parts = {"weeks": 40, "intake": {"persons": 200, "weeks": 20}, "interventions": {"samtaler": samtaler(talks)}}
    always = {"minutes": {"months": dict.fromkeys(range(1, 13), 0.5)}}
    half, less = (
        make(teams={"team": {"fte": 4, "minutes_per_week": minutes}}, season=season, **parts)
        for minutes, season in ((400, always), (200, None))
    )
    assert expected_staff(half, "team", ["by"]) == pytest.approx(expected_staff(less, "team", ["by"]))
    assert (Expected(less).season == 1).all() and (Expected(half).season == 0.5).all()


def test_a_holiday_needs_more_staff() -> None:
    parts = {"weeks": 40, "intake": {"persons": 200, "weeks": 20}, "interventions": {"samtaler": samtaler()}}
    teams = {"team": {"fte": 4, "minutes_per_week": 400}}
    plain, holiday = (
        expected_staff(make(teams=teams, season=season, **parts), "team", ["by"])
        for season in (None, {"minutes": {"weeks": dict.fromkeys(range(15, 21), 0.4)}})
    )
    assert (holiday[1:] > plain[1:] * 1.02).all()


def test_frailty_before_enrolment_is_said_to_be_without_season() -> None:
    frail = {"job": {"level": 0.05, "frailty": {"kind": "gamma", "spread": 1.0}}}
    for exits, elapsed, said in ((frail, 30, True), (frail, 0, False), ({"job": {"level": 0.05}}, 30, False)):
        intake = {"persons": 100, "weeks": 1, "elapsed_weeks": elapsed}
        scenario = make(weeks=60, intake=intake, exits=exits, season={"exits": {"job": STEEP}})
        messages = [message for _, message in of_exits(scenario, scenario.season)]
        assert any("weeks on benefit before enrolment" in message for message in messages) == said


def test_two_starts_are_two_times_of_the_year_where_there_is_a_season() -> None:
    plain = make(), make(start="2026-W20")
    season = {"exits": {"job": STEEP}}
    seasonal = make(season=season), make(start="2026-W20", season=season)
    words = "nothing that is simulated depends on it", "another time of the year"
    for (base, other), said in zip((plain, seasonal), words, strict=True):
        assert said in " ".join(" ".join(alike_lines(Alike(base, other), [], 10_000)).split())


@pytest.mark.parametrize(
    "minutes",
    [
        {"weeks": {29: 0.4, 30: 0.4, 31: 0.4, 52: 0.3}},
        {"months": {7: 0.6}, "weeks": {14: 0.5, 52: 0.3}},
        {"weeks": {14: 0.0, 30: 0.0, 52: 0.0}},
    ],
)
def test_the_staff_reckoned_with_holidays_does_in_a_run(minutes: Any) -> None:
    """Rule: with what is reckoned for 90 % and 5 % more, five runs have time for 90 % of the talks; with 22 % less they
    have not."""

    def scenario(fte: float) -> Scenario:
        return make(
            weeks=78,
            follow_up=52,
            intake={"persons": 600, "weeks": 26},
            teams={"team": {"fte": fte, "minutes_per_week": 900, "caseload_limit": 60}},
            exits={"job": {"level": 0.035}},
            interventions={
                "samtaler": samtaler({"every": [{"weeks": 2}, {"from_week": 13, "weeks": 4}]}, 45, attendance=0.9)
            },
            season={"minutes": minutes},
        )

    def in_time(fte: float) -> float:
        runs = simulate(scenario(fte), range(5))
        return float(np.mean([run.outcomes["called_on_time_share", "alle", None] for run in runs]))

    assert rough(scenario(4.0)) == ROUGH_IN_SEASON
    enough = float(expected_staff(scenario(4.0), "team", ["by"])[LEVELS.index(0.9)])
    assert in_time(enough * 1.05) >= 0.9 > in_time(enough * 0.78)


# --- mistakes, where there is no file ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("season", "message"),
    [
        ({"exits": {"job": {**STEEP, 13: 1.0}}}, "'13' is not a month"),
        ({"exits": {"job": {1: 1.0}}}, "missing: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"),
        ({"exits": {"job": {**STEEP, 3: -0.1}}}, "greater than or equal to 0"),
        ({"exits": {"job": dict.fromkeys(range(1, 13), 0.0)}}, "every month has factor 0"),
        ({"minutes": {"weeks": {54: 0.5}}}, "'54' is not an ISO week"),
        ({"minutes": {"months": {7: 1.2}}}, "less than or equal to 1"),
    ],
)
def test_what_cannot_be_is_refused(season: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Season.model_validate(season)
