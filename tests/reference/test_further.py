"""Both engines tell the same lives where all kinds of intervention meet; who earns a subsidy; faults that are
known and not yet mended."""

from __future__ import annotations

import math
from functools import cache

import pytest

from simulation.interventions import KINDS
from simulation.interventions.incitament import Incitament
from simulation.results.measures.replication import summarise
from simulation.scenario.schema import Scenario
from tests import all_kinds

from .outreach import Counted
from .test_equal import Both, assert_same_counts, assert_same_teams, assert_same_weeks, both, pair_of

SEEDS = (1, 2, 3)
WITH_A_SUBSIDY = [*((seed, ()) for seed in SEEDS), (1, ("interventions.penge.outreach=null",))]


@cache
def with_everything(seed: int) -> Both:
    """The scenario with all kinds, by both engines; part of the jobs that they add is taken from others."""
    return pair_of(f"all kinds seed {seed}", all_kinds.everything(seed=seed, displacement=0.3))


@pytest.mark.parametrize("seed", SEEDS)
def test_all_kinds_at_once(seed: int) -> None:
    pair = with_everything(seed)
    assert {each.kind for each in pair.scenario.interventions.values()} == set(KINDS)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


BESIDE = {
    "praktik": ["jobklub", "vikar"],
    "virksomhedsforloeb": ["aktiv", "praktik"],
    "loentilskud": ["virksomhedsforloeb"],
    "jobklub": ["vikar", "mentor"],
    "vikar": ["loentilskud", "formidling"],
    "aktiv": ["formidling", "praktik"],
    "formidling": ["praktik"],
}
"""Some say it of each other, one of what marks no offers; not everybody of everybody."""


def test_offers_side_by_side() -> None:
    """Whoever may be in two offers at a time; talks by the one that the register shows; hosts hire to two exits."""
    whole = all_kinds.everything(seed=1).model_dump(exclude_none=True)
    for name, beside in BESIDE.items():
        whole["interventions"][name]["beside"] = beside
    whole["interventions"]["loentilskud"]["hires_to"] = "fleksjob"
    by_offer = {"praktik": "brev", "virksomhedsforloeb": "telefon", "jobklub": None, "mentor": "brev"}
    whole["interventions"]["samtaler"]["plans"]["ugentlig"]["in_offer"] = by_offer
    pair = pair_of("offers side by side", Scenario.model_validate(whole))
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
    assert sum(ledig.tally["in two offers"] for ledig in pair.reference.people) > 50


def test_everything_happens() -> None:
    """Every intervention is counted in some of them, so that all do meet."""
    pairs = [with_everything(seed) for seed in SEEDS]
    counted = {name for pair in pairs for name, counts in pair.reference.counts.items() if counts.total()}
    for name, each in pairs[0].scenario.interventions.items():
        of_its_own = "outreach" if isinstance(each, Incitament) else "held" if name == "samtaler" else f"{name}_"
        assert any(count.startswith(of_its_own) for count in counted), name


def conditions(pair: Both, jobcentre: str) -> tuple[float, float]:
    """Share of weeks with a talk and of ledige at a workplace, by what the second engine's ledige say of themselves."""
    [rule] = pair.scenario.by_kind(Incitament).values()
    here = [ledig for ledig in pair.reference.people if (ledig.jobcentre, ledig.arm) == (jobcentre, rule.arm)]
    weeks = [course for ledig in here for course in ledig.courses if isinstance(course, Counted)]
    talks = sum(course.with_talk for course in weeks) / sum(course.on_benefit for course in weeks)
    return talks, sum(course.activated for course in weeks) / len(weeks)


@pytest.mark.parametrize(("seed", "settings"), WITH_A_SUBSIDY)
def test_who_earns_the_subsidy(seed: int, settings: tuple[str, ...]) -> None:
    """Both conditions in every jobcentre."""
    pair = both("koord", seed, *settings)
    [rule] = pair.scenario.by_kind(Incitament).values()
    [product] = summarise(pair.scenario, [0], pair.world, 0.0)
    earned = []
    for jobcentre in pair.scenario.jobcentres:
        talks, activated = conditions(pair, jobcentre)
        earned.append(talks >= rule.talks_at_least and activated >= rule.activated_at_least)
        for what, told in (("talks", talks), ("activated", activated), ("earned", earned[-1])):
            said = product.outcomes[f"penge_{what}_share", f"{rule.arm}@{jobcentre}", None]
            assert math.isclose(said, told), f"{pair.title}, {jobcentre}: {what}: {said} in the product, {told} told"
    assert math.isclose(product.outcomes["penge_earned_share", rule.arm, None], sum(earned) / len(earned))


def test_either_condition_alone_is_met_somewhere() -> None:
    """So that the subsidy is seen to hang on both."""
    met = set()
    for pair in (both("koord", seed, *settings) for seed, settings in WITH_A_SUBSIDY):
        [rule] = pair.scenario.by_kind(Incitament).values()
        for talks, activated in (conditions(pair, jobcentre) for jobcentre in pair.scenario.jobcentres):
            met.add((talks >= rule.talks_at_least, activated >= rule.activated_at_least))
    assert {(True, True), (True, False), (False, True)} <= met
