"""The log of a ratio of exit rates as the figure that is printed, and mistakes in saying how."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest

from calibration.evidence.printed import PrintedAs
from calibration.evidence.read import read_evidence
from calibration.evidence.schema import Entry
from simulation.scenario.files.problems import InputProblems
from tests.calibration.test_evidence import SMALL, _file


@pytest.mark.parametrize(
    ("scale", "log_ratio", "value"),
    [
        ({"how": "ratio"}, np.log(1.6), 1.6),
        ({"how": "relative"}, np.log(1.46), 0.46),
        ({"how": "share", "base": 0.36}, np.log(2), 1 - 0.64**2),
        ({"how": "difference", "base": 0.36}, np.log(2), 0.64 - 0.64**2),
        ({"how": "risk_ratio", "base": 0.36}, np.log(2), (1 - 0.64**2) / 0.36),
        ({"how": "time", "base": 20}, np.log(2), -10),
        ({"how": "time", "base": 20, "part": 0.5}, np.log(2) / 2, -10),
        ({"how": "relative_time"}, np.log(1.25), -0.2),
    ],
)
def test_a_log_ratio_becomes_the_printed_figure(scale: dict[str, object], log_ratio: float, value: float) -> None:
    """And rises or falls with it throughout, so that intervals are carried by their ends."""
    printed = PrintedAs.model_validate(scale)
    assert printed.value(log_ratio) == pytest.approx(value)
    steps = np.diff([printed.value(at) for at in np.linspace(-2, 2, 41)])
    assert (steps > 0).all() or (steps < 0).all()


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("printed_as: {how: relative}", "by 'printed_as' the estimate says 0.1052"),
        ("printed: [0.2]\n    printed_as: {how: relative}", "by 'printed_as' the estimate says 0.1052"),
        ("printed: [0.6]\n    printed_as: {how: share}", "need a 'base'"),
        ("printed: [0.6]\n    printed_as: {how: share, base: 1.2}", "a share below 1"),
        ("printed: [1.1]\n    printed_as: {how: ratio, base: 0.5}", "others none"),
        ("printed: [1.1]\n    printed_as: {how: ratio, part: 0.5}", "'part' is of times"),
    ],
)
def test_a_printed_figure_must_follow_from_the_estimate(tmp_path: pathlib.Path, printed: str, message: str) -> None:
    with pytest.raises(InputProblems, match=message):
        read_evidence(_file(tmp_path, SMALL.replace("    grade: B", f"    {printed}\n    grade: B")))
    good = SMALL.replace("    grade: B", "    printed: [0.105]\n    printed_as: {how: relative}\n    grade: B")
    assert isinstance(read_evidence(_file(tmp_path, good)).studies["one"], Entry)
