"""Processes of one's own to carry out pieces of work: the executor that is used where none is given."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar


def processes(workers: int) -> ProcessPoolExecutor:
    """So many processes, each started when there is work for it; they end when this one does."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def is_broken(executor: Executor) -> bool:
    """Whether a process of the pool is known to have died.

    Usually the pool tells it by the futures. But if a process dies just while a piece is being submitted, Python 3.11
    can leave futures that never finish, and this attribute, which is set first, is then the only sign.
    """
    return bool(getattr(executor, "_broken", False))


Name = TypeVar("Name")
Found = TypeVar("Found")

AHEAD = 2
"""Pieces that wait for each process."""


def carry_out(
    do: Callable[..., Found], pieces: Iterable[tuple[Name, tuple[Any, ...]]], count: int, workers: int
) -> Iterator[tuple[Name, Found]]:
    """Do `count` pieces of work, each named and with its arguments, in this process or in so many others.

    `pieces` is drawn from as there is room, so a piece is made when it is needed. Raises what a piece raises.
    """
    if workers <= 1 or count <= 1:
        for name, arguments in pieces:
            yield name, do(*arguments)
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, count), mp_context=context, initializer=_begin)
    waiting: dict[Future[Found], Name] = {}
    left = iter(pieces)
    try:
        while True:
            while len(waiting) < AHEAD * workers and (piece := next(left, None)) is not None:
                name, arguments = piece
                waiting[pool.submit(do, *arguments)] = name
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """A process that works for another one: Ctrl-C is for the one that collects, and it ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
