"""Benefits that cannot be, and those that nobody is ever on."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.world.benefits import pulls_of, shares_of
from simulation.world.small_jobs import MOVED

RESERVED = ("any", "benefit", "out", *MOVED)


def benefit_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What is wrong with the benefits of a scenario."""
    benefits = scenario.benefits
    for name, benefit in benefits.items():
        place: Path = ("benefits", name)
        if name in RESERVED:
            yield place, f"'{name}' has a meaning of its own; call the benefit otherwise"
        if name in scenario.exits:
            yield place, f"'{name}' is an exit as well (exits.{name}): who goes there leaves, or is on it, but not both"
        if name in benefit.passes:
            yield (*place, "passes", name), f"who is on {name} cannot pass to it"
        if benefit.ends and name in benefit.ends.to:
            yield (*place, "ends", "to", name), f"the right to {name} ends, so something else must follow"
        last = max(benefit.by_block or [0])
        if last >= scenario.intake.weeks:
            message = f"a block begins in week {last}, but the intake has {scenario.intake.weeks} weeks"
            yield (*place, "by_block"), f"{message} (0 to {scenario.intake.weeks - 1})"
        elapsed = max(scenario.intake.elapsed_shares(scenario.subgroups))
        if benefit.ends and shares_of(benefits)[name] and min(benefit.ends.week) <= elapsed:
            message = f"the right ends after {min(benefit.ends.week)} weeks, but who comes has been on benefit for "
            yield (*place, "ends", "week"), f"{message}{elapsed} weeks when she is enrolled (intake.elapsed_weeks)"
    if benefits and abs(sum(shares_of(benefits).values()) - 1) > 1e-9:
        yield _shares_do_not_add_up(scenario)


def _shares_do_not_add_up(scenario: Scenario) -> tuple[Path, str]:
    benefits = scenario.benefits
    first, total = next(iter(benefits)), sum(each.share or 0.0 for each in benefits.values())
    if benefits[first].share is not None:
        message = f"the shares of those who come must add up to 1 (they add up to {total:g})"
        return ("benefits", first, "share"), message
    last = [name for name, each in benefits.items() if each.share][-1]
    message = f"the shares of the others than {first}, which has the rest, add up to {total:g}, more than 1"
    return ("benefits", last, "share"), message


def moved_from(scenario: Scenario, benefit: str) -> set[str]:
    """Where interventions may move those who are on a benefit, in any jobcentre."""
    everywhere = (each for place in scenario.jobcentres for each in scenario.interventions_of(place).values())
    return {where for each in everywhere if each.is_for(benefit) for where in each.moves()}


def reached(scenario: Scenario) -> set[str]:
    """The benefits that anybody may ever be on."""
    benefits, employment = scenario.benefits, scenario.employment()
    found = {name for name, share in shares_of(benefits).items() if share > 0} if benefits else set()
    while True:
        more = set[str]()
        for name in found:
            pulls = pulls_of(benefits[name], scenario.exits, list(benefits))
            there = {where for where, pull in pulls.items() if pull is not None and pull.level > 0}
            there |= set(benefits[name].ends.to) if benefits[name].ends else set()  # type: ignore[union-attr]
            there |= moved_from(scenario, name)
            back = {spell.returns_to for where, spell in employment.items() if where in there and spell.returns}
            more |= {where for where in there | back if where in benefits}
        if more <= found:
            return found
        found |= more


def benefit_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Benefits that nobody comes to, and what is for them alone."""
    benefits, there = scenario.benefits, reached(scenario)
    for name in benefits:
        if name not in there:
            share = shares_of(benefits)[name]
            message = f"nobody is ever on {name}: {share:.0%} of those who come, and nobody passes or comes back to it"
            yield ("benefits", name), message
        if benefits[name].by_block is not None and not shares_of(benefits)[name]:
            yield ("benefits", name, "by_block"), f"nobody comes on {name} (its share is 0): it does nothing"
    come_on = [benefits[name] for name, share in shares_of(benefits).items() if share] if benefits else []
    if come_on and scenario.intake.by_block is not None and all(each.by_block is not None for each in come_on):
        message = "every benefit that people come on has a by_block of its own: this one does nothing"
        yield ("intake", "by_block"), message
    yield from _without_talks(scenario, there)
    for name, each in scenario.interventions.items():
        if each.benefits is not None and not set(each.benefits) & there:
            message = f"nobody is ever on {' or '.join(each.benefits)}: it does nothing"
            yield ("interventions", name, "benefits"), message
        for plan_name, plan in getattr(each, "plans", {}).items():
            if plan.benefits is not None and not set(plan.benefits) & there:
                place = ("interventions", name, "plans", plan_name, "benefits")
                yield place, f"nobody is ever on {' or '.join(plan.benefits)}: nobody begins on this plan"


def _without_talks(scenario: Scenario, there: set[str]) -> Iterator[tuple[Path, str]]:
    """Benefits on which arms begin on no plan of talks that do so on another one."""
    talks = [each for each in scenario.by_kind(Samtaler).values() if each.caseworker]
    begun = {
        (name, arm)
        for name in there for each in talks if each.is_for(name)
        for plan in each.plans.values() if plan.begun_on(name) for arm in plan.arms
    }  # fmt: skip
    for name in (name for name in scenario.benefits if name in there):
        without = [arm for arm in scenario.arms if (name, arm) not in begun and any(arm == of for _, of in begun)]
        if without:
            on = [each for each in scenario.benefits if any((each, arm) in begun for arm in without)]
            message = f"{', '.join(without)}: no plan of talks begins on {name}, as one does on {' and '.join(on)}"
            yield ("benefits", name), f"{message}; they have no caseworker and no talks there"
