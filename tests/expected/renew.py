"""Write the expected tables anew: python3 tasks.py expected.

Only after a change that is meant to change results. Read the difference, explain it in the CHANGELOG under "what
changes results", and commit both together.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from simulation import load, run

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parents[1] / "scenarios"
REPLICATIONS = 2
DIGITS = 9


def names() -> list[str]:
    """The shipped scenarios."""
    return sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


def rows(name: str) -> Iterator[str]:
    """Outcomes of the whole follow-up, without single jobcentres, in the first replications."""
    result = run(load(SCENARIOS / f"{name}.yaml"), REPLICATIONS)
    yield "outcome,group,value"
    for outcome, group, week in result.keys:
        if week is None and "@" not in group:
            yield f"{outcome},{group},{result.estimate(outcome, group).value:.{DIGITS}g}"


def file(name: str) -> pathlib.Path:
    """Where the expected table of a scenario lies."""
    return HERE / f"{name}.csv"


if __name__ == "__main__":
    for each in names():
        file(each).write_text("\n".join(rows(each)) + "\n", encoding="utf-8", newline="\n")
        print(f"written: {file(each).relative_to(HERE.parents[1])}")
