"""Everything a new machine needs, one word at a time: python3 tasks.py WORD.

Needs Python 3.11 or newer and nothing else: the first call makes a virtual environment in .venv and installs
the project and what its tests need. Works on Windows, macOS and Linux.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def prepare() -> None:
    """Make .venv and install the project with its development tools, unless that is done already."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words, before pip says it in its own
        sys.exit(f"jobcentersim needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "installed-for"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Setting up .venv (once; a few minutes at most) ...", flush=True)
    venv.create(VENV, with_pip=True, clear=VENV.exists())
    call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", ".[dev]")
    stamp.write_text(wanted)


def call(*words: str | Path) -> None:
    """Run one command in the project folder; a failure ends this script with its exit code."""
    done = subprocess.run([str(word) for word in words], cwd=ROOT)
    if done.returncode:
        sys.exit(done.returncode)


def demo() -> None:
    """Simulate På rette vej i job and show the simulated figures beside the published ones."""
    call(PYTHON, "-m", "simulation.cli", "run", "scenarios/paa_rette_vej_i_job.yaml")


def test() -> None:
    """Pass the tests: style, types, then everything that is quick."""
    call(PYTHON, "-m", "ruff", "check", ".")
    call(PYTHON, "-m", "mypy")
    call(PYTHON, "-m", "pytest")


def slow() -> None:
    """The statistical checks that take minutes."""
    call(PYTHON, "-m", "pytest", "-m", "slow")


def bench() -> None:
    """Time the engine against a plain process-per-ledig SimPy model of the same workload."""
    call(PYTHON, "benchmarks/bench.py", *sys.argv[2:])


def expected() -> None:
    """Renew the expected tables after a change that is meant to change results; read the diff before a commit."""
    call(PYTHON, "-m", "tests.expected.renew")


TASKS = {task.__name__: task for task in (demo, test, slow, bench, expected)}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        print(__doc__, *(f"\n  {name:9} {task.__doc__}" for name, task in TASKS.items()))
        sys.exit(2)
    prepare()
    TASKS[sys.argv[1]]()
