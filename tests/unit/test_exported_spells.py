"""Spells by the rule of four weeks with income, against the same rule written out week by week; and files that are
wrong."""

from __future__ import annotations

import datetime
import pathlib
from itertools import takewhile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.report.exported import read_dream
from simulation.report.exported.codes import read_codes
from simulation.report.exported.columns import column_of
from simulation.report.exported.dream import Dream
from simulation.report.exported.reading import dream_of
from simulation.scenario.files.problems import InputProblems

CODES = [0, 0, 0, 0, 0, 111, 111, 890, 651, 121, 999]
NO_BENEFIT, EDUCATION, GONE = {0, 651, 652, 661, 881, 121}, {651, 652}, {997, 998, 999}


def mondays(first: str, weeks: int) -> list[datetime.date]:
    begins = datetime.date.fromisoformat(first)
    return [begins + datetime.timedelta(weeks=n) for n in range(weeks)]


def dream(codes: list[list[int]], first: str = "2020-12-07", income: set[str] | None = None) -> Dream:
    """Of these codes, with income of everybody in these months; `first` is the Monday of the first week."""
    weeks = mondays(first, len(codes[0]))
    months = sorted({f"{day.year}_{day.month:02}" for day in (monday + datetime.timedelta(3) for monday in weeks)})
    ratios = np.array([[1.0 if month in (income or set()) else np.nan for month in months]] * len(codes))
    persons = np.array([f"p{n}" for n in range(len(codes))], dtype=object)
    return Dream(persons, weeks, np.array(codes, dtype=np.int16), months, ratios)


def ends(codes: str, **more: object) -> list[tuple[int, int, str]]:
    """Weeks, weeks on benefit and end of every spell of one person: B on benefit, E education, X gone, . empty."""
    numbers = {"B": 111, "E": 651, "X": 999, ".": 0, "H": 121}
    found = dream([[numbers[sign] for sign in codes]], **more).exits()  # type: ignore[arg-type]
    return [*found[["weeks", "weeks_on", "end"]].itertuples(index=False, name=None)]


def test_breaks_below_four_weeks_are_bridged() -> None:
    assert ends("BB...BB....") == [(7, 4, "nothing")]
    assert ends("BB....BB....") == [(2, 2, "nothing"), (2, 2, "nothing")]
    assert ends("BB.HEBB....") == [(7, 4, "nothing")], "what counts as no benefit is a break as any other"


def test_income_in_every_month_of_the_four_weeks_is_work() -> None:
    """The spell ends in the week of 21 December; Thursdays of the four after it: 31 December, 7, 14 and 21 January."""
    both = {"2020_12", "2021_01"}
    assert ends("BBB....", income=both) == [(3, 3, "work")]
    assert ends("BBB....", income={"2021_01"}) == [(3, 3, "nothing")]
    assert ends("BBBB....", income={"2021_01"}) == [(4, 4, "work")], "four weeks of January alone"


def test_education_and_who_is_not_seen_any_more() -> None:
    months = {"2020_12", "2021_01"}
    assert ends("BBB.E..", income=months) == [(3, 3, "education")]
    assert ends("BBB....E", income=months) == [(3, 3, "work")], "the fifth week decides nothing"
    assert ends("BBB..X.", income=months) == [(3, 3, "censored")]
    assert ends("BBBX.BB", income=months) == [(3, 3, "censored"), (2, 2, "censored")]
    assert ends("BBB...", income=months) == [(3, 3, "censored")], "three weeks do not tell"
    assert ends("BBB") == [(3, 3, "censored")]


def test_a_month_without_a_column_is_not_known() -> None:
    whole = dream([[111, 111, 0, 0, 0, 0]], income={"2020_12", "2021_01"})
    without = Dream(whole.persons, whole.mondays, whole.codes, whole.months[:1], whole.ratios[:, :1])
    assert whole.exits()["end"].tolist() == ["work"]
    assert without.exits()["end"].tolist() == ["censored"]


def one_by_one(register: Dream, person: int) -> list[tuple[int, int, int, str]]:
    """First and last week, weeks on benefit and end of each spell: the rule, week by week."""
    codes = register.codes[person].tolist()
    on = [code not in NO_BENEFIT | GONE for code in codes]
    found = []
    week = 0
    while week < len(codes):
        if not on[week]:
            week += 1
            continue
        first = last = week
        while True:
            gap = [*takewhile(lambda at: not on[at], range(last + 1, len(codes)))]
            after = last + 1 + len(gap)
            if after < len(codes) and len(gap) < 4 and not {codes[at] for at in gap} & GONE:
                last = after
            else:
                break
        following = range(last + 1, last + 5)
        if following.stop > len(codes) or {codes[at] for at in following} & GONE:
            end = "censored"
        elif {codes[at] for at in following} & EDUCATION:
            end = "education"
        else:
            thursdays = [register.mondays[at] + datetime.timedelta(3) for at in following]
            months = [register.months.index(f"{day.year}_{day.month:02}") for day in thursdays]
            end = "nothing" if np.isnan(register.ratios[person, months]).any() else "work"
        found.append((first, last, sum(on[first : last + 1]), end))
        week = last + 1
    return found


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1))
def test_all_at_once_is_as_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    runs = rng.integers(1, 7, (5, 60))
    codes = [np.repeat(rng.choice(CODES, 60), many)[:60].tolist() for many in runs]
    register = dream(codes, first="1999-11-01" if seed % 2 else "2020-10-05")
    ratios = np.where(rng.random(register.ratios.shape) < 0.7, 0.5, np.nan)
    register = Dream(register.persons, register.mondays, register.codes, register.months, ratios)
    read = register.exits()
    weeks = [f"{year}-W{week:02}" for year, week, _ in (monday.isocalendar() for monday in register.mondays)]
    expected = [
        (f"p{person}", weeks[first], weeks[last], last - first + 1, many, end)
        for person in range(5) for first, last, many, end in one_by_one(register, person)
    ]  # fmt: skip
    assert [*read.itertuples(index=False, name=None)] == expected


def test_codes_of_ones_own_decide_what_is_no_benefit() -> None:
    own = read_codes().codes.model_copy(update={"no_benefit": [111], "education": [111], "censoring": [890]})
    register = dream([[130, 111, 111, 111, 111, 0], [130, 0, 890, 0, 0, 0]])
    assert register.exits(own)["end"].tolist() == ["education", "censored"]


# --- files -------------------------------------------------------------------------------------------------------


def problems(text: str, folder: pathlib.Path) -> list[str]:
    file = folder / "register.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems) as found:
        read_dream(file)
    return [f"{p.mark.line}:{p.mark.column} {p.message}" for p in found.value.problems if p.mark]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("pnr;y_2101\n1;111\n1;111\n", ["3:1 1 stands here twice: a register has one row a person"]),
        ("pnr;y_2101\n;111\n", ["2:1 a person without a number"]),
        ("id;y_2101\n1;111\n", ["1:1 one column must be called PNR (there are 0)"]),
        ("pnr;grad_2021_01\n1;0,5\n", ["1:1 there is no column of a week, such as y_2053"]),
        ("pnr;y_2153\n1;111\n", ["1:2 'y_2153': 2021 has weeks 1 to 52",
                                  "1:1 there is no column of a week, such as y_2053"]),
        ("pnr;y_2052;y_2101\n1;111;111\n", ["1:1 y_2053 is missing between y_2052 and y_2101"]),
        ("pnr;y_2052;Y_2052\n1;111;111\n", ["1:3 'Y_2052' stands here twice"]),
        ("pnr;y_2052;y_2052\n1;111;111\n", ["1:1 'y_2052' stands here twice"]),
        ("pnr;y_2101;y_2102\n1;111;ll1\n2;0;\n",
         ["3:2 y_2101: must be empty or a whole number from 1 to 999 (got '0')",
          "2:3 y_2102: must be empty or a whole number from 1 to 999 (got 'll1')"]),
        ("pnr,y_2101\n1,11.5\n", ["2:2 y_2101: must be empty or a whole number from 1 to 999 (got '11.5')"]),
        ("pnr;y_2101;grad_2021_01\n1;111;half\n",
         ["2:3 grad_2021_01: must be empty or a number from 0 to 100 (got 'half')"]),
        ("pnr;y_2101;y_2102\n1;111;111\n2;1", ["3:1 this line has 2 fields, and the headings are 3"]),
        ('"pnr";"y_2101";"y_2102"\n"1";111;111\n"2";1', ["3:1 this line has 2 fields, and the headings are 3"]),
        ('pnr;note;y_2101\n1;"a;\nb";111\n2;"c', ["0:0 this cannot be read as a table: Error tokenizing data. C error: "
                                                   "EOF inside string starting at row 2"]),
        ('pnr;note;y_2101\n1;"a;\nb";111\n2;"c;d"', ["4:1 this line has 2 fields, and the headings are 3"]),
        ("\n", ["0:0 the file is empty"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file(text: str, wrong: list[str], tmp_path: pathlib.Path) -> None:
    assert problems(text, tmp_path) == wrong


def test_files_that_are_not_there_or_of_another_kind(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputProblems, match="No such file"):
        read_dream(tmp_path / "none.csv")
    (tmp_path / "bad.dta").write_bytes(b"not Stata")
    with pytest.raises(InputProblems, match="cannot be read as a table"):
        read_dream(tmp_path / "bad.dta")
    (tmp_path / "wide.csv").write_bytes("pnr;y_2101\n1;111\n".encode("utf-16"))
    with pytest.raises(InputProblems, match="UTF-16"):
        read_dream(tmp_path / "wide.csv")


def test_columns_in_any_order_and_case() -> None:
    """Also across the turn of the century, where text sorts the other way round."""
    weeks = mondays("1999-12-20", 4)
    frame = pd.DataFrame({column_of(monday).upper(): [111 + n] for n, monday in enumerate(weeks)})
    frame = frame[sorted(frame.columns)].assign(Sex="f", PNR="0101")
    assert [*frame.columns][:2] == ["Y_0001", "Y_0002"]
    read = dream_of(frame)
    assert read.mondays == weeks and read.codes.tolist() == [[111, 112, 113, 114]] and read.persons[0] == "0101"


def test_persons_are_texts(tmp_path: pathlib.Path) -> None:
    (tmp_path / "register.csv").write_text("PNR;y_2101\n0101;111\n", encoding="utf-8")
    assert read_dream(tmp_path / "register.csv").persons.tolist() == ["0101"]


def test_texts_in_quotes_may_have_separators_and_lines(tmp_path: pathlib.Path) -> None:
    (tmp_path / "register.csv").write_text('"pnr";"note";"y_2101"\n"01";"a;\n""b";111\n', encoding="utf-8")
    read = read_dream(tmp_path / "register.csv")
    assert (read.persons.tolist(), read.codes.tolist()) == (["01"], [[111]])


def test_numbers_of_persons_in_stata_are_whole(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "register.dta"
    pd.DataFrame({"PNR": [101010001.0, 2.0], "y_2101": [111, 130]}).to_stata(file, write_index=False)
    assert read_dream(file).persons.tolist() == ["101010001", "2"]


def test_the_invented_extract_is_read_as_one_reads_it() -> None:
    """Person 3: a week without after week 53, between two of 111. Person 16: two weeks of 121 within. Person 19: 890
    between two of 111. Person 1: the job begins in January, and two of the four weeks are of December."""
    read = read_dream(pathlib.Path(__file__).parents[1] / "municipal" / "files" / "invented_dream_20_persons.csv")
    assert (len(read), len(read.mondays), read.months[0], read.months[-1]) == (20, 40, "2020_10", "2021_07")
    spells = read.spells().set_index("pnr")
    columns = ["code", "first_week", "last_week", "weeks"]
    assert spells.loc["900000000003", columns].to_numpy().tolist() == [
        [111, "2020-W45", "2020-W53", 9], [111, "2021-W02", "2021-W09", 8]
    ]  # fmt: skip
    assert spells.loc["900000000019", "code"].tolist() == [111, 890, 111]
    exits = read.exits().set_index("pnr")
    of = {name: tuple(exits.loc[f"9000000000{name}", ["last_week", "weeks", "weeks_on", "end"]])
          for name in ("01", "03", "04", "08", "16", "18", "19")}  # fmt: skip
    assert of == {
        "01": ("2020-W51", 12, 12, "nothing"), "03": ("2021-W09", 18, 17, "work"),
        "04": ("2021-W06", 20, 20, "education"),
        "08": ("2021-W18", 32, 32, "work"), "16": ("2021-W06", 20, 18, "work"), "18": ("2021-W26", 15, 15, "censored"),
        "19": ("2021-W06", 20, 20, "work"),
    }  # fmt: skip
    assert "900000000020" not in exits.index and "900000000014" not in exits.index
