"""`export`: the folder that it writes, and that results come out as they were."""

from __future__ import annotations

import json
import pathlib
import re
import sys
from typing import Any

import pandas as pd
import pytest

from simulation.cli.export import ASSUMED, KINDS, WITHOUT, WRITTEN
from simulation.report.exported import read_codes, read_dream, register, words
from simulation.report.exported.codes import SHIPPED
from simulation.report.exported.files import CONTENT, _stata_names
from simulation.scenario.load import load
from simulation.world.labels import Label
from tests.commands import answer, cli
from tests.exports import MOVING, refused, run_of, write


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return write(tmp_path_factory.mktemp("scenario"))


@pytest.fixture(scope="module")
def ran(file: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return run_of(file, tmp_path_factory.mktemp("results"))


def test_dream_of_a_scenario(file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    told = answer("export", file, "--as", "dream", "--out", tmp_path / "out")
    assert told["simulated"] is True and told["persons"] + told["left_before_enrolment"] == 100
    names = {"persons.csv", "dream.csv", "README.txt", "schema.json", "codes.yaml"}
    assert {each.name for each in (tmp_path / "out").iterdir()} == names
    read = read_dream(tmp_path / "out" / "dream.csv")
    assert len(read) == told["files"]["dream.csv"] == told["persons"]
    tables = register(load(file))
    assert read.persons.tolist() == tables["persons"]["pnr"].tolist()
    schema = json.loads((tmp_path / "out" / "schema.json").read_text(encoding="utf-8"))
    columns = schema["files"]["dream.csv"]["columns"]
    assert columns["y_YYWW"]["number"] == len(read.mondays) and columns["grad_YYYY_MM"]["number"] == len(read.months)
    assert schema["about"].startswith("SIMULATED") and schema["replication"] == 0
    of_codes = {each["state"]: (each["code"], each["sure"]) for each in schema["codes"]}
    assert of_codes["kontanthjaelp"] == (130, "assumed") and of_codes["job"] == (None, "none")
    readme = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    assert "SIMULATED" in readme and "ASSUMPTION" in readme and max(map(len, readme.splitlines())) <= 120
    assert (tmp_path / "out" / "codes.yaml").read_bytes() == SHIPPED.read_bytes()
    assert str(file.parent) not in readme + json.dumps(schema), "nothing is said of folders of this machine"


@pytest.mark.parametrize("kind", ["dream", "spells", "events"])
def test_danish_csv_and_danish_words(kind: str, file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    done = cli("export", file, "--as", kind, "--out", tmp_path / "out", "--locale", "da", "--lang", "da")
    assert done.exit_code == 0, done.output
    assert "SIMULERET" in done.stdout and "Skrevet i" in done.stdout and "Written" not in done.stdout
    for table in CONTENT[kind]:  # type: ignore[index]
        content = (tmp_path / "out" / f"{table}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
        frame = pd.read_csv(tmp_path / "out" / f"{table}.csv", sep=";", decimal=",", encoding="utf-8-sig")
        assert len(frame.columns) > 3
        assert not [name for name in frame.columns if name.startswith("grad_") and frame[name].dtype == object]
    assert "SIMULERET" in (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")


def test_spells_have_days(file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    answer("export", file, "--as", "spells", "--replication", 1, "--out", tmp_path / "out")
    stored = pd.read_csv(tmp_path / "out" / "spells.csv", parse_dates=["first_day", "last_day"])
    frame = register(load(file), replication=1)["spells"]
    assert stored["first_day"].tolist() == frame["first_day"].tolist()
    assert stored["ended"].tolist() == frame["ended"].tolist()
    assert (stored["code"].fillna(0) == frame["code"].fillna(0)).all()


def test_stata_has_labels(file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    answer("export", file, "--as", "stata", "--out", tmp_path / "out", "--lang", "da")
    frame = pd.read_stata(tmp_path / "out" / "dream.dta")
    words = {111: "dagpenge", 130: "kontanthjælp", 651: "uddannelse", 890: "sygedagpenge"}
    coded = pd.read_stata(tmp_path / "out" / "dream.dta", convert_categoricals=False)["y_2053"].dropna()
    assert len({*coded}) > 2 and frame["y_2053"].dropna().tolist() == [words[int(code)] for code in coded]
    with pd.read_stata(tmp_path / "out" / "dream.dta", iterator=True) as reader:
        assert reader.variable_labels()["y_2053"] == "ugens kode; tom: ingen"
        assert reader.data_label.startswith("SIMULERET")
    tables = register(load(file), language="da")
    read, csv = read_dream(tmp_path / "out" / "dream.dta"), tables["dream"]
    assert read.codes[:, 0].tolist() == csv.iloc[:, 1].fillna(0).tolist()
    events = pd.read_stata(tmp_path / "out" / "events.dta")
    assert events["concept_name"].tolist() == tables["events"]["concept:name"].tolist()
    assert events["time_timestamp"].tolist() == tables["events"]["time:timestamp"].dt.tz_localize(None).tolist()
    spells = pd.read_stata(tmp_path / "out" / "spells.dta")
    assert spells["last_day"].tolist() == tables["spells"]["last_day"].tolist()


def test_names_that_stata_takes() -> None:
    long = "has_" + "a" * 40
    found = _stata_names(["case:arm", "case_arm", long, long + "b"])
    assert [*found.values()] == ["case_arm", "case_arm_2", long[:32], long[:30] + "_2"]


@pytest.mark.parquet
def test_parquet_is_as_the_csv(file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    from pyarrow import parquet

    answer("export", file, "--as", "parquet", "--out", tmp_path / "out")
    for name, frame in register(load(file)).items():
        stored = pd.read_parquet(tmp_path / "out" / f"{name}.parquet")
        assert [*stored.columns] == [*frame.columns]
        assert stored.astype(str).equals(frame.astype(str)), name
        assert parquet.read_schema(tmp_path / "out" / f"{name}.parquet").metadata[b"simulated"] == b"true"
    read = read_dream(tmp_path / "out" / "dream.parquet")
    answer("export", file, "--as", "dream", "--out", tmp_path / "csv")
    again = read_dream(tmp_path / "csv" / "dream.csv")
    assert (read.codes == again.codes).all() and read.spells().equals(again.spells())
    assert read.exits().equals(again.exits())


def test_parquet_without_its_library_names_the_extra(
    file: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    message = refused(file, "--as", "parquet", "--out", tmp_path / "out")
    assert "jobcentersim[export]" in message and not (tmp_path / "out").exists()
    assert cli("export", "--help").exit_code == 0


def test_results_come_out_as_they_were(ran: pathlib.Path, file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """From the folder of a run as from its scenario, and the folder is untouched."""
    before = {each: each.stat().st_mtime_ns for each in ran.rglob("*")}
    answer("export", ran, "--as", "dream", "--replication", 1, "--out", tmp_path / "a")
    answer("export", file, "--as", "dream", "--replication", 1, "--out", tmp_path / "b")
    assert (tmp_path / "a" / "dream.csv").read_bytes() == (tmp_path / "b" / "dream.csv").read_bytes()
    assert {each: each.stat().st_mtime_ns for each in ran.rglob("*")} == before
    schema = json.loads((tmp_path / "a" / "schema.json").read_text(encoding="utf-8"))
    assert schema["scenario"]["results"] == ran.name


def test_results_that_do_not_come_out_again(
    ran: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One exit more in one week is noticed."""
    from simulation.report.exported import lives as module

    every = module.lives

    def altered(scenario: Any, replication: int) -> Any:
        found = every(scenario, replication)
        found.counts["exit_job"][3] += 1
        return found

    monkeypatch.setattr(module, "lives", altered)
    message = refused(ran, "--as", "dream", "--out", tmp_path / "out", with_code=3)
    assert "exit_job differs" in message and not (tmp_path / "out").exists()


def test_of_a_comparison_one_is_chosen(file: pathlib.Path, tmp_path: pathlib.Path, undrawn: None) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(MOVING.replace("name: Moving", "name: Other").replace("seed: 5", "seed: 6").replace(
        "minutes_per_week: 300", "minutes_per_week: 60"), encoding="utf-8")  # fmt: skip
    place = answer("compare", file, other, "--out", tmp_path / "results")["results_dir"]
    assert "--scenario moving or other" in refused(place, "--as", "dream", "--out", tmp_path / "out")
    assert "did you mean 'other'?" in refused(place, "--as", "dream", "--scenario", "othr", "--out", tmp_path / "out")
    answer("export", place, "--as", "dream", "--scenario", "other", "--out", tmp_path / "out")
    schema = json.loads((tmp_path / "out" / "schema.json").read_text(encoding="utf-8"))
    assert (schema["scenario"]["name"], schema["scenario"]["seed"]) == ("Other", 5), "by the luck of the base"


def test_nothing_is_written_over(file: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    words = (file, "--as", "spells", "--out", out)
    answer("export", *words)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert "--force to replace" in refused(*words)
    assert (out / "notes.txt").exists()
    assert "beside the export lies notes.txt" in refused(*words, "--force")
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    (out / "notes.txt").unlink()
    answer("export", *words, "--force", "--replication", 1)
    assert json.loads((out / "schema.json").read_text(encoding="utf-8"))["replication"] == 1
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.docx").write_text("mine", encoding="utf-8")
    assert "no earlier export" in refused(file, "--as", "spells", "--out", foreign, "--force")
    assert (foreign / "thesis.docx").exists()
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    assert "no earlier export" in refused(file, "--as", "spells", "--out", tmp_path / "a file", "--force")
    (tmp_path / "empty").mkdir()
    answer("export", file, "--as", "spells", "--out", tmp_path / "empty")
    monkeypatch.chdir(tmp_path / "empty")
    assert "you are in" in refused(file, "--as", "spells", "--out", ".", "--force")
    assert not [each.name for each in tmp_path.iterdir() if each.name.startswith(".")], "no draft is left"


def test_what_another_program_wrote_meanwhile_stays(
    file: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulation.report.exported import files

    def meanwhile(*what: Any) -> str:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "theirs.csv").write_text("1", encoding="utf-8")
        return readme(*what)

    readme = files.readme
    monkeypatch.setattr(files, "readme", meanwhile)
    assert "this is there already" in refused(file, "--as", "spells", "--out", tmp_path / "out")
    assert [each.name for each in tmp_path.rglob("*")] == ["out", "theirs.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="links take rights there")
def test_a_link_stays_a_link(file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for force in ([], ["--force"]):
        answer("export", file, "--as", "spells", "--out", tmp_path / "link", *force)
        assert (tmp_path / "link").is_symlink() and (tmp_path / "real" / "spells.csv").is_file()
    assert {each.name for each in tmp_path.iterdir()} == {"link", "real"}


def test_the_folder_has_a_name_by_itself(
    file: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer("export", file, "--as", "xes", "--replication", 1)["files"].keys() == {"events.xes"}
    assert {each.name for each in (tmp_path / "exports" / "moving-xes-1").iterdir()} == {
        "events.xes", "README.txt", "schema.json"
    }  # fmt: skip


def test_what_fails_halfway_leaves_nothing(
    file: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulation.report.exported import files

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "readme", full)
    message = refused(file, "--as", "dream", "--out", tmp_path / "out")
    assert "No space left" in message and not [*tmp_path.iterdir()]


def test_every_format_of_the_command_is_one_that_is_written() -> None:
    assert tuple(CONTENT) == KINDS


def test_every_text_is_in_both_languages_with_the_same_gaps() -> None:
    texts = {name: each for name, each in vars(words).items() if isinstance(each, Label)}
    texts |= {**words.COLUMNS, "WRITTEN": WRITTEN, "ASSUMED": ASSUMED, "WITHOUT": WITHOUT}
    assert len(texts) > 30
    for name, (english, danish) in texts.items():
        assert english != danish, name
        assert {*re.findall(r"\{\w+\}", english)} == {*re.findall(r"\{\w+\}", danish)}, name


def test_the_list_that_comes_with_the_program_has_every_state_that_is_shipped() -> None:
    """The bases and flows have all that there is; and no code is told as sure that was nowhere seen."""
    listed = read_codes()
    shipped = [
        load(each) for kind in ("base", "flow") for each in sorted(pathlib.Path("scenarios").glob(f"{kind}_*.yaml"))
    ]
    assert len(shipped) > 10
    for each in shipped:
        listed.check(each)
    assert [name for name, code in listed.codes.codes.items() if code.sure == "confirmed"] == ["education"]
    assert all(code.source for code in listed.codes.codes.values() if code.code is not None)
