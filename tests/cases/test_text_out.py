"""Cases of text that goes out: in UTF-8, and what in a name a terminal, a spreadsheet or a figure would carry out."""

from __future__ import annotations

import csv
import io
import json
import os
import pathlib
import subprocess
import sys

import pytest

from simulation.cli import console
from simulation.results.tables.csvs import as_text
from tests.cases.places import ROOT, project, said
from tests.sweeps import write

SIGNS = "Før − efter → 1 ± 2 ► ✓"


@pytest.mark.parametrize("signs", ["cp1252", "ascii"])
def test_output_in_cp1252(signs: str, tmp_path: pathlib.Path) -> None:
    """A pipe gets UTF-8 and exit code 0, whatever the console speaks."""
    path = write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("name: Small", f"name: {SIGNS}"), encoding="utf-8")
    words = [sys.executable, "-m", "simulation.cli", "check", str(path)]
    done = subprocess.run(words, env={**os.environ, "PYTHONIOENCODING": signs}, capture_output=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert SIGNS in done.stdout.decode("utf-8")


def test_a_terminal_that_has_not_all_signs_replaces_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """In its own encoding."""

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    inside = io.BytesIO()
    terminal = Terminal(inside, encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", terminal)
    console.speak_utf8()
    console.say("1 → 2, æøå")
    assert inside.getvalue() == "1 ? 2, æøå\n".encode("cp1252")


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\x9b2J", "\u202e", "\r"])
def test_signs_that_steer_a_terminal_are_shown(sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In file names and whatever else comes from outside; JSON stays JSON."""
    console.say(f"a{sign}b")
    shown = capsys.readouterr().out
    assert sign[0] not in shown and f"\\u{ord(sign[0]):04x}" in shown
    console.say(json.dumps({"name": f"a{sign}b"}, ensure_ascii=False))
    assert json.loads(capsys.readouterr().out) == {"name": f"a{sign}b"}


@pytest.mark.usefixtures("undrawn")
def test_spreadsheet_formula_in_a_name(tmp_path: pathlib.Path) -> None:
    """No cell of any table begins like a formula, unless it is a number; in no table, for no spreadsheet."""
    scenarios = project("spreadsheet-formula-in-a-name", tmp_path)
    done = said("run", scenarios / "formula.yaml", "--out", tmp_path / "out", "--json", "--locale", "da")
    assert done.exit_code == 0, done.output
    folder = pathlib.Path(json.loads(done.stdout)["results_dir"])
    files = [*(folder / "tables").glob("*.csv"), *(folder / "tables-da").glob("*.csv")]
    assert len(files) > 12
    for file in files:
        between = ";" if file.parent.name == "tables-da" else ","
        rows = csv.reader(file.open(encoding="utf-8-sig", newline=""), delimiter=between)
        for cell in (cell for row in rows for cell in row):
            assert as_text(cell) == cell, (file, cell)
    names = (folder / "tables" / "jobcentres.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in names and "'@SUM(1)" in names


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(1)", "\t=1", "\r=1", "-", "+45 12", "=", "-1-1", "--1"])
def test_a_formula_is_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1", "+1.5", "-0,5", "-1e-05", "a=b", "", "'=1", "−1", "praktik", "1-2"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert as_text(text) == text


def test_dollar_signs_in_a_name(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are drawn as they are, wherever the name stands in a figure; also between them what is no formula."""
    from matplotlib.text import Text

    drawn: list[tuple[str, bool]] = []
    draw = Text.draw

    def look(self: Text, *what: object, **named: object) -> None:
        drawn.append((self.get_text(), self.get_parse_math()))
        draw(self, *what, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Text, "draw", look)
    scenarios = project("dollar-signs-in-a-name", tmp_path)
    done = said("run", scenarios / "dollars.yaml", "--out", tmp_path / "out", "--json")
    assert done.exit_code == 0, done.output
    assert any("Pris $5_{x og $6" in text for text, _ in drawn)
    assert not any(parsed for text, parsed in drawn if "$" in text)
