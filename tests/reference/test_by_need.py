"""Both engines tell the same lives where plans go by need and talks do more than change exits; these taken away, lives
change."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from simulation.week import run
from tests.helpers import counts_of, samtaler
from tests.offers import cohort

from .test_equal import (
    assert_same_counts,
    assert_same_in_a_batch,
    assert_same_teams,
    assert_same_weeks,
    both,
    pair_of,
    scenario_of,
)

PLAN = "interventions.samtaler.plans.ugentlig."
CASES = {
    "states of all kinds": (
        "koord",
        f"{PLAN}until_week=22",
        PLAN + "by_need=[{in_state: [koordineret]}, {waiting_for: [koordineret, klub], weeks: 2, channel: brev}, "
        "{in_offer: [praktik, klub], after_weeks: 2, weeks: 3}, {helped_by: [koordineret, mentor], weeks: 2}, "
        "{not_ready_for: [klub], until_week: 9, weeks: 4}, {ready_for: [praktik], from_week: 12, weeks: 5}]",
        "interventions.kontakt.plans.alle.by_need=[{in_offer: [mentor, praktik], weeks: 1, channel: telefon}, "
        "{waiting_for: [mentor, praktik], after_weeks: 1}]",
    ),
    "a rule and a plan that follows": (
        "lister",
        "interventions.samtaler.plans.ugentlig.by_need=[{from_week: 18, until_week: 22, weeks: 2, channel: moede}]",
        "interventions.samtaler.plans.hver_anden.by_need=[{hours_beside: 1, weeks: 1}, {from_week: 4, weeks: 1}]",
    ),
    "talks that clarify, and placements that hang on talks and help": (
        "koord",
        "interventions.praktik.breakdown.after_talk=[{within_weeks: 1, factor: 2.5}, {within_weeks: 3, factor: 0.4}]",
        "interventions.praktik.breakdown.helped_by={koordineret: 0.3, mentor: 4.0}",
        "interventions.praktik.length_weeks=9",
        "interventions.praktik.referral.indsats.sooner_per_talk=0.7",
        "interventions.praktik.referral.indsats.ready_week={3: 0.3, 8: 0.7}",
        "interventions.praktik.referral.indsats.push={week: 6, share: 0.5}",
        "interventions.klub.referral.kontrol={ready_week: 16, weekly: 0.4, sooner_per_talk: 1.5}",
        "interventions.mentor.referral.indsats.ready_week=15",
        "interventions.mentor.referral.indsats.sooner_per_talk=1.0",
        "interventions.praktik.places=12",
        "interventions.praktik.matches_per_week=5.0",
    ),
    "talks that clarify before a subsidy": (
        "tilskud",
        "interventions.tilskud.referral.tidlig.ready_week=14",
        "interventions.tilskud.referral.tidlig.sooner_per_talk=1.4",
        "interventions.tilskud.referral.tidlig.weekly=0.6",
    ),
    "talks that clarify before bureaus": (
        "vikar",
        "interventions.vikar.referral.senere={ready_week: 14, weekly: 0.4, sooner_per_talk: 1.6}",
    ),
    "firms that hang on talks": (
        "firma",
        "interventions.firma.breakdown={weekly: 0.1, unready_factor: 2, setback_weeks: 2, "
        "after_talk: [{within_weeks: 2, factor: 3}]}",
    ),
    "exempt from activation": (
        "arbejde",
        "interventions.praktik.not_while=[fritaget]",
    ),
    "trust": (
        "bemanding",
        "interventions.samtaler.attendance.trust={per_talk: 1.6, full_after: 3}",
        "interventions.kontakt.attendance={trust: {per_talk: 0.5, full_after: 2}}",
    ),
    "trust at meetings": (
        "gruppe",
        "interventions.samtaler.attendance.trust={per_talk: 1.8, full_after: 4}",
    ),
    "turns, trust, rules and idle talks at meetings": (
        "gruppe",
        "job_spells.beside_benefit={at_entry: 0.3, begins: 0.06, ends: 0.1, hours: {4: 0.5, 9: 0.5}}",
        "interventions.samtaler.attendance.trust={per_talk: 1.8, full_after: 4}",
        "interventions.kontakt.attendance={trust: {per_talk: 0.5, full_after: 2}}",
        "interventions.samtaler.idle_talks={within_weeks: 2}",
        "interventions.kontakt.idle_talks={within_weeks: 0}",
        f"{PLAN}turns=[projekt, ordinaer]",
        f"{PLAN}unregistered=0.3",
        f"{PLAN}by_need=[{{hours_beside: 5, weeks: 3, channel: personlig}}, {{from_week: 5, until_week: 11, "
        "after_weeks: 2, weeks: 2, channel: brev}]",
        "interventions.kontakt.plans.lov.turns=[projekt, ordinaer]",
        "interventions.kontakt.plans.lov.by_need=[{hours_beside: 1, weeks: 1}]",
    ),
    "rules and turns of a plan that follows an offer, and idle talks": (
        "koord",
        "interventions.samtaler.idle_talks={within_weeks: 3}",
        "interventions.samtaler.attendance.trust={per_talk: 2.0, full_after: 3}",
        "interventions.samtaler.plans.imens={team: kontakt, channel: personlig, every: [{weeks: 1}], turns: [kontakt, "
        "sagsbehandlere], unregistered: 0.4, by_need: [{waiting_for: [koordineret], weeks: 3, after_weeks: 1}, "
        "{in_offer: [klub], weeks: 2}, {in_state: [koordineret]}], then: {plan: ugentlig, ends: [praktik, klub]}}",
        f"{PLAN}then={{plan: imens, begins: [praktik, klub]}}",
        f"{PLAN}by_need=[{{ready_for: [praktik], weeks: 2}}, {{in_state: [koordineret], weeks: 3}}]",
        "interventions.praktik.referral.indsats.sooner_per_talk=0.7",
        "interventions.praktik.referral.indsats.ready_week={3: 0.3, 8: 0.7}",
    ),
}
"""Scenario and settings."""
HAPPENS = {
    "states of all kinds": "another_rule_of_her_plan a_talk_is_put_off a_talk_comes_sooner kontakt_covered letters",
    "a rule and a plan that follows": "another_rule_of_her_plan a_talk_comes_sooner plan_changes",
    "talks that clarify, and placements that hang on talks and help": "another_danger praktik_broken "
    "praktik_completed ready_sooner sent_at_the_deadline_all_the_same pushed klub_started mentor_started",
    "talks that clarify before a subsidy": "ready_sooner tilskud_started",
    "talks that clarify before bureaus": "ready_sooner vikar_started",
    "firms that hang on talks": "another_danger firma_broken",
    "exempt from activation": "kept_out_of_an_offer weeks_in_praktik",
    "trust": "met_again covered lost_caseworker udeblivelse",
    "trust at meetings": "at_a_full_table udeblivelse",
    "turns, trust, rules and idle talks at meetings": "another_rule_of_her_plan a_talk_is_put_off not_registered "
    "samtaler_idle_other samtaler_followed_other kontakt_idle_other kontakt_covered weeks_in_small_job at_a_full_table",
    "rules and turns of a plan that follows an offer, and idle talks": "goes_over_by_an_offer ready_sooner "
    "not_registered another_rule_of_her_plan samtaler_idle_blocked samtaler_idle_offer samtaler_idle_waiting "
    "samtaler_idle_other samtaler_followed_blocked samtaler_followed_offer samtaler_followed_waiting",
}
WITHOUT = {
    "states of all kinds": {
        "treatment": "interventions.koordineret.treatment_weeks=0",
        "waiting": PLAN + "by_need.1.weeks=1",
        "after some weeks": PLAN + "by_need.2.after_weeks=0",
        "help": PLAN + "by_need.3.helped_by=[mentor]",
        "not ready": PLAN + "by_need.4.not_ready_for=[praktik]",
        "ready": PLAN + "by_need.5.ready_for=[klub]",
    },
    "a rule and a plan that follows": {
        "the channel": "interventions.samtaler.plans.ugentlig.by_need.0.channel=null",
        "the end": "interventions.samtaler.plans.ugentlig.by_need.0.until_week=26",
    },
    "talks that clarify, and placements that hang on talks and help": {
        "that disturb": "interventions.praktik.breakdown.after_talk.0.factor=1.0",
        "that catch early": "interventions.praktik.breakdown.after_talk.1.factor=1.0",
        "help": "interventions.praktik.breakdown.helped_by={}",
        "less": "interventions.praktik.referral.indsats.sooner_per_talk=0.2",
        "not for a club": "interventions.klub.referral.kontrol.sooner_per_talk=0.0",
    },
    "exempt from activation": {"not": "interventions.praktik.not_while=[raadighed]"},
    "trust": {
        "for ever": "interventions.samtaler.attendance.trust.full_after=100",
        "what colleagues know": "teams.foerste.shared_knowledge=0.0",
    },
    "trust at meetings": {"none": "interventions.samtaler.attendance.trust.per_talk=1.0"},
}
"""What takes a setting away again, or changes it."""


SLOW = {"talks that clarify before a subsidy", "talks that clarify before bureaus", "firms that hang on talks"}


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in CASES])
def test_both_engines_tell_the_same_lives(name: str) -> None:
    scenario, *settings = CASES[name]
    pair = both(scenario, 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
    happened = sum((ledig.tally for ledig in pair.reference.people), Counter[str]())
    assert not [what for what in HAPPENS[name].split() if not happened[what] and not happened[what.replace("_", " ")]]


@pytest.mark.parametrize(
    ("plan", "weeks"),
    [
        ({"every": [{"weeks": 4}]}, [5]),  # held in week 1, the next one would be due in week 5
        ({"every": [{"weeks": 4}], "first_week": 4}, [4, 5]),
        ({"every": [{"weeks": 4}], "first_week": 7}, []),  # after the plan
        ({"every": [{"weeks": 9}]}, []),
    ],
)
def test_nothing_is_left_out_once_a_plan_is_over(plan: dict[str, Any], weeks: list[int]) -> None:
    """A plan until week 6, and no talk in weeks 3 to 7: exempt are those whose talk would be due, week by week."""
    rule = {"from_week": 3, "until_week": 8}
    pair = pair_of("plan that ends", cohort(5, 10, samtaler=samtaler({"by_need": [rule], "until_week": 6, **plan})))
    assert_same_weeks(pair)
    assert_same_counts(pair)
    exempt = counts_of(pair.world).get("exempt", np.zeros((10, 1)))
    assert exempt.sum(axis=1).tolist() == [5 * (week in weeks) for week in range(10)]


def test_in_a_batch() -> None:
    scenario, *settings = CASES["rules and turns of a plan that follows an offer, and idle talks"]
    assert_same_in_a_batch(scenario, scenario_of(scenario, "seed=1", *settings))


@pytest.mark.parametrize(("name", "switch"), [(name, switch) for name in WITHOUT for switch in WITHOUT[name]])
def test_it_matters(name: str, switch: str) -> None:
    scenario, *settings = CASES[name]
    other = run(scenario_of(scenario, "seed=1", *settings, WITHOUT[name][switch]), [0])
    same = np.array_equal(both(scenario, 1, *settings).world.register.codes, other.register.codes)
    assert not same, f"{name}: {switch}: changes nobody's life"
