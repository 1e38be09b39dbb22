"""How the time of the engine grows with the workload, and what interventions cost. CPU time, imports not included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from typing import Any

from figure import Figure
from rounds import Bench, figure, in_turn

STEPS = (
    ("people", "people, 10,000 to 100,000", "persons", 10_000, 100_000),
    ("many", "people, 100,000 to 1,000,000", "persons", 100_000, 1_000_000),
    ("weeks", "weeks, 64 to 256", "weeks", 64, 256),
    ("centres", "jobcentres, 18 to 90, as many people", "centres", 18, 90),
    ("offers", "offers, one praktik to eight", "offers", 1, 8),
)
"""What grows: its name, in words, what is changed, and from what to what; the rest is as in jobcentre_64."""
ALL = "alle_tilbud"
SHIPPED = (("paa_rette_vej_i_job", 16), ("base_dagpenge", 10), ("aktive_hurtigere_tilbage", 8))
"""Scenarios, and worlds of a batch."""


def growth(bench: Bench) -> Iterator[Figure]:
    """The exponent of each step: 1 is in proportion, 0 is not at all."""
    for name, what, step, before, after in STEPS:
        if bench.quick and name in ("people", "many"):
            continue
        rows = []
        for number in range(bench.rounds if name != "many" else min(bench.rounds, 2)):
            low = _seconds(bench, number, {step: before})
            high = _seconds(bench, number, {step: after})
            rows.append([log(b / a) / log(after / before) for a, b in zip(low, high, strict=True)])
        yield figure(f"growth.{name}", f"grows with {what}", "power", rows)


def kinds(bench: Bench) -> Iterator[Figure]:
    """All kinds of intervention at 10,000 ledige, and batches of shipped scenarios as they are, invariants on."""
    for name, worlds in (*((ALL, worlds) for worlds in (1, 4)), *SHIPPED):
        each, of_week, of_ledig = [], [], []
        for number in range(bench.rounds):
            asked: dict[str, Any] = {"name": name, "worlds": worlds, "first": number * worlds}
            asked["invariants"] = name != ALL
            answers = in_turn(bench.probes, lambda probe: probe.ask("shipped", **asked), number)  # noqa: B023
            seconds = [float(answer["cpu"]) / worlds for answer in answers]
            weeks, persons = answers[-1]["weeks"], answers[-1]["persons"]
            each.append([one * 1e3 for one in seconds])
            of_week.append([one / weeks * 1e3 for one in seconds])
            of_ledig.append([one / weeks / persons * 1e9 for one in seconds])
        what = f"{name}, {'one world' if worlds == 1 else f'a world of a batch of {worlds}'}"
        if name == ALL:
            yield figure(f"kinds.{worlds}.week", f"{what}, a week", "ms", of_week)
        else:
            yield figure(f"kinds.{name}.ms", what, "ms", each)
        yield figure(f"kinds.{worlds if name == ALL else name}.ns", "    a ledig and week of the run", "ns", of_ledig)


def _seconds(bench: Bench, number: int, changes: Mapping[str, int]) -> list[float]:
    asked = {"persons": 10_000, "worlds": 1, "first": number, **changes}
    return in_turn(bench.probes, lambda probe: float(probe.ask("jobcentre", **asked)["cpu"]), number)
