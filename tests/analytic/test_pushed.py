"""Who is sent at the deadline without being ready: what follows, against what can be counted by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.week import run
from simulation.world.world import World
from tests.helpers import LIMIT, counts_of, make, z_of

PERSONS = 100
ROOM = {"places": 1000, "matches_per_week": 1000}


def pushed(referral: dict[str, Any], **praktik: Any) -> World:
    """Nobody leaves, everybody is sent in week 9, places and matches are many, spells take four weeks."""
    rule = {"weekly": 1.0, "push": {"week": 9, "share": 1.0}, **referral}
    settings = {"kind": "praktik", "referral": {"alle": rule}, "length_weeks": 4}
    intake = {"persons": PERSONS, "weeks": 1}
    effort = {"praktik": settings | ROOM | {"repeat": {"gap_weeks": 0}} | praktik}
    return run(make(weeks=60, intake=intake, exits={"job": {"level": 0.0}}, interventions=effort), [0])


def test_who_never_becomes_ready_is_sent_once() -> None:
    """A ready ledig is referred again after a spell; who was only pushed is not, since she is not ready."""
    counts = counts_of(pushed({"never_ready": 1, "ready_week": 0}))
    assert counts["praktik_referred"].sum() == PERSONS
    assert counts["praktik_referred"][9].sum() == PERSONS


def test_who_becomes_ready_after_the_deadline_is_referred_from_then_on() -> None:
    """Sent in week 9 and back in week 13; ready in week 30, and from then on referred whenever a spell is over."""
    referred = counts_of(pushed({"ready_week": 30}))["praktik_referred"].sum(axis=1)
    assert np.flatnonzero(referred).tolist()[:2] == [9, 30]
    assert referred[30] == PERSONS


def test_a_void_referral_is_not_made_again_before_she_is_ready() -> None:
    """Without a waiting list and without a match, a pushed ledig is referred once more when she is ready."""
    settings = {"matches_per_week": 0, "waiting_list": False}
    referred = counts_of(pushed({"ready_week": 30}, **settings))["praktik_referred"].sum(axis=1)
    assert referred[:30].nonzero()[0].tolist() == [9] and (referred[30:] == PERSONS).all()


@pytest.mark.parametrize("ready_week", [10, 30])
def test_breakdown_is_likelier_for_spells_that_begin_before_she_is_ready(ready_week: int) -> None:
    """A spell of four weeks is broken off with 1 - (1 - p)³, p doubled for who is not ready when it begins; a later
    one, begun when she is ready, with p itself. |z| < LIMIT by the binomial."""
    breakdown = {"weekly": 0.1, "unready_factor": 2.0, "setback_weeks": 0}
    counts = counts_of(pushed({"ready_week": ready_week}, breakdown=breakdown))
    first = counts["praktik_broken"][9:13].sum()
    assert abs(z_of(first, PERSONS, 1 - 0.8**3)) < LIMIT
    begun = counts["praktik_started"][ready_week:55].sum()
    later = counts["praktik_broken"][ready_week + 1 : 59].sum()
    assert abs(z_of(later, begun, 1 - 0.9**3)) < LIMIT
