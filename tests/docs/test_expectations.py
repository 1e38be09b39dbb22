"""docs/expectations.md: every point once, and every test that it names is there."""

from __future__ import annotations

import ast
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "expectations.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`( \(slow\))?")
POINT = re.compile(r"^\| (\d+) \| [^|]+ \| (met|\*\*in part\*\*)([^|]*)\| (`tests/[^|]+) \| [^|]*\|$", re.MULTILINE)


def test_every_point_has_a_row_and_something_that_holds_it() -> None:
    rows = POINT.findall(PAGE)
    assert [int(number) for number, *_ in rows] == list(range(1, 41))
    in_part = [number for number, verdict, *_ in rows if verdict != "met"]
    assert f"\nIn part: {', '.join(in_part)}. All others are met.\n" in PAGE and len(in_part) <= 3


def functions_of(file: pathlib.Path) -> dict[str, bool]:
    """The functions of a file by name, and whether each is among the slow ones."""
    module = ast.parse(file.read_text(encoding="utf-8"))
    marks = [ast.unparse(each.value) for each in module.body
             if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "pytestmark"]  # fmt: skip
    whole = any("pytest.mark.slow" in mark for mark in marks)
    return {each.name: whole or "pytest.mark.slow" in map(ast.unparse, each.decorator_list)
            for each in module.body if isinstance(each, ast.FunctionDef)}  # fmt: skip


def test_every_test_that_is_named_is_there() -> None:
    """And is called slow where it is."""
    named = NAMED.findall(PAGE)
    known = {file: functions_of(ROOT / file) for file, *_ in named if (ROOT / file).is_file()}
    gone = [file for file, *_ in named if file not in known]
    wrong = [f"{file}::{test}{slow}" for file, test, slow in named
             if test and known.get(file, {}).get(test) != bool(slow)]  # fmt: skip
    assert len(named) > 90 and gone + wrong == []
