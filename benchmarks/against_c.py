"""jobcentre_64 against the plain C loop, at several sizes, in one run.

    python benchmarks/against_c.py [--rounds 5] [--only 10000x1,10000x12] [--tree CHECKOUT] [--against CHECKOUT]

A round times the C loop, then each checkout (in turn first and last), then the C loop again; the figure is the median
over rounds of the checkout's CPU time against the mean of the C loop's two. Set-up is included, imports are not.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from plain import Plain
from tree import HERE, Probe, Tree

SIZES = {"1000x64": (1_000, 64), "10000x1": (10_000, 1), "10000x12": (10_000, 12), "100000x1": (100_000, 1), "1000000x1": (1_000_000, 1)}
WEEKS = 64


def in_c(plain: Plain, persons: int, measure: str, seed: int) -> tuple[float, float]:
    """Seconds of the C loop for one world, and its person-weeks: medians of as many worlds as make 400,000 people."""
    worlds = plain.worlds(persons, WEEKS, max(1, min(64, 400_000 // persons)), seed)
    seconds, weeks = (statistics.median(float(world[name]) for world in worlds) for name in (measure, "person_weeks"))
    return seconds, weeks


def engine_seconds(probes: Sequence[Probe], persons: int, worlds: int, seed: int) -> list[dict[str, Any]]:
    """Each checkout's answer; the one that began the last round comes last in this."""
    order = probes if seed % 2 else probes[::-1]
    answers = {id(probe): probe.ask("jobcentre", persons=persons, worlds=worlds, first=seed * worlds) for probe in order}
    return [answers[id(probe)] for probe in probes]


def size(plain: Plain, probes: Sequence[Probe], persons: int, worlds: int, rounds: int) -> list[dict[str, float]]:
    """Per checkout: `ratio` to C, `ms` a world, `ns` a person-week."""
    rows: list[list[tuple[float, float, float]]] = [[] for _ in probes]
    for i in range(rounds):
        before, weeks = in_c(plain, persons, "cpu", i)
        answers = engine_seconds(probes, persons, worlds, i)
        c = (before + in_c(plain, persons, "cpu", i)[0]) / 2
        for row, answer in zip(rows, answers, strict=True):
            each = answer["cpu"] / worlds
            row.append((each / c, each * 1e3, each / weeks * 1e9))
    return [dict(zip(("ratio", "ms", "ns"), map(statistics.median, zip(*row, strict=True)), strict=True)) for row in rows]


def main() -> None:
    """Read the options and print a line a size."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", default=",".join(SIZES), help="sizes: PERSONSxWORLDS, by commas")
    options.add_argument("--tree", type=Path, default=HERE, help="the checkout that is measured; if not given, this one")
    options.add_argument("--against", type=Path, help="another checkout, which is measured in turn with this one")
    chosen = options.parse_args()
    trees = [Tree(chosen.tree.resolve(), "now")]
    if chosen.against is not None:
        trees.insert(0, Tree(chosen.against.resolve(), "before"))
    plain = Plain()
    with ExitStack() as stack:
        probes = [stack.enter_context(tree.probe()) for tree in trees]
        for probe in probes:
            probe.ask("jobcentre", persons=1_000, worlds=1)
        print(f"{'persons × worlds':>18} " + "".join(f"{tree.label:>10}: × C, ms, ns " for tree in trees), flush=True)
        for name in chosen.only.split(","):
            persons, worlds = map(int, name.split("x"))
            found = size(plain, probes, persons, worlds, chosen.rounds if persons < 1_000_000 else min(chosen.rounds, 3))
            cells = "".join(f"   {each['ratio']:8.2f} {each['ms']:8.2f} {each['ns']:6.1f}" for each in found)
            print(f"{name:>18} {cells}" + (f"   now/before {found[1]['ms'] / found[0]['ms']:.3f}" if len(found) > 1 else ""), flush=True)


if __name__ == "__main__":
    main()
