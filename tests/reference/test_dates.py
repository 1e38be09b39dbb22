"""Both engines tell the same lives where staff, places, plans and channels change at dates, and where interventions
begin and end: person by person, week by week."""

from __future__ import annotations

import pytest

from tests.health import revurdering
from tests.helpers import make
from tests.offers import NOBODY_LEAVES

from .tables import third
from .test_equal import assert_same_counts, assert_same_teams, assert_same_weeks, both, pair_of

SAMTALER, PRAKTIK = "interventions.samtaler", "interventions.praktik"
CASES = [
    (
        "teams",
        "teams.indsats.fte={value: 1.4, from: {2026-W06: 3.5, 2026-W12: 0.6, 2026-W20: 2.2}}",
        "teams.indsats.caseload_limit={value: 9, from: {2026-W08: 5, 2026-W16: 12}}",
        "teams.drift.minutes_per_week={value: 300, from: {2026-W10: 90, 2026-W25: 500}}",
        "teams.drift.caseload_limit={value: 24, from: {2026-W09: 10, 2026-W21: 30}}",
        "teams.opfoelgning.reopens_at={value: 1, from: {2026-W17: 0.5}}",
        "teams.opfoelgning.caseworkers={value: 3, from: {2026-W19: 5, 2026-W29: 2}}",
        "jobcentres.syd.teams.drift.dilution={value: 0.7, from: {2026-W15: 2}}",
        f"{SAMTALER}.plans.efter.every.0.weeks={{value: 3, from: {{2026-W22: 1}}}}",
        f"{SAMTALER}.channels.video.minutes={{value: 20, from: {{2026-W18: {{10: 0.5, 45: 0.5}}}}}}",
        f"{SAMTALER}.channels.video.attendance={{value: 0.8, from: {{2026-W24: 0.4}}}}",
        f"{SAMTALER}.plans.lov.then={{plan: efter, course_week: 20, week: 2026-W26}}",
    ),
    (
        "bemanding",
        "teams.foerste.fte={value: 2.5, from: {2026-W08: 4, 2026-W22: 1}}",
        "teams.foerste.caseworkers={value: 4, from: {2026-W08: 6, 2026-W14: 3, 2026-W26: 5}}",
        "teams.anden.fte={value: 2, from: {2026-W11: 0, 2026-W19: 3}}",
        "teams.tredje.fte={value: 1.2, from: {2026-W13: 2.4}}",
        "teams.tredje.caseworkers={value: 3, from: {2026-W13: 1, 2026-W21: 4}}",
        "teams.foerste.absence.kort.share={value: 0.1, from: {2026-W06: 0.5, 2026-W17: 0}}",
        "teams.foerste.absence.kort.part={value: 0.6, from: {2026-W09: 1}}",
        "teams.foerste.absence.lang.weeks={value: 7, from: {2026-W10: {1: 0.5, 4: 0.5}}}",
        "teams.foerste.turnover.per_year={value: 0.7, from: {2026-W07: 0.95, 2026-W18: 0}}",
        "teams.foerste.learning.weeks={value: 8, from: {2026-W15: 2}}",
        "teams.foerste.squeeze.shortest={value: 0.5, from: {2026-W13: 0.8}}",
        "teams.foerste.shared_knowledge={value: 0.5, from: {2026-W16: 1}}",
        "teams.anden.absence.lang.share={value: 0.15, from: {2026-W08: 0.6}}",
        "jobcentres.syd.teams.foerste.caseworkers={value: 2, from: {2026-W12: 3, 2026-W24: 1}}",
    ),
    (
        "praktik",
        f"{PRAKTIK}.places={{value: 3, from: {{2026-W09: 1, 2026-W20: 6}}}}",
        f"{PRAKTIK}.matches_per_week={{value: 0.8, from: {{2026-W14: 2.5}}}}",
        f"{PRAKTIK}.jobcentres.syd.places={{value: 2, from: {{2026-W16: 0, 2026-W28: 4}}}}",
        f"{PRAKTIK}.direct_hire={{value: 0.25, from: {{2026-W18: 0.9}}}}",
        f"{PRAKTIK}.length_weeks={{value: 4, from: {{2026-W12: {{2: 0.5, 9: 0.5}}}}}}",
        f"{PRAKTIK}.breakdown.weekly={{value: 0.08, from: {{2026-W15: 0.3}}}}",
        f"{PRAKTIK}.repeat.gap_weeks={{value: 2, from: {{2026-W17: 0}}}}",
        f"{PRAKTIK}.after_weeks={{value: 12, from: {{2026-W10: 1, 2026-W19: 18}}}}",
    ),
    ("praktik", f"{PRAKTIK}.runs={{begins: 2026-W08, ends: 2026-W18}}", f"{SAMTALER}.runs={{begins: 2026-W05}}"),
    (
        "praktik",
        f"{PRAKTIK}.runs={{begins: 2026-W03, ends: 2026-W16, then: stop}}",
        f"{SAMTALER}.runs={{begins: 2026-W06, ends: 2026-W21, then: stop}}",
    ),
    (
        "teams",
        f"{SAMTALER}.attendance.rebooking_minutes={{value: 15, from: {{2026-W06: 0, 2026-W22: 15}}}}",
        f"{SAMTALER}.attendance.weekly_odds={{value: 1.03, from: {{2026-W10: 0.95}}}}",
        "teams.indsats.learning={weeks: 8, minutes: 0.5, effect: 0.3}",
        "teams.indsats.fte={value: 1.4, from: {2026-W08: 3.5}}",
    ),
    (
        "klub",
        "interventions.klub.seats={value: 3, from: {2026-W12: 2, 2026-W20: 4}}",
        "interventions.klub.accepts={value: 0.8, from: {2026-W14: 1}}",
        "interventions.klub.runs={begins: 2026-W03, ends: 2026-W24}",
    ),
    ("vikar", "interventions.vikar.runs={begins: 2026-W04, ends: 2026-W16}"),
    (
        "pakke",
        "interventions.tilbud.parts.motion.hours={value: 4, from: {2026-W14: 6}}",
        "interventions.tilbud.parts.motion.places={value: 4, from: {2026-W10: 1, 2026-W18: 6}}",
        "interventions.tilbud.runs={begins: 2026-W03, ends: 2026-W20}",
    ),
    (
        "tilskud",
        "interventions.mentor.mentors={value: 2, from: {2026-W10: 0.3, 2026-W18: 3}}",
        "interventions.tilskud.private_share={value: 0.5, from: {2026-W12: 0.9}}",
        "interventions.mentor.runs={ends: 2026-W26}",
    ),
    (
        "koord",
        "interventions.koordineret.places={value: 4, from: {2026-W09: 1, 2026-W15: 8}}",
        "interventions.koordineret.casework_minutes={value: 12, from: {2026-W12: 30}}",
        "interventions.koordineret.runs={begins: 2026-W05, ends: 2026-W18}",
    ),
    ("arbejde", "interventions.raadighed.runs={begins: 2026-W12, ends: 2026-W18}"),
    (
        "fleks",
        "interventions.formidling.brokers.kommune.opens={value: 0.2, from: {2026-W12: 0.6}}",
        "interventions.formidling.runs={begins: 2026-W03, ends: 2026-W16, then: stop}",
    ),
    ("fleks", "interventions.formidling.runs={ends: 2026-W14}"),
    (
        "ydelser",
        "interventions.revurdering.runs={begins: 2026-W30}",
        "interventions.praktik.runs={begins: 2026-W29, ends: 2026-W44}",
        "interventions.kontakt.runs={begins: 2026-W31}",
        "interventions.koordineret={kind: koordineret_indsats, need: 0.8, known_at_start: 0.7, places: 3, "
        "disclosed_per_talk: 0.2, casework_minutes: 15, treatment: 0.5, treatment_weeks: 4, offered: {en: 0.5}, "
        "runs: {begins: 2026-W32, ends: 2026-W40}}",
    ),
]


@pytest.mark.parametrize(
    ("name", "settings"), third([(name, settings) for name, *settings in CASES], 2, several=True)
)
def test_every_date(name: str, settings: list[str]) -> None:
    pair = both(name, 1, "weeks=32", "follow_up=20", *settings)
    assert len(pair.scenario.epochs) > 1 or any(each.runs for each in pair.scenario.interventions.values())
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


def test_a_limit_that_has_changed_before_anybody_is_reassessed() -> None:
    """One ledig, two weeks on benefit when reassessment begins: five were the limit until a week before, two since."""
    limits = {"week": 5, "changes": [{"run_week": 1, "week": 2}]}
    settings = revurdering(**limits, runs={"begins": "2026-W03"})
    intake = {"persons": 1, "weeks": 1}
    scenario = make(weeks=7, intake=intake, exits=NOBODY_LEAVES, interventions={"revurdering": settings})
    pair = pair_of("a new limit", scenario)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert pair.reference.people[0].exits == [(3, "job")]
