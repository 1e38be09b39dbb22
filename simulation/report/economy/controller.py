"""The controller's table on the screen: the budget year and three more, by payer and by what it is for."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulation.economy.cba.budget import DIFFERENCE, Block
from simulation.report.columns import line_of
from simulation.report.economy.budget_words import (
    PAYERS,
    UNKNOWN,
    WEEKS,
    line_name,
    of_payers,
    of_years,
    span_name,
    weeks_of,
)
from simulation.report.economy.labels import ACCOUNT
from simulation.report.economy.money import scale_for
from simulation.report.economy.words import Telling
from simulation.report.screen import paragraph
from simulation.report.trial.screen import EVERY
from simulation.results.sobol import Part
from simulation.world.labels import Label

MORE = Label("Controller's table, {unit} of {year}: {name} against {base}",
             "Budgettabel, {unit} i {year}-priser: {name} i forhold til {base}")  # fmt: skip
AS_IT_IS = Label(
    "Controller's table, {unit} of {year}: {name} as it is (intervals: tables/budget.csv)",
    "Budgettabel, {unit} i {year}-priser: {name}, som det er (intervaller: tables/budget.csv)",
)


def controllers_table(telling: Telling) -> Iterator[str]:
    """Of every scenario what it has more than the base, with intervals and the foot; then all as they are."""
    last = len(telling.assessed.against) - 1
    for number, block in enumerate(telling.assessed.budget.blocks):  # first what is more than in the base
        yield ""
        yield from _block(telling, block)
        if block.of == DIFFERENCE:
            about = of_years(telling) if number == last else ()
            yield from paragraph("", " ".join([*of_payers(telling, number), *about]), EVERY)
    yield ""


def _block(telling: Telling, block: Block) -> Iterator[str]:
    words, budget = telling.words, telling.assessed.budget
    spans, shown = budget.spans, [(who, block.kroner[who]) for who in PAYERS]
    scale, unit, digits = scale_for([part for _, lines in shown for parts in lines.values() for part in parts])
    rows = [["", *(span_name(telling, span) for span in spans)],
            [words.say(WEEKS), *(weeks_of(telling, span) for span in spans)]]  # fmt: skip
    for account, lines in shown:
        rows.append([words.say(ACCOUNT[account]), *("" for _ in spans)])
        for line, parts in lines.items():
            rows.append([f"  {line_name(telling, account, line)}", *(_value(telling, p, scale, digits) for p in parts)])
            ends = [telling.span(part, scale, digits, True).strip() for part in parts]
            if block.of == DIFFERENCE and any(ends):
                rows.append(["", *ends])
    label = MORE if block.of == DIFFERENCE else AS_IT_IS
    names = dict(zip([each.label for each in budget.blocks if each.of != DIFFERENCE], telling.names, strict=True))
    yield words.say(label, unit=words.say(unit), year=budget.price_year, name=names[block.label], base=telling.names[0])
    widths = [max(len(row[c]) for row in rows) for c in range(len(spans) + 1)]
    yield from (line_of(row, widths) for row in rows)


def _value(telling: Telling, part: Part, scale: float, digits: int) -> str:
    if math.isnan(part.value):
        return UNKNOWN
    return telling.words.number("", part.value / scale, True, digits) if part.value else "0"
