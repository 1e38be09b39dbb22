"""What a results folder keeps of draws: all uncertainty is found again, without simulating anything."""

from __future__ import annotations

import pathlib

import pytest

from simulation.cli.report import _material as reopened
from simulation.experiments import at_draws, replicate, sweep
from simulation.results.tables.csvs import csv_text
from tests.cli.test_uncertain import asked
from tests.commands import answer, cli

pytestmark = pytest.mark.usefixtures("undrawn")


def nothing(*_: object) -> None:
    raise AssertionError("something is simulated")


@pytest.mark.parametrize("command", ["run", "compare", "sweep"])
def test_all_uncertainty_is_found_again(
    command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tables come out to the byte, from a folder that was moved; so does the report; the draws are sealed."""
    made = pathlib.Path(answer(*asked(command, tmp_path), "--out", tmp_path / "out")["results_dir"])
    folder = made.rename(tmp_path / "moved")
    for module in (at_draws, replicate, sweep):
        monkeypatch.setattr(module, "carry_out", nothing)
    material = reopened(folder)
    under = material.under if material.ran is None else material.ran.under
    assert under is not None
    for name, frame in under.tables().items():
        assert csv_text(frame) == (folder / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    assert cli("report", folder, "--html").exit_code == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "was drawn 10 times" in page and "--uncertain --draws 10" in page
    (kept,) = list((folder / "draws").glob("*-every-*"))[:1]
    kept.rename(kept.with_name(kept.name.replace("-every-", "-none-")))
    assert cli("report", folder).exit_code == 2


def test_a_run_that_was_held_against_its_base_is_found_again(tmp_path: pathlib.Path) -> None:
    """With the base beside it, and with its fitted parameters' draws where these were asked for."""
    _, _, other, *_ = asked("compare", tmp_path)
    folder = pathlib.Path(answer("run", other, "--replications", 2, "--out", tmp_path / "out")["results_dir"])
    material = reopened(folder)
    assert material.ran is not None and material.ran.base is not None
    for name, frame in material.ran.tables().items():
        assert csv_text(frame) == (folder / "tables" / f"{name}.csv").read_text(encoding="utf-8")
