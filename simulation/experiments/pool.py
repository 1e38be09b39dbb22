"""A pool of processes: the executor that carries out pieces of work where no other is given."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.process import BaseProcess


def processes(workers: int) -> ProcessPoolExecutor:
    """A pool of so many processes, each started when there is work for it; they end when this process does."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def end(executor: Executor) -> None:
    """End the processes of a pool at once, whatever they are doing; nobody waits for it any more."""
    processes = list((getattr(executor, "_processes", None) or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


def is_broken(executor: Executor) -> bool:
    """Whether a process of the pool is known to have died.

    Usually the futures show it. But if a process dies just while a piece is being submitted, Python 3.11
    can leave futures that never finish, and this attribute, which is set first, is then the only sign.
    """
    return bool(getattr(executor, "_broken", False))


def _begin() -> None:
    """Begin as a worker: ignore Ctrl-C, which is for the process that collects results, and end when that one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
