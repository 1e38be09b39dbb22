"""The first screen: fifteen lines of a hundred columns in words, in both languages, whatever is run."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterable
from functools import cache

import pytest

from simulation import sweep
from simulation.experiments.kept import Kept
from simulation.experiments.replicate import replicate
from simulation.report.findings import Findings
from simulation.report.screen import Aside, first_screen
from simulation.report.store import Ran
from simulation.report.sweep.screen import sweep_screen
from simulation.results.names import Names
from simulation.results.tables.csvs import csv_text
from simulation.scenario.extended import extended_of
from simulation.scenario.load import Loaded, load
from simulation.world.labels import LANGUAGES, Language
from tests.commands import answer, cli, ctrl_c_after, tables
from tests.sweeps import write

pytestmark = pytest.mark.usefixtures("undrawn")
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
SMALL = {"intake.persons": 25}
RUNS = {
    "alone, one arm": ["base_dagpenge"],
    "alone, two arms": ["paa_rette_vej_i_job"],
    "sickness": ["aktive_hurtigere_tilbage"],
    "two": ["paa_rette_vej_i_job", "paa_rette_vej_graense_25"],
    "two of other people": ["base_tre_hovedveje", "tre_hovedveje_vikar"],
    "six": ["paa_rette_vej_i_job", "paa_rette_vej_graense_25", "paa_rette_vej_hver_anden_uge", "paa_rette_vej_tilskud",
            "paa_rette_vej_minimumsmodel", "paa_rette_vej_anden_aktoer"],
}  # fmt: skip
FOLDER = "results/paa_rette_vej_i_job--and_5_others/0123456789ab"
ASIDE = Aside(FOLDER, "new", 12, "scenarios/a.yaml", ["one more line"])


@cache
def ran(what: str) -> Ran:
    """Some scenarios by few people, twice."""
    loaded = [load(SCENARIOS / f"{name}.yaml", SMALL) for name in RUNS[what]]
    seed = loaded[0].scenario.seed
    return Ran(replicate([each.with_({"seed": seed}) for each in loaded], 2))


def code_names(screen: str, names: Iterable[Names]) -> list[str]:
    """Words of the program on a screen: all with an underscore, outside changed keys and commands; not of outcomes that
    have no label yet."""
    unlabelled = {each.write(o) for each in names for o, meaning in each.meanings.items() if meaning.label is None}
    heads = ("teams.", "Changed:", "Ændret:", "Results:", "Resultat:", "Next:", "Næste:", "Warnings:", "Advarsler:")
    kept, inside = [], False
    for line in screen.splitlines():
        inside = line.startswith(heads) or (inside and line.startswith("  "))
        kept += [] if inside else [line]
    words = re.findall(r"[\w.]*_[\w.]*", " ".join(kept), re.ASCII)
    return [word for word in words if word.casefold() not in unlabelled]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", RUNS)
def test_it_is_fifteen_lines_in_words(what: str, language: Language) -> None:
    """However many scenarios there are, and long as their names may be."""
    screen = first_screen(Findings(ran(what), language), ASIDE)
    lines = screen.splitlines()
    assert len(lines) <= 15 and max(map(len, lines)) <= 100, screen
    assert not code_names(screen, [result.names for result in ran(what).results]), screen
    assert "±" not in screen and "nan" not in screen.casefold()


def test_what_is_new_says_how_many_are_in_it() -> None:
    """Of a club on a base without one who began; there is nothing that it could be held against."""
    names = ("base_kontanthjaelp", "kombinationer/kontanthjaelp_jobklub")
    findings = Findings(Ran(replicate([load(SCENARIOS / f"{name}.yaml", SMALL) for name in names], 2)))
    assert "jobklub.started" in [row.figure.outcome.replace("_started", ".started") for row in findings.best(5)]


def test_who_never_got_what_is_always_shown(tmp_path: pathlib.Path) -> None:
    """Where a limit leaves ledige without a caseworker, everybody who is unserved counts."""
    base = load(write(tmp_path))
    full = base.with_({"teams.team.caseload_limit": 10, "teams.team.at_limit": "wait"}, name="Full")
    findings = Findings(Ran(replicate([base, full], 2)))
    row = next(row for row in findings.best(3) if row.figure.outcome == "wait_caseworker_unserved")
    assert row.figure.group.kind == "alle" and row.levels[0].value == 0 < row.levels[1].value and row.moved
    assert "teams.team.caseload_limit none → 10" in first_screen(findings)


def test_rows_are_of_the_figures_that_the_tables_have() -> None:
    """Levels and differences of two scenarios add up, and are those of the comparison."""
    findings = Findings(ran("two"))
    (comparison,) = findings.ran.comparisons
    by_figure = {d.key: d for d in comparison.differences()}
    for row in findings.headline:
        assert row.differences[0] is None and row.differences[1] == by_figure[row.figure].difference
        assert row.levels[1].value - row.levels[0].value == pytest.approx(by_figure[row.figure].difference.value)


def test_arms_are_held_against_the_reference() -> None:
    findings = Findings(ran("alone, two arms"))
    assert findings.columns == ["participants", "controls"]
    for row in findings.headline:
        if len(row.levels) == 2:
            assert row.differences[1] is None
            assert row.differences[0] == findings.results[0].estimate(row.figure.outcome, "difference")


def headlined(loaded: Loaded, headline: list[str]) -> Findings:
    """What is found where a scenario says what is to be shown."""
    return Findings(Ran(replicate([loaded.with_({"headline": headline})], 2)))


def test_a_scenario_says_what_is_shown_first() -> None:
    loaded = load(SCENARIOS / "paa_rette_vej_i_job.yaml", SMALL)
    found = headlined(loaded, ["caseload", "talk_share"]).headline
    assert [row.figure.outcome for row in found][:2] == ["caseload", "talk_share"]


def test_how_well_a_score_sorts_is_the_scenarios_own() -> None:
    """Set on the command line, it is a change from what the scenario extends, which has no score."""
    settings = {"profile.udvalgt.auc": 0.55}
    found = extended_of(load(SCENARIOS / "friheden" / "fritag_efter_score.yaml", settings), settings)
    assert found is not None and found.loaded is not None and found.why is None


@pytest.mark.parametrize("name", ["paa_rette_vej_i_job", "base_dagpenge"])
def test_of_whom_it_is_asked_is_shown_of_one_scenario_too(name: str) -> None:
    """A team's cases are not everybody's, whether arms stand in columns or there is but one."""
    loaded = load(SCENARIOS / f"{name}.yaml", SMALL)
    findings = headlined(loaded, ["caseload@team:ordinaer", "caseload"])
    assert [str(row.figure.group) for row in findings.headline][:2] == ["team:ordinaer", "alle"]
    assert findings.headline[0].levels[0] == findings.results[0].estimate("caseload", "team:ordinaer")


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("[exit_jobb]", "headline.0: there is no outcome 'exit_jobb'; did you mean 'exit_job'?"),
        ("[exit_job, talk_share@alll]", "headline.1: there is no group 'alll'; did you mean 'alle'?"),
    ],
)
def test_a_headline_that_there_is_not_is_told_at_its_place(headline: str, said: str, tmp_path: pathlib.Path) -> None:
    found = cli("check", write(tmp_path, f"headline: {headline}\n"))
    assert found.exit_code == 2 and said in found.stderr


OVERLAY = "version: 2\nextends: small.yaml\nname: Fewer\n"


def overlay(folder: pathlib.Path, change: str = "teams: {team: {fte: 1}}\n") -> pathlib.Path:
    """A scenario that differs from a small one."""
    write(folder)
    path = folder / "fewer.yaml"
    path.write_text(OVERLAY + change, encoding="utf-8")
    return path


def test_a_run_shows_what_it_extends(tmp_path: pathlib.Path) -> None:
    """By the same luck, with the differences in the tables, as `compare` has them; that can be verified and extended.
    In Danish it is the same, but for the words."""
    path, words = overlay(tmp_path), ["--replications", 2, "--out"]
    beside = cli("run", path, *words, tmp_path / "en")
    assert beside.exit_code == 0, beside.output
    assert beside.stdout.startswith("Fewer against Small") and "teams.team.fte 2 → 1" in beside.stdout
    danish = cli("run", path, *words, tmp_path / "da", "--lang", "da")
    assert "Fewer mod Small" in danish.stdout and "2 gentagelser, samme tilfældigheder" in danish.stdout
    assert re.search(r"\d,\d", danish.stdout)
    folders = [next(iter((tmp_path / name / "fewer").iterdir())) for name in ("en", "da")]
    stored = [{file.name: file.read_bytes() for file in (each / "tables").iterdir()} for each in folders]
    assert stored[0] == stored[1]
    compared = Ran(replicate([load(tmp_path / "small.yaml"), load(path)], 2)).tables()
    for name, of_comparison in (("differences", "differences"), ("changes", "changes"),
                                ("base_outcomes", "base_outcomes"), ("outcomes", "scenario_outcomes")):  # fmt: skip
        assert stored[0][f"{name}.csv"].decode() == csv_text(compared[of_comparison])
    assert cli("verify", folders[0]).exit_code == 0
    longer = cli("extend", folders[0], "--replications", 3)
    assert longer.exit_code == 0 and longer.stdout.startswith("Fewer against Small"), longer.output


def test_it_is_run_alone_where_that_is_asked_for(tmp_path: pathlib.Path) -> None:
    """In a folder of its own, which `verify` knows of."""
    alone = cli("run", overlay(tmp_path), "--alone", "--replications", 2, "--out", tmp_path / "out")
    assert alone.exit_code == 0 and "against" not in alone.stdout and alone.stdout.startswith("Fewer  ")
    folder = next(iter((tmp_path / "out" / "fewer").iterdir()))
    assert not (folder / "tables" / "differences.csv").exists()
    assert cli("verify", folder).exit_code == 0


def test_it_is_run_alone_where_more_than_policy_differs(tmp_path: pathlib.Path) -> None:
    """In one line, with the reason."""
    found = cli("run", overlay(tmp_path, "intake: {persons: 70}\n"), "--replications", 2, "--out", tmp_path / "out")
    assert found.exit_code == 0, found.output
    assert "Run alone: Small, which it extends, follows other ledige." in " ".join(found.stdout.split())


TWO_ARMS = "arms: {alle: null, a: 1, b: 1}\ninterventions: {samtaler: {plans: {plan: {arms: [a, b]}}}}\n"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (TWO_ARMS, "has other arms"), ("follow_up: 10\n", "is watched for another time"),
        ("start: 2027-W01\n", "begins in another week"),
        ("description: the same\n", "differs in nothing that is simulated"),
    ],
)  # fmt: skip
def test_why_two_are_not_held_against_each_other(change: str, why: str, tmp_path: pathlib.Path) -> None:
    found = extended_of(load(overlay(tmp_path, change)), {})
    assert found is not None and found.loaded is None and found.why is not None and found.why.en == why


def test_what_is_set_of_policy_is_not_set_for_the_base(tmp_path: pathlib.Path) -> None:
    """What is set of the world is, for otherwise other people would be followed; a name is of the scenario alone."""
    settings = {"teams.team.fte": 1.5, "intake.persons": 30, "seed": 9, "name": "Of this one"}
    found = extended_of(load(overlay(tmp_path), settings), settings)
    assert found is not None and found.loaded is not None
    base = found.loaded.scenario
    assert (base.teams["team"].fte, base.intake.persons, base.seed, base.name) == (2, 30, 9, "Small")
    assert extended_of(load(write(tmp_path)), {}) is None


def test_warnings_are_counted(tmp_path: pathlib.Path) -> None:
    """And told by `check` and with --all."""
    path = write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("fte: 2", "fte: 0.2"), encoding="utf-8")
    words = ["run", path, "--replications", 2, "--out", tmp_path / "out"]
    found, full = cli(*words), cli(*words, "--all")
    assert "Warnings: 1, see: jobcentersim check" in found.stdout and "warning:" not in found.output
    assert "warning:" in full.stderr and "outcome " in full.stdout


def test_a_warning_that_a_setting_brings_is_shown_by_the_command_that_the_screen_names(tmp_path: pathlib.Path) -> None:
    path, setting = write(tmp_path), ("--set", "teams.team.fte=0.2")
    screen = cli("run", path, *setting, "--replications", 2, "--out", tmp_path / "out").stdout
    assert "--set …" in screen or "--set teams.team.fte=0.2" in screen
    assert "--set teams.team.fte=0.2: warning:" not in cli("check", path).output
    assert "--set teams.team.fte=0.2: warning:" in cli("check", path, *setting).output
    wrong = cli("check", path, "--set", "teams.team.ft=1")
    assert wrong.exit_code == 2 and "did you mean 'fte'" in wrong.stderr
    assert "fte = 0.2" in cli("check", path, *setting, "--origin", "teams.team.fte").stdout


def test_a_sweep_has_a_first_screen(tmp_path: pathlib.Path) -> None:
    """The smallest staffing that is enough in a sentence, and as many points as there is room for."""
    swept = sweep(load(write(tmp_path, still=True)), {"teams.team.fte": [n / 4 for n in range(2, 17)]}, 10,
                  service="called_on_time_share>=0.9")  # fmt: skip
    for language, sentence in (("en", "3 is the smallest staffing tried"), ("da", "3 er den mindste bemanding")):
        screen = sweep_screen(swept, language, ASIDE)  # type: ignore[arg-type]
        lines = screen.splitlines()
        assert len(lines) <= 15 and max(map(len, lines)) <= 100, screen
        assert "►3" in screen and sentence in screen and not code_names(screen, [swept.grid.names])


def test_what_was_stopped_goes_on_with_its_base(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the folder alone, to the tables of a run that was never stopped; alone stays alone."""
    path = overlay(tmp_path)
    for more in ([], ["--alone"]):
        words = ["run", path, *more, "--replications", 4, "--batch", 2, "--out"]
        place = tmp_path / f"stopped{len(more)}"
        with ctrl_c_after(2 - len(more), Kept, monkeypatch):
            assert cli(*words, place).exit_code == 130
        found = cli("resume", place)
        assert found.exit_code == 0 and ("against Small" in found.stdout) == (not more), found.output
        whole = answer(*words, tmp_path / f"whole{len(more)}")
        (folder,) = (each for each in (place / "fewer").iterdir() if each.name == whole["fingerprint"])
        assert tables({"results_dir": str(folder)}) == tables(whole)
