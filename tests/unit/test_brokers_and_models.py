"""Brokering by a team whose work another team does, as an organisation model may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.scenario.check import warnings
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from simulation.week import run
from tests.offers import weekly

MOVED = """version: 2
name: moved
start: 2026-W01
weeks: 10
follow_up: 10
replications: 1
seed: 1
arms: {alle: 1}
intake: {persons: 20, weeks: 1}
teams:
  sager: {fte: 2, minutes_per_week: 400, caseload: personal}
  kontor: {fte: 1, minutes_per_week: 400}
  formidlere: {fte: 1, minutes_per_week: 400, takes_cases: false}
  andre: {fte: 1, minutes_per_week: 400, takes_cases: false}
jobcentres: {ribe: {}}
organisation_model: m
organisation_models:
  m: {description: x, teams: {TEAM: {done_by: OTHER}}}
exits:
  flex: {level: 0, job_spells: {hours: 20, end_intensity: {0: 0.02}, returns: 1}}
  pension: {level: 0}
interventions:
  f:
    kind: fleksjob
    exit: flex
    trial_weeks: 6
    offer_after_trial: 0.5
    motivated: 0.6
    accepts: {motivated: 0.8, unmotivated: 0.4}
    pension: {weeks: 20, awarded: 0.9, exit: pension}
    status_week: 26
    brokers:
      kommune: {arms: [alle], team: formidlere, clarification_weeks: 2, no_match: 0.1, approach_minutes: 60, opens: 0.1,
                trial: 0.5, half_subsidy: 0.4, leaves_work: {team: kontor, job: 5}}
"""


def test_a_broker_whose_work_another_team_does_is_not_said_to_have_no_minutes(tmp_path: Path) -> None:
    """formidlere done by andre: 800 minutes a week, and firms are approached; the warning says 0 full-time, never."""
    path = tmp_path / "a.yaml"
    path.write_text(MOVED.replace("TEAM", "formidlere").replace("OTHER", "andre"))
    loaded = load(path)
    assert sum(weekly(run(loaded.scenario, [0]), "f_approaches")) > 0
    assert [w.message for w in warnings(loaded) if "approach" in w.message] == []


def test_left_work_for_a_team_that_is_done_by_one_with_personal_cases_is_refused(tmp_path: Path) -> None:
    """As it is without the model: 'brokering needs a pooled team'. Now the first desk's minutes are used up."""
    path = tmp_path / "a.yaml"
    path.write_text(MOVED.replace("TEAM", "kontor").replace("OTHER", "sager"))
    with pytest.raises(InputProblems, match="personal cases"):
        load(path)
