"""README.txt and schema.json of an export: what is simulated, by which rules and codes, column by column."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from simulation.report.exported import words
from simulation.report.exported.lives import states_of
from simulation.report.exported.tables import Exported
from simulation.results.identity import program_hash, version_of
from simulation.world.weeks import week_after

WIDTH = 110
OF_CODES = ("dream", "spells")
"""The tables in which codes stand."""
MANY = re.compile("y_[0-9]{4}|(branche|grad)_[0-9]{4}_[0-9]{2}|has_.*|case:(?!concept:name).*")
CALLED = {"y": "y_YYWW", "b": "branche_YYYY_MM", "g": "grad_YYYY_MM", "h": "has_*", "c": "case:*"}
"""What columns that are many are called together, by their first letter."""
TYPES: Mapping[str, str] = {
    "pnr": "text", "number": "whole number", "jobcentre": "text", "arm": "text", "has_*": "text",
    "y_YYWW": "whole number 1 to 999", "branche_YYYY_MM": "whole number", "grad_YYYY_MM": "number",
    "spell": "whole number", "state": "text", "kind": "text", "code": "whole number 1 to 999",
    "first_day": "date", "last_day": "date", "days": "whole number", "ended": "truth",
    "case:concept:name": "text", "concept:name": "text", "time:timestamp": "time", "case:*": "text",
}  # fmt: skip


def simulated(exported: Exported) -> str:
    """What it is, in a line."""
    scenario = exported.lives.scenario
    return exported.wording.say(
        words.SIMULATED, replication=exported.lives.replication, title=exported.wording.title, seed=scenario.seed,
        version=version_of("jobcentersim"),
    )  # fmt: skip


def persons_told(exported: Exported) -> str:
    """How many there are, from when to when, and who is not in it."""
    scenario, lives = exported.lives.scenario, exported.lives
    end = week_after(scenario.start, scenario.weeks - 1)
    persons, never = (counted(exported, many) for many in (len(lives), lives.never_enrolled))
    return exported.wording.say(words.PERSONS, persons=persons, start=scenario.start, end=end, never=never)


def counted(exported: Exported, many: int) -> str:
    """A number of persons or rows, as the language writes it."""
    text = f"{many:,}"
    return text.replace(",", ".") if exported.wording.language == "da" else text


def without_code(exported: Exported) -> list[str]:
    """What people are on in this replication that may have a code in the register, and has none in the list."""
    states = set(exported.lives.episodes.state.tolist())
    danish = exported.wording.language == "da"
    entries = [entry for number, entry in enumerate(exported.entries) if number in states and entry.sure == "unknown"]
    return list(dict.fromkeys(entry.name_da if danish else entry.name for entry in entries))


def rules(exported: Exported, tables: Iterable[str]) -> list[str]:
    """The rules by which these tables were made, each in a sentence or two."""
    say, scenario = exported.wording.say, exported.lives.scenario
    tables = set(tables)
    found = [say(words.NAMES)]
    if tables & {*OF_CODES}:
        found.append(say(words.CODES))
    if "dream" in tables:
        found += [say(each) for each in (words.ONE_DAY, words.RANKING, words.WEEKS, words.EMPTY_WEEKS)]
        if exported.mondays and exported.mondays[0].isocalendar() < _start(scenario.start):
            found.append(say(words.BEFORE, start=scenario.start))
        if exported.lives.hours is None:
            found.append(say(words.NO_JOBS))
        elif not exported.months:
            found.append(say(words.NO_MONTHS))
        else:
            industry = exported.listed.codes.industry
            found.append(say(words.MONTHS, hours=f"{exported.listed.codes.full_time_hours:g}"))
            found.append(say(words.INDUSTRY) if industry is None else say(words.ONE_INDUSTRY, code=industry))
    if tables & {*OF_CODES}:
        found.append(say(words.FOR_GOOD))
        if states := without_code(exported):
            found.append(say(words.WITHOUT, states=", ".join(states)))
    if "events" in tables:
        found.append(say(words.CLOCK))
    return [*found, say(words.LACKING)]


def _start(week: str) -> tuple[int, int, int]:
    return int(week[:4]), int(week[-2:]), 1


def schema(
    exported: Exported, files: Mapping[str, tuple[str, int, list[str]]], source: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    """What stands in schema.json. `files` have their table, rows and columns by name; `source` is where the scenario is
    from."""
    scenario, tables = exported.lives.scenario, [table for table, _, _ in files.values()]
    found: dict[str, Any] = {
        "simulated": True,
        "about": simulated(exported),
        "program": {"name": "jobcentersim", "version": version_of("jobcentersim"), "text": program_hash()},
        "scenario": {"name": scenario.name, **source, "seed": scenario.seed, "start": scenario.start,
                     "weeks": scenario.weeks},
        "replication": exported.lives.replication,
        "persons": len(exported.lives),
        "left_before_enrolment": exported.lives.never_enrolled,
        "rules": rules(exported, tables),
        "files": {name: {"rows": rows, "columns": _columns(exported, columns)}
                  for name, (_, rows, columns) in files.items()},
    }  # fmt: skip
    if {*tables} & {*OF_CODES}:
        states = zip(states_of(scenario), exported.entries, strict=True)
        found["codes"] = [{"state": name, **entry.model_dump()} for name, entry in states]
        found["ranking"] = exported.listed.codes.ranking
        found["code_list"] = exported.listed.codes.name
    return found


def _columns(exported: Exported, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By column, or by what many are called together, its type and meaning; of many their number, first and last."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(CALLED[name[0]] if MANY.fullmatch(name) else name, []).append(name)
    told = {}
    for called, those in found.items():
        of_many = {"number": len(those), "first": those[0], "last": those[-1]} if called not in those else {}
        told[called] = {"type": TYPES[called], "meaning": meaning(exported, called), **of_many}
    return told


def meaning(exported: Exported, name: str) -> str:
    """What a column holds, in words."""
    called = CALLED[name[0]] if MANY.fullmatch(name) else name
    return exported.wording.say(words.COLUMNS[called])


def readme(exported: Exported, files: Mapping[str, tuple[str, int, list[str]]]) -> str:
    """The text of README.txt."""
    listed = (
        exported.wording.say(words.ROWS, file=name, rows=counted(exported, rows))
        for name, (_, rows, _) in files.items()
    )
    tables = [table for table, _, _ in files.values()]
    return exported.wording.say(
        words.README, about=_wrapped(simulated(exported)), persons=_wrapped(persons_told(exported)),
        rules="\n".join(_wrapped(f"* {rule}", "  ") for rule in rules(exported, tables)), files="\n".join(listed),
    )  # fmt: skip


def _wrapped(text: str, further: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)
