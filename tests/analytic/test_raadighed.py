"""Rådighed: who is checked when, what a check finds, what follows, and what that does to exits.

Decision rule where there is luck: |z| < LIMIT. Everything else is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import status_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.health import fritagelse
from tests.helpers import LIMIT, busy, counts_of, exits_follow, praktik, samtaler, survival_of, z_of
from tests.offers import JOBS, cohort, factors, total, watch, weekly

CUT: dict[str, Any] = {"cut": 1.0, "cut_weeks": 3}


def raadighed(*follows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Everybody is checked every fourth week, and every check finds a breach."""
    checked = {"alle": {"every_weeks": 4}}
    return {"kind": "raadighed", "checked": checked, "breach": 1.0, "follows": list(follows) or [CUT], **more}


# --- who is checked -------------------------------------------------------------------------------------------------


def test_checks_by_plan() -> None:
    """Everybody in weeks 4, 8, 12, ... from her enrolment on."""
    world = run(cohort(50, 14, r=raadighed()), [0])
    assert weekly(world, "r_checks") == [50 if week in (4, 8, 12) else 0 for week in range(14)]


def test_checks_by_draw() -> None:
    """A tenth in every week after the first, drawn anew each time; nobody falls due."""
    weeks, persons = 40, 3000
    world = run(cohort(persons, weeks, r=raadighed(checked={"alle": {"weekly": 0.1}})), [0])
    found = weekly(world, "r_checks")
    assert found[0] == 0
    assert abs(z_of(sum(found), persons * (weeks - 1), 0.1)) < LIMIT
    assert max(abs(z_of(n, persons, 0.1)) for n in found[1:]) < LIMIT


def test_a_draw_between_two_planned_checks_puts_the_next_one_off() -> None:
    """Intervals are min(geometric, 6): mean (1 − 0.9⁶) / 0.1 weeks. Checks in 2000 weeks of 50 ledige, renewal rate."""
    rule = {"alle": {"weekly": 0.1, "every_weeks": 6}}
    world = run(cohort(400, 300, r=raadighed({}, checked=rule)), [0])
    tail = [0.9**n for n in range(6)]
    mean = sum(tail)
    square = sum((2 * n + 1) * each for n, each in enumerate(tail))
    expected = 400 * 299 / mean
    sd = np.sqrt(400 * 299 * (square - mean**2) / mean**3)
    assert abs(total(world, "r_checks") - expected) < LIMIT * sd + 400  # of each the last interval is not over


def test_an_arm_that_is_left_out_is_not_checked() -> None:
    settings = raadighed(checked={"deltager": {"every_weeks": 1}})
    world = run(cohort(1000, 5, {"arms": {"deltager": 1, "kontrol": 1}}, r=settings), [0])
    in_arm = np.bincount(world.ledige.arm)
    assert counts_of(world)["r_checks"].sum(axis=0).tolist() == [4 * in_arm[0], 0]


def test_the_exempt_are_not_checked_and_others_are() -> None:
    """A ground is recorded for half of them in week 0."""
    half = fritagelse(recorded={"alle": 0.5})
    world, (exempt, part) = watch(cohort(400, 10, f=half, r=raadighed(not_in=["f"])))
    assert 100 < exempt.exempt.among.sum() < 300
    assert ((part.last == 0) == exempt.exempt.among).all()  # the week in which all were enrolled: no check since
    assert total(world, "r_checks") == 2 * (~exempt.exempt.among).sum()


def test_who_is_exempt_for_a_time_is_checked_when_that_is_over() -> None:
    """Due in week 1, when all are ill until week 4: the check comes in week 5."""
    ill = {"kind": "sygdom", "at_entry": 0.0, "begins": 1.0, "length_weeks": 4}
    world = run(cohort(30, 6, s=ill, r=raadighed(checked={"alle": {"every_weeks": 1}}, not_in=["s"])), [0])
    assert weekly(world, "r_checks") == [0, 0, 0, 0, 0, 30]


@pytest.mark.parametrize(("minutes", "a_week"), [(20, 5), (34, 2), (101, 0)])
def test_checks_take_minutes_before_talks(minutes: int, a_week: int) -> None:
    """100 minutes a week, everybody due every week: as many as fit, the others are put off and counted."""
    team = {"teams": {"team": {"fte": 1, "minutes_per_week": 100}}}
    settings = raadighed({}, minutes=minutes, checked={"alle": {"every_weeks": 1}})
    plan = samtaler({"every": [{"weeks": 1}]}, minutes=16)
    world = run(cohort(12, 4, team, s=plan, r=settings), [0])
    assert weekly(world, "r_checks") == [0] + [a_week] * 3
    assert weekly(world, "r_no_time")[1:] == [12 - a_week] * 3
    assert weekly(world, "held")[1:] == [(100 - a_week * minutes) // 16] * 3


# --- what follows ---------------------------------------------------------------------------------------------------


def test_breaches_and_what_follows_are_shares() -> None:
    """Of 0.3 of checks; of the breaches 0.5 a cut, 0.2 the end, 0.3 a warning."""
    follows = {"cut": 0.5, "cut_weeks": 2, "ended": 0.2, "ended_to": "job"}
    world = run(cohort(4000, 5, r=raadighed(follows, breach=0.3)), [0])
    checks, breaches = total(world, "r_checks"), total(world, "r_breaches")
    assert checks == 4000 and abs(z_of(breaches, checks, 0.3)) < LIMIT
    for what, share in (("cut", 0.5), ("ended", 0.2), ("warned", 0.3)):
        assert abs(z_of(total(world, f"r_{what}"), breaches, share)) < LIMIT, what


def test_what_follows_goes_by_the_number_of_the_breach() -> None:
    """A warning, then a cut, then the end, in weeks 4, 8 and 12; they leave on the tirsdag after."""
    follows = [{}, CUT, {"ended": 1.0, "ended_to": "job"}]
    world = run(cohort(20, 16, r=raadighed(*follows)), [0])
    for what, week in (("warned", 4), ("cut", 8), ("ended", 12)):
        assert weekly(world, f"r_{what}") == [20 if week == w else 0 for w in range(16)]
    assert weekly(world, "exit_job") == [20 if w == 13 else 0 for w in range(16)]


def test_the_last_entry_holds_for_all_further_breaches_of_the_spell() -> None:
    world = run(cohort(20, 18, r=raadighed({}, CUT)), [0])
    assert [weekly(world, "r_warned")[week] for week in (4, 8, 12, 16)] == [20, 0, 0, 0]
    assert [weekly(world, "r_cut")[week] for week in (4, 8, 12, 16)] == [0, 20, 20, 20]


def test_a_cut_lasts_its_weeks_from_the_next_mandag_on() -> None:
    """Weeks 5 to 7 after a check in week 4; and again."""
    world = run(cohort(20, 12, r=raadighed()), [0])
    assert weekly(world, "r_cut_weeks") == [20 if week in (5, 6, 7, 9, 10, 11) else 0 for week in range(12)]


def test_a_cut_during_a_cut_is_added_to_it() -> None:
    """Checks in weeks 4 and 8, ten weeks each: from week 5 to week 24."""
    settings = raadighed({"cut": 1.0, "cut_weeks": 10}, {"cut": 1.0, "cut_weeks": 10}, {})
    world = run(cohort(5, 30, r=settings), [0])
    assert weekly(world, "r_cut_weeks") == [5 if 5 <= week <= 24 else 0 for week in range(30)]


def test_weeks_of_a_cut_are_drawn() -> None:
    """Two weeks for 0.25, six for the others: their sum, everybody once."""
    settings = raadighed({"cut": 1.0, "cut_weeks": {2: 0.25, 6: 0.75}}, {})
    world = run(cohort(2000, 12, r=settings), [0])
    assert abs(total(world, "r_cut_weeks") - 2000 * 5) < LIMIT * np.sqrt(2000 * 0.25 * 0.75) * 4


def test_what_is_told() -> None:
    """Of 20 spells 20 are sanctioned, once or more, by 40 checks that all find a breach; six weeks of cut each."""
    (replication,) = simulate(cohort(20, 12, r=raadighed()), [0])
    told = {name: replication.outcomes[f"r_{name}", "alle", None] for name in (
        "checks", "breaches", "breach_share", "cut_weeks", "sanctioned_share", "ended", "no_time",
    )}  # fmt: skip
    assert told == {
        "checks": 40, "breaches": 40, "breach_share": 1, "cut_weeks": 120, "sanctioned_share": 1, "ended": 0,
        "no_time": 0,
    }  # fmt: skip


# --- what it does ---------------------------------------------------------------------------------------------------


def test_a_sanction_has_its_effect_for_its_weeks() -> None:
    """Factor 2 in weeks 5 to 17 after a cut in week 4, then as before."""
    settings = raadighed(CUT, {}, after_sanction={"effects": {"job": 2.0}, "weeks": 13})
    found, _ = factors(cohort(5, 22, r=settings))
    assert (found == np.array([2.0 if 5 <= week <= 17 else 1.0 for week in range(22)])[:, None]).all()


def test_exits_after_a_sanction_follow_its_size() -> None:
    """Intensity 0.03 × e^0.4 in weeks 5 to 17 of everybody who is there: |z| < LIMIT in every week."""
    settings = raadighed(CUT, {}, after_sanction={"effects": {"job": {"log": 0.4}}, "weeks": 13})
    intensity = np.array([0.03 * np.exp(0.4 * (5 <= week <= 17)) for week in range(22)])
    exits_follow(cohort(20_000, 22, {"exits": {"job": {"level": 0.03}}}, r=settings), survival_of(intensity))


def test_checks_warnings_and_sanctions_each_have_their_own() -> None:
    """Checked in weeks 4 and 8, warned in 4, cut in 8: factors multiply, in the order of the keys."""
    effects = {name: {"effects": {"job": size}, "weeks": 2} for name, size in (
        ("after_check", 1.5), ("after_warning", 3.0), ("after_sanction", 0.5),
    )}  # fmt: skip
    found, _ = factors(cohort(5, 12, r=raadighed({}, CUT, **effects)))
    expected = np.ones(12)
    expected[[5, 6]], expected[[9, 10]] = 1.5 * 3.0, 1.5 * 0.5
    assert (found == expected[:, None]).all()


def test_being_exempt_has_an_effect_of_its_own() -> None:
    """From the week of the exemption on, of the exempt alone."""
    found, _ = factors(cohort(200, 8, f=fritagelse(course_week=3, recorded={"alle": 0.5}, while_exempt={"job": 0.4})))
    exempt = found[-1] != 1.0
    assert 50 < exempt.sum() < 150
    assert (found[:, exempt] == np.array([1.0] * 3 + [0.4] * 5)[:, None]).all() and (found[:, ~exempt] == 1.0).all()


def test_the_next_job_of_the_sanctioned_is_another_one() -> None:
    """All leave for a job in week 9, of an end intensity of 0.02 a week, five times that of the half whose benefit was
    cut in week 4 or ended in week 8, in the same spell; the others were warned."""
    jobs = {**JOBS, "end_intensity": {0: 0.02}}
    half = {"cut": 0.5, "cut_weeks": 2}
    settings = raadighed(half, {"ended": 1.0, "ended_to": "andet"}, next_job={"ends": 5.0})
    settings["checked"]["alle"]["every_weeks"] = 6
    exits = {"job": {"level": 0.0}, "andet": {"level": 0.0}}
    placed = praktik(length_weeks=8, direct_hire=1.0)
    world, (part, _) = watch(cohort(4000, 40, {"exits": exits, "job_spells": jobs}, r=settings, p=placed))
    status = status_of(world.register.codes)
    assert (status[9] == GONE).all()
    sanctioned = part.sanctioned != NEVER
    assert sanctioned.sum() == total(world, "r_cut") > 0
    for which, rate in ((sanctioned, 0.1), (~sanctioned, 0.02)):
        stays = (status[19, which] == GONE).sum()
        assert abs(z_of(int(stays), int(which.sum()), float(np.exp(-10 * rate)))) < LIMIT


def test_a_new_spell_knows_of_no_sanction() -> None:
    """Cut in week 4, ended in week 8, in a job from week 9 on; back in the weeks after 13, nobody is sanctioned yet,
    and the first breach counts as the first."""
    jobs = {**JOBS, "end_intensity": {0: 0.0, 4: 5.0}, "returns": 1.0}
    changes = {"exits": {"job": {"level": 0.0}}, "job_spells": jobs}
    settings = raadighed({"cut": 1.0, "cut_weeks": 50}, {"ended": 1.0, "ended_to": "job"})
    seen: list[tuple[set[int], int]] = []

    def look(world: World, running: Any, week: int) -> None:
        seen.append(({int(each) for each in running[0].sanctioned}, int(world.states["r"][0].sum())))

    world, _ = watch(cohort(10, 24, changes, r=settings), soendag=look)
    assert (status_of(world.register.codes[9]) == GONE).all() and (status_of(world.register.codes[16]) == LEDIG).all()
    assert seen[3] == ({NEVER}, 0) and seen[4] == ({4}, 0) and seen[5] == ({4}, 10)
    assert seen[8] == ({8}, 10) and seen[9] == ({8}, 0) and seen[13] == ({8}, 0)
    assert seen[16] == ({NEVER}, 0)
    assert total(world, "r_cut") == 20


def test_zero_size_changes_nobody() -> None:
    """Checks, breaches and cuts without number, and everybody lives as before."""
    nothing = {"effects": {"job": 1.0, "other": {"log": 0.0}}, "weeks": 13}
    rules = {"deltager": {"every_weeks": 3}, "kontrol": {"weekly": 0.2}}
    settings = raadighed(checked=rules, after_check=nothing, after_warning=nothing, after_sanction=nothing)
    data = busy().model_dump(exclude_none=True)
    after = run(Scenario.model_validate(data | {"interventions": data["interventions"] | {"r": settings}}), [0, 1])
    before = run(busy(), [0, 1])
    assert (before.register.codes == after.register.codes).all()
    assert counts_of(after)["r_cut"].any() and counts_of(after)["returned"].any()
