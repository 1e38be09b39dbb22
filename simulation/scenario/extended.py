"""The scenario that an overlay is an overlay of, so that both can be run side by side, and why they cannot."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from simulation.scenario.alike import Alike
from simulation.scenario.changes import changes
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.roots import CannotBeNamed, file_named, root_of
from simulation.scenario.files.yamlfile import read
from simulation.scenario.load import Loaded, load
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label

OTHER_PEOPLE = Label("follows other ledige", "følger andre ledige")
OTHER_ARMS = Label("has other arms", "har andre grupper")
OTHER_WINDOW = Label("is watched for another time", "følges over en anden periode")
OTHER_START = Label("begins in another week", "begynder i en anden uge")
THE_SAME = Label("differs in nothing that is simulated", "adskiller sig ikke i noget, der simuleres")
SAME = Label(
    "{name} changes nothing of what it extends, {base}, and is run alone",
    "{name} ændrer intet i det, den bygger på, {base}, og er kørt alene",
)
NOT_TO_BE_SET = Label("cannot be set in the same way", "kan ikke sættes på samme måde")
POLICY = ("teams", "interventions", "profile", "organisation_model", "organisation_models")
"""Parts of a scenario that are policy: what is set of them for one run is not set for its base."""
OF_ITSELF = ("name", "name_da", "description", "headline")
"""What a scenario says of itself, which is not so of its base either."""


class Extended(NamedTuple):
    """What a scenario extends: its name, and itself, or `why` it cannot be held against the scenario."""

    name: str
    loaded: Loaded | None
    why: Label | None = None


def extended_of(loaded: Loaded, settings: Mapping[str, Any]) -> Extended | None:
    """What a scenario extends, of several files the first, if that is a complete scenario; by the same seed, and with
    those `settings` of the command line that are not of policy. None where there is nothing of the kind."""
    try:
        document = read(pathlib.Path(loaded.file))
        parent = document.data.get("extends")
        name = parent[0] if isinstance(parent, list) and parent else parent
        if not isinstance(name, str):
            return None
        file = file_named("extends", name, pathlib.Path(loaded.file), root_of(pathlib.Path(loaded.file)), deep=True)
        base = load(file)
    except (InputProblems, CannotBeNamed):
        return None
    shared = {key: value for key, value in settings.items() if not _of_policy(key)}
    try:
        base = base.with_({**shared, "seed": loaded.scenario.seed})
    except InputProblems:
        return Extended(base.scenario.name, None, NOT_TO_BE_SET)
    why = _apart(base, loaded)
    return Extended(base.scenario.name, None if why else base, why)


def _of_policy(key: str) -> bool:
    steps = key.split(".")
    return steps[0] in (*POLICY, *OF_ITSELF) or (steps[0] == "jobcentres" and len(steps) > 2 and steps[2] in POLICY)


def _apart(base: Loaded, other: Loaded) -> Label | None:
    """In what they differ beside policy; None if in nothing."""
    alike, both = Alike(base.scenario, other.scenario), (base.scenario, other.scenario)
    if _arms(base.scenario) != _arms(other.scenario) or alike.other_arms:
        return OTHER_ARMS
    if not alike.same_people:
        return OTHER_PEOPLE
    if alike.refused or not alike.same_window or both[0].follow_up != both[1].follow_up:
        return OTHER_WINDOW
    if both[0].start != both[1].start:
        return OTHER_START
    return None if changes(base, other) else THE_SAME


def _arms(scenario: Scenario) -> tuple[list[str], set[str]]:
    return list(scenario.arms), scenario.references()
