"""Figures drawn by a process of their own, which loads Matplotlib while a run is simulated, beside the tables.

They are the same to the last byte. With one processor, where it would take too much memory, and where the process is
not ready in time or has died, figures are drawn in this one.
"""

from __future__ import annotations

import os
import pathlib
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from importlib import import_module

from simulation.experiments.pool import end, processes
from simulation.experiments.work import carry, packed
from simulation.scenario.load import Loaded

Files = dict[str, bytes]
"""What was drawn: content by place within the folder of figures."""
LOADED = ("pandas", "simulation.report.figures.figures")
WORTH_IT = 500_000
"""Ledige × weeks of a run in less than which the process would not be ready."""
MOST = 200
"""Replications over all scenarios above which it would take too much memory: all are sent, which takes four copies of
what may be 1 MB each. Then drawing is little of the time."""


def beside(loaded: Sequence[Loaded], replications: int) -> Beside | None:
    """Somebody who draws while these scenarios are run and told of; None where it would save nothing, or cost too much
    memory."""
    if replications * len(loaded) > MOST:
        return None
    weeks = sum(sum(each.scenario.persons().values()) * each.scenario.weeks for each in loaded) * replications
    return Beside() if weeks >= WORTH_IT and _processors() > 1 and _is_the_program() else None


class Beside:
    """A process that draws; `close` ends it."""

    def __init__(self) -> None:
        self._executor = processes(1)
        self._ready = self._executor.submit(_load)

    def begin(self, draw: Callable[[pathlib.Path], None]) -> Callable[[pathlib.Path], None]:
        """Begin to draw by a function that can be sent, or part of one. What is returned puts the figures into a folder
        that is there, and raises what drawing raises."""
        try:
            drawn = self._executor.submit(carry, packed(files_of, draw))
        except BrokenExecutor:
            return draw

        def put(folder: pathlib.Path) -> None:
            if (files := self._drawn(drawn)) is None:
                self.close()
                draw(folder)
                return
            for place, content in files.items():
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                (folder / place).write_bytes(content)

        return put

    def _drawn(self, drawn: Future[Files]) -> Files | None:
        """What was drawn; None where the process is not ready in time or has died."""
        try:
            return drawn.result() if self._ready.done() else None
        except BrokenExecutor:
            return None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        end(self._executor)


def files_of(draw: Callable[[pathlib.Path], None]) -> Files:
    """The files that a function draws into a folder."""
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        draw(folder)
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _processors() -> int:
    """How many processors this process may use."""
    with suppress(AttributeError):  # not known everywhere
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_the_program() -> bool:
    """Whether this is the command itself, which another process may import; not a script that calls it, which the other
    one would begin anew."""
    main = sys.modules.get("__main__")
    module, file = getattr(main, "__spec__", None), getattr(main, "__file__", None) or ""
    return getattr(module, "name", "") == "simulation.cli.__main__" or pathlib.Path(file).stem == "jobcentersim"


def _load() -> None:
    for module in LOADED:
        import_module(module)
