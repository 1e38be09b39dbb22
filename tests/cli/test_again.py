"""`resume`, `extend`, `verify` and `diff`, tables for a Danish spreadsheet, and what a folder knows of its input."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner, Result

from simulation.cli import main
from simulation.experiments.kept import Kept
from simulation.experiments.points import Points
from simulation.results.tables import folder as folders
from simulation.results.tables.manifest import seal_of
from tests.processes import LIMIT, started
from tests.sweeps import write

ROOT = pathlib.Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("undrawn")
COMMANDS = ("run", "compare", "sweep")


def cli(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: object) -> dict:
    done = cli(*words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def asked(command: str, folder: pathlib.Path, replications: int) -> list[object]:
    """A command on a small world."""
    small = write(folder)
    other = folder / "other.yaml"
    other.write_text("version: 2\nextends: small.yaml\nname: Other\nteams: {team: {fte: 1}}\n", encoding="utf-8")
    given = {"run": [small], "compare": [small, other], "sweep": [small, "--over", "teams.team.fte=1:2:0.5"]}[command]
    return [command, *given, "--replications", replications, "--batch", 2]


def tables(told: dict) -> dict[str, bytes]:
    files = sorted((pathlib.Path(told["results_dir"]) / "tables").iterdir())
    return {file.name: file.read_bytes() for file in files}


KILLED = """
import os, signal, sys
from simulation.cli import main
from simulation.experiments.kept import Kept
from simulation.results.tables import folder
from simulation.report import store
store.draw_run = store.draw_comparison = lambda *_: None
kept = []
def dying(keep, last):
    def keep_and_die(*what):
        keep(*what)
        kept.append(what)
        if len(kept) == last:
            os.kill(os.getpid(), signal.SIGKILL)
    return keep_and_die
when = sys.argv.pop(1)
if when == "storing":
    folder.put = dying(lambda *_: None, 1)
else:
    Kept.keep = dying(Kept.keep, int(when))
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize(
    ("command", "when", "resumed"), [("run", "3", 6), ("compare", "5", 10), ("run", "storing", 10)]
)
def test_killed_is_not_lost(command: str, when: str, resumed: int, tmp_path: pathlib.Path) -> None:
    """After `kill -9`, also while results are written, the same command and `resume` both go on; the tables are those
    of a run that was never stopped, and nothing else is left."""
    words = asked(command, tmp_path, 10)
    whole = answer(*words, "--out", tmp_path / "whole")
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    program = [sys.executable, str(tmp_path / "killed.py"), when, *map(str, words), "--out", str(tmp_path / "out")]
    with started(program, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE) as process:
        _, stderr = process.communicate(timeout=LIMIT)
    assert process.returncode == -signal.SIGKILL, stderr
    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    for again in (
        answer(*words, "--out", tmp_path / "out"),
        answer("resume", tmp_path / "copy" / pathlib.Path(whole["results_dir"]).parent.name),
    ):
        assert again["resumed"] == resumed and again["fingerprint"] == whole["fingerprint"]
        assert tables(again) == tables(whole) and whole["resumed"] == 0
        folder = pathlib.Path(again["results_dir"])
        assert [file.name for file in folder.parent.iterdir()] == [folder.name]


@contextmanager
def ctrl_c_after(pieces: int, of: type[Kept] | type[Points], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Whoever keeps pieces of work presses Ctrl-C after so many; what was kept, also after that."""
    keep, kept = of.keep, list[object]()

    def keep_and_stop(*what: object) -> None:
        keep(*what)  # type: ignore[arg-type]
        kept.append(what)
        if len(kept) == pieces:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(of, "keep", keep_and_stop)
        yield kept


@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_is_gone_on_from(command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the sentence promises is true, of the same command and of `resume` alike, whichever folder it is given."""
    words = asked(command, tmp_path, 8)
    whole = answer(*words, "--out", tmp_path / "whole")
    with ctrl_c_after(3, Points if command == "sweep" else Kept, monkeypatch):
        stopped = cli(*words, "--out", tmp_path / "out")
    assert stopped.exit_code == 130 and "same command again, or `jobcentersim resume FOLDER`" in stopped.stderr
    (place,) = (tmp_path / "out").iterdir()
    folders = [*place.glob("*-points"), *place.glob("*-incomplete"), place, tmp_path / "out"]
    assert len(folders) == (3 if command == "sweep" else 4)
    for number, folder in enumerate(folders):
        copy = tmp_path / f"copy {number}"
        shutil.copytree(tmp_path / "out", copy)
        again = answer("resume", copy / folder.relative_to(tmp_path / "out"), "--workers", 1)
        assert again["resumed"] == 6 and tables(again) == tables(whole)
        assert [file.name for file in (copy / place.name).iterdir()] == [whole["fingerprint"]]
    nothing = cli("resume", tmp_path / "whole")
    assert nothing.exit_code == 2 and "nothing unfinished is kept here" in nothing.stderr
    complete = cli("resume", whole["results_dir"])
    assert complete.exit_code == 2 and "is complete; `extend` adds replications" in complete.stderr


def test_draws_of_parameters_are_gone_on_from(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run itself is complete and kept, without them; with them it is as if it had never been stopped."""
    words = ["run", ROOT / "scenarios" / "base_kontanthjaelp.yaml", "--replications", 2, "--posterior", "--draws", 10]
    whole = answer(*words, "--out", tmp_path / "whole")
    with ctrl_c_after(4, Points, monkeypatch) as kept:
        stopped = cli(*words, "--out", tmp_path / "out")
    assert stopped.exit_code == 130 and "complete and kept" in stopped.stderr and "same command again" in stopped.stderr
    again = answer("resume", tmp_path / "out")
    assert len(kept) == 4 and again["resumed"] == 2 and tables(again) == tables(whole)
    assert "parameter_uncertainty.csv" in tables(again)
    verified = answer("verify", again["results_dir"])
    assert verified["ok"] and verified["tables_again"] == len(tables(again)) - 2  # schema.json, and the draws


def test_a_comparison_with_draws_is_verified_but_for_these(tmp_path: pathlib.Path) -> None:
    """What would need all draws again is hashed, and the other columns of the same table are made anew."""
    base, other = ROOT / "scenarios" / "base_kontanthjaelp.yaml", tmp_path / "other.yaml"
    other.write_text(f"version: 2\nextends: {base}\nname: Other\nteams: {{ordinaer: {{fte: 2}}}}\n", encoding="utf-8")
    words = ["compare", base, other, "--replications", 1, "--posterior", "--draws", 10]
    folder = pathlib.Path(answer(*words, "--out", tmp_path / "out")["results_dir"])
    assert answer("verify", folder)["ok"]
    replace(folder / "tables" / "differences.csv", 3, "parameter_low", "0.5")
    was = replace(folder / "tables" / "differences.csv", 4, "base", "0.125")
    found = json.loads(cli("verify", folder, "--json").stdout)["differences"]
    assert "tables/differences.csv is altered" in found and len(found) == 2
    assert f"column base: 0.125 is stored, {was} is right" in found[1]


def test_work_of_another_program_or_input_is_not_mixed(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`resume` refuses it; the same command begins anew."""
    words = asked("run", tmp_path, 4)
    monkeypatch.setattr(folders, "put", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert cli(*words, "--out", tmp_path / "out").exit_code == 130
    monkeypatch.undo()
    (points,) = (tmp_path / "out" / "small").iterdir()
    small = points / "inputs" / "small.yaml"
    small.write_text(small.read_text(encoding="utf-8").replace("0.05", "0.06"), encoding="utf-8")
    refused = cli("resume", points)
    assert refused.exit_code == 2 and "cannot be mixed" in refused.stderr and "Nothing was run." in refused.stderr
    (piece, *_) = points.glob("replications/*.npz")
    piece.write_bytes(piece.read_bytes()[:-1] + b"x")  # a file that is not as its seal says is not taken up
    from simulation.results import identity

    other = identity._environment() + b"another version"
    monkeypatch.setattr(identity, "_environment", lambda: other)
    assert Kept(points / "replications").files([]) == []
    assert answer(*words, "--out", tmp_path / "out")["resumed"] == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_extend_is_one_run_with_the_larger_number(command: str, tmp_path: pathlib.Path) -> None:
    """Byte for byte; nothing is simulated twice, and the shorter result stays. `verify` finds all of it in order."""
    shorter = answer(*asked(command, tmp_path, 3), "--out", tmp_path / "out")
    longer = answer("extend", shorter["results_dir"], "--replications", "+2")
    whole = answer(*asked(command, tmp_path, 5), "--out", tmp_path / "whole")
    assert longer["fingerprint"] == whole["fingerprint"] and tables(longer) == tables(whole)
    assert longer["resumed"] == {"run": 3, "compare": 6, "sweep": 9}[command]
    absolute = answer("extend", longer["results_dir"], "--replications", "6")
    for told in (shorter, longer, absolute):
        verified = answer("verify", told["results_dir"])
        assert verified["ok"] and not verified["notes"] and verified["tables_again"] > 0, verified
    manifest = json.loads((pathlib.Path(absolute["results_dir"]) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["replications"] == {"asked": 6, "done": 6}
    names = {file.name for file in pathlib.Path(shorter["results_dir"]).parent.iterdir()}
    assert names == {told["fingerprint"] for told in (shorter, longer, absolute)}


@pytest.mark.parametrize("number", ["3", "+0", "-1", "+", "x", "1.5", "²", "+99999999999", "+100000", "100001"])
def test_extend_refuses_what_is_no_more(number: str, tmp_path: pathlib.Path) -> None:
    folder = answer(*asked("run", tmp_path, 3), "--out", tmp_path / "out")["results_dir"]
    refused = cli("extend", folder, f"--replications={number}")
    assert refused.exit_code == 2 and "Nothing was run." in refused.stderr


def test_extend_and_verify_know_an_altered_input(tmp_path: pathlib.Path) -> None:
    """It is not run."""
    folder = pathlib.Path(answer(*asked("run", tmp_path, 2), "--out", tmp_path / "out")["results_dir"])
    (folder / "inputs" / "small.yaml").write_text("version: 2\n", encoding="utf-8")
    refused = cli("extend", folder, "--replications", "+1")
    assert refused.exit_code == 2 and "inputs/small.yaml is altered" in refused.stderr
    found = cli("verify", folder)
    assert found.exit_code == 1 and "inputs/small.yaml is altered" in found.stdout
    assert "it cannot be run again" in found.stdout and "Traceback" not in found.output


def replace(file: pathlib.Path, line: int, column: str, text: str) -> str:
    """Alter a cell of a table; returns what it was."""
    rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
    was, rows[line - 1][rows[0].index(column)] = rows[line - 1][rows[0].index(column)], text
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    return was


@pytest.mark.parametrize(
    ("command", "table", "column"),
    [("run", "outcomes", "value"), ("run", "replications", "value"), ("compare", "differences", "low"),
     ("compare", "scenario_outcomes", "unit"), ("sweep", "sweep", "difference"), ("run", "weekly_counts", "mean")],
)  # fmt: skip
def test_verify_tells_file_row_and_column(command: str, table: str, column: str, tmp_path: pathlib.Path) -> None:
    """Of a cell that was altered, with what is right; also where the hash in the manifest was altered with it."""
    folder = pathlib.Path(answer(*asked(command, tmp_path, 3), "--out", tmp_path / "out")["results_dir"])
    file = folder / "tables" / f"{table}.csv"
    was = replace(file, 4, column, "0.125")
    said = f"tables/{table}.csv, row 4"
    ends = f"column {column}: 0.125 is stored, {was} is right"
    found = cli("verify", folder)
    assert found.exit_code == 1 and f"tables/{table}.csv is altered" in found.stdout
    assert any(line.startswith(said) and ends in line for line in found.stdout.splitlines()), found.stdout
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    from simulation.results.tables.manifest import hash_of

    manifest["tables"][f"tables/{table}.csv"] = hash_of(file)
    (folder / "manifest.json").write_text(json.dumps(manifest | {"seal": seal_of(manifest)}), encoding="utf-8")
    verified = json.loads(cli("verify", folder, "--json").stdout)
    assert len(verified["differences"]) == 1 and ends in verified["differences"][0]


def test_verify_holds_what_is_kept_against_a_run(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that gives other figures is found out, of this and of another version; so are strange files."""
    from simulation.results.measures import replication

    folder = pathlib.Path(answer(*asked("run", tmp_path, 4), "--out", tmp_path / "out")["results_dir"])
    (folder / "tables" / "more.csv").write_text("a\n1\n", encoding="utf-8")
    measured = replication.measure

    def other(*what: object) -> dict:
        return {figure: value + (figure.outcome == "exit_job") for figure, value in measured(*what).items()}  # type: ignore[arg-type]

    monkeypatch.setattr(replication, "measure", other)
    found = cli("verify", folder, "--replications", 2)
    assert found.exit_code == 1 and "tables/more.csv is there and was not written with it" in found.stdout
    assert "Small, replication 0, exit_job of alle:" in found.stdout and "came out again" in found.stdout
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["program"]["text"], manifest["versions"]["numpy"] = "of long ago", "1.0"
    (folder / "manifest.json").write_text(json.dumps(manifest | {"seal": seal_of(manifest)}), encoding="utf-8")
    shutil.rmtree(folder / "replications")
    found = cli("verify", folder)
    assert "Note: made by program text of long ago, this is" in found.stdout
    assert "Note: made with numpy 1.0, here is" in found.stdout
    assert "tables/replications.csv, row 2 (0, exit_job, alle), column value: " in found.stdout


def test_diff_tells_what_differs_from_and_to(tmp_path: pathlib.Path) -> None:
    """Values of the input, seed, replications, and outcomes by how much; nothing of a folder and itself."""
    words = asked("run", tmp_path, 3)
    first = answer(*words, "--out", tmp_path / "out")["results_dir"]
    same = cli("diff", first, first)
    assert same.exit_code == 0 and "Nothing differs." in same.stdout
    words[-3] = 4
    second = answer(*words, "--out", tmp_path / "out", "--seed", 9, "--set", "teams.team.fte=1.5")["results_dir"]
    shown = cli("diff", first, second)
    assert shown.exit_code == 1
    rows = [line.split() for line in shown.stdout.splitlines()]
    for row in (["replications", "3", "4"], ["seed", "5", "9"], ["teams.team.fte", "2", "1.5"]):
        assert row in rows, shown.stdout
    found = json.loads(cli("diff", first, second, "--json").stdout)
    assert found["values"] == {"teams.team.fte": [2, 1.5]} and found["differ"]
    moved = {(each["table"], each["row"]): each for each in found["moved"]}
    with pathlib.Path(second, "tables", "outcomes.csv").open(encoding="utf-8") as file:
        told = {row["outcome"]: row for row in csv.DictReader(file) if not row["week"] and row["group"] == "alle"}
    assert moved["outcomes", "utilisation, alle"]["b"] == float(told["utilisation"]["value"])
    pathlib.Path(first, "tables", "outcomes.csv").unlink()
    gone = cli("diff", first, second)
    assert "outcomes.csv is gone" in gone.stdout and "Traceback" not in gone.output


@pytest.mark.parametrize("command", COMMANDS)
def test_tables_for_a_danish_spreadsheet(command: str, tmp_path: pathlib.Path) -> None:
    """Beside the stored ones, which stay as they are: semicolon, decimal comma, a mark for UTF-8; also afterwards."""
    words = asked(command, tmp_path, 2)
    plain = answer(*words, "--out", tmp_path / "out")
    folder = pathlib.Path(plain["results_dir"])
    before = tables(plain)
    later = cli(*words, "--out", tmp_path / "out", "--locale", "da")
    assert later.exit_code == 0 and "still are" in later.stdout
    at_once = answer(*words, "--out", tmp_path / "at once", "--locale", "da")
    assert tables(plain) == before == tables(at_once)
    files = sorted((folder / "tables-da").iterdir())
    assert [file.name for file in files] == sorted(name for name in before if name.endswith(".csv"))
    for file in files:
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
        assert content == (pathlib.Path(at_once["results_dir"]) / "tables-da" / file.name).read_bytes()
        danish = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
        stored = list(csv.reader(before[file.name].decode().splitlines()))
        assert danish[0] == stored[0] and len(danish) == len(stored)
        for row, there in zip(danish[1:], stored[1:], strict=True):
            for column, cell, same in zip(stored[0], row, there, strict=True):
                number = column in ("value", "low", "high", "mean", "difference", "base", "teams.team.fte")
                assert cell == (same.replace(".", ",") if number else cell), column
    assert answer("verify", folder)["ok"] and answer("verify", at_once["results_dir"])["ok"]
    assert cli("run", write(tmp_path), "--locale", "xx").exit_code == 2


def test_several_scenarios_give_one_folder(tmp_path: pathlib.Path) -> None:
    """With a set of tables for each, and common differences that say of which scenario they are."""
    base = write(tmp_path)
    names = ("one", "two", "three")
    for number, name in enumerate(names, 1):
        text = f"version: 2\nextends: small.yaml\nname: {name}\nteams: {{team: {{fte: {number}}}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    words = ["compare", base, *(tmp_path / f"{name}.yaml" for name in names), "--replications", 2, "--out"]
    told = answer(*words, tmp_path / "out")["comparisons"]
    (folder,) = (tmp_path / "out").glob("*/*")
    assert {each["results_dir"] for each in told} == {str(folder)} and folder.parent.name == "small--one--two--three"
    assert [each["tables"] for each in told] == list(names)
    with (folder / "tables" / "differences.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(dict.fromkeys(row["compared"] for row in rows)) == list(names)
    for each in told:
        mine = [row for row in rows if row["compared"] == each["tables"]]
        assert [float(row["difference"]) if row["difference"] else None for row in mine] == [
            row["difference"] for row in each["outcomes"]
        ]
        assert (folder / "tables" / f"{each['tables']}_outcomes.csv").is_file()
        assert (folder / f"resolved_{each['tables']}.yaml").is_file()
    assert (folder / "tables" / "base_outcomes.csv").is_file()
    assert answer("verify", folder)["ok"]


def test_the_shipped_demo_is_repeatable_from_its_folder(tmp_path: pathlib.Path) -> None:
    """All input files are there, in their folders, so that the scenario runs from them with the same tables."""
    scenario = ROOT / "scenarios" / "paa_rette_vej_i_job.yaml"
    first = answer("run", scenario, "--replications", 1, "--out", tmp_path / "out")
    inputs = pathlib.Path(first["results_dir"]) / "inputs"
    kept = {file.relative_to(inputs).as_posix() for file in inputs.rglob("*.yaml")}
    assert {
        "scenarios/paa_rette_vej_i_job.yaml", "calibration/targets/paa_rette_vej_i_job.yaml",
        "calibration/fitted/paa_rette_vej_i_job.yaml",
    } <= kept  # fmt: skip
    assert (inputs / "scenarios" / scenario.name).read_bytes() == scenario.read_bytes()
    again = answer("run", inputs / "scenarios" / scenario.name, "--replications", 1, "--out", tmp_path / "again")
    assert again["fingerprint"] == first["fingerprint"] and tables(again) == tables(first)


def git(folder: pathlib.Path, *words: str) -> str:
    names = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    words = ("git", "-C", str(folder), *names, *words)
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_manifest_has_the_commit_of_the_scenario(tmp_path: pathlib.Path) -> None:
    """And whether its files are as they are there; of a worktree, with packed names, and of none."""

    def noted() -> object:
        folder = answer("run", path, "--replications", 1, "--out", tmp_path / "out")["results_dir"]
        found = json.loads(pathlib.Path(folder, "manifest.json").read_text(encoding="utf-8"))["git"]
        shutil.rmtree(tmp_path / "out")
        return found

    (tmp_path / "project").mkdir()
    path = write(tmp_path / "project")
    assert noted() is None
    git(tmp_path / "project", "init", "-q")
    assert noted() is None
    git(tmp_path / "project", "add", ".")
    git(tmp_path / "project", "commit", "-qm", "small")
    commit = git(tmp_path / "project", "rev-parse", "HEAD")
    assert noted() == {"commit": commit, "dirty": False}
    git(tmp_path / "project", "pack-refs", "--all")
    git(tmp_path / "project", "worktree", "add", "-q", "../beside", "-b", "beside")
    path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert noted() == {"commit": commit, "dirty": True}
    path = tmp_path / "beside" / path.name
    assert noted() == {"commit": commit, "dirty": False}


REQUESTS: dict[str, Callable[[dict], object]] = {
    "no command": lambda request: request.pop("command"),
    "another command": lambda request: request.update(command="check"),
    "no scenarios": lambda request: request.update(scenarios=[]),
    "no options": lambda request: request.pop("set"),
    "a number": lambda request: request.update(set=3),
}


@pytest.mark.parametrize("how", REQUESTS)
def test_a_damaged_request_is_told(how: str, tmp_path: pathlib.Path) -> None:
    folder = pathlib.Path(answer(*asked("run", tmp_path, 2), "--out", tmp_path / "out")["results_dir"])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    REQUESTS[how](manifest["request"])
    (folder / "manifest.json").write_text(json.dumps(manifest | {"seal": seal_of(manifest)}), encoding="utf-8")
    refused = cli("extend", folder, "--replications", "+1")
    assert refused.exit_code == 2 and "cannot be read any more" in refused.stderr
    assert cli("verify", folder).exit_code == 1
