"""What cannot be, or is doubtful, about organisation models: in words, at file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.scenario.check import warnings
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.load import load

ROOT = Path(__file__).resolve().parents[2]

RIGHT = """version: 2
name: Organisation
start: 2026-W01
weeks: 10
follow_up: 10
replications: 1
seed: 1
arms: {deltager: 1, kontrol: 1}
intake: {persons: 20, weeks: 1}
teams:
  ordinaer: {fte: 2, minutes_per_week: 400}
  projekt: {fte: 1, minutes_per_week: 400}
  a_kasse: {fte: 1, minutes_per_week: 400, takes_cases: false}
organisation_model: samlet
organisation_models:
  samlet:
    description: one team
    teams:
      projekt: {done_by: ordinaer}
jobcentres:
  ribe: {}
  skive: {}
exits:
  job: {level: 0}
interventions:
  samtaler:
    kind: samtaler
    channels:
      personlig: {minutes: 30, attendance: 1}
    plans:
      a: {arms: [deltager], team: projekt, channel: personlig, every: [{weeks: 1}]}
      b: {arms: [kontrol], team: ordinaer, channel: personlig, every: [{weeks: 1}]}
"""

WRONG = {
    "a model that there is not": (
        "organisation_model: samlet", "organisation_model: samlede",
        "'samlede' is not known here; did you mean 'samlet'?", "organisation_model: ¦samlede",
    ),
    "a model of one jobcentre that there is not": (
        "  skive: {}", "  skive: {organisation_model: to_spor}",
        "'to_spor' is not known here; there is samlet", "{organisation_model: ¦to_spor",
    ),
    "work done by a team that there is not": (
        "done_by: ordinaer", "done_by: ordinær",
        "'ordinær' is not a team here; did you mean 'ordinaer'?", "projekt: {done_by: ¦ordinær",
    ),
    "a model about no team of the scenario": (
        "      projekt: {done_by: ordinaer}", "      myndighed: {done_by: ordinaer}",
        "no team of this scenario is in this model: it is about myndighed; there is ordinaer, projekt, a_kasse",
        "      ¦myndighed:",
    ),
    "work that a team does for itself": (
        "done_by: ordinaer", "done_by: projekt",
        "projekt is done by projekt, which does not do its own work", "projekt: {done_by: ¦projekt",
    ),
    "cases for partners": (
        "done_by: ordinaer", "done_by: a_kasse",
        "projekt and a_kasse must both take cases, or both be partners", "projekt: {done_by: ¦a_kasse",
    ),
    "cases for partners in one jobcentre": (
        "  skive: {}", "  skive: {teams: {projekt: {done_by: a_kasse}}}",
        "skive: projekt and a_kasse must both take cases, or both be partners", "{projekt: {done_by: ¦a_kasse",
    ),
    "done by a team that there is not, without any model": (
        "  projekt: {fte: 1, minutes_per_week: 400}", "  projekt: {fte: 1, minutes_per_week: 400, done_by: orden}",
        "'orden' is not known here; did you mean 'ordinaer'?", "minutes_per_week: 400, done_by: ¦orden",
    ),
    "a key that models do not have": (
        "done_by: ordinaer", "doneby: ordinaer", "unknown key 'doneby'; did you mean 'done_by'?", "projekt: {¦doneby",
    ),
    "a model without teams": (
        "    teams:\n      projekt: {done_by: ordinaer}", "    teams: {}",
        "must have at least 1 entries", "    teams: ¦{}",
    ),
}  # fmt: skip


def write(folder: Path, old: str, new: str) -> Path:
    """The right scenario with one edit, as a file."""
    assert RIGHT.count(old) == 1
    path = folder / "case.yaml"
    path.write_text(RIGHT.replace(old, new), encoding="utf-8")
    return path


def place(path: Path, marked: str) -> tuple[int, int]:
    """Line and column of the character after `¦`."""
    before, after = marked.split("¦")
    ((line, text),) = [
        (n, text) for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if before + after in text
    ]
    return line, text.index(before + after) + len(before) + 1


def is_there(problems: list[Problem], message: str, path: Path, marked: str) -> None:
    """Just one problem has the message, at its place."""
    (found,) = [problem for problem in problems if message in problem.message]
    assert found.mark is not None and found.mark.file == str(path)
    assert (found.mark.line, found.mark.column) == place(path, marked)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_at_its_place(name: str, tmp_path: Path) -> None:
    old, new, message, marked = WRONG[name]
    path = write(tmp_path, old, new)
    with pytest.raises(InputProblems) as found:
        load(path)
    is_there(list(found.value.problems), message, path, marked)
    assert len(found.value.problems) == 1


def test_teams_that_do_each_others_work_are_both_told_of(tmp_path: Path) -> None:
    """Each is said to be done by one that does not do its own; jobcentres with the same model are not repeated."""
    old = "      projekt: {done_by: ordinaer}"
    path = write(tmp_path, old, f"{old}\n      ordinaer: {{done_by: projekt}}")
    with pytest.raises(InputProblems) as found:
        load(path)
    problems = list(found.value.problems)
    is_there(problems, "projekt is done by ordinaer, which does not do its own", path, "projekt: {done_by: ¦ordinaer")
    is_there(problems, "ordinaer is done by projekt, which does not do its own", path, "ordinaer: {done_by: ¦projekt")
    assert len(problems) == 2


def test_the_scenario_itself_is_right(tmp_path: Path) -> None:
    """20 talks of 30 minutes in 3 × 400: and the team that has handed over its staff is not said to have none."""
    assert warnings(load(write(tmp_path, "one team", "one"))) == []


def test_a_stranger_in_a_model_is_left_out_and_said(tmp_path: Path) -> None:
    """A model may speak of a team that the scenario does not have; only its own are moved."""
    path = write(tmp_path, "done_by: ordinaer}", "done_by: ordinaer}\n      myndighed: {fte: 3}")
    loaded = load(path)
    message = "samlet says what becomes of myndighed, which this scenario does not have: left out"
    is_there(warnings(loaded), message, path, "      myndighed: ¦{fte: 3}")
    assert list(loaded.scenario.teams_of("ribe")) == ["ordinaer", "projekt", "a_kasse"]


def test_a_model_that_nobody_has_is_not_looked_at(tmp_path: Path) -> None:
    """A file of models may have some that this scenario could not work by."""
    other = "organisation_models:\n  andet: {description: x, teams: {sag: {fte: 1}}}\n"
    path = write(tmp_path, "organisation_models:\n", other)
    assert warnings(load(path)) == []


def test_the_overload_of_a_joined_team_is_reckoned_from_both(tmp_path: Path) -> None:
    """20 talks of 30 minutes a week against (2 + 1) × 100; the other team is not spoken of."""
    path = write(tmp_path, "ordinaer: {fte: 2, minutes_per_week: 400}", "ordinaer: {fte: 2, minutes_per_week: 100}")
    (found,) = warnings(load(path))
    sum_ = "600 minutes of talks asked for (20 cases × 1 talks each × 30 minutes) against 3 full-time × 100 = 300"
    assert f"utilisation 2.00 in week 1: {sum_}; " in found.message
    assert found.path == "teams.ordinaer.fte"


# --- the models that are shipped ------------------------------------------------------------------------------------

MODELS = ROOT / "scenarios" / "organisation" / "modeller.yaml"
ON_BOTH = ["minimumsmodel", "enhed_med_myndighed", "sagsbehandlerteam", "anden_aktoer", "anden_aktoer_med_opfoelgning"]


@pytest.mark.parametrize("base", ["paa_rette_vej_i_job", "aktive_hurtigere_tilbage"])
@pytest.mark.parametrize("model", ON_BOTH)
def test_the_shipped_models_fit_scenarios_that_know_nothing_of_them(base: str, model: str, tmp_path: Path) -> None:
    """Every model on every scenario: no staff is lost in any jobcentre, and whose work is moved has none."""
    path = tmp_path / "both.yaml"
    files = [str(ROOT / "scenarios" / f"{base}.yaml"), str(MODELS)]
    path.write_text(f"version: 2\nname: both\nextends: {files}\n", encoding="utf-8")
    alone = load(files[0])
    places = {f"jobcentres.{name}.organisation_model": model for name in alone.scenario.jobcentres}
    scenario = load(path, places).scenario
    for name in scenario.jobcentres:
        teams = scenario.teams_of(name)
        staff = sum(team.fte for team in alone.scenario.teams_of(name).values())
        assert sum(team.fte for team in teams.values()) == pytest.approx(staff)
        for about, change in scenario.organisation_models[model].teams.items():
            if about in teams:
                assert teams[about].done_by == change.done_by
                assert (teams[about].fte == 0) == (change.done_by is not None)
