"""What is easily misread in a table that has been read rightly.

Each sentence rests on what the publisher says of the figures: the page on definitions of Jobindsats and STAR's news
(spells, status, reform), and the shape of the table itself (totals, periods that overlap).
"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.municipal import notes
from simulation.municipal.areas import COUNTRY, known_area, likely_area, other_area
from simulation.municipal.notes import Note, note
from simulation.municipal.periods import KINDS
from simulation.municipal.table import Table, is_total
from simulation.municipal.units import UNITS
from simulation.scenario.files.problems import shortened
from simulation.world.labels import Label

REFORM = "2025-07-01"
"""The kontanthjælp reform: tables Y35, Y36 and Y38 end here, Y60 begins."""
_BEFORE, _FROM = ("Y35", "Y36", "Y38"), "Y60"
MIXED_UP = ("full-time persons", "persons", "spells")
"""Units that are easily taken for each other."""


def doubts(table: Table) -> list[Note]:
    """Sentences on what to mind."""
    return [*_of_areas(table), *_of_periods(table), *_of_groups(table), *_of_measures(table), *_of_reform(table)]


def doubts_together(tables: Sequence[Table]) -> list[Note]:
    """What to mind of several files beside each other."""
    names = {each.table[:3] for each in tables}
    return [note(notes.TWO_TABLES)] if _FROM in names and names & set(_BEFORE) else []


def _of_areas(table: Table) -> list[Note]:
    areas = [area for area in table.distinct("area") if area]
    unknown = [area for area in areas if known_area(area) is None and not other_area(area)]
    if len(unknown) == 1 and (meant := likely_area(unknown[0])):
        return [note(notes.UNKNOWN_MEANT, area=unknown[0], meant=meant)]
    if unknown:
        named = ", ".join(f"'{shortened(area, 40)}'" for area in unknown[:3])
        return [note(notes.UNKNOWN, areas=named + (", ..." if len(unknown) > 3 else ""))]
    return [note(notes.COUNTRY_ALONE)] if areas == [COUNTRY] else []


def _of_periods(table: Table) -> list[Note]:
    kinds = list(dict.fromkeys(each.period.kind for each in table.observations))
    found = [note(notes.LENGTHS, kinds=_listed([KINDS[kind] for kind in kinds]))] if len(kinds) > 1 else []
    return [*found, note(notes.ROLLING)] if "rolling year" in kinds else found


def _of_groups(table: Table) -> list[Note]:
    total = [Label(name, name) for at, name in enumerate(table.groups)
             if any(is_total(each.groups[at]) for each in table.observations)]  # fmt: skip
    areas = table.distinct("area")
    if COUNTRY in areas and [area for area in areas if area not in ("", COUNTRY)]:
        total.insert(0, notes.AREAS)
    return [note(notes.TOTALS, where=_listed(total))] if total else []


def _of_measures(table: Table) -> list[Note]:
    measures = table.distinct("measure")
    found = []
    if any("efter afsluttet forløb" in each.casefold() for each in measures):
        found.append(note(notes.STATUS))
    units = [UNITS[unit] for unit in MIXED_UP if unit in table.distinct("unit")]
    if len(units) > 1:
        found.append(note(notes.UNITS, units=_listed(units)))
    if any(each in ("INDHOLD", "value") for each in measures):
        found.append(note(notes.NOT_SAID))
    return found


def _of_reform(table: Table) -> list[Note]:
    starts = [each.period.start for each in table.observations]
    if table.table.startswith(_BEFORE) and max(starts) >= REFORM:
        return [note(notes.BEFORE_REFORM, table=table.table)]
    if table.table.startswith(_FROM) and min(starts) < REFORM:
        after = max(starts) < REFORM
        return [note(notes.AFTER_REFORM, table=table.table) if after else note(notes.WITHIN_REFORM)]
    return []


def _listed(labels: Sequence[Label]) -> Label:
    """Several labels as one."""
    return Label(", ".join(each.en for each in labels), ", ".join(each.da for each in labels))
