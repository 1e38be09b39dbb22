"""A pool of processes: the executor that carries out pieces of work where no other is given.

On Linux workers are forked from a process that has the program loaded already (`preloaded`); elsewhere each is a new
process that loads it. They find the same, to the last bit.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess


def get_ready() -> None:
    """Begin to load what workers need, in a process of its own, while this one goes on; nothing where workers load it
    themselves."""
    _context()


def processes(workers: int) -> ProcessPoolExecutor:
    """A pool of so many processes, each started when there is work for it; they end when this process does."""
    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_begin)


def end(executor: Executor) -> None:
    """End the processes of a pool at once, whatever they are doing; nobody waits for it any more.

    One may be ended while it sends what it has found. Whoever reads the rest of that here, a thread of the pool that is
    waited for at the very end, would read for ever, since the pipe is open for writing in this process as well.
    """
    processes = list((getattr(executor, "_processes", None) or {}).values())
    results = getattr(getattr(executor, "_result_queue", None), "_writer", None)
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    if results is not None:
        results.close()


def is_broken(executor: Executor) -> bool:
    """Whether a process of the pool is known to have died.

    Usually the futures show it. But if a process dies just while a piece is being submitted, Python 3.11
    can leave futures that never finish, and this attribute, which is set first, is then the only sign.
    """
    return bool(getattr(executor, "_broken", False))


def _context() -> BaseContext:
    """How processes begin here."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.platform == "linux":  # forking is unsafe with some libraries of macOS, and unknown to Windows
        from multiprocessing import resource_tracker
        from multiprocessing.forkserver import ensure_running

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["simulation.experiments.preloaded"])
        try:
            with _the_same_program():
                # Where this is not there, the start of the fork server would start it, which lets Ctrl-C through again
                # (bpo-33613) before the fork server begins.
                resource_tracker.ensure_running()
                with _without_interrupt():
                    ensure_running()
        except OSError:  # no room for its socket, such as where the name of the temporary folder is too long
            pass
        else:
            return context
    return multiprocessing.get_context("spawn")


@contextmanager
def _the_same_program() -> Iterator[None]:
    """Processes that begin meanwhile import from the places that this one does, and from no other."""
    places = os.pathsep.join(os.path.abspath(place) for place in sys.path)
    meanwhile = {"PYTHONPATH": places, "PYTHONSAFEPATH": "1"}  # not from the folder that they begin in
    before = {name: os.environ.get(name) for name in meanwhile}
    os.environ.update(meanwhile)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """Processes that begin meanwhile are not interrupted by Ctrl-C, which is for the one that collects results."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Begin as a worker: ignore Ctrl-C, which is for the process that collects results, and end when that one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
