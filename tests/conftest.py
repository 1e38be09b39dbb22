"""What holds for all tests, in whichever process they run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# One thread each: workers of pytest, and the programs that tests start, share the processors among themselves.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# How long an example takes says how busy the machine is.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests of one scenario of tests/reference, which share its runs, follow each other: so one worker has them."""
    first: dict[object, int] = {}

    def place(numbered: tuple[int, pytest.Item]) -> int:
        number, item = numbered
        params = item.callspec.params if hasattr(item, "callspec") else {}
        if "name" in params and item.path.parent.name == "reference":
            return first.setdefault((item.path, params["name"]), number)
        return number

    items[:] = [item for _, item in sorted(enumerate(items), key=place)]


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results without pictures, which take most of the time of a small run."""
    undraw(monkeypatch)


def undraw(monkeypatch: pytest.MonkeyPatch) -> None:
    """For fixtures of a module: no pictures from here on."""
    from simulation.report.best import race  # here, for most tests need none of it
    from simulation.report.figures import figures
    from simulation.report.sweep import figures as sweep_figures

    for module, draw in ((figures, "draw_all"), (sweep_figures, "draw_sweep"), (race, "draw_race")):
        assert hasattr(module, draw)
        monkeypatch.setattr(module, draw, lambda *_: None)
