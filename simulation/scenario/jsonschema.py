"""The JSON Schema of scenario files, for completion and hover texts in an editor."""

from __future__ import annotations

from typing import Any

from simulation.scenario.files.dates import FROM
from simulation.scenario.files.fitted import WORD
from simulation.scenario.files.part import ABOUT, CHANGES, ENTRY, PART, PLANS, SECTIONS, SPELLS
from simulation.scenario.files.values import DRAWS, EVIDENCE, KINDS
from simulation.scenario.schema import Scenario
from simulation.world.weeks import WRITTEN

DESCRIBING = ("description", "unit", "unit_of", "default")
UNIT = "Unit in which the value is written, if it shall be checked: the one that the key has"
NOTE = "Anything that a reader should know of the value, in words"
OF_EVIDENCE = {
    "type": "object",
    "required": ["value", "of"],
    "additionalProperties": False,
    "properties": {
        "value": {"const": EVIDENCE, "description": "The number stands in the synthesis of published effects"},
        "of": {"type": "string", "description": "MECHANISM.EXIT.GROUP of the synthesis"},
        "unit": {"type": "string", "description": UNIT},
        "note": {"type": "string", "description": NOTE},
    },
}
VALUE = "The value itself; `fitted` where a calibration gives it"
SOURCE: dict[str, Any] = {
    "kind": {"enum": list(KINDS), "description": "What the value rests on"},
    "unit": {"type": "string", "description": UNIT},
    "source": {"type": "string", "description": "Publication, rule or person that the value is from"},
    "page": {"type": "string", "description": "Page, table or paragraph of the source"},
    "range": {
        "type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2, "unit_of": "value",
        "description": "Lowest and highest that the value may be; `--uncertain` draws from between them",
    },
    "note": {"type": "string", "description": NOTE},
    "se": {
        "type": "number", "exclusiveMinimum": 0, "unit_of": "value",
        "description": "Standard error of the value; `--uncertain` draws from a normal distribution",
    },
    "draw": {"enum": list(DRAWS), "description": "How the range is drawn from, if not as usual for the unit"},
    "concentration": {
        "type": "number", "exclusiveMinimum": 0, "unit": "persons",
        "description": "Shares that add up to 1 are as sure as if counted on so many",
    },
}  # fmt: skip
"""What may be said of a value beside the value itself."""
_NAMES = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
TAKEN: dict[str, Any] = {
    PART: {"type": "string", "description": ENTRY[PART]},
    "arms": {
        "anyOf": [_NAMES, {"type": "object", "additionalProperties": _NAMES}], "default": None,
        "description": ENTRY["arms"],
    },
    "jobcentres": {**_NAMES, "default": None, "description": ENTRY["jobcentres"]},
    "benefits": {**_NAMES, "default": None, "description": ENTRY["benefits"]},
    "as": {
        "type": "object", "additionalProperties": {"type": "string"}, "default": {}, "description": ENTRY["as"],
    },
    SPELLS: {"type": "object", "default": None, "description": ENTRY[SPELLS]},
}  # fmt: skip
"""What a scenario says of a part that it takes in."""
_EXTENDED = [
    {"type": "string"},
    {
        "title": "A part that is taken in", "type": "object", "properties": TAKEN, "required": [PART],
        "additionalProperties": False,
    },
]  # fmt: skip
OF_PART: dict[str, Any] = {
    "version": {"const": 2, "description": ABOUT["version"]},
    PART: {"type": "string", "description": ABOUT[PART]},
    "name_da": {"type": "string", "default": None, "description": ABOUT["name_da"]},
    "description": {"type": "string", "default": "", "description": ABOUT["description"]},
    "arms": {
        "type": "array", "items": {"type": "string"}, "uniqueItems": True, "default": [], "description": ABOUT["arms"],
    },
    "instead_of": {"const": PLANS, "default": None, "description": ABOUT["instead_of"]},
    CHANGES: {"const": True, "default": None, "description": ABOUT[CHANGES]},
    "fitted": {"type": "string", "default": None, "description": ABOUT["fitted"]},
    EVIDENCE: {"type": "string", "default": None, "description": ABOUT[EVIDENCE]},
}  # fmt: skip
"""What the file of a part says beside what it adds."""
DATES: dict[str, Any] = {
    "type": "object", "minProperties": 1, "additionalProperties": False,
    "patternProperties": {f"^{WRITTEN.pattern}$": {"description": "The value from then on, or one with a source"}},
    "description": "Other values from ISO weeks on, in order: {2016-W48: 6}",
}  # fmt: skip
SHARED: dict[str, Any] = {
    EVIDENCE: OF_EVIDENCE, **{f"source.{key}": meaning for key, meaning in (SOURCE | {FROM: DATES}).items()},
}  # fmt: skip
"""What is the same of every value, so that it stands once: written out at each it would be most of the schema. No class
has such a name."""
FITTED = {"const": WORD, "description": "The number stands in the file of fitted values"}
FILES: dict[str, Any] = {
    "extends": {
        "anyOf": [*_EXTENDED, {"type": "array", "items": {"anyOf": _EXTENDED}, "minItems": 1}],
        "default": None,
        "description": "Scenario (a file, or shipped/NAME) that this one differs from, or several: later ones win; "
        "and parts that are put on them (`{part: FILE, arms: [ARM]}`)",
    },
    "targets": {
        "type": ["string", "null"], "default": None,
        "description": "File that the published figures stand in, as for `calibrate`; replaces inherited ones",
    },
    "fitted": {
        "type": ["string", "null"], "default": None,
        "description": "File of fitted values, as `calibrate` writes it; they stand where a value is `fitted`",
    },
    EVIDENCE: {
        "type": ["string", "null"], "default": None,
        "description": "File of the synthesis of published effects; it has the numbers where a value is `evidence`",
    },
}  # fmt: skip
"""Keys that name other files, which are read before the scenario itself."""


def json_schema() -> dict[str, Any]:
    """Schema of a scenario file: any value may carry its source, and an overlay may leave anything out."""
    schema = Scenario.model_json_schema()
    definitions = schema.setdefault("$defs", {})
    for part in [schema, *definitions.values()]:
        _loosen(part)
    definitions |= SHARED
    schema["properties"] |= FILES
    schema["title"] = "jobcentersim scenario"
    return schema


def part_schema() -> dict[str, Any]:
    """Schema of the file of a part."""
    schema = json_schema()
    schema["properties"] = OF_PART | {name: schema["properties"][name] for name in SECTIONS}
    return {**schema, "required": ["version", PART], "title": "jobcentersim part"}


def _loosen(part: dict[str, Any]) -> None:
    part.pop("required", None)
    part.get("discriminator", {}).clear()
    for name, field in list(part.get("properties", {}).items()):
        _any_of(field)
        part["properties"][name] = _sourced(field)


def _sourced(field: dict[str, Any]) -> dict[str, Any]:
    """A value, the same with its source, or nothing, which an overlay takes it away with."""
    described: dict[str, Any] = {key: field[key] for key in DESCRIBING if key in field}
    source = {
        "type": "object",
        "anyOf": [{"required": ["value", "kind", "source"]}, {"required": ["value", FROM]}],
        "additionalProperties": False,
        "properties": {
            "value": {"anyOf": [field, FITTED, {"type": "object"}], "description": VALUE},
            **{key: _shared(f"source.{key}") for key in (*SOURCE, FROM)},
        },
    }  # fmt: skip
    return {**described, "anyOf": [field, source, _shared(EVIDENCE), {"type": "null"}]}


def _shared(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _any_of(field: Any) -> None:
    """A partial overlay may fit several kinds of intervention at once, and entries of a mapping are values, too."""
    if isinstance(field, dict):
        if "oneOf" in field:
            field["anyOf"] = field.pop("oneOf")
            field.pop("discriminator", None)
        for value in field.values():
            _any_of(value)
        if isinstance(entry := field.get("additionalProperties"), dict):
            field["additionalProperties"] = _sourced(entry)
        field.pop("minProperties", None)
    elif isinstance(field, list):
        for value in field:
            _any_of(value)
