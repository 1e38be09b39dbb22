"""A study of one's own: what `init` writes works at once, in both languages, and nothing is ever overwritten."""

from __future__ import annotations

import json
import pathlib

import matplotlib as mpl
import pytest
from click.testing import CliRunner

from simulation import compare, load
from simulation.cli import main
from simulation.cli.study import command
from simulation.cli.study.files import base_of, usual_limit, usual_staff
from simulation.cli.study.groups import GROUPS
from simulation.scenario.check import warnings
from tests.commands import cli

FILES = {"base.yaml", "what_if.yaml", "targets.yaml", "notebook.ipynb", "README.md"}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("lang", ["en", "da"])
def test_what_is_written_is_right(group: str, lang: str, tmp_path: pathlib.Path) -> None:
    """Whatever the place is called, also where it would be something else in YAML."""
    folder = tmp_path / "study"
    named = ["--target-group", group, "--jobcentre", 'Ærø: "øst" # $limit', "--persons", 150, "--lang", lang]
    done = cli("init", folder, *named)
    assert done.exit_code == 0, done.output
    assert {path.name for path in folder.iterdir()} == FILES
    base, what_if = load(folder / "base.yaml"), load(folder / "what_if.yaml")
    assert base.scenario.persons() == {GROUPS[group].jobcentre: 150}
    assert [each.name for each in base.scenario.jobcentres.values()] == ['Ærø: "øst" # $limit']
    assert not warnings(base) and not base.unsourced()
    (figure,) = base.scenario.published.values()
    assert figure.figure is not None and ("EXAMPLE" if lang == "en" else "EKSEMPEL") in (figure.caveat or "")
    team = GROUPS[group].team
    assert what_if.scenario.teams[team].caseload_limit < base.scenario.teams[team].caseload_limit
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
    assert not [text for text in texts if "$" in text.replace("$limit", "").replace("${", "")]
    assert max(len(line) for text in texts for line in text.splitlines() if "figure" not in line) < 700


def test_the_notebook_and_the_run_show_a_difference(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("init", tmp_path / "s", "--target-group", "kontanthjaelp", "--persons", 60).exit_code == 0
    monkeypatch.chdir(tmp_path / "s")
    monkeypatch.setenv("JOBCENTERSIM_REPLICATIONS", "2")
    cells = json.loads((tmp_path / "s" / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    with mpl.rc_context({"backend": "agg"}):
        names: dict[str, object] = {}
        for cell in cells:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), "notebook", "exec", dont_inherit=True), names)
    found = compare(load("base.yaml"), load("what_if.yaml"), 2).table()
    found = found[(found["outcome"] == "wait_caseworker_all") & found["week"].isna() & (found["group"] == "alle")]
    assert (found["difference"] > 1).all()


def test_options_are_taken_and_usual_ones_go_by_size(tmp_path: pathlib.Path) -> None:
    given = ["--persons", 2000, "--staff", 7.5, "--caseload-limit", 90, "--what-if-limit", 60]
    assert cli("init", tmp_path, "--target-group", "dagpenge", *given).exit_code == 0
    base, what_if = load(tmp_path / "base.yaml").scenario, load(tmp_path / "what_if.yaml").scenario
    assert (base.teams["ordinaer"].fte, base.teams["ordinaer"].caseload_limit) == (7.5, 90)
    assert (what_if.teams["ordinaer"].fte, what_if.teams["ordinaer"].caseload_limit) == (7.5, 60)
    assert load(tmp_path / "base.yaml").resolved.data["interventions"]["praktik"]["places"] == 30
    shipped = base_of("dagpenge")
    assert usual_staff(shipped, "ordinaer", 2000) == 6
    assert [usual_limit(shipped, "ordinaer", 4000, 12, limit) for limit in (None, 40)] == [70, 30]


def test_what_is_told_to_do_next_is_in_the_language_of_the_study(tmp_path: pathlib.Path) -> None:
    """A study that is begun in Danish shows its answers in Danish; in English nothing need be said."""
    for lang in ("da", "en"):
        told = cli("init", tmp_path / lang, "--persons", 150, "--lang", lang).stdout
        shown = [*told.splitlines(), *(tmp_path / lang / "README.md").read_text(encoding="utf-8").splitlines()]
        running = [line for line in shown if "jobcentersim run " in line or "jobcentersim compare " in line]
        assert len(running) == 3 and all(("--lang da" in line) == (lang == "da") for line in running)


def test_nothing_is_overwritten(tmp_path: pathlib.Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    refused = cli("init", tmp_path)
    assert refused.exit_code == 2 and "README.md is there already" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "this is a file, not a folder" in cli("init", tmp_path / "file").stderr


WRONG = {
    ("--jobcentre", " "): "--jobcentre: give a name",
    ("--jobcentre", "a\nb"): "--jobcentre: give a name",
    ("--jobcentre", "a\x1bb"): "the invisible character U+001B",
    ("--caseload-limit", "40", "--what-if-limit", "40"): "40 is the limit of the base as well",
    ("--staff", "0"): "--staff",
    ("--staff", "1,5"): "use a decimal point: 1.5",
    ("--persons", "0"): "--persons",
    ("--target-group", "alle"): "--target-group",
}


@pytest.mark.parametrize("words", WRONG)
def test_what_cannot_be_is_refused_and_nothing_written(words: tuple[str, ...], tmp_path: pathlib.Path) -> None:
    refused = cli("init", tmp_path / "s", *words)
    assert refused.exit_code == 2 and WRONG[words] in refused.stderr and not (tmp_path / "s").exists()


def test_questions_are_asked_at_a_terminal_alone(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = CliRunner().invoke(main, ["init", str(tmp_path / "piped")], input="kontanthjaelp\n")
    assert piped.exit_code == 0 and "Unemployed on dagpenge, My municipality: 4,000 persons" in piped.stdout
    monkeypatch.setattr(command, "at_a_terminal", lambda: True)
    answers = "sygedagpenge\nLolland\n400\n\n\n60\n"
    asked = CliRunner().invoke(main, ["init", str(tmp_path / "asked"), "--lang", "da"], input=answers)
    assert asked.exit_code == 0, asked.output
    assert "Personer, der begynder i løbet af 17 uger [300]" in asked.stderr
    assert "Lolland: 400 personer, 1,75 fuldtidssagsbehandlere; i forslaget højst 60 sager til hver" in asked.stdout


def test_the_folder_is_written_as_it_is_typed(tmp_path: pathlib.Path) -> None:
    """One with a space in it stands in quotes, in the command that comes next."""
    folder = tmp_path / "min kommune"
    done = cli("init", folder, "--persons", 60, "--lang", "da")
    assert done.exit_code == 0 and f'cd "{folder}", derefter' in done.output
