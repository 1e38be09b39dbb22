"""Cases of how the program ends: by SIGTERM, by a fault of its own, and where nobody hears what it says."""

from __future__ import annotations

import errno
import json
import os
import pathlib
import signal
import subprocess
import sys
from unittest.mock import Mock

import pytest

from tests.cases.places import ROOT, said
from tests.cases.results import run, stored
from tests.processes import LIMIT, has_ended, started, wait_until
from tests.sweeps import write

TERMINATED = """
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_DFL)
from simulation.cli import main
from simulation.report.figures import figures
from simulation.experiments.kept import Kept
figures.draw_all = lambda *_: None
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
@pytest.mark.parametrize("way", ["alone", pytest.param("with workers, the whole group", marks=pytest.mark.slow)])
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


def test_ignored_sigterm_stays_ignored() -> None:
    """Whoever starts the program with SIGTERM ignored means it."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        assert said("schema").exit_code == 0
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("where", ["out", "nowhere"])
def test_fault_that_cannot_write_its_log(where: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence and exit code 3; the log goes to --out if it can, and if it can go nowhere that is said."""
    from simulation.report import text

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(text, "run_table", Mock(side_effect=ZeroDivisionError("no such \ud800 number")))
    if where == "nowhere":
        opened = pathlib.Path.open

        def refused(self: pathlib.Path, *how: object, **named: object) -> object:
            if self.name == "run.log":
                raise OSError(errno.ENOSPC, "No space left on device")
            return opened(self, *how, **named)  # type: ignore[call-overload]

        monkeypatch.setattr(pathlib.Path, "open", refused)
    told = run(tmp_path / "out", "--all", code=3)
    assert told.splitlines()[-1].startswith("The run failed: no such") and "Traceback (" not in told
    if where == "out":
        assert "ZeroDivisionError" in (tmp_path / "out" / "run.log").read_text(encoding="utf-8")
        assert not (tmp_path / "run.log").exists()
    else:
        assert "Details could not be written (No space left on device)" in told and "mock.py, line" in told


UNDRAWN = """
import sys
from simulation.cli import main
from simulation.report.figures import figures
figures.draw_all = lambda *_: None
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
