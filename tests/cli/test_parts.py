"""Parts on the command line: taken in, looked at, refused, and repeated from the input of a result."""

from __future__ import annotations

import json
import pathlib

from tests.commands import cli

TEXT = """\
version: 2
name: own
intake: {persons: 30}
extends:
  - shipped/base_kontanthjaelp
  - {part: shipped/parts/ugentlige_samtaler, arms: [deltager]}
  - {part: shipped/parts/jobklub, arms: [deltager]}
split: {alle: {deltager: 1, kontrol: 1}}
"""


def test_a_result_with_parts_is_repeated_from_its_input(tmp_path: pathlib.Path) -> None:
    """The parts lie in it, and so do the fits that they name; both are taken from there."""
    (tmp_path / "own.yaml").write_text(TEXT, encoding="utf-8")
    assert cli("run", tmp_path / "own.yaml", "--replications", 1, "--out", tmp_path / "a").exit_code == 0
    (inputs,) = (tmp_path / "a").rglob("inputs")
    assert {path.stem for path in (inputs / "shipped" / "scenarios" / "parts").iterdir()} == {
        "jobklub", "ugentlige_samtaler"
    }  # fmt: skip
    assert (inputs / "shipped" / "calibration" / "fitted" / "tre_hovedveje_jobklub.draws.csv").is_file()
    key = ["--origin", "interventions.jobklub.accepts", "--json"]
    own, kept = (json.loads(cli("check", path / "own.yaml", *key).stdout)[0] for path in (tmp_path, inputs))
    assert own["value"] == kept["value"] and str(inputs) in kept["fitted_in"]


def test_origins_name_the_part_and_the_entry(tmp_path: pathlib.Path) -> None:
    """Of a fitted value the fit; of a plan that the part takes arms off, that."""
    path = tmp_path / "own.yaml"
    path.write_text(TEXT, encoding="utf-8")
    accepts = cli("check", path, "--origin", "interventions.jobklub.accepts").stdout
    assert "= 0.850603 share" in accepts and "fitted: tre_hovedveje_jobklub" in accepts
    assert f"inherited by {path}:7" in accepts
    arms = cli("check", path, "--origin", "interventions.samtaler.plans.ordinaer.arms").stdout
    assert "arms.0 = kontrol" in arms and "(instead_of: plans)" in arms


def test_mistakes_end_with_2_and_nothing_is_run(tmp_path: pathlib.Path) -> None:
    """At the entry, with what was meant."""
    path = tmp_path / "own.yaml"
    path.write_text(TEXT.replace("jobklub, arms: [deltager]", "jobklubb, arms: [deltagr]"), encoding="utf-8")
    done = cli("run", path)
    assert done.exit_code == 2
    assert f"{path}:7:12: error: extends: nothing that is shipped is called 'shipped/parts/jobklubb" in done.stderr
    assert "did you mean 'shipped/parts/jobklub'?" in done.stderr


def test_a_plan_that_nobody_is_left_on_is_told_as_such(tmp_path: pathlib.Path) -> None:
    """Beside the base, by the same luck."""
    path = tmp_path / "own.yaml"
    path.write_text(TEXT.replace(", arms: [deltager]", "").split("split:")[0].replace("intake: {persons: 30}\n", ""))
    done = cli("run", path, "--replications", 1, "--out", tmp_path / "out")
    assert "interventions.samtaler.plans.ordinaer.arms alle → none" in done.stdout


def test_the_list_and_the_schema(tmp_path: pathlib.Path) -> None:
    """Parts are listed apart from scenarios, and have a schema of their own."""
    parts = [entry["name"] for entry in json.loads(cli("list", "parts", "--json").stdout)]
    scenarios = [entry["name"] for entry in json.loads(cli("list", "scenarios", "--json").stdout)]
    assert "shipped/parts/jobklub" in parts and not set(parts) & set(scenarios)
    assert "shipped/kombinationer/kontanthjaelp_jobklub" in scenarios
    assert json.loads(cli("schema", "--part").stdout)["title"] == "jobcentersim part"
    assert cli("upgrade", pathlib.Path(__file__).parents[2] / "scenarios" / "parts" / "jobklub.yaml").exit_code == 0
