"""Queues for caseworkers and for talks against queueing theory. What the laws say, and why: `tests/queues.py`.

Decision rule. Against a law: |z| < LIMIT, z in standard errors over independent replications (40 jobcentres with
staff of their own), seeds fixed. Ledige and weeks are those of the stationary part: what is left of the empty start is
computed, and less than a fifth of a standard error. One run against another by the same luck, and person-weeks counted
by week against those counted by person: exact.

What keeps the rule honest: the law by roots is also solved from the transition matrix; a law of one talk or one case
more or less lies outside the rule. Personal caseworkers whose ledige differ stand in `test_personal_queues.py`.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from tests.helpers import LIMIT
from tests.queues import (
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
