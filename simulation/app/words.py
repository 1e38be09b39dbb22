"""The words of the page."""

from __future__ import annotations

from simulation.app.levers import Area
from simulation.world.labels import Label, Language

TITLE = Label("jobcentersim: move it and see", "jobcentersim: skru og se")
LANGUAGE = Label("Language", "Sprog")
LANGUAGES: dict[Language, str] = {"da": "Dansk", "en": "English"}
SCENARIO = Label("Scenario", "Scenarie")
OWN = Label("own: {name}", "egen: {name}")
PICK = Label("Pick a scenario. Its staff, limits, talks and places can then be moved.",
             "Vælg et scenarie. Derefter kan dets bemanding, lofter, samtaler og pladser ændres.")  # fmt: skip
AREAS: dict[Area, Label] = {
    "staff": Label("Staff and caseload limit", "Bemanding og sagsloft"),
    "talks": Label("Contact plan and talks", "Kontaktforløb og samtaler"),
    "exempt": Label("Exempt", "Fritagelse"),
    "places": Label("Places", "Pladser"),
}
NOTHING_TO_MOVE = Label("Nothing of this scenario can be moved here.", "Intet i dette scenarie kan ændres her.")
RESET = Label("Everything back to the base", "Nulstil til grundlaget")
NO_LIMIT = Label("none", "intet")
HAVE_OWN = Label("Jobcentres that have a value of their own keep it: {n}.",
                 "{n} jobcentre har deres egen værdi og beholder den.")  # fmt: skip
BASE_IS = Label("In the base: {value}.", "I grundlaget: {value}.")
CHANGED = Label("Changed:", "Ændret:")
NOTHING_CHANGED = Label("Nothing is changed yet: this is the base.", "Intet er ændret endnu; her vises grundlaget.")
CHANGE = Label("{what} {before} → {after}", "{what} {before} → {after}")
SIMULATING = Label("Simulating the first {n} replications …", "Simulerer de første {n} gentagelser …")
SIMULATING_DESIGN = Label("Simulating the first {n} replications with the changes … (below: the base)",
                          "Simulerer de første {n} gentagelser med ændringerne … (nedenfor: grundlaget)")  # fmt: skip
MORE_COME = Label("{n} replications; more come while you look", "{n} gentagelser; flere kommer, mens du ser på")
ALL_HERE = Label("{n} replications", "{n} gentagelser")
REFUSED = Label("This cannot be simulated:", "Dette kan ikke simuleres:")
CANNOT_READ = Label("This scenario cannot be used:", "Dette scenarie kan ikke bruges:")
FAULT = Label("The simulation stopped: {what}", "Simuleringen stoppede: {what}")
NO_MONEY = Label("Money is not shown, for it is not known:", "Økonomien er ikke vist, for den kendes ikke:")
OF_PRICES = Label("Priced by {prices} as cba does, staff as paid (posts), in kroner of {year}; + is a gain of the "
                  "payer. {minds}",
                  "Prissat med {prices} som i cba, personale som ansat (posts), i {year}-kroner; + er en gevinst for "
                  "betaleren. {minds}")  # fmt: skip
MORE_OR_LESS = Label("Gains (+) or pays (−)", "Vinder (+) eller betaler (−)")
KEEP = Label("Keep this design", "Gem designet")
NAME = Label("Name", "Navn")
NAMED = Label("{base}, changed", "{base}, ændret")
SAVE = Label("Save as a scenario file", "Gem som scenariefil")
SAVED = Label(
    "Saved: {file}. By hand: jobcentersim compare {base} {file}; the money: jobcentersim cba {base} {file}",
    "Gemt: {file}. I hånden: jobcentersim compare {base} {file}; økonomien: jobcentersim cba {base} {file}",
)
REPORT = Label("Make report and workbook", "Lav rapport og regneark")
BY_THE_COMMAND_LINE = Label(
    "of as many replications as are shown, by the command line (compare), in {folder}; without the money, which "
    "jobcentersim cba finds for the saved file",
    "med så mange gentagelser, som vises, af kommandolinjen (compare), i {folder}; uden økonomien, som "
    "jobcentersim cba finder for den gemte fil",
)
MAKING = Label("The command line runs compare and report …", "Kommandolinjen kører compare og report …")
STOP = Label("Stop", "Stop")
STOPPED = Label("Stopped. What was finished is kept; jobcentersim resume goes on with it.",
                "Stoppet. Det færdige er gemt; jobcentersim resume fortsætter med det.")  # fmt: skip
DOWNLOAD_REPORT = Label("Download the report", "Hent rapporten")
DOWNLOAD_BOOK = Label("Download the workbook", "Hent regnearket")
MADE = Label("They lie in {folder}", "De ligger i {folder}")
MOVE_FIRST = Label("Move something first: then there is something to keep.",
                   "Ændr noget først, så er der noget at gemme.")  # fmt: skip
NO_ENTRY = ("No entry without the address that jobcentersim app printed. / Ingen adgang uden den adresse, som "
            "jobcentersim app skrev.")  # fmt: skip
