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
from simulation.economy.cba.plan import Of, Plan
from simulation.economy.cba.running import measured, read_again
from simulation.report.economy.text import cba_tables
from simulation.report.verify import Verified, hold_tables, sample
from simulation.report.verify_words import NOT_ALL, QUANTITIES


def check_cba(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], plan: Plan, account: Account,
    trials: Asked | None, size: int,
) -> None:  # fmt: skip
    """Simulate some replications of every scenario as written again, and as many draws and ends of what is moved, and
    make the tables anew from what was kept."""
    found.again = sample(plan.replications, size)
    kept = read_again(plan, folder / "quantities")
    if kept is None:
        found.notes.append(NOT_ALL.filled())
        return
    moved = [of for of in plan.wanted if plan.put(of)]
    every = [*((Of(s), found.again) for s in range(len(plan.loaded))),
             *((moved[n], plan.numbers(moved[n])) for n in (sample(len(moved), size) if moved else ()))]  # fmt: skip
    for of, numbers in every:
        scenario = plan.scenario(of)
        anew = measured(scenario, list(numbers), plan.notice_weeks, plan.staff_before(of)).quantities
        stored = Piece(np.array(plan.numbers(of)), kept.of(of))
        if differ(joined([stored], numbers), anew):
            name, told = f"{scenario.name}{_at(of)}", ", ".join(map(str, numbers))
            found.differences.append(QUANTITIES.filled(name=name, numbers=told))
    hold_tables(found, folder, manifest, cba_tables(assessed(plan, kept, account, trials)))


def _at(of: Of) -> str:
    if of.end is not None:
        return f", {'high' if of.end % 2 else 'low'} end of number {of.end // 2 + 1} that is moved"
    return "" if of.draw is None else f", draw {of.draw + 1}"
