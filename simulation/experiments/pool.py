"""Processes of one's own to carry out pieces of work: the executor that is used where none is given."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.process import BaseProcess


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


def _begin() -> None:
    """A process that works for another one: Ctrl-C is for the one that collects, and it ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
