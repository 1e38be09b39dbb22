"""Esbjerg tidlig indsats as shipped against the plan (Esbjerg 2016), row by row: what is planned, and what comes of it.

The plan prints no result. Directions are of the same luck, with and without what a row is about.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation import load
from simulation.world.ledige import LEDIG
from simulation.world.spec import where
from simulation.world.world import World
from tests.founding import SHIPPED, stored
from tests.founding.changed import mean
from tests.helpers import counts_of, team_counts_of
from tests.offers import watch

TRIAL, P, REST = "esbjerg_tidlig_indsats", "projekt", "oevrige"
BRANCHES = "hvad_hvis/esbjerg_tre_branchegrupper"
PLANS = [f"interventions__samtaler__plans__{name}" for name in ("elleve_samtaler", "elleve_samtaler_lvu")]


def in_plans(key: str, value: Any) -> dict[str, Any]:
    return {f"{plan}__{key}": value for plan in PLANS}


def planned() -> Any:
    return load(SHIPPED / f"{TRIAL}.yaml").scenario.interventions["samtaler"]


@cache
def seen() -> tuple[World, dict[int, tuple[NDArray[np.int64], NDArray[np.bool_]]]]:
    """The first trial; and of two weeks, by ledig of the project on benefit: weeks on the course, and whether an
    adviser of the project has her case."""
    found: dict[int, tuple[NDArray[np.int64], NDArray[np.bool_]]] = {}

    def look(world: World, _: Any, week: int) -> None:
        if week in (50, 90):
            ledige, names = world.ledige, list(world.staff.names)
            ids = where((ledige.arm == world.arms.index(P)) & (ledige.status == LEDIG))
            ids = ids[ledige.enrolled[ids] >= 13]
            of_project = np.isin(world.staff.team[ids], [names.index(name) for name in ("projekt", "lvu")])
            found[week] = week - ledige.enrolled[ids], of_project

    world, _ = watch(load(SHIPPED / f"{TRIAL}.yaml").scenario, soendag=look)
    return world, found


# --- talks ----------------------------------------------------------------------------------------------------------


def test_001_01_eleven_talks_in_24_weeks_against_six() -> None:
    """Weeks, minutes and partners as planned. Of the eleven 10.3 are held with those who stay, of the six 5.7: some
    talks are letters, some are missed. So the plan is missed by more than half a talk, which is what it asks of
    staff."""
    talks = planned().plans["elleve_samtaler"].talks
    assert [talk.week for talk in talks] == list(range(4, 26, 2))
    partners = {4: "a_kasser", 8: "jobkonsulenter", 16: "jobkonsulenter", 20: "a_kasser"}
    assert {talk.week: talk.partner for talk in talks if talk.partner} == partners
    assert {talk.week for talk in talks if talk.minutes == 45} == set(partners)
    assert planned().channels["personlig"].minutes == {30: 1.0}
    assert len(planned().plans["ordinaer"].talks) == 6
    held = [mean(TRIAL, "talks_stayers", arm, 25) for arm in (P, REST)]
    assert 10 < held[0] < 11 and 5.3 < held[1] < 6


def test_001_02_joint_talks_need_the_other_party() -> None:
    """With half a jobkonsulent instead of two a fifth of the talks finds none; ordinary talks need none."""
    few: Any = {"teams__jobkonsulenter__fte": 0.5}
    assert mean(TRIAL, "no_partner_share", P) < 0.01 and mean(TRIAL, "no_partner_share", P, **few) > 0.1
    assert mean(TRIAL, "no_partner_share", REST, **few) == 0
    assert mean(TRIAL, "talks_stayers", P, 25, **few) < mean(TRIAL, "talks_stayers", P, 25) - 0.5


def test_001_04_who_must_book_herself_does_not_always() -> None:
    """All but the joint talks are booked by the unemployed; that a tenth does not in a week is assumed."""
    talks = planned().plans["elleve_samtaler"].talks
    assert all(talk.self_booked != (talk.partner is not None) for talk in talks)
    assert mean(TRIAL, "not_booked_share", P) > 0.03 and mean(TRIAL, "not_booked_share", REST) == 0
    all_do = in_plans("self_booking", 1.0)
    assert mean(TRIAL, "not_booked_share", P, **all_do) == 0
    assert mean(TRIAL, "talks_stayers", P, 25, **all_do) > mean(TRIAL, "talks_stayers", P, 25) + 0.1


def test_001_05_a_letter_takes_the_place_of_a_talk_in_an_offer() -> None:
    world, _ = seen()
    assert counts_of(world)["letters"].sum(axis=0).min() > 50  # in both arms ("as normal")
    assert mean(TRIAL, "talks_stayers", P, 25, **in_plans("in_offer", None)) > mean(TRIAL, "talks_stayers", P, 25) + 0.2


def test_001_06_after_24_weeks_ordinary_effort_and_a_new_adviser() -> None:
    """Who is still on benefit has an adviser of the project until week 24, and none of them later."""
    for since, of_project in seen()[1].values():
        assert of_project[since < 24].all() and (since < 24).sum() > 100
        assert not of_project[since > 26].any() and (since > 26).sum() > 20


def test_001_09_team_lvu_has_a_part_of_the_project_group_and_none_of_the_six() -> None:
    """A quarter of the cases (assumed; 10 to 40 %) with two of its own; the six have the rest."""
    table = stored(TRIAL)
    lvu, six = (table["cases", f"team:{team}"] for team in ("lvu", "projekt"))
    assert 0.1 < lvu / (lvu + six) < 0.4 and abs(lvu + six - table["cases", P]) < 0.01
    teams = load(SHIPPED / f"{TRIAL}.yaml").scenario.teams
    assert teams["projekt"].fte == 6 and teams["lvu"].fte == 2


def test_001_13_hired_in_december_and_over_in_january_2019() -> None:
    """The talks of those who are measured are as if the six were always there; over the run fewer are with the project,
    whose cases go to ordinary advisers when it ends."""
    dated, always = stored("esbjerg_ansat_i_december"), stored(TRIAL)
    for outcome in ("talk_share", "talks_held", "weeks_to_exit"):
        assert dated[outcome, P] == always[outcome, P]
    assert dated["cases", P] < 0.85 * always["cases", P]
    assert dated["cases", "team:ordinaer"] > 1.1 * always["cases", "team:ordinaer"]


def test_001_12_the_plan_begins_with_the_year_for_all_since_october() -> None:
    """Before the run's week 13 (2 January 2017) no adviser of the project holds a talk; then those who came in
    October go on to the dense plan; they are not among the measured."""
    world, _ = seen()
    scenario = load(SHIPPED / f"{TRIAL}.yaml").scenario
    assert scenario.start == "2016-W40" and scenario.measured_from == 13
    held, names = team_counts_of(world)["held"], list(world.staff.names)
    team = names.index("projekt")
    assert held[:13, team].sum() == 0 < held[13, team]
    assert held[:13, names.index("ordinaer")].sum() > 100
    assert held[13:26, team].sum() > 400  # of those who came since October: dense from the first week on


# --- staff ----------------------------------------------------------------------------------------------------------


def test_001_07_six_extra_advisers_are_enough_and_three_are_not() -> None:
    """In the stored tables: on time is what falls due and is held in its week, so the rest of the six's is no-shows."""
    six, three = stored(TRIAL), stored("esbjerg_tre_raadgivere")
    assert load(SHIPPED / f"{TRIAL}.yaml").scenario.teams["projekt"].fte == 6
    assert six["called_on_time_share", "team:projekt"] > 0.98
    assert three["called_on_time_share", "team:projekt"] < 0.5
    assert three["caseload", "team:projekt"] == pytest.approx(2 * six["caseload", "team:projekt"], rel=0.05)


def test_001_08_two_advisers_in_each_of_three_branch_groups() -> None:
    """Of one size, each pair has as many cases and is as much on time as the six together. If one branch had half of
    the ledige, its two would have twice the cases of the others, and be late."""
    three = [f"team:branche_{number}" for number in (1, 2, 3)]
    even = [mean(BRANCHES, "caseload", team) for team in three]
    assert even == pytest.approx([mean(TRIAL, "caseload", "team:projekt")] * 3, rel=0.12)
    on_time = [mean(BRANCHES, "called_on_time_share", team) for team in three]
    assert min(on_time) > 0.98
    shares = {1: 0.5, 2: 0.25, 3: 0.25}
    half: Any = {f"subgroups__branche__branche_{number}__share": share for number, share in shares.items()}
    cases = [mean(BRANCHES, "caseload", team, **half) for team in three]
    late = [mean(BRANCHES, "called_on_time_share", team, **half) for team in three]
    assert cases[0] > 1.7 * cases[1] and late[0] < 0.95 < min(late[1:])


def test_001_26_about_296_are_with_the_project_at_a_time() -> None:
    """Read as a stock, to which the inflow is fitted; 15 is what it may err by."""
    assert abs(stored(TRIAL)["cases", P] - 296) < 15


# --- what it is for -------------------------------------------------------------------------------------------------


def test_001_17_nine_days_are_beyond_what_talks_do_elsewhere() -> None:
    """The question put backwards asks for a level of 9/7 weeks between the arms. By the size of other trials (0.4 on
    the log for ever more talks) talks shorten it by half a week, by 3 by a week. The size that is needed lies between
    them in most trials: 1.2 [0.8, above 3] by twenty replications (docs/trials.md)."""
    question = load(SHIPPED / f"{TRIAL}.yaml").scenario.needed_effects["ni_dage"]
    assert (question.level, question.outcome, question.group) == (-1.286, "weeks_to_exit", "difference")
    none, elsewhere, most = (
        mean(TRIAL, "weeks_to_exit", "difference", interventions__samtaler__dose__exits__job={"log": size})
        for size in (0.0, 0.4, 3.0)
    )
    assert 0.2 < none - elsewhere < 9 / 7 and most < elsewhere < none
    assert none - most > 0.9


def test_001_28_the_calendar_for_another_target_group() -> None:
    """For kontanthjælp recipients: three times the talks in 24 weeks, and no more exits, for talks do little there.
    Hardly anybody leaves within the calendar, so a hundred ledige take over twice the staff of ordinary effort."""
    other, base = "hvad_hvis/kontanthjaelp_esbjerg_kalender", "base_kontanthjaelp"
    talks = [mean(name, "talks_stayers", week=25, replications=3) for name in (base, other)]
    assert talks[1] > 2.5 * talks[0]
    exits = [mean(name, "exit_job", replications=3) for name in (base, other)]
    assert abs(exits[0] - exits[1]) < 0.03
    assert mean(other, "called_on_time_share", "team:projekt", replications=3) > 0.8
    few: Any = {"teams__projekt__fte": 1.0}
    assert mean(other, "called_on_time_share", "team:projekt", replications=3, **few) < 0.75
