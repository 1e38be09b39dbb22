"""Pieces of work, carried out here or by an executor, in whatever order they are finished.

Everything that simulates much hands its work over here: what is finished goes at once to whoever keeps it, a bar shows
how far the work has come, Ctrl-C and a piece that fails end it, and a piece whose worker died is done again. Any
`concurrent.futures.Executor` will do (executors.py), a cluster's among them (cluster.py).

    replicate.py   asks for replications of scenarios; batches.py says how many are simulated side by side, a piece
    work.py        this file: sends pieces out, takes back what was found, does again what was lost
    pool.py        processes here, forked where that is safe from one that has the program loaded (preloaded.py)
    large.py       (in simulation/) a single world that is large: a few jobcentres at a time
    kept.py        what is finished is on disk at once

A piece gives the same result, bit for bit, wherever, with whatever beside it, and however often it is done. Why: luck
is a hash of person, decision and week, and keys go by seed, jobcentre and replication (world/draws.py). NumPy reckons
each row by itself, and where rows are added up, numbers are whole or are added in the order of the rows of one world.
Which of several ways is taken by size or speed must not change a result; what is kept and counted is decided by the
scenario, never by a batch or a slice of a world. Results are put in order by number. A worker elsewhere must have the
same program and the same arithmetic (cluster.py).
"""

from __future__ import annotations

import contextlib
import pickle
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from simulation.experiments.executors import Crew, CrewLost, KilledOften, Workers, at_once
from simulation.experiments.pool import end, is_broken, processes
from simulation.experiments.progress import Progress

Name = TypeVar("Name")
Output = TypeVar("Output")

AHEAD = 2
"""Pieces that are sent out per worker, so that no worker waits for its next one."""
TRIES = 3
"""How often a piece is given to a worker that dies before the work is given up."""
ALONE = TRIES - 1
"""A piece that was lost so often is sent out alone. A pool that breaks loses all pieces that are out, whichever of them
killed the worker; only a piece that was out alone is surely the one."""
MAIN = b"__main__"
"""The module of what is defined in a notebook or in the script that is run, as it stands in what is packed."""
ONE_BY_ONE = (
    "this is done in one process: it holds something that is defined in a notebook or script, which other processes do "
    "not have; in a module of its own, imported here, it is done by as many as you ask for"
)
LOOK = 5.0
"""Seconds between checks that whoever does the work is still there."""


@dataclass(frozen=True)
class Piece(Generic[Name, Output]):
    """A function with its arguments. `name` goes with the result to whoever keeps it, `size` is how much of the bar it
    is, and `note` says in words where something failed."""

    name: Name
    do: Callable[..., Output]
    arguments: tuple[Any, ...]
    size: int
    note: str

    def done(self) -> Output:
        """The result, found in this process."""
        try:
            return self.do(*self.arguments)
        except Exception as error:
            error.add_note(self.note)
            raise


def packed(do: Callable[..., object], *arguments: Any) -> bytes:
    """A function with its arguments as they are now. An executor pickles what it is given some time later, in a thread
    of its own, while this one may go on to change it (what is worked out when first asked for)."""
    return pickle.dumps((do, arguments))


def carry(content: bytes) -> Any:
    """Carry out what was packed, elsewhere."""
    do, arguments = pickle.loads(content)
    return sendable(do, *arguments)


def sendable(do: Callable[..., Output], *arguments: Any) -> Output:
    """What `do` returns. An error that cannot be sent between processes becomes a RuntimeError of the same words;
    otherwise it would look as if the worker had died."""
    try:
        return do(*arguments)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            raise RuntimeError(f"{type(error).__name__}: {error}") from error
        raise


class Stopped(Exception):
    """Somebody pressed Ctrl-C; `done` of `total` are finished, counted in `unit`. Callers add the `results` so far."""

    def __init__(self, done: int, total: int, unit: str = "piece") -> None:
        super().__init__(done, total, unit)
        self.done, self.total, self.unit = done, total, unit
        self.results: Sequence[Any] = ()

    def __str__(self) -> str:
        return f"interrupted after {self.done} of {self.total} {self.unit}s"


class WorkerDied(RuntimeError):
    """A piece of work did not come back, however often it was tried."""


def carry_out(
    pieces: Iterable[Piece[Name, Output]],
    keep: Callable[[Name, Output], object],
    progress: Progress,
    workers: Workers = 1,
) -> None:
    """Carry out all pieces and hand each to `keep` when it is finished.

    By a crew from outside if `workers` is one, which is left open; else in this process if there is one worker or one
    piece, else over so many processes. `pieces` is drawn from as there is room, so a piece is made when it is needed.
    Raises Stopped on Ctrl-C, WorkerDied if a piece never comes back, CrewLost if the crew is not there any more, and
    what a piece raises, with its note; pieces that have not begun are then left.
    """
    try:
        with closing(_results(iter(pieces), workers)) as results:
            for piece, result in results:
                keep(piece.name, result)
                progress.add(piece.size)
    except KeyboardInterrupt:
        raise Stopped(progress.done, progress.total, progress.unit) from None


def _results(
    pieces: Iterator[Piece[Name, Output]], workers: Workers
) -> Generator[tuple[Piece[Name, Output], Output], None, None]:
    elsewhere = isinstance(workers, Crew)
    first = list(islice(pieces, 2)) if not elsewhere and at_once(workers) > 1 else []
    if elsewhere or (len(first) == 2 and not _of_this_process(first[0])):
        yield from _Dispatch(chain(first, pieces), workers).results()
        return
    for piece in chain(first, pieces):
        yield piece, piece.done()


def _of_this_process(piece: Piece[Name, Output]) -> bool:
    """Whether the piece holds something that other processes do not have, such as an intervention that is defined in a
    cell of a notebook. It is told in a sentence."""
    with contextlib.suppress(Exception):  # whatever cannot be packed cannot be sent either
        if MAIN not in packed(piece.do, *piece.arguments):
            return False
    warnings.warn(ONE_BY_ONE, stacklevel=2)
    return True


@dataclass
class _Attempt(Generic[Name, Output]):
    piece: Piece[Name, Output]
    lost: int = 0  # how many times


class _Dispatch(Generic[Name, Output]):
    """Pieces that are out with an executor, and pieces that were lost and are to be sent out again."""

    def __init__(self, pieces: Iterator[Piece[Name, Output]], workers: Workers) -> None:
        self.pieces, self.workers = pieces, workers
        self.executor: Executor = workers if isinstance(workers, Crew) else processes(workers)
        self.outstanding: dict[Future[Output], _Attempt[Name, Output]] = {}
        self.to_retry: list[_Attempt[Name, Output]] = []

    def results(self) -> Iterator[tuple[Piece[Name, Output], Output]]:
        """Each piece with its result."""
        try:
            while self._send():
                yield from self._collect()
        finally:
            if isinstance(self.workers, Crew):
                for future in self.outstanding:
                    future.cancel()
            elif self.outstanding:
                end(self.executor)
            else:
                self.executor.shutdown(wait=False, cancel_futures=True)

    def _send(self) -> bool:
        """Send out as many pieces as there is room for; returns whether any is out."""
        while (attempt := self._next()) is not None:
            try:
                self.outstanding[self._submit(attempt.piece)] = attempt
            except BrokenExecutor as error:
                self._lose(attempt, error)
                self._replace(error)
        return bool(self.outstanding)

    def _submit(self, piece: Piece[Name, Output]) -> Future[Output]:
        try:
            content = packed(piece.do, *piece.arguments)
        except Exception:  # threads from outside do what cannot be sent as well
            return self.executor.submit(sendable, piece.do, *piece.arguments)
        return self.executor.submit(carry, content)

    def _next(self) -> _Attempt[Name, Output] | None:
        alone = any(attempt.lost >= ALONE for attempt in chain(self.to_retry, self.outstanding.values()))
        if len(self.outstanding) >= (1 if alone else AHEAD * at_once(self.workers)):
            return None
        if self.to_retry:
            return self.to_retry.pop(0)
        piece = next(self.pieces, None)
        return None if piece is None else _Attempt(piece)

    def _collect(self) -> Iterator[tuple[Piece[Name, Output], Output]]:
        """What has come back, after waiting for at least one piece (or for a while)."""
        broken: BrokenExecutor | None = None
        crew_lost: CrewLost | None = None
        finished = wait(self.outstanding, LOOK, FIRST_COMPLETED).done
        if not finished and not isinstance(self.workers, Crew) and is_broken(self.executor):
            broken = BrokenExecutor("a process died and left its pieces unfinished")
        for future in finished:
            attempt = self.outstanding.pop(future)
            try:
                result = future.result()
            except BrokenExecutor as error:
                broken = error
                self._lose(attempt, error)
            except CrewLost as error:
                crew_lost = error  # after what has come back before it
            except Exception as error:
                error.add_note(attempt.piece.note)
                raise
            else:
                yield attempt.piece, result
        if broken is not None:
            self._replace(broken)
        if crew_lost is not None:
            raise crew_lost
        if isinstance(self.workers, Crew) and self.outstanding:
            self.workers.look()

    def _lose(self, attempt: _Attempt[Name, Output], error: BrokenExecutor) -> None:
        """A piece has not come back. Raises WorkerDied if it has been tried often enough."""
        attempt.lost = max(attempt.lost + 1, ALONE if isinstance(error, KilledOften) else 0)
        if attempt.lost >= TRIES:
            message = f"a worker died {TRIES} times, perhaps for lack of memory, {attempt.piece.note}"
            died = WorkerDied(message)
            died.add_note("fewer workers or smaller batches need less memory")
            raise died from error
        self.to_retry.append(attempt)
        self.to_retry.sort(key=lambda each: -each.lost)

    def _replace(self, error: BrokenExecutor) -> None:
        """A new pool for one of our own that broke: what is still out with the old one is lost."""
        if isinstance(self.workers, Crew):
            return
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = processes(self.workers)
        for future, attempt in list(self.outstanding.items()):
            if not future.done() or isinstance(future.exception(), BrokenExecutor):
                del self.outstanding[future]
                self._lose(attempt, error)
