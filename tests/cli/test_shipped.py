"""What comes with the program is found from any folder, and a result repeats itself wherever its input is taken."""

from __future__ import annotations

import pathlib

import pytest

from simulation.scenario import catalogue
from simulation.scenario.files import shipped
from tests.commands import answer, cli, tables

ROOT = pathlib.Path(__file__).resolve().parents[2]
FEW = "intake: {persons: 30}\nreplications: 2\n"


def written(folder: pathlib.Path, name: str, text: str) -> pathlib.Path:
    path = folder / name
    path.write_text(f"version: 2\nname: {path.stem}\n{text}", encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["", ".yaml"])
def test_a_shipped_scenario_is_extended_from_any_folder(ending: str, tmp_path: pathlib.Path) -> None:
    text = f"extends: [shipped/base_dagpenge{ending}]\ncompare_with: shipped/base_dagpenge\n"
    own = written(tmp_path, "own.yaml", text)
    assert cli("check", own).exit_code == 0


def test_every_part_is_named_alike(tmp_path: pathlib.Path) -> None:
    base = (ROOT / "scenarios" / "base_dagpenge.yaml").read_text(encoding="utf-8")
    for key, place in (("targets", "targets/"), ("fitted", "fitted/"), ("evidence", "evidence/")):
        base = base.replace(f"{key}: ../calibration/{place}", f"{key}: shipped/")
    (tmp_path / "own.yaml").write_text(base, encoding="utf-8")
    assert base.count("shipped/") == 3 and cli("check", tmp_path / "own.yaml").exit_code == 0


WRONG = {
    "extends: shipped/base_dagpeng": "called 'shipped/base_dagpeng'; did you mean 'shipped/base_dagpenge'?",
    "extends: base_dagpenge.yaml": "this one; the one that comes with the program is called 'shipped/base_dagpenge'",
    "extends: ../x/base_dagpenge.yaml": "or else of its own folder; the one that comes with the program is called",
    "targets: shipped/sygedagpeng": "did you mean 'shipped/sygedagpenge'?",
    "fitted: shipped/qqqqq": "called 'shipped/qqqqq' (`jobcentersim list fits` names them)",
    "evidence: shipped/effects": "nothing that is shipped is called 'shipped/effects'",
    "extends: shipped/bench/alle_tilbud": "nothing that is shipped is called",
    "extends: shipped/../calibration/targets/dagpenge": "nothing that is shipped is called",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_name_that_there_is_not(text: str, tmp_path: pathlib.Path) -> None:
    found = cli("check", written(tmp_path, "own.yaml", text + "\n"))
    assert found.exit_code == 2 and "own.yaml:3:" in found.stderr and WRONG[text] in found.stderr


def test_a_file_of_ones_own_is_not_hidden(tmp_path: pathlib.Path) -> None:
    (tmp_path / "shipped").mkdir()
    written(tmp_path / "shipped", "mine.yaml", "extends: shipped/base_dagpenge\n")
    own = written(tmp_path, "own.yaml", "extends: shipped/mine.yaml\n")
    assert cli("check", own).exit_code == 0
    written(tmp_path / "shipped", "base_dagpenge.yaml", "")
    both = cli("check", written(tmp_path, "both.yaml", "extends: shipped/base_dagpenge.yaml\n"))
    assert both.exit_code == 2 and "is both a file beside this one and one that is shipped" in both.stderr


def test_the_command_line_takes_shipped_names(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("check", "shipped/base_kontanthjaelp").exit_code == 0
    wrong = cli("check", "shipped/base_kontanthjalp")
    assert wrong.exit_code == 2 and "did you mean 'shipped/base_kontanthjaelp'?" in wrong.stderr
    assert "is called 'shipped/base_dagpenge'" in cli("check", "base_dagpenge.yaml").stderr
    refused = cli("calibrate", "shipped/sygedagpenge")
    assert refused.exit_code == 2 and "are not overwritten; give --to FILE" in refused.stderr


def test_a_result_repeats_itself_where_nothing_is_shipped(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, undrawn: None
) -> None:
    """Its input has copies, which win; there is nothing else here that could be found."""
    own = written(tmp_path, "own.yaml", f"extends: shipped/base_kontanthjaelp\n{FEW}")
    by_path = written(tmp_path, "path.yaml", f"extends: {ROOT}/scenarios/base_kontanthjaelp.yaml\n{FEW}")
    first = {path.stem: answer("run", path, "--out", tmp_path / "out") for path in (own, by_path)}
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setattr(shipped, "HOME", elsewhere)
    monkeypatch.setattr(shipped, "FOLDERS", (elsewhere / "scenarios", elsewhere / "calibration"))
    monkeypatch.setattr(shipped.names, "__defaults__", (elsewhere,))
    monkeypatch.setattr(shipped.find, "__defaults__", (elsewhere,))
    assert cli("check", own).exit_code == 2
    for name, told in first.items():
        inputs = pathlib.Path(told["results_dir"]) / "inputs"
        assert {path.name for path in inputs.iterdir()} == {f"{name}.yaml", "shipped", "jobcentersim.yaml"}
        again = answer("run", inputs / f"{name}.yaml", "--out", tmp_path / "again")
        assert (again["fingerprint"], tables(again)) == (told["fingerprint"], tables(told))


def test_shipped_files_name_each_other_by_where_they_lie() -> None:
    """So that they are the same in the checkout and in a wheel, and in the input of a result."""
    texts = [file.read_text(encoding="utf-8") for kind in catalogue.KINDS for file in shipped.names(kind).values()]
    assert texts and not [text for text in texts if ": shipped/" in text]


def test_list_has_everything_beneath_its_base() -> None:
    told = cli("list")
    assert told.exit_code == 0 and max(map(len, told.stdout.splitlines())) <= 100
    lines = {line.split()[0]: line for line in cli("list", "scenarios").stdout.splitlines()[1:]}
    assert set(lines) == {name.removeprefix("shipped/") for name in shipped.names(shipped.SCENARIOS)}
    assert lines["esbjerg_tre_raadgivere"].startswith("      ") and "three advisers" in lines["esbjerg_tre_raadgivere"]
    assert "Kalibrerede værdier" in cli("list", "--lang", "da").stdout
    assert cli("list", "scenaries").exit_code == 2


def test_the_language_of_the_environment_is_taken_in_either_case(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where it is none, the variable is named: nobody wrote `--lang`."""
    monkeypatch.setenv("JOBCENTERSIM_LANG", "DA")
    assert "Skrevet i" in cli("init", tmp_path / "da", "--persons", 60).output
    monkeypatch.setenv("JOBCENTERSIM_LANG", "xx")
    refused = cli("init", tmp_path / "xx", "--persons", 60)
    assert refused.exit_code == 2 and "'xx' (by JOBCENTERSIM_LANG) is not one of 'en', 'da'" in refused.stderr
    assert "Skrevet i" in cli("init", tmp_path / "xx", "--persons", 60, "--lang", "Da").output


def test_a_warning_names_what_can_be_typed() -> None:
    """A shipped scenario by its name, a file of one's own by its path."""
    name, file = next(iter(shipped.names(shipped.SCENARIOS).items()))
    assert shipped.as_typed(str(file)) == name and shipped.as_typed("scenarios/a.yaml") == "scenarios/a.yaml"
