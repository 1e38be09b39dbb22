"""libyaml, where PyYAML was built with it: values, places and refusals are those of PyYAML."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.files import yamlfile
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.quick import PLAIN, QUICK, reads_alike

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(file for folder in ("scenarios", "calibration") for file in (ROOT / folder).rglob("*.yaml"))
PUT_IN = (
    "'", '"', ":", ": ", ",", "- ", "#", " #", "{", "}", "[", "]", "\n", "\r\n", "  ", "!", "&a ", "*a", "|\n", ">-\n",
    "%", "@", "`", "\n---\n", "\n...\n", "\\", "æ", "😀", "1", "<<", "{a: 1, b}", '"a":1', "a:1", "''", '""', "~",
    "? ", "\t",
)  # fmt: skip


def read_by(text: str, loader: Any) -> tuple[object, ...]:
    """Everything that is made of a text, or what is wrong with it."""
    try:
        document = yamlfile._Parser(text, "quick.yaml", loader).document()
    except InputProblems as error:
        return ("wrong", *error.problems)
    return document.data, document.keys, document.values


@pytest.mark.skipif(QUICK is None, reason="PyYAML was built without libyaml")
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_shipped_files_are_read_alike_by_both(file: Path) -> None:
    """Values and places."""
    text = file.read_text(encoding="utf-8")
    assert read_by(text, QUICK) == read_by(text, PLAIN)


@pytest.mark.skipif(QUICK is None, reason="PyYAML was built without libyaml")
@given(st.data())
def test_what_the_quick_one_accepts_is_read_alike(data: st.DataObject) -> None:
    """Shipped files with something put in somewhere: where libyaml finds nothing wrong, PyYAML finds the same values at
    the same places."""
    lines = data.draw(st.sampled_from(SHIPPED)).read_text(encoding="utf-8").splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    text = textwrap.dedent("".join(lines[first : first + data.draw(st.integers(1, 8))]))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.sampled_from(PUT_IN)) + text[place:]
    if reads_alike(text) and (quick := read_by(text, QUICK))[0] != "wrong":
        assert quick == read_by(text, PLAIN)


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("a: 1\n", True),
        ("a: >-\n  Why?\n", False),
        ("# Why?\na: >-\n  So.\n", True),
        ("a: |2\n  So.\n", False),
        ("a:\t1\n", False),
        ("a: {b? : 1}\n", False),
    ],
)
def test_what_libyaml_reads_otherwise_is_left_to_the_other(text: str, alike: bool) -> None:
    """Tabs, question marks, a block that begins on its first line."""
    assert reads_alike(text) == (alike and QUICK is not None)
