"""What the answer on screen says of displacement: what is assumed, and what gross and net mean."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from simulation.experiments.compare import Comparison
from simulation.report.words import WIDTH, number, with_interval
from simulation.results.names import ALLE, Figure
from simulation.results.result import Result
from simulation.scenario.schema import Scenario

MEANING = (
    "jobs_added (gross) and jobs_net are booked week by week in the same run, of everybody: what effects add to the "
    "chance of a job, before and after displacement. An arm that loses more than its own treatment adds is below 0."
)


def displacement(result: Result) -> Sequence[str]:
    """Under the table of a run: who displaces how much, and from whom."""
    scenario = result.loaded.scenario
    if not scenario.displaces:
        return []
    return textwrap.fill(f"Displacement: {assumed(scenario)}. {MEANING}", WIDTH).splitlines()


def displacement_of_one(comparison: Comparison, called: tuple[str, str]) -> Sequence[str]:
    """Under the table of a comparison: gross and net where only one of the two displaces, so that they have no row."""
    lines = []
    sides = (comparison.base, comparison.scenario)
    if sides[0].loaded.scenario.displaces == sides[1].loaded.scenario.displaces:
        return []
    for result, name in zip(sides, called, strict=True):
        if result.loaded.scenario.displaces:
            of = {what: with_interval("jobs", result.estimate_of(Figure(f"jobs_{what}", ALLE))) for what in SHOWN}
            found = ", ".join(f"{what} {figure}" for what, figure in zip(SHOWN.values(), of.values(), strict=True))
            sentence = f"Jobs are displaced in {name} alone ({assumed(result.loaded.scenario)}): {found}. {MEANING}"
            lines += textwrap.fill(sentence, WIDTH).splitlines()
    return lines


SHOWN = {"added": "added (gross)", "net": "net", "displaced": "displaced here", "displaced_elsewhere": "elsewhere"}


def assumed(scenario: Scenario) -> str:
    """Such as `of what is added 45 % (tilskud 65 %); the ledige are 40 % of the labour market`."""
    default, own = scenario.displacement, scenario.displacements()
    others = [f"{name} {_percent(part)}" for name, part in own.items() if part != default]
    shares = sorted({scenario.market_share_of(name) for name in scenario.jobcentres})
    of_market = _percent(shares[0]) if len(shares) == 1 else f"{_percent(shares[0])} to {_percent(shares[-1])}"
    text = f"{_percent(default)} of what is added" + (f" ({', '.join(others)})" if others else "")
    return f"{text}, the ledige are {of_market} of the labour market"


def _percent(share: float) -> str:
    return f"{number('share', share).removesuffix('.0')} %"
