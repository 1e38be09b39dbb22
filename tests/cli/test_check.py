"""Mistakes in scenario files: all at once, each at its place, nothing run, no traceback."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

from tests.commands import cli
from tests.processes import LIMIT

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = pathlib.Path(__file__).resolve().parent / "files"
SHIPPED = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.glob("scenarios/**/*.yaml")
    if not {"organisation", "parts", "prices"} & {*path.relative_to(ROOT).parts}  # to be taken in, or beside
)


def test_every_mistake_is_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = cli("check", "tests/cli/files/six_mistakes.yaml")
    assert found.exit_code == 2
    assert found.stderr == (FILES / "six_mistakes.txt").read_text(encoding="utf-8")
    assert "Traceback" not in found.output
    run = cli("run", "tests/cli/files/six_mistakes.yaml")
    assert run.exit_code == 2
    assert run.stderr == found.stderr


def test_an_inherited_mistake_cites_the_chain_of_files(tmp_path: pathlib.Path) -> None:
    base = (ROOT / "scenarios" / "base_kontanthjaelp.yaml").read_text(encoding="utf-8")
    base = base.replace("../calibration", (ROOT / "calibration").as_posix())  # it lies in another folder here
    (tmp_path / "base.yaml").write_text(
        base.replace("value: 0.3, unit: share, kind: assumed", "value: 3, unit: share, kind: assumed", 1)
    )
    (tmp_path / "middle.yaml").write_text("version: 2\nextends: base.yaml\nname: Middle\n")
    (tmp_path / "top.yaml").write_text("version: 2\nname: Top\nextends: middle.yaml\n")
    found = cli("check", str(tmp_path / "top.yaml"))
    assert found.exit_code == 2
    assert "base.yaml:" in found.stderr and "must be 1 or less (got 3)" in found.stderr
    assert f"inherited by {tmp_path / 'middle.yaml'}:2" in found.stderr
    assert f"inherited by {tmp_path / 'top.yaml'}:3" in found.stderr


BAD = {
    "teams.projekt.fte=-1": "must be 0 or more (got -1)",
    "teams.projekt.fte=0101": "must be a number (got '0101')",
    "teams.projekt.caseload=shared": "must be one of pooled, personal",
    "teams.projekt.fte=1,5": "use a decimal point",
    "teams.projekt.ftee=1": "did you mean 'fte'",
    "teams.projket.fte=1": "did you mean 'projekt'",
    "weeks=20": "the run ends in week 20",
    "measured_from=40": "nobody is measured",
    "replications=0": "must be 1 or more",
    "interventions.samtaler.plans.ugentlig.team=ordinear": "did you mean 'ordinaer'",
    "interventions.samtaler.plans.ugentlig.channel=telefax": "did you mean 'telefon'",
    "interventions.samtaler.plans.ugentlig.arms=[kontrol]": "team 'projekt' does not serve kontrol",
    "interventions.praktik.length_weeks={4: 0.5}": "must add up to 1",
    "interventions.praktik.length_weeks={four: 1}": "'four' is not a whole number",
    "interventions.praktik.after={jobb: 1.2}": "did you mean 'job'",
    "interventions.praktik.kind=samtale": "did you mean 'samtaler'",
    "subgroups.velbefindende.godt.share=0.4": "must add up to 1",
    "exits.job.jobcentres={Nyborg: 1.1}": "did you mean 'nyborg'",
    "published.prv_talkshare_treat.outcome=talk_shares": "did you mean 'talk_share'",
    "published.prv_talkshare_treat.group=deltagere": "did you mean 'deltager'",
    "intake.arrivals=NO": "must be one of even, random (got 'NO')",
    "job_spells.end_intensity={13: 0.1}": "the first step must begin in week 0",
    "start=2010-W60": "is not an ISO week",
}


@pytest.mark.parametrize("setting", BAD)
def test_bad_input_is_said_in_words(setting: str, tmp_path: pathlib.Path) -> None:
    scenario = str(ROOT / "scenarios" / "paa_rette_vej_i_job.yaml")
    found = cli("run", scenario, "--set", setting, "--out", str(tmp_path))
    assert found.exit_code == 2, found.output
    assert BAD[setting] in found.stderr
    assert "Nothing was run" in found.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("undrawn")
def test_impossible_worlds_are_warned_of_with_the_arithmetic(tmp_path: pathlib.Path) -> None:
    scenario = str(ROOT / "scenarios" / "paa_rette_vej_graense_25.yaml")
    found = cli("check", scenario)
    assert found.exit_code == 0
    assert "49 cases against 1 full-time × 25 = 25" in found.output
    found = cli(
        "run", scenario, "--alone", "--all", "--replications", "1", "--set", "teams.projekt.caseload_limit=1000",
        "--out", str(tmp_path),
    )  # fmt: skip
    assert "utilisation 1.5" in found.stderr and "the queue cannot clear" in found.stderr


@pytest.fixture(scope="module")
def checked() -> list[str]:
    """What `check` says of all shipped scenarios in a process of its own, which may load no matplotlib; last the
    seconds it took."""
    program = (
        "import sys, time; from click.testing import CliRunner; from simulation.cli import main; "
        f"r = CliRunner().invoke(main, ['check', *{SHIPPED!r}]); "
        "assert r.exit_code == 0, r.output; "
        "assert not {'matplotlib', 'pandas'} & set(sys.modules); "
        "print(r.stdout, time.process_time())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=LIMIT)
    return done.stdout.decode().splitlines()


def test_checking_all_shipped_scenarios_is_quick_and_loads_no_matplotlib(checked: list[str]) -> None:
    # a guard against accidents, of its own seconds, whatever else the machine does; the benchmark has the figure
    assert float(checked[-1]) < 30


def test_findings_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = json.loads(cli("check", "--json", "tests/cli/files/six_mistakes.yaml").stdout)
    assert [problem["line"] for problem in found] and all(problem["severity"] == "error" for problem in found)


def test_shipped_scenarios_state_the_source_of_every_number(checked: list[str]) -> None:
    fine = [line.split(": ")[0] for line in checked if line.endswith(": fine")]
    numbers = [line for line in checked if line.startswith("    numbers: ")]
    assert sorted(fine) == SHIPPED and len(numbers) == len(fine)
    lacking = [file for file, kinds in zip(fine, numbers, strict=True) if "without a source" in kinds]
    assert lacking and all("bench" in file for file in lacking)


def test_the_schema_accepts_every_shipped_scenario_and_describes_every_key() -> None:
    import jsonschema
    import yaml

    from simulation.scenario.jsonschema import json_schema

    schema = json_schema()
    for file in SHIPPED:
        written = yaml.load((ROOT / file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        assert set(written) <= set(schema["properties"]), file
    typo = {"version": 2, "weekss": 3}
    validator = jsonschema.validators.validator_for(schema)(schema)  # which is one: tests/unit/test_jsonschema.py
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(typo)
    validator.validate({"version": 2, "extends": ["a.yaml", "b.yaml"]})
    validator.validate({"version": 2, "weeks": {"value": 3, "kind": "rule", "source": "law"}})
