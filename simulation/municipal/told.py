"""The screen of `import`: what a file is, table, areas, periods, measures, figures and what is missing."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from simulation.municipal.doubts import doubts_together
from simulation.municipal.notes import BY_FILE, DATE_OF_FILE
from simulation.municipal.periods import KINDS
from simulation.municipal.recognise import Found
from simulation.municipal.table import Table, is_total
from simulation.municipal.units import UNITS
from simulation.scenario.files.problems import shortened, shown_file
from simulation.world.labels import Label, Language

WIDTH, HEAD = 100, 11
SHOWN = 4
"""Names of each kind that are shown."""
TABLE, AREAS, PERIODS = Label("Table", "Tabel"), Label("Areas", "Områder"), Label("Periods", "Perioder")
MEASURES, GROUPS, FIGURES = Label("Measures", "Mål"), Label("Groups", "Grupper"), Label("Figures", "Tal")
READ, MIND, NEXT = Label("Read", "Læst"), Label("Mind", "Husk"), Label("Next", "Næste")
DESCRIBED = Label("a description of tables, which holds no figures", "en beskrivelse af tabeller, uden tal")
UNKNOWN = Label("not known (--table ID says which one it is)", "ukendt (--table ID siger, hvilken det er)")
NONE = Label("none", "ingen")
AND_MORE = Label("{names} and {number} more", "{names} og {number} mere")
OF_TO = Label("{number} {kind}, {first} to {last}", "{number} {kind}, {first} til {last}")
MANY = Label("{number}: {names}", "{number}: {names}")
WITH_TOTAL = Label("{name} ({number}, with a total)", "{name} ({number}, med total)")
GROUP = Label("{name} ({number})", "{name} ({number})")
ALL_THERE = Label("{number}, none missing", "{number}, ingen mangler")
SOME_MISSING = Label("{number}, of which {missing} are missing ({signs})",
                     "{number}, heraf mangler {missing} ({signs})")  # fmt: skip
SIGN = Label("{number} x '{sign}'", "{number} x '{sign}'")
EMPTY = Label("{number} empty", "{number} tomme")
NO_UNIT = Label("unit not said", "enhed ikke sagt")
WRITTEN = Label("Written to {folder}: {files}.", "Skrevet i {folder}: {files}.")
WRITE = Label("jobcentersim import {files} --out imported", "jobcentersim import {files} --out imported")
STUDY = Label("jobcentersim init FOLDER begins a study; published figures go into its targets.yaml",
              "jobcentersim init MAPPE begynder en undersøgelse; offentliggjorte tal skrives i targets.yaml")


def block(found: Found, lang: Language) -> list[str]:
    """What is told of one file, in lines of at most a hundred characters."""
    name = shown_file(found.file)
    if found.table is None:
        return [f"{name}: {DESCRIBED.told(lang)}", *_line(TABLE, found.described, lang)]
    table = found.table
    lines = [f"{name}: {table.form.told(lang)}"]
    by = (DATE_OF_FILE if table.extracted_by == DATE_OF_FILE.en else BY_FILE).told(lang)
    known = f" ({found.known_from.told(lang)})" if found.known_from else ""
    what = f"{table.table}{known}" if table.table else UNKNOWN.told(lang)
    lines += _line(TABLE, ", ".join(filter(None, (what, table.publisher, f"{table.extracted} ({by})"))), lang)
    areas = [area for area in table.distinct("area") if area]
    lines += _line(AREAS, _several(areas, lang) if areas else NONE.told(lang), lang)
    lines += _line(PERIODS, _periods(table, lang), lang)
    lines += _line(MEASURES, _measures(table, lang), lang)
    if table.groups:
        lines += _line(GROUPS, ", ".join(_group(table, at, lang) for at in range(len(table.groups))), lang)
    lines += _line(FIGURES, _figures(table, lang), lang)
    for each in table.notes:
        lines += _line(READ, each.told(lang), lang)
    for each in found.mind:
        lines += _line(MIND, each.told(lang), lang)
    return lines


def last_lines(found: Sequence[Found], written: Sequence[str], lang: Language) -> list[str]:
    """What to mind of all files together, where tables were written, and what comes next."""
    lines: list[str] = []
    for each in doubts_together([one.table for one in found if one.table is not None]):
        lines += _line(MIND, each.told(lang), lang)
    if written:
        folder = written[0].replace("\\", "/").rpartition("/")[0]
        names = ", ".join(one.replace("\\", "/").rpartition("/")[2] for one in written)
        lines += textwrap.wrap(WRITTEN.told(lang, folder=folder, files=names), WIDTH)
        lines += _line(NEXT, STUDY.told(lang), lang)
    elif any(one.table is not None for one in found):
        files = " ".join(f'"{name}"' if " " in name else name for name in (shown_file(one.file) for one in found))
        lines += _line(NEXT, WRITE.told(lang, files=files), lang)
    return lines


def as_dict(found: Found) -> dict[str, Any]:
    """The same as an object for JSON, in English."""
    if found.table is None:
        return {"file": found.file, "kind": DESCRIBED.en, "tables": found.described}
    table = found.table
    return {
        "file": found.file, "kind": table.form.told("en"), "publisher": table.publisher, "table": table.table,
        "table_known": found.known_from.en if found.known_from else "", "extracted": table.extracted,
        "extracted_by": table.extracted_by, "areas": table.distinct("area"),
        "periods": list(dict.fromkeys(each.period.text for each in table.observations)),
        "measures": [{"name": name, "unit": unit} for name, unit in _units(table).items()],
        "groups": {name: list(dict.fromkeys(each.groups[at] for each in table.observations))
                   for at, name in enumerate(table.groups)},
        "figures": len(table.observations), "missing": dict(_signs(table)),
        "read": [each.told("en") for each in table.notes], "mind": [each.told("en") for each in found.mind],
    }  # fmt: skip


def _line(head: Label, text: str, lang: Language) -> list[str]:
    begin = f"{head.told(lang)}:".ljust(HEAD)
    return textwrap.wrap(text, WIDTH, initial_indent=begin, subsequent_indent=" " * HEAD, break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip


def _several(names: Sequence[str], lang: Language) -> str:
    short = ", ".join(shortened(name, 60) for name in names[:SHOWN])
    if len(names) <= SHOWN:
        return short
    return MANY.told(lang, number=len(names), names=AND_MORE.told(lang, names=short, number=len(names) - SHOWN))


def _periods(table: Table, lang: Language) -> str:
    """Each length of period with its first and its last one."""
    parts: list[str] = []
    for kind, label in KINDS.items():
        of_kind = {each.period.start: each.period.text for each in table.observations if each.period.kind == kind}
        if len(of_kind) == 1:
            parts += of_kind.values()
        elif of_kind:
            first, last = of_kind[min(of_kind)], of_kind[max(of_kind)]
            parts.append(OF_TO.told(lang, number=len(of_kind), kind=label.told(lang), first=first, last=last))
    return "; ".join(parts)


def _units(table: Table) -> dict[str, str]:
    return {each.measure: each.unit for each in table.observations}


def _measures(table: Table, lang: Language) -> str:
    names = []
    units = _units(table)
    for name, unit in list(units.items())[:SHOWN]:
        told = UNITS[unit].told(lang) if unit in UNITS else unit or NO_UNIT.told(lang)
        names.append(f"{shortened(name, 80)} [{told}]")
    more = len(units) - SHOWN
    return "; ".join(names) if more <= 0 else AND_MORE.told(lang, names="; ".join(names), number=more)


def _group(table: Table, at: int, lang: Language) -> str:
    labels = {each.groups[at] for each in table.observations}
    how = WITH_TOTAL if any(map(is_total, labels)) else GROUP
    return how.told(lang, name=table.groups[at], number=len(labels))


def _signs(table: Table) -> Counter[str]:
    return Counter(each.missing for each in table.observations if each.missing)


def _figures(table: Table, lang: Language) -> str:
    signs = _signs(table)
    if not signs:
        return ALL_THERE.told(lang, number=len(table.observations))
    told = [(EMPTY if sign == "empty" else SIGN).told(lang, number=number, sign=sign) for sign, number in signs.items()]
    return SOME_MISSING.told(lang, number=len(table.observations), missing=signs.total(), signs=", ".join(told))
