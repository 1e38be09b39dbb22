"""The sheets of the workbook of who pays and who gains, in which every krone is reckoned from quantities and prices.

An amount is units × price × share, each a cell of its own; what a party gains is what is paid to it less what it pays.
So a figure can be followed to what it is made of, and what comes of another price or share is seen at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell as cell

from simulation.economy.cba.found import Account
from simulation.economy.items import Item
from simulation.economy.parties import PARTIES, PUBLIC, SOCIETY
from simulation.economy.years import years_in_words
from simulation.report.economy import book_words as text
from simulation.report.economy.book_entries import Entries
from simulation.report.economy.budget_words import LINE
from simulation.report.economy.called import called
from simulation.report.economy.labels import ACCOUNT, UNIT
from simulation.report.economy.words import Telling
from simulation.report.handed.notes import KINDS as KINDS_OF_VALUE
from simulation.report.handed.sheets import Column, Entry, Formula, Sheet, first_row, known, sheet_name
from simulation.world.labels import Label

UNITS_FROM, PRICE_AT, PAYER_AT, RECEIVER_AT, LINE_AT, KRONER_FROM, NET_FROM = 5, 5, 4, 5, 6, 7, 2
"""Columns: the first year of units, the price, payer, receiver and line, the first year of amounts and of net gains."""
TOP = first_row(())


@dataclass(frozen=True)
class Sheets:
    """All sheets of an assessment in one language."""

    telling: Telling

    def all(self) -> list[Sheet]:
        """The summary first; behind it, what it is made of."""
        return [self.summary(), self.accounts(), self.quantities(), self.prices()]

    @cached_property
    def entries(self) -> Entries:
        """What is reckoned with."""
        return Entries(self.telling.assessed)

    def quantities(self) -> Sheet:
        """Units by item and year: the mean difference from the base."""
        rows = list[list[Entry]]()
        for place, (number, row) in enumerate(self.entries.rows, TOP):
            *years, whole = row.units
            means = [part.value for part in years]
            rows.append([self._name(number), *self._called(row.item), self._say(UNIT[row.item.unit]), *means,
                         self._sum(place, UNITS_FROM, means), known(whole.low), known(whole.high)])  # fmt: skip
        ends = [Column(self._say(head), "difference") for head in (text.LOW, text.HIGH)]
        heads = self._texts(text.SCENARIO, text.SORT, text.NAME, text.PART, text.UNIT_HEAD)
        return self._sheet(text.QUANTITIES, text.ABOUT_QUANTITIES, [*heads, *self._by_year(), *ends], rows)

    def prices(self) -> Sheet:
        """Kroner of a unit, and shares by payer and receiver."""
        plan, entries, rows = self.telling.assessed.plan, self.entries, list[list[Entry]]()
        for (item, years, price), shares in zip(entries.prices, entries.shares, strict=True):
            origin = plan.prices.origin(item, years[-1], plan.price_year)
            rows.append([*self._called(item), self._say(UNIT[item.unit]), years_in_words(years), price.amount,
                         *(shares.get(flow) for flow in entries.flows),
                         self._say(KINDS_OF_VALUE[origin.kind or "assumed"]), origin.source])  # fmt: skip
        flows = [self._say(text.FLOW, payer=self._party(a), receiver=self._party(b)) for a, b in entries.flows]
        columns = [
            *self._texts(text.SORT, text.NAME, text.PART, text.UNIT_HEAD, text.YEARS),
            Column(self._say(text.PRICE), "price", 12),
            *(Column(head, "unit:share", 15) for head in flows), *self._texts(text.KNOWN_FROM, text.SOURCE),
        ]  # fmt: skip
        return self._sheet(text.PRICES, text.ABOUT_PRICES, columns, rows, self._about_shares)

    def accounts(self) -> Sheet:
        """Every amount by what it is made of."""
        units, prices = self._before(text.QUANTITIES), self._before(text.PRICES)
        entries, rows = self.entries, list[list[Entry]]()
        for place, entry in enumerate(entries.every, TOP):
            number, row = entries.rows[entry.quantity]
            kroner, share_at = entries.kroner(entry), PRICE_AT + 1 + entries.flows.index(entry.flow)
            amounts = list[Formula]()
            for n, (year, each) in enumerate(zip(self.telling.assessed.years, kroner, strict=True)):
                at = first_row(self._about_shares) + entries.price_at[row.item, year]
                price, share = (f"{prices}{cell(at, column, True, True)}" for column in (PRICE_AT, share_at))
                amounts.append(Formula(f"={units}{cell(TOP + entry.quantity, UNITS_FROM + n)}*{price}*{share}", each))
            told = [*self._called(row.item), *map(self._party, entry.flow), self._say(LINE[entries.line(entry)])]
            rows.append([self._name(number), *told, *amounts, self._sum(place, KRONER_FROM, kroner)])
        heads = self._texts(text.SCENARIO, text.SORT, text.NAME, text.PART, text.PAYER, text.RECEIVER, text.LINE_HEAD)
        return self._sheet(text.ACCOUNTS, text.ABOUT_ACCOUNTS, [*heads, *self._by_year()], rows, money=True)

    def summary(self) -> Sheet:
        """What every party gains, by year; society's gain twice."""
        rows = list[list[Entry]]()
        for number, each in enumerate(self.telling.assessed.against):
            at = {account: first_row(self._about) + len(rows) + n for n, account in enumerate(ACCOUNT)}
            for account, place in at.items():
                every = self._sum(place, NET_FROM, self.entries.gained(number, account))
                rows.append([self._name(number), self._party(account), *self._net(number, account, at), every,
                             *map(known, each.net[account][-1])])  # fmt: skip
            real = [-kroner for kroner in self.entries.gained(number, SOCIETY)]
            again = self._balance(number, at["society"], PAYER_AT, RECEIVER_AT, real)
            every = self._sum(at["society"] + 1, NET_FROM, real)
            rows.append([self._name(number), self._say(text.AGAIN), *again, every, None, None, None])
        stored = [Column(self._say(head), "difference", 14) for head in (text.STORED, text.LOW, text.HIGH)]
        columns = [*self._texts(text.SCENARIO, text.ACCOUNT_HEAD), *self._by_year(), *stored]
        return self._sheet(text.SUMMARY, text.ABOUT_SUMMARY, columns, rows, self._about, money=True)

    def _net(self, number: int, account: Account, at: dict[Account, int]) -> list[Formula]:
        """What an account gains in each year; the public and society by the rows of their parties."""
        years = self.entries.gained(number, account)
        if account not in ("public", "society"):
            return self._balance(number, at[account], RECEIVER_AT, PAYER_AT, years)
        parties = PUBLIC if account == "public" else PARTIES
        return [Formula("=" + "+".join(cell(at[party], NET_FROM + year) for party in parties), kroner)
                for year, kroner in enumerate(years)]  # fmt: skip

    def _balance(self, number: int, place: int, plus: int, minus: int, years: Sequence[float]) -> list[Formula]:
        """The amounts of a scenario that have in the column `plus` whom the row at `place` names, less those that have
        it in `minus`: by year. Names of scenarios are no part of it, for they may have signs that mean something."""
        own, sheet, named = self.entries.own(number), self._before(text.ACCOUNTS), cell(place, 1, False, True)
        if not own:
            return [Formula("=0", 0.0) for _ in years]

        def cells(column: int) -> str:
            return f"{sheet}{cell(TOP + own[0], column, True, True)}:{cell(TOP + own[-1], column, True, True)}"

        return [Formula("=" + "-".join(f"SUMIFS({cells(KRONER_FROM + year)},{cells(column)},{named})"
                                       for column in (plus, minus)), kroner)
                for year, kroner in enumerate(years)]  # fmt: skip

    @cached_property
    def _about(self) -> list[str]:
        """What stands above the summary."""
        telling, assessed = self.telling, self.telling.assessed
        how = self._say(
            text.HOW, year=assessed.plan.price_year, persons=telling.count(assessed.persons),
            times=telling.count(assessed.plan.replications), quantities=self._say(text.QUANTITIES),
            prices=self._say(text.PRICES),
        )  # fmt: skip
        minds = "; ".join(telling.minds())
        return [*telling.answer(), f"{minds[:1].upper()}{minds[1:]}.", how, *map(self._say, (text.CHANGE, text.MEANS))]

    @cached_property
    def _about_shares(self) -> list[str]:
        return [self._say(text.SHARES), self._say(text.REAL, society=self._party(SOCIETY))]

    def _say(self, label: Label, **gaps: object) -> str:
        return self.telling.words.say(label, **gaps)

    def _name(self, number: int) -> str:
        return self.telling.names[number + 1]

    def _party(self, who: str) -> str:
        """What an account is called; that of what is real as society is."""
        return self._say({str(account): label for account, label in ACCOUNT.items()}.get(who, ACCOUNT["society"]))

    def _called(self, item: Item) -> list[str]:
        """The sort of an item, its name and its part."""
        return called(item, self.telling.words)

    def _texts(self, *heads: Label) -> list[Column]:
        return [Column(self._say(head)) for head in heads]

    def _by_year(self) -> list[Column]:
        """Columns of every year, and of all."""
        heads = [*map(str, self.telling.assessed.years), self._say(text.ALL)]
        return [Column(head, "difference", 14) for head in heads]

    def _sum(self, place: int, first: int, years: Sequence[float]) -> Formula:
        """The sum of all years of a row."""
        return Formula(f"=SUM({cell(place, first)}:{cell(place, first + len(years) - 1)})", sum(years))

    def _before(self, label: Label) -> str:
        """What is written before a cell of another sheet."""
        return f"'{sheet_name(label, self.telling.language)}'!"

    def _sheet(
        self, name: Label, about: Label, columns: Sequence[Column], rows: Sequence[Sequence[Entry]],
        lines: Sequence[str] = (), money: bool = False,
    ) -> Sheet:  # fmt: skip
        """A sheet that is not to be sorted: formulas go by its rows."""
        title = self._say(about, year=self.telling.assessed.plan.price_year)
        units = ["DKK"] * len(rows) if money else []
        return Sheet(sheet_name(name, self.telling.language), title, columns, rows, units, lines, filtered=False)
