"""Both engines tell the same of group meetings (`groups.py`): who sits with whom, who comes, and what it takes."""

from __future__ import annotations

from collections import Counter

import pytest

from simulation.week import run

from .tables import third
from .test_equal import (
    as_it_is,
    assert_same_counts,
    assert_same_in_a_batch,
    assert_same_teams,
    assert_same_weeks,
    both,
    product_life,
    reference_life,
    scenario_of,
)

SEEDS = (1, 2, 3, 4)

HAPPENS = """
    at_a_full_table table_not_full alone_at_the_table nobody_came joint_meeting held_by_a_colleague too_few too_few_due
    outreach_at_a_meeting another_was_more_urgent no_time away no_partner udeblivelse letters talks_cut covered
    kontakt_covered covered_in_another_week came_to_another_talk met_the_same plan_changes overtaken own_desk other_desk
    asked_after_others_were_lacking
    returned talks_by_1 talks_by_2 talks_by_3 talks_by_4 talks_by_5 talks_by_7
"""
"""What happens to somebody."""

GRUPPE = "interventions.samtaler.channels.gruppe"
VARIANTS = (
    (f"{GRUPPE}.seats_min=1", "teams.projekt.substitution=busy", "interventions.samtaler.priority=lot",
     "interventions.samtaler.need={}"),
    (f"{GRUPPE}.seats=2", f"{GRUPPE}.attendance=1.0", "teams.projekt.substitution=none"),
    (f"{GRUPPE}.seats=30", f"{GRUPPE}.seats_min=5", "teams.projekt.caseload=pooled", "teams.ordinaer.fte=3"),
    ("interventions.samtaler.priority=longest_overdue", "interventions.samtaler.need={}", "teams.projekt.absence={}",
     "interventions.kontakt.channels.moede.seats_min=3"),
    ("interventions.samtaler.channels={gruppe: {minutes: 40, attendance: 0.7, seats: 4, seats_min: 2}, "
     "personlig: {minutes: 50, attendance: 0.8, seats: 2}, brev: {minutes: 5, attendance: 0.9, seats: 3}}",
     "interventions.samtaler.plans.listet.talks="
     "[{week: 1}, {week: 3, partner: virksomhed}, {week: 5, self_booked: true}]",
     "interventions.samtaler.plans.listet.self_booking=0.5"),
    ("interventions.samtaler.quality={}", "interventions.samtaler.attendance={}", "teams.ordinaer.caseworkers=null",
     "interventions.samtaler.priority=statutory_first", "interventions.samtaler.need={}",
     "interventions.samtaler.plans.ugentlig.statutory_weeks=2"),
)  # fmt: skip
"""Settings in which rules meet that do not in the scenario itself."""

SWITCHES = f"""
    {GRUPPE}.seats=1;{GRUPPE}.seats_min=1 {GRUPPE}.seats=2 {GRUPPE}.seats=6 {GRUPPE}.seats_min=1 {GRUPPE}.seats_min=3
    {GRUPPE}.minutes=30 {GRUPPE}.preparation_minutes=0 {GRUPPE}.documentation_minutes=0 {GRUPPE}.attendance=1.0
    {GRUPPE}.effect=0.0 interventions.kontakt.channels.moede.seats=1 interventions.kontakt.channels.moede.seats=2
    interventions.kontakt.channels.moede.seats_min=2 interventions.samtaler.attendance.rebooking_minutes=0
    interventions.samtaler.priority=lot;interventions.samtaler.need={{}} teams.projekt.substitution=none
    teams.virksomhed.minutes_per_week=60 teams.projekt.squeeze=null interventions.samtaler.quality.continuity=null
    interventions.samtaler.plans.ugentlig.other_channel=null teams.ordinaer.absence={{}}
"""
"""What is switched off, one rule at a time, so that some life is another."""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_week_and_count(seed: int) -> None:
    """The register's code of everybody in every week; every count; minutes, cases and counts of every team."""
    pair = both("gruppe", seed)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
    for row, ledig in enumerate(pair.reference.people):
        assert product_life(pair, row) == reference_life(pair, ledig), pair.who(row)


@pytest.mark.parametrize("settings", VARIANTS)
def test_every_variant(settings: tuple[str, ...]) -> None:
    pair = both("gruppe", 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


def test_a_batch_is_its_replications() -> None:
    assert_same_in_a_batch("gruppe", scenario_of("gruppe"))


def test_it_happens() -> None:
    """Everything that the scenario is there for happens to somebody."""
    for seed in SEEDS:
        happened: Counter[str] = Counter()
        for ledig in both("gruppe", seed).reference.people:
            happened.update(ledig.tally)
        missing = [what for what in HAPPENS.split() if not happened[what] + happened[what.replace("_", " ")]]
        assert not missing, f"seed {seed}: {missing}"


@pytest.mark.parametrize("switch", third(SWITCHES.split(), 1))
def test_it_matters(switch: str) -> None:
    """Without the rule some life is another."""
    without = run(scenario_of("gruppe", *switch.split(";")), [0]).register
    assert (as_it_is("gruppe").codes != without.codes).any(), f"nobody lives otherwise with {switch}"
