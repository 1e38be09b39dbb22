"""What an intervention has otherwise in one jobcentre, from the file to the settings, and who tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import Loaded, load
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.changes import changes
from simulation.scenario.check import warnings
from simulation.scenario.expected_load import Expected, expected_load
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.origin import origins
from simulation.scenario.schema import Scenario

TALKS = "jobcentres.nord.interventions.samtaler"
BASE = """
version: 2
name: To jobcentre
start: 2026-W01
weeks: 20
follow_up: 20
replications: 1
seed: 4
arms: {alle: 1}
intake: {persons: 100, weeks: 1}
teams: {team: {fte: 6, minutes_per_week: 1000}}
jobcentres: {nord: {}, syd: {}}
exits: {job: {level: 0.03}}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: {value: 20, kind: published, source: "here", unit: minutes}, attendance: 1}}
    plans: {plan: {arms: [alle], team: team, channel: personlig, every: [{weeks: 2}]}}
    effects: {job: 1.5}
    halving_talks: 8
"""
OWN = """
extends: base.yaml
jobcentres:
  nord:
    interventions:
      samtaler:
        channels: {personlig: {minutes: {value: 40, kind: assumed, source: "there", range: [30, 50]}}}
        halving_talks: null
"""


@pytest.fixture
def base(tmp_path: Path) -> Loaded:
    return load(written(tmp_path, "base", BASE))


@pytest.fixture
def own(base: Loaded, tmp_path: Path) -> Loaded:
    return load(written(tmp_path, "own", OWN))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def talks(scenario: Scenario, jobcentre: str) -> Samtaler:
    found = scenario.interventions_of(jobcentre)["samtaler"]
    assert isinstance(found, Samtaler)
    return found


def test_it_is_laid_on_what_all_have(own: Loaded) -> None:
    nord, syd = (talks(own.scenario, each) for each in ("nord", "syd"))
    assert nord.channels["personlig"].minutes == {40: 1.0} and syd.channels["personlig"].minutes == {20: 1.0}
    assert nord.channels["personlig"].attendance == 1.0 and nord.effects == syd.effects
    assert nord.halving_talks is None and syd.halving_talks == 8
    assert warnings(own) == []


def test_what_is_told_of_it(base: Loaded, own: Loaded) -> None:
    """Its values with their sources, what differs, and where it comes from."""
    minutes = f"{TALKS}.channels.personlig.minutes"
    [row] = [row for row in own.values() if row["path"] == minutes]
    assert (row["value"], row["unit"], row["kind"], row["source"]) == (40, "minutes", "assumed", "there")
    assert minutes not in own.unsourced()
    differ = {change.key: (change.before, change.after) for change in changes(base, own)}
    assert differ == {minutes: (20, 40), f"{TALKS}.halving_talks": (8, None)}
    [origin] = origins(own, minutes)
    assert origin.origin.mark.file.endswith("own.yaml")


def test_it_is_set_by_its_dotted_path(base: Loaded) -> None:
    """Also where nothing of it is written yet, within lists, and by null; what all have stays."""
    changed = base.with_({f"{TALKS}.plans.plan.every.0.weeks": 4, f"{TALKS}.effects": None, f"{TALKS}.window_weeks": 3})
    nord = talks(changed.scenario, "nord")
    assert nord.plans["plan"].every and nord.plans["plan"].every[0].weeks == 4
    assert nord.effects == {} and nord.window_weeks == 3
    assert talks(changed.scenario, "syd") == talks(base.scenario, "syd")
    again = changed.with_({f"{TALKS}.window_weeks": 2, f"{TALKS}.plans.plan.every": [{"weeks": 2}]})
    assert [change.key for change in changes(base, again)] == [f"{TALKS}.effects.job"]
    assert changes(base, changed.with_({TALKS: None})) == []


def test_a_value_with_a_source_is_one(base: Loaded, tmp_path: Path) -> None:
    """Of a distribution a jobcentre has its own, not some more of its numbers."""
    minutes = "{channels: {personlig: {minutes: {30: 0.5, 60: 0.5}}}}"
    own = f"extends: base.yaml\njobcentres: {{nord: {{interventions: {{samtaler: {minutes}}}}}}}\n"
    nord = talks(load(written(tmp_path, "own", own)).scenario, "nord")
    assert nord.channels["personlig"].minutes == {30: 0.5, 60: 0.5}


def test_an_overlay_takes_away_what_is_otherwise(own: Loaded, tmp_path: Path) -> None:
    """Null for the intervention: as all have it. Null for a key: not there at all."""
    as_all = "extends: own.yaml\njobcentres: {nord: {interventions: {samtaler: null}}}\n"
    without = "extends: own.yaml\njobcentres: {nord: {interventions: {samtaler: {effects: null}}}}\n"
    assert talks(load(written(tmp_path, "all", as_all)).scenario, "nord").halving_talks == 8
    assert talks(load(written(tmp_path, "without", without)).scenario, "nord").effects == {}


def test_what_is_wrong_with_what_all_have_is_told_once(own: Loaded, tmp_path: Path) -> None:
    """Of the intervention itself, not of each jobcentre that has something else of it otherwise."""
    wrong = "extends: own.yaml\ninterventions: {samtaler: {effects: {jobb: 2}, window_weeks: -1}}\n"
    with pytest.raises(InputProblems) as found:
        load(written(tmp_path, "wrong", wrong))
    assert {problem.path for problem in found.value.problems} == {
        "interventions.samtaler.effects.jobb", "interventions.samtaler.window_weeks",
    }  # fmt: skip


def test_parts_of_a_split_arm(own: Loaded, tmp_path: Path) -> None:
    """A jobcentre may say something of a part alone."""
    split = (
        "extends: own.yaml\nsplit: {alle: {a: 1, b: 1}}\n"
        "jobcentres: {syd: {interventions: {samtaler: {plans: {plan: {arms: [a]}}}}}}\n"
    )
    scenario = load(written(tmp_path, "split", split)).scenario
    assert talks(scenario, "syd").plans["plan"].arms == ["a"]
    assert talks(scenario, "nord").plans["plan"].arms == ["a", "b"]


def test_the_load_is_that_of_the_place(base: Loaded, own: Loaded) -> None:
    """Talks of twice the length; none where talks are off; half as many by a plan of another interval."""
    minutes = {each: expected_load(own.scenario, each)["team"].minutes.sum() for each in ("nord", "syd")}
    assert minutes["nord"] == pytest.approx(2 * minutes["syd"])
    off = base.with_({"interventions.samtaler.in_jobcentres": ["nord"]}).scenario
    expected = Expected(off)
    assert expected.load("syd")["team"].talks.sum() == 0 < expected.load("nord")["team"].talks.sum()
    plan = {"arms": ["alle"], "team": "team", "channel": "personlig", "every": [{"weeks": 4}], "in_jobcentres": ["syd"]}
    slower = base.with_(
        {"interventions.samtaler.plans.seldom": plan, "interventions.samtaler.plans.plan.in_jobcentres": ["nord"]}
    )
    expected = Expected(slower.scenario)
    asked = [expected.load(each)["team"].talks.sum() for each in ("nord", "syd")]
    assert asked[0] > 1.6 * asked[1] > 0


def test_null_for_what_a_jobcentre_has_nothing_of(base: Loaded, tmp_path: Path) -> None:
    """It says how an intervention is off there."""
    off = "extends: base.yaml\njobcentres: {nord: {interventions: {samtaler: null}}}\n"
    with pytest.raises(InputProblems, match=r"where 'samtaler' is on says interventions\.samtaler\.in_jobcentres"):
        load(written(tmp_path, "off", off))


def test_an_empty_list_of_all_is_told_once(own: Loaded, tmp_path: Path) -> None:
    """As an entry that is too short is told where it was last changed."""
    with pytest.raises(InputProblems) as found:
        empty = "extends: own.yaml\ninterventions: {samtaler: {in_jobcentres: [], runs: {}}}\n"
        load(written(tmp_path, "empty", empty))
    assert [problem.path for problem in found.value.problems] == [
        "interventions.samtaler.in_jobcentres", "interventions.samtaler.runs",
    ]  # fmt: skip
