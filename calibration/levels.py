"""Levels, one at a time: which value of a parameter gives a published figure?

    python -m calibration.levels [--replications 40]

Prints, for levels of På rette vej i job that a single figure decides, the value in the scenario and the value that
reaches the figure, with the simulation error of the figure carried over. Each is sought with the others as they stand
in the scenario. It changes no file: a value is taken over by hand, with its source. There is no uncertainty of
parameters in this, and a figure that a level is set to says nothing for the model.
"""

from __future__ import annotations

import argparse
import pathlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from simulation import load
from simulation.experiments.needed import crossing
from simulation.experiments.replicate import replicate
from simulation.results.outcomes import Key
from simulation.results.result import Result

SCENARIO = pathlib.Path(__file__).resolve().parents[1] / "scenarios" / "paa_rette_vej_i_job.yaml"
POINTS = 5
SPAN = 0.25
"""Values from 1 − SPAN to 1 + SPAN times the present one are tried."""


class Level(NamedTuple):
    """A parameter, and the published figure that decides it: (outcome, group, week), value, where it is printed."""

    parameter: str
    figure: Key
    published: float
    source: str


LEVELS = (
    Level("exits.job.level", ("exit_job", "alle", 64), 0.07, "Rambøll 2013 p. 5 [2]: about 7 % in both arms"),
    Level(
        "interventions.praktik.referral.kontrol.weekly",
        ("workplace_share", "kontrol", None), 0.215, "Rambøll 2013 p. 4-5 [1-2]: 21 and 22 %",
    ),
    Level(
        "interventions.praktik.referral.deltager.never_ready",
        ("workplace_share", "deltager", None), 0.46, "Rambøll 2013 p. 4-5 [1-2]: 46 %",
    ),
)  # fmt: skip


class Fit(NamedTuple):
    """The value that reaches the figure; NaN if none of those tried does."""

    level: Level
    present: float
    value: float
    low: float
    high: float


def fits(replications: int, workers: int = 1) -> Iterator[Fit]:
    """Seek every level in turn."""
    base = load(SCENARIO)
    present = {row["path"]: float(row["value"]) for row in base.parameters()}
    for level in LEVELS:
        now = present[level.parameter]
        values = np.linspace(now * (1 - SPAN), now * (1 + SPAN), POINTS)
        tried = [base.with_({level.parameter: float(value)}) for value in values]
        results: list[Result] = replicate(tried, replications, workers)
        estimates = [result.estimate(*level.figure) for result in results]
        reached = [
            crossing(values, [getattr(e, end) for e in estimates], level.published) for end in ("value", "low", "high")
        ]
        yield Fit(level, now, reached[0], *sorted(reached[1:]))


def main() -> None:
    """Print the fits."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--replications", type=int, default=40)
    options.add_argument("--workers", type=int, default=1)
    chosen = options.parse_args()
    for fit in fits(chosen.replications, chosen.workers):
        outcome, group, _ = fit.level.figure
        print(f"{fit.level.parameter}: {fit.present:g} now, {fit.value:.4g} [{fit.low:.4g}, {fit.high:.4g}]")
        print(f"    for {outcome} ({group}) of {fit.level.published:g}; {fit.level.source}")


if __name__ == "__main__":
    main()
