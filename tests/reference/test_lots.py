"""Both engines draw the same lots, and tell the same lives of those who have drawn them."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.scenario.load import load

from .test_equal import FOLDER, assert_same_lots, assert_same_weeks, pair_of

TRIAL: dict[str, Any] = {"treated": "liste", "control": "interval", "primary": {"of": "exit_job"}}
FEW = {"intake.persons": 25, "jobcentres.syd.persons": 20, "jobcentres.vest.persons": 15}
SOME_DO_OTHERWISE = {"takes_up": 0.7, "crosses_over": 0.2, "contaminated": 0.2}
EARLIER = {"earlier": {"elapsed_weeks": {"liste": 1}, "jobcentres": ["nord", "vest"]}, "leaves_before": 0.1}
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "individual": ({"lots": "individual", "ratio": 1.5, **SOME_DO_OTHERWISE}, {"allocation": "blocked"}),
    "strata": ({"lots": "individual", "strata": ["uddannelse"]}, {}),
    "birth_date": ({"lots": "birth_date", "ratio": 1.0, "everybody": "liste"}, {}),
    "encouragement": ({"lots": "encouragement", "takes_up": 0.5}, {f"intake.{key}": EARLIER[key] for key in EARLIER}),
    "cluster": ({"lots": "cluster", "ratio": 2.0, "primary": {"of": "exit_job", "errors": "individual"}}, {}),
    "stepped_wedge": ({"lots": "stepped_wedge", "steps": 3, "step_weeks": 4, "contaminated": 0.3}, {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_lots(kind: str) -> None:
    trial, others = KINDS[kind]
    pair = pair_of(kind, load(FOLDER / "lister.yaml", {**FEW, **others, "trial": {**TRIAL, **trial}}).scenario)
    assert_same_lots(pair)
    assert_same_weeks(pair)
    lots = pair.reference.lots
    assert {lot.drawn for lot in lots} == {True, False}, "somebody of each lot"
    if any(key in trial for key in SOME_DO_OTHERWISE):
        assert any(lot.treated != lot.drawn for lot in lots), "not all do as drawn"
