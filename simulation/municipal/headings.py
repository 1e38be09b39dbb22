"""Which column is what: area, period, figures and groups, found by name and never by their order.

A column that has the name of none is a measure if most of its cells are numbers or missing, and else a group (sex, age,
duration). Where the area or the period has an unknown name, nothing is guessed: the mistake says which column it
may be, and `--column area=NAME` says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulation.municipal.areas import known_area
from simulation.municipal.figures import bare, is_number, missing_sign
from simulation.municipal.notes import DATES, NO_AREA, Note, note
from simulation.municipal.periods import is_date, looks_like_one
from simulation.municipal.sheets import Cell, Sheet
from simulation.scenario.files.problems import Mark, Problem, did_you_mean, shortened

ROLES = ("area", "code", "period", "group", "measure", "name", "value", "ignore")
"""`name` names what is measured and `value` has the figure, in files with a row for each figure."""
AREA = ("kommune", "kommunenavn", "område", "area", "bopælskommune", "municipality", "omraade", "omrade", "områdenavn",
        "bopælsområde", "komk", "geografi", "landsdel", "rar-område", "region")  # fmt: skip
"""The smaller area first: a region beside a municipality is a group."""
PERIOD = ("periode", "period", "tid", "time", "måned", "maaned", "kvartal", "uge", "år", "aar", "month", "quarter",
          "week", "year")  # fmt: skip
CODE = ("kommunekode", "kommunenr", "kommunenr.", "kommunenummer", "områdekode", "kommune kode", "municipality code",
        "area code")  # fmt: skip
GROUPS = ("køn", "alder", "a-kasse", "herkomst", "arbejdsmarkedsstatus", "visitationskategori", "målgruppe", "tilbud",
          "ydelsesgrupper", "ydelsesgruppe", "opdeling af ydelser", "kategori", "sex", "age", "ydelsestype",
          "varighed", "varighed på ydelsen", "varighed af afsluttede forløb")  # fmt: skip
SEVERAL = "several columns are called"
MEASURE = re.compile(r"(antal|andel|gnsn\.?|gennemsnitlig)\b|.*\bpct\b")
"""How headings of figures begin, or what stands in them."""
LOOKED_AT = 2000
"""Rows from which it is told what a column holds."""


@dataclass(frozen=True)
class Asked:
    """What the caller says of files: `columns` are (role, heading), `period` is that of all figures, `missing` are
    further signs for what is missing."""

    columns: tuple[tuple[str, str], ...] = ()
    table: str = ""
    areas: tuple[str, ...] = ()
    period: str = ""
    decimal: str = ""
    missing: tuple[str, ...] = ()
    sheet: str = ""


@dataclass
class Columns:
    """What the columns of a sheet are, and what is wrong or noteworthy about them."""

    roles: dict[int, str]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def of(self, role: str) -> list[int]:
        """The columns with a role, in their order."""
        return [column for column, one in sorted(self.roles.items()) if one == role]

    def one(self, role: str) -> int | None:
        """The first column with a role."""
        return next(iter(self.of(role)), None)


def folded(heading: str | None) -> str:
    """A heading as it is compared."""
    return " ".join(bare(heading or "").strip('"').casefold().split())


def columns_of(sheet: Sheet, asked: Asked) -> Columns:
    """The roles of all columns of a flat sheet, with every mistake."""
    heads = [folded(head) for head in sheet.rows[0]]
    found = Columns(dict(sheet.roles))
    _take_asked(sheet, heads, asked, found)
    for role, words in (("period", PERIOD), ("area", AREA), ("code", CODE)):
        if not found.of(role):
            _take_named(sheet, heads, role, words, found)
    for column, head in enumerate(heads):
        if column not in found.roles:
            found.roles[column] = _by_content(sheet, column, head, asked, found)
    _refuse_repeated(sheet, heads, found)
    _refuse_absent(sheet, found)
    return found


def _take_asked(sheet: Sheet, heads: list[str], asked: Asked, found: Columns) -> None:
    on = Mark("--column", 0, 0)
    shown = [bare(head or "") for head in sheet.rows[0]]
    for role, name in asked.columns:
        if re.fullmatch(r"#\d+", name):
            at = [int(name[1:]) - 1] if 0 < int(name[1:]) <= len(heads) else []
        else:
            at = [column for column, head in enumerate(heads) if head == folded(name)]
        if len(at) == 1:
            found.roles[at[0]] = role
        elif at:
            numbers = ", ".join(f"#{column + 1}" for column in at)
            found.problems.append(Problem(f"'{name}' is the heading of several columns; write one of {numbers}", on))
        else:
            has = f" (it has {', '.join(repr(shortened(head, 40)) for head in shown[:12])})"
            message = f"{sheet.file} has no column '{name}'{did_you_mean(name, shown) or has}"
            found.problems.append(Problem(message, on))


def _take_named(sheet: Sheet, heads: list[str], role: str, words: Sequence[str], found: Columns) -> None:
    """The column with the first of these names that is there."""
    for word in words:
        at = [column for column, head in enumerate(heads) if head == word and column not in found.roles]
        if len(at) > 1:
            numbers = " or ".join(f"--column {role}=#{column + 1}" for column in at)
            message = f"{SEVERAL} '{word}': which one is the {role}? Say {numbers}, and ignore= for others"
            found.problems.append(Problem(message, sheet.place(0, at[1])))
        if at:
            found.roles[at[0]] = role
            return


def _by_content(sheet: Sheet, column: int, head: str, asked: Asked, found: Columns) -> str:
    cells = [row[column] for row in sheet.rows[1 : 1 + LOOKED_AT] if column < len(row)]
    there = [cell for cell in cells if cell is not None and missing_sign(cell, asked.missing) is None]
    if head.startswith("periode ") and there and all(map(is_date, there)):
        found.notes.append(note(DATES, heading=bare(sheet.rows[0][column] or "")))
        return "ignore"
    if not head:
        if there:
            role = next((one for one in ("area", "period") if _holds(cells, one)), "measure")
            say = " or ".join(f"{one}=#{column + 1}" for one in (role, "group", "ignore"))
            message = f"column {column + 1} has no heading: what is it? Say --column {say}"
            found.problems.append(Problem(message, sheet.place(0, column)))
        return "ignore"
    if head in GROUPS:
        return "group"
    words = [cell for cell in there if not is_number(cell) and any(sign.isalnum() for sign in cell)]
    return "measure" if MEASURE.match(head) or 2 * len(words) <= len(there) else "group"


def _refuse_repeated(sheet: Sheet, heads: list[str], found: Columns) -> None:
    first: dict[str, int] = {}
    for column in sorted(found.of("measure") + found.of("group")):
        earlier = first.setdefault(heads[column], column)
        if earlier != column:
            message = (f"columns {earlier + 1} and {column + 1} are both called '{shortened(heads[column], 60)}', and "
                       f"nothing tells them apart; leave one out by --column ignore=#{column + 1}")  # fmt: skip
            found.problems.append(Problem(message, sheet.place(0, column)))


def _refuse_absent(sheet: Sheet, found: Columns) -> None:
    """No figures, no period, or an area under a name that is not known."""
    heads = [bare(head or "") for head in sheet.rows[0]]
    free = found.of("group") + found.of("measure")

    for role, words in (("area", "names of municipalities"), ("period", "periods")):
        if found.of(role) or (role == "area" and found.of("code")):
            continue
        if any(problem.message.startswith(SEVERAL) for problem in found.problems):
            continue
        if at := [one for one in free if _holds([row[one] for row in sheet.rows[1:200]], role)]:
            say = " or ".join(f"--column {role}={_quoted(heads[one])}" for one in at)
            message = f"no column is called as a column of {role}s is, but '{heads[at[0]]}' holds {words}: say {say}"
            found.problems.append(Problem(message, sheet.place(0, at[0])))
        elif role == "period":
            named = ", ".join(repr(shortened(head, 40)) for head in heads[:12])
            message = ("which column is the period? None is called Periode, Tid or so, and none holds periods (there "
                       f"are {named}); say --column period=HEADING, or --period 2024M01 for all figures")  # fmt: skip
            found.problems.append(Problem(message, sheet.place(0, 0)))
        else:
            found.notes.append(note(NO_AREA))
    if not found.of("measure") and not (found.of("name") and found.of("value")):
        message = "no column holds figures; say --column measure=HEADING"
        found.problems.append(Problem(message, sheet.place(0, 0)))


def _holds(cells: Sequence[Cell], what: str) -> bool:
    """Whether most of some cells are areas or periods."""
    test = (lambda cell: known_area(cell) is not None) if what == "area" else looks_like_one
    return 2 * sum(test(cell or "") for cell in cells) >= len(cells) > 0


def _quoted(heading: str) -> str:
    return f"'{heading}'" if re.search(r"\s|[;&|()]", heading) else heading
