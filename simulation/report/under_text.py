"""All uncertainty of answers on the screen: four parts side by side, what the answers hang on, and what to mind."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence

from simulation.experiments.luck import quantiles
from simulation.experiments.uncertain.answers import ENDS, PARTS, Answer, Uncertain, sizes
from simulation.experiments.uncertain.design import SHARING
from simulation.experiments.uncertain.weights import ENOUGH
from simulation.report.words import WIDTH, decimals, grid, label, number, span, with_interval
from simulation.results.names import ALLE, Group, Names, against_reference, arm_groups

SHOWN = ("weeks_to_exit", "weeks_employed", "talk_share", "workplace_share", "utilisation", "staff_cost")
"""Outcomes that are shown after the exits; all others stand in the table."""
BETTER = {
    "exit_job": "more", "exit_egen_job": "more", "exit_fleksjob": "more", "weeks_employed": "more",
    "weeks_to_exit": "less",
}  # fmt: skip
"""Outcomes of which it is clear what is better."""
MOST_NAMED, MOST_SHARES = 8, 3
FEW_AGREE = 0.1
"""Part of the draws below which their effective number shows that ranges and figures do not agree."""
NOTE = (
    "Shares in %, differences in percentage points. Draws [ ]: where the model's mean lies for 95 % of the draws. One "
    "trial [ ]: where the figure of one trial of this size would fall, everything uncertain. Behind ‖ the standard "
    "deviation in its four parts: luck of the simulation, one trial, parameters (what is fitted, and evidence, with "
    "assumptions as written) and assumptions (what they add to it). Luck that is left in draws is taken off."
)


def under_table(uncertain: Uncertain, answers: Sequence[Answer], differences: bool = False) -> str:
    """The table, of a run or of the differences of a comparison, with what the answers hang on."""
    names = uncertain.results[0].names
    groups, apart = shown_groups(names, differences)
    beside = uncertain.weights is not None and not uncertain.weights.enough
    rows = [["outcome", "group", "difference" if differences else "mean", "draws", *(["weighted"] if beside else []),
             "one trial", "‖ luck", "one trial", "parameters", "assumptions", ""]]  # fmt: skip
    hanging, benefits, least = [], [], least_chance(uncertain)
    for outcome in (*(f"exit_{name}" for name in names.scenario.exits), *SHOWN):
        unit = names.unit(outcome) if outcome in names.meanings else ""
        for a in (a for a in answers if a.figure.outcome == outcome and a.figure.time is None):
            group, change = a.figure.group, differences or a.figure.group in apart
            if group not in groups or math.isnan(a.point.value):
                continue
            digits = decimals(unit, max((sd for sd in a.sd.values() if not math.isnan(sd)), default=math.nan))
            weighted = [span(unit, *a.weighted, change)] if beside else []
            parts = [number(unit, a.sd[part], digits=max(digits, 2) if unit != "share" else digits) for part in PARTS]
            draws, trial = (span(unit, *ends, change) for ends in (a.interval, a.trial))
            mean = with_interval(unit, a.point, change)
            rows.append([
                label(outcome, names), str(group), mean, draws, *weighted, trial, f"‖ {parts[0]}", *parts[1:], "",
            ])  # fmt: skip
            if change or not apart:
                hanging.append(f"{names.write(outcome)} of {group}: {hangs_on(a)}")
            if change and outcome in BETTER:
                benefits.append(f"{names.write(outcome)} of {group}: {benefit(a, BETTER[outcome], least)}")
    lines = [grid(rows) if len(rows) > 1 else "Nothing that is shown here is moved by any draw."]
    lines += ["", textwrap.fill(NOTE, WIDTH)]
    if benefits:
        lines += ["", "Is it a benefit? Chance that it is, in the model's mean over all draws, and found by one trial:"]
        lines += benefits
    if hanging:
        lines += ["", "What the answers hang on (square of the rank correlation with one value alone, in %):"]
        lines += [textwrap.fill(sentence, WIDTH, subsequent_indent="    ") for sentence in hanging]
    return "\n".join(lines)


def shown_groups(names: Names, differences: bool) -> tuple[list[Group], list[Group]]:
    """The groups that are shown, and which of them are differences of arms."""
    arms = [group for group in arm_groups(names.scenario) if group != ALLE or len(names.scenario.arms) == 1]
    apart = against_reference(names.scenario)
    return ([*arms, *apart, ALLE] if differences else [*arms, *apart]), apart


def least_chance(uncertain: Uncertain) -> float:
    """The smallest chance that so many draws tell from none: one in their number, or 1 %."""
    weights = uncertain.weights
    worth = uncertain.design.draws if weights is None or not weights.enough else weights.effective
    return min(max(1 / worth, 0.01), 0.5)


def benefit(answer: Answer, better: str, least: float) -> str:
    """The chance that a difference lies on the better side, of the mean and of one trial; none where draws move it no
    further than luck does."""
    if math.isnan(answer.above):
        return f"{better}: not known"
    chances = [above if better == "more" else 1 - above for above in (answer.above, answer.trial_above)]
    mean, trial = ("not known" if math.isnan(chance) else _chance(chance, least) for chance in chances)
    return f"{better} in {mean}; by one trial {trial}"


def _chance(chance: float, least: float) -> str:
    """In whole percent; draws are too few to tell the last ones."""
    end = "over" if chance > 1 - least else "under" if chance < least else ""
    text = f"{min(max(chance, least), 1 - least):.0%}".replace("%", " %")
    return f"{end} {text}".strip()


def hangs_on(answer: Answer) -> str:
    """The values that an answer hangs on, the largest shares first, and how many stand out."""
    shares = [f"{name} {100 * share:.0f}" for name, share in answer.hangs.shares.items()]
    if not shares:
        return f"none of {answer.hangs.drawn} drawn values stands out."
    more = f" and {len(shares) - MOST_SHARES} more" if len(shares) > MOST_SHARES else ""
    verb = "stands" if len(shares) == 1 else "stand"
    return f"{', '.join(shares[:MOST_SHARES])}{more}; {len(shares)} of {answer.hangs.drawn} {verb} out."


def under_notes(uncertain: Uncertain) -> str:
    """How it was drawn, by what it was weighted, and what is not in it."""
    return "\n".join(
        textwrap.fill(sentence, WIDTH, subsequent_indent="    ") if "─" not in sentence else sentence
        for sentence in _notes(uncertain)
    )


def _notes(uncertain: Uncertain) -> Iterator[str]:
    design, count = uncertain.design, sizes(uncertain.design)
    rows = -(-design.draws // SHARING)
    yield (
        f"All uncertainty: {design.draws} draws of {count['fitted']} fitted values from their posterior, "
        f"{count['evidence']} of evidence and {count['assumptions']} that are assumed, {uncertain.replications} "
        f"replications each; {rows} draws of the parameters alone tell the parts from each other. "
        "tables/drawn.csv has every value with its distribution and source."
    )
    yield from _weighing(uncertain)
    if design.question:
        yield f"Not drawn, for it is the question: {_named(design.question)}."
    if design.held:
        yield f"Held at the scenario's own values: {_named(design.held)}."
    if design.not_drawn:
        yield f"Not drawn, for nothing says how sure they are: {_named([each.name for each in design.not_drawn])}."
    if design.anew:
        left = f", and {design.as_written} of them stay as written" if design.as_written else ""
        yield f"{design.anew} draws were refused by a scenario (limits together) and made anew{left}."


def _weighing(uncertain: Uncertain) -> Iterator[str]:
    weights, draws = uncertain.weights, uncertain.design.draws
    if weights is None:
        if uncertain.why:
            yield f"The draws all count the same: {uncertain.why}."
        return
    yield (
        f"What is fitted was fitted with assumptions as written, so draws are weighted by the likelihood of the "
        f"{len(weights.fitted.targets)} figures that were fitted. They are worth {weights.effective:.1f} of {draws} "
        f"draws (Kish)."
    )
    if not weights.enough:
        hardly = (
            "Hardly any draw agrees with the published figures: the ranges of what is assumed are wider than these "
            "leave, or the fit would be another one."
        )
        yield (
            f"FEWER THAN {ENOUGH}: too few to tell. "
            f"{hardly if weights.effective < FEW_AGREE * draws else 'More draws may tell (--draws).'} Everything shown "
            "is of draws that all count the same; what the weights say stands beside it."
        )
    yield "The fitted figures under the draws:"
    yield grid(list(_figures(uncertain)))


def _figures(uncertain: Uncertain) -> Iterator[list[str]]:
    weights, run = uncertain.weights, uncertain.results[0]
    assert weights is not None
    yield ["figure", "group", "published", "at the point", "draws, all the same", "weighted", ""]
    for name, figure in weights.fitted.figures.items():
        target, e = weights.fitted.targets[name], run.estimate_of(figure)
        unit = run.names.unit(figure.outcome)
        values = e.value + uncertain.every[0][figure].shifts.mean(axis=1)
        ends = [quantiles(values, each, ENDS) for each in (uncertain.same, weights.of_draws)]
        spans = [span(unit, low, high) for low, high in ends]
        time = "" if figure.time is None else f" at {figure.time}"
        yield [
            f"{label(figure.outcome, run.names)}{time}", str(figure.group), number(unit, float(target.figure or 0.0)),
            with_interval(unit, e), *spans, "",
        ]  # fmt: skip


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more (tables/drawn.csv)" if more > 0 else "")


