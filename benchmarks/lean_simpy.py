"""A lean SimPy model of the workload *jobcentre_64*: one SimPy process per person.

What it is.  The yardstick for the question "how much faster is the engine than a discrete-event model with a
process per person, written with care?"  It is run beside the engine, on the same machine and in the same run,
so that the ratio does not depend on the hour.  It is meant to be neither a straw man nor a vectorised program
in disguise: every person is a generator driven by ``simpy.Process``; everyone who has not left is resumed by
a SimPy event in every week, works out his own hazard in plain Python floats and waits for the next week.  No
numpy.

What makes it lean, and why each step leaves the law as it is:

* With ``shared`` clock the people of a centre wait for one weekly event (a broadcast) instead of a ``Timeout``
  each, so the event heap holds tens of entries, not one per person.  This is by far the largest saving, at the
  price of a clock that is the centre's and not the person's.  With ``own`` clock, the ordinary manner and the
  default, everyone waits for a ``Timeout`` of his own.  The benchmark reports both.
* Leaving needs no draw per week.  A person draws a reserve R ~ Exp(1) on entry and pays his total hazard out
  of it each week; he leaves in the week in which it is used up.  As R is memoryless, whoever is still there
  leaves in a week with total hazard L with probability 1 - exp(-L).  The cause is drawn in that week, in
  proportion.
* Applying each week with probability q means a geometric number of weeks until the next application.
* The centre keeps its queue as a list in calling order and strikes leavers out when it meets them.  There is
  no ``PriorityResource``, which would sort the whole queue again at every request.
* The cyclic garbage collector is off during the run: leavers are freed by reference counting, and to walk
  through everyone waiting, again and again, would take most of the time at N = 100,000.

The law.  Weeks t = 0, 1, ..., T-1.  Person i of N belongs to centre i mod 18 and enters in week floor(12 i /
N); d is the number of weeks since entry.  A centre has round(24.5 N / 18) minutes of meetings a week, which
are not carried over, and round(0.03 N / 18) places in praktik (internship).  Four phases; each is over for
all people of a centre before the next begins:

A. Everyone present, newcomers too, is at risk (one person-week each), in the state in which last week left
   him:
     job    0.006 F exp(-0.02 min(d, 52)), F lognormal with mean 1 and sigma 0.5;
            x 0.4 in praktik, else x 1.6 in the 26 weeks after a completed praktik;
            x 1.25 in the two weeks after a week with a held meeting;
     edu    0.001, x 0.4 in praktik;
     other  0.001.
   He leaves with probability 1 - exp(-sum), for one cause in proportion; his place in praktik becomes free.
B. A praktik begun in week s ends in week s + 8; the place becomes free.
C. Whoever is not in praktik, has d >= 4 and is more than 26 weeks past his last completed praktik applies
   with probability 0.006.  Applications are taken in index order while places last; the others are void.
D. The queue is everyone present whose due week has come (first due: the week after entry), longest overdue
   first, ties by index, called from the head.  A meeting takes 45 minutes for 30 % of the people (fixed for a
   person), else 30.  The first meeting that does not fit ends the week, even if a shorter one behind it would
   fit.  One called person in ten does not show up: the minutes are gone and he keeps his due week.  Otherwise
   the meeting is held and he is due again next week.

Order within a week, in SimPy terms.  The centre wakes, puts a new event in place for next week, triggers the
event that its people wait for and starts the newcomers' processes.  These run (A, B, and handing in an
application, for which only one's own B must be over), then everyone else does, and a ``Timeout(0)`` brings
the centre back for C and D, after them all.  Applicants get their answer through an event of their own in the
same week.

Use: ``python benchmarks/lean_simpy.py N T reps seed0 [own|shared]`` prints one JSON line per replication (seeds seed0,
seed0 + 1, ...); ``wall`` is set-up and run of that replication in seconds, imports and tear-down excluded.
Or ``simulate(n, weeks, seed)``.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Generator
from itertools import pairwise
from math import exp, log
from random import Random
from time import perf_counter, process_time
from typing import Any

import simpy

CENTRES = 18
ENTRY_WEEKS = 12
MINUTES_PER_PERSON = 24.5
PLACES_PER_PERSON = 0.03

B_JOB, B_EDU, B_OTHER = 0.0060, 0.0010, 0.0010
DECAY, DECAY_WEEKS = 0.02, 52
SIGMA = 0.5
LOCK_IN = 0.4
POST, POST_WEEKS = 1.6, 26
MEETING, MEETING_WEEKS = 1.25, 2

APPLY, APPLY_FROM = 0.006, 4
LOG_NOT_APPLY = log(1.0 - APPLY)
PRAKTIK_WEEKS = 8
SHORT, LONG, P_LONG = 30, 45, 0.3
NO_SHOW = 0.10

SEARCHING, IN_PRAKTIK, AFTER_PRAKTIK = range(3)

Process = Generator[simpy.Event, Any, None]


class Centre:
    """One jobcentre: its clock, its places in praktik, its meeting queue and its counters.

    People are numbered within the centre (person i is number i // 18 here), which keeps the index order.
    """

    def __init__(self, env: simpy.Environment, rng: Random, n: int, cohorts: list[range], own_clock: bool) -> None:
        self.env = env
        self.own_clock = own_clock  # everyone waits for a timeout of his own, not for the centre's week
        self.rng = rng
        self.cohorts = cohorts  # the numbers of those who enter, by week
        size = cohorts[-1].stop
        self.gone = [False] * size
        self.length = [SHORT] * size  # minutes of a meeting
        self.warm = [-1] * size  # last week in which the latest held meeting counts
        self.budget = round(MINUTES_PER_PERSON * n / CENTRES)
        self.places = self.free = round(PLACES_PER_PERSON * n / CENTRES)
        self.active = 0
        self.week = simpy.Event(env)  # the clock everyone waits for; its value is the number of the week
        self.applications: list[tuple[int, simpy.Event]] = []
        self.exits = [0, 0, 0]
        self.person_weeks = self.due = self.held = self.no_shows = self.minutes = 0
        self.praktik_weeks = self.praktik_starts = 0


def person(centre: Centre, number: int, t: int, hazard: list[float]) -> Process:
    """One ledig (unemployed person) from entry in week t until he leaves.

    hazard is the job hazard by calendar week for his entry week, before all personal factors.
    """
    rng = centre.rng
    draw = rng.random
    frailty = exp(rng.gauss(0.0, SIGMA) - 0.5 * SIGMA * SIGMA)
    if draw() < P_LONG:
        centre.length[number] = LONG
    warm = centre.warm
    own_clock, timeout = centre.own_clock, centre.env.timeout
    reserve = rng.expovariate(1.0)
    state, factor, edu, rest = SEARCHING, frailty, B_EDU, B_EDU + B_OTHER
    # the next week in which his own state may change: application, end of praktik, end of the bonus after it
    turn = t + APPLY_FROM + int(log(1.0 - draw()) / LOG_NOT_APPLY)
    while True:
        # A: the week's hazard is paid out of the reserve
        job = factor * hazard[t]
        if t <= warm[number]:
            job *= MEETING
        reserve -= job + rest
        if reserve < 0.0:
            break
        if t == turn:
            if state == IN_PRAKTIK:  # B: it ends
                centre.free += 1
                state, factor, edu, rest = AFTER_PRAKTIK, POST * frailty, B_EDU, B_EDU + B_OTHER
                turn = t + POST_WEEKS
            elif state == AFTER_PRAKTIK:  # the last week of the bonus has been; from next week he may apply
                state, factor = SEARCHING, frailty
                turn = t + 1 + int(log(1.0 - draw()) / LOG_NOT_APPLY)
            else:  # C: he applies
                answer = simpy.Event(centre.env)
                centre.applications.append((number, answer))
                if (yield answer):
                    state, factor, edu = IN_PRAKTIK, LOCK_IN * frailty, LOCK_IN * B_EDU
                    rest = edu + B_OTHER
                    turn = t + PRAKTIK_WEEKS
                else:
                    turn = t + 1 + int(log(1.0 - draw()) / LOG_NOT_APPLY)
        if own_clock:
            yield timeout(1)
            t += 1
        else:
            t = yield centre.week
    u = draw() * (job + rest)
    centre.exits[0 if u < job else 1 if u < job + edu else 2] += 1
    if state == IN_PRAKTIK:
        centre.free += 1
    centre.gone[number] = True
    centre.active -= 1


def run_centre(centre: Centre, hazards: list[list[float]]) -> Process:
    """The centre's week: starts newcomers, then, when everyone has been through A and B, does C and D."""
    env, draw, gone, length, warm = centre.env, centre.rng.random, centre.gone, centre.length, centre.warm
    # those due, in calling order (by due week, then by number); leavers are struck out when met
    queue: list[int] = []
    t = present = 0
    while True:
        week, centre.week = centre.week, simpy.Event(env)
        week.succeed(t)
        newcomers = centre.cohorts[t] if t < ENTRY_WEEKS else range(0)
        for number in newcomers:
            env.process(person(centre, number, t, hazards[t]))
        centre.active += len(newcomers)
        # people with a clock of their own have been through A already when the centre wakes
        centre.person_weeks += present + len(newcomers) if centre.own_clock else centre.active
        yield env.timeout(0)

        # C: places in index order while they last
        if centre.applications:
            centre.applications.sort()
            for _, answer in centre.applications:
                granted = centre.free > 0
                if granted:
                    centre.free -= 1
                    centre.praktik_starts += 1
                answer.succeed(granted)
            centre.applications.clear()
        centre.praktik_weeks += centre.places - centre.free

        # D: minutes are booked from the head of the queue
        first_due = [number for number in newcomers if not gone[number]]
        centre.due += centre.active - len(first_due)
        left = centre.budget
        warm_until = t + MEETING_WEEKS
        no_shows: list[int] = []
        held: list[int] = []
        seen = 0
        for number in queue:
            if not gone[number]:
                minutes = length[number]
                if minutes > left:
                    break
                left -= minutes
                if draw() < NO_SHOW:
                    no_shows.append(number)
                else:
                    held.append(number)
                    warm[number] = warm_until
            seen += 1
        centre.minutes += centre.budget - left
        centre.no_shows += len(no_shows)
        centre.held += len(held)
        # next week: no-shows stay at the head, then those not reached, then those due anew in index order
        queue = no_shows + queue[seen:] + sorted(held + first_due)
        present = centre.active
        yield env.timeout(1)
        t += 1


def cohorts_of(centre: int, n: int) -> list[range]:
    """Numbers within the centre of those who enter in each entry week."""
    firsts = [-(-week * n // ENTRY_WEEKS) for week in range(ENTRY_WEEKS + 1)]  # first person of each week
    bounds = [max(0, -(-(first - centre) // CENTRES)) for first in firsts]
    return [range(low, high) for low, high in pairwise(bounds)]


def simulate(n: int, weeks: int, seed: int, own_clock: bool = True) -> dict[str, float]:
    """One replication with n people over the given number of weeks."""
    start, cpu = perf_counter(), process_time()
    env = simpy.Environment()
    rng = Random(seed)
    base = [B_JOB * exp(-DECAY * min(d, DECAY_WEEKS)) for d in range(weeks)]
    hazards = [[0.0] * entry + base for entry in range(ENTRY_WEEKS)]
    centres = [Centre(env, rng, n, cohorts_of(c, n), own_clock) for c in range(CENTRES)]
    collecting = gc.isenabled()
    gc.disable()
    try:
        for centre in centres:
            env.process(run_centre(centre, hazards))
        env.run(until=weeks)
    finally:
        if collecting:
            gc.enable()
    return {
        "n": n,
        "weeks": weeks,
        "seed": seed,
        "person_weeks": sum(c.person_weeks for c in centres),
        "exits_job": sum(c.exits[0] for c in centres),
        "exits_edu": sum(c.exits[1] for c in centres),
        "exits_other": sum(c.exits[2] for c in centres),
        "held": sum(c.held for c in centres),
        "no_shows": sum(c.no_shows for c in centres),
        "due": sum(c.due for c in centres),
        "praktik_weeks": sum(c.praktik_weeks for c in centres),
        "praktik_starts": sum(c.praktik_starts for c in centres),
        "minutes": sum(c.minutes for c in centres),
        "wall": perf_counter() - start,
        "cpu": process_time() - cpu,
    }


def main(args: list[str]) -> None:
    """N T reps seed0 [own|shared]: one JSON line per replication."""
    if len(args) not in (4, 5) or args[4:] not in ([], ["own"], ["shared"]):
        sys.exit("usage: python benchmarks/lean_simpy.py N T reps seed0 [own|shared]")
    n, weeks, reps, seed0 = map(int, args[:4])
    for seed in range(seed0, seed0 + reps):
        result = simulate(n, weeks, seed, args[4:] != ["shared"])
        print(json.dumps(result), flush=True)
        gc.collect()  # take the last world down between the measurements


if __name__ == "__main__":
    main(sys.argv[1:])
