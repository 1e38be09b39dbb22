"""Several brokers of fleksjob: who is judged not to match, who is sent back, who is paid what, and what work is left.

Decision rules. Fees, minutes and weeks are reckoned by hand, exactly. Shares: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of
from simulation.world.world import World
from tests.health import BROKERED, broker, fleksjob, sygdom
from tests.helpers import LIMIT, counts_of, samtaler, z_of
from tests.offers import JOBS, cohort, total, watch, weekly

PERSONS = 20_000
FEE = {"fixed": 0.25, "first_trial": 0.1, "two_months": 0.3, "four_months": 0.35}
ARMS = {"arms": {"andre": 1, "kommunen": 1}}


def single(persons: int, weeks: int = 20, world: dict[str, Any] | None = None, **one: Any) -> Scenario:
    """One broker for everybody."""
    return cohort(persons, weeks, {**BROKERED, **(world or {})}, f=fleksjob({"kommune": broker(**one)}))


def ends(intensity: float, returns: float = 1.0) -> dict[str, Any]:
    """A world in which fleksjob end."""
    spell = {**JOBS, "end_intensity": {0: intensity}, "returns": returns}
    return {"exits": {**BROKERED["exits"], "fleksjob": {"level": 0.0, "job_spells": spell}}}


# --- those who do not match -----------------------------------------------------------------------------------------


def test_who_does_not_match_is_on_the_way_to_a_pension() -> None:
    """0.25 are judged so in week 2; cases take 10 weeks, 0.6 are awarded on torsdag in week 12: out in week 13."""
    settings = fleksjob(
        {"kommune": broker(clarification_weeks=2, no_match=0.25)},
        pension={"weeks": 10, "awarded": 0.6, "exit": "pension"},
    )
    world = run(cohort(PERSONS, 20, BROKERED, f=settings), [0])
    unfit = weekly(world, "f_no_match")
    assert abs(z_of(unfit[2], PERSONS, 0.25)) < LIMIT and sum(unfit) == unfit[2]
    awarded = weekly(world, "exit_pension")
    assert abs(z_of(awarded[13], unfit[2], 0.6)) < LIMIT and sum(awarded) == awarded[13]
    jobs = weekly(world, "exit_fleksjob")
    assert jobs[3] == PERSONS - unfit[2]
    assert jobs[13] == unfit[2] - awarded[13], "whoever is refused is approached for from that torsdag on"


def test_cases_under_way_are_told_apart_at_the_status() -> None:
    """After 8 weeks: half have a pension case, of the others half are sick; all who are neither are in a job."""
    settings = fleksjob({"kommune": broker(no_match=0.5)}, status_week=8)
    scenario = cohort(4000, 20, BROKERED, s=sygdom(at_entry=0.5, length_weeks=100), f=settings)
    outcomes = simulate(scenario, [0])[0].outcomes
    left = 4000 * (1 - outcomes["exit_fleksjob", "alle", 8])
    assert abs(z_of(4000 * outcomes["f_no_match_share", "alle", None], 4000, 0.5)) < LIMIT
    assert abs(z_of(4000 - left, 4000, 0.25)) < LIMIT
    shares = {name: outcomes[f"f_left_{name}_share", "alle", None] for name in ("pension", "sick", "on_way", "stuck")}
    assert shares["on_way"] == shares["stuck"] == 0
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["pension"] * left == pytest.approx(4000 * outcomes["f_no_match_share", "alle", None])


def test_the_stuck_and_those_on_the_way() -> None:
    """No place opens for half: they are stuck, without arbejdsprøvning; the others are in one for twenty weeks."""
    world = {**BROKERED, "subgroups": {"held": {"a": {"share": 0.5}, "b": {"share": 0.5}}}}
    settings = fleksjob({"kommune": broker(trial=1.0)}, trial_weeks=20, factors={"held": {"b": 0.0}}, status_week=10)
    outcomes = simulate(cohort(1000, 20, world, f=settings), [0])[0].outcomes
    b = 1000 * outcomes["f_left_stuck_share", "alle", None]
    assert abs(z_of(b, 1000, 0.5)) < LIMIT
    assert outcomes["f_left_on_way_share", "alle", None] == pytest.approx(1 - b / 1000)
    assert outcomes["f_stuck_no_trial_share", "alle", None] == 1
    assert outcomes["f_trial_share", "alle", None] == outcomes["f_active_share", "alle", None] == 1 - b / 1000


def test_a_held_talk_makes_active() -> None:
    """Everybody has one in week 3, and nobody a place: active all the same; a letter makes nobody active."""
    shares = []
    for counts in (True, False):
        talks = samtaler({"every": [{"weeks": 50}], "first_week": 3})
        talks["channels"]["personlig"]["counts"] = counts
        settings = fleksjob({"kommune": broker(opens=0.0)})
        outcomes = simulate(cohort(50, 10, BROKERED, k=talks, f=settings), [0])[0].outcomes
        shares.append(outcomes["f_active_share", "alle", None])
    assert shares == [1, 0]


# --- those who are sent back ----------------------------------------------------------------------------------------


def two(persons: int = 200, weeks: int = 20, world: dict[str, Any] | None = None, **andre: Any) -> Scenario:
    """Two brokers for an arm each; whom the other actor sends back the municipality has, and the other way round."""
    brokers = {
        "andre": broker(arms=["andre"], team="aktoer", returns_to="kommune", **andre),
        "kommune": broker(arms=["kommunen"], returned=1.0, returns_to="andre"),
    }
    return cohort(persons, weeks, {**BROKERED, **ARMS, **(world or {})}, f=fleksjob(brokers))


def test_whoever_is_sent_back_goes_to_the_other_broker_and_not_back_again() -> None:
    """Both send everybody to each other: clarified in week 0, by the other in week 1, in a job in week 2."""
    world, (part,) = watch(two(returned=1.0))
    assert weekly(world, "f_returned") == [200] + [0] * 19
    assert weekly(world, "f_approaches") == [0, 200] + [0] * 18
    assert (part.broker == 1 - part.first_broker).all()
    assert weekly(world, "f_created_after_return") == [0, 0, 200] + [0] * 17 and total(world, "f_created") == 0


def test_the_other_broker_works_for_her_with_its_own_minutes() -> None:
    """All minutes of week 0 are nobody's, those of week 1 of the team that she was sent to."""
    world = run(two(returned=1.0), [0])
    kommune, andre = (list(BROKERED["teams"]).index(team) for team in ("formidlere", "aktoer"))
    arm = np.bincount(world.ledige.arm)
    used = np.array(world.register.minutes_used)[:3, [kommune, andre]]
    assert used.tolist() == [[0, 0], [arm[0], arm[1]], [0, 0]]


def test_some_are_sent_back_of_those_who_match() -> None:
    """0.2 do not match, 0.3 of the others are misfits: |z| < LIMIT; outcomes are shares of the arm's persons."""
    scenario = two(PERSONS, returned=0.3, no_match=0.2)
    world = run(scenario, [0])
    n = int(np.count_nonzero(world.ledige.arm == 0))
    unfit, returned = (int(counts_of(world)[f"f_{what}"][0, 0]) for what in ("no_match", "returned"))
    assert abs(z_of(unfit, n, 0.2)) < LIMIT and abs(z_of(returned, n - unfit, 0.3)) < LIMIT
    outcomes = simulate(scenario, [0])[0].outcomes
    assert outcomes["f_returned_share", "andre", None] == pytest.approx(returned / n)


def test_the_subsidy_is_that_of_the_broker_who_found_the_job() -> None:
    """The other actor never arranges half a subsidy, the municipality always: for those whom it took back, always."""
    data = two(returned=1.0).model_dump(exclude_none=True)
    data["interventions"]["f"]["brokers"]["kommune"]["half_subsidy"] = 1.0
    outcomes = simulate(Scenario.model_validate(data), [0])[0].outcomes
    found = [outcomes["f_half_subsidy_share", arm, None] for arm in ("andre", "kommunen")]
    assert found == [1.0, 0.0]


# --- the fee --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weeks", "parts"),
    [(1, ["fixed"]), (8, ["fixed"]), (9, ["fixed", "two_months"]), (17, ["fixed", "two_months"]),
     (18, ["fixed", "two_months", "four_months"]), (40, ["fixed", "two_months", "four_months"])],
)  # fmt: skip
def test_the_fee_falls_due_by_weeks_in_the_job(weeks: int, parts: list[str]) -> None:
    """A job from tirsdag in week 1 on: two months are 8 weeks, so søndag in week 8; four months 17, in week 17."""
    outcomes = simulate(single(10, weeks, fee=FEE), [0])[0].outcomes
    assert outcomes["f_fee_share", "alle", None] == pytest.approx(sum(FEE[part] for part in parts))


def test_the_first_trial_is_paid_and_no_other() -> None:
    """Trials of two weeks that never lead to an offer, one after the other: 0.25 + 0.1 of the fee."""
    settings = fleksjob({"kommune": broker(trial=1.0, fee=FEE)}, trial_weeks=2, offer_after_trial=0.0)
    scenario = cohort(10, 20, BROKERED, f=settings)
    assert total(run(scenario, [0]), "f_trials") == 100
    assert simulate(scenario, [0])[0].outcomes["f_fee_share", "alle", None] == pytest.approx(0.35)


def test_a_job_that_ends_too_early_is_not_paid_and_a_second_one_begins_anew() -> None:
    """Jobs of one to a few weeks, back at once: weeks of one job count, not those of all; by hand from the register."""
    scenario = single(300, 40, ends(0.15), fee=FEE)
    world = run(scenario, [0])
    in_job = status_of(world.register.codes) >= LEDIG + 2
    longest = np.zeros(300, dtype=int)
    so_far = np.zeros(300, dtype=int)
    for week in range(40):
        so_far = np.where(in_job[week], so_far + 1, 0)
        longest = np.maximum(longest, so_far)
    earned = 0.25 + 0.3 * np.mean(longest >= 8) + 0.35 * np.mean(longest >= 17)
    assert 0 < np.mean(longest >= 17) < np.mean(longest >= 8) < 1
    assert simulate(scenario, [0])[0].outcomes["f_fee_share", "alle", None] == pytest.approx(earned)


def test_a_broker_without_a_fee_is_paid_nothing() -> None:
    """Of its arm no share is known; the other one earns all but the tenth for an arbejdsprøvning."""
    outcomes = simulate(two(fee=FEE), [0])[0].outcomes
    assert np.isnan(outcomes["f_fee_share", "kommunen", None])
    assert outcomes["f_fee_share", "andre", None] == pytest.approx(0.9)


# --- work that is left to others ------------------------------------------------------------------------------------

LEFT = {"team": "team", "start": 7, "weekly": 2, "trial": 11, "job": 13, "job_end": 17, "returned": 19}


def minutes_left(world: World) -> list[int]:
    """Minutes that brokering left to the municipality, by week."""
    return weekly(world, "f_left_work")


def test_left_work_by_hand() -> None:
    """Ten ledige. Week 0: start, a trial, a week on benefit; weeks 1 to 3: a week each; week 4: an offer and a week."""
    settings = fleksjob({"kommune": broker(trial=1.0, leaves_work=LEFT)})
    world = run(cohort(10, 8, BROKERED, f=settings), [0])
    assert minutes_left(world) == [10 * n for n in (7 + 11 + 2, 2, 2, 2, 13 + 2, 0, 0, 0)]


def test_left_work_is_done_on_the_next_torsdag_as_far_as_there_are_minutes() -> None:
    """On torsdag in week 0 70 (start), in week 1 130 (a trial, a week), and so on; a team of 60 minutes is behind."""
    settings = fleksjob({"kommune": broker(trial=1.0, leaves_work=LEFT)})
    for there, used in ((100_000, [70, 130, 20, 20, 150, 20, 0, 0]), (60, [60, 60, 60, 60, 60, 60, 50, 0])):
        teams = {**BROKERED["teams"], "team": {"fte": 1, "minutes_per_week": there}}
        world = run(cohort(10, 8, {**BROKERED, "teams": teams}, f=settings), [0])
        found = [int(week[0]) for week in world.register.minutes_used]
        assert sum(found) == sum(used) == 410
        assert found == used


def test_ends_of_jobs_cost_minutes_whether_or_not_she_comes_back() -> None:
    """Every job that ends costs 17 minutes in the week of its end, back on benefit or out."""
    for returns in (0.0, 1.0):
        world = run(single(50, 15, ends(0.3, returns), leaves_work={"team": "team", "job_end": 17}), [0])
        assert minutes_left(world) == [17 * n for n in weekly(world, "f_ended")]
        assert total(world, "f_ended") > 30


def test_who_is_sent_back_costs_minutes_once() -> None:
    """19 for each of the other actor's arm, in the week in which she is sent back; the municipality leaves none."""
    world = run(two(returned=1.0, leaves_work={"team": "team", "returned": 19}), [0])
    assert minutes_left(world) == [19 * int(np.count_nonzero(world.ledige.arm == 0))] + [0] * 19
