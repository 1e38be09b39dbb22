"""Plans of talks for the spells of some weeks: who has which talks by the week in which she comes, in closed form."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.check import warnings
from simulation.scenario.expected_load import expected_load
from simulation.scenario.load import Loaded
from simulation.week import run
from simulation.world.register import talk_of
from tests.helpers import loaded

WEEKS = 24
SINCE, DATE = "2026-W11", 10
OLD, NEW = (2, 5, 8, 12), (3, 9)


def plan(talks: tuple[int, ...], **more: Any) -> dict[str, Any]:
    """A plan of talks in these course weeks."""
    return {"team": "team", "channel": "personlig", "talks": [{"week": week} for week in talks], **more}


def following(plans: dict[str, Any], **changes: Any) -> Loaded:
    """A world in which people come in every week, all stay, and all talks are held."""
    talks = {"kind": "samtaler", "channels": {"personlig": {"minutes": 30, "attendance": 1}}, "plans": plans}
    data = {"exits": {"job": {"level": 0.0}}, "weeks": WEEKS, "intake": {"persons": 100, "weeks": WEEKS}, **changes}
    return loaded(interventions={"s": talks}, **data)


def held(of: Loaded) -> dict[int, set[tuple[int, ...]]]:
    """The course weeks in which talks are held, by week of enrolment: of all who are enrolled in it."""
    world = run(of.scenario, [0])
    found: dict[int, set[tuple[int, ...]]] = {}
    for row, entry in enumerate(world.ledige.entry.tolist()):
        weeks = np.flatnonzero(talk_of(world.register.codes[:, row])) - entry
        found.setdefault(entry, set()).add(tuple(weeks.tolist()))
    return found


def seen(talks: tuple[int, ...], entry: int) -> tuple[int, ...]:
    """Those of these course weeks that lie within the run for who is enrolled in this week."""
    return tuple(week for week in talks if entry + week < WEEKS)


@pytest.mark.parametrize("under_way", [False, True])
def test_who_comes_later_has_the_new_talks_and_who_is_under_way_by_what_is_said(under_way: bool) -> None:
    """Before the date, of those under way then, either all of the old list, or that of the new one from then on."""
    rules = {"gammel": plan(OLD, arms=["alle"])}
    rules["ny"] = plan(NEW, arms=["alle"], spells={"since": SINCE, "under_way": under_way})
    for entry, lists in held(following(rules)).items():
        on_the_day = DATE - entry
        goes_over = (*(week for week in OLD if week < on_the_day), *(week for week in NEW if week >= on_the_day))
        expected = NEW if entry >= DATE else goes_over if under_way else OLD
        assert lists == {seen(expected, entry)}, entry


def test_who_is_under_way_goes_at_once_to_where_the_new_rule_has_her() -> None:
    """In course weeks 0 to 5 on its first plan, later on the one after it: never a talk of the first one then."""
    rules = {"gammel": plan(OLD, arms=["alle"])}
    rules["ny"] = plan((1, 4, 7), arms=["alle"], spells={"since": SINCE, "under_way": True})
    rules["ny"]["then"] = {"plan": "senere", "course_week": 6}
    rules["senere"] = plan((6, 11))
    for entry, lists in held(following(rules)).items():
        on_the_day = max(DATE - entry, 0)
        expected = tuple(week for week in OLD if week < on_the_day)
        expected += tuple(week for week in (1, 4, 6, 11) if week >= on_the_day)
        assert lists == {seen(expected, entry)}, entry


def test_a_new_interval_holds_from_the_last_held_talk_on() -> None:
    """Every fourth week before the date, every seventh after it: whose last talk was w weeks ago has the next one in
    7 - w weeks, so those who came in different weeks do not all meet at once."""
    rules: dict[str, dict[str, Any]] = {}
    rules["gammel"] = {"arms": ["alle"], "team": "team", "channel": "personlig", "every": [{"weeks": 4}]}
    rules["ny"] = {**rules["gammel"], "every": [{"weeks": 7}], "spells": {"since": SINCE, "under_way": True}}
    for entry, lists in held(following(rules)).items():
        on_the_day = max(DATE - entry, 0)
        before = tuple(range(1, on_the_day, 4))
        after = range(before[-1] + 7 if before else 1, WEEKS, 7)
        assert lists == {seen((*before, *after), entry)}, entry


def test_a_rule_for_some_weeks_and_for_some_people() -> None:
    """Between two dates, and of one level alone: before and after it, and for the others, what was there holds."""
    rules = {"gammel": plan(OLD, arms=["alle"])}
    rules["ny"] = plan(NEW, arms=["alle"], levels={"gruppe": ["a"]}, spells={"since": SINCE, "until": "2026-W15"})
    of = following(rules, subgroups={"gruppe": {"a": {"share": 0.5}, "b": {"share": 0.5}}})
    for entry, lists in held(of).items():
        both = {seen(OLD, entry), seen(NEW, entry)} if DATE <= entry < DATE + 4 else {seen(OLD, entry)}
        assert lists == both, entry


def test_a_caseworker_is_kept_by_who_stays_with_the_team() -> None:
    """Under way from the second plan of one rule to the second of the next, both of the same team: nobody asks the
    team of the first one, and nobody waits anew."""
    rules = {"gammel": plan(OLD, arms=["alle"], then={"plan": "gammel_2", "course_week": 4}), "gammel_2": plan((6, 9))}
    rules["ny"] = plan(NEW, arms=["alle"], team="anden", spells={"since": SINCE, "under_way": True})
    rules["ny"]["then"] = {"plan": "ny_2", "course_week": 4}
    rules["ny_2"] = plan((7, 13))
    teams = {name: {"fte": 3, "minutes_per_week": 10_000, "caseload": "personal"} for name in ("team", "anden")}
    world = run(following(rules, teams=teams, intake={"persons": 60, "weeks": 6}).scenario, [0])
    assert np.array(world.register.cases)[DATE - 1 :, 1].tolist() == [0] * (WEEKS - DATE + 1)
    assert np.array(world.register.waiting).sum() == 0


def test_the_rough_sums_of_check_follow_the_rules() -> None:
    """Where all come and all stay, the talks that `check` reckons are those that are held, by week, to the size of the
    sample; for whole groups and for parts of them, under way or not."""
    rules = {
        "gammel": plan(OLD, arms=["alle"], spells={"until": "2026-W20"}),
        "ny": plan(NEW, arms=["alle"], levels={"gruppe": ["a"]}, spells={"since": "2026-W08", "under_way": True}),
        "senest": plan((1, 6), arms=["alle"], spells={"since": "2026-W15"}),
    }
    groups = {"gruppe": {"a": {"share": 0.3}, "b": {"share": 0.7}}}
    team = {"fte": 3, "minutes_per_week": 100_000}
    of = following(rules, subgroups=groups, intake={"persons": 24_000, "weeks": WEEKS}, teams={"team": team})
    world = run(of.scenario, [0])
    in_run = (talk_of(world.register.codes) > 0).sum(axis=1)
    assert expected_load(of.scenario, "by")["team"].talks == pytest.approx(in_run, rel=0.06, abs=80)


def doubts(of: Loaded) -> dict[str, str]:
    """Every warning by its place."""
    return {problem.path: problem.message for problem in warnings(of)}


def test_check_tells_of_weeks_without_a_plan_and_of_plans_without_weeks() -> None:
    """A gap between two rules, a rule whose place another has, and one behind the run."""
    until, late = {"until": "2026-W05"}, {"since": SINCE}
    found = doubts(following({"a": plan(OLD, arms=["alle"], spells=until), "b": plan(NEW, arms=["alle"], spells=late)}))
    gap = "alle: spells that begin in weeks 4 to 9 of the run begin on no plan; they have no talks of these"
    assert found["interventions.s.plans"] == gap
    early, beyond = {"since": "2025-W40"}, {"since": "2027-W01"}
    rules = {"a": plan(OLD, arms=["alle"]), "b": plan(NEW, arms=["alle"], spells=early)}
    found = doubts(following({**rules, "c": plan(NEW, arms=["alle"], spells=beyond)}))
    later = "no spell begins on it: a plan with a later `since` is in its place"
    assert found["interventions.s.plans.a"] == later
    assert found["interventions.s.plans.c"].startswith("no spell begins on it: 2027-W01 is week 53 from 2026-W01 on")


@pytest.mark.parametrize(
    ("key", "there"),
    [
        ("benefits", {"benefits": {name: {"passes": {to: {"level": 0.01}}} for name, to in ("ab", "ba")}}),
        ("in_jobcentres", {"jobcentres": {"a": {}, "b": {}}}),
    ],
)  # fmt: skip
def test_check_counts_each_benefit_and_each_jobcentre_for_itself(key: str, there: dict[str, Any]) -> None:
    """Rules for others are not in anybody's place, nor do they fill a gap."""
    rules = {name: plan(OLD, arms=["alle"], **{key: [name]}) for name in "ab"}
    early = plan(NEW, arms=["alle"], spells={"since": "2025-W40"}, **{key: ["b"]})
    found = doubts(following({**rules, "early": early}, **there))
    assert [path for path, said in found.items() if "no spell begins" in said] == ["interventions.s.plans.b"]
    rules["a"]["spells"] = {"until": "2026-W05"}
    late = plan(NEW, arms=["alle"], spells={"since": SINCE}, **{key: ["a"]})
    gap = "alle, a: spells that begin in weeks 4 to 9 of the run begin on no plan; they have no talks of these"
    assert doubts(following({**rules, "late": late}, **there))["interventions.s.plans"] == gap
