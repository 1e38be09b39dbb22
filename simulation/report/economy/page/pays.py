"""What it takes to pay: when it is paid back, days of benefit, a year of work, production over resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from simulation.economy.cba.found import Against
from simulation.report.economy.money import side_of
from simulation.report.economy.page.by_year import IN_ANNEX, NO_INTERVAL
from simulation.report.economy.page.material import SCENARIO, Page
from simulation.report.economy.words import pays_once
from simulation.report.handed.blocks import NOT_KNOWN, Block, Section, Table
from simulation.results.sobol import Part
from simulation.world.labels import Label

TAKES = Label("What it takes to pay", "Hvad der skal til, for at det betaler sig")
FIGURE = Label("Figure", "Mål")
BACK = Label("Paid back, for {who}", "Tjent ind, for {who}")
WHEN = {
    "from": Label("gains from {year} on", "overskud fra {year}"), "in": Label("in {year}", "i {year}"),
    "not": Label("not by {year}", "ikke i {year}"), "lost": Label("lost again by {year}", "tabt igen i {year}"),
}  # fmt: skip
EFFORT = Label("Staff, offers and fees: the public pays more, {unit}",
               "Personale, tilbud og honorarer: det offentlige betaler mere, {unit}")  # fmt: skip
WITH_ONCE = Label(
    "Staff, offers, fees and one-off costs: the public pays more, {unit}",
    "Personale, tilbud, honorarer og engangsudgifter: det offentlige betaler mere, {unit}",
)
MUST = Label("Days on benefit a person that pay for it, by benefit alone",
             "Dage på ydelse pr. person, der dækker det, ved ydelse alene")  # fmt: skip
WITH_TAX = Label("… with tax on the work in their place", "… med skat af arbejdet i stedet")
DAYS = Label("Days on benefit a person, difference in the run", "Dage på ydelse pr. person, forskel i kørslen")
SAVED = Label("A week on benefit costs the public, less tax, kr",
              "En uge på ydelse koster det offentlige, efter skat, kr.")
WORK = Label("Full-time years of work, difference", "Årsværk i arbejde, forskel")
PER_WORK = Label("A full-time year of work: the public pays more, thousand kr",
                 "Et årsværk i arbejde: det offentlige betaler mere, t.kr.")  # fmt: skip
PRODUCTION = Label("Production, difference, {unit}", "Produktion, forskel, {unit}")
RESOURCES = Label("Resources used, difference, {unit}", "Brugte ressourcer, forskel, {unit}")
RATIO = Label("Benefit over cost: production per krone of resources",
              "Nytte i forhold til omkostning: produktion pr. krone ressourcer")  # fmt: skip
WELFARE = Label("Society, discounted and at the prices of households, {unit}",
                "Samfundet, diskonteret og i markedspriser, {unit}")  # fmt: skip
NOTE = Label(
    "{intervals} –: not known, for what it is divided by is not told from 0. Where the public pays less, so many days "
    "more use it up; where work is lost or resources are saved, a ratio is what is saved for a year, or lost for a "
    "krone.",
    "{intervals} –: kendes ikke, for det, der divideres med, kan ikke skelnes fra 0. Hvor det offentlige betaler "
    "mindre, bruger så mange dage mere det op; tabes arbejde, eller spares ressourcer, er det besparelse pr. årsværk, "
    "tab pr. krone.",
)
FIELLER = Label("[ ] is simulation error, 95 % (of ratios Fieller's).",
                "[ ] er simulationsfejl, 95 % (for forhold Fiellers).")
DECIDING = 8
"""Figures that stand on a page; the annex has all."""


def takes(page: Page) -> Iterator[Section]:
    """What decides it: a row for each figure, or for each of many scenarios."""
    if not page.many:
        yield Section(page.say(TAKES), [_table(page, _rows(page, True)[:DECIDING], page.assessed.against, page.heads)])
        return
    rows = _rows(page, False)[:DECIDING]
    body = [[name, *(told(each) for _, told in rows)]
            for name, each in zip(page.names[1:], page.assessed.against, strict=True)]  # fmt: skip
    head = [page.say(SCENARIO), *(label for label, _ in rows)]
    yield Section(page.say(TAKES), [Table(head, body, note=_note(page, IN_ANNEX), small=True)])


def every_figure(page: Page) -> Iterator[Section]:
    """All figures."""
    rows, against = _rows(page, True), page.assessed.against
    blocks: list[Block] = [_table(page, rows, against, page.heads)]
    if page.many:
        blocks = [_table(page, rows, [each], [name]) for name, each in zip(page.names[1:], against, strict=True)]
    yield Section(page.say(TAKES), blocks)


def _rows(page: Page, interval: bool) -> list[tuple[str, Callable[[Against], str]]]:
    """What figures are called, and what they are of a scenario; those that decide it first."""
    unit = page.scale[1]
    effort = WITH_ONCE if any(map(pays_once, page.assessed.against)) else EFFORT

    def kroner(part: Part) -> str:
        return page.kroner(part, interval=interval)

    def number(part: Part, digits: int = 1, scale: float = 1.0) -> str:
        if part.low != part.low and page.assessed.plan.replications > 1:
            return NOT_KNOWN
        return page.cell(part, digits=digits, scale=scale, interval=interval)

    def of_effort(each: Against, part: Part) -> str:
        return NOT_KNOWN if side_of(each.effort) == "none" else number(part)

    return [
        (page.say(BACK, who=page.who(page.decides)), lambda each: _back(page, each)),
        (page.say(effort, unit=unit), lambda each: kroner(each.effort)),
        (page.say(MUST), lambda each: of_effort(each, each.must_save)),
        (page.say(WITH_TAX), lambda each: of_effort(each, each.breaks_even)),
        (page.say(DAYS), lambda each: number(Part(*(7 * end for end in each.weeks)))),
        (page.say(WORK), lambda each: number(each.work)),
        (page.say(PER_WORK), lambda each: number(each.per_work, 0, 1e3)),
        (page.say(RATIO), lambda each: number(each.ratio, 2)),
        (page.say(SAVED), lambda each: number(each.saved, 0)),
        (page.say(PRODUCTION, unit=unit), lambda each: kroner(each.production)),
        (page.say(RESOURCES, unit=unit), lambda each: kroner(each.resources)),
        (page.say(WELFARE, unit=unit), lambda each: kroner(each.welfare)),
    ]


def _table(
    page: Page, rows: Sequence[tuple[str, Callable[[Against], str]]], against: Sequence[Against], heads: Sequence[str]
) -> Table:
    body = [[label, *(told(each) for each in against)] for label, told in rows]
    return Table([page.say(FIGURE), *heads], body, note=_note(page, FIELLER), small=True)


def _note(page: Page, intervals: Label) -> str:
    return page.say(NOTE, intervals=page.say(intervals if page.assessed.plan.replications > 1 else NO_INTERVAL))


def _back(page: Page, each: Against) -> str:
    """When it is paid back, where a gain or what is paid is told from nothing."""
    if page.assessed.plan.replications == 1 or side_of(each.net[page.decides][-1]) not in ("more", "less"):
        return NOT_KNOWN
    when, year = page.when(each.net[page.decides])
    return page.say(WHEN[when], year=year)
