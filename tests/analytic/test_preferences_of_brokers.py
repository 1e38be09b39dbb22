"""Brokers of fleksjob who prefer some, and ledige who choose among brokers (rows 002:10, 002:11, 002:32 and 002:35 of
what the evaluations ask).

Decision rules. Approaches are exact; shares: |z| < LIMIT, binomial; the shipped what-ifs with the luck of the trial.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from simulation.world.world import World
from tests.health import BROKERED, broker, fleksjob
from tests.helpers import LIMIT, counts_of, z_of
from tests.offers import cohort, watch

SHIPPED = Path(__file__).parents[2] / "scenarios"
HALVES = {"subgroups": {"held": {"a": {"share": 0.5}, "b": {"share": 0.5}}}}
ARMS = {"arms": {"fri": 1, "andre": 1}}


def one(weeks: int, approaches: int, **more: Any) -> Scenario:
    """A hundred ledige, so many approaches a week, of which none opens a place."""
    teams = {**BROKERED["teams"], "formidlere": {"fte": 1, "minutes_per_week": approaches, "takes_cases": False}}
    world = {**BROKERED, **HALVES, "teams": teams}
    return cohort(100, weeks, world, f=fleksjob({"kommune": broker(opens=0.0, **more)}))


def approached(scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """How often firms were approached for each ledig, and whether she is of the level `a`."""
    often = np.zeros(100, dtype=int)

    def look(world: Any, running: Any, week: int) -> None:
        often[running[0].tried == week] += 1

    world, _ = watch(scenario, soendag=look)
    return often, world.ledige.subgroup["held"] == 0


def test_effort_goes_by_the_factor() -> None:
    """Ten approaches a week over 200 weeks: three times as many for each of the one half as for each of the other."""
    often, a = approached(one(200, 10, prefers={"levels": {"held": {"a": 3.0}}}))
    assert often.sum() == 2000 and 2.6 < often[a].mean() / often[~a].mean() < 3.2


def test_a_factor_of_0_means_never_and_of_1_nothing() -> None:
    often, a = approached(one(30, 10, prefers={"levels": {"held": {"b": 0.0}}}))
    assert often[~a].sum() == 0 and often.sum() == 300
    same = [approached(one(30, 10, **more))[0].tolist() for more in ({}, {"prefers": {"levels": {"held": {"a": 1.0}}}})]
    assert same[0] == same[1]


def test_the_motivated_are_preferred() -> None:
    """Half are motivated; with a factor for them of 20 nobody else is approached for while they are not tried."""
    scenario = one(20, 1, prefers={"motivated": 20.0})
    settings = scenario.interventions["f"].model_copy(update={"motivated": 0.5})
    scenario = scenario.model_copy(update={"interventions": {"f": settings}})
    _, (part,) = watch(scenario)
    assert part.motivated[part.tried >= 0].all() and (part.tried >= 0).sum() > 5


def two(persons: int, **andre: Any) -> Scenario:
    """An arm with two brokers to choose from, and one with the second of them alone."""
    brokers = {
        "kommune": broker(arms=["fri"], chosen={"weight": 1.0}),
        "andre": broker(arms=["fri", "andre"], team="aktoer", chosen=andre),
    }
    return cohort(persons, 3, {**BROKERED, **HALVES, **ARMS}, f=fleksjob(brokers))


def test_who_chooses_whom() -> None:
    """Weights 1 and 2, and for one half twice as heavy again: 2/3 and 4/5 choose the second; all of the other arm."""
    world, (part,) = watch(two(20_000, weight=2.0, levels={"held": {"a": 2.0}}))
    free, a = world.ledige.arm == 0, world.ledige.subgroup["held"] == 0
    assert (part.first_broker[~free] == 1).all()
    for half, share in ((a, 4 / 5), (~a, 2 / 3)):
        mine = part.first_broker[free & half]
        assert abs(z_of((mine == 1).sum(), len(mine), share)) < LIMIT


def test_an_arm_with_two_brokers_needs_to_be_told_how_they_are_chosen() -> None:
    brokers = {"kommune": broker(arms=["fri"]), "andre": broker(arms=["fri", "andre"], chosen={})}
    with pytest.raises(ValueError, match="brokered for by kommune already"):
        scenario = cohort(10, 3, {**BROKERED, **ARMS}, f=fleksjob(brokers))
        raise ValueError("; ".join(message for _, message in scenario.interventions["f"].problems(scenario)))


@cache
def after_a_year(name: str, *changes: tuple[str, Any]) -> tuple[Scenario, World, np.ndarray]:
    """A shipped what-if in twenty replications, and who was ever in a fleksjob that began on benefit, by row."""
    scenario = load(SHIPPED / f"{name}.yaml", dict(changes)).scenario
    world = run(scenario, list(range(20)))
    status = status_of(world.register.codes)
    return scenario, world, (status == GONE + world.afgang.destinations.index("fleksjob")).any(axis=0)


def share_of_hired(name: str, by: str, level: str, arm: str) -> float:
    """Of those hired of an arm, the share of this level of a characteristic."""
    scenario, world, hired = after_a_year(name)
    mine = hired & (world.ledige.arm == list(scenario.arms).index(arm))
    return float((world.ledige.subgroup[by][mine] == list(scenario.subgroups[by]).index(level)).mean())


@pytest.mark.parametrize(
    ("by", "level", "of_all", "printed"),
    [("ventetid", "over_halvandet_aar", 0.41, (0.59, 0.23)), ("kommer_fra", "sygedagpenge", 0.5, (0.61, 0.42))],
    ids=["row 002:10", "row 002:11"],
)
def test_whom_brokers_prefer_is_hired(by: str, level: str, of_all: float, printed: tuple[float, float]) -> None:
    """In the printed direction: more than of all with the other actor, fewer with the municipality."""
    other, municipal = (
        share_of_hired("hvad_hvis/fleksjob_foretrukne", by, level, arm) for arm in ("anden_aktoer", "kommune")
    )
    assert printed[0] + 0.05 > other > of_all > municipal > printed[1] - 0.05


def test_row_002_35_creaming() -> None:
    """Those of non-Western origin get fewer fleksjob with the other actor, and more of those hired wanted one."""
    shares = []
    for name in ("fleksjob_andre_aktoerer", "hvad_hvis/fleksjob_skummer"):
        shares.append(share_of_hired(name, "herkomst", "ikke_vestlig", "anden_aktoer"))
    assert shares[1] < shares[0]
    wanted = [
        counts_of(after_a_year(name)[1])["fleksjob_motivated_before"][:, 1::2].sum()
        / counts_of(after_a_year(name)[1])["fleksjob_created"][:, 1::2].sum()
        for name in ("fleksjob_andre_aktoerer", "hvad_hvis/fleksjob_skummer")
    ]
    assert wanted[1] > wanted[0]


def test_row_002_32_citizens_choose_among_actors() -> None:
    """About half of the arm comes to the municipality; those who have waited long more often to the other actor."""
    scenario = load(SHIPPED / "hvad_hvis" / "fleksjob_frit_valg.yaml").scenario
    world, running = watch(scenario)
    [part] = [each for each in running if hasattr(each, "first_broker")]
    free = world.ledige.arm == list(scenario.arms).index("anden_aktoer")
    other = part.first_broker == list(scenario.interventions["fleksjob"].brokers).index("anden_aktoer")
    long = world.ledige.subgroup["ventetid"] == 0
    assert other[free & long].mean() > 0.65 > other[free & ~long].mean() > 0.35
