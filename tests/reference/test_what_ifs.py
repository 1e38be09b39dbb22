"""Both engines tell the same lives under settings that few scenarios use; these taken away, lives change."""

from __future__ import annotations

import numpy as np
import pytest

from .tables import third
from .test_equal import assert_same_counts, assert_same_teams, assert_same_weeks, both

COACHING = "{hours: 3, places: 6, setup_weeks: 1, referral_minutes: 20, effects: {job: 1.6}, fit: {diagnose: FIT}}"
WHAT_IFS = {
    "a part of another name": (
        "pakke",
        f"interventions.tilbud.parts.coaching={COACHING.replace('FIT', '{psykisk: 2.0, fysisk: 0.0}')}",
        "interventions.tilbud.bundles.order.psykisk=[coaching, motion, kursus]",
        "interventions.tilbud.bundles.order.fysisk=[coaching, fysio_ergo]",
    ),
    "a limit on a broker's cases": (
        "fleks",
        "interventions.formidling.brokers.aktoer.limit=6",
        "interventions.formidling.brokers.kommune.limit=11",
    ),
    "brokers who prefer some": (
        "fleks",
        "teams.anden_aktoer.minutes_per_week=240",
        "interventions.formidling.brokers.aktoer.prefers={levels: {ventetid: {lang: 3}, herkomst: {ikke_vestlig: 0}}}",
        "interventions.formidling.brokers.kommune.prefers={motivated: 2.5, levels: {ventetid: {kort: 1.5}}}",
    ),
    "a choice of brokers": (
        "fleks",
        "interventions.formidling.brokers.kommune.arms=[kommune, aktoer]",
        "interventions.formidling.brokers.kommune.chosen={weight: 2.0, levels: {ventetid: {kort: 4.0}}}",
        "interventions.formidling.brokers.aktoer.chosen={weight: 3.0}",
        "interventions.formidling.brokers.aktoer.limit=5",
    ),
    "openings passed on, and what a broker is good with": (
        "fleks",
        "interventions.formidling.exchange={brokers: [aktoer, kommune], fits: 0.6}",
        "interventions.formidling.brokers.aktoer.factors={ventetid: {lang: 3.0}, herkomst: {andre: 0.8}}",
        "interventions.formidling.brokers.kommune.factors={ventetid: {kort: 2.5}}",
        "interventions.formidling.offer_after_trial=0.9",
        "interventions.formidling.firms={partner: {share: 0.5}, stat: {share: 0.2}, andre: {share: 0.3}}",
    ),
    "a broker that holds on, and clarifies by trials": (
        "fleks",
        "interventions.formidling.pension.trial=0.8",
        "interventions.formidling.brokers.aktoer.fee.trial_first=0.9",
        "interventions.formidling.brokers.aktoer.fee.held=0.7",
        "interventions.formidling.brokers.aktoer.opens=0.6",
        "interventions.formidling.brokers.aktoer.trial=0.2",
        "interventions.formidling.motivated=0.9",
        "interventions.formidling.motivated_levels={ventetid: {lang: 0.3}}",
    ),
    "bureaus that grow": (
        "vikar",
        "interventions.vikar.bureaus.lager.relation={strength: 0.1, assignments: 25}",
        "interventions.vikar.bureaus.lager.orders_per_week=2.7",
        "interventions.vikar.bureaus.pleje.relation={strength: 0.3, weeks: 40, assignments: 60}",
        "interventions.vikar.seeks_out=true",
    ),
    "talks first, and mixed clubs": (
        "klub",
        "interventions.klub.counselling.by_course_week={0: 0.9, 3: 0.5, 5: 0.1}",
        "interventions.klub.contagion.mixed={by: dansk, gain: 3.0}",
    ),
}
"""Scenario and settings."""
WITHOUT = {
    "a part of another name": {
        "that fits all alike": f"interventions.tilbud.parts.coaching={COACHING.replace('FIT', '{}')}",
    },
    "a limit on a broker's cases": {
        "that is not reached": "interventions.formidling.brokers.aktoer.limit=1000",
    },
    "brokers who prefer some": {
        "some as the others": "interventions.formidling.brokers.aktoer.prefers.levels.herkomst.ikke_vestlig=1.0",
        "the motivated as the others": "interventions.formidling.brokers.kommune.prefers.motivated=1.0",
    },
    "a choice of brokers": {
        "without levels": "interventions.formidling.brokers.kommune.chosen.levels={}",
    },
    "openings passed on, and what a broker is good with": {
        "that never fit": "interventions.formidling.exchange.fits=0.0",
        "good with all alike": "interventions.formidling.brokers.aktoer.factors={}",
    },
    "a broker that holds on, and clarifies by trials": {
        "no trial to clarify": "interventions.formidling.pension.trial=0.0",
        "no trial for its own sake": "interventions.formidling.brokers.aktoer.fee.trial_first=0.0",
        "no job held": "interventions.formidling.brokers.aktoer.fee.held=0.0",
        "as many motivated": "interventions.formidling.motivated_levels={}",
    },
    "bureaus that grow": {
        "faster": "interventions.vikar.bureaus.lager.relation.assignments=5",
        "for all alike": "interventions.vikar.seeks_out=false",
    },
    "talks first, and mixed clubs": {
        "talks last": "interventions.klub.counselling.by_course_week={0: 0.1, 3: 0.9}",
        "no gain": "interventions.klub.contagion.mixed.gain=0.0",
    },
}
"""What takes a setting away again, or changes it."""


@pytest.mark.parametrize("name", WHAT_IFS)
def test_both_engines_tell_the_same_lives(name: str) -> None:
    scenario, *settings = WHAT_IFS[name]
    pair = both(scenario, 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


@pytest.mark.parametrize(
    ("name", "switch"), third([(name, switch) for name in WITHOUT for switch in WITHOUT[name]], 1, several=True)
)
def test_it_matters(name: str, switch: str) -> None:
    scenario, *settings = WHAT_IFS[name]
    pair, other = both(scenario, 1, *settings), both(scenario, 1, *settings, WITHOUT[name][switch])
    assert_same_weeks(other)
    assert_same_counts(other)
    assert not np.array_equal(pair.reference.codes, other.reference.codes), f"{name}: {switch}: changes nobody's life"
