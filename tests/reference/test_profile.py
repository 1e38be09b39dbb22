"""Both engines give everybody the same level by a score, and tell the same lives where it matters; a score that is a
lot is the characteristic without a score."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.scenario.profiles import scales
from simulation.scenario.schema import Scenario
from simulation.week import run

from .test_equal import assert_same_counts, assert_same_teams, assert_same_weeks, pair_of
from .test_sizes import plain

LEVELS = {"hurtige": {"share": 0.3}, "midten": {"share": 0.45}, "langsomme": {"share": 0.25}}
NEED = {"udsigt": ["langsomme", "hurtige"]}
FORETELLS = {"syge": (["gammelt_job", "job"], 12), "ydelser": (["job", "fleksjob"], 20)}
USES: dict[str, dict[str, Any]] = {
    "syge": {
        "interventions.fritaget.among": {"udsigt": ["hurtige", "midten"]},
        "interventions.opfoelgning.priority": "need_first",
        "interventions.opfoelgning.need": NEED,
    },
    "ydelser": {"interventions.samtaler.priority": "need_first", "interventions.samtaler.need": NEED},
}


def with_score(name: str, auc: float | None) -> Scenario:
    """The scenario with levels by a score, which are used."""
    exits, weeks = FORETELLS[name]
    score = {"predicts": {"exits": exits, "within_weeks": weeks}, "auc": auc}
    return plain(name).with_({"subgroups.udsigt": LEVELS, "profile": {"udsigt": score}, **USES[name]}).scenario


@pytest.mark.parametrize(("name", "auc"), [("syge", 0.56), ("ydelser", None)])
def test_every_life_and_every_team(name: str, auc: float | None) -> None:
    """And the score matters: without it others are exempt, and others called first."""
    pair = pair_of(f"{name} with a score", with_score(name, auc))
    product, reference = pair.world.ledige.subgroup["udsigt"], pair.reference.ledige.subgroup["udsigt"]
    assert (product == reference).all() and len(set(product.tolist())) == 3
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
    by_lot = plain(name).with_({"subgroups.udsigt": LEVELS, **USES[name]}).scenario
    assert (pair.world.register.codes != run(by_lot, [0]).register.codes).any()


def test_a_score_that_is_a_lot_is_the_characteristic_without_a_score() -> None:
    scenario = with_score("syge", 0.5)
    without = plain("syge").with_({"subgroups.udsigt": LEVELS, **USES["syge"]}).scenario
    assert scales(scenario)["udsigt"].slope == 0
    assert (run(scenario, [0]).register.codes == run(without, [0]).register.codes).all()


def test_a_batch_is_its_replications() -> None:
    scenario = with_score("syge", 0.56)
    batch, alone = run(scenario, [0, 3]), run(scenario, [3])
    assert (batch.register.codes[:, batch.ledige.world == 1] == alone.register.codes).all()
