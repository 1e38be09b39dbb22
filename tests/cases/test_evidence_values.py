"""`value: evidence`: numbers of a scenario that stand in the synthesis of published effects."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest
import yaml

from calibration.read import read_study
from simulation.experiments.uncertain.design import design
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from simulation.scenario.unsure import unsure_values
from tests.cases.places import project

SYNTHESIS: dict[str, Any] = {
    "version": 1,
    "sources": {"tau": "between trials", "sigma": "between places"},
    "mechanisms": {
        "talk_dose": {
            "scale": "log",
            "destinations": {
                "work": {
                    "ordinary": {
                        "mean": 0.3, "sd": 0.1, "kind": "evidence", "source": "two studies",
                        "tau": 0.07, "tau_sd": 0.05, "sigma": 0.1, "sigma_range": [0.0, 0.15],
                    }
                }
            },
        },
        "displacement": {
            "scale": "factor",
            "destinations": {"work": {"talks": {"mean": 0.4, "sd": 0.15, "kind": "assumed", "source": "a survey"}}},
        },
    },
}  # fmt: skip
SCENARIO = """\
version: 2
evidence: synthesis.yaml
name: small
start: 2026-W01
weeks: 20
follow_up: 10
replications: 1
seed: 4
arms: {alle: 1}
intake: {persons: 100, weeks: 1}
teams: {team: {fte: 1, minutes_per_week: 900}}
jobcentres: {by: {}}
exits: {job: {level: 0.03}}
displacement: {value: evidence, of: displacement.work.talks}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 1}}
    plans: {plan: {arms: [alle], team: team, channel: personlig, every: [{weeks: 4}]}}
    dose:
      exits:
        job:
          log: {value: evidence, of: talk_dose.work.ordinary}
          between_trials: {value: evidence, of: talk_dose.work.ordinary}
          between_jobcentres: {value: evidence, of: talk_dose.work.ordinary}
      per_month: 0.9
      mean_life_weeks: 6
"""
JOB = "interventions.samtaler.dose.exits.job"


def write(folder: pathlib.Path, text: str = SCENARIO, synthesis: Any = SYNTHESIS) -> pathlib.Path:
    (folder / "synthesis.yaml").write_text(yaml.safe_dump(synthesis), encoding="utf-8")
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_key_says_which_number_of_the_synthesis_is_meant(tmp_path: pathlib.Path) -> None:
    loaded = load(write(tmp_path))
    size = loaded.scenario.interventions["samtaler"].dose.exits["job"]  # type: ignore[attr-defined]
    assert (size.log, size.between_trials, size.between_jobcentres) == (0.3, 0.07, 0.1)
    assert loaded.scenario.displacement == 0.4
    rows = {row["path"]: row for row in loaded.parameters()}
    assert (rows[f"{JOB}.log"]["kind"], rows[f"{JOB}.log"]["source"], rows[f"{JOB}.log"]["se"]) == (
        "evidence", "two studies", 0.1,
    )  # fmt: skip
    assert rows[f"{JOB}.between_trials"]["kind"] == "assumed" and rows["displacement"]["kind"] == "assumed"
    assert not {f"{JOB}.log", "displacement"} & set(loaded.unsourced())


def test_they_are_drawn_by_what_the_synthesis_says(tmp_path: pathlib.Path) -> None:
    drawn = {each.name: each for each in unsure_values(load(write(tmp_path)))[0]}
    assert drawn[f"{JOB}.log"].law.words == "normal 0.3 ± 0.1" and drawn[f"{JOB}.log"].part == "evidence"
    assert drawn[f"{JOB}.between_trials"].law.words.startswith("normal 0.07 ± 0.05")
    assert drawn["displacement"].part == "assumption"


def test_one_number_of_the_synthesis_is_drawn_once_wherever_it_is_written(tmp_path: pathlib.Path) -> None:
    job = SCENARIO[SCENARIO.index("        job:\n") : SCENARIO.index("      per_month:")]
    two = SCENARIO.replace(job, job + job.replace("job:", "other:")).replace("0.03}", "0.03}, other: {level: 0.01}")
    names = [f"interventions.samtaler.dose.exits.{exit_}.{key}" for exit_ in ("job", "other")
             for key in ("log", "between_trials", "between_jobcentres")]  # fmt: skip
    found = design([load(write(tmp_path, two))], 6).columns
    here, there = [found[name] for name in names[:3]], [found[name] for name in names[3:]]
    assert here == there
    assert len({tuple(each) for each in here}) == 3


def test_an_overlay_and_a_setting_replace_it_and_may_ask_for_another(tmp_path: pathlib.Path) -> None:
    write(tmp_path)
    over = tmp_path / "over.yaml"
    over.write_text("version: 2\nextends: small.yaml\nname: over\ndisplacement: 0.1\n", encoding="utf-8")
    loaded = load(over)
    assert loaded.scenario.displacement == 0.1 and "displacement" in loaded.unsourced()
    again = loaded.with_({"displacement": {"value": "evidence", "of": "displacement.work.talks"}})
    assert again.scenario.displacement == 0.4
    with pytest.raises(InputProblems, match="did you mean 'displacement"):
        loaded.with_({"displacement": {"value": "evidence", "of": "displacement.work.talk"}})


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("of: displacement.work.talks", "of: talk_dose.work.ordinary", ":14:23:", "is the log of a factor"),
        ("log: {value: evidence, of: talk_dose.work.ordinary}", "log: {value: evidence, of: displacement.work.talks}",
         ":23:24:", "is a factor or a share, not its log"),
        ("of: displacement.work.talks", "of: displacement.work", ":14:23:", "it has displacement.work.talks"),
        (", of: displacement.work.talks", "", ":14:23:", "needs `of: MECHANISM.EXIT.GROUP`"),
        (", of: displacement.work.talks", ", of: displacement.work.talks, kind: assumed", ":14:62:", "kind comes with"),
        ("value: evidence, of: displacement", "value: 0.3, kind: assumed, source: x, of: displacement", ":14:54:",
         "of: names an effect of the synthesis"),
        ("persons: 100,", "persons: {value: evidence, of: displacement.work.talks},", ":10:27:",
         "it stands at displacement or effect"),
        ("    plans: {", "    attendance: {person_sd: {value: evidence, of: talk_dose.work.ordinary}}\n    plans: {",
         ":19:37:", "and its spreads beside that"),
        ("evidence: synthesis.yaml\n", "", ":13:23:", "no synthesis is named"),
        ("evidence: synthesis.yaml", "evidence: synthesi.yaml", ":2:11:", "did you mean"),
        ("evidence: synthesis.yaml", "evidence: small.yaml", ":1:1:", "this is no synthesis"),
    ],
)  # fmt: skip
def test_mistakes_are_told_where_they_stand(
    tmp_path: pathlib.Path, old: str, new: str, at: str, message: str
) -> None:
    assert old in SCENARIO
    with pytest.raises(InputProblems) as raised:
        load(write(tmp_path, SCENARIO.replace(old, new, 1)))
    told = str(raised.value)
    assert message in told and at in told, told


def test_a_synthesis_that_lacks_numbers_is_refused(tmp_path: pathlib.Path) -> None:
    synthesis = yaml.safe_load(yaml.safe_dump(SYNTHESIS))
    del synthesis["mechanisms"]["talk_dose"]["destinations"]["work"]["ordinary"]["sigma_range"]
    synthesis["mechanisms"]["displacement"]["scale"] = "percent"
    with pytest.raises(InputProblems) as raised:
        load(write(tmp_path, synthesis=synthesis))
    told = str(raised.value)
    assert "two numbers, the lower one first" in told and "must be log or factor" in told
    assert told.count("must be") == 2


def test_it_can_be_taken_away_only_where_there_is_one(tmp_path: pathlib.Path) -> None:
    without = SCENARIO.replace("evidence: synthesis.yaml\n", "")
    write(tmp_path, without.split("displacement:")[0] + "interventions: {}\n")
    over = tmp_path / "over.yaml"
    over.write_text("version: 2\nextends: small.yaml\nname: over\nevidence: null\n", encoding="utf-8")
    with pytest.raises(InputProblems, match="no 'evidence' is inherited to take away"):
        load(over)


def test_a_prior_of_a_new_trial_and_a_spread_between_trials_are_not_counted_twice(tmp_path: pathlib.Path) -> None:
    folder = project("draws-that-are-not-numbers", tmp_path)
    targets = folder.parent / "calibration" / "targets" / "paa_rette_vej_i_job.yaml"
    name = "interventions.samtaler.dose.exits.job.log"
    prior = read_study(targets).priors[name]
    assert prior.range == [pytest.approx(0.05 - 1.96 * 0.148, abs=0.01), pytest.approx(0.05 + 1.96 * 0.148, abs=0.01)]
    base = folder / "base_kontanthjaelp.yaml"
    text = base.read_text(encoding="utf-8")
    here = "          between_jobcentres: {value: evidence, of: talk_dose.work.activity_ready}\n"
    assert text.count(here) == 1
    base.write_text(text.replace(here, here + here.replace("jobcentres", "trials")), encoding="utf-8")
    with pytest.raises(InputProblems, match="between_trials is above 0: the prior of a new trial holds"):
        read_study(targets)
