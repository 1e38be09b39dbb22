"""Pieces of work: the same results whoever carries them out, workers that die, pieces that fail, and Ctrl-C."""

from __future__ import annotations

import os
import pathlib
import pickle
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from simulation import load
from simulation.experiments import work
from simulation.experiments.executors import Crew, workers_of
from simulation.experiments.progress import Progress
from simulation.experiments.work import AHEAD, Piece, Stopped, WorkerDied, carry_out
from tests.sweeps import write

LIMIT = 30  # seconds for a test, which takes one or two


@pytest.fixture(autouse=True)
def no_endless_wait() -> Iterator[None]:
    """A test that waits for ever fails instead."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"not done after {LIMIT} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LIMIT)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def third(number: int) -> float:
    return number / 3


def die_once(number: int, deadly: int, mark: pathlib.Path) -> float:
    """The piece that is deadly ends its process the first time."""
    if number == deadly and not mark.exists():
        mark.touch()
        os._exit(1)
    return third(number)


def die(number: int, deadly: int) -> float:
    if number == deadly:
        os._exit(1)
    return third(number)


def fail(number: int, bad: int) -> float:
    if number == bad:
        raise ZeroDivisionError("no such third")
    time.sleep(0.01)
    return third(number)


class Unsendable(Exception):
    """Made of two things, told as one: what pickle makes of it fails."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} {where}")


def fail_unsendably(number: int) -> float:
    raise Unsendable("no such third", "anywhere")


def interrupt(number: int, last: int) -> float:
    if number == last:
        raise KeyboardInterrupt
    return third(number)


def pieces(count: int, do: Callable[..., float], *more: Any) -> list[Piece[int, float]]:
    return [Piece(number, do, (number, *more), 2, f"in number {number}") for number in range(count)]


def done(these: list[Piece[int, float]], workers: int = 1, executor: Executor | None = None) -> dict[int, float]:
    """What is handed over, by name; each once, and the bar is full."""
    kept: list[tuple[int, float]] = []
    progress = Progress(2 * len(these), "piece", show=False)
    carry_out(these, lambda name, found: kept.append((name, found)), progress, workers_of(workers, executor))
    assert len(dict(kept)) == len(kept) and progress.done == progress.total
    return dict(kept)


class Unlucky(Executor):
    """Does pieces at once, in this process; what is asked for at these turns is lost, as by a cluster's node."""

    def __init__(self, *lost: int) -> None:
        self.lost, self.asked, self.closed = lost, 0, False

    def submit(self, do: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.asked in self.lost:
            future.set_exception(BrokenExecutor("the node is gone"))
        else:
            future.set_result(do(*arguments, **named))
        self.asked += 1
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.closed = True


def test_whoever_carries_it_out_the_results_are_the_same() -> None:
    """In this process, by processes, by threads from outside; and what is given is left open."""
    here = done(pieces(9, third))
    assert here == {number: number / 3 for number in range(9)}
    assert done(pieces(9, third), workers=2) == here
    with ThreadPoolExecutor(3) as threads:
        assert done(pieces(9, third), workers=3, executor=threads) == here
        assert done(pieces(1, third), executor=threads) == {0: 0.0}
        assert threads.submit(third, 3).result(LIMIT) == 1.0


def test_replications_are_the_same_by_threads(tmp_path: pathlib.Path) -> None:
    """To the last bit, in their order."""
    from simulation.experiments.replicate import replicate  # here, because every process imports this file

    loaded = load(write(tmp_path))
    (here,) = replicate([loaded], 6, batch=2)
    with ThreadPoolExecutor(2) as threads:
        (there,) = replicate([loaded], 6, Crew(threads, 2), batch=1)
    assert [r.number for r in there.replications] == list(range(6))
    assert all(repr(here.values(key)) == repr(there.values(key)) for key in here.keys)


def test_a_worker_that_dies_costs_its_batch_alone(tmp_path: pathlib.Path) -> None:
    """It is simulated again, kept once, and the replications are those of a run in which nobody died."""
    from simulation.experiments.kept import Kept
    from simulation.experiments.replicate import replicate

    loaded = load(write(tmp_path))
    (whole,) = replicate([loaded], 6)
    executor, kept = Unlucky(1, 3), Kept(tmp_path / "kept")
    (found,) = replicate([loaded], 6, Crew(executor), batch=2, kept=kept)
    assert executor.asked == 5 and len(list((tmp_path / "kept").iterdir())) == 3
    assert all(repr(whole.values(key)) == repr(found.values(key)) for key in whole.keys)


def test_pieces_are_made_as_there_is_room() -> None:
    """Never more than a few ahead of what is finished."""
    made: list[int] = []
    ahead: list[int] = []

    def making() -> Iterator[Piece[int, float]]:
        for piece in pieces(40, third):
            made.append(piece.name)
            yield piece

    for workers, executor, most in ((1, None, 1), (3, Unlucky(), AHEAD * 3)):
        made.clear()
        ahead.clear()
        kept: list[int] = []

        def keep(name: int, _: float, kept: list[int] = kept) -> None:
            ahead.append(len(made) - len(kept))
            kept.append(name)

        carry_out(making(), keep, Progress(80, "piece", show=False), workers_of(workers, executor))
        assert len(kept) == 40 and max(ahead) == most


def test_a_worker_that_dies_once_is_replaced(tmp_path: pathlib.Path) -> None:
    """All results are there, each once, the same as without."""
    found = done(pieces(8, die_once, 2, tmp_path / "died"), workers=2)
    assert (tmp_path / "died").exists() and found == done(pieces(8, third))


def test_a_worker_that_always_dies_is_told_plainly() -> None:
    """And the work ends."""
    kept: dict[int, float] = {}
    with pytest.raises(WorkerDied) as caught:
        carry_out(pieces(6, die, 2), kept.__setitem__, Progress(12, "piece", show=False), workers=2)
    assert str(caught.value) == "a worker died 3 times, perhaps for lack of memory, in number 2"
    assert 2 not in kept and all(value == third(name) for name, value in kept.items())


def test_of_pieces_that_are_lost_together_the_one_that_kills_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of four that go out together breaks the pool whenever it is out; the others are found without it."""

    class Fragile(Unlucky):
        def __init__(self) -> None:
            super().__init__()
            self.number_of: dict[Future[float], int] = {}

        def submit(self, do: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
            future: Future[Any] = Future()
            _, packed = pickle.loads(arguments[0])
            self.number_of[future] = packed[-1]
            return future

        def wait(self, out: Iterable[Future[float]], *_: object) -> SimpleNamespace:
            broken = 3 in [self.number_of[future] for future in out]
            for future in out:
                if broken:
                    future.set_exception(BrokenExecutor("a node is gone"))
                else:
                    future.set_result(third(self.number_of[future]))
            return SimpleNamespace(done=list(out))  # in order, unlike a set

    fragile = Fragile()
    monkeypatch.setattr(work, "wait", fragile.wait)
    with pytest.raises(WorkerDied, match="in number 3"):
        done(pieces(6, third), workers=2, executor=fragile)


def test_a_pool_that_breaks_without_a_word_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pieces, which never finish, are done by the next pool."""

    class Silent(Unlucky):
        _broken = False

        def submit(self, do: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
            self.asked += 1
            self._broken = self.asked > 3
            return Future()

    silent = Silent()
    pools: list[Executor] = [silent, Unlucky()]
    monkeypatch.setattr(work, "processes", lambda workers: pools.pop(0))
    monkeypatch.setattr(work, "LOOK", 0.01)
    assert done(pieces(9, third), workers=2) == done(pieces(9, third))
    assert silent.asked == 4 and silent.closed and not pools


def test_what_an_executor_from_outside_loses_is_done_again() -> None:
    """By the same executor; not without end."""
    assert done(pieces(5, third), workers=2, executor=Unlucky(1, 2, 6)) == done(pieces(5, third))
    always = Unlucky(*range(100))
    with pytest.raises(WorkerDied, match=r"in number [0-3]"):
        done(pieces(5, third), workers=2, executor=always)
    assert always.asked < 10 and not always.closed


@pytest.mark.parametrize("workers", [1, 2])
def test_a_piece_that_raises_carries_its_note_and_stops_the_rest(workers: int) -> None:
    """The same in this process and by processes."""
    kept: dict[int, float] = {}
    with pytest.raises(ZeroDivisionError, match="no such third") as caught:
        carry_out(pieces(400, fail, 1), kept.__setitem__, Progress(800, "piece", show=False), workers)
    assert caught.value.__notes__ == ["in number 1"]
    assert len(kept) < 399  # not a handful: one process may do many while the other still starts


def test_an_error_that_cannot_be_sent_is_told_in_its_words_and_kills_no_worker() -> None:
    with pytest.raises(RuntimeError, match="Unsendable: no such third anywhere") as caught:
        done(pieces(4, fail_unsendably), workers=2)
    assert not isinstance(caught.value, WorkerDied)
    assert caught.value.__notes__[0].startswith("in number ")


def test_pieces_that_wait_are_taken_back_from_an_executor_from_outside() -> None:
    """Whoever gave it does not wait for them."""
    begun: list[int] = []

    def slow(number: int) -> float:
        begun.append(number)
        time.sleep(0.05)
        return fail(number, 0)

    with ThreadPoolExecutor(1) as thread, pytest.raises(ZeroDivisionError):
        done(pieces(40, slow), workers=10, executor=thread)
    assert len(begun) < 5


@pytest.mark.parametrize("where", ["the piece", "whoever keeps it"])
def test_ctrl_c_keeps_what_is_done(where: str) -> None:
    """And tells how much of how much that is."""
    kept: dict[int, float] = {}

    def keep(name: int, found: float) -> None:
        if name == 3 and where == "whoever keeps it":
            raise KeyboardInterrupt
        kept[name] = found

    these = pieces(8, interrupt, 3) if where == "the piece" else pieces(8, third)
    with pytest.raises(Stopped, match="interrupted after 6 of 16 pieces") as caught:
        carry_out(these, keep, Progress(16, "piece", show=False))
    assert kept == {number: number / 3 for number in range(3)}
    assert (caught.value.done, caught.value.total) == (6, 16)


def test_ctrl_c_leaves_whole_replications(tmp_path: pathlib.Path) -> None:
    """They come with the exception, one result for each scenario, and are those of a run that is not stopped."""
    from simulation.experiments.replicate import replicate

    loaded = load(write(tmp_path))

    class Impatient(Unlucky):
        def submit(self, do: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
            if self.asked == 3:
                raise KeyboardInterrupt
            return super().submit(do, *arguments, **named)

    with pytest.raises(Stopped) as caught:
        replicate([loaded, loaded], 5, Crew(Impatient()), batch=1)
    first, second = caught.value.results
    whole = replicate([loaded], 5)[0]
    assert caught.value.total == 10 and caught.value.done == len(first.replications) + len(second.replications) > 0
    key = ("exit_job", "alle", None)
    assert list(first.values(key)) == list(whole.values(key))[: len(first.replications)]
    assert first.asked == 5
