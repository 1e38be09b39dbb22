"""Outcomes by definition: what each named figure counts, and in which unit.

Every figure is measured in all worlds of a batch at once. It is of a *group* (`groups.Group`); its *week* is weeks
since enrolment, and without one it is of the whole follow-up. Outcomes by month are those of `months`, of jobs those of
`first_jobs`, of staff those of `staffing`, hazard ratios those of `hazards`, and how far jobcentres differ is told by
`spread`; what concerns a kind of intervention stands in its own file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from simulation.interventions import KINDS
from simulation.interventions.contract import Intervention
from simulation.results.measures.hazards import hazard_ratios
from simulation.results.measures.histories import Histories, Lives
from simulation.results.measures.incidence import incidence_by_world, median_weeks, restricted_mean
from simulation.results.measures.passed import on_each, passed
from simulation.results.measures.spread import spread_of_exits
from simulation.results.measures.watched import makeup, watched_of
from simulation.results.names import ALLE, Figure, Group, against_reference, arm_group, arm_groups, contrasts
from simulation.scenario.by_place import every_settings
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.names import Name
from simulation.world.spec import Bools, Floats, Ids, Ints, ratios

Measured = Mapping[Figure, Floats]
"""Figures with one number for each world; NaN where a world does not have one."""


def measure(
    scenario: Scenario, people: Histories, totals: Mapping[Name, Ints], staff: Measured, further: Measured
) -> dict[Figure, Floats]:
    """All outcomes of a batch. `totals` are the counts of the run, shape (worlds, jobcentres, arms); `further` the
    outcomes counted from referral or from the beginning of a job."""
    lives, kinds = people.lives(), kinds_of(scenario)
    measured = dict(_of_arms(scenario, people, lives)) | dict(_of_levels(scenario, people, lives))
    for group, arms in {**arm_groups(scenario), ALLE: list(range(len(scenario.arms)))}.items():
        sums = {name: total[:, :, arms].sum(axis=(1, 2)).astype(np.float64) for name, total in totals.items()}
        measured.update(_named(group, _of_counts(scenario, kinds, sums, people.worlds)))
    measured.update(further)
    for name, intervention in scenario.interventions.items():
        there = {place: on[name] for place in scenario.jobcentres if name in (on := scenario.interventions_of(place))}
        for what, arm, jobcentre, values in intervention.measured_of_people(people, scenario, there):
            measured[Figure(Name(name, what).dotted, arm_group(arm, jobcentre))] = values
    measured.update(staff)
    between = spread_of_exits(scenario, people, lives.observed) if scenario.by_jobcentre else {}
    return measured | _differences(scenario, measured) | hazard_ratios(scenario, people, lives.observed) | between


def _differences(scenario: Scenario, measured: Measured) -> dict[Figure, Floats]:
    """Differences between arms, of each level of a characteristic and, if asked for, jobcentre as well; their course
    over weeks only against the arm that the others are held against."""
    compared, with_course = contrasts(scenario), against_reference(scenario)
    by_group: dict[Group, list[Figure]] = {}
    for figure in measured if compared else ():
        by_group.setdefault(figure.group, []).append(figure)
    differences: dict[Figure, Floats] = {}
    for group, (first, second) in compared.items():
        for of_first in by_group:
            if of_first.whole != first or (of_first.jobcentre and not scenario.by_jobcentre):
                continue
            of_second, apart = second.among(of_first), group.among(of_first)
            for figure in by_group[of_first]:
                other = Figure(figure.outcome, of_second, figure.time)
                if other in measured and (figure.time is None or group in with_course):
                    differences[Figure(figure.outcome, apart, figure.time)] = measured[figure] - measured[other]
    return differences


def kinds_of(scenario: Scenario) -> dict[type[Intervention], list[Intervention]]:
    """The interventions of a scenario by their kind, in the order of the list of kinds; one that has several settings
    with all of them."""
    every = [settings for _, _, settings in every_settings(scenario)]
    by_kind = {word: [each for each in every if each.kind == word] for word in KINDS}
    return {KINDS[word].settings: interventions for word, interventions in by_kind.items() if interventions}


def _of_arms(scenario: Scenario, people: Histories, lives: Lives) -> Iterator[tuple[Figure, Floats]]:
    """Outcomes from the register: of everybody, and of every arm in all jobcentres together and in each of them."""
    kinds, places = kinds_of(scenario), list(scenario.jobcentres)

    def of_lives(some: Lives) -> dict[str, Floats]:
        return _of_lives(scenario, kinds, some)

    if len(scenario.arms) > 1 or "alle" not in scenario.arms:
        yield from _named(ALLE, of_lives(lives))
        yield from _by_week(scenario, kinds, ALLE, people).items()
    for group, arms in arm_groups(scenario).items():
        members = np.flatnonzero(np.isin(people.arm, arms))
        of_group = lives.of(members)
        if group != ALLE or len(scenario.arms) == 1:
            whole = len(members) == len(people.arm)
            yield from _named(group, of_lives(of_group))
            yield from _by_week(scenario, kinds, group, people if whole else people.of(members)).items()
        if len(places) > 1:
            parts = _of_parts(of_lives, of_group, people.jobcentre[members], len(places))
            for place, outcomes in zip(places, parts, strict=True):
                yield from _named(arm_group(group.name or "alle", place), outcomes)


def _of_levels(scenario: Scenario, people: Histories, lives: Lives) -> Iterator[tuple[Figure, Floats]]:
    """Exits by level of the characteristics that outcomes are shown by, and if asked for by arm as well."""
    arms = arm_groups(scenario) if scenario.by_arm_and_level else {}
    members = {group: np.flatnonzero(np.isin(people.arm, numbers)) for group, numbers in arms.items()}
    of_arm = {group: lives.of(some) for group, some in members.items()}

    def exits(some: Lives) -> dict[str, Floats]:
        return _exits(scenario, some)

    for characteristic, level_of in zip(scenario.by_characteristic, people.level, strict=True):
        levels = list(scenario.subgroups[characteristic])
        found = {ALLE: _of_parts(exits, lives, level_of, len(levels))}
        by_arm = {group: _of_parts(exits, of_arm[group], level_of[members[group]], len(levels)) for group in arms}
        for number, level in enumerate(levels):
            of_level = Group("alle", characteristic=characteristic, level=level)
            yield from _named(of_level, found[ALLE][number])
            for group, parts in by_arm.items():
                yield from _named(group.among(of_level), parts[number])
            yield from _watched_of_level(scenario, people, {ALLE: None, **(members if by_arm else {})}, of_level,
                                         level_of == number)  # fmt: skip


def _watched_of_level(
    scenario: Scenario, people: Histories, groups: Mapping[Group, Ids | None], of_level: Group, here: Bools
) -> Iterator[tuple[Figure, Floats]]:
    """What a scenario asks for of those of a level, of everybody and of arms."""
    by_level = {"states_by_level", "makeup"} & {*scenario.watched}
    for arm, rows in groups.items() if by_level else ():
        group = of_level if arm == ALLE else arm.among(of_level)
        some, those = (people, here) if rows is None else (people.of(rows), here[rows])
        if "states_by_level" in by_level:
            yield from _states(scenario, group, some.of(np.flatnonzero(those))).items()
        if "makeup" in by_level:
            yield from makeup(scenario, group, some, those).items()


def _of_parts(
    measured: Callable[[Lives], dict[str, Floats]], lives: Lives, part: Ints, parts: int
) -> list[dict[str, Floats]]:
    """Outcomes of every part of some people, in one pass: each part of each world is measured as a world of its own."""
    outcomes = measured(lives.apart(part, parts))
    return [{name: values[number::parts] for name, values in outcomes.items()} for number in range(parts)]


def _named(group: Group, outcomes: Mapping[str, Floats]) -> Iterator[tuple[Figure, Floats]]:
    return ((Figure(outcome, group), values) for outcome, values in outcomes.items())


def _exits(scenario: Scenario, lives: Lives) -> dict[str, Floats]:
    """Exits within the whole follow-up."""
    weeks = scenario.follow_up
    share = incidence_by_world(lives, lives.observed, len(scenario.exits), weeks)
    outcomes = {f"exit_{name}": share[:, k, weeks] for k, name in enumerate(scenario.exits)}
    left_by_world = share.sum(axis=1)
    outcomes["exit_any"] = share[:, :, weeks].sum(axis=1)
    outcomes["weeks_to_exit"] = restricted_mean(1 - left_by_world)
    outcomes["median_weeks_to_exit"] = median_weeks(left_by_world)
    return outcomes


def _of_lives(scenario: Scenario, kinds: Iterable[type[Intervention]], lives: Lives) -> dict[str, Floats]:
    """Outcomes of the whole follow-up from the register."""
    outcomes = _exits(scenario, lives)
    for kind in kinds:
        outcomes |= kind.measured_of_lives(lives)
    if workplace(scenario):
        outcomes["workplace_share"] = lives.mean(lives.praktik > 0)
        outcomes["workplace_week_share"] = ratios(
            lives.total(lives.praktik_in_full_weeks), lives.total(lives.full_weeks)
        )
        outcomes["praktik_weeks"] = lives.mean(lives.praktik)
    if scenario.employment():
        outcomes["weeks_employed"] = lives.mean(lives.employed)
        outcomes["hours"] = lives.mean(lives.hours)
    return outcomes


def _by_week(
    scenario: Scenario, kinds: Iterable[type[Intervention]], group: Group, people: Histories
) -> dict[Figure, Floats]:
    """Outcomes week by week."""
    weeks = scenario.follow_up
    share = incidence_by_world(people, people.seen.sum(axis=0), len(scenario.exits), weeks)
    on_benefit = people.by_week(people.on_benefit)
    figures = _states(scenario, group, people)
    series = {f"exit_{name}": share[:, k, 1:].T for k, name in enumerate(scenario.exits)}
    series["exit_any"] = share.sum(axis=1)[:, 1:].T
    first = dict.fromkeys(series, 1)  # outcomes of the weeks gone by begin with week 1
    series["on_benefit"] = on_benefit.astype(np.float64)
    seen = people.by_week(people.seen)
    within = {"weeks_on_benefit": np.cumsum(ratios(on_benefit, seen), axis=0)}
    for name, on_it in on_each(scenario, people).items():
        series[f"share_on_{name}"] = ratios(people.by_week(on_it), seen)
        within[f"weeks_on_{name}"] = np.cumsum(series[f"share_on_{name}"], axis=0)
    figures |= {Figure(outcome, group): so_far[-1] for outcome, so_far in within.items()}
    figures |= {Figure(outcome, group): values for outcome, values in passed(scenario, people).items()}
    if workplace(scenario):
        series["workplace_week_share"] = ratios(people.by_week(people.praktik), on_benefit)
    if people.hours is not None:
        series["employed_share"] = ratios(people.by_week(people.employed), seen)
        within["weeks_employed"] = np.cumsum(series["employed_share"], axis=0)
    for outcome, so_far in within.items():
        figures |= {Figure(outcome, group, week): so_far[week - 1] for week in scenario.period_ends}
    for kind in kinds:
        series_of_kind = kind.measured_by_week(people)
        first |= {outcome: 1 for outcome in series_of_kind if kind.common_outcomes[outcome].cumulative}
        series |= series_of_kind
    figures |= watched_of(scenario, group, people)
    for outcome, values in series.items():
        figures |= {Figure(outcome, group, first.get(outcome, 0) + week): row for week, row in enumerate(values)}
    return figures


def _states(scenario: Scenario, group: Group, people: Histories) -> dict[Figure, Floats]:
    """Where everybody is after some weeks."""
    states = {"benefit": LEDIG, "out": OUT, **{name: GONE + k for k, name in enumerate(scenario.exits)}}
    on = on_each(scenario, people)
    figures: dict[Figure, Floats] = {}
    for week in scenario.states_at:
        status, seen = people.status[week - 1], people.seen[week - 1]
        figures |= {
            Figure(f"state_{name}", group, week): people.mean(status == code, seen) for name, code in states.items()
        }
        for name, on_it in on.items():
            figures[Figure(f"state_{name}", group, week)] = people.mean(on_it[week - 1], seen)
        figures[Figure("persons_seen", group, week)] = people.number(seen)
    return figures


def _of_counts(
    scenario: Scenario,
    kinds: Mapping[type[Intervention], Sequence[Intervention]],
    sums: Mapping[Name, Floats],
    worlds: int,
) -> dict[str, Floats]:
    """Outcomes from the counts of the whole run."""
    nothing = np.zeros(worlds)

    def of(intervention: str, counts: Iterable[str]) -> dict[str, Floats]:
        return {what: sums.get(Name(intervention, what), nothing) for what in counts}

    def all_of(kind: type[Intervention]) -> dict[str, Floats]:
        names = [name for name, intervention in scenario.interventions.items() if isinstance(intervention, kind)]
        together = {what: sum((of(name, [what])[what] for name in names), nothing) for what in kind.counts}
        return together | of("", kind.common_counts)

    outcomes: dict[str, Floats] = {}
    for kind, interventions in kinds.items():
        outcomes |= kind.measured_together(interventions, all_of(kind), scenario)
        if kind.holds_talks:
            waited, taken = of("", ["caseworker_wait", "got_caseworker"]).values()
            outcomes["wait_caseworker"] = ratios(waited, taken)
    for _, name, settings in every_settings(scenario):
        outcomes_of_one = settings.measured(of(name, settings.its_counts), scenario)
        for what, values in outcomes_of_one.items():
            outcomes.setdefault(Name(name, what).dotted, values)
    if scenario.intake.leaves_before:
        enrolled, returned, intake = of("", ["enrolled", "returned", "intake"]).values()
        outcomes["entered_share"] = ratios(enrolled - returned, intake)
    return outcomes


def workplace(scenario: Scenario) -> bool:
    """Whether the scenario has offers at a workplace."""
    return any(intervention.workplace for intervention in scenario.interventions.values())


def holds_talks(scenario: Scenario) -> bool:
    """Whether staff of the scenario holds talks."""
    return any(intervention.holds_talks for intervention in scenario.interventions.values())
