"""`init --from` and `backtest`: real places from their files, and files that contradict each other."""

from __future__ import annotations

import csv
import os
import pathlib
import shlex

import numpy as np
import pytest

from simulation import load
from simulation.results.measures.replication import simulate
from simulation.scenario.check import warnings
from tests.commands import cli

FILES = pathlib.Path(__file__).parents[1] / "municipal"
TABLES = ["--from", FILES / "places"]


def begun(folder: pathlib.Path, name: str, *more: object) -> pathlib.Path:
    done = cli("init", folder / "s", *TABLES, "--municipality", name, *more)
    assert done.exit_code == 0, done.output
    return folder / "s"


@pytest.mark.parametrize(("name", "lang", "groups", "scale"), [
    ("København", "da", 3, 10), ("Randers Kommune", "en", 3, 1), ("Fanø", "da", 1, 1),
])  # fmt: skip
def test_a_real_place_becomes_a_study(name: str, lang: str, groups: int, scale: int, tmp_path: pathlib.Path) -> None:
    """A large, a middling and a small one: whatever is written can be run, has its sources, and nothing to warn of."""
    study = begun(tmp_path, name, "--lang", lang)
    files = {path.name for path in study.iterdir()}
    assert {"base.yaml", "what_if.yaml", "targets.yaml", "months.csv", "README.md"} <= files
    assert {"loven_2027.yaml", "tredjedel_faerre.yaml", "planer"} <= files
    assert len(files) == 9 + (2 * groups if groups > 1 else 0) and len(list((study / "planer").iterdir())) == 6
    some = {"København": ["base"], "Fanø": ["what_if", "planer/telefon"]}
    for file in some.get(name, ["base", "loven_2027", "kontanthjaelp_aktivitetsparat", "planer/grupper_af_otte"]):
        loaded = load(study / f"{file}.yaml")
        told = [each for each in warnings(loaded) if file != "what_if" or "utilisation" not in each.message]
        assert not told and not loaded.unsourced(), file  # twice the talks are too many for a small place
        assert sum(loaded.scenario.persons().values()) < 20_001
    base = load(study / "base.yaml").scenario
    assert len(base.benefits) == groups and list(base.teams) == ["ordinaer", "a_kasse"]
    assert all(each.by_block for each in base.benefits.values()) and base.intake.by_block is None
    fewer = load(study / "planer" / "telefon.yaml").scenario
    assert fewer.teams["ordinaer"].fte == pytest.approx(base.teams["ordinaer"].fte * 2 / 3, rel=5e-3)
    stock = [each for name, each in base.published.items() if "long_term" not in name]
    assert len(stock) == 12 * groups and all("persons each" in each.definition for each in stock)
    rows = list(csv.DictReader((study / "months.csv").open(encoding="utf-8")))
    assert len(rows) == 48 * groups
    first = base.published["dagpenge_2025m07"].figure
    assert first == pytest.approx(float(rows[24]["published_persons"]) / scale, abs=0.06)
    again = cli("init", study, *TABLES, "--municipality", name)
    assert again.exit_code == 2 and "there already" in again.stderr


def test_the_simulation_meets_what_the_closed_form_says(tmp_path: pathlib.Path) -> None:
    """All groups of Randers with one staff, three replications: each month within 10 % of the stock that is published
    in each group, whose stocks move apart (job-ready kontanthjælp rose by 39 % in a year); and the mean of the year of
    the long-term share within 10 %."""
    scenario = load(begun(tmp_path, "Randers") / "base.yaml").scenario
    runs = simulate(scenario, range(3))
    apart: dict[str, list[float]] = {}
    for name, printed in scenario.published.items():
        found = float(np.mean([run.outcomes[printed.outcome, "alle", None] for run in runs]))
        assert printed.figure is not None
        apart.setdefault(name.rsplit("_", 1)[0], []).append(found / printed.figure - 1)
    assert len(apart) == 5 and {len(each) for each in apart.values()} == {12}
    for name, each in apart.items():
        assert abs(float(np.mean(each))) < (0.1 if "long_term" in name else 0.04), name
        assert "long_term" in name or max(map(abs, each)) < 0.1, name


def test_other_benefits_come_from_their_tables(tmp_path: pathlib.Path) -> None:
    """Sygedagpenge and ledighedsydelse of an invented place: lengths of their own, talks as the bases have them, and
    the act of 2027 for the one that it has a rule for."""
    tables = FILES / "places" / "opdigtet"
    done = cli("init", tmp_path / "s", "--from", tables, "--municipality", "Opdigtet By", "--lang", "da")
    assert done.exit_code == 0 and "18,2 uger" in done.output and "96,0 uger" in done.output
    base = load(tmp_path / "s" / "base.yaml")
    assert not warnings(base) and not base.unsourced() and list(base.scenario.teams) == ["ordinaer"]
    assert base.scenario.benefits["ledighedsydelse"].exits["job"] is None
    plans = [set(load(tmp_path / "s" / f"{file}.yaml").scenario.interventions[f"samtaler_{of}"].plans)  # type: ignore[attr-defined]
             for file, of in (("base", "sygedagpenge"), ("loven_2027", "ledighedsydelse"))]  # fmt: skip
    assert plans == [{"hver_fjerde_uge", "hver_ottende_uge"}, {"fire_2027", "fritaget_2027", "efter_2027"}]
    alone = load(tmp_path / "s" / "ledighedsydelse.yaml").scenario
    assert alone.job_spells is None and list(alone.exits) == ["fleksjob", "foertidspension", "ophoert"]
    runs = simulate(base.scenario, range(2))
    for name, printed in base.scenario.published.items():
        if "month_persons" not in printed.outcome:
            continue
        found = float(np.mean([run.outcomes[printed.outcome, "alle", None] for run in runs]))
        assert found == pytest.approx(printed.figure, rel=0.1), name


def test_files_that_contradict_each_other_are_refused_with_the_arithmetic(tmp_path: pathlib.Path) -> None:
    invented = sorted((FILES / "files").glob("invented_jobindsats*"))
    given = [word for file in invented for word in ("--from", file)]
    refused = cli("init", tmp_path / "s", *given, "--municipality", "Opdigtet By")
    assert refused.exit_code == 2 and not (tmp_path / "s").exists()
    for words in ("214 ended spells a month × 21 weeks / 4.35", "400 spells at the beginning + 60 begun = 460",
                  "50.5 weeks each; the mean that is printed is 21", "Nothing was written"):  # fmt: skip
        assert words in refused.stderr


@pytest.mark.parametrize(("words", "told"), [
    ((*TABLES,), "go together"),
    (("--municipality", "Randers"), "go together"),
    ((*TABLES, "--municipality", "Randers", "--persons", 5), "--persons"),
    ((*TABLES, "--municipality", "Randrs", "--until", "2026M01"), "no figure of 'Randrs'"),
    ((*TABLES, "--municipality", "Randers", "--until", "2026"), "write a month"),
    ((*TABLES, "--municipality", "Randers", "--until", "soon"), "--until"),
    ((*TABLES, "--municipality", "Randers", "--until", "2099M01"), "2099M01 is after 2026M07, the newest month"),
    (("--from", FILES / "nothing.csv", "--municipality", "Randers"), "nothing.csv"),
    (("--from", FILES.parent / "dask", "--municipality", "Randers"), "no table is in it"),
    (("--from", FILES / "places" / "y60a02_kontanthjaelp.csv", "--municipality", "Randers"), "no table by visitation"),
    (("--from", FILES / "files" / "invented_eventlog.csv", "--municipality", "Randers"), "event log"),
])  # fmt: skip
def test_what_cannot_be_is_told(words: tuple[object, ...], told: str, tmp_path: pathlib.Path) -> None:
    refused = cli("init", tmp_path / "s", *words)
    assert refused.exit_code == 2 and told in refused.stderr, refused.stderr
    assert not (tmp_path / "s").exists()


def test_the_back_test_tells_coverage_and_skill(tmp_path: pathlib.Path) -> None:
    done = cli("backtest", *TABLES, "--until", "2025M07", "--out", tmp_path / "b.csv")
    assert done.exit_code == 0, done.output
    assert "dagpenge: 3 places, each month of 2025M08 to 2026M07" in done.output and "Skill" in done.output
    rows = list(csv.DictReader((tmp_path / "b.csv").open(encoding="utf-8")))
    assert {row["group"] for row in rows} == {"dagpenge", "kontanthjaelp"}
    one = next(row for row in rows if row["area"] == "Randers" and row["period"] == "2025M08")
    assert float(one["came"]) == 1214 and one["months_ahead"] == "1"
    assert float(one["low_95"]) < float(one["low_80"]) < float(one["predicted"]) < float(one["high_80"])
    assert cli("backtest", *TABLES, "--out", tmp_path / "b.csv").exit_code == 2
    assert cli("backtest").exit_code == 2
    early = cli("backtest", *TABLES, "--until", "2021M12", "--lang", "da")
    assert early.exit_code == 2 and "three years" in early.stderr


@pytest.mark.parametrize(("benefits", "who"), [
    ("base", "the job-ready and the activity-ready"), ("kontanthjaelp", "the job-ready"),
    ("kontanthjaelp_aktivitetsparat", "the activity-ready"),
])  # fmt: skip
def test_whom_a_figure_that_is_no_target_is_of(benefits: str, who: str, tmp_path: pathlib.Path) -> None:
    """Activation is printed of all kontanthjælp, and each study says which of them it has."""
    table = tmp_path / "y60c07.csv"
    table.write_text("Område;Periode;Aktiveringsgrad\nRanders;2026M06;15,8\n", encoding="utf-8")
    study = begun(tmp_path, "Randers", "--from", table)
    name = "targets.yaml" if benefits == "base" else f"targets_{benefits}.yaml"
    told = f"the study has {who} alone. Nothing in the study could move it: the study has no offers"
    assert told in (study / name).read_text(encoding="utf-8")


def test_the_next_command_can_be_typed_as_it_is_told(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / 'Ærø "ny" $x'
    done = cli("init", folder, *TABLES, "--municipality", "Fanø")
    assert done.exit_code == 0, done.output
    told = done.output.split("cd ", 1)[1].split(", then", 1)[0]
    assert [str(folder)] == (shlex.split(told) if os.name != "nt" else [told.strip('"')])
