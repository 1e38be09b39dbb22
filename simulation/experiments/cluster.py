"""A dask cluster as the crew that carries out pieces of work.

Dask does the work of a worker that dies again elsewhere. What is left to do here: to send pieces only to workers that
give the same numbers as this process would, to know how many those are as they come and go, and to see that the
scheduler has gone.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import logging
import pickle
import re
import time
import traceback
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Future, InvalidStateError
from importlib import metadata
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from simulation.experiments.executors import Crew, CrewLost, KilledOften
from simulation.results.identity import PROGRAM, deciding, program_hash

if TYPE_CHECKING:
    from distributed import Client

Output = TypeVar("Output")
ADDRESS = re.compile(r"dask://(?P<place>(?:\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):(?P<port>[0-9]{1,5}))")
ANSWERS, SILENT, LEAVING = 5.0, 30.0, 1.0
"""Seconds in which a scheduler must answer at the beginning, later, when it may have much to do, and at the end."""
EVERY = 5.0
"""Seconds between looks at which workers there are."""
WITHOUT = 30.0
"""Seconds for which a cluster may be without any worker, at the beginning or later."""
INSTALL = 'python -m pip install "jobcentersim[cluster]"'


class NoCluster(ValueError):
    """A cluster cannot be used; the text says why, and what would do."""


class Elsewhere(Exception):
    """Where on a worker something failed: its traceback."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class _Sent(NamedTuple):
    future: Future[Any] | None  # None: there is nobody to send it to
    among: frozenset[str] | None  # workers that may have it; None: any


class Cluster(Crew):
    """The workers of a dask scheduler that have the same program as this process; the others get nothing to do.

    `refused` has the reason for each of those by its address. `close` it, or use it in a `with`.
    """

    executor: Any  # dask's, which can be told the workers that may have a piece

    def __init__(self, address: str, tell: Callable[[str], object] = warnings.warn) -> None:
        """Join the cluster whose scheduler is at dask://HOST:PORT. `tell` is given sentences on workers that are not
        used. Raises NoCluster if there is no such cluster, if it has no worker that can be used, or if
        dask.distributed is not installed."""
        self.place, self.tell = place_of(address), tell
        self.client = _client(self.place)
        super().__init__(self.client.get_executor(pure=False))
        self.program = program()
        self.refused: dict[str, str] = {}
        self._threads: dict[str, int] = {}  # by the address of a worker that may be used
        self._out: dict[Future[Any], _Sent] = {}
        self._next_look, self._without_since = 0.0, time.monotonic()
        try:
            self._wait_for_workers()
        except BaseException:
            self.close()
            raise

    @property
    def at_once(self) -> int:
        """Threads of all workers that may be used."""
        return sum(self._threads.values())

    def submit(self, do: Callable[..., Output], /, *arguments: Any, **named: Any) -> Future[Output]:
        """Send one piece to any worker that may be used. Raises CrewLost if the scheduler is gone."""
        self._check()
        outer: Future[Output] = Future()
        # Where all are alike nobody needs a list of them, which is long in a large cluster.
        among = frozenset(self._threads) if self.refused else None
        inner = None
        if among is None or among:
            content = pickle.dumps((do, arguments, named))
            inner = self.executor.submit(carry, self.program, content, workers=among and sorted(among))
        self._out[outer] = _Sent(inner, among)
        outer.add_done_callback(self._forget)
        if inner is not None:
            inner.add_done_callback(functools.partial(self._back, outer))
        return outer

    def look(self) -> None:
        """Look who is there, if that is some time ago. Raises CrewLost if the scheduler is gone, or all workers are."""
        self._check()
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + EVERY
        try:
            self._meet(self.client.nthreads(callback_timeout=SILENT))
        except Exception as error:
            self._check()  # its own words, if it is that
            raise CrewLost(f"the cluster at {self.place} does not answer any more ({error})") from error
        if self._threads:
            self._without_since = now
        elif now - self._without_since > WITHOUT:
            raise CrewLost(f"the cluster at {self.place} has had no worker that can be used for {WITHOUT:.0f} seconds")
        for outer, sent in list(self._out.items()):
            if sent.among is not None and self._threads and not sent.among & self._threads.keys():
                _settle(outer, BrokenExecutor("all workers that it was for are gone"))

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        with contextlib.suppress(Exception):  # it may be gone
            self.client.close(timeout=LEAVING)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As `close`."""
        self.close()

    def _forget(self, outer: Future[Any]) -> None:
        """A piece is done, or nobody wants it any more; its result would stay with the scheduler for as long as there
        is anything here that holds dask's future."""
        sent = self._out.pop(outer, None)
        if sent is not None and sent.future is not None:
            sent.future.cancel()

    def _check(self) -> None:
        if self.client.status != "running":
            raise CrewLost(f"the cluster at {self.place} is gone")

    def _wait_for_workers(self) -> None:
        """Raises NoCluster if there are none that can be used."""
        latest = time.monotonic() + WITHOUT
        while not self._threads:
            try:
                self.look()
            except CrewLost as lost:
                raise NoCluster(str(lost)) from lost
            if self.refused and not self._threads:
                raise NoCluster(f"no worker of the cluster at {self.place} can be used: {self._reasons()}")
            if time.monotonic() > latest:
                start = f"dask worker {self.place} --nthreads 1 --nworkers N"
                raise NoCluster(f"the cluster at {self.place} has no worker; start some: {start}")
            if not self._threads:
                self._next_look = 0.0
                time.sleep(0.1)

    def _reasons(self) -> str:
        return "; ".join(f"{why} ({count} of them)" for why, count in _counted(self.refused).items())

    def _meet(self, threads: Mapping[str, int]) -> None:
        """Take workers in that are new, or refuse them; forget those that have left. `threads` by address."""
        self.refused = {address: why for address, why in self.refused.items() if address in threads}
        if new := [address for address in threads if address not in self._threads and address not in self.refused]:
            answers = self.client.run(program, workers=new, on_error="return")
            self._refuse({address: why for address, answer in answers.items() if (why := self._against(answer))})
            threads = {a: n for a, n in threads.items() if not isinstance(answers.get(a), OSError)}  # left just now
        self._threads = {address: count for address, count in threads.items() if address not in self.refused}

    def _refuse(self, refused: Mapping[str, str]) -> None:
        self.refused.update(refused)
        for why, count in _counted(refused).items():
            whom = "a worker" if count == 1 else f"{count} workers"
            self.tell(f"nothing is sent to {whom} of the cluster at {self.place}: {why}")

    def _against(self, answer: object) -> str:
        """Why a worker is refused for what it answers of its program; "" if it is not, or has just left."""
        if isinstance(answer, OSError):
            return ""
        if not isinstance(answer, dict):
            return f"jobcentersim is not installed there, or in another version ({type(answer).__name__}: {answer})"
        names = [name for name in {**self.program, **answer} if self.program.get(name) != answer.get(name)]
        return ", ".join(f"{name} is {answer.get(name)} there, {self.program.get(name)} here" for name in names)

    def _back(self, outer: Future[Any], inner: Future[Any]) -> None:
        """A piece has come back: with what it gave or raised, or not done at all. Called by dask's thread."""
        if inner.cancelled():
            _settle(outer, BrokenExecutor("the scheduler has taken it back") if self.client.status == "running"
                    else CrewLost(f"the cluster at {self.place} is gone"))  # fmt: skip
        elif (error := inner.exception()) is not None:
            self._next_look = 0.0  # perhaps it was a worker that has just come, and has no jobcentersim
            _settle(outer, (KilledOften if type(error).__name__ == "KilledWorker" else BrokenExecutor)(str(error)))
        else:
            word, *found = inner.result()
            if word == "done":
                _settle(outer, None, found[0])
            elif word == "raised":
                error, where = found
                error.__cause__ = Elsewhere(where)
                _settle(outer, error)
            else:
                address, answer = found
                self._threads.pop(address, None)
                self._refuse({address: self._against(answer)})
                self._next_look = 0.0  # there may be more of its kind
                _settle(outer, BrokenExecutor("it was sent to a worker that has another program"))


def carry(wanted: Mapping[str, str], content: bytes) -> tuple[Any, ...]:
    """Carry out a pickled piece, here on a worker, if the program here is the wanted one."""
    if (own := program()) != wanted:
        from distributed import get_worker

        return "refused", get_worker().address, own
    try:
        do, arguments, named = pickle.loads(content)
        return "done", do(*arguments, **named)
    except Exception as error:
        return "raised", error, traceback.format_exc()


@functools.cache
def program() -> dict[str, str]:
    """What decides the numbers that come out of this process, by what it is."""
    texts = program_hash() + program_hash(PROGRAM.parent / "calibration")
    return {
        "jobcentersim": metadata.version("jobcentersim"),
        "the text of the program": hashlib.sha256(texts.encode()).hexdigest()[:12],
        **deciding(),
        "arithmetic": arithmetic(),
    }


def arithmetic() -> str:
    """Hash of what NumPy makes of some numbers, to the last bit: it has code of its own for every kind of processor."""
    x = np.linspace(0.01, 9.99, 1003)
    square = x[:961].reshape(31, 31)
    made = (np.exp(-x), np.log(x), np.log1p(x), np.expm1(-x), x**-1.7, x.cumsum(), x.sum(), np.tanh(x), square @ square)
    return hashlib.sha256(b"".join(np.asarray(each).tobytes() for each in made)).hexdigest()[:12]


def _counted(refused: Mapping[str, str]) -> dict[str, int]:
    whys = list(refused.values())
    return {why: whys.count(why) for why in dict.fromkeys(whys)}


def _settle(future: Future[Any], error: BaseException | None, result: object = None) -> None:
    with contextlib.suppress(InvalidStateError):  # it was taken back in the meantime
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def place_of(address: str) -> str:
    """HOST:PORT of dask://HOST:PORT. Raises NoCluster if it is anything else."""
    found = ADDRESS.fullmatch(address)
    if found is None or not 1 <= int(found["port"]) <= 65535:
        example = "the address of a dask scheduler, such as dask://127.0.0.1:8786"
        raise NoCluster(f"{address!r} is no address of a cluster; write dask://HOST:PORT, {example}")
    return found["place"]


def _client(place: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster(f"this needs dask.distributed, which is not installed here: {INSTALL}") from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what users need to know is said in our own words
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on versions of dask's own packages
            return Client(f"tcp://{place}", timeout=ANSWERS, set_as_default=False)
    except Exception as error:
        raise NoCluster(f"no dask scheduler answers at {place} within {ANSWERS:.0f} seconds ({error})") from error
