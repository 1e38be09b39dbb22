"""Terms of staff that say nothing change nothing; one post's luck is its own; and what must only help only helps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.week import run
from simulation.world.staff.caseworkers import Caseworkers
from simulation.world.staff.teams import Team
from simulation.world.world import World
from tests.helpers import counts_of, make, samtaler
from tests.staffed import TERMS, staffed

ALMOST_1 = 1 - 1e-13


def same(before: World, after: World) -> None:
    """Codes, counts of people and of teams, minutes, cases and paid staff are the same to the last bit."""
    old, new = before.register, after.register
    assert (old.codes == new.codes).all()
    for counts, others in ((old.counts, new.counts), (old.team_counts, new.team_counts)):
        for name in counts.keys() | others.keys():
            zero = np.zeros_like(next(iter(counts.values())))
            assert (counts.get(name, zero) == others.get(name, zero)).all(), name
    for name in ("minutes", "minutes_used", "cases", "waiting", "paid", "absent", "covered", "vacant"):
        assert np.array_equal(getattr(old, name), getattr(new, name)), name
    if before.staff.relations is not None and after.staff.relations is not None:
        assert (before.staff.relations.person == after.staff.relations.person).all()
        assert (before.staff.relations.together == after.staff.relations.together).all()


def test_much_happens() -> None:
    """The comparisons below would be worth nothing otherwise."""
    counts = counts_of(run(staffed(), [0, 1]))
    for name in ("away", "covered", "lost_caseworker", "overflowed", "met_again", "met_the_same", "no_time", "held"):
        assert counts[name].any(), name
    assert counts["met_the_same"].sum() < counts["met_again"].sum()


IDLE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "absence of nobody": (
        {"absence": {"syg": {"share": 0.0, "weeks": {1: 0.5, 9: 0.5}, "cover_after": 0}}},
        {"absence": {}},
    ),
    "one kind of absence of nobody": (
        {"absence": TERMS["projekt"]["absence"] | {"z": {"share": 0.0, "weeks": 3, "cover_after": 0}}},
        {"absence": TERMS["projekt"]["absence"]},
    ),
    "turnover of nobody": (
        {"turnover": {"per_year": 0.0, "vacancy_weeks": 9, "share_out": True}, "learning": None},
        {"turnover": None, "learning": None},
    ),
    "learning with nothing to learn": (
        {"learning": {"weeks": 50, "minutes": 1.0, "effect": 1.0}},
        {"learning": None},
    ),
    "talks cut by nothing": ({"squeeze": {"shortest": ALMOST_1, "effect": 1.0}}, {"squeeze": None}),
    "colleagues know nothing": ({"shared_knowledge": 0.0}, {}),
    "colleagues for those away, when nobody is": (
        {"absence": {}, "turnover": None, "substitution": "absence"},
        {"absence": {}, "turnover": None, "substitution": "none"},
    ),
    "cover too late": (
        {"absence": {"syg": {"share": 0.3, "weeks": {1: 0.5, 9: 0.5}, "cover_after": 9}}},
        {"absence": {"syg": {"share": 0.3, "weeks": {1: 0.5, 9: 0.5}}}},
    ),
    "overflow of a team that is never full": (
        {"caseload_limit": 1000, "overflow_to": "faelles"},
        {"caseload_limit": 1000, "at_limit": "wait", "overflow_to": None},
    ),
}


@pytest.mark.parametrize("what", IDLE)
def test_what_says_nothing_changes_nothing(what: str) -> None:
    with_, without = IDLE[what]
    if what == "colleagues know nothing":  # which is what is said where nothing is
        data = staffed().model_dump(exclude_none=True)
        del data["teams"]["projekt"]["shared_knowledge"]
        same(run(type(staffed()).model_validate(data), [0, 1]), run(staffed({"projekt": with_}), [0, 1]))
        return
    same(*(run(staffed({"projekt": terms}), [0, 1]) for terms in (without, with_)))


def test_quality_without_exponents_is_no_quality() -> None:
    """Every part is there, and each says that nothing is gained or lost."""
    idle = {
        "caseload": {"reference": 3.0, "exponent": 0.0, "most": 1.0},
        "continuity": {"first": 1.0, "full_after": 9},
        "fatigue": {"stagnant_after": 1, "builds_over": 1, "loss": 0.0},
        "caseworker_sd": 0.0,
        "jobcentre_sd": 0.0,
    }
    same(*(run(staffed(quality=quality), [0, 1]) for quality in ({}, idle)))
    assert (run(staffed(quality={}), [0]).register.codes != run(staffed(), [0]).register.codes).any()


def test_need_that_all_share_is_longest_overdue() -> None:
    """Everybody has the same rank, as no level of theirs is named before another."""
    runs = []
    for priority, need in (("longest_overdue", {}), ("need_first", {"helbred": []})):
        data = staffed().model_dump(exclude_none=True)
        data["interventions"]["samtaler"] |= {"priority": priority, "need": need}
        runs.append(run(type(staffed()).model_validate(data), [0, 1]))
    same(*runs)


def posts(fte: float, caseworkers: int, seed: int = 3, **places: Any) -> list[dict[str, Any]]:
    """60 weeks of the posts of a team, week by week; `places` may stand before its own jobcentre."""
    team = Team.model_validate({"fte": fte, "minutes_per_week": 1, "caseworkers": caseworkers, **STAFF})
    here = Caseworkers(seed, [0, 1], places | {"by": {"team": team}})
    weeks = []
    for week in range(60):
        here.new_week(week)
        columns = {name: getattr(here, name) for name in ("vacant", "away", "covered", "holder", "began", "there")}
        columns["talent"] = here.talent(here.person(np.arange(len(here.team))))
        first = [int(here.first[row]) for row in range(len(places), len(here.teams), len(places) + 1)]
        weeks.append({name: np.array([column[at : at + 3] for at in first]) for name, column in columns.items()})
    return weeks


STAFF = {name: TERMS["projekt"][name] for name in ("absence", "turnover", "learning")}
OTHERS = {"aaby": {"team": Team.model_validate({"fte": 9.0, "minutes_per_week": 1, **STAFF})}}


@pytest.mark.parametrize(("fte", "caseworkers", "others"), [(2.0, 7, {}), (3.0, 3, OTHERS), (7.0, 7, OTHERS)])
def test_more_posts_change_nobodys_luck_in_the_others(fte: float, caseworkers: int, others: dict[str, Any]) -> None:
    """Three posts, and the same three where there are four more, or nine in another jobcentre."""
    few, more = posts(3.0, 3), posts(fte, caseworkers, **others)
    for week, columns in enumerate(few):
        for name, column in columns.items():
            assert np.array_equal(column, more[week][name]), (week, name)
    assert any(columns["vacant"].any() for columns in few) and any(columns["covered"].any() for columns in few)


def test_substitutes_only_add_minutes() -> None:
    """The same absences with and without them: in no week are there fewer minutes, and in some there are more."""
    lang = {"share": 0.3, "weeks": {3: 0.5, 8: 0.5}}
    talks = {"samtaler": samtaler()}
    runs = []
    for cover in ({}, {"cover_after": 1}, {"cover_after": 0}):
        team = {"fte": 5.0, "minutes_per_week": 500, "absence": {"lang": lang | cover}}
        runs.append(np.array(run(make(weeks=60, teams={"team": team}, interventions=talks), [0]).register.minutes))
    without, late, at_once = runs
    assert (without <= late).all() and (late <= at_once).all()
    assert (without < late).any() and (late < at_once).any()
    assert (at_once == 2500).all()
