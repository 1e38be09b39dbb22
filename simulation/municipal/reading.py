"""From the rows of a flat sheet to observations, with every mistake at its cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from simulation.municipal.areas import known_area, other_area, with_zeros
from simulation.municipal.figures import Style, bare, is_number, missing_sign, style_of, styles, unclear, value_of
from simulation.municipal.headings import Asked, Columns, columns_of
from simulation.municipal.notes import LEFT_OUT, MORE_READ_AS, READ_AS, ZEROS, Note, note
from simulation.municipal.periods import NoPeriod, Period, period_of
from simulation.municipal.sheets import Sheet
from simulation.municipal.spoilt import spoilt_label
from simulation.municipal.table import Observation
from simulation.municipal.units import counts_whole, unit_of
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean, shortened

AGAIN = "rows of what there is already"
MOST_TOLD = 10
"""Mistakes of one kind that are told one by one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure before its number is read: what its row says, its cell, and where that is."""

    area: str
    code: str
    groups: tuple[str, ...]
    period: Period
    measure: str
    cell: str | None
    row: int
    column: int


class Problems:
    """Mistakes of a file; of each kind some are told, and how many more there are."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.found: list[Problem] = []
        self.kinds: Counter[str] = Counter()
        self.last: dict[str, tuple[int, int]] = {}

    def only_counted(self, kind: str) -> bool:
        """Whether enough of a kind are told, so that no words are needed for one more; to find a place takes long."""
        return self.kinds[kind] >= MOST_TOLD

    def add(self, kind: str, message: str, row: int, column: int) -> None:
        """One mistake at a cell; kinds are words such as "cells that are no number"."""
        self.kinds[kind] += 1
        if self.kinds[kind] <= MOST_TOLD:
            self.found.append(Problem(message, self.sheet.place(row, column)))
        else:
            self.last[kind] = row, column

    def all(self) -> list[Problem]:
        """Those that are told one by one, and how many more there are."""
        more = [
            Problem(f"{self.kinds[kind] - MOST_TOLD} more {kind}, the last one here", self.sheet.place(*at))
            for kind, at in self.last.items()
        ]
        return self.found + more


def observations(sheet: Sheet, asked: Asked) -> tuple[tuple[str, ...], list[Observation], list[Note]]:
    """Headings of the groups, the observations, and notes. Raises InputProblems with everything that is wrong."""
    columns = columns_of(sheet, asked)
    if columns.problems:
        raise InputProblems(columns.problems)
    problems = Problems(sheet)
    groups = columns.of("group")
    entries, notes = _entries(sheet, columns, groups, problems)
    _refuse_twice(sheet, entries, problems)
    found = _numbers(sheet, entries, asked, problems)
    if problems.found:
        raise InputProblems(problems.all())
    if not found:
        raise InputProblems([Problem("there is no figure in this table", sheet.place(0, 0))])
    names = tuple(bare(sheet.rows[0][column] or "") for column in groups)
    return names, of_areas(sheet.file, found, asked), [*columns.notes, *notes]


def _entries(sheet: Sheet, columns: Columns, groups: list[int], problems: Problems) -> tuple[list[Entry], list[Note]]:
    area_at, code_at, period_at = (columns.one(role) for role in ("area", "code", "period"))
    name_at, value_at = columns.one("name"), columns.one("value")
    long = name_at is not None and value_at is not None
    measures = [] if long else columns.of("measure") + columns.of("value")
    heads = [bare(head or "") for head in sheet.rows[0]]
    entries: list[Entry] = []
    read_as: dict[str, str] = {}
    padded: set[str] = set()
    for number, row in enumerate(sheet.rows[1:], 1):
        period = _period(row[period_at] if period_at is not None else None, number, period_at or 0, problems)
        written = bare(row[area_at] or "") if area_at is not None else ""
        code = bare(row[code_at] or "") if code_at is not None else ""
        if area_at is not None and not written:
            problems.add("rows without an area", "there is no area here", number, area_at)
        padded |= {one for one in (written, code) if with_zeros(one) != one}
        known, by_code = known_area(with_zeros(written)), known_area(with_zeros(code))
        if known and by_code and known != by_code:
            message = f"the code {code} is that of {by_code[1]}, and the name that of {known[1]}"
            problems.add("codes of other areas", message, number, code_at or 0)
        known = known or (by_code if not written else None)
        area = known[1] if known else written
        if known and written and area != written:
            read_as[written] = area
        code = by_code[0] if by_code else code or (known[0] if known else "")
        labels = tuple(bare(row[column] or "") for column in groups)
        for column, label in zip(groups, labels, strict=True):
            if why := spoilt_label(label):
                problems.add("labels that a spreadsheet has spoilt", why, number, column)
        if period is None:
            continue
        if long and name_at is not None and value_at is not None:
            what = bare(row[name_at] or "")
            entries.append(Entry(area, code, labels, period, what, row[value_at], number, value_at))
        else:
            entries += [Entry(area, code, labels, period, heads[one], row[one], number, one) for one in measures]
    notes = [note(READ_AS, written=written, area=area) for written, area in list(read_as.items())[:3]]
    if len(read_as) > 3:
        notes.append(note(MORE_READ_AS, number=len(read_as) - 3))
    if long and columns.of("measure"):
        notes.append(note(LEFT_OUT, columns=", ".join(heads[one] for one in columns.of("measure"))))
    if padded:
        notes.append(note(ZEROS, codes=", ".join(sorted(padded))))
    return entries, notes


def _period(cell: str | None, row: int, column: int, problems: Problems) -> Period | None:
    try:
        return period_of(bare(cell or ""))
    except NoPeriod as error:
        problems.add("cells that are no period", shortened(str(error), 160), row, column)
        return None


def _refuse_twice(sheet: Sheet, entries: list[Entry], problems: Problems) -> None:
    """Rows that nothing tells apart: a dimension has been left out, or files were put together."""
    first: dict[tuple[object, ...], Entry] = {}
    told: set[int] = set()
    for each in entries:
        key = (each.area, each.code, each.groups, each.period.start, each.period.kind, each.measure)
        earlier = first.setdefault(key, each)
        if earlier is each or each.row in told:
            continue
        told.add(each.row)
        message = ""
        if not problems.only_counted(AGAIN):
            line = sheet.place(earlier.row, earlier.column).line
            what = ", ".join((each.area or "no area", *each.groups, each.period.text))
            message = f"a second row of {what}, beside line {line}"
            same = earlier.cell == each.cell
            message += ": the same row twice" if same else ", with another figure: was a dimension left out?"
        problems.add(AGAIN, message, each.row, each.column)


def _numbers(sheet: Sheet, entries: list[Entry], asked: Asked, problems: Problems) -> list[Observation]:
    by_measure: dict[str, list[Entry]] = defaultdict(list)
    signs: dict[int, str] = {}
    for number, each in enumerate(entries):
        stands_for_none = missing_sign(each.cell, asked.missing)
        if stands_for_none is not None:
            signs[number] = stands_for_none
        elif is_number(each.cell):
            by_measure[each.measure].append(each)
        else:
            message = f"'{shortened(bare(each.cell or ''), 40)}' is no number ({shortened(each.measure, 60)})"
            if len(bare(each.cell or "")) <= 5:
                message += "; if it stands for a missing one, say --missing SIGN"
            problems.add("cells that are no number", message, each.row, each.column)
    column_styles = _styles(by_measure, asked, problems)
    order = list(dict.fromkeys(each.measure for each in entries))
    units = {one: unit_of(one, sheet.facts.units, order[:number]) for number, one in enumerate(order)}
    found = []
    for number, each in enumerate(entries):
        style = column_styles.get(each.measure)
        if number in signs or style is None or not is_number(each.cell):
            value = ""
        else:
            value = value_of(each.cell or "", style)
        unit, sign = units[each.measure], signs.get(number, "")
        found.append(Observation(each.area, each.code, each.groups, each.period, each.measure, unit, value, sign))
    return found


def _styles(by_measure: Mapping[str, list[Entry]], asked: Asked, problems: Problems) -> Mapping[str, Style]:
    """The decimal sign of each measure; what nothing says is a mistake."""
    if asked.decimal in ("comma", "point"):
        said: Style = "comma" if asked.decimal == "comma" else "point"
        return dict.fromkeys(by_measure, said)
    texts = {measure: [each.cell or "" for each in entries] for measure, entries in by_measure.items()}
    own = {measure: styles(cells) for measure, cells in texts.items()}
    found: dict[str, Style] = {}
    for measure, cells in texts.items():
        rest = set[Style]().union(*(signs for other, signs in own.items() if other != measure))
        style = style_of(cells, counts_whole(measure), rest)
        if style is None:
            at = next(each for each in by_measure[measure] if unclear(each.cell or ""))
            text = bare(at.cell or "")
            message = (f"'{text}' can be two numbers ({shortened(measure, 60)}), and nothing says which: "
                       "say --decimal comma or --decimal point")  # fmt: skip
            problems.add("measures whose numbers are unclear", message, at.row, at.column)
        else:
            found[measure] = style
    return found


def of_areas(file: str, found: list[Observation], asked: Asked) -> list[Observation]:
    """Those of the areas that are asked for. Raises InputProblems for one that is not in the file."""
    if not asked.areas:
        return found
    there = list(dict.fromkeys(each.area for each in found))
    wanted: set[str] = set()
    problems = []
    for name in asked.areas:
        known = known_area(name)
        area = known[1] if known else name
        if area in there:
            wanted.add(area)
            continue
        own = [one for one in there if not other_area(one)]
        shown = f"{', '.join(own[:5])}{' and more' if len(own) > 5 else ''}" if own != [""] else "no areas"
        message = f"{file} has no figures of '{name}'{did_you_mean(area, there) or f'; it has {shown}'}"
        problems.append(Problem(message, Mark("--area", 0, 0)))
    if problems:
        raise InputProblems(problems)
    return [each for each in found if each.area in wanted]
