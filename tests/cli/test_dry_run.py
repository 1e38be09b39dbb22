"""What `--dry-run` foretells, held against the run."""

from __future__ import annotations

import json
import pathlib
import time

import pytest

from tests.commands import answer, cli

TRIES = 3
"""A busy machine makes one of the two slower than the other; a wrong forecast is wrong each time."""
QUESTIONS = {
    "run": ("run", "shipped/base_dagpenge", "--replications", 10),
    "compare": ("compare", "shipped/base_kontanthjaelp", "shipped/kontanthjaelp_ugentlige_samtaler"),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", QUESTIONS)
def test_time_and_disk_are_within_a_factor_of_two(command: str, tmp_path: pathlib.Path) -> None:
    apart = []
    for number in range(TRIES):
        words = (*QUESTIONS[command], "--workers", 1, "--out", tmp_path / str(number))
        foretold = json.loads(cli(*words, "--dry-run", "--json").stdout)
        began = time.perf_counter()
        folder = pathlib.Path(answer(*words)["results_dir"])
        seconds = time.perf_counter() - began
        disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        assert 0.5 < foretold["disk_bytes"] / disk < 2
        apart.append(foretold["seconds"] / seconds)
    assert any(0.5 < ratio < 2 for ratio in apart), apart
