"""What a team does for its cases beside talks: minutes left, caseload, a change of caseworker.

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
from simulation.world.spec import Floats
from simulation.world.world import World
from tests.helpers import LIMIT, busy, counts_of, make, praktik, samtaler
from tests.offers import NOBODY_LEAVES, cohort, factor_now, factors, in_offer, total, watch, weekly
from tests.staffed import staffed

SELDOM = {"every": [{"weeks": 500}], "first_week": 400}
"""A plan that makes people cases and asks for no talk."""


def sagsarbejde(*uses: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Of the one team there is."""
    return {"kind": "sagsarbejde", "team": "team", "left_minutes": list(uses), **more}


def raadighed(**more: Any) -> dict[str, Any]:
    """No checks but in minutes left, and no breaches."""
    return {"kind": "raadighed", "breach": 0.0, "follows": [{}], **more}


def of_team(persons: int, weeks: int, minutes: int, plan: dict[str, Any] = SELDOM, **interventions: Any) -> Scenario:
    """Cases of one pooled desk with so many minutes a week, who never leave."""
    team = {"teams": {"team": {"fte": 1, "minutes_per_week": minutes}}}
    return cohort(persons, weeks, team, samtaler=samtaler(plan), **interventions)


# --- minutes left -------------------------------------------------------------------------------------------------


def test_uses_in_their_order_in_a_week_by_hand() -> None:
    """300 minutes and six talks of 30 leave 120: two searches of 50, one check of 15, one follow-up of 5. In week 0
    there are no talks: six searches take all of it."""
    uses = [{"use": "search", "of": "praktik", "minutes": 50}, {"use": "checks", "of": "tjek", "minutes": 15}]
    work = sagsarbejde(*uses, {"use": "follow_up", "minutes": 5})
    none = praktik(matches_per_week=0, places=0)
    world = run(of_team(6, 8, 300, {"every": [{"weeks": 1}]}, praktik=none, tjek=raadighed(), arbejde=work), [0])
    assert weekly(world, "held") == [0] + [6] * 7
    assert weekly(world, "arbejde_search") == [6] + [2] * 7
    assert weekly(world, "arbejde_checks") == weekly(world, "tjek_checks") == [0] + [1] * 7
    assert weekly(world, "arbejde_follow_up") == [0] + [1] * 7
    for use, minutes in (("search", 50), ("checks", 15), ("follow_up", 5)):
        assert weekly(world, f"arbejde_minutes_{use}") == [minutes * n for n in weekly(world, f"arbejde_{use}")]
    assert [int(used[0]) for used in world.register.minutes_used] == [300] * 8


def test_the_order_is_that_of_the_list() -> None:
    """The other way round: six follow-ups of 5 and six checks of 15 take all of the 120 that are left."""
    uses = [{"use": "follow_up", "minutes": 5}, {"use": "checks", "of": "tjek", "minutes": 15}]
    work = sagsarbejde(*uses, {"use": "search", "of": "praktik", "minutes": 50})
    none = praktik(matches_per_week=0, places=0)
    world = run(of_team(6, 8, 300, {"every": [{"weeks": 1}]}, praktik=none, tjek=raadighed(), arbejde=work), [0])
    done = [weekly(world, f"arbejde_{use}")[1:] for use in ("follow_up", "checks", "search")]
    assert done == [[6] * 7, [6] * 7, [0] * 7]


def test_a_search_adds_a_match_next_week_and_only_then() -> None:
    """No match by konsulenter, 100 minutes for searches of 30: three begin in every week from the second one on, as
    long as anybody waits; what is not needed perishes."""
    work = sagsarbejde({"use": "search", "of": "praktik", "minutes": 30})
    world = run(of_team(10, 12, 100, praktik=praktik(matches_per_week=0, length_weeks=100), arbejde=work), [0])
    assert weekly(world, "praktik_started") == [0, 3, 3, 3, 1, *[0] * 7]
    assert weekly(world, "arbejde_search") == [3, 3, 3, 1, *[0] * 8]


def test_a_search_comes_on_top_of_the_konsulenters_matches() -> None:
    work = sagsarbejde({"use": "search", "of": "praktik", "minutes": 30})
    world = run(of_team(40, 6, 100, praktik=praktik(matches_per_week=2, length_weeks=100), arbejde=work), [0])
    assert weekly(world, "praktik_started") == [2, 5, 5, 5, 5, 5]


def test_who_has_waited_longest_comes_first() -> None:
    """Three of ten a week, none sooner than after five weeks: all have their turn in weeks 5 to 8, again from 10 on."""
    work = sagsarbejde({"use": "follow_up", "minutes": 30, "every_weeks": 5})
    scenario, seen = of_team(10, 16, 100, arbejde=work), []
    watch(scenario, soendag=lambda world, running, week: seen.append(running[1].follow_ups[0].last.copy()))
    world = run(scenario, [0])
    assert weekly(world, "arbejde_follow_up") == [0] * 5 + [3, 3, 3, 1, 0, 3, 3, 3, 1, 0, 3]
    assert sorted(seen[9].tolist()) == sorted([5, 6, 7] * 3 + [8])
    assert (seen[13] - seen[9] == 5).all()  # in the same order


def test_only_cases_of_the_team_and_of_partners_everybody() -> None:
    """Nobody is a case without a plan of talks; a team of partners looks after all who are there."""
    use = {"use": "follow_up", "minutes": 1}
    partners = {"hold": {"fte": 1, "minutes_per_week": 1000, "takes_cases": False}}
    teams = {"teams": {"team": {"fte": 1, "minutes_per_week": 1000}, **partners}}
    world = run(cohort(7, 4, teams, a=sagsarbejde(use), b={**sagsarbejde(use), "team": "hold"}), [0])
    assert total(world, "a_follow_up") == 0 and weekly(world, "b_follow_up") == [0, 7, 7, 7]


def test_a_follow_up_has_its_effect_for_its_weeks() -> None:
    """All are followed up on fredag of week 4 and every fourth week: factor 3, halved every two weeks, for three."""
    use = {"use": "follow_up", "minutes": 1, "every_weeks": 4, "effects": {"job": 3.0}, "weeks": 3}
    found, _ = factors(of_team(5, 12, 100, arbejde=sagsarbejde({**use, "halving_weeks": 2.0})))
    one = [1 + 2 * 0.5 ** (gone_by / 2) for gone_by in (1, 2, 3)]
    assert np.allclose(found, np.array([1.0] * 5 + one + [1.0] + one)[:, None], rtol=1e-12)


def test_personal_cases_have_the_minutes_of_their_own_caseworker() -> None:
    """Two caseworkers of 50 minutes, three and two cases, follow-ups of 20: two each, whoever has more cases."""
    team = {"teams": {"team": {"fte": 2, "minutes_per_week": 50, "caseload": "personal"}}}
    work = sagsarbejde({"use": "follow_up", "minutes": 20})
    world = run(cohort(5, 5, team, samtaler=samtaler(SELDOM), arbejde=work), [0])
    assert weekly(world, "arbejde_follow_up") == [0] + [4] * 4


def test_what_was_done_is_told() -> None:
    work = sagsarbejde({"use": "follow_up", "minutes": 30})
    (replication,) = simulate(of_team(10, 5, 100, arbejde=work), [0])
    assert replication.outcomes["arbejde_follow_up", "alle", None] == 12
    assert replication.outcomes["arbejde_minutes_follow_up", "alle", None] == 360


# --- caseload -----------------------------------------------------------------------------------------------------

PLACES = {"lille": 10, "som_nu": 50, "stort": 120}


def by_caseload(elasticity: float, fte: float = 1.0, **more: Any) -> Floats:
    """The factor on the exit to a job in each jobcentre, every week (nobody leaves)."""
    scenario = make(
        weeks=4,
        intake={"persons": 1, "weeks": 1},
        jobcentres={name: {"persons": n} for name, n in PLACES.items()},
        exits=NOBODY_LEAVES,
        teams={"team": {"fte": fte, "minutes_per_week": 100}},
        interventions={
            "samtaler": samtaler(SELDOM),
            "arbejde": sagsarbejde(caseload={"reference": 50, "exits": {"job": {"log": elasticity}}, **more}),
        },
    )
    found, world = factors(scenario)
    place = world.ledige.jobcentre
    assert all(np.ptp(found[:, place == j]) == 0 for j in range(3))
    return found[0, [int(np.argmax(place == j)) for j in range(3)]]


@pytest.mark.parametrize("fte", [0.5, 1.0, 2.0])
def test_an_elasticity_is_a_power_of_cases_per_full_time(fte: float) -> None:
    loads = np.array(list(PLACES.values())) / fte / 50
    assert np.allclose(by_caseload(-0.27, fte), loads**-0.27, rtol=1e-12)


def test_beyond_the_limits_nothing_more() -> None:
    assert np.allclose(by_caseload(-0.5, least=25, most=100), np.array([0.5, 1.0, 2.0]) ** -0.5, rtol=1e-12)


def test_exits_follow_the_caseload_week_by_week() -> None:
    """20 000 cases that get fewer: in every week each leaves with intensity 0.05 × (cases / 10 000)^−0.6. Σ(exits −
    expected) over all weeks, of binomial numbers given the cases of the week."""
    elasticity, level, reference = -0.6, 0.05, 10_000
    work = sagsarbejde(caseload={"reference": reference, "exits": {"job": {"log": elasticity}}})
    team = {"teams": {"team": {"fte": 1, "minutes_per_week": 1}}, "exits": {"job": {"level": level}}}
    world = run(cohort(20_000, 30, team, samtaler=samtaler(SELDOM), arbejde=work), [0])
    exits = np.array(weekly(world, "exit_job"))
    cases = 20_000 - np.concatenate(([0], np.cumsum(exits)[:-1]))
    chance = -np.expm1(-level * (cases / reference) ** elasticity)
    z = (exits - cases * chance) / np.sqrt(cases * chance * (1 - chance))
    assert np.abs(z).max() < LIMIT and abs(z.sum()) / np.sqrt(len(z)) < LIMIT
    flat = -np.expm1(-level)
    assert abs((exits - cases * flat).sum()) > 2 * LIMIT * np.sqrt((cases * flat).sum())  # it could have failed


def test_where_no_post_is_filled_it_says_nothing() -> None:
    """One caseworker who is followed late: factor 1 while the post is vacant, (4 / 2)^−1 while it is filled."""
    team = {"fte": 1, "minutes_per_week": 1, "caseload": "personal"}
    turnover = {"per_year": 0.9, "vacancy_weeks": 5}
    work = sagsarbejde(caseload={"reference": 2, "exits": {"job": {"log": -1.0}}})
    found: list[tuple[bool, float]] = []

    def look(world: World, running: Any, week: int) -> None:
        if (world.staff.desk >= 0).all():
            found.append((bool(world.staff.caseworkers.vacant[0]), float(factor_now(world)[0])))

    scenario = cohort(4, 200, {"teams": {"team": {**team, "turnover": turnover}}}, s=samtaler(SELDOM), a=work)
    watch(scenario, tirsdag=look)
    assert {vacant for vacant, _ in found} == {True, False}
    assert all(factor == pytest.approx(1.0 if vacant else 0.5, rel=1e-12) for vacant, factor in found)


# --- continuity ---------------------------------------------------------------------------------------------------


def test_a_change_of_caseworker_lasts_its_weeks() -> None:
    """Ten caseworkers who leave often, each followed at once: for six weeks from the successor's first one on her cases
    have factor 0.5, as far as a diary of who sits where tells; a substitute is no change."""
    terms = {"turnover": {"per_year": 0.9, "vacancy_weeks": {0: 0.5, 3: 0.5}},
             "absence": {"lang": {"share": 0.3, "weeks": 4, "cover_after": 1}}}  # fmt: skip
    team = {"team": {"fte": 10, "minutes_per_week": 1, "caseload": "personal", "at_limit": "exceed", **terms}}
    work = sagsarbejde(continuity={"effects": {"job": 0.5}, "weeks": 6})
    changed: dict[int, list[int]] = {post: [] for post in range(10)}
    began: dict[int, int] = {}
    wrong: list[tuple[int, int]] = []
    substitutes = 0

    def look(world: World, running: Any, week: int) -> None:
        nonlocal substitutes
        posts, factor = world.staff.caseworkers, factor_now(world)
        for post in range(10):
            if posts.covered[post]:
                substitutes += 1
            elif post in began and began[post] != posts.began[post] and not posts.vacant[post]:
                changed[post].append(week)
            if not posts.covered[post]:
                began[post] = int(posts.began[post])
            ids = np.flatnonzero(world.staff.desk == post)
            recent = any(week - since < 6 for since in changed[post])
            if len(ids) and not (factor[ids] == (0.5 if recent else 1.0)).all():
                wrong.append((week, post))

    world, _ = watch(cohort(100, 120, {"teams": team}, s=samtaler(SELDOM), a=work), tirsdag=look)
    assert wrong == [] and substitutes > 20
    assert sum(map(len, changed.values())) > 10
    cases = np.bincount(world.staff.desk, minlength=10)
    assert total(world, "a_changes") == sum(int(cases[post]) * len(weeks) for post, weeks in changed.items())


def test_another_team_is_another_caseworker() -> None:
    """All go on to the second team in week 5: factor 0.7 there in weeks 5 to 8, which halves every two weeks; no
    caseworker leaves, and the first one is no change."""
    teams = {"team": {"fte": 1, "minutes_per_week": 1}, "to": {"fte": 1, "minutes_per_week": 1}}
    plans = samtaler({**SELDOM, "then": {"plan": "senere", "course_week": 5}})
    plans["plans"]["senere"] = {"team": "to", "channel": "personlig", **SELDOM}
    work = {**sagsarbejde(continuity={"effects": {"job": 0.7}, "weeks": 4, "halving_weeks": 2.0}), "team": "to"}
    found, world = factors(cohort(20, 12, {"teams": teams}, s=plans, a=work))
    expected = [1.0] * 5 + [1 - 0.3 * 0.5 ** (n / 2) for n in (1, 2, 3, 4)] + [1.0] * 3
    assert np.allclose(found, np.array(expected)[:, None], rtol=1e-12)
    assert weekly(world, "a_changes")[5] == total(world, "a_changes") == 20


# --- nothing for nothing --------------------------------------------------------------------------------------------

NOTHING: dict[str, Any] = {
    "left_minutes": [
        {"use": "follow_up", "minutes": 5, "effects": {"job": 1.0, "other": {"log": 0.0}}, "weeks": 9},
        {"use": "checks", "of": "tjek", "minutes": 5},
    ],
    "caseload": {"reference": 3, "exits": {"job": {"log": 0.0}, "other": {"log": 0.0}}},
    "continuity": {"effects": {"job": 1.0, "other": {"log": 0.0}}, "weeks": 20},
}


@pytest.mark.parametrize("world", [busy, staffed])
def test_zero_size_changes_nobody(world: Any) -> None:
    """Minutes are used, caseworkers change, and everybody lives as before, to the last bit."""
    data = world().model_dump(exclude_none=True)
    extra = {"tjek": raadighed(), "arbejde": {"kind": "sagsarbejde", "team": "projekt", **NOTHING}}
    after = run(Scenario.model_validate(data | {"interventions": data["interventions"] | extra}), [0, 1])
    before = run(world(), [0, 1])
    assert (before.register.codes == after.register.codes).all()
    for name, counts in counts_of(before).items():
        assert (counts == counts_of(after)[name]).all(), name
    assert counts_of(after)["arbejde_follow_up"].any() and counts_of(after)["tjek_checks"].any()
    assert bool(counts_of(after)["arbejde_changes"].any()) == (world is staffed)


def test_time_left_is_what_talks_have_left() -> None:
    """Talks come first: they are held as without it, whatever is asked for afterwards."""
    heavy = sagsarbejde({"use": "follow_up", "minutes": 1, "effects": {"job": 5.0}}, team="ordinaer")
    data = busy().model_dump(exclude_none=True)
    data["exits"] |= {"job": {"level": 0.0}}
    alike = []
    for more in ({}, {"arbejde": heavy}):
        world = run(Scenario.model_validate(data | {"interventions": data["interventions"] | more}), [0])
        alike.append(counts_of(world)["held"])
    assert (alike[0] == alike[1]).all()


def test_a_place_found_in_time_left_leads_into_praktik() -> None:
    """Nobody is matched otherwise; whoever was searched for may begin."""
    work = sagsarbejde({"use": "search", "of": "praktik", "minutes": 50})
    world = run(of_team(10, 6, 100, praktik=praktik(matches_per_week=0), arbejde=work), [0])
    assert in_offer(world).sum(axis=1).tolist() == [0, 2, 4, 6, 8, 10]
    status = status_of(world.register.codes)
    assert (status == LEDIG).all() and not (status >= GONE).any()
