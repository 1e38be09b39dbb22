"""The tidy table, written and read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.municipal.headings import Asked
from simulation.municipal.notes import CSV, note
from simulation.municipal.periods import period_of
from simulation.municipal.recognise import read
from simulation.municipal.table import Observation, Table, is_total
from simulation.municipal.tidy import AFTER, BEFORE, is_tidy, read_tidy, tidy_text
from simulation.scenario.files.problems import InputProblems

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)
HOSTILE = st.one_of(TEXT, st.sampled_from(["=1+1", "'=1", "''@x", "-", "+3", "a;b", 'x"y', "a,b", "'", "i alt"]))
PERIODS = st.sampled_from(["2021M01", "2020U53", "2023QMAT03", "2024", "1. kvartal 2024"]).map(period_of)
FIGURE = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda number: (f"{number:f}", "")),
    st.sampled_from(["empty", "-", "..", "null", "*"]).map(lambda sign: ("", sign)),
)
HEADS = st.lists(st.one_of(HOSTILE, st.sampled_from([*BEFORE, *AFTER])), max_size=3, unique=True)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    groups = tuple(draw(HEADS))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        labels = tuple(draw(HOSTILE) for _ in groups)
        value, sign = draw(FIGURE)
        area, code, measure, unit = (draw(HOSTILE) for _ in range(4))
        rows.append(Observation(area, code, labels, draw(PERIODS), measure, unit, value, sign))
    return Table("x.csv", note(CSV), draw(HOSTILE), draw(HOSTILE), "2026-01-01", draw(HOSTILE), groups, tuple(rows))


def rows(text: str) -> list[list[str | None]]:
    return [[*row] for row in csv.reader(io.StringIO(text, newline=""))]


@given(tables())
def test_what_is_written_is_read_back(table: Table) -> None:
    text = tidy_text(table)
    assert is_tidy(rows(text))
    again = read_tidy(rows(text), "x_tidy.csv")
    assert (again.observations, again.groups) == (table.observations, table.groups)
    assert (again.publisher, again.table, again.extracted_by) == (table.publisher, table.table, table.extracted_by)
    assert tidy_text(again) == text
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell[:1] in "=+@\t" for at, cell in enumerate(row) if cell and row[at] != table.file)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    (tmp_path / "y01a02.csv").write_text(
        "Periode;Område;table;Antal personer;Andel\n2024M01;Hele landet;I alt;1.234;..\n2024M01;Randers;Mænd;7;4,20\n",
        encoding="cp1252",
    )
    found = read(str(tmp_path / "y01a02.csv")).table
    assert found is not None
    return found


def test_a_row_for_each_figure(table: Table) -> None:
    end = f"y01a02.csv,{table.extracted},date of the file\n"
    of = '"STAR, Jobindsats",Y01A02'
    month = "2024M01,month,2024-01-01,P1M"
    assert tidy_text(table) == (
        "area,area_code,publisher,table,measure,group: table,totals,period,period_kind,period_start,period_length,"
        "value,missing,unit,file,extracted,extracted_by\n"
        f"Hele landet,000,{of},Antal personer,I alt,area; table,{month},1234,,persons,{end}"
        f"Hele landet,000,{of},Andel,I alt,area; table,{month},,..,percent,{end}"
        f"Randers,730,{of},Antal personer,Mænd,,{month},7,,persons,{end}"
        f"Randers,730,{of},Andel,Mænd,,{month},4.20,,percent,{end}"
    )


def test_a_tidy_file_is_a_file_that_is_read(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "again.csv"
    file.write_bytes(tidy_text(table).encode())
    again = read(str(file)).table
    assert again is not None and again.observations == table.observations and again.file == "y01a02.csv"


def test_of_the_options_a_tidy_file_takes_the_area_alone(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "again.csv"
    file.write_bytes(tidy_text(table).encode())
    found = read(str(file), Asked(areas=("Randers",))).table
    assert found is not None and found.distinct("area") == ["Randers"] and len(found.observations) == 2
    for asked in (Asked(table="Y01A02"), Asked(period="2024"), Asked(columns=(("area", "area"),))):
        with pytest.raises(InputProblems, match="is a tidy table, which says itself what it is"):
            read(str(file), asked)


@pytest.mark.parametrize(
    ("column", "to", "why"),
    [
        ("value", "1,5", "a value with a decimal point"), ("value", "", "or a sign for a missing one"),
        ("period_length", "P2M", "is no period as it is written here"), ("period_start", "01-01-2024", "is no period"),
        ("period_kind", "moon", "is no period"),
    ],
)  # fmt: skip
def test_a_tidy_file_that_was_changed_by_hand_is_refused(
    table: Table, column: str, to: str, why: str, tmp_path: Path
) -> None:
    changed = rows(tidy_text(table))
    changed[3][changed[0].index(column)] = to
    file = tmp_path / "changed.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(changed)
    with pytest.raises(InputProblems, match=f"(?s)changed.csv:4:1: .*{why}"):
        read(str(file))


def test_totals_by_their_labels() -> None:
    assert all(map(is_total, ("I alt", "Køn i alt", "Hele landet", "Ydelsesgrupper i alt", "Total")))
    assert not any(map(is_total, ("Kvinder", "Alt andet", "", "Totalentreprise")))
