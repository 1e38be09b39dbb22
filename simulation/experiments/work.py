"""Pieces of work, carried out here or by an executor, in whatever order they are finished.

Everything that simulates much hands its work over here: what is finished goes at once to whoever keeps it, a bar shows
how far the work has come, Ctrl-C and a piece that fails end it, and a piece whose worker died is done again. Any
`concurrent.futures.Executor` will do, so this is where a cluster is plugged in. A piece must give the same result
wherever and however often it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from simulation.experiments.pool import is_broken, processes
from simulation.experiments.progress import Progress

Name = TypeVar("Name")
Found = TypeVar("Found")

AHEAD = 2
"""Pieces that are out for each worker, so that none has to wait for the next."""
TRIES = 3
"""How often a piece is given to a worker that dies before the work is given up."""
ALONE = TRIES - 1
"""A piece that was lost so often is done while no other is out. A pool that breaks loses all pieces that are out,
whichever of them killed the worker; only of a piece that was alone is it known."""
LOOK = 5.0
"""Seconds after which it is looked whether the pool still stands."""


@dataclass(frozen=True)
class Piece(Generic[Name, Found]):
    """A function with its arguments. `name` goes with the result to whoever keeps it, `size` is how much of the bar it
    is, and `note` says in words where something failed."""

    name: Name
    do: Callable[..., Found]
    arguments: tuple[Any, ...]
    size: int
    note: str

    def done(self) -> Found:
        """The result, found in this process."""
        try:
            return self.do(*self.arguments)
        except Exception as error:
            error.add_note(self.note)
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
    pieces: Iterable[Piece[Name, Found]],
    keep: Callable[[Name, Found], object],
    progress: Progress,
    workers: int = 1,
    executor: Executor | None = None,
) -> None:
    """Carry out all pieces and hand each to `keep` when it is finished.

    By `executor` if given, which is left open and does `workers` pieces at once; else in this process if there is one
    worker or one piece, else over so many processes. `pieces` is drawn from as there is room, so a piece is made when
    it is needed. Raises Stopped on Ctrl-C, WorkerDied if a piece never comes back, and what a piece raises, with its
    note; pieces that have not begun are then left.
    """
    try:
        with closing(_results(iter(pieces), workers, executor)) as results:
            for piece, found in results:
                keep(piece.name, found)
                progress.add(piece.size)
    except KeyboardInterrupt:
        raise Stopped(progress.done, progress.total, progress.unit) from None


def _results(
    pieces: Iterator[Piece[Name, Found]], workers: int, executor: Executor | None
) -> Generator[tuple[Piece[Name, Found], Found], None, None]:
    first = list(islice(pieces, 2)) if workers > 1 else []
    if executor is not None or len(first) == 2:
        yield from _Dispatch(chain(first, pieces), workers, executor).results()
        return
    for piece in chain(first, pieces):
        yield piece, piece.done()


@dataclass
class _Attempt(Generic[Name, Found]):
    piece: Piece[Name, Found]
    lost: int = 0  # so many times


class _Dispatch(Generic[Name, Found]):
    """Pieces that are out with an executor, and those that come back from none and go out again."""

    def __init__(self, pieces: Iterator[Piece[Name, Found]], workers: int, given: Executor | None) -> None:
        self.pieces, self.workers, self.given = pieces, workers, given
        self.executor = processes(workers) if given is None else given
        self.out: dict[Future[Found], _Attempt[Name, Found]] = {}
        self.again: list[_Attempt[Name, Found]] = []

    def results(self) -> Iterator[tuple[Piece[Name, Found], Found]]:
        """Each piece with its result."""
        try:
            while self._send():
                yield from self._collect()
        finally:
            if self.given is None:
                self.executor.shutdown(wait=False, cancel_futures=True)
            else:
                for future in self.out:
                    future.cancel()

    def _send(self) -> bool:
        """Send out as many pieces as there is room for; whether any is out."""
        while (attempt := self._next()) is not None:
            try:
                self.out[self.executor.submit(attempt.piece.do, *attempt.piece.arguments)] = attempt
            except BrokenExecutor as error:
                self._lose(attempt, error)
                self._replace(error)
        return bool(self.out)

    def _next(self) -> _Attempt[Name, Found] | None:
        alone = any(attempt.lost >= ALONE for attempt in chain(self.again, self.out.values()))
        if len(self.out) >= (1 if alone else AHEAD * self.workers):
            return None
        if self.again:
            return self.again.pop(0)
        piece = next(self.pieces, None)
        return None if piece is None else _Attempt(piece)

    def _collect(self) -> Iterator[tuple[Piece[Name, Found], Found]]:
        """What has come back, after waiting for at least one piece (or for a while)."""
        broken: BrokenExecutor | None = None
        finished = wait(self.out, LOOK, FIRST_COMPLETED).done
        if not finished and self.given is None and is_broken(self.executor):
            broken = BrokenExecutor("a process died and left its pieces unfinished")
        for future in finished:
            attempt = self.out.pop(future)
            try:
                found = future.result()
            except BrokenExecutor as error:
                broken = error
                self._lose(attempt, error)
            except Exception as error:
                error.add_note(attempt.piece.note)
                raise
            else:
                yield attempt.piece, found
        if broken is not None:
            self._replace(broken)

    def _lose(self, attempt: _Attempt[Name, Found], error: BrokenExecutor) -> None:
        """A piece has not come back. Raises WorkerDied if it has been tried often enough."""
        attempt.lost += 1
        if attempt.lost >= TRIES:
            message = f"a worker died {TRIES} times, perhaps for lack of memory, {attempt.piece.note}"
            died = WorkerDied(message)
            died.add_note("fewer workers or smaller batches need less memory")
            raise died from error
        self.again.append(attempt)
        self.again.sort(key=lambda each: -each.lost)

    def _replace(self, error: BrokenExecutor) -> None:
        """A new pool for one of our own that broke: what is still out with the old one is lost."""
        if self.given is not None:
            return
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = processes(self.workers)
        for future, attempt in list(self.out.items()):
            if not future.done() or isinstance(future.exception(), BrokenExecutor):
                del self.out[future]
                self._lose(attempt, error)
