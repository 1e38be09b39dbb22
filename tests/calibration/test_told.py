"""A fit in words: targets by what they are of, and what the model expects of each."""

from __future__ import annotations

import pathlib

from calibration.figures import targets_figure
from calibration.read import read_study
from calibration.told import expected_table, labels_of, sentence
from calibration.validate import fit_of, left_out

TARGETS = pathlib.Path(__file__).resolve().parents[2] / "calibration" / "targets" / "paa_rette_vej_i_job.yaml"


def test_targets_are_told_by_what_they_are_of() -> None:
    """No key, no two alike, and the numbers of the file of fitted values."""
    study = read_study(TARGETS)
    labels, others = labels_of(study), left_out(study)
    names = [labels[figure.name] for figure in others]
    assert len(set(names)) == len(names) and "_" not in "".join(names)
    table = expected_table(study, others)
    assert list(table.index) == names and len(table) == len(fit_of(study).data["targets"])
    figure = next(each for each in others if each.name == "prv_exit_employment_64w_treat")
    assert table.loc[labels[figure.name], "published"] == "7.0"
    told = sentence(study, figure)
    assert told.startswith("Left to a job within 64 weeks, % (participants): published 7.0 where the model expects ")
    assert ("outside" in told) == (not figure.inside(0.95))


def test_the_figure_of_targets_has_their_labels() -> None:
    study = read_study(TARGETS)
    (panel,) = targets_figure(fit_of(study), labels_of(study)).axes
    written = [text.get_text() for text in panel.get_yticklabels()]
    assert written and not any("prv" in text for text in written)
