"""Time the engine and the commands, against a plain C loop, a SimPy model, and another checkout, in one run.

    python3 tasks.py bench [PART ...] [--quick] [--rounds 5] [--tree CHECKOUT] [--against CHECKOUT] [--plan]

Without parts it does them all, after it has said how long that takes. With --against, both checkouts are measured in
turn, round by round, and the column with the slash has the ratio. Figures are kept in results/bench.json, with the
machine they were measured on, and the last column holds them against those of the last time on such a processor.
Times move by a factor of two with what else the machine does, and those of NumPy more than those of C, so a ratio to C
is too high on a busy machine (`load`, and `numpy_us`: microseconds of one small NumPy call, say how busy it was). Only
checkouts measured in turn compare well. Linux and macOS.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import machine
import part_growth
import part_jobcentre
import part_runs
import part_studies
from figure import Figure, comparable, heading, keep, kept
from plain import Plain, compiler
from rounds import Bench
from tree import HERE, Tree

KEPT = HERE / "results" / "bench.json"


@dataclass(frozen=True)
class Part:
    """What can be asked for, and the seconds that it takes for one checkout, whole and quick (0: only if named)."""

    measure: Callable[[Bench], Iterator[Figure]]
    seconds: int
    quick: int


PARTS = {
    "sizes": Part(part_jobcentre.sizes, 60, 15),
    "simpy": Part(part_jobcentre.simpy, 20, 10),
    "halves": Part(part_jobcentre.halves, 25, 0),
    "memory": Part(part_jobcentre.memory, 10, 3),
    "growth": Part(part_growth.growth, 40, 15),
    "kinds": Part(part_growth.kinds, 40, 15),
    "runs": Part(part_runs.runs, 200, 60),
    "check": Part(part_runs.check, 20, 20),
    "sweep": Part(part_studies.sweep, 200, 25),
    "uncertain": Part(part_studies.uncertain, 70, 15),
    "fit": Part(part_studies.fit, 25, 25),
    "workers": Part(part_studies.workers, 60, 10),
}


def main(words: Sequence[str]) -> None:
    """Read the options, measure, print and keep."""
    chosen = options().parse_args(words)
    names = chosen.parts or [name for name, part in PARTS.items() if part.quick or not chosen.quick]
    trees = [Tree(chosen.tree.resolve(), "now")]
    if chosen.against is not None:
        trees.insert(0, Tree(chosen.against.resolve(), "before"))
    parts = [PARTS[name] for name in names]
    seconds = sum((chosen.quick and part.quick) or part.seconds for part in parts) * len(trees)
    minutes = max(1, round(seconds / 60))
    print(f"{', '.join(names)}: about {minutes} minute{'s' if minutes > 1 else ''}", flush=True)
    if chosen.plan:
        return
    plain = Plain() if compiler() else None
    if plain is None:
        print("There is no C compiler here, so nothing is held against the C loop.")
    facts, last = machine.facts(trees[-1].folder), kept(chosen.keep)
    print(f"{facts['processor']}, {facts['cores']} cores, Python {facts['python']}, NumPy {facts['numpy']}, "
          f"load {facts['load']}, numpy_us {facts['numpy_us']}; commit {facts['commit']}, {facts['day']}")  # fmt: skip
    labels = [tree.label for tree in trees]
    bench = Bench(trees, plain, min(chosen.rounds, 3) if chosen.quick else chosen.rounds, chosen.quick)
    try:
        for name in names:
            print(f"\n{name}\n{heading(labels)}", flush=True)
            for figure in PARTS[name].measure(bench):
                print(figure.line(comparable(figure, last, facts["processor"])), flush=True)
                keep(chosen.keep, [figure], facts, labels)
    finally:
        bench.close()
    print(f"\nKept in {chosen.keep}.")


def options() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="tasks.py bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="fewer and smaller measurements")
    parser.add_argument("--rounds", type=int, default=5, help="of each measurement; those that take long: fewer")
    parser.add_argument("--tree", type=Path, default=HERE, help="the checkout that is measured; if not given, this one")
    parser.add_argument("--against", type=Path, help="another checkout, which is measured in turn with it")
    parser.add_argument("--keep", type=Path, default=KEPT, help="the file in which figures are kept")
    parser.add_argument("--plan", action="store_true", help="say how long it takes, and do nothing")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
