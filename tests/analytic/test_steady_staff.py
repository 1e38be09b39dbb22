"""A run begins in the steady state of its staff: shares away and vacant are the same in every week, as reckoned."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.world.staff.caseworkers import NOT_AWAY, Caseworkers
from simulation.world.staff.teams import Team
from tests.helpers import LIMIT, z_of

Q = 1 - 0.01 ** (1 / 52)
"""Chance of leaving in a week where 99 % leave in a year."""
POSTS, WORLDS, WEEKS = 10_000, 4, 25


def reckoned(leaves: float, vacancy: dict[int, float], share: float) -> float:
    """Share of weeks in which a post is vacant, from the weeks between two chances to fall ill.

    Such a chance comes every `filled` weeks of a filled post; with absences of mean length m and share s, a fraction
    s / m of filled weeks begins one, so filled = 1 + s / m × filled × (m − 1), here with m = 3. Before each of them,
    she leaves with this probability; unless she is followed at once, the vacancy passes, and it is as before.
    """
    filled = 1 / (1 - share / 3 * (3 - 1))
    mean, at_once = sum(weeks * p for weeks, p in vacancy.items()), vacancy.get(0, 0.0)
    empty = leaves * mean  # weeks for every mandag on which somebody might leave
    return empty / (empty + (1 - leaves * (1 - at_once)) * filled)


@pytest.mark.parametrize("vacancy", [{0: 0.9, 30: 0.1}, {0: 1.0}, {4: 1.0}, {1: 0.5, 12: 0.5}])
@pytest.mark.parametrize("share", [0.0, 0.3])
def test_as_many_are_away_and_vacant_in_every_week(vacancy: dict[int, float], share: float) -> None:
    """Rule: |z| < LIMIT in the first week, the next one, and the last one, for posts vacant and for those away."""
    absence = {"syg": {"share": share, "weeks": {1: 0.5, 5: 0.5}}}
    turnover = {"per_year": 0.99, "vacancy_weeks": vacancy}
    team = Team.model_validate({"fte": POSTS, "minutes_per_week": 1, "absence": absence, "turnover": turnover})
    posts = Caseworkers(1, range(WORLDS), {"by": {"team": team}})
    vacant = reckoned(Q, vacancy, share)
    for week in range(WEEKS):
        posts.new_week(week)
        if week not in (0, 1, WEEKS - 1):
            continue
        empty, n = np.count_nonzero(posts.vacant), POSTS * WORLDS
        away = np.count_nonzero((posts.away != NOT_AWAY) & ~posts.vacant)
        assert vacant == empty == 0 or abs(z_of(empty, n, vacant)) < LIMIT, week
        assert share == away == 0 or abs(z_of(away, n - empty, share)) < LIMIT, week


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_as_many_are_new_in_every_week(share: float) -> None:
    """Weeks in the post are geometric where nobody is ever away: the share there for n weeks or less is
    1 − (1 − q)^(n + 1), from the first week on. Where some are away those weeks pass as well: a post that is filled has
    somebody new as often as there are mandage on which she may leave, one in `filled` weeks.

    Rule: |z| < LIMIT without absence; with it, where the first week is an approximation, within 0.03.
    """
    absence = {"syg": {"share": share, "weeks": {1: 0.5, 5: 0.5}}}
    turnover = {"per_year": 0.99, "vacancy_weeks": 2}
    team = Team.model_validate({"fte": POSTS, "minutes_per_week": 1, "absence": absence, "turnover": turnover})
    posts = Caseworkers(1, range(WORLDS), {"by": {"team": team}})
    found = []
    for week in range(101):
        posts.new_week(week)
        if week in (0, 1, 100):
            weeks_there = (week - posts.began)[~posts.vacant & (posts.away == NOT_AWAY)]
            found.append([np.mean(weeks_there <= n) for n in (0, 12)])
            if share == 0:
                expected = 1 - (1 - Q) ** np.array([1, 13])
                assert (np.abs(z_of(np.array(found[-1]) * len(weeks_there), len(weeks_there), expected)) < LIMIT).all()
    assert np.allclose(found, found[-1], atol=0.03), found
