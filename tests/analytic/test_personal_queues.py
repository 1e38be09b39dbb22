"""Queues of personal caseworkers whose ledige differ, for which no closed form is known: a few lines of plain Python
must find the week of every talk, exactly; and pooled cases wait less, by a sign rule.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulation.week import run
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from simulation.world.spec import Ints
from tests.helpers import LIMIT, counts_of, make, samtaler
from tests.queues import (
    LENGTH,
    Figure,
    week_of_talk,
)

LENGTHS = {30: 0.5, 60: 0.5}
COURSE_WEEK = 6
WEEKS = 160
CENTRES = 20


class Caseworkers:
    """Talks of 30 or 60 minutes in course week 6, for those who have not left by then (5 per cent do every week).

    Cases drift apart: who leaves, and who needs an hour, is chance. Each caseworker has 210 minutes a week.
    """

    def __init__(self, load: float, desks: int, caseload: str) -> None:
        self.desks, self.minutes = desks, 210
        asks = load * desks * self.minutes / 45  # a week, if nobody left while waiting
        persons = int(asks * WEEKS / np.exp(-0.05 * (COURSE_WEEK + 1)))
        self.world = run(
            make(
                weeks=WEEKS,
                intake={"persons": persons, "weeks": WEEKS, "arrivals": "random"},
                teams={"team": {"fte": desks, "minutes_per_week": self.minutes, "caseload": caseload}},
                jobcentres={f"by_{n}": {} for n in range(CENTRES)},
                exits={"job": {"level": 0.05}},
                interventions={"samtaler": samtaler({"talks": [{"week": COURSE_WEEK}]}, LENGTHS)},
            ),
            [0],
        )
        counts = {name: count.sum(axis=0).astype(float) for name, count in counts_of(self.world).items()}
        self.backlog = Figure(counts["no_time"], np.full(CENTRES, float(WEEKS)))
        self.on_time = Figure(counts["on_time"], counts["fell_due"])
        self.desk = self.world.staff.desk

    def talks_of(self, centre: int) -> tuple[Ints, Ints]:
        """Rows of this jobcentre, in the order of their lot, and the week in which each left."""
        rows = np.flatnonzero(self.world.ledige.jobcentre == centre)
        gone = status_of(self.world.register.codes[:, rows]) >= GONE
        return rows, np.where(gone.any(axis=0), gone.argmax(axis=0), WEEKS)


caseworkers = cache(Caseworkers)


def by_hand(entry: Ints, gone: Ints, length: Ints, desks: int, minutes: int) -> list[int]:
    """Week of the talk of every ledig, -1 for none, in plain Python. First comes whose talk fell due first, then whose
    lot is smaller; a new case goes to the caseworker with fewest, of several to the first; the first talk that does not
    fit ends the week at that desk."""
    held, desk_of, load = [-1] * len(entry), [-1] * len(entry), [0] * desks
    for week in range(WEEKS):
        for ledig in range(len(entry)):
            if entry[ledig] == week:
                desk_of[ledig] = load.index(min(load))
                load[desk_of[ledig]] += 1
        for ledig in range(len(entry)):
            if gone[ledig] == week:
                load[desk_of[ledig]] -= 1
        left = [minutes] * desks
        waiting = [i for i in range(len(entry)) if entry[i] + COURSE_WEEK <= week < gone[i] and held[i] < 0]
        for ledig in sorted(waiting, key=lambda i: (entry[i], i)):
            if length[ledig] <= left[desk_of[ledig]]:
                left[desk_of[ledig]] -= length[ledig]
                held[ledig] = week
            else:
                left[desk_of[ledig]] = -1
    return held


@pytest.mark.parametrize("caseload", ["pooled", "personal"])
@pytest.mark.parametrize("desks", [1, 3])
def test_plain_python_finds_every_talk(desks: int, caseload: str) -> None:
    """The same rules, a few lines, no array: the week of every talk of two jobcentres. Exact."""
    found = caseworkers(0.9, desks, caseload)
    held, ledige = week_of_talk(found.world), found.world.ledige
    length = np.where(ledige.draws.uniform("talk length", 0, np.arange(len(ledige))) < 0.5, 30, 60)
    for centre in range(2):
        rows, gone = found.talks_of(centre)
        lines = desks if caseload == "personal" else 1
        expected = by_hand(ledige.entry[rows], gone, length[rows], lines, found.minutes * desks // lines)
        assert held[rows].tolist() == expected
        assert min(expected) == -1 and max(expected) > 140


@pytest.mark.parametrize("desks", [2, 4])
def test_pooled_beats_personal_caseworkers(desks: int) -> None:
    """Shorter queues and more talks on time, by the same luck. There is no law.

    Rules: at loads of 0.8 and 0.95 each mean difference is more than LIMIT standard errors over paired jobcentres on
    the right side of 0; both grow with the load from 0.3 on, where what is gained on time is less than 0.02.
    """
    gains = []
    for load in (0.3, 0.8, 0.95):
        pooled, personal = (caseworkers(load, desks, caseload) for caseload in ("pooled", "personal"))
        shorter, sooner = personal.backlog.minus(pooled.backlog), pooled.on_time.minus(personal.on_time)
        gains.append((shorter.value / personal.backlog.per[0], sooner.value))
        if load >= 0.8:
            assert shorter.z(0.0) > LIMIT and sooner.z(0.0) > LIMIT
    queue, on_time = zip(*gains, strict=True)
    assert queue[0] < queue[1] < queue[2] and on_time[0] < on_time[1] < on_time[2]
    assert 0 <= on_time[0] < 0.02


@pytest.mark.parametrize("load", [0.3, 0.95])
def test_one_caseworker_is_a_pool_whoever_her_ledige_are(load: float) -> None:
    """No difference at all, to the last code of the register."""
    pooled, personal = (caseworkers(load, 1, caseload).world for caseload in ("pooled", "personal"))
    assert (pooled.register.codes == personal.register.codes).all()


def test_minutes_of_a_talk_are_what_the_laws_take_for_a_slot() -> None:
    """A minute short of four talks is three talks: what does not fit is lost, person by person."""
    whole, short = (
        run(
            make(
                weeks=80,
                intake={"persons": 160, "weeks": 60, "arrivals": "random"},
                teams={"team": {"fte": 1, "minutes_per_week": minutes}},
                exits={"job": {"level": 0.0}},
                interventions={"samtaler": samtaler({"talks": [{"week": 0}]}, LENGTH)},
            ),
            [0],
        )
        for minutes in (3 * LENGTH, 4 * LENGTH - 1)
    )
    assert (week_of_talk(whole) == week_of_talk(short)).all()
