"""Tre hovedveje til job (004): what is printed of the three roads, row by row of docs/founding_documents.md.

Figures are those of the shipped scenarios with the first two replications. There was no control group: what is held is
a course of those who were referred, and no effect.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulation.scenario.load import load
from tests.founding import SHIPPED, stored, told
from tests.founding.worlds import counted, tried

CLUB, TEMP, FIRM = ROADS = ("tre_hovedveje_jobklub", "tre_hovedveje_vikar", "tre_hovedveje_virksomhedsforloeb")
REFERRED = {CLUB: "jobklub_referred", TEMP: "vikar_referred", FIRM: "virksomhedsforloeb_persons"}


def test_004_01_seventeen_five_and_ten_municipalities() -> None:
    there = [{*load(SHIPPED / f"{road}.yaml").scenario.jobcentres} for road in ROADS]
    assert [len(places) for places in there] == [17, 5, 10] and len(set.union(*there)) == 27
    assert there[0] & there[2] == {"roedovre", "skanderborg", "fredericia", "jammerbugt"}
    assert there[1] & there[2] == {"nordfyn"} and not there[0] & there[1]


@pytest.mark.parametrize(("road", "low", "high"), [(CLUB, 2231, 2269), (TEMP, 522, 522), (FIRM, 877, 877)])
def test_004_04_referred_and_their_traffic_lights(road: str, low: int, high: int) -> None:
    """Within two standard errors of a Poisson number (2,231 or 2,269, 522, 877; all fitted), and the milestone of the
    club is met, that of temporary work missed by 10 to 25 % (yellow), that of firms met."""
    number = stored(road)[REFERRED[road], "alle"]
    assert low - 2 * np.sqrt(low) < number < high + 2 * np.sqrt(high)
    milestone = load(SHIPPED / f"{road}.yaml").scenario.milestones["visiterede"]
    short = 1 - number / milestone.expected
    assert (milestone.yellow_from < short < milestone.red_above) if road == TEMP else short < milestone.yellow_from


def test_004_05_started() -> None:
    """Printed 2,255 of 2,269, 99.4 %, more than the 2,231 of another table. The model has 99 %: the fit does not reach
    it by half a point, a miss of 2.5 standard deviations. On the other roads the numbers are lost; in words more than
    was expected on hovedvej 2, 22 fewer on hovedvej 3, and most of the referred begin there too."""
    assert 0.985 < stored(CLUB)["jobklub_started_share", "alle"] < 0.9938
    assert abs(stored(CLUB)["jobklub_started", "alle"] - 2255) < 2 * np.sqrt(2255)
    for road, what in ((TEMP, "vikar_started"), (FIRM, "virksomhedsforloeb_started")):
        assert 0.8 < stored(road)[what, "alle"] / stored(road)[REFERRED[road], "alle"] < 0.95


def test_004_06_employed_by_month_net_of_the_month_of_referral() -> None:
    """Month 9: 39.5 %, 34.6 % and in between, each within two standard errors (fitted); uncorrected, the road of
    temporary work is the highest. Every month is net of month 0, in which the figure is none by definition."""
    printed = {CLUB: (0.395, 0.023), TEMP: (0.346, 0.05), FIRM: (0.3705, 0.038)}
    for road, (figure, error) in printed.items():
        net = [told(road, "employed_net_month", week=month) for month in (0, 3, 6, 9)]
        assert abs(net[-1] - figure) < 2 * error and net[0] == 0 < 0.1 < min(net[1:])
    assert max(ROADS, key=lambda road: told(road, "employed_month", week=9)) == TEMP


def test_004_07_ever_employed_since_referral() -> None:
    """69 % of all 3,630: fitted on the road of most, and the three together by their numbers."""
    ever = {road: stored(road)["ever_employed", "alle"] for road in ROADS}
    numbers = {CLUB: 2231, TEMP: 522, FIRM: 877}
    together = sum(ever[road] * number for road, number in numbers.items()) / 3630
    assert abs(ever[CLUB] - 0.69) < 0.03 and abs(together - 0.69) < 0.03


@pytest.mark.parametrize(
    ("name", "missed"),
    [
        ("indikatorer/tre_hovedveje_jobklub", []),
        ("indikatorer/tre_hovedveje_vikar", [5]),
        ("indikatorer/tre_hovedveje_virksomhedsforloeb", []),
    ],
)
def test_004_08_120_to_130_hours_in_every_month_of_the_second_half(name: str, missed: list[int]) -> None:
    """Of the employed, from month 5 on, each month for itself: none is more than 2.5 hours outside of 120 to 130, but
    for month 5 of temporary work (111 hours)."""
    published = load(SHIPPED / f"{name}.yaml").scenario.published.values()
    printed = [each for each in published if each.outcome == "hours_month"]
    off = []
    for each in printed:
        assert each.figure is not None and each.se is not None and each.month is not None
        hours = told(name, "hours_month", week=each.month)
        if abs(hours - each.figure) > each.rounding + each.se:
            off.append(each.month)
    assert len(printed) >= 5 and off == missed


def test_004_09_benefits_after_the_project_are_not_alike_in_the_model() -> None:
    """Printed: no substantial difference between the roads. A miss: on the road of clubs fewer are on benefit in month
    9, by five to ten points."""
    on = {road: told(road, "benefit_month", week=9) for road in ROADS}
    assert 0.05 < max(on.values()) - on[CLUB] < 0.10


def test_004_10_earlier_employment_tells_who_is_employed_and_branch_does_not() -> None:
    """Printed: the more employed in the three years before, the more after; no relation to branch. The factor of the
    first is assumed, its size is lost; branches have none, so they differ by luck."""
    name = "indikatorer/tre_hovedveje_jobklub"
    much, little = (told(name, "exit_job", f"tidligere_beskaeftigelse:{level}") for level in ("meget", "lidt"))
    assert much > little + 0.05
    shares = [told(name, "exit_job", f"branche:{level}") for level in ("industri", "handel_og_kontor", "offentlig")]
    assert max(shares) - min(shares) < 2 * np.sqrt(0.24 * (1 / 900 + 1 / 900))


@pytest.mark.parametrize(("road", "month", "seen"), [(CLUB, 10, 612), (TEMP, 9, 128), (FIRM, 9, 269)])
def test_004_11_the_register_ends_in_week_8_of_2017(road: str, month: int, seen: int) -> None:
    """612, 128 and 269 are left (fitted), within two standard errors; in the first two months nearly all are there."""
    assert abs(told(road, "observed_month", week=month) - seen) < 2 * np.sqrt(seen)
    assert told(road, "observed_month", week=1) > 0.9 * stored(road)[REFERRED[road], "alle"]
    scenario = load(SHIPPED / f"{road}.yaml").scenario
    assert (scenario.start, scenario.weeks) == ("2015-W49", 65)  # 2015 has 53 weeks


def test_004_12_voluntary_and_visitation_is_tightened() -> None:
    """Some say no; of those who say yes several times as many are turned away after the criteria are tightened."""
    asked = ("offered", "declined", "turned_away")
    offered, declined, away = (counted(CLUB, f"jobklub_{what}").sum(axis=(1, 2)) for what in asked)
    early, late = (away[weeks].sum() / (offered - declined)[weeks].sum() for weeks in (slice(26), slice(26, None)))
    assert late > 3 * early > 0 and 0.05 < stored(CLUB)["jobklub_declined_share", "alle"] < 0.3


def test_004_13_half_run_short_courses_of_two_sessions_half_long_ones_of_one() -> None:
    """Nine against eight of the 17; at most ten weeks with two sessions a week, or longer with one (a member who drops
    out or leaves is in it for a shorter time). Which is which is assumed."""
    of_members = ("members", "planned", "started")
    members, planned, started = (counted(CLUB, f"jobklub_{what}").sum(axis=(0, 2)) for what in of_members)
    sessions, weeks = planned / members, members / started
    short = sessions > 1.5
    assert short.sum() == 9 and np.allclose(sessions[short], 2, atol=0.1) and np.allclose(sessions[~short], 1, atol=0.1)
    assert weeks[short].max() < 8 < weeks[~short].min()


@pytest.mark.parametrize(
    "without", [{"homework": "none"}, {"company_visits": False}, {"counselling": None}, {"contagion.per_exit": {}}]
)
def test_004_14_19_talks_homework_visits_and_members_who_leave_each_add_something(without: dict[str, object]) -> None:
    """Each goes with early employment in print, without a size; here by the factor of 1.02 to 1.05 that is assumed."""
    changes = {f"interventions.jobklub.{key}": value for key, value in without.items()}
    assert tried(CLUB, "job_intensity_added", changes) < tried(CLUB, "job_intensity_added", {}) - 0.03


def test_004_17_rolling_or_fixed_intake() -> None:
    """A group every eighth week: a wait of some three weeks instead of none, and part of those called in are lost."""
    fixed = stored("tre_hovedveje_jobklub_fast_optag")
    assert 2 < fixed["jobklub_wait", "alle"] < 4.5 and stored(CLUB)["jobklub_wait", "alle"] < 0.1
    assert fixed["jobklub_lost_waiting_share", "alle"] > 0.1 > stored(CLUB)["jobklub_lost_waiting_share", "alle"]


def test_004_18_weak_cv_and_language_take_the_staffs_time() -> None:
    """And so from others: jobrådgivere have more of their minutes used, and hold fewer individual talks."""
    none = {"interventions.jobklub.extra_minutes": {}}
    assert tried(CLUB, "utilisation", {}, "jobraadgivere") > tried(CLUB, "utilisation", none, "jobraadgivere") + 0.03
    assert tried(CLUB, "jobklub_counselled", {}) < tried(CLUB, "jobklub_counselled", none)


def test_004_19_unmotivated_members_drain_the_others() -> None:
    """Several of them take from what the club does for all (factors assumed)."""
    added, started = "job_intensity_added", "jobklub_started"
    many = stored("tre_hovedveje_jobklub_umotiverede")
    assert many[started, "alle"] > stored(CLUB)[started, "alle"]
    assert many[added, "alle"] < 0.95 * stored(CLUB)[added, "alle"]


def test_004_27_meeting_screening_registration_and_declining() -> None:
    """Fewer at each step; who is registered has begun. 522 are referred in print (fitted)."""
    steps = [stored(TEMP)[f"vikar_{step}", "alle"] for step in ("invited", "referred", "started")]
    assert steps[0] > 1.2 * steps[1] and steps[1] > steps[2] > 0.8 * steps[1]
    all_stay = {"interventions.vikar.declines": 0, "interventions.vikar.visitation": []}
    assert tried(TEMP, "vikar_referred", all_stay) > 1.2 * tried(TEMP, "vikar_referred", {})


def test_004_28_notice_distance_conditions_and_several_bureaus() -> None:
    """Where neither notice nor distance deters, half as many assignments are refused; with one bureau each, more are
    never offered any."""
    deters = {"interventions.vikar.takes_short_notice": 1, "interventions.vikar.takes_far": 1}
    one = {"interventions.vikar.bureaus_each": 1}
    assert tried(TEMP, "vikar_refused_share", deters) < 0.6 * tried(TEMP, "vikar_refused_share", {})
    assert tried(TEMP, "vikar_never_offered_share", one) > tried(TEMP, "vikar_never_offered_share", {}) + 0.02


def test_004_31_some_never_worked_for_a_bureau() -> None:
    """Printed: 24 % cannot judge the effort, put down to never having worked for one. The model has some 36 %, which no
    fit has seen: a miss of two and a half standard deviations. Most were never offered anything."""
    never, offered = (stored(TEMP)[f"vikar_never_{what}_share", "alle"] for what in ("worked", "offered"))
    assert 0.24 + 0.05 < never < 0.24 + 4 * 0.05 and 0.5 * never < offered < never


def test_004_32_matching_is_the_bottleneck() -> None:
    """With twice the capacity the wait and the losses in waiting fall to a fifth, and more begin."""
    twice, as_shipped = stored("tre_hovedveje_virksomhedsforloeb_dobbelt"), stored(FIRM)
    for what in ("wait", "lost_waiting_share", "gave_up_share"):
        figure = f"virksomhedsforloeb_{what}", "alle"
        assert twice[figure] < 0.3 * as_shipped[figure]
    begun = "virksomhedsforloeb_started", "alle"
    assert twice[begun] > 1.1 * as_shipped[begun]


def test_004_34_four_to_eight_weeks_and_gone_with_the_project() -> None:
    """Where four weeks are the longest, firms say no more often, and more are lost; where the option expires in the
    middle of the year, so from then on, and no contact person is paid for."""
    short, gone = stored("tre_hovedveje_virksomhedsforloeb_4_uger"), "hvad_hvis/virksomhed_udloeber"
    for what in ("firm_declined", "lost_waiting_share"):
        figure = f"virksomhedsforloeb_{what}", "alle"
        assert short[figure] > 1.3 * stored(FIRM)[figure]
    asked = ("virksomhedsforloeb_firm_declined", "virksomhedsforloeb_contact_weeks")
    counts = {name: [counted(name, what).sum(axis=(1, 2)) for what in asked] for name in (FIRM, gone)}
    (declined, contact), (declined_then, contact_then) = counts[FIRM], counts[gone]
    assert (declined_then[:31] == declined[:31]).all() and declined_then[31:].sum() > 1.3 * declined[31:].sum()
    assert contact[40:].sum() > 1000 and contact_then[40:].sum() == 0


def test_004_35_the_jobkontaktperson_and_her_time() -> None:
    """Her hours are counted; without one more placements break down and fewer end in a hire (factors assumed; DKK and
    hours are lost)."""
    none = {"interventions.virksomhedsforloeb.contact_person": None}
    broken, hired = (f"virksomhedsforloeb_{what}_share" for what in ("broken", "hired"))
    assert tried(FIRM, broken, none) > 1.2 * tried(FIRM, broken, {})
    assert tried(FIRM, hired, none) < tried(FIRM, hired, {})
    paid, begun = (stored(FIRM)[f"virksomhedsforloeb_{what}", "alle"] for what in ("contact_hours", "started"))
    assert 5 < paid / begun < 16  # two a week, for 85 % of placements of up to eight weeks


def test_004_36_citizens_find_firms_themselves() -> None:
    """Some do (no share is printed); if none did, all would wait longer, and fewer begin."""
    none, what = {"interventions.virksomhedsforloeb.self_found": 0}, "virksomhedsforloeb_{}"
    assert 0.01 < tried(FIRM, what.format("self_found_share"), {}) < 0.15
    assert tried(FIRM, what.format("wait"), none) > tried(FIRM, what.format("wait"), {}) + 0.2
    assert tried(FIRM, what.format("started"), none) < tried(FIRM, what.format("started"), {})
