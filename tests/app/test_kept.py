"""Report and workbook of an own scenario, made by the command line in a process of its own."""

from __future__ import annotations

import pathlib
import time

import pytest

from simulation.app.kept import Making, extends_of, overlay, save
from simulation.scenario.load import load
from tests.app.world import write

pytestmark = pytest.mark.slow


def whole(making: Making) -> Making:
    until = time.monotonic() + 300
    while making.working and time.monotonic() < until:
        making.look()
        time.sleep(0.1)
    return making


def test_a_report_of_an_own_scenario(tmp_path: pathlib.Path) -> None:
    """Also where the folder has a module of a name that the program imports; what is wrong is told; the same design
    again is the same result."""
    (tmp_path / "below").mkdir()
    base = load(write(tmp_path / "below"))
    (tmp_path / "numpy.py").write_text("raise SystemExit('not mine')\n", encoding="utf-8")
    written = extends_of(base.file, tmp_path)
    assert written == "below/small.yaml"
    change = {"teams.team.fte": {"value": 0.6, "kind": "assumed", "source": "what-if"}}
    file = save(tmp_path, "Own", overlay(base, written, "Own", change))
    making = whole(Making(tmp_path, base.file, file, 2, 1, "da"))
    assert making.made is not None, making.fault
    assert {each.name for each in making.made.files} == {"report.da.html", "report.da.xlsx"}
    assert all(each.is_file() and each.is_relative_to(tmp_path / "results") for each in making.made.files)
    same = whole(Making(tmp_path, base.file, file, 2, 1, "da"))
    assert same.made == making.made
    file.write_text("version: 2\nextends: below/small.yaml\nteems: {}\n", encoding="utf-8")
    wrong = whole(Making(tmp_path, base.file, file, 2, 1, "da"))
    assert wrong.made is None and "did you mean 'teams'" in wrong.fault


def test_one_that_is_closed_ends(tmp_path: pathlib.Path) -> None:
    base = load(write(tmp_path))
    file = save(tmp_path, "Own", overlay(base, "small.yaml", "Own", {"teams.team.fte": 0.6}))
    making = Making(tmp_path, base.file, file, 2000, 1, "en")
    making.close()
    assert making._process.wait(30) != 0
