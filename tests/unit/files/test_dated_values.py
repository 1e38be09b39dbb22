"""Values with dates as they are written: what is read, put on top of each other, set from outside and refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from simulation.scenario.changes import changes
from simulation.scenario.check import warnings
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.settings import CannotBeSet
from simulation.scenario.load import Loaded, load
from simulation.scenario.origin import origins
from simulation.scenario.unsure import unsure_values

SMALL = """\
version: 2
name: Små
start: 2026-W01
weeks: 20
follow_up: 20
replications: 2
seed: 1
arms: {alle: 1}
intake: {persons: 20, weeks: 1}
teams:
  team:
    fte: FTE
    minutes_per_week: 600
    pay: PAY
jobcentres: {ribe: {teams: {team: {fte: 3}}}, skive: {}}
exits: {job: {level: 0.05}}
"""
DATED = "{value: 2, from: {2026-W05: 6, 2026-W10: {value: 0, kind: published, source: Bogen, page: '3'}}}"


def written(folder: Path, fte: str = DATED, pay: str = "{per_year: 5}", name: str = "small.yaml") -> Path:
    path = folder / name
    path.write_text(SMALL.replace("FTE", fte).replace("PAY", pay), encoding="utf-8")
    return path


DISPLACED = "displacement: {value: 0, from: {2026-W05: 1}}\n"
SYGDOM = "interventions: {sygdom: {kind: sygdom, begins: 0.1, length_weeks: 2, runs: RUNS}}\n"


def with_more(path: Path, more: str) -> Path:
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path) -> Loaded:
    return load(written(tmp_path))


def staff(loaded: Loaded) -> list[tuple[int, float]]:
    return [(week, scenario.teams["team"].fte) for week, scenario in loaded.scenario.epochs]


def test_every_epoch_is_a_scenario(small: Loaded) -> None:
    assert staff(small) == [(0, 2.0), (4, 6.0), (9, 0.0)]
    assert [each.teams_of("ribe")["team"].fte for _, each in small.scenario.epochs] == [3.0] * 3


def test_every_change_is_a_value_of_its_own(small: Loaded) -> None:
    rows = {row["path"]: row for row in small.parameters() if row["path"].startswith("teams.team.fte")}
    assert {path: (row["value"], row["unit"], row.get("kind")) for path, row in rows.items()} == {
        "teams.team.fte": (2, "full-time staff", None),
        "teams.team.fte.from.2026-W05": (6, "full-time staff", None),
        "teams.team.fte.from.2026-W10": (0, "full-time staff", "published"),
    }
    assert {"teams.team.fte", "teams.team.fte.from.2026-W05"} <= set(small.unsourced())
    [origin] = origins(small, "teams.team.fte.from.2026-W10")
    assert (origin.value, origin.origin.source, origin.origin.page) == (0, "Bogen", "3")


def test_a_change_is_as_unsure_as_it_says(tmp_path: Path) -> None:
    fte = "{value: 2, from: {2026-W05: {value: 6, kind: assumed, source: mig, range: [4, 8]}}}"
    loaded = load(written(tmp_path, fte))
    drawn, _ = unsure_values(loaded)
    [each] = [each for each in drawn if "fte" in each.name]
    assert each.name == "teams.team.fte.from.2026-W05"
    values = each.drawn(lambda name: 0.999)
    assert staff(loaded.at(values)) == [(0, 2.0), (4, pytest.approx(8.0, abs=0.01))]


def test_what_is_put_on_top_replaces_the_value_and_its_dates(tmp_path: Path) -> None:
    written(tmp_path)
    over = tmp_path / "over.yaml"
    over.write_text("version: 2\nextends: small.yaml\nteams: {team: {fte: 3}}\n", encoding="utf-8")
    assert staff(load(over)) == [(0, 3.0)]
    over.write_text(
        "version: 2\nextends: small.yaml\nteams: {team: {fte: {value: 1, from: {2026-W20: 4}}}}\n", encoding="utf-8"
    )
    assert staff(load(over)) == [(0, 1.0), (19, 4.0)]
    assert {change.key: change.after for change in changes(load(tmp_path / "small.yaml"), load(over))} == {
        "teams.team.fte": 1, "teams.team.fte.from.2026-W05": None, "teams.team.fte.from.2026-W10": None,
        "teams.team.fte.from.2026-W20": 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ({"teams.team.fte": 3}, [(0, 3.0)]),
        ({"teams.team.fte": {"value": 1, "from": {"2026-W03": 2}}}, [(0, 1.0), (2, 2.0)]),
        ({"teams.team.fte.from.2026-W05": 4}, [(0, 2.0), (4, 4.0), (9, 0.0)]),
        ({"teams.team.fte.from.2026-W07": 4}, [(0, 2.0), (4, 6.0), (6, 4.0), (9, 0.0)]),
        ({"teams.team.fte.from.2026-W05": None}, [(0, 2.0), (9, 0.0)]),
        ({"start": "2026-W06"}, [(0, 6.0), (4, 0.0)]),
        ({"weeks": 8, "follow_up": 8}, [(0, 2.0), (4, 6.0)]),
        ({"start": "2027-W01"}, [(0, 0.0)]),
    ],
)
def test_values_set_from_outside(small: Loaded, setting: dict[str, Any], found: list[tuple[int, float]]) -> None:
    assert staff(small.with_(setting)) == found


def test_a_value_without_dates_may_get_one(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "2")).with_({"teams.team.fte.from.2026-W05": 4})
    assert staff(loaded) == [(0, 2.0), (4, 4.0)]


def test_what_is_written_down_is_read_as_the_same(small: Loaded, tmp_path: Path) -> None:
    again = tmp_path / "again.yaml"
    again.write_text(yaml.safe_dump(small.resolved.as_written(), allow_unicode=True), encoding="utf-8")
    loaded = load(again)
    assert loaded.scenario.model_dump() == small.scenario.model_dump()
    assert staff(loaded) == staff(small)
    assert small.scenario.model_dump() != small.with_({"teams.team.fte.from.2026-W10": 1}).scenario.model_dump()


REFUSED = {
    "no week": ("{value: 2, from: {2026-05: 6}}", "12:28", "'2026-05' is not an ISO week; write for example 2010-W44"),
    "another spelling": ("{value: 2, from: {2026-W5: 6}}", "12:28", "'2026-W5' is not an ISO week"),
    "a week that is not there": ("{value: 2, from: {2025-W53: 6}}", "12:28", "2025 has 52 weeks (got 2025-W53)"),
    "out of order": ("{value: 2, from: {2026-W09: 6, 2026-W05: 1}}", "12:41", "the weeks must go up (2026-W05 stands"),
    "twice": ("{value: 2, from: {2026-W05: 6, 2026-W05: 1}}", "12:41", "'2026-W05'"),
    "nothing": ("{value: 2, from: {}}", "12:27", "write what it is from which ISO week on, as in {value: 2"),
    "no mapping": ("{value: 2, from: 2026-W05}", "12:27", "write what it is from which ISO week on"),
    "null": ("{value: 2, from: {2026-W05: null}}", "12:38", "it must be a value that is written here (got null)"),
    "fitted": ("{value: 2, from: {2026-W05: fitted}}", "12:38", "it must be a value that is written here (got fitted)"),
    "no value before": ("{from: {2026-W05: 6}}", "12:11", "what it is before the first date is missing"),
    "too small": ("{value: 2, from: {2026-W05: -6}}", "12:38", "fte.from.2026-W05: must be 0 or more (got -6)"),
    "no number": ("{value: 2, from: {2026-W05: many}}", "12:38", "fte.from.2026-W05: must be a number (got 'many')"),
    "beyond the run, and wrong": ("{value: 2, from: {2036-W05: -6}}", "12:38", "must be 0 or more (got -6)"),
    "before the start, and wrong": ("{value: -2, from: {2016-W05: 6}}", "12:18", "must be 0 or more (got -2)"),
    "a source without a kind": ("{value: 2, from: {2026-W05: {value: 6, source: x}}}", "12:46", "needs its kind"),
    "another unit": ("{value: 2, from: {2026-W05: {value: 6, unit: weeks}}}", "12:46", "the unit here is full-time"),
    "dates within dates": ("{value: 2, from: {2026-W05: {value: 6, from: {2026-W07: 1}}}}", "12:49", "already"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be(name: str, tmp_path: Path) -> None:
    """At its place, with what is wrong, and nothing else."""
    fte, place, message = REFUSED[name]
    with pytest.raises(InputProblems) as refused:
        load(written(tmp_path, fte))
    said = str(refused.value)
    assert f"small.yaml:{place}: error" in said, said
    assert message in said, said
    assert said.count(": error: ") == 1, said


def test_what_cannot_change(tmp_path: Path) -> None:
    """Told with what may; every problem at once."""
    pay = "{value: {per_year: 5}, from: {2026-W05: {per_year: 6}}}"
    path = with_more(written(tmp_path, "{value: 2, from: {2026-W05: -1}}", pay), DISPLACED)
    with pytest.raises(InputProblems) as refused:
        load(path)
    said = str(refused.value)
    assert "small.yaml:14:40: error: teams.team.pay.from.2026-W05: pay cannot change at a date; here may change" in said
    assert "displacement cannot change at a date: it is a person's, drawn once, or holds for the whole run" in said
    assert "teams.team.fte.from.2026-W05: must be 0 or more (got -1)" in said


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"teams.team.fte.from.2026-W5": 4}, "changes at an ISO week, such as 2010-W44, and '2026-W5' is none"),
        ({"teams.team.fte.from.2026-W06": None}, "teams.team.fte does not change at 2026-W06"),
        ({"teams.team.fte.from.2026-W06": -1}, "must be 0 or more (got -1)"),
        ({"teams.tema.fte.from.2026-W06": 1}, "there is no 'tema' in teams"),
        ({"teams.team.fte.from.2025-W53": 1}, "2025 has 52 weeks (got 2025-W53)"),
    ],
)
def test_what_cannot_be_set(small: Loaded, setting: dict[str, Any], message: str) -> None:
    with pytest.raises(CannotBeSet) as refused:
        small.with_(setting)
    assert message in str(refused.value)


def test_what_is_refused_at_a_date_has_no_consequences(tmp_path: Path) -> None:
    """No more is said of a team that would take no cases from a date on."""
    path = written(tmp_path)
    never = "minutes_per_week: 600\n    takes_cases: {value: true, from: {2026-W05: false}}"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes_per_week: 600", never), encoding="utf-8")
    with pytest.raises(InputProblems) as refused:
        load(path)
    assert [problem.path for problem in refused.value.problems] == ["teams.team.takes_cases.from.2026-W05"]


def test_dates_that_change_nothing_are_doubted(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "{value: 2, from: {2026-W05: 2, 2026-W21: 6}}"))
    found = {each.path: each.message for each in warnings(loaded)}
    assert found["teams.team.fte.from.2026-W05"] == "it is 2 before 2026-W05 already, so nothing changes"
    assert found["teams.team.fte.from.2026-W21"] == (
        "2026-W21 is week 20 from 2026-W01 on, and the run has weeks 0 to 19: it never acts"
    )


def test_a_plan_that_is_left_as_it_begins_is_doubted(tmp_path: Path) -> None:
    """Its date lies before the run."""
    plan = "team: team, channel: brev, every: [{weeks: 4}]"
    more = (
        "interventions:\n  talks:\n    kind: samtaler\n    channels: {brev: {minutes: 5, attendance: 1}}\n    plans:\n"
        f"      first: {{arms: [alle], {plan}, then: {{plan: after, week: 2025-W40}}}}\n      after: {{{plan}}}\n"
    )
    told = [each.message for each in warnings(load(with_more(written(tmp_path), more))) if each.path.endswith("week")]
    assert told and "-13 from 2026-W01 on" in told[0] and "whoever begins on first goes over at once" in told[0]


def test_what_a_date_ends_is_not_doubted(small: Loaded) -> None:
    """The team has no limit at first, so that `reopens_at` says nothing until it has one."""
    limit = {"teams.team.caseload_limit": {"value": 1_000_000, "from": {"2026-W05": 25}}}
    for more, doubted in (({}, True), (limit, False)):
        found = warnings(small.with_({"teams.team.reopens_at": 0.8, **more}))
        assert ("teams.team.reopens_at" in {each.path for each in found}) == doubted


RUNS = {
    "neither": ("{}", "say when it begins or ends"),
    "an end before the beginning": ("{begins: 2026-W09, ends: 2026-W05}", "it ends (2026-W05) before it has begun"),
    "what follows no end": ("{begins: 2026-W09, then: stop}", "it never ends, so there is nothing that follows"),
    "no week": ("{begins: 2026-W1}", "'2026-W1' is not an ISO week"),
    "the number of a week": ("{begins: 5}", "'5' is not an ISO week; write for example 2010-W44"),
    "another key": ("{from: 2026-W01}", "unknown key 'from'"),
}


@pytest.mark.parametrize("name", RUNS)
def test_when_an_intervention_cannot_run(name: str, tmp_path: Path) -> None:
    runs, message = RUNS[name]
    path = with_more(written(tmp_path), SYGDOM.replace("RUNS", runs))
    with pytest.raises(InputProblems) as refused:
        load(path)
    assert message in str(refused.value)
    assert "interventions.sygdom.runs" in str(refused.value)


def test_an_intervention_that_never_begins_is_doubted(tmp_path: Path) -> None:
    path = with_more(written(tmp_path), SYGDOM.replace("RUNS", "{begins: 2027-W01}"))
    found = {each.path: each.message for each in warnings(load(path))}
    assert found["interventions.sygdom.runs.begins"].startswith("2027-W01 is week 53 from 2026-W01 on")
