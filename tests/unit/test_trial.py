"""The block of a trial as a whole: every key is read, what it comes to is told, and staff is reckoned by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from simulation.scenario.alike import Alike
from simulation.scenario.allotting import analysed_in, share_of_arms, weights_of
from simulation.scenario.arranged import recruited
from simulation.scenario.check import warnings
from simulation.scenario.load import Loaded, load
from simulation.scenario.never import parts_of
from simulation.scenario.one_jobcentre import Jobcentre
from simulation.scenario.trial import Trial
from simulation.scenario.trial_problems import LEVEL, least_p
from simulation.scenario.trial_words import trial_in_words

FILE = Path(__file__).parent / "files" / "trial.yaml"
WEDGE = {"lots": "stepped_wedge", "ratio": None, "strata": [], "steps": 3, "step_weeks": 3,
         "primary": {"of": "exit_job"}}  # fmt: skip
CLUSTER = {"lots": "cluster", "ratio": 2, "strata": [], "primary": {"of": "exit_job"}}


def otherwise(**says: Any) -> Loaded:
    """The trial of the file with these keys otherwise."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))["trial"] | says
    return load(FILE, {"trial": {key: value for key, value in data.items() if value is not None}})


def keys(path: tuple[Any, ...], part: BaseModel) -> Iterator[tuple[Any, ...]]:
    for at, each in parts_of(path, part):
        yield from ((*at, name) for name in type(each).model_fields)


def test_every_key_of_a_trial_stands_in_the_file_and_nothing_is_doubtful() -> None:
    loaded = load(FILE)
    written = {path for path in loaded.resolved.marks if path[:1] == ("trial",)}
    assert loaded.scenario.trial is not None
    there = {*keys(("trial",), loaded.scenario.trial)}
    assert there - written == {("trial", "steps"), ("trial", "step_weeks")}, "of a stepped wedge alone"
    assert [problem.message for problem in warnings(loaded)] == []


@pytest.mark.parametrize(
    ("says", "lines"),
    [
        ({}, [
            "trial of deltager against kontrol: every ledig draws, 1 to 1, apart by motivation in each jobcentre",
            "trial: of those drawn as treated 90.0% are treated, of the control 15.0% (10.0% not recorded as that): "
            "52.5% of all",
            "trial: recruited at 0.8 of the pace: 170 ledige in 13 weeks instead of 170 in 10; `run` recruits as "
            "planned",
            "trial: data, as recruited, are taken in week 42; the first are seen for 26 weeks, the last for 26",
        ]),
        ({**CLUSTER, "recruitment": None, "takes_up": 1.0, "crosses_over": 0.0, "contaminated": 0.0, "analysed": 24,
          "stops_early": None}, [
            "trial of deltager against kontrol: 4 of 6 jobcentres are drawn as treated",
            "trial: data are taken in week 33; the first are seen for 26 weeks, the last for 20",
        ]),
        ({**WEDGE, "recruitment": None, "contaminated": 0.0, "everybody": "kontrol", "stops_early": None,
          "analysed": None}, [
            "trial of deltager against kontrol: of 6 jobcentres cross over 2 in week 3, 2 in week 6, 2 in week 9",
            "trial: of those drawn as treated 90.0% are treated, of the control 5.0%: 39.0% of all",
            "trial: everybody is in kontrol, whatever the lot",
            "trial: data are taken in week 39; the first are seen for 26 weeks, the last for 26",
        ]),
        ({"lots": "birth_date", "strata": [], "recruitment": {"pace": 0.5, "until": "weeks"}, "takes_up": 1.0,
          "crosses_over": 0.0, "contaminated": 0.0}, [
            "trial of deltager against kontrol: by birth date, half and half",
            "trial: recruited at 0.5 of the pace: 85 ledige in 10 weeks instead of 170 in 10; `run` recruits as "
            "planned",
            "trial: data, as recruited, are taken in week 39; the first are seen for 26 weeks, the last for 26",
        ]),
    ],
)  # fmt: skip
def test_what_a_trial_comes_to_is_told(says: dict[str, Any], lines: list[str]) -> None:
    assert list(trial_in_words(otherwise(**says).scenario)) == lines


def test_data_are_taken_when_the_last_one_has_been_seen_but_within_the_run() -> None:
    """The last of ten weeks (13 at 0.8 of the pace) is week 9 (12); 26 weeks of follow-up and 4 of delay."""
    scenario = otherwise(analysed=None).scenario
    assert (analysed_in(scenario), analysed_in(recruited(scenario))) == (9 + 26 + 4, 12 + 26 + 4)
    slow = otherwise(analysed=None, recruitment={"pace": 0.2}).scenario
    assert analysed_in(recruited(slow)) == 60, "the run is over before 49 + 26 + 4"


def test_where_jobcentres_draw_a_team_of_one_arm_has_whole_jobcentres() -> None:
    """Staff is held against what comes to a team in a jobcentre of its arm, not against what does on average."""
    says = {**CLUSTER, "takes_up": 0.9, "crosses_over": 0.1, "contaminated": 0.0}
    scenario = otherwise(**says).scenario
    assert weights_of(scenario)["deltager"] == pytest.approx(4 / 6 * 0.9 + 2 / 6 * 0.1)
    assert share_of_arms(scenario, ["deltager"]) == pytest.approx(0.9)
    assert share_of_arms(scenario, ["kontrol"]) == pytest.approx(0.9)
    assert share_of_arms(scenario, ["kontrol", "deltager"]) == pytest.approx(1)
    everybody = otherwise(**says, everybody="deltager").scenario
    assert [share_of_arms(everybody, [arm]) for arm in ("deltager", "kontrol")] == [1, 0]


def test_whose_arms_have_other_people_is_known() -> None:
    """What is compared of an arm is said to be of other people where lots put others into it, and only there."""
    as_drawn = {"takes_up": 1.0, "crosses_over": 0.0, "contaminated": 0.0, "strata": []}
    drawn = otherwise(**as_drawn).scenario
    without = load(FILE, {"trial": None}).scenario
    assert Alike(without, drawn).other_arms == []
    other_data = otherwise(**as_drawn, further=["hours"], analysed=20, stops_early=None).scenario
    assert Alike(drawn, other_data).other_arms == []
    for says in ({"takes_up": 0.9}, {"strata": ["motivation"]}, {"everybody": "kontrol"}, {"ratio": 2}, CLUSTER):
        assert Alike(without, otherwise(**as_drawn | says).scenario).other_arms == ["deltager", "kontrol"], says


@pytest.mark.parametrize(("lots", "few"), [({**CLUSTER, "ratio": 0.05}, 19), (WEDGE, 4), ({"lots": "individual"}, 5)])
def test_a_permutation_test_of_enough_jobcentres_may_find_something(lots: dict[str, Any], few: int) -> None:
    """One against 19 others: 1 / 20 is 5 %. Of thousands nothing is reckoned out."""
    scenario, one = load(FILE).scenario, Jobcentre(persons=10)
    assert scenario.trial is not None
    trial = Trial.model_validate({**scenario.trial.model_dump(), **lots})

    def least(many: int) -> float:
        names = {f"j{n}": one for n in range(many)}
        return least_p(scenario.model_copy(update={"jobcentres": names, "trial": trial}), trial)[0]

    assert least(few) > LEVEL >= least(few + 1)
    assert least(3000) == 0
