"""A tool by hand: `kill -9` at random moments of run, compare, sweep, best, calibrate and cba, and what is lost
by it.

    python -m tests.killing --moments 20 [--only run] [--workers 2] [--seed 1]

Every command is begun on a small world, killed after a random part of the time that it takes, and given again. Nothing
that was finished may be simulated again, and the final files must be those of a command that was never killed, to the
last byte. Exit code 1 if they are not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from tests.priced import write_priced
from tests.studies import write_study
from tests.sweeps import write

ROOT = pathlib.Path(__file__).resolve().parents[1]
PIECE = re.compile(r"-(\d+)-(\d+)-[0-9a-f]{16}\.(npz|json)$")
COMMANDS = ("run", "compare", "sweep", "best", "calibrate", "cba")


def words_of(command: str, folder: pathlib.Path, out: pathlib.Path, workers: int) -> list[str]:
    """The command on a small world; its answer is one JSON object."""
    how = ["--workers", str(workers), "--out", str(out), "--json"]
    if command == "calibrate":
        study = write_study(folder, {"job_12": 0.25, "job_26": 0.4, "other_26": 0.12, "talks": 0.4})
        return [command, str(study), "--to", str(out / "fitted.yaml"), *how]
    if command == "cba":
        base, scenario, prices = map(str, write_priced(folder))
        many = ["--replications", "30", "--draws", "20", "--tornado", "4", "--batch", "2"]
        return [command, base, scenario, "--prices", prices, *many, *how]
    small = write(folder)
    if command == "best":
        grid = ["--over", "teams.team.fte=1:4:0.25", "--of", "wait_first_talk_all", "--least", "--zone", "0.05"]
        return [command, str(small), *grid, "--batch", "3", *how]
    other = folder / "other.yaml"
    other.write_text("version: 2\nextends: small.yaml\nname: Other\nteams: {team: {fte: 1}}\n", encoding="utf-8")
    given = {"run": [small], "compare": [small, other], "sweep": [small, "--over", "teams.team.fte=1:4:0.25"]}
    count = {"run": "300", "compare": "150", "sweep": "30"}[command]
    return [command, *map(str, given[command]), "--replications", count, "--batch", "3", *how]


def program(words: list[str]) -> list[str]:
    """The command line that starts the program."""
    return [sys.executable, "-m", "simulation.cli", *words]


def answer(words: list[str]) -> dict:
    """What the command says when it is left alone."""
    done = subprocess.run(program(words), env=environment(), capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def environment() -> dict[str, str]:
    """So that the program is found, and takes one processor a process."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def final(out: pathlib.Path, told: dict) -> dict[str, str]:
    """Hashes of the final files."""
    if "results_dir" not in told:
        files = sorted(out.glob("fitted*"))
    else:
        files = sorted((pathlib.Path(told["results_dir"]) / "tables").glob("*.csv"))
    assert files
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def kept(out: pathlib.Path) -> int:
    """Replications that are kept as finished (of unfinished work)."""
    spans = [PIECE.search(file.name) for file in out.rglob("*") if "-points" in file.as_posix() and file.name[0] != "."]
    return sum(int(span[2]) - int(span[1]) + 1 for span in spans if span)


def kill_and_go_on(words: list[str], out: pathlib.Path, after: float) -> tuple[int, dict]:
    """Begin, kill after so many seconds, and give the command again: replications kept when it died, and the answer."""
    with subprocess.Popen(
        program(words), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    time.sleep(0.2)  # its workers end by themselves, and may finish a piece, which nobody keeps
    there = kept(out)
    return there, answer(words)


def main() -> int:
    """Kill, and tell what was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--moments", type=int, default=20)
    options.add_argument("--only", choices=COMMANDS)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    draw = random.Random(asked.seed)
    bad = 0
    for command in [asked.only] if asked.only else COMMANDS:
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            out = folder / "out"
            words = words_of(command, folder, out, asked.workers)
            began = time.monotonic()
            whole = final(out, answer(words))
            took = time.monotonic() - began
            shares = []
            for number in range(asked.moments):
                shutil.rmtree(out)
                after = draw.uniform(0, took)
                there, told = kill_and_go_on(words, out, after)
                same, resumed = final(out, told) == whole, int(told["resumed"])
                lost = 0 if command == "calibrate" else max(there - resumed, 0)  # cba takes up what is finished, too
                left = [p.name for p in out.rglob("*") if p.name.startswith(".") or p.name.endswith("-points")]
                if not same or lost or left:
                    bad += 1
                    print(f"{command}, moment {number}, after {after:.2f} s: same {same}, lost {lost}, left {left}")
                shares.append(resumed)
            some = sum(share > 0 for share in shares)
            print(
                f"{command}: {asked.moments} kills within {took:.1f} s; {some} with finished work, which was taken up "
                f"({min(shares)} to {max(shares)}); wrong: {bad}",
                flush=True,
            )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
