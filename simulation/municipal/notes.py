"""What is told of a file that has been read, in both languages: its kind, what was done with it, what to mind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from simulation.world.labels import Label, Language


class Note(NamedTuple):
    """A sentence, and what fills its gaps."""

    what: Label
    gaps: Mapping[str, object] = MappingProxyType({})

    def told(self, language: Language) -> str:
        """In one language; what is put in stays as it is written in the file, unless it has both languages, too."""
        gaps = {key: gap.told(language) if isinstance(gap, Label | Note) else gap for key, gap in self.gaps.items()}
        return self.what.told(language, **gaps)


def note(what: Label, **gaps: object) -> Note:
    """A sentence with its gaps filled."""
    return Note(what, gaps)


CSV = Label("CSV with a {sign} between fields", "CSV med {sign} mellem felterne")
CSV_OF = Label("{publisher}, CSV with a {sign} between fields", "{publisher}, CSV med {sign} mellem felterne")
SIGNS = {
    ";": Label("semicolon", "semikolon"), ",": Label("comma", "komma"), "\t": Label("tab", "tabulator"),
    "|": Label("bar", "lodret streg"),
}  # fmt: skip
WORKBOOK = Label("Excel workbook, sheet '{sheet}'", "Excel-projektmappe, arket '{sheet}'")
VERSION_2 = Label("Jobindsats, JSON as version 2 gave it", "Jobindsats, JSON som version 2 gav det")
VERSION_3 = Label("Jobindsats, JSON as version 3 gives it", "Jobindsats, JSON som version 3 giver det")
OBJECTS = Label("JSON, a list of objects", "JSON, en liste af objekter")
PX, JSON_STAT = Label("Statbank, PX", "Statistikbanken, PX"), Label("Statbank, JSON-stat", "Statistikbanken, JSON-stat")
TIDY = Label("tidy CSV, as this program writes it", "ordnet CSV, som dette program skriver det")

BY_OPTION = Label("said by --table", "sagt med --table")
BY_FILE = Label("said by the file", "står i filen")
DATE_OF_FILE = Label("date of the file", "filens dato")
BY_NAME = Label("by the name of the file", "efter filens navn")

MENDED = Label("letters were stored in a wrong encoding ({was} read as {read_as}), and are mended",
               "bogstaver var gemt i forkert tegnsæt ({was} læst som {read_as}) og er rettet")  # fmt: skip
TECHNICAL = Label("several columns are called '{label}'; each has its technical name behind it",
                  "flere kolonner hedder '{label}'; hver har sit tekniske navn bagefter")  # fmt: skip
DATES = Label("'{heading}' holds dates beside the periods, and is left out",
              "'{heading}' har datoer ved siden af perioderne og er udeladt")  # fmt: skip
NO_AREA = Label("no column of areas: the area is left empty (--column area=HEADING says which one it is)",
                "ingen kolonne med områder: området står tomt (--column area=OVERSKRIFT siger hvilken)")  # fmt: skip
NO_END = Label("the last line has no end: is the file whole?", "den sidste linje har ingen afslutning: er filen hel?")
TOGETHER = Label("headings of two rows are put together, as '{heading}'",
                 "overskrifter i to rækker er sat sammen, som '{heading}'")  # fmt: skip
BELOW = Label("below the table: {text}", "under tabellen: {text}")
ACROSS = {
    "period": Label("periods stand across; each figure has a row now",
                    "perioder står på tværs; hvert tal har nu sin række"),
    "area": Label("areas stand across; each figure has a row now",
                  "områder står på tværs; hvert tal har nu sin række"),
}  # fmt: skip
BY_TITLE = Label("what is measured is taken from the title: '{title}'", "det målte er taget fra titlen: '{title}'")
UNTITLED = Label("nothing says what is measured", "intet siger, hvad der måles")
READ_AS = Label("'{written}' is read as {area}", "'{written}' læses som {area}")
MORE_READ_AS = Label("{number} more areas are read by another name than is written",
                     "{number} områder mere læses under et andet navn, end der står")  # fmt: skip
ZEROS = Label("codes of areas have lost their zeros ({codes}), and are read with them",
              "områdekoder har mistet deres nuller ({codes}) og læses med dem")  # fmt: skip
LEFT_OUT = Label("columns left out, for they stand beside what stands across: {columns}",
                 "kolonner, der er udeladt, fordi de står ved siden af det på tværs: {columns}")  # fmt: skip
SHEETS = Label("sheets left out: {sheets}", "ark, der er udeladt: {sheets}")

UNKNOWN = Label("{areas}: no municipality that is known", "{areas}: ingen kendt kommune")
UNKNOWN_MEANT = Label("'{area}': no municipality that is known (did you mean '{meant}'?)",
                      "'{area}': ingen kendt kommune (mente du '{meant}'?)")  # fmt: skip
COUNTRY_ALONE = Label("the whole country alone, and no municipality", "kun hele landet og ingen kommune")
LENGTHS = Label("periods of several lengths stand together ({kinds}): choose by period_kind",
                "perioder af flere længder står sammen ({kinds}): vælg efter period_kind")  # fmt: skip
ROLLING = Label("QMAT is a rolling year by quarter: its periods overlap, so do not add or average them",
                "QMAT er et rullende år pr. kvartal: perioderne overlapper, så de må ikke lægges sammen")  # fmt: skip
TOTALS = Label("totals stand among their parts ({where}): the column totals says in which rows",
               "totaler står mellem deres dele ({where}): kolonnen totals siger, i hvilke rækker")  # fmt: skip
AREAS = Label("area", "område")
STATUS = Label("status on a day after an ended spell, in which every benefit ranks before work: no exit rate",
               "status på en dag efter et afsluttet forløb, hvor enhver ydelse går forud for arbejde: "
               "ingen afgangsrate")  # fmt: skip
UNITS = Label("{units} are different things: choose by unit", "{units} er forskellige ting: vælg efter unit")
NOT_SAID = Label("the file does not say what is measured: see the table",
                 "filen siger ikke, hvad der måles: se tabellen")  # fmt: skip
BEFORE_REFORM = Label("{table} is of before the kontanthjælp reform of 1 July 2025; from then on it is Y60",
                      "{table} er fra før kontanthjælpsreformen 1. juli 2025; derefter er det Y60")  # fmt: skip
WITHIN_REFORM = Label("the kontanthjælp reform of 1 July 2025 lies within: before and after are not one series",
                      "kontanthjælpsreformen 1. juli 2025 ligger indenfor: før og efter er ikke én serie")  # fmt: skip
AFTER_REFORM = Label("{table} begins with the kontanthjælp reform of 1 July 2025; before, it is Y36, Y38 and Y35",
                     "{table} begynder med kontanthjælpsreformen 1. juli 2025; før: Y36, Y38, Y35")  # fmt: skip
TWO_TABLES = Label("kontanthjælp before and after the reform of 1 July 2025 stands in two tables: not one series",
                   "kontanthjælp før og efter reformen 1. juli 2025 står i to tabeller: ikke én serie")  # fmt: skip
