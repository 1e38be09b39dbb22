"""Every key says what it is, in which unit and within which limits; the page of reference is what the program has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from calibration.study import PriorsFile, TargetsFile
from simulation.cli import console
from simulation.cli.reference import PAGE, page
from simulation.cli.reference_of_results import EXIT_CODES, asked_outcomes, columns
from simulation.cli.verify import DIFFERENT
from simulation.economy.price_files.schema import PricesFile
from simulation.interventions import KINDS
from simulation.interventions.contract import Outcome
from simulation.report.exported.codes import CodeList
from simulation.results.names import Names
from simulation.scenario.files.shipped import SCENARIOS, names
from simulation.scenario.jsonschema import FILES, SOURCE, json_schema
from simulation.scenario.load import load
from simulation.scenario.reference import anchor, inside, limits, table, unit
from simulation.scenario.schema import Scenario

BARE = {"version", "seed", "design_factor"}
"""Numbers that are in no unit: one that names something, the beginning of all luck, and a ratio of variances."""
ANY = {"over"}
"""Values of any key at all, within its own limits."""


def keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Every key of a file below, with its part, and whether it must be given."""
    for name, part in {"": schema, **schema.get("$defs", {})}.items():
        for key, value in part.get("properties", {}).items():
            yield f"{name}.{key}", value, key in part.get("required", ())


def numbers(value: dict[str, Any]) -> list[Any]:
    """The numbers that a value may be, or consist of."""
    return [each for each in inside(value) if each.get("type") in ("integer", "number")]


EVERY = [*keys(Scenario.model_json_schema()), *keys(TargetsFile.model_json_schema())]
EVERY += [*keys(PriorsFile.model_json_schema()), *keys(PricesFile.model_json_schema())]
EVERY += [*keys(CodeList.model_json_schema())]
EVERY += [*((key, value, False) for key, value in FILES.items())]


def test_every_key_says_what_it_is() -> None:
    silent = [name for name, value, _ in EVERY if len(value.get("description", "").split()) < 2]
    assert silent == []
    assert all(value["description"] for value in SOURCE.values())
    starts = [name for name, value, _ in EVERY if not value["description"][0].isupper()]
    assert starts == [], "a description says first what the key is, and then what its values mean"


def test_every_optional_key_has_a_default() -> None:
    assert [name for name, value, required in EVERY if not required and "default" not in value] == []


def test_every_number_has_a_unit_and_limits() -> None:
    found = [(name, value) for name, value, _ in EVERY if numbers(value) and "enum" not in value]
    assert len(found) > 300
    last = {name: name.split(".")[-1] for name, _ in found}
    assert [name for name, value in found if not unit(value) and last[name] not in BARE | ANY] == []
    ends = ({"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"})
    open_ended = [
        name for name, value in found for number in numbers(value)
        if last[name] not in ANY and "const" not in number and not all(end & number.keys() for end in ends)
    ]  # fmt: skip
    assert open_ended == []


def test_hover_texts_of_an_editor_have_them_too() -> None:
    """The schema that is written for editors says as much, where a value may have its source beside it."""
    schema = json_schema()
    weeks = schema["properties"]["weeks"]
    assert (weeks["unit"], weeks["description"]) == ("weeks", "Length of the run, from week 0 on")
    assert [name for name, value, _ in keys(schema) if not value.get("description")] == []


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 104}, "1 to 104"),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "above 0 to below 1"),
        ({"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2, "maxItems": 2}, "2 entries, 0"),
        ({"type": "string", "default": ""}, ""),
        (
            {"anyOf": [
                {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}},
                {"type": "integer", "minimum": 0, "maximum": 2000},
            ]},
            "0 to 2,000",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_limits_in_words(value: dict[str, Any], told: str) -> None:
    assert limits(value) == told


def test_a_cell_cannot_break_its_table() -> None:
    assert table(("a", "b"), [("x | y", "two\nlines")]).splitlines()[-1] == "| x \\| y | two lines |"


def test_the_page_is_what_the_program_has() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "renew it: python -m simulation.cli.reference"


def test_the_page_has_every_key_and_kind_and_its_links_lead_somewhere() -> None:
    text = page()
    headings = [anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")]
    assert len(headings) == len(set(headings))
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= set(headings)
    assert {anchor(kind) for kind in KINDS} <= set(headings)
    assert [name for name, _, _ in EVERY if f"| `{name.split('.')[-1]}` |" not in text] == []




EVERY_TWENTIETH = [
    name if at % 20 == 0 else pytest.param(name, marks=pytest.mark.slow) for at, name in enumerate(names(SCENARIOS))
]


@pytest.mark.parametrize("shipped", EVERY_TWENTIETH)
def test_every_outcome_of_what_is_shipped_says_what_it_is(shipped: str) -> None:
    """In both languages, with a unit and a definition."""
    meanings = Names(load(shipped).scenario).meanings
    assert len(meanings) > 50
    assert [str(outcome) for outcome, meaning in meanings.items() if not described(meaning)] == []


def described(outcome: Outcome) -> bool:
    """Whether people can read what an outcome is."""
    labels = (outcome.label.en, outcome.label.da, outcome.unit)
    return all(label.strip() for label in labels) and len(outcome.definition.split()) > 2


def test_outcomes_columns_and_exit_codes_stand_on_the_page() -> None:
    text = page()
    assert [name for name in asked_outcomes() if f"| `{name}` |" not in text] == []
    every = [(title, column, what) for title, of in columns().items() for column, what in of.items()]
    assert len(every) > 200 and [(title, column) for title, column, what in every if len(what.split()) < 2] == []
    assert [column for _, column, _ in every if f"| `{column}` |" not in text] == []
    codes = {code for name, code in vars(console).items() if name.isupper() and type(code) is int}
    assert codes | {0, DIFFERENT} == EXIT_CODES.keys()
