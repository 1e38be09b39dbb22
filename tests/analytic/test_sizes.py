"""Sizes of effects on the log against closed forms: how far jobcentres, trials and ledige differ, and which way.

Decision rule: LIMIT standard errors of the estimate, fixed seeds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.opening import build
from simulation.week import run
from simulation.world.effects import Effect
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import status_of
from simulation.world.sizes import Size
from simulation.world.spec import Floats
from tests.helpers import LIMIT, make, praktik

MANY = 400
LEVEL = 0.02


def logs(size: dict[str, Any], worlds: int = 1, places: int = MANY, **scenario: Any) -> Floats:
    """The log of the factor in every jobcentre of every world, shape (worlds, jobcentres): one ledig in each."""
    names = {f"j{n}": {} for n in range(places)}
    made = make(jobcentres=names, intake={"persons": 1, "weeks": 1}, **scenario)
    world = build(made, range(worlds))
    effect = Effect(world, "praktik", ("during",), {"job": Size(**size)})
    effect.hold(np.arange(len(world.ledige)))
    by_row = np.log(world.afgang.factor[0])[np.argsort(world.ledige.jobcentre)]
    return np.asarray(by_row.reshape(worlds, places))


def close(values: Floats, mean: float, sd: float) -> None:
    """Mean and sd of independent normal numbers, within LIMIT standard errors."""
    n = values.size
    assert abs(values.mean() - mean) < LIMIT * sd / np.sqrt(n)
    assert abs(values.std(ddof=1) - sd) < LIMIT * sd / np.sqrt(2 * n)


def test_jobcentres_lie_around_their_trial_and_trials_around_the_mean() -> None:
    found = logs({"log": 0.1, "between_trials": 0.3, "between_jobcentres": 0.2}, worlds=MANY, places=50)
    close(found - found.mean(axis=1, keepdims=True), 0.0, 0.2 * np.sqrt(49 / 50))
    close(found.mean(axis=1), 0.1, np.hypot(0.3, 0.2 / np.sqrt(50)))


def test_an_effect_may_turn_its_sign() -> None:
    """Log N(0.1, 0.2²) is below 0 in 30.9 % of jobcentres."""
    below = (logs({"log": 0.1, "between_jobcentres": 0.2}) < 0).mean()
    assert abs(below - 0.3085) < LIMIT * np.sqrt(0.3085 * 0.6915 / MANY)


def test_a_named_jobcentre_has_its_own_and_a_level_adds() -> None:
    levels = {"alder": {"ung": {"share": 0.5}, "gammel": {"share": 0.5}}}
    size = {"log": 0.1, "between_trials": 0.5, "between_jobcentres": 0.5, "jobcentres": {"j7": -0.4}}
    assert logs(size)[0, 7] == pytest.approx(-0.4)
    drawn = {"log": 0.1, "between_jobcentres": 0.3}
    added = logs({**drawn, "levels": {"alder": {"ung": 0.25}}}, subgroups=levels) - logs(drawn, subgroups=levels)
    assert set(np.round(added.ravel(), 9)) == {0.0, 0.25}


def test_ledige_differ_in_what_nobody_sees() -> None:
    close(logs({"log": -0.2, "between_persons": 0.4}), -0.2, 0.4)


def test_the_mean_factor_is_that_of_the_lognormal() -> None:
    size = {"log": 0.1, "between_jobcentres": 0.3, "between_persons": 0.4}
    factors = np.exp(logs(size, worlds=40))
    expected = Size(**size).mean_factor
    assert expected == pytest.approx(np.exp(0.1 + 0.25 / 2))
    sd = expected * np.sqrt(np.exp(0.25) - 1)
    assert abs(factors.mean() - expected) < LIMIT * sd / np.sqrt(factors.size)


def test_between_jobcentres_the_log_hazard_ratio_has_that_sd() -> None:
    """Exits over weeks at risk, so that depletion is allowed for, in 100 jobcentres where everybody is in praktik from
    week 1 on. The sd between jobcentres is what is left after the luck of their numbers of exits."""
    sd, places = 0.3, 100
    scenario = make(
        weeks=40,
        jobcentres={f"j{n}": {} for n in range(places)},
        intake={"persons": 1500, "weeks": 1},
        teams={"team": {"fte": 100, "minutes_per_week": 10_000}},
        exits={"job": {"level": LEVEL}},
        interventions={
            "praktik": praktik(length_weeks=100, during={"job": {"log": 0.2, "between_jobcentres": sd}})
        },
    )
    world = run(scenario, [0])
    status = status_of(world.register.codes)[1:]  # those who were in praktik on the tirsdag
    exits = (status[1:] == GONE) & (status[:-1] == LEDIG)
    place = world.ledige.jobcentre
    events = np.bincount(place, exits.sum(axis=0), minlength=places)
    at_risk = np.bincount(place, (status[:-1] == LEDIG).sum(axis=0), minlength=places)
    rate = -np.log1p(-events / at_risk)
    ratio = np.log(rate / LEVEL)
    luck = np.mean(1 / events)
    between = ratio.var(ddof=1) - luck
    error = (sd**2 + luck) * np.sqrt(2 / (places - 1))
    assert abs(between - sd**2) < LIMIT * error
    assert abs(ratio.mean() - 0.2) < LIMIT * np.sqrt((sd**2 + luck) / places)
