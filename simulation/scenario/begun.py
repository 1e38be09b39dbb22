"""On which plan of talks a spell begins, week by week, where plans are for the spells of some weeks (`spells`): by arm
and by the levels that plans tell apart. For rough sums, and for what `check` says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.allotting import share_of_arms
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.world.spec import NOT_PLANNED, Bools, Ints
from simulation.world.weeks import weeks_between

NONE = -1


class Kind(NamedTuple):
    """Ledige of one arm who have one level of each characteristic, in words and as a share of all enrolled."""

    arm: str
    levels: Mapping[str, str]
    share: float

    def __str__(self) -> str:
        return ", ".join([self.arm, *(f"{name}: {level}" for name, level in self.levels.items())])

    def may_begin_on(self, plan: Plan) -> bool:
        """Whether the plan is for them."""
        return self.arm in plan.arms and all(self.levels[name] in allowed for name, allowed in plan.levels.items())


class Comers(NamedTuple):
    """A share of those who may begin on a plan. By week of enrolment, shape (weeks,): the course weeks in which they
    come to it (NOT_PLANNED: never), and in which a later rule takes them over (NOT_PLANNED: none does)."""

    share: float
    begins: Ints
    cut: Ints


def kinds_of(scenario: Scenario, plans: Mapping[str, Plan]) -> list[Kind]:
    """The kinds of ledige that these plans tell apart."""
    names = list(dict.fromkeys(name for plan in plans.values() for name in plan.levels))
    found = []
    for arm in dict.fromkeys(arm for plan in plans.values() for arm in plan.arms):
        for levels in product(*(scenario.subgroups[name] for name in names)):
            of_each = [scenario.subgroups[name][level].share for name, level in zip(names, levels, strict=True)]
            share = share_of_arms(scenario, [arm]) * float(np.prod(of_each))
            found.append(Kind(arm, dict(zip(names, levels, strict=True)), share))
    return found


def begun_by_week(plans: Mapping[str, Plan], kind: Kind, weeks: int, start: str) -> Ints:
    """The number of the plan that spells of this kind of ledige begin on, by week of the run; NONE where on none."""
    begun, week = np.full(weeks, NONE), np.arange(weeks)
    every = list(plans.values())
    for number in sorted(range(len(every)), key=lambda number: every[number].since()):
        first, last = every[number].begun_when(start)
        if kind.may_begin_on(every[number]):
            begun[(first <= week) & (week < last)] = number
    return begun


def comers(scenario: Scenario, samtaler: Samtaler, name: str, jobcentre: str) -> list[Comers]:
    """Who comes to a plan that an arm begins on, when, and until when."""
    plan, weeks = samtaler.plans[name], scenario.weeks
    of_these = {key: each for key, each in samtaler.plans.items() if each.on_one_benefit(plan)}
    plans = {key: each for key, each in of_these.items() if each.begun_in(jobcentre)}
    if all(each.spells is None for each in plans.values()):
        return [Comers(1.0, np.zeros(weeks, dtype=np.int64), np.full(weeks, NOT_PLANNED))]
    own = list(plans).index(name)
    theirs = [kind for kind in kinds_of(scenario, plans) if kind.may_begin_on(plan) and kind.share]
    found: dict[bytes, Comers] = {}
    for kind in theirs:
        begun = begun_by_week(plans, kind, weeks, scenario.start)
        dates = _dates(plans, begun, scenario.start)
        enrolled, begins = np.arange(weeks), np.where(begun == own, 0, NOT_PLANNED)
        if own in (to := {begun[date]: date for date in dates}):
            begins = np.where(enrolled < to[own], to[own] - enrolled, begins)
        cut = np.full(weeks, NOT_PLANNED)
        for date in reversed(dates):
            cut = np.where(enrolled + begins < date, date - enrolled, cut)
        share = kind.share / sum(each.share for each in theirs)
        same = found.get(key := begins.tobytes() + cut.tobytes(), Comers(0.0, begins, cut))
        found[key] = same._replace(share=same.share + share)
    return list(found.values())


def _dates(plans: Mapping[str, Plan], begun: Ints, start: str) -> list[int]:
    """The weeks in which those under way go over to the plan that spells begin on from then on."""
    found = []
    for number, plan in enumerate(plans.values()):
        date = plan.begun_when(start)[0]
        if plan.spells is not None and plan.spells.under_way and 0 < date < len(begun) and begun[date] == number:
            found.append(date)
    return sorted(found)


def spell_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Plans that no spell ever begins on, and weeks in which spells begin on no plan, with the dates."""
    for name, samtaler in scenario.by_kind(Samtaler).items():
        plans = {key: plan for key, plan in samtaler.plans.items() if plan.arms}
        if all(plan.spells is None for plan in plans.values()):
            continue
        used, gaps = set[str](), dict[str, None]()
        for theirs, whose in _side_by_side(scenario, samtaler, plans).items():
            of_these = {key: plans[key] for key in theirs}
            for kind in kinds_of(scenario, of_these):
                if not any(map(kind.may_begin_on, of_these.values())):
                    continue
                by_week = begun_by_week(of_these, kind, scenario.weeks, scenario.start)
                used |= {theirs[number] for number in set(by_week.tolist()) - {NONE}}
                if (by_week == NONE).any() and (by_week != NONE).any():
                    first, last = _first_gap(by_week == NONE)
                    weeks = f"spells that begin in weeks {first} to {last} of the run begin on no plan"
                    gaps[f"{kind}{whose}: {weeks}"] = None
        for key in plans:
            if key not in used:
                yield ("interventions", name, "plans", key), f"no spell begins on it: {_why(plans[key], scenario)}"
        for message in gaps:
            yield ("interventions", name, "plans"), f"{message}; they have no talks of these"


def _side_by_side(scenario: Scenario, samtaler: Samtaler, plans: Mapping[str, Plan]) -> dict[tuple[str, ...], str]:
    """The plans that ledige on one benefit, in one jobcentre, may begin on; with the first benefit and jobcentre of
    which that is so, in words, where it is not so of all."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for benefit in [each for each in scenario.benefits if samtaler.is_for(each)] or [""]:
        of_it = {key: plan for key, plan in plans.items() if not benefit or plan.begun_on(benefit)}
        for jobcentre in scenario.jobcentres:
            theirs = tuple(key for key, plan in of_it.items() if plan.begun_in(jobcentre))
            found.setdefault(theirs, (benefit, jobcentre))
    apart = [len(set(of)) > 1 for of in zip(*found.values(), strict=True)]
    return {
        theirs: "".join(f", {name}" for name, said in zip(whose, apart, strict=True) if said)
        for theirs, whose in found.items()
    }


def _first_gap(without: Bools) -> tuple[int, int]:
    """The first and the last of the first weeks in a row that are so."""
    first = int(without.argmax())
    after = without[first:]
    return first, first + (int((~after).argmax()) if not after.all() else len(after)) - 1


def _why(plan: Plan, scenario: Scenario) -> str:
    """Why no spell begins on a plan."""
    since, until = plan.begun_when(scenario.start)
    run = f"from {scenario.start} on, and the run has weeks 0 to {scenario.weeks - 1}"
    if plan.spells and plan.spells.since and since >= scenario.weeks:
        return f"{plan.spells.since} is week {since} {run}"
    if plan.spells and plan.spells.until and until <= 0:
        return f"{plan.spells.until} is week {weeks_between(scenario.start, plan.spells.until)} {run}"
    return "a plan with a later `since` is in its place"
