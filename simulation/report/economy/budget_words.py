"""What the controller's table says: the names of its lines and columns, and the sentences beneath it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from simulation.economy.cba.budget import YEARS, Line, Span
from simulation.economy.cba.found import Account
from simulation.report.economy.labels import ACCOUNT
from simulation.report.economy.money import Money, When
from simulation.results.sobol import Part
from simulation.world.labels import Label
from simulation.world.weeks import week_after, weeks_between

PAYERS: tuple[Account, ...] = ("kommune", "stat", "public")
"""Whose tables are shown; those of all others stand in tables/budget.csv."""
LINE: Mapping[Line, Label] = {
    "once": Label("One-off costs", "Engangsudgifter"),
    "staff": Label("Staff", "Personale"),
    "effort": Label("Talks, offers and fees", "Samtaler, tilbud og honorarer"),
    "benefits": Label("Benefits", "Ydelser"),
    "work": Label("Wages and subsidies", "Løn og tilskud"),
    "taxes": Label("Taxes", "Skatter"),
    "net": Label("Net", "Netto"),
    "until": Label("Net since {week}", "Netto siden {week}"),
}
BENEFITS: Mapping[str, Label] = {
    "kommune": Label("Benefits after refusion", "Ydelser efter refusion"),
    "stat": Label("Benefits, state's share", "Ydelser, statens andel"),
}
BEFORE, AFTER = Label("before {year}", "før {year}"), Label("after {year}", "efter {year}")
WEEKS = Label("Weeks that the run has", "Uger i kørslen")
OF_WEEKS = Label("{weeks} of {whole}", "{weeks} af {whole}")
UNKNOWN = "–"
PAID_BACK: Mapping[When, Label] = {
    "from": Label("{who}: a gain from {year} on", "{who}: gevinst fra {year}"),
    "in": Label("{who}: paid back in {year}", "{who}: tjent ind i {year}"),
    "not": Label("{who}: a loss, not made up for by {year}, when the run ends",
                 "{who}: et tab, som ikke er indhentet i {year}, hvor kørslen slutter"),
    "lost": Label("{who}: a gain at first, lost again by {year}", "{who}: først en gevinst, tabt igen i {year}"),
}  # fmt: skip
OPEN = Label("{who}: whether there is a gain or a loss over the run is not measurable",
             "{who}: det kan ikke måles, om der er gevinst eller tab over kørslen")  # fmt: skip
NOTHING = Label("{who}: nothing changes", "{who}: intet ændres")
CHANCE = Label(
    "{sentence}; under all that is unsure a gain with a chance of {chance} %{span}, discounted",
    "{sentence}; under al usikkerhed gevinst med en sandsynlighed på {chance} %{span}, diskonteret",
)
GIVE_DRAWS = Label("The chance that it pays is told with --draws.",
                   "Sandsynligheden for, at det betaler sig, fås med --draws.")  # fmt: skip
TOO_SHORT = Label(
    "The run has not all of {first} to {last}: with --set weeks={weeks} it has ({more} weeks more).",
    "Kørslen dækker ikke hele {first}-{last}; det gør den med --set weeks={weeks} ({more} uger mere).",
)
BEGINS_LATER = Label("The run begins in {week}: what lies before it is not in the table.",
                     "Kørslen begynder i {week}: det, der ligger før, er ikke i tabellen.")  # fmt: skip
NOBODY_NEW = Label(
    "Nobody new comes after {week}: later years are of those alone who came before (intake.weeks, intake.persons).",
    "Der kommer ingen nye efter {week}: senere år er kun dem, der kom før (intake.weeks, intake.persons).",
)
IN_KRONER = Label("All in kroner of {year}, not discounted; with a minus is what is paid.",
                  "Alle beløb i {year}-kroner, ikke diskonteret; et minus er en udgift.")  # fmt: skip


def line_name(telling: Money, account: str, line: Line) -> str:
    """What a line of an account is called."""
    label = BENEFITS.get(account, LINE[line]) if line == "benefits" else LINE[line]
    return telling.words.say(label, week=telling.assessed.plan.base.scenario.start)


def span_name(telling: Money, span: Span) -> str:
    """The head of a column."""
    budget = telling.assessed.budget
    gathered = {"before": (BEFORE, budget.year), "after": (AFTER, budget.year + YEARS - 1)}
    if span.name not in gathered:
        return span.name
    label, year = gathered[span.name]
    return telling.words.say(label, year=year)


def weeks_of(telling: Money, span: Span) -> str:
    """How much of a column the run has."""
    return telling.words.say(OF_WEEKS, weeks=span.weeks, whole=span.whole)


def of_payers(telling: Money, number: int) -> Iterator[str]:
    """When a scenario, by its number (the first against the base is 0), is paid back to each payer, and how surely."""
    yield from (f"{_of_payer(telling, number, account)}." for account in PAYERS)


def of_years(telling: Money) -> Iterator[str]:
    """What the amounts are, and what the run does not have of the four years."""
    assessed, words = telling.assessed, telling.words
    budget, scenario = assessed.budget, assessed.plan.base.scenario
    if not assessed.payers:
        yield words.say(GIVE_DRAWS)
    yield words.say(IN_KRONER, year=budget.price_year)
    last, first = budget.year + YEARS - 1, budget.year
    if scenario.start > f"{first}-W01":
        yield words.say(BEGINS_LATER, week=scenario.start)
        first = next(year for year in range(first, last + 2) if f"{year}-W01" >= scenario.start)
    if budget.more_weeks and first <= last:
        yield words.say(TOO_SHORT, first=first, last=last, more=budget.more_weeks,
                        weeks=scenario.weeks + budget.more_weeks)  # fmt: skip
    came = scenario.intake.from_week + scenario.intake.weeks
    if came < min(scenario.weeks, weeks_between(scenario.start, f"{last + 1}-W01")):
        yield words.say(NOBODY_NEW, week=week_after(scenario.start, came - 1))


def _of_payer(telling: Money, number: int, account: Account) -> str:
    assessed, words = telling.assessed, telling.words
    sentence = _paid_back(telling, account, assessed.against[number].net[account])
    found = [each for each in assessed.payers if (each.scenario, each.account) == (number, account)]
    if not found or not (found[0].net.value or found[0].net.low < found[0].net.high):
        return sentence
    chance = found[0].pays
    return words.say(CHANCE, sentence=sentence, chance=words.number("share", chance.value, digits=0),
                     span=telling.span(chance, 0.01, 0, False))  # fmt: skip


def _paid_back(telling: Money, account: Account, net: Sequence[Part]) -> str:
    """By the means of the calendar years, of which the last figure is the sum."""
    words, who = telling.words, telling.words.say(ACCOUNT[account])
    *by_year, whole = net
    if not any(part.value for part in by_year):
        return words.say(NOTHING, who=who)
    if math.isnan(whole.low) or whole.low <= 0 <= whole.high:
        return words.say(OPEN, who=who)
    when, year = telling.when(net)
    return words.say(PAID_BACK[when], who=who, year=year)
