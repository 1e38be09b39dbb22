"""What `run`, `compare` and `diary` tell of several benefits."""

from __future__ import annotations

from pathlib import Path

import pytest

import simulation
from simulation.experiments.compare import Comparison
from simulation.report.diary import diary
from simulation.report.figures.figures import draw_figure
from simulation.report.findings import Findings
from simulation.report.ran import Ran
from simulation.report.text import compare_table, run_table
from simulation.results.result import Result
from simulation.results.tables.run_tables import COLUMNS, tables
from simulation.scenario.load import load
from simulation.week import run
from simulation.world.labels import Language

YDELSER = Path(__file__).parents[1] / "reference" / "scenarios" / "ydelser.yaml"


@pytest.fixture(scope="module")
def ran() -> Result:
    return simulation.run(load(YDELSER), replications=2)


def test_the_table_on_screen_has_them(ran: Result) -> None:
    lines = run_table(ran).splitlines()
    begins = next(number for number, line in enumerate(lines) if line.startswith("By benefit"))
    section = [line.split() for line in lines[begins:]]
    assert [words[0] for words in section[5:8]] == ["sygedagpenge", "jobafklaring", "ledighedsydelse"]
    assert ["fleksjob", "ledighedsydelse"] in [words[:2] for words in section]


def test_nothing_is_said_where_there_is_but_one(ran: Result) -> None:
    alone = simulation.run(load("scenarios/base_sygedagpenge.yaml", {"intake.persons": 60}), replications=2)
    assert "By benefit" not in run_table(alone)
    assert draw_figure(Ran([alone]), "benefits") is None


def test_the_first_screen_tells_of_them(ran: Result) -> None:
    """Alone the weeks on each; beside another one what moves, and who passes."""
    benefits = ["weeks_on_sygedagpenge", "weeks_on_jobafklaring", "weeks_on_ledighedsydelse"]
    alone = [row.figure.outcome for row in Findings(Ran([ran])).best(9)]
    assert [outcome for outcome in alone if outcome in benefits] == benefits
    other = simulation.run(load(YDELSER, {"benefits.sygedagpenge.passes.jobafklaring.level": 0.2}), replications=2)
    moved = [row.figure.outcome for row in Findings(Ran([ran, other])).best(6)]
    assert "weeks_on_jobafklaring" in moved and "from_sygedagpenge_to_jobafklaring_share" in moved


def test_the_figure_shows_each(ran: Result) -> None:
    picture = draw_figure(Ran([ran]), "benefits")
    assert picture is not None


def test_a_comparison_with_another_level(ran: Result) -> None:
    other = simulation.run(load(YDELSER, {"benefits.sygedagpenge.passes.jobafklaring.level": 0.05}), replications=2)
    table = compare_table(Comparison(ran, other))
    assert "benefits.sygedagpenge.passes.jobafklaring.level" in table or "weeks_to_exit" in table


@pytest.mark.parametrize(("language", "words"), [("en", "passes to"), ("da", "overgår til")])
def test_the_diary_tells_of_passing(language: Language, words: str) -> None:
    scenario = load(YDELSER).scenario
    world = run(scenario, [0])
    assert world.register.benefits is not None
    row = int(((world.register.benefits == 1).any(axis=0) & (world.register.benefits == 2).any(axis=0)).argmax())
    told = "\n".join(diary(scenario, int(world.ledige.number[row]), language=language))
    assert words in told


def test_the_table_of_passages(ran: Result) -> None:
    table = tables(ran)["transitions"]
    ways = table.set_index(["from_place", "to_place", "group"])["value"]
    assert ways["sygedagpenge", "jobafklaring", "alle"] > 0
    of_arms = [ways["sygedagpenge", "jobafklaring", arm] for arm in ("en", "to")]
    assert ways["sygedagpenge", "jobafklaring", "alle"] == sum(of_arms)
    assert ways["sygedagpenge", "fleksjob", "alle"] == 0
    assert set(table.columns) <= set(COLUMNS)
