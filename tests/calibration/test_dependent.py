"""What counts as a check of the model: no figure that is fitted itself, in whatever setting."""

from __future__ import annotations

from calibration.dependent import DEPENDENT, independent
from calibration.read import read_study
from simulation.scenario.published import Published
from tasks import FITS
from tests.calibration.test_fit import ROOT

STUDIES = {name: read_study(ROOT / "calibration" / "targets" / f"{name}.yaml") for name in FITS}


def printed(target: Published) -> tuple[object, ...]:
    """What makes two figures the same printed number."""
    return target.outcome, target.group, target.figure, target.page


def test_a_figure_that_is_fitted_anywhere_is_no_check() -> None:
    """By what is printed, of whatever name."""
    fitted = {printed(target) for study in STUDIES.values() for target in study.fit_targets.values()}
    for setting, study in STUDIES.items():
        for part in study.parts:
            for name, target in part.of("validate").items():
                assert printed(target) not in fitted or not independent(setting, name), (setting, name)


def test_what_is_called_dependent_is_there() -> None:
    for setting, name in DEPENDENT:
        assert any(name in part.of("validate") for part in STUDIES[setting].parts), (setting, name)
