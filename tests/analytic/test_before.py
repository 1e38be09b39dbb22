"""What an obligation does before it begins, week by week, against its closed form.

Decision rule: |z| < LIMIT in every week (`exits_follow`), with 30 000 ledige, so that a notice that counts a week too
early or too late, or builds up to another week, is a |z| far above it in that week.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.spec import Floats
from simulation.world.world import World
from tests import offers
from tests.health import activity, aktive_tilbud, fritagelse, revurdering
from tests.helpers import LIMIT, counts_of, exits_follow, make, praktik, samtaler, survival_of

JOB, OTHER, WEEKS, F = 0.04, 0.01, 30, 2.0
EFFECTS = {"job": F}
LATE = {"alle": {"ready_week": 9, "weekly": 1.0}}
"""Referred in course week 9, where there is room for all."""


def cohort(weeks: int = WEEKS, persons: int = 30_000, **interventions: Any) -> Scenario:
    """Ledige who come in week 0, to a jobcentre that has time for all of them."""
    return make(
        weeks=weeks,
        intake={"persons": persons, "weeks": 1},
        subgroups={"alder": {"gamle": {"share": 0.5}, "unge": {"share": 0.5}}},
        teams={
            "team": {"fte": 1000, "minutes_per_week": 10_000},
            "raadgivere": {"fte": 1000, "minutes_per_week": 10_000, "takes_cases": False},
        },
        exits={"job": {"level": JOB}, "other": {"level": OTHER}},
        job_spells={"hours": 37, "end_intensity": {0: 0.0}, "returns": 0.0},
        interventions=interventions,
    )


def follows(scenario: Scenario, strength: dict[int, float]) -> None:
    """Hold exits against job intensities × (1 + (F − 1) × strength) in these weeks."""
    intensity = np.full(scenario.weeks, JOB)
    for week, part in strength.items():
        intensity[week] *= 1 + (F - 1) * part
    exits_follow(scenario, survival_of(intensity + OTHER))


def at_full(weeks: range) -> dict[int, float]:
    return dict.fromkeys(weeks, 1.0)


def with_before(settings: dict[str, Any], **before: Any) -> dict[str, Any]:
    """The settings of an offer with what it does before it begins, in every arm."""
    told = {"effects": EFFECTS, **before}
    return settings | {"referral": {arm: {**rule, "before": told} for arm, rule in settings["referral"].items()}}


KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "praktik": (praktik(ready_week=9), {"places": 0}),
    "loentilskud": (offers.loentilskud(referral=LATE), {"places": 0}),
    "virksomhedsforloeb": (offers.virksomhedsforloeb(referral=LATE), {"places": 0}),
    "jobklub": (offers.jobklub(referral=LATE), {"intake_every_weeks": 100, "seats": 1}),
    "vikar": (offers.vikar(referral=LATE), {"registered_after": 100}),
    "mentor": (offers.mentor(referral=LATE, mentors=1000.0, hours_per_mentor=40.0, hours=1), {"mentors": 0.0}),
    "aktive_tilbud": (
        aktive_tilbud(
            referral=LATE, hours_per_week=4, until_week=200, parts={"motion": activity(4, places=10**6)},
            bundles={"attribute": "alder", "order": {"gamle": ["motion"], "unge": ["motion"]}},
        ),
        {"parts": {"motion": activity(4, places=0)}},
    ),
}  # fmt: skip
"""Every kind that refers people, and what keeps anybody from beginning."""


@pytest.mark.parametrize("kind", KINDS)
def test_from_enrolment_to_the_start(kind: str) -> None:
    """The first tirsdag is that of enrolment, the last one that of the week in which it begins."""
    follows(cohort(offer=with_before(KINDS[kind][0])), at_full(range(10)))


@pytest.mark.parametrize("notice", ["enrolment", "referral"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_without_places_stands(kind: str, notice: str) -> None:
    """Nobody ever begins; by referral on torsdag of week 9 the first tirsdag is that of week 10."""
    settings = with_before(KINDS[kind][0] | KINDS[kind][1], notice=notice)
    follows(cohort(offer=settings), at_full(range(0 if notice == "enrolment" else 10, WEEKS)))


def test_it_builds_up_to_the_announced_week_and_stands_while_overdue() -> None:
    """Announced for week 12, over 4 weeks: 1/4, 2/4, 3/4 and 1 in weeks 9 to 12; praktik begins in week 15."""
    settings = with_before(praktik(ready_week=15), announced_after=12, builds_over=4)
    built = {9: 0.25, 10: 0.5, 11: 0.75}
    follows(cohort(praktik=settings), built | at_full(range(12, 16)))


def test_it_builds_up_to_what_is_announced_whenever_it_begins() -> None:
    """The start is early, in week 10: the weeks before it are the same, for nobody knows that it comes."""
    settings = with_before(praktik(ready_week=10), announced_after=12, builds_over=4)
    follows(cohort(praktik=settings), {9: 0.25, 10: 0.5})


def test_it_builds_up_from_the_referral() -> None:
    """Referred in week 9, announced for week 13, over 2 weeks: half in week 12, full from week 13 on."""
    settings = with_before(praktik(ready_week=9, places=0), notice="referral", announced_after=4, builds_over=2)
    follows(cohort(praktik=settings), {12: 0.5} | at_full(range(13, WEEKS)))


def test_a_size_on_the_log_builds_up_on_the_log() -> None:
    """exp(log × strength)."""
    settings = praktik(ready_week=20)
    before = {"announced_after": 10, "builds_over": 5, "effects": {"job": {"log": 0.6}}}
    settings["referral"]["alle"]["before"] = before
    intensity = np.full(WEEKS, JOB)
    intensity[:21] *= np.exp(0.6 * np.clip((np.arange(21) - 5) / 5, 0, 1))
    exits_follow(cohort(praktik=settings), survival_of(intensity + OTHER))


@pytest.mark.parametrize("enrolled", [0, 5, 11])
@pytest.mark.parametrize("builds_over", [None, 3])
def test_a_date_is_the_notice_of_who_is_there_and_of_who_comes_later(enrolled: int, builds_over: int | None) -> None:
    """On mandag of week 8: who came before is told then, who comes in week 11 when enrolled. Announced 6 weeks on."""
    told, weeks = max(8, enrolled), np.arange(WEEKS)
    more = {} if builds_over is None else {"announced_after": 6, "builds_over": builds_over}
    settings = with_before(praktik(ready_week=100), notice="date", run_week=8, **more)
    strength = weeks >= told if builds_over is None else np.clip((weeks - told - 3) / 3, 0, 1)
    intensity = (weeks >= enrolled) * (JOB * (1 + (F - 1) * strength) + OTHER)
    intake = {"persons": 30_000, "from_week": enrolled, "weeks": 1}
    data = cohort(praktik=settings).model_dump(exclude_none=True)
    exits_follow(Scenario.model_validate(data | {"intake": intake}), survival_of(intensity))


def test_who_has_begun_before_a_date_needs_no_notice() -> None:
    """Begun in week 3, notice in week 8."""
    follows(cohort(praktik=with_before(praktik(ready_week=3), notice="date", run_week=8)), {})


TALKS = {"talks": [{"week": 5}, {"week": 12}]}


def test_notice_of_a_talk_builds_up_too() -> None:
    """From enrolment to the tirsdag before the first held talk, of fredag in week 5."""
    before = {"announced_after": 5, "builds_over": 2, "effects": EFFECTS}
    follows(cohort(samtaler=samtaler(TALKS | {"before": before})), {4: 0.5, 5: 1.0})


def test_notice_of_talks_that_nobody_has_time_for_stands() -> None:
    """A team of nobody."""
    scenario = cohort(samtaler=samtaler(TALKS | {"before": {"effects": EFFECTS}}))
    data = scenario.model_dump(exclude_none=True)
    data["teams"]["team"]["fte"] = 0.0
    follows(Scenario.model_validate(data), at_full(range(WEEKS)))


def test_it_rests_in_a_state() -> None:
    """Everybody is exempt from the mandag of week 4 on."""
    exempt = fritagelse(course_week=4)
    settings = with_before(praktik(ready_week=20), not_in=["fritaget"])
    follows(cohort(fritaget=exempt, praktik=settings), at_full(range(4)))


def test_the_reassessment_builds_up() -> None:
    """In force for 6 weeks up to week 20, to full strength in it: 1/3, 2/3 and 1 in weeks 18, 19 and 20."""
    before = {"weeks": 6, "builds_over": 3, "effects": EFFECTS}
    ends = revurdering(week=20, extended=1.0, extension_weeks=100, before=before)
    follows(cohort(revurdering=ends), {18: 1 / 3, 19: 2 / 3, 20: 1.0})


def test_the_share_of_the_extra_exits_that_is_work() -> None:
    """By destination: half of what is added to the intensity is to work (0.01 of 0.02), so of a threat's extra exits
    within 20 weeks there is a share of work by competing risks, and not all of them."""
    told, plain = with_before(praktik(ready_week=100), effects={"job": 1.25, "other": 2.0}), praktik(ready_week=100)
    found = [_left(run(cohort(praktik=settings, weeks=20), [0])) for settings in (told, plain)]
    rates = [np.array([JOB * 1.25, OTHER * 2]), np.array([JOB, OTHER])]
    share = [by / by.sum() * -np.expm1(-by.sum() * 20) for by in rates]
    for got, expected in zip(found, share, strict=True):
        assert (np.abs(got - expected) < LIMIT * np.sqrt(expected * (1 - expected) / 30_000)).all()
    extra, wanted = found[0] - found[1], share[0] - share[1]
    assert 0 < extra[0] / extra.sum() < 0.6 and abs(extra[0] / extra.sum() - wanted[0] / wanted.sum()) < 0.05


def _left(world: World) -> Floats:
    """The shares that have left to work and to the other destination."""
    return np.array([counts_of(world)[f"exit_{name}"].sum() for name in ("job", "other")]) / len(world.ledige)


# --- who is released, and further spells: the factor of everybody on every tirsdag, where nobody leaves ---------------


def held(settings: dict[str, Any], weeks: int = 16, persons: int = 200) -> Floats:
    """The factors, less 1, in units of F − 1: shape (weeks, ledige)."""
    world = {"teams": offers.TEAMS, "job_spells": offers.JOBS}
    return (offers.factors(offers.cohort(persons, weeks, world, offer=settings))[0] - 1) / (F - 1)


@pytest.mark.parametrize("notice", ["enrolment", "referral"])
@pytest.mark.parametrize(
    "settings",
    [
        offers.jobklub(referral=LATE, accepts=0.0), offers.jobklub(referral=LATE, no_show=1.0),
        offers.vikar(referral=LATE, attends=0.0), offers.vikar(referral=LATE, declines=1.0),
    ],
    ids=["declined", "does not come", "absent", "declines"],
)  # fmt: skip
def test_who_says_no_on_the_day_is_released_that_day(settings: dict[str, Any], notice: str) -> None:
    """On torsdag of week 9, so that of week 9 is the last tirsdag, and there is none by referral."""
    strength = held(with_before(settings, notice=notice))
    assert (strength[:10] == (notice == "enrolment")).all() and not strength[10:].any()


def test_who_gives_up_is_released() -> None:
    """A club without an intake day: everybody gives up a week after her referral in week 9."""
    settings = offers.jobklub(referral=LATE, intake_every_weeks=100, gives_up=1.0)
    strength = held(with_before(settings, notice="referral"))
    assert (strength[10] == 1).all() and not strength[11:].any() and not strength[:10].any()


def test_a_void_referral_is_no_notice_but_releases_nobody() -> None:
    """No places and no waiting list: a referral is void on its day, and the notice at enrolment stands."""
    void = praktik(places=0, waiting_list=False)
    assert not held(with_before(void, notice="referral")).any()
    assert (held(with_before(void)) == 1).all()


def test_every_referral_is_a_notice_of_its_own() -> None:
    """One match a week for 50 ledige, who are referred anew after every spell of two weeks: by referral there is notice
    before each, by enrolment only before the first."""
    again = with_before(praktik(length_weeks=2, repeat={"gap_weeks": 0}, matches_per_week=1.0), notice="referral")
    once = with_before(again)
    by_letter, by_enrolment = (held(settings, weeks=120, persons=50) for settings in (again, once))
    turns_on = (np.diff(by_letter, axis=0) > 0).sum(axis=0)
    assert (turns_on >= 2).all() and (np.diff(by_enrolment, axis=0) <= 0).all()


def test_offers_that_are_over_oblige_nobody() -> None:
    """No part has a place, and offers end in course week 6: the last tirsdag is that of week 6."""
    settings = aktive_tilbud(until_week=6, parts={"motion": activity(places=0)})
    levels = {"helbred": {"krop": {"share": 0.5}, "sind": {"share": 0.5}}}
    for notice in ("enrolment", "referral"):
        scenario = offers.cohort(50, 12, {"subgroups": levels}, offer=with_before(settings, notice=notice))
        strength = (offers.factors(scenario)[0] - 1) / (F - 1)
        assert (strength[1:7] == 1).all() and not strength[7:].any() and (strength[0] == (notice == "enrolment")).all()


@pytest.mark.parametrize(
    ("settings", "of_first_spell"),
    [(praktik(places=0), False), (offers.jobklub(intake_every_weeks=100, referral=LATE), True)],
    ids=["praktik", "jobklub"],
)
def test_a_second_benefit_spell_has_notice_of_its_own(settings: dict[str, Any], of_first_spell: bool) -> None:
    """It builds up from the new enrolment on; a club is for the first spell alone, and so is its notice."""
    told = with_before(settings, announced_after=2, builds_over=2)
    spells = {"hours": 37, "end_intensity": {0: 1.0}, "returns": 1.0}
    world = {"job_spells": spells, "exits": {"job": {"level": 0.3}}, "teams": offers.TEAMS}
    scenario, seen = offers.cohort(300, 30, world, offer=told), 0

    def tirsdag(world: World, _: Any, week: int) -> None:
        nonlocal seen
        ledige = world.ledige
        strength = np.clip((week - ledige.enrolled.astype(int)) / 2, 0, 1) * (ledige.status == LEDIG)
        if of_first_spell:
            strength *= ledige.spell == 0
        seen += int(((ledige.spell > 0) & (ledige.status == LEDIG)).sum())
        assert np.array_equal(offers.factor_now(world), 1 + (F - 1) * strength)

    offers.watch(scenario, tirsdag=tirsdag)
    assert seen > 1000
