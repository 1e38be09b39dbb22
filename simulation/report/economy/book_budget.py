"""The controller's table as a sheet of the workbook, reckoned from the sheet of accounts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell as cell

from simulation.economy.cba.budget import DIFFERENCE, MADE_OF, Block, Line, Span
from simulation.report.economy import book_words as text
from simulation.report.economy.book_sheets import KRONER_FROM, LINE_AT, PAYER_AT, RECEIVER_AT, TOP, Sheets
from simulation.report.economy.budget_words import LINE, PAYERS, WEEKS, of_payers, of_years, span_name, weeks_of
from simulation.report.handed.sheets import Column, Entry, Formula, Sheet, first_row, known

FIRST, WHO_AT, WHAT_AT = 3, 1, 2
"""Columns: the first year, whose account it is, and the line."""


class WithBudget(Sheets):
    """All sheets of an assessment in one language, with the controller's table behind the summary."""

    def all(self) -> list[Sheet]:
        """The summary first, then the controller's table; behind them, what they are made of."""
        summary, *others = super().all()
        return [summary, self.budget(), *others]

    def budget(self) -> Sheet:
        """By payer and line: first what every scenario has more than the base, then all as they are."""
        no_ends: list[Entry] = [None] * (2 * len(self._spans))
        weeks = [weeks_of(self.telling, span) for span in self._spans]
        rows: list[list[Entry]] = [["", "", self._say(WEEKS), *weeks, *no_ends]]
        number = 0
        for block in self.telling.assessed.budget.blocks:
            if block.of == DIFFERENCE:
                self._differences(rows, number, block)
                number += 1
            else:
                self._levels(rows, block)
        heads = [span_name(self.telling, span) for span in self._spans]
        ends = [self._say(text.FROM_TO, year=head, end=self._say(end)) for head in heads
                for end in (text.LOW, text.HIGH)]  # fmt: skip
        columns = [*self._texts(text.SCENARIO, text.ACCOUNT_HEAD, text.LINE_HEAD),
                   *(Column(head, "difference", 14) for head in (*heads, *ends))]  # fmt: skip
        return self._sheet(text.BUDGET, text.ABOUT_BUDGET, columns, rows, self._about_budget, money=True)

    @property
    def _spans(self) -> Sequence[Span]:
        return self.telling.assessed.budget.spans

    @cached_property
    def _about_budget(self) -> list[str]:
        """What stands above the table: what is beneath it on the screen, and how it is reckoned."""
        found = [f"{self._name(number)}. {' '.join(of_payers(self.telling, number))}"
                 for number in range(len(self.telling.assessed.against))]  # fmt: skip
        how = self._say(text.LEVELS, accounts=self._say(text.ACCOUNTS))
        return [*found, *of_years(self.telling), how, self._say(text.REFUSION)]

    def _differences(self, rows: list[list[Entry]], number: int, block: Block) -> None:
        """Formulas of one scenario. The public is the sum of its parties, line by line."""
        lines = [line for line in MADE_OF if any(line in block.kroner[who] for who in PAYERS)]
        begins: dict[str, int] = {}
        for account in PAYERS:
            begins[account] = first_row(self._about_budget) + len(rows)
            for line in (*lines, "net", "until"):
                place = first_row(self._about_budget) + len(rows)
                formulas = [
                    self._formula(number, account, line, n, begins, place) if span.known else None
                    for n, span in enumerate(self._spans)
                ]
                rows.append([self._name(number), self._party(account), self._line(line), *formulas,
                             *self._ends(block, account, line)])  # fmt: skip

    def _formula(
        self, number: int, account: str, line: Line, column: int, begins: dict[str, int], place: int
    ) -> Formula:
        """The cell of a row, by the rows where its account, or those that it is the sum of, begin."""
        at, span = FIRST + column, self._spans[column]
        kroner = self._kroner(number, account, line, column)
        if line == "net":
            return Formula(f"=SUM({cell(begins[account], at)}:{cell(place - 1, at)})", kroner)
        if line == "until":
            earlier = f"{cell(place, at - 1)}+" if column and self._spans[column - 1].known else ""
            return Formula(f"={earlier}{cell(place - 1, at)}", kroner)
        if account == "public":
            of_party = place - begins[account]
            parties = (cell(begins[party] + of_party, at) for party in PAYERS if party != account)
            return Formula("=" + "+".join(parties), kroner)
        years = (self._of_year(number, place, year) for year in span.places)
        return Formula("=" + "+".join(years), kroner)

    def _of_year(self, number: int, place: int, year: int) -> str:
        """What the account of a row receives less what it pays, by its line, in a year of the run."""
        own, sheet = self.entries.own(number), self._before(text.ACCOUNTS)
        if not own:
            return "0"

        def cells(column: int) -> str:
            return f"{sheet}{cell(TOP + own[0], column, True, True)}:{cell(TOP + own[-1], column, True, True)}"

        who, line = cell(place, WHO_AT, False, True), cell(place, WHAT_AT, False, True)
        plus, minus = (
            f"SUMIFS({cells(KRONER_FROM + year)},{cells(party)},{who},{cells(LINE_AT)},{line})"
            for party in (RECEIVER_AT, PAYER_AT)
        )
        return f"{plus}-{minus}"

    def _kroner(self, number: int, account: str, line: Line, column: int) -> float:
        """What a cell comes to."""
        if line == "until":
            return sum(self._kroner(number, account, "net", earlier) for earlier in range(column + 1))
        by_year = self.entries.gained(number, account, None if line == "net" else line)
        return sum(by_year[place] for place in self._spans[column].places)

    def _levels(self, rows: list[list[Entry]], block: Block) -> None:
        """A scenario as it is, as stored."""
        labels = [each.label for each in self.telling.assessed.budget.blocks if each.of != DIFFERENCE]
        name = self._say(text.AS_STORED, name=self.telling.names[labels.index(block.label)])
        for account in PAYERS:
            for line, parts in block.kroner[account].items():
                rows.append([name, self._party(account), self._line(line), *(known(part.value) for part in parts),
                             *self._ends(block, account, line)])  # fmt: skip

    def _ends(self, block: Block, account: str, line: Line) -> list[Entry]:
        """Both ends of the interval of every column; empty where there is none, or nothing in that line."""
        parts = block.kroner[account].get(line, [])
        if not parts:
            return [None] * (2 * len(self._spans))
        return [None if math.isnan(end) else end for part in parts for end in (part.low, part.high)]

    def _line(self, line: Line) -> str:
        return self._say(LINE[line], week=self.telling.assessed.plan.base.scenario.start)
