"""Every outcome, count and unit can be read in Danish and in English, by a text of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from simulation.interventions import KINDS
from simulation.interventions.contract import Outcome
from simulation.report.wording import Wording
from simulation.results.destinations import DESTINATIONS, of_destination
from simulation.results.general import GENERAL
from simulation.results.names import Figure, Names
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, UNITS, Label

SHIPPED = sorted(Path("scenarios").glob("*.yaml"))
SAME_WORDS = {
    "praktik", "mentor", "fleksjob", "ledighedsydelse", "job", "%", "log hazard ratio",
    "vikar", "jobklub", "løntilskud",
}  # fmt: skip
"""Texts that are the same in both languages because the word is."""


def outcomes() -> Iterator[tuple[str, Mapping[str, Outcome]]]:
    yield "general", GENERAL
    yield from ((name, of_destination(name)) for name in (*DESTINATIONS, "any"))
    for word, kind in KINDS.items():
        yield word, {**kind.settings.outcomes, **kind.settings.common_outcomes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_outcomes(language: str) -> None:
    for place, declared in outcomes():
        for name, outcome in declared.items():
            text = outcome.label[LANGUAGES.index(language)]  # type: ignore[arg-type]
            longest = 70 if place in (*DESTINATIONS, "any") else 45
            assert text and "_" not in text and len(text) <= longest, (place, name, text, len(text))
            assert outcome.label.en != outcome.label.da, (place, name)
            assert outcome.unit in UNITS, (place, name, outcome.unit)


def readable(label: Label) -> bool:
    return all(text and "_" not in text for text in label) and (
        label.en != label.da or label.en.casefold() in SAME_WORDS
    )


def test_units_destinations_and_kinds() -> None:
    same = {unit for unit, label in UNITS.items() if label.en == label.da}
    assert same == {"share", "log hazard ratio", "fleksjob"}
    kinds = [kind.settings.label for kind in KINDS.values()]
    assert all(label is not None and readable(label) for label in kinds)
    assert all(map(readable, DESTINATIONS.values()))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios(path: Path) -> None:
    names = Names(load(str(path)).scenario)
    for language in LANGUAGES:
        wording = Wording(names, language)
        texts = Counter(wording.figure(Figure(outcome)) for outcome in names.meanings)
        assert [text for text, times in texts.items() if times > 1] == []
        assert [text for text in texts if "_" in text or "{" in text] == []
