"""The controller's table: the budget year and three more, by payer and by what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.economy.cba.budget import DIFFERENCE
from simulation.report.economy.budget_words import PAYERS, WEEKS, line_name, of_payers, of_years, span_name, weeks_of
from simulation.report.economy.page.material import Page
from simulation.report.handed.blocks import Block, Cell, Section, Table, Text
from simulation.world.labels import Label

TITLE = Label("Controller's table: {first} and three years more", "Budgettabel: {first} og tre år frem")
FOR = Label("For", "For")
UNIT = Label(
    "{unit} of {year}, more than in the base: + a gain, − is paid more. [ ] is simulation error, 95 %. The base and "
    "the scenarios by themselves, and all other parties: tables/budget.csv and the workbook.",
    "{unit} i {year}-priser, i forhold til basis: + en gevinst, − betales mere. [ ] er simulationsfejl, 95 %. Basis og "
    "scenarierne hver for sig samt alle andre parter: tables/budget.csv og regnearket.",
)


def controllers(page: Page) -> Iterator[Section]:
    """What every scenario has more than the base, with what is said beneath it."""
    budget, blocks = page.assessed.budget, list[Block]()
    head = [page.say(FOR), *(span_name(page, span) for span in budget.spans)]
    for number, block in enumerate(each for each in budget.blocks if each.of == DIFFERENCE):
        rows: list[list[Cell]] = [[page.say(WEEKS), *(weeks_of(page, span) for span in budget.spans)]]
        for account in PAYERS:
            for line, parts in block.kroner[account].items():
                name = line_name(page, account, line)
                rows.append([f"{page.account(account)}: {name[:1].lower()}{name[1:]}", *map(page.kroner, parts)])
        blocks += [Text(page.names[number + 1], "lead")] if page.several else []
        blocks += [Table(head, rows, small=True), Text(" ".join(of_payers(page, number)))]
    unit = page.say(UNIT, unit=page.scale[1][:1].upper() + page.scale[1][1:], year=budget.price_year)
    yield Section(page.say(TITLE, first=budget.year), [*blocks, Text(f"{unit} {' '.join(of_years(page))}", "note")])
