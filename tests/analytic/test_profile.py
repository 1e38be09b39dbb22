"""Scores: the AUC that is asked for is the one that comes, groups have the shares asked for, and nothing else moves.

Closed forms: the AUC of two kinds of people, counted by hand; the sum over all pairs of a small population; the chance
of leaving with a gamma frailty; and, in a run without effects, the AUC reached by who really left.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import ndtr

from simulation.opening import build
from simulation.results.measures.replication import simulate
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.profiles import scales
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.profile import Predicts, auc_of, chance_of_leaving, logit, scale_of
from tests.helpers import LIMIT, digest, loaded, make, person_by_person, samtaler

SHARES = {"hurtige": 0.25, "midten": 0.5, "langsomme": 0.25}
LEVELS = {name: {"share": share} for name, share in SHARES.items()}
KINDS = {"a": {"share": 0.5, "exit_factors": {"job": 4}}, "b": {"share": 0.5}}
FRAIL = {"job": {"level": 0.05, "frailty": {"kind": "gamma", "spread": 1.1}}, "other": {"level": 0.01}}


def scored(auc: float | None, weeks: int = 16, persons: int = 4000, **changes: Any) -> Scenario:
    """A world in which people differ, with a score of this AUC."""
    score = {"predicts": {"exits": ["job"], "within_weeks": weeks}, "auc": auc}
    whole = {"exits": FRAIL, "intake": {"persons": persons, "weeks": 1}, "subgroups": {}, **changes}
    return make(**{**whole, "subgroups": {**whole["subgroups"], "udsigt": LEVELS}, "profile": {"udsigt": score}})


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_two_kinds_of_people_counted_by_hand() -> None:
    """Half leave with chance 0.8, half with 0.2. Of leavers 0.8 are of the first kind, of stayers 0.2; so a leaver is
    of the better kind in 0.8 × 0.8 of the pairs, of the worse in 0.2 × 0.2, and else it is a tie: 0.64 + 0.32 / 2."""
    scale = scale_of(np.array([0.8, 0.2] * 500), [0.5, 0.5], None)
    assert scale.best == pytest.approx(0.8, abs=1e-9) == scale.auc
    (cut,) = scale.cuts
    assert logit(np.array([0.2]))[0] < cut / scale.slope + scale.mean < logit(np.array([0.8]))[0]


@pytest.mark.parametrize("auc", [0.55, 0.65, 0.75])
def test_the_auc_of_all_pairs_of_a_small_population(auc: float) -> None:
    """Leaving is Bernoulli, noise normal: over all pairs p (1 − p') Φ(slope × difference of logits / √2)."""
    chance = np.random.default_rng(1).beta(1.2, 1.5, 400)
    scale, logits = scale_of(chance, [1.0], auc), logit(chance)
    weight = chance[:, None] * (1 - chance)
    apart = ndtr(scale.slope * (logits[:, None] - logits) / np.sqrt(2))
    assert (weight * apart).sum() / weight.sum() == pytest.approx(auc, abs=2e-4)
    sure = (weight * (logits[:, None] > logits)).sum() + 0.5 * (weight * (logits[:, None] == logits)).sum()
    assert scale.best == pytest.approx(sure / weight.sum(), abs=2e-4)


def test_the_auc_of_scores_counts_ties_by_half() -> None:
    """Leavers have 3 and 1, stayers 2, 1 and 0: of six pairs the leaver is above in four and level in one."""
    scores, left = np.array([3.0, 1.0, 2.0, 1.0, 0.0]), np.array([True, True, False, False, False])
    assert auc_of(scores, left) == pytest.approx(4.5 / 6)
    assert np.isnan(auc_of(scores, np.zeros(5, dtype=bool)))


# --- the chance of leaving --------------------------------------------------------------------------------------------


def test_the_chance_of_leaving_first_to_one_of_two_destinations() -> None:
    """h / H × (1 − exp(−H weeks)) where nobody differs; with a profile the sum over weeks, from the week she is in."""
    flat = build(scored(None, exits={"job": {"level": 0.05}, "other": {"level": 0.02}}), [0]).afgang
    predicts = Predicts(exits=["job"], within_weeks=16)
    assert_allclose(chance_of_leaving(flat, predicts), 0.05 / 0.07 * (1 - np.exp(-0.07 * 16)))
    both = Predicts(exits=["job", "other"], within_weeks=16)
    assert_allclose(chance_of_leaving(flat, both), 1 - np.exp(-0.07 * 16))
    falls = {"job": {"level": 0.05, "duration": {"log_slope": -0.1, "until_week": 12}}}
    late = build(scored(None, exits=falls, intake={"persons": 9, "weeks": 1, "from_week": 5, "elapsed_weeks": 5}), [0])
    course = 0.05 * np.exp(-0.1 * np.minimum(np.arange(5, 21), 12))
    assert_allclose(chance_of_leaving(late.afgang, predicts), 1 - np.exp(-course.sum()))


def test_the_mean_chance_with_a_gamma_frailty() -> None:
    """1 − (1 + spread² h weeks)^(−1 / spread²): z by the spread of the chances themselves."""
    exits = {"job": FRAIL["job"]}
    chance = chance_of_leaving(build(scored(None, exits=exits), [0]).afgang, Predicts(exits=["job"], within_weeks=16))
    mean = 1 - (1 + 1.21 * 0.05 * 16) ** (-1 / 1.21)
    assert abs(chance.mean() - mean) < LIMIT * chance.std() / np.sqrt(len(chance))


# --- what is asked for comes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("auc", [0.5, 0.65, None])
def test_the_auc_and_the_shares_that_are_asked_for_come(auc: float | None) -> None:
    """Nothing is done for anybody, so what is reached is what was asked for: |z| < LIMIT by the largest error that an
    AUC of so many leavers and stayers can have, and the error of a share."""
    scenario = scored(auc, persons=8_000)
    (found,) = simulate(scenario, [0])
    scale, left = scales(scenario)["udsigt"], found.outcomes["exit_job", "alle", 16]
    asked = scale.best if auc is None else auc
    error = np.sqrt(asked * (1 - asked) / (8_000 * min(left, 1 - left)))
    assert abs(found.outcomes["auc_udsigt", "alle", None] - asked) < LIMIT * error
    level = build(scenario, [0]).ledige.subgroup["udsigt"]
    for number, share in enumerate(SHARES.values()):
        assert abs(np.mean(level == number) - share) < LIMIT * np.sqrt(share * (1 - share) / 8_000)


def test_a_better_score_puts_more_leavers_first() -> None:
    """Share of the first group who leave to a job in time, at every precision; by lot it is that of everybody."""
    chances = []
    for auc in (0.5, 0.6, 0.7, None):
        world = build(scored(auc, persons=8_000), [0])
        chance = chance_of_leaving(world.afgang, Predicts(exits=["job"], within_weeks=16))
        chances.append(chance[world.ledige.subgroup["udsigt"] == 0].mean())
    assert chances[0] == pytest.approx(chance.mean(), abs=LIMIT * chance.std() / np.sqrt(2000))
    assert (np.diff(chances) > 0.02).all()


def test_who_are_equal_are_put_in_groups_by_lot() -> None:
    """Two kinds alone: the true chance knows the kind, and the lot fills the groups up to the shares asked for."""
    scenario = scored(None, persons=8_000, exits={"job": {"level": 0.02}}, subgroups={"slags": KINDS})
    subgroup = build(scenario, [0]).ledige.subgroup
    kind, level = subgroup["slags"], subgroup["udsigt"]
    assert not (level[kind == 0] == 2).any() and not (level[kind == 1] == 0).any()
    for number, share in enumerate(SHARES.values()):
        assert abs(np.mean(level == number) - share) < LIMIT * np.sqrt(share * (1 - share) / 8_000)


def test_a_draw_that_asks_for_more_than_can_be_has_the_best() -> None:
    """A file is refused then; in a draw of all uncertainty, exits move with what a score can be."""
    score = {"udsigt": {"predicts": {"exits": ["job"], "within_weeks": 16}, "auc": 0.6}}
    right = loaded(exits=FRAIL, subgroups={"udsigt": LEVELS}, profile=score)
    with pytest.raises(InputProblems, match=r"no score reaches more than 0\.8"):
        right.with_({"profile.udsigt.auc": 0.99})
    scale = scales(right.at({"profile.udsigt.auc": 0.99}).scenario)["udsigt"]
    assert scale.auc == scale.best < 0.85


# --- nothing else moves -----------------------------------------------------------------------------------------------


def test_a_score_that_nothing_uses_moves_nobody() -> None:
    plan = {"interventions": {"samtaler": samtaler()}, "exits": FRAIL}
    codes = [run(scenario, [0]).register.codes for scenario in (make(**plan), scored(0.7, persons=1000, **plan))]
    assert_array_equal(*codes)


def test_groups_hang_on_nobody_else() -> None:
    """More people, another batch, another number of jobcentres' people: everybody who was there has her level."""
    several = {"jobcentres": {"by": {}, "land": {"persons": 70}}}
    few, many = (build(scored(0.65, persons=n, **several), [0, 2]) for n in (150, 400))
    before, after = (person_by_person(world, world.ledige.subgroup["udsigt"]) for world in (few, many))
    for place, levels in before.items():
        assert_array_equal(levels, after[place][: len(levels)])
    alone = build(scored(0.65, persons=150, **several), [2])
    assert_array_equal(alone.ledige.subgroup["udsigt"], few.ledige.subgroup["udsigt"][few.ledige.world == 1])
    part = build(scored(0.65, persons=150, **several), [0], ["land"])
    (levels,) = person_by_person(part, part.ledige.subgroup["udsigt"]).values()
    assert_array_equal(levels, before[0, "land"])


def test_effects_of_nothing_by_group_change_nobody() -> None:
    size = {"log": 0.0, "levels": {"udsigt": {"hurtige": 0.0}}}
    talks = {"interventions": {"samtaler": samtaler(effects={"job": size}, window_weeks=2)}}
    none = {"interventions": {"samtaler": samtaler(effects={"job": 1.0}, window_weeks=2)}}
    found = [list(simulate(scored(0.7, persons=600, **each), [0])) for each in (talks, none)]
    assert digest(found[0]) == digest(found[1])


# --- what groups are for ----------------------------------------------------------------------------------------------


def test_only_those_of_a_group_are_exempt() -> None:
    exempt = {
        "kind": "fritagelse", "grounds": 1, "among": {"udsigt": ["hurtige"]}, "course_week": 0,
        "recorded": {"alle": 1},
    }  # fmt: skip
    scenario = scored(None, persons=800, interventions={"fritaget": exempt})
    world = build(scenario, [0])
    (found,) = simulate(scenario, [0])
    first = np.mean(world.ledige.subgroup["udsigt"] == 0)
    assert found.outcomes["fritaget_recorded_share", "alle", None] == pytest.approx(first)
