"""Numbers, periods, areas and units as texts, each against a case that can be told by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from simulation.municipal.areas import MUNICIPALITIES, known_area, likely_area, other_area, with_zeros
from simulation.municipal.figures import Style, Written, missing_sign, readings, style_of, value_of
from simulation.municipal.periods import NoPeriod, period_of
from simulation.municipal.spoilt import spoilt_label
from simulation.municipal.units import counts_whole, unit_of

FILES = Path(__file__).resolve().parent / "files"


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [
        ("17", "17", "17"), ("4,2", "4.2", None), ("4.2", None, "4.2"), ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("1.234,5", "1234.5", None), ("1,234.5", None, "1234.5"), ("1.234.567", "1234567", None),
        ("1 234", "1234", "1234"),
        ("1\u00a0234,5", "1234.5", None), ("12\u202f345", "12345", "12345"), ("0.123", None, "0.123"),
        ("0,123", "0.123", None),
        (",5", "0.5", None), (".5", None, "0.5"), ("-3,1", "-3.1", None), ("\u22123", "-3", "-3"),
        ("12,5 %", "12.5", None),
        ("9,0", "9.0", None), (" 7 ", "7", "7"), ("'1'", None, None), ("12a", None, None), ("1.23.4", None, None),
        ("1 23", None, None), ("٣", None, None), ("1e5", None, None), ("9" * 40, None, None), ("nan", None, None),
    ],
)  # fmt: skip
def test_what_a_text_can_be(text: str, comma: str | None, point: str | None) -> None:
    found = {"comma": comma, "point": point}
    assert dict(readings(text)) == {style: value for style, value in found.items() if value is not None}


def test_a_number_of_json_is_what_it_is() -> None:
    assert readings(Written("1.234")) == {"comma": "1.234", "point": "1.234"}
    assert set(readings(Written("1.5E3")).values()) == {"1500"}
    assert readings(Written("1e999999999")) == {} and readings(Written("1" * 500)) == {}


@pytest.mark.parametrize(
    ("cells", "counts", "rest", "style", "values"),
    [
        (["1.234", "17"], True, set(), "comma", ["1234", "17"]),  # persons are whole
        (["1.234", "4,2"], False, set(), "comma", ["1234", "4.2"]),  # another cell says it
        (["1.234", "4.2"], False, set(), "point", ["1.234", "4.2"]),
        (["1.234"], False, {"comma"}, "comma", ["1234"]),  # another column says it
        (["1.234"], False, {"point"}, "point", ["1.234"]),
        (["1.234"], False, set(), None, []),  # nothing does
        (["1.234"], False, {"comma", "point"}, None, []),
        (["1,234"], True, set(), None, []),  # 1.234 persons, or thousands as the English write them
        (["1.234", "4.2", "4,2"], True, set(), None, []),
        (["1.234", "4.2", "4,2"], False, {"comma"}, None, []),
        (["4.2", "4,2", "17"], False, set(), "any", ["4.2", "4.2", "17"]),  # each can only be one
        ([Written("1.234"), "4,2"], False, set(), "comma", ["1.234", "4.2"]),
    ],
)  # fmt: skip
def test_the_column_says_which_sign_is_the_decimal_one(
    cells: list[str], counts: bool, rest: set[Style], style: Style | None, values: list[str]
) -> None:
    found = style_of(cells, counts, rest)
    assert found == style or style == "any"
    assert [value_of(cell, found) for cell in cells if found] == values


def test_signs_for_what_is_missing_are_kept() -> None:
    for sign in ("-", "–", "—", "…", ".", "..", "......", "null"):
        assert missing_sign(sign) == missing_sign(f" {sign} ") == sign
    assert missing_sign("") == missing_sign(" ") == "empty"
    assert [missing_sign(sign) for sign in ("0", "*", "x", "0,0")] == [None] * 4
    assert missing_sign(None) == "null" and missing_sign("*", ("*",)) == "*" and missing_sign(Written("0")) is None


PERIODS = {
    "2021M01": ("month", "2021-01-01", "P1M"), "2021m1": ("month", "2021-01-01", "P1M"),
    "2023Q1": ("quarter", "2023-01-01", "P3M"), "2024K4": ("quarter", "2024-10-01", "P3M"),
    "2024H2": ("half-year", "2024-07-01", "P6M"), "2024": ("year", "2024-01-01", "P1Y"),
    "2023QMAT01": ("rolling year", "2022-04-01", "P1Y"), "2023QMAT04": ("rolling year", "2023-01-01", "P1Y"),
    "2020U53": ("week", "2020-12-28", "P1W"), "2021U01": ("week", "2021-01-04", "P1W"),
    "2000U01": ("week", "2000-01-03", "P1W"), "1999-W52": ("week", "1999-12-27", "P1W"),
    "januar 2024": ("month", "2024-01-01", "P1M"), "Dec. 2023": ("month", "2023-12-01", "P1M"),
    "2024 maj": ("month", "2024-05-01", "P1M"), "okt-2024": ("month", "2024-10-01", "P1M"),
    "1. kvartal 2024": ("quarter", "2024-01-01", "P3M"), "2024 3. kvartal": ("quarter", "2024-07-01", "P3M"),
    "K2 2024": ("quarter", "2024-04-01", "P3M"), "2. halvår 2023": ("half-year", "2023-07-01", "P6M"),
    "uge 5, 2024": ("week", "2024-01-29", "P1W"), "2024 uge 5": ("week", "2024-01-29", "P1W"),
}  # fmt: skip


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_has_a_beginning_and_a_length(text: str) -> None:
    found = period_of(text)
    assert (found.kind, found.start, found.length) == PERIODS[text] and found.text == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021M13", "its number must lie between 1 and 12"), ("2021M00", "its number must lie"),
        ("2021U53", "2021 has 52 weeks"),
        ("2024Q5", "between 1 and 4"), ("2023QMAT05", "between 1 and 4"),
        ("2024-01-31", "is a date, which has no length"),
        ("31-12-2024", "is a date"), ("januar", "a month without a year"), ("45292", "how a spreadsheet keeps a date"),
        ("2023YMAT01", "of a kind that is not known"), ("1021M01", "of the year 1021"), ("", "there is no period here"),
        ("ma 2024", "is no period"), ("ju 2024", "is no period"), ("i alt", "is no period"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(NoPeriod, match=why):
        period_of(text)


def test_the_municipalities_are_those_of_the_list() -> None:
    with (FILES / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        assert {row["code"]: row["name"] for row in csv.DictReader(file)} == MUNICIPALITIES
    assert len(MUNICIPALITIES) == 98
    assert all(known_area(name) == known_area(code) == (code, name) for code, name in MUNICIPALITIES.items())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Randers Kommune", "730"), ("Københavns Kommune", "101"), ("Bornholms Regionskommune", "400"),
        ("Nordfyn", "480"),
        ("Vesthimmerland", "820"), ("Århus", "751"), ("Åbenrå", "580"), ("høje taastrup", "169"), ("0730", "730"),
        ("730 Randers", "730"), ("Hele landet", "000"), ("000", "000"), ("Lyngby-Tårbæk", "173"),
        ("Randers\u00a0Kommune", "730"),
        ("RAR Østjylland", None), ("Region Midtjylland", None), ("084", None), ("411", None), ("Opdigtet By", None),
        ("", None),
        ("Rander", "730"), ("5-8", None),
    ],
)  # fmt: skip
def test_an_area_is_known_however_it_is_written(text: str, code: str | None) -> None:
    found = known_area(text)
    assert (found and found[0]) == code


def test_other_areas_and_names_that_are_near() -> None:
    assert all(map(other_area, ("Region Midtjylland", "RAR Bornholm", "Uoplyst område", "Landsdel Fyn")))
    assert not any(map(other_area, ("Randers", "Regionalby", "Rarup")))
    assert likely_area("Odnese") == "Odense" and likely_area("Opdigtet By") == ""
    zeros = {"0": "000", "81": "081", "84": "084", "101": "101", "8": "8", "Randers": "Randers"}
    assert {text: with_zeros(text) for text in zeros} == zeros


def test_units_by_name() -> None:
    found = {
        "Antal personer": "persons", "Antal fuldtidspersoner": "full-time persons", "Antal afsluttede forløb": "spells",
        "Gnsn. varighed af afsluttede forløb (uger)": "weeks", "Andel aktiveringsberørte": "percent", "Tal": "",
        "Antal samtaler": "talks", "Gnsn. antal samtaler pr. person": "talks per person",
    }  # fmt: skip
    assert {name: unit_of(name, {}) for name in found} == found
    assert unit_of("heraf a-dagpenge", {}, ("Antal ledige fuldtidspersoner", "i pct.")) == "full-time persons"
    assert unit_of("heraf a-dagpenge", {}) == "" and unit_of("X", {"": "Pct."}) == "percent"
    assert counts_whole("Antal personer") and not counts_whole("Gnsn. antal samtaler")


def test_labels_that_a_spreadsheet_has_spoilt() -> None:
    assert all(map(spoilt_label, ("01-feb", "5-aug", "feb-01", "2024-08-05", "05-08-2024")))
    assert not any(map(spoilt_label, ("1-2 år", "5-8", "5-8 uger", "Over 3 år", "maj", "16-19 år")))
