"""A project of one's own for a case: the shipped scenarios and calibration with the files of the case beside them."""

from __future__ import annotations

import pathlib
import shutil

from click.testing import CliRunner, Result

from simulation.cli import main

CASES = pathlib.Path(__file__).parent
ROOT = CASES.parents[1]


def project(case: str, at: pathlib.Path) -> pathlib.Path:
    """Copy the shipped scenarios and calibration below `at`, and the case's files beside the scenarios.

    Returns the folder of the scenarios.
    """
    for folder in ("scenarios", "calibration"):
        shutil.copytree(ROOT / folder, at / folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(CASES / case, at / "scenarios", dirs_exist_ok=True)
    (at / "jobcentersim.yaml").touch()  # the root of all that these files name
    return at / "scenarios"


def said(*words: object) -> Result:
    """What the command answers to these words: `exit_code`, `stdout`, `stderr`, `output` (both)."""
    return CliRunner().invoke(main, [str(word) for word in words])
