"""What talks do by their number a month, week by week against closed forms.

Nobody leaves unless a test says so, and factors are exact: log HR = a (1 − exp(−m / m0)). A talk of fredag in week s is
in force on the tirsdag of week s + 1, and of a talk that lies j weeks further back exp(−j / L) is left.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.interventions.samtaler.dose import Dose
from simulation.report.diary import diary
from simulation.report.summary import summary
from simulation.scenario.load import load
from simulation.week import run
from simulation.world.spec import Floats
from tests.health import sygdom
from tests.helpers import counts_of, exits_follow, make, samtaler, survival_of
from tests.offers import JOBS, cohort, factors

A, M0, LIFE = 0.30, 0.9, 6.0
MONTH = 52 / 12
KEPT = math.exp(-1 / LIFE)
ONE: dict[str, Any] = {"talks": [{"week": 3}]}
ROOT = Path(__file__).parents[2]
BASE, PAGE = ROOT / "scenarios" / "base_dagpenge.yaml", ROOT / "docs" / "effects.md"


def dose(job: Any = None, **more: Any) -> dict[str, Any]:
    """Of the size that the evidence recommends, or as said otherwise."""
    return {"exits": {"job": {"log": A} if job is None else job}, "per_month": M0, "mean_life_weeks": LIFE, **more}


def logs(plan: dict[str, Any], weeks: int = 30, persons: int = 3, world: Any = None, **talks: Any) -> Floats:
    """Log of the factor on jobs by week and ledig."""
    settings = samtaler(plan, **{"dose": dose(), **talks})
    return np.log(factors(cohort(persons, weeks, world, samtaler=settings))[0])


def of(talks: Any, a: float = A, per_month: float = M0, life: float = LIFE) -> Floats:
    """Log of the factor by a decayed count of talks."""
    m = np.asarray(talks) * (1 - math.exp(-1 / life)) * MONTH
    return np.asarray(a * (1 - np.exp(-m / per_month)))


# --- one talk -------------------------------------------------------------------------------------------------------


def test_one_talk_decays_week_by_week() -> None:
    """Nothing up to the week of the talk, all of it in the next, and the same part less with every further week."""
    found = logs(ONE)
    assert (found == found[:, :1]).all() and (found[:4] == 0).all()
    assert found[4:, 0] == pytest.approx(of(KEPT ** np.arange(26)))


@pytest.mark.parametrize(("a", "per_month", "life"), [(0.3, 0.9, 6.0), (-0.2, 3.0, 1.5), (1.2, 0.5, 20.0)])
def test_the_area_of_a_single_talk(a: float, per_month: float, life: float) -> None:
    """The sum over the weeks of a run, and what `check` prints, are a Σ (−1)^(n+1) x^n / (n! (1 − q^n)): the series of
    1 − exp(−x q^j), summed over all weeks j; q is what is left a week later and x = m / m0 of a new talk."""
    q = math.exp(-1 / life)
    x = (1 - q) * MONTH / per_month
    area = a * sum((-1) ** (n + 1) * x**n / (math.factorial(n) * (1 - q**n)) for n in range(1, 60))
    settings = dose({"log": a}, per_month=per_month, mean_life_weeks=life)
    found = logs(ONE, weeks=int(40 * life) + 10, persons=1, dose=settings)
    assert found.sum() == pytest.approx(area)
    assert a * Dose.model_validate(settings).area() == pytest.approx(area)


def test_the_area_that_is_recommended_is_that_of_the_studies(tmp_path: Path) -> None:
    """With a 0.30, m0 0.9 and L 6 a single talk comes to 1.0 to 1.7 log-hazard × weeks (1.3 to 1.7 in the two studies
    that know the dose, before shrinkage), as `check` prints."""
    loaded = load(BASE, {"interventions.samtaler.dose": dose()})
    [line] = [line for line in summary(loaded, routines=False).splitlines() if "log-hazard" in line]
    assert line.startswith("    interventions.samtaler.dose.exits.job: a single talk comes to 1.2 log-hazard × weeks")
    assert 1.0 < A * Dose.model_validate(dose()).area() < 1.7


def test_the_page_has_the_areas_and_rates_of_the_formula() -> None:
    """Every figure of the table in docs/effects.md."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [01]\.\d+ \| \d \|", line)]
    assert len(rows) == 5
    for row in rows:
        per_month, life, single, phone, *rates = (float(cell) for cell in row.strip("| ").split("|"))
        settings = Dose.model_validate(dose(per_month=per_month, mean_life_weeks=life))
        assert (single, phone) == (round(A * settings.area(), 2), round(A * settings.area(0.7), 2))
        expected = [A * (1 - math.exp(-rate / per_month)) for rate in (0.5, 1, 2, MONTH)]
        assert rates == [round(each, 3) for each in expected]


# --- many talks -----------------------------------------------------------------------------------------------------


def test_a_talk_every_week_comes_to_its_rate() -> None:
    """log HR = a (1 − exp(−r / m0)) of r = 52 / 12 talks a month in the long run, and before that by the sum so far."""
    found = logs({"every": [{"weeks": 1}], "first_week": 0}, weeks=300, persons=1)[:, 0]
    so_far = (1 - KEPT ** np.arange(300)) / (1 - KEPT)
    assert found == pytest.approx(of(so_far))
    assert found[-1] == pytest.approx(A * (1 - math.exp(-MONTH / M0)), rel=1e-12)


@pytest.mark.parametrize("gap", [2, 4, 13])
def test_m_is_the_number_of_talks_a_month(gap: int) -> None:
    """One talk every so many weeks for ever: the mean of m over the weeks between two is 52 / 12 / gap."""
    found = logs({"every": [{"weeks": gap}], "first_week": 0}, weeks=400, persons=1)[-10 * gap :, 0]
    m = -M0 * np.log(1 - found / A)
    assert m.mean() == pytest.approx(MONTH / gap, rel=1e-9)


def test_further_talks_add_less_and_less() -> None:
    """Two talks in a row come to less than twice one; weekly ones to no more than a."""
    one, two = (logs({"talks": [{"week": w} for w in weeks]}).sum(axis=0)[0] for weeks in ((3,), (3, 4)))
    assert one < two < 2 * one
    assert logs({"every": [{"weeks": 1}]}, weeks=100).max() < A


# --- what a talk counts ---------------------------------------------------------------------------------------------


def test_a_channel_weighs_a_talk() -> None:
    """A talk by phone with effect 0.7 counts 0.7 of a personal one; a letter counts nothing and ends nothing."""
    channels = {
        "personlig": {"minutes": 30, "attendance": 1.0},
        "telefon": {"minutes": 10, "attendance": 1.0, "effect": 0.7},
        "brev": {"minutes": 1, "attendance": 1.0, "counts": False},
    }
    listed = [{"week": 2}, {"week": 4, "channel": "telefon"}, {"week": 6, "channel": "brev"}]
    found = logs({"talks": listed}, channels=channels)[:, 0]
    age = np.arange(30) - 3
    talks = np.where(age >= 0, KEPT**age, 0.0) + np.where(age >= 2, 0.7 * KEPT ** (age - 2), 0.0)
    assert found == pytest.approx(of(talks))


def test_it_counts_who_holds_a_talk_and_who_sits_in() -> None:
    """Held by a team with 0.5, and a joint one with a partner with 1.6: 0.5 and 0.8 of a talk. In a jobcentre where
    another team (2) does the partner's work: 0.5 × 2."""
    there = {"fte": 1, "minutes_per_week": 100_000}
    world = {
        "teams": {"team": there, "a_kasse": there, "aktoer": there},
        "jobcentres": {"nord": {}, "syd": {"teams": {"a_kasse": {"done_by": "aktoer"}}}},
    }
    talks = [{"week": 2}, {"week": 4, "partner": "a_kasse"}]
    weights = {"team": 0.5, "a_kasse": 1.6, "aktoer": 2.0}
    scenario = cohort(40, 12, world, samtaler=samtaler({"talks": talks}, dose=dose(), quality={"teams": weights}))
    found, ended = factors(scenario)
    age = np.arange(12) - 3
    for jobcentre, joint in ((0, 0.8), (1, 1.0)):
        counts = np.where(age >= 0, 0.5 * KEPT**age, 0.0) + np.where(age >= 2, joint * KEPT ** (age - 2), 0.0)
        here = np.log(found[:, ended.ledige.jobcentre == jobcentre])
        assert here == pytest.approx(np.broadcast_to(of(counts)[:, None], here.shape))


def test_a_talk_that_covers_another_one_counts_in_both() -> None:
    """In week 4 the talk of the one kind, joint and weighed 0.5 by it, is that of the other as well, which weighs the
    partner 3: each is worth what it would be alone."""
    there = {"fte": 1, "minutes_per_week": 100_000}
    listed = {"talks": [{"week": 4, "partner": "a_kasse"}]}
    kinds = {
        "samtaler": samtaler(listed, dose=dose(), quality={"teams": {"a_kasse": 0.5}}),
        "kontakt": samtaler(
            {"talks": [{"week": 4}]}, dose=dose({"log": 0.8}), quality={"teams": {"a_kasse": 3.0}}, caseworker=False
        ),
    }
    found, world = factors(cohort(5, 12, {"teams": {"team": there, "a_kasse": there}}, **kinds))
    assert counts_of(world)["kontakt_covered"].sum() == 5
    left = KEPT ** np.arange(7)
    both = of(0.5 * left) + of(3.0 * left, a=0.8)
    assert np.log(found[5:]) == pytest.approx(np.broadcast_to(both[:, None], (7, 5)))


def test_quality_weighs_a_talk() -> None:
    """The first talk with somebody counts 0.4, the second 0.7 and from the third on 1."""
    quality = {"continuity": {"first": 0.4, "full_after": 2}}
    found = logs({"every": [{"weeks": 1}], "first_week": 0}, weeks=6, quality=quality)[:, 0]
    talks = [0.0]
    for worth in (0.4, 0.7, 1.0, 1.0, 1.0):
        talks.append((talks[-1] * KEPT if talks[-1] else 0.0) + worth)
    assert found == pytest.approx(of(talks))


# --- for whom -------------------------------------------------------------------------------------------------------


def test_levels_have_sizes_of_their_own() -> None:
    """a is 0.3 for some and 0.3 + 0.5 for others."""
    levels = {"alder": {"ung": {"share": 0.5}, "gammel": {"share": 0.5}}}
    settings = samtaler(ONE, dose=dose({"log": A, "levels": {"alder": {"ung": 0.5}}}))
    found, world = factors(cohort(50, 8, {"subgroups": levels}, samtaler=settings))
    a = np.where(world.ledige.subgroup["alder"] == 0, A + 0.5, A)
    assert set(a) == {A, A + 0.5}
    assert np.log(found[4]) == pytest.approx(a * of(1.0) / A)


def test_a_plain_factor_is_one_on_the_log() -> None:
    """Factor f is the size log f: f^strength."""
    assert logs(ONE, dose=dose(math.exp(A))) == pytest.approx(logs(ONE))
    assert logs(ONE, dose=dose(0.5)).min() == pytest.approx(of(1.0, a=math.log(0.5)))


def test_who_is_sick_gains_nothing_and_forgets_as_others_do() -> None:
    """Sick from week 0 to 5, with a talk in week 3: nothing in weeks 4 and 5, and what is left of it from week 6 on."""
    kinds = {"syg": sygdom(at_entry=1.0, length_weeks=6), "samtaler": samtaler(ONE, dose=dose())}
    found = np.log(factors(cohort(3, 14, **kinds))[0])
    assert (found[:6] == 0).all()
    left = of(KEPT ** np.arange(2, 10))
    assert found[6:] == pytest.approx(np.broadcast_to(left[:, None], (8, 3)))


def test_who_comes_back_begins_anew() -> None:
    """Everybody leaves for a job of a week at most and is back: nobody remembers talks of the spell before."""
    world = {
        "exits": {"job": {"level": 0.5}},
        "job_spells": {**JOBS, "end_intensity": {0: 5.0}, "returns": 1.0},
    }
    settings = samtaler({"talks": [{"week": 0}]}, dose=dose())
    found, ended = factors(cohort(200, 20, world, samtaler=settings))
    gone = (ended.register.codes[:-1] & 15) != 1
    back = gone[:-1] & ((ended.register.codes[1:-1] & 15) == 1)
    week, row = np.nonzero(back)
    assert len(week) > 100
    assert (found[week + 1, row] == 1).all()
    on = (week + 2 < 20) & ((ended.register.codes[np.minimum(week + 2, 19), row] & 15) == 1)
    assert np.log(found[week[on] + 2, row[on]]) == pytest.approx(of(np.ones(on.sum())))


# --- exits ----------------------------------------------------------------------------------------------------------


def test_exits_follow() -> None:
    """60 000 ledige with talks in weeks 3 and 9 leave by these intensities (|z| < LIMIT in every week)."""
    job, other, weeks = 0.04, 0.01, 30
    settings = dose({"log": 1.5}, per_month=2.0, mean_life_weeks=3.0)
    scenario = make(
        weeks=weeks,
        intake={"persons": 60_000, "weeks": 1},
        teams={"team": {"fte": 1000, "minutes_per_week": 10_000}},
        exits={"job": {"level": job}, "other": {"level": other}},
        interventions={"samtaler": samtaler({"talks": [{"week": 3}, {"week": 9}]}, dose=settings)},
    )
    age, left = np.arange(weeks), math.exp(-1 / 3.0)
    talks = np.where(age > 3, left ** (age - 4), 0.0) + np.where(age > 9, left ** (age - 10), 0.0)
    exits_follow(scenario, survival_of(job * np.exp(of(talks, 1.5, 2.0, 3.0)) + other))


def test_a_size_of_nothing_changes_nobody() -> None:
    """No dose, a dose of log 0, and one of factor 1: the same lives; a dose of log 0.3: others."""
    level = {"exits": {"job": {"level": 0.05}}}
    codes = [
        run(cohort(500, 30, level, samtaler=samtaler({"every": [{"weeks": 2}]}, dose=settings)), [0]).register.codes
        for settings in (None, dose({"log": 0.0}), dose(1.0), dose())
    ]
    assert (codes[0] == codes[1]).all() and (codes[0] == codes[2]).all()
    assert (codes[0] != codes[3]).any()


def test_the_diary_tells_of_it() -> None:
    """With the factor of the week."""
    lines = diary(cohort(3, 8, samtaler=samtaler(ONE, dose=dose())), 1, language="da")
    factor = f"{math.exp(of(1.0)):.3g}".replace(".", ",")
    assert any(f"Samtaler (samtaler på det seneste) → job × {factor}" in line for line in lines)
