"""What amounts are made of: quantities that changed, rules of who pays which share, prices with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.economy.items import KINDS as SORTS
from simulation.economy.items import Item
from simulation.economy.parties import PARTIES
from simulation.economy.price_files.reading import Epoch
from simulation.economy.prices import Priced
from simulation.economy.years import years_in_words
from simulation.report.economy.called import in_one
from simulation.report.economy.labels import PART, UNIT
from simulation.report.economy.page.material import Page
from simulation.report.handed.assumed import range_text, source_text
from simulation.report.handed.blocks import NOT_KNOWN, Block, Cell, Section, Table, Text
from simulation.report.handed.keys import plain
from simulation.report.handed.notes import KINDS
from simulation.scenario.files.sourced import Origin
from simulation.world.labels import Label
from simulation.world.labels import plain as plain_key

QUANTITIES = Label("What changes, and what that is to whom, all years",
                   "Hvad der ændres, og hvad det er for hvem, alle år")  # fmt: skip
ITEM, UNITS = Label("What", "Hvad"), Label("Units more", "Flere enheder")
ABOUT_QUANTITIES = Label(
    "Means in {unit} of {year}: + a gain, − paid more. Units have their simulation error, 95 %, in [ ].",
    "Gennemsnit i {unit} i {year}-priser: + gevinst, − betales mere. Enheder har simulationsfejl, 95 %, i [ ].",
)
RULES = Label("Who pays which share: rules", "Hvem betaler hvilken andel: regler")
BY_YEAR = Label("Each calendar year has its own rules; all is told in kroner of {year}.",
                "Hvert kalenderår har sine egne regler; alt er i {year}-priser.")  # fmt: skip
BY_ONE = Label("The rules of {rules} are used for all years, as was asked; all is told in kroner of {year}.",
               "Reglerne for {rules} er brugt for alle år, som der blev bedt om; alt er i {year}-priser.")
YEARS = Label("Years", "År")
RULE, FROM, SHARES = Label("Rule", "Regel"), Label("From", "Fra"), Label("Shares", "Andele")
KIND, SOURCE = Label("Kind", "Slags"), Label("Source", "Kilde")
REFUSION = Label("Municipal benefits and dagpenge, step {step}", "Kommunale ydelser og dagpenge, trin {step}")
TAX = Label("Tax “{name}”: of the money left", "Skat “{name}”: af pengene, der er tilbage")
TO_KOMMUNE = Label("Tax “{name}”: of it, to the municipality", "Skat “{name}”: heraf til kommunen")
FLOWS = Label("Who pays whom for a unit", "Hvem betaler hvem for en enhed")
FLOW = Label("{payer} → {receiver} {share} %", "{payer} → {receiver} {share} %")
BY_STEPS = Label("the steps above", "trinene ovenfor")
ABOUT_FLOWS = Label("In % of the price. Taxes follow from what a citizen receives.",
                    "I % af prisen. Skatter følger af det, en borger modtager.")  # fmt: skip
PRICES = Label("Prices that are used: {name}", "Brugte priser: {name}")
AS_WRITTEN, OF_YEAR = Label("As published", "Som offentliggjort"), Label("Kroner of", "Kroner fra")
USED, RANGE = Label("Used in {year}, kr (unit)", "Brugt i {year}, kr. (enhed)"), Label("Range", "Interval")
PER = {
    "kr a week": Label("kr a week", "kr. pr. uge"), "kr a month": Label("kr a month", "kr. pr. måned"),
    "kr a year": Label("kr a year", "kr. pr. år"), "kr an hour": Label("kr an hour", "kr. pr. time"),
    "kr a talk": Label("kr a talk", "kr. pr. samtale"), "kr a minute": Label("kr a minute", "kr. pr. minut"),
    "kr a session": Label("kr a session", "kr. pr. mødegang"), "kr a time": Label("kr a time", "kr. pr. gang"),
}  # fmt: skip


def quantities(page: Page) -> Iterator[Section]:
    """Units of every item that changes, and kroner by party."""
    blocks = list[Block]()
    for name, each in zip(page.names[1:], page.assessed.against, strict=True):
        parties = [party for party in PARTIES if any(row.kroner[party][-1].value for row in each.rows)]
        head = [page.say(ITEM), page.say(UNITS), *(page.account(party) for party in parties)]
        rows = [[in_one(row.item, page.words), f"{page.cell(row.units[-1], digits=1)} {page.say(UNIT[row.item.unit])}",
                 *(page.kroner(row.kroner[party][-1], interval=False) for party in parties)]
                for row in each.rows]  # fmt: skip
        blocks += [Text(name, "lead")] if page.several else []
        blocks.append(Table(head, rows, small=True))
    about = page.say(ABOUT_QUANTITIES, unit=page.scale[1], year=page.assessed.plan.price_year)
    yield Section(page.say(QUANTITIES), [*blocks, Text(about, "note")])


def shares(page: Page) -> Iterator[Section]:
    """The rules by their dates with their sources, and who pays whom for a unit of each item."""
    plan = page.assessed.plan
    rules = [page.say(label) for label in (RULE, FROM, SHARES, KIND, SOURCE)]
    yield Section(page.say(RULES), [
        Text(page.say(BY_ONE if plan.prices.rules else BY_YEAR, rules=plan.prices.rules, year=plan.price_year)),
        Table(rules, [*_refusion(page), *_taxes(page)], 5, small=True),
    ])  # fmt: skip
    rows = list[tuple[Item, tuple[str, ...]]]()
    for item, years, price in _priced(page):
        flows = [page.say(FLOW, payer=page.account(flow.payer), receiver=page.account(flow.receiver),
                          share=plain(100 * flow.share, page.words))
                 for flow in price.flows if flow.share]  # fmt: skip
        paid = plan.prices.written(item, years[-1], plan.price_year).paid
        why = [page.say(BY_STEPS), NOT_KNOWN] if paid is None else _from(page, paid)
        rows.append((item, (years_in_words(years), "; ".join(flows) or NOT_KNOWN, *why)))
    head = [page.say(label) for label in (ITEM, YEARS, SHARES, KIND, SOURCE)]
    table = Table(head, _alike(page, rows), 5, page.say(ABOUT_FLOWS), small=True)
    yield Section(page.say(FLOWS), [table])


def _refusion(page: Page) -> Iterator[list[str]]:
    before: dict[str, object] = {}
    for epoch in _epochs(page):
        for step, by_party in (epoch.file.refusion or {}).items():
            told = ", ".join(f"{page.account(party)} {plain(100 * share, page.words)} %"
                             for party, share in by_party.items())  # fmt: skip
            if before.get(step) != told:
                before[step] = told
                origin = epoch.resolved.origin(("refusion", step, *list(by_party)[:1]))
                yield [page.say(REFUSION, step=step), _since(page, epoch), told, *_from(page, origin)]


def _taxes(page: Page) -> Iterator[list[str]]:
    before: dict[tuple[str, str], float] = {}
    for epoch in _epochs(page):
        for name, tax in epoch.file.taxes.items():
            for part, label, share in (("share", TAX, tax.share), ("kommune", TO_KOMMUNE, tax.kommune)):
                if before.get((name, part)) != share:
                    before[name, part] = share
                    origin = epoch.resolved.origin(("taxes", name, part))
                    yield [page.say(label, name=plain_key(name)), _since(page, epoch),
                           f"{plain(100 * share, page.words)} %", *_from(page, origin)]  # fmt: skip


def _epochs(page: Page) -> list[Epoch]:
    """What is in force until the end of the last year whose rules are used."""
    plan = page.assessed.plan
    last = max(plan.prices.rules_of(year, plan.price_year) for year in page.assessed.years)
    return [epoch for epoch in plan.prices.epochs if epoch.begins[:4] <= str(last)]


def _priced(page: Page) -> Iterator[Priced]:
    """The prices of everything in the years of the run."""
    plan = page.assessed.plan
    for item in items(page):
        yield from plan.prices.over(item, page.assessed.years, plan.price_year)


def _since(page: Page, epoch: Epoch) -> str:
    return epoch.begins or str(page.assessed.plan.prices.file.first_year)


def _from(page: Page, origin: Origin) -> list[str]:
    return [_kind(page, origin), _source(page, origin)]


def prices(page: Page) -> Iterator[Section]:
    """Every price that is used: as it is published and as it is used, with its range and source."""
    plan, rows = page.assessed.plan, list[tuple[Item, tuple[str, ...]]]()
    for item, years, price in _priced(page):
        written = plan.prices.written(item, years[-1], plan.price_year)
        origin = written.origin
        unit = page.say(PER[origin.unit]) if origin.unit in PER else origin.unit
        rows.append((item, (
            years_in_words(years), f"{plain(written.price or 0.0, page.words)} {unit}", str(written.year),
            f"{plain(price.amount, page.words)} ({page.say(UNIT[item.unit])})",
            _kind(page, origin), range_text({"range": origin.range}, page.words), _source(page, origin),
        )))  # fmt: skip
    head = [*(page.say(label) for label in (ITEM, YEARS, AS_WRITTEN, OF_YEAR)), page.say(USED, year=plan.price_year),
            *(page.say(label) for label in (KIND, RANGE, SOURCE))]  # fmt: skip
    name = (page.language == "da" and plan.prices.file.name_da) or plan.prices.file.name
    yield Section(page.say(PRICES, name=name), [Table(head, _alike(page, rows), len(head), small=True)])


def _alike(page: Page, rows: Sequence[tuple[Item, tuple[str, ...]]]) -> list[list[Cell]]:
    """Rows of items; steps of a benefit that have the same cells stand together."""
    parts: dict[tuple[Item, tuple[str, ...]], list[str]] = {}
    for item, cells in rows:
        alone = item._replace(part="") if item.kind == "benefit" and item.part not in PART else item
        parts.setdefault((alone, cells), []).append(item.part)
    return [[in_one(item._replace(part=", ".join(filter(None, named))), page.words), *cells]
            for (item, cells), named in parts.items()]  # fmt: skip


def items(page: Page) -> list[Item]:
    """Everything that is priced in the base or in any scenario, in the order of the workbook."""
    way, found = page.assessed.plan.way, dict[Item, None]()
    for quantities_of in page.priced.written:
        found |= dict.fromkeys(item for item, units in quantities_of.priced(way).items() if units.any())
    return sorted(found, key=lambda item: (SORTS.index(item.kind), item.name, item.part))


def _kind(page: Page, origin: Origin) -> str:
    return page.say(KINDS[origin.kind or "assumed"])


def _source(page: Page, origin: Origin) -> str:
    told = source_text({"source": origin.source, "page": origin.page}, page.words)
    return f"{told}. {origin.note}" if origin.note else told
