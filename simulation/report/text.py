"""The table on screen: outcome, arms, difference with interval, and the published figure with its source."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence

import numpy as np

from simulation.experiments.compare import Comparison, Difference
from simulation.experiments.spread import PairedSpread
from simulation.report.sections import by_jobcentre, milestone_lights, months, organisations, states, unidentified
from simulation.report.staff import staff_needed, team_table
from simulation.report.words import grid, label, number, with_interval
from simulation.results.measures.outcomes import holds_talks
from simulation.results.names import ALLE, DIFFERENCE, Figure, Group, Names, arm_group
from simulation.results.result import Beside, Result
from simulation.scenario.published import Published

SHOWN = (
    "entered_share", "weeks_to_exit", "median_weeks_to_exit", "talk_share", "talks_held", "no_show_share",
    "no_time_share", "away_share", "no_caseworker_share", "no_partner_share", "not_booked_share", "too_few_share",
    "overtaken_share", "on_time_share", "called_on_time_share", "backlog", "wait_first_talk", "talk_gap",
    "wait_caseworker", "continuity_share", "covered_share", "workplace_share", "workplace_week_share",
    "praktik_weeks", "wait_praktik", "weeks_employed", "job_ended_13w", "job_lasts_52w", "hours", "caseload",
    "caseload_max", "utilisation", "utilisation_peak", "vacancy_share", "absence_share", "substitute_share",
    "staff_cost",
)  # fmt: skip
"""Outcomes of the whole follow-up in the order of the table, after the exits."""
BY_MONTH = ("ever_employed", "hours_employed")
WIDTH = 116
"""Columns of running text."""


def run_table(result: Result) -> str:
    """The comparison table of a run."""
    scenario = result.loaded.scenario
    arms = list(scenario.arms)
    two = len(arms) > 1
    names, groups = result.names, [arm_group(arm) for arm in arms]
    published: dict[tuple[str, Group], Beside] = {}
    for beside in result.beside_published():  # the first one stands in the table, all of them below it
        published.setdefault((beside.named.outcome, beside.named.group), beside)
    rows = [["outcome", *arms, *([f"{arms[0]} − {arms[-1]}"] if two else []), "published"]]
    have = set(result.keys)
    for outcome in shown_outcomes(names):
        if not any(Figure(outcome, group) in have for group in groups):
            continue
        figures = [Figure(outcome, group) for group in [*groups, *([DIFFERENCE] if two else [])]]
        cells = [
            with_interval(names.unit(outcome), result.estimate_of(figure), figure.group == DIFFERENCE)
            if figure in have
            else "–"
            for figure in figures
        ]
        cited = [
            _published(names, published[outcome, group], group, scenario.follow_up)
            for group in dict.fromkeys([*groups, ALLE])
            if (outcome, group) in published
        ]
        if any(cell != "–" for cell in cells):
            rows.append([label(outcome, names), *cells, "; ".join(cited)])
    n = len(result.replications)
    first, last = scenario.measured_weeks()
    measured = float(np.mean([replication.measured for replication in result.replications]))
    note = (
        f"Mean of {n} replication{'s' if n != 1 else ''} of {sum(scenario.persons().values()):,} ledige. Measured are "
        f"those enrolled in weeks {first} to {last}, {_persons(measured)}, for {scenario.follow_up} weeks; "
        "shares of refusals, talks on time and waits are of everybody in the whole run. ± is the simulation error, "
        "95 %: not that of the parameters, and not that of one trial. Shares in %, differences of shares in percentage "
        "points."
    )
    lines = [grid(rows), "", textwrap.fill(note, WIDTH)]
    if holds_talks(scenario) and scenario.teams:
        for staff in (team_table, staff_needed):
            if section_lines := staff(result, WIDTH):
                lines += ["", *section_lines]
    for section in (organisations, states, months, milestone_lights, by_jobcentre):
        if section_lines := section(result):
            lines += ["", *section_lines]
    besides = list(result.beside_published())
    if besides:
        lines += ["", *_verdicts(names, besides)]
    if without := list(result.published_without_value()):
        rows = [["published, but without a value in this run", "group", "model", "published", "source"]]
        for _, figure in without:
            unit = names.meanings[names.read(figure.outcome)].unit
            printed = [_printed(unit, figure, " / "), f"{figure.source} p. {figure.page}"]
            rows.append([figure.outcome, figure.group, "–", *printed])
        lines += ["", grid(rows)]
    lines += ["", textwrap.fill(unidentified(result), WIDTH, subsequent_indent="    ")]
    return "\n".join(lines)


def _persons(number: float) -> str:
    """Such as 400, or about 398 where replications differ."""
    return f"{number:,.0f}" if number == round(number) else f"about {number:,.0f}"


def shown_outcomes(names: Names) -> list[str]:
    """Outcomes in the order of the table: those of everything, those of the interventions, those from referral on."""
    exits = [f"exit_{name}" for name in names.scenario.exits]
    of_interventions = [outcome for outcome in names.meanings if names.intervention(outcome)]
    own = [outcome for outcome in of_interventions if not _stands_already(names, outcome)]
    return [*exits, *SHOWN, *own, *BY_MONTH]


def _stands_already(names: Names, outcome: str) -> bool:
    """Whether an outcome of the only intervention of its kind is one of the whole kind, too, which the table has."""
    interventions, meaning = names.scenario.interventions, names.meaning(outcome)
    kind = type(interventions[names.intervention(outcome)])
    alone = sum(isinstance(each, kind) for each in interventions.values()) == 1
    made_of = [(each.of, each.per) for name, each in kind.common_outcomes.items() if name in SHOWN and each.of]
    return alone and (meaning.of, meaning.per) in made_of


def _verdicts(names: Names, besides: Sequence[Beside]) -> Iterable[str]:
    yield "Against the published figures (✓: what is printed, give or take its rounding, lies where one trial of this"
    yield "size would fall, 95 %, were the model true; of two values for one quantity, the span of both; ✗: a miss;"
    yield "[ ] behind a published figure: its own binomial 95 % interval, where it is known of how many persons it is):"
    rows = []
    for b in besides:
        f, e = b.figure, b.simulated
        mark = {True: "✓", False: "✗", None: "?"}[b.hit]
        unit = names.unit(b.named.outcome)
        printed = _printed(unit, f, " / ")
        time = f"week {f.week}" if f.week is not None else f"month {f.month}" if f.month is not None else ""
        span = (
            "" if math.isnan(e.trial_low) else f"[{number(unit, e.trial_low)}, {number(unit, e.trial_high)}]"
        )
        ca = "ca. " if f.approximate else ""
        if b.sampling is not None:
            printed += f" [{number(unit, b.sampling[0])}, {number(unit, b.sampling[1])}] n = {f.n}"
        rows.append(
            [mark, f.outcome, f.group, time, number(unit, e.value), span, ca + printed, f"{f.source} p. {f.page}"]
        )
    yield grid([["", "outcome", "group", "", "model", "one trial", "published", "source"], *rows])
    missed = [b for b in besides if b.hit is False]
    for b in missed:
        yield f"✗ {b.name}: {b.figure.caveat or 'no caveat known; the model does not reach it'}"


def beside_table(result: Result) -> str:
    """A scenario that was run for comparison: its published figures with the simulated ones."""
    scenario, n = result.loaded.scenario, len(result.replications)
    lines = [
        f"Beside it, by the same seed: {scenario.name} ({sum(scenario.persons().values()):,} ledige, {n} replications)."
    ]
    if state_lines := states(result):
        lines += ["", *state_lines]
    return "\n".join([*lines, "", *_verdicts(result.names, list(result.beside_published()))])


def compare_table(comparison: Comparison, spread: PairedSpread | None = None) -> str:
    """The table of two scenarios: both figures, paired difference with interval (and parameter uncertainty, if it was
    simulated), variance ratio."""
    base, scenario = comparison.base.loaded.scenario, comparison.scenario.loaded.scenario
    uncertain = ["parameters"] if spread else []
    rows = [["outcome", "group", "base", "scenario", "difference", *uncertain, "variance ratio"]]
    by_figure, names = {d.key: d for d in comparison.differences()}, comparison.scenario.names
    groups = [
        group for group in dict.fromkeys(figure.group for figure in by_figure)
        if group != DIFFERENCE and group.kind != "team" and not (group.kind == "arm" and group.part)
    ]  # fmt: skip
    unchanged = []
    for outcome in shown_outcomes(names):
        shown = [(group, by_figure[Figure(outcome, group)]) for group in groups if Figure(outcome, group) in by_figure]
        shown = [(group, d) for group, d in shown if not (math.isnan(d.base.value) and math.isnan(d.scenario.value))]
        if shown and all(d.difference.value == 0 and d.difference.sd == 0 for _, d in shown):
            unchanged.append(names.write(outcome))
            continue
        rows += [
            [label(outcome, names), str(group), *_difference_cells(names.unit(outcome), d, spread)]
            for group, d in shown
        ]
    n = min(len(comparison.base.replications), len(comparison.scenario.replications))
    return "\n".join(
        [
            f"base:     {base.name}",
            f"scenario: {scenario.name}",
            "",
            grid(rows) if len(rows) > 1 else "Nothing that is measured changes.",
            *([f"Exactly unchanged in every replication: {', '.join(unchanged)}."] if unchanged else []),
            "",
            f"{n} replications of both by the same luck. ± is the simulation error of the paired difference, 95 %: not",
            "that of the parameters. Variance ratio: how many times fewer replications the pairing needs than",
            "independent runs (– where nothing varies). Shares in %, differences of shares in percentage points.",
            *([] if spread is None else [_parameters(spread)]),
        ]
    )


def _parameters(spread: PairedSpread) -> str:
    parameters = [*spread.base.parameters, *spread.scenario.parameters]
    return textwrap.fill(
        f"Parameters: where the difference lies for 95 % of {spread.base.draws} draws of {len(set(parameters))} fitted "
        f"parameters from their posterior, in both scenarios the same, {spread.base.replications} replications each. "
        "Values that are assumed and not fitted are not in it.",
        WIDTH,
    )


def _difference_cells(unit: str, d: Difference, spread: PairedSpread | None) -> list[str]:
    ratio = (
        "–"
        if math.isnan(d.variance_ratio)
        else f"{d.variance_ratio:,.0f}"
        if d.variance_ratio >= 100
        else f"{d.variance_ratio:.1f}"
    )
    apart = d.key.group == DIFFERENCE
    low, high = spread.parameter(d.key, d.difference.value) if spread else (math.nan, math.nan)
    span = "–" if math.isnan(low) else f"[{number(unit, low, True)}, {number(unit, high, True)}]"
    return [
        number(unit, d.base.value, apart), number(unit, d.scenario.value, apart),
        with_interval(unit, d.difference, True), *([span] if spread else []), ratio,
    ]  # fmt: skip


def _printed(unit: str, figure: Published, between: str) -> str:
    """The printed values of a figure, or what is printed instead."""
    if figure.figure is None:
        return f"“{figure.words}”"
    return between.join(number(unit, value) for value in (figure.figure, *(v.figure for v in figure.also)))


def _published(names: Names, beside: Beside, group: Group, follow_up: int) -> str:
    figure = beside.figure
    printed = _printed(names.unit(beside.named.outcome), figure, "/")
    week = "" if figure.week in (None, follow_up) else f" (week {figure.week})"
    return (
        f"{group} {'ca. ' if figure.approximate else ''}{printed}{week} {'✗ ' if beside.hit is False else ''}".rstrip()
    )
