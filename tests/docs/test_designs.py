"""The designs for the act of 2027: the page has what the notebook found, and they go on a study of one's own."""

from __future__ import annotations

import pathlib
import re

import numpy as np
import pytest
from click.testing import CliRunner

from simulation.cli import main
from simulation.results.measures.replication import simulate
from simulation.scenario.load import load
from simulation.scenario.profiles import scales
from tests.docs.designs import DESIGNS, EXEMPT, PAGE, cells, in_english, page

ROOT = pathlib.Path(__file__).resolve().parents[2]
FRIHEDEN = ROOT / "scenarios" / "friheden"
PARTS = sorted(path.stem for path in (ROOT / "scenarios" / "parts" / "friheden").glob("*.yaml"))
ALONE = {"tredjedel_faerre": "posts are a place's own", "loven": "the act", "to_tusind": "the act, larger"}
"""Scenarios of the folder that are no part, and why."""


def test_the_table_of_the_page_is_that_of_the_notebook() -> None:
    """If it is not: python -m tests.docs.designs."""
    assert page() == PAGE.read_text(encoding="utf-8")
    assert [name for name, each in cells().items() if len(each) != (7 if name == "Loven" else 9)] == []


def test_what_the_exempt_lose_is_as_the_notebook_found() -> None:
    (lost,) = cells([EXEMPT]).values()
    assert len(lost) == 2 and all(in_english(each) in PAGE.read_text(encoding="utf-8") for each in lost)


def test_the_best_that_a_score_can_be_is_as_the_page_says() -> None:
    best = scales(load(FRIHEDEN / "fritag_de_hurtigste.yaml").scenario)["udvalgt"].best
    assert f"an AUC of more than {best:.2f}" in PAGE.read_text(encoding="utf-8")


def test_every_design_is_a_part_and_a_scenario_and_in_the_table() -> None:
    assert sorted(path.stem for path in FRIHEDEN.glob("*.yaml")) == sorted([*PARTS, *ALONE])
    assert sorted(DESIGNS.values()) == sorted([*PARTS, "loven", "tredjedel_faerre"])


@pytest.mark.parametrize("design", PARTS)
def test_a_scenario_is_the_act_with_its_part(design: str) -> None:
    """But for posts, which the scenario says itself."""
    found = load(FRIHEDEN / f"{design}.yaml").scenario
    put = load(FRIHEDEN / "loven.yaml").with_part(f"shipped/parts/friheden/{design}").scenario
    assert put.interventions == found.interventions
    assert (put.subgroups, put.profile) == (found.subgroups, found.profile)


def test_about_two_thousand_are_on_dagpenge_at_a_time() -> None:
    """With as many cases for each of the municipality as in the base, give or take a twentieth."""
    large, small = (simulate(load(FRIHEDEN / f"{name}.yaml").scenario, [0])[0] for name in ("to_tusind", "loven"))
    last_year = large.staff.cases[-52:].sum(axis=(1, 2))
    assert np.mean(last_year) == pytest.approx(2000, rel=0.1)
    cases = [each.outcomes["caseload", "team:ordinaer", None] for each in (large, small)]
    assert cases[0] == pytest.approx(cases[1], rel=0.1)


def test_a_design_goes_on_a_study_of_ones_own(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the file that the page shows, in the words of the study that `init` writes."""
    monkeypatch.chdir(tmp_path)
    tables = str(ROOT / "tests" / "municipal" / "places")
    done = CliRunner().invoke(main, ["init", "own", "--from", tables, "--municipality", "Randers"])
    assert done.exit_code == 0, done.output
    text = PAGE.read_text(encoding="utf-8")
    (design,) = re.findall(r"```yaml\n(version: 2\nextends: \[loven_2027\.yaml, .*?)```", text, re.DOTALL)
    (tmp_path / "own" / "mine.yaml").write_text(design, encoding="utf-8")
    act, found = (load(tmp_path / "own" / f"{name}.yaml").scenario for name in ("loven_2027", "mine"))
    talks, of_act = (each.interventions["samtaler"].plans for each in (found, act))  # type: ignore[attr-defined]
    assert [each.week for each in talks["a_kassen_2027"].talks] == [4, 10, 17] and set(talks) == set(of_act)
    others = [name for name in act.interventions if name != "samtaler"]
    assert len(others) == 3 and all(found.interventions[name] == act.interventions[name] for name in others)
