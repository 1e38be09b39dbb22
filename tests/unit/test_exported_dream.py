"""A register out and back again: weeks and months by their names, one-day rule, ranking, runs of a code."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.report.exported.codes import read_codes
from simulation.report.exported.columns import NoSuchWeek, column_of, monday_in, month_of, whole_months
from simulation.report.exported.lives import Lives
from simulation.report.exported.painted import painted
from simulation.results.tables.csvs import LOCALES, STORED
from tests.exports import by_hand, exported, scenario_of, there_and_back

DAGPENGE, KONTANTHJAELP, SYGEDAGPENGE, JOB, EDUCATION, FLEKSJOB = range(6)
SPANS = {"2019-W50": 130, "1998-W45": 165, "1999-W30": 60, "2026-W40": 30}
"""Starts and weeks: over 2020 with week 53, 2021 and 2022 without; over 1998 with it, 1999, 2000 and 2001 without; over
the turn of the century; over 2026 with it."""


def weeks_from(start: str, weeks: int) -> Iterator[datetime.date]:
    """Mondays, each a week after the one before, from an ISO week on."""
    day = datetime.datetime.strptime(f"{start}-1", "%G-W%V-%u").date()
    for _ in range(weeks):
        yield day
        day += datetime.timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "column"),
    [("2020-12-28", "y_2053"), ("2021-01-04", "y_2101"), ("1999-12-27", "y_9952"), ("2000-01-03", "y_0001"),
     ("1998-12-28", "y_9853"), ("1990-01-01", "y_9001"), ("2089-12-26", "y_8952"), ("2024-12-30", "y_2501"),
     ("2008-12-29", "y_0901"), ("2009-12-28", "y_0953")],
)  # fmt: skip
def test_a_week_and_its_column(day: str, column: str) -> None:
    monday = datetime.date.fromisoformat(day)
    assert column_of(monday) == column
    assert monday_in(column) == monday == monday_in(column.upper())


@pytest.mark.parametrize("column", ["y_2153", "y_9953", "y_2000", "y_1999"])
def test_a_week_that_the_year_has_not(column: str) -> None:
    with pytest.raises(NoSuchWeek, match=column):
        monday_in(column)


@pytest.mark.parametrize("column", ["y_209", "y_20531", "year_2053", "pnr", "grad_2020_12"])
def test_other_columns_are_of_no_week(column: str) -> None:
    assert monday_in(column) is None


def test_years_without_columns() -> None:
    with pytest.raises(NoSuchWeek, match="1990 to 2089"):
        column_of(datetime.date(1989, 12, 25))
    with pytest.raises(NoSuchWeek):
        column_of(datetime.date(2090, 1, 2))


def test_thursday_decides_the_month() -> None:
    assert month_of(datetime.date(2020, 12, 28)) == "2020_12"  # Thursday the 31st
    assert month_of(datetime.date(2021, 3, 29)) == "2021_04"  # Thursday the 1st
    assert month_of(datetime.date(2018, 12, 31)) == "2019_01"


def test_months_that_are_cut_are_left_out() -> None:
    mondays = [*weeks_from("2020-W50", 8)]  # from Thursday 10 December to Thursday 28 January
    assert whole_months(mondays) == {"2021_01": range(4, 8)}
    assert whole_months(mondays[:-1]) == {}
    assert [*whole_months([*weeks_from("2020-W49", 9)])] == ["2020_12", "2021_01"]


def by_the_day(lives: Lives) -> dict[tuple[int, datetime.date], int]:
    """The code of every person and week, by looking at every single day."""
    codes = read_codes().codes
    entry = [codes.codes[name].code for name in
             ("dagpenge", "kontanthjaelp", "sygedagpenge", "job", "education", "fleksjob")]  # fmt: skip
    episodes = lives.episodes
    first_monday = next(weeks_from(lives.scenario.start, 1))
    found: dict[tuple[int, datetime.date], set[int]] = {}
    for row in range(len(episodes)):
        code = entry[episodes.state[row]]
        for day in range(episodes.first[row], episodes.end[row]):
            date = first_monday + datetime.timedelta(days=int(day))
            if code is not None:
                monday = date - datetime.timedelta(days=date.weekday())
                found.setdefault((int(episodes.person[row]), monday), set()).add(code)
    return {key: min(those, key=codes.ranking.index) for key, those in found.items()}


def spells_by_hand(lives: Lives) -> list[tuple[str, int, str, str, int]]:
    """Runs of a code, read off the days one week after the other."""
    code_of = by_the_day(lives)
    found: list[tuple[str, int, str, str, int]] = []
    for person in range(len(lives)):
        mondays = sorted(monday for who, monday in code_of if who == person)
        before: datetime.date | None = None
        for monday in mondays:
            code, week = code_of[person, monday], monday.strftime("%G-W%V")
            if before is not None and (monday - before).days == 7 and found[-1][1] == code:
                found[-1] = (*found[-1][:3], week, found[-1][4] + 1)
            else:
                found.append((f"S{person:07}", code, week, week, 1))
            before = monday
    return found


def as_read(frame: object) -> list[tuple[str, int, str, str, int]]:
    """The same columns of the spells that were read."""
    columns = ["pnr", "code", "first_week", "last_week", "weeks"]
    return [*frame[columns].itertuples(index=False, name=None)]  # type: ignore[index]


def random_lives(seed: int, start: str, weeks: int, persons: int = 12) -> Lives:
    """People who go from state to state, for days or for years, from before the run to its end or to nothing."""
    rng, scenario = np.random.default_rng(seed), scenario_of(start, weeks)
    rows, end = [], weeks * 7
    for person in range(persons):
        day, state = int(rng.integers(-80, end // 2)), -1
        while day < end:
            state = int(rng.choice([other for other in range(6) if other != state]))
            last = min(day + int(rng.choice([0, 1, 3, 6, 13, 40, 200])), end - 1)
            rows.append((person, state, day, last))
            day = last + 1
            if rng.random() < 0.1:
                break
    return by_hand(rows, scenario, persons)


@pytest.mark.parametrize("start", SPANS)
@settings(max_examples=8)
@given(seed=st.integers(0, 2**32 - 1), danish=st.booleans())
def test_spells_come_back_the_same(
    start: str, seed: int, danish: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever happens on whatever day: the spells of the file are those that one gets by looking at every day."""
    lives = random_lives(seed, start, SPANS[start])
    read = there_and_back(lives, tmp_path_factory.mktemp("out"), LOCALES["da"] if danish else STORED)
    assert as_read(read.spells()) == spells_by_hand(lives)
    for (person, monday), code in by_the_day(lives).items():
        assert read.codes[person, read.mondays.index(monday)] == code


def test_one_day_is_a_week(tmp_path: pathlib.Path) -> None:
    """A Monday, a Sunday, and the Sunday and Monday of two weeks."""
    scenario = scenario_of("2020-W52", 5)
    lives = by_hand([(0, DAGPENGE, 7, 7), (1, DAGPENGE, 13, 13), (2, DAGPENGE, 6, 7), (3, JOB, 0, 34)], scenario, 4)
    read = there_and_back(lives, tmp_path)
    assert [column_of(monday) for monday in read.mondays] == ["y_2052", "y_2053", "y_2101", "y_2102", "y_2103"]
    assert read.codes.tolist() == [[0, 111, 0, 0, 0], [0, 111, 0, 0, 0], [111, 111, 0, 0, 0], [0] * 5]


def test_who_leaves_on_tirsdag_has_the_code_of_that_week(tmp_path: pathlib.Path) -> None:
    lives = by_hand([(0, DAGPENGE, 0, 7), (0, JOB, 8, 34)], scenario_of("2020-W52", 5), 1)
    (spell,) = as_read(there_and_back(lives, tmp_path).spells())
    assert spell == ("S0000000", 111, "2020-W52", "2020-W53", 2)


@pytest.mark.parametrize(
    ("states", "code"),
    [((DAGPENGE, KONTANTHJAELP), 111), ((KONTANTHJAELP, DAGPENGE), 111), ((SYGEDAGPENGE, KONTANTHJAELP), 890),
     ((DAGPENGE, EDUCATION), 111), ((DAGPENGE, FLEKSJOB), 771), ((JOB, KONTANTHJAELP), 130), ((JOB, EDUCATION), 651)],
)  # fmt: skip
def test_the_ranking_decides_a_week_of_two(states: tuple[int, int], code: int, tmp_path: pathlib.Path) -> None:
    """Unemployment before kontanthjælp is known; the rest is what the list says."""
    lives = by_hand([(0, states[0], 0, 1), (0, states[1], 2, 6)], scenario_of("2020-W52", 3), 1)
    assert there_and_back(lives, tmp_path).codes.tolist() == [[code, 0, 0]]


def test_a_code_that_is_not_ranked_is_no_code_to_paint() -> None:
    lives = by_hand([(0, DAGPENGE, 0, 1)], scenario_of("2020-W52", 3), 1)
    with pytest.raises(ValueError, match="111"):
        painted(lives.episodes, 1, 0, 3, [111] * 6, [130])


def test_hours_are_parts_of_full_time_by_month(tmp_path: pathlib.Path) -> None:
    """January 2021 has four weeks (its first Thursday is the 7th), December 2020 five. Nothing is not 0."""
    weeks = 18
    hours = np.zeros((weeks, 3), dtype=np.uint8)
    hours[5:7, 0] = 37  # the first two weeks of January
    hours[:, 1] = 20
    lives = by_hand([(0, JOB, 0, weeks * 7 - 1)], scenario_of("2020-W49", weeks), 3, hours)
    read = there_and_back(lives, tmp_path, LOCALES["da"])
    assert read.months == ["2020_12", "2021_01", "2021_02", "2021_03"]
    assert read.ratios[0, 1] == 0.5
    assert np.isnan(read.ratios[0, [0, 2, 3]]).all() and np.isnan(read.ratios[2]).all()
    assert read.ratios[1] == pytest.approx([round(20 / 37, 4)] * 4, abs=0)
    heads = (tmp_path / "dream.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    assert heads[-8:-4] == [f"branche_{month}" for month in read.months]


def test_months_begin_with_2008(tmp_path: pathlib.Path) -> None:
    hours = np.full((30, 1), 37, dtype=np.uint8)
    lives = by_hand([(0, JOB, 0, 209)], scenario_of("2007-W40", 30), 1, hours)
    assert there_and_back(lives, tmp_path).months == ["2008_01", "2008_02", "2008_03", "2008_04"]


def test_a_register_of_nobody(tmp_path: pathlib.Path) -> None:
    read = there_and_back(by_hand([], scenario_of("2020-W52", 3), 0), tmp_path)
    assert len(read) == len(read.spells()) == len(read.exits()) == 0


def test_tables_are_as_the_file(tmp_path: pathlib.Path) -> None:
    """The DataFrame and the CSV say the same, cell by cell."""
    import pandas as pd

    hours = np.random.default_rng(3).integers(0, 3, (60, 12)).astype(np.uint8) * 12
    lives = random_lives(8, "2020-W30", 60)
    lives = by_hand([*zip(lives.episodes.person, lives.episodes.state, lives.episodes.first, lives.episodes.end - 1,
                          strict=True)], lives.scenario, 12, hours)  # fmt: skip
    there_and_back(lives, tmp_path)
    stored = pd.read_csv(tmp_path / "dream.csv")
    frame = exported(lives).dream()
    assert [*stored.columns] == [*frame.columns]
    for name in frame.columns[1:]:
        assert np.array_equal(
            frame[name].to_numpy(dtype=float, na_value=np.nan), stored[name].to_numpy(dtype=float), equal_nan=True
        ), name
