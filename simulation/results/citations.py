"""Whether the figures that a scenario cites or asks for are figures that the program has."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.results.names import ALLE, DIFFERENCE, Group, Names, arm_group, contrasts
from simulation.scenario.asked import NeededEffect
from simulation.scenario.explain import problem_at
from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.load import Loaded
from simulation.scenario.published import Published
from simulation.scenario.schema import Scenario


def citation_problems(loaded: Loaded) -> list[Problem]:
    """Published figures and needed effects that name an outcome, group, week or parameter that does not exist."""
    return [problem_at(loaded.resolved, path, message) for path, message in _problems(loaded)]


def groups_of(scenario: Scenario) -> set[str]:
    """Every group that some outcome of a scenario may be of, as it is written."""
    groups = {ALLE, *map(arm_group, scenario.parts)}
    groups |= {Group("team" if team.takes_cases else "partner", name) for name, team in scenario.teams.items()}
    if compared := contrasts(scenario):
        groups |= {DIFFERENCE, *compared}
    if len(scenario.jobcentres) > 1:
        groups |= {arm_group(arm, name) for arm in scenario.parts for name in scenario.jobcentres}
    arms = [group for group in groups if group.kind in ("arm", "difference") and group == group.whole]
    for name in scenario.by_characteristic:
        for level in scenario.subgroups[name]:
            of_level = Group("alle", characteristic=name, level=level)
            groups |= {of_level, *(group.among(of_level) for group in arms if scenario.by_arm_and_level)}
    if scenario.by_jobcentre:
        differences = [group for group in arms if group.kind == "difference"]
        groups |= {group._replace(jobcentre=name) for group in differences for name in scenario.jobcentres}
    return set(map(str, groups))


def _values(scenario: Scenario, names: Names, figure: Published) -> Iterator[tuple[str, str]]:
    """What is wrong with the values of a published figure: key and message."""
    share = names.is_share(names.read(figure.outcome))
    apart = names.group(figure.group).kind == "difference"
    lowest = -1 if apart else 0
    printed = [figure.figure, *(value.figure for value in figure.also)]
    for value in printed if share else ():
        if value is not None and not lowest <= value <= 1:
            key = "figure" if value == figure.figure else "also"
            yield key, f"{figure.outcome} is a share, so between {lowest} and 1 (got {value:g}; write 46 % as 0.46)"
    if figure.role is not None and figure.n is not None and apart:
        yield "n", "n persons say nothing of how sure a difference is; give se and its se_source"
    elif figure.role is not None and figure.n is not None and not share and figure.count is None:
        yield "n", f"{figure.outcome} is no share, so n persons do not say how sure it is; give se, or count and n"
    if figure.contradicts is not None and figure.contradicts not in scenario.published:
        near = did_you_mean(figure.contradicts, scenario.published)
        yield "contradicts", f"there is no published figure '{figure.contradicts}'{near}"


def _week(scenario: Scenario, names: Names, outcome: str, figure: Published) -> Iterator[str]:
    """What is wrong with the week of a figure whose outcome is not one of `states_at` or of months."""
    assert figure.week is not None
    if names.by_month(outcome):
        return
    weeks = names.weeks(outcome)
    if not weeks and not names.meaning(outcome).by_week:
        yield f"{figure.outcome} has no single weeks, only the whole follow-up: leave `week` out (got {figure.week})"
        return
    first = 1 if names.meaning(outcome).cumulative else 0
    last = scenario.follow_up - 1 + first
    group = names.group(figure.group)
    if group.kind in ("team", "partner") or group != group.whole:
        yield f"{figure.outcome} has single weeks of the arms, alle and difference, not of {figure.group}"
    elif weeks:
        if figure.week not in weeks:
            told = ", ".join(map(str, weeks))
            yield f"{figure.outcome} is told after weeks {told}, with which `periods` end (got {figure.week})"
    elif not first <= figure.week <= last:
        ends = f"the follow-up ends in week {scenario.follow_up}"
        yield f"{figure.outcome} has weeks {first} to {last}: {ends} (got {figure.week})"


def _of_headline(names: Names, text: str, groups: set[str]) -> Iterator[str]:
    """What is wrong with an outcome, or with the group behind it (`exit_job@deltager`), that is to be shown first."""
    outcome, at, group = text.partition("@")
    if names.read(outcome) not in names.meanings:
        yield f"there is no outcome '{outcome}'{did_you_mean(outcome, names.texts)}"
    elif names.by_month(names.read(outcome)) or names.of_states(names.read(outcome)):
        yield f"{outcome} is not told of the whole follow-up, so it cannot be shown first"
    if at and group not in groups:
        near = did_you_mean(group, groups) or "; write an arm, alle, difference or arm@jobcentre"
        yield f"there is no group '{group}'{near}"


def _problems(loaded: Loaded) -> Iterator[tuple[Path, str]]:
    scenario, names = loaded.scenario, Names(loaded.scenario)
    outcomes = set(names.texts)
    groups = groups_of(scenario)
    for part in ("published", "needed_effects"):
        for name, cited in getattr(scenario, part).items():
            place: Path = (part, name)
            if names.read(cited.outcome) not in names.meanings:
                near = did_you_mean(cited.outcome, outcomes) or f"; there is {', '.join(sorted(outcomes))}"
                yield (*place, "outcome"), f"there is no outcome '{cited.outcome}'{near}"
            if cited.group not in groups:
                near = did_you_mean(cited.group, groups) or "; write an arm, alle, difference or arm@jobcentre"
                yield (*place, "group"), f"there is no group '{cited.group}'{near}"
    for name, figure in scenario.published.items():
        if names.read(figure.outcome) in names.meanings:  # nothing more can be checked of an unknown outcome
            yield from ((("published", name, key), message) for key, message in _values(scenario, names, figure))
        outcome = names.read(figure.outcome)
        if figure.week is not None and outcome in names.meanings and not names.of_states(outcome):
            yield from ((("published", name, "week"), message) for message in _week(scenario, names, outcome, figure))
        if names.of_states(outcome) and figure.week not in scenario.states_at:
            weeks = ", ".join(map(str, scenario.states_at)) or "none"
            yield ("published", name, "week"), f"where everybody is is told after weeks {weeks} (states_at)"
        wrong_clock = "week" if names.by_month(outcome) else "month"
        if getattr(figure, wrong_clock) is not None:
            right_clock = "month" if wrong_clock == "week" else "week"
            message = f"{figure.outcome} is counted by {right_clock}, not by {wrong_clock}"
            yield ("published", name, wrong_clock), message
        elif figure.month is not None and 52 * (figure.month + 1) // 12 > scenario.weeks:
            ends = 52 * (figure.month + 1) // 12
            yield (
                ("published", name, "month"),
                f"month {figure.month} ends after {ends} weeks, the run after {scenario.weeks}",
            )
    for name, milestone in scenario.milestones.items():
        if names.read(milestone.outcome) not in names.meanings:
            near = did_you_mean(milestone.outcome, outcomes) or f"; there is {', '.join(sorted(outcomes))}"
            yield ("milestones", name, "outcome"), f"there is no outcome '{milestone.outcome}'{near}"
    for number, text in enumerate(scenario.headline):
        yield from ((("headline", number), message) for message in _of_headline(names, text, groups))
    for name, needed in scenario.needed_effects.items():
        yield from ((("needed_effects", name, key), message) for key, message in _of_question(loaded, needed))


def _of_question(loaded: Loaded, needed: NeededEffect) -> Iterator[tuple[str, str]]:
    """What is wrong with the values that a question tries: key and message."""
    for value in sorted(needed.tried(), key=[needed.without, needed.highest].__contains__, reverse=True):
        try:
            loaded.with_({needed.parameter: value})
        except InputProblems as error:
            first = error.problems[0]
            is_limit = first.path == needed.parameter and first.message.startswith("must be ")
            if is_limit and "whole number" not in first.message:
                key = "without" if value == needed.without else "highest"
                yield key, f"{needed.parameter} {first.message}"
            else:
                yield "parameter", first.message
            return
