"""The controller's table: what every payer gains by calendar year, in the base, in each scenario and more in it."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.economy.cba.levels import Level
from simulation.report.economy.page.material import DIFFERENCE, SCENARIO, Page
from simulation.report.handed.blocks import Block, Section, Table, Text
from simulation.world.labels import Label

WHO, ALL_YEARS = Label("Who", "Hvem"), Label("All years", "Alle år")
BASE = Label("Base: {name}", "Basis: {name}")
UNIT = Label(
    "Net in {unit} at prices of {year}, not discounted: what an account receives less what it pays; in a difference + "
    "is a gain, − is paid more. {intervals}",
    "Netto i {unit} i {year}-priser, ikke diskonteret: hvad en konto modtager, minus hvad den betaler; i en forskel er "
    "+ en gevinst, − betales mere. {intervals}",
)
WITH_ALL = Label("[ ] is simulation error, 95 %.", "[ ] er simulationsfejl, 95 %.")
WITH_LAST = Label("[ ] is simulation error, 95 %; that of single years stands in the annex.",
                  "[ ] er simulationsfejl, 95 %; den for enkelte år står i bilaget.")  # fmt: skip
FURTHER = Label("Further accounts stand in the annex.", "Flere konti står i bilaget.")
IN_ANNEX = Label("Intervals stand in the annex.", "Intervaller står i bilaget.")
NO_INTERVAL = Label("One replication has no interval.", "Én gentagelse har intet interval.")
SIDE_BY_SIDE = Label("Base, scenario and difference, all years", "Basis, scenarie og forskel, alle år")
AS_BEFORE = Label("Net in {unit} at prices of {year}, as on page 1. {intervals}",
                  "Netto i {unit} i {year}-priser, som på side 1. {intervals}")  # fmt: skip
BY_YEAR = Label("By payer and year: base, scenario and difference", "Efter betaler og år: basis, scenarie og forskel")
OF = Label("{name}, difference from the base", "{name}, forskel fra basis")
PAYS = Label("Chance that it pays for {who}, %", "Sandsynlighed for, at det betaler sig for {who}, %")
MOST_YEARS = 3
"""Years up to which every number of a page has its interval."""


def difference_blocks(page: Page) -> Iterator[Block]:
    """What everybody gains: of one scenario by year with its picture, of several all years together."""
    if page.several:
        head = [page.say(SCENARIO), *map(page.account, page.columns)]
        rows = [[name, *(page.kroner(each.net[account][-1]) for account in page.columns)]
                for name, each in zip(page.names[1:], page.assessed.against, strict=True)]  # fmt: skip
        if page.many and page.assessed.sure is not None:
            head.append(page.say(PAYS, who=page.who(page.assessed.sure.account)))
            for row, chance in zip(rows, page.assessed.sure.pays, strict=True):
                row.append(page.cell(chance, signed=False, scale=0.01))
        note = [_note(page, WITH_ALL), *([page.say(FURTHER)] if len(page.columns) < len(page.accounts) else [])]
        yield Table(head, rows, note=" ".join(note), small=True)
        yield from page.beside
        return
    (each,), every = page.assessed.against, len(page.years) <= MOST_YEARS
    yield _by_year(page, each.net, every, _note(page, WITH_ALL if every else WITH_LAST))
    if picture := page.pictures.get("net"):
        yield picture


def levels_side_by_side(page: Page) -> Iterator[Section]:
    """Base, scenarios and differences of all years."""
    levels, names = page.priced.levels, page.names
    if page.several:
        head = [page.say(SCENARIO), *map(page.account, page.columns)]
        rows = [[name, *(page.kroner(level[account][-1], interval=False) for account in page.columns)]
                for name, level in zip(names, levels, strict=True)]  # fmt: skip
        note = _note(page, IN_ANNEX, AS_BEFORE)
        yield Section(page.say(SIDE_BY_SIDE), [Table(head, rows, note=note, small=True)])
        return
    head = [page.say(WHO), *names, page.say(DIFFERENCE)]
    rows = [[page.account(account), *(page.kroner(level[account][-1]) for level in levels),
             page.kroner(page.assessed.against[0].net[account][-1])] for account in page.accounts]  # fmt: skip
    note = _note(page, WITH_ALL, AS_BEFORE)
    yield Section(page.say(SIDE_BY_SIDE), [Table(head, rows, note=note, small=True)])


def every_year(page: Page) -> Iterator[Section]:
    """Every account and year of the base, of each scenario, and of each difference."""
    levels, names, note = page.priced.levels, page.names, _note(page, WITH_ALL)
    blocks: list[Block] = [Text(page.say(BASE, name=names[0]), "lead"), _by_year(page, levels[0], True)]
    for name, level, each in zip(names[1:], levels[1:], page.assessed.against, strict=True):
        blocks += [Text(name, "lead"), _by_year(page, level, True),
                   Text(page.say(OF, name=name), "lead"), _by_year(page, each.net, True)]  # fmt: skip
    yield Section(page.say(BY_YEAR), [*blocks, Text(note, "note")])


def _by_year(page: Page, net: Level, every: bool, note: str = "") -> Table:
    """A row for each account, a column for each year; with the intervals of `every` number or of the last alone."""
    head = [page.say(WHO), *page.years, page.say(ALL_YEARS)]
    last = len(page.years)
    rows = [[page.account(account), *(page.kroner(part, interval=every or number == last)
                                      for number, part in enumerate(net[account]))]
            for account in page.accounts]  # fmt: skip
    return Table(head, rows, note=note, small=True)


def _note(page: Page, intervals: Label, about: Label = UNIT) -> str:
    plan = page.assessed.plan
    told = page.say(intervals if plan.replications > 1 else NO_INTERVAL)
    return page.say(about, unit=page.scale[1], year=plan.price_year, intervals=told)
