"""The table of what the founding documents describe: every row is there, and what it names exists."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "founding_documents.md"
ROWS = {
    "På rette vej i job": 51,
    "Esbjerg tidlig indsats": 28,
    "Fleksjob via andre aktører": 39,
    "Aktive hurtigere tilbage": 31,
    "Tre hovedveje til job": 39,
}
"""How many things the audit found in each document."""


class Row(NamedTuple):
    """A line of the table."""

    document: str
    number: int
    element: str
    page: str
    status: str
    scenario: str
    test: str
    shows: str


@cache
def rows() -> list[Row]:
    """All lines of the tables of the page."""
    found, document = [], ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            document = line[3:]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            assert len(cells) == 7, f"{document}: a line has seven cells: {line}"
            found.append(Row(document, int(cells[0]), *cells[1:]))
    return found


def test_every_row_of_every_document_is_there_once() -> None:
    assert Counter(row.document for row in rows()) == Counter(ROWS)
    for document, number in ROWS.items():
        assert [row.number for row in rows() if row.document == document] == list(range(1, number + 1))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.document[:4]}:{row.number}")
def test_what_a_row_names_exists(row: Row) -> None:
    assert row.status in ("covered", "open", "limit", "money")
    named = re.findall(r"`([^`]+)`", row.scenario), re.findall(r"`([^`]+)`", row.test)
    if row.status == "covered":
        assert all(named), "what is covered has a scenario or part, and a test"
    for scenario in named[0]:
        assert (ROOT / "scenarios" / f"{scenario}.yaml").is_file(), scenario
    for test in named[1]:
        file, _, function = test.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert f"def {function.partition('[')[0]}(" in text, test
