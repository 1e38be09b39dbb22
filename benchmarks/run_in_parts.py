"""A run of a scenario as users have it, in one process, and how long each part of it takes.

    PYTHONPATH=CHECKOUT python benchmarks/run_in_parts.py SCENARIO

Prints one line of JSON: CPU seconds of imports, load, engine, summaries, tables, figures. The same public functions are
called in turn as by `jobcentersim run`, which besides writes files and the text on screen. Where the program does two
of them at once, or loads a module only where it is used, the time stands with the part that asked for it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main(scenario: str) -> None:
    """Run it, and print the seconds."""
    parts: dict[str, float] = {}
    clock = Clock(parts)
    clock.start("imports")
    import simulation.week

    simulation.week.run = clock.around("engine", simulation.week.run)
    from simulation.experiments.replicate import replicate
    from simulation.report.ran import Ran
    from simulation.report.store import draw_into
    from simulation.scenario.load import companion, load

    clock.start("load")
    loaded = [load(scenario)]
    beside = companion(loaded[0])
    loaded += [beside] if beside else []
    clock.start("summaries")
    results = replicate(loaded)
    clock.start("tables")
    ran = Ran(results[:1], results[1:])
    ran.tables()
    clock.start("figures")
    with tempfile.TemporaryDirectory() as folder:
        draw_into(ran, Path(folder), "benchmark")
    clock.start("")
    print(json.dumps(parts))


class Clock:
    """Adds up CPU seconds by part; what is inside of another part counts there no more."""

    def __init__(self, parts: dict[str, float]) -> None:
        self.parts = parts
        self.part, self.since = "", time.process_time()

    def start(self, part: str) -> str:
        """What follows is of this part. Returns which it was before."""
        now = time.process_time()
        if self.part:
            self.parts[self.part] = self.parts.get(self.part, 0.0) + now - self.since
        before, self.part, self.since = self.part, part, now
        return before

    def around(self, part: str, do: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose time is of this part."""

        def timed(*arguments: Any, **named: Any) -> Any:
            before = self.start(part)
            try:
                return do(*arguments, **named)
            finally:
                self.start(before)

        return timed


if __name__ == "__main__":
    main(sys.argv[1])
