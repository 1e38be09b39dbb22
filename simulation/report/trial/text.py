"""A rehearsed trial as JSON, and in its results folder."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulation.experiments.trial.found import Rehearsed
from simulation.report.answer import finite, rows_of
from simulation.report.store import made_by_of
from simulation.results.tables.folder import Keeping, Saved, save
from simulation.results.trial.operating import Interval, Test

if TYPE_CHECKING:
    import pandas as pd

    from simulation.world.labels import Language

OF_FIGURES = {
    "power": "share of rehearsals in which the test rejects (p at most 0.05)",
    "type_i": "the same where the treated get the control's plan",
    "effects_off": "the same where delivery has no effect but is registered",
    "estimate": "mean of the estimates",
    "truth": "the effect by lot in the trial as run that is true in the model",
    "bias": "mean of the estimates less the truth",
    "coverage": "share of rehearsals whose 95 % interval holds the truth",
    "type_s": "of significant estimates the share with the wrong sign",
    "type_m": "how many times too large significant estimates are on average",
    "smallest": "the effect that is found in 80 % of trials of this size",
    "recruited": "persons by lot",
    "in_data": "persons whose data are analysed",
    "stopped_early": "share of rehearsals that stop before their time",
    "treated_of_control": "share of the controls recorded as treated",
    "treated_of_treated": "share of those drawn as treated recorded as that",
    "itt": "effect by lot in the trial as run",
    "roll_out": "effect of everybody treated against nobody, with the staff that this takes",
    "untreated": "effect of the trial on those who are not treated",
    "gap": "roll_out less itt, by common luck",
    "as_run": "share of rehearsals with at least so many such jobcentres, in the trial as run",
    "no_effect": "the same where the treated get the control's plan",
    "icc": "correlation of persons within a jobcentre, without treatment",
    "design_effect": "how many times the variance of lots of persons lots of jobcentres have",
}
"""Figures that have columns for both ends of their simulation error, 95 %, too."""
COLUMNS = {
    "persons": "persons of the trial as planned",
    "jobcentres": "how many jobcentres take part",
    "staff": "follows: as much staff and as many places for each ledig as the scenario has; held: those it has",
    "rehearsals": "how often the trial was rehearsed",
    "measure": "what is reckoned: a difference, a hazard ratio (its logarithm is told), a log-rank test",
    "errors": "individual: errors by person; clustered: by jobcentre; permutation: of lots",
    "population": "itt: as drawn; treated: those who take it up because they were drawn",
    "primary": "whether the trial succeeds or not by this test",
    "spread": "standard deviation of the estimates between rehearsals",
    "error": "mean of the errors that the analysis tells; of a rehearsal the error itself",
    "attainable": "size at most 5 % that a permutation test can have, as far as there are lots; else empty",
    "at_least": "so many jobcentres, tested each by itself, have significantly more exits among the treated",
    "luck": "chance of at least so many by luck, if each test were wrong in 2.5 %",
    "rehearsal": "number of the rehearsal, from 0",
    "low": "lower end of the 95 % interval that the analysis tells",
    "high": "upper end of it",
    "freedom": "degrees of freedom of the test; inf: normal",
    "p": "p-value of the test",
}
"""Columns that other tables do not have, or have in another sense."""


def trial_tables(rehearsed: Rehearsed) -> dict[str, pd.DataFrame]:
    """All tables by file name without ending."""
    tables = {
        "trial": rehearsed.table(), "truths": rehearsed.truths_table(), "estimates": rehearsed.estimates_table(),
        "places": rehearsed.places_table(),
    }  # fmt: skip
    return {name: table for name, table in tables.items() if len(table)}


def trial_columns() -> dict[str, str]:
    """What the columns of these tables mean."""
    ends = {f"{name}_{end}": f"{side} end of the simulation error, 95 %, of that"
            for name in OF_FIGURES for end, side in (("low", "lower"), ("high", "upper"))}  # fmt: skip
    return {**COLUMNS, **OF_FIGURES, **ends}


def store_trial(
    rehearsed: Rehearsed, run: Mapping[str, Any], keeping: Keeping, mark: str, question: str,
    language: Language = "en",
) -> Saved:  # fmt: skip
    """Put a rehearsed trial into its results folder, of the fingerprint `mark`. Raises as `save` does."""
    from simulation.report.trial.figures import draw_trial

    def draw(folder: pathlib.Path) -> None:
        made_by = made_by_of(rehearsed.loaded.scenario, mark, rehearsed.rehearsals, language)
        draw_trial(rehearsed, folder, made_by, language)

    names = rehearsed.names
    asked = dict.fromkeys(rehearsed.named(test.outcome) for test in rehearsed.own.operating)
    meanings = [(names.write(name), names.meaning(name)) for name in asked]
    outcomes = {name: {"unit": m.unit, "definition": m.definition, "clock": m.clock} for name, m in meanings}
    return save(
        keeping.unfinished.root, keeping.unfinished.name, [rehearsed.loaded], trial_tables(rehearsed),
        {"asked": rehearsed.rehearsals, "done": rehearsed.rehearsals}, {**run, "language": language}, draw, question,
        {"columns": trial_columns(), "outcomes": outcomes}, keeping, mark,
    )  # fmt: skip


def trial_answer(rehearsed: Rehearsed) -> dict[str, Any]:
    """What was found, as plain values; NaN becomes None. Figures of the primary analysis of the scenario's own size
    stand at the top, those of all analyses and sizes in `trial`."""
    trial, truths = rows_of(rehearsed.table()), rows_of(rehearsed.truths_table())
    chief = next(row for row in trial if row["primary"] == "yes")
    true = next(row for row in truths if row["outcome"] == rehearsed.primary.outcome)
    own = {key: value for key, value in true.items() if key not in ("persons", "jobcentres", "staff", "rehearsals")}
    needed, drawn = rehearsed.needed, rehearsed.assurance
    return {
        **chief, **own, "unit": chief["unit"],
        "needed": None if needed is None else {"by": needed.by, **_ends(needed.interval), "within": needed.within},
        "assurance": None if drawn is None else {
            "success": _ends(drawn.success), "right": _ends(drawn.right), "draws": drawn.draws,
        },
        "naive_type_i": _naive(trial, rehearsed.primary), "trial": trial, "truths": truths,
        "places": rows_of(rehearsed.places_table()),
    }  # fmt: skip


def _ends(interval: Interval) -> dict[str, float | None]:
    return {name: finite(getattr(interval, name)) for name in ("value", "low", "high")}


def _naive(rows: list[dict[str, Any]], primary: Test) -> float | None:
    """How often the same analysis with errors of single persons rejects where there is no effect."""
    asked = primary._replace(errors="individual")._asdict()
    return next((row["type_i"] for row in rows if all(row[key] == asked[key] for key in asked)), None)
