"""The table on screen: outcome, arms, difference with interval, and the published figure with its source."""

from __future__ import annotations

import math
import textwrap

import numpy as np

from simulation.experiments.compare import Comparison, Difference
from simulation.experiments.spread import PairedSpread
from simulation.report.answer import differ_in
from simulation.report.by_benefit import by_benefit
from simulation.report.changed import alike_lines, changed_lines
from simulation.report.displaced import displacement, displacement_of_one
from simulation.report.printed import hazard_ratios
from simulation.report.sections import by_jobcentre, milestone_lights, months, organisations, states, unidentified
from simulation.report.staff import partners_needed, staff_needed, team_table
from simulation.report.verdicts import cited, verdicts
from simulation.report.words import WIDTH, counted, error_note, grid, label, number, span, with_interval
from simulation.results.intervals import Estimate
from simulation.results.names import ALLE, Figure, Group, Names, against_reference, arm_groups
from simulation.results.result import Result
from simulation.results.verdict import Beside
from simulation.world.names import Name

SHOWN = (
    "entered_share", "weeks_to_exit", "median_weeks_to_exit", "talk_share", "talk_personal_share", "talks_held",
    "no_show_share", "no_time_share", "away_share", "no_caseworker_share", "no_partner_share", "not_booked_share",
    "too_few_share", "overtaken_share", "on_time_share", "called_on_time_share", "backlog", "wait_first_talk",
    "wait_first_talk_all", "talk_gap", "wait_caseworker", "wait_caseworker_all", "wait_caseworker_unserved",
    "continuity_share", "covered_share", "workplace_share", "workplace_week_share", "praktik_weeks", "wait_praktik",
    "wait_praktik_all", "weeks_employed", "job_ended_13w", "job_lasts_52w", "hours", "jobs_added", "jobs_net",
    "jobs_displaced", "jobs_displaced_untreated", "jobs_displaced_elsewhere", "caseload", "caseload_max",
    "utilisation", "utilisation_peak", "vacancy_share", "absence_share", "substitute_share", "staff_cost",
)  # fmt: skip
"""Outcomes of the whole follow-up in the order of the table, after the exits."""
BY_MONTH = ("ever_employed", "hours_employed")
IN_SOME = "(in ...): so many replications have the figure. "
ONE_ERROR = "the simulation error, 95 %: not that of the parameters, and not that of one trial"
PAIRED_ERROR = "the simulation error of the paired difference, 95 %: not that of the parameters"
UNPAIRED_ERROR = "the simulation error of the difference, not paired, 95 %: not that of the parameters"
PAIRED_NOTE = """\
{n} of both by the same luck (seed {seed}); where only some of them have a figure, base
and scenario are of those in which both have it, as the difference is. {error} Variance ratio: how many times
fewer replications the pairing needs than independent runs (– where nothing varies). Shares in %, differences of
shares in percentage points."""
UNPAIRED_NOTE = """\
{n} of each; where only some of them have a figure, base and scenario are of those in which both
have it. {error} Shares in %,
differences of shares in percentage points."""


def run_table(result: Result) -> str:
    """The comparison table of a run."""
    scenario = result.loaded.scenario
    names, groups = result.names, [group for group in arm_groups(scenario) if group != ALLE or len(scenario.arms) == 1]
    compared = against_reference(scenario)
    published: dict[tuple[str, Group], Beside] = {}
    for beside in result.beside_published():  # the first one stands in the table, all of them below it
        published.setdefault((beside.named.outcome, beside.named.group), beside)
    apart = [" − ".join(map(str, names.contrasts[group])) for group in compared]
    rows = [["outcome", *map(str, groups), *apart, "published"]]
    have = set(result.keys)
    for outcome in shown_outcomes(names):
        if not any(Figure(outcome, group) in have for group in groups):
            continue
        figures = [Figure(outcome, group) for group in [*groups, *compared]]
        if names.meaning(outcome).on_screen == "unless 0" and not any(result.values(each).any() for each in figures):
            continue
        cells = [
            with_interval(names.unit(outcome), result.estimate_of(figure), figure.group in compared)
            if figure in have
            else "–"
            for figure in figures
        ]
        beside_it = [
            cited(names, published[outcome, group], group, scenario.follow_up)
            for group in dict.fromkeys([*groups, ALLE])
            if (outcome, group) in published
        ]
        if any(cell != "–" for cell in cells):
            rows.append([label(outcome, names), *cells, "; ".join(beside_it)])
    n = len(result.replications)
    in_some = any("(in " in cell for row in rows for cell in row)
    first, last = scenario.measured_weeks()
    measured = float(np.mean([replication.measured for replication in result.replications]))
    note = (
        f"Mean of {counted(n)} of {sum(scenario.persons().values()):,} ledige. Measured are "
        f"those enrolled in weeks {first} to {last}, {_persons(measured)}, for {scenario.follow_up} weeks; "
        f"shares of refusals, talks on time and waits are of everybody in the whole run. {error_note(n, ONE_ERROR)} "
        f"{IN_SOME if in_some else ''}"
        "Shares in %, differences of shares in percentage points."
    )
    lines = [grid(rows), "", textwrap.fill(note, WIDTH)]
    if scenario.teams:
        for staff in (team_table, staff_needed, partners_needed):
            if section_lines := staff(result, WIDTH):
                lines += ["", *section_lines]
    sections = (hazard_ratios, displacement, organisations, by_benefit, states, months, milestone_lights, by_jobcentre)
    for section in sections:
        if section_lines := section(result):
            lines += ["", *section_lines]
    besides = list(result.beside_published())
    if besides:
        lines += ["", *verdicts(names, besides)]
    lines += ["", textwrap.fill(unidentified(result), WIDTH, subsequent_indent="    ")]
    return "\n".join(lines)


def _persons(number: float) -> str:
    """Such as 400, or about 398 where replications differ."""
    return f"{number:,.0f}" if number == round(number) else f"about {number:,.0f}"


def shown_outcomes(names: Names) -> list[str]:
    """Outcomes in the order of the table: those of everything, those of the interventions, those from referral on."""
    exits = [f"exit_{name}" for name in names.scenario.exits]
    of_interventions = [outcome for outcome in names.meanings if names.intervention(outcome)]
    shown = [outcome for outcome in of_interventions if names.meaning(outcome).on_screen != "never"]
    own = [outcome for outcome in shown if not _stands_already(names, outcome)]
    on_each = [f"weeks_on_{name}" for name in ("benefit", *names.scenario.benefits)] if names.scenario.benefits else []
    return [*exits, *on_each, *SHOWN, *own, *BY_MONTH]


def _stands_already(names: Names, outcome: str) -> bool:
    """Whether an outcome of the only intervention of its kind is one of the whole kind, too, which the table has."""
    interventions = names.scenario.interventions
    kind = type(interventions[names.intervention(outcome)])
    alone = sum(isinstance(each, kind) for each in interventions.values()) == 1
    made_of = [(each.of, each.per) for name, each in kind.common_outcomes.items() if name in SHOWN and each.of]
    there = {what: each for what, each in kind.outcomes.items() if (each.of, each.per) in made_of}
    of_everybody = [what for each in there.values() for what in each.of_served or ()]
    return alone and Name.read(outcome).what in (*there, *of_everybody)


def beside_table(result: Result, base: Result, called: str) -> str:
    """A scenario that was run for comparison with a base: its published figures with the simulated ones."""
    scenario, n = result.loaded.scenario, len(result.replications)
    lines = [f"Beside it, by the same seed: {called} ({sum(scenario.persons().values()):,} ledige, {counted(n)})."]
    if differs := differ_in(base, result):
        lines += [textwrap.fill(f"The two do not differ in policy alone: {'; '.join(differs)}.", WIDTH)]
    if state_lines := states(result):
        lines += ["", *state_lines]
    return "\n".join([*lines, "", *verdicts(result.names, list(result.beside_published()))])


def compare_table(
    comparison: Comparison, spread: PairedSpread | None = None, called: tuple[str, str] | None = None
) -> str:
    """The table of two scenarios: what differs, both figures, paired difference with interval (and parameter
    uncertainty, if it was simulated), variance ratio. `called` are names by which the two are told apart."""
    base, scenario = called or comparison.names
    alike, left_out = comparison.alike, [comparison.base.names.write(outcome) for outcome in comparison.left_out]
    uncertain = ["parameters"] if spread else []
    rows = [["outcome", "group", "base", "scenario", "difference", *uncertain, "variance ratio"]]
    by_figure, names = {d.key: d for d in comparison.differences()}, comparison.scenario.names
    groups = [
        group for group in dict.fromkeys(figure.group for figure in by_figure)
        if group.kind not in ("difference", "team") and not (group.kind == "arm" and group != group.whole)
    ]  # fmt: skip
    unchanged = []
    for outcome in shown_outcomes(names):
        shown = [(group, by_figure[Figure(outcome, group)]) for group in groups if Figure(outcome, group) in by_figure]
        shown = [(group, d) for group, d in shown if d.base.n or d.scenario.n]
        if shown and all(d.same for _, d in shown):
            unchanged.append(names.write(outcome))
            continue
        rows += [
            [label(outcome, names), str(group), *_difference_cells(names.unit(outcome), d, spread)]
            for group, d in shown
        ]
    n = min(len(comparison.base.replications), len(comparison.scenario.replications))
    note, what = (PAIRED_NOTE, PAIRED_ERROR) if alike.same_people else (UNPAIRED_NOTE, UNPAIRED_ERROR)
    if not comparison.changes and not any(abs(d.difference.value) > 0 for d in by_figure.values()):
        return "\n".join([f"base:     {base}", f"scenario: {scenario}", "", *changed_lines([])])
    return "\n".join(
        [
            f"base:     {base}",
            f"scenario: {scenario}",
            "",
            *changed_lines(comparison.changes),
            *([""] if (marks := alike_lines(alike, left_out, WIDTH)) else []),
            *marks,
            "",
            grid(rows) if len(rows) > 1 else "Nothing that is measured changes.",
            *([f"Exactly unchanged in every replication: {', '.join(unchanged)}."] if unchanged else []),
            *displacement_of_one(comparison, (base, scenario)),
            "",
            textwrap.fill(note.format(n=counted(n), seed=alike.base.seed, error=error_note(n, what)), WIDTH),
            *([] if spread is None else [_parameters(spread)]),
        ]
    )


def _parameters(spread: PairedSpread) -> str:
    parameters = [*spread.base.parameters, *spread.scenario.parameters]
    return textwrap.fill(
        f"Parameters: where the difference lies for 95 % of {spread.base.draws} draws of {len(set(parameters))} fitted "
        f"parameters from their posterior, in both scenarios the same, {spread.base.replications} replications each, "
        "less luck (–: no more than luck). "
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
    apart = d.key.group.kind == "difference"
    low, high = spread.parameter(d.key, d.difference.value) if spread else (math.nan, math.nan)
    return [
        _mean(unit, d.base, apart), _mean(unit, d.scenario, apart), with_interval(unit, d.difference, True),
        *([span(unit, low, high, True)] if spread else []), ratio,
    ]  # fmt: skip


def _mean(unit: str, e: Estimate, apart: bool) -> str:
    if math.isnan(e.value) and not math.isnan(e.beyond):
        return f"beyond {e.beyond:g}"
    return number(unit, e.value, apart)
