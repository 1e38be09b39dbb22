"""Who leaves when, and where to: simulated exits against closed forms.

Decision rule throughout: |z| < LIMIT (tests/helpers.py) by the closed form's own standard error, fixed seeds.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import chi2, norm

from simulation.opening import build
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.frailty import Frailty, frailty
from simulation.world.ledige import LEDIG
from simulation.world.world import World
from tests.helpers import LIMIT, exits_follow, first_exits, incidence, make, survival_of, z_of

MANY = {"persons": 40_000, "weeks": 1}


@pytest.mark.parametrize("level", [0.002, 0.03, 0.7])
def test_a_constant_intensity_gives_geometric_survival(level: float) -> None:
    """One destination, nothing else: the share left after t weeks is exp(-level t)."""
    weeks = 6 if level > 0.5 else 40
    scenario = make(weeks=weeks, intake=MANY, exits={"job": {"level": level}})
    exits_follow(scenario, survival_of(np.full(weeks, level)))


def test_nobody_leaves_where_nothing_pulls() -> None:
    """Level 0 is an infinite reserve, not a division by zero."""
    exits_follow(make(exits={"job": {"level": 0.0}, "other": {"level": 0.0}}), np.ones(21))


@pytest.mark.parametrize("levels", [(0.02, 0.005, 0.01), (1.2, 0.3, 0.5)])
def test_competing_destinations_share_exits_in_proportion(levels: tuple[float, ...]) -> None:
    """Incidence of cause k after t weeks is level_k / sum × (1 - exp(-sum t)).

    The second case leaves mostly in week 0, where several reserves are used up in the same week: an engine that let
    the first destination win ties would be seen at once.
    """
    names, total, weeks = ("job", "education", "other"), sum(levels), 12
    exits = {name: {"level": level} for name, level in zip(names, levels, strict=True)}
    world = run(make(weeks=weeks, intake=MANY, exits=exits), [0])
    share, _ = incidence(*first_exits(world), 3, weeks)
    t = np.array([1, 2, 6, 12])
    for k, level in enumerate(levels):
        expected = level / total * (1 - np.exp(-total * t))
        assert np.abs(z_of(share[k, t] * MANY["persons"], MANY["persons"], expected)).max() < LIMIT


def test_incidence_is_right_when_follow_up_is_cut_off() -> None:
    """Late arrivals are censored by the end of the run: the weekly hazards stay what they are.

    exits of a week ~ binomial(at risk, 1 - exp(-level)), whatever the number at risk.
    """
    level, weeks = 0.04, 40
    intake = {"persons": 40_000, "weeks": 35, "arrivals": "random"}
    world = run(make(weeks=weeks, follow_up=weeks, intake=intake, exits={"job": {"level": level}}), [0])
    share, at_risk = incidence(*first_exits(world), 1, weeks)
    hazard = np.diff(share[0]) / (1 - share[0, :-1])
    assert at_risk[0] == 40_000
    assert (np.diff(at_risk) < 0).all()
    assert np.abs(z_of(hazard * at_risk, at_risk, 1 - np.exp(-level))).max() < LIMIT


@pytest.mark.parametrize(("slope", "until", "elapsed"), [(-0.1, 12, 0), (0.05, 30, 0), (-0.1, 12, 5), (-0.1, 12, 50)])
def test_duration_profile_is_log_linear_until_its_week(slope: float, until: int, elapsed: int) -> None:
    """Intensity in week d is level × exp(slope × min(d, until)), d counted from the start of the benefit spell."""
    job = {"level": 0.05, "duration": {"log_slope": slope, "until_week": until}}
    scenario = make(weeks=40, intake=MANY | {"elapsed_weeks": elapsed}, exits={"job": job})
    d = np.arange(40) + elapsed
    exits_follow(scenario, survival_of(0.05 * np.exp(slope * np.minimum(d, until))))


@pytest.mark.parametrize("spread", [0.32, 1.0, 2.0])
def test_gamma_frailty_has_its_closed_form(spread: float) -> None:
    """Mean 1 and variance θ = spread²: survival is (1 + θ × hazard so far) ^ (-1/θ)."""
    theta, hazard = spread**2, 0.05 * np.arange(41)
    job = {"level": 0.05, "frailty": {"kind": "gamma", "spread": spread}}
    exits_follow(make(weeks=40, intake=MANY, exits={"job": job}), (1 + theta * hazard) ** (-1 / theta))


@pytest.mark.parametrize("spread", [0.5, 1.5])
def test_lognormal_frailty_agrees_with_quadrature(spread: float) -> None:
    """Survival is E exp(-F × hazard so far)."""
    job = {"level": 0.05, "frailty": {"kind": "lognormal", "spread": spread}}
    left = [lognormal_survival(spread, 0.05 * t) for t in range(41)]
    exits_follow(make(weeks=40, intake=MANY, exits={"job": job}), left)


def lognormal_survival(spread: float, hazard: float) -> float:
    """E exp(-F × hazard) over F = exp(spread Z - spread²/2), by scipy's quad."""

    def density(z: float) -> float:
        return float(np.exp(-np.exp(spread * z - spread**2 / 2) * hazard) * norm.pdf(z))

    return quad(density, -9, 9)[0]


def gamma_survival(spread: float, hazard: float) -> float:
    return float((1 + spread**2 * hazard) ** (-1 / spread**2))


@pytest.mark.parametrize("kind", ["gamma", "lognormal"])
def test_frailty_hangs_on_nobody_else(kind: Literal["gamma", "lognormal"]) -> None:
    """Bit for bit, so that a world may be run in slices of its jobcentres."""
    spec, chance = Frailty(kind=kind, spread=0.8), (np.arange(1000) + 0.5) / 1000
    hazard = np.tile([0.0, 0.3, 0.0, 0.7], 250)
    together = frailty(spec, chance, hazard)
    for value in (0.0, 0.3, 0.7):
        alike = hazard == value
        assert (together[alike] == frailty(spec, chance[alike], hazard[alike])).all()
    assert (together == frailty(spec, chance))[hazard == 0].all()
    assert (together < frailty(spec, chance))[hazard > 0].all()  # the frail have left


@pytest.mark.parametrize("elapsed", [1, 20, 150])
@pytest.mark.parametrize(("kind", "spread"), [("gamma", 0.5), ("gamma", 2.0), ("lognormal", 0.5), ("lognormal", 1.5)])
def test_who_is_enrolled_later_is_who_was_left(kind: str, spread: float, elapsed: int) -> None:
    """With e weeks of benefit behind her, a ledig is still there t weeks later with S(e + t) / S(e): the frail ones are
    fewer among those who are enrolled late. The level is high enough that a tenth to all have left before."""
    closed = gamma_survival if kind == "gamma" else lognormal_survival
    job = {"level": 0.05, "frailty": {"kind": kind, "spread": spread}}
    scenario = make(weeks=40, intake=MANY | {"elapsed_weeks": elapsed}, exits={"job": job})
    exits_follow(scenario, [closed(spread, 0.05 * (elapsed + t)) / closed(spread, 0.05 * elapsed) for t in range(41)])


def test_who_is_left_depends_on_her_own_intensity() -> None:
    """Two levels of a characteristic, frailty, and 30 weeks behind them: each level has its own closed form."""
    job = {"level": 0.05, "frailty": {"kind": "gamma", "spread": 1.0}}
    groups = {"helbred": {"godt": {"share": 0.5, "exit_factors": {"job": 3.0}}, "daarligt": {"share": 0.5}}}
    scenario = make(weeks=40, intake=MANY | {"elapsed_weeks": 30}, exits={"job": job}, subgroups=groups)
    rates = 0.05 * np.array([1.5, 0.5])
    left = [np.mean([gamma_survival(1, r * (30 + t)) / gamma_survival(1, r * 30) for r in rates]) for t in range(41)]
    exits_follow(scenario, left)


SUBGROUPS: dict[str, Any] = {
    "helbred": {
        "godt": {"share": 0.2, "exit_factors": {"job": 3.0}},
        "middel": {"share": 0.5},
        "daarligt": {"share": 0.3, "exit_factors": {"job": 0.2}},
    },
    "alder": {"ung": {"share": 0.25, "exit_factors": {"job": 2.0}}, "aeldre": {"share": 0.75}},
}


def test_subgroup_factors_keep_the_population_mean_intensity() -> None:
    """Levels differ by the factors given, and their mean by share is the level of the exit, to rounding error.

    Realised shares: |z| < LIMIT for each level.
    """
    world = build(make(intake=MANY, subgroups=SUBGROUPS), [0])
    brings, ledige = world.afgang.brings[0], world.ledige
    mean = 0.0
    for a, helbred in enumerate(SUBGROUPS["helbred"].values()):
        for b, alder in enumerate(SUBGROUPS["alder"].values()):
            mine = (ledige.subgroup["helbred"] == a) & (ledige.subgroup["alder"] == b)
            share = helbred["share"] * alder["share"]
            assert abs(z_of(mine.sum(), MANY["persons"], share)) < LIMIT
            assert np.ptp(brings[mine]) == 0
            mean += share * brings[mine][0]
    assert mean == pytest.approx(0.03, rel=1e-12)
    godt_ung = (ledige.subgroup["helbred"] == 0) & (ledige.subgroup["alder"] == 0)
    daarligt = (ledige.subgroup["helbred"] == 2) & (ledige.subgroup["alder"] == 1)
    assert brings[godt_ung][0] / brings[daarligt][0] == pytest.approx(3.0 / 0.2 * 2.0)


def test_subgroups_leave_at_their_own_rate() -> None:
    """A mixture of exponentials: the closed form with the scaled factor of every level."""
    levels = SUBGROUPS["helbred"].values()
    factors = np.array([level.get("exit_factors", {}).get("job", 1.0) for level in levels])
    shares = np.array([level["share"] for level in levels])
    rates = 0.05 * factors / (factors @ shares)
    scenario = make(weeks=40, intake=MANY, exits={"job": {"level": 0.05}}, subgroups={"helbred": SUBGROUPS["helbred"]})
    exits_follow(scenario, np.exp(-np.outer(np.arange(41), rates)) @ shares)


def test_jobcentre_effects_have_mean_one_and_their_spread() -> None:
    """Random effects: mean 1, sd of the log as given, one for each jobcentre and replication.

    |z| < LIMIT for the mean (variance exp(s²) - 1); the log variance lies in the middle 1 - 6e-5 of its χ².
    """
    sd, places, worlds = 0.5, 60, 60
    jobcentres = {f"by_{i}": {} for i in range(places)}
    scenario = make(
        intake={"persons": 2, "weeks": 1},
        jobcentres=jobcentres,
        exits={"job": {"level": 0.03, "jobcentre_sd": sd}, "other": {"level": 0.01, "jobcentre_sd": sd}},
    )
    world = build(scenario, range(worlds))
    effects = world.afgang.brings / np.array([[0.03], [0.01]])
    assert (effects[:, 0::2] == effects[:, 1::2]).all()  # both ledige of a jobcentre share it
    effect, other = effects[:, 0::2]
    n = places * worlds
    assert len(np.unique(effect)) == n
    assert abs(effect.mean() - 1) / np.sqrt(np.expm1(sd**2) / n) < LIMIT
    q = np.log(effect).var(ddof=1) * (n - 1) / sd**2
    assert norm.cdf(-LIMIT) < chi2.cdf(q, n - 1) < norm.cdf(LIMIT)
    assert abs(np.corrcoef(effect, other)[0, 1]) * np.sqrt(n) < LIMIT


def test_fixed_jobcentre_factors_multiply() -> None:
    """A named jobcentre's factor is taken as it is; the others have 1."""
    exits = {"job": {"level": 0.03, "jobcentres": {"vejle": 2.5}}}
    world = build(make(jobcentres={"ribe": {}, "vejle": {}}, exits=exits), [0, 1])
    expected = np.where(world.ledige.jobcentre % 2 == 1, 2.5, 1.0) * 0.03
    assert world.afgang.brings[0] == pytest.approx(expected, rel=1e-14)


# --- displacement -----------------------------------------------------------------------------------------------


def _market(displacement: float) -> Scenario:
    return make(
        intake={"persons": 200, "weeks": 1},
        jobcentres={"ribe": {}, "vejle": {}},
        exits={
            "job": {
                "level": 0.04,
                "duration": {"log_slope": -0.05, "until_week": 9},
                "frailty": {"kind": "gamma", "spread": 0.7},
            },
            "other": {"level": 0.02},
        },
        displacement=displacement,
    )


def _spent(world: World, week: int) -> np.ndarray:
    """The intensity that each ledig met in this week: shape (destinations, rows)."""
    before = world.afgang.reserve.copy()
    world.afgang.exits_of_week(week)
    return np.asarray((before - world.afgang.reserve) * world.afgang.brings)


def _treated_and_not(displacement: float, factor: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, World]:
    """Intensities of a week with every third ledig treated, and of the same week without treatment."""
    spent = []
    for treat in (True, False):
        world = build(_market(displacement), [0, 1])
        world.ledige.status[:] = LEDIG
        world.afgang.reserve[:] = 50.0  # plenty, so that nobody leaves before the intensities are read
        treated = np.arange(0, len(world.ledige), 3)
        if treat:
            world.afgang.multiply("job", treated, factor)
        spent.append(_spent(world, 6))
    return spent[0], spent[1], treated, world


@pytest.mark.parametrize("factor", [0.3, 3.0])
@pytest.mark.parametrize("displacement", [0.0, 0.4, 1.0])
def test_displacement_takes_its_share_of_what_treatment_adds(displacement: float, factor: float) -> None:
    """In every jobcentre of every world the job intensities add up to without + (1 - δ) × added.

    So with δ = 1 to what they were without treatment; with δ = 0 nobody untreated is touched at all. Exits to other
    destinations are never touched. Exact up to rounding.
    """
    with_, without, treated, world = _treated_and_not(displacement, factor)
    gain = np.zeros(len(world.ledige))
    gain[treated] = (factor - 1) * without[0, treated]
    market = world.ledige.jobcentre
    expected = np.bincount(market, without[0]) + (1 - displacement) * np.bincount(market, gain)
    assert np.bincount(market, with_[0]) == pytest.approx(expected, rel=1e-9)
    assert (with_[1] == without[1]).all()
    others = np.setdiff1d(np.arange(len(gain)), treated)
    if displacement == 0:
        assert (with_[0, others] == without[0, others]).all()
    else:
        assert ((with_[0, others] < without[0, others]) == (factor > 1)).all()


def test_displacement_survives_a_week_in_which_all_are_locked_in() -> None:
    """Factor 0 for everybody in a jobcentre leaves no job intensity to take from; the week after is as ever."""
    world = build(_market(0.5), [0])
    world.ledige.status[:] = LEDIG
    everyone = world.ledige.on_benefit()
    world.afgang.reserve[:] = 50.0
    world.afgang.multiply("job", everyone, 0.0)
    _spent(world, 0)
    assert np.isfinite(world.afgang.reserve).all()
    assert (_spent(world, 1)[0] > 0).all()
