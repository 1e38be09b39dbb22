"""Each sample: what it is told to be, and every figure of it against a reading by other means."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from simulation.municipal.recognise import Found, read
from simulation.municipal.table import Table
from simulation.scenario.files.problems import InputProblems

FILES = Path(__file__).resolve().parent / "files"
REAL = sorted(FILES.glob("real_*.csv"))
JOBINDSATS, STATBANK = "STAR, Jobindsats", "Statistics Denmark"
CSV, V3 = "CSV with a semicolon between fields", "JSON as version 3 gives it"
IS = {
    "cohort_labels_guessed.csv": (CSV, "", "", 8, {}),
    "flow_labels_guessed.csv": (CSV, "", "", 8, {}),
    "talks_labels_guessed.csv": (CSV, "", "", 10, {"..": 1}),
    "v2_y01a02.csv": (f"Jobindsats, {CSV}", JOBINDSATS, "Y01A02", 72, {}),
    "v3_y01a02.csv": (f"Jobindsats, {CSV}", JOBINDSATS, "Y01A02", 36, {"empty": 3}),
    "v3_y01a27.csv": (f"Jobindsats, {CSV}", JOBINDSATS, "Y01A27", 40, {"empty": 18, "..": 1}),
    "v2_y01a02.json": ("Jobindsats, JSON as version 2 gave it", JOBINDSATS, "Y01A02", 72, {}),
    "v2_y07b15.json": ("Jobindsats, JSON as version 2 gave it", JOBINDSATS, "Y07B15", 80, {"..": 4, "-": 4}),
    "v2_y25i08.json": ("Jobindsats, JSON as version 2 gave it", JOBINDSATS, "Y25I08", 48, {}),
    "v3_y01a02.json": (f"Jobindsats, {V3}", JOBINDSATS, "Y01A02", 36, {"null": 3}),
    "flat.xlsx": ("Excel workbook, sheet 'Data'", JOBINDSATS, "", 72, {}),
    "website_look_assumed.xlsx": ("Excel workbook, sheet 'Jobindsats'", JOBINDSATS, "", 20, {"..": 2, "-": 2}),
    "aup02_bulk.csv": (f"Statistics Denmark, {CSV}", STATBANK, "AUP02", 18, {"..": 1}),
    "aup02_jsonstat.json": ("Statbank, JSON-stat", STATBANK, "AUP02", 18, {"null": 1}),
    "aup02.px": ("Statbank, PX", STATBANK, "AUP02", 18, {"..": 1}),
}
"""Kind, publisher, table, figures, and how many are missing by which sign."""
NO_FIGURES = ("v2_tables.json", "v3_table_y01a02.json")
REFUSED = {
    "invented_dream_20_persons.csv": "this is an extract of DREAM, a row for each of 20 persons and a code for each "
                                     "week from 2020-W40 to 2021-W26: persons are not read here",
    "invented_eventlog.csv": "this is an event log, of cases and what happened to each",
    "invented_eventlog.xes": r"this is an event log \(XES\)",
    "municipalities.csv": "say --column area=name",
}  # fmt: skip


def sample(name: str) -> Path:
    return next(FILES.glob(f"invented_*{name}"))


def table(path: Path) -> Table:
    found = read(str(path)).table
    assert found is not None
    return found


def values(of: Table, measure: str) -> dict[tuple[str, ...], str]:
    """Values or signs by area, groups and period."""
    return {
        (each.area, *each.groups, each.period.text): each.value or each.missing
        for each in of.observations
        if each.measure == measure
    }


def test_no_sample_is_forgotten() -> None:
    invented = {path.name for path in FILES.glob("invented_*")}
    found = {sample(name).name for name in {*IS, *NO_FIGURES}} | REFUSED.keys()
    assert found == {*invented, "municipalities.csv"} and len(REAL) == 13


@pytest.mark.parametrize("name", IS)
def test_a_sample_is_known_for_what_it_is(name: str) -> None:
    kind, publisher, number, figures, missing = IS[name]
    of = table(sample(name))
    assert (of.form.told("en"), of.publisher, of.table) == (kind, publisher, number)
    signs = [each.missing for each in of.observations if each.missing]
    assert len(of.observations) == figures and {sign: signs.count(sign) for sign in signs} == missing
    assert all(bool(each.value) != bool(each.missing) for each in of.observations)


@pytest.mark.parametrize("name", NO_FIGURES)
def test_a_description_of_tables_is_known_as_one(name: str) -> None:
    assert read(str(sample(name))) == Found(str(sample(name)), None, "Y01A02 (Antal personer og fuldtidspersoner)")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_published_table_is_refused_for_what_it_is(name: str) -> None:
    with pytest.raises(InputProblems, match=REFUSED[name]):
        read(str(FILES / name))


@pytest.mark.parametrize("path", [*REAL, *(sample(name) for name in IS if name.endswith(".csv"))], ids=lambda p: p.name)
def test_every_figure_of_a_csv_is_read(path: Path) -> None:
    """Held against the columns by their place, with nothing known of headings."""
    heads, *rows = csv.reader(path.open(encoding="utf-8-sig", newline=""), delimiter=";")
    of = table(path)
    measures = of.distinct("measure")
    expected = []
    for row in rows:
        for at, head in enumerate(heads):
            if head in measures:
                expected.append(row[at].replace(",", ".") if row[at] not in ("", "..") else "")
    assert [each.value for each in of.observations] == expected
    at_measures = [at for at, head in enumerate(heads) if head in measures]
    signs = [row[at] or "empty" for row in rows for at in at_measures if row[at] in ("", "..")]
    assert [each.missing for each in of.observations if each.missing] == signs


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_figures_have_table_publisher_and_codes(path: Path) -> None:
    of = table(path)
    assert (of.publisher, of.table) == (JOBINDSATS, path.name.split("_")[1].upper())
    codes = {each.area: each.code for each in of.observations}
    assert codes == {"": ""} if of.groups[:1] == ("A-kasse",) else codes["Hele landet"] == "000"
    assert codes.get("Randers", "730") == "730"


def test_real_figures_one_by_one() -> None:
    """Copied from the published tables by hand."""
    ledige = values(table(FILES / "real_y25i01_ledige.csv"), "Ledige fuldtidspersoner i pct. af arbejdsstyrken")
    assert ledige["Hele landet", "2021M08"] == "3.3" and ledige["Hele landet", "2021M09"] == "3"
    long = table(FILES / "real_y25i09_langtidsledige.csv")
    assert values(long, "heraf kontanthjælp")["Dragør", "2024M09"] == "empty"
    assert values(long, "heraf a-dagpenge")["Randers", "2026M07"] == "197"
    assert {each.unit for each in long.observations} == {"full-time persons"}


def test_three_files_of_one_table_have_the_same_figures() -> None:
    first = table(sample("v2_y01a02.csv"))
    for name in ("v2_y01a02.json", "flat.xlsx"):
        of = table(sample(name))
        assert of.distinct("measure") == first.distinct("measure")
        for measure in first.distinct("measure"):
            one, other = values(first, measure), values(of, measure)
            assert one.keys() == other.keys() and all(float(one[key]) == float(other[key]) for key in one)


def test_figures_of_json_are_those_of_the_file() -> None:
    data = json.loads(sample("v3_y01a02.json").read_text(encoding="utf-8"))
    for at, measure in enumerate(data["columns"][3:], 3):
        expected = {(row[1], row[2], row[0]): "null" if row[at] is None else str(row[at]) for row in data["rows"]}
        assert values(table(sample("v3_y01a02.json")), measure) == expected


def test_figures_of_a_workbook_with_periods_across() -> None:
    of = table(sample("website_look_assumed.xlsx"))
    sheet = openpyxl.load_workbook(sample("website_look_assumed.xlsx")).active
    assert sheet is not None
    found = {
        (each.area, *each.groups, each.period.text, each.measure): each.value or each.missing
        for each in of.observations
    }
    assert len(found) == 20
    area = ""
    for row in range(6, 11):
        area = str(sheet.cell(row, 1).value or area)
        for column in range(3, 7):
            period = sheet.cell(4, column - (column + 1) % 2).value
            shown = str(sheet.cell(row, column).value).replace(",", ".")
            key = (area, str(sheet.cell(row, 2).value), str(period), str(sheet.cell(5, column).value))
            assert found[key] == shown


def test_three_forms_of_a_table_of_statistics_denmark_have_the_same_figures() -> None:
    bulk, px, stat = (table(sample(name)) for name in ("aup02_bulk.csv", "aup02.px", "aup02_jsonstat.json"))
    (of_bulk,), (of_px,), (of_stat,) = (each.distinct("measure") for each in (bulk, px, stat))
    assert values(bulk, of_bulk) == values(px, of_px)
    missing = ("Opdigtet By", "Alder i alt", "Kvinder", "2024M03")
    assert values(stat, of_stat) == values(px, of_px) | {missing: "null"}
    assert (px.extracted, px.extracted_by) == ("2024-04-30", "said by the file")
    assert {each.code for each in px.observations} == {each.code for each in stat.observations} == {"000", "999"}
    assert {each.unit for each in px.observations} == {each.unit for each in stat.observations} == {"percent"}
