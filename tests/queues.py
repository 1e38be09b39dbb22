"""Queues of a jobcentre: their laws in closed form, and small jobcentres that are held against them.

Ledige arrive by week. The engine fixes how many a jobcentre enrols and gives every one a week of her own luck, all
weeks alike. Here that number is itself a Poisson one, drawn anew for every jobcentre; so the arrivals of its weeks are
independent Poisson numbers, exactly, and not only in the limit. One run has many jobcentres with staff of their own:
each of them is one replication.

Two queues are looked at.

*Talks.* A ledig asks for one talk, and a talk is a slot: all are of equal length, so a desk holds `talks` of them on a
fredag. Who is not called asks again next fredag, before those who fall due later. With A new requests a week, and Q who
still wait when the week is over, Q' = max(Q + A - talks, 0).

*Cases.* A team takes cases up to its limit; the others stand in line. Everybody leaves with the same weekly chance, in
line or not. So the number on benefit knows no limit, and the limit decides only who of them are cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb
from typing import Any

import numpy as np
from scipy.stats import poisson

from simulation.week import run
from simulation.world.labels import Event
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of, talk_of
from simulation.world.spec import Floats, Ids, Ints
from simulation.world.world import World
from tests.helpers import counts_of, make, samtaler

LENGTH = 30
"""Minutes of a talk."""

# --- what is measured -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """A figure over independent replications: what was counted in each, and per how much (ledige, weeks).

    If the truth is `expected`, then `counted - expected × per` has mean 0 in every replication, exactly, although the
    number of ledige is random too. So z is that mean in its own standard errors over replications.
    """

    counted: Floats
    per: Floats

    @property
    def value(self) -> float:
        return float(self.counted.sum() / self.per.sum())

    @property
    def error(self) -> float:
        """Standard error of the value."""
        off = self.counted - self.value * self.per
        return float(off.std(ddof=1) / np.sqrt(len(off)) / self.per.mean())

    def z(self, expected: float) -> float:
        """How far it is from a law, in standard errors."""
        off = self.counted - expected * self.per
        return float(off.mean() * np.sqrt(len(off)) / off.std(ddof=1))

    def z_against(self, other: Figure) -> float:
        """How far it is from the same figure of other, independent replications."""
        return float((self.value - other.value) / np.hypot(self.error, other.error))

    def minus(self, other: Figure) -> Figure:
        """The difference to the same ledige (or weeks) under other rules, by the same luck."""
        assert (self.per == other.per).all()
        return Figure(self.counted - other.counted, self.per)

    def and_of(self, other: Figure) -> Figure:
        """The same figure of more replications."""
        return Figure(np.concatenate((self.counted, other.counted)), np.concatenate((self.per, other.per)))


# --- talks: laws ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TalkLaw:
    """The stationary queue for talks."""

    backlog: float  # who still want their talk when the week is over
    wait: float  # weeks from the week in which a talk falls due to the one in which it is held
    on_time: float  # share held in the week in which they fall due


def roots(rate: float, talks: int) -> Any:
    """The roots of z^talks = A(z) = exp(rate (z - 1)) inside the unit disc; with z = 1 there are `talks` of them.

    Each solves z = w exp(rate (z - 1) / talks) for one root of unity w, a contraction where load < 1.
    """
    w = np.exp(2j * np.pi * np.arange(1, talks) / talks)
    z, before = w / 2, np.zeros_like(w)
    while np.abs(z - before).max(initial=0) > 1e-15:
        z, before = w * np.exp(rate * (z - 1) / talks), z
    return z


@cache
def by_roots(rate: float, talks: int) -> TalkLaw:
    """Bailey's bulk queue with Crommelin's roots r (other than 1) of z^c = A(z), c = talks:

        E z^Q = (c - rate) (z - 1) / (z^c - A(z)) × prod (z - r) / (1 - r)
        E Q   = (rate² - c (c - 1)) / 2 (c - rate) + sum 1 / (1 - r)

    Of A who fall due, min(A, c - Q) are called at once if Q < c; the chances of those Q are coefficients of E z^Q.
    """
    inside = roots(rate, talks)
    backlog = (rate**2 - talks * (talks - 1)) / (2 * (talks - rate)) + float(np.sum(1 / (1 - inside)).real)
    points = 4096
    z = np.exp(2j * np.pi * np.arange(1, points) / points)
    values = (talks - rate) * (z - 1) / (z**talks - np.exp(rate * (z - 1)))
    for root in inside:
        values = values * (z - root) / (1 - root)
    chance = np.fft.fft(np.concatenate(([1.0], values))).real / points
    return TalkLaw(backlog, backlog / rate, _on_time(chance, rate, talks))


def _on_time(chance: Floats, rate: float, talks: int) -> float:
    arrive = np.arange(200 + int(10 * rate))
    weight = poisson.pmf(arrive, rate)
    at_once = [chance[q] * weight @ np.minimum(arrive, talks - q) for q in range(talks)]
    return float(np.sum(at_once) / rate)


@cache
def chain(rate: float, talks: int, attendance: float = 1.0, states: int = 250) -> Floats:
    """Transition matrix of the number who still want a talk when the week is over; the last state takes the rest.

    These are the refused, and those who were called and did not come.
    """
    arrive = poisson.pmf(np.arange(states + talks), rate)
    ask = np.zeros((states, states + talks))
    for q in range(states):
        ask[q, q:] = arrive[: states + talks - q]
    ask[:, -1] += 1 - ask.sum(axis=1)
    after = np.zeros((states + talks, states))
    for n in range(states + talks):
        called = min(n, talks)
        for absent in range(called + 1):
            share = comb(called, absent) * (1 - attendance) ** absent * attendance ** (called - absent)
            after[n, min(n - called + absent, states - 1)] += share
    return ask @ after


def stationary(transition: Floats) -> Floats:
    """The law that a chain keeps."""
    n = len(transition)
    law: Floats = np.linalg.solve((np.eye(n) - transition + 1.0).T, np.ones(n))
    return law


def by_chain(rate: float, talks: int) -> TalkLaw:
    """The same law as `by_roots`, from the transition matrix and nothing else."""
    chance = stationary(chain(rate, talks))
    backlog = float(chance @ np.arange(len(chance)))
    return TalkLaw(backlog, backlog / rate, _on_time(chance, rate, talks))


def start_left(rate: float, talks: int, weeks: int) -> float:
    """By which share the mean backlog is still below the stationary one, so many weeks after an empty start."""
    transition = chain(rate, talks)
    numbers, now = np.arange(len(transition)), np.eye(len(transition))[0]
    for _ in range(weeks):
        now = now @ transition
    return float(1 - (now @ numbers) / (stationary(transition) @ numbers))


def by_chance(rate: float, talks: int, desks: int) -> TalkLaw:
    """`desks` desks of `talks` a week each, chance sending every ledig to one of them for good: the arrivals of each
    are independent Poisson numbers, so these are so many independent queues of one desk."""
    one = by_roots(rate / desks, talks)
    return TalkLaw(desks * one.backlog, one.wait, one.on_time)


# --- talks: the jobcentre -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Talks:
    """What came of the talks of many jobcentres: figures, and per week and jobcentre, shape (weeks, jobcentres)."""

    wait: Figure
    on_time: Figure
    backlog: Figure  # refused on fredag, or called and not come
    utilisation: Figure
    wanting: Ints  # the backlog of every week
    used: Ints  # minutes
    minutes: int  # there every week
    waited: int  # weeks that all talks of the run waited
    held: Ints  # week in which each ledig had her talk, by row
    on_time_by_person: Ints  # talks held when they fell due, in the whole run, by jobcentre
    on_time_counted: Ints  # the same as the engine counts them, which is what its outcome is made of


@cache
def talks(
    rate: float,
    per_desk: int,
    desks: int = 1,
    how: str = "pooled",
    warm: int = 60,
    weeks: int = 260,
    centres: int = 40,
    course_week: int = 0,
    attendance: float = 1.0,
    seed: int = 4,
) -> Talks:
    """Run jobcentres in which `rate` ledige a week ask for one talk; figures are of talks due in weeks warm to weeks.

    `how`: pooled or personal (each caseworker has cases of her own); contact: personal, but the talks are held beside
    the caseworker, by one of the team whom chance gave the ledig for good. When enrolment is over, all queues empty.
    """
    persons = np.random.default_rng([seed, per_desk, desks]).poisson(rate * weeks, centres)
    caseload = "pooled" if how == "pooled" else "personal"
    team = {"fte": desks, "minutes_per_week": LENGTH * per_desk, "caseload": caseload}
    plan = {"talks": [{"week": course_week}]}
    end = weeks + course_week + 60
    scenario = make(
        seed=seed,
        weeks=end,
        intake={"persons": 1, "weeks": weeks, "arrivals": "random"},
        teams={"team": team},
        jobcentres={f"by_{n}": {"persons": int(number)} for n, number in enumerate(persons)},
        exits={"job": {"level": 0.0}},
        interventions={"samtaler": samtaler(plan, LENGTH, attendance, caseworker=how != "contact")},
    )
    world = run(scenario, [0])
    counts, centre = counts_of(world), world.ledige.jobcentre
    held = week_of_talk(world)
    assert (held >= 0).all(), "a queue had not emptied by the end"
    due = world.ledige.entry.astype(int) + course_week
    wait = held - due
    seen = (due >= warm + course_week) & (due < weeks + course_week)
    window = slice(warm + course_week, weeks + course_week)
    number = np.full(centres, window.stop - window.start, dtype=float)

    def by_centre(of: Any) -> Floats:
        return np.bincount(centre[seen], of[seen], minlength=centres).astype(float)

    wanting = counts["no_time"] + counts["udeblivelse"]
    minutes = desks * per_desk * LENGTH
    used = np.array(world.register.minutes_used)
    return Talks(
        wait=Figure(by_centre(wait), by_centre(np.ones(len(wait)))),
        on_time=Figure(by_centre(wait == 0), by_centre(np.ones(len(wait)))),
        backlog=Figure(wanting[window].sum(axis=0), number),
        utilisation=Figure(used[window].sum(axis=0), number * minutes),
        wanting=wanting,
        used=used,
        minutes=minutes,
        waited=int(wait.sum()),
        held=held,
        on_time_by_person=np.bincount(centre[wait == 0], minlength=centres),
        on_time_counted=counts["on_time"].sum(axis=0),
    )


def week_of_talk(world: World) -> Ints:
    """Week in which each ledig had her talk, -1 if she had none: from the weekly register."""
    held = np.full(len(world.ledige), -1)
    for week, codes in enumerate(world.register.codes):
        talk = talk_of(codes)
        held[(talk > 0) & (talk < 7)] = week
    return held


# --- cases: law and jobcentre ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseLaw:
    """The stationary caseload limit, on a søndag."""

    on_benefit: float
    cases: float
    waiting: float
    wait: float  # søndage in line of a ledig, whatever ended it
    at_once: float  # share who are a case in their first week
    never: float  # share who leave while they are in line


def limit_law(rate: float, stays: float, limit: int) -> CaseLaw:
    """`rate` ledige arrive on mandag, teams take cases, and on tirsdag each ledig stays with chance `stays`.

    After arrivals the number M is Poisson with mean rate / (1 - stays): an M/G/inf queue in whole weeks, by thinning.
    Of them min(M, limit) are cases and (M - limit)+ in line, and on søndag those of them who stayed; so both means are
    `stays` times those of mandag. Before arrivals there were K, Poisson too, independent of the arrivals A: of these
    min(A, limit - K) are taken at once, if K < limit. Who leaves from the line is never a case.
    """
    monday = rate / (1 - stays)
    numbers = np.arange(int(monday + 15 * np.sqrt(monday) + 30))
    chance = poisson.pmf(numbers, monday)
    line = float(chance @ np.maximum(numbers - limit, 0))
    cases = float(chance @ np.minimum(numbers, limit))
    room = np.maximum(limit - numbers, 0)
    taken = np.minimum(numbers[None, :], room[:, None])  # by K and A
    at_once = float(poisson.pmf(numbers, monday * stays) @ taken @ poisson.pmf(numbers, rate)) / rate
    return CaseLaw(monday * stays, stays * cases, stays * line, stays * line / rate, at_once, (1 - stays) * line / rate)


@dataclass(frozen=True)
class Cases:
    """What came of the cases of many jobcentres."""

    figures: dict[str, Figure]  # by the names of CaseLaw
    on_benefit: Ints  # of every week: (weeks, jobcentres)
    cases: Ints
    waiting: Ints
    in_line: int  # søndage in line of all ledige of the run


@cache
def cases(
    rate: float, stays: float, limit: int, fte: float = 1.0, warm: int = 60, weeks: int = 300, centres: int = 40,
    seed: int = 4,
) -> Cases:  # fmt: skip
    """Run jobcentres with a team that has room for `limit` cases in all."""
    persons = np.random.default_rng([seed, 1]).poisson(rate * weeks, centres)
    total, end = int(persons.sum()), weeks
    came, taken, gone = np.full(total, end), np.full(total, end), np.full(total, end)
    columns = {"is enrolled at the jobcentre": came, "gets a caseworker": taken, "leaves for job": gone}

    def diary(day: int, ids: Ids, event: Event) -> None:
        if (what := event.told("en")) in columns:
            columns[what][ids] = day // 7

    scenario = make(
        seed=seed,
        weeks=weeks,
        intake={"persons": 1, "weeks": weeks, "arrivals": "random"},
        teams={"team": {"fte": fte, "minutes_per_week": 0, "caseload_limit": round(limit / fte)}},
        jobcentres={f"by_{n}": {"persons": int(number)} for n, number in enumerate(persons)},
        exits={"job": {"level": -float(np.log(stays))}},
        interventions={"samtaler": samtaler()},
    )
    world = run(scenario, [0], diary)
    centre = world.ledige.jobcentre
    in_line = np.minimum(taken, gone) - came
    seen = (came >= warm) & (came < weeks - 60)
    assert (np.minimum(taken, gone)[seen] < end).all(), "somebody still stood in line at the end"
    on_benefit = np.array([np.bincount(centre[status_of(c) == LEDIG], minlength=centres) for c in world.register.codes])
    having, waiting = np.array(world.register.cases), np.array(world.register.waiting)
    number = np.full(centres, weeks - warm, dtype=float)

    def of_ledige(what: Any) -> Figure:
        return Figure(
            np.bincount(centre[seen], what[seen], minlength=centres).astype(float),
            np.bincount(centre[seen], minlength=centres).astype(float),
        )

    figures = {
        "on_benefit": Figure(on_benefit[warm:].sum(axis=0), number),
        "cases": Figure(having[warm:].sum(axis=0), number),
        "waiting": Figure(waiting[warm:].sum(axis=0), number),
        "wait": of_ledige(in_line),
        "at_once": of_ledige(taken == came),
        "never": of_ledige(taken == end),
    }
    return Cases(figures, on_benefit, having, waiting, int(in_line.sum()))
