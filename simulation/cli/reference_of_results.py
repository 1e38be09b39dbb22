"""What of results stands in docs/reference.md: outcomes that a scenario asks for, columns of tables, exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import get_args

from calibration.validation_report import COLUMNS as OF_VALIDATION
from simulation.cli.console import (
    INPUT_WRONG,
    INTERRUPTED,
    NOT_PRECISE,
    RUN_FAILED,
    TERMINATED,
    UNHEARD,
    WRONG_FIGURES,
)
from simulation.cli.verify import DIFFERENT
from simulation.interventions.contract import Outcome
from simulation.report.best.text import COLUMNS as OF_BEST
from simulation.report.best.text import OF_LIMIT
from simulation.report.economy.text import cba_columns
from simulation.report.sensitivity.text import COLUMNS as OF_SENSITIVITY
from simulation.report.sweep.text import COLUMNS as OF_SWEEP
from simulation.report.trial.text import trial_columns
from simulation.report.under import COLUMNS as OF_UNCERTAINTY
from simulation.results.by_benefit import outcomes_by_benefit
from simulation.results.by_score import outcomes_by_score
from simulation.results.tables.run_tables import COLUMNS as OF_RUN
from simulation.results.watched import date_of, watched_outcomes
from simulation.scenario.load import load
from simulation.scenario.reference import NAME, table
from simulation.scenario.schema import Scenario
from simulation.scenario.shown import Indicator
from simulation.world.labels import UNITS, Label

EXIT = "EXIT"
"""Stands for the name of any destination."""
WEEK = "WEEK"
HEAD = ("outcome", "in English", "in Danish", "unit", "definition")
OF_ASKED = f"""\
Told where `watched`, `success`, `together` or `reports_at` ask for it ([results.md](results.md#what-trials-watched)).
`{WEEK}` is a
week of `reports_at`; with `benefits` what is printed by month is told of each of them, too (`..._dagpenge`).
"""
OF_BENEFITS = """\
Of a scenario with `benefits` ([benefits.md](benefits.md)), each of them and each way that is possible; here those of
`shipped/flow_dagpenge`.
"""
OF_SCORES = "Of each score of `profile`; here that of `shipped/hvad_hvis/dagpenge_fritag_25_profil`."
OF_COLUMNS = """\
Every table of a results folder is a CSV with some of these columns; `tables/schema.json` has the same beside the
figures.
"""
EXIT_CODES: Mapping[int, str] = {
    0: "done",
    DIFFERENT: "something differs (`verify`, `diff`)",
    INPUT_WRONG: "the input is wrong: every mistake is told with file, line and column, and nothing was run",
    RUN_FAILED: "the run failed, and why is told; what was finished is kept",
    UNHEARD: "done, but what was to be printed could not be written anywhere; the results are there",
    WRONG_FIGURES: "`selftest` failed: do not use the figures of this installation",
    NOT_PRECISE: "done and kept, but `--until-halfwidth` was not reached: how many more it takes is told",
    INTERRUPTED: "interrupted (Ctrl-C); the same command goes on from what is finished",
    TERMINATED: "ended by SIGTERM; the same",
}


def outcome_table(outcomes: Mapping[str, Outcome]) -> str:
    """Outcomes by name, with their labels, units and definitions."""
    return table(HEAD, (
        (f"`{name}`", outcome.label.en, outcome.label.da, outcome.unit if outcome.unit == "share" else
         UNITS[outcome.unit].en, outcome.definition)
        for name, outcome in outcomes.items()
    ))  # fmt: skip


def asked_outcomes() -> dict[str, Outcome]:
    """All that a scenario may ask for beside what every one has, of a destination, a week and a group of any name."""
    week = "2026-W26"
    base = _shipped("base_2027_dagpenge")
    asking = base.model_copy(update={
        "watched": [*get_args(Indicator)], "success": [EXIT], "together": {NAME: [EXIT]}, "reports_at": [week],
        "exits": {EXIT: base.exits["job"]}, "benefits": {}, "states_at": [26],
    })  # fmt: skip
    return {
        name.replace(date_of(week), WEEK): _of_any_week(outcome, week)
        for name, outcome in watched_outcomes(asking).items()
    }


def further_outcomes() -> Iterator[str]:
    """Outcomes that hang on what a scenario has or asks for, as sections of the page."""
    for title, text, outcomes in (
        ("Outcomes that a scenario asks for", OF_ASKED, asked_outcomes()),
        ("Outcomes of several benefits", OF_BENEFITS, outcomes_by_benefit(_shipped("flow_dagpenge"))),
        ("Outcomes of a score", OF_SCORES, outcomes_by_score(_shipped("hvad_hvis/dagpenge_fritag_25_profil"))),
    ):
        yield from (f"### {title}", "", text, "", outcome_table(outcomes), "")


def columns() -> dict[str, Mapping[str, str]]:
    """The columns of tables, by what writes them."""
    limits = {f"limitN{part}": meaning for part, meaning in OF_LIMIT.items()}
    return {
        "Tables of run and compare": OF_RUN, "Tables of all uncertainty": OF_UNCERTAINTY, "Tables of sweep": OF_SWEEP,
        "Tables of best": {**OF_BEST, **limits}, "Tables of trial": trial_columns(),
        "Tables of sensitivity": OF_SENSITIVITY, "Tables of cba": cba_columns(), "Tables of validate": OF_VALIDATION,
    }  # fmt: skip


def of_columns() -> Iterator[str]:
    """The part of the page on columns."""
    yield from ("## Columns of tables", "", OF_COLUMNS)
    for title, meanings in columns().items():
        rows = ((f"`{column}`", meaning) for column, meaning in meanings.items())
        yield from (f"### {title}", "", table(("column", "what it is"), rows), "")


def of_exit_codes() -> Iterator[str]:
    """The part of the page on exit codes."""
    rows = ((str(code), meaning) for code, meaning in EXIT_CODES.items())
    yield from ("## Exit codes", "", table(("exit code", "what it means"), rows), "")


def _shipped(name: str) -> Scenario:
    return load(f"shipped/{name}").scenario


def _of_any_week(outcome: Outcome, week: str) -> Outcome:
    label = Label(outcome.label.en.replace(week, WEEK), outcome.label.da.replace(week, WEEK))
    return replace(outcome, label=label, definition=outcome.definition.replace(week, WEEK))
