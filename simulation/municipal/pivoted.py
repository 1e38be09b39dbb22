"""Sheets as people leave them: title rows above, notes below, merged cells, and periods (or areas) across.

The row of headings is the one that holds `Område` or `Periode`, or else period codes. With periods across, each cell
with a figure becomes a row; labels of rows that are written once are repeated downwards. Each cell keeps its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from simulation.municipal.areas import known_area
from simulation.municipal.figures import bare, is_number
from simulation.municipal.headings import AREA, PERIOD, Asked, folded
from simulation.municipal.notes import ACROSS, BELOW, BY_TITLE, TOGETHER, UNTITLED, Note, note
from simulation.municipal.periods import looks_like_one
from simulation.municipal.sheets import Cell, Row, Sheet
from simulation.scenario.files.problems import InputProblems, Problem

MOST_TOLD = 10
HIGHEST = 40
"""Rows in which the headings are looked for."""
_NOTE = re.compile(r"((anm|note|kilde|source|bemærk|fodnote)[a-zæøå]*|(senest )?opdateret)\s*[.:]|\*|\d\)", re.I)
NAMES = ("måling", "indikator", "measure", "indhold", "nøgletal")
"""Headings of a column that names what is measured."""
_PERIOD_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class _Across:
    """Where periods or areas stand across: the row of them, the row of labels beside them, and the first column."""

    role: str
    row: int
    labels: int | None
    columns: list[int]


def has_headings(sheet: Sheet, asked: Asked) -> bool:
    """Whether a row is a row of headings by its words."""
    return _named_row(sheet, asked) is not None


def flat(sheet: Sheet, asked: Asked) -> Sheet:
    """The sheet with its headings in the first row and a period for each row. Raises InputProblems."""
    if sheet.flat:
        return _whole(sheet)
    named = _named_row(sheet, asked)
    above = _period_row(sheet)
    head = named if named is not None else above
    if head is None:
        head = next((at for at, row in enumerate(sheet.rows[:HIGHEST]) if _filled(row) >= 2), None)
    if head is None:
        raise InputProblems([Problem("no row here is a row of headings: this is no table", sheet.place(0, 0))])
    across = _across(sheet, head, above)
    title = next((bare(row[0] or "") for row in sheet.rows[:head] if row and bare(row[0] or "")), "")
    facts = sheet.facts if not title else replace(sheet.facts, title=title)
    body, notes = _body(sheet, head)
    kept = [head, *body]
    below = Sheet(sheet.file, sheet.form, [sheet.rows[at] for at in kept],
                  lambda row, column: sheet.place(kept[row], column),
                  roles=sheet.roles, facts=facts, notes=(*sheet.notes, *notes))  # fmt: skip
    if across is None:
        return _whole(_named_above(_filled_merges(below, sheet, head, body), sheet, head))
    return _turned(below, sheet, across, head)


def _named_row(sheet: Sheet, asked: Asked) -> int | None:
    words = {*AREA, *PERIOD, *(folded(name) for _, name in asked.columns if not name.startswith("#"))}
    for at, row in enumerate(sheet.rows[:HIGHEST]):
        if _filled(row) >= 2 and words & {folded(cell) for cell in row}:
            return at
    return None


def _period_row(sheet: Sheet) -> int | None:
    """The first row with different periods across."""
    for at, row in enumerate(sheet.rows[:HIGHEST]):
        if len({bare(cell or "") for cell in row if _is_period(cell)}) >= 2:
            return at
    return None


def _is_period(cell: str | None) -> bool:
    text = bare(cell or "")
    return looks_like_one(text) or _PERIOD_YEAR.fullmatch(text) is not None


def _filled(row: Row) -> int:
    return sum(bool(bare(cell or "")) for cell in row)


def _across(sheet: Sheet, head: int, above: int | None) -> _Across | None:
    """What stands across instead of down, or None for a sheet with a column of periods."""
    heads = sheet.rows[head]
    named = [folded(cell) for cell in heads]
    if any(name in PERIOD for name in named):
        areas = [column for column, cell in enumerate(heads) if known_area(cell or "")]
        return _Across("area", head, None, areas) if areas and not any(name in AREA for name in named) else None
    rows = [at for at in range(max(head - 2, 0), head) if sum(map(_is_period, sheet.rows[at]))]
    if (above == head or sum(map(_is_period, heads))) and not rows:
        columns = [column for column, cell in enumerate(heads) if _is_period(cell)]
        over = head - 1
        labelled = over >= 0 and any(bare(cell or "") for cell in sheet.rows[over][columns[0] :])
        return _Across("period", head, over if labelled else None, columns)
    if rows:
        at = rows[-1]
        first = next(column for column, cell in enumerate(sheet.rows[at]) if _is_period(cell))
        last = max(column for column, cell in enumerate(heads) if bare(cell or ""))
        return _Across("period", at, head, list(range(first, max(last, first) + 1)))
    return None


def _body(sheet: Sheet, head: int) -> tuple[list[int], list[Note]]:
    """The rows of the table below its headings, and the notes below it."""
    body: list[int] = []
    notes: list[Note] = []
    ended = False
    for at in range(head + 1, len(sheet.rows)):
        row = sheet.rows[at]
        cells = [bare(cell or "") for cell in row]
        if not any(cells):
            ended = bool(body)
        elif _filled(row) == 1 and (ended or (cells[0] and _NOTE.match(cells[0]))):
            notes.append(note(BELOW, text=next(filter(None, cells))))
            ended = True
        else:
            body.append(at)
            ended = False
    return body, notes


def _whole(sheet: Sheet) -> Sheet:
    """The sheet, each row as wide as the headings. Raises InputProblems with every row that is not."""
    width = len(sheet.rows[0])
    problems = []
    for number, row in enumerate(sheet.rows[1:], 1):
        if len(row) > width and not any(bare(cell or "") for cell in row[width:]):
            del row[width:]
        if len(row) != width:
            message = f"the row has {len(row)} cells, and there are {width} headings"
            if number == len(sheet.rows) - 1 and len(row) < width:
                message += "; was the download broken off?"
            problems.append(Problem(message, sheet.place(number, 0)))
    if len(problems) > MOST_TOLD:
        more = Problem(f"and {len(problems) - MOST_TOLD} more rows like these", problems[-1].mark)
        raise InputProblems([*problems[:MOST_TOLD], more])
    if problems:
        raise InputProblems(problems)
    if len(sheet.rows) == 1:
        raise InputProblems([Problem("there are headings, and no row below them", sheet.place(0, 0))])
    return sheet


def _filled_merges(below: Sheet, sheet: Sheet, head: int, body: list[int]) -> Sheet:
    """Cells that are one, each with its text."""
    rows = [[*row] for row in below.rows]
    at = {head: 0} | {row: number for number, row in enumerate(body, 1)}
    for top, left, bottom, right in sheet.merged:
        text = sheet.rows[top][left] if top < len(sheet.rows) and left < len(sheet.rows[top]) else ""
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if row in at and column < len(rows[at[row]]) and not is_number(text):
                    rows[at[row]][column] = text
    return replace(below, rows=rows)


def _named_above(below: Sheet, sheet: Sheet, head: int) -> Sheet:
    """The sheet with headings that are there several times named by what stands above them, too."""
    heads = below.rows[0]
    names = [folded(cell) for cell in heads]
    repeated = [column for column, name in enumerate(names) if name and names.count(name) > 1]
    if not repeated or head == 0:
        return below
    over = _to_the_right(sheet.rows[head - 1], repeated)
    if not all(over.values()):
        return below
    whole = [f"{over[column]}: {bare(cell or '')}" if column in over else cell for column, cell in enumerate(heads)]
    added = note(TOGETHER, heading=whole[repeated[0]])
    return replace(below, rows=[whole, *below.rows[1:]], notes=(*below.notes, added))


def _turned(below: Sheet, sheet: Sheet, across: _Across, head: int) -> Sheet:
    """A row for each figure: the labels of its row, what stands across above it, what is measured, and the figure."""
    columns = across.columns
    spread = set(columns)
    over = _to_the_right(sheet.rows[across.row], columns)
    labels = None if across.labels is None else _to_the_right(sheet.rows[across.labels], columns)
    heads = below.rows[0]
    dims = [column for column in range(len(heads)) if column not in spread]
    dims = [column for column in dims if any(_at(row, column) for row in below.rows)]
    measure = below.facts.title or across.role
    named = [column for column in dims if folded(heads[column]) in NAMES]
    rows: list[Row] = [[*(heads[column] for column in dims), across.role, *([] if named else ["measure"]), "value"]]
    places = [[(0, column) for column in dims] + [(0, columns[0])] * (len(rows[0]) - len(dims))]
    last: dict[int, str] = {}
    for number, row in enumerate(below.rows[1:], 1):
        for column in dims:
            text = bare(_at(row, column) or "")
            if text:
                for further in dims[dims.index(column) :]:
                    last.pop(further, None)  # what stands left of it begins anew
                last[column] = text
        for column in columns:
            what = [] if named else [labels[column] if labels else measure]
            rows.append([*(last.get(one, "") for one in dims), over[column], *what, _at(row, column)])
            places.append([*((number, one) for one in dims), *[(number, column)] * (len(rows[0]) - len(dims))])
    width = len(dims)
    roles = {width: across.role, len(rows[0]) - 1: "value"}
    roles |= {dims.index(named[0]): "name"} if named else {width + 1: "name"}
    notes = list(below.notes)
    notes.append(note(ACROSS[across.role]))
    if not labels and not named:
        notes.append(note(BY_TITLE, title=measure) if below.facts.title else note(UNTITLED))
    return Sheet(below.file, below.form, rows, lambda row, column: below.place(*places[row][column]), roles=roles,
                 facts=below.facts, notes=tuple(notes))  # fmt: skip


def _at(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else ""


def _to_the_right(row: Row, columns: list[int]) -> dict[int, str]:
    """What stands above each of some columns: a text counts until the next one."""
    found: dict[int, str] = {}
    now = ""
    for column in columns:
        now = bare(_at(row, column) or "") or now
        found[column] = now
    return found
