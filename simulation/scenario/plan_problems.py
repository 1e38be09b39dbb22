"""Whether every ledig has one plan of talks, with a team that serves her."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.by_place import by_place, place_of
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario


def plan_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Arms that begin on two plans or have two caseworkers, plans by teams that do not serve the arm, and circles."""
    for there in by_place(scenario):
        yield from _plans_there(there)


def _plans_there(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """The same of jobcentres that all have the same interventions."""
    begun: list[tuple[str, Samtaler, Plan, str]] = []
    jobcentre = next(iter(scenario.jobcentres))
    for name, samtaler in scenario.by_kind(Samtaler, jobcentre).items():
        place: Path = (*place_of(scenario, jobcentre, name), "plans")
        begins = [(arm, plan_name) for plan_name, plan in samtaler.plans.items() for arm in plan.arms]
        for arm, plan_name in begins:
            plan = samtaler.plans[plan_name]
            for other_arm, other_samtaler, other, where in begun:
                one_of_both = other_samtaler is samtaler or (other_samtaler.caseworker and samtaler.caseworker)
                in_its_place = other_samtaler is samtaler and plan.since() != other.since()  # the later one
                if arm == other_arm and one_of_both and not in_its_place and not plan.apart_from(other) and (
                    _begun_in(scenario, samtaler, plan) & _begun_in(scenario, other_samtaler, other)
                ) and (when := _both_begun(plan, other)) is not None:
                    message = f"{arm} begins on {where} already{when}; a ledig follows one plan at a time"
                    yield (*place, plan_name, "arms"), message
                    break
            begun.append((arm, samtaler, plan, f"interventions.{name}.plans.{plan_name}"))
        for arm, first in begins:
            plan_name, seen = first, set[str]()
            while plan_name not in seen:
                seen.add(plan_name)
                plan = samtaler.plans[plan_name]
                for team in dict.fromkeys([plan.team, *plan.turns]):
                    served = scenario.teams[team].arms
                    if served is not None and arm not in served:
                        key = "team" if team == plan.team else "turns"
                        message = f"team '{team}' does not serve {arm} (teams.{team}.arms)"
                        yield (*place, plan_name, key), message
                if plan.then and plan.then.plan in seen and not _there_and_back(samtaler, plan.then.plan):
                    yield (*place, plan_name, "then"), "the plans lead round in a circle"
                plan_name = plan.then.plan if plan.then else plan_name


def _there_and_back(samtaler: Samtaler, first: str) -> bool:
    """Whether this circle of plans is one of offers alone that begin, and end again: who goes over stays there until
    something happens to her."""
    circle: list[Plan] = []
    while (plan := samtaler.plans[first]) not in circle:
        circle.append(plan)
        assert plan.then is not None
        first = plan.then.plan
    thens = [plan.then for plan in circle if plan.then is not None]
    by_offers = all(then.begins or then.ends for then in thens)
    for then, after in zip(thens, [*thens[1:], thens[0]], strict=True):
        by_offers &= bool(then.begins) != bool(after.begins)
        by_offers &= set(then.begins or then.ends) <= set(after.begins or after.ends)
    return by_offers


def _both_begun(plan: Plan, other: Plan) -> str | None:
    """The dates between which spells begin on both plans, in words; None if there are none."""
    since = max(plan.since(), other.since())
    until = min((each.spells.until for each in (plan, other) if each.spells and each.spells.until), default="")
    if until and since >= until:
        return None
    return (f" from {since} on" if since else "") + (f" until {until}" if until else "")


def _begun_in(scenario: Scenario, samtaler: Samtaler, plan: Plan) -> set[tuple[str, str]]:
    """The jobcentres whose ledige may begin on a plan, with each benefit that they may be on."""
    places = [name for name in scenario.jobcentres if samtaler.on_in(name) and plan.begun_in(name)]
    benefits = [name for name in scenario.benefits or [""] if samtaler.is_for(name) and plan.begun_on(name)]
    return {(place, benefit) for place in places for benefit in benefits}
