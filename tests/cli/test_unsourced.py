"""A scenario may state no source at all: its numbers count as assumed, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from simulation.cli import main

SCENARIO = """\
version: 2
name: Uden kilder
start: 2026-W01
weeks: 8
follow_up: 8
replications: 2
seed: 1
arms: {alle: 1}
intake: {persons: 20, weeks: 1}
teams: {}
jobcentres: {ribe: {}}
exits: {job: {level: 0.05}}
"""


def test_a_scenario_without_any_source_can_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It loads, `check` finds nothing wrong with it, and `run` stores its results."""
    monkeypatch.chdir(tmp_path)
    Path("bar.yaml").write_text(SCENARIO, encoding="utf-8")
    assert CliRunner().invoke(main, ["check", "bar.yaml"]).exit_code == 0
    said = CliRunner().invoke(main, ["run", "bar.yaml", "--quiet", "--all"])
    assert said.exit_code == 0, said.output
    assert "without a source, taken as assumed" in said.output
