"""The notebook of a study: a question, the answer in words from the run, and a figure."""

from __future__ import annotations

import json
from string import Template
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
ANSWER = """\
table = comparison.table()
table = table[(table["group"] == "alle") & table["week"].isna() & (table["jobcentre"] == "")].set_index("outcome")
shown = {  # outcome: what it is, and by how much it is multiplied
    "wait_caseworker_all": ("$wait", 1),
    "talk_share": ("$talks", 100),
    "exit_any": ("$left", 100),
}
for outcome, (what, scale) in shown.items():
    before, after, by, low, high = (
        round(scale * table.loc[outcome, column], 1) + 0.0  # and no -0.0
        for column in ("base", "scenario", "difference", "low", "high")
    )
    surely = "" if low > 0 or high < 0 else "; $nothing"
    print(f"{what}: {before} -> {after}, $difference {by:+} [{low:+}; {high:+}]{surely}"$manner)"""
WORDS = {
    "wait": Label("Weeks of waiting for a caseworker", "Uger, der ventes på en sagsbehandler"),
    "talks": Label("Weeks with a talk, %", "Uger med en samtale, %"),
    "left": Label("Left by the end of the follow-up, %", "Afgået ved opfølgningens udløb, %"),
    "nothing": Label("not told apart from no difference", "kan ikke skelnes fra ingen forskel"),
    "difference": Label("difference", "forskel"),
    "manner": Label("", '.replace(".", ",")'),
    "week": Label("week of the run", "uge i kørslen"),
    "cases": Label("cases per full-time caseworker", "sager pr. fuldtidssagsbehandler"),
}
"""What stands in the gaps of code."""
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
LIMITS = Label(
    "The intervals are those of the simulation alone. What is assumed is not in them: "
    "`jobcentersim compare base.yaml what_if.yaml --uncertain` draws from that as well.",
    "Intervallerne dækker kun simulationens tilfældighed. Usikkerheden om det antagne er ikke med: "
    "`jobcentersim compare base.yaml what_if.yaml --uncertain` trækker også fra den.",
)


def notebook(language: Language, gaps: dict[str, str]) -> str:
    """The notebook as it is stored, with texts in one language. `gaps` has title, limit and team."""

    def filled(text: str) -> str:
        return Template(text).substitute({**gaps, **{gap: words.told(language) for gap, words in WORDS.items()}})

    parts = [
        ("markdown", QUESTION.told(language)), ("code", RUN), ("markdown", FOUND.told(language)),
        ("code", ANSWER), ("markdown", DRAWN.told(language)), ("code", FIGURE),
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
