"""Who is enrolled, in which arm and when: leaving before enrolment, earlier enrolment of some, blocked allocation.

Whoever would leave benefit before her enrolment is never enrolled. The time until she would is exponential, and not
in whole weeks: of those who shall be enrolled after w weeks on benefit the share exp(-rate × w) is.

Decision rules. Shares: |z| < LIMIT, binomial. Everything else is exact, person by person.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulation.opening import build
from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG, PLANNED, Ledige
from simulation.world.register import status_of
from simulation.world.spec import NOT_PLANNED
from tests.helpers import LIMIT, first_exits, make, person_by_person, z_of
from tests.offers import NOBODY_LEAVES, weekly

PERSONS = 20_000
ARMS = {"deltager": 1, "kontrol": 1}


def coming(persons: int = PERSONS, world: dict[str, Any] | None = None, **intake: Any) -> Scenario:
    """Everybody of two arms would be enrolled after eight weeks on benefit; nobody leaves afterwards."""
    settings = {"persons": persons, "weeks": 1, "from_week": 10, "elapsed_weeks": 8, "leaves_before": 0.05, **intake}
    return make(**{"arms": ARMS, "intake": settings, "exits": NOBODY_LEAVES, **(world or {})})


def entering(ledige: Ledige) -> np.ndarray:
    """Who will be enrolled."""
    return np.asarray(ledige.entry != NOT_PLANNED)


@pytest.mark.parametrize(("rate", "weeks"), [(0.05, 8), (0.3, 3), (0.001, 100)])
def test_the_share_enrolled_is_that_of_an_exponential_wait(rate: float, weeks: int) -> None:
    """exp(-rate × weeks): |z| < LIMIT; the outcome says the same, and so does the register."""
    scenario = coming(leaves_before=rate, elapsed_weeks=weeks)
    world = run(scenario, [0])
    n = weekly(world, "enrolled")[10]
    assert abs(z_of(n, PERSONS, np.exp(-rate * weeks))) < LIMIT
    assert np.count_nonzero(status_of(world.register.codes)[-1] == LEDIG) == n
    assert weekly(world, "intake") == [PERSONS] + [0] * 19
    (replication,) = simulate(scenario, [0])
    assert replication.outcomes["entered_share", "alle", None] == n / PERSONS
    assert replication.outcomes["on_benefit", "alle", 0] == n


def test_everybody_enters_where_nobody_leaves_before_or_no_time_goes_by() -> None:
    """Rate 0, or enrolment in the first week on benefit."""
    for intake in ({"leaves_before": 0.0}, {"elapsed_weeks": 0}):
        assert entering(build(coming(500, **intake), [0]).ledige).all()


def test_who_never_enters_takes_no_part() -> None:
    """In no week of the register, nobody's case, and in no outcome."""
    world = run(coming(1000), [0, 1])
    out = ~entering(world.ledige)
    assert 500 < np.count_nonzero(out) < 900
    assert (status_of(world.register.codes)[:, out] == PLANNED).all()
    assert weekly(world, "exit_job") == [0] * 20


def test_more_leave_before_by_the_same_luck() -> None:
    """Whoever enters at a higher rate, or after more weeks, enters at a lower rate and after fewer."""
    for harder, easier in (({"leaves_before": 0.1}, {}), ({}, {"elapsed_weeks": 5})):
        few, many = (entering(build(coming(2000, **intake), [0]).ledige) for intake in (harder, easier))
        assert few.sum() < many.sum() and not (few & ~many).any()


# --- some are enrolled earlier --------------------------------------------------------------------------------------

TWO_PLACES: dict[str, Any] = {"jobcentres": {"ribe": {}, "skive": {}}}


def early(**where: Any) -> Scenario:
    """Deltagere are enrolled after three weeks on benefit instead of eight."""
    return coming(5000, TWO_PLACES, weeks=4, arrivals="random", earlier={"elapsed_weeks": {"deltager": 3}, **where})


def test_an_arm_is_enrolled_earlier_in_the_same_benefit_spell() -> None:
    """Five weeks earlier for the arm, with the same weeks in which benefit began; the other arm is as it was."""
    plain = build(coming(5000, TWO_PLACES, weeks=4, arrivals="random"), [0]).ledige
    ledige = build(early(), [0]).ledige
    mine = ledige.arm == 0
    assert (ledige.spell_start == plain.spell_start).all()
    assert (ledige.entry[~mine] == plain.entry[~mine]).all()
    both = entering(ledige) & entering(plain) & mine
    assert (ledige.entry[both] == plain.entry[both] - 5).all() and both.any()


def test_who_is_enrolled_early_is_another_population() -> None:
    """exp(-0.05 × 3) of the arm that is enrolled early, exp(-0.05 × 8) of the other: |z| < LIMIT by arm.

    Of the early ones exp(-0.05 × 5) would have been enrolled late.
    """
    ledige, late = build(early(), [0]).ledige, build(coming(5000, TWO_PLACES, weeks=4, arrivals="random"), [0]).ledige
    mine, there = ledige.arm == 0, entering(ledige)
    for arm, weeks in ((mine, 3), (~mine, 8)):
        assert abs(z_of(there[arm].sum(), arm.sum(), np.exp(-0.05 * weeks))) < LIMIT
    stayed = entering(late)[mine & there]
    assert abs(z_of(stayed.sum(), len(stayed), np.exp(-0.05 * 5))) < LIMIT


def test_earlier_holds_in_the_jobcentres_named() -> None:
    """In skive only: in ribe everybody is enrolled as before."""
    ledige = build(early(jobcentres=["skive"]), [0, 1]).ledige
    weeks = (ledige.entry - ledige.spell_start)[entering(ledige)]
    place, arm = ledige.jobcentre[entering(ledige)] % 2, ledige.arm[entering(ledige)]
    assert (weeks == np.where((place == 1) & (arm == 0), 3, 8)).all()


def test_outcomes_by_arm_show_who_was_enrolled() -> None:
    """entered_share of each arm is counted among all of that arm: |z| < LIMIT; and it differs by what was said."""
    outcomes = simulate(early(), [0])[0].outcomes
    mine = np.count_nonzero(build(early(), [0]).ledige.arm == 0)
    for arm, n, weeks in (("deltager", mine, 3), ("kontrol", 10_000 - mine, 8)):
        assert abs(z_of(n * outcomes["entered_share", arm, None], n, np.exp(-0.05 * weeks))) < LIMIT
    difference = outcomes["entered_share", "deltager", None] - outcomes["entered_share", "kontrol", None]
    assert outcomes["entered_share", "difference", None] == difference > 0.1


@pytest.mark.parametrize(
    ("intake", "message"),
    [
        ({"earlier": {"elapsed_weeks": {"deltager": 9}}}, "which is later than elapsed_weeks"),
        ({"earlier": {"elapsed_weeks": {"deltager": 1}}, "from_week": 6}, "in week -1; let from_week be 7 or more"),
        (
            {"earlier": {"elapsed_weeks": {"deltager": 3}}, "elapsed_by": {"of": "alder", "weeks": {"ung": 2}}},
            "earlier goes by arm and elapsed_by by level",
        ),
    ],
)
def test_enrolment_that_cannot_be_is_refused(intake: dict[str, Any], message: str) -> None:
    """Later than the others, or before the run."""
    with pytest.raises(ValidationError, match=message):
        coming(10, **intake)


# --- weeks on benefit by a characteristic ---------------------------------------------------------------------------

AGE = {"alder": {"ung": {"share": 0.4}, "aeldre": {"share": 0.6}}}


def by_age(weeks: dict[str, Any] | None, **more: Any) -> Scenario:
    """Exits to a job that get fewer with weeks on benefit, of people who come in one week."""
    intake = {"persons": PERSONS, "weeks": 1, "arrivals": "random", "elapsed_weeks": 8}
    job = {"level": 0.1, "duration": {"log_slope": -0.1, "until_week": 30}}
    by = {"elapsed_by": {"of": "alder", "weeks": weeks}} if weeks else {}
    return make(weeks=12, subgroups=AGE, intake={**intake, **by, **more}, exits={"job": job})


def test_exits_go_by_the_weeks_that_each_has_been_on_benefit() -> None:
    """In every week after enrolment those who came after n weeks leave by the intensity of week n, n + 1, ...: |z| <
    LIMIT, for the level with two durations, that with one, and the share that has each."""
    world = run(by_age({"aeldre": {0: 0.25, 20: 0.75}}), [0])
    week, _, _ = first_exits(world)
    before, young = build(by_age({"aeldre": {0: 0.25, 20: 0.75}}), [0]).ledige, world.ledige.subgroup["alder"] == 0
    elapsed = before.entry - before.spell_start
    assert (elapsed[young] == 8).all() and {*elapsed[~young]} == {0, 20}
    assert abs(z_of((elapsed[~young] == 0).sum(), (~young).sum(), 0.25)) < LIMIT
    for n in (0, 8, 20):
        of_them = week[elapsed == n]
        for w in range(12):
            there = (of_them >= w).sum()
            leaves = 1 - np.exp(-0.1 * np.exp(-0.1 * min(n + w, 30)))
            assert abs(z_of((of_them == w).sum(), there, leaves)) < LIMIT, (n, w)


def test_nobody_comes_at_another_date_for_it_and_what_holds_anyway_changes_nobody() -> None:
    """Where every level has the weeks of all, lives are the same to the bit; others come when they came."""
    same, other = (run(by_age(weeks, arrivals="even"), [0]) for weeks in ({"ung": 8, "aeldre": 8}, {"aeldre": 2}))
    plain = run(by_age(None, arrivals="even"), [0])
    lives = [np.stack(list(world.register.codes)) for world in (plain, same, other)]
    young = plain.ledige.subgroup["alder"] == 0
    assert (lives[1] == lives[0]).all() and (other.ledige.entry == plain.ledige.entry).all()
    assert (lives[2][:, young] == lives[0][:, young]).all() and (lives[2] != lives[0]).any()


def test_who_has_left_before_enrolment_goes_by_the_own_weeks() -> None:
    """exp(-rate × weeks) of each level are enrolled: |z| < LIMIT."""
    ledige = build(by_age({"aeldre": 2}, leaves_before=0.05), [0]).ledige
    for level, weeks in ((0, 8), (1, 2)):
        comes = entering(ledige)[ledige.subgroup["alder"] == level]
        assert abs(z_of(comes.sum(), len(comes), np.exp(-0.05 * weeks))) < LIMIT


# --- blocked allocation ---------------------------------------------------------------------------------------------

THREE = {"a": 1, "b": 1, "c": 2}


def blocked(persons: int = 40, arms: dict[str, float] | None = None, **jobcentres: Any) -> Scenario:
    """Arms drawn within each jobcentre, so that each has its exact share of it."""
    places = jobcentres or {"ribe": {}, "skive": {"persons": 24}}
    return make(arms=arms or THREE, allocation="blocked", intake={"persons": persons, "weeks": 1}, jobcentres=places)


def arms_by_place(ledige: Ledige, arms: int) -> list[list[int]]:
    """How many of each arm each jobcentre of each world has."""
    rows = int(ledige.jobcentre.max()) + 1
    return [np.bincount(ledige.arm[ledige.jobcentre == row], minlength=arms).tolist() for row in range(rows)]


def test_blocked_arms_have_their_exact_share_everywhere() -> None:
    """1 : 1 : 2 of 40 and of 24, in every world; drawn arms do not."""
    assert arms_by_place(build(blocked(), range(5)).ledige, 3) == [[10, 10, 20], [6, 6, 12]] * 5
    data = blocked().model_dump(exclude_none=True)
    drawn = build(Scenario.model_validate(data | {"allocation": "drawn"}), range(5)).ledige
    assert arms_by_place(drawn, 3) != [[10, 10, 20], [6, 6, 12]] * 5


@pytest.mark.parametrize("persons", [1, 2, 7, 61])
def test_shares_that_do_not_come_out_even_are_rounded(persons: int) -> None:
    """No arm is further than one ledig from its share of persons."""
    for row in arms_by_place(build(blocked(persons, ribe={}), range(20)).ledige, 3):
        assert sum(row) == persons
        assert max(abs(n - persons * share) for n, share in zip(row, (0.25, 0.25, 0.5), strict=True)) <= 1


def test_it_is_decided_by_lot() -> None:
    """Each of 40 ledige is in each of two arms in half of 400 replications: |z| < LIMIT.

    Any two of them are in the same arm in 19/39 of them, which is less often than by separate lots.
    """
    ledige = build(blocked(40, {"x": 1, "y": 1}, ribe={}), range(400)).ledige
    arms = np.empty((400, 40), dtype=int)
    arms[ledige.world, ledige.number] = ledige.arm
    assert np.abs(z_of(arms.sum(axis=0), 400, 0.5)).max() < LIMIT
    together = (arms[:, :-1:2] == arms[:, 1::2]).sum()  # 20 pairs of different people; nearly independent
    assert abs(z_of(together, 400 * 20, 19 / 39)) < LIMIT


def test_the_lot_of_the_arm_is_not_the_lot_of_the_queue() -> None:
    """Who stands first among equals is in either arm as often: |z| < LIMIT over 400 replications."""
    ledige = build(blocked(40, {"x": 1, "y": 1}, ribe={}), range(400)).ledige
    first = ledige.arm.reshape(400, 40)[:, 0]
    assert abs(z_of(first.sum(), 400, 0.5)) < LIMIT


def test_more_persons_elsewhere_change_nobody() -> None:
    """One more ledig in ribe may move arms there; in skive everybody has hers, and her whole life."""
    before, after = (run(blocked(persons), [0, 1]) for persons in (40, 41))
    for what in ("arm", "codes"):
        old, new = (
            person_by_person(world, world.ledige.arm if what == "arm" else world.register.codes)
            for world in (before, after)
        )
        assert all((old[place] == new[place]).all() for place in old if place[1] == "skive")


def test_blocks_of_a_jobcentre_do_not_depend_on_its_place_in_the_file() -> None:
    """Another jobcentre before it, and another replication beside it."""
    alone = person_by_person(world := build(blocked(skive={"persons": 24}), [3]), world.ledige.arm)[0, "skive"]
    many = build(blocked(vejle={}, skive={"persons": 24}), [1, 3])
    assert (person_by_person(many, many.ledige.arm)[1, "skive"] == alone).all()
