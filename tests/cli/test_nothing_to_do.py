"""Nothing to do is a mistake: one sentence, exit code 2, nothing run, nothing written."""

from __future__ import annotations

import pathlib

import pytest

from simulation import compare, run, sweep
from simulation.results.measures.replication import Replication
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from tests.commands import cli
from tests.sweeps import write


@pytest.fixture
def small(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """The folder of small.yaml, of `same.yaml`, which changes nothing of it, and of `wrong.yaml`."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    (tmp_path / "same.yaml").write_text(
        "version: 2\nextends: small.yaml\nname: Same\nheadline: [exit_job]\nreplications: 2\n", encoding="utf-8"
    )
    (tmp_path / "wrong.yaml").write_text("version: 2\nextends: small.yaml\nheadline: [exit_jobb]\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("compare small.yaml small.yaml", "nothing differs between small.yaml and small.yaml, so there is nothing to"),
        ("compare small.yaml same.yaml", "nothing differs between small.yaml and same.yaml, so there is nothing to"),
        ("run wrong.yaml", "headline.0: there is no outcome 'exit_jobb'; did you mean 'exit_job'?"),
        ("run small.yaml --replications 0", "0 is not in the range"),
        ("sweep small.yaml", "sweep: nothing is swept: give --over KEY=start:stop:step"),
        ("sweep small.yaml --over teams.team.fte=", "write it as KEY=start:stop:step or KEY=a,b,c"),
        ("sweep small.yaml --over teams.team.fte=1,2 --outcome exit_jobb", "did you mean 'exit_job'?"),
        ("params small.yaml same.yaml --csv p.csv", "nothing differs in what is simulated, so there is nothing to"),
    ],
)
def test_of_commands(words: str, sentence: str, small: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Replication, "__init__", lambda *_, **__: pytest.fail("something was run"))
    there = sorted(small.rglob("*"))
    refused = cli(*words.split())
    assert refused.exit_code == 2, refused.output
    assert sentence in " ".join(refused.stderr.split()) and "Traceback" not in refused.output
    assert sorted(small.rglob("*")) == there


def test_in_python(small: pathlib.Path) -> None:
    base, same, wrong = (load(small / f"{name}.yaml") for name in ("small", "same", "wrong"))
    sentence = r"nothing differs between .*small\.yaml and .*same\.yaml, so there is nothing to compare"
    with pytest.raises(ValueError, match=sentence):
        compare(base, same, 1)
    with pytest.raises(InputProblems, match="did you mean 'exit_job'"):
        run(wrong, 1)
    with pytest.raises(InputProblems):
        sweep(base, {}, 1)
    with pytest.raises(KeyError, match="did you mean 'exit_job'"):
        run(base, 1).table("exit_jobb")


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("all_of_it", [(), ("--all",)])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Mind: Same changes nothing of what it extends, Small, and is run alone."),
        ("da", "Bemærk: Same ændrer intet i det, den bygger på, Small, og er kørt alene."),
    ],
)
def test_an_overlay_that_changes_nothing_is_run_alone_and_says_so(
    language: str, sentence: str, all_of_it: tuple[str, ...], small: pathlib.Path
) -> None:
    found = cli("run", "same.yaml", "--out", small / "out", "--lang", language, *all_of_it)
    assert found.exit_code == 0, found.output
    assert sentence in " ".join(found.stdout.split())


def test_a_headline_of_which_nothing_is_there_is_told(small: pathlib.Path) -> None:
    """Such as of absence, where nobody of the staff is ever away: there is an outcome of the name, and no figure."""
    (small / "same.yaml").write_text(
        "version: 2\nextends: small.yaml\nheadline: [exit_job, absence_share]\nreplications: 2\n", encoding="utf-8"
    )
    found = " ".join(cli("run", "same.yaml", "--alone", "--out", small / "out").stdout.split())
    assert "Mind: Not shown first, for there is nothing of it here: Staff away." in found
