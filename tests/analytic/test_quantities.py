"""Quantities of small worlds, each with a number that can be told by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.economy.items import Item
from simulation.economy.living import located, problems
from simulation.economy.quantities import Quantities, quantities_of
from simulation.economy.years import years_of
from simulation.large import run_batch
from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.world.register import talk_of
from simulation.world.staff.caseworkers import vacancy
from tests.all_kinds import everything
from tests.helpers import LIMIT, busy, loaded, make, praktik, samtaler, team_counts_of

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
CHANNELS = ("personlig", "telefon", "brev")
NOBODY_LEAVES: dict[str, Any] = {"job": {"level": 0.0, "lives_on": "selvforsoergelse"}}


def of(scenario: Scenario, **more: Any) -> Quantities:
    """The quantities of one world."""
    return quantities_of(scenario, run_batch(scenario, [0]), **more)


def small(**changes: Any) -> Scenario:
    """Ten people on dagpenge, whom nobody leaves, for 20 weeks of 2026; or as said otherwise."""
    said = {"benefit": "dagpenge", "intake": {"persons": 10, "weeks": 1}, "exits": NOBODY_LEAVES}
    return make(**{**said, **changes})


def number(quantities: Quantities, kind: Any, name: str, part: str = "") -> list[float]:
    """Of the only world, by year."""
    return [float(each) for each in quantities.of[Item(kind, name, part)][0]]


def test_a_week_is_of_the_year_of_its_thursday() -> None:
    """2026 has 53 weeks; the week of New Year 2026 begins on 28 December and is of 2026."""
    assert years_of("2025-W52", 3).tolist() == [2025, 2026, 2026]
    assert np.bincount(years_of("2026-W01", 60) - 2026).tolist() == [53, 7]
    found = of(small(start="2025-W51"))
    assert found.years == (2025, 2026) and found.weeks == (2, 18)
    assert number(found, "benefit", "dagpenge", "1") == [20, 20]
    assert number(found, "benefit", "dagpenge", "2") == [0, 160]


def test_talks_and_minutes_are_of_the_team() -> None:
    """A talk of 30 minutes a week with each: 6 hours in the week of enrolment and every one after it."""
    talks = samtaler({"first_week": 0, "every": [{"weeks": 1}]})
    teams = {"team": {"fte": 2, "minutes_per_week": 400}}
    found = of(small(interventions={"samtaler": talks}, teams=teams))
    held = number(found, "talk", "team", "personlig")
    assert held == [200.0] and number(found, "minutes", "team") == [6000.0]
    staff = {way: float(each[Item("staff", "team")][0, 0]) for way, each in found.staff.items()}
    assert staff == {"margin": 6000 / 400, "posts": 40.0, "whole": 20.0}
    priced = {way: {item.kind for item in found.priced(way)} for way in ("posts", None)}  # type: ignore[arg-type]
    assert "staff" in priced["posts"] and not {"talk", "minutes"} & priced["posts"]
    assert {"talk", "minutes"} <= priced[None] and "staff" not in priced[None]


def test_talks_are_told_by_channel_and_team() -> None:
    """Of a busy jobcentre: those that the register shows person by person, and by team those that are counted there;
    letters are none."""
    scenario = busy(benefit="kontanthjaelp")
    world = run_batch(scenario, [0, 1])
    found, register = quantities_of(scenario, world), world.register
    talks = {item: each.sum(axis=1).tolist() for item, each in found.of.items() if item.kind == "talk"}
    held = team_counts_of(world)["held"].reshape(scenario.weeks, 2, len(scenario.jobcentres), -1).sum(axis=(0, 2))
    for t, team in enumerate(scenario.teams):
        assert np.sum([talks[Item("talk", team, c)] for c in CHANNELS], axis=0).tolist() == held[:, t].tolist()
    for number_of, channel in enumerate(CHANNELS, start=1):
        shown = (talk_of(register.codes) == number_of) & register.channels[number_of - 1].counts
        seen = np.bincount(world.ledige.world, shown.sum(axis=0), minlength=2)
        assert seen.any() == (channel != "brev")
        assert np.sum([talks[Item("talk", team, channel)] for team in scenario.teams], axis=0).tolist() == seen.tolist()


def test_a_period_of_notice_is_paid_for_posts_that_are_taken_away() -> None:
    """Three posts until week 10, one from then on: with six weeks of notice 3 × 16 + 1 × 4. Of a base that had five,
    the two that are gone from the first week on are paid for six weeks more: 5 × 6 + 3 × 10 + 1 × 4."""
    fte = {"value": 3, "from": {"2026-W11": 1}}
    teams = {"team": {"fte": fte, "minutes_per_week": 100}}
    said = {"benefit": "dagpenge", "intake": {"persons": 10, "weeks": 1}, "exits": NOBODY_LEAVES}
    scenario = loaded(**said, teams=teams).scenario
    base = small(teams={"team": {"fte": 5, "minutes_per_week": 100}})
    for before, weeks in ((None, 52.0), (base, 64.0)):
        found = of(scenario, notice_weeks=6, before=before)
        paid = {way: float(each[Item("staff", "team")][0, 0]) for way, each in found.staff.items()}
        assert (paid["posts"], paid["notice"]) == (40.0, weeks)
    assert "notice" not in of(scenario).staff
    more = loaded(**said, teams={"team": {**teams["team"], "fte": {"value": 1, "from": {"2026-W11": 3}}}}).scenario
    paid = of(more, notice_weeks=6).staff  # who comes is paid from the first day on
    assert paid["notice"][Item("staff", "team")].tolist() == paid["posts"][Item("staff", "team")].tolist() == [[40.0]]


def test_who_leaves_a_post_is_not_paid_for_in_a_period_of_notice() -> None:
    """Vacant posts cost nothing either way: nobody is given notice."""
    turnover = {"per_year": 0.6, "vacancy_weeks": 12}
    teams = {"team": {"fte": 200, "minutes_per_week": 100, "turnover": turnover}}
    scenario = small(weeks=80, follow_up=80, teams=teams)
    found = of(scenario, notice_weeks=13)
    posts, notice = (found.staff[way][Item("staff", "team")][0] for way in ("posts", "notice"))
    assert posts.tolist() == notice.tolist()
    share = vacancy(scenario.teams["team"])
    of_weeks, sd = float(posts.sum()) / (80 * 200), (share * (1 - share) * 12 / (80 * 200)) ** 0.5
    assert abs(of_weeks - (1 - share)) < LIMIT * sd


def test_interventions_say_what_they_spend() -> None:
    """Twenty minutes of a team for each place that is found; without a team nobody knows the hours."""
    team = {"fte": 1, "minutes_per_week": 1000}
    teams = {"team": team, "konsulenter": {**team, "takes_cases": False}}
    offer = praktik(length_weeks=4, ready_week=2)
    found = of(small(teams=teams, interventions={"p": {**offer, "matching": {"team": "konsulenter", "minutes": 20}}}))
    assert number(found, "matching", "p", "konsulenter") == pytest.approx([10 * 20 / 60])
    assert number(found, "minutes", "konsulenter") == [200.0] and number(found, "offer", "p") == [40.0]
    assert not any(item.kind == "matching" for way in found.staff for item in found.priced(way))
    found = of(small(interventions={"p": offer}))
    assert found.unsaid["interventions.p.matching"].tolist() == [[10.0]]


def test_what_is_not_said_is_counted_and_not_guessed() -> None:
    """All leave at once, to where nobody says what is lived on; a job whose hours the register does not show."""
    gone = {"job": {"level": 5.0}, "andet": {"level": 0.0, "lives_on": "kontanthjaelp"}}
    found = of(small(exits=gone))
    away = found.unsaid["exits.job.lives_on"][0, 0]
    assert away == found.unsaid["job_spells"][0, 0] > 180
    assert away + sum(number(found, "benefit", "dagpenge", step)[0] for step in "1234") == 200
    assert "exits.andet.lives_on" not in found.unsaid


def test_the_scenario_says_on_which_benefit_its_people_are() -> None:
    """One of the two ways to say it, and not both."""
    silent = make()
    assert [(path, message.split(",")[0]) for path, message in problems(silent)] == [
        (("benefit",), "say on which benefit they are")
    ]
    with pytest.raises(ValueError, match="benefit: say on which benefit they are"):
        of(silent)
    for written, meant in (("selvforsorgelse", "selvforsoergelse"), ("fortidspension", "foertidspension")):
        misspelt = small(exits={"job": {"level": 0.0, "lives_on": written}})
        assert problems(misspelt) == [
            (("exits", "job", "lives_on"), f"nothing is called '{written}'; did you mean '{meant}'?")
        ]
    for benefit in ("ledighedsydelse", "fleksloentilskud", "revalideringsydelse", "barsel"):
        assert problems(small(exits={"job": {"level": 0.0, "lives_on": benefit}})) == []
    twice = small(benefits={"dagpenge": {}})
    assert "leave this key out" in problems(twice)[0][1]
    assert problems(small(benefits={"dagpenge": {}}, benefit=None)) == problems(small()) == []


def test_what_is_missing_is_located(tmp_path: Path) -> None:
    """At the key that is too much, or at the file that says nothing."""
    path = tmp_path / "both.yaml"
    path.write_text(f"version: 2\nextends: {SCENARIOS / 'flow_dagpenge.yaml'}\nname: both\nbenefit: dagpenge\n")
    (problem,) = located(load(path))
    assert problem.mark is not None and (problem.path, problem.mark.line) == ("benefit", 4)
    assert located(load(SCENARIOS / "flow_dagpenge.yaml")) == []
    (problem,) = located(load(SCENARIOS / "bench" / "jobcentre_64.yaml"))
    assert problem.mark is not None and problem.mark.file.endswith("jobcentre_64.yaml")


def test_what_kinds_spend_they_count() -> None:
    """Of every kind, with all that it may have: counts that it declares, by whom and for whom there is somebody."""
    scenario = Scenario.model_validate(everything())
    spent = {name: each.spends for name, each in scenario.interventions.items()}
    assert {one.what for each in spent.values() for one in each} == {"session", "matching", "mentor", "fee"}
    for name, each in spent.items():
        counts = scenario.interventions[name].its_counts
        for one in each:
            assert {*one.of.plus, *one.of.less} <= {*counts}, name
            assert one.team in ("", *scenario.teams) and {*(one.arms or ())} <= {*scenario.parts}, name
