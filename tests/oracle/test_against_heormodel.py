"""Acceptability, frontier, losses and the value of information against heormodel, a library for health-economic
evaluation by others: `python3 tasks.py oracle`.

The draws are stored, and so is what heormodel found of them, against which tests/unit/test_decision.py holds the
program by its rule (shares and losses to rounding; surfaces, which are of another kind there, by their intervals).
This asks heormodel again: to 1e-6, relative; its Gaussian process, which looks for the top of a likelihood, to 1 %.
heormodel takes all draws as known without luck, of one weight, and as independent.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.oracle.decision import COLUMNS, FOUND, by_heormodel, data, made

pytestmark = pytest.mark.oracle


def test_heormodel_finds_what_is_stored() -> None:
    stored, found = json.loads(FOUND.read_text(encoding="utf-8")), by_heormodel(data())
    assert found.keys() == stored.keys()
    for name in set(stored) - {"partial"}:
        assert np.allclose(found[name], stored[name], rtol=1e-6, atol=1e-9), name
    for name, value in stored["partial"].items():
        assert found["partial"][name] == pytest.approx(value, rel=0.01 if name == "both" else 1e-6), name


def test_draws_are_those_that_are_made() -> None:
    rows = made()
    assert all(np.allclose(column, rows[:, k], rtol=1e-6) for k, column in enumerate(data().values()))
    assert len(COLUMNS) == rows.shape[1]
