"""What `run`, `compare`, `check` and `diary` tell of displacement and of the next job."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation.experiments.compare import Comparison
from simulation.report.diary import diary
from simulation.report.text import compare_table, run_table
from simulation.results.result import Result
from simulation.scenario.load import load
from tests.reference.test_next_job import with_next_jobs

MARKED = Path(__file__).parents[1] / "reference" / "scenarios" / "marked.yaml"
OWN = {"interventions.praktik.displacement": 0.9, "market_share": 0.6}


def ran(changes: dict[str, Any]) -> Result:
    return simulation.run(load(MARKED, changes), replications=3)


@pytest.fixture(scope="module")
def own() -> Result:
    return ran(OWN)


def rows(table: str) -> list[str]:
    return [line.split()[0] for line in table.splitlines() if line.startswith("jobs_")]


def test_a_run_shows_gross_and_net_side_by_side(own: Result) -> None:
    table = run_table(own)
    assert rows(table)[:3] == ["jobs_added", "jobs_net", "jobs_displaced"]
    said = "40 % of what is added (praktik 90 %), the ledige are 60 % of the labour market"
    assert said in " ".join(table.split())


def test_nothing_is_said_where_nothing_is_displaced() -> None:
    table = run_table(ran({"displacement": 0.0}))
    assert not rows(table) and "Displacement" not in table and "jobs_added" not in table


def test_a_comparison_shows_both(own: Result) -> None:
    table = compare_table(Comparison(ran({}), own))
    assert {"jobs_added", "jobs_net", "jobs_displaced_elsewhere"} <= set(rows(table)) and "alone" not in table


def test_a_comparison_with_one_that_displaces_nothing_tells_of_the_other(own: Result) -> None:
    text = " ".join(compare_table(Comparison(ran({"displacement": 0.0}), own)).split())
    assert re.search(r"Jobs are displaced in \S.* alone \(40 % of what is added.*added \(gross\) [\d.]+ ± ", text)
    assert "jobs_net (" not in text


def test_figures_have_intervals_units_and_definitions(own: Result) -> None:
    found = own.table().query("outcome == 'jobs_net' and group == 'alle' and jobcentre == ''").iloc[0]
    assert found.low < found.value < found.high and found.unit == "jobs"
    gross, net, here = (own.estimate(f"jobs_{what}").value for what in ("added", "net", "displaced"))
    assert gross - net == pytest.approx(here) and here > 0 < own.estimate("jobs_displaced_elsewhere").value
    assert own.names.meaning("jobs_net").definition.startswith("Net: ")


def test_the_diary_tells_of_the_next_job() -> None:
    """On the day on which she leaves."""
    scenario = with_next_jobs("praktik").scenario
    lines = [line for number in range(30) for line in diary(scenario, number)]
    told = [line for line in lines if "(next job) → end of the job" in line]
    assert told and all("leaves for a job" in line for line in told)
