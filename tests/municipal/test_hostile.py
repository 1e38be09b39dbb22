"""Files that are no tables, broken ones, and ones made to do harm: each is refused in words."""

from __future__ import annotations

import io
import os
import random
import socket
import zipfile
from pathlib import Path

import pytest

from simulation.municipal import contents, workbooks
from simulation.municipal.recognise import read
from simulation.municipal.tidy import tidy_text
from simulation.scenario.files.problems import InputProblems, render

FILES = Path(__file__).resolve().parent / "files"
HEAD = "Område;Periode;Antal\n"
BOOK = FILES / "invented_jobindsats_flat.xlsx"


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def book(sheet: bytes) -> bytes:
    """The workbook of the samples with another sheet."""
    with zipfile.ZipFile(BOOK) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    return archive(parts | {"xl/worksheets/sheet1.xml": sheet})


SPREAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'
HOSTILE = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\xef\xbb\xbf \r\n\r\n", "the file is empty"),
    "zeros": (bytes(1000), "a binary file of a kind that is not known"),
    "noise": (random.Random(1).randbytes(5000), "a binary file of a kind that is not known"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"an old Excel workbook \(.xls\), or one with"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF; fetch the table as CSV, JSON or Excel"),
    "gzip": (b"\x1f\x8b\x08" + bytes(60), "this is a gzip archive; unpack it first"),
    "SAS": (b"\x00" * 12 + b"\xc2\xea\x81\x60\xb3\x14", "this is a SAS data set; export it as CSV"),
    "picture": (b"\x89PNG\r\n\x1a\n", "this is a picture"),
    "web page": (b"<!DOCTYPE html><html><body>Log ind</body></html>", "this is a web page, perhaps of a login"),
    "XML": (b"<?xml version='1.0'?><a/>", "this is XML of a kind that is not read"),
    "message": (b"Error 403: no access", "this is a message of a service"),
    "error in JSON": (b'{"error": "no token"}', r"JSON is of a kind that is not known here \(it holds error\)"),
    "half of JSON": (b'{"columns": ["Periode"], "rows": [["2024M01"', "a:1:45: .*not JSON to the end .* broken off"),
    "list of nothing": (b"[]", r"of a kind that is not known here \(it holds a list\)"),
    "deep JSON": (b"[" * 200_000, "this is nested too deeply for a table|this is not JSON to the end"),
    "NaN": (b'{"columns": ["Periode", "Antal"], "rows": [["2024M01", NaN]]}', "a:1:56: error: NaN is no number"),
    "objects in cells": (b'{"columns": ["Periode", "Antal"], "rows": [["2024M01", {}]]}', "a cell must be a text"),
    "prose": (b"Dear all,\nhere they are.\n", "no row here is a row of headings"),
    "one line": (HEAD.encode() + b"x" * 1_100_000, "a line has more than 1000000 characters"),
    "one field": (HEAD.encode() + b"Randers;2024M01;" + b"9" * 200_000 + b"\n", "a field is too long"),
    "many columns": (";".join(map(str, range(5000))).encode() + b"\n", "more than 4000 columns"),
    "no zip": (b"PK\x03\x04" + bytes(100), "the workbook is broken, or has a password"),
    "zip of something": (archive({"a.csv": HEAD.encode()}), r"a zip archive and no Excel workbook"),
    "half a workbook": (BOOK.read_bytes()[:3000], "the workbook is broken"),
    "sheet of noise": (book(b"<worksheet"), "what is in it is no XML"),
    "entities": (book(ENTITIES), r"XML that no spreadsheet writes \(entities of its own\)"),
    "no cells": (book(SPREAD % b""), "the workbook is empty"),
    "far cell": (book(SPREAD % b'<row><c r="XFD99999"><v>1</v></c><c r="A1"><v>1</v></c></row>'), "larger than 500"),
    "text that is not there": (book(SPREAD % b'<row><c r="A1" t="s"><v>9</v></c></row>'), "points to what is not"),
    "cell that is no number": (book(SPREAD % b'<row><c r="A1"><v>x</v></c></row>'), "points to what is not there"),
    "UTF-16 that ends": (b"\xff\xfea\x00b", "begins as UTF-16 and does not go on so"),
    "persons": (b"cpr;periode\n0101010000;2024M01\n", r"a row for each person \(pnr\)"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused_for_what_it_is(name: str, tmp_path: Path) -> None:
    content, why = HOSTILE[name]
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(InputProblems, match=f"(?s){why}") as refused:
        read(str(tmp_path / "a"))
    assert len(render(refused.value.problems, contents.line_shown)) < 1000


def test_a_workbook_that_unpacks_to_more_than_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_PART", 1_000_000)
    (tmp_path / "a.xlsx").write_bytes(book(b" " * 1_000_001))
    assert (tmp_path / "a.xlsx").stat().st_size < 20_000
    with pytest.raises(InputProblems, match="unpacked, the workbook is larger than 1 MB"):
        read(str(tmp_path / "a.xlsx"))


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LARGEST", 10)
    (tmp_path / "a.csv").write_text(HEAD, encoding="utf-8")
    with pytest.raises(InputProblems, match="the file has 0 MB; files up to 0 MB are read"):
        read(str(tmp_path / "a.csv"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        kinds = {"pipe": "a named pipe, not a file", "s": "a socket", "none": "there is no such file", "": "directory"}
        for name, why in kinds.items():
            with pytest.raises(InputProblems, match=why):
                read(str(tmp_path / name))


@pytest.mark.parametrize("name", ["invented_jobindsats_v2_y01a02.csv", "invented_jobindsats_v2_y01a02.json", BOOK.name])
def test_the_content_decides_and_not_the_ending(name: str, tmp_path: Path) -> None:
    (tmp_path / "y01a02.px").write_bytes((FILES / name).read_bytes())
    found = read(str(tmp_path / "y01a02.px")).table
    assert found is not None and len(found.observations) == 72


@pytest.mark.parametrize("seed", range(3))
def test_files_that_were_damaged_by_chance_are_read_or_refused_in_words(seed: int, tmp_path: Path) -> None:
    """What is read can be written; what is not, has a place."""
    rng = random.Random(seed)
    samples = sorted(FILES.glob("*"))
    bits = (b";", b'"', b"\n", b"\0", b"\xff", b"..", b"[", b"}", b"2024M13", b"\xef\xbb\xbf", b"DATA=", b"1e999", b"<")
    for _ in range(80):
        content = bytearray(rng.choice(samples).read_bytes())
        at = rng.randrange(len(content))
        if rng.random() < 0.6:
            content[at : at + rng.randint(0, 6)] = rng.choice(bits)
        elif rng.random() < 0.5:
            content[at : at + rng.randint(1, 40)] = b""
        else:
            del content[at:]
        (tmp_path / "a").write_bytes(content)
        try:
            found = read(str(tmp_path / "a"))
        except InputProblems as error:
            assert str(error) and all(problem.mark for problem in error.problems)
        else:
            assert found.table is None or tidy_text(found.table)
