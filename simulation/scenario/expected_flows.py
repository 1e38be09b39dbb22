"""Who comes to each of several benefits, and stays on it, by means: for rough sums before anything is run.

Reckoned with intensities and ends of rights, with those whom a reassessment sends elsewhere, and with returns from
jobs; without effects, season, and that who comes late to a benefit differs from who comes to it first (frailty counts
on each benefit for itself).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulation.interventions.revurdering import Revurdering
from simulation.scenario.schema import Scenario
from simulation.world.afgang import Pull
from simulation.world.benefits import pulls_of, shares_of
from simulation.world.beskaeftigelse import JobSpell
from simulation.world.frailty import frailty
from simulation.world.spec import Floats

ALIKE = 100
"""Groups of ledige of equal size and equal frailty, over which means are taken."""


class Stay(NamedTuple):
    """Who comes to a benefit: how many by week of the run, and the share of them on it after 0, 1, ... weeks."""

    arrivals: Floats
    stays: Floats


class _Ended(NamedTuple):
    """What ends a stay: the share of those still there who are gone after 0, 1, ... tirsdage, and what follows."""

    at: Floats
    to: Mapping[str, float]


def intensity(pull: Pull, weeks: int) -> Floats:
    """Mean weekly intensity by weeks on benefit."""
    profile = np.full(weeks, pull.level)
    if pull.duration:
        profile *= np.exp(pull.duration.log_slope * np.minimum(np.arange(weeks), pull.duration.until_week))
    return profile


def still_there(pull: Pull, weeks: int) -> Floats:
    """Share whom this alone has not drawn away after 0, 1, ... weeks."""
    used = np.concatenate(([0.0], np.cumsum(intensity(pull, weeks))))[:-1]
    brings = frailty(pull.frailty, (np.arange(ALIKE) + 0.5) / ALIKE) if pull.frailty else np.ones(1)
    left: Floats = np.exp(-used[:, None] * brings).mean(axis=1)
    return left


def back_from(spell: JobSpell, weeks: int) -> Floats:
    """Share of jobs that have ended and led back to benefit after 1, 2, ... weeks."""
    begins, values = np.array(list(spell.end_intensity)), np.array(list(spell.end_intensity.values()))
    each_week = values[np.searchsorted(begins, np.arange(weeks), side="right") - 1]
    lasts = np.exp(-np.concatenate(([0.0], np.cumsum(each_week))))
    back: Floats = spell.returns * -np.diff(lasts)
    return back


def flows(scenario: Scenario, arrivals: Floats) -> dict[str, list[Stay]]:
    """Who comes to each benefit first, and later, where so many come in all by week of the run."""
    weeks, elapsed, benefits = scenario.weeks, scenario.intake.elapsed_weeks, scenario.benefits
    shares, passing = shares_of(benefits), {name: np.zeros(weeks) for name in benefits}
    whole = {name: _stay(scenario, name, weeks + max(elapsed, 1)) for name in benefits}
    came = {name: _from(elapsed, weeks, *stay) for name, stay in whole.items()}
    later = {name: _from(1, weeks, *stay) for name, stay in whole.items()}  # is enrolled a week after she has passed
    onward = {name: [_onward(scenario, name, leaves) for _, leaves in (came[name], later[name])] for name in benefits}
    first = {name: share * _rhythm(scenario, name, arrivals) for name, share in shares.items()}
    for week in range(1, weeks):
        for name in benefits:
            for coming, ways in zip((first[name], passing[name]), onward[name], strict=True):
                for to, after in ways.items():
                    passing[to][week] += coming[:week] @ after[week:0:-1]
    return {name: [Stay(first[name], came[name][0]), Stay(passing[name], later[name][0])] for name in benefits}


def _rhythm(scenario: Scenario, name: str, arrivals: Floats) -> Floats:
    """The same number as `arrivals` in all, by the weeks in which people come on this benefit."""
    blocks, intake = scenario.benefits[name].by_block, scenario.intake
    if blocks is None:
        return arrivals
    lengths = np.diff([*blocks, intake.weeks])
    found = np.zeros(len(arrivals))
    found[intake.from_week : intake.from_week + intake.weeks] = np.repeat(list(blocks.values()) / lengths, lengths)
    rhythm: Floats = arrivals.sum() * found
    return rhythm


def _from(week: int, weeks: int, stays: Floats, leaves: Mapping[str, Floats]) -> tuple[Floats, dict[str, Floats]]:
    """The same of those who are still there in some week, counted from it."""
    left, rest = max(float(stays[week]), 1e-12), slice(week, week + weeks)
    return stays[rest] / left, {to: part[rest] / left for to, part in leaves.items()}


def _stay(scenario: Scenario, name: str, weeks: int) -> tuple[Floats, dict[str, Floats]]:
    """Share on a benefit after 0, 1, ... weeks, and share who leaves for each place in the week that follows."""
    benefits = scenario.benefits
    pulls = {
        to: pull
        for to, pull in pulls_of(benefits[name], scenario.exits, list(benefits)).items()
        if pull is not None and pull.level
    }
    by_pulls = np.prod([still_there(pull, weeks + 1) for pull in pulls.values()], axis=0) * np.ones(weeks + 1)
    ends = _ends(scenario, name, weeks + 1)
    by_ends = np.prod([1 - np.cumsum(each.at) for each in ends], axis=0) * np.ones(weeks + 1)
    drawn = -np.diff(by_pulls) * by_ends[:-1]
    intensities = {to: intensity(pull, weeks) for to, pull in pulls.items()}
    total = np.maximum(sum(intensities.values(), np.zeros(weeks)), 1e-12)
    leaves = {to: drawn * each / total for to, each in intensities.items()}
    ended = by_pulls[1:] * -np.diff(by_ends)
    of_all = np.maximum(sum((each.at[1:] for each in ends), np.zeros(weeks)), 1e-12)
    for each in ends:
        for to, share in each.to.items():
            leaves[to] = leaves.get(to, np.zeros(weeks)) + ended * each.at[1:] / of_all * share
    return (by_pulls * by_ends)[:-1], leaves


def _ends(scenario: Scenario, name: str, weeks: int) -> list[_Ended]:
    """The end of the right to a benefit, and reassessments on it."""
    found, right = [], scenario.benefits[name].ends
    if right is not None:
        at = np.zeros(weeks)
        for week, share in right.week.items():
            if week + 1 < weeks:
                at[week + 1] += share
        found.append(_Ended(at, right.to))
    for each in scenario.by_kind(Revurdering).values():
        if each.is_for(name):
            gone = _reassessed(each, weeks)
            found.append(_Ended(np.concatenate(([0.0, 0.0], gone))[:weeks], each.ends_to))  # on the tirsdag after it
    return found


def _reassessed(settings: Revurdering, weeks: int) -> Floats:
    """Share whose benefit a reassessment ends at each week on it, by the limit that holds first."""
    due, ended = np.zeros(weeks), np.zeros(weeks)
    if settings.week < weeks:
        due[settings.week] = 1.0
    for week in range(weeks):
        ended[week] = due[week] * (1 - settings.extended)
        for longer, share in settings.extension_weeks.items():
            if week + longer < weeks:
                due[week + longer] += due[week] * settings.extended * share
    return ended


def _onward(scenario: Scenario, name: str, leaves: Mapping[str, Floats]) -> dict[str, Floats]:
    """Share who comes to each benefit so many weeks after she came to this one."""
    weeks, ways = scenario.weeks, dict[str, Floats]()

    def add(to: str, share: Floats) -> None:
        ways[to] = ways.get(to, np.zeros(weeks)) + share

    for to, part in leaves.items():
        after = np.concatenate(([0.0], part[: weeks - 1]))
        if to in scenario.benefits:
            add(to, after)
        elif (spell := scenario.employment().get(to)) is not None:
            back = np.concatenate(([0.0], back_from(spell, weeks)))[:weeks]
            add(spell.returns_to or name, np.convolve(after, back)[:weeks])
    return ways
