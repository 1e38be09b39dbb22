"""Commands as users give them: five shipped scenarios from start to end, and the check of all of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import Figure
from rounds import Bench, figure, in_turn
from tree import Took, Tree

SCENARIOS = (
    "paa_rette_vej_i_job", "base_dagpenge", "aktive_hurtigere_tilbage", "esbjerg_tidlig_indsats",
    "tre_hovedveje_jobklub",
)  # fmt: skip
PARTS = ("imports", "load", "engine", "summaries", "tables", "figures")
IN_PARTS = str(Path(__file__).with_name("run_in_parts.py"))


def runs(bench: Bench) -> Iterator[Figure]:
    """Wall and CPU time of `run`, invariants on, one worker; CPU time of its parts, called in turn in one process. Of
    processes that a run starts beside itself, CPU time is only there if it waits for them."""
    for name in SCENARIOS[:2] if bench.quick else SCENARIOS:
        rounds = range(min(bench.rounds, 3))
        whole = [in_turn(bench.trees, lambda tree: _run(tree, name), number) for number in rounds]  # noqa: B023
        yield figure(f"run.{name}.wall", f"run {name}, wall", "s", [[took.wall for took in row] for row in whole])
        yield figure(f"run.{name}.cpu", f"run {name}, CPU", "s", [[took.cpu for took in row] for row in whole])
        parts = [in_turn(bench.trees, lambda tree: _parts(tree, name), number) for number in rounds]  # noqa: B023
        for part in PARTS:
            rows = [[each.get(part, 0.0) for each in row] for row in parts]
            yield figure(f"run.{name}.{part}", f"    {part}, CPU", "s", rows)
        rest = [
            [took.cpu - sum(each.values()) for took, each in zip(ran, apart, strict=True)]
            for ran, apart in zip(whole, parts, strict=True)
        ]
        what = "    the rest (files, screen, needed effects), less what is drawn beside, CPU"
        yield figure(f"run.{name}.rest", what, "s", rest)


def check(bench: Bench) -> Iterator[Figure]:
    """CPU time of `check` of all shipped scenarios in one command."""
    rows = [in_turn(bench.trees, _check, number) for number in range(min(bench.rounds, 3))]
    yield figure("check.cpu", "check of all shipped scenarios, CPU", "s", rows)


def _run(tree: Tree, name: str) -> Took:
    with tempfile.TemporaryDirectory() as out:
        return tree.command("run", f"scenarios/{name}.yaml", "--out", out, "--quiet")


def _parts(tree: Tree, name: str) -> dict[str, float]:
    return dict(json.loads(tree.process(IN_PARTS, f"scenarios/{name}.yaml").said))


def _check(tree: Tree) -> float:
    files = sorted(str(file.relative_to(tree.folder)) for file in (tree.folder / "scenarios").glob("*.yaml"))
    return tree.command("check", *files).cpu
