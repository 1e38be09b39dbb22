"""Toy jobcentres simulated three times: by the engine, by Ciw, and by a formula.

`python -m tests.oracle.compare` prints the table of docs/queueing.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

from tests.queues import Figure, by_chance, by_roots, cases, limit_law, talks

SEEDS = range(100, 105)
CENTRES = 40
REPLICATIONS = len(SEEDS) * CENTRES
"""Of the engine, and as many of Ciw."""

TALKS = ("wait", "on_time", "backlog")
CASES = ("on_benefit", "cases", "waiting", "wait", "at_once", "never")


@dataclass(frozen=True)
class Toy:
    """One toy jobcentre: its figures, its law, and how either program simulates it."""

    figures: tuple[str, ...]
    law: Any
    engine: Callable[[int], dict[str, Figure]]  # by seed
    ciw: Callable[[], dict[str, Figure]]


def _of_talks(load: float, per_desk: int, desks: int, how: str, warm: int, weeks: int) -> Toy:
    rate = load * per_desk * desks
    engine_how = {"pooled": "pooled", "in_turn": "personal", "by_chance": "contact"}[how]
    law = by_chance(rate, per_desk, desks) if how == "by_chance" else by_roots(rate, per_desk * desks)

    def engine(seed: int) -> dict[str, Figure]:
        found = talks(rate, per_desk, desks, engine_how, warm, weeks, CENTRES, seed=seed)
        return {name: getattr(found, name) for name in TALKS}

    def ciw() -> dict[str, Figure]:
        from tests.oracle import ciw_models

        return ciw_models.talks(rate, per_desk, desks, how, warm, weeks, REPLICATIONS)

    return Toy(TALKS, law, engine, ciw)


def _of_cases(limit: int) -> Toy:
    rate, stays = 10.0, 0.8

    def ciw() -> dict[str, Figure]:
        from tests.oracle import ciw_models

        return ciw_models.cases(rate, stays, limit, 60, 300, REPLICATIONS)

    def engine(seed: int) -> dict[str, Figure]:
        return cases(rate, stays, limit, seed=seed, centres=CENTRES).figures

    return Toy(CASES, limit_law(rate, stays, limit), engine, ciw)


TOYS = {
    "3 talks a week, load 0.7": _of_talks(0.7, 3, 1, "pooled", 60, 360),
    "6 talks a week, load 0.85": _of_talks(0.85, 6, 1, "pooled", 100, 400),
    "10 talks a week, load 0.95": _of_talks(0.95, 10, 1, "pooled", 200, 500),
    "4 desks × 3 talks, load 0.9, cases in turn": _of_talks(0.9, 3, 4, "in_turn", 100, 300),
    "4 desks × 3 talks, load 0.9, by chance": _of_talks(0.9, 3, 4, "by_chance", 150, 350),
    "limit of 40 cases": _of_cases(40),
    "limit of 50 cases": _of_cases(50),
    "limit of 60 cases": _of_cases(60),
}


@cache
def simulated(name: str) -> dict[str, Figure]:
    """The engine's figures of a toy jobcentre."""
    found = [TOYS[name].engine(seed) for seed in SEEDS]
    return {figure: reduce(Figure.and_of, (one[figure] for one in found)) for figure in TOYS[name].figures}


def z_of(name: str) -> dict[str, tuple[float, float, float]]:
    """How far engine and Ciw are from each other, and each from the law, in standard errors: by figure."""
    toy, engine, ciw = TOYS[name], simulated(name), TOYS[name].ciw()
    return {
        f: (engine[f].z_against(ciw[f]), engine[f].z(getattr(toy.law, f)), ciw[f].z(getattr(toy.law, f)))
        for f in toy.figures
    }


SHOWN = {"wait": "mean wait, weeks", "on_time": "on time, %", "waiting": "in line on a søndag"}


def table() -> list[str]:
    """The table of docs/queueing.md, in Markdown."""
    lines = [
        "| toy jobcentre | figure | engine | closed form | Ciw | engine − closed form | engine − Ciw |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, toy in TOYS.items():
        engine, ciw = simulated(name), toy.ciw()
        for f in [f for f in toy.figures if f in SHOWN and not (f == "wait" and toy.figures == CASES)]:
            scale, digits = (100.0, 2) if SHOWN[f].endswith("%") else (1.0, 3)
            ours, law, theirs = engine[f].value * scale, getattr(toy.law, f) * scale, ciw[f].value * scale
            error = engine[f].error * scale
            both = (engine[f].error ** 2 + ciw[f].error ** 2) ** 0.5 * scale
            cells = [f"{x:.{digits}f}" for x in (ours, law, theirs)]
            cells += [f"{d:+.{digits}f} ± {e:.{digits}f}" for d, e in ((ours - law, error), (ours - theirs, both))]
            lines.append(" | ".join([f"| {name}", SHOWN[f], *cells]) + " |")
    return lines


if __name__ == "__main__":
    print("\n".join(table()))
