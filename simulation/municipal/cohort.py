"""A stock in closed form: who comes in each week, how long each stays, who comes back. Nothing is simulated.

Everybody leaves by a weekly intensity that held talks raise (the dose, at the number of talks that the plans of the
scenario come to), at the latest when the right ends. Jobs end and some of those lead back. One intensity and one inflow
a month are solved for: the inflow so that persons of each month are the smoothed published ones, the intensity by what
is known of the place: spells that begin, else how long running ones have lasted, else the share of long-term ones, else
the length of ended spells, which is that of begun ones in a steady stock alone. Persons of a month, long-term ones and
spells are counted as `watched: [stock, spells]` counts them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.municipal import merged, national
from simulation.municipal.national import Benefit

Floats = NDArray[np.float64]
YEAR_WEEKS, LONG_TERM_WEEKS = 52, 42
SLOWEST, FASTEST = 0.001, 0.2
"""Weekly intensities between which the one of a place is sought."""
HALVINGS = 20
HORIZON = 1500
"""Weeks that a spell is followed for."""
RAMP = 6
"""Months over which the stock that was there comes evenly, so that its talks do not all fall due in one week."""
LEAST = 0.1
"""Of the mean inflow, what comes at least in a month: noise is no negative inflow."""


class Stay(NamedTuple):
    """By weeks since a spell began: share on benefit at the end, and of those who came the share that left to a job.
    `levels` are weekly intensities to a job and elsewhere without talks."""

    alive: Floats
    to_job: Floats
    levels: tuple[float, float]

    @property
    def weeks(self) -> float:
        """Mean weeks at whose end somebody is on benefit."""
        return float(self.alive.sum())


class Fit(NamedTuple):
    """`inflow` a week by month, without those who come back. `persons` of each month, `long_term` and `point`, the
    stock, at its end, and `begun` spells, who come back included, are what the model then has; in `clipped` months the
    inflow is the least that is taken."""

    intensity: float
    stay: Stay
    inflow: Floats
    persons: Floats
    long_term: Floats
    point: Floats
    begun: Floats
    clipped: int
    starts: Floats
    there: Floats

    def ages(self, week: int) -> Floats:
        """Who is on benefit at the end of a week, by weeks since the spell began."""
        return merged.ages(self.starts, self.there, week)

    def over(self, weeks: int, weeks_of: Sequence[int]) -> Floats:
        """By month the share of spells running at its end that has lasted more than so many weeks."""
        return np.array([merged.over(self.starts, self.there, weeks, end - 1) for end in np.cumsum(weeks_of)])


class Wanted(NamedTuple):
    """What the intensity is solved for: `what` is one of BEGUN, RUNNING, SHARE, LENGTH and STAY."""

    what: str
    value: float


BEGUN, SHARE, LENGTH = "spells begun a month", "long-term share", "weeks of an ended spell"
STAY = "weeks on benefit"
"""Of a spell without breaks, where what is printed or worked out has none of less than a month in it."""
RUNNING, HALF_YEAR = "running spells over 26 weeks", 26


def stay(benefit: Benefit, intensity: float, dose: Floats) -> Stay:
    """How long people stay where the mean intensity is this one, and by which shares they leave to a job. `dose` is the
    expected log of the factor of held talks on that, by weeks since the spell began."""
    weeks = len(dose)
    factor = np.exp(dose + benefit.slope * np.minimum(np.arange(weeks), YEAR_WEEKS))
    steady = np.exp(-intensity * np.arange(weeks))
    mean = float((factor * steady).sum() / steady.sum())
    job, other = intensity * benefit.work / mean, intensity * (1 - benefit.work)
    pull = job * factor + other
    alive = np.exp(-np.cumsum(pull))
    before = np.concatenate(([1.0], alive[:-1]))
    to_job = (before - alive) * job * factor / pull
    if 0 < benefit.right < weeks:
        alive[benefit.right :] = 0.0
        to_job[benefit.right :] = 0.0
        to_job[benefit.right] = AT_THE_END * before[benefit.right]
    return Stay(alive, to_job, (job, other))


AT_THE_END = 0.2
"""Share that leaves to a job when the right ends: assumed, as in `flow_dagpenge`."""


def comes_back(weeks: int) -> Floats:
    """Share of those who left to a job who come back so many weeks later."""
    steps = sorted(national.JOB_ENDS)
    level = np.array([national.JOB_ENDS[max(step for step in steps if step <= week)] for week in range(weeks)])
    left = np.exp(-np.concatenate(([0.0], np.cumsum(level))))
    return national.RETURNS * (left[:-1] - left[1:])


def solve(path: Floats, weeks_of: Sequence[int], how: Stay) -> Fit:
    """The inflow by which persons of each month are those of the path, from the last one of RAMP on. `weeks_of` are
    weeks of each month."""
    number = sum(weeks_of)
    back = comes_back(number)
    entries, jobs = np.zeros(number), np.zeros(number)
    least = LEAST * float(path.mean()) / how.weeks
    found = np.zeros((4, len(weeks_of)))
    clipped, first = 0, 0
    for month, length in enumerate(weeks_of):
        ends = first + length
        if month == 0:
            inflow = path[RAMP - 1] / _evenly(entries, jobs, how, back, weeks_of[:RAMP])
        elif month >= RAMP:
            persons = [_month(entries, jobs, how, back, (first, ends), inflow) for inflow in (0.0, 1.0)]
            inflow = (path[month] - persons[0]) / (persons[1] - persons[0])
            clipped += inflow < least
            inflow = max(inflow, least)
        there = _month(entries, jobs, how, back, (first, ends), inflow)
        at = float(entries[:ends][::-1] @ how.alive[:ends])
        far = max(ends - LONG_TERM_WEEKS + 1, 0)
        long_term = float(entries[:far][::-1] @ how.alive[ends - far : ends]) if far else 0.0
        long_term += _in_two_spells(jobs[:ends], back, how)
        found[:, month] = inflow, there, long_term / at, at
        first = ends
    starts = merged.begun(np.repeat(found[0], weeks_of), jobs, back, weeks_of)
    # whoever leaves in the week in which she came is on benefit at the end of none: the register has no spell of hers
    begun = how.alive[0] * np.add.reduceat(starts, np.cumsum([0, *weeks_of[:-1]]))
    stays = merged.on_benefit(how.alive[:number], how.to_job[:number], back)
    return Fit(0.0, how, found[0], found[1], found[2], found[3], begun, clipped, starts, stays)


def _in_two_spells(jobs: Floats, back: Floats, how: Stay) -> float:
    """Those with a short job in the year whose two spells make them long-term: back after ten weeks or less, with as
    many weeks before it as are wanting now. Lengths of those who left to a job are as if as many came every week."""
    gap = YEAR_WEEKS - LONG_TERM_WEEKS
    if len(jobs) <= YEAR_WEEKS or not how.to_job.any():
        return 0.0
    longer = np.cumsum(how.to_job[::-1])[::-1] / how.to_job.sum()
    soon = np.convolve(jobs, back[:gap])[: len(jobs)]  # who comes back in the week after
    now = soon[-2 : -2 - LONG_TERM_WEEKS : -1] * how.alive[:LONG_TERM_WEEKS]
    # left in her week k of the spell: k week-ends on benefit, so `longer[k]` is of those with k or more
    return float(now @ longer[LONG_TERM_WEEKS - 1 - np.arange(LONG_TERM_WEEKS)])


def _evenly(entries: Floats, jobs: Floats, how: Stay, back: Floats, weeks_of: Sequence[int]) -> float:
    """Persons of the last of these months where one comes in every week of them."""
    first, persons = 0, 0.0
    for length in weeks_of:
        persons = _month(entries, jobs, how, back, (first, first + length), 1.0)
        first += length
    return persons


def _month(
    entries: Floats, jobs: Floats, how: Stay, back: Floats, weeks: tuple[int, int], inflow: float
) -> float:  # fmt: skip
    """Fills the entries and exits to jobs of the weeks of a month with this inflow; its persons."""
    first, ends = weeks
    persons = float(entries[:first][::-1] @ how.alive[:first]) if first else 0.0
    for week in range(first, ends):
        entries[week] = inflow + float(jobs[:week][::-1] @ back[:week])
        persons += entries[week] * how.alive[0]
        jobs[week] = entries[: week + 1][::-1] @ how.to_job[: week + 1]
    return persons


def fit(path: Floats, weeks_of: Sequence[int], benefit: Benefit, dose: Floats, wanted: Wanted, seen: slice) -> Fit:
    """Inflow and intensity of a place. `dose` is as in `stay`, over HORIZON weeks; `seen` are the months of which what
    is wanted is the mean."""

    def at(intensity: float) -> Fit:
        found = solve(path, weeks_of, stay(benefit, intensity, dose))
        return found._replace(intensity=intensity)

    def too_slow(intensity: float) -> bool:
        if wanted.what == STAY:
            return stay(benefit, intensity, dose).weeks > wanted.value
        if wanted.what == LENGTH:
            how = stay(benefit, intensity, dose)
            return merged.length(how.alive, how.to_job, comes_back(sum(weeks_of))) > wanted.value
        found = at(intensity)
        if wanted.what == BEGUN:
            return bool(found.begun[seen].mean() < wanted.value)
        long = found.long_term if wanted.what == SHARE else found.over(HALF_YEAR, weeks_of)
        return bool(long[seen].mean() > wanted.value)

    slow, fast = SLOWEST, FASTEST
    for _ in range(HALVINGS):
        middle = math.sqrt(slow * fast)
        slow, fast = (middle, fast) if too_slow(middle) else (slow, middle)
    return at(math.sqrt(slow * fast))
