"""Replications of a base and of a design by common luck, which grow while one looks, in processes that can be ended.

The base is simulated once and kept. A move ends what is still simulated for the design before it, and begins with a few
replications, which are soon there; then they are doubled. Each is the one that `compare` has by the same number: of so
many replications both find the same, to the last bit, and `cba` of both.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import PRICES, prices_of_run
from simulation.economy.cba.budget import budget_year_of
from simulation.economy.cba.found import Assessed
from simulation.economy.cba.kept import Piece as Counted
from simulation.economy.cba.kept import joined
from simulation.economy.cba.plan import Plan
from simulation.economy.cba.running import Simulated
from simulation.economy.living import located
from simulation.economy.prices import Prices, read_prices
from simulation.economy.quantities import Quantities, quantities_of
from simulation.economy.staff import Way
from simulation.experiments.batches import most_at_once
from simulation.experiments.forecast import foresee
from simulation.experiments.pool import end, processes
from simulation.experiments.work import carry, packed
from simulation.large import run_batch
from simulation.report.ran import Ran
from simulation.results.citations import citation_problems
from simulation.results.measures.replication import Replication, summarise
from simulation.results.result import Result
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.world.labels import Language

Side = Literal["base", "design"]
ROUNDS = (5, 10, 20, 40)
"""Replications after each round; of the first ones there is an interval already, a wide one."""
TRIES = 3
"""How often a round is begun again whose process died."""
WAY: Way = "posts"
"""How staff is reckoned, as `cba` does unless it is told otherwise: as paid."""


class Part(NamedTuple):
    """Some replications of a side, and what they used, where that can be priced."""

    replications: list[Replication]
    quantities: Quantities | None


def part(scenario: Scenario, numbers: Sequence[int], before: Scenario | None, priced: bool) -> Part:
    """Simulate these replications once, for outcomes and for money."""
    began = time.perf_counter()
    world = run_batch(scenario, numbers)
    seconds = time.perf_counter() - began
    quantities = quantities_of(scenario, world, before=before) if priced else None
    return Part(summarise(scenario, numbers, world, seconds), quantities)


@dataclass(frozen=True)
class Seen:
    """What is known so far: the base, and where something was moved the design, both of so many replications.
    `unpriced` is why there is no money; `made` keeps what the page
    made of it, for the next look."""

    results: Sequence[Result]
    quantities: Sequence[Quantities] = ()
    prices: Prices | None = None
    unpriced: Sequence[Problem] = ()
    made: dict[Language, tuple[str, str]] = field(default_factory=dict, compare=False)

    @property
    def replications(self) -> int:
        """Of how many it is."""
        return len(self.results[0].replications)

    @cached_property
    def ran(self) -> Ran:
        """As a command has it."""
        return Ran(self.results)

    @cached_property
    def money(self) -> Assessed | None:
        """Who pays and who gains; None where nothing was moved, or somebody's money is not known (`no_price`)."""
        return self._money if isinstance(self._money, Assessed) else None

    @property
    def no_price(self) -> Sequence[Problem]:
        """Why there is no money."""
        return [*self.unpriced, *(self._money if not isinstance(self._money, Assessed) else ())]

    @cached_property
    def _money(self) -> Assessed | list[Problem]:
        if len(self.quantities) < 2 or self.prices is None:
            return []
        loaded = [result.loaded for result in self.results]
        prices, (year, _) = prices_of_run(self.prices, loaded[0]), budget_year_of(loaded[0].scenario, None)
        plan = Plan(loaded, prices, self.replications, WAY, prices.price_year, year)
        try:
            return assessed(plan, Simulated(self.quantities, [[] for _ in loaded]), "public")
        except InputProblems as error:
            return list(error.problems)


@dataclass
class _Done:
    """What is finished of a side."""

    loaded: Loaded
    replications: dict[int, Replication] = field(default_factory=dict)
    counted: list[Counted] = field(default_factory=list)

    def missing(self, until: int) -> list[int]:
        return [number for number in range(until) if number not in self.replications]

    def take(self, numbers: Sequence[int], found: Part) -> None:
        self.replications |= {each.number: each for each in found.replications}
        if found.quantities is not None:
            self.counted.append(Counted(np.array(numbers), found.quantities))

    def result(self, until: int) -> Result:
        return Result(self.loaded, [self.replications[number] for number in range(until)], until)


class Live:
    """A base that is kept, and one design after the other against it.

    `look` is called again and again while somebody looks; when nobody does, nothing more is begun. `fault` is what
    ended the work, "" as long as nothing has."""

    def __init__(self, base: Loaded, workers: int = 2, rounds: Sequence[int] = ROUNDS) -> None:
        """Raises InputProblems if the base cites a figure that does not exist, TooLarge where this machine has too
        little memory."""
        if problems := citation_problems(base):
            raise InputProblems(problems)
        foresee([base], workers, workers)
        self.base, self.workers, self.rounds, self.fault = base, workers, rounds, ""
        self.unpriced = located(base)
        self.prices = read_prices(PRICES)
        self._sides: dict[Side, _Done] = {"base": _Done(base)}
        self._out: dict[Future[Part], tuple[Side, list[int]]] = {}
        self._pool: Executor | None = None
        self._lost = 0
        self._known: dict[int, Seen] = {}  # by the number of sides

    @property
    def design(self) -> Loaded | None:
        """What is held against the base; None where nothing was moved."""
        return self._sides["design"].loaded if "design" in self._sides else None

    @property
    def working(self) -> bool:
        """Whether there is more to come."""
        return not self.fault and bool(self._missing(self.rounds[-1]))

    @property
    def waiting(self) -> bool:
        """Whether the first figures are still on their way."""
        return not self.fault and bool(self._missing(self.rounds[0]))

    def move(self, design: Loaded | None) -> None:
        """Hold another design against the base, which has the base's seed, and end what is simulated for the last
        one."""
        first_of_base = bool(self._sides["base"].missing(self.rounds[0]))
        only_base = all(side == "base" for side, _ in self._out.values())
        if self._out and not (first_of_base and only_base):
            self._end()
        self._sides.pop("design", None)
        if design is not None:
            self._sides["design"] = _Done(design)
        self.fault, self._lost = "", 0
        self._known.pop(2, None)
        if design is not None and self._out:
            self._send(["design"], self.rounds[0])
        self._go_on()

    def look(self, seconds: float = 0.0) -> Seen | None:
        """What is known now, after so many seconds at the most if something is on its way; the next round is begun
        by the next look. Of the base alone as long as nothing is known of the design; None: nothing yet."""
        finished = wait(self._out, seconds).done if self._out else set()
        for future in finished:
            if future in self._out:  # and not given up with one before it
                self._take(future, *self._out.pop(future))
        if not finished:  # else what is finished is shown first
            self._go_on()
        return self._seen()

    def close(self) -> None:
        """End all processes; what is known stays."""
        self._end()

    def _take(self, future: Future[Part], side: Side, numbers: list[int]) -> None:
        try:
            self._sides[side].take(numbers, future.result())
        except BrokenExecutor as error:
            self._lost += 1
            if self._lost >= TRIES * self.workers:
                self.fault = f"{type(error).__name__}: {error}"
            self._end()
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"
            self._end()

    def _go_on(self) -> None:
        if self._out or self.fault:
            return
        for until in self.rounds:
            if sides := self._missing(until):
                self._send(sides, until)
                return
        self._end()  # nothing is kept waiting for a move that may never come

    def _missing(self, until: int) -> list[Side]:
        return [side for side, done in self._sides.items() if done.missing(until)]

    def _send(self, sides: Sequence[Side], until: int) -> None:
        """Give out what is missing, to each process as much as to the others, and not too much at once."""
        if self._pool is None:
            self._pool = processes(self.workers)
        for side in sides:
            done = self._sides[side]
            numbers = done.missing(until)
            before = None if side == "base" else self.base.scenario
            rounds = -(-len(numbers) // (self.workers * most_at_once(done.loaded.scenario)))
            parts = min(self.workers * rounds, len(numbers))
            for p in range(parts):
                some = numbers[len(numbers) * p // parts : len(numbers) * (p + 1) // parts]
                content = packed(part, done.loaded.scenario, some, before, not self.unpriced)
                self._out[self._pool.submit(carry, content)] = (side, some)

    def _seen(self) -> Seen | None:
        sides = list(self._sides.values())
        whole = [until for until in self.rounds if not any(done.missing(until) for done in sides)]
        if not whole:
            sides = sides[:1]
            whole = [until for until in self.rounds if not sides[0].missing(until)]
        if not whole:
            return None
        known = self._known.get(len(sides))
        if known is None or known.replications != whole[-1]:
            counted = [] if self.unpriced else [joined(done.counted, range(whole[-1])) for done in sides]
            results = [done.result(whole[-1]) for done in sides]
            known = self._known[len(sides)] = Seen(results, counted, self.prices, self.unpriced)
        return known

    def _end(self) -> None:
        if self._pool is not None:
            end(self._pool)
        self._pool, self._out = None, {}


def designed(base: Loaded, changes: Mapping[str, object], name: str) -> Loaded:
    """The base with these keys changed, by its own luck, and without what the base says of itself. Raises CannotBeSet
    with all that is wrong."""
    about = {"description": None} if "description" in base.resolved.data else {}
    return base.with_({**changes, **about}, name=name)
