"""What a scenario asks to be shown, by month since enrolment, arm and level, or jobcentre, as the commands tell it."""

from __future__ import annotations

import pathlib

import pandas as pd

from tests.commands import cli

SMALL = """version: 1
name: Forsoeg
start: 2026-W01
weeks: 26
follow_up: 20
replications: 3
seed: 4
arms: {ny: 1, gammel: 1}
intake: {persons: 100, weeks: 4}
teams: {}
jobcentres: {ribe: {}, skive: {}}
subgroups: {motivation: {hoej: {share: 0.5}, lav: {share: 0.5}}}
exits:
  job: {level: 0.06}
  other: {level: 0.01}
job_spells: {hours: 37, end_intensity: {0: 0.02}, returns: 0.5}
months_from: enrolment
outcomes_by: [motivation, arms, jobcentres]
periods: [8]
"""


def test_all_that_may_be_asked_for_is_told(tmp_path: pathlib.Path) -> None:
    """On screen: hazard ratios and months since enrolment. In the table: whom each figure is of, in columns of their
    own."""
    path = tmp_path / "forsoeg.yaml"
    path.write_text(SMALL, encoding="utf-8")
    found = cli("run", path, "--all", "--out", tmp_path / "out")
    assert found.exit_code == 0, found.output
    screen = found.output
    assert "ny / gammel" in screen and "By month since enrolment, of all measured" in screen
    (table,) = (tmp_path / "out").rglob("tables/outcomes.csv")
    rows = pd.read_csv(table).fillna({"jobcentre": ""})
    ratio = rows[rows["outcome"] == "log_hazard_ratio_job"]
    groups = set(zip(ratio["group"], ratio["jobcentre"], strict=True))
    levels = {(f"difference@motivation:{level}", "") for level in ("hoej", "lav")}
    assert groups == {("difference", ""), ("difference", "ribe"), ("difference", "skive"), *levels}
    whole = ratio[(ratio["group"] == "difference") & (ratio["jobcentre"] == "")]
    assert whole["week"].fillna(0).tolist() == [0, 8, 20]
    exits = rows[(rows["outcome"] == "exit_job") & rows["week"].isna()]
    assert {"ny@motivation:lav", "motivation:lav", "difference@motivation:lav"} <= set(exits["group"])


def test_a_sweep_may_ask_for_a_hazard_ratio(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "forsoeg.yaml"
    path.write_text(SMALL, encoding="utf-8")
    over = ("--over", "exits.job.level=0.03,0.06", "--outcome", "log_hazard_ratio_job:difference@skive")
    found = cli("sweep", path, *over, "--all", "--out", tmp_path / "out")
    assert found.exit_code == 0 and "log_hazard_ratio_job" in found.output, found.output
