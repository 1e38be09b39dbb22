"""A published table that has been read: one observation for each figure."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.municipal.notes import Note
from simulation.municipal.periods import Period


@dataclass(frozen=True, slots=True)
class Observation:
    """`value` has the digits of the file and a decimal point, or is "" where `missing` has the sign that stands there.
    `groups` are in the order of the table's."""

    area: str
    code: str
    groups: tuple[str, ...]
    period: Period
    measure: str
    unit: str
    value: str
    missing: str


@dataclass(frozen=True)
class Table:
    """`file` is the name alone, `extracted` a day (ISO) that the file says, or else that of the file itself, which
    `extracted_by` tells. `groups` are headings."""

    file: str
    form: Note
    publisher: str
    table: str
    extracted: str
    extracted_by: str
    groups: tuple[str, ...]
    observations: tuple[Observation, ...]
    notes: tuple[Note, ...] = ()

    def distinct(self, what: str) -> list[str]:
        """Different values of a text of the observations, in the order of the file."""
        return list(dict.fromkeys(getattr(each, what) for each in self.observations))


def is_total(label: str) -> bool:
    """Whether a label is that of all parts together."""
    folded = label.casefold().strip()
    return folded in ("i alt", "total", "alle", "hele landet") or folded.endswith((" i alt", ", i alt"))
