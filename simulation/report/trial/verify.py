"""Whether a rehearsed trial comes out again: some rehearsals simulated anew, and tables made anew from those kept."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import Any

from simulation.experiments.executors import Workers
from simulation.experiments.trial.answer import rehearsed_of
from simulation.experiments.trial.data import differs
from simulation.experiments.trial.plan import Plan
from simulation.experiments.trial.running import read_again, some
from simulation.report.trial.text import trial_tables
from simulation.report.verify import Verified, hold_tables, sample
from simulation.report.verify_words import NOT_ALL, REHEARSAL


def check_trial(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], plan: Plan, size: int, workers: Workers
) -> None:
    """Rehearse some numbers again at every size, and make the tables anew from what was kept."""
    found.again = sample(plan.rehearsals, size)
    kept = read_again(plan, folder / "rehearsals")
    again = some(plan, found.again, workers)
    if kept is None:
        found.notes.append(NOT_ALL.filled())
        return
    for at, data in again.items():
        found.differences += [
            REHEARSAL.filled(persons=at.persons, jobcentres=at.jobcentres, number=number)
            for number in differs(kept.sizes[at], data)
        ]
    hold_tables(found, folder, manifest, trial_tables(rehearsed_of(plan, kept)))
