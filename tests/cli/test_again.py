"""`resume` and `extend`: going on with what was stopped or killed, and with more replications."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from simulation.experiments.kept import Kept
from simulation.experiments.points import Points
from simulation.results.tables import folder as folders
from simulation.results.tables.manifest import seal_of
from tests.commands import COMMANDS, answer, asked, cli, ctrl_c_after, replace, tables
from tests.processes import LIMIT, started

ROOT = pathlib.Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("undrawn")


KILLED = """
import os, signal, sys
from simulation.cli import main
from simulation.experiments.kept import Kept
from simulation.results.tables import folder
from simulation.report.figures import figures
figures.draw_all = lambda *_: None
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
    ("command", "when", "resumed"),
    [("run", "3", 6), pytest.param("compare", "5", 10, marks=pytest.mark.slow), ("run", "storing", 10)],
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
