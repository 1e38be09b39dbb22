"""jobcentre_64 by the engine, against a plain C loop and against SimPy with a process per ledig.

A round times the C loop, then each checkout, then the C loop again; a ratio is of CPU time, to the mean of the C loop's
two. Set-up and the weekly register are included, imports are not.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

import lean_simpy
from figure import Figure
from rounds import Bench, figure, in_turn
from tree import Probe, Tree

WEEKS = 64
SIZES = ((1_000, 64), (10_000, 1), (10_000, 12), (100_000, 1), (1_000_000, 1))
"""People of a world, and worlds of a batch."""
LARGE = 1_000_000
MEBI = 2.0**20


def sizes(bench: Bench) -> Iterator[Figure]:
    """Every size: times C, ms a world, ns a person-week at risk."""
    for persons, worlds in SIZES[:3] if bench.quick else SIZES:
        few = bench.rounds if persons < LARGE else min(bench.rounds, 3)
        yield from size(bench, persons, worlds, few)


def size(bench: Bench, persons: int, worlds: int, rounds: int) -> Iterator[Figure]:
    """One size; without a compiler there is only the time a world."""
    seconds: list[list[float]] = []
    of_c: list[tuple[float, float]] = []
    for number in range(rounds):
        before = bench.plain and bench.plain.typical(persons, WEEKS, number)
        seconds.append(in_turn(bench.probes, lambda probe: _world(probe, persons, worlds, number), number))  # noqa: B023
        if bench.plain and before:
            after = bench.plain.typical(persons, WEEKS, number)
            of_c.append(((before["cpu"] + after["cpu"]) / 2, before["person_weeks"]))
    name = f"jobcentre_64.{persons}x{worlds}"
    what = f"N = {persons:,}, {'one world' if worlds == 1 else f'a world of a batch of {worlds}'}"
    if of_c:
        pairs = list(zip(seconds, of_c, strict=True))
        yield figure(f"{name}.c", what, "× C", [[each / c for each in row] for row, (c, _) in pairs])
        per_week = [[each / weeks * 1e9 for each in row] for row, (_, weeks) in pairs]
        yield figure(f"{name}.ns", f"{what}, a person-week", "ns", per_week)
        plain = statistics.median(c / weeks * 1e9 for c, weeks in of_c)
        yield Figure(f"plain_c.{persons}x{worlds}.ns", f"N = {persons:,}, plain C, a person-week", "ns", [plain])
    yield figure(f"{name}.ms", what, "ms", [[each * 1e3 for each in row] for row in seconds])


def _world(probe: Probe, persons: int, worlds: int, number: int) -> float:
    return float(probe.ask("jobcentre", persons=persons, worlds=worlds, first=number * worlds)["cpu"]) / worlds


def simpy(bench: Bench) -> Iterator[Figure]:
    """How many times as long the SimPy model takes, in its two manners."""
    rounds: dict[bool, list[list[float]]] = {True: [], False: []}
    for number in range(2 if bench.quick else bench.rounds):
        engine = in_turn(bench.probes, lambda probe: _world(probe, 10_000, 1, number), number)  # noqa: B023
        for own, rows in rounds.items():
            slow = lean_simpy.simulate(10_000, WEEKS, number, own)["cpu"]
            rows.append([slow / each for each in engine])
    for own, rows in rounds.items():
        clock = "everybody's own clock" if own else "the jobcentre's clock"
        what = f"SimPy, a process per ledig, {clock}, N = 10,000"
        yield figure(f"simpy.{'own' if own else 'shared'}", what, "× ours", rows)


def halves(bench: Bench) -> Iterator[Figure]:
    """Two processes, each with half of the jobcentres of the large workload (nothing crosses jobcentres there), by wall
    time until both have finished."""
    others = [tree.probe() for tree in bench.trees]
    pairs = list(zip(bench.probes, others, strict=True))
    rows: list[list[float]] = []
    of_c: list[float] = []
    try:
        for number in range(min(bench.rounds, 3)):
            c = bench.plain and bench.plain.typical(LARGE, WEEKS, number)["wall"]
            rows.append(in_turn(pairs, lambda pair: _both(pair, number), number))  # noqa: B023
            if bench.plain and c:
                of_c.append((c + bench.plain.typical(LARGE, WEEKS, number)["wall"]) / 2)
    finally:
        for probe in others:
            probe.close()
    what = f"N = {LARGE:,}, half of the jobcentres in each of two processes, wall"
    if of_c:
        ratios = [[each / c for each in row] for row, c in zip(rows, of_c, strict=True)]
        yield figure("jobcentre_64.halves.c", what, "× C", ratios)
    yield figure("jobcentre_64.halves.s", what, "s", rows)


def _both(pair: tuple[Probe, Probe], number: int) -> float:
    for probe in pair:
        probe.send("jobcentre", persons=LARGE // 2, worlds=1, first=number, centres=9)
    answers: list[dict[str, Any]] = [probe.answer() for probe in pair]
    return max(float(answer["wall"]) for answer in answers)


def memory(bench: Bench) -> Iterator[Figure]:
    """The most memory of a process that has run one world, or has run and measured it, of which some is Python and the
    libraries; and what is kept of a world of På rette vej i job, as it is sent between processes."""
    for persons in (1_000,) if bench.quick else (1_000, LARGE):
        row = [_peak(tree, "jobcentre", persons=persons, worlds=1) for tree in bench.trees]
        yield figure(f"memory.{persons}", f"N = {persons:,}, peak memory of the process, engine", "MiB", [row])
    if not bench.quick:
        row = [_peak(tree, "measured", persons=LARGE) for tree in bench.trees]
        yield figure("memory.measured", f"N = {LARGE:,}, the same with all figures measured", "MiB", [row])
    batch = 16
    sent = [float(probe.ask("sent", name="paa_rette_vej_i_job", worlds=batch)["bytes"]) for probe in bench.probes]
    row = [each / batch / 1024 for each in sent]
    yield figure("memory.sent", "kept of a world of paa_rette_vej_i_job", "KiB", [row])


def _peak(tree: Tree, task: str, **asked: int) -> float:
    """The most memory of a new process that does a task, in MiB."""
    probe = tree.probe()
    try:
        probe.ask(task, **asked)
        return float(probe.ask("peak")["bytes"]) / MEBI
    finally:
        probe.close()
