"""Who carries out pieces of work: so many processes here, or any executor from outside."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, TypeVar

Output = TypeVar("Output")


def check_count(name: str, number: int) -> None:
    """Raises ValueError for what is no number of things."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ValueError(f"{name} must be a whole number of at least 1 (got {number!r})")


class CrewLost(Exception):
    """Nobody is there any more to carry out what is left; the text says who was."""


class KilledOften(BrokenExecutor):
    """Workers have died of a piece as often as whoever sends it to them allows."""


class Crew(Executor):
    """An executor from outside, which is left open, and how many pieces it does at once (`workers`)."""

    def __init__(self, executor: Executor, workers: int = 1) -> None:
        check_count("workers", workers)
        self.executor, self.workers = executor, workers

    @property
    def at_once(self) -> int:
        """How many pieces it does at once, as far as is known now; 0: none at the moment."""
        return self.workers

    def submit(self, do: Callable[..., Output], /, *arguments: Any, **named: Any) -> Future[Output]:
        """Send one piece out."""
        return self.executor.submit(do, *arguments, **named)

    def look(self) -> None:
        """Called again and again while pieces are out. Raises CrewLost if they will never come back."""


Workers = int | Crew
"""So many processes here, or a crew from outside."""


def at_once(workers: Workers) -> int:
    """How many pieces are done at the same time; of a crew that has nobody just now, one."""
    return max(1, workers.at_once) if isinstance(workers, Crew) else workers


def workers_of(workers: int, executor: Executor | None) -> Workers:
    """What is passed on of these two: the executor, if there is one, which does `workers` pieces at once, unless it
    knows that by itself."""
    if executor is None:
        return workers
    return executor if isinstance(executor, Crew) else Crew(executor, workers)
