"""`import`: the screen, the tables that are written, and what is refused, from outside."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from tests.commands import cli
from tests.processes import LIMIT

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = ROOT / "tests" / "municipal" / "files"
REAL = FILES / "real_y60a02_kontanthjaelp.csv"
STATUS = FILES / "invented_jobindsats_v2_y07b15.json"
DAY = 1_780_000_000
"""When a file was changed last, 28 May 2026."""


@pytest.fixture
def file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A real file in the current folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(REAL, tmp_path / "y60a02.csv")
    os.utime(tmp_path / "y60a02.csv", (DAY, DAY))
    return "y60a02.csv"


SCREEN = """y60a02.csv: Jobindsats, CSV with a semicolon between fields
Table:     Y60A02 (by the name of the file), STAR, Jobindsats, 2026-05-28 (date of the file)
Areas:     Hele landet, Randers
Periods:   8 months, 2021M08 to 2026M07
Measures:  Antal personer [persons]; Antal fuldtidspersoner [full-time persons]; Fuldtidspersoner i
           pct. af arbejdsstyrken 16-66 år [percent]; Fuldtidspersoner i pct. af befolkningen 16-66
           år [percent]
Figures:   32, none missing
Mind:      totals stand among their parts (area): the column totals says in which rows
Mind:      full-time persons, persons are different things: choose by unit
Mind:      the kontanthjælp reform of 1 July 2025 lies within: before and after are not one series
Next:      jobcentersim import y60a02.csv --out imported
"""
SKAERM = """y60a02.csv: Jobindsats, CSV med semikolon mellem felterne
Tabel:     Y60A02 (efter filens navn), STAR, Jobindsats, 2026-05-28 (filens dato)
Områder:   Hele landet, Randers
Perioder:  8 måneder, 2021M08 til 2026M07
"""


def test_the_screen_says_what_a_file_is(file: str) -> None:
    told = cli("import", file)
    assert told.exit_code == 0 and told.stdout == SCREEN
    assert not told.stderr and not pathlib.Path("imported").exists()
    assert cli("import", file, "--lang", "da").stdout.startswith(SKAERM)
    assert all(len(line) <= 100 for line in told.stdout.splitlines())


def test_tables_are_written_and_never_overwritten(file: str) -> None:
    done = cli("import", file, STATUS, "--out", "tidy")
    assert done.exit_code == 0, done.output
    assert "Written to tidy: y60a02_tidy.csv, invented_jobindsats_v2_y07b15_tidy.csv." in done.stdout
    content = pathlib.Path("tidy/y60a02_tidy.csv").read_bytes()
    assert b"\r" not in content and not content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    of_july = [row for row in rows if row["area"] == "Randers" and row["period"] == "2026M07"]
    (row,) = (row for row in of_july if row["unit"] == "persons")
    with REAL.open(encoding="utf-8-sig") as real:
        (line,) = (line for line in real if line.startswith("Randers;2026M07;"))
    assert row["value"] == line.split(";")[2] and row["area_code"] == "730" and row["period_start"] == "2026-07-01"
    assert len(rows) == 32 and row["file"] == "y60a02.csv" and row["publisher"] == "STAR, Jobindsats"

    again = cli("import", file, "--out", "tidy")  # the same, so nothing is lost
    assert again.exit_code == 0 and pathlib.Path("tidy/y60a02_tidy.csv").read_bytes() == content
    pathlib.Path("tidy/y60a02_tidy.csv").write_text("mine\n", encoding="utf-8")
    taken = cli("import", file, "--out", "tidy")
    assert taken.exit_code == 2 and "is there already, with other content" in taken.stderr
    assert pathlib.Path("tidy/y60a02_tidy.csv").read_text(encoding="utf-8") == "mine\n"


def test_a_tidy_table_is_read_again_to_the_same(file: str) -> None:
    cli("import", file, "--out", "one")
    done = cli("import", "one/y60a02_tidy.csv", "--out", "two")
    assert "tidy CSV, as this program writes it" in done.stdout
    assert pathlib.Path("two/y60a02_tidy.csv").read_bytes() == pathlib.Path("one/y60a02_tidy.csv").read_bytes()


def test_the_answer_as_json(file: str) -> None:
    told = json.loads(cli("import", file, STATUS, "--json").stdout)
    first, second = told["files"]
    assert (first["table"], first["figures"], first["missing"]) == ("Y60A02", 32, {})
    assert first["areas"] == ["Hele landet", "Randers"] and first["mind"][0].startswith("totals stand among")
    assert second["missing"] == {"..": 4, "-": 4} and second["groups"]["Arbejdsmarkedsstatus"][0].endswith("i alt")
    assert told["problems"] == [] and told["written"] == []
    refused = cli("import", "none.csv", "--json")
    assert refused.exit_code == 2 and json.loads(refused.stdout)["problems"] == [
        {"severity": "error", "message": "there is no such file", "file": "none.csv", "line": 1, "column": 1}
    ]


def test_one_area_and_one_table(file: str) -> None:
    done = cli("import", file, "--area", "Randers Kommune", "--table", "y60a02")
    assert "Areas:     Randers\n" in done.stdout and "Y60A02 (said by --table)" in done.stdout
    wrong = cli("import", file, "--area", "Rnders")
    assert wrong.exit_code == 2 and "y60a02.csv has no figures of 'Rnders'; did you mean 'Randers'?" in wrong.stderr
    two = cli("import", file, STATUS, "--table", "Y60A02")
    assert two.exit_code == 2 and "--table says which table one file is; there are 2 files" in two.stderr


def test_what_is_wrong_is_told_of_all_files_and_nothing_is_written(file: str) -> None:
    pathlib.Path("bad.csv").write_bytes("Sted;Periode;Køn;Antal\nRanders;2024M01;Mænd;fem\n".encode("cp1252"))
    done = cli("import", file, "bad.csv", "none.csv", "--out", "tidy")
    assert done.exit_code == 2 and done.stdout.startswith("y60a02.csv: ") and "Next:" not in done.stdout
    first, *rest = done.stderr.splitlines()
    assert first == ("bad.csv:1:1: error: no column is called as a column of areas is, but 'Sted' holds names of "
                     "municipalities: say --column area=Sted")  # fmt: skip
    assert rest == ["    1 | Sted;Periode;Køn;Antal", "      | ^", "none.csv:1:1: error: there is no such file",
                    "2 problems. Nothing was written."]  # fmt: skip
    assert not pathlib.Path("tidy").exists()
    said = cli("import", "bad.csv", "--column", "area=Sted")
    assert said.exit_code == 2
    first, *rest = said.stderr.splitlines()
    assert first.startswith("bad.csv:2:22: error: 'fem' is no number (Antal); if it stands for a missing one, say")
    assert rest[:2] == ["    2 | Randers;2024M01;Mænd;fem", "      |                      ^"]
    assert rest[2:] == ["1 problem. Nothing was written."]
    fine = cli("import", "bad.csv", "--column", "area=Sted", "--missing", "fem")
    assert fine.exit_code == 0 and "Figures:   1, of which 1 are missing (1 x 'fem')" in fine.stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--column", "area"], "write ROLE=HEADING, as area=Sted or period=#2 (got 'area')"),
        (["--column", "aera=Sted"], "'aera' is none of area, code, period"),
        (["--column", "aera=Sted"], "did you mean 'area'?"),
        (["--column", "area=Omrade2"], "has no column 'Omrade2'; did you mean 'Område'?"),
        (["--decimal", "dot"], "'dot' is not one of 'comma', 'point'"),
    ],
)  # fmt: skip
def test_options_that_cannot_be(file: str, words: list[str], why: str) -> None:
    done = cli("import", file, *words)
    assert done.exit_code == 2 and why in done.output


def test_two_files_for_one_place_and_nothing_to_write(file: str) -> None:
    pathlib.Path("b").mkdir()
    shutil.copy(file, "b/y60a02.csv")
    done = cli("import", file, "b/y60a02.csv", "--out", "tidy")
    assert done.exit_code == 2 and "another file is to be written to" in done.stderr
    assert not pathlib.Path("tidy").exists()
    description = FILES / "invented_jobindsats_v2_tables.json"
    assert "a description of tables, which holds no figures" in cli("import", description).stdout
    nothing = cli("import", description, "--out", "tidy")
    assert nothing.exit_code == 2 and "there is nothing to write" in nothing.stderr
    pathlib.Path("taken").write_text("", encoding="utf-8")
    assert cli("import", file, "--out", "taken").exit_code == 2


def test_before_and_after_the_reform_are_two_tables(file: str) -> None:
    shutil.copy(file, "y36a02.csv")
    told = cli("import", file, "y36a02.csv").stdout
    assert "Mind:      kontanthjælp before and after the reform of 1 July 2025 stands in two tables" in told


def test_neither_the_engine_nor_pandas_is_loaded() -> None:
    """As quick as reading a file is; and the help of other commands does not load the readers."""
    program = (
        "import sys; from simulation.cli import main\n"
        "assert not [name for name in sys.modules if name.startswith('simulation.municipal')]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        "print([name for name in ('pandas', 'simpy', 'simulation.week', 'simulation.scenario.load')\n"
        "       if name in sys.modules])"
    )
    words = [sys.executable, "-c", program, "import", str(REAL)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=LIMIT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
