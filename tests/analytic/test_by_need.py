"""Plans by need, and what talks do beside exits: cases that can be reckoned by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import NO_SHOW, offer_of, status_of, talk_of
from simulation.world.spec import WEEK
from tests.health import delvis
from tests.helpers import LIMIT, loaded, praktik, samtaler, z_of
from tests.offers import cohort, total

WEEKLY = [{"weeks": 1}]


def weeks_with(scenario: Scenario) -> list[int]:
    """Weeks in which everybody has a talk; in the others nobody has."""
    talk = talk_of(run(scenario, [0]).register.codes) > 0
    assert (talk.all(axis=1) == talk.any(axis=1)).all()
    return [int(week) for week in np.flatnonzero(talk.any(axis=1))]


def by(*rules: dict[str, Any], every: int = 1, **more: Any) -> dict[str, Any]:
    """Talks every so many weeks, and by these rules."""
    return samtaler({"every": [{"weeks": every}], "by_need": list(rules), **more})


def test_once_stable_in_praktik_every_fourth_week() -> None:
    """Weekly until the third full week of a praktik of weeks 3 to 10 is over, then four weeks after the last held one,
    weekly again once it has ended, and none from week 14 on."""
    talks = by({"in_offer": ["praktik"], "after_weeks": 3, "weeks": 4}, {"from_week": 14})
    assert weeks_with(cohort(20, samtaler=talks, praktik=praktik(ready_week=3))) == [1, 2, 3, 4, 5, 9, 11, 12, 13]


def test_a_rule_that_asks_for_more_is_never_late() -> None:
    """Every sixth week, every second one in weeks 4 to 8: the one of week 1 has waited long enough in week 4."""
    assert weeks_with(cohort(20, samtaler=by({"from_week": 4, "until_week": 9, "weeks": 2}, every=6))) == [
        1, 4, 6, 8, 14,
    ]  # fmt: skip


def test_no_talk_while_so_and_at_once_after_it() -> None:
    """No talk in weeks 3 to 8; the next comes in week 9, for its weeks are over, and is not late; the first talk of a
    plan waits as well."""
    rule = {"from_week": 3, "until_week": 9}
    scenario = cohort(20, samtaler=by(rule, every=4))
    assert weeks_with(scenario) == [1, 9, 13, 17]
    world = run(scenario, [0])
    assert total(world, "on_time") == total(world, "fell_due") == 80
    assert total(world, "exempt") == 4 * 20  # due by `every` from week 5 on
    assert weeks_with(cohort(20, samtaler=by(rule, every=4, first_week=5))) == [9, 13, 17]


def test_who_was_called_and_is_due_less_often_now_waits() -> None:
    """Nobody ever comes: called every week as long as it is due every week; from week 3 on she is due again four weeks
    after the last held talk, of which there is none, so it stays as it was."""
    talks = by({"from_week": 3, "weeks": 4})
    talks["channels"]["personlig"]["attendance"] = 0.0
    called = talk_of(run(cohort(5, 10, samtaler=talks), [0]).register.codes) == NO_SHOW
    assert called[1:].all()


def test_by_state_of_help() -> None:
    """Awaiting treatment: no talk; with a coordinator: every second week; both are states of one intervention."""
    need = {
        "kind": "koordineret_indsats", "need": 1.0, "known_at_start": 1.0, "disclosed_per_talk": 0.0, "treatment": 1.0,
        "treatment_weeks": 7, "offered": {"alle": 0.0}, "places": 0,
    }  # fmt: skip
    rules = {"in_state": ["hjaelp"]}, {"helped_by": ["hjaelp"], "weeks": 2}
    assert weeks_with(cohort(9, 12, samtaler=by(*rules), hjaelp=need)) == [8, 9, 10, 11]
    need |= {"offered": {"alle": 1.0}, "places": 9}
    assert weeks_with(cohort(9, 12, samtaler=by(*rules), hjaelp=need)) == [1, 3, 5, 7, 9, 11]


def test_waiting_and_ready() -> None:
    """Ready in week 4 and in no place ever: every third week before, none while she waits."""
    rules = {"not_ready_for": ["praktik"], "weeks": 3}, {"ready_for": ["praktik"], "waiting_for": ["praktik"]}
    assert weeks_with(cohort(9, 12, samtaler=by(*rules), praktik=praktik(ready_week=6, places=0))) == [1, 4]


def test_by_hours_beside_benefit_in_another_channel() -> None:
    """Whoever works beside benefit has her talk by phone, every second week."""
    jobs = {
        "hours": 37, "end_intensity": {0: 0.0}, "returns": 0.0,
        "beside_benefit": {"at_entry": 0.5, "begins": 0.0, "ends": 0.0, "hours": 10},
    }  # fmt: skip
    talks = by({"hours_beside": 10, "weeks": 2, "channel": "telefon"}, {"hours_beside": 1, "weeks": 9})
    talks["channels"]["telefon"] = {"minutes": 10, "attendance": 1.0}
    world = run(cohort(50, 9, {"job_spells": jobs}, samtaler=talks), [0])
    assert world.register.hours is not None
    works, talk = world.register.hours[3] > 0, talk_of(world.register.codes)
    assert 10 < works.sum() < 40
    assert (talk[1:, ~works] == 1).all() and (talk[1::2, works] == 2).all() and (talk[2::2, works] == 0).all()


@pytest.mark.parametrize(("small_jobs", "part_time"), [(False, False), (True, False), (False, True)])
def test_hours_that_nobody_works_are_doubted(small_jobs: bool, part_time: bool) -> None:
    """That there are jobs to leave for gives nobody hours beside benefit; small jobs and part-time returns do."""
    jobs: dict[str, Any] = {"hours": 37, "end_intensity": {0: 0.0}, "returns": 0.0}
    if small_jobs:
        jobs["beside_benefit"] = {"at_entry": 0.5, "begins": 0.0, "ends": 0.0, "hours": 10}
    back = {"raskmelding": delvis(hours={0: 9})} if part_time else {}
    scenario = cohort(9, 9, {"job_spells": jobs}, samtaler=by({"hours_beside": 5, "weeks": 2}), **back)
    found = [message for _, message in scenario.interventions["samtaler"].doubts(scenario)]
    assert ("nobody works beside benefit, so it never holds" in found) == (not small_jobs and not part_time)


# --- what talks do beside exits ---------------------------------------------------------------------------------


def broken(week_factor: list[dict[str, Any]], talks_every: int = 1, **more: Any) -> list[int]:
    """How many praktik are broken off in each week, of 20 000 that begin in week 0 and last 12 weeks."""
    rule = {"weekly": 0.05, "setback_weeks": 40, "after_talk": week_factor, **more}
    talks = samtaler({"every": [{"weeks": talks_every}], "first_week": 0}, minutes=1)
    scenario = cohort(weeks=14, samtaler=talks, praktik=praktik(length_weeks=12, breakdown=rule))
    counts = run(scenario, [0]).register.counts
    [of_broken] = [count for name, count in counts.items() if name.what == "broken"]
    return [int(each) for each in of_broken.sum(axis=1)]


def test_with_a_factor_of_one_spells_break_as_ever() -> None:
    """To the person: what is seen week by week is the week that one draw gives."""
    assert broken([{"within_weeks": 3, "factor": 1.0}]) == broken([])


def test_talks_change_the_danger_of_the_weeks_after_them() -> None:
    """Every second week a talk that halves the danger of its own week, and one within three weeks makes it 1.5 times
    as great: 0.05 × 1.5 × (0.5 or 1) in turn."""
    counts = broken([{"within_weeks": 1, "factor": 0.5}, {"within_weeks": 3, "factor": 1.5}], talks_every=2)
    there = 20_000
    for week in range(1, 12):
        chance = 0.05 * 1.5 * (0.5 if week % 2 else 1.0)  # the søndag before, of an even week, follows a talk
        assert abs(z_of(counts[week], there, chance)) < LIMIT, week
        there -= counts[week]
    assert sum(counts[12:]) == counts[0] == 0


@pytest.mark.parametrize(("per_talk", "begins"), [(0.0, 10), (0.5, 7), (1.0, 6), (0.1, 10), (9.0, 2)])
def test_talks_bring_readiness_forward(per_talk: float, begins: int) -> None:
    """Ready in week 10; after the talks of weeks 1 to w − 1 it is 10 − ⌊(w − 1) × weeks per talk⌋, never before next
    week. The referral comes with it."""
    offer = praktik(ready_week=10)
    offer["referral"]["alle"]["sooner_per_talk"] = per_talk
    offers = offer_of(run(cohort(9, samtaler=samtaler(), praktik=offer), [0]).register.codes) > 0
    assert np.flatnonzero(offers.all(axis=1))[0] == np.flatnonzero(offers.any(axis=1))[0] == begins


def test_who_is_sent_at_the_deadline_is_ready_by_then() -> None:
    """All are sent in week 6, and would be ready in week 9: with weekly talks they are by then, and no spell is that of
    somebody unready, which would be broken off at once."""
    rule = {"weekly": 0.05, "unready_factor": 20, "setback_weeks": 40}
    found = []
    for sooner in (0.0, 0.9):
        offer = praktik(ready_week=9, breakdown=rule)
        offer["referral"]["alle"] |= {"push": {"week": 6, "share": 1.0}, "sooner_per_talk": sooner}
        world = run(cohort(200, samtaler=samtaler(), praktik=offer), [0])
        found.append(total(world, "praktik_broken"))
        began = np.flatnonzero((offer_of(world.register.codes) > 0).any(axis=1))[0]
        assert began == 6
    assert found[0] == 200 and found[1] < 100


def test_trust_makes_people_come() -> None:
    """Half come to the first talk; with each earlier one with the same caseworker the odds double, twice at most."""
    trust = {"trust": {"per_talk": 2.0, "full_after": 2}}
    talks = samtaler(attendance=0.5, minutes=10) | {"attendance": trust}
    teams = {"team": {"fte": 1, "minutes_per_week": 100_000, "caseload": "personal"}}
    came = talk_of(run(cohort(8000, 7, {"teams": teams}, samtaler=talks), [0]).register.codes)[1:] == 1
    before = np.cumsum(came, axis=0) - came
    for earlier, share in ((0, 1 / 2), (1, 2 / 3), (2, 4 / 5), (3, 4 / 5)):
        there = before == earlier
        assert abs(z_of(came[there].sum(), there.sum(), share)) < LIMIT, earlier


# --- talks after which nothing happened ---------------------------------------------------------------------------

MOVES = ("referred to", "begins", "a need of other help", "leaves for")


def test_idle_talks_are_those_that_the_diary_tells_nothing_after() -> None:
    """Recounted from the diary, with offers and talks from the register. Within two weeks: from the talk to the søndag
    of the second week after it; talks that the run does not watch so long are left out."""
    offer = praktik(
        weekly=0.3, ready_week={2: 0.5, 6: 0.5}, matches_per_week=1.5, length_weeks=4, repeat={"gap_weeks": 2}
    )
    need = {
        "kind": "koordineret_indsats", "need": 0.6, "known_at_start": 0.3, "disclosed_per_talk": 0.1, "treatment": 0.5,
        "treatment_weeks": 5, "offered": {"alle": 0.0}, "places": 0,
    }  # fmt: skip
    world_of = {"exits": {"job": {"level": 0.02}}}
    talks = samtaler(attendance=0.8, idle_talks={"within_weeks": 2})
    scenario = cohort(120, 24, world_of, samtaler=talks, praktik=offer, hjaelp=need)
    moved, waits, by_week = Counter[int](), set[int](), dict[int, set[int]]()
    days = dict[int, list[int]]()

    def diary(day: int, ids: Any, event: Any) -> None:
        text = event.what.en
        for row in ids.tolist():
            if text.startswith(MOVES):
                days.setdefault(row, []).append(day)
                moved[text] += 1
            if text.startswith("referred to"):
                waits.add(row)
            elif text.startswith("begins"):
                waits.discard(row)
            if text.startswith("talk held"):
                by_week.setdefault(day // WEEK, set()).update({row} & waits)

    world = run(scenario, [0], diary=diary)
    codes = world.register.codes
    found = Counter[str]()
    for week, row in np.argwhere(talk_of(codes) == 1).tolist():
        if week + 3 < scenario.weeks:
            day = week * WEEK + 4
            followed = any(day <= each < (week + 3) * WEEK for each in days.get(row, []))
            offer_now, waiting = bool(offer_of(codes)[week, row]), row in by_week.get(week, ())
            state = "offer" if offer_now else "waiting" if waiting else "other"
            found["followed_" * followed + "idle_" * (not followed) + state] += 1
    told = {what: total(world, f"samtaler_{what}") for what in found}
    blocked = {what: total(world, f"samtaler_{what}_blocked") for what in ("idle", "followed")}
    assert len(moved) == 4 and status_of(codes).max() > LEDIG and min(blocked.values()) > 0
    for what in ("idle", "followed"):  # who awaits treatment is in one of the other states too
        states = [f"{what}_{state}" for state in ("offer", "waiting", "other")]
        assert sum(told[state] for state in states) + blocked[what] == sum(found[state] for state in states)
        assert all(0 < told[state] <= found[state] for state in states)


def test_a_rule_changes_at_a_date() -> None:
    """Every second week by the rule, from the seventh week of the run on every third one."""
    talks = by({"from_week": 1, "weeks": {"value": 2, "from": {"2026-W07": 3}}})
    whole = loaded(
        intake={"persons": 9, "weeks": 1}, exits={"job": {"level": 0.0}}, weeks=16, interventions={"samtaler": talks}
    ).scenario
    assert weeks_with(whole) == [1, 3, 5, 8, 11, 14]


@pytest.mark.parametrize(("rule", "weeks"), [
    ({"from_week": 1, "weeks": 3, "after_weeks": {"value": 0, "from": {"2026-W09": 4}}}, [1, 4, 7, 10, 13]),
    (
        {"in_offer": ["praktik"], "weeks": 3, "after_weeks": {"value": 2, "from": {"2026-W07": 0, "2026-W13": 2}}},
        [1, 2, 3, 6, 7, 8, 9, 10, 12],
    ),
])  # fmt: skip
def test_how_long_a_rule_must_hold_changes_at_a_date(rule: dict[str, Any], weeks: list[int]) -> None:
    """Weeks count from when all of it has held, before the date too: the first rule has held for seven weeks by then.
    And no longer than it does: of the second one, with praktik in weeks 2 to 6 and from week 11 on, one week in week
    12."""
    repeat = {"gap_weeks": 3, "max_spells": 2}
    whole = loaded(
        intake={"persons": 9, "weeks": 1}, exits={"job": {"level": 0.0}}, weeks=15, start="2026-W01",
        interventions={"samtaler": by(rule), "praktik": praktik(ready_week=2, length_weeks=5, repeat=repeat)},
    ).scenario  # fmt: skip
    assert weeks_with(whole) == weeks


def test_trust_beyond_all_measure_makes_everybody_come() -> None:
    """Odds of a thousand for each talk, without end: whoever has come so often that they are past all numbers comes."""
    trust = {"trust": {"per_talk": 1000.0, "full_after": 1000}}
    talks = samtaler(attendance=1.0, minutes=1) | {"attendance": trust}
    assert weeks_with(cohort(2, 120, samtaler=talks)) == list(range(1, 120))
