"""The JSON Schema takes what the program takes, as far as a schema can tell, and no misspelt key."""

from __future__ import annotations

import pathlib
from functools import cache
from typing import Any

import jsonschema
import pytest

from simulation.scenario.files.yamlfile import read
from simulation.scenario.jsonschema import json_schema, part_schema
from tests.reference.tables import third

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = sorted((ROOT / "scenarios" / "parts").rglob("*.yaml"))
PRICES = ROOT / "scenarios" / "prices"
SHIPPED = [path for path in sorted((ROOT / "scenarios").rglob("*.yaml")) if path not in PARTS and path.parent != PRICES]


@cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(json_schema())


@cache
def of_parts() -> Any:
    return jsonschema.Draft202012Validator(part_schema())


@pytest.mark.parametrize("first", third(range(3), 0))
def test_it_is_a_schema(first: int) -> None:
    """Every third of its definitions, and all that is in none, by the rules for schemas; it takes seconds."""
    schema = validator().schema
    some = dict([*schema["$defs"].items()][first::3])
    assert some and len(schema["$defs"]) > 100
    jsonschema.Draft202012Validator.check_schema({**schema, "$defs": some})


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_is_taken(path: pathlib.Path) -> None:
    assert [error.json_path for error in validator().iter_errors(read(path).data)] == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_every_shipped_part_is_taken(path: pathlib.Path) -> None:
    """By the schema of parts, and by that of scenarios it is none."""
    assert [error.json_path for error in of_parts().iter_errors(read(path).data)] == []
    assert not validator().is_valid(read(path).data)
    assert not of_parts().is_valid({**read(path).data, "weeks": 3})


@pytest.mark.parametrize(
    "wrong",
    [
        {"weeks": "many"}, {"weeks": 0}, {"exits": {"job": {"levle": 0.1}}}, {"seed": 2**53}, {"version": 3},
        {"teams": {"stab": {"fte": -1}}}, {"interventions": {"p": {"kind": "praktik", "places": -1}}},
        {"jobcentres": {"a": {"interventions": {"klub": {"clubbs": 2}}}}},
        {"intake": {"persons": {"value": 5, "kind": "guessed", "source": "x"}}},
        {"intake": {"persons": {"value": 5, "kind": "evidence", "source": "x", "se": 0}}},
        {"intake": {"persons": {"value": 5, "kind": "assumed", "source": "x", "range": [1, 9], "draw": "even"}}},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_not(wrong: dict[str, Any]) -> None:
    assert not validator().is_valid({"version": 2, "extends": "base.yaml", **wrong})


def test_how_sure_a_value_is_may_be_said() -> None:
    """A standard error of evidence, how a range is drawn from, and on how many shares are as good as counted."""
    source = {"source": "x"}
    evidence, assumed = {"kind": "evidence", "se": 1.5}, {"kind": "assumed", "range": [1, 9], "draw": "log"}
    for persons in ({"value": 5, **evidence}, {"value": 5, **assumed}):
        intake = {"persons": {**persons, **source}}
        assert validator().is_valid({"version": 2, "extends": "base.yaml", "intake": intake})
    weeks = {"value": {"4": 0.4, "8": 0.6}, "kind": "assumed", "concentration": 20, **source}
    offers = {"p": {"kind": "praktik", "length_weeks": weeks}}
    assert validator().is_valid({"version": 2, "extends": "base.yaml", "interventions": offers})
