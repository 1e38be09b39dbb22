"""Incitament: a subsidy that is watched, and one that is reached out for.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import NO_SHOW, status_of, talk_of
from tests.helpers import LIMIT, counts_of, praktik, samtaler, z_of
from tests.offers import cohort, incitament, weekly

PERSONS = 20_000
JOB = 0.04


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
    assert counts_of(before).keys() == counts_of(after).keys()
    for name, counts in counts_of(before).items():
        assert (counts == counts_of(after)[name]).all(), name
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
    outreach = counts_of(after)["outreach"]
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
        for place in ("ivrig", "traeg"):  # one question, one answer
            assert found["penge_talks_share", f"alle@{place}", None] == found["talk_share", f"alle@{place}", None]
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


def test_each_jobcentre_by_its_own_thresholds() -> None:
    """A lower one is reached by whom the usual one is not; where the subsidy is off nothing is told of it, and of the
    others it is a share of those where it is on."""
    data = watched_talks(penge=incitament(activated_at_least=0.0)).model_dump(exclude_none=True)
    data["jobcentres"]["uden"] = {}
    subsidy = data["interventions"]["penge"] | {"in_jobcentres": ["ivrig", "traeg"]}
    data["interventions"]["penge"] = subsidy
    data["intake"]["persons"] = 200
    found = simulate(Scenario.model_validate(data), [0])[0].outcomes
    assert found["penge_earned_share", "alle", None] == found["penge_talks_reached_share", "alle", None] == 0.5
    assert ("penge_talks_share", "alle@uden", None) not in found
    data["jobcentres"]["traeg"]["interventions"] = {"penge": subsidy | {"talks_at_least": 0.3}}
    found = simulate(Scenario.model_validate(data), [0])[0].outcomes
    assert found["penge_earned_share", "alle@traeg", None] == found["penge_earned_share", "alle", None] == 1.0
    assert found["penge_talks_reached_share", "alle", None] == 1.0
