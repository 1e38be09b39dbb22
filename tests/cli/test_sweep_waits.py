"""A level of service on waits: of everybody, never of those who were served alone."""

from __future__ import annotations

import pathlib

import pytest
from click.testing import CliRunner

from simulation.cli import main
from tests.sweeps import write

STAFF = ["--over", "teams.team.fte=0.5,1,2", "--set", "teams.team.caseload_limit=1", "--replications", "10"]


def swept(folder: pathlib.Path, service: str) -> tuple[int, str]:
    words = ["sweep", str(write(folder)), *STAFF, "--service", service, "--all", "--out", str(folder / "out")]
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.output


@pytest.mark.usefixtures("undrawn")
def test_staff_with_whom_nobody_has_a_talk_is_not_best(tmp_path: pathlib.Path) -> None:
    """Half a caseworker at one case each takes nobody: that is no short wait, and the most staff comes nearest."""
    for wait in ("wait_caseworker", "wait_first_talk"):
        code, text = swept(tmp_path, f"{wait}_all<=3")
        assert code == 0, text
        assert "none meets it. Best: 2 (" in text
        code, text = swept(tmp_path, f"{wait}_unserved<=0.5")
        assert code == 0 and "none meets it. Best: 2 (" in text


@pytest.mark.parametrize("wait", ["wait_caseworker", "wait_first_talk"])
@pytest.mark.parametrize("level", ["<=3", ">=1"])
def test_a_service_level_on_the_wait_of_the_served_is_refused(wait: str, level: str, tmp_path: pathlib.Path) -> None:
    code, text = swept(tmp_path, wait + level)
    assert code == 2 and "Nothing was run" in text
    assert f"{wait} is a mean of those who were served" in text
    assert f"ask for {wait}_all, the wait of everybody, or {wait}_unserved, the share not served" in text


def test_so_is_that_for_a_place(tmp_path: pathlib.Path) -> None:
    """In a file, at its place, by either name of an intervention's outcome."""
    praktik = (
        "  praktik:\n    kind: praktik\n    referral: {alle: {ready_week: 0, weekly: 1}}\n    places: 1\n"
        "    matches_per_week: 1\n    length_weeks: 8\n"
    )
    for wait in ("praktik_wait", "praktik.wait", "wait_praktik"):
        service = f"  service: {{outcome: {wait}, at_most: 2, staff: teams.team.fte}}\n"
        path = write(tmp_path, f"{praktik}sweep:\n  over: {{teams.team.fte: [1, 2]}}\n{service}")
        done = CliRunner().invoke(main, ["check", str(path)])
        assert done.exit_code == 2 and f"error: sweep.service: {wait} is a mean of those who were served" in done.output
