"""A checkout under measurement: a process that does what it is asked, and tells what that took.

    PYTHONPATH=CHECKOUT python benchmarks/probe.py

Reads one request a line from standard input, {"do": name, ...}, and answers each with one line of JSON. Imports are
done before the first request and are not timed.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import workload

import simulation
from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario

try:
    from simulation.large import run_batch
except ImportError:  # an older checkout, which runs every world in one piece
    from simulation.week import run as run_batch

Answer = dict[str, Any]


def jobcentre(persons: int, worlds: int, first: int = 0, **more: int) -> Answer:
    """So many worlds of the workload in one batch; `more` is as for `workload.jobcentre`."""
    return batch(workload.jobcentre(persons, **more), range(first, first + worlds), False)


def shipped(name: str, worlds: int, first: int = 0, invariants: bool = True) -> Answer:
    """So many worlds of a scenario file in one batch."""
    return batch(workload.loaded(name).scenario, range(first, first + worlds), invariants)


def batch(scenario: Scenario, replications: range, invariants: bool) -> Answer:
    """Seconds of set-up and run with the weekly register."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    run_batch(scenario, replications, check_invariants=invariants)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {"wall": wall, "cpu": cpu, "weeks": scenario.weeks, "persons": sum(scenario.persons().values())}


def measured(persons: int) -> Answer:
    """One world of the workload, with all figures measured, as a worker does it."""
    return {"found": len(simulate(workload.jobcentre(persons), [0])[0].outcomes)}


def workers(name: str, worlds: int, number: int) -> Answer:
    """So many worlds by so many processes, started anew, in batches of the size that the program chooses."""
    loaded = workload.loaded(name)
    wall = time.perf_counter()
    simulation.run(loaded, worlds, workers=number)
    return {"wall": time.perf_counter() - wall}


def sent(name: str, worlds: int) -> Answer:
    """The bytes in which a process that has simulated a batch sends back what is kept of it."""
    return {"bytes": len(pickle.dumps(simulate(workload.loaded(name).scenario, range(worlds))))}


def peak() -> Answer:
    """The most memory that this process has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return {"bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}


ALL = (jobcentre, shipped, measured, workers, sent, peak)
TASKS: dict[str, Callable[..., Answer]] = {task.__name__: task for task in ALL}


def main() -> None:
    """Answer until there are no more requests."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a run prints is no answer
    for line in sys.stdin:
        request = json.loads(line)
        answer = TASKS[request.pop("do")](**request)
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
