"""Mutated inputs: each is refused at a place with exit code 2, or accepted and then run rightly.

`python -m tests.mutants --seed S --number N` tries N of them and shows those that are neither.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import random
import re
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from simulation import Loaded, load
from simulation.experiments.grid import grid_of
from simulation.experiments.replicate import replicate
from simulation.results.result import Result
from simulation.scenario.axes import read_options
from simulation.scenario.check import warnings as doubts
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.reading import resolve
from simulation.scenario.files.settings import read_settings
from simulation.scenario.schema import Scenario
from tests.cases.places import said
from tests.mutation import Mutant, every_end, mutant

MOST_LEDIGE, MOST_WEEKS, MOST_POINTS = 400, 150, 12
PLACE = re.compile(r":\d+:\d+: error: |^--?\w[^\n]*: error: |^error: |Error: Invalid value for '--", re.M)


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: `refused`, `run`, `large` (accepted, but too large to be run here), or a `fault`."""

    what: str
    detail: str = ""


def verdict(made: Mutant, folder: Path, whole: bool) -> Verdict:
    """Try a mutant in a folder; `whole`: accepted ones are run by the command, with all that is printed and stored."""
    for name, text in made.files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            return _tried(made, folder, whole)
    except Exception:
        return Verdict("fault", traceback.format_exc(limit=-4))


def _tried(made: Mutant, folder: Path, whole: bool) -> Verdict:
    file = folder / "x.yaml"
    if made.study:
        return _of_study(file)
    set_: list[str] = []
    if made.over:
        return _swept(file, made.over, folder)
    if not made.changes:
        set_ = made.options if made.options[:1] == ["--set"] else []
        answer = _told(["diary", file, "--ledig", 0, *set_] if set_ else ["check", file])
        if answer.what != "run":
            return answer
    try:
        loaded = load(file).with_(made.changes or read_settings(made.options[1::2] if set_ else []))
    except InputProblems as error:
        return _refused(error, made)
    return _run(loaded, file, made, folder, whole)


def _refused(error: InputProblems, made: Mutant) -> Verdict:
    """A value of `with_` has no place but its key."""
    is_told = PLACE.search(str(error)) or (made.changes and next(iter(made.changes)).split(".")[0] in str(error))
    return Verdict("refused") if is_told else Verdict("fault", f"no place: {error}")


def _of_study(file: Path) -> Verdict:
    from calibration.read import read_study

    try:
        study = read_study(file)
    except InputProblems as error:
        return _refused(error, Mutant([], {}))
    for part in study.parts:
        _sound(part.loaded)
    return Verdict("run")


def _told(words: list[object]) -> Verdict:
    answer = said(*words)
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        return Verdict("fault", "".join(traceback.format_exception(answer.exception, limit=-4)))
    if answer.exit_code == 0:
        return Verdict("run")
    if answer.exit_code != 2 or not answer.stderr or "\x1b" in answer.output:
        return Verdict("fault", f"exit code {answer.exit_code}: {answer.output[-1500:]}")
    return Verdict("refused" if PLACE.search(answer.stderr) else "fault", answer.stderr[-1500:])


def _swept(file: Path, over: str, folder: Path) -> Verdict:
    words = ["sweep", file, "--over", over, "--replications", 1, "--quiet", "--out", folder / "out"]
    try:
        grid = grid_of(str(file), resolve(file), read_options([over], [], None, None))
    except InputProblems:
        return _told(words)
    if len(grid.points) > MOST_POINTS or any(_is_large(grid.variant(point)) for point in range(len(grid.points))):
        return Verdict("large")
    with patch("simulation.report.sweep.figures.draw_sweep", lambda *_: None):
        return _told(words)


def _is_large(scenario: Scenario) -> bool:
    too_many = sum(scenario.persons().values()) > MOST_LEDIGE or len(scenario.jobcentres) > 30
    return too_many or scenario.weeks > MOST_WEEKS


def _run(loaded: Loaded, file: Path, made: Mutant, folder: Path, whole: bool) -> Verdict:
    if made.changes or made.options[:1] == ["--set"]:  # of all others `check` has told them
        doubts(loaded)
    if _is_large(loaded.scenario) or len(loaded.file) > 10**4:
        return Verdict("large")
    if not whole:
        _sound(loaded)
        return Verdict("run")
    try:
        _sound(loaded).table()
    except InputProblems as error:  # a figure is cited that does not exist, which values set from Python are asked last
        return _refused(error, made)
    options = [*made.options, "--alone", "--replications", "1", "--json", "--quiet", "--out", str(folder / "out")]
    with patch("simulation.report.figures.figures.draw_all", lambda *_: None):
        answer = said("run", file, *options)
    if answer.exit_code not in (0, 2) or (answer.exit_code == 2 and "--posterior" not in made.options):
        return Verdict("fault", f"check says fine, run {answer.exit_code}: {answer.output[-1500:]}")
    if answer.exit_code == 0:
        json.loads(answer.stdout.splitlines()[-1])
    return Verdict("run")


def _sound(loaded: Loaded) -> Result:
    """Run one replication: every figure is finite or unknown, and every share a share. Raises AssertionError."""
    result = replicate([loaded], 1)[0]
    for figure, value in result.replications[0].outcomes.items():
        assert math.isnan(value) or math.isfinite(value), (figure, value)
        if result.names.is_share(figure.outcome) and figure.group.kind != "difference":
            assert math.isnan(value) or -1e-9 - ("net" in str(figure.outcome)) <= value <= 1 + 1e-9, (figure, value)
    return result


def tried(
    made: Iterable[tuple[str, Mutant]], whole_every: int = 1, shown: Callable[[str], None] | None = None
) -> collections.Counter[str]:
    """Try mutants, each with its name; how many became what. Every fault is told to `shown`, with what was changed."""
    counts: collections.Counter[str] = collections.Counter()
    for n, (name, each) in enumerate(made):
        with tempfile.TemporaryDirectory() as folder:
            found = verdict(each, Path(folder), n % whole_every == 0)
        counts[found.what] += 1
        if found.what == "fault" and shown is not None:
            shown(f"--- {name}: {'; '.join(each.notes)} {each.options} {each.over}\n{found.detail}")
    return counts


def chosen(seed: int, first: int, number: int) -> Iterator[tuple[str, Mutant]]:
    """So many mutants of a seed, from the first one on."""
    for n in range(first, first + number):
        yield f"{seed}.{n}", mutant(random.Random(f"{seed}.{n}"))


def main() -> None:
    """On the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--whole-every", type=int, default=1, help="run every so many-th by the command")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--ends", action="store_true", help="instead: every number at the ends of what is allowed")
    given = parser.parse_args()
    began = time.perf_counter()
    made: Iterable[tuple[str, Mutant]] = chosen(given.seed, given.first, given.number)
    if given.ends:
        made = islice(((str(n), each) for n, each in enumerate(every_end())), given.first, given.first + given.number)
    counts = tried(made, given.whole_every, lambda text: print(text, flush=True))
    print(dict(counts), f"{time.perf_counter() - began:.0f} seconds")


if __name__ == "__main__":
    main()
