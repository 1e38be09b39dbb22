"""Time the engine against a plain process-per-ledig SimPy model of the same workload, in one run.

    python benchmarks/bench.py [--rounds 7] [--large] [--workers]

Both run on one core, set-up included, imports excluded, in turn; the ratio is the median over rounds of SimPy against
the engine before and after it, because the machine's speed drifts. The SimPy model (lean_simpy.py) is written with
care; it is timed in both of its manners, everyone with a clock of his own (the ordinary way) and all on the centre's.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import pathlib
import resource
import statistics
import sys
import time
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import lean_simpy  # noqa: E402

from simulation import load  # noqa: E402
from simulation.experiments.replicate import replicate  # noqa: E402
from simulation.scenario.schema import Scenario  # noqa: E402
from simulation.week import run  # noqa: E402

WEEKS = 64


def workload(ledige: int) -> Scenario:
    """jobcentre_64 at another size: minutes and places grow with the number of ledige."""
    base = load(ROOT / "scenarios" / "bench" / "jobcentre_64.yaml")
    centres = list(base.scenario.jobcentres)
    each, more = divmod(ledige, len(centres))
    changes: dict[str, Any] = {f"jobcentres.{name}.persons": each + (i < more) for i, name in enumerate(centres)}
    changes["intake.persons"] = each
    changes["teams.sagsbehandlere.fte"] = 1.0
    changes["teams.sagsbehandlere.minutes_per_week"] = 1
    changes["interventions.praktik.places"] = round(0.03 * ledige / len(centres))
    minutes = round(24.5 * ledige / len(centres))
    if minutes <= 100_000:
        changes["teams.sagsbehandlere.minutes_per_week"] = minutes
    else:  # a caseworker's week is bounded, so there are more of them
        changes["teams.sagsbehandlere.fte"] = minutes / 1000
        changes["teams.sagsbehandlere.minutes_per_week"] = 1000
    return base.with_(changes).scenario


def timed(scenario: Scenario, replications: range) -> tuple[float, int]:
    """Seconds of one batch, and its person-weeks at risk."""
    gc.collect()
    began = time.perf_counter()
    world = run(scenario, replications, check_invariants=False)
    seconds = time.perf_counter() - began
    present = sum(int(((codes & 15) == 1).sum()) for codes in world.register.codes)
    left = sum(int(world.register.counts[f"exit_{name}"].sum()) for name in scenario.exits)
    return seconds, present + left


def against_simpy(rounds: int) -> None:
    """The ratio at N = 10,000."""
    scenario = workload(10_000)
    timed(scenario, range(1))
    rows = []
    for i in range(rounds):
        seconds, person_weeks = timed(scenario, range(i, i + 1))
        slow = {own: lean_simpy.simulate(10_000, WEEKS, i, own)["wall"] for own in (True, False)}
        again, _ = timed(scenario, range(i, i + 1))
        rows.append(((seconds + again) / 2, slow[True], slow[False], person_weeks))
        gc.collect()
    engine, own, shared, weeks = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"jobcentre_64, N = 10,000 × {WEEKS} weeks, one core, weekly register on; median of {rounds} rounds")
    speed = weeks / engine / 1e6
    print(f"  engine                                 {engine * 1000:8.1f} ms   {speed:6.1f} M person-weeks/s")
    for name, slow, column in (("own clock", own, 1), ("centre's clock", shared, 2)):
        ratio = statistics.median(row[column] / row[0] for row in rows)
        print(f"  SimPy, process per ledig, {name:14} {slow * 1000:8.1f} ms   {ratio:6.1f} times the engine")


def _large(size: int, answer: Any) -> None:
    seconds, person_weeks = timed(workload(size), range(1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 ** (2 if sys.platform != "darwin" else 3)
    answer.put((seconds, person_weeks, peak))


def large(sizes: tuple[int, ...]) -> None:
    """Time and peak memory at other sizes, each in a process of its own."""
    for size in sizes:
        context = multiprocessing.get_context("spawn")
        answer = context.Queue()
        process = context.Process(target=_large, args=(size, answer))
        process.start()
        seconds, person_weeks, peak = answer.get()
        process.join()
        speed = person_weeks / seconds / 1e6
        print(f"  N = {size:9,}: {seconds:7.3f} s   {speed:6.1f} M person-weeks/s   peak {peak:.2f} GiB")


def batched(rounds: int) -> None:
    """Small worlds side by side."""
    scenario = workload(1_000)
    timed(scenario, range(64))
    seconds = statistics.median(timed(scenario, range(64))[0] for _ in range(rounds))
    print(f"  N =     1,000 × 64 worlds in a batch: {seconds / 64 * 1000:.2f} ms a world")


def all_interventions(rounds: int) -> None:
    """The workload with every kind of intervention against the plain one, in turn."""
    plain, full = (
        load(ROOT / "scenarios" / "bench" / f"{name}.yaml").scenario for name in ("jobcentre_64", "alle_tilbud")
    )
    rows = [(timed(plain, range(1))[0], timed(full, range(1))[0]) for _ in range(2 * rounds)]
    fastest = [min(column) for column in zip(*rows, strict=True)]
    ratio = statistics.median(b / a for a, b in rows)
    print(
        f"  every intervention (alle_tilbud): {fastest[1] * 1000:.1f} ms against {fastest[0] * 1000:.1f} ms: "
        f"{fastest[1] / fastest[0]:.1f} times at best, {ratio:.1f} times at the median"
    )


def two_workers() -> None:
    """200 worlds with one worker and with two."""
    loaded = load(ROOT / "scenarios" / "bench" / "jobcentre_64.yaml")
    one, two = (replicate([loaded], 200, workers=w)[0].seconds for w in (1, 2))
    print(f"  200 worlds of N = 10,000: {one:.1f} s with one worker, {two:.1f} s with two: {one / two:.2f} times")


def main() -> None:
    """Read the options and print the figures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--large", action="store_true", help="also 100,000 and 1,000,000 ledige, with peak memory")
    options.add_argument("--workers", action="store_true", help="also one worker against two")
    chosen = options.parse_args()
    against_simpy(chosen.rounds)
    all_interventions(chosen.rounds)
    batched(3)
    large((10_000, 100_000, 1_000_000) if chosen.large else (10_000,))
    if chosen.workers:
        two_workers()


if __name__ == "__main__":
    main()
