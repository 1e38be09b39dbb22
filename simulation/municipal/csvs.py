"""CSV: whichever sign stands between the fields."""

from __future__ import annotations

import csv
import io

from simulation.municipal.contents import Content, lines_of, problem
from simulation.municipal.notes import CSV, NO_END, SIGNS, note
from simulation.municipal.sheets import Cell, Sheet
from simulation.scenario.files.problems import Mark

SEPARATORS = ";\t,|"
LOOKED_AT = 20
"""Lines from which the separator is told."""
HEAD = 1_000_000
MOST_COLUMNS = 4000


def separator(text: str) -> str:
    """The sign that parts most lines into as many fields; a comma that is a decimal sign parts some only."""
    lines = [line for line in lines_of(text[:HEAD])[:LOOKED_AT] if line.strip()]
    if lines and (said := lines[0].lower().strip('"')).startswith("sep=") and len(said) == 5:
        return said[4]

    def fitness(sign: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        except csv.Error:  # a field is too long, if this sign parts them
            return 0, 0
        if not widths:
            return 0, 0
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        return (widths.count(usual) if usual > 1 else 0), usual

    return max(SEPARATORS, key=lambda sign: (fitness(sign), -SEPARATORS.index(sign)))


def sheet_of_csv(content: Content) -> Sheet:
    """The cells of a CSV file. Raises InputProblems for one that is broken."""
    text, file = content.text, content.file
    sign = separator(text)
    rows: list[list[Cell]] = []
    begins: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    try:
        for row in reader:
            if line == 1 and len(row) <= 2 and text[:6].lower().strip('"').startswith("sep="):
                line = reader.line_num + 1
                continue
            rows.append([*row])
            begins.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"the quotes of this line do not close, or a field is too long ({error})"
        raise problem(file, message, line) from error
    if rows and max(map(len, rows)) > MOST_COLUMNS:
        raise problem(file, f"there are more than {MOST_COLUMNS} columns: this is no table")
    lines = lines_of(text)

    def place(row: int, column: int) -> Mark:
        at = begins[row] if row < len(begins) else max(len(lines), 1)
        return Mark(file, at, 1 + _offset(lines[at - 1] if 0 < at <= len(lines) else "", sign, column))

    notes = content.notes if text.endswith(("\n", "\r")) else (*content.notes, note(NO_END))
    return Sheet(file, note(CSV, sign=SIGNS.get(sign, sign)), rows, place, flat=False, notes=notes)


def _offset(line: str, sign: str, column: int) -> int:
    """Where a field begins in a line, from 0."""
    at = 0
    quoted = False
    for position, letter in enumerate(line):
        if column == 0:
            break
        if letter == '"':
            quoted = not quoted
        elif letter == sign and not quoted:
            column, at = column - 1, position + 1
    return at
