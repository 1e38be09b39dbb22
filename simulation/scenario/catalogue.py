"""What comes with the program, with one line each: scenarios (what-ifs beneath their base), parts, published figures,
fitted values, priors, evidence, prices."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.scenario.files.regular import content_of
from simulation.scenario.files.shipped import EVIDENCE, FITS, PARTS, PRICES, PRIORS, SCENARIOS, TARGETS, names
from simulation.scenario.files.yamlfile import read
from simulation.world.labels import Label

KINDS: dict[str, Label] = {
    SCENARIOS: Label("Scenarios (`extends: shipped/NAME`, `jobcentersim run shipped/NAME`)",
                     "Scenarier (`extends: shipped/NAVN`, `jobcentersim run shipped/NAVN`)"),
    PARTS: Label("Parts (`extends: [BASE, {part: shipped/NAME, arms: [ARM]}]`)",
                 "Dele (`extends: [GRUNDLAG, {part: shipped/NAVN, arms: [GRUPPE]}]`)"),
    TARGETS: Label("Published figures (`targets: shipped/NAME`)", "Offentliggjorte tal (`targets: shipped/NAVN`)"),
    FITS: Label("Fitted values (`fitted: shipped/NAME`)", "Kalibrerede værdier (`fitted: shipped/NAVN`)"),
    PRIORS: Label("Priors of a calibration (`priors: shipped/NAME`)",
                  "Fordelinger før kalibrering (`priors: shipped/NAVN`)"),
    EVIDENCE: Label("Published effects (`evidence: shipped/NAME`)",
                    "Offentliggjorte effekter (`evidence: shipped/NAVN`)"),
    PRICES: Label("Prices (`extends: shipped/NAME` in a file of prices)",
                  "Priser (`extends: shipped/NAVN` i en fil med priser)"),
}  # fmt: skip
"""Kinds of shipped files, each with what they are and where they are named."""
_COUNTED = {
    PARTS: ("interventions", Label("interventions: {n}", "indsatser: {n}")),
    TARGETS: ("targets", Label("figures: {n}", "tal: {n}")),
    FITS: ("parameters", Label("parameters: {n}", "parametre: {n}")),
    PRIORS: ("parameters", Label("parameters: {n}", "parametre: {n}")),
    EVIDENCE: ("mechanisms", Label("mechanisms: {n}", "mekanismer: {n}")),
    PRICES: ("prices", Label("kinds of item: {n}", "slags poster: {n}")),
}


@dataclass(frozen=True)
class Entry:
    """A shipped file: its name (`shipped/...`), what it calls itself, how many scenarios stand above it, and how many
    figures or parameters it has (of a scenario: None)."""

    kind: str
    name: str
    file: pathlib.Path
    title: Label
    base: str | None = None
    depth: int = 0
    size: Label | None = None
    number: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As data."""
        more = {"extends": self.base} if self.kind == SCENARIOS else {"number": self.number}
        titles = {"title": self.title.en, "title_da": self.title.da}
        return {"kind": self.kind, "name": self.name, **titles, "file": str(self.file), **more}


def catalogue(kind: str) -> list[Entry]:
    """All of a kind, scenarios each beneath the one that it extends. Raises InputProblems for a file that cannot be
    read."""
    documents = {name: (file, read(file).data) for name, file in names(kind).items()}
    if kind != SCENARIOS:
        return [_counted(kind, name, file, data) for name, (file, data) in documents.items()]
    by_file = {file.resolve(): name for name, (file, _) in documents.items()}
    bases = {name: _base(file, data, by_file) for name, (file, data) in documents.items()}

    def beneath(base: str | None, depth: int) -> Iterator[Entry]:
        for name, (file, data) in documents.items():
            if bases[name] == base:
                yield Entry(kind, name, file, _title(data, file), base, depth)
                yield from beneath(name, depth + 1)

    return list(beneath(None, 0))


def _base(file: pathlib.Path, data: Mapping[str, Any], by_file: Mapping[pathlib.Path, str]) -> str | None:
    """The shipped scenario that one extends; of several the first."""
    extends = data.get("extends")
    first = extends[0] if isinstance(extends, list) and extends else extends
    return by_file.get((file.parent / first).resolve()) if isinstance(first, str) else None


def _title(data: Mapping[str, Any], file: pathlib.Path) -> Label:
    """What a file calls itself, in Danish by its `name_da`; or the first sentence that is written in it."""
    if isinstance(name := data.get("name", data.get("part")), str):
        return Label(name, str(data.get("name_da", name)))
    first = content_of(file).decode().split("\n", 1)[0]
    sentence = first.lstrip("# ").split(". ")[0].rstrip(".") if first.startswith("#") else ""
    return Label(sentence, sentence)


def _counted(kind: str, name: str, file: pathlib.Path, data: Mapping[str, Any]) -> Entry:
    key, size = _COUNTED[kind]
    number = len(data[key]) if isinstance(data.get(key), Mapping) else 0
    return Entry(kind, name, file, _title(data, file), size=size, number=number)
