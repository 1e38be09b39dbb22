"""`compare_with`: the scenario that is run beside another one, by the same seed; and states on the command line."""

from __future__ import annotations

import json
import pathlib

import pytest

from simulation.scenario.load import companion, load
from tests.commands import cli

SMALL = """version: 2
name: {name}
start: 2026-W01
weeks: 12
follow_up: 12
replications: 3
seed: {seed}
arms: {{alle: 1}}
intake: {{persons: 200, weeks: 1}}
teams: {{}}
jobcentres: {{ribe: {{}}}}
exits:
  job: {{level: {level}}}
"""


def write(folder: pathlib.Path, last: str = "", beside: str = "") -> pathlib.Path:
    """A scenario that may be compared with the other one of the folder."""
    (folder / "land.yaml").write_text(SMALL.format(name="Land", seed=99, level=0.05) + beside, encoding="utf-8")
    path = folder / "forsoeg.yaml"
    path.write_text(SMALL.format(name="Forsoeg", seed=7, level=0.1) + last, encoding="utf-8")
    return path


NEAR = "; did you mean 'land.yaml'?"


@pytest.mark.parametrize(("name", "near"), [("Land.yml", NEAR), ("hele_danmark_i_2005", "\n"), ("lande.yaml", NEAR)])
def test_a_file_that_is_not_there_is_told_at_its_place(name: str, near: str, tmp_path: pathlib.Path) -> None:
    """By `check` and `run` alike, at file, line and column; nothing is run."""
    path = write(tmp_path, f"compare_with: {name}\n")
    for found in (cli("check", path), cli("run", path, "--out", tmp_path / "out")):
        assert found.exit_code == 2
        assert f"{path}:14:15: error: compare_with: there is no file {name} beside this one{near}" in found.stderr
        assert "Nothing was run" in found.stderr and "Traceback" not in found.output
    assert not (tmp_path / "out").exists()


def test_a_mistake_in_the_other_file_is_told_there(tmp_path: pathlib.Path) -> None:
    """The file that is compared with is checked as well, citations included."""
    cited = "outcome: exit_jobb, group: alle, figure: 1, rounding: 0, source: s, page: p, definition: d"
    path = write(tmp_path, "compare_with: land.yaml\n", beside=f"published: {{x: {{{cited}}}}}\n")
    found = cli("check", path)
    assert found.exit_code == 2
    assert f"{tmp_path / 'land.yaml'}:14:" in found.stderr and "did you mean 'exit_job'?" in found.stderr


def test_the_companion_has_the_seed_of_the_first(tmp_path: pathlib.Path) -> None:
    """So that both are by the same luck; no companion where none is named."""
    loaded = load(write(tmp_path, "compare_with: land.yaml\n"))
    beside = companion(loaded)
    assert beside is not None and (beside.scenario.name, beside.scenario.seed) == ("Land", 7)
    assert companion(beside) is None


def test_both_are_run_and_shown(tmp_path: pathlib.Path) -> None:
    """In words and in JSON; the first as if it were alone."""
    path = write(tmp_path, "compare_with: land.yaml\n")
    both = json.loads(cli("run", path, "--json", "--out", tmp_path / "a").stdout)
    (beside,) = both["beside"]
    assert (both["scenario"], beside["scenario"]) == ("Forsoeg", "Land")
    alone = json.loads(cli("run", write(tmp_path), "--json", "--out", tmp_path / "b").stdout)
    assert alone["beside"] == [] and alone["outcomes"] == both["outcomes"]
    land = json.loads(cli("run", tmp_path / "land.yaml", "--seed", 7, "--json", "--out", tmp_path / "c").stdout)
    assert land["outcomes"] == beside["outcomes"] != both["outcomes"]


def test_where_everybody_is_is_shown_in_a_table(tmp_path: pathlib.Path) -> None:
    """Benefit and every exit after so many weeks, with persons."""
    found = cli("run", write(tmp_path, "states_at: [4]\n"), "--all", "--out", tmp_path / "a")
    assert found.exit_code == 0, found.output
    assert "Where the 200 measured are after 4 weeks" in found.stdout
    rows = {line.split()[0] for line in found.stdout.splitlines() if line.strip()}
    assert {"benefit", "job"} <= rows


@pytest.mark.parametrize("name", ["any", "benefit", "out"])
def test_an_exit_cannot_have_a_name_that_tables_use(name: str, tmp_path: pathlib.Path) -> None:
    """At its place, in words."""
    path = write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("  job:", f"  {name}:"), encoding="utf-8")
    found = cli("check", path)
    assert found.exit_code == 2
    assert f"{path}:13:3: error: exits.{name}: '{name}' has a meaning of its own; call" in found.stderr


def test_states_beyond_the_follow_up_are_refused(tmp_path: pathlib.Path) -> None:
    """At the list of weeks."""
    path = write(tmp_path, "states_at: [4, 13]\n")
    found = cli("check", path)
    assert found.exit_code == 2
    assert f"{path}:14:12: error: states_at: states_at: the follow-up ends in week 12 (got 13)" in found.stderr


def test_a_published_state_is_of_a_week_that_is_told(tmp_path: pathlib.Path) -> None:
    """Published after 5 weeks, told after 4."""
    cited = "outcome: state_job, group: alle, week: 5, count: 1, n: 5, rounding: 0, source: s, page: p, definition: d"
    path = write(tmp_path, f"states_at: [4]\npublished: {{x: {{{cited}}}}}\n")
    found = cli("check", path)
    assert found.exit_code == 2
    assert "published.x.week: where everybody is is told after weeks 4 (states_at)" in found.stderr


def test_it_lies_beside_the_file_that_names_it(tmp_path: pathlib.Path) -> None:
    """An overlay in another folder inherits `compare_with`, and the file it means, as it does what its base extends."""
    base = write(tmp_path, "compare_with: land.yaml\n")
    (tmp_path / "jobcentersim.yaml").touch()
    (tmp_path / "mine").mkdir()
    overlay = tmp_path / "mine" / "mine.yaml"
    overlay.write_text(f"version: 2\nname: mine\nextends: ../{base.name}\n", encoding="utf-8")
    found = companion(load(overlay))
    assert found is not None and found.scenario.name == "Land"
