"""Outcomes that trials print, from simulated registers: against what is added up person by person from the register.

Decision rule where something is drawn: |z| < LIMIT.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from simulation.experiments.compare import Comparison
from simulation.experiments.replicate import replicate
from simulation.report.printed import hazard_ratios
from simulation.results.measures.replication import Replication, simulate, summarise
from simulation.results.names import ALLE, DIFFERENCE, Figure, Group, Names, arm_group
from simulation.results.result import Result
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.week import run
from tests.helpers import LIMIT, busy, digest, first_exits, make
from tests.weekly import Persons, best, minus_log_likelihood

WEEKS = 30
WORLD: dict[str, Any] = {
    "weeks": WEEKS, "follow_up": 24, "periods": [6, 13], "arms": {"a": 1, "b": 1, "c": 1},
    "intake": {"persons": 120, "weeks": 12, "arrivals": "random"}, "jobcentres": {"ribe": {}, "skive": {}, "vejle": {}},
    "subgroups": {"helbred": {"godt": {"share": 0.5, "exit_factors": {"job": 2}}, "andet": {"share": 0.5}}},
    "outcomes_by": ["helbred", "arms", "jobcentres"], "exits": {"job": {"level": 0.05}, "other": {"level": 0.02}},
}  # fmt: skip


def persons(scenario: Scenario, world: Any, exits: list[int], ends: tuple[int, int], mask: Any) -> Persons:
    """The ledige of two arms from the register, in a part of the follow-up."""
    week, cause, seen = first_exits(world)
    begin, end = ends
    until = np.where(cause >= 0, week + 1, np.minimum(seen, end))
    mask = mask & (until > begin)
    left = np.isin(cause, exits) & (week < end)
    last = np.minimum(np.where(left, week, until), end) - begin
    return Persons(last[mask], left[mask].astype(int), (world.ledige.arm == 0)[mask].astype(int), last[mask])


@pytest.fixture(scope="module")
def made() -> tuple[Scenario, Any, Replication]:
    scenario = make(**WORLD)
    world = run(scenario, [0])
    return scenario, world, summarise(scenario, [0], world, 0.0)[0]


@pytest.mark.parametrize("exit_", ["job", "other", "any"])
@pytest.mark.parametrize(("time", "begin"), [(None, 0), (6, 0), (13, 6), (24, 13)])
def test_ratios_are_those_of_the_register(made: Any, exit_: str, time: int | None, begin: int) -> None:
    """The first arm against the last, over the follow-up and in each period; other exits are censored."""
    scenario, world, replication = made
    causes = {"job": [0], "other": [1], "any": [0, 1]}[exit_]
    two = np.isin(world.ledige.arm, [0, 2])
    register = persons(scenario, world, causes, (begin, time or 24), two)
    found = replication.outcomes[Figure(f"log_hazard_ratio_{exit_}", Group("difference", "a", "c"), time)]
    assert found == pytest.approx(best(register), abs=1e-6)


def test_ratios_of_a_jobcentre_and_of_a_level_are_of_those_alone(made: Any) -> None:
    scenario, world, replication = made
    two, pair = np.isin(world.ledige.arm, [0, 2]), Group("difference", "a", "c")
    skive = two & (world.ledige.jobcentre == 1)
    andet = two & (world.ledige.subgroup["helbred"] == 1)
    of_andet = pair._replace(characteristic="helbred", level="andet")
    for group, mask in ((pair._replace(jobcentre="skive"), skive), (of_andet, andet)):
        found = replication.outcomes[Figure("log_hazard_ratio_job", group)]
        assert found == pytest.approx(best(persons(scenario, world, [0], (0, 24), mask)), abs=1e-6), group
    assert Figure("hazard_error_clustered_job", of_andet) in replication.outcomes
    assert Figure("hazard_error_clustered_job", pair._replace(jobcentre="skive")) not in replication.outcomes


def test_the_spread_of_effects_is_of_one_step_in_every_jobcentre(made: Any) -> None:
    """DerSimonian and Laird with slopes and curvatures of each jobcentre's likelihood, at the top of their sum."""
    scenario, world, replication = made
    two = np.isin(world.ledige.arm, [0, 2])
    places = [persons(scenario, world, [0], (0, 24), two & (world.ledige.jobcentre == place)) for place in range(3)]
    whole = minimize_scalar(lambda b: sum(minus_log_likelihood(b, each) for each in places), (-1, 1), tol=1e-10).x
    around = np.array([[minus_log_likelihood(whole + step, each) for step in (-1e-3, 0, 1e-3)] for each in places])
    score, information = (around[:, 0] - around[:, 2]) / 2e-3, np.diff(around, 2)[:, 0] / 1e-6
    off, total = float(np.sum(score**2 / information)), float(information.sum())
    variance = (off - 2) / (total - np.sum(information**2) / total)
    told = [
        replication.outcomes[Figure(f"{name}_of_effect_job", Group("difference", "a", "c"))]
        for name in ("variance", "spread")
    ]
    assert told == pytest.approx([variance, max(variance, 0.0) ** 0.5], abs=1e-4)
    assert abs(variance) > 1e-3


def test_outcomes_by_arm_and_level_and_their_differences(made: Any) -> None:
    """An arm lies between its levels, and every difference is one of two figures that are told."""
    _, _, replication = made
    told, pair = replication.outcomes, Group("difference", "a", "c")
    andet, godt = (Group("alle", characteristic="helbred", level=level) for level in ("andet", "godt"))
    exits = {each: told[Figure("exit_job", arm_group("a").among(each))] for each in (andet, ALLE, godt)}
    assert exits[andet] < exits[ALLE] < exits[godt]
    for where in (andet, godt, Group("alle", jobcentre="ribe")):
        one, other, apart = (told[Figure("exit_job", g.among(where))] for g in (arm_group("a"), arm_group("c"), pair))
        assert apart == one - other != 0


def test_what_is_not_asked_for_is_not_told() -> None:
    (replication,) = simulate(make(**{**WORLD, "outcomes_by": ["helbred"]}), [0])
    groups = {figure.group for figure in replication.outcomes}
    assert not [group for group in groups if group.level and group.kind != "alle"]
    assert not [group for group in groups if group.jobcentre and group.kind == "difference"]
    assert not [figure for figure in replication.outcomes if "spread" in figure.outcome]


def test_one_arm_has_no_ratio_and_one_jobcentre_no_clustered_error() -> None:
    """Nothing is told of the first; the second is unknown, and shown with a dash."""
    alone = simulate(make(), [0])[0].outcomes
    assert not [figure for figure in alone if "hazard" in figure.outcome]
    loaded = Loaded("", make(arms={"a": 1, "b": 1}), None)  # type: ignore[arg-type]
    result = Result(loaded, simulate(loaded.scenario, [0, 1]), 2)
    assert np.isnan(result.estimate("hazard_error_clustered_job", "difference").value)
    assert result.estimate("hazard_error_naive_job", "difference").value > 0
    (row,) = [line for line in hazard_ratios(result)[0].splitlines() if line.startswith("a / b")]
    assert row.split()[-2] == "–" != row.split()[-3]


def test_the_screen_shows_the_mean_of_logarithms() -> None:
    """Of two ratios r and 1 / r it is 1, not their mean; and how they really scatter is the logarithms' sd."""
    loaded = Loaded("", make(arms={"a": 1, "b": 1}), None)  # type: ignore[arg-type]
    result = Result(loaded, simulate(loaded.scenario, range(4)), 4)
    logs = result.values(Figure("log_hazard_ratio_job", DIFFERENCE))
    (row,) = [line for line in hazard_ratios(result)[0].splitlines() if line.startswith("a / b")]
    assert f" job  {np.exp(logs.mean()):.2f} [" in row and row.endswith(f"{logs.std(ddof=1):.3f}")


@pytest.mark.parametrize("batch", [1, 2])
def test_the_batch_changes_no_bit(batch: int) -> None:
    """Everything that may be asked for, in worlds simulated alone, in pairs, and all together."""
    asked = {"outcomes_by": ["helbred", "arms", "jobcentres"], "months_from": "praktik", "periods": [4, 20]}
    loaded = Loaded("", busy(**asked), None)  # type: ignore[arg-type]
    together, apart = (replicate([loaded], 3, workers=1, batch=each)[0].replications for each in (3, batch))
    assert digest(together) == digest(apart)
    hazards = [f for f, value in together[0].outcomes.items() if "hazard" in f.outcome and not np.isnan(value)]
    assert len(hazards) > 40


def test_the_arms_differ_by_what_one_of_them_is_given() -> None:
    """A talk a week that makes every exit to a job 1.5 times as likely from the week after the first one on: from week
    2 on the ratio is 1.5, by z < LIMIT of the naive error; other exits are as likely in both."""
    plan = {"arms": ["a"], "team": "team", "channel": "personlig", "every": [{"weeks": 1}]}
    talks = {
        "kind": "samtaler", "channels": {"personlig": {"minutes": 30, "attendance": 1.0}}, "plans": {"p": plan},
        "effects": {"job": 1.5},
    }  # fmt: skip
    scenario = make(
        arms={"a": 1, "b": 1}, periods=[2], intake={"persons": 20_000, "weeks": 1},
        teams={"team": {"fte": 1000, "minutes_per_week": 10_000}},
        exits={"job": {"level": 0.04}, "other": {"level": 0.02}}, interventions={"samtaler": talks},
    )  # fmt: skip
    told = simulate(scenario, [0])[0].outcomes
    for exit_, ratio in (("job", 1.5), ("other", 1.0)):
        found, error = (
            told[Figure(f"{name}_{exit_}", DIFFERENCE, scenario.follow_up)]
            for name in ("log_hazard_ratio", "hazard_error_naive")
        )
        assert abs(found - np.log(ratio)) < LIMIT * error < 0.2, (exit_, np.exp(found))


def test_weeks_on_benefit_count_returns() -> None:
    """The sum of the weekly counts over the persons; more than to the first exit, for half come back."""
    jobs = {"hours": 37, "end_intensity": {0: 0.2}, "returns": 0.5}
    scenario = make(job_spells=jobs, weeks=40, follow_up=30, periods=[13], exits={"job": {"level": 0.1}})
    told = simulate(scenario, [0])[0].outcomes
    for weeks, figure in ((30, Figure("weeks_on_benefit")), (13, Figure("weeks_on_benefit", time=13))):
        counted = sum(told[Figure("on_benefit", time=week)] for week in range(weeks))
        assert told[figure] == pytest.approx(counted / 1000)
    assert told[Figure("weeks_on_benefit")] > told[Figure("weeks_to_exit")] + 1
    employed = sum(told[Figure("employed_share", time=week)] for week in range(13))
    assert told[Figure("weeks_employed", time=13)] == pytest.approx(employed)
    assert told[Figure("weeks_employed", time=30)] == pytest.approx(told[Figure("weeks_employed")])


def test_periods_that_begin_in_other_weeks_are_not_compared() -> None:
    """Both have one that ends with the follow-up and one that ends after 13 weeks; the latter begin apart."""
    one, other = (
        Result(loaded, simulate(loaded.scenario, [0, 1]), 2)
        for loaded in (Loaded("", make(arms={"a": 1, "b": 1}, periods=each), None) for each in ([6, 13], [13]))  # type: ignore[arg-type]
    )
    compared = {each.key.time for each in Comparison(one, other).differences() if "hazard" in each.key.outcome}
    assert compared == {None, 20}


def test_the_share_who_leave_differs_between_jobcentres_by_what_they_differ_in() -> None:
    """Twenty jobcentres of 200: alike, the mean variance is 0 by LIMIT standard errors; and with levels that differ by
    0.3 (on the logarithm) it is that of the shares that their levels give."""
    places, level, sets = {f"j{n}": {} for n in range(20)}, 0.02, 20
    for sd in (0.0, 0.3):
        scenario = make(
            jobcentres=places, outcomes_by=["jobcentres"], intake={"persons": 200, "weeks": 1},
            exits={"job": {"level": level, "jobcentre_sd": sd}},
        )  # fmt: skip
        told = [replication.outcomes for replication in simulate(scenario, range(sets))]
        variance = np.array([each[Figure("variance_of_exit_job")] for each in told])
        levels = level * np.exp(sd * np.random.default_rng(0).normal(size=100_000))
        truth = np.var(1 - np.exp(-20 * levels))
        assert abs(variance.mean() - truth) < LIMIT * variance.std() / sets**0.5, (sd, variance.mean(), truth)
        spread = [each[Figure("spread_of_exit_job")] for each in told]
        assert spread == pytest.approx(np.sqrt(np.maximum(variance, 0)))


def test_shares_of_a_level_are_of_all_jobcentres(made: Any) -> None:
    """How many an interval is of: a level's share of the persons of its arm, or of everybody."""
    names = Names(made[0])
    whole = names.scale(Figure("exit_job", arm_group("a"))).units
    of_level = arm_group("a").among(Group("alle", characteristic="helbred", level="godt"))
    assert names.scale(Figure("exit_job", of_level)).units == pytest.approx(whole / 2)
    assert names.scale(Figure("exit_job", arm_group("a", "ribe"))).units == pytest.approx(whole / 3)
