"""Full-time weeks of staff, by team and calendar year, in four ways to reckon what the same work costs.

    margin   minutes used, of the minutes for talks of a full-time member: hours can be used otherwise, or cut
    posts    who is paid as the scenario has it, vacancies and substitutes reckoned, busy or not
    whole    as many whole full-time posts in each jobcentre as the year's minutes used would fill
    notice   as posts, and a post that is taken away is paid for some weeks more (who leaves by herself is not)

Staff is nearly fixed in the short run: spending on jobcentres rose 3 % while unemployment fell 30 % (PRICE-02), so the
margin is the cheapest reading and `posts` the dearest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np

from simulation.economy.items import Item
from simulation.scenario.schema import Scenario
from simulation.world.past import Past
from simulation.world.spec import Floats, Ints
from simulation.world.staff.teams import Team

Way = Literal["margin", "posts", "whole", "notice"]
WAYS: tuple[Way, ...] = get_args(Way)


def staff(
    scenario: Scenario, world: Past, year: Ints, part: Floats | None = None, notice_weeks: int | None = None,
    before: Scenario | None = None,
) -> dict[Way, dict[Item, Floats]]:  # fmt: skip
    """By way and team an array (worlds, years). `part`, shape (worlds, jobcentres, teams, years), is how much of the
    time of each team is meant (None: all). Without `notice_weeks` the way `notice` is left out; `before` has the staff
    before the first week (None: as in it)."""
    register, places, teams = world.register, list(scenario.jobcentres), list(scenario.teams)
    shape = (len(year), world.jobcentres.worlds, len(places), len(teams))
    used, paid, covered, vacant = (
        np.array(each, dtype=np.float64).reshape(shape)
        for each in (register.minutes_used, register.paid, register.covered, register.vacant)
    )
    minutes = np.concatenate([
        np.broadcast_to(_table(each, places, teams, "minutes_per_week"), (last - first, 1, len(places), len(teams)))
        for first, last, each in spans(scenario, len(year))
    ])  # fmt: skip
    margin = np.divide(used, minutes, out=np.zeros(shape), where=minutes > 0)
    weekly: dict[Way, Floats] = {"margin": margin, "posts": paid}
    found: dict[Way, Floats] = {way: by_year(each, year) for way, each in weekly.items()}
    weeks = np.bincount(year)
    found["whole"] = np.ceil(np.round(found["margin"] / weeks, 9)) * weeks
    if notice_weeks is not None:
        posts = paid - covered + vacant
        first = posts[:1] if before is None else np.broadcast_to(_table(before, places, teams, "fte"), posts[:1].shape)
        found["notice"] = by_year(paid + _highest_lately(posts, first, notice_weeks) - posts, year)
    if part is not None:
        found = {way: each * part for way, each in found.items()}
    return {
        way: {Item("staff", team): over_places(each[:, :, t]) for t, team in enumerate(teams)}
        for way, each in found.items()
    }


def spans(scenario: Scenario, weeks: int) -> list[tuple[int, int, Scenario]]:
    """The first week and the one after the last of each time in which nothing changes, with the scenario as it is."""
    begins = [begin for begin, _ in scenario.epochs]
    return [(a, b, each) for a, b, (_, each) in zip(begins, [*begins[1:], weeks], scenario.epochs, strict=True)]


def _table(scenario: Scenario, places: list[str], teams: list[str], key: Literal["fte", "minutes_per_week"]) -> Floats:
    """What each team has in each jobcentre; 0 of one that there is not. Shape (1, jobcentres, teams)."""
    at: list[Mapping[str, Team]] = [scenario.teams_of(name) if name in scenario.jobcentres else {} for name in places]
    return np.array([[[float(getattr(own[t], key)) if t in own else 0.0 for t in teams] for own in at]])


def by_year(weekly: Floats | Ints, year: Ints) -> Floats:
    """Sums over the weeks of each year: (weeks, worlds, jobcentres, teams) becomes (worlds, jobcentres, teams, years).
    Week by week: NumPy's own sum goes by the shape, so by how many worlds there are."""
    found = np.zeros((*weekly.shape[1:], int(year[-1]) + 1))
    for week, of_week in enumerate(weekly):
        found[..., year[week]] += of_week
    return found


def over_places(by_place: Floats) -> Floats:
    """Sums over the jobcentres of (worlds, jobcentres, years), in their order."""
    return np.asarray(sum(by_place[:, place] for place in range(1, by_place.shape[1])) + by_place[:, 0])


def _highest_lately(posts: Floats, first: Floats, weeks: int) -> Floats:
    """The most posts that there were in this week and so many before it, those before the run included."""
    whole = np.concatenate([np.repeat(first, weeks, axis=0), posts])
    return np.stack([whole[week : week + weeks + 1].max(axis=0) for week in range(len(posts))])
