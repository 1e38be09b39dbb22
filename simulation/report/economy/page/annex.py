"""What else stands in the annex: warnings, further pictures, what is assumed, what the figures mean."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.economy.page.material import Page
from simulation.report.handed.annex import ASSUMED, assumed, warned
from simulation.report.handed.blocks import Section, Table
from simulation.world.labels import Label

PICTURES = Label("Further figures", "Flere figurer")
MEANINGS = Label("What the figures mean", "Hvad målene betyder")
FIGURE, MEANS = Label("Figure", "Mål"), Label("Meaning", "Betydning")
SHOWN = ("net", "plane", "acceptability", "knowing")
"""Pictures that have a place of their own, beside those of each tornado."""
TEXTS: tuple[tuple[Label, Label], ...] = (
    (Label("Net", "Netto"), Label(
        "What an account receives less what it pays: the mean over replications, each scenario and the base with the "
        "same luck. A week belongs to the year of its Thursday. Every krone has a payer and a receiver, to the øre.",
        "Hvad en konto modtager, minus hvad den betaler: gennemsnit over gentagelser, hvert scenarie og basis med de "
        "samme tilfældigheder. En uge hører til det år, dens torsdag ligger i. Hver krone har en betaler og en "
        "modtager, ned til mindste øre.")),
    (Label("Public together", "Det offentlige i alt"), Label("State and municipality.", "Stat og kommune.")),
    (Label("Society", "Samfundet"), Label(
        "Production less resources, at the prices of firms. It is the same as all parties gain together; both are "
        "reckoned.",
        "Produktion minus ressourcer, i faktorpriser. Det er det samme, som alle parter vinder tilsammen; begge dele "
        "regnes ud.")),
    (Label("Paid back", "Tjent ind"), Label(
        "The first year from which on the mean of what was gained until then is never below 0.",
        "Det første år, fra hvilket gennemsnittet af det, der er vundet til da, aldrig er under 0.")),
    (Label("Days that must be saved", "Dage, der skal spares"), Label(
        "By benefit alone: what the public pays more for staff, talks, offers and fees, over what a day on benefit "
        "costs it less tax, a person. With tax: in the proportion of the run of all that the public gains beside.",
        "Ved ydelse alene: hvad det offentlige betaler mere for personale, samtaler, tilbud og honorarer, delt med "
        "hvad en dag på ydelse koster det efter skat, pr. person. Med skat: i kørslens forhold for alt andet, det "
        "offentlige vinder.")),
    (Label("A full-time year of work", "Et årsværk i arbejde"), Label(
        "The change of net public expense over the change of full-time years of work, subsidised or not.",
        "Ændringen i det offentliges nettoudgift delt med ændringen i årsværk i arbejde, støttede eller ej.")),
    (Label("Society, discounted", "Samfundet, diskonteret"), Label(
        "Society's gain times the net tax factor, less what raising taxes costs, discounted by calendar year from the "
        "first, by the key figures {figures} of the file of prices.",
        "Samfundets gevinst gange nettoafgiftsfaktoren, minus skatteforvridning, diskonteret efter kalenderår fra det "
        "første, med nøgletallene {figures} i prisfilen.")),
)  # fmt: skip
OF_DRAWS: tuple[tuple[Label, Label], ...] = (
    (Label("Chance that it pays", "Sandsynlighed for, at det betaler sig"), Label(
        "The share of draws in which the discounted gain of the account that decides is above 0, luck taken out of "
        "their spread. Each draw has values of its own for all that has a range or is fitted, prices among it.",
        "Andelen af trækninger, hvor den diskonterede gevinst er over 0 for den konto, der afgør det, når "
        "tilfældigheder er taget ud af spredningen. Hver trækning har sine egne værdier for alt, der har et interval "
        "eller er kalibreret, også priser.")),
    (Label("What is best, and the frontier", "Hvad der er bedst, og fronten"), Label(
        "Net benefit is the value of a year of work times years of work, plus the gain. Best: in how many draws an "
        "option has the largest; the frontier is the option with the largest mean, which is what would be chosen.",
        "Nettonytten er værdien af et årsværk gange antallet af årsværk, plus gevinsten. Bedst: i hvor mange "
        "trækninger et alternativ har den største; fronten er alternativet med det største gennemsnit, som er det, man "
        "ville vælge.")),
    (Label("What knowing is worth", "Hvad viden er værd"), Label(
        "The mean of the best of each draw, less the best mean; of one number the same where the gain is its "
        "regression on that number. A trial: the same by what it would find, for those decided about after it.",
        "Gennemsnittet af det bedste i hver trækning, minus det bedste gennemsnit; for ét tal det samme, når gevinsten "
        "er dens regression på tallet. Et forsøg: det samme ud fra det, forsøget ville vise, for dem, der siden "
        "træffes beslutning om.")),
)  # fmt: skip


def warnings(page: Page) -> Iterator[Section]:
    """Every warning of `check`."""
    yield warned(page.priced, page.words)


def further_pictures(page: Page) -> Iterator[Section]:
    """Pictures that have no place of their own, such as that of each of several scenarios."""
    further = [picture for name, picture in page.pictures.items()
               if name not in SHOWN and not name.startswith("tornado") and picture not in page.beside]  # fmt: skip
    if further:
        yield Section(page.say(PICTURES), further)


def every_assumed(page: Page) -> Iterator[Section]:
    """All that is assumed in the scenarios; prices have their kind beside them."""
    yield Section(page.say(ASSUMED), list(assumed(page.priced.loaded, page.names, page.words)))


def meanings(page: Page) -> Iterator[Section]:
    """What the figures mean."""
    texts = TEXTS if page.assessed.sure is None else (*TEXTS, *OF_DRAWS)
    figures = page.assessed.plan.prices.file.assessed_by
    rows = [[page.say(figure), page.say(text, figures=figures)] for figure, text in texts]
    yield Section(page.say(MEANINGS), [Table([page.say(FIGURE), page.say(MEANS)], rows, 2, small=True)])
