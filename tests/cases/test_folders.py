"""Cases of results folders: damaged, altered, closed, full, of one name, and what a killed program leaves."""

from __future__ import annotations

import csv
import errno
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from unittest.mock import Mock

import pytest
import yaml

from simulation.results.measures.replication import Replication
from tests.cases.places import CASES, said
from tests.cases.results import run, stored, tables
from tests.sweeps import write

pytestmark = pytest.mark.usefixtures("undrawn")


DAMAGE: dict[str, Callable[[pathlib.Path], object]] = {
    "gone": lambda m: m.unlink(),
    "cut off": lambda m: m.write_bytes(m.read_bytes()[:300]),
    "empty": lambda m: m.write_bytes(b""),
    "{}": lambda m: m.write_text("{}"),
    "a list": lambda m: m.write_text("[1, 2]"),
    "no text": lambda m: m.write_bytes(b"\xff\xfe\x00"),
    "deep": lambda m: m.write_text("[" * 100_000),
    "hashes of another kind": lambda m: m.write_text(json.dumps({**json.loads(m.read_text()), "tables": {"a": 1}})),
    "a file elsewhere": lambda m: m.write_text(json.dumps({**json.loads(m.read_text()), "tables": {"../a": "b"}})),
    "a folder": lambda m: (m.unlink(), m.mkdir()),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damaged_manifest(how: str, tmp_path: pathlib.Path) -> None:
    """It is named, the folder moved aside, and the results are there; `verify` and `extend` say so too."""
    run(tmp_path / "out")
    folder = stored(tmp_path / "out")
    before = tables(folder)
    DAMAGE[how](folder / "manifest.json")
    for command in (["verify", folder], ["extend", folder, "--replications", "+1"], ["diff", folder, folder]):
        refused = said(*command)
        assert refused.exit_code == 2 and "manifest.json" in refused.stderr, refused.output
    again = run(tmp_path / "out")
    assert "manifest.json" in again and "cannot be trusted" in again and "written anew" in again
    assert tables(stored(tmp_path / "out")) == before
    (aside,) = (tmp_path / "out" / "small").glob("*-damaged")
    assert (aside / "tables").is_dir()
    assert "there already" in run(tmp_path / "out")


HANDS: dict[str, tuple[str, Callable[[pathlib.Path], object]]] = {
    "a digit": ("tables/outcomes.csv", lambda f: f.write_bytes(f.read_bytes().replace(b"1", b"9", 1))),
    "a line less": ("tables/replications.csv", lambda f: f.write_bytes(f.read_bytes().rsplit(b"\n", 2)[0])),
    "a space behind": ("tables/weekly_counts.csv", lambda f: f.write_bytes(f.read_bytes() + b" ")),
    "deleted": ("tables/staff.csv", lambda f: f.unlink()),
    "what columns mean": ("tables/schema.json", lambda f: f.write_text("{}")),
    "the input": ("inputs/small.yaml", lambda f: f.write_bytes(f.read_bytes() + b"# more\n")),
    "the scenario": ("resolved.yaml", lambda f: f.unlink()),
    "a caption": ("figures/captions.md", lambda f: f.write_text("Another one.")),
}


@pytest.mark.parametrize("how", HANDS)
def test_tampered_table_is_called_the_same(how: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never: whatever file it is, it is named and written anew, and what was there is kept aside."""
    from simulation.report.figures import figures

    monkeypatch.setattr(figures, "draw_all", lambda _, folder, *__: (folder / "captions.md").write_text("A caption."))
    run(tmp_path / "out")
    folder = stored(tmp_path / "out")
    place, alter = HANDS[how]
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != "manifest.json"}
    alter(folder / place)
    again = run(tmp_path / "out")
    assert f"{place} is {'gone' if how in ('deleted', 'the scenario') else 'altered'}" in again
    assert "there already" not in again and "written anew" in again
    assert {file: file.read_bytes() for file in before} == before
    assert len(list((tmp_path / "out" / "small").glob("*-damaged"))) == 1


def test_a_manifest_that_says_otherwise_is_damaged(tmp_path: pathlib.Path) -> None:
    """A seed or a value that no run used is not believed: neither by the same run again, nor by `verify`."""
    run(tmp_path / "out")
    manifest = stored(tmp_path / "out") / "manifest.json"
    manifest.write_text(re.sub(r'"seed": (?=[0-9])', '"seed": 1', manifest.read_text("utf-8")), encoding="utf-8")
    verified = said("verify", manifest.parent)
    assert verified.exit_code in (1, 2) and "is not as it was written" in verified.output
    again = run(tmp_path / "out")
    assert "is not as it was written" in again and "there already" not in again


PLACES: dict[str, Callable[[pathlib.Path], pathlib.Path]] = {
    "below a file": lambda folder: write(folder) / "results",
    "a file": write,
    "where nobody may write": lambda _: pathlib.Path("/proc/self"),
}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("command", ["run", "compare", "sweep"])
def test_read_only_results_folder(
    command: str, where: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 before anything is run, also of a folder that is there and cannot be written."""
    if where == "where nobody may write" and not PLACES[where](tmp_path).is_dir():
        pytest.skip("there is no /proc")
    monkeypatch.setattr(Replication, "__init__", lambda *_, **__: pytest.fail("something was run"))
    path, other = write(tmp_path), tmp_path / "other.yaml"
    other.write_text(f"version: 2\nextends: {path.name}\nteams: {{team: {{fte: 1}}}}\n", encoding="utf-8")
    words = {"run": [path], "compare": [path, other], "sweep": [path, "--over", "teams.team.fte=1,2"]}[command]
    done = said(command, *words, "--out", PLACES[where](tmp_path))
    assert done.exit_code == 2 and "--out" in done.stderr and "Nothing was run." in done.stderr, done.output


def test_read_only_results_folder_by_its_rights(tmp_path: pathlib.Path) -> None:
    """As in the case. Rights bind root only without the capability to pass them over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o555)
    words = [sys.executable, "-m", "simulation.cli", "run", str(write(tmp_path)), "--out", str(tmp_path / "out")]
    if os.access(tmp_path / "out", os.W_OK):
        if (bound := shutil.which("setpriv")) is None:
            pytest.skip("whoever runs this may write anywhere, and there is no setpriv to end that")
        words = [bound, "--bounding-set=-dac_override,-dac_read_search", *words]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2 and "--out" in done.stderr and "Nothing was run." in done.stderr, done
    assert not list((tmp_path / "out").iterdir())


def test_same_file_name_twice(tmp_path: pathlib.Path) -> None:
    """Both scenarios and inputs are kept, told apart on screen and in JSON, and can be compared again from there."""
    for part in ("old", "new"):
        shutil.copytree(CASES / "same-file-name-twice" / part, tmp_path / part)
    words = ["compare", tmp_path / "old" / "base.yaml", tmp_path / "new" / "base.yaml", "--replications", 2]
    answer = json.loads(said(*words, "--out", tmp_path / "out", "--json").stdout)
    assert answer["base"].endswith("old/base.yaml)") and answer["scenario"].endswith("new/base.yaml)")
    assert answer["base_file"].endswith("old/base.yaml") and answer["file"].endswith("new/base.yaml")
    folder = pathlib.Path(answer["results_dir"])
    assert folder.parent.name == "old_base--new_base"
    levels = [
        yaml.safe_load((folder / f"resolved_{name}.yaml").read_text(encoding="utf-8"))["exits"]["job"]["level"]
        for name in ("old_base", "new_base")
    ]
    assert levels == [0.01, 0.02]
    for part in ("old", "new"):
        kept = folder / "inputs" / part / "base.yaml"
        assert kept.read_bytes() == (tmp_path / part / "base.yaml").read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [each["file"] for each in manifest["scenarios"]] == ["old/base.yaml", "new/base.yaml"]
    shown = said(*words, "--out", tmp_path / "out", "--all")
    assert "base:     small world (" in shown.stdout and "still are" in shown.stdout
    again = ["compare", *(folder / "inputs" / part / "base.yaml" for part in ("old", "new")), "--replications", 2]
    repeated = json.loads(said(*again, "--out", tmp_path / "again", "--json").stdout)
    assert repeated["fingerprint"] == answer["fingerprint"]
    assert tables(pathlib.Path(repeated["results_dir"])) == tables(folder)


def test_same_file_name_twice_by_extends(tmp_path: pathlib.Path) -> None:
    """A file that extends one of its own name in another folder, and s.yaml beside s.yml."""
    shutil.copytree(CASES / "same-file-name-twice" / "old", tmp_path / "old")
    mine = tmp_path / "base.yaml"
    mine.write_text("version: 2\nextends: old/base.yaml\nexits: {job: {level: 0.03}}\n", encoding="utf-8")
    answer = json.loads(said("run", mine, "--replications", 1, "--out", tmp_path / "out", "--json").stdout)
    folder = pathlib.Path(answer["results_dir"])
    assert (folder / "inputs" / "base.yaml").read_bytes() == mine.read_bytes()
    assert (folder / "inputs" / "old" / "base.yaml").is_file()
    with (folder / "tables" / "parameters.csv").open(encoding="utf-8") as file:
        cited = {row["path"]: row["file"] for row in csv.DictReader(file)}
    assert (cited["exits.job.level"], cited["exits.other.level"]) == ("base.yaml", "old/base.yaml")
    other = tmp_path / "base.yml"
    other.write_bytes(mine.read_bytes().replace(b"0.03", b"0.04"))
    words = ["compare", mine, other, "--replications", 1, "--out", tmp_path / "both", "--json"]
    folder = pathlib.Path(json.loads(said(*words).stdout)["results_dir"])
    assert sorted(file.name for file in folder.glob("resolved*")) == ["resolved_base.yaml", "resolved_base_2.yaml"]


def test_no_room_on_the_disk(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, what is there is kept, and the same command goes on from there."""
    from simulation.experiments import kept
    from simulation.results.tables import folder

    write_sealed, written = kept.write_sealed, []

    def full(*what: object) -> None:
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(what)
        write_sealed(*what)  # type: ignore[arg-type]

    words = ["--replications", 6, "--batch", 1]
    with monkeypatch.context() as patched:
        patched.setattr(kept, "write_sealed", full)
        told = run(tmp_path / "out", *words, code=3)
        assert "No space left on device" in told and "is kept in" in told and "same command again" in told
    with monkeypatch.context() as patched:
        patched.setattr(folder, "csv_text", Mock(side_effect=OSError(errno.ENOSPC, "No space left on device")))
        told = run(tmp_path / "out", *words, code=3)
        assert "No space left on device" in told and not list((tmp_path / "out" / "small").glob(".*"))
    assert "6 replications were there" in run(tmp_path / "out", *words)


@pytest.mark.skipif(os.name == "nt", reason="processes are known by other means there")
def test_drafts_of_the_dead_are_cleared_up_and_no_others(tmp_path: pathlib.Path) -> None:
    from simulation.results.tables.drafts import HOST

    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    place = tmp_path / "out" / "small"
    names = [f".a.{HOST}.{dead.pid}", f".b.{HOST}.{os.getppid()}", f".c.elsewhere.{dead.pid}", ".d", f"e.{dead.pid}"]
    for name in names:
        (place / name).mkdir(parents=True)
    run(tmp_path / "out")
    assert {name for name in names if (place / name).exists()} == set(names[1:])
