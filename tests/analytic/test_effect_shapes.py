"""What talks and praktik do to exits, week by week: every shape against its closed form.

Decision rule: |z| < LIMIT in every week (`exits_follow`). With 60 000 ledige a factor that begins or ends a week too
early or too late is a |z| above 10 in that week.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.schema import Scenario
from tests.helpers import exits_follow, make, praktik, samtaler, survival_of

JOB, OTHER, WEEKS = 0.04, 0.01, 44


def cohort(**interventions: Any) -> Scenario:
    """60 000 ledige who come in week 0, to a jobcentre that has time for all of them."""
    return make(
        weeks=WEEKS,
        intake={"persons": 60_000, "weeks": 1},
        teams={"team": {"fte": 1000, "minutes_per_week": 10_000}},
        exits={"job": {"level": JOB}, "other": {"level": OTHER}},
        interventions=interventions,
    )


def follows(scenario: Scenario, factors: dict[range, float]) -> None:
    """Hold exits against job intensities with these factors in these weeks."""
    intensity = np.full(WEEKS, JOB)
    for weeks, factor in factors.items():
        intensity[weeks] *= factor
    exits_follow(scenario, survival_of(intensity + OTHER))


# --- praktik: from torsdag in week 0 to onsdag in week 8, so in force on the tirsdage of weeks 1 to 8 ---------------

IN_PRAKTIK = range(1, 9)


def test_lock_in_lasts_from_the_week_after_the_start_to_the_week_of_the_end() -> None:
    """Eight weeks of praktik cover eight tirsdage."""
    follows(cohort(praktik=praktik(during={"job": 0.4})), {IN_PRAKTIK: 0.4})


@pytest.mark.parametrize("after_weeks", [0, 1, 26])
def test_the_gain_after_praktik_lasts_its_weeks(after_weeks: int) -> None:
    """It follows lock-in without a gap, and ends with a jump when there is no halving."""
    scenario = cohort(praktik=praktik(during={"job": 0.4}, after={"job": 1.6}, after_weeks=after_weeks))
    follows(scenario, {IN_PRAKTIK: 0.4, range(9, 9 + after_weeks): 1.6})


def test_the_gain_after_praktik_halves() -> None:
    """k weeks after completion the factor is 1 + 0.6 × 0.5 ^ (k / 4)."""
    scenario = cohort(praktik=praktik(after={"job": 1.6}, after_weeks=26, after_halving_weeks=4))
    follows(scenario, {range(8 + k, 9 + k): 1 + 0.6 * 0.5 ** (k / 4) for k in range(1, 27)})


def test_a_loss_after_praktik_halves_too() -> None:
    """A factor below 1 comes back to 1 and does not change sign."""
    scenario = cohort(praktik=praktik(after={"job": 0.2}, after_weeks=26, after_halving_weeks=2))
    follows(scenario, {range(8 + k, 9 + k): 1 - 0.8 * 0.5 ** (k / 2) for k in range(1, 27)})


def test_breaking_off_ends_lock_in_and_earns_no_gain() -> None:
    """Broken off after one week for certain: locked in on one tirsdag, and no gain afterwards."""
    breakdown = {"weekly": 1.0, "setback_weeks": 1000}
    scenario = cohort(praktik=praktik(during={"job": 0.4}, after={"job": 3.0}, breakdown=breakdown))
    follows(scenario, {range(1, 2): 0.4})


def test_a_further_spell_keeps_its_distance() -> None:
    """Completed in week 8, three weeks of gap (9, 10, 11), referred and begun in week 12: locked in from week 13 on."""
    scenario = cohort(praktik=praktik(during={"job": 0.4}, repeat={"gap_weeks": 3, "max_spells": 3}))
    follows(scenario, {range(begun + 1, begun + 9): 0.4 for begun in (0, 12, 24)})


def test_a_setback_lasts_its_weeks() -> None:
    """Broken off after a week two weeks of setback: begun in weeks 0, 3, 6 ..., so 1, 4, 7 ... are locked in."""
    breakdown = {"weekly": 1.0, "setback_weeks": 2}
    scenario = cohort(praktik=praktik(during={"job": 0.4}, breakdown=breakdown))
    follows(scenario, {range(1, WEEKS, 3): 0.4})


def test_a_host_hires_its_share_on_the_tirsdag_after_completion() -> None:
    """Of those who complete in week 8 the share 0.3 leaves in week 9, on top of the ordinary exits."""
    intensity = np.full(WEEKS, JOB + OTHER)
    intensity[9] += -np.log(0.7)
    exits_follow(cohort(praktik=praktik(direct_hire=0.3)), survival_of(intensity))


# --- samtaler: held on fredag, so in force from the tirsdag of the week after ---------------------------------------

TALKS = {"talks": [{"week": 3}, {"week": 12}, {"week": 30}]}


@pytest.mark.parametrize("window", [0, 1, 2, 5, 12])
def test_a_held_talk_works_for_its_window(window: int) -> None:
    """Weeks s + 1 to s + window after a talk in week s; two windows that overlap (12) do not multiply."""
    scenario = cohort(samtaler=samtaler(TALKS, effects={"job": 2.0}, window_weeks=window))
    treated = sorted({week for s in (3, 12, 30) for week in range(s + 1, s + 1 + window)})
    follows(scenario, {range(week, week + 1): 2.0 for week in treated})


def test_nobody_comes_nothing_happens() -> None:
    """A called talk that is not held has no effect."""
    follows(cohort(samtaler=samtaler(TALKS, attendance=0.0, effects={"job": 5.0})), {})


def test_fatigue_halves_the_effect_of_every_further_talk() -> None:
    """With halving_talks 1 the gain is 1, 1/2, 1/4 of the full one."""
    scenario = cohort(samtaler=samtaler(TALKS, effects={"job": 3.0}, window_weeks=3, halving_talks=1))
    follows(scenario, {range(4, 7): 3.0, range(13, 16): 2.0, range(31, 34): 1.5})


def test_a_weaker_channel_has_its_share_of_the_gain() -> None:
    """Channel effect 0.25 makes 1 + 0.25 × (factor - 1) of the factor."""
    settings = samtaler(TALKS, effects={"job": 3.0}, window_weeks=3)
    settings["channels"]["personlig"]["effect"] = 0.25
    follows(cohort(samtaler=settings), {range(s + 1, s + 4): 1.5 for s in (3, 12, 30)})


def test_notice_of_a_talk_works_until_the_first_held_one() -> None:
    """From the tirsdag of enrolment to the tirsdag before the talk of fredag in week 3."""
    follows(cohort(samtaler=samtaler(TALKS | {"before": {"effects": {"job": 2.0}}})), {range(4): 2.0})


def test_factors_of_interventions_multiply() -> None:
    """One way to combine effects: in the week of both, 0.4 × 2."""
    scenario = cohort(
        praktik=praktik(during={"job": 0.4}), samtaler=samtaler(TALKS, effects={"job": 2.0}, window_weeks=2)
    )
    follows(scenario, {range(1, 4): 0.4, range(4, 6): 0.8, range(6, 9): 0.4, range(13, 15): 2.0, range(31, 33): 2.0})


def test_a_letter_leaves_the_effect_of_the_last_talk_alone() -> None:
    """A letter does not count as a talk: it has no effect of its own and ends none."""
    settings = samtaler({"talks": [{"week": 3}, {"week": 5, "channel": "brev"}]}, effects={"job": 2.0}, window_weeks=10)
    settings["channels"]["brev"] = {"minutes": 5, "attendance": 1.0, "effect": 0.0, "counts": False}
    follows(cohort(samtaler=settings), {range(4, 14): 2.0})
