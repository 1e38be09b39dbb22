"""What `run` shows of Aktive hurtigere tilbage: talks, offers, exemption, part-time return, exits, and the models."""

from __future__ import annotations

import json
import pathlib

import pandas as pd
import pytest
from click.testing import CliRunner

from simulation.cli import main

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = str(ROOT / "scenarios" / "aktive_hurtigere_tilbage.yaml")
MODELS = {
    "minimumsmodel": 2,
    "enhed_med_myndighed": 2,
    "sagsbehandlerteam": 9,
    "anden_aktoer": 2,
    "anden_aktoer_med_opfoelgning": 1,
}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, pathlib.Path]:
    out = tmp_path_factory.mktemp("results")
    done = CliRunner().invoke(main, ["run", SCENARIO, "--all", "--replications", "2", "--out", str(out)])
    assert done.exit_code == 0, done.output
    (manifest,) = out.rglob("manifest.json")
    return done.stdout, manifest.parent


def test_every_model_has_its_line(answer: tuple[str, pathlib.Path]) -> None:
    """With as many jobcentres as the report names, and an interval in every figure."""
    section = answer[0].split("By organisation model")[1].split("\n\n")[0].splitlines()
    lines = {line.split()[0]: line for line in section if line.split() and line.split()[0] in MODELS}
    assert {name: int(line.split()[1]) for name, line in lines.items()} == MODELS
    assert all(line.count("±") + line.count("[") == 7 for line in lines.values())


ASKED = [
    "talk_share",
    "talks_held",
    "kontakt_held",
    "opfoelgning_held",
    "kontakt_covered",
    "fritagelse_recorded_share",
    "aktive_tilbud_hours",
    "aktive_tilbud_full_share",
    "aktive_tilbud_motion_share",
    "delvis_raskmelding_ever_share",
    "delvis_raskmelding_hours",
    "revurdering_reached",
    "exit_egen_job",
    "exit_ophoert",
    "entered_share",
]


@pytest.mark.parametrize("outcome", ASKED)
def test_what_is_asked_of_the_report_stands_in_it(answer: tuple[str, pathlib.Path], outcome: str) -> None:
    """A line on screen, and rows of both arms in the table."""
    assert any(line.startswith(f"{outcome} ") for line in answer[0].splitlines())
    table = pd.read_csv(answer[1] / "tables" / "outcomes.csv")
    mine = table[(table["outcome"] == outcome) & table["week"].isna() & table["jobcentre"].isna()]
    assert {"deltager", "kontrol"} <= set(mine["group"])


def test_tables_and_figures_know_models_and_states(answer: tuple[str, pathlib.Path]) -> None:
    """The model of every jobcentre; where everybody is, as a figure; no band is said to be another."""
    places = pd.read_csv(answer[1] / "tables" / "jobcentres.csv")
    assert places.groupby("organisation_model")["jobcentre"].nunique().to_dict() == MODELS
    assert (answer[1] / "figures" / "states.png").stat().st_size > 10_000
    captions = (answer[1] / "figures" / "captions.md").read_text(encoding="utf-8")
    assert "**states.png**" in captions and "Where everybody is" in captions
    manifest = json.loads((answer[1] / "manifest.json").read_text(encoding="utf-8"))
    assert [part["file"] for part in manifest["scenarios"]] == ["scenarios/aktive_hurtigere_tilbage.yaml"]
