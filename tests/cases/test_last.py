"""Cases of results that last: folders that are damaged, killed, full, or held in other signs than ours."""

from __future__ import annotations

import csv
import errno
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest
import yaml

from simulation.cli import console
from simulation.results.measures.replication import Replication
from simulation.results.tables.csvs import as_text
from tests.cases.places import CASES, ROOT, project, said
from tests.processes import LIMIT, has_ended, started, wait_until
from tests.sweeps import write


@pytest.fixture(autouse=True)
def undrawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pictures, but where a test looks at them."""
    from simulation.report import store
    from simulation.report.sweep import figures

    if request.function is not test_dollar_signs_in_a_name:
        for module, draw in ((store, "draw_run"), (store, "draw_comparison"), (figures, "draw_sweep")):
            assert hasattr(module, draw)
            monkeypatch.setattr(module, draw, lambda *_: None)


def run(out: pathlib.Path, *more: object, code: int = 0) -> str:
    """What a run of a small world says."""
    folder = out.parent / "world"
    folder.mkdir(exist_ok=True)
    done = said("run", write(folder), "--out", out, *more)
    assert done.exit_code == code, done.output
    return done.output


def stored(out: pathlib.Path) -> pathlib.Path:
    """The only results folder that is complete and sound."""
    (folder,) = (f for f in out.glob("small/*") if "-" not in f.name and not f.name.startswith("."))
    return folder


def tables(folder: pathlib.Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "tables").glob("*.csv")}


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
    assert "still are" in run(tmp_path / "out")


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
    from simulation.report import store

    monkeypatch.setattr(store, "draw_run", lambda _, folder, __: (folder / "captions.md").write_text("A caption."))
    run(tmp_path / "out")
    folder = stored(tmp_path / "out")
    place, alter = HANDS[how]
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != "manifest.json"}
    alter(folder / place)
    again = run(tmp_path / "out")
    assert f"{place} is {'gone' if how in ('deleted', 'the scenario') else 'altered'}" in again
    assert "still are" not in again and "written anew" in again
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
    assert "is not as it was written" in again and "still are" not in again


TERMINATED = """
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_DFL)
from simulation.cli import main
from simulation.report import store
from simulation.experiments.kept import Kept
store.draw_run = lambda *_: None
keep, kept = Kept.keep, []
def keep_and_tell(self, *what):
    keep(self, *what)
    kept.append(what)
    if len(kept) == 3:
        print(*(child.pid for child in __import__("multiprocessing").active_children()), flush=True)
        GROUP
Kept.keep = keep_and_tell
if __name__ == "__main__":
    main(sys.argv[1:])
"""
WAYS = {
    "alone": ("1", "os.kill(os.getpid(), signal.SIGTERM)"),
    "with workers, the whole group": ("2", "os.killpg(os.getpgid(0), signal.SIGTERM)"),
}


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGTERM on Windows")
@pytest.mark.parametrize("way", WAYS)
def test_sigterm_keeps_nothing(way: str, tmp_path: pathlib.Path) -> None:
    """As Ctrl-C, it keeps everything that is finished: a sentence, exit code 143, no process and no warning left."""
    workers, how = WAYS[way]
    (tmp_path / "killed.py").write_text(TERMINATED.replace("GROUP", how), encoding="utf-8")
    words = ["run", str(write(tmp_path)), "--replications", "40", "--batch", "2", "--workers", workers]
    with started(
        [sys.executable, str(tmp_path / "killed.py"), *words, "--out", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        stdout, stderr = process.communicate(timeout=LIMIT)
    assert process.returncode == 143, stderr
    assert "Interrupted: what was finished is kept" in stderr and "same command again" in stderr
    assert "Traceback" not in stderr and "leaked" not in stderr and "Warning" not in stderr
    for pid in stdout.splitlines()[0].split():
        wait_until(lambda pid=int(pid): has_ended(pid), "workers end")  # type: ignore[misc]
    (incomplete,) = (tmp_path / "out" / "small").glob("*-incomplete")
    manifest = json.loads((incomplete / "manifest.json").read_text(encoding="utf-8"))
    assert not manifest["complete"] and manifest["replications"]["done"] >= 6
    again = said(*words, "--out", tmp_path / "out", "--json")
    assert again.exit_code == 0 and json.loads(again.stdout)["resumed"] >= 6


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
    path = write(tmp_path)
    words = {"run": [path], "compare": [path, path], "sweep": [path, "--over", "teams.team.fte=1,2"]}[command]
    done = said(command, *words, "--out", PLACES[where](tmp_path))
    assert done.exit_code == 2 and "--out" in done.stderr and "Nothing was run." in done.stderr, done.output


def test_read_only_results_folder_by_its_rights(tmp_path: pathlib.Path) -> None:
    """As in the case, where rights bind (they do not bind root)."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o555)
    if os.access(tmp_path / "out", os.W_OK):
        pytest.skip("whoever runs this may write anywhere")
    assert "Nothing was run." in run(tmp_path / "out", code=2)


def failing(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("where", ["out", "nowhere"])
def test_fault_that_cannot_write_its_log(
    where: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence and exit code 3; the log goes to --out if it can, and if it can go nowhere that is said."""
    from simulation.report import text

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(text, "run_table", failing(ZeroDivisionError("no such \ud800 number")))
    if where == "nowhere":
        opened = pathlib.Path.open

        def refused(self: pathlib.Path, *how: object, **named: object) -> object:
            if self.name == "run.log":
                raise OSError(errno.ENOSPC, "No space left on device")
            return opened(self, *how, **named)  # type: ignore[call-overload]

        monkeypatch.setattr(pathlib.Path, "open", refused)
    told = run(tmp_path / "out", code=3)
    assert told.splitlines()[-1].startswith("The run failed: no such") and "Traceback (" not in told
    if where == "out":
        assert "ZeroDivisionError" in (tmp_path / "out" / "run.log").read_text(encoding="utf-8")
        assert not (tmp_path / "run.log").exists()
    else:
        assert "Details could not be written (No space left on device)" in told and "test_last.py, line" in told


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
    import io

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    inside = io.BytesIO()
    terminal = Terminal(inside, encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", terminal)
    console.speak_utf8()
    console.say("1 → 2, æøå")
    assert inside.getvalue() == "1 ? 2, æøå\n".encode("cp1252")


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
    shown = said(*words, "--out", tmp_path / "out")
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
    other.write_bytes(mine.read_bytes())
    words = ["compare", mine, other, "--replications", 1, "--out", tmp_path / "both", "--json"]
    folder = pathlib.Path(json.loads(said(*words).stdout)["results_dir"])
    assert sorted(file.name for file in folder.glob("resolved*")) == ["resolved_base.yaml", "resolved_base_2.yaml"]


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


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\x9b2J", "\u202e", "\r"])
def test_signs_that_steer_a_terminal_are_shown(sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In file names and whatever else comes from outside; JSON stays JSON."""
    console.say(f"a{sign}b")
    shown = capsys.readouterr().out
    assert sign[0] not in shown and f"\\u{ord(sign[0]):04x}" in shown
    console.say(json.dumps({"name": f"a{sign}b"}, ensure_ascii=False))
    assert json.loads(capsys.readouterr().out) == {"name": f"a{sign}b"}


UNDRAWN = """
import sys
from simulation.cli import main
from simulation.report import store
store.draw_run = lambda *_: None
main(sys.argv[1:])
"""


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_or_closed_output_is_no_failed_run(tmp_path: pathlib.Path) -> None:
    """Full: exit code 4 and a sentence; closed, or nobody reads: 0. The results are there."""
    path, env = write(tmp_path), {**os.environ, "PYTHONPATH": str(ROOT)}
    (tmp_path / "undrawn.py").write_text(UNDRAWN, encoding="utf-8")
    for number, (redirect, code) in enumerate({">/dev/full": 4, ">&-": 0}.items()):
        out = tmp_path / str(number)
        words = f"'{sys.executable}' '{tmp_path / 'undrawn.py'}' run '{path}' --replications 1 --out '{out}' {redirect}"
        done = subprocess.run(["bash", "-c", words], env=env, capture_output=True, text=True)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr and "failed" not in done.stderr
        assert ("The output could not be written" in done.stderr) == (code == 4)
        assert stored(out).is_dir()


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
        patched.setattr(folder, "csv_text", failing(OSError(errno.ENOSPC, "No space left on device")))
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


def test_ignored_sigterm_stays_ignored() -> None:
    """Whoever starts the program with SIGTERM ignored means it."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        assert said("schema").exit_code == 0
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
