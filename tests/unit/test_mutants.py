"""Mutated inputs, some hundreds of a fixed seed; `python -m tests.mutants` tries others."""

from __future__ import annotations

from tests.mutants import chosen, tried


def test_mutants_are_refused_at_a_place_or_run_rightly() -> None:
    faults: list[str] = []
    counts = tried(chosen(20261128, 0, 300), whole_every=10, shown=faults.append)
    assert not faults, "\n".join(faults)
    assert counts["refused"] > 100 and counts["run"] > 40, counts
