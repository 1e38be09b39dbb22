"""What `run` and `compare` answer with `--json`, and what they print with `--all`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.cli.console import say

if TYPE_CHECKING:
    from simulation.experiments.needed import Needed
    from simulation.experiments.spread import PairedSpread
    from simulation.report.store import Ran


def run_answer(ran: Ran, names: Sequence[str], needed: Sequence[Needed], facts: Mapping[str, Any]) -> dict[str, Any]:
    """A run as one object: `facts` of how it was done, outcomes, what was run beside it, and its base."""
    from simulation.experiments.spread import Spread
    from simulation.report.answer import answer_of, changes_of, differ_in, differences_of, outcomes_of, rows_of

    (result,) = ran.results
    spread = next((each for each in ran.spreads if isinstance(each, Spread)), None)
    base = ran.comparisons[0] if ran.base is not None else None
    return {
        "scenario": names[0], **facts, "outcomes": outcomes_of(result),
        "needed_effects": [answer_of(n) for n in needed],
        **({} if spread is None else {"parameter_uncertainty": rows_of(spread.table())}),
        **({} if ran.under is None else {"uncertainty": ran.under.as_dict()}),
        "beside": [
            {"scenario": name, "differs_in": differ_in(result, other), "outcomes": outcomes_of(other)}
            for name, other in zip(names[1:], ran.beside, strict=True)
        ],
        "base": None if base is None else {
            "scenario": base.base.loaded.scenario.name, **changes_of(base), "outcomes": differences_of(base),
        },
    }  # fmt: skip


def compare_answer(ran: Ran, names: Sequence[str], files: Sequence[str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """A comparison as one object, several as a list of such."""
    from simulation.report.answer import changes_of, differences_of

    answers = []
    for number, comparison in enumerate(ran.comparisons):
        simulating = ran.results[0].simulating + comparison.scenario.simulating
        seconds = {"simulate": round(simulating, 4), "total": facts["seconds"]["total"]}
        answers.append({
            "scenario": names[number + 1], "base": names[0], "file": files[number + 1], "base_file": files[0],
            "tables": ran.labels[number + 1], **facts, "seconds": seconds,
            "replications": len(comparison.scenario.replications), **changes_of(comparison),
            "outcomes": differences_of(comparison, _paired(ran, number)),
        })  # fmt: skip
    answer = answers[0] if len(answers) == 1 else {"comparisons": answers}
    return {**answer, **({} if ran.under is None else {"uncertainty": ran.under.as_dict()})}


def run_in_full(ran: Ran, names: Sequence[str], needed: Sequence[Needed]) -> None:
    """Print everything of a run."""
    from simulation.experiments.spread import Spread
    from simulation.report.posterior import uncertainty_table
    from simulation.report.text import beside_table, compare_table, run_table
    from simulation.report.under_text import under_notes, under_table

    (result,) = ran.results
    say(f"\n{names[0]}\n\n{run_table(result)}\n")
    if ran.base is not None:
        say(f"Beside what it extends, by the same luck:\n\n{compare_table(ran.comparisons[0])}\n")
    for spread in ran.spreads:
        if isinstance(spread, Spread):
            say(uncertainty_table(spread) + "\n")
    if ran.under is not None:
        uncertain = ran.under.uncertain
        say(f"{under_table(uncertain, ran.under.answers[''])}\n\n{under_notes(uncertain)}\n")
    for name, other in zip(names[1:], ran.beside, strict=True):
        say(beside_table(other, result, name) + "\n")
    for answered in needed:
        say(answered.sentence() + "\n")


def compare_in_full(ran: Ran, names: Sequence[str]) -> None:
    """Print everything of a comparison."""
    from simulation.report.text import compare_table
    from simulation.report.under_text import under_notes, under_table

    for number, comparison in enumerate(ran.comparisons):
        called = (names[0], names[number + 1])
        say(f"\n{compare_table(comparison, _paired(ran, number), called)}\n")
        if ran.under is not None:
            say(under_table(ran.under.uncertain, ran.under.answers[ran.labels[number + 1]], True) + "\n")
    if ran.under is not None:
        say(under_notes(ran.under.uncertain) + "\n")
    if len(tables := ran.labels[1:]) > 1:
        say(f"Tables of the scenarios begin with {', '.join(f'{label}_' for label in tables)}.")


def _paired(ran: Ran, number: int) -> PairedSpread | None:
    from simulation.experiments.spread import PairedSpread

    found = ran.spreads[number] if len(ran.spreads) > number else None
    return found if isinstance(found, PairedSpread) else None
