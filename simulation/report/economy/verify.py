"""Whether an assessment comes out again: some replications simulated anew, and tables made anew from those kept."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from simulation.economy.cba.answer import assessed
from simulation.economy.cba.deciding import Asked
from simulation.economy.cba.found import Account
from simulation.economy.cba.kept import Piece, differ, joined
from simulation.economy.cba.plan import Plan
from simulation.economy.cba.running import measured, read_again
from simulation.report.economy.text import cba_tables
from simulation.report.verify import Verified, hold_tables, sample
from simulation.report.verify_words import NOT_ALL, QUANTITIES


def check_cba(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], plan: Plan, account: Account,
    trials: Asked | None, size: int,
) -> None:  # fmt: skip
    """Simulate some replications of every scenario as written again, and make the tables anew from what was kept."""
    found.again = sample(plan.replications, size)
    kept = read_again(plan, folder / "quantities")
    if kept is None:
        found.notes.append(NOT_ALL.filled())
        return
    for number, loaded in enumerate(plan.loaded):
        before = plan.base.scenario if number else None
        anew = measured(loaded.scenario, found.again, plan.notice_weeks, before).quantities
        stored = Piece(np.arange(plan.replications), kept.written[number])
        if differ(joined([stored], found.again), anew):
            numbers = ", ".join(map(str, found.again))
            found.differences.append(QUANTITIES.filled(name=loaded.scenario.name, numbers=numbers))
    hold_tables(found, folder, manifest, cba_tables(assessed(plan, kept, account, trials)))
