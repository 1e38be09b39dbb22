"""Both engines tell the same lives where ledige pass from one benefit to another."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from simulation.scenario.schema import Scenario
from simulation.week import run
from tests import all_kinds

from .tables import third
from .test_equal import (
    Both,
    assert_same_counts,
    assert_same_in_a_batch,
    assert_same_teams,
    assert_same_weeks,
    both,
    pair_of,
    scenario_of,
)

NAME = "ydelser"
HAPPENS = """from_sygedagpenge_to_jobafklaring from_sygedagpenge_to_ledighedsydelse from_jobafklaring_to_ledighedsydelse
from_jobafklaring_to_sygedagpenge from_ledighedsydelse_to_jobafklaring right_to_jobafklaring_ended returned
revurdering_ended praktik_started praktik_left praktik_hired klub_started klub_referred klub_left kontakt_covered
plan_changes talks_by_1 talks_by_2 talks_by_3 small_jobs_found"""
SWITCHES = """benefits.sygedagpenge.passes.jobafklaring.duration=null benefits.sygedagpenge.exits={}
benefits.sygedagpenge.passes.jobafklaring.jobcentres={} benefits.sygedagpenge.passes={}
benefits.jobafklaring.exits.job.frailty=null benefits.jobafklaring.exits.raskmeldt.jobcentre_sd=0
benefits.jobafklaring.passes.ledighedsydelse.frailty=null benefits.jobafklaring.share=0.1
benefits.jobafklaring.ends=null benefits.ledighedsydelse.exits.fleksjob.duration=null
benefits.ledighedsydelse.exits={} subgroups.diagnose.psykisk.exit_factors={"raskmeldt":0.5}
exits.fleksjob.job_spells.returns_to=null interventions.samtaler.plans.afklaring=null
interventions.kontakt.benefits=null interventions.revurdering.benefits=["sygedagpenge","ledighedsydelse"]
interventions.praktik.benefits=null interventions.klub.benefits=null displacement=0
interventions.revurdering.ends_to={"raskmeldt":1} job_spells.beside_benefit=null"""


@cache
def pair(seed: int, *settings: str) -> Both:
    return both(NAME, seed, *settings)


def assert_same_benefits(pair: Both) -> None:
    """The benefit of everybody in every week."""
    product = pair.world.register.benefits
    assert product is not None
    for week, row in np.argwhere(product != pair.reference.benefits)[:1].tolist():
        pytest.fail(f"{pair.who(row)}, week {week}: {product[week, row]}, {pair.reference.benefits[week, row]}")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_life(seed: int) -> None:
    assert_same_weeks(pair(seed))
    assert_same_benefits(pair(seed))
    assert_same_counts(pair(seed))
    assert_same_teams(pair(seed))


def test_it_happens() -> None:
    people = [ledig for seed in (1, 2) for ledig in pair(seed).reference.people]
    for what in HAPPENS.split():
        assert any(ledig.tally[what] or ledig.tally[what.replace("_", " ")] for ledig in people), what


@pytest.mark.parametrize("switch", third(SWITCHES.split(), 1))
def test_each_rule_matters(switch: str) -> None:
    """Without the rule some life is another."""
    without, with_it = run(scenario_of(NAME, switch), [0]).register, pair(1).world.register
    assert with_it.benefits is not None and without.benefits is not None
    other = (with_it.codes != without.codes).any() or (with_it.benefits != without.benefits).any()
    assert other or (with_it.hours is not without.hours and (with_it.hours != without.hours).any())


def test_in_a_batch() -> None:
    assert_same_in_a_batch(NAME, scenario_of(NAME))
    batch, alone = run(scenario_of(NAME), [0, 3]), run(scenario_of(NAME), [3])
    assert batch.register.benefits is not None and alone.register.benefits is not None
    assert_array_equal(batch.register.benefits[:, batch.ledige.world == 1], alone.register.benefits)


BENEFITS = {
    "en_ydelse": {"passes": {"anden_ydelse": {"level": 0.05}}},
    "anden_ydelse": {
        "share": 0.3, "passes": {"en_ydelse": {"level": 0.03}}, "ends": {"week": 20, "to": {"en_ydelse": 1}},
    },
}  # fmt: skip


@pytest.mark.parametrize(("seed", "turn"), [(1, 0), (3, 2)])
def test_all_kinds_at_once(seed: int, turn: int) -> None:
    """Every kind of intervention, each on both benefits or on one of them, by turns."""
    data = all_kinds.everything(seed=seed, displacement=0.3).model_dump(exclude_none=True)
    for number, each in enumerate(data["interventions"].values()):
        if (place := (number + turn) % 3) < 2:
            each["benefits"] = [list(BENEFITS)[place]]
    told = pair_of(f"all kinds by benefit, seed {seed}", Scenario.model_validate(data | {"benefits": BENEFITS}))
    assert_same_weeks(told)
    assert_same_benefits(told)
    assert_same_counts(told)
    assert_same_teams(told)
