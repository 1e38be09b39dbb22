"""What the workbook of who pays and who gains says."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.economy.items import HOURS
from simulation.world.labels import Label

SUMMARY, QUANTITIES = Label("Summary", "Overblik"), Label("Quantities", "Mængder")
PRICES, ACCOUNTS = Label("Prices", "Priser"), Label("Accounts", "Regnskab")
ABOUT_SUMMARY = Label("What every party gains by the scenario, by year (below 0: what it pays), kr",
                      "Hvad hver part vinder ved scenariet, pr. år (under 0: hvad den betaler), kr.")  # fmt: skip
ABOUT_QUANTITIES = Label("How many units more than in the base, by calendar year",
                         "Hvor mange enheder flere end i basisscenariet, pr. kalenderår")  # fmt: skip
ABOUT_PRICES = Label(
    "Kroner of {year} for a unit by the rules of each year, and which share of them who pays to whom",
    "{year}-kroner pr. enhed efter hvert års regler, og hvor stor en del hvem betaler til hvem",
)
ABOUT_ACCOUNTS = Label(
    "Units × price × share: kroner more than in the base, by payer and receiver",
    "Enheder × pris × andel: kroner mere end i basisscenariet, efter betaler og modtager",
)
HOW = Label(
    "In kroner of {year}, for the {persons} persons of the run, mean of {times} replications, not discounted. All "
    "follows by formulas from the sheets {quantities} and {prices}.",
    "I {year}-kroner, for kørslens {persons} personer, gennemsnit af {times} gentagelser, ikke diskonteret. Alt følger "
    "ved formler af arkene {quantities} og {prices}.",
)
CHANGE = Label(
    "Change a price or a share, and the amounts follow; the last three columns keep the answer as it is stored.",
    "Ret en pris eller en andel, og beløbene følger med; de tre sidste kolonner beholder svaret, som det er gemt.",
)
MEANS = Label(
    "Both are the same to a few øre: what is stored was rounded to the øre in every replication.",
    "De to er ens på nær få øre: det gemte er afrundet til hele øre i hver gentagelse.",
)
SHARES = Label("A share of the price; an empty cell is none.", "En andel af prisen; en tom celle er ingen.")
REAL = Label(
    "What is paid to {society} is used up, and what comes from it is produced; these are whole prices.",
    "Hvad der betales til {society}, bruges op, og hvad der kommer derfra, er produceret; det er hele prisen.",
)
BUDGET = Label("Budget", "Budget")
ABOUT_BUDGET = Label("What the public gains in the budget year and three more (below 0: pays), kr",
                     "Hvad det offentlige vinder i budgetåret og tre år til (under 0: betaler), kr.")  # fmt: skip
AS_STORED = Label("{name}, as it is", "{name}, som det er")
LEVELS = Label(
    "What a scenario has more than the base follows by formulas from the sheet {accounts}; rows of a scenario as it "
    "is, and intervals, are as stored.",
    "Det, et scenarie har mere end basisscenariet, følger ved formler af arket {accounts}; rækker med et scenarie, som "
    "det er, og intervaller er, som de er gemt.",
)
REFUSION = Label(
    "Benefits of the municipality are its own share, after refusion; those of the state are its share.",
    "Kommunens ydelser er dens egen andel efter refusion; statens er dens andel.",
)
FROM_TO = Label("{year}, {end}", "{year}, {end}")
LINE_HEAD = Label("Line", "Post")
SCENARIO, ACCOUNT_HEAD, ALL = Label("Scenario", "Scenarie"), Label("Who", "Hvem"), Label("All years", "Alle år")
SORT, NAME, PART = Label("Sort", "Art"), Label("What", "Hvad"), Label("Part", "Del")
YEARS = Label("Years", "År")
UNIT_HEAD, PRICE = Label("Unit", "Enhed"), Label("Kroner of a unit", "Kroner pr. enhed")
PAYER, RECEIVER = Label("Payer", "Betaler"), Label("Receiver", "Modtager")
STORED = Label("Stored, all years", "Gemt, alle år")
LOW, HIGH = Label("95 % from", "95 % fra"), Label("95 % to", "95 % til")
KNOWN_FROM, SOURCE = Label("Kind of value", "Slags værdi"), Label("Source", "Kilde")
FLOW = Label("{payer} → {receiver}", "{payer} → {receiver}")
AGAIN = Label("Society a second time: production less what is used up",
              "Samfundet for anden gang: produktion minus det, der bruges op")  # fmt: skip
STEP = Label("step {part}", "trin {part}")
OF_HOURS: Mapping[str, Label] = dict(zip(HOURS, (
    Label("ordinary jobs", "ordinære job"), Label("fleksjob", "fleksjob"), Label("løntilskud", "løntilskud"),
    Label("hours beside a benefit", "timer ved siden af en ydelse"),
), strict=True))  # fmt: skip
