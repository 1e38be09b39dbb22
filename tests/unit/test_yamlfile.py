"""The strict YAML dialect: what survives, what is refused and where, and that nothing else escapes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulation.scenario.files.problems import InputProblems, Mark
from simulation.scenario.files.scalars import plain_value
from simulation.scenario.files.yamlfile import Document, parse, read

FILE = "low.yaml"


def refusals(text: str) -> list[tuple[str, str, str]]:
    """Return the (line:column, path, message) of every problem in `text`."""
    with pytest.raises(InputProblems) as caught:
        parse(text, FILE)
    found = []
    for problem in caught.value.problems:
        assert problem.mark
        assert problem.mark.file == FILE
        found.append((f"{problem.mark.line}:{problem.mark.column}", problem.path, problem.message))
    return found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("1000", 1000),
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("1.5e3", 1500.0),
        ("0.50", 0.5),
        ("0e0", 0.0),
        ("0101", "0101"),
        ("0101.", "0101."),
        ("0101e2", "0101e2"),
        ("-00.5", "-00.5"),
        (".inf", ".inf"),
        ("-.inf", "-.inf"),
        (".nan", ".nan"),
        ("inf", "inf"),
        ("nan", "nan"),
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("FALSE", "FALSE"),
        ("Null", "Null"),
        ("08:00", "08:00"),
        ("10:30", "10:30"),
        ("2025-01-01", "2025-01-01"),
        ("0x10", "0x10"),
        ("0o7", "0o7"),
        ("1_000", "1_000"),
        ("1.000.000", "1.000.000"),
        ("٣", "٣"),
        (".", "."),
        ("e3", "e3"),
        ("1e", "1e"),
        ("Ærø, 3 km", "Ærø, 3 km"),
        ("a\n  b", "a b"),
        ("1 # one", 1),
        ("'1'", "1"),
        ('"true"', "true"),
        ("'1,5'", "1,5"),
        ("'12 %'", "12 %"),
        ("''", ""),
        ('"\\u00e6\\t"', "æ\t"),
        ("|\n  1,5\n  2\n", "1,5\n2\n"),
        (">\n  12 %\n  x\n", "12 % x\n"),
        ("[1, a, [2.0], {b: ~}]", [1, "a", [2.0], {"b": None}]),
        ("[]", []),
        ("{}", {}),
        ("{30: x, true: y, ~: z, 1e3: w}", {"30": "x", "true": "y", "~": "z", "1e3": "w"}),
        ("{'<<': 1, '': 2}", {"<<": 1, "": 2}),
        ("\n  - a\n  - null\n", ["a", None]),
    ],
)
def test_value_survives(written: str, value: Any) -> None:
    found = parse(f"key: {written}", FILE).data["key"]
    assert found == value
    assert type(found) is type(value)


TAG = "use plain values instead of YAML tags, and put text that starts with '!' in quotes"
COLON = (
    "unexpected ':'; check the indentation, look for a missing ':' on the line above, "
    "and put text that contains ': ' in quotes"
)
TAB = "a tab is not allowed here; use spaces throughout the file"
ESCAPE = "a backslash has a special meaning in double quotes; write the text in single quotes"
SHARE = "write a share between 0 and 1, for example 0.12"
TOP = "the top level must consist of 'key: value' lines"
BRACKET_KEY = "a key must be text; put text that starts with a bracket in quotes"
NO_GROUPS = "use a decimal point and no thousands separator: "
SPECIAL = "a value is expected here; text with a special character needs quotes"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: 1,5", "1:4", "use a decimal point: 1.5"),
        ("a:\n  - -1,50", "2:5", "use a decimal point: -1.50"),
        ("a: 1.000,5", "1:4", NO_GROUPS + "1000.5"),
        ("a: -1.000.000,5", "1:4", NO_GROUPS + "-1000000.5"),
        ("a: 1,000,000.5", "1:4", NO_GROUPS + "1000000.5"),
        ("a: 12 %", "1:4", SHARE),
        ("a: 12%", "1:4", SHARE),
        ("a: -2,5\N{NO-BREAK SPACE}%", "1:4", SHARE),
        ("a: 1e999", "1:4", "this number is too large"),
        ("a: -" + "9" * 5000, "1:4", "this number is too large"),
        ("a: 1\nb: 2\na: 3", "3:1", "key 'a' is given twice, on line 1 and on line 3"),
        ("a: {b: 1, c: {d: 2}}\na: {b: 1, c: {d: 2}}", "2:1", "key 'a' is given twice, on line 1 and on line 2"),
        ("a: 1\n'a': 3", "2:1", "key 'a' is given twice, on line 1 and on line 2"),
        ("a: &base {b: 1}", "1:4", "use extends: instead of the YAML anchor '&base'"),
        ("&k a: 1", "1:1", "use extends: instead of the YAML anchor '&k'"),
        ("a: *base", "1:4", "use extends: instead of the YAML alias '*base'"),
        ("*a : 1", "1:1", "use extends: instead of the YAML alias '*a'"),
        ("a:\n  <<: {b: 1}", "2:3", "use extends: instead of the YAML merge key '<<'"),
        ("a: !!str 4", "1:4", TAG),
        ("a: !!python/object:os.system []", "1:4", TAG),
        ("a: ! 4", "1:4", TAG),
        ("!x a: 4", "1:1", TAG),
        ("a: !x!y z", "1:4", TAG),
        ("a: **b**", "1:4", "text that starts with '*' must be in quotes"),
        ("a: & b", "1:4", "text that starts with '&' must be in quotes"),
        ("a: ? b", "1:4", "text that starts with '? ' must be in quotes"),
        (
            "%YAML 2.0\n---\na: 1",
            "1:1",
            "this cannot be read as YAML: found incompatible YAML document (version 1.* is required)",
        ),
        ("a: @b", "1:4", "text cannot start with this character; put it in quotes"),
        ("a: ,5", "1:4", SPECIAL),
        ("a: {{ x }}", "1:5", BRACKET_KEY),
        ("[a, b]: 1", "1:1", BRACKET_KEY),
        (": x", "1:1", "a key is missing before this ':'"),
        ("? \n: x", "1:2", "a key is missing before the ':'"),
        ("a: 1\nb\nc: 2", "2:1", "a ':' followed by a space is missing after this key"),
        ("a: 1\n  b: 2", "2:4", COLON),
        ("a: x: y", "1:5", COLON),
        ("a: - b", "1:4", "a list item '-' must start on a line of its own"),
        ("a:\n  b: 1\n c: 2", "3:2", "this does not line up with the lines above; check the indentation"),
        ('a: "b" c', "1:8", "unexpected text; check the quotes and the indentation"),
        ('a: 1\nb: "c\nd: 2\n', "2:4", "this quotation mark is never closed"),
        ('a: "C:\\data"', "1:8", ESCAPE),
        ('a: "\\UFFFFFFFF"', "1:7", ESCAPE),
        ('a: "\\ud800"', "1:4", "an escape in this text is not a character"),
        ('"\\ud800": 1', "1:1", "an escape in this text is not a character"),
        ("a: [1, 2\nb: 3", "1:4", "this list is not closed: a ',' or ']' is missing"),
        ("a: {b: 1", "1:4", "this bracket is not closed: a ',' or '}' is missing"),
        ("a: [1,", "1:7", "the file ends where a value is expected; is a bracket left open?"),
        ("a: | x", "1:6", "the text after '|' or '>' must start on the next line"),
        ("%foo: 1\na: 1", "1:1", "a line cannot start with '%'"),
        ("{a: 1}\nb: 2", "2:1", "this does not belong to the lines above; check the brackets"),
        ("a:\n\tb: 1", "2:1", TAB),
        ("æ:\t1", "1:3", TAB),
        ("a: 1\t# x", "1:5", TAB),
        ("a: 1\n---\nb: 2", "2:1", "a file holds one document; remove the second one"),
        ("- a\n- b", "1:1", TOP),
        ("a:\nb: 1", "1:3", "a value is missing here (null takes a key away)"),
        ("a: {b: }", "1:7", "a value is missing here (null takes a key away)"),
        ("a:\n  # b: 1\nc: 2", "1:3", "a value is missing here (null takes a key away)"),
        ("a:\n- \n- 1", "2:2", "a value is missing here (null takes a key away)"),
        ("hello", "1:1", TOP),
        ("'a'", "1:1", TOP),
        ("null", "1:1", TOP),
        ("", "1:1", "the file is empty"),
        ("# only a comment\n", "1:1", "the file is empty"),
        ("---\n...\n", "2:1", "the file is empty"),
        ("a: x\u2028y", "1:5", "the invisible character U+2028 is not allowed; delete it"),
        ("a: 1 # \x85", "1:8", "the invisible character U+0085 is not allowed; delete it"),
        ("a: \ud800", "1:4", "the invisible character U+D800 is not allowed; delete it"),
        ("a: " + "[" * 5000, "1:68", "this is nested too deeply"),
    ],
)
def test_refused(text: str, place: str, message: str) -> None:
    assert [(where, what) for where, _, what in refusals(text)] == [(place, message)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\N{BYTE ORDER MARK}", "---\n", "# æøå\n\n"])
def test_all_problems_are_found_at_once_whatever_the_line_ends(start: str, line_end: str) -> None:
    lines = ["a: 1,5", "b:", "  - c: 5 %", "    c: &x 1", "d: *y", 'e: "']
    before = start.count("\n")
    text = (start + "\n".join(lines)).replace("\n", line_end)
    assert [(where, path) for where, path, _ in refusals(text)] == [
        (f"{before + 1}:4", "a"),
        (f"{before + 3}:8", "b.0.c"),
        (f"{before + 4}:5", "b.0"),
        (f"{before + 4}:8", "b.0.c"),
        (f"{before + 5}:4", "d"),
        (f"{before + 6}:4", ""),
    ]


def test_a_binary_file_does_not_flood_the_screen() -> None:
    assert len(refusals("\0" * 10_000)) == 20


def test_deep_nesting_is_read_up_to_a_limit() -> None:
    parse("a: " + "[" * 64 + "]" * 64, FILE)


def test_marks() -> None:
    document = parse("teams:\r\n  - name: Nord\r\n    30: 'x'\r\nempty: ~\r\n", FILE)
    assert document.data == {"teams": [{"name": "Nord", "30": "x"}], "empty": None}

    def place(*path: str | int, key: bool = False) -> tuple[int, int]:
        mark = document.mark(path, key)
        return mark.line, mark.column

    assert place() == (1, 1)
    assert place("teams", key=True) == (1, 1)
    assert place("teams") == (2, 3)
    assert place("teams", 0) == (2, 5)
    assert place("teams", 0, "name", key=True) == (2, 5)
    assert place("teams", 0, "name") == (2, 11)
    assert place("teams", 0, "30", key=True) == (3, 5)
    assert place("teams", 0, "30") == (3, 9)
    assert place("empty") == (4, 8)
    assert place("teams", 0, "nothing", "here") == (2, 5)
    assert place("teams", 0, "nothing", key=True) == (2, 5)
    assert place("empty", "nothing", key=True) == (4, 1)
    assert place("nothing") == (1, 1)


def test_a_document_without_marks_points_to_its_start() -> None:
    assert Document(FILE, {}, {}, {}).mark(("a", 0)) == Mark(FILE, 1, 1)


def test_read(tmp_path: Path) -> None:
    path = tmp_path / "æ.yaml"
    path.write_bytes("\ufeffa: å\r\nb: 2\r\n".encode())
    document = read(path)
    assert document == read(str(path))
    assert document.data == {"a": "å", "b": 2}
    assert document.mark(("b",)) == Mark(str(path), 2, 4)


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        ("a: 1\r\nbø: å".encode("latin-1"), 2, 2, "the file is not UTF-8 text (byte 0xf8); save it as UTF-8"),
        ("\ufeffæ: ".encode() + b"\xff", 1, 4, "the file is not UTF-8 text (byte 0xff); save it as UTF-8"),
        ("a: 1".encode("utf-16"), 1, 1, "the file is not UTF-8 text (byte 0xff); save it as UTF-8"),
        (b"\xef\xbb\xbf", 1, 1, "the file is empty"),
    ],
)
def test_read_refuses_content(tmp_path: Path, content: bytes, line: int, column: int, message: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(InputProblems) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert (problem.message, problem.mark) == (message, Mark(str(path), line, column))


def test_read_refuses_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "low.yaml").touch()
    for name, message in {
        "": "this is a directory, not a file",
        "lov.yaml": "there is no such file; did you mean 'low.yaml'?",
        "other/low.yaml": "there is no such file",
        "a\0b": "the file cannot be read: ",
        "a" * 5000: "the file cannot be read: ",
    }.items():
        path = os.path.join(tmp_path, name)
        with pytest.raises(InputProblems) as caught:
            read(path)
        (problem,) = caught.value.problems
        assert problem.message.startswith(message)
        assert problem.mark == Mark(path, 1, 1)


@given(st.text())
@example("1" * 5000)
@example("1e999")
def test_plain_value_raises_nothing_but_its_refusal(text: str) -> None:
    try:
        value = plain_value(text)
    except ValueError as refused:
        assert str(refused).startswith(("use ", "write ", "this number "))
    else:
        assert value is None or type(value) in (str, int, float, bool)


@given(st.text() | st.from_regex(r"[-+]?[0-9.,eE]+ ?%?", fullmatch=True))
def test_no_plain_scalar_raises_anything_but_problems(text: str) -> None:
    only_documents_or_problems(f"key: {text}\n")


@given(st.text(alphabet="ab1,5.%:-?[]{}&*!|>'\"\\#@<~ \t\n\r\ufeffU0æ"))
def test_no_text_raises_anything_but_problems(text: str) -> None:
    only_documents_or_problems(text)


def only_documents_or_problems(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        document = parse(text, FILE)
    except InputProblems as error:
        assert error.problems
        assert str(error)
        marks = [problem.mark for problem in error.problems if problem.mark]
    else:
        marks = [*document.keys.values(), *document.values.values()]
    for mark in marks:
        assert 1 <= mark.line <= len(lines)
        assert 1 <= mark.column <= len(lines[mark.line - 1]) + 1


@given(st.integers(-(10**300), 10**300) | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive(number: float) -> None:
    assert plain_value(repr(number)) == number


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc"])))
def test_quoted_text_survives(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    assert parse(f"a: {quoted}", FILE).data == {"a": text}
