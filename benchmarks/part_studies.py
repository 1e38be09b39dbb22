"""Studies of many worlds, as users give them: by wall time, once, since each takes long."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence

from figure import Figure
from rounds import Bench, figure, in_turn
from tree import Tree

WORKERS = 2
ESBJERG = ("scenarios/esbjerg_tidlig_indsats.yaml", "--set", "intake.persons=2500", "--replications", "20")


def sweep(bench: Bench) -> Iterator[Figure]:
    """200 points of 20 replications of 2,500 ledige, by two workers: the advisers of Esbjerg, and whose cases they
    are."""
    upto, points = (3.9, 20) if bench.quick else (12.9, 200)
    words = (
        *ESBJERG, "--over", f"teams.projekt.fte=3:{upto}:0.1", "--over", "teams.projekt.caseload=personal,pooled",
        "--workers", str(WORKERS),
    )  # fmt: skip
    what = f"sweep, {points} points × 20 × 2,500, {WORKERS} workers, wall"
    yield _once(bench, f"sweep.{points}.wall", what, lambda tree, out: _wall(tree, out, "sweep", *words))


def uncertain(bench: Bench) -> Iterator[Figure]:
    """`run --uncertain` of På rette vej i job, one worker."""
    draws = 10 if bench.quick else 100
    words = ("scenarios/paa_rette_vej_i_job.yaml", "--uncertain", "--draws", str(draws))
    what = f"run paa_rette_vej_i_job --uncertain, {draws} draws, wall"
    yield _once(bench, f"uncertain.{draws}.wall", what, lambda tree, out: _wall(tree, out, "run", *words))


def fit(bench: Bench) -> Iterator[Figure]:
    """A first look of `calibrate`, few replications, one worker."""
    words = ("calibration/targets/tre_hovedveje_vikar.yaml", "--method", "point", "--replications", "2")
    what = "calibrate tre_hovedveje_vikar, a first look of 2 replications, wall"
    yield _once(bench, "fit.wall", what, lambda tree, out: _wall(tree, out, "calibrate", *words))


def workers(bench: Bench) -> Iterator[Figure]:
    """200 worlds of jobcentre_64 by one worker and by two: how many times as fast, by the seconds of simulation that
    the command itself states, and by those of the whole command."""
    worlds = 40 if bench.quick else 200
    rows: dict[str, list[list[float]]] = {"simulate": [], "total": []}
    for number in range(1 if bench.quick else min(bench.rounds, 3)):
        answers = in_turn(bench.trees, lambda tree: [_seconds(tree, worlds, each) for each in (1, WORKERS)], number)
        for part, found in rows.items():
            found.append([one[part] / two[part] for one, two in answers])
    for part, found in rows.items():
        whole = "the whole command" if part == "total" else "simulation"
        what = f"{worlds} worlds of 10,000, {WORKERS} workers against one, {whole}"
        yield figure(f"workers.{worlds}.{part}", what, "× fast", found)


def _once(bench: Bench, name: str, what: str, measure: Callable[[Tree, str], float]) -> Figure:
    def in_a_folder(tree: Tree) -> float:
        with tempfile.TemporaryDirectory() as out:
            return measure(tree, out)

    return figure(name, what, "s", [in_turn(bench.trees, in_a_folder, 0)])


def _wall(tree: Tree, out: str, *words: str) -> float:
    return tree.command(*words, "--out", out, "--quiet").wall


def _seconds(tree: Tree, worlds: int, number: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as out:
        words: Sequence[str] = ("--replications", str(worlds), "--workers", str(number), "--out", out, "--json")
        return dict(json.loads(tree.command("run", "scenarios/bench/jobcentre_64.yaml", *words).said)["seconds"])
