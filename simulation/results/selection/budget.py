"""The best of several designs within a fixed budget of replications.

Optimal computing budget allocation (OCBA; Chen, Lin, Yücesan and Chick 2000, Discrete Event Dynamic Systems 10): what
is simulated next goes where the choice may still be wrong. A design gets replications in proportion to its noise over
its signal, (standard deviation ÷ difference from the best)²; the best gets its standard deviation times the root of the
sum of (replications ÷ standard deviation)² of the others. With limits, what tells a design from the right choice is
that it is worse or that it exceeds a limit, whichever is told sooner (Lee, Pujowidianto, Li, Chen and Yap 2012, IEEE
Transactions on Automatic Control 57(11)).

Two things are of this program. By common luck the noise is that of the paired difference, and only replications that
both have are pairs, so the best gets at least as many as any other. And a difference smaller than the zone counts as
the zone: to tell apart what does not matter would eat the budget.
"""

from __future__ import annotations

import numpy as np

from simulation.results.selection.aims import Aim, Chosen, Race, Simulate
from simulation.results.selection.screening import check
from simulation.world.spec import Floats

SMALLEST = 1e-12
"""What a signal is at the least, relative to its noise, so that none is divided by 0."""


def within_budget(simulate: Simulate, designs: int, aim: Aim, budget: int) -> Chosen:
    """Simulate designs until so many replications are used altogether. The confidence of the aim is not used, nor the
    most of each design. Raises ValueError for numbers that cannot be."""
    check(designs, aim)
    if budget < designs * aim.first:
        raise ValueError(f"budget must be {aim.first} replications of each design or more (got {budget} for {designs})")
    race = Race(simulate, designs, aim)
    race.more(dict.fromkeys(range(designs), aim.first))
    used = designs * aim.first
    while used < budget and (left := race.left):
        more = min(aim.block, budget - used)
        race.more(_shares(race, left, more))
        used += more
    best = race.foremost()
    if best is None:
        return race.chosen(None, True, 0.0 if not race.left else _none_keeps(race))
    return race.chosen(best, True, max(0.0, 1 - sum(_errors(race, best))))


def _shares(race: Race, left: list[int], more: int) -> dict[int, int]:
    """To whom so many more replications go: to those that are furthest below what they should have."""
    best = race.foremost()
    have = np.array([race.values[design].shape[1] for design in left], dtype=float)
    ratios = np.array([_noise_over_signal(race, design, best) for design in left])
    if best is not None:
        place = left.index(best)
        sds = np.array([max(float(np.std(race.values[design][0], ddof=1)), SMALLEST) for design in left])
        others = np.delete(ratios / sds, place)
        ratios[place] = max(sds[place] * float(np.sqrt((others**2).sum())), *np.delete(ratios, place), ratios[place])
    if not ratios.sum() > 0:
        ratios = np.ones(len(left))
    wanted = ratios / ratios.sum() * (have.sum() + more)
    counts = np.zeros(len(left), dtype=int)
    for _ in range(more):  # one after the other, so that the shares are whole numbers and always the same
        counts[int(np.argmax(wanted - have - counts))] += 1
    return {design: count for design, count in zip(left, counts.tolist(), strict=True) if count}


def _noise_over_signal(race: Race, design: int, best: int | None) -> float:
    """Of that by which a design is told soonest from the right choice; of the best: of its narrowest limit."""
    values, aim = race.values[design], race.aim
    limits = []
    for limit, tolerance in enumerate(aim.tolerances, start=1):
        signal = max(abs(float(values[limit].mean())), tolerance)
        limits.append((float(values[limit].mean()), float(race.variance(values[limit], limit)) / signal**2))
    of_limits = max((ratio for _, ratio in limits), default=0.0)
    exceeded = [ratio for excess, ratio in limits if excess > 0]
    if best is None or design == best:
        return min(exceeded) if exceeded else of_limits
    apart = _apart(race, best, design)
    signal = max(abs(float(apart.mean())), aim.zone, SMALLEST)
    of_worse = float(race.variance(apart, 0)) / signal**2
    told_by = [*exceeded, *([of_worse] if apart.mean() >= 0 else [])]
    return min(told_by, default=of_worse)


def _apart(race: Race, best: int, design: int) -> Floats:
    """By how much the best is better, in the replications that both have."""
    one, other = race.values[best][0], race.values[design][0]
    shared = min(len(one), len(other))
    return np.asarray(one[:shared] - other[:shared])


def _errors(race: Race, best: int) -> list[float]:
    """The chance of each way in which the choice may be wrong, as the replications tell it (Student); they are added
    up, which is the most that they can be together."""
    of_best = [_above(race, best, limit, race.aim.tolerances[limit - 1]) for limit in race.limits]
    found = list(of_best)
    for design in race.left:
        if design == best:
            continue
        apart = _apart(race, best, design)
        worse = _tail(float(apart.mean()) + race.aim.zone, float(race.variance(apart, 0)), len(apart))
        keeps = [1 - _above(race, design, limit, -race.aim.tolerances[limit - 1]) for limit in race.limits]
        found.append(min([worse, *keeps]))
    return found


def _none_keeps(race: Race) -> float:
    """The least chance that no design keeps the limits with the tolerance to spare."""
    keeps = [
        min(1 - _above(race, design, limit, -race.aim.tolerances[limit - 1]) for limit in race.limits)
        for design in race.left
    ]
    return max(0.0, 1 - sum(keeps))


def _above(race: Race, design: int, limit: int, by: float) -> float:
    """The chance that a design exceeds a limit by more than so much."""
    values = race.values[design][limit]
    return _tail(by - float(values.mean()), float(race.variance(values, limit)), len(values))


def _tail(distance: float, variance: float, n: int) -> float:
    """The chance that a mean lies further than this distance on one side, by Student's distribution."""
    from scipy.special import stdtr

    if not variance > 0:
        return float(distance < 0)
    return float(stdtr(n - 1, -distance / np.sqrt(variance / n)))
