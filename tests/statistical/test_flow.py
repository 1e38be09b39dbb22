"""The shipped scenarios of several benefits in one flow: printed figures, direction and size; few replications."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulation.results.measures.replication import Replication, simulate
from simulation.results.names import Names
from simulation.scenario.check import warnings
from simulation.scenario.load import load
from simulation.world.spec import Floats
from tests.helpers import LIMIT, z_of

SICK, OFFERS, DAGPENGE = "flow_sygedagpenge", "flow_sygedagpenge_tilbud", "flow_dagpenge"


@cache
def replications(name: str) -> list[Replication]:
    return simulate(load(f"scenarios/{name}.yaml").scenario, range(3))


def of(name: str, outcome: str, week: int | None = None) -> Floats:
    return np.array([each.outcomes[outcome, "alle", week] for each in replications(name)])


@pytest.mark.parametrize("name", [SICK, OFFERS, DAGPENGE])
def test_nothing_is_doubtful(name: str) -> None:
    assert warnings(load(f"scenarios/{name}.yaml")) == []


def test_dagpenge_lasts_as_printed() -> None:
    """LVL-21: 0.569, 0.316 and 0.118 of the spells last 14, 27 and 53 weeks; it is flat, nearly as printed."""
    left = {week: of(DAGPENGE, "exit_any", week).mean() for week in (14, 27, 53)}
    assert left == pytest.approx({14: 1 - 0.569, 27: 1 - 0.316, 53: 1 - 0.118}, abs=0.03)


def test_end_of_the_right() -> None:
    """Few use it up in one go: exp(−0.04 × 104) = 1.6 % of all, 40 % of them go on to kontanthjælp, beside 0.8 % who
    pass before; some come back to dagpenge for another try."""
    passed = of(DAGPENGE, "from_dagpenge_to_kontanthjaelp").sum() / 6000
    assert 0.4 * 0.0156 + 0.005 < passed < 0.4 * 0.0156 + 0.015


def test_what_follows_a_ressourceforloeb() -> None:
    """LVL-63: 56 % pension, 25 % fleksjob or ledighedsydelse, 4 % work."""
    ways = {
        where: of(SICK, f"from_ressourceforloeb_to_{where}").sum()
        for where in ("foertidspension", "ledighedsydelse", "fleksjob", "job", "ledighed")
    }
    ended = sum(ways.values())
    assert ended > 50
    assert abs(float(z_of(ways["foertidspension"], ended, 0.56))) < LIMIT
    assert abs(float(z_of(ways["ledighedsydelse"] + ways["fleksjob"], ended, 0.25))) < LIMIT
    assert abs(float(z_of(ways["job"], ended, 0.04))) < LIMIT


def test_one_flow() -> None:
    """They pass through all four benefits; weeks on them add up; a fleksjob that ends leads to ledighedsydelse."""
    names = Names(load(f"scenarios/{SICK}.yaml").scenario)
    benefits = ("sygedagpenge", "jobafklaring", "ressourceforloeb", "ledighedsydelse")
    on = [of(SICK, f"weeks_on_{name}") for name in benefits]
    assert (np.array(on) > 2).all()
    np.testing.assert_allclose(sum(on), of(SICK, "weeks_on_benefit"))
    assert 0.15 < of(SICK, "from_sygedagpenge_to_jobafklaring_share").mean() < 0.3
    assert (of(SICK, "from_fleksjob_to_ledighedsydelse") > 0).all()
    assert "from_fleksjob_to_sygedagpenge" not in names.meanings


def test_offers_before_ledighedsydelse() -> None:
    """With the same luck: while they last they keep people on sygedagpenge, by less than half a week."""
    longer = of(OFFERS, "weeks_on_sygedagpenge") - of(SICK, "weeks_on_sygedagpenge")
    assert (longer > 0).all() and longer.mean() < 0.5
    assert (of(OFFERS, "aktive_tilbud_started") > 300).all()
