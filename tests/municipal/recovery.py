"""A known municipality, the tables that are written of it, and the study made of them: counted alike in both."""

from __future__ import annotations

import pathlib

import numpy as np

from simulation import load
from simulation.large import run_batch
from simulation.results.measures.printed import Planes, Spells, months_of, of_the_month, talks_since
from simulation.results.printed import CLASSES, class_name
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE
from tests.commands import cli

SCENARIO = pathlib.Path(__file__).parents[2] / "scenarios" / "oevelse" / "opdigtet_by.yaml"
NAME = "Opdigtet By"
YEAR = [f"2026M{month:02}" for month in range(1, 12)]
"""Months of the year that the study knows of which ended spells are known, too."""


def study_of(folder: pathlib.Path, seed: int, leave_out: tuple[str, ...] = ()) -> pathlib.Path:
    """The base of the study that is made of the tables of the known municipality, with some tables left out."""
    tables, study = folder / f"tables{seed}", folder / f"study{seed}"
    done = cli("practice-tables", SCENARIO, "--municipality", NAME, "--out", tables, "--seed", seed)
    assert done.exit_code == 0, done.output
    for table in leave_out:
        (tables / f"simuleret_{table}.csv").unlink()
    done = cli("init", study, "--from", tables, "--municipality", NAME)
    assert done.exit_code == 0, done.output
    return study / "base.yaml"


def counted(scenario: Scenario) -> dict[str, float]:
    """Figures of one replication, means over the months of the year."""
    planes, months = Planes.of(scenario, run_batch(scenario, [0])), months_of(scenario.start, scenario.weeks)
    on, spells, found = planes.on["dagpenge"], Spells(planes.on["dagpenge"], months), dict[str, list[float]]()
    job = GONE + [*scenario.exits].index("job")
    for k in (k for k, month in enumerate(months) if month.text in YEAR):
        month, ended, running = months[k], spells.ended(k), spells.running(k)
        assert ended is not None and running is not None
        weeks = slice(month.first, month.end)
        left = on[month.first - 1 : month.end - 1] & (planes.status[weeks] == job)
        elapsed, talks = spells.elapsed(k), talks_since(planes.talk & on, spells.begin[k], month.end - 1)
        of_month = {
            "persons": float(of_the_month(on, month).sum()),
            "full-time persons": float(on[weeks].sum()) / month.length,
            "spells begun": float(spells.begun(k).sum()),
            "weeks of an ended spell": float(spells.lasted(k)[ended].mean()),
            "running spells over 26 weeks": float((elapsed[running] > 26).mean()),
            "intensity to a job": float(left.sum() / on[month.first - 1 : month.end - 1].sum()),
        }
        for first, end in CLASSES:
            there = on[month.end - 1] & (elapsed > first) & (elapsed <= (end or len(on)))
            of_month[f"talks {class_name((first, end))}"] = float(talks[there].mean())
        for name, value in of_month.items():
            found.setdefault(name, []).append(value)
    return {name: float(np.mean(values)) for name, values in found.items()}


def ratios(folder: pathlib.Path, seed: int, leave_out: tuple[str, ...] = ()) -> dict[str, float]:
    """What the study makes of each figure by what the known municipality has, in one world of each."""
    study = load(study_of(folder, seed, leave_out)).scenario
    truth = load(SCENARIO, {"seed": seed}).scenario
    of_study, of_truth = counted(study), counted(truth)
    return {name: of_study[name] / of_truth[name] for name in of_truth}
