"""The data of a rehearsed trial: what is true of people, and what an evaluator has of it."""

from __future__ import annotations

import pathlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation.experiments.trial.answer import rehearsed_of
from simulation.experiments.trial.asked import plan_of
from simulation.experiments.trial.data import Data, pack, unpack
from simulation.experiments.trial.rehearse import Stage, rehearse
from simulation.experiments.trial.running import ran_of
from simulation.large import run_batch
from simulation.results.measures.replication import simulate
from simulation.results.trial.people import People, people_of
from simulation.results.trial.registered import WHOLE, Registration, means_of, registration_of, tally
from simulation.results.trial.tally import CONTROL, TREATED, Course, Tally
from simulation.scenario.schema import Scenario
from tests.helpers import make
from tests.rehearsals import BLOCK, small

OUTCOMES = ("exit_job", "exit_any", "weeks_on_benefit", "weeks_employed", "hours")
TRIAL: dict[str, Any] = {
    "treated": "deltager", "control": "kontrol", "lots": "individual", "primary": {"of": "exit_job"},
    "further": list(OUTCOMES[1:]),
}  # fmt: skip


def scenario_of(trial: dict[str, Any] | None = None, **more: Any) -> Scenario:
    """Ledige of three jobcentres, half of whom are treated."""
    return make(
        arms={"deltager": 1, "kontrol": 1}, weeks=40, follow_up=20, jobcentres={"ribe": {}, "varde": {}, "toender": {}},
        intake={"persons": 40, "weeks": 10},
        exits={"job": {"level": 0.05}, "andet": {"level": 0.02}},
        job_spells={"hours": 30, "end_intensity": {0: 0.05}, "returns": 0.5},
        trial={**TRIAL, **(trial or {})}, **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def people() -> People:
    scenario = scenario_of()
    return people_of(scenario, run_batch(scenario, [0, 1, 2]))


def shares(found: Tally, outcome: str) -> np.ndarray:
    """Of each lot in each rehearsal."""
    return found.courses[outcome].events.sum(axis=(1, 3)) / found.persons.sum(axis=1)


def test_with_nothing_lacking_it_is_what_a_run_measures(people: People) -> None:
    """The same figures, replication by replication, of both arms and of all."""
    scenario = scenario_of()
    runs, found = simulate(scenario, [0, 1, 2]), tally(scenario, people, OUTCOMES)
    for lot, arm in ((CONTROL, "kontrol"), (TREATED, "deltager")):
        for outcome in ("exit_job", "exit_any"):
            assert shares(found, outcome)[:, lot] == pytest.approx([r.outcomes[outcome, arm, None] for r in runs])
        for outcome in OUTCOMES[2:]:
            persons, sums, _ = (part.sum(axis=1)[:, lot] for part in found.moments[outcome])
            assert sums / persons == pytest.approx([r.outcomes[outcome, arm, None] for r in runs]), outcome
    whole = means_of(scenario, people, OUTCOMES)
    assert whole[:, 0] == pytest.approx([r.outcomes["exit_job", "alle", None] for r in runs])


def test_registered_late_and_never(people: People) -> None:
    """A late exit is moved by so many weeks, and is not seen if that is after the follow-up; others fall in between."""
    scenario = scenario_of()
    course = tally(scenario, people, OUTCOMES).courses["exit_job"]
    late = tally(scenario, people, OUTCOMES, Registration(late=(0, 3))).courses["exit_job"]
    assert (late.events[:, :, TREATED, 3:] == course.events[:, :, TREATED, :-3]).all()
    assert not late.events[:, :, TREATED, :3].any()
    assert (late.events[:, :, CONTROL] == course.events[:, :, CONTROL]).all() and not late.lost.any()
    missed = tally(scenario, people, OUTCOMES, Registration(missed=(1.0, 0.3)))
    assert not missed.courses["exit_any"].events[:, :, CONTROL].any()
    seen, every = missed.courses["exit_any"].events[:, :, TREATED].sum(), people.cause[people.lot == TREATED] >= 0
    n = np.count_nonzero(every)
    assert abs(seen - 0.7 * n) < 4 * np.sqrt(n * 0.21)  # four standard errors of a binomial count
    assert (missed.persons == tally(scenario, people, OUTCOMES).persons).all()  # they stay in the data


def test_left_out_and_lost(people: People) -> None:
    scenario = scenario_of()
    some = tally(scenario, people, OUTCOMES, Registration(exempted=(0.0, 0.5)))
    of_lot = np.bincount(people.lot)
    assert some.persons[:, :, CONTROL].sum() == of_lot[CONTROL]
    assert abs(some.persons[:, :, TREATED].sum() - of_lot[TREATED] / 2) < 4 * np.sqrt(of_lot[TREATED] / 4)
    lost = tally(scenario, people, OUTCOMES, Registration(attrition=(0.1, 0.1)))
    course: Course = lost.courses["exit_any"]
    assert (lost.persons == tally(scenario, people, OUTCOMES).persons).all()
    still = lost.persons.sum() - np.concatenate(([0], sum(part.sum(axis=(0, 1, 2)) for part in course).cumsum()))[:-1]
    known_from_before = still[1:-1]  # of those still known at the beginning of a week, 0.1 are lost at the next one
    expected, drawn = 0.1 * known_from_before.sum(), course.lost.sum(axis=(0, 1, 2))[1:-1].sum()
    assert abs(drawn - expected) < 5 * np.sqrt(expected)
    weeks = lost.moments["weeks_on_benefit"].persons
    assert (weeks <= lost.persons).all() and weeks.sum() < lost.persons.sum()


def test_the_last_weeks_are_not_there_yet(people: People) -> None:
    """Data are taken in a week of the run; what is in the register is what happened `delay` weeks before it."""
    scenario = scenario_of({"registration": {"delay": 4}, "analysed": 12})
    lacks = registration_of(scenario)
    assert lacks.until == 9 + 12 - 4
    found = tally(scenario, people, OUTCOMES, lacks)
    known = np.clip(17 - people.entry, 0, 20)
    assert found.persons.sum() == len(known)
    exits = (people.cause >= 0) & (people.exit_week < known)
    assert found.courses["exit_any"].events.sum() == exits.sum()
    assert found.courses["exit_any"].lost.sum() == (~exits).sum()  # nobody is followed to the end
    assert registration_of(scenario_of()).until == 9 + 20
    assert Registration((0.1, 0.2), until=5).of_control == Registration((0.1, 0.1), until=5)


def test_who_takes_it_up(people: People) -> None:
    """Recorded is not treated: contamination is not written down."""
    scenario = scenario_of({"takes_up": 0.7, "crosses_over": 0.1, "contaminated": 0.2})
    some = people_of(scenario, run_batch(scenario, range(5)))
    found = tally(scenario, some, OUTCOMES)
    drawn = found.persons.sum(axis=(0, 1))
    for lot, recorded, treated in ((CONTROL, 0.1, 0.3), (TREATED, 0.7, 0.7)):
        error = 4 * np.sqrt(0.25 / drawn[lot])
        assert abs(found.taken_up.sum(axis=(0, 1))[lot] / drawn[lot] - recorded) < error
        assert abs(some.treated[some.lot == lot].mean() - treated) < error


def test_cells_are_jobcentres_and_strata() -> None:
    levels = {"alder": {"ung": {"share": 0.5}, "gammel": {"share": 0.5}}}
    scenario = scenario_of({"strata": ["alder"]}, subgroups=levels)
    found = tally(scenario, people_of(scenario, run_batch(scenario, [0])), OUTCOMES)
    assert found.jobcentre.tolist() == [0, 0, 1, 1, 2, 2] and found.stratum.tolist() == [0, 1, 0, 1, 0, 1]
    assert found.persons.shape == (1, 6, 2) and (abs(np.diff(found.persons, axis=2)) <= 1).all()
    wedge = scenario_of({"lots": "stepped_wedge", "steps": 3, "step_weeks": 3})
    found = tally(wedge, people_of(wedge, run_batch(wedge, [0])), OUTCOMES)
    assert found.stratum.tolist() == [0, 1, 2, 3] * 3
    by_period = found.persons.reshape(3, 4, 2)
    assert not by_period[:, 0, TREATED].any() and not by_period[:, 3, CONTROL].any()
    assert by_period.sum() == 120 and by_period[:, 1, TREATED].astype(bool).sum() == 1  # one of three has crossed over


def test_packed_and_put_together(people: People) -> None:
    """In a file and back, and any pieces joined are the same."""
    early = {"looks": [20, 25], "p": 0.01}
    scenario = scenario_of({"registration": {"missed": {"kontrol": 0.1}}, "stops_early": early})
    stage = Stage(scenario, OUTCOMES)
    whole = rehearse(stage, range(4), 2)
    parts = [unpack(pack(rehearse(stage, some, 2))) for some in ([3], [1, 2], [0, 1])]
    joined = Data.joined(parts, range(4))
    for name, one in vars(whole).items():
        other = getattr(joined, name)
        if isinstance(one, np.ndarray):
            np.testing.assert_array_equal(one, other)
        for mine, same in zip(*((each if isinstance(each, tuple) else (each,)) for each in (one, other)), strict=True):
            if isinstance(mine, Tally):
                alike(mine, same)
    assert whole.whole is not None and np.isnan(whole.means[2:, 3]).all() and not np.isnan(whole.means[:2]).any()


def test_looks_are_no_matter_of_registration(tmp_path: pathlib.Path) -> None:
    """With looks that stop for next to nothing an effect is claimed where there is none, as often where the lots could
    be registered otherwise, and are not."""
    block = "{treated: treated, control: control, lots: individual, primary: {of: exit_job}, stops_early: "
    loaded = small(tmp_path, f"trial: {block}{{looks: [30, 40, 50, 60], p: 0.049}}}}\n")
    plan, _ = plan_of(loaded, {"rehearsals": 30})
    chief = rehearsed_of(plan, ran_of(plan)).chief
    at_the_end = replace(plan, loaded=small(tmp_path, BLOCK))
    once = rehearsed_of(at_the_end, ran_of(at_the_end)).chief
    assert chief.effects_off == chief.type_i and once.effects_off == once.type_i
    assert chief.type_i is not None and once.type_i is not None and chief.type_i.value > once.type_i.value


def alike(one: Tally, other: Tally) -> None:
    """Two tallies are the same to the bit."""
    np.testing.assert_array_equal(one.persons, other.persons)
    np.testing.assert_array_equal(one.taken_up, other.taken_up)
    for outcome, course in one.courses.items():
        for mine, same in zip(course, other.courses[outcome], strict=True):
            np.testing.assert_array_equal(mine, same)
    for outcome, moments in one.moments.items():
        for mine, same in zip(moments, other.moments[outcome], strict=True):
            np.testing.assert_array_equal(mine, same)


def test_nothing_is_lacking_where_nothing_is_said() -> None:
    assert Stage(scenario_of(), OUTCOMES).complete and Registration() == WHOLE
    assert not Stage(scenario_of({"attrition": {"kontrol": 0.01}}), OUTCOMES).complete
    assert not Stage(scenario_of({"analysed": 10}), OUTCOMES).complete
