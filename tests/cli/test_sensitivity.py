"""`sensitivity` from outside: the answer, any workers and stops, what is stored, both languages, mistakes."""

from __future__ import annotations

import csv
import json
import pathlib

import pytest

from simulation.experiments.points import Points
from tests.commands import cli, ctrl_c_after, replace, tables
from tests.sweeps import MOVING, SMALL

UNSURE = {
    "persons": "30",
    "fte": "{value: 2, kind: assumed, source: test, range: [1, 4]}",
    "level": "{value: 0.05, kind: evidence, source: another trial, se: 0.01}",
}
ASKED = ["--of", "talk_share", "--samples", "16", "--replications", "3", "--switch", "teams.team.fte=3"]


def write(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    small, other = folder / "small.yaml", folder / "other.yaml"
    small.write_text(SMALL.format(**{**MOVING, **UNSURE}), encoding="utf-8")
    other.write_text("extends: small.yaml\nname: Other\nteams: {team: {minutes_per_week: 200}}\nseed: 9\n", "utf-8")
    return small, other


def answer(*words: object) -> dict:
    done = cli("sensitivity", *words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What is said of it when it is done in one piece."""
    folder = tmp_path_factory.mktemp("whole")
    return answer(write(folder)[0], *ASKED, "--out", folder / "out")


def test_what_is_found_and_stored(whole: dict) -> None:
    """Talks held hang on the staff, less on who leaves; a third member of staff is as good as the key set."""
    place = pathlib.Path(whole["results_dir"])
    rows = whole["tables"]["tornado"]
    assert [row["path"] for row in rows] == ["teams.team.fte", "exits.job.level"]
    low, at, high = (rows[0][key] for key in ("low_value", "as_written", "high_value"))
    assert low < at < high and rows[0]["measurable"] and at == whole["as_written"][0]
    (switch,) = whole["tables"]["switches"]
    assert switch["switch"] == "teams.team.fte=3" and switch["asked"] and at < switch["value"] <= high
    first = whole["tables"]["sobol"][0]
    assert first["unknown"] == "teams.team.fte" and first["total_low"] < first["total"] < first["total_high"]
    assert "It hangs most on teams.team.fte" in whole["answer"] and whole["in_all"] == 32 + 4 * 3 + 3 + 2 * 4 * 16
    assert {"name": "intake.persons", "why": "it has no range"} in whole["tables"]["left_out"]
    explained = json.loads((place / "tables" / "schema.json").read_text(encoding="utf-8"))["columns"]
    for file in (place / "tables").glob("*.csv"):
        with file.open(encoding="utf-8") as text:
            assert not {*(csv.DictReader(text).fieldnames or ())} - set(explained), file.name
    assert (place / "figures" / "tornado.png").stat().st_size > 10_000
    assert "hangs most on teams.team.fte" in (place / "figures" / "captions.md").read_text(encoding="utf-8")


def test_ctrl_c_and_resume(tmp_path: pathlib.Path, whole: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130; `resume` goes on from there, to the same."""
    path, out = write(tmp_path)[0], tmp_path / "out"
    with ctrl_c_after(20, Points, monkeypatch):
        stopped = cli("sensitivity", path, *ASKED, "--out", out)
    assert stopped.exit_code == 130 and "of 70 points are finished and kept" in stopped.stderr
    (unfinished,) = (out / "small").iterdir()
    done = cli("resume", unfinished, "--json")
    assert done.exit_code == 0, done.output
    assert tables(json.loads(done.stdout)) == tables(whole)
    assert [folder.name for folder in (out / "small").iterdir()] == [whole["fingerprint"]]


@pytest.mark.slow
def test_two_workers_give_the_same(tmp_path: pathlib.Path, whole: dict) -> None:
    two = answer(write(tmp_path)[0], *ASKED, "--workers", 2, "--batch", 1, "--out", tmp_path / "two")
    assert tables(two) == tables(whole) and two["fingerprint"] == whole["fingerprint"]


def test_verify_looks_again(whole: dict, tmp_path: pathlib.Path) -> None:
    """Points are simulated again, and the tables made of those that are kept. Nothing is added to it."""
    folder = pathlib.Path(whole["results_dir"])
    good = cli("verify", folder, "--replications", 2)
    assert good.exit_code == 0 and "4 tables were made anew" in good.stdout, good.output
    assert cli("extend", folder, "--replications", "+5").exit_code == cli("report", folder).exit_code == 2
    table = folder / "tables" / "tornado.csv"
    before = table.read_bytes()
    replace(table, 2, "places", "7")
    bad = cli("verify", folder, "--replications", 1)
    table.write_bytes(before)
    assert bad.exit_code == 1 and "column places: 7 is stored" in bad.stdout


def test_a_difference_on_the_first_screen_in_danish(tmp_path: pathlib.Path) -> None:
    """At most fifteen lines of a hundred columns; `--all` has the shares of all."""
    words = [*write(tmp_path), "--of", "talk_share", "--replications", 3, "--out", tmp_path / "out"]
    shown = cli("sensitivity", *words, "--samples", 0, "--lang", "da").stdout
    lines = shown.rstrip("\n").splitlines()
    assert len(lines) <= 15 and all(len(line) <= 100 for line in lines[:-1]), shown
    text = " ".join(shown.split())
    assert "Other mod Small" in text and "Svaret afhænger mest af teams.team.fte" in text
    assert "Intet enkelt tal vender fortegnet" in text or "Modsat fortegn" in text
    dry = cli("sensitivity", *words, "--dry-run")
    assert dry.exit_code == 0 and "Nothing was run" in dry.stdout, dry.output


def test_everything_that_is_wrong_is_said_at_once(tmp_path: pathlib.Path) -> None:
    small, other = write(tmp_path)
    asked = {"of": "talk_shar", "samples": 30, "each": 1, "replications": 1}
    switches = ("teams.team.fte", "teams.taem.fte=3", "teams.team.fte=many")
    words = [word for option, text in [*asked.items(), *(("switch", each) for each in switches)]
             for word in (f"--{option}", text)]  # fmt: skip
    done = cli("sensitivity", small, other, *words)
    assert done.exit_code == 2
    for text in ("talk_share", "must be a power of 2", "must be 2 or more, and times", "must be 2 or more: one",
                 "write it as dotted.path=value", "taem", "many", "Nothing was run"):  # fmt: skip
        assert text in done.stderr, (text, done.stderr)
    twice = cli("sensitivity", small, small, "--of", "talk_share")
    assert twice.exit_code == 2 and "nothing differs" in twice.stderr


def test_nothing_unsure_is_said(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "sure.yaml"
    path.write_text(SMALL.format(**MOVING), encoding="utf-8")
    done = cli("sensitivity", path, "--of", "talk_share", "--out", tmp_path)
    assert done.exit_code == 2 and "there is no uncertainty" in done.stderr


@pytest.mark.slow
def test_talks_by_telephone_hang_on_what_such_a_talk_is_worth(tmp_path: pathlib.Path) -> None:
    """A shipped question (docs/rules.md): no number moves its answer further than the assumed effect of a talk by
    telephone, and without effects of talks nothing measurable is left of it."""
    found = answer("scenarios/friheden/loven.yaml", "scenarios/friheden/telefon.yaml", "--of", "exit_job", "--samples",
                   0, "--replications", 6, "--workers", 2, "--out", tmp_path)  # fmt: skip
    first, *others = found["tables"]["tornado"]
    assert first["path"] == "interventions.samtaler.channels.telefon.effect" and first["measurable"]
    assert first["low_change_high"] < 0 and first["span"] > 1.5 * others[0]["span"]
    without = {row["switch"]: row for row in found["tables"]["switches"]}
    assert without["effects.samtaler"]["measurable"] and not without["displacement"]["measurable"]
    assert without["effects.samtaler"]["value_low"] < 0 < without["effects.samtaler"]["value_high"]
