"""Which published table a file holds, and who publishes it: by what the file says, or else by its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from simulation.municipal.cubes import PUBLISHER as STATBANK
from simulation.municipal.headings import folded
from simulation.municipal.jsons import PUBLISHER as JOBINDSATS
from simulation.municipal.notes import BY_FILE, BY_NAME, BY_OPTION
from simulation.municipal.sheets import Sheet
from simulation.world.labels import Label

SIMULATED, SIMULATED_PREFIX = "simulated by jobcentersim", "simuleret_"
"""Tables for practice (`practice-tables`) are never taken for published ones."""
_BEGIN, _END = "(?<![a-z0-9])", "(?![a-z0-9])"
_JOBINDSATS = re.compile(rf"{_BEGIN}(y\d\d[a-z]\d\d[a-z]?|ptv_?[a-z]\d\d|rm\d\d[a-z]{{2}}|otij\d\d|smt\d\d){_END}")
_STATBANK = re.compile(rf"{_BEGIN}(au[a-z]{{1,3}}\d\d){_END}")


def table_and_publisher(sheet: Sheet, said: str) -> tuple[str, str, Label | None]:
    """Table, publisher, and where the table is known from (None if it is not). `said` is what the caller says."""
    name = PurePath(sheet.file).name.casefold()
    by_name = _JOBINDSATS.search(name) or _STATBANK.search(name)
    if said:
        table, known_from = said.upper(), BY_OPTION
    elif sheet.facts.table:
        table, known_from = sheet.facts.table, BY_FILE
    elif by_name:
        table, known_from = by_name[1].upper(), BY_NAME
    else:
        table, known_from = "", None
    publisher = SIMULATED if name.startswith(SIMULATED_PREFIX) else sheet.facts.publisher
    return table, publisher or _publisher(sheet, table.casefold()), known_from


def _publisher(sheet: Sheet, table: str) -> str:
    heads = {folded(head) for head in sheet.rows[0]}
    if "indhold" in heads and "tid" in heads:
        return STATBANK
    told = " ".join(each.told("en") for each in sheet.notes).casefold()
    if _JOBINDSATS.fullmatch(table) or {"area", "periode"} <= heads or "jobindsats" in told:
        return JOBINDSATS
    return STATBANK if _STATBANK.fullmatch(table) else ""
