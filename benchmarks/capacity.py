"""The tables of docs/capacity.md, from what `tasks.py bench` has measured.

    python benchmarks/capacity.py [results/bench.json]

With a file of figures, those that the page needs are taken from it into benchmarks/capacity.json, which is shipped with
the page, and the tables are written anew between their marks.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE, SHIPPED = ROOT / "docs" / "capacity.md", ROOT / "benchmarks" / "capacity.json"
PERSONS, WEEKS, WORLDS, SCENARIOS = 1_000_000, 104, 1_000, 100
CORES = (1, 100, 10_000)
MEASURED_WEEKS = 64
JOBCENTRES, KEPT_WEEKS, KEPT_JOBCENTRES = 100, 85, 18
"""Of the national study; and of På rette vej i job, of which it is measured what is kept of a world."""
DAY, MEBI = 86_400.0, 2.0**20
NEEDED = (
    "jobcentre_64.1000000x1.ms", "kinds.paa_rette_vej_i_job.ns", "kinds.4.ns", "memory.1000", "memory.1000000",
    "memory.measured", "memory.sent", "run.paa_rette_vej_i_job.engine", "run.paa_rette_vej_i_job.summaries",
    "workers.200",
)  # fmt: skip
Figures = dict[str, dict[str, Any]]


def taken(figures: Figures) -> Figures:
    """What the page needs. Raises KeyError with the names that were not measured."""
    if missing := [name for name in NEEDED if name not in figures]:
        raise KeyError(f"not measured: {', '.join(missing)}; run all parts of `tasks.py bench`")
    return {name: figures[name] for name in NEEDED}


def page(text: str, figures: Figures) -> str:
    """The page with its tables by these figures."""
    for mark, table in (("measured", measured(figures)), ("reckoned", reckoned(figures))):
        text = re.sub(rf"(<!-- {mark} -->\n).*?(<!-- end -->)", rf"\1{table}\n\2", text, flags=re.DOTALL)
    return text


def nanoseconds(figures: Figures) -> dict[str, float]:
    """CPU time of a ledig and week of the run, by workload."""
    plain = _value(figures, "jobcentre_64.1000000x1.ms") * 1e6 / (1_000_000 * MEASURED_WEEKS)
    engine, summaries = (_value(figures, f"run.paa_rette_vej_i_job.{part}") for part in ("engine", "summaries"))
    return {
        "jobcentre_64, one world of 1,000,000, engine": plain,
        "På rette vej i job, batch of 16, engine and summaries": _value(figures, "kinds.paa_rette_vej_i_job.ns")
        * (1 + summaries / engine),
        "all kinds of intervention, 4 worlds of 10,000, engine": _value(figures, "kinds.4.ns"),
    }


def shared(figures: Figures) -> float:
    """What two workers do, of twice what one does."""
    return min(_value(figures, "workers.200") / 2, 1.0)


def measured(figures: Figures) -> str:
    """The figures that the rest is reckoned from."""
    machines = [figures[name]["machine"] for name in NEEDED]
    days = sorted({each["day"] for each in machines})
    one = machines[0]
    lines = [
        f"{one['processor']}, {one['cores']} cores, Python {one['python']}, NumPy {one['numpy']}; "
        f"{' to '.join(dict.fromkeys((days[0], days[-1])))}.", "",
        "| measured | figure |", "|---|---|",
    ]  # fmt: skip
    lines += [f"| {name}: CPU time of a ledig and week | {ns:,.0f} ns |" for name, ns in nanoseconds(figures).items()]
    lines += [
        f"| two workers against one, 200 worlds | {2 * shared(figures):.2f} × as fast |",
        f"| memory of a process with a small world | {_value(figures, 'memory.1000'):,.0f} MiB |",
        f"| memory of a process that runs one world of 1,000,000 × {MEASURED_WEEKS} weeks, engine and register | "
        f"{_value(figures, 'memory.1000000'):,.0f} MiB |",
        f"| the same, with all its figures measured | {_value(figures, 'memory.measured'):,.0f} MiB |",
        f"| what is kept of a world of På rette vej i job, as it is sent | {_value(figures, 'memory.sent'):,.0f} KiB |",
    ]
    return "\n".join(lines)


def reckoned(figures: Figures) -> str:
    """What cores do, and what a worker needs."""
    all_weeks = float(PERSONS) * WEEKS * WORLDS * SCENARIOS
    heads = [f"{cores:,} core{'s' if cores > 1 else ''}" for cores in CORES]
    lines = [
        f"| at the cost of | {' | '.join(heads)} | one world, one core |",
        f"|---|{'---|' * (len(CORES) + 1)}",
    ]
    for name, ns in nanoseconds(figures).items():
        seconds = all_weeks * ns * 1e-9
        cells = [_duration(seconds / (cores * (shared(figures) if cores > 1 else 1.0))) for cores in CORES]
        lines.append(f"| {name} | {' | '.join(cells)} | {_duration(PERSONS * WEEKS * ns * 1e-9)} |")
    there = _value(figures, "memory.measured")
    each = there * WEEKS / MEASURED_WEEKS / 1024
    memory = (
        f"Memory of a worker with one such world: {there:,.0f} MiB measured at {MEASURED_WEEKS} weeks, {each:.1f} GiB "
        f"in proportion to weeks; of 100 workers {100 * each:,.0f} GiB, of 10,000 workers "
        f"{10_000 * each / 1024:,.0f} TiB in all."
    )
    world = _value(figures, "memory.sent") / 1024 * WEEKS * JOBCENTRES / (KEPT_WEEKS * KEPT_JOBCENTRES)
    kept = (
        f"Kept of such a world with {JOBCENTRES} jobcentres, in proportion to weeks × jobcentres: {world:,.0f} MiB "
        f"before it is packed; of all {WORLDS * SCENARIOS:,} worlds {world * WORLDS * SCENARIOS / MEBI:,.2f} TiB."
    )
    return "\n".join([*lines, "", memory, "", kept])


def _value(figures: Figures, name: str) -> float:
    return float(figures[name]["values"][-1])


def _duration(seconds: float) -> str:
    for size, word in ((365.25 * DAY, "years"), (DAY, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 1.5 * size:
            return f"{seconds / size:,.1f} {word}"
    return f"{seconds:.0f} seconds"


def main(words: list[str]) -> None:
    """Take figures, if any are given, and write the tables."""
    if words:
        found = taken(json.loads(Path(words[0]).read_text(encoding="utf-8")))
        SHIPPED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    figures = json.loads(SHIPPED.read_text(encoding="utf-8"))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
