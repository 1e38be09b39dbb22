"""What is exported is what was simulated: day by day, the register at the ends of weeks, counts, diary, slices."""

from __future__ import annotations

import io
import pathlib
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation import large
from simulation.report.diary import diary
from simulation.report.exported import register
from simulation.report.exported.codes import read_codes
from simulation.report.exported.columns import monday_of
from simulation.report.exported.lives import Lives, lives, states_of
from simulation.report.exported.tables import TABLES, Exported
from simulation.report.exported.texts import write_events, write_xes
from simulation.results.tables.csvs import LOCALES, STORED
from simulation.scenario.load import Loaded, load
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG, OUT, PLANNED
from simulation.world.register import EXIT, status_of
from simulation.world.world import World
from tests.exports import exported, there_and_back, write

WEEK = 7
XES = "{http://www.xes-standard.org/}"


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(write(tmp_path_factory.mktemp("moving")))


@pytest.fixture(scope="module")
def world(moving: Loaded) -> World:
    """The same replication, as every run has it."""
    return run(moving.scenario, [1])


@pytest.fixture(scope="module")
def lived(moving: Loaded) -> Lives:
    return lives(moving.scenario, 1)


@pytest.fixture(scope="module")
def written(lived: Lives) -> Exported:
    return exported(lived)


def state_by_week(lived: Lives) -> dict[int, list[set[int]]]:
    """By number of the ledig the states of each week of the run, day by day."""
    weeks = lived.scenario.weeks
    found: dict[int, list[set[int]]] = {int(number): [set() for _ in range(weeks)] for number in lived.number}
    e = lived.episodes
    for person, state, first, end in zip(e.person, e.state, e.first, e.end, strict=True):
        for day in range(max(int(first), 0), int(end)):
            found[int(lived.number[person])][day // WEEK].add(int(state))
    return found


def test_the_register_of_the_model_is_the_last_day_of_each_week(lived: Lives, world: World, moving: Loaded) -> None:
    """Whatever the model's register says at the end of a week is what the export has on the Sunday of it."""
    benefits = len(moving.scenario.benefits)
    e = lived.episodes
    register_, place = world.register, {int(number): row for row, number in enumerate(world.ledige.number)}
    assert register_.benefits is not None
    sundays = np.full((moving.scenario.weeks, len(lived)), -1)
    for person, state, first, end in zip(e.person, e.state, e.first, e.end, strict=True):
        weeks = np.arange(moving.scenario.weeks)
        on = (weeks * WEEK + 6 >= first) & (weeks * WEEK + 6 < end)
        sundays[on, person] = state
    seen = set[int]()
    for person, number in enumerate(lived.number):
        row = place[int(number)]
        for week in range(moving.scenario.weeks):
            status, state = int(status_of(register_.codes)[week, row]), int(sundays[week, person])
            if status == LEDIG:
                assert state == register_.benefits[week, row] - 1
            elif status == OUT:
                assert state == -1
            elif status >= GONE:
                assert state == benefits + status - GONE
            else:  # not enrolled yet: on her first benefit since before, or not there
                assert state in (-1, int(world.ledige.first_benefit[row]))  # type: ignore[index]
            seen.add(min(status, GONE))
    assert seen == {PLANNED, LEDIG, OUT, GONE}, "the scenario has all of it"


def test_exits_and_enrolments_are_those_that_are_counted(lived: Lives, moving: Loaded) -> None:
    """Everybody is accounted for: in each week, by destination."""
    e, benefits = lived.episodes, len(moving.scenario.benefits)
    for number, name in enumerate(moving.scenario.exits):
        at = e.first[e.state == benefits + number]
        assert (at % WEEK == 1).all()
        assert np.bincount(at // WEEK, minlength=moving.scenario.weeks).tolist() == lived.counts[EXIT + name].tolist()
    assert lived.counts[EXIT + "job"].sum() > 50
    assert len(lived) + lived.never_enrolled == 100 and lived.never_enrolled > 0


def test_days_follow_each_other(lived: Lives) -> None:
    """No person is in two states on a day, and nobody in none before her last; a new row is a new state."""
    e = lived.episodes
    same = e.person[1:] == e.person[:-1]
    assert (e.first[1:][same] == e.end[:-1][same]).all()
    assert (e.end > e.first).all()
    assert (np.diff(e.person) >= 0).all()
    assert (e.state[1:][same] != e.state[:-1][same]).all(), "who has passed is enrolled again, in the same state"
    assert not e.ended[e.end == lived.scenario.weeks * WEEK].any()


def test_a_return_of_one_day_is_there(lived: Lives) -> None:
    """Back on mandag, gone on tirsdag: the ends of weeks show nothing of it."""
    e = lived.episodes
    one_day = (e.end - e.first == 1) & (e.state < len(lived.scenario.benefits)) & e.ended
    assert one_day.any() and (e.first[one_day] % WEEK == 0).all()


def test_weeks_on_benefit_before_the_run(lived: Lives, written: Exported, moving: Loaded, world: World) -> None:
    """Six weeks before enrolment: who comes in week 0 has a code since week -6."""
    first = lived.episodes.first[np.append(True, np.diff(lived.episodes.person) > 0)]
    entry = dict(zip(world.ledige.number.tolist(), world.ledige.entry.tolist(), strict=True))
    assert (first == [(entry[int(number)] - 6) * WEEK for number in lived.number]).all()
    assert written.mondays[0] == monday_of(moving.scenario.start, int(first.min()) // WEEK)


def test_dream_read_back_is_what_was_simulated(lived: Lives, tmp_path: pathlib.Path) -> None:
    """A week has a code where somebody was on a benefit or in education on one of its days; the highest in rank."""
    read, codes = there_and_back(lived, tmp_path), read_codes().codes
    code_of = [codes.codes[name].code for name in states_of(lived.scenario)]
    before = len(read.mondays) - lived.scenario.weeks
    for person, weeks in enumerate(state_by_week(lived).values()):
        for week, states in enumerate(weeks):
            those = [code for state in states if (code := code_of[state]) is not None]
            assert read.codes[person, before + week] == min(those, key=codes.ranking.index, default=0)
    assert "y_2053" in {f"y_{monday.isocalendar().year % 100}{monday.isocalendar().week}" for monday in read.mondays}


def test_four_weeks_with_income_is_as_the_event_log_by_that_rule(lived: Lives, tmp_path: pathlib.Path) -> None:
    """From the log alone: on benefit from an enrolment to the day before an exit, in a job from there to the next
    enrolment or the day on which the model's job ended; months with income are those with such a Sunday."""
    frame = exported(lived).events()
    read = there_and_back(lived, tmp_path)
    weeks, start = read.mondays, pd.Timestamp(read.mondays[0])
    out = {lived.number[person]: end for person, end, last in zip(
        lived.episodes.person, lived.episodes.end, np.append(np.diff(lived.episodes.person) > 0, True), strict=True
    ) if last}  # fmt: skip
    found = []
    for name, events in frame.groupby("case:concept:name", sort=True, observed=True):
        on, paid, studies = set[int](), set[str](), set[int]()
        days = [((stamp.tz_localize(None).normalize() - start).days, str(what))
                for stamp, what in zip(events["time:timestamp"], events["concept:name"], strict=True)]  # fmt: skip
        moves = [(day, what) for day, what in days if "enrolled" in what or what.startswith("leaves for")]
        moves[0] = (moves[0][0] - 6 * WEEK, moves[0][1])
        end = out[int(str(name)[1:])] + (len(weeks) - lived.scenario.weeks) * WEEK
        for (day, what), (after, _) in zip(moves, [*moves[1:], (end, "")], strict=True):
            span = range(day, after)
            if "enrolled" in what:
                on |= {each // WEEK for each in span}
            elif "job" in what:
                sundays = {each // WEEK for each in span if each % WEEK == 6}
                paid |= {f"{t.year}_{t.month:02}" for t in (start + pd.Timedelta(days=w * WEEK + 3) for w in sundays)}
            else:
                studies |= {each // WEEK for each in span}
        found += by_the_rule(str(name), on, paid, studies - on, weeks, read.months)
    iso = ["{}-W{:02}".format(*monday.isocalendar()[:2]) for monday in weeks]
    expected = [(name, iso[first], iso[last], end) for name, first, last, end in found]
    got = read.exits()[["pnr", "first_week", "last_week", "end"]]
    assert [*got.itertuples(index=False, name=None)] == expected
    assert {end for *_, end in expected} == {"work", "education", "nothing", "censored"}


def by_the_rule(
    name: str, on: set[int], paid: set[str], studies: set[int], weeks: list[Any], months: list[str]
) -> list[tuple[str, int, int, str]]:  # fmt: skip
    """Spells with breaks below four weeks bridged, and what the four weeks after each say."""
    found, spells = [], list[list[int]]()
    for week in sorted(on):
        if spells and week - spells[-1][1] <= 4:
            spells[-1][1] = week
        else:
            spells.append([week, week])
    for first, last in spells:
        after = range(last + 1, last + 5)
        if after.stop > len(weeks):
            found.append((name, first, last, "censored"))
            continue
        thursdays = [pd.Timestamp(weeks[n]) + pd.Timedelta(days=3) for n in after]
        of_them = [f"{day.year}_{day.month:02}" for day in thursdays]
        end = "education" if studies & {*after} else "censored" if {*of_them} - {*months} else (
            "work" if {*of_them} <= paid else "nothing")  # fmt: skip
        found.append((name, first, last, end))
    return found


def test_events_are_those_of_the_diary(written: Exported, moving: Loaded) -> None:
    """One ledig's events are what her diary tells, in its order."""
    number = int(written.lives.number[5])
    frame = written.events()
    mine = frame[frame["case:concept:name"] == f"S{number:07}"]
    told = [line.split("  ", 1)[1] for line in diary(moving.scenario, number, 1) if line.startswith("week")][:-1]
    texts = [part.partition(": ")[2] for line in told for part in line.split("; ") if not part.startswith("effects")]
    assert mine["concept:name"].astype(str).tolist() == texts
    assert mine["time:timestamp"].is_monotonic_increasing and mine["time:timestamp"].is_unique


def test_the_day_is_that_of_the_week_and_summer_time_is_danish(written: Exported) -> None:
    frame = written.events()
    exits = frame[frame["concept:name"].astype(str).str.startswith("leaves for")]
    assert (exits["time:timestamp"].dt.day_of_week == 1).all()
    offsets = {stamp.month: stamp.utcoffset().total_seconds() for stamp in frame["time:timestamp"]}
    assert offsets[1] == 3600 and offsets[7] == 7200


@pytest.mark.parametrize("locale", [STORED, LOCALES["da"]])
def test_the_log_as_csv_and_as_xes(locale: Any, written: Exported, tmp_path: pathlib.Path) -> None:
    """Both say what the table says; in CSV no cell is carried out by a spreadsheet, in XES signs are escaped."""
    frame, out = written.events(), io.BytesIO()
    write_events(written, out, locale)
    (tmp_path / "events.csv").write_bytes(out.getvalue())
    stored = pd.read_csv(tmp_path / "events.csv", sep=locale.separator, encoding="utf-8-sig")
    assert [*stored.columns] == [*frame.columns]
    activities = stored["concept:name"]
    assert not activities.str.match(r"[=+\-@]").any() and activities.str.startswith("'=Praktik & <b>").any()
    assert activities.str.removeprefix("'").tolist() == frame["concept:name"].tolist()
    stamps = [stamp.isoformat() for stamp in frame["time:timestamp"]]
    assert stored["time:timestamp"].tolist() == stamps
    out = io.BytesIO()
    write_xes(written, out, 'it\'s "so" & <so>\x01')
    log = ET.fromstring(out.getvalue())
    traces = log.findall(f"{XES}trace")
    assert [trace.find(f"{XES}string").get("value") for trace in traces] == written.pnr.tolist()  # type: ignore[union-attr]
    events = [event for trace in traces for event in trace.findall(f"{XES}event")]
    assert [event.find(f"{XES}string").get("value") for event in events] == frame["concept:name"].tolist()  # type: ignore[union-attr]
    assert [event.find(f"{XES}date").get("value") for event in events] == stamps  # type: ignore[union-attr]
    described = {each.get("key"): each.get("value") for each in log.findall(f"{XES}string")}
    assert described["description"] == 'it\'s "so" & <so>\N{REPLACEMENT CHARACTER}'


def test_a_large_world_in_slices_is_the_same(lived: Lives, moving: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "SLICE", 50)
    sliced = lives(moving.scenario, 1)
    assert len(large.slices_of(moving.scenario)) == 2
    for name in ("number", "jobcentre", "arm", "hours"):
        assert np.array_equal(getattr(sliced, name), getattr(lived, name)), name
    for name in ("person", "state", "first", "end", "ended"):
        assert np.array_equal(getattr(sliced.episodes, name), getattr(lived.episodes, name)), name
    assert sliced.counts.keys() == lived.counts.keys()
    assert all(np.array_equal(sliced.counts[name], lived.counts[name]) for name in lived.counts)
    assert exported(sliced).events().astype(str).equals(exported(lived).events().astype(str))
    assert sliced.never_enrolled == lived.never_enrolled


def test_the_tables_of_the_python_door(moving: Loaded, written: Exported) -> None:
    found = register(moving, replication=1, language="en")
    assert [*found] == ["persons", "dream", "spells", "events"]
    assert found["dream"].equals(written.dream())
    spells = found["spells"]
    assert (spells["last_day"] - spells["first_day"]).dt.days.add(1).tolist() == spells["days"].tolist()
    assert spells.groupby("pnr")["spell"].apply(lambda each: each.tolist() == [*range(1, len(each) + 1)]).all()
    assert {*spells["state"]} == {"sygedagpenge", "kontanthjaelp", "dagpenge", "job", "education"}
    assert spells[spells["state"] == "job"]["code"].isna().all()


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(pathlib.Path("scenarios").glob("*.yaml")), ids=lambda file: file.stem)
def test_of_every_shipped_scenario_everybody_is_accounted_for(file: pathlib.Path) -> None:
    """Exits by destination and week, enrolments, persons; days follow each other; and all tables can be made."""
    scenario = load(file).scenario
    lived = lives(scenario, 0)
    e, benefits = lived.episodes, max(len(scenario.benefits), 1)
    for number, name in enumerate(scenario.exits):
        at = e.first[e.state == benefits + number]
        assert np.bincount(at // WEEK, minlength=scenario.weeks).tolist() == lived.counts[EXIT + name].tolist()
    same = np.append(False, e.person[1:] == e.person[:-1])
    before = np.where(same, np.append(-1, e.state[:-1]), -1)
    came = (e.state < benefits) & ((before < 0) | (before >= benefits))
    assert came.sum() == lived.counts["enrolled"].sum()
    assert (e.end > e.first).all() and (e.first[same] == np.append(0, e.end[:-1])[same]).all()
    assert len(lived) + lived.never_enrolled == sum(scenario.persons().values())
    for table in TABLES.values():
        assert len(table(exported(lived))) > 0
