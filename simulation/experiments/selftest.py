"""Whether the program, as it is installed here, gives what it should: closed forms, a stored table, published figures.

Everything is by fixed seeds, so a program that passes goes on passing until it, or a library under it, changes. The
tests of the checkout ask far more (tests/analytic); this is for a machine on which only the package is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from simulation.experiments.replicate import replicate
from simulation.results.measures.replication import simulate
from simulation.results.tables.expected import Row, expected_rows, read_expected
from simulation.scenario.files.shipped import SCENARIOS, names
from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label

MOST_Z = 4.0
"""Standard errors from a closed form, within which a simulated figure must be."""
EXPECTED, REPLICATIONS, DIGITS = "base_kontanthjaelp", 2, 1e-6
"""The scenario whose table is stored, of how many replications, and how exactly numbers must agree: exp and log are not
the same to the last bit on all machines."""
PUBLISHED = "base_dagpenge"


@dataclass(frozen=True)
class Checked:
    """One check: what was looked at, what was found and what should be, to so many digits, and whether it is right."""

    what: Label
    found: float
    expected: float
    digits: int
    passed: bool


Check = Callable[[], Checked]
"""Raises OSError or KeyError where a file of the package is missing."""


def checks() -> Iterator[Check]:
    """The checks, in order; each takes some seconds at the most."""
    yield from (queue, exits, desk, stored_table, published_figures)


def erlang_c(servers: int, load: float) -> float:
    """The chance of having to wait in a queue M/M/c, `load` (below `servers`) being arrivals by the rate of one server;
    by Erlang's recursion of the chance to be lost."""
    lost = 1.0
    for number in range(1, servers + 1):
        lost = load * lost / (number + load * lost)
    return servers * lost / (servers - load * (1 - lost))


def queue() -> Checked:
    """The mean wait in a queue M/M/c, on the event engine that is the clock of the model."""
    servers, rate, service, customers, runs = 3, 1.8, 1.0, 4_000, 24
    expected = erlang_c(servers, rate / service) / (servers * service - rate)
    means = np.array([_mean_wait(servers, rate, service, customers, number) for number in range(runs)])
    z = (means.mean() - expected) / (means.std(ddof=1) / math.sqrt(runs))
    what = Label("Queue M/M/3: mean wait against Erlang C", "Køen M/M/3: gennemsnitlig ventetid mod Erlang C")
    return Checked(what, float(means.mean()), expected, 3, bool(abs(z) < MOST_Z))


def _mean_wait(servers: int, rate: float, service: float, customers: int, number: int) -> float:
    """The mean wait of the second half of some customers."""
    chance = np.random.Generator(np.random.Philox(key=number))
    gaps, lengths = chance.exponential(1 / rate, customers), chance.exponential(1 / service, customers)
    environment = simpy.Environment()
    desks, waits = simpy.Resource(environment, servers), np.zeros(customers)

    def customer(which: int) -> Iterator[Any]:
        came = environment.now
        with desks.request() as request:
            yield request
            waits[which] = environment.now - came
            yield environment.timeout(lengths[which])

    def arrivals() -> Iterator[Any]:
        for which in range(customers):
            yield environment.timeout(gaps[which])
            environment.process(customer(which))  # type: ignore[arg-type]

    environment.process(arrivals())  # type: ignore[arg-type]
    environment.run()
    return float(waits[customers // 2 :].mean())


SMALL: dict[str, Any] = {
    "version": 2, "name": "selftest", "start": "2026-W01", "weeks": 26, "follow_up": 26, "replications": 1, "seed": 4,
    "arms": {"alle": 1}, "intake": {"persons": 40_000, "weeks": 1}, "jobcentres": {"by": {}},
    "teams": {"team": {"fte": 1, "minutes_per_week": 12_000}},
    "exits": {"job": {"level": 0.02}, "education": {"level": 0.005}}, "interventions": {},
}  # fmt: skip
TALKS = {
    "kind": "samtaler",
    "channels": {"personlig": {"minutes": 30, "attendance": 1.0}},
    "plans": {"plan": {"arms": ["alle"], "team": "team", "channel": "personlig", "every": [{"weeks": 1}]}},
}


def exits() -> Checked:
    """The share that has left for a job, two constant intensities side by side."""
    scenario = Scenario.model_validate(SMALL)
    job, education = (exit_.level for exit_ in scenario.exits.values())
    expected = job / (job + education) * (1 - math.exp(-(job + education) * scenario.weeks))
    found = simulate(scenario, [0])[0].outcomes["exit_job", "alle", None]
    z = (found - expected) / math.sqrt(expected * (1 - expected) / scenario.intake.persons)
    what = Label("Share left for a job against its closed form", "Andel afgået til job mod den lukkede formel")
    return Checked(what, found, expected, 4, bool(abs(z) < MOST_Z))


def desk() -> Checked:
    """A desk with time for 400 of 1,000 talks a week refuses three fifths of them, exactly."""
    talks = {"intake": {"persons": 1_000, "weeks": 1}, "exits": {"job": {"level": 0.0}}, "interventions": {"t": TALKS}}
    found = simulate(Scenario.model_validate({**SMALL, **talks}), [0])[0].outcomes["no_time_share", "alle", None]
    what = Label("Share of talks without time against a sum by hand",
                 "Andel samtaler, der ikke er tid til, mod håndregning")  # fmt: skip
    return Checked(what, found, 0.6, 4, abs(found - 0.6) < DIGITS)


def stored_table() -> Checked:
    """A shipped scenario run anew against the table that is stored of it."""
    (result,) = replicate([load(names(SCENARIOS)[f"shipped/{EXPECTED}"])], REPLICATIONS)
    stored, found = read_expected(EXPECTED), list(expected_rows(result))
    alike = sum(map(_alike, stored, found)) if len(stored) == len(found) else 0
    what = Label(f"Figures as in the stored table of {EXPECTED}", f"Tal som i den gemte tabel for {EXPECTED}")
    return Checked(what, alike, len(stored), 0, alike == len(stored))


def _alike(stored: Row, found: Row) -> bool:
    """Whether two rows are of the same figure, and have the same value but for the last digit."""
    a, b = float(stored.value), float(found.value)
    same = math.isclose(a, b, rel_tol=DIGITS, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))
    return stored[:2] == found[:2] and same


def published_figures() -> Checked:
    """The published figures that a shipped scenario was fitted to, and how far the model is from them."""
    (result,) = replicate([load(names(SCENARIOS)[f"shipped/{PUBLISHED}"])])
    found = [beside for beside in result.beside_published() if beside.figure.figure is not None]
    far = [beside.name for beside in found if beside.distance.verdict == "far"]
    what = Label(f"Published figures met by {PUBLISHED}", f"Offentliggjorte tal, som {PUBLISHED} rammer")
    return Checked(what, len(found) - len(far), len(found), 0, bool(found) and not far)
