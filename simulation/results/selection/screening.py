"""The best of several designs with a stated confidence, by common luck, in as many replications as that takes.

*Dropping*: Kim and Nelson's fully sequential procedure with variances that are made anew at every look (KN++; Kim and
Nelson 2006, Operations Research 54(3)). The sum of differences of two designs is a random walk. It may wander within a
triangle that closes with every replication; who is below it is dropped. That the walk of a design that is better by the
zone or more leaves on the wrong side has a chance of ½ exp(−2 × half height × slope ÷ variance) at the most (Fabian
1974), which is put to the error that a pair may have; and looking only after every block makes it no larger (Jennison,
Johnstone and Turnbull 1982). Paired differences are taken, so common luck makes the triangle smaller; designs may
depend on each other in any way, for the errors of pairs are added up (Bonferroni).

*Limits*: the same walk of each design against the limit, in both directions, with the tolerance as the zone
(Andradóttir and Kim 2010, Naval Research Logistics 57(5)); only a design that is found to keep all limits drops another
one. Both run side by side. Half of the error is for limits, half for dropping; without limits all is for dropping, and
where what is to be best is known without simulation, all is for limits.

What holds with the confidence: the chosen design exceeds no limit by its tolerance or more, and no design that keeps
every limit with the tolerance to spare is better by the zone or more. A design within the tolerance of a limit may be
let in or not. The variances are estimated, so this holds the better the more replications there are (asymptotically);
the first look is of ten, with Student-like constants.
"""

from __future__ import annotations

import numpy as np

from simulation.results.selection.aims import Aim, Chosen, Race, Simulate
from simulation.world.spec import Floats


def sequential(simulate: Simulate, designs: int, aim: Aim) -> Chosen:
    """Simulate designs until the best is found with the confidence of the aim, or each has the most replications.

    Raises ValueError for fewer than two designs, or numbers that cannot be."""
    check(designs, aim)
    race, limits = Race(simulate, designs, aim), len(aim.tolerances)
    error = 1 - aim.confidence
    of_limit = (error / 2 if aim.zone else error) / (designs * limits) if limits else 0.0
    of_pair = (error / 2 if limits else error) / (designs - 1)
    count = aim.first
    while True:
        race.more(dict.fromkeys(race.left, count))
        for design in race.left:
            _bar(race, design, of_limit)
        ended = _drop(race, of_pair)
        count = min(aim.block, aim.most - max(values.shape[1] for values in race.values))
        if ended or not count:
            best = _foremost(race)
            for design in race.left if ended else ():
                race.fates[design].word = "same"
            return race.chosen(best, ended and any(fate.word != "unknown" for fate in race.fates))


def check(designs: int, aim: Aim) -> None:
    """Raises ValueError for numbers that cannot be."""
    if designs < 2:
        raise ValueError(f"there must be two designs or more to choose among (got {designs})")
    if not 0.5 < aim.confidence < 1:
        raise ValueError(f"confidence must be above 0.5 and below 1 (got {aim.confidence:g})")
    if not (aim.zone >= 0 and np.isfinite(aim.zone)):
        raise ValueError(f"zone must be 0 or more (got {aim.zone:g})")
    if not all(tolerance > 0 and np.isfinite(tolerance) for tolerance in aim.tolerances):
        raise ValueError("every tolerance must be above 0")
    if min(aim.first, aim.most) < 2 or aim.block < 1 or aim.most < aim.first:
        raise ValueError("first must be 2 or more, block 1 or more, most not below first")


def reach(variance: Floats, n: int, zone: float, error: float) -> Floats:
    """How far below another mean one may be after n replications and not be dropped: half of the triangle."""
    steps = n - 1
    height = ((2 * error) ** (-2 / steps) - 1) * steps  # goes to −2 log(2 error), as steps go on
    if not zone:
        return np.where(variance > 0, np.inf, 0.0)
    return np.asarray(np.maximum(height * variance / (2 * zone * n) - zone / 2, 0.0))


def _bar(race: Race, design: int, error: float) -> None:
    """Decide of each limit, as far as that can be done, whether a design keeps it."""
    fate, values = race.fates[design], race.values[design]
    for limit, tolerance in enumerate(race.aim.tolerances):
        if fate.kept[limit] is not None:
            continue
        excess = values[1 + limit]
        margin = float(reach(race.variance(excess, 1 + limit), len(excess), tolerance, error))
        if excess.mean() <= -margin:
            fate.kept[limit] = True
        elif excess.mean() >= margin:
            fate.kept[limit] = False
    if False in fate.kept:
        fate.word = "barred"


def _drop(race: Race, error: float) -> bool:
    """Drop designs that are surely not better, by the zone or more, than one that keeps all limits. Returns whether
    that is the end: all that are left keep the limits, and none can be told from another by any more replications."""
    left = race.left
    if not left:
        return True
    values = np.array([race.values[design][0] for design in left])
    means = values.mean(axis=1)
    feasible = np.array([race.fates[design].feasible for design in left])

    def margins(place: int) -> Floats:
        found = reach(race.variance(values - values[place], 0), values.shape[1], race.aim.zone, error)
        found[place] = 0.0  # from itself there is nothing to tell
        return found

    still = []
    for place, design in enumerate(left):
        leads = np.where(feasible & (means - means[place] > margins(place)), means, -np.inf)
        if leads.max() > -np.inf:
            race.fates[design].word, race.fates[design].by = "dropped", left[int(leads.argmax())]
        else:
            still.append(place)
    return bool(feasible[still].all()) and not any(margins(place)[still].any() for place in still)


def _foremost(race: Race) -> int | None:
    """The first in the race of those that surely keep the limits, or else by means. None: there is none."""
    keeping = [design for design in race.left if race.fates[design].feasible]
    return max(keeping, key=race.mean) if keeping else race.foremost()
