"""Displacement by intervention and by the share of the labour market, against closed forms.

All are sums over a week, exact up to rounding; one is of many exits, by the decision rule of `tests.helpers`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.opening import build
from simulation.results.measures.displaced import displaced
from simulation.results.measures.replication import simulate
from simulation.results.names import ALLE, Figure, arm_group
from simulation.scenario.schema import Scenario
from simulation.world.ledige import LEDIG, OUT
from simulation.world.market import Ledger
from simulation.world.spec import Floats
from simulation.world.world import World
from tests.helpers import LIMIT, make, praktik

SHARES = {"ribe": 0.3, "vejle": 1.0}
TREATED = {"kursus": (np.arange(0, 300), 1.7), "tilskud": (np.arange(200, 500), 2.5)}  # some have both


def market(own: dict[str, float | None], displacement: float = 0.4, **changes: Any) -> Scenario:
    return make(
        arms={"deltager": 1, "kontrol": 1},
        intake={"persons": 200, "weeks": 1},
        jobcentres={name: {"market_share": share} for name, share in SHARES.items()},
        exits={
            "job": {"level": 0.04, "duration": {"log_slope": -0.05, "until_week": 9},
                    "frailty": {"kind": "gamma", "spread": 0.7}},
            "other": {"level": 0.02},
        },
        displacement=displacement,
        interventions={
            name: {**praktik(displacement=part), "referral": {"deltager": {"ready_week": 0, "weekly": 1.0}}}
            for name, part in own.items()
        },
        **changes,
    )  # fmt: skip


def a_week(scenario: Scenario, treated: dict[str, tuple[np.ndarray, float]]) -> tuple[Floats, World, Ledger]:
    """The intensities of a week, shape (destinations, rows), with these factors on the job intensity of these rows."""
    world = build(scenario, [0, 1])
    world.ledige.status[:] = LEDIG
    world.afgang.reserve[:] = 50.0  # plenty, so that nobody leaves before the intensities are read
    for name, (ids, factor) in treated.items():
        world.afgang.multiply("job", ids, factor, name)
    before = world.afgang.reserve.copy()
    world.afgang.exits_of_week(6)
    assert world.afgang.market is not None
    return (before - world.afgang.reserve) * world.afgang.brings, world, world.afgang.market.ledger


def added_by(plain: Floats, treated: dict[str, tuple[np.ndarray, float]]) -> dict[str, Floats]:
    """What each intervention adds to the job intensity of everybody, by the shares of the log."""
    logs = {name: np.zeros(len(plain)) for name in treated}
    for name, (ids, factor) in treated.items():
        logs[name][ids] = np.log(factor)
    whole = np.sum(list(logs.values()), axis=0)
    each = np.array([(np.exp(log) - 1) / log if log else 1.0 for log in whole])
    return {name: plain * each * log for name, log in logs.items()}


def by_market(world: World, amount: Floats) -> Floats:
    return np.bincount(world.ledige.jobcentre, amount)


@pytest.mark.parametrize("factor", [0.4, 2.5])
def test_what_is_taken_here_is_the_share_of_the_market(factor: float) -> None:
    """Without + added × (1 − δ × market share); the others lose δ × (1 − market share) × added."""
    treated = {"kursus": (np.arange(0, 800, 3), factor)}
    scenario = market({"kursus": None})
    plain, *_ = a_week(scenario, {})
    with_, world, book = a_week(scenario, treated)
    share = np.array([SHARES[name] for name in world.jobcentres.name_of_row])
    added = by_market(world, added_by(plain[0], treated)["kursus"])
    assert by_market(world, with_[0]) == pytest.approx(by_market(world, plain[0]) + (1 - 0.4 * share) * added, rel=1e-9)
    assert book.elsewhere.reshape(-1, 2).sum(axis=1) == pytest.approx(0.4 * (1 - share) * added, rel=1e-9)
    assert (with_[1] == plain[1]).all()


def test_each_intervention_displaces_its_own_share() -> None:
    """Without + Σ (1 − δ × market share) × what it adds, with the gain of who has both split by shares of the log."""
    scenario = market({"kursus": 0.1, "tilskud": None}, displacement=0.8)
    plain, *_ = a_week(scenario, {})
    with_, world, book = a_week(scenario, TREATED)
    share = np.array([SHARES[name] for name in world.jobcentres.name_of_row])
    added = {name: by_market(world, each) for name, each in added_by(plain[0], TREATED).items()}
    expected = by_market(world, plain[0]) + (1 - 0.1 * share) * added["kursus"] + (1 - 0.8 * share) * added["tilskud"]
    assert by_market(world, with_[0]) == pytest.approx(expected, rel=1e-9)
    others = (1 - share) * (0.1 * added["kursus"] + 0.8 * added["tilskud"])
    assert book.elsewhere.reshape(-1, 2).sum(axis=1) == pytest.approx(others, rel=1e-9)
    assert book.intensity_added.reshape(-1, 2).sum(axis=1) == pytest.approx(sum(added.values()), rel=1e-9)
    net = by_market(world, with_[0] - plain[0])
    assert book.intensity_net.reshape(-1, 2).sum(axis=1) == pytest.approx(net, rel=1e-9)


def test_effects_that_cancel_displace_what_each_adds() -> None:
    """Where logs add up to 0 nobody's intensity changes by them, and each is taken to add intensity × log."""
    everybody = np.arange(800)
    scenario = market({"kursus": 0.9, "tilskud": 0.0}, displacement=0.0)
    plain, *_ = a_week(scenario, {})
    with_, world, _ = a_week(scenario, {"kursus": (everybody, 1.25), "tilskud": (everybody, 0.8)})
    share = np.array([SHARES[name] for name in world.jobcentres.name_of_row])
    expected = by_market(world, plain[0]) * (1 - 0.9 * share * np.log(1.25))
    assert by_market(world, with_[0]) == pytest.approx(expected, rel=1e-9)


def test_who_is_untreated_pays_by_arm() -> None:
    """Jobs displaced are what the scale takes from everybody; those of the untreated stand apart, and by arm."""
    scenario = market({"kursus": 0.5})
    world = build(scenario, [0, 1])
    ids = np.flatnonzero(world.ledige.arm == 0)[::2]
    world = a_week(scenario, {"kursus": (ids, 3.0)})[1]
    figures = displaced(scenario, world)
    kontrol, deltager = arm_group("kontrol"), arm_group("deltager")
    assert (figures[Figure("jobs_added", kontrol)] == 0).all()
    lost = figures[Figure("jobs_displaced", kontrol)]
    assert (lost > 0).all() and lost == pytest.approx(figures[Figure("jobs_displaced_untreated", kontrol)])
    assert lost == pytest.approx(-figures[Figure("jobs_net", kontrol)])
    mine = figures[Figure("jobs_displaced_untreated", deltager)]
    assert ((mine > 0) & (mine < figures[Figure("jobs_displaced", deltager)])).all()
    for outcome in ("jobs_added", "jobs_net", "jobs_displaced", "jobs_displaced_elsewhere", "job_intensity_net"):
        parts = [figures[Figure(outcome, arm_group(arm, at))] for arm in scenario.arms for at in SHARES]
        assert sum(parts) == pytest.approx(figures[Figure(outcome, ALLE)])
    assert (figures[Figure("jobs_displaced_elsewhere", arm_group("deltager", "vejle"))] == 0).all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("own", [0.9, None])
def test_a_factor_of_0_for_all_leaves_nothing_undefined(own: float | None) -> None:
    """There is nothing to take from and nobody to give back to, so all of it is told as fallen elsewhere."""
    everybody = np.arange(800)
    scenario = market({"kursus": own, "tilskud": 0.4})
    spent, world, book = a_week(scenario, {"kursus": (everybody, 0.0), "tilskud": (everybody, 2.0)})
    assert np.isfinite(world.afgang.reserve).all() and (spent[0] == 0).all()
    plain, *_ = a_week(scenario, {})
    added = -by_market(world, plain[0])
    assert book.elsewhere.reshape(-1, 2).sum(axis=1) == pytest.approx((own or 0.4) * added, rel=1e-2)  # 0 is 1e-308
    later, _, _ = a_week(scenario, {})
    assert (later == plain).all()


@pytest.mark.filterwarnings("error")
def test_no_more_is_taken_than_there_is() -> None:
    """All that an effort adds is displaced, beside lock-in that gives nothing back: what is short falls elsewhere."""
    everybody = np.arange(800)
    scenario = market({"kursus": 1.0, "tilskud": 0.0})
    treated = {"kursus": (everybody, 20.0), "tilskud": (everybody, 0.01)}
    spent, world, book = a_week(scenario, treated)
    plain, *_ = a_week(scenario, {})
    all_displaced = by_market(world, added_by(plain[0], treated)["kursus"])
    taken = by_market(world, plain[0] * 0.2 - spent[0])
    assert (spent[0] >= 0).all() and (by_market(world, spent[0])[1::2] == 0).all()
    elsewhere = book.elsewhere.reshape(-1, 2).sum(axis=1)
    assert elsewhere == pytest.approx(all_displaced - taken, rel=1e-9)


def test_what_holds_for_somebody_who_is_not_on_benefit_is_forgotten() -> None:
    """She comes back in the week after, and displaces nothing by what held while she was away."""
    scenario = market({"kursus": 0.9, "tilskud": 0.1})
    weeks = []
    for away in (True, False):
        world = build(scenario, [0])
        everybody = np.arange(len(world.ledige))
        world.ledige.status[:] = LEDIG
        world.afgang.reserve[:] = 50.0
        if away:
            world.afgang.multiply("job", everybody[:50], 3.0, "kursus")
            world.ledige.status[:50] = OUT
            world.afgang.exits_of_week(5)
            world.ledige.status[:50] = LEDIG
        before = world.afgang.reserve.copy()
        world.afgang.multiply("job", everybody[100:], 2.0, "tilskud")
        world.afgang.exits_of_week(6)
        weeks.append((before - world.afgang.reserve)[0])
    assert weeks[0] == pytest.approx(weeks[1], rel=1e-12)


def test_an_own_share_like_the_default_is_the_default() -> None:
    """Bit for bit, and so is a market share of 1."""
    plain = market({"kursus": None, "tilskud": None})
    stated = market({"kursus": 0.4, "tilskud": 0.4})
    one, other = (a_week(scenario, TREATED)[0] for scenario in (plain, stated))
    assert (one == other).all()


def test_expected_jobs_are_the_jobs_that_come() -> None:
    """The exits of a week against the jobs that were expected of it: |z| < LIMIT by the binomial error."""
    scenario = market({"kursus": 0.5}).model_copy(
        update={"intake": make(intake={"persons": 40_000, "weeks": 1}).intake}
    )
    world = build(scenario, [0])
    ledige = world.ledige
    ledige.status[:] = LEDIG
    world.afgang.begin_spell(0, ledige.on_benefit())
    world.afgang.multiply("job", np.flatnonzero(ledige.arm == 0), 3.0, "kursus")
    _, cause = world.afgang.exits_of_week(0)
    assert world.afgang.market is not None
    plain = world.afgang.brings[0]
    without = float((plain / (plain + 0.02) * -np.expm1(-(plain + 0.02))).sum())
    expected = without + world.afgang.market.ledger.jobs_net.sum()
    assert abs(np.count_nonzero(cause == 0) - expected) < LIMIT * expected**0.5


def test_sums_are_the_same_in_any_batch() -> None:
    """To the last bit, of every group: many arms and jobcentres, and more worlds or fewer beside."""
    arms, places = {f"arm_{n}": 1 for n in range(8)}, {f"by_{n}": {} for n in range(13)}
    referral = {arm: {"ready_week": 0, "weekly": 0.5} for arm in arms}
    scenario = make(
        weeks=8, arms=arms, jobcentres=places, intake={"persons": 20, "weeks": 2}, displacement=0.3, market_share=0.7,
        interventions={"praktik": {**praktik(during={"job": 3.0}, displacement=0.6), "referral": referral},
                       "kursus": {**praktik(after={"job": 2.0}), "referral": referral}},
    )  # fmt: skip
    together = simulate(scenario, range(5))
    for alone in (simulate(scenario, [number])[0] for number in (0, 3)):
        beside = together[alone.number].outcomes
        jobs = [figure for figure in alone.outcomes if figure.outcome.startswith("job")]
        assert len(jobs) > 7 * 8 * 13
        assert all(alone.outcomes[figure] == beside[figure] for figure in jobs)
