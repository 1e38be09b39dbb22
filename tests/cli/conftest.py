"""Storing results without what a test does not look at."""

from __future__ import annotations

import pytest

from simulation.report import store
from simulation.report.sweep import figures as sweep_figures


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pictures, which take most of the time of a small run."""
    for module, draw in ((store, "draw_run"), (store, "draw_comparison"), (sweep_figures, "draw_sweep")):
        assert hasattr(module, draw)
        monkeypatch.setattr(module, draw, lambda *_: None)
