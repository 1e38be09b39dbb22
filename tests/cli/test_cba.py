"""`cba` from outside: what it stores and says, any batch and stops, mistakes."""

from __future__ import annotations

import json
import pathlib

import pandas as pd
import pytest

from simulation.experiments.numbered import KeptParts
from tests.commands import cli, ctrl_c_after, tables
from tests.priced import write_priced


def words(folder: pathlib.Path) -> list[object]:
    base, other, prices = write_priced(folder)
    return ["cba", base, other, "--prices", prices, "--draws", 10, "--out", folder / "out"]


def answer(*asked: object) -> dict:
    done = cli(*asked, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What is said in one piece."""
    return answer(*words(tmp_path_factory.mktemp("whole")))


def test_what_is_stored(whole: dict) -> None:
    folder = pathlib.Path(whole["results_dir"])
    stored = pd.read_csv(folder / "tables" / "cba.csv")
    public = stored[(stored["account"] == "public") & (stored["year"] == "all")]["kr"].item()
    assert public == pytest.approx(whole["net"]["Two more"]["public"][-1]["value"], rel=1e-6) and public < 0
    of_public = [row for row in whole["budget"]["rows"] if (row["account"], row["line"]) == ("public", "until")]
    assert [row["year"] for row in of_public] == ["2027", "2028", "2029", "2030"]
    assert of_public[1]["kr"] == pytest.approx(public) and of_public[2]["kr"] is None
    assert {row["account"] for row in whole["sure"]["payers"]} == {"stat", "kommune", "public", "borger", "society"}
    meanings = json.loads((folder / "tables" / "schema.json").read_text(encoding="utf-8"))["columns"]
    for file in (folder / "tables").glob("*.csv"):
        assert file.stem in ("parameters", "changes") or not set(pd.read_csv(file).columns) - set(meanings), file
    drawn = {file.stem for file in (folder / "figures").glob("*.png")}
    assert {"net", "plane", "acceptability"} <= drawn and (folder / "inputs" / "of_prices" / "prices.yaml").exists()


def test_any_batch_stop_and_verify(tmp_path: pathlib.Path, whole: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130; `resume` goes on from there by the prices that were kept, to the same; `verify` finds it so."""
    asked = words(tmp_path)
    with ctrl_c_after(5, KeptParts, monkeypatch):  # two are the first ones, before there is a folder
        stopped = cli(*asked, "--batch", 1)
    assert stopped.exit_code == 130 and "3 of 48 replications are finished and kept" in stopped.stderr
    (tmp_path / "prices.yaml").unlink()
    (unfinished,) = (tmp_path / "out" / "small--other").iterdir()
    found = answer("resume", unfinished)
    assert found["resumed"] == 3 and tables(found) == tables(whole) and found["fingerprint"] == whole["fingerprint"]
    verified = json.loads(cli("verify", found["results_dir"], "--json").stdout)
    assert verified["ok"] and verified["tables_again"] == 9 and verified["replications_again"] == [0, 2, 3]
    assert cli("extend", found["results_dir"], "--replications", "+5").exit_code == 2
    made = cli("report", found["results_dir"], "--lang", "da")
    names = [pathlib.Path(line).name for line in made.stdout.splitlines()]
    assert made.exit_code == 0 and names == ["report.da.html", "report.da.xlsx"]
    assert json.loads(cli("verify", found["results_dir"], "--json").stdout)["ok"]


def test_the_screen(tmp_path: pathlib.Path) -> None:
    asked = words(tmp_path)
    asked[5:7] = ["--replications", 2]
    shown = cli(*asked).stdout
    assert shown.count("\n") <= 15 and "Municipality" in shown and "2027" in shown
    assert "Kommune" in cli(*asked, "--lang", "da").stdout


def test_mistakes_are_told_all_at_once(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_priced(tmp_path)
    prices.write_text(prices.read_text().replace("value: 1000.0,", "value: -1000.0,"))
    given = ["--perspective", "komune", "--staff", "many", "--trial", "two", "--notice", 3]
    done = cli("cba", base, other, base, "--prices", prices, *given, "--out", tmp_path / "out")
    assert done.exit_code == 2 and not (tmp_path / "out").exists()
    for problem in ("--perspective komune: error: 'komune' is none; did you mean 'kommune'?", "--staff many",
                    "--trial two: error: write sizes", "goes with --staff notice", "prices.yaml:", "nothing differs"):
        assert problem in done.stderr, done.stderr


def test_a_price_that_is_not_there(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_priced(tmp_path)
    prices.write_text(prices.read_text().replace("dagpenge: {", "dagpeng: {"))
    done = cli("cba", base, other, "--prices", prices, "--out", tmp_path / "out")
    assert done.exit_code == 2 and "there is no price of benefit dagpenge" in done.stderr
    assert "prices.yaml:15:" in done.stderr and "did you mean 'dagpeng'?" in done.stderr
