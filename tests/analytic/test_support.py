"""Løntilskud, mentor, koordineret indsats, incitament; small jobs beside benefit; enrolment by blocks.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import IN_JOB, LEDIG
from simulation.world.register import NO_SHOW, offer_of, status_of, talk_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.helpers import LIMIT, SMALL, exits_follow, make, praktik, samtaler, survival_of, z_of
from tests.offers import (
    JOBS,
    NOBODY_LEAVES,
    factor_now,
    factors,
    incitament,
    koordineret,
    loentilskud,
    mentor,
    total,
    watch,
    weekly,
)

PERSONS = 20_000
JOB = 0.04


def cohort(
    persons: int = PERSONS, weeks: int = 20, world: dict[str, Any] | None = None, **interventions: Any
) -> Scenario:
    """Ledige who come in week 0 and never leave by themselves, or as `world` says."""
    changes = {"weeks": weeks, "intake": {"persons": persons, "weeks": 1}, "exits": NOBODY_LEAVES}
    return make(**{**changes, "interventions": interventions, **(world or {})})


def in_offer(world: World) -> np.ndarray:
    """Who is in an offer, by week and row."""
    return np.asarray(offer_of(world.register.codes) > 0)


# --- løntilskud -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("elapsed", "begins"), [(0, 6), (4, 3), (30, 3)])
def test_loentilskud_needs_its_weeks_on_benefit(elapsed: int, begins: int) -> None:
    """Ready in week 3, six weeks on benefit needed: begun in the later of the two weeks; elapsed weeks count."""
    rule = {"alle": {"ready_week": 3, "weekly": 1.0}}
    intake = {"persons": 50, "weeks": 1, "elapsed_weeks": elapsed}
    scenario = cohort(world={"intake": intake}, lt=loentilskud(referral=rule, qualifying_weeks=6))
    assert weekly(run(scenario, [0]), "lt_started") == [50 if week == begins else 0 for week in range(20)]


def test_who_is_pushed_must_qualify_too() -> None:
    """Deadline in week 2, six weeks on benefit needed: week 6."""
    rule = {"alle": {"never_ready": 1.0, "ready_week": 9, "weekly": 1.0, "push": {"week": 2, "share": 1.0}}}
    scenario = cohort(persons=50, lt=loentilskud(referral=rule, qualifying_weeks=6))
    assert weekly(run(scenario, [0]), "lt_started")[6] == 50


def test_those_who_are_not_referred_never_qualify() -> None:
    """Never ready, or in an arm without a rule: nobody begins, whatever the weeks."""
    rule = {"a": {"never_ready": 1.0, "ready_week": 0, "weekly": 1.0}}
    scenario = cohort(persons=500, weeks=30, world={"arms": {"a": 1, "b": 1}}, lt=loentilskud(referral=rule))
    assert total(run(scenario, [0]), "lt_referred") == 0


def test_private_and_public_employers_hire_their_shares() -> None:
    """0.6 are with private employers, who hire 0.5 of those who complete; public ones hire 0.1. |z| < LIMIT each."""
    scenario = cohort(lt=loentilskud(private_share=0.6, direct_hire=0.5, public_hire=0.1))
    world, (part,) = watch(scenario)
    assert abs(z_of(np.count_nonzero(part.private), PERSONS, 0.6)) < LIMIT
    hired = status_of(world.register.codes)[9] != LEDIG
    assert weekly(world, "lt_hired")[8] == np.count_nonzero(hired) == weekly(world, "exit_job")[9]
    for sector, share in ((part.private, 0.5), (~part.private, 0.1)):
        assert abs(z_of(np.count_nonzero(hired & sector), np.count_nonzero(sector), share)) < LIMIT


def test_public_employers_hire_where_private_ones_do_not() -> None:
    """direct_hire 0 and public_hire 0.4: of those with a public employer 0.4 are hired; |z| < LIMIT."""
    scenario = cohort(lt=loentilskud(private_share=0.5, direct_hire=0.0, public_hire=0.4))
    world, (part,) = watch(scenario)
    hired = status_of(world.register.codes)[9] != LEDIG
    assert not hired[part.private].any()
    assert abs(z_of(np.count_nonzero(hired), np.count_nonzero(~part.private), 0.4)) < LIMIT


def test_the_gain_afterwards_is_that_of_the_employer() -> None:
    """2 after a private one and 1.5 after a public one, for five weeks (9 to 13), 0.5 while there (1 to 8): exactly."""
    scenario = cohort(
        persons=300, world={"exits": {"job": {"level": 1e-9}}},
        lt=loentilskud(
            private_share=0.5, during={"job": 0.5}, after={"job": 2.0}, after_public={"job": 1.5}, after_weeks=5
        ),
    )  # fmt: skip
    found, _ = factors(scenario)
    _, (part,) = watch(scenario)
    private = part.private
    assert 100 < np.count_nonzero(private) < 200
    expected = np.ones((20, 300))
    expected[1:9] = 0.5
    expected[9:14] = np.where(private, 2.0, 1.5)
    assert (found == expected).all()


def test_hours_in_loentilskud_are_no_employment() -> None:
    """No paid hours in the register while there."""
    world = run(cohort(persons=100, world={"job_spells": JOBS}, lt=loentilskud()), [0])
    assert world.register.hours is not None and not world.register.hours.any()
    assert in_offer(world)[:8].all()


# --- mentor ---------------------------------------------------------------------------------------------------------


def test_hours_of_mentors_are_never_exceeded_and_given_in_strict_order() -> None:
    """21 hours in each jobcentre, 1, 4 or 9 hours each. Longest waiting first; the first who does not fit ends it.

    Every torsdag against a loop over the queue in plain Python, exactly; and the hours are all but used.
    """
    held: list[list[int]] = []
    start: list[np.ndarray] = []

    def look(world: World, running: Any, week: int) -> None:
        places = running[0].places
        held.append(places.held.tolist())
        start.append(running[0].spells.started.copy())

    rule = {"alle": {"ready_week": {0: 0.4, 2: 0.3, 5: 0.3}, "weekly": 0.5}}
    scenario = cohort(
        persons=40, weeks=60,
        world={"jobcentres": {"ribe": {}, "skive": {}}, "exits": {"job": {"level": 0.01}}},
        m=mentor(referral=rule, mentors=1.4, hours_per_mentor=15.0, hours={1: 0.4, 4: 0.3, 9: 0.3}, length_weeks=6),
    )  # fmt: skip
    world, (part,) = watch(scenario, soendag=look)
    assert max(map(max, held)) <= 21
    assert min(max(h) for h in zip(*held, strict=True)) >= 18
    gave = world.ledige.draws.value(part.settings.hours, "m hours", 0, np.arange(len(world.ledige)))
    benefit = status_of(world.register.codes) == LEDIG
    needs = _needs(scenario)
    would_fit = 0
    for row in range(2):
        mine = np.flatnonzero(world.ledige.jobcentre == row)
        waits: dict[int, int] = {}
        has: dict[int, int] = {}
        for week in range(60):
            for ledig in [ledig for ledig in {*waits, *has} if not benefit[week, ledig]]:
                waits.pop(ledig, None)
                has.pop(ledig, None)
            has = {ledig: began for ledig, began in has.items() if week < began + 6}
            waits |= {int(ledig): week for ledig in mine if needs[ledig] == week and benefit[week, ledig]}
            for ledig in sorted(waits, key=lambda ledig: (waits[ledig], ledig)):
                room = 21 - sum(int(gave[other]) for other in has)
                if gave[ledig] > room:
                    would_fit += any(gave[other] <= room for other in waits)
                    break
                has[ledig] = week
                del waits[ledig]
            assert {int(i) for i in mine if start[week][i] != NEVER} == set(has), (row, week)
            assert held[week][row] == sum(int(gave[ledig]) for ledig in has)
    assert would_fit > 5, "nobody is held up by one who needs more: the case says nothing"


def _needs(scenario: Scenario) -> np.ndarray:
    """Week in which each one's need is seen, from the same world with mentors for all."""
    settings = scenario.model_dump(exclude_none=True)
    settings["interventions"]["m"] |= {"mentors": 1000.0}
    found = np.full(sum(scenario.persons().values()), -1)

    def look(world: World, running: Any, week: int) -> None:
        found[running[0].spells.started == week] = week

    watch(Scenario.model_validate(settings), soendag=look)
    return found


def test_a_mentor_works_while_there_and_afterwards() -> None:
    """From torsdag in week 0 for eight weeks: 1.5 in weeks 1 to 8, then 2 halving every two weeks, for four weeks."""
    scenario = cohort(
        persons=40_000, world={"exits": {"job": {"level": JOB}}},
        m=mentor(
            mentors=1000.0, hours_per_mentor=40.0, hours=1, during={"job": 1.5},
            after={"effects": {"job": 2.0}, "weeks": 4, "halving_weeks": 2.0},
        ),
    )  # fmt: skip
    intensity = np.full(20, JOB)
    intensity[1:9] *= 1.5
    intensity[9:13] *= 1 + 0.5 ** (np.arange(1, 5) / 2)
    exits_follow(scenario, survival_of(intensity))


def test_a_mentor_begins_only_in_the_offers_named() -> None:
    """Need in week 0; praktik (weeks 3 to 10) is named, løntilskud (weeks 0 to 2) is not: all start in week 3."""
    later = {"alle": {"ready_week": 3, "weekly": 1.0}}
    scenario = cohort(
        persons=100, lt=loentilskud(length_weeks=3), prk={**praktik(), "referral": later}, m=mentor(only_in=["prk"])
    )
    world = run(scenario, [0])
    assert weekly(world, "m_started") == [0, 0, 0, 100] + [0] * 16
    assert total(world, "m_wait") == 300


def test_a_mentor_for_offers_is_for_nobody_outside_them() -> None:
    """Half are never ready for praktik, and have no mentor; everybody else has one."""
    half = {"alle": {"never_ready": 0.5, "ready_week": 1, "weekly": 1.0}}
    scenario = cohort(persons=2000, prk={**praktik(), "referral": half}, m=mentor(only_in=["prk"]))
    world, running = watch(scenario)
    ever = in_offer(world).any(axis=0)
    assert 800 < np.count_nonzero(ever) < 1200
    assert total(world, "m_started") == np.count_nonzero(ever)
    assert (running[1].spells.completed[~ever] == NEVER).all()


def test_a_mentor_for_offers_ends_with_the_offer() -> None:
    """Described as 'only while in one of their offers': praktik of two weeks, a mentor for eight."""
    scenario = cohort(persons=100, prk=praktik(length_weeks=2), m=mentor(only_in=["prk"]))

    def look(world: World, running: Any, week: int) -> None:
        has = running[1].places.of > 0
        assert not has[world.register.offer == 0].any()

    watch(scenario, soendag=look)


# --- koordineret indsats --------------------------------------------------------------------------------------------


def test_blocked_ledige_begin_no_offer_until_their_treatment() -> None:
    """Known on mandag in week 0, ten weeks of waiting: blocked in weeks 0 to 10, placed on torsdag in week 11."""
    scenario = cohort(persons=100, prk=praktik(), k=koordineret(treatment_weeks=10))
    world = run(scenario, [0])
    assert weekly(world, "prk_started") == [0] * 11 + [100] + [0] * 8
    assert weekly(world, "k_blocked_weeks") == [100] * 11 + [0] * 9


def test_talks_have_no_effect_on_the_blocked() -> None:
    """Everybody has a talk every week with the factor 2; blocked until mandag in week 6, so in force from then on."""
    scenario = cohort(
        persons=60_000,
        world={"exits": {"job": {"level": JOB}}, "teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}}},
        samtaler=samtaler(effects={"job": 2.0}), k=koordineret(treatment_weeks=5),
    )  # fmt: skip
    intensity = np.full(20, JOB)
    intensity[6:] *= 2
    exits_follow(scenario, survival_of(intensity))


def test_only_those_who_wait_for_treatment_are_blocked() -> None:
    """Of a need of 0.5, known for 0.6 at once, 0.4 wait for treatment: 0.12 of all begin no praktik; |z| < LIMIT."""
    settings = koordineret(need=0.5, known_at_start=0.6, treatment=0.4, treatment_weeks=1000)
    world = run(cohort(prk=praktik(), k=settings), [0])
    known = total(world, "k_known")
    assert abs(z_of(known, PERSONS, 0.5 * 0.6)) < LIMIT
    begun = total(world, "prk_started")
    assert begun == weekly(world, "prk_started")[0]
    assert abs(z_of(PERSONS - begun, PERSONS, 0.12)) < LIMIT
    assert PERSONS - begun == weekly(world, "k_blocked_weeks")[0]


def test_coordination_unblocks() -> None:
    """Asked for in an arm for 0.7 of known needs, with room for all: these begin praktik at once, the others later."""
    scenario = cohort(
        world={"arms": {"med": 1, "uden": 1}},
        k=koordineret(offered={"med": 0.7}, treatment_weeks=10),
        prk={**praktik(), "referral": {arm: {"ready_week": 0, "weekly": 1.0} for arm in ("med", "uden")}},
    )
    world, (part, _) = watch(scenario)
    arm = world.ledige.arm == 0
    helped = part.places.of > 0
    assert not helped[~arm].any()
    assert abs(z_of(np.count_nonzero(helped), np.count_nonzero(arm), 0.7)) < LIMIT
    began = in_offer(world).argmax(axis=0)
    assert (began[helped] == 0).all() and (began[~helped] == 11).all()


def test_coordinators_have_no_more_than_their_places() -> None:
    """Five places in each jobcentre: the five who come first by lot and wait, all the others never; exactly."""
    world = run(
        cohort(
            persons=30, weeks=9, k=koordineret(offered={"alle": 1.0}, places=5, treatment_weeks=1000), prk=praktik(),
            world={"jobcentres": {"ribe": {}, "skive": {}}},
        ),
        [0],
    )  # fmt: skip
    assert world.register.counts["k_helped"][0].tolist() == [5, 5]
    assert total(world, "k_helped") == total(world, "prk_started") == 10
    assert weekly(world, "k_unmet_weeks") == [50] * 9


def test_a_coordinators_place_is_free_when_she_leaves() -> None:
    """One place; leavers hand it back on tirsdag, and the next has it on torsdag: taken on every søndag."""
    held = []
    scenario = cohort(
        persons=500, weeks=20, world={"exits": {"job": {"level": 0.2}}}, k=koordineret(offered={"alle": 1.0}, places=1)
    )
    world, _ = watch(scenario, soendag=lambda world, running, week: held.append(int(running[0].places.held[0])))
    there = np.count_nonzero(status_of(world.register.codes) == LEDIG, axis=1)
    assert held == np.minimum(there, 1).tolist()
    assert total(world, "k_helped") > 3


def test_effects_of_coordination_and_treatment() -> None:
    """1.5 while coordinated, 3 once treatment has begun; for those helped in week 0 and those never; exactly."""
    scenario = cohort(
        persons=200, world={"exits": {"job": {"level": 1e-9}}},
        k=koordineret(
            offered={"alle": 0.5}, treatment=0.5, treatment_weeks=4, during={"job": 1.5}, treated={"job": 3.0}
        ),
    )  # fmt: skip
    found, _ = factors(scenario)
    _, (part,) = watch(scenario)
    helped, waits = part.places.of > 0, part.must_wait
    expected = np.ones((20, 200))
    expected[1:, helped] *= 1.5
    expected[5:, waits] *= 3.0
    assert (found == expected).all()
    assert len({(bool(h), bool(w)) for h, w in zip(helped, waits, strict=True)}) == 4


def test_known_needs_take_their_minutes_in_every_talk() -> None:
    """30 minutes a talk, 12 more with each of k ledige whose need is known: minutes used, exactly, from week 1 on."""
    settings = koordineret(need=0.5, treatment=0.0, casework_minutes=12)
    world = run(cohort(persons=500, weeks=10, samtaler=samtaler(), k=settings), [0])
    known = total(world, "k_known")
    assert 200 < known < 300
    assert [int(week[0]) for week in world.register.minutes_used] == [0] + [500 * 30 + known * 12] * 9


def test_minutes_of_a_known_need_count_once_for_who_comes_back() -> None:
    """Everybody's need is known at once, jobs last about two weeks: every talk takes 42 minutes all the same."""
    churn = {"exits": {"job": {"level": 0.3}}, "job_spells": {**JOBS, "end_intensity": {0: 0.5}, "returns": 1.0}}
    settings = koordineret(treatment=0.0, casework_minutes=12)
    world = run(cohort(persons=300, weeks=30, world=churn, samtaler=samtaler(), k=settings), [0])
    assert total(world, "returned") > 1000
    assert [int(week[0]) for week in world.register.minutes_used] == [42 * held for held in weekly(world, "held")]


def test_minutes_for_known_needs_crowd_out_talks() -> None:
    """420 minutes hold fourteen talks of 30 and ten of 42."""
    tight = {"teams": {"team": {"fte": 1, "minutes_per_week": 420}}}
    for minutes, held in ((0, 14), (12, 10)):
        settings = koordineret(treatment=0.0, casework_minutes=minutes)
        world = run(cohort(persons=50, weeks=6, world=tight, samtaler=samtaler(), k=settings), [0])
        assert weekly(world, "held") == [0] + [held] * 5


def test_a_need_comes_to_light_in_held_talks_only() -> None:
    """Attendance 0.6, disclosure 0.25 per held talk: |z| < LIMIT among those who had one; none among no-shows."""
    known: list[np.ndarray] = []
    scenario = cohort(
        weeks=12,
        world={"teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}}},
        samtaler=samtaler(attendance=0.6),
        k=koordineret(known_at_start=0.0, disclosed_per_talk=0.25, treatment=0.0),
    )
    world, _ = watch(scenario, soendag=lambda world, running, week: known.append(running[1].known.copy()))
    talk = talk_of(world.register.codes)
    assert not known[0].any()  # no talk in the week of enrolment
    for week in range(1, 12):
        new = known[week] & ~known[week - 1]
        held = (talk[week] > 0) & (talk[week] != NO_SHOW)
        assert not new[~held].any()
        asked = np.count_nonzero(held & ~known[week - 1])
        assert abs(z_of(np.count_nonzero(new), asked, 0.25)) < LIMIT
        assert (known[week] >= known[week - 1]).all()
    assert (talk[1:] == NO_SHOW).any()


def test_a_letter_brings_nothing_to_light() -> None:
    """A channel that does not count as a talk (counts: false)."""
    letters = samtaler()
    letters["channels"]["personlig"] |= {"counts": False}
    scenario = cohort(persons=500, samtaler=letters, k=koordineret(known_at_start=0.0, disclosed_per_talk=1.0))
    world = run(scenario, [0])
    assert total(world, "letters") > 0
    assert total(world, "k_known") == 0


def test_outcomes_of_coordination_are_ratios_of_weeks_and_needs() -> None:
    """Four places, everybody known in week 0 and asked for, nobody leaves: by hand."""
    settings = koordineret(offered={"alle": 1.0}, places=4, treatment_weeks=7)
    outcomes = simulate(cohort(persons=10, weeks=20, k=settings), [0])[0].outcomes
    found = {name: outcomes[f"k_{name}", "alle", None] for name in ("known", "helped_share", "unmet_share", "wait")}
    assert found == pytest.approx({"known": 10, "helped_share": 0.4, "unmet_share": 0.6, "wait": 0})
    assert outcomes["k_blocked_share", "alle", None] == pytest.approx(6 * 8 / (10 * 20))


# --- incitament -----------------------------------------------------------------------------------------------------


def watched_talks(**settings: Any) -> Scenario:
    """Two jobcentres with weekly talks; in one nearly everybody comes, in the other half do."""
    talks = samtaler(attendance=0.5)
    talks["attendance"] = {"jobcentre_odds": {"ivrig": 99.0}}
    return cohort(
        persons=2000, weeks=40,
        world={
            "jobcentres": {"ivrig": {}, "traeg": {}}, "exits": {"job": {"level": 0.01}},
            "teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}},
        },
        samtaler=talks, **settings,
    )  # fmt: skip


def test_a_subsidy_alone_changes_nothing() -> None:
    """Without outreach it only watches: the same register, counts and minutes, to the last bit."""
    before, after = run(watched_talks(), [0]), run(watched_talks(penge=incitament()), [0])
    assert (before.register.codes == after.register.codes).all()
    assert before.register.counts.keys() == after.register.counts.keys()
    for name, counts in before.register.counts.items():
        assert (counts == after.register.counts[name]).all(), name
    assert (np.array(before.register.minutes_used) == np.array(after.register.minutes_used)).all()


def test_outreach_acts_only_where_a_jobcentre_is_behind() -> None:
    """Ivrig has 99 % and is as without it, person by person; in traeg the odds of coming rise from 1 to 4: 0.8.

    In traeg the share so far passes the threshold of 0.7 (+ 0.05) some weeks after the first count, and then outreach
    stops and starts. Every week: all are reached out to or none, by the share of the weeks before; |z| < LIMIT.
    """
    reach = {"margin": 0.05, "odds": 4.0, "minutes": 7}
    before = run(watched_talks(), [0])
    after = run(watched_talks(penge=incitament(talks_at_least=0.7, outreach=reach)), [0])
    ivrig = before.ledige.jobcentre == 0
    assert (before.register.codes[:, ivrig] == after.register.codes[:, ivrig]).all()
    outreach = after.register.counts["outreach"]
    assert not outreach[:, 0].any()
    status, talk = status_of(after.register.codes)[:, ~ivrig], talk_of(after.register.codes)[:, ~ivrig]
    held, weeks = 0, 0
    reaching = []
    for week in range(1, 40):
        behind = held < 0.75 * weeks
        there = np.count_nonzero(status[week] == LEDIG)
        came = np.count_nonzero((talk[week] > 0) & (talk[week] != NO_SHOW))
        assert outreach[week, 1] == (there if behind else 0)
        assert abs(z_of(came, there, 0.8 if behind else 0.5)) < LIMIT
        assert int(after.register.minutes_used[week][1]) == there * (37 if behind else 30)
        held, weeks = held + came, weeks + there
        reaching.append(bool(behind))
    assert reaching[0] is False and reaching[1] is True
    assert 10 < sum(reaching) < 38  # it stops where the share is reached, and starts again


def test_outreach_is_for_the_arm_of_the_subsidy() -> None:
    """Of two arms with half attendance only the subsidised one comes more often."""
    plans = samtaler(attendance=0.5)
    plans["plans"]["plan"]["arms"] = ["a", "b"]
    subsidy = incitament(arm="a", talks_at_least=1.0, outreach={"margin": 0.0, "odds": 9.0, "minutes": 0})
    world = run(
        cohort(persons=4000, weeks=6, world={
            "arms": {"a": 1, "b": 1}, "teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}},
        }, samtaler=plans, penge=subsidy),
        [0],
    )  # fmt: skip
    talk = talk_of(world.register.codes)[2:]
    came = (talk > 0) & (talk != NO_SHOW)
    for arm, share in ((0, 0.9), (1, 0.5)):
        mine = came[:, world.ledige.arm == arm]
        assert abs(z_of(np.count_nonzero(mine), mine.size, share)) < LIMIT


def test_the_subsidy_is_earned_where_both_shares_are_reached() -> None:
    """Talks 0.99 and 0.5 by jobcentre, praktik for all in weeks 9 and on: earned in ivrig, not in traeg, a half in all.

    And not at all where praktik comes before the window.
    """
    for begins, earned in ((10, 1.0), (0, 0.0)):
        offer = {**praktik(length_weeks=4), "referral": {"alle": {"ready_week": begins, "weekly": 1.0}}}
        found = simulate(watched_talks(prk=offer, penge=incitament()), [0])[0].outcomes
        assert found["penge_earned_share", "alle@ivrig", None] == earned
        assert found["penge_earned_share", "alle@traeg", None] == 0.0
        assert found["penge_earned_share", "alle", None] == earned / 2
        assert found["penge_talks_share", "alle@ivrig", None] > 0.95
        assert found["penge_talks_share", "alle@traeg", None] == pytest.approx(0.5, abs=0.05)
        assert (found["penge_activated_share", "alle@ivrig", None] > 0.8) == bool(earned)


def test_letters_are_no_talks_when_a_jobcentre_looks_at_its_share() -> None:
    """A channel that does not count as a talk: the share is 0 in the outcome, so it is behind from week 2."""
    letters = samtaler()
    letters["channels"]["personlig"] |= {"counts": False}
    subsidy = incitament(outreach={"margin": 0.0, "odds": 1.0, "minutes": 0})
    scenario = cohort(persons=100, samtaler=letters, penge=subsidy)
    assert simulate(scenario, [0])[0].outcomes["penge_talks_share", "alle", None] == 0.0
    assert weekly(run(scenario, [0]), "outreach")[2] == 100


# --- small jobs beside benefit --------------------------------------------------------------------------------------


def beside(**more: Any) -> dict[str, Any]:
    """Job spells with small jobs beside benefit."""
    return {**JOBS, "beside_benefit": {"at_entry": 0.2, "begins": 0.05, "ends": 0.1, "hours": {5: 0.5, 9: 0.5}, **more}}


def test_small_jobs_at_entry() -> None:
    """The share 0.2 has one in the week of enrolment, and the hours of each are drawn by their shares; |z| < LIMIT."""
    world = run(cohort(weeks=1, world={"job_spells": beside()}), [0])
    assert world.register.hours is not None
    has = int(np.count_nonzero(world.register.hours[0]))
    assert abs(z_of(has, PERSONS, 0.2)) < LIMIT
    assert abs(z_of(np.count_nonzero(world.register.hours[0] == 5), has, 0.5)) < LIMIT


def test_small_jobs_begin_and_end_by_their_weekly_chances() -> None:
    """A Markov chain of two states: |z| < LIMIT for beginning and ending in every week; hours stay while it lasts."""
    world = run(cohort(world={"job_spells": beside()}), [0])
    hours = world.register.hours
    assert hours is not None
    has = hours > 0
    for week in range(1, 20):
        began, ended = has[week] & ~has[week - 1], ~has[week] & has[week - 1]
        assert abs(z_of(np.count_nonzero(began), np.count_nonzero(~has[week - 1]), 0.05)) < LIMIT
        assert abs(z_of(np.count_nonzero(ended), np.count_nonzero(has[week - 1]), 0.1)) < LIMIT
    stays = has[1:] & has[:-1]
    assert (hours[1:][stays] == hours[:-1][stays]).all()
    assert (status_of(world.register.codes) == LEDIG).all()


@pytest.mark.parametrize("at_entry", [0.0, 1.0])
def test_the_share_with_a_small_job_becomes_begins_over_begins_plus_ends(at_entry: float) -> None:
    """0.05 / 0.15 = 1/3 wherever it began: after t weeks it is off by (1 − 0.15)^t, 10⁻⁷ after 100. |z| < LIMIT."""
    world = run(cohort(weeks=101, persons=10_000, world={"job_spells": beside(at_entry=at_entry)}), [0])
    assert world.register.hours is not None
    share = np.count_nonzero(world.register.hours, axis=1)
    assert share[0] == at_entry * 10_000
    assert abs(z_of(share[100], 10_000, 1 / 3)) < LIMIT
    assert abs(z_of(share[10], 10_000, 1 / 3 + (at_entry - 1 / 3) * 0.85**10)) < LIMIT


def test_who_leaves_benefit_works_nothing_beside_it() -> None:
    """In a job the job's hours, elsewhere none; who comes back has none at first, and finds one by the same chance."""
    world = run(
        cohort(
            persons=5000, weeks=40,
            world={
                "exits": {"job": {"level": 0.2}, "other": {"level": 0.02}},
                "job_spells": {**beside(begins=0.1), "end_intensity": {0: 0.3}, "returns": 1.0},
            },
        ),
        [0],
    )  # fmt: skip
    status, hours = status_of(world.register.codes), world.register.hours
    assert hours is not None
    assert (hours[status == IN_JOB] == 37).all()
    assert (hours[status > IN_JOB] == 0).all()
    on_benefit = status == LEDIG
    assert set(hours[on_benefit].tolist()) == {0, 5, 9}
    back = on_benefit[1:] & (status[:-1] == IN_JOB)
    assert back.any() and not hours[1:][back].any()
    again = back[:-1] & on_benefit[2:]
    assert abs(z_of(np.count_nonzero(hours[2:][again]), np.count_nonzero(again), 0.1)) < LIMIT


def test_small_jobs_change_nobodys_exit() -> None:
    """By the same luck everybody leaves in the same week with and without them."""
    leaving = {"exits": {"job": {"level": 0.1}}}
    with_, without = (
        run(cohort(persons=1000, world={**leaving, "job_spells": spells}), [0]) for spells in (beside(), JOBS)
    )
    assert (with_.register.codes == without.register.codes).all()


# --- enrolment by blocks --------------------------------------------------------------------------------------------


def enrolled(**intake: Any) -> list[int]:
    """Number of ledige enrolled by week of the run."""
    scenario = make(weeks=20, exits=NOBODY_LEAVES, intake={**SMALL["intake"], **intake})
    return weekly(run(scenario, [0]), "enrolled")


def test_even_arrivals_by_block_are_exact() -> None:
    """0.5 in weeks 0 to 3, 0.3 in weeks 4 and 5, 0.2 in weeks 6 to 9 of 1000: each block evenly over its weeks."""
    blocks = {0: 0.5, 4: 0.3, 6: 0.2}
    found = enrolled(persons=1000, weeks=10, arrivals="even", by_block=blocks, from_week=3)
    assert found == [0] * 3 + [125] * 4 + [150] * 2 + [50] * 4 + [0] * 7


def test_a_block_may_be_empty() -> None:
    """Nobody in weeks 2 to 4."""
    found = enrolled(persons=60, weeks=8, arrivals="even", by_block={0: 0.5, 2: 0.0, 5: 0.5})
    assert found == [15, 15, 0, 0, 0, 10, 10, 10] + [0] * 12


def test_random_arrivals_by_block_follow_their_shares() -> None:
    """Of 20 000: |z| < LIMIT in every week."""
    found = enrolled(persons=20_000, weeks=6, arrivals="random", by_block={0: 0.1, 2: 0.9})
    assert np.abs(z_of(found[:6], 20_000, [0.05] * 2 + [0.225] * 4)).max() < LIMIT
    assert sum(found) == 20_000


@pytest.mark.parametrize("arrivals", ["even", "random"])
def test_one_block_is_no_blocks(arrivals: str) -> None:
    """{0: 1}: everybody in the same week as without."""
    with_, without = (
        run(make(intake={"persons": 333, "weeks": 7, "arrivals": arrivals, **blocks}), [0]).ledige.entry
        for blocks in ({"by_block": {0: 1.0}}, {})
    )
    assert (with_ == without).all()


def test_factors_are_looked_at_when_they_are_in_force() -> None:
    """`factors` of the tests itself: a week in which nobody's is changed has ones, not those of the week before."""
    found: list[float] = []
    scenario = cohort(persons=1, weeks=4, world={"exits": {"job": {"level": 1e-9}}},
                      prk=praktik(length_weeks=1, during={"job": 0.5}))  # fmt: skip
    watch(scenario, tirsdag=lambda world, running, week: found.append(float(factor_now(world)[0])))
    assert found == [1.0, 0.5, 1.0, 1.0]
