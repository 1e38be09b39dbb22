"""Both engines tell the same lives where effects of every kind move small jobs beside benefit: when they begin and end,
and their hours; on several benefits, too."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from simulation.interventions import KINDS
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.load import Loaded
from simulation.scenario.references import places_of
from simulation.week import run

from .tables import SCENARIOS
from .test_equal import Both, assert_same_counts, assert_same_in_a_batch, assert_same_weeks, pair_of
from .test_sizes import plain, size_near

NAMES = (*(name for name in SCENARIOS if name not in ("lister", "marked", "teams", "bemanding")), "ydelser")
BESIDE = {"at_entry": 0.3, "begins": 0.06, "ends": 0.1, "hours": {4: 0.5, 9: 0.5}}


def moved(name: str) -> Loaded:
    """Small jobs for some, and on every effect one on their begin or end, by a factor or a size, and on their hours."""
    loaded = plain(name)
    if not loaded.scenario.job_spells:
        loaded = loaded.with_({"job_spells": {"hours": 30, "end_intensity": {0: 0.05}, "returns": 0.6}})
    loaded = loaded.with_({"job_spells.beside_benefit": BESIDE})
    data, changes = loaded.resolved.data, dict[str, Any]()
    for number, path in enumerate(effects_of(data)):
        what = "beside_ends" if number % 3 == 2 else "beside_begins"
        changes[f"{dotted(path)}.{what}"] = size_near(1.5, data) if number % 2 else 2.5 - number % 5 * 0.6
        changes[f"{dotted(path)}.beside_hours"] = 1.6
    return loaded.with_(changes)


def effects_of(data: dict[str, Any]) -> list[Path]:
    """The places of all effects; but no elasticities, which may not be of what minutes of the team move."""
    paths = (path for path in places_of(data, "exits") if path[0] == "interventions")
    return [path for path in paths if path[-2:] != ("caseload", "exits")]


@cache
def pair(name: str) -> Both:
    return pair_of(f"{name} with small jobs moved", moved(name).scenario)


@pytest.mark.parametrize("name", NAMES)
def test_every_small_job(name: str) -> None:
    """And they are others than without, so that this cannot pass by comparing scenarios without effects."""
    both = pair(name)
    assert_same_weeks(both)
    assert_same_counts(both)
    tallied = ("small jobs moved", "small jobs found", "weeks in small job")
    assert all(any(ledig.tally[what] for ledig in both.reference.people) for what in tallied)


def test_every_kind_with_effects_is_here() -> None:
    """So that a new one is not forgotten."""
    with_effects = {
        word for word, kind in KINDS.items() if any(target == "exits" for target in kind.settings.refers.values())
    }
    assert {each.kind for name in NAMES for each in plain(name).scenario.interventions.values()} >= with_effects


def test_in_a_batch() -> None:
    assert_same_in_a_batch("vikar", moved("vikar").scenario)


@pytest.mark.parametrize(
    "what", ["job_spells.beside_benefit.begins", "job_spells.beside_benefit.ends", "beside_begins", "beside_hours"]
)
def test_it_matters(what: str) -> None:
    """Without the chance, or one of the effects, somebody works other hours."""
    loaded = moved("vikar")
    changes: dict[str, Any] = {what: 0.0}
    if what.startswith("beside"):
        data = loaded.resolved.data
        changes = {f"{dotted(path)}.{what}": 1.0 for path in effects_of(data) if what in at(data, path)}
    hours, others = (run(each.scenario, [0]).register.hours for each in (loaded, loaded.with_(changes)))
    assert hours is not None and others is not None and (hours != others).any()


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_small_jobs_that_never_or_always_change(chance: float) -> None:
    """A chance of 0 or 1 stays what it is, but for a factor of 0."""
    both = dict.fromkeys(("begins", "ends"), chance)
    loaded = moved("vikar").with_({f"job_spells.beside_benefit.{what}": each for what, each in both.items()})
    nothing = {f"interventions.vikar.during.{what}": 0.0 for what in ("beside_begins", "beside_ends")}
    assert_same_weeks(pair_of(f"small jobs with chance {chance}", loaded.with_(nothing).scenario))


def at(part: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        part = part[step]
    return part
