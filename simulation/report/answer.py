"""What the commands answer with `--json`: plain dictionaries; NaN becomes None."""

from __future__ import annotations

import math
from typing import Any

from simulation.experiments.compare import Comparison, Difference
from simulation.experiments.needed import Needed
from simulation.experiments.spread import PairedSpread
from simulation.results.intervals import NAN, PARAMETERS, SIMULATION
from simulation.results.names import Figure, Names
from simulation.results.result import Result
from simulation.results.verdict import Beside, Distance
from simulation.scenario.alike import Alike
from simulation.scenario.files.problems import Problem


def outcomes_of(result: Result) -> list[dict[str, Any]]:
    """Every outcome of a run, the first published figure beside it."""
    published: dict[Figure, Beside] = {}
    for beside in result.beside_published():
        published.setdefault(beside.named, beside)
    rows = []
    for key in dict.fromkeys([*result.keys, *published]):  # of what is published here the run may have nothing
        cited = published.get(key)
        e = cited.simulated if cited else result.estimate_of(key)
        apart = cited.distance if cited else Distance(NAN, NAN, "")
        rows.append(
            {
                **_named(result.names, key, cited), "value": finite(e.value), "low": finite(e.low),
                "high": finite(e.high), "interval": SIMULATION, "known": e.n, "beyond": finite(e.beyond),
                "published": cited.figure.figure if cited else None,
                "source": f"{cited.figure.source}, p. {cited.figure.page}" if cited else None,
                "distance": finite(apart.units), "distance_sd": finite(apart.in_sd), "verdict": apart.verdict or None,
            }
        )  # fmt: skip
    return rows


def differences_of(comparison: Comparison, spread: PairedSpread | None = None) -> list[dict[str, Any]]:
    """Every outcome of two scenarios; `value` is the scenario's, `low` and `high` are of the difference, and so are
    `parameter_low` and `parameter_high`, where parameter uncertainty was simulated."""
    return [
        {
            **_parameters(d, spread),
            **_named(comparison.base.names, d.key), "value": finite(d.scenario.value),
            "low": finite(d.difference.low), "high": finite(d.difference.high), "interval": comparison.interval,
            "base": finite(d.base.value), "scenario": finite(d.scenario.value), "known": d.difference.n,
            "beyond": finite(d.base.beyond if math.isnan(d.scenario.beyond) else d.scenario.beyond),
            "difference": finite(d.difference.value), "variance_ratio": finite(d.variance_ratio),
            "published": None, "source": None,
        }
        for d in comparison.differences()
    ]  # fmt: skip


def changes_of(comparison: Comparison) -> dict[str, Any]:
    """What differs between two scenarios, and what that means: outcomes that are left out, in what the people differ
    who are followed (then replications are no pairs), arms that have other people in them, and interventions whose
    chances are others."""
    return {
        "changed": [change.columns() for change in comparison.changes],
        "left_out": [comparison.base.names.write(outcome) for outcome in comparison.left_out],
        "other_people": comparison.alike.cohort, "other_people_in_arms": comparison.alike.other_arms,
        "other_luck": comparison.alike.other_luck,
    }  # fmt: skip


def differ_in(base: Result, other: Result) -> list[str]:
    """In what a scenario that is run beside another differs from it, apart from the policy."""
    return Alike(base.loaded.scenario, other.loaded.scenario).sentences


def _parameters(d: Difference, spread: PairedSpread | None) -> dict[str, Any]:
    if spread is None:
        return {}
    low, high = spread.parameter(d.key, d.difference.value)
    return {"parameter_low": finite(low), "parameter_high": finite(high), "parameter_interval": PARAMETERS}


def answer_of(needed: Needed) -> dict[str, Any]:
    """The answer to a question put backwards."""
    return {
        "question": needed.question.question, "parameter": needed.question.parameter, "value": finite(needed.value),
        "low": finite(needed.low), "high": finite(needed.high), "interval": SIMULATION,
        "below": needed.tried[0] if needed.open_low else None,
        "above": needed.tried[-1] if needed.open_high else None,
    }  # fmt: skip


def finding(problem: Problem) -> dict[str, Any]:
    """One mistake or doubt."""
    mark = problem.mark
    return {
        "severity": problem.severity, "message": problem.message, "path": problem.path,
        "file": mark.file if mark else None, "line": mark.line if mark else None,
        "column": mark.column if mark else None,
    }  # fmt: skip


def _named(names: Names, figure: Figure, cited: Beside | None = None) -> dict[str, str | int | None]:
    """Outcome, group, and week since enrolment or month since referral of a figure."""
    if figure.outcome not in names.meanings and cited is not None:
        printed = cited.figure
        return {
            "outcome": printed.outcome, "group": printed.group, "week": printed.week, "month": printed.month,
        }  # fmt: skip
    columns = names.columns(figure)
    return {
        "outcome": columns["outcome"], "group": str(figure.group), "week": columns["week"], "month": columns["month"],
    }  # fmt: skip


def finite(value: float) -> float | None:
    """The number, or None if it is none."""
    return value if math.isfinite(value) else None


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a table; NaN becomes None."""
    rows = frame.astype(object).to_dict(orient="records")
    return [
        {key: None if isinstance(v, float) and not math.isfinite(v) else v for key, v in row.items()} for row in rows
    ]
