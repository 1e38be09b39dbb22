"""Both engines tell the same lives whoever holds the talks; these settings taken away, lives change."""

from __future__ import annotations

import pytest

from .test_equal import assert_same_counts, assert_same_teams, assert_same_weeks, both, lives_differ, scenario_of

THEN = "interventions.samtaler.plans.ugentlig.then"
WAYS = {
    "a konsulent has the case while in praktik": (
        "praktik",
        "teams.konsulenter={fte: 0.8, minutes_per_week: 200, caseload_limit: 4}",
        "interventions.samtaler.plans.hos_konsulent={team: konsulenter, channel: personlig, every: [{weeks: 2}], "
        "then: {plan: ugentlig, ends: [praktik]}}",
        f"{THEN}={{plan: hos_konsulent, begins: [praktik]}}",
        "interventions.samtaler.channels.personlig.travel_minutes=7",
    ),
    "every second talk by a konsulent who has no cases": (
        "praktik",
        "teams.konsulenter={fte: 0.8, minutes_per_week: 150, takes_cases: false}",
        "interventions.samtaler.plans.skiftevis={team: sagsbehandlere, turns: [konsulenter, sagsbehandlere], "
        "channel: personlig, every: [{weeks: 1}], in_offer: brev, then: {plan: ugentlig, ends: [praktik]}}",
        f"{THEN}={{plan: skiftevis, begins: [praktik]}}",
        "interventions.samtaler.plans.maanedlig.turns=[sagsbehandlere, konsulenter]",
        "interventions.samtaler.plans.maanedlig.unregistered=0.3",
    ),
    "turns of teams with desks of their own, one of which also talks beside": (
        "bemanding",
        "interventions.samtaler.plans.ugentlig.turns=[foerste, tredje, partner, anden]",
        "interventions.samtaler.plans.senere.turns=[partner]",
        "interventions.kontakt.plans.lov.turns=[anden, foerste]",
        "interventions.kontakt.plans.lov.unregistered=0.4",
        "interventions.kontakt.channels.moede.travel_minutes=4",
    ),
    "mentors and coordinators who are staff": (
        "koord",
        "teams.mentorer={fte: 0.6, minutes_per_week: 400, takes_cases: false, "
        "absence: {syg: {share: 0.3, weeks: {1: 0.5, 3: 0.5}}}}",
        "teams.koordinatorer={fte: 1, minutes_per_week: 150, takes_cases: false}",
        "interventions.mentor.staff={team: mentorer, minutes: 70}",
        "interventions.koordineret.staff={team: koordinatorer, minutes: 45}",
        "jobcentres.syd.teams.koordinatorer={minutes_per_week: 40}",
        "jobcentres.vest.teams.mentorer={done_by: koordinatorer}",
        "interventions.samtaler.plans.ugentlig.unregistered=0.3",
    ),
    "the same person of the other party": (
        "bemanding",
        "teams.partner={fte: 3, caseworkers: 4, minutes_per_week: 200, takes_cases: false, absence: {kort: {share: "
        "0.3, weeks: {1: 0.5, 2: 0.5}}}, turnover: {per_year: 0.9, vacancy_weeks: 2}}",
        "interventions.samtaler.plans.listet.talks=[{week: 1, partner: partner}, {week: 3, partner: partner}, "
        "{week: 4, partner: partner}, {week: 6}]",
        "interventions.samtaler.plans.listet.same_partner={partner: 0.7}",
    ),
    "konsulenter who follow up those of one arm": (
        "arbejde",
        "teams.konsulenter.arms=[taet]",
    ),
    "a rule follows another, also for those under way": (
        "praktik",
        "teams.nye={fte: 2, minutes_per_week: 200, caseload: personal, caseload_limit: 9}",
        "interventions.samtaler.plans.ny={arms: [tidlig], team: nye, channel: personlig, every: [{weeks: 3}], "
        "spells: {since: 2026-W12, under_way: true}, then: {plan: ny_senere, course_week: 9}}",
        "interventions.samtaler.plans.ny_senere={team: sagsbehandlere, channel: personlig, every: [{weeks: 5}]}",
        "interventions.samtaler.plans.maanedlig.spells={until: 2026-W14}",
        "interventions.samtaler.plans.igen={arms: [senere], team: nye, channel: brev, talks: [{week: 2}, {week: 20}], "
        "spells: {since: 2026-W22}}",
    ),
}
WITHOUT = {
    "a konsulent has the case while in praktik": (
        "interventions.samtaler.plans.hos_konsulent.then=null",
        "interventions.samtaler.channels.personlig.travel_minutes=0",
        f"{THEN}.plan=maanedlig",
    ),
    "every second talk by a konsulent who has no cases": (
        "interventions.samtaler.plans.skiftevis.turns=[]",
        "interventions.samtaler.plans.maanedlig.unregistered=0.0",
    ),
    "turns of teams with desks of their own, one of which also talks beside": (
        "interventions.samtaler.plans.ugentlig.turns=[foerste]",
        "interventions.kontakt.plans.lov.unregistered=0.0",
    ),
    "mentors and coordinators who are staff": (
        "interventions.mentor.staff.minutes=10",
        "interventions.koordineret.staff.minutes=20",
        "interventions.samtaler.plans.ugentlig.unregistered=0.0",
    ),
    "konsulenter who follow up those of one arm": ("teams.konsulenter.arms=[lov]",),
    "a rule follows another, also for those under way": (
        "interventions.samtaler.plans.ny.spells.under_way=false",
        "interventions.samtaler.plans.ny.spells.since=2026-W20",
        "interventions.samtaler.plans.maanedlig.spells.until=2026-W20",
    ),
}
HAPPENS = {
    "a konsulent has the case while in praktik": ("goes over by an offer",),
    "every second talk by a konsulent who has no cases": ("goes over by an offer", "other desk", "not registered"),
    "turns of teams with desks of their own, one of which also talks beside": ("not registered", "kontakt_covered"),
    "mentors and coordinators who are staff": (
        "mentor_weeks_given", "mentor_no_time", "koordineret_weeks_given", "koordineret_no_time"
    ),
    "the same person of the other party": ("partner_again", "partner_same"),
    "konsulenter who follow up those of one arm": ("konsulenters_arbejde_follow_up",),
    "a rule follows another, also for those under way": ("goes over under way", "on no plan", "plan changes"),
}


@pytest.mark.parametrize("way", WAYS)
def test_both_engines_tell_the_same_lives(way: str) -> None:
    scenario, *settings = WAYS[way]
    pair = both(scenario, 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
    for what in HAPPENS[way]:
        assert sum(ledig.tally[what] for ledig in pair.reference.people), what


@pytest.mark.parametrize(("way", "switch"), [(way, switch) for way in WITHOUT for switch in WITHOUT[way]])
def test_it_matters(way: str, switch: str) -> None:
    scenario, *settings = WAYS[way]
    with_it = both(scenario, 1, *settings).world.register
    assert lives_differ(with_it, scenario_of(scenario, "seed=1", *settings, switch)), f"{way}: {switch}"
