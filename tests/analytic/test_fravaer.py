"""Absence, turnover and learning against closed forms.

Decision rule: |z| < LIMIT by the standard error over posts, whose lives are independent; fixed seeds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.world.spec import mean
from simulation.world.staff.caseworkers import NOT_AWAY, Caseworkers, chances, vacancy, weekly
from simulation.world.staff.teams import Team
from simulation.world.staff.terms import Absence, Turnover
from tests.helpers import LIMIT, make, samtaler

POSTS, WEEKS = 3000, 60
SHORT = {"share": 0.03, "weeks": {1: 0.7, 2: 0.3}, "part": 0.4}
LONG = {"share": 0.05, "weeks": {6: 0.5, 20: 0.5}, "cover_after": 4}


def posts(**terms: Any) -> tuple[Caseworkers, Team]:
    """Very many posts of one team in one jobcentre."""
    team = Team.model_validate({"fte": float(POSTS), "minutes_per_week": 100, **terms})
    return Caseworkers(7, [0], {"ribe": {"team": team}}), team


def lives(**terms: Any) -> dict[str, np.ndarray]:
    """What is so of every post in every week, shape (weeks, posts)."""
    there, _ = posts(**terms)
    found: dict[str, list[np.ndarray]] = {
        name: [] for name in ("away", "vacant", "covered", "there", "holder", "effect", "began")
    }
    for week in range(WEEKS):
        there.new_week(week)
        for name, columns in found.items():
            columns.append(getattr(there, name).copy())
    return {name: np.array(columns) for name, columns in found.items()}


def near(of_posts: np.ndarray, share: float) -> None:
    """The mean over posts (each its own mean over weeks) is this share."""
    z = (of_posts.mean() - share) / (of_posts.std(ddof=1) / np.sqrt(len(of_posts)))
    assert abs(z) < LIMIT, (of_posts.mean(), share, z)


def near_each_week(present: np.ndarray, share: float) -> None:
    """In every week as many as in the long run: binomial, |z| < LIMIT in the first, the last and those between."""
    counts = present.sum(axis=1)
    z = (counts - POSTS * share) / np.sqrt(POSTS * share * (1 - share))
    assert np.abs(z[[0, 1, 2, 5, 20, WEEKS - 1]]).max() < LIMIT, z


def test_the_stated_share_is_away_from_the_first_week_on() -> None:
    """By kind; so the chances that follow from share and lengths are right, and so is the state of the first week."""
    found = lives(absence={"kort": SHORT, "lang": LONG})
    for kind, share in ((0, 0.03), (1, 0.05)):
        away = found["away"] == kind
        near(away.mean(axis=0), share)
        near_each_week(away, share)


def test_chances_are_those_of_a_renewal_of_present_and_absent_weeks() -> None:
    """One kind alone: present weeks are geometric with mean (1 − h) / h, so the share away is L / (L + (1 − h) / h)."""
    for share, weeks in ((0.03, {1: 1.0}), (0.2, {4: 0.5, 10: 0.5}), (0.6, {2: 1.0})):
        team = Team(fte=1.0, minutes_per_week=1, absence={"x": Absence(share=share, weeks=weeks)})
        (h,) = chances(team)
        away, present = mean(weeks), (1 - h) / h
        assert away / (away + present) == pytest.approx(share, rel=1e-12)


def test_turnover_leaves_posts_vacant_as_long_as_recruiting_takes() -> None:
    """A year's chance of 0.4 is 1 − 0.6^(1/52) a week; vacant q V / (q V + 1 − q) of the weeks, from the first on."""
    turnover = {"per_year": 0.4, "vacancy_weeks": {4: 0.5, 12: 0.5}}
    q = 1 - 0.6 ** (1 / 52)
    assert weekly(Turnover.model_validate(turnover)) == pytest.approx(q, rel=1e-12)
    share = q * 8 / (q * 8 + 1 - q)
    assert vacancy(posts(turnover=turnover)[1]) == pytest.approx(share, rel=1e-12)
    found = lives(turnover=turnover)
    near(found["vacant"].mean(axis=0), share)
    near_each_week(found["vacant"], share)
    leaves = (np.diff(found["vacant"].astype(int), axis=0) == 1).sum()
    at_work = (~found["vacant"][:-1]).sum()
    assert abs(leaves - at_work * q) / np.sqrt(at_work * q) < LIMIT  # nobody is away, so all may leave


def test_absence_and_turnover_together() -> None:
    """Shares of absence are of filled posts, whatever share of posts is vacant."""
    terms: dict[str, Any] = {
        "absence": {"kort": SHORT, "lang": LONG}, "turnover": {"per_year": 0.5, "vacancy_weeks": 10}
    }  # fmt: skip
    found, vacant = lives(**terms), vacancy(posts(**terms)[1])
    near_each_week(found["vacant"], vacant)
    for kind, share in ((0, 0.03), (1, 0.05)):
        near_each_week(found["away"] == kind, share * (1 - vacant))
    assert not ((found["away"] != NOT_AWAY) & found["vacant"]).any()


def test_a_part_of_the_week_is_lost_and_a_substitute_brings_it_back() -> None:
    """A short spell loses 0.4 of a week; a long one all of it, until a substitute sits there from its fifth week on."""
    found = lives(absence={"kort": SHORT, "lang": LONG})
    assert set(np.unique(found["there"]).round(12)) == {0.0, 0.6, 1.0}
    assert (found["there"][found["away"] == 0] == 0.6).all()
    long = found["away"] == 1
    assert (found["there"][long] == found["covered"][long]).all() and not found["covered"][~long].any()
    # weeks covered of a spell: 2 of 6 or 16 of 20, so of all weeks away (2 + 16) / (6 + 20)
    near_each_week(found["covered"], 0.05 * 18 / 26)


def test_who_comes_back_is_who_went() -> None:
    """A substitute is another person; after the spell the same one as before sits there, and later ones are new."""
    found = lives(absence={"lang": {"share": 0.2, "weeks": 6, "cover_after": 2}})
    whole = [  # a whole spell within the run: six weeks away, with somebody before and after
        (post, week)
        for post in range(300)
        for week in range(1, WEEKS - 7)
        if found["away"][week - 1, post] == NOT_AWAY
        and (found["away"][week : week + 6, post] == 0).all()
        and found["away"][week + 6, post] == NOT_AWAY
    ]
    assert len(whole) > 200
    seen: dict[int, int] = {}
    for post, week in whole:
        before, spell, after = np.split(found["holder"][week - 1 : week + 7, post], [1, 7])
        assert before[0] == after[0] == spell[0] == spell[1]
        assert (spell[2:] == spell[2]).all() and spell[2] != before[0] and spell[2] > seen.get(post, 0)
        seen[post] = int(spell[2])


def test_successors_learn_on_a_straight_line() -> None:
    """0.5 of the minutes and 0.2 of the effect in the first week, all of both after ten."""
    learning = {"weeks": 10, "minutes": 0.5, "effect": 0.2}
    found = lives(turnover={"per_year": 0.6, "vacancy_weeks": 0}, learning=learning)
    weeks = np.arange(WEEKS)[:, None]
    for ago in (0, 3, 9, 10, 30):
        new = weeks - found["began"] == ago
        assert new.sum() > 50
        assert np.allclose(found["there"][new], 0.5 + 0.5 * min(ago / 10, 1))
        assert np.allclose(found["effect"][new], 0.2 + 0.8 * min(ago / 10, 1))
    assert not found["vacant"].any()


def test_tenure_in_the_first_week_is_that_of_the_long_run() -> None:
    """In the first week as many have been there for less than ten weeks as in the last: geometric, 1 − (1 − q)^10."""
    found = lives(turnover={"per_year": 0.6, "vacancy_weeks": 0})
    q = 1 - 0.4 ** (1 / 52)
    weeks = np.arange(WEEKS)[:, None]
    near_each_week(weeks - found["began"] < 10, 1 - (1 - q) ** 10)


def test_nobody_is_away_by_another_ones_luck() -> None:
    """A post more, and another team, change nothing in the posts there were."""
    terms = {"absence": {"kort": SHORT, "lang": LONG}, "turnover": {"per_year": 0.5, "vacancy_weeks": 3}}
    small = Team.model_validate({"fte": 3.0, "minutes_per_week": 100, **terms})
    large = Team.model_validate({"fte": 4.0, "minutes_per_week": 100, **terms})
    one = Caseworkers(7, [4], {"ribe": {"team": small}})
    other = Caseworkers(7, [3, 4], {"ribe": {"first": large, "team": large}})
    mine = np.flatnonzero(other.team == 3)[:3]
    for week in range(40):
        one.new_week(week)
        other.new_week(week)
        for name in ("there", "away", "vacant", "holder"):
            assert (getattr(one, name) == getattr(other, name)[mine]).all(), (week, name)


def test_minutes_there_are_the_share_at_work() -> None:
    """In the engine: 200 pooled caseworkers with 6 % absence have 94 % of their minutes, each week apart."""
    team = {"fte": 200.0, "minutes_per_week": 500, "absence": {"kort": {"share": 0.06, "weeks": 1}}}
    scenario = make(weeks=60, teams={"team": team}, interventions={"samtaler": samtaler()})
    from simulation.results.measures.replication import simulate

    found = simulate(scenario, range(6))
    share = np.concatenate([r.staff.minutes[:, 0, 0] for r in found]) / 100_000
    assert abs(share.mean() - 0.94) / np.sqrt(0.06 * 0.94 / 200 / len(share)) < LIMIT
    assert abs(np.mean([r.outcomes["absence_share", "alle", None] for r in found]) - 0.06) < 0.005
