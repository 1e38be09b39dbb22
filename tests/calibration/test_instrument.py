"""The model as a measuring instrument of talks: against the engine, and back again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from calibration.evidence.instrument import contrast, left_and_weeks, measured
from calibration.evidence.plans import Curve, Dose, DoseOfStudy, Talks
from calibration.evidence.read import read_evidence
from calibration.synthesised import effects_of
from simulation.results.groups import ALLE
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure
from simulation.scenario.schema import Scenario
from tests.helpers import LIMIT, SMALL

CURVE = Curve(per_month=0.9, mean_life_weeks=6, remote=0.7)
PERSONS = 20_000


def simulated(talks: Talks, mean_weeks: float, weeks: int, effect: float) -> tuple[float, float]:
    """The same by the engine: one arm of a study as a scenario."""
    held = sorted([(week, "personlig") for week in talks.personal] + [(week, "telefon") for week in talks.remote])
    talks_of_arm = {
        "kind": "samtaler",
        "channels": {
            "personlig": {"minutes": 1, "attendance": 1},
            "telefon": {"minutes": 1, "attendance": 1, "effect": CURVE.remote},
        },
        "plans": {
            "plan": {
                "arms": ["alle"], "team": "team", "channel": "personlig",
                "talks": [{"week": week, "channel": channel} for week, channel in held],
            }
        },
        "dose": {
            "exits": {"job": {"log": effect}}, "per_month": CURVE.per_month, "mean_life_weeks": CURVE.mean_life_weeks
        },
    }  # fmt: skip
    scenario = Scenario.model_validate({
        **SMALL, "weeks": weeks + 1, "follow_up": weeks, "intake": {"persons": PERSONS, "weeks": 1},
        "teams": {"team": {"fte": 10, "minutes_per_week": PERSONS}}, "exits": {"job": {"level": 1 / mean_weeks}},
        "interventions": {"samtaler": talks_of_arm} if held else {},
    })  # fmt: skip
    (replication,) = simulate(scenario, [0])
    left, mean = (replication.outcomes[Figure(name, ALLE)] for name in ("exit_any", "weeks_to_exit"))
    return float(left), float(mean)


@pytest.mark.parametrize(
    "talks",
    [Talks(), Talks(personal=[3]), Talks(personal=[4, 8, 12, 16, 20, 24], remote=[5, 6, 7, 9, 10])],
)
@pytest.mark.parametrize("effect", [0.8, -0.6])
def test_an_arm_is_what_the_engine_simulates(talks: Talks, effect: float) -> None:
    """Share and mean weeks of 20,000 persons, |z| < 4 each; an effect 0.1 lower would be seen where there are talks."""
    left, weeks = left_and_weeks(talks, CURVE, effect, 20, 30)
    found, mean = simulated(talks, 20, 30, effect)
    assert abs(found - left) < LIMIT * math.sqrt(left * (1 - left) / PERSONS)
    assert abs(mean - weeks) < LIMIT * 11 / math.sqrt(PERSONS)  # of 30 weeks at most, an sd below 11


def test_without_talks_it_is_the_exponential() -> None:
    left, weeks = left_and_weeks(Talks(), CURVE, 1.0, 20, 30)
    assert left == pytest.approx(1 - math.exp(-30 / 20))
    assert weeks == pytest.approx((1 - math.exp(-30 / 20)) / math.tanh(1 / 40) / 2)  # trapezoids of a geometric series
    dose = Dose(treated=Talks(), control=Talks(), mean_weeks=20, outcome="weeks", horizon_weeks=30, assumed="nothing")
    assert contrast(dose, CURVE, 1.0) == 0


def test_the_effect_that_a_result_comes_to_is_found_again() -> None:
    two = Talks(personal=[4, 8])
    dose = Dose(treated=two, control=Talks(), mean_weeks=30, outcome="rate", horizon_weeks=26, assumed="nothing")
    found = measured(dose, CURVE, contrast(dose, CURVE, 0.4), 0.05)
    assert found.effect == pytest.approx(0.4, abs=1e-6)
    steeper = measured(dose, CURVE, contrast(dose, CURVE, 0.4), 0.1)
    assert steeper.error == pytest.approx(2 * found.error)
    assert found.error > 0.05, "a study with two talks says less of ever more of them"
    with pytest.raises(ValueError, match="no effect of talks between"):
        measured(dose, CURVE, 2.0, 0.1)


def test_fewer_cases_and_more_talks_together_come_out_as_in_the_french_trial() -> None:
    """An elasticity of -0.13 to -0.27 with talks is put in nowhere: that plan (a third of the cases, weekly contact) is
    run with what all studies say of talks, and with the elasticity beyond them. The trial is one of those studies."""
    file = read_evidence()
    plan = file.doses["FROPP-01"]
    assert isinstance(plan, DoseOfStudy)
    known = {(e.name, e.destination, e.group): e.posterior.mu.mean for e in effects_of(file)}
    beyond = known["caseload_beyond_talks", "work", "unemployed"]
    for group in ("all", "poor_early"):
        elasticity = contrast(plan, file.curve, known["talk_dose", "work", group]) / math.log(1 / 3) + beyond
        assert -0.27 < elasticity < -0.13, group


def test_every_dose_is_of_a_study_whose_estimate_it_explains() -> None:
    file = read_evidence()
    effects = [effect for effect in effects_of(file) if effect.mechanism.measured]
    found = {key: entry for effect in effects for key, entry in effect.studies.items()}
    assert set(found) == set(file.doses)
    for key, dose in file.doses.items():
        effect, printed = found[key].estimate, dose.estimate or file.studies[key].estimate
        assert effect is not None
        assert contrast(dose, file.curve, effect) == pytest.approx(printed, abs=0.002), key
    assert np.sign(found["FROPP-01"].estimate or 0) == 1
