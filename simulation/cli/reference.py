"""docs/reference.md: every key of a scenario, of targets, of priors, of prices and of codes, every outcome, every
column of tables and every exit code, as the program has them.

    python -m simulation.cli.reference

Writes the page anew.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

from calibration.study import PriorsFile, TargetsFile
from simulation.cli.reference_of_results import EXIT, further_outcomes, of_columns, of_exit_codes, outcome_table
from simulation.economy.items import UNITS as UNITS_OF_ITEMS
from simulation.economy.price_files.schema import PER, PricesFile
from simulation.interventions import KINDS
from simulation.report.exported.codes import CodeList
from simulation.results.destinations import of_destination
from simulation.results.general import GENERAL
from simulation.scenario.files.dates import FROM
from simulation.scenario.jsonschema import DATES, FILES, OF_PART, SOURCE, TAKEN, VALUE
from simulation.scenario.reference import NAME, Reference, anchor, table
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label
from simulation.world.staff.teams import Team

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "reference.md"
FIRST = ("version", "name", "name_da", "description")
INTRODUCTION = """\
# Reference

Every key of a scenario file, of a file of targets, of priors, of prices and of codes, every outcome, every column of
tables and every exit code. The page is written by `python -m simulation.cli.reference` from what the program itself
checks files by and writes, and a test holds it to that.

In a path `NAME` is any name of your own. *Default* is what holds where the key is left out; *none* is nothing, an
empty list or an empty mapping. Limits are inclusive unless it says *above* or *below*; of a mapping or a list they are
those of its entries. A share lies between 0 and 1. *Whole number or shares* is one number for everybody, or several
with the share of those who have each, such as `{30: 0.7, 45: 0.3}`. An effect is a factor (1: none) or a [Size](#size).
How files extend each other, and how a value has its source, is told in [scenarios.md](scenarios.md).
"""
WITH_SOURCE = """\
Any value may be written as a mapping that says where it is from, such as
`{value: 0.4, unit: share, kind: published, source: Rambøll 2013, page: p. 31}`. `null` in a scenario that extends
another one takes the key away.
"""
OF_PARTS = """\
A part is an effort in a file of its own, which a scenario puts on what it extends: [parts.md](parts.md). Beside these
keys it has `subgroups`, `profile`, `teams`, `organisation_models`, `exits` and `interventions`, as a scenario has them.
"""
IN_EXTENDS = "What a scenario says of it, as an entry of `extends`."
OF_OUTCOMES = """\
An outcome of an intervention is written with the intervention's name in front: `klub_wait` of an intervention `klub`
that has an outcome `wait`. In the labels `{name}` is what the intervention is called, `{what}` and the like what the
scenario names. Definitions that begin with "..." go on from the outcome above.
"""


OF_PRICES = """\
What results are priced by ([prices.md](prices.md)). Every number has its source, as in a scenario; `extends` names a
file of prices that this one differs from.
"""
OF_UNITS = "What `unit` of a price may be. A month has 52/12 weeks."
OF_CODES = "What codes of DREAM an export writes, and which one a week has ([export.md](export.md))."
OF_DATES = """\
As in `fte: {value: 2, from: {2016-W48: 6}}` ([dates.md](dates.md)). Of an intervention these are keys below its name.
"""


def page() -> str:
    """The page, as the program has keys and outcomes now."""
    scenario = Reference(_with_files(Scenario.model_json_schema()))
    targets = Reference(TargetsFile.model_json_schema(), beside=scenario)
    priors = Reference(PriorsFile.model_json_schema(), beside=targets)
    prices = Reference(PricesFile.model_json_schema(), beside=priors)
    codes = Reference(CodeList.model_json_schema(), beside=prices)
    files = (*_of_files(targets, priors), *_of_prices(prices), *_of_codes(codes))
    body = [*_of_scenarios(scenario), *_of_dates(), *_of_kinds(scenario), *files, *_of_outcomes(),
            *of_columns(), *of_exit_codes()]  # fmt: skip
    return "\n".join([INTRODUCTION, _contents(body), *body]).rstrip() + "\n"


def _with_files(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a scenario with the keys that name other files, after those that say what it is."""
    keys = schema["properties"]
    first = {key: keys[key] for key in FIRST}
    return {**schema, "properties": {**first, **FILES, **keys}}


def _of_scenarios(scenario: Reference) -> Iterator[str]:
    yield from ("## Scenario files", "", "### A scenario", "", scenario.table(""), "")
    yield from (scenario.section(name, 3) for name in scenario.parts if name and not scenario.of_kinds(name))
    properties = {"value": {"description": VALUE}, **SOURCE, FROM: {"description": DATES["description"]}}
    sources = {"properties": properties, "required": ["value", "kind", "source"]}
    taken, part = ({"properties": keys, "required": ["part"]} for keys in (TAKEN, OF_PART))
    yield from ("### A part", "", OF_PARTS, Reference(part).table(""), "")
    yield from ("### A part that is taken in", "", IN_EXTENDS, "", Reference(taken).table(""), "")
    yield from ("### A value with its source", "", WITH_SOURCE, Reference(sources).table(""), "")


def _of_dates() -> Iterator[str]:
    """What may change at a date, as the settings declare it."""
    team = [("`teams.NAME`, `jobcentres.NAME.teams.NAME`, `organisation_models.NAME.teams.NAME`", Team.may_change)]
    kinds = [(f"`{word}`", kind.settings.may_change) for word, kind in KINDS.items()]
    keys = [", ".join(f"`{key.replace('*', NAME)}`" for key in sorted(may)) for _, may in team + kinds]
    rows = [(of, may or "nothing") for (of, _), may in zip(team + kinds, keys, strict=True)]
    yield from ("## What may change at a date", "", OF_DATES, table(("of", "keys"), rows), "")


def _of_kinds(scenario: Reference) -> Iterator[str]:
    yield from ("## Kinds of intervention", "", "What may stand in a scenario under `interventions`, by `kind`.", "")
    for name in scenario.parts:
        if kind := scenario.kind(name):
            yield scenario.section(name, 3)
            yield from (
                scenario.section(part, 4) for part in scenario.parts if part != name and scenario.of_kind(part) == kind
            )
    yield from ("## Parts of several kinds of intervention", "")
    for name in scenario.parts:
        if scenario.of_kinds(name) and not scenario.of_kind(name):
            yield scenario.section(name, 3)


def _of_files(targets: Reference, priors: Reference) -> Iterator[str]:
    yield from ("## Files of a calibration", "", "What `jobcentersim calibrate` works on.", "")
    for title, file in (("A file of targets", targets), ("A file of priors", priors)):
        yield from (f"### {title}", "", file.table(""), "")
        yield from (file.section(name, 4) for name in file.parts if name)


def _of_prices(prices: Reference) -> Iterator[str]:
    units = (
        (f"`{kind}`", ", ".join(f"`{unit}`" for unit in allowed), UNITS_OF_ITEMS[kind])
        for kind, allowed in PER.items()
    )
    yield from ("## Files of prices", "", OF_PRICES, "### A file of prices", "", prices.table(""), "")
    yield from (prices.section(name, 4) for name in prices.parts if name)
    yield from ("#### Units of prices", "", OF_UNITS, "", table(("kind", "unit of its price", "counted in"), units), "")


def _of_codes(codes: Reference) -> Iterator[str]:
    yield from ("## Lists of codes", "", OF_CODES, "", "### A list of codes", "", codes.table(""), "")
    yield from (codes.section(name, 4) for name in codes.parts if name)


def _of_outcomes() -> Iterator[str]:
    yield from ("## Outcomes", "", OF_OUTCOMES)
    yield from ("### Outcomes of every scenario", "", outcome_table(GENERAL), "")
    of_exits = of_destination(EXIT, Label(EXIT, EXIT))
    text = f"Of every destination, by its name in the place of `{EXIT}`, and of `any` for all of them together."
    yield from ("### Outcomes of a destination", "", text, "", outcome_table(of_exits), "")
    for word, kind in KINDS.items():
        settings = kind.settings
        its_own = {**settings.outcomes, **settings.further_outcomes}
        own = {f"{NAME}_{what}": outcome for what, outcome in its_own.items()}
        yield from (f"### Outcomes of {word}", "", outcome_table({**settings.common_outcomes, **own}), "")
    yield from further_outcomes()


def _contents(body: list[str]) -> str:
    """The headings of the page with links, those of parts in one line."""
    lines: list[str] = []
    for line in "\n".join(body).splitlines():
        level, _, title = line.partition(" ")
        link = f"[{title}](#{anchor(title)})"
        if level == "##":
            lines.append(f"* {link}: ")
        elif level == "###":
            lines[-1] += f"{link}, "
    return "\n".join(line.rstrip(", :") for line in lines) + "\n"


def main() -> None:
    """Renew the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
