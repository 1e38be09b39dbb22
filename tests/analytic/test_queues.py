"""Queues for caseworkers and for talks against queueing theory. What the laws say, and why: `tests/queues.py`.

Decision rule. Against a law: |z| < LIMIT, z in standard errors over independent replications (40 jobcentres with
staff of their own), seeds fixed. Ledige and weeks are those of the stationary part: what is left of the empty start is
computed, and less than a fifth of a standard error. One run against another by the same luck, and person-weeks counted
by week against those counted by person: exact.

What keeps the rule honest: the law by roots is also solved from the transition matrix; a law of one talk or one case
more or less lies outside the rule; and for personal caseworkers, for whom no closed form is known, a few lines of plain
Python must find the week of every talk.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.stats import poisson

from simulation.week import run
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from simulation.world.spec import Ints
from tests.helpers import LIMIT, make, samtaler
from tests.queues import (
    LENGTH,
    Figure,
    Talks,
    by_chain,
    by_chance,
    by_roots,
    cases,
    chain,
    limit_law,
    roots,
    start_left,
    stationary,
    talks,
    week_of_talk,
)

# --- a caseload limit -----------------------------------------------------------------------------------------------

RATE, STAYS = 10.0, 0.8  # ledige a week; 50 on benefit on an average mandag, 40 on a søndag
LIMITS = {30: 1.0, 40: 1.0, 50: 2.5, 60: 4.0}  # cases in all, by how many caseworkers


def test_the_number_on_benefit_is_poisson() -> None:
    """After an empty start the number on the søndag of week t is Poisson with mean RATE × (STAYS + ... + STAYS^(t+1)).

    Rules: |z| < LIMIT by the Poisson error, in every one of the first 60 weeks. And the spread is Poisson, too: the sum
    of (n - mean)² / mean over weeks 30 apart, which have next to nothing in common, is its number on average.
    """
    found = cases(RATE, STAYS, 50, 2.5).on_benefit
    mean = RATE * np.cumsum(STAYS ** np.arange(1, len(found) + 1))
    z = (found.mean(axis=1) - mean) / np.sqrt(mean / found.shape[1])
    assert np.abs(z[:60]).max() < LIMIT
    apart = slice(60, None, 30)
    squares = ((found[apart] - mean[apart, None]) ** 2 / mean[apart, None]).ravel()
    assert len(squares) == 320
    assert abs(squares.sum() - len(squares)) / np.sqrt(len(squares) * (2 + 1 / mean[-1])) < LIMIT


@pytest.mark.parametrize("limit", LIMITS)
def test_a_caseload_limit_is_a_queue_in_closed_form(limit: int) -> None:
    """On benefit, cases and in line on a søndag; søndage in line per ledig; taken at once; never taken: |z| < LIMIT.

    In all weeks of all jobcentres there are no more cases than the limit, and the limit changes nobody's stay.
    """
    found, law = cases(RATE, STAYS, limit, LIMITS[limit]), limit_law(RATE, STAYS, limit)
    z = {name: figure.z(getattr(law, name)) for name, figure in found.figures.items()}
    assert max(map(abs, z.values())) < LIMIT, z
    assert found.cases.max() <= limit
    assert (found.cases + found.waiting == found.on_benefit).all()
    assert (found.on_benefit == cases(RATE, STAYS, 50, LIMITS[50]).on_benefit).all()


@pytest.mark.parametrize("limit", LIMITS)
def test_little_in_line_for_a_caseworker(limit: int) -> None:
    """L = rate × W, on the same run: søndage in line by week and by person are the same ones, exactly; and so the mean
    number in line is the rate times the mean wait, by the law and (|z| < LIMIT, its closed form put in) as measured."""
    found, law = cases(RATE, STAYS, limit, LIMITS[limit]), limit_law(RATE, STAYS, limit)
    assert found.in_line == found.waiting.sum()
    assert law.waiting == pytest.approx(RATE * law.wait, rel=1e-12)
    assert abs(found.figures["waiting"].z(RATE * law.wait)) < LIMIT
    assert abs(found.figures["wait"].z(law.waiting / RATE)) < LIMIT


@pytest.mark.parametrize("limit", [40, 50])
def test_a_limit_that_is_one_off_would_be_seen(limit: int) -> None:
    """The rule has power: the law of one case more, and of one less, is outside it; the right one is inside.

    Looked at is cases - share × on benefit, which takes out most of the luck in how many are on benefit. Any share
    would do; it is the chance that there is room.
    """
    found = cases(RATE, STAYS, limit, LIMITS[limit]).figures
    share = float(poisson.cdf(limit - 1, RATE / (1 - STAYS)))
    rest = Figure(found["cases"].counted - share * found["on_benefit"].counted, found["cases"].per)
    laws = [limit_law(RATE, STAYS, limit + off) for off in (-1, 0, 1)]
    less, right, more = (abs(rest.z(law.cases - share * law.on_benefit)) for law in laws)
    assert right < LIMIT < min(less, more)


# --- minutes: a queue with bulk service -----------------------------------------------------------------------------

DESKS = {
    0.5: {"talks": 1, "warm": 60, "weeks": 360},
    0.7: {"talks": 3, "warm": 60, "weeks": 360},
    0.85: {"talks": 6, "warm": 100, "weeks": 400, "course_week": 2},
    0.95: {"talks": 10, "warm": 200, "weeks": 500},
}
"""Loads, and how many talks a week the desk holds."""


def desk(load: float) -> tuple[float, int]:
    """Requests a week, and talks a week."""
    number = DESKS[load]["talks"]
    return load * number, number


def found_at(load: float) -> Talks:
    """The desk of this load, simulated."""
    rate, number = desk(load)
    return talks(rate, number, **{name: value for name, value in DESKS[load].items() if name != "talks"})


@pytest.mark.parametrize("number", [1, 2, 3, 6, 10, 17])
@pytest.mark.parametrize("load", [0.1, 0.7, 0.85, 0.95])
def test_the_law_by_roots_is_the_law_of_the_chain(load: float, number: int) -> None:
    """Two ways to one law agree: roots, and the transition matrix. With one talk a week it is load² / 2 (1 - load)."""
    rate = load * number
    inside = roots(rate, number)
    assert len(inside) == number - 1 and (np.abs(inside) < 1).all()
    assert np.abs(inside**number - np.exp(rate * (inside - 1))).max(initial=0) < 1e-12
    a, b = by_roots(rate, number), by_chain(rate, number)
    assert (a.backlog, a.wait, a.on_time) == pytest.approx((b.backlog, b.wait, b.on_time), rel=1e-6, abs=1e-10)
    if number == 1:
        assert a.backlog == pytest.approx(load**2 / 2 / (1 - load), rel=1e-12)
        assert a.on_time == pytest.approx((1 - load) * (np.exp(load) - 1) / load, rel=1e-9)


@pytest.mark.parametrize("load", DESKS)
def test_scarce_minutes_are_a_queue_in_closed_form(load: float) -> None:
    """Mean wait, share on time and mean backlog of a desk: |z| < LIMIT."""
    found, law = found_at(load), by_roots(*desk(load))
    z = {name: getattr(found, name).z(getattr(law, name)) for name in ("wait", "on_time", "backlog")}
    assert max(map(abs, z.values())) < LIMIT, z
    left = start_left(*desk(load), DESKS[load]["warm"]) * law.backlog
    assert left < found.backlog.error / 5


@pytest.mark.parametrize("load", DESKS)
def test_a_talk_a_week_more_or_less_would_be_seen(load: float) -> None:
    """The rule has power: the wait of a desk with one talk a week more, or less, is far outside it."""
    found, (rate, number) = found_at(load), desk(load)
    assert abs(found.wait.z(by_roots(rate, number + 1).wait)) > LIMIT
    if number - 1 > rate:  # there is such a law
        assert abs(found.wait.z(by_roots(rate, number - 1).wait)) > LIMIT


@pytest.mark.parametrize("load", DESKS)
def test_little_in_the_queue_for_talks(load: float) -> None:
    """L = rate × W: weeks waited by person, and refusals by week, are the same ones, exactly. So are talks on time."""
    found = found_at(load)
    assert found.waited == found.wanting.sum()
    assert (found.on_time_counted == found.on_time_by_person).all()


@pytest.mark.parametrize("load", DESKS)
def test_utilisation_is_load_and_no_more_than_all(load: float) -> None:
    """Minutes used of those there: the load by |z| < LIMIT with random arrivals, and in no week more than there are."""
    found = found_at(load)
    assert abs(found.utilisation.z(load)) < LIMIT
    assert found.used.max() == found.minutes  # it does happen that all are used


@pytest.mark.parametrize("attendance", [0.9, 0.6])
def test_no_shows_add_to_load_and_queue(attendance: float) -> None:
    """Who does not come is called again: offered is rate / attendance, and the queue is that of a chain of its own, in
    which the absent ask again. Utilisation and the number who still want their talk: |z| < LIMIT."""
    rate, number = 0.8 * 6 * attendance, 6
    found = talks(rate, number, attendance=attendance, warm=100, weeks=400)
    assert abs(found.utilisation.z(0.8)) < LIMIT
    chance = stationary(chain(rate, number, attendance))
    mean = float(chance @ np.arange(len(chance)))
    assert abs(found.backlog.z(mean)) < LIMIT
    assert abs(found.wait.z(mean / rate)) < LIMIT
    assert found.used.max() <= found.minutes


# --- pooled or personal ---------------------------------------------------------------------------------------------

PER_DESK = 3
LOADS = (0.1, 0.3, 0.6, 0.9)


def pair(load: float, desks: int, how: str) -> tuple[Talks, Talks]:
    """The same ledige, called by a pool and by desks of its size."""
    rate = load * PER_DESK * desks
    return talks(rate, PER_DESK, desks, "pooled"), talks(rate, PER_DESK, desks, how)


@pytest.mark.parametrize("desks", [1, 2, 4])
@pytest.mark.parametrize("load", [0.3, 0.9])
def test_cases_dealt_out_in_turn_lose_nothing(load: float, desks: int) -> None:
    """Where nobody leaves, new cases go to the caseworkers in turn; with one talk each, all equally long, personal
    caseworkers are then as good as pooled ones: every ledig has her talk in the same week. Exact.

    For the pool calls the next n × c of one line, and dealt out in turn these are the next c of each of n lines. So
    these desks are *not* independent queues, and what pooling is worth hangs on what sets their lines apart: see below.
    """
    pooled, personal = pair(load, desks, "personal")
    assert (pooled.held == personal.held).all()


@pytest.mark.parametrize("desks", [2, 4])
@pytest.mark.parametrize("load", LOADS)
def test_pooled_beats_desks_that_chance_fills(load: float, desks: int) -> None:
    """Where chance sets them apart (talks beside the caseworker, with one of the team for good), desks are independent
    queues of their own share of the ledige, in closed form.

    Rules, by the same luck: in every week of every jobcentre the pool has no longer backlog, exactly (it leaves no slot
    empty while somebody waits). Mean wait, share on time, backlog, and what pooling changes in each: |z| < LIMIT by the
    laws. From a load of 0.3 on its mean gain in wait and share on time is more than LIMIT standard errors above none.
    """
    pooled, personal = pair(load, desks, "contact")
    rate = load * PER_DESK * desks
    law, apart = by_roots(rate, PER_DESK * desks), by_chance(rate, PER_DESK, desks)
    assert (pooled.wanting <= personal.wanting).all()
    for name in ("wait", "on_time", "backlog"):
        if load >= 0.3:  # else hardly anybody waits, and a mean of so few is not normal
            assert abs(getattr(personal, name).z(getattr(apart, name))) < LIMIT
        lost = getattr(personal, name).minus(getattr(pooled, name))
        if load >= 0.3:
            assert abs(lost.z(getattr(apart, name) - getattr(law, name))) < LIMIT
            assert (-1 if name == "on_time" else 1) * lost.z(0.0) > LIMIT


@pytest.mark.parametrize("desks", [2, 4])
def test_what_pooling_gains_vanishes_with_the_load(desks: int) -> None:
    """Weeks of wait, share on time: the gain falls with the load, by law and as measured, from 0.1 or more to 0.002."""
    for name, sign in (("wait", 1), ("on_time", -1)):
        gains = []
        for load in LOADS:
            pooled, personal = pair(load, desks, "contact")
            gains.append(sign * getattr(personal, name).minus(getattr(pooled, name)).value)
        by_law = [
            sign * (getattr(by_chance(n, PER_DESK, desks), name) - getattr(by_roots(n, PER_DESK * desks), name))
            for n in (load * PER_DESK * desks for load in LOADS)
        ]
        for falls in (gains, by_law):
            assert falls == sorted(falls)
            assert falls[0] < 0.002 < 0.1 < falls[-1]


@pytest.mark.parametrize("how", ["personal", "contact"])
@pytest.mark.parametrize("load", [0.3, 0.9])
def test_one_caseworker_is_a_pool(load: float, how: str) -> None:
    """With one caseworker there is no difference at all: every ledig has her talk in the same week, exactly."""
    pooled, personal = pair(load, 1, how)
    assert (pooled.held == personal.held).all()


# --- personal caseworkers whose ledige differ -----------------------------------------------------------------------

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
        counts = {name: count.sum(axis=0).astype(float) for name, count in self.world.register.counts.items()}
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
