"""Every outcome, count and unit can be read in Danish and in English, by a text of its own."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import simulation
from simulation.interventions import KINDS
from simulation.interventions.contract import Outcome
from simulation.opening import COUNTS
from simulation.report.wording import Wording
from simulation.results.counted import counts_of
from simulation.results.destinations import DESTINATIONS, called, of_destination
from simulation.results.general import GENERAL
from simulation.results.names import Figure, Group, Names
from simulation.scenario.changes import changes
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, UNITS, Label, in_language
from simulation.world.names import Name

PAA_RETTE_VEJ = "scenarios/paa_rette_vej_i_job.yaml"
SHIPPED = sorted(Path("scenarios").glob("*.yaml"))
SAME_WORDS = {
    "praktik", "mentor", "fleksjob", "ledighedsydelse", "job", "%", "log hazard ratio",
    "vikar", "jobklub", "løntilskud",
}  # fmt: skip
"""Texts that are the same in both languages because the word is."""


def outcomes() -> Iterator[tuple[str, Mapping[str, Outcome]]]:
    yield "general", GENERAL
    yield from ((name, of_destination(name, called(name, {}))) for name in (*DESTINATIONS, "any"))
    for word, kind in KINDS.items():
        yield word, {**kind.settings.outcomes, **kind.settings.further_outcomes, **kind.settings.common_outcomes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_outcomes(language: str) -> None:
    for place, declared in outcomes():
        for name, outcome in declared.items():
            text = outcome.label[LANGUAGES.index(language)]
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
        told = [*texts, *map(wording.count, counts_of(names.scenario)), *parts(wording), wording.title]
        assert [text for text in told if "_" in text or "{" in text] == []


def parts(wording: Wording) -> Iterator[str]:
    scenario = wording.scenario
    yield from map(wording.arm, scenario.parts)
    yield from map(wording.team, scenario.teams)
    yield from map(wording.exit, scenario.exits)
    yield from map(wording.intervention, scenario.interventions)
    yield from (wording.level(name, level) for name, levels in scenario.subgroups.items() for level in levels)


def test_every_count_of_a_kind_and_of_everybody() -> None:
    for kind in KINDS.values():
        counts = {**kind.settings.counts, **kind.settings.further_counts, **kind.settings.common_counts}
        assert all(readable(label) and len(max(label, key=len)) <= 55 for label in counts.values())
    assert all(map(readable, COUNTS.values()))


NAMED = {
    "name": "My trial", "name_da": "Mit forsøg", "arm_names": {"deltager": "de nye", "gammel": "de gamle"},
    "split": {"deltager": {"ny": 1, "gammel": 1}},
    "teams.projekt.name": "Rådgivere", "exits.job.name": "ordinært job", "interventions.praktik.name": "Nyttejob",
    "subgroups": {"sprog": {"godt": {"share": 0.5, "name": "flydende"}, "svagt": {"share": 0.5}}},
    "outcomes_by": ["sprog"],
}  # fmt: skip


def test_names_of_a_scenario() -> None:
    """They are told as they are written; what has none as it is known, or by its key."""
    scenario = load(PAA_RETTE_VEJ, NAMED).scenario
    english, danish = (Wording(Names(scenario), language) for language in LANGUAGES)
    assert (english.title, danish.title) == ("My trial", "Mit forsøg")
    assert [english.arm(arm) for arm in ("deltager", "ny", "gammel", "kontrol")] == [
        "de nye", "ny", "de gamle", "controls",
    ]  # fmt: skip
    assert (danish.team("projekt"), danish.team("ordinaer"), danish.exit("job")) == (
        "Rådgivere", "ordinært team", "ordinært job",
    )  # fmt: skip
    assert danish.figure(Figure("exit_job", time=26)) == "Afgang til ordinært job inden 26 uger, %"
    assert english.outcome("praktik.started") == "Nyttejob: spells begun"
    levels = [Group("alle", characteristic="sprog", level=level) for level in ("godt", "svagt")]
    assert [danish.group(level) for level in levels] == ["sprog: flydende", "sprog: svagt"]
    of_arm = Group("arm", "kontrol", characteristic="sprog", level="godt")
    assert english.group(of_arm) == "controls, language: flydende"
    assert danish.count(Name("praktik", "waiting")) == "Nyttejob: venter"


def test_names_change_nothing() -> None:
    """No change between scenarios, and no other figure."""
    names = {key: value for key, value in NAMED.items() if key not in ("split", "subgroups", "outcomes_by")}
    names["arm_names"] = {"kontrol": "de andre"}
    base, named = load(PAA_RETTE_VEJ), load(PAA_RETTE_VEJ, names)
    assert changes(base, named) == []
    assert [path for path in Path("scenarios").glob("*.yaml") if not load(str(path)).scenario.name_da] == []


def test_a_name_of_an_arm_that_is_none() -> None:
    with pytest.raises(InputProblems, match="'kontorl' is not known here; did you mean 'kontrol'"):
        load(PAA_RETTE_VEJ, {"arm_names": {"kontorl": "x"}})


def test_a_danish_name_is_not_inherited_by_a_scenario_with_a_name_of_its_own(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text(f"version: 2\nextends: {Path(PAA_RETTE_VEJ).resolve()}\nname: Mine\n", encoding="utf-8")
    for loaded in (load(overlay), load(PAA_RETTE_VEJ, {"name": "Mine"})):
        assert Wording(Names(loaded.scenario), "da").title == "Mine"


def test_outcomes_of_two_interventions_have_its_name_beside_them() -> None:
    """Where both are called alike; what is there once has none."""
    wording = Wording(Names(load(PAA_RETTE_VEJ).scenario))
    assert wording.outcome("arbejde.changes") == "Changes of caseworker (Casework)"
    assert wording.outcome("arbejde_projekt.changes") == "Changes of caseworker (Casework of the project)"
    assert wording.outcome("mentor.started") == "Mentors begun"
    assert wording.figure(Figure("arbejde.changes")) == "Changes of caseworker (Casework)"


def test_one_thing_has_one_danish_word() -> None:
    """What is published is "offentliggjort", a caseload limit a "sagsloft", chance is "tilfældighed" in every text."""
    others = re.compile(r"publicere|samme held|andet held|gitter|grænse for sagsstamme", re.IGNORECASE)
    files = Path(simulation.__file__).parent.rglob("*.py")
    found = {file.name: hit[0] for file in files if (hit := others.search(file.read_text(encoding="utf-8")))}
    assert not found, found


def test_a_sentence_has_both_languages_and_is_read_as_english() -> None:
    """Within another one, copied, and as JSON."""
    empty = Label("empty", "tom").filled()
    sentence = Label("{file}: {what} is stored", "{file}: {what} er gemt").filled(file="a.csv", what=empty)
    assert sentence == "a.csv: empty is stored" and json.dumps(sentence) == '"a.csv: empty is stored"'
    for each in (sentence, copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert in_language(each, "da") == "a.csv: tom er gemt" and in_language(each, "en") == sentence
    assert in_language("as it is", "da") == "as it is"
    assert Label("Note: {note}.", "Bemærk: {note}.").told("da", note=sentence) == "Bemærk: a.csv: tom er gemt."
