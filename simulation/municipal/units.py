"""The unit of a measure by what it is called: persons, full-time persons and spells are three different things.

A name that says none has none, which is told. `heraf` (of which) has the unit of the count before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from simulation.world.labels import Label

UNITS = {
    "percent": Label("percent", "pct."), "weeks": Label("weeks", "uger"), "months": Label("months", "måneder"),
    "days": Label("days", "dage"), "talks per person": Label("talks per person", "samtaler pr. person"),
    "full-time persons": Label("full-time persons", "fuldtidspersoner"), "spells": Label("spells", "forløb"),
    "talks": Label("talks", "samtaler"), "persons": Label("persons", "personer"), "number": Label("number", "antal"),
}  # fmt: skip
"""Units that are known by name, as people read them; of Statistics Denmark there are others."""
_PRINTED = {"pct.": "percent", "pct": "percent", "percent": "percent", "antal": "number", "number": "number"}
_NAMES = (
    (r"\bpct\b|%|procent|\bandel\b|share of", "percent"),
    (r"\(uger\)", "weeks"),
    (r"\(mdr\.?\)|\(måneder\)", "months"),
    (r"\(dage\)", "days"),
    (r"samtaler pr\. person", "talks per person"),
    (r"fuldtidspersoner|fuldtidsmodtagere|fuldtidsledige|fuldtidsaktiverede", "full-time persons"),
    (r"^antal\b.*forløb", "spells"),
    (r"^antal\b.*samtaler", "talks"),
    (r"^antal\b.*(personer|aktiverede|modtagere|ledige|berørte)", "persons"),
)
_AVERAGES = re.compile(r"\bpct\b|procent|%|gnsn|gennemsnit|\bandel|\bpr\.|grad\b|\(uger\)", re.IGNORECASE)


def unit_of(measure: str, printed: Mapping[str, str], earlier: Sequence[str] = ()) -> str:
    """The unit, "" if nothing says it. `printed` are those of the file by measure ("" is of all others), `earlier` the
    measures before this one."""
    if said := printed.get(measure) or printed.get(""):
        return _PRINTED.get(said.strip().lower(), said)
    name = measure.casefold()
    for pattern, unit in _NAMES:
        if re.search(pattern, name):
            return unit
    if name.startswith("heraf "):
        counts = [one for one in earlier if one.casefold().startswith("antal ")]
        return unit_of(counts[-1], printed) if counts else ""
    return ""


def counts_whole(measure: str) -> bool:
    """Whether a measure counts something, so that `1.234` can only be thousands."""
    return measure.casefold().startswith(("antal ", "heraf ")) and not _AVERAGES.search(measure)
