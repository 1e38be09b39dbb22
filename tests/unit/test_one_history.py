"""One history, counted by two definitions of a spell that publishers have: figures differ, and each is by hand."""

from __future__ import annotations

import numpy as np

from simulation.results.measures.printed import Spells, months_of
from simulation.results.measures.watched import flow_of

WEEKS = 30
ON_BENEFIT = np.zeros((WEEKS, 1), dtype=bool)
ON_BENEFIT[[0, 1, 2, 8, 9, 11, 12]] = True
"""From 2026-W01: three weeks in January, off for five, two over the end of February, off for one, and two more."""


def test_each_week_off_benefit_ends_a_spell() -> None:
    """The register's own: three spells of 3, 2 and 2 weeks."""
    comes = np.zeros_like(ON_BENEFIT)
    comes[0] = True
    flow = flow_of(ON_BENEFIT, comes, np.ones_like(ON_BENEFIT), np.zeros(1, dtype=np.int32), 1)
    _, left, weeks = flow.of(slice(None))
    assert left.tolist() == [3] and (weeks / left).tolist() == [7 / 3]


def test_a_whole_calendar_month_off_benefit_ends_a_spell() -> None:
    """Jobindsats': January, February and March each have a week on benefit, so it is one spell of 13 weeks, ended in
    March."""
    months = months_of("2026-W01", WEEKS)
    spells = Spells(ON_BENEFIT, months)
    ended = {month.text: spells.ended(k) for k, month in enumerate(months)}
    assert [name for name, who in ended.items() if who is not None and who.any()] == ["2026M03"]
    assert spells.lasted(2).tolist() == [13]
