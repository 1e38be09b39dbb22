"""What docs/cba.md shows of one-off costs can be written so, and is priced so; and its first screen."""

from __future__ import annotations

import pathlib
import re

import pytest

from simulation import cba, load
from tests.docs import screens

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "cba.md").read_text(encoding="utf-8")
COUNTED, PRICED = re.findall(r"```yaml\n(.*?)```", PAGE.split("### One-off costs")[1], re.DOTALL)
BASE = "shipped/friheden/loven"


def test_one_off_costs_of_the_page(tmp_path: pathlib.Path) -> None:
    """One system and twelve courses, in the year of their weeks, and nothing else."""
    mine, prices = tmp_path / "mine.yaml", tmp_path / "prices.yaml"
    mine.write_text(f"version: 2\nextends: {BASE}\nname: With a system\n{COUNTED}", encoding="utf-8")
    prices.write_text(f"version: 1\nname: Ours\nextends: shipped/dk_2025\n{PRICED}", encoding="utf-8")
    found = cba(load(BASE), load(mine), prices=str(prices), replications=1)
    (block, *_) = found.budget.blocks
    once = [part.value for part in block.kroner["kommune"]["once"]]
    assert once[:3] == [0, -(400_000 + 12 * 8_000), 0]
    assert set(block.kroner["kommune"]) == {"once", "net", "until"} and "kr" in found.answer()
    assert found.against[0].net["society"][-1].value == sum(once[:3])


@pytest.mark.slow
def test_the_first_screen_of_the_page_is_what_the_program_shows(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the line that names the folder."""
    monkeypatch.chdir(ROOT)
    command, screen = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)[:2]
    shown = screens.shown_by(command.strip(), str(tmp_path)).splitlines()
    assert [line for line in shown if not line.startswith("Results:")] == screen.splitlines()
