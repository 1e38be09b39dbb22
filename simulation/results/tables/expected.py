"""The table by which it is seen whether results have changed: outcomes of the whole follow-up, to nine digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulation.results.result import Result
from simulation.scenario.files.shipped import HOME

FOLDER = HOME / "tests" / "expected"
"""Where such tables are stored; a package as it is installed has that of one scenario."""
DIGITS = 9
HEAD = "outcome,group,value"


class Row(NamedTuple):
    """One outcome of one group, as it is written."""

    outcome: str
    group: str
    value: str


def expected_rows(result: Result) -> Iterator[Row]:
    """Outcomes of the whole follow-up, without single jobcentres."""
    for figure in result.keys:
        if figure.time is None and not figure.group.jobcentre:
            value = result.estimate_of(figure).value
            yield Row(result.names.write(figure.outcome), str(figure.group), f"{value:.{DIGITS}g}")


def read_expected(name: str) -> list[Row]:
    """The stored table of a scenario. Raises OSError if there is none."""
    lines = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*line.split(",")) for line in lines]
