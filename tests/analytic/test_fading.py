"""What fades, and what comes with time: gains after offers, a registration with a bureau, places that brokers open.

Factors are exact. Shares: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.interventions import KINDS
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.spec import Floats
from tests.health import BROKERED, HEALTH, aktive_tilbud, broker, fleksjob
from tests.helpers import LIMIT, counts_of, praktik, samtaler, z_of
from tests.offers import (
    JOBS,
    TEAMS,
    bureau,
    cohort,
    factors,
    jobklub,
    loentilskud,
    mentor,
    vikar,
    virksomhedsforloeb,
)

LOG, HALVES, LASTS = 0.6, 3.0, 10
AFTER: dict[str, Any] = {"effects": {"job": {"log": LOG}}, "weeks": LASTS, "halving_weeks": HALVES}
PLACED: dict[str, Any] = {"after": {"job": {"log": LOG}}, "after_weeks": LASTS, "after_halving_weeks": HALVES}
PAID = {"exits": {"job": {"level": 0.0}}, "job_spells": JOBS}
OFFERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "praktik": ({}, praktik(**PLACED)),
    "loentilskud": ({}, loentilskud(private_share=1.0, **PLACED)),
    "virksomhedsforloeb": ({}, virksomhedsforloeb(**PLACED)),
    "jobklub": ({"teams": TEAMS}, jobklub(after=AFTER)),
    "mentor": ({}, mentor(after=AFTER)),
    "vikar": (PAID, vikar(after=AFTER, bureaus={"temp": bureau(orders_per_week=1 / 30, length_weeks=8)})),
    "aktive_tilbud": ({"subgroups": HEALTH}, aktive_tilbud(after=AFTER)),
}
"""A world, and an offer whose gain fades, by kind."""


def fading(kind: str) -> Scenario:
    """One ledig who has it once, and a caseworker who refers her."""
    world, settings = OFFERS[kind]
    return cohort(1, 50, world, samtaler=samtaler({"talks": [{"week": 49}]}), offer=settings)


def test_every_kind_with_a_gain_afterwards_is_here() -> None:
    """And each can fade: by `after.halving_weeks` or `after_halving_weeks`."""
    ours = {word: kind for word, kind in KINDS.items() if kind.settings.__module__.startswith("simulation.")}
    assert {word for word, kind in ours.items() if "after" in kind.settings.model_fields} == set(OFFERS)
    for word in OFFERS:
        fields = KINDS[word].settings.model_fields
        assert "after_halving_weeks" in fields or "After" in str(fields["after"].annotation), word


@pytest.mark.parametrize("kind", OFFERS)
def test_gains_halve_on_the_log(kind: str) -> None:
    """k weeks after completion the log of the factor is 0.6 × 0.5^(k / 3), for ten weeks."""
    found = np.log(factors(fading(kind))[0])[:, 0]
    [weeks] = np.nonzero(found)
    first = weeks[:LASTS]
    assert len(first) == LASTS and (np.diff(first) == 1).all()
    assert found[first] == pytest.approx(LOG * 0.5 ** (np.arange(1, LASTS + 1) / HALVES))
    assert found[first[-1] + 1] == 0


# --- vikar ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "left"),
    [
        (1.5, lambda left: np.log(1 + 0.5 * left)),
        ({"log": 0.4}, lambda left: 0.4 * left),
        ({"log": -0.4}, lambda left: -0.4 * left),
    ],
)
def test_a_registration_loses_its_worth(effect: Any, left: Any) -> None:
    """Registered in week 2: k weeks later half as much as k − 4 weeks later, for ever; a plain factor as gains do."""
    settings = vikar(
        registered_after=2, registered={"job": effect}, registered_halving_weeks=4.0,
        bureaus={"temp": bureau(orders_per_week=0.0)},
    )  # fmt: skip
    found = np.log(factors(cohort(5, 20, PAID, vikar=settings))[0])
    expected: Floats = left(0.5 ** (np.arange(1, 18) / 4.0))
    assert (found[:3] == 0).all()
    assert found[3:] == pytest.approx(np.broadcast_to(expected[:, None], (17, 5)))


def test_it_goes_on_fading_during_an_assignment() -> None:
    """On an assignment from week 1 to 5, after which there is none: in week 6 what is left after six weeks."""
    settings = vikar(
        registered={"job": {"log": 0.4}}, registered_halving_weeks=4.0, accepts=1.0,
        bureaus={"temp": bureau(orders_per_week=0.0), "en": bureau(orders_per_week=5 / 30, length_weeks=5)},
        bureaus_each=2,
    )  # fmt: skip
    found, world = factors(cohort(1, 30, PAID, vikar=settings))
    working = world.register.codes[:, 0] >> 4 & 31 > 0
    assert working.any() and not working.all()
    week = np.arange(1, 30)
    expected = np.where(working[:-1] & working[1:], 0.0, 0.4 * 0.5 ** (week / 4.0))
    at_rest = ~(working[:-1] ^ working[1:])
    assert np.log(found[1:, 0])[at_rest] == pytest.approx(expected[at_rest])


# --- fleksjob -------------------------------------------------------------------------------------------------------


def test_brokering_opens_by_weeks_since_enrolment() -> None:
    """0.1 × 0.5 up to week 4, on a straight line to 0.1 × 2 in week 8, and so on for ever; who is enrolled in week 5
    has weeks of her own. Of the approaches of every week, |z| < LIMIT."""
    persons, weeks = 20_000, 16
    settings = fleksjob({"kommune": broker(opens=0.1)}, opens_by_weeks={4: 0.5, 8: 2.0})
    for first in (0, 5):
        world = {**BROKERED, "intake": {"persons": persons, "weeks": 1, "from_week": first}}
        counts = counts_of(run(cohort(persons, weeks, world, f=settings), [0]))
        approaches, offers = (counts[f"f_{what}"].sum(axis=1)[first:] for what in ("approaches", "offers"))
        chance = 0.1 * np.interp(np.arange(weeks - first), [4, 8], [0.5, 2.0])
        assert chance[0] == 0.05 and chance[6] == pytest.approx(0.125) and chance[-1] == 0.2
        assert np.abs(z_of(offers, approaches, chance)).max() < LIMIT


def test_one_for_all_weeks_is_attention() -> None:
    """A single factor is the same as `attention`: the same lives."""
    by_weeks, attention = (
        run(cohort(500, 20, BROKERED, f=fleksjob({"kommune": broker(opens=0.1)}, **each)), [0]).register.codes
        for each in ({"opens_by_weeks": {7: 1.5}}, {"attention": 1.5})
    )
    assert (by_weeks == attention).all()


def test_nothing_fades_where_there_is_nothing() -> None:
    """A half-life of an effect of nothing, and factors of 1 at all weeks, change nobody."""
    level = {"exits": {"job": {"level": 0.05}}, "job_spells": JOBS}
    one, other = (
        run(cohort(300, 20, level, vikar=vikar(registered={"job": 1.0}, registered_halving_weeks=each)), [0])
        for each in (None, 2.0)
    )
    assert (one.register.codes == other.register.codes).all()
    one, other = (
        run(cohort(300, 20, BROKERED, f=fleksjob({"kommune": broker(opens=0.1)}, opens_by_weeks=each)), [0])
        for each in (None, {0: 1.0, 9: 1.0})
    )
    assert (one.register.codes == other.register.codes).all()
