"""Both engines tell the same lives where plans go by need and talks do more than change exits; these taken away, lives
change."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from simulation.week import run

from .test_equal import assert_same_counts, assert_same_teams, assert_same_weeks, both, scenario_of

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
    "placements that hang on talks and help": (
        "koord",
        "interventions.praktik.breakdown.after_talk=[{within_weeks: 1, factor: 2.5}, {within_weeks: 3, factor: 0.4}]",
        "interventions.praktik.breakdown.helped_by={koordineret: 0.3, mentor: 4.0}",
        "interventions.praktik.places=12",
        "interventions.praktik.matches_per_week=5.0",
        "interventions.praktik.length_weeks=9",
    ),
}
"""Scenario and settings."""
HAPPENS = {
    "states of all kinds": "another_rule_of_her_plan a_talk_is_put_off a_talk_comes_sooner kontakt_covered letters",
    "a rule and a plan that follows": "another_rule_of_her_plan a_talk_comes_sooner plan_changes",
    "placements that hang on talks and help": "another_danger praktik_broken praktik_completed mentor_hours",
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
    "placements that hang on talks and help": {
        "that disturb": "interventions.praktik.breakdown.after_talk.0.factor=1.0",
        "that catch early": "interventions.praktik.breakdown.after_talk.1.factor=1.0",
        "help": "interventions.praktik.breakdown.helped_by={}",
    },
}
"""What takes a setting away again, or changes it."""


@pytest.mark.parametrize("name", CASES)
def test_both_engines_tell_the_same_lives(name: str) -> None:
    scenario, *settings = CASES[name]
    happened = Counter[str]()
    for seed in (1, 2):
        pair = both(scenario, seed, *settings)
        assert_same_weeks(pair)
        assert_same_counts(pair)
        assert_same_teams(pair)
        for ledig in pair.reference.people:
            happened += ledig.tally
    assert not [what for what in HAPPENS[name].split() if not happened[what] and not happened[what.replace("_", " ")]]


@pytest.mark.parametrize(("name", "switch"), [(name, switch) for name in WITHOUT for switch in WITHOUT[name]])
def test_it_matters(name: str, switch: str) -> None:
    scenario, *settings = CASES[name]
    other = run(scenario_of(scenario, "seed=1", *settings, WITHOUT[name][switch]), [0])
    same = np.array_equal(both(scenario, 1, *settings).world.register.codes, other.register.codes)
    assert not same, f"{name}: {switch}: changes nobody's life"
