"""Sheets as people leave them: where the headings are, what stands across, and what is said where it cannot be told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from simulation.municipal.headings import Asked
from simulation.municipal.recognise import read
from simulation.scenario.files.problems import InputProblems

Rows = list[list[object]]
Told = dict[tuple[str, ...], str]


def workbook(folder: Path, *sheets: Rows, names: tuple[str, ...] = ("Ark1", "Ark2", "Ark3")) -> str:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in zip(names, sheets, strict=False):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "bog.xlsx")
    return str(folder / "bog.xlsx")


def text(folder: Path, content: str, name: str = "tal.csv") -> str:
    (folder / name).write_text(content, encoding="utf-8", newline="")
    return str(folder / name)


def told(file: str, **asked: object) -> tuple[Told, str]:
    """Values by area, groups, period and measure; and what is told beside them."""
    found = read(file, Asked(**asked))  # type: ignore[arg-type]
    assert found.table is not None
    values = {
        (each.area, *each.groups, each.period.text, each.measure): each.value or each.missing
        for each in found.table.observations
    }
    return values, "\n".join(each.told("en") for each in (*found.table.notes, *found.mind))


ACROSS = {
    ("Randers", "2024M01", "Ledige"): "5", ("Randers", "2024M02", "Ledige"): "6",
    ("Odense", "2024M01", "Ledige"): "7", ("Odense", "2024M02", "Ledige"): "..",
}  # fmt: skip


def test_periods_across_in_one_row_and_the_measure_in_the_title(tmp_path: Path) -> None:
    rows: Rows = [["Ledige"], [], ["Område", "2024M01", "2024M02"], ["Randers", 5, 6], ["Odense", 7, ".."]]
    assert told(workbook(tmp_path, rows))[0] == ACROSS
    file = text(tmp_path, "Ledige\nOmråde;2024M01;2024M02\nRanders;5;6\nOdense;7;..\n")
    values, notes = told(file)
    assert values == ACROSS and "what is measured is taken from the title: 'Ledige'" in notes


def test_a_column_beside_the_periods_is_left_out_and_named(tmp_path: Path) -> None:
    rows: Rows = [["Ledige"], ["Område", "2024M01", "2024M02", "I alt"], ["Randers", 5, 6, 11], ["Odense", 7, "..", 7]]
    values, notes = told(workbook(tmp_path, rows))
    assert values == ACROSS and "columns left out, for they stand beside what stands across: I alt" in notes


def test_a_code_alone_names_the_area(tmp_path: Path) -> None:
    values, notes = told(text(tmp_path, "Kommunekode;Periode;Antal\n730;2024M01;5\n"))
    assert values == {("Randers", "2024M01", "Antal"): "5"} and "no column of areas" not in notes


def test_areas_across(tmp_path: Path) -> None:
    file = workbook(tmp_path, [["Ledige"], ["Periode", "Randers", "Odense"], ["2024M01", 5, 7], ["2024M02", 6, ".."]])
    values, notes = told(file)
    assert values == ACROSS and "areas stand across" in notes


def test_measures_named_in_a_column(tmp_path: Path) -> None:
    rows: Rows = [["Område", "Måling", "2023", "2024"], ["Randers", "Antal personer", 5, 6]]
    rows += [["", "Andel", "0,5", "0,6"]]
    assert told(workbook(tmp_path, rows))[0] == {
        ("Randers", "2023", "Antal personer"): "5", ("Randers", "2024", "Antal personer"): "6",
        ("Randers", "2023", "Andel"): "0.5", ("Randers", "2024", "Andel"): "0.6",
    }  # fmt: skip


def test_repeated_headings_are_told_apart_by_the_row_above(tmp_path: Path) -> None:
    upper = ["", "", "Kvinder", "", "Mænd", ""]
    lower = ["Område", "Periode", "Antal personer", "Andel", "Antal personer", "Andel"]
    values, notes = told(workbook(tmp_path, [["Titel"], upper, lower, ["Randers", "2024M01", 1, "0,1", 2, "0,2"]]))
    assert values == {
        ("Randers", "2024M01", "Kvinder: Antal personer"): "1", ("Randers", "2024M01", "Kvinder: Andel"): "0.1",
        ("Randers", "2024M01", "Mænd: Antal personer"): "2", ("Randers", "2024M01", "Mænd: Andel"): "0.2",
    }  # fmt: skip
    assert "headings of two rows are put together, as 'Kvinder: Antal personer'" in notes


def test_a_period_that_the_file_does_not_say(tmp_path: Path) -> None:
    file = text(tmp_path, "Område;Køn;Antal\nRanders;Mænd;5\nRanders;Kvinder;x\n")
    with pytest.raises(InputProblems, match="say --column period=HEADING, or --period 2024M01 for all figures"):
        read(file)
    with pytest.raises(InputProblems, match=r"tal.csv:3:17: error: 'x' is no number"):
        read(file, Asked(period="2024M01"))
    assert told(file, period="2024M01", missing=("x",))[0]["Randers", "Mænd", "2024M01", "Antal"] == "5"
    with pytest.raises(InputProblems, match="--period: error: '2024M13' is no month"):
        read(file, Asked(period="2024M13"))
    with pytest.raises(InputProblems, match="says itself of which periods its figures are"):
        read(text(tmp_path, "Område;Periode;Antal\nRanders;2024M01;5\n"), Asked(period="2024M01"))


def test_labels_of_an_area_do_not_run_on_into_the_next_one(tmp_path: Path) -> None:
    rows: Rows = [
        ["Antal"], ["Område", "Køn", "Alder", "2023", "2024"], ["Randers", "Mænd", "16-19 år", 1, 2],
        ["", "", "20-24 år", 3, 4], ["Odense", "Mænd", "16-19 år", 5, 6],
    ]  # fmt: skip
    values, _ = told(workbook(tmp_path, rows))
    assert values["Randers", "Mænd", "20-24 år", "2024", "Antal"] == "4" and len(values) == 6
    values, _ = told(workbook(tmp_path, [*rows[:3], ["Odense", "", "16-19 år", 5, 6]]))
    assert values["Odense", "", "16-19 år", "2024", "Antal"] == "6"


def test_what_stands_below_a_table_is_no_figure(tmp_path: Path) -> None:
    rows: Rows = [["Område", "Periode", "Antal"], ["Randers", "2024M01", 5], [], ["Tallene er foreløbige"]]
    values, notes = told(workbook(tmp_path, rows))
    assert values == {("Randers", "2024M01", "Antal"): "5"} and "below the table: Tallene er foreløbige" in notes
    values, notes = told(workbook(tmp_path, [*rows[:2], ["* foreløbige tal"]]))
    assert len(values) == 1 and "below the table: * foreløbige tal" in notes


def test_the_separator_may_be_said_and_is_no_title(tmp_path: Path) -> None:
    values, notes = told(text(tmp_path, "sep=;\nOmråde;2024M01;2024M02\nRanders;5;6\n"))
    assert values == {("Randers", "2024M01", "period"): "5", ("Randers", "2024M02", "period"): "6"}
    assert "nothing says what is measured" in notes


def test_a_file_that_ends_within_a_line_is_told_of(tmp_path: Path) -> None:
    """Its last figure may be half of one."""
    assert "the last line has no end" in told(text(tmp_path, "Område;Periode;Antal\nRanders;2024M01;5"))[1]
    assert "the last line has no end" not in told(text(tmp_path, "Område;Periode;Antal\nRanders;2024M01;5\n"))[1]


def test_the_smaller_area_is_the_area(tmp_path: Path) -> None:
    values, _ = told(text(tmp_path, "Region;Periode;Kommune;Antal\nRegion Syd;2024M01;Odense;5\n"))
    assert values == {("Odense", "Region Syd", "2024M01", "Antal"): "5"}
    values, _ = told(text(tmp_path, "Landsdel;Periode;Antal\nØstjylland;2024M01;5\n"))
    assert values == {("Østjylland", "2024M01", "Antal"): "5"}


def test_texts_of_px_may_go_over_several_lines(tmp_path: Path) -> None:
    px = (Path(__file__).resolve().parent / "files" / "invented_statbank_aup02.px").read_bytes().decode("cp1252")
    px = px.replace('CONTENTS="Fuldtidsledige i pct. af arbejdsstyrken"', 'CONTENTS="Ledige i pct. "\n"af alle"')
    assert {key[-1] for key in told(text(tmp_path, px, "a.px"))[0]} == {"Ledige i pct. af alle"}


def test_ages_in_numbers_are_groups(tmp_path: Path) -> None:
    values, _ = told(text(tmp_path, "Område;Periode;Alder;Antal\nRanders;2024M01;16;5\n"))
    assert values == {("Randers", "16", "2024M01", "Antal"): "5"}


def test_the_sheet_with_headings_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    table: Rows = [["Område", "Periode", "Antal"], ["Randers", "2024M01", 5]]
    file = workbook(tmp_path, [["Om tallene"], ["Hentet i dag"]], table, names=("Info", "Tal"))
    assert "sheets left out: Info" in told(file)[1]
    twice = workbook(tmp_path, table, table, names=("Tal", "Flere"))
    with pytest.raises(InputProblems, match=r"which sheet is it\? Tal, Flere may each be a table: say --sheet NAME"):
        read(twice)
    assert told(twice, sheet="Flere")[0] == {("Randers", "2024M01", "Antal"): "5"}
    with pytest.raises(InputProblems, match="has no sheet 'Flerre'; did you mean 'Flere'"):
        read(twice, Asked(sheet="Flerre"))


def test_an_unknown_heading_is_not_guessed_and_can_be_said(tmp_path: Path) -> None:
    file = text(tmp_path, "Sted;Tidsrum;Antal\nRanders;2024M01;5\n")
    with pytest.raises(InputProblems) as refused:
        read(file)
    messages = [problem.message for problem in refused.value.problems]
    assert [problem.mark.column for problem in refused.value.problems if problem.mark] == [1, 6]
    assert "'Sted' holds names of municipalities: say --column area=Sted" in messages[0]
    assert "'Tidsrum' holds periods: say --column period=Tidsrum" in messages[1]
    expected = {("Randers", "2024M01", "Antal"): "5"}
    assert told(file, columns=(("area", "Sted"), ("period", "tidsrum")))[0] == expected
    assert told(file, columns=(("area", "#1"), ("period", "#2")))[0] == expected
    with pytest.raises(InputProblems, match="has no column 'Stedd'; did you mean 'Sted'"):
        read(file, Asked(columns=(("area", "Stedd"), ("period", "Tidsrum"))))
    with pytest.raises(InputProblems, match="has no column '#9'"):
        read(file, Asked(columns=(("area", "#9"),)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Område;Antal\nRanders;5\n", "which column is the period"),
        (";Periode;Antal\nRanders;2024M01;5\n", "column 1 has no heading: what is it\\? Say --column area=#1"),
        ("Område;Periode;Antal;Antal\nRanders;2024M01;5;6\n", "columns 3 and 4 are both called 'antal'"),
        ("Område;Periode;Periode;Antal\nRanders;2024M01;2024M01;6\n", "several columns are called 'periode'"),
        ("Område;Periode;Antal\nRanders;2024M01;5;6\n", "2:1: error: the row has 4 cells, and there are 3 headings"),
        ("Område;Periode;Antal\nRanders;2024M01;5\nOdense;2024", "3:1: .* 2 cells, .*; was the download broken off"),
        ("Område;Periode;Antal\n", "headings, and no row below them"),
        ("Område;Periode;Køn\nRanders;2024M01;Mænd\n", "no column holds figures"),
        ("Område;Periode;Antal\nOdense;2024M01;5\nOdense;2024M02;fem\n", "3:16: error: 'fem' is no number"),
        ("Område;Periode;Antal\nRanders;2024M01;5\nRanders;2024M02;*\n", "if it stands for a missing one, say"),
        ("Område;Periode;Antal\nRanders;2024M01;1,234\n", "'1,234' can be two .* --decimal comma or --decimal point"),
        ("Område;Periode;Tal\nRanders;2024M01;1.234\n", "'1.234' can be two numbers"),
        ("Område;Periode;Antal\nRanders;2024M01;5\n;2024M02;6\n", "3:1: error: there is no area here"),
        ("Område;Periode;Antal\nRanders;2024M01;5\nRanders;2024M01;5\n", "second row of Randers.* the same row twice"),
        ("Område;Periode;Antal\nRanders;2024M01;5\nRanders Kommune;2024M01;6\n", "beside line 2, with another figure"),
        ("Område;Kommunekode;Periode;Antal\nRanders;751;2024M01;5\n", "the code 751 is that of Aarhus"),
        ("Område;Periode;Varighed;Antal\nRanders;2024M01;01-feb;5\n", "'01-feb' is a date in a group"),
        ('Område;Periode;Antal\n"Randers;2024M01;5\n', "quotes of this line do not close"),
        ("Område;Periode;Antal\nRanders;2024M01;5\nRanders;januar;6\n", "3:9: .* 'januar' is a month without a year"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_at_its_place(content: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match=f"(?s){why}"):
        read(text(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "asked", "value"),
    [
        ("Område;Periode;Antal\nRanders;2024M01;1,234\n", {"decimal": "comma"}, "1.234"),
        ("Område;Periode;Antal\nRanders;2024M01;1,234\n", {"decimal": "point"}, "1234"),
        ("Område;Periode;Antal\nRanders;2024M01;*\n", {"missing": ("*",)}, "*"),
        ("Område;Periode;Antal;Antal\nRanders;2024M01;5;6\n", {"columns": (("ignore", "#4"),)}, "5"),
        ("sep=;\nOmråde;Periode;Antal\nRanders;2024M01;5\n", {}, "5"),
        ("Område,Periode,Antal\nRanders,2024M01,5\n", {}, "5"),
        ("Område\tPeriode\tAntal\nRanders\t2024M01\t5\n", {}, "5"),
        ("Periode;Område;Antal\n2024M01;0730;5\n", {}, "5"), ("Tid;Kommunekode;Antal\n2024M01;730;5\n", {}, "5"),
        ('Område;Periode;"Antal"\n"Randers";"2024M01";"5"\n\nKilde: mig\n', {}, "5"),
        ("Område;Periode;Periode A-dagpenge;Antal\nRanders;2024M01;2024-01-01;5\n", {}, "5"),
    ],
)  # fmt: skip
def test_what_is_told_or_said_is_read(content: str, asked: dict[str, object], value: str, tmp_path: Path) -> None:
    values, _ = told(text(tmp_path, content), **asked)
    assert values == {("Randers", "2024M01", "Antal"): value}


def test_every_mistake_is_told_at_once_and_of_many_how_many(tmp_path: Path) -> None:
    rows = "".join(f"Randers;2024M{month:02};{'fem' if month % 2 else month}\n" for month in range(1, 14))
    with pytest.raises(InputProblems) as refused:
        read(text(tmp_path, f"Område;Periode;Antal\n{rows}Odense;2024M01;{'x' * 50}\n"))
    messages = [problem.message for problem in refused.value.problems]
    assert len(messages) == 8 and any("2024M13" in each for each in messages)
    rows = "".join(f"Randers;{year}M01;{'5' if year < 1950 else 'fem'}\n" for year in range(1920, 1978))
    with pytest.raises(InputProblems) as refused:
        read(text(tmp_path, f"Område;Periode;Antal\n{rows}"))
    assert len(refused.value.problems) == 11
    assert refused.value.problems[-1].message == "18 more cells that are no number, the last one here"


def test_a_place_in_json_is_that_of_the_cell(tmp_path: Path) -> None:
    file = text(tmp_path, '{\n "columns": ["Periode", "Område", "Antal"],\n "rows": [["2024M01", "Randers", 5],\n'
                          '          ["2024M02", "Randers", "fem"]]\n}\n', "a.json")  # fmt: skip
    with pytest.raises(InputProblems, match=r'(?s)a.json:4:34: error: .fem. is no number.*"fem"\]\]'):
        read(file)
    content = '[{"Variables": [{"Label": "Periode"}, {"Label": "Antal"}], "Data": [["2024M01"]]}]'
    file = text(tmp_path, content, "b.json")
    with pytest.raises(InputProblems, match=r"b.json:1:69: error: the row has 1 cells, and there are 2 headings"):
        read(file)


def test_a_place_in_a_workbook_is_row_and_column(tmp_path: Path) -> None:
    rows: Rows = [["Titel"], ["Område", "Periode", "Antal"], ["Randers", "2024M01", 5], ["Randers", "2024M02", "fem"]]
    with pytest.raises(InputProblems, match=r"bog.xlsx:4:3: error: 'fem' is no number"):
        read(workbook(tmp_path, rows))
    formula: Rows = [*rows[:3], ["Randers", "2024M02", "=1+1"]]
    with pytest.raises(InputProblems, match=r"4:3: error: '=1\+1' is no number"):  # nothing has ever reckoned it
        read(workbook(tmp_path, formula))


def test_codes_that_a_spreadsheet_has_shortened(tmp_path: Path) -> None:
    values, notes = told(text(tmp_path, "OMRÅDE;TID;INDHOLD\n0;2024M01;5\n84;2024M01;6\n730;2024M01;7\n"))
    assert [key[0] for key in values] == ["Hele landet", "84", "Randers"]
    assert "codes of areas have lost their zeros (0, 84), and are read with them" in notes


def test_what_px_and_json_stat_must_be(tmp_path: Path) -> None:
    files = Path(__file__).resolve().parent / "files"
    px = (files / "invented_statbank_aup02.px").read_bytes().decode("cp1252")
    stat = (files / "invented_statbank_aup02_jsonstat.json").read_text(encoding="utf-8")
    for content, name, why in (
        (px.replace("3.0 2.1 3.3", "3.0 2.1"), "a.px", r"there are 17 figures, and 18 are due \(2 område x 1 alder"),
        (px[:400], "a.px", "there is no DATA in this PX file"),
        (px.replace("3.0 2.1", "3.0 x"), "a.px", r"a.px:\d+:5: error: 'x'"),
        (px.replace('STUB="', 'KEYS="a";\nSTUB="'), "a.px", "lists its rows by KEYS"),
        (px.replace('CODES("køn")="TOT",', 'CODES("køn")='), "a.px", "VALUES and CODES of 'køn' are not there, or"),
        (stat.replace('"value": [', '"value": [1,'), "a.json", "there are 19 values, and 18 are due"),
        (stat.replace('"dimension"', '"dimensions"'), "a.json", "of a kind that is not known here"),
        (stat.replace('"category"', '"categories"', 1), "a.json", "this JSON-stat is not whole"),
    ):  # fmt: skip
        with pytest.raises(InputProblems, match=why):
            read(text(tmp_path, content, name))
