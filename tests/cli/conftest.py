"""Storing results without what a test does not look at."""

from __future__ import annotations

import pytest

from simulation.report import store
from simulation.report.sweep import figures as sweep_figures

DRAWS = ((store, "draw_run"), (store, "draw_comparison"), (sweep_figures, "draw_sweep"))


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pictures, which take most of the time of a small run."""
    undraw(monkeypatch)


def undraw(monkeypatch: pytest.MonkeyPatch) -> None:
    """For fixtures of a module: no pictures from here on."""
    for module, draw in DRAWS:
        assert hasattr(module, draw)
        monkeypatch.setattr(module, draw, lambda *_: None)
