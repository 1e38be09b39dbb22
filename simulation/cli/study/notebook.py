"""The notebook of a study: a question, the answer in words from the run, and a figure."""

from __future__ import annotations

import json
from typing import Any

from simulation.world.labels import Label, Language

QUESTION = Label(
    "# $title: at most $limit cases for a caseworker?\n\n"
    "`base.yaml` is the municipality today, `what_if.yaml` the same staff with a caseload limit. Both have the same "
    "luck, so what differs is the limit's doing.",
    "# $title: højst $limit sager pr. sagsbehandler?\n\n"
    "`base.yaml` er kommunen i dag, `what_if.yaml` samme bemanding med et loft over sagsstammen. Tilfældighederne er "
    "de samme i begge, så forskellen skyldes loftet.",
)
RUN = """\
import os

from simulation import compare, load

replications = int(os.environ.get("JOBCENTERSIM_REPLICATIONS", 0)) or None  # none: as many as base.yaml asks for
base, what_if = load("base.yaml"), load("what_if.yaml")
comparison = compare(base, what_if, replications)"""
FOUND = Label("## What it does", "## Hvad loftet gør")
ANSWER = Label(
    """\
table = comparison.table()
table = table[(table["group"] == "alle") & table["week"].isna() & (table["jobcentre"] == "")].set_index("outcome")
for outcome, what in {
    "wait_caseworker_all": "Weeks of waiting for a caseworker",
    "talk_share": "Share of weeks with a talk",
    "exit_any": "Share who have left by the end of the follow-up",
}.items():
    row = table.loc[outcome]
    surely = "" if round(row["low"], 3) > 0 or round(row["high"], 3) < 0 else ": not told apart from nothing"
    print(f"{what}: {row['base']:.3f} -> {row['scenario']:.3f}, difference {row['difference']:+.3f} "
          f"[{row['low']:.3f}; {row['high']:.3f}]{surely}")""",
    """\
table = comparison.table()
table = table[(table["group"] == "alle") & table["week"].isna() & (table["jobcentre"] == "")].set_index("outcome")
for outcome, what in {
    "wait_caseworker_all": "Uger, der ventes på en sagsbehandler",
    "talk_share": "Andel af ugerne med en samtale",
    "exit_any": "Andel, der er afgået ved opfølgningens udløb",
}.items():
    row = table.loc[outcome]
    surely = "" if round(row["low"], 3) > 0 or round(row["high"], 3) < 0 else ": kan ikke skelnes fra ingen forskel"
    print(f"{what}: {row['base']:.3f} -> {row['scenario']:.3f}, forskel {row['difference']:+.3f} "
          f"[{row['low']:.3f}; {row['high']:.3f}]{surely}".replace(".", ","))""",
)
DRAWN = Label("## Cases per caseworker", "## Sager pr. sagsbehandler")
FIGURE = """\
import matplotlib.pyplot as plt

from simulation.results.tables.staff_tables import staff_tables

figure, panel = plt.subplots(figsize=(8, 4), layout="constrained")
for result, style, name in ((comparison.base, "-", "base"), (comparison.scenario, "--", "what_if")):
    cases = staff_tables(result)["caseload"].query("team == '$team'")
    panel.plot(cases["run_week"], cases["mean"], style, lw=2, label=name)
limit = what_if.scenario.teams["$team"].caseload_limit
panel.axhline(limit, color="0.4", lw=0.8)
panel.set(xlabel="$week", ylabel="$cases", ylim=(0, None))
panel.legend(frameon=False)
plt.show()"""
WEEK = Label("week of the run", "uge i kørslen")
CASES = Label("cases per full-time caseworker", "sager pr. fuldtidssagsbehandler")
LIMITS = Label(
    "The intervals are those of the simulation alone. What is assumed is not in them: "
    "`jobcentersim compare base.yaml what_if.yaml --uncertain` draws from that as well.",
    "Intervallerne dækker kun simulationens tilfældighed. Usikkerheden om det antagne er ikke med: "
    "`jobcentersim compare base.yaml what_if.yaml --uncertain` trækker også fra den.",
)


def notebook(language: Language, gaps: dict[str, str]) -> str:
    """The notebook as it is stored, with texts in one language. `gaps` has title, limit and team."""

    def filled(text: str) -> str:
        for gap, value in {**gaps, "week": WEEK.told(language), "cases": CASES.told(language)}.items():
            text = text.replace(f"${gap}", value)
        return text

    parts = [
        ("markdown", QUESTION.told(language)), ("code", RUN), ("markdown", FOUND.told(language)),
        ("code", ANSWER.told(language)), ("markdown", DRAWN.told(language)), ("code", FIGURE),
        ("markdown", LIMITS.told(language)),
    ]  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    stored = {
        "cells": [_cell(kind, filled(text), number) for number, (kind, text) in enumerate(parts)],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    return json.dumps(stored, ensure_ascii=False, indent=1) + "\n"


def _cell(kind: str, text: str, number: int) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": lines}
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell
