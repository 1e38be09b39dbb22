"""What is shown to users runs: the commands and code of README and docs."""

from __future__ import annotations

import glob
import pathlib
import re
import shlex
import shutil
import tempfile
from typing import Literal

import pytest
from click.testing import CliRunner, Result

from calibration.evidence import plots
from calibration.evidence.page import PAGE as EVIDENCE_PAGE
from calibration.evidence.page import page as evidence_page
from calibration.fit import ROUNDS
from calibration.page import PAGE, page
from simulation import interventions, load, sweep
from simulation.cli import main
from simulation.cli.console import NOT_PRECISE
from simulation.economy.price_files.reading import epochs_of, read_resolved
from simulation.experiments import grid, selftest, work
from simulation.experiments.grid import grid_of
from simulation.experiments.sensitivity import points as sensitivity
from simulation.report.words import with_interval
from simulation.results.names import Figure, Group
from simulation.results.tables import folder
from simulation.scenario.axes import SweepOptions
from simulation.scenario.files.overlay import Resolved
from tests.conftest import undraw
from tests.docs import screens
from tests.municipal.test_practice import SCENARIO as SMALL_PLACE
from tests.reference.tables import third
from tests.sweeps import write

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_python_code_of_a_page_runs(page: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    before = dict(interventions.KINDS)
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        code = compile(block.replace("replications=10", "replications=2"), str(page), "exec", dont_inherit=True)
        exec(code, {"__name__": "page"})
    for kind in interventions.KINDS.keys() - before.keys():  # a page may register kinds of its own
        del interventions.KINDS[kind]


def test_overlay_of_the_page_on_scenarios_is_a_scenario(tmp_path: pathlib.Path) -> None:
    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    for number, block in enumerate(blocks):
        (tmp_path / f"mine_{number}.yaml").write_text(block, encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", *(str(path) for path in sorted(tmp_path.glob("mine_*.yaml")))])
    assert len(blocks) == 5 and checked.exit_code == 0, checked.output


def test_the_page_on_evidence_in_danish_says_what_check_does() -> None:
    text = screens.page_of("hvad_siger_evidensen").read_text(encoding="utf-8")
    (command,) = re.findall(r"^jobcentersim (check --origin .*)$", text, re.MULTILINE)
    shown = CliRunner().invoke(main, shlex.split(command)).stdout
    value, error = (re.findall(pattern, shown)[0] for pattern in (r" = (0\.\d+) log", r"standard error (0\.\d+)"))
    studies = re.findall(r"[A-Z]+-\d\d", shown.partition("evidence: ")[2].partition(";")[0])
    said = [value.replace(".", ","), error.replace(".", ","), *(f"`{study}`" for study in studies)]
    assert len(said) == 4 and [each for each in said if each not in text] == []


def test_files_of_the_questions_are_right(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios pass `check`; prices are read."""
    text = "\n".join(screens.page_of(question).read_text(encoding="utf-8") for question in screens.QUESTIONS)
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    for number, block in enumerate(blocks):
        (tmp_path / f"{'prices' if 'dk_2025' in block else 'mine'}_{number}.yaml").write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    checked = CliRunner().invoke(main, ["check", *(path.name for path in sorted(tmp_path.glob("mine_*.yaml")))])
    assert len(blocks) == 4 and checked.exit_code == 0, checked.output
    (prices,) = tmp_path.glob("prices_*.yaml")
    assert [epoch.file.prices.staff["any"].price for epoch in epochs_of(read_resolved(prices))][-1] == 612000


PLACES = ("my_municipality", "min_egen_kommune")
"""Pages that begin a study of a municipality from its tables."""
IN_DANISH = ("ti_minutter", "min_egen_kommune")
"""Pages that do in Danish what another one does."""


def own_studies() -> dict[str, str]:
    """What of the pages is about a study of one's own: commands that follow each other, in a folder of its own."""
    page = (ROOT / "docs" / "own_study.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ten_minutes = (ROOT / "docs" / "ti_minutter.md").read_text(encoding="utf-8")
    places = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in PLACES}
    blocks = {
        name: next(block for block in re.findall(r"```\n(.*?)```", text, re.DOTALL) if "jobcentersim init " in block)
        for name, text in {"README": readme, **places}.items()
    }
    return {"own_study": page, "ti_minutter": ten_minutes, **blocks}


def commands() -> list[str]:
    """Every command line of the pages, but for those of a study of one's own."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for own in own_studies().values():
        text = text.replace(own, "")
    lines = [line for line in text.splitlines() if line.startswith("jobcentersim ")]
    return sorted({line.split("   ")[0].strip() for line in lines})


def test_the_pages_have_commands() -> None:
    assert len(commands()) >= 5


def ends_of(file: str, resolved: Resolved, options: SweepOptions) -> grid.Grid:
    """The grid with the first and the last value of every axis; the whole of it is checked."""
    whole = grid_of(file, resolved, options)
    axes = {key: tuple(dict.fromkeys((values[0], values[-1]))) for key, values in whole.axes.items()}
    return grid.Grid(whole.loaded, axes, None)


SIMULATE = ("run", "compare", "sweep", "best", "calibrate", "trial", "sensitivity")
SIMULATING = [each for each in commands() if each.split()[1] in SIMULATE]
BEGUN = 77
"""Exit code of a command that would have begun to simulate."""


WITH_SCREEN = {command for question in screens.QUESTIONS for command, _ in screens.screens(question)}
"""Commands whose screens are held against what they show, in the slow tests below."""
SMALL = [each for each in commands() if each not in WITH_SCREEN]


@pytest.mark.parametrize(
    "command",
    [*(each for each in SMALL if each not in SIMULATING), *third([each for each in SMALL if each in SIMULATING], 2)],
)
def test_command_of_a_page_is_one(command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated once, or fitted in one round, without pictures: what it finds and draws is tested elsewhere. So few
    replications need not be as precise as is asked."""
    done = carried_out(command, tmp_path, monkeypatch)
    assert done.exit_code in ((0, NOT_PRECISE) if "--until-halfwidth" in command else (0,)), done.output


@pytest.mark.parametrize("command", SIMULATING)
def test_command_of_a_page_begins(command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything before the first piece of work: its words, its files, what is doubtful in them."""

    def begin(*_: object) -> None:
        raise SystemExit(BEGUN)

    monkeypatch.setattr(work, "_results", begin)
    done = carried_out(command, tmp_path, monkeypatch)
    assert done.exit_code == BEGUN, done.output


def carried_out(command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """A command of a page at small size, with files of its own for those that stand for any."""
    monkeypatch.chdir(ROOT)
    undraw(monkeypatch)
    words = shlex.split(command)[1:]
    other = "scenarios/paa_rette_vej_hver_anden_uge.yaml"
    words = [other if words[0] == "compare" and w == "SCENARIO..." else w for w in words]
    trial = "scenarios/oevelse/forsoeg.yaml" if words[0] == "trial" else "scenarios/paa_rette_vej_i_job.yaml"
    if words[0] != "cba":
        words = [trial if w in ("SCENARIO...", "SCENARIO", "BASE") else w for w in words]
    words = [str(tmp_path / "schema.json") if w == "FILE" else w for w in words]
    words = ["calibration/targets/sygedagpenge.yaml" if w == "TARGETS" else w for w in words]
    words = ["tests/municipal/files/real_y01a02_dagpenge.csv" if w == "FILE..." else w for w in words]
    if words[0] == "trial":
        words = [w for before, w in zip(["", *words], words, strict=False) if "--rehearsals" not in (before, w)]
        words += ["--rehearsals", "3", "--out", str(tmp_path)]
    if words[:2] == ["cba", "BASE"]:
        words[1:] = ["scenarios/friheden/loven.yaml", "scenarios/friheden/tredjedel_faerre.yaml"]
    if words[0] == "cba":
        words += ["--dry-run", "--replications", "4", "--out", str(tmp_path)]
    if words[0] == "export":
        words += ["--out", str(tmp_path / "exported")]
    if words[0] == "init":
        words = ["init", str(tmp_path / "own")]
    if words[0] == "app":
        words += ["--help"]  # its options are known; the page is opened in tests/app
    if words[0] == "practice-tables":
        (tmp_path / "lille.yaml").write_text(SMALL_PLACE, encoding="utf-8")
        words = ["practice-tables", str(tmp_path / "lille.yaml"), "--municipality", "Opdigtet By", "--out",
                 str(tmp_path / "tables")]  # fmt: skip
    if words[0] == "backtest":
        words = ["backtest", "--from", "tests/municipal/places", "--until", "2025M07"]
    if words[0] in ("run", "compare", "sweep"):
        monkeypatch.setattr(grid, "grid_of", ends_of)
        number = ["--most", "20"] if "--until-halfwidth" in words else ["--replications", "1"]
        words += [*number, "--out", str(tmp_path)]
    if words[0] == "best":
        monkeypatch.setattr(grid, "grid_of", ends_of)
        words += ["--out", str(tmp_path), *([] if "--budget" in words or "--most" in words else ["--most", "10"])]
    if words[0] == "sensitivity":
        every = sensitivity.bars
        monkeypatch.setattr(sensitivity, "bars", lambda drawings: every(drawings)[:1])
        monkeypatch.setattr(sensitivity, "switches", lambda _: {})
        words += ["--samples", "0", "--replications", "2", "--out", str(tmp_path)]
    if "--uncertain" in words:
        words += ["--draws", "10"]
    if words[0] == "calibrate":
        monkeypatch.setitem(ROUNDS, "point", 1)
        words += ["--method", "point", "--replications", "2", "--out", str(tmp_path)]
    if words == ["validate"]:
        words += ["calibration/targets/sygedagpenge.yaml", "--draws", "10", "--out", str(tmp_path)]
    if words[0] == "selftest":
        monkeypatch.setattr(selftest, "checks", lambda: iter((selftest.desk,)))
    if words[0] == "evidence":
        monkeypatch.setattr(plots, "draw_plots", lambda *_: None)
        words = ["evidence", "--out", str(tmp_path)]
    if words[0] in ("resume", "extend", "verify", "diff", "report"):
        place = stored(tmp_path, monkeypatch, finished=words[0] != "resume")
        words = [place if w in ("FOLDER", "A", "B") else w for w in words]
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    "page", [pytest.param(page, marks=pytest.mark.slow) if page in IN_DANISH else page for page in own_studies()]
)
def test_the_commands_of_a_study_of_ones_own_follow_each_other(
    page: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From an empty folder, without the checkout; selftest with one of its checks, all of them are made elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(selftest, "checks", lambda: iter((selftest.desk,)))
    undraw(monkeypatch)
    (tmp_path / "tables").mkdir()
    for table in (ROOT / "tests" / "municipal" / "places").glob("*.csv"):
        shutil.copy(table, tmp_path / "tables")
    done = []
    for line in own_studies()[page].replace("Randers", "Fanø").splitlines():  # a small place, which is soon run
        if line.startswith("cd "):
            monkeypatch.chdir(tmp_path / line.removeprefix("cd ").strip())
        if line.startswith("jobcentersim "):
            words = shlex.split(line.split("   ")[0])[1:]
            words = [each for word in words for each in sorted(glob.glob(word))[:3] or [word]]  # a shell takes all
            done.append(words[0])
            few = ["--replications", "2" if len(words) < 4 else "1"] if words[0] in ("run", "compare") else []
            found = CliRunner().invoke(main, [*words, *few])
            assert found.exit_code == 0, found.output
    assert {"init", "run"} < set(done)


def stored(at: pathlib.Path, monkeypatch: pytest.MonkeyPatch, finished: bool) -> str:
    """The folder of a small run, or of one that was stopped before its results were written."""
    with monkeypatch.context() as patched:
        if not finished:
            patched.setattr(folder, "put", lambda *_: 1 / 0)
        CliRunner().invoke(main, ["run", str(write(at)), "--out", str(at)])
    (found,) = (at / "small").iterdir()
    assert found.name.endswith("-points") != finished
    return str(found)


def test_the_page_on_calibration_is_of_what_is_shipped() -> None:
    """If it is not: python -m calibration.page."""
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text


def test_the_page_on_evidence_is_of_what_is_shipped() -> None:
    """If it is not: python -m calibration.evidence.page."""
    text = EVIDENCE_PAGE.read_text(encoding="utf-8")
    assert evidence_page(text) == text


def test_the_worked_sweep_is_what_the_program_gives() -> None:
    page = (ROOT / "docs" / "sweep.md").read_text(encoding="utf-8")
    found = sweep(load(ROOT / "scenarios" / "esbjerg_tidlig_indsats.yaml"), {"teams.projekt.fte": [5, 6]})

    def cell(point: int, name: str, kind: Literal["team", "arm"]) -> str:
        return with_interval(
            found.grid.names.unit(name), found.estimate(point, Figure(name, Group(kind, "projekt")))
        )

    for point, mark in ((0, "►     5"), (1, "base  6")):
        of_team, of_arm = [line for line in page.splitlines() if line.strip().startswith(f"{mark}    personal")]
        assert re.split(r"  +", of_team.strip())[-1] == cell(point, "on_time_share", "team")
        names = ("no_time_share", "wait_first_talk", "talks_held", "talk_minutes")
        assert re.split(r"  +", of_arm.strip())[-4:] == [cell(point, name, "arm") for name in names]


def test_the_first_screen_of_the_pages_is_what_the_program_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    undraw(monkeypatch)
    with tempfile.TemporaryDirectory() as out:  # its name is short, so the screen has room
        words = ["run", "scenarios/paa_rette_vej_graense_25.yaml", "--quiet", "--out", out]
        *shown, following = CliRunner().invoke(main, words).stdout.strip().splitlines()
    assert following.startswith("Next: ")
    for place in ("README.md", "docs/first_screen.md"):
        assert "\n".join(["```", *shown, "Next: "]) in (ROOT / place).read_text(encoding="utf-8"), shown


def test_the_screen_of_the_page_on_import_is_what_the_program_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the day, which is that of the file."""
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    command, screen = re.findall(r"```\n(.*?)```", page, re.DOTALL)[:2]
    shown = CliRunner().invoke(main, shlex.split(command)[1:]).stdout
    day = r"\d{4}-\d\d-\d\d"
    assert re.sub(day, "", shown) == re.sub(day, "", screen)


def test_tasks_of_the_pages_are_tasks() -> None:
    tasks = (ROOT / "tasks.py").read_text(encoding="utf-8")
    named = {task for page in PAGES for task in re.findall(r"(?:python3|py) tasks\.py (\w+)", page.read_text("utf-8"))}
    assert {"demo", "test", "docs"} < named
    assert [task for task in named if f"def {task}()" not in tasks] == []
    assert "python3 tasks.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("question", screens.QUESTIONS)
def test_the_screens_of_a_question_are_what_the_program_shows(question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If they are not: python -m tests.docs.screens."""
    monkeypatch.chdir(ROOT)
    undraw(monkeypatch)
    shown = [*screens.screens(question)]
    assert shown
    for command, screen in shown:
        with tempfile.TemporaryDirectory() as out:
            assert screens.shown_by(command, out) == screen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "tables"), [("ti_minutter", ()), ("min_egen_kommune", ("tests/municipal/places/*.csv",))]
)
def test_the_screen_of_a_study_is_what_the_program_shows(
    page: str, tables: tuple[str, ...], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the last command before it, in a study begun as the page says."""
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    before, screen = re.split(r"```text\n", text)[:2]
    begins, *_, last = [line for line in before.splitlines() if line.startswith("jobcentersim ")
                        and " selftest" not in line]  # fmt: skip
    undraw(monkeypatch)
    (tmp_path / "tables").mkdir()
    for table in (file for pattern in tables for file in ROOT.glob(pattern)):
        shutil.copy(table, tmp_path / "tables")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, shlex.split(begins)[1:]).exit_code == 0
    monkeypatch.chdir(tmp_path / shlex.split(begins)[2])
    assert screens.shown_by(last, "results") == screen.partition("```")[0]
