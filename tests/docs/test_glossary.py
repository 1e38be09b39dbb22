"""The words of screens and reports stand in docs/glossary.md, in both languages."""

from __future__ import annotations

import pathlib
import re

from simulation.interventions import KINDS
from simulation.report.economy.labels import ACCOUNT
from simulation.world.labels import UNITS, Label

ROOT = pathlib.Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
HEAD = re.compile(r'Label\(\s*"([A-Z][\w ]*:)(?: [^"]*)?",\s*"([A-ZÆØÅ][\w ]*:)(?: [^"]*)?"')


def heads() -> set[Label]:
    """What lines of first screens begin with."""
    screens = [*(ROOT / "simulation" / "report").rglob("screen.py"), ROOT / "simulation" / "report" / "apart.py"]
    return {Label(*found) for screen in screens for found in HEAD.findall(screen.read_text(encoding="utf-8"))}


def missing(labels: set[Label]) -> list[Label]:
    """Labels of which either word is in no cell of the glossary."""
    whole = [cell for line in GLOSSARY.splitlines() for cell in line.split("|")]
    cells = {part.strip() for cell in whole for part in (cell, *re.split("[,;]", cell))}
    return [label for label in labels if not {label.en.lower(), label.da.lower()} <= cells]


def test_a_word_that_is_not_there_is_missed() -> None:
    assert missing({Label("talks", "samtaler"), Label("dragons", "drager")}) == [Label("dragons", "drager")]


def test_units_are_in_the_glossary() -> None:
    assert missing({unit for unit in UNITS.values() if unit.en != "%"}) == []


def test_beginnings_of_lines_are_in_the_glossary() -> None:
    assert len(heads()) > 10
    assert missing(heads()) == []


def test_kinds_of_intervention_are_in_the_glossary() -> None:
    assert missing({kind.settings.label for kind in KINDS.values()}) == []


def test_parties_are_in_the_glossary() -> None:
    assert missing(set(ACCOUNT.values())) == []
