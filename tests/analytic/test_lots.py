"""The lots of a trial against what they must come to: shares, whole numbers, weeks; they move nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation import large
from simulation.large import run_batch, slices_of
from simulation.opening import build
from simulation.scenario.allotting import group_sizes, strata_in, weights_of
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import Ledige
from simulation.world.spec import Bools
from tests.helpers import LIMIT, busy, make

ARMS = {"ny": 1, "vanlig": 1}
TRIAL: dict[str, Any] = {"treated": "ny", "control": "vanlig", "lots": "individual", "primary": {"of": "exit_job"}}
SIZES = {"a": 30, "b": 31, "c": 7, "d": 1, "e": 44, "f": 0, "g": 12}
HALVES = {"under": {"share": 0.5}, "over": {"share": 0.5}}
LEVELS = {"helbred": {"godt": {"share": 0.4}, "andet": {"share": 0.6}}, "alder": HALVES}


def tried(trial: dict[str, Any], **changes: Any) -> Scenario:
    """A small scenario with a trial of two arms."""
    return make(**{"arms": ARMS, "trial": {**TRIAL, **trial}, **changes})


def people(scenario: Scenario, worlds: int = 1) -> Ledige:
    """Its ledige before the first mandag."""
    return build(scenario, range(worlds)).ledige


def is_share(who: Bools, share: float) -> None:
    """So many of them, but for their luck."""
    assert abs(who.mean() - share) < LIMIT * np.sqrt(share * (1 - share) / len(who))


@pytest.mark.parametrize(("says", "share"), [({"ratio": 3.0}, 0.75), ({}, 0.5), ({"lots": "birth_date"}, 0.5)])
def test_everybody_draws_by_the_ratio_and_does_as_she_will(says: dict[str, Any], share: float) -> None:
    does = {"takes_up": 0.8, "crosses_over": 0.1, "contaminated": 0.15}
    scenario = tried({**says, **does}, intake={"persons": 20_000, "weeks": 1})
    ledige = people(scenario)
    assert ledige.allotted is not None
    assigned, treated, recorded = ledige.allotted
    is_share(assigned, share)
    is_share(treated[assigned], 0.8)
    assert (recorded == treated)[assigned].all()
    is_share(recorded[~assigned], 0.1)
    is_share(treated[~assigned], 0.25)
    assert treated[recorded].all(), "who is recorded as treated is treated"
    assert (ledige.arm == np.where(treated, 0, 1)).all()
    is_share(treated, weights_of(scenario)["ny"])


def test_nobody_does_the_contrary_of_what_she_has_drawn() -> None:
    """Who is treated as control would be as treated: of the same people, nearly all drawn as one and then as the
    other. So 0.7 - 0.3 of all do as drawn, which is what a Wald estimate divides by."""
    does = {"takes_up": 0.7, "crosses_over": 0.1, "contaminated": 0.2}
    intake = {"persons": 5000, "weeks": 1}
    few, most = (people(tried({**does, "ratio": ratio}, intake=intake)) for ratio in (0.05, 20.0))
    assert few.allotted is not None and most.allotted is not None
    both = ~few.allotted.assigned & most.allotted.assigned
    by_lot = most.allotted.treated[both], few.allotted.treated[both]
    assert by_lot[0][by_lot[1]].all()
    is_share(by_lot[0] & ~by_lot[1], 0.4)


def test_a_trial_in_which_all_do_as_drawn_is_the_scenario_without_one() -> None:
    """Every life, to the bit; and as many weights of arms as the ratio says are the same as the ratio."""
    plain = busy()
    trial = {"treated": "deltager", "control": "kontrol", "lots": "individual", "primary": {"of": "exit_job"}}
    whole = run(plain, [0, 1]).register.codes
    for says in ({}, {"ratio": 0.5}, {"everybody": None}):
        same = busy(trial={**trial, **says})
        assert (run(same, [0, 1]).register.codes == whole).all()
    assert (run(busy(trial={**trial, "ratio": 2.0}), [0, 1]).register.codes != whole).any()


def test_everybody_in_one_arm_has_the_same_luck_and_the_same_lots() -> None:
    """What is left of the trial is who would have been drawn. In a world in which arms are treated alike lives are the
    same to the bit; where the control arm keeps its plan, so are theirs (nobody here stands in a queue)."""
    says = {"takes_up": 0.7, "contaminated": 0.2}
    drawn, *worlds = (run(tried({**says, "everybody": arm}), [0, 1]) for arm in (None, "vanlig", "ny"))
    assert drawn.ledige.allotted is not None and {*drawn.ledige.arm.tolist()} == {0, 1}
    for world, arm in zip(worlds, (1, 0), strict=True):
        assert world.ledige.allotted is not None and (world.ledige.arm == arm).all()
        for column, same in zip(drawn.ledige.allotted, world.ledige.allotted, strict=True):
            assert (column == same).all()
        assert (world.ledige.keys == drawn.ledige.keys).all()
        assert (world.register.codes == drawn.register.codes).all()


@pytest.mark.parametrize("strata", [[], ["helbred"], ["helbred", "alder"]])
def test_balanced_lots_are_as_even_as_can_be_in_every_stratum(strata: list[str]) -> None:
    """Of n in a stratum n × share are treated, rounded down or up, both of which come about; and over worlds everybody
    has the same chance, also where she is alone."""
    scenario = tried(
        {"ratio": 2.0, "strata": strata}, allocation="blocked", subgroups=LEVELS,
        jobcentres={name: {"persons": persons} for name, persons in SIZES.items()},
    )  # fmt: skip
    ledige = people(scenario, worlds=200)
    assert ledige.allotted is not None
    stratum = strata_in(scenario, ledige)
    assert stratum.max() + 1 == {0: 1, 1: 2, 2: 4}[len(strata)]
    cell = ledige.jobcentre.astype(np.int64) * (stratum.max() + 1) + stratum
    many, treated = np.bincount(cell), np.bincount(cell, ledige.allotted.assigned)
    exact = many * 2 / 3
    assert ((treated >= np.floor(exact - 1e-9)) & (treated <= np.ceil(exact + 1e-9))).all()
    between = np.abs(exact - exact.round()) > 0.1
    assert {*np.sign(treated - exact)[between].tolist()} == {-1.0, 1.0}
    is_share(ledige.allotted.assigned[(many == 1)[cell]], 2 / 3)


def test_as_many_jobcentres_as_the_ratio_says_are_drawn_anew_in_every_world() -> None:
    """Of six with anybody in them 6 × 0.6 = 3.6, so four; each in two thirds of the worlds."""
    names = {name: {"persons": persons} for name, persons in SIZES.items()}
    scenario = tried({"lots": "cluster", "ratio": 1.5}, jobcentres=names, intake={"persons": 0, "weeks": 1})
    worlds = 600
    ledige = people(scenario, worlds)
    assert ledige.allotted is not None
    assigned = np.zeros((worlds, len(SIZES)), dtype=bool)
    assigned.ravel()[ledige.jobcentre] = ledige.allotted.assigned
    assert (assigned.ravel()[ledige.jobcentre] == ledige.allotted.assigned).all(), "a jobcentre draws as one"
    assert (assigned.sum(axis=1) == 4).all() and weights_of(scenario)["ny"] == pytest.approx(4 / 6)
    for name, of_it in zip(SIZES, assigned.T, strict=True):
        if SIZES[name]:
            is_share(of_it, 4 / 6)


def test_jobcentres_cross_over_in_even_steps_and_their_ledige_stay_what_they_were() -> None:
    """Seven jobcentres in three steps of five weeks from week 4 on: 3, 2 and 2 of them, in weeks 9, 14 and 19."""
    names = {f"j{n}": {} for n in range(7)}
    intake = {"persons": 40, "weeks": 20, "from_week": 4}
    scenario = tried({"lots": "stepped_wedge", "steps": 3, "step_weeks": 5}, jobcentres=names, intake=intake, weeks=30)
    ledige = people(scenario, worlds=5)
    assert ledige.allotted is not None and group_sizes(7, 3) == [3, 2, 2]
    crossed = []
    for place in range(35):
        in_it = ledige.jobcentre == place
        first = ledige.entry[in_it & ledige.allotted.assigned].min()
        crossed.append(int(first))
        assert (ledige.allotted.assigned[in_it] == (ledige.entry[in_it] >= first)).all()
    in_worlds = np.sort(np.reshape(crossed, (5, 7)), axis=1)
    assert (in_worlds == [9, 9, 9, 14, 14, 19, 19]).all()
    assert len({tuple(of_world) for of_world in np.reshape(crossed, (5, 7)).tolist()}) > 1, "each world has its order"
    assert (strata_in(scenario, ledige) == (ledige.entry - 4) // 5).all()
    share = np.arange(20) // 5 / 3  # even arrivals: as many each week
    assert weights_of(scenario)["ny"] == pytest.approx(share.mean())


@pytest.mark.parametrize("lots", [{"lots": "cluster"}, {"lots": "stepped_wedge", "steps": 2, "step_weeks": 3}])
def test_lots_of_jobcentres_are_the_same_in_slices(lots: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice does not know the other jobcentres' people, but it knows their lots."""
    names = {f"j{n}": {"persons": 20 + n} for n in range(6)}
    scenario = tried(lots, jobcentres=names, intake={"persons": 1, "weeks": 12})
    whole = run_batch(scenario, [3])
    monkeypatch.setattr(large, "SLICE", 30)
    assert len(slices_of(scenario)) > 3
    parts = run_batch(scenario, [3])
    assert whole.ledige.allotted is not None and parts.ledige.allotted is not None
    for column, same in zip(whole.ledige.allotted, parts.ledige.allotted, strict=True):
        assert (column == same).all() and len(column) == len(whole.ledige)
    assert (whole.register.codes == parts.register.codes).all()


def test_the_order_in_which_arms_are_written_moves_nobody() -> None:
    for lots in ({"ratio": 3.0}, {"lots": "cluster", "ratio": 1.5}):
        names = {f"j{n}": {} for n in range(5)}
        one, other = (tried(lots, jobcentres=names, arms=arms) for arms in (ARMS, dict(reversed(ARMS.items()))))
        there, back = people(one), people(other)
        assert (there.arm != back.arm).all(), "numbers are the other way round"
        assert there.allotted is not None and back.allotted is not None
        assert (there.allotted.assigned == back.allotted.assigned).all()
