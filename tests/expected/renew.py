"""Write the expected tables anew: python3 tasks.py expected.

Only after a change that is meant to change results. Read the difference, explain it in the CHANGELOG under "what
changes results", and commit both together.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from simulation import load, run
from simulation.report.figures.figures import draw_figure
from simulation.report.ran import Ran
from simulation.report.store import draw_into
from simulation.results.result import Result
from simulation.results.tables.expected import DIGITS, HEAD, expected_rows
from simulation.results.tables.run_tables import published_table

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parents[1] / "scenarios"
EXAMPLE = HERE.parents[1] / "results" / "example"
REPLICATIONS = 2


def names() -> list[str]:
    """The shipped scenarios."""
    files = (*SCENARIOS.glob("*.yaml"), *SCENARIOS.glob("kombinationer/*.yaml"))
    return sorted(path.relative_to(SCENARIOS).with_suffix("").as_posix() for path in files)


def rows(name: str) -> Iterator[str]:
    """Outcomes of the whole follow-up, without single jobcentres, in the first replications."""
    yield HEAD
    yield from map(",".join, expected_rows(run(load(SCENARIOS / f"{name}.yaml"), REPLICATIONS)))


def file(name: str) -> pathlib.Path:
    """Where the expected table of a scenario lies."""
    return HERE / f"{name}.csv"


def example() -> Result:
    """The worked example that lies in results/example: På rette vej i job as shipped."""
    return run(load(SCENARIOS / "paa_rette_vej_i_job.yaml"))


def write_example(result: Result) -> None:
    """Its published figures beside the simulated ones, and its figures."""
    EXAMPLE.mkdir(exist_ok=True)
    table = published_table(result)
    table.to_csv(EXAMPLE / "published.csv", index=False, lineterminator="\n", float_format=f"%.{DIGITS}g")
    made_by = f"jobcentersim, {result.loaded.scenario.name}, {len(result.replications)} replications"
    draw_into(Ran([result]), EXAMPLE, made_by)


def draw_limit(base: Result) -> None:
    """The picture that README shows: cases and waiting with a limit of 25 cases, beside the trial as it was."""
    limited = run(load(SCENARIOS / "paa_rette_vej_graense_25.yaml"))
    picture = draw_figure(Ran([limited], base=base), "caseload_and_waiting")
    assert picture is not None
    picture.sign(f"jobcentersim, {limited.loaded.scenario.name}, {len(limited.replications)} replications")
    (EXAMPLE / "limit_25.png").write_bytes(picture.png())


if __name__ == "__main__":
    for each in names():
        file(each).write_text("\n".join(rows(each)) + "\n", encoding="utf-8", newline="\n")
        print(f"written: {file(each).relative_to(HERE.parents[1])}")
    trial = example()
    write_example(trial)
    draw_limit(trial)
    print(f"written: {EXAMPLE.relative_to(HERE.parents[1])}")
