"""`--until-halfwidth` of run and compare: as many replications as it takes, and the results of a run of so many."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import pytest

from simulation.experiments.kept import Kept
from simulation.experiments.precise import BLOCK, FIRST
from simulation.report.precise import roughly
from simulation.results.intervals import estimates
from tests.commands import answer, cli, ctrl_c_after, tables
from tests.sweeps import write

UNTIL = ["--until-halfwidth", "1.3pp", "--of", "talk_share"]


def two(folder: pathlib.Path) -> list[pathlib.Path]:
    other = folder / "other.yaml"
    other.write_text("extends: small.yaml\nname: Other\nteams: {team: {fte: 1}}\n", encoding="utf-8")
    return [write(folder), other]


@pytest.mark.usefixtures("undrawn")
def test_a_run_until_it_is_precise(tmp_path: pathlib.Path) -> None:
    """Enough, and not a block earlier; to the last byte the tables of a run of that number, in its folder."""
    path = write(tmp_path)
    found = answer("run", path, *UNTIL, "--out", tmp_path / "a")
    number, reached = found["replications"], found["precision"]["reached"]
    assert number > FIRST and (number - FIRST) % BLOCK == 0 and reached <= 0.013 and found["precision"]["enough"]
    plain = answer("run", path, "--replications", number, "--out", tmp_path / "b")
    assert tables(found) == tables(plain) and found["fingerprint"] == plain["fingerprint"]
    assert found["results_dir"].endswith(plain["fingerprint"])
    (row,) = (r for r in found["outcomes"] if (r["outcome"], r["group"], r["week"]) == ("talk_share", "alle", None))
    assert reached == pytest.approx(max(row["high"] - row["value"], row["value"] - row["low"]))
    few = cli("run", path, *UNTIL, "--most", number - BLOCK, "--out", tmp_path / "c", "--json")
    before = json.loads(few.stdout)["precision"]
    assert few.exit_code == 6 and before["reached"] > 0.013 and not before["enough"]
    wanted = (number - BLOCK) * (before["reached"] / 0.013) ** 2
    assert 0 < before["further_replications"] == int(np.ceil(wanted)) - (number - BLOCK) <= 3 * BLOCK
    assert found["precision"]["further_replications"] == 0


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_it_is_the_same_by_any_workers_and_can_be_extended(tmp_path: pathlib.Path) -> None:
    path = write(tmp_path)
    found = answer("run", path, *UNTIL, "--out", tmp_path / "a")
    number = found["replications"]
    again = answer("run", path, *UNTIL, "--workers", 2, "--batch", 3, "--out", tmp_path / "d")
    assert tables(again) == tables(found)
    more = cli("extend", found["results_dir"], "--replications", "+10", "--json")
    assert json.loads(more.stdout)["replications"] == number + 10
    assert cli("verify", found["results_dir"]).exit_code == 0


@pytest.mark.usefixtures("undrawn")
def test_a_comparison_until_its_difference_is_precise(tmp_path: pathlib.Path) -> None:
    found = answer("compare", *two(tmp_path), "--until-halfwidth", "0.05", "--of", "wait_first_talk_all",
                   "--out", tmp_path)  # fmt: skip
    rows = [row for row in found["outcomes"]
            if (row["outcome"], row["group"], row["week"]) == ("wait_first_talk_all", "alle", None)]  # fmt: skip
    half = max(rows[0]["high"] - rows[0]["difference"], rows[0]["difference"] - rows[0]["low"])
    assert found["precision"]["reached"] == pytest.approx(half) and half <= 0.05 and found["replications"] > FIRST


@pytest.mark.usefixtures("undrawn")
def test_it_goes_on_where_it_was_stopped(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = write(tmp_path), tmp_path / "out"
    whole = answer("run", path, *UNTIL, "--out", tmp_path / "whole")
    with ctrl_c_after(2, Kept, monkeypatch):
        stopped = cli("run", path, *UNTIL, "--out", out)
    assert stopped.exit_code == 130 and "replications are finished and kept" in stopped.stderr
    (unfinished,) = (out / "small").iterdir()
    resumed = cli("resume", unfinished, "--json")
    assert resumed.exit_code == 0, resumed.output
    assert json.loads(resumed.stdout)["resumed"] > 0 and tables(json.loads(resumed.stdout)) == tables(whole)
    assert [folder.name for folder in (out / "small").iterdir()] == [whole["fingerprint"]]


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("language", "words"), [("en", "covers a little less than 95 %"), ("da", "dækker lidt under")])
def test_the_first_screen_says_it(tmp_path: pathlib.Path, language: str, words: str) -> None:
    done = cli("compare", *two(tmp_path), *UNTIL, "--lang", language, "--out", tmp_path)
    assert words in " ".join(done.stdout.split()) and len(done.stdout.splitlines()) <= 15
    full = cli("run", tmp_path / "small.yaml", *UNTIL, "--most", "20", "--all", "--lang", language, "--out", tmp_path)
    assert full.exit_code == 6
    assert ("is not reached; it takes about" if language == "en" else "er ikke nået; det kræver omkring") in full.stdout
    never = ("--until-halfwidth", "0.1pp", "--of", "talk_share", "--most", "20", "--lang", language)
    first = cli("compare", *two(tmp_path), *never, "--out", tmp_path)
    assert first.exit_code == 6 and len(first.stdout.splitlines()) <= 15, first.stdout


def test_how_many_more_is_told_roughly() -> None:
    assert [roughly(n) for n in (7, 23, 480, 481, 7897)] == [7, 23, 480, 490, 7900]


def test_mistakes_are_told_at_once(tmp_path: pathlib.Path) -> None:
    path, out = write(tmp_path), tmp_path / "out"
    done = cli("run", path, "--until-halfwidth", "0.5", "--of", "exit_jobb", "--most", "5", "--replications", "5",
               "--dry-run", "--out", out)  # fmt: skip
    assert done.exit_code == 2 and "4 problems. Nothing was run." in done.stderr and not out.exists()
    for words, message in (
        (["--of", "exit_job"], "goes with --until-halfwidth"),
        (["--until-halfwidth", "1pp"], "say of which outcome"),
        (["--until-halfwidth", "1", "--of", "exit_job"], "write 1pp, percentage points"),
        (["--until-halfwidth", "abc", "--of", "exit_job"], "write 0.5pp, percentage points"),
        (["--until-halfwidth", "0", "--of", "exit_job"], "write 0.5pp, percentage points"),
        (["--until-halfwidth", "1pp", "--of", "exit_job:nobody"], "there is no group 'nobody'; there is alle, team:"),
        (["--until-halfwidth", "1pp", "--of", "caseload"], "caseload is no share: write a plain number"),
        (["--until-halfwidth", "0,5", "--of", "caseload"], "use a decimal point: 0.5"),
    ):
        done = cli("run", path, *words, "--out", out)
        assert done.exit_code == 2 and message in done.stderr and not out.exists()


@pytest.mark.slow
@pytest.mark.parametrize("needed", [25, 40, 80, 150])
def test_how_much_less_it_covers(needed: int) -> None:
    """Of a normal figure, by the interval of the program. Decision rule: of 2,000 sets at least 92.5 % cover
    (docs/best.md says 94; a standard error is half a point)."""
    luck, wide = np.random.default_rng(needed), 1.96 / np.sqrt(needed)
    values = luck.standard_normal((2000, 400))
    open_sets, covered = np.arange(2000), 0
    for n in range(FIRST, 401, BLOCK):
        found = estimates(values[open_sets, :n], [(-np.inf, np.inf, np.nan, np.nan)] * len(open_sets))  # type: ignore[list-item]
        halves = np.array([max(e.high - e.value, e.value - e.low) for e in found])
        ends = (halves <= wide) | (n == 400)
        covered += sum(e.low <= 0 <= e.high for e, end in zip(found, ends, strict=True) if end)
        open_sets = open_sets[~ends]
    assert covered >= 1850
