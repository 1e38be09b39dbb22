"""The model as a measuring instrument of talks: against the curve by hand, and back again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from calibration.evidence.instrument import PERSONS, contrast, measured
from calibration.evidence.plans import Curve, Dose, DoseOfStudy, Talks
from calibration.evidence.read import read_evidence
from calibration.synthesised import effects_of

CURVE = Curve(per_month=0.9, mean_life_weeks=6, remote=0.7)
MONTH = 52 / 12


def by_hand(talks: Talks, mean_weeks: float, weeks: int, effect: float) -> tuple[float, float]:
    """Share who have left by the horizon, and mean weeks until then, if a talk counts from the week after it on."""
    count, hazard, staying, spent = 0.0, 0.0, 1.0, 0.0
    kept = math.exp(-1 / CURVE.mean_life_weeks)
    for week in range(1, weeks + 1):
        spent += staying
        month = count * (1 - kept) * MONTH
        hazard += math.exp(effect * (1 - math.exp(-month / CURVE.per_month))) / mean_weeks
        staying = math.exp(-hazard)
        count *= kept
        count += (week in talks.personal) + CURVE.remote * (week in talks.remote)
        if week == weeks:
            break
    return 1 - staying, spent


@pytest.mark.parametrize(
    ("treated", "control"),
    [
        (Talks(personal=[3]), Talks()),
        (Talks(personal=[4, 8, 12, 16, 20, 24], remote=[5, 6, 7, 9, 10]), Talks(personal=[8, 16, 24])),
    ],
)
@pytest.mark.parametrize("effect", [0.4, -0.3])
def test_arms_differ_by_what_the_curve_says(treated: Talks, control: Talks, effect: float) -> None:
    """The same persons with the same luck: of the difference only those tell who leave in one arm and not in the other,
    so its error is far below that of 20,000 persons, 0.01; four of those are allowed."""
    dose = Dose(treated=treated, control=control, mean_weeks=20, outcome="rate", horizon_weeks=30, assumed="nothing")
    left = [by_hand(talks, 20, 30, effect)[0] for talks in (treated, control)]
    expected = math.log(-math.log1p(-left[0])) - math.log(-math.log1p(-left[1]))
    error = 4 * math.sqrt(abs(left[0] - left[1]) / PERSONS) / (1 - left[1]) / -math.log1p(-left[1])
    assert contrast(dose, CURVE, effect) == pytest.approx(expected, abs=error)
    weeks = [by_hand(talks, 20, 30, effect)[1] for talks in (treated, control)]
    by_weeks = contrast(dose.model_copy(update={"outcome": "weeks"}), CURVE, effect)
    assert by_weeks == pytest.approx(math.log(weeks[1] / weeks[0]), abs=error)


def test_the_effect_that_a_result_comes_to_is_found_again() -> None:
    two = Talks(personal=[4, 8])
    dose = Dose(treated=two, control=Talks(), mean_weeks=30, outcome="rate", horizon_weeks=26, assumed="nothing")
    found = measured(dose, CURVE, contrast(dose, CURVE, 0.4), 0.05)
    assert found.effect == pytest.approx(0.4, abs=0.005)
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
