"""Studies of many worlds, as users give them: by wall time, once, since each takes long."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator

from figure import Figure
from rounds import Bench, figure, in_turn
from tree import Probe, Tree

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
    """Worlds of jobcentre_64 by one worker and by two, which are started for it: how many times as fast, by wall time.
    Says something only on a machine that does nothing else."""
    worlds = 40 if bench.quick else 200
    rounds = range(1 if bench.quick else min(bench.rounds, 3))
    rows = [in_turn(bench.probes, lambda probe: _gain(probe, worlds), number) for number in rounds]
    what = f"{worlds} worlds of 10,000, {WORKERS} workers against one, wall"
    yield figure(f"workers.{worlds}", what, "× fast", rows)


def _gain(probe: Probe, worlds: int) -> float:
    one, two = (
        float(probe.ask("workers", name="jobcentre_64", worlds=worlds, number=number)["wall"])
        for number in (1, WORKERS)
    )
    return one / two


def _once(bench: Bench, name: str, what: str, measure: Callable[[Tree, str], float]) -> Figure:
    def in_a_folder(tree: Tree) -> float:
        with tempfile.TemporaryDirectory() as out:
            return measure(tree, out)

    return figure(name, what, "s", [in_turn(bench.trees, in_a_folder, 0)])


def _wall(tree: Tree, out: str, *words: str) -> float:
    return tree.command(*words, "--out", out, "--quiet").wall
