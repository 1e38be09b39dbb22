"""Aktive tilbud of any name: an open list of parts, and parts that fit some better than others (rows 003:10 and 003:11
of what the evaluations ask).

Decision rules. Weeks, hours, places and minutes are exact. Hazards: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulation.interventions.aktive_tilbud.settings import AktiveTilbud
from simulation.results.measures.replication import simulate
from simulation.results.names import Names
from simulation.scenario.load import load
from simulation.week import run
from tests.health import activity
from tests.helpers import exits_follow, survival_of
from tests.offers import total, weekly
from tests.tilbud import one, referred

SHIPPED = Path(__file__).parents[2] / "scenarios"


def test_parts_of_any_name_are_counted_and_told() -> None:
    """Coaching (known), and `hest`, which has a name of its own: counts, shares and labels in both languages."""
    scenario = referred(**one(coaching=activity(2), hest=activity(3, name="Ridning", places=1)))
    world = run(scenario, [0])
    assert (total(world, "a_coaching"), total(world, "a_hest")) == (100, 1)
    outcomes = simulate(scenario, [0])[0].outcomes
    assert (outcomes["a_coaching_share", "alle", None], outcomes["a_hest_share", "alle", None]) == (1.0, 0.01)
    names = Names(scenario)
    assert names.meaning("a.hest_share").label.da == "Aktive tilbud med Ridning"
    assert names.meaning("a.coaching_share").label.en == "Active offers with coaching"


def test_a_part_fits_some_better_than_others() -> None:
    """An effect of 3 in the offer: twice as strong for one level (5), not at all for the other: hazards."""
    fit = {"helbred": {"krop": 2.0, "sind": 0.0}}
    settings = one(mindfulness=activity(effects={"job": 3.0}, fit=fit))
    for krop, factor in ((1.0, 5.0), (0.0, 1.0)):
        levels = {"helbred": {"krop": {"share": krop}, "sind": {"share": 1.0 - krop}}}
        world = {"exits": {"job": {"level": 0.02}}, "subgroups": levels}
        intensity = np.full(20, 0.02)
        intensity[1:13] *= factor
        exits_follow(referred(20_000, world=world, **settings), survival_of(intensity))


def test_minutes_of_specialised_parts_are_missing_for_other_referrals() -> None:
    """100 minutes: five referrals a week to a broad offer of 20, two to a specialised one of 50."""
    team = {"teams": {"team": {"fte": 1, "minutes_per_week": 100}}}
    each = [
        weekly(run(referred(20, 4, team, **one(**{part: activity(referral_minutes=minutes)})), [0]), "a_referred")
        for part, minutes in (("bredt", 20), ("special", 50))
    ]
    assert each == [[5, 5, 5, 5], [2, 2, 2, 2]]


def test_what_is_wrong_with_a_part_is_said() -> None:
    """A name that is counted as something else, an unknown level, a fit of nothing; parts that a jobcentre adds."""
    parts = {"hours": activity(5), "full": activity(5, fit={"helbred": {"sjael": 2.0}})}
    scenario = referred()
    found = dict(AktiveTilbud.model_validate(
        {**scenario.interventions["a"].model_dump(), "parts": parts}
    ).problems(scenario))  # fmt: skip
    assert set(found) == {("parts", "hours"), ("parts", "full"), ("parts", "full", "fit", "helbred", "sjael")}
    settings = scenario.interventions["a"]
    assert isinstance(settings, AktiveTilbud)
    more = settings.model_copy(update={"parts": {**settings.parts, "yoga": settings.parts["motion"]}})
    assert [path for path, _ in settings.unlike(more)] == [("parts", "yoga")]
    assert not list(more.unlike(settings))


@cache
def shipped(name: str) -> Mapping[Any, float]:
    """Outcomes of a shipped scenario, in one replication."""
    return simulate(load(SHIPPED / f"{name}.yaml").scenario, [0])[0].outcomes


def test_row_003_11_offers_beyond_the_five() -> None:
    """Mindfulness, coaching, diet, pain and job search are parts of the shipped what-if, and are begun."""
    told = shipped("hvad_hvis/aht_specialiserede_tilbud")
    for part in ("mindfulness", "coaching", "kost", "smerte", "jobsoegning"):
        assert 0.1 < told[f"aktive_tilbud_{part}_share", "deltager", None] < 0.9, part


def test_row_003_10_broad_or_specialised() -> None:
    """A broad offer reaches the hours at once; by what is assumed of effects and fit specialised ones help more."""
    broad, special = (shipped(f"hvad_hvis/aht_{each}") for each in ("bredt_tilbud", "specialiserede_tilbud"))
    full, exits = ("aktive_tilbud_full_share", "deltager", None), ("exit_egen_job", "deltager", None)
    assert broad[full] == 1.0 > special[full] > 0.6
    assert 0 < special[exits] - broad[exits] < 0.02
