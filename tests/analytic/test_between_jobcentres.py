"""Jobcentres that differ in attendance, figures between jobcentres, and talks that are not in person.

Decision rules. The log odds of 400 jobcentres, each watched in 3,000 calls, are normal with the mean and sd asked for:
|z| < LIMIT, with the error of the calls (p (1 − p) n)^-1 in the variance. Everything else is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.interventions.parts.between import share_at_least, spread_between
from simulation.report.diary import diary
from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.labels import Language
from simulation.world.ledige import LEDIG
from simulation.world.register import NO_SHOW, status_of, talk_of
from simulation.world.world import World
from tests.helpers import LIMIT, samtaler
from tests.offers import NOBODY_LEAVES, cohort, incitament

PLACES, PERSONS, WEEKS, ATTENDANCE, SD = 400, 60, 51, 0.7, 0.8


def apart(places: int = PLACES, persons: int = PERSONS, weeks: int = WEEKS, **attendance: Any) -> Scenario:
    """Jobcentres with time for everybody, a talk every week, and nobody who leaves."""
    talks = samtaler(attendance=ATTENDANCE) | {"attendance": attendance}
    return cohort(
        persons=persons, weeks=weeks,
        world={
            "jobcentres": {f"j{n}": {} for n in range(places)}, "exits": NOBODY_LEAVES,
            "teams": {"team": {"fte": 100, "minutes_per_week": 10_000}},
        },
        samtaler=talks,
    )  # fmt: skip


def shares(world: World) -> np.ndarray[Any, Any]:
    """Held among called talks by row of the jobcentre table."""
    talk = talk_of(world.register.codes)
    came = np.bincount(world.ledige.jobcentre, ((talk > 0) & (talk != NO_SHOW)).sum(axis=0))
    called = np.bincount(world.ledige.jobcentre, (talk > 0).sum(axis=0))
    return np.asarray(came / called)


def test_the_log_odds_of_jobcentres_have_the_spread_that_is_asked_for() -> None:
    found = shares(run(apart(between_jobcentres=SD), [0]))
    log_odds = np.log(found / (1 - found))
    calls = PERSONS * (WEEKS - 1)
    luck = float(np.mean(1 / (calls * found * (1 - found))))
    variance = SD**2 + luck
    middle = np.log(ATTENDANCE / (1 - ATTENDANCE))
    assert abs(log_odds.mean() - middle) / np.sqrt(variance / PLACES) < LIMIT
    assert abs(log_odds.var(ddof=1) / variance - 1) / np.sqrt(2 / (PLACES - 1)) < LIMIT


def test_named_jobcentres_keep_their_odds_and_others_are_drawn_anew_in_every_world() -> None:
    """A named one is, person by person, what it is without a spread; the others differ from world to world, and are
    the same whoever stands beside them."""
    named = {"j0": 2.0}
    plain = run(apart(3, jobcentre_odds=named), [0, 1])
    spread = run(apart(3, jobcentre_odds=named, between_jobcentres=SD), [0, 1])
    in_first = plain.ledige.jobcentre % 3 == 0
    assert (plain.register.codes[:, in_first] == spread.register.codes[:, in_first]).all()
    assert (plain.register.codes[:, ~in_first] != spread.register.codes[:, ~in_first]).any()
    first, second = shares(spread).reshape(2, 3)
    assert (abs(first - second)[1:] > 0.05).all()
    alone = run(apart(4, jobcentre_odds=named, between_jobcentres=SD), [1])
    assert (shares(alone)[:3] == second).all()


def test_no_spread_changes_nothing() -> None:
    plain, none = run(apart(5, weeks=9), [0]), run(apart(5, weeks=9, between_jobcentres=0.0), [0])
    assert (plain.register.codes == none.register.codes).all()


def test_figures_between_jobcentres_by_hand() -> None:
    by_place = np.array([[0.6, 0.8, 1.0], [0.5, np.nan, 0.7], [0.9, np.nan, np.nan], [np.nan, np.nan, np.nan]])
    spread = spread_between(by_place)
    assert spread[:2] == pytest.approx([np.sqrt(0.08 / 3), 0.1])
    assert np.isnan(spread[2:]).all()
    reached = share_at_least(by_place, 0.8)
    assert reached[:3] == pytest.approx([2 / 3, 0.0, 1.0])
    assert np.isnan(reached[3])
    printed = [69, 69, 71, 74, 77, 80, 80, 83, 86, 86, 87, 89, 89, 91, 91, 91, 93, 94]  # Rambøll 2013, p. 11 [8]
    bars = np.array([printed]) / 100
    assert spread_between(bars)[0] == pytest.approx(0.0812, abs=5e-5)
    assert share_at_least(bars, 0.8)[0] == pytest.approx(13 / 18)


def test_the_subsidy_tells_how_far_jobcentres_differ() -> None:
    """Its two figures are those of its own column of shares."""
    scenario = apart(6, weeks=20, between_jobcentres=SD)
    data = scenario.model_dump() | {"follow_up": 20}
    data["interventions"]["penge"] = incitament()
    found = simulate(Scenario.model_validate(data), [0])[0].outcomes
    there = np.array([[found["penge_talks_share", f"alle@j{n}", None] for n in range(6)]])
    assert found["penge_talks_spread", "alle", None] == spread_between(there)[0]
    assert found["penge_talks_reached_share", "alle", None] == share_at_least(there, 0.8)[0]


def by_phone(in_person: bool, other: dict[str, Any]) -> Scenario:
    talks = samtaler({"every": [{"weeks": 1}], "other_channel": {"channel": "telefon", **other}}, attendance=0.8)
    talks["channels"]["telefon"] = {"minutes": 10, "attendance": 0.8, "in_person": in_person}
    return cohort(
        persons=500, weeks=30,
        world={"exits": {"job": {"level": 0.01}}, "teams": {"team": {"fte": 100, "minutes_per_week": 10_000}}},
        samtaler=talks,
    )  # fmt: skip


def test_what_is_not_in_person_changes_two_figures_and_nothing_else() -> None:
    other = {"from_week": 9, "share": 0.5}
    plain, told = by_phone(True, other), by_phone(False, other)
    assert (run(plain, [0]).register.codes == run(told, [0]).register.codes).all()
    before, after = simulate(plain, [0])[0].outcomes, simulate(told, [0])[0].outcomes
    new = {str(figure.outcome) for figure in after} - {str(figure.outcome) for figure in before}
    assert new == {"talk_personal_share", "talks_personal_stayers"}
    assert all(after[figure] == value or np.isnan(value) for figure, value in before.items())


def test_talks_in_person_are_counted_by_hand() -> None:
    """Of the register: weeks after the first on benefit with a talk in the first channel; and of those who stay, all
    such talks up to each week."""
    scenario = by_phone(False, {"from_week": 9, "share": 0.5})
    world, found = run(scenario, [0]), simulate(scenario, [0])[0].outcomes
    benefit = status_of(world.register.codes) == LEDIG
    personal = talk_of(world.register.codes) == 1
    assert found["talk_personal_share", "alle", None] == personal[1:].sum() / benefit[1:].sum()
    stays = benefit.all(axis=0)
    assert found["talks_personal_stayers", "alle", None] == personal[:, stays].sum() / stays.sum()
    for week in (5, 20):
        assert found["talk_personal_share", "alle", week] == personal[week].sum() / benefit[week].sum()
        still = benefit[:week].all(axis=0)  # after so many weeks
        assert found["talks_personal_stayers", "alle", week] == personal[:week, still].sum() / still.sum()
    assert found["talk_personal_share", "alle", 5] == found["talk_share", "alle", 5]


def test_with_half_by_phone_a_talk_a_week_is_half_in_person() -> None:
    """Everybody comes and stays: 8 weeks in person, then each talk is by phone with 0.5 (|z| < LIMIT, binomial)."""
    scenario = by_phone(False, {"from_week": 9, "share": 0.5})
    data = scenario.model_dump()
    for channel in data["interventions"]["samtaler"]["channels"].values():
        channel["attendance"] = 1.0
    data["exits"] = NOBODY_LEAVES
    found = simulate(Scenario.model_validate(data), [0])[0].outcomes
    later, persons = 30 - 9, 500
    phone = (found["talks_stayers", "alle", None] - found["talks_personal_stayers", "alle", None]) * persons
    assert abs(phone - 0.5 * later * persons) / np.sqrt(0.25 * later * persons) < LIMIT


@pytest.mark.parametrize(("language", "words"), [("en", "not in person: telefon"), ("da", "ikke personligt: telefon")])
def test_000_04_a_diary_tells_talks_by_phone_from_those_in_person(language: Language, words: str) -> None:
    """In the weeks of the register that have the second channel, and in no others; in no week where all are in
    person."""
    scenario = by_phone(False, {"from_week": 9, "share": 0.5})
    world = run(scenario, [0])
    row = int((world.ledige.number == 7).argmax())
    weeks = [int(line.split()[1]) for line in diary(scenario, 7, language=language) if words in line]
    assert weeks == np.flatnonzero(talk_of(world.register.codes)[:, row] == 2).tolist()
    assert weeks and min(weeks) >= 9
    plain = by_phone(True, {"from_week": 9, "share": 0.5})
    assert not any(words in line for line in diary(plain, 7, language=language))
