"""På rette vej i job as shipped against what its evaluation prints (Rambøll 2013), row by row.

Decision rule. A printed figure is of one trial. It is met if it lies within twice the standard deviation between ten
simulated trials, and the rounding, of their mean. Directions are of the mean of the ten, by LIMIT of its error where
luck is in them. Where the mechanism can be taken away, a second run shows that the figure goes with it."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation import load
from simulation.week import run
from simulation.world.register import offer_of
from simulation.world.world import World
from tests.founding import SHIPPED
from tests.founding.changed import each, mean
from tests.helpers import LIMIT

TRIAL, P, K = "paa_rette_vej_i_job", "deltager", "kontrol"
MANY = 10
BY: Any = {"outcomes_by": ["velbefindende", "jobcentres", "arms"]}
"""Exits by wellbeing, by jobcentre and by arm are told, too: no life is another one for it."""
TAKEN_AWAY: Any = {
    "interventions__samtaler__plans__ugentlig__other_channel__share": 0.0,
    "interventions__samtaler__attendance__between_jobcentres": 0.0,
    "interventions__samtaler__attendance__jobcentre_odds": {},
    "interventions__koordineret_indsats__offered__deltager": 0.3,
    "interventions__koordineret_indsats__disclosed_per_talk": 0.0,
    "interventions__koordineret_indsats__treatment": 0.0,
}
"""One run without several mechanisms at once, each of which has figures of its own: all talks in person, jobcentres
alike, both arms coordinated alike, talks that bring nothing to light, nobody who waits for treatment."""
BARS = (69, 69, 71, 74, 77, 80, 80, 83, 86, 86, 87, 89, 89, 91, 91, 91, 93, 94)
TALKS_ONLY = {"Helsingør", "Kolding", "Skive", "Fredensborg", "Hedensted"}
DAILY = {"Faxe", "Hjørring", "Herning", "Jammerbugt", "Kolding", "Lejre", "Nyborg", "Ringkøbing-Skjern", "Næstved"}
ONE_BY_ONE = {"Ikast-Brande", "Aabenraa", "Struer", "Svendborg", "Herlev"}
"""Table 1, p. 12 [9]; Kolding stands in two rows."""


def trials(outcome: str, group: str = P, week: int | None = None) -> NDArray[np.float64]:
    """The figure in each of ten trials."""
    return each(TRIAL, outcome, group, week, replications=MANY, **BY)


def meets(outcome: str, group: str, figure: float, rounding: float, week: int | None = None) -> bool:
    found = trials(outcome, group, week)
    return bool(abs(found.mean() - figure) <= 2 * found.std(ddof=1) + rounding)


@cache
def world(pushed: bool = True) -> World:
    changes = {} if pushed else {"interventions.praktik.referral.deltager.push": None}
    return run(load(SHIPPED / f"{TRIAL}.yaml", changes).scenario, [0])


def first_praktik(world: World) -> NDArray[np.int64]:
    """The course week in which the first praktik of each participant begins; -1: none does."""
    ledige, there = world.ledige, offer_of(world.register.codes) == world.offers["praktik"]
    week = np.where(there.any(axis=0), there.argmax(axis=0) - ledige.entry, -1)
    return np.asarray(week[ledige.arm == world.arms.index(P)])


# --- design ---------------------------------------------------------------------------------------------------------


def test_000_01_eighteen_jobcentres_by_name_and_two_equal_arms_by_lot() -> None:
    """All are in Table 1, under the start that it gives them; half of the ledige are in either arm (|z| < LIMIT)."""
    scenario = load(SHIPPED / f"{TRIAL}.yaml").scenario
    run_up = {place.name: place.run_up or "" for place in scenario.jobcentres.values()}
    assert len(run_up) == 18 and set(run_up) == TALKS_ONLY | DAILY | ONE_BY_ONE
    table = {"weekly talks only": TALKS_ONLY, "daily activity": DAILY, "individual offers": ONE_BY_ONE}
    for words, named in table.items():
        assert {name for name, text in run_up.items() if words in text} == named
    arm = world().ledige.arm
    assert abs((arm == 0).sum() - len(arm) / 2) / np.sqrt(len(arm) / 4) < LIMIT
    by_place = np.bincount(world().ledige.jobcentre, arm == 0) / np.bincount(world().ledige.jobcentre)
    assert by_place.min() > 0.3 and by_place.max() < 0.7


def test_000_02_intake_from_november_2010_to_march_2011_and_64_weeks_of_all() -> None:
    scenario, entry = load(SHIPPED / f"{TRIAL}.yaml").scenario, world().ledige.entry
    first = datetime.date.fromisocalendar(int(scenario.start[:4]), int(scenario.start[6:]), 1)
    comes = [first + datetime.timedelta(weeks=int(week)) for week in (entry.min(), entry.max())]
    assert [(day.year, day.month) for day in comes] == [(2010, 11), (2011, 3)]
    assert scenario.follow_up == 64 and entry.max() + 64 <= scenario.weeks


# --- talks ----------------------------------------------------------------------------------------------------------


def test_000_04_every_week_in_person_for_eight_weeks_and_half_by_phone_after() -> None:
    for week in (1, 8):
        assert trials("talk_personal_share", week=week) == pytest.approx(trials("talk_share", week=week))
    for week in (9, 20, 50):
        part = trials("talk_personal_share", week=week) / trials("talk_share", week=week)
        assert abs(part.mean() - 0.5) < 0.02
    assert 0.9 < mean(TRIAL, "phone_share", P) / (0.5 * 55 / 63) < 1.1  # 55 of the 63 weeks with talks
    assert mean(TRIAL, "phone_share", P, **TAKEN_AWAY) == 0


def test_000_38_most_extra_meetings_come_at_the_start_if_those_in_person_are_meant() -> None:
    """Figure 1: significantly more attend a meeting in a week, most so at the start; ca. 22 more over 64 weeks. So it
    is of meetings in person. Of all talks the extra ones are 43, and as many at the end as at the start: that reading
    of the 22 is missed, and so it would be if nobody were phoned."""
    start, later = ([trials(o, "difference", week).mean() for week in (*range(1, 9), *range(40, 48))]
                    for o in ("talk_personal_share", "talk_share"))  # fmt: skip
    assert np.mean(start[:8]) > 2 * np.mean(start[8:]) > 0.4
    assert abs(np.mean(later[:8]) - np.mean(later[8:])) < 0.05
    assert meets("talks_personal_stayers", "difference", 22, 0.5, week=64)
    assert trials("talks_stayers", "difference", 64).min() > 40
    assert mean(TRIAL, "talks_stayers", "difference", 64, **TAKEN_AWAY) > 40


def test_000_39_the_eighteen_bars_of_figure_2() -> None:
    """Sorted, within 4 points of the printed ones, and 2 in the mean; their spread and the share at 80 % or more
    within one trial; the highest two, and the three lowest, are those that are named."""
    named = ("nyborg", "jammerbugt", "naestved", "faxe", "fredensborg")
    places = list(load(SHIPPED / f"{TRIAL}.yaml").scenario.jobcentres)
    bars = np.sort([trials("talk_share", f"{P}@{place}") for place in places], axis=0).mean(axis=1)
    assert len(bars) == len(BARS) and np.abs(100 * bars - BARS).max() < 4 and abs(100 * bars - BARS).mean() < 2
    assert meets("tilskud_talks_spread", P, 0.0812, 0.0007)
    assert meets("tilskud_talks_reached_share", P, 13 / 18, 0)
    for place, figure in zip(named, (0.94, 0.93, 0.70, 0.70, 0.70), strict=True):
        assert abs(trials("talk_share", f"{P}@{place}").mean() - figure) < 0.02, place
    assert mean(TRIAL, "tilskud_talks_spread", P) > mean(TRIAL, "tilskud_talks_spread", P, **TAKEN_AWAY) + 0.02


def test_000_40_weeks_with_a_talk_in_both_arms_by_both_registrations() -> None:
    """82.5 and 13.5 % by registration are fitted to, and met. Ca. 10 % of the controls by DREAM is missed (13.6): no
    talk of theirs is by phone in the model. Ca. 22 more talks by DREAM: the test of row 38."""
    assert meets("talk_share", P, 0.825, 0.0005) and meets("talk_share", K, 0.135, 0.0005)
    assert trials("talk_personal_share", K) == pytest.approx(trials("talk_share", K))
    assert not meets("talk_personal_share", K, 0.10, 0.005)


# --- offers ---------------------------------------------------------------------------------------------------------


def test_000_19_praktik_from_week_9_some_before_others_later_some_never() -> None:
    """Weeks are assumed but for the ninth. Without the push fewer begin in it, and in the weeks after."""
    begins, by_itself = first_praktik(world()), first_praktik(world(pushed=False))
    counts = np.bincount(begins[begins >= 0], minlength=65)
    assert counts[:4].sum() == 0 < counts[4:8].sum()
    assert counts[8:11].min() > counts[4:8].max()  # week 8 is the ninth
    assert counts[10:13].sum() > 30
    assert 0.4 < (begins < 0).mean() < 0.7
    assert (begins == 9).sum() > 1.5 * (by_itself == 9).sum() and (begins < 0).sum() < (by_itself < 0).sum()


def test_000_20_who_is_sent_too_early_breaks_off_and_needs_long_to_begin_again() -> None:
    """If all were sent in week 9, ready or not, more praktik would be broken off; not if readiness did not matter; and
    without the way back (six weeks, assumed) more would begin again."""
    all_sent: Any = {"interventions__praktik__referral__deltager__push__share": 1.0}
    broken, begun = "praktik_broken_share", "praktik_started"
    assert mean(TRIAL, broken, P, **all_sent) > mean(TRIAL, broken, P) + 0.02
    alike = all_sent | {"interventions__praktik__breakdown__unready_factor": 1.0}
    assert abs(mean(TRIAL, broken, P, **alike) - mean(TRIAL, broken, P)) < 0.015
    at_once = all_sent | {"interventions__praktik__breakdown__setback_weeks": 0}
    assert mean(TRIAL, begun, P, **at_once) > mean(TRIAL, begun, P, **all_sent) + 20


def test_000_21_and_41_the_increase_is_praktik_and_none_of_it_loentilskud() -> None:
    """46 and 22 % (or 21) have been at a workplace, which is fitted to; read as a weekly average they are missed by
    far."""
    assert meets("workplace_share", P, 0.46, 0.005) and meets("workplace_share", K, 0.22, 0.005)
    assert meets("workplace_share", K, 0.21, 0.005)
    assert not meets("workplace_week_share", P, 0.46, 0.005)
    more = trials("praktik_started", "difference")
    assert more.min() > 500
    subsidised = trials("loentilskud_started", "difference")
    assert abs(subsidised.mean()) / (subsidised.std(ddof=1) / np.sqrt(MANY)) < LIMIT
    assert abs(subsidised.mean()) < 0.01 * more.mean() and mean(TRIAL, "loentilskud_started", P) > 20


def test_000_24_more_of_the_participants_are_coordinated_and_fewer_have_a_need_unmet() -> None:
    """Directions are printed, shares are lost; the shares that are offered it are assumed, and without their
    difference there is none."""
    helped, unmet = "koordineret_indsats_helped_share", "koordineret_indsats_unmet_share"
    assert trials(helped).mean() > 1.5 * trials(helped, K).mean()
    assert trials(unmet).mean() < trials(unmet, K).mean() - 0.1
    assert abs(mean(TRIAL, helped, P, **TAKEN_AWAY) - mean(TRIAL, helped, K, **TAKEN_AWAY)) < 0.05


def test_000_25_who_waits_for_treatment_begins_no_praktik_meanwhile() -> None:
    """Fewer begin if all with a need wait; that the share at a workplace hardly moves is since the wait ends, and they
    begin later."""
    blocked = "koordineret_indsats_blocked_share"
    everybody: Any = {"interventions__koordineret_indsats__treatment": 1.0}
    assert mean(TRIAL, blocked, P, **TAKEN_AWAY) == 0 < mean(TRIAL, blocked, P) < mean(TRIAL, blocked, P, **everybody)
    assert mean(TRIAL, "praktik_started", P) > mean(TRIAL, "praktik_started", P, **everybody) + 25


def test_000_27_talks_bring_needs_to_light_and_needs_make_talks_longer() -> None:
    """More needs are known of the participants, who have six times the talks; not if talks brought none to light.
    With what is then known a talk takes more of a caseworker's time."""
    known = "koordineret_indsats_known"
    assert mean(TRIAL, known, P) > 1.25 * mean(TRIAL, known, K)
    assert abs(mean(TRIAL, known, P, **TAKEN_AWAY) / mean(TRIAL, known, K, **TAKEN_AWAY) - 1) < 0.1
    no_casework: Any = {"interventions__koordineret_indsats__casework_minutes": 0}
    assert mean(TRIAL, "talk_minutes", P, **no_casework) < 0.97 * mean(TRIAL, "talk_minutes", P)


# --- the subsidy ----------------------------------------------------------------------------------------------------


def test_000_37_the_subsidy_asks_for_both_and_about_half_of_the_jobcentres_earn_it() -> None:
    """How many earned it is not printed. Of the printed bars 13 of 18 reach the talks; the model has 51 % that reach
    both. Reaching out where it is about to be lost brings some over the line ("decisive influence", p. 5 [2]; its
    size is assumed)."""
    earned, talks = trials("tilskud_earned_share"), trials("tilskud_talks_reached_share")
    assert (earned <= talks).all() and earned.mean() < talks.mean() - 0.05
    assert 0.35 < earned.mean() < 0.65
    for_talks: Any = {"interventions__tilskud__activated_at_least": 0.0}
    assert (each(TRIAL, "tilskud_earned_share", P, **for_talks) == talks[:1]).all()
    for_praktik: Any = {"interventions__tilskud__talks_at_least": 0.0}
    assert mean(TRIAL, "tilskud_earned_share", P, **for_praktik) > earned[0]
    steered = each("paa_rette_vej_tilskud", "tilskud_earned_share", P, replications=8)
    gain = steered - earned[:8]
    assert gain.mean() / (gain.std(ddof=1) / np.sqrt(8)) > LIMIT and 0.05 < gain.mean() < 0.2


# --- exits ----------------------------------------------------------------------------------------------------------


def test_000_42_seven_in_a_hundred_to_jobs_in_both_arms_and_hardly_any_to_education() -> None:
    for arm in (P, K):
        assert meets("exit_job", arm, 0.07, 0.005) and trials("exit_education", arm).mean() < 0.005
    found = trials("exit_job", "difference")
    assert abs(found.mean()) < 1.96 * found.std(ddof=1)  # no trial of this size would tell


def test_000_44_a_tendency_to_more_hours_that_no_trial_of_this_size_would_call_significant() -> None:
    """No size is printed. The model has 10 hours more (of 64 weeks), less than twice what one trial errs by."""
    found = trials("hours", "difference")
    assert 0 < found.mean() < 1.96 * found.std(ddof=1)


def test_000_49_good_wellbeing_means_more_exits_in_both_arms_and_the_trial_leaves_it_alone() -> None:
    """The size is lost, so assumed; without it both levels leave alike, within luck."""
    for arm in (P, K):
        better, worse = (trials("exit_job", f"{arm}@velbefindende:{level}") for level in ("godt", "andet"))
        gain = better - worse
        assert gain.mean() / (gain.std(ddof=1) / np.sqrt(MANY)) > LIMIT
    alike: Any = {"subgroups__velbefindende__godt__exit_factors": None, **BY}
    gain = each(TRIAL, "exit_job", "velbefindende:godt", replications=4, **alike) - each(
        TRIAL, "exit_job", "velbefindende:andet", replications=4, **alike
    )
    assert abs(gain.mean()) / (gain.std(ddof=1) / np.sqrt(4)) < LIMIT
    levels = world().ledige.subgroup["velbefindende"]  # hers when she comes, and nothing in the model moves it
    shares = [float((levels[world().ledige.arm == arm] == 0).mean()) for arm in (0, 1)]
    assert abs(shares[0] - shares[1]) / np.sqrt(4 * 0.3 * 0.7 / len(levels)) < LIMIT
