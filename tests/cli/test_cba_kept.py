"""Quantities of `cba` that were counted before: found by other questions, the same by any workers, kills and stops."""

from __future__ import annotations

import json
import pathlib
import shutil
import signal
import subprocess
import sys

import pandas as pd
import pytest

from simulation.economy.cba import running
from simulation.experiments.numbered import KeptParts
from tests.commands import answer, cli, ctrl_c_after, tables
from tests.killing import environment
from tests.priced import write_priced
from tests.processes import started, wait_until

ASKED = ("--draws", 10, "--tornado", 2)
IN_ALL = 2 * (4 + 10 * 2 + 2 * 2)
"""Replications of both scenarios: as written, two of each draw, and two at both ends of the one number that moves."""


def words(folder: pathlib.Path, *more: object) -> list[object]:
    base, other, prices = write_priced(folder)
    return ["cba", base, other, "--prices", prices, *ASKED, "--out", folder / "out", *more]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Where the whole is, in one piece."""
    return tmp_path_factory.mktemp("whole")


@pytest.fixture(scope="module")
def whole(place: pathlib.Path) -> dict:
    return answer(*words(place))


@pytest.fixture(autouse=True)
def without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the whole, which is there before."""
    monkeypatch.setattr("simulation.report.economy.figures.draw_cba", lambda *_: None)


def test_other_questions_about_the_same_simulate_nothing_anew(
    whole: dict, place: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Perspective, kroner of another year, staff in another way: the same tables as where nothing was there before."""
    shutil.copytree(place, tmp_path / "copy")
    asked = ["--perspective", "kommune", "--staff", "margin"]
    alone = answer(*words(_new(tmp_path / "alone"), *asked))
    monkeypatch.setattr(running, "run_batch", None)
    found = answer(*words(tmp_path / "copy", *asked))
    assert whole["resumed"] == alone["resumed"] == 0 and found["resumed"] == IN_ALL
    assert found["fingerprint"] != whole["fingerprint"]
    assert _figures(found) == _figures(alone) != _figures(whole)
    shown = cli(*words(tmp_path / "copy", *asked)).stdout
    assert f"{IN_ALL} replications were there from an earlier call" in " ".join(shown.split())


@pytest.mark.slow
def test_more_draws_and_replications_take_what_is_there(
    whole: dict, place: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    """Draws take turns among replications: of more, some draws have others than before."""
    shutil.copytree(place, tmp_path / "copy")
    more = answer(*words(tmp_path / "copy", "--draws", 14))
    assert more["resumed"] == IN_ALL and more["draws"] == 14
    longer = answer(*words(tmp_path / "copy", "--replications", 6))
    assert longer["replications"] == 6 and 2 * (4 + 4) <= longer["resumed"] < IN_ALL
    assert _figures(longer) == _figures(answer(*words(_new(tmp_path / "alone"), "--replications", 6)))


@pytest.mark.slow
def test_staff_with_notice_is_counted_by_itself(whole: dict, place: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """What is paid to those given notice depends on the weeks, and on the staff of the base."""
    shutil.copytree(place, tmp_path / "copy")
    notice = ["--staff", "notice", "--notice"]
    assert [answer(*words(tmp_path / "copy", *notice, weeks))["resumed"] for weeks in (3, 5, 3)] == [0, 0, IN_ALL]


@pytest.mark.slow
def test_another_scenario_takes_what_there_is_of_the_base(
    whole: dict, place: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    shutil.copytree(place, tmp_path / "copy")
    asked = words(tmp_path / "copy")
    third = tmp_path / "copy" / "third.yaml"
    third.write_text(asked[2].read_text().replace("fte: 3", "fte: 2"))  # type: ignore[attr-defined]
    asked[2] = third
    found = answer(*asked)
    assert found["resumed"] == IN_ALL // 2 and found["fingerprint"] != whole["fingerprint"]


@pytest.mark.parametrize("how", [
    ("--workers", 2, "--batch", 3), pytest.param(("--workers", 2), marks=pytest.mark.slow),
    pytest.param(("--batch", 1), marks=pytest.mark.slow),
])  # fmt: skip
def test_any_workers_and_batch(whole: dict, tmp_path: pathlib.Path, how: tuple[object, ...]) -> None:
    assert tables(answer(*words(tmp_path, *how))) == tables(whole)


def test_a_stop_in_the_tornado_verify_and_report(
    whole: dict, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ctrl_c_after(2 + IN_ALL - 3, KeptParts, monkeypatch):  # two are the first ones, before there is a folder
        stopped = cli(*words(tmp_path, "--batch", 1))
    assert stopped.exit_code == 130 and f"{IN_ALL - 3} of {IN_ALL} replications are finished" in stopped.stderr
    (unfinished,) = (tmp_path / "out" / "small--other").iterdir()
    found = answer("resume", unfinished)
    assert found["resumed"] == IN_ALL - 3 and tables(found) == tables(whole)
    seen: list[object] = []
    simulate = running.run_batch
    monkeypatch.setattr(running, "run_batch", lambda *what: seen.append(what) or simulate(*what))
    assert cli("report", found["results_dir"]).exit_code == 0 and not seen
    verified = answer("verify", found["results_dir"])
    assert verified["ok"] and verified["tables_again"] >= 6 and len(seen) == 2 + 3


def test_a_stop_in_the_first_replication_leaves_nothing(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ctrl_c_after(1, KeptParts, monkeypatch):
        stopped = cli(*words(tmp_path))
    assert stopped.exit_code == 130 and "Nothing is kept; run the same command again." in stopped.stderr
    assert not (tmp_path / "out").exists()


def test_verify_finds_a_number_of_a_draw_that_came_out_otherwise(
    whole: dict, place: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that simulates otherwise at the low end of the exits alone."""
    counted = running.quantities_of

    def otherwise(scenario: object, *rest: object, **more: object) -> object:
        found = counted(scenario, *rest, **more)  # type: ignore[arg-type]
        if scenario.exits["job"].level < 0.031:  # type: ignore[attr-defined]
            found.of[next(iter(found.of))][0] += 1  # type: ignore[index]
        return found

    monkeypatch.setattr(running, "quantities_of", otherwise)
    done = cli("verify", whole["results_dir"], "--replications", 40)
    assert done.exit_code == 1
    assert "low end of number 1 that is moved: replications 0, 1 came out otherwise" in done.stdout


def test_what_is_stored_of_the_tornado(whole: dict) -> None:
    folder = pathlib.Path(whole["results_dir"])
    stored = pd.read_csv(folder / "tables" / "tornado.csv")
    assert list(stored["unknown"]) == [row["unknown"] for row in whole["tornado"]] and len(stored) == 2
    assert list(stored["span"]) == sorted(stored["span"], reverse=True)
    for end in ("low", "high"):
        moved = stored[f"{end}_value"] - stored["as_written"]
        assert list(moved) == pytest.approx(list(stored[f"{end}_change"]), abs=0.02)
        assert (stored[f"{end}_value_low"] <= stored[f"{end}_value"]).all()
    assert (folder / "figures" / "tornado.png").exists()
    meanings = json.loads((folder / "tables" / "schema.json").read_text(encoding="utf-8"))["columns"]
    assert not set(stored.columns) - set(meanings)


def test_a_price_that_only_later_replications_need(
    whole: dict, place: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told with what is kept; with the price nothing is simulated anew."""
    asked = words(tmp_path)
    prices = tmp_path / "prices.yaml"
    text = prices.read_text()
    prices.write_text(text.replace("    any: {price", "    others: {price"))
    with monkeypatch.context() as patched:
        patched.setattr("simulation.economy.cba.asked.check_prices", lambda plan, first: None)
        done = cli(*asked)
    assert done.exit_code == 2 and "there is no price of staff team" in done.stderr
    assert "All replications are kept in " in done.stderr and "none is simulated anew" in done.stderr
    prices.write_text(text)
    found = answer(*asked)
    assert found["resumed"] == IN_ALL and tables(found) == tables(whole)


def test_the_same_scenario_twice(tmp_path: pathlib.Path) -> None:
    asked = words(tmp_path)
    done = cli(*asked[:3], asked[2], *asked[3:])
    assert done.exit_code == 2 and "nothing differs between" in done.stderr and not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9")
def test_killed_and_begun_again(tmp_path: pathlib.Path, whole: dict, workers: int) -> None:
    asked = words(tmp_path, "--batch", 1, "--workers", workers)
    program = [sys.executable, "-m", "simulation.cli", *map(str, asked)]
    with started(program, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: len([*tmp_path.glob("out/small--other/*-points/quantities/*.npz")]) > 4, "pieces are kept")
        process.send_signal(signal.SIGKILL)
        process.wait()
    found = answer(*words(tmp_path))
    assert found["resumed"] > 4 and tables(found) == tables(whole)
    assert [folder.name for folder in (tmp_path / "out" / "small--other").iterdir()] == [whole["fingerprint"]]


def _new(folder: pathlib.Path) -> pathlib.Path:
    folder.mkdir()
    return folder


def _figures(told: dict) -> dict[str, bytes]:
    """The tables of kroner: those of where values stand name the folder."""
    return {name: content for name, content in tables(told).items() if name in ("cba.csv", "tornado.csv", "curves.csv")}
