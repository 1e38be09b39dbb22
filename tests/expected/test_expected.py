"""Results do not change unless they are meant to: shipped scenarios against stored tables."""

from __future__ import annotations

import pandas as pd
import pytest

from simulation.results.tables.run_tables import published_table
from tests.expected.renew import EXAMPLE, example, file, names, rows


@pytest.mark.parametrize("name", names())
def test_results_are_as_stored(name: str) -> None:
    stored = [line.split(",") for line in file(name).read_text(encoding="utf-8").splitlines()]
    found = [line.split(",") for line in rows(name)]
    advice = f"results of {name} differ from {file(name).name}; if they are meant to, run: python3 tasks.py expected"
    assert [row[:2] for row in found] == [row[:2] for row in stored], advice
    for new, old in zip(found[1:], stored[1:], strict=True):
        # the last digit may differ between machines: NumPy's exp and log are not the same everywhere
        assert float(new[2]) == pytest.approx(float(old[2]), rel=1e-6, abs=1e-9, nan_ok=True), f"{new[:2]}: {advice}"


def test_the_worked_example_is_what_the_program_gives() -> None:
    stored, found = pd.read_csv(EXAMPLE / "published.csv"), published_table(example())
    for column in ("value", "low", "high", "trial_low", "trial_high", "distance", "distance_sd"):
        near = pytest.approx(stored[column].tolist(), rel=1e-6, abs=1e-9, nan_ok=True)
        assert found[column].tolist() == near, "python3 tasks.py expected"
    assert found["verdict"].tolist() == stored["verdict"].fillna("").tolist()
