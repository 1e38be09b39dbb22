"""Values that change at a date: nothing moves before it, something does after it, with closed forms of what changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.interventions import KINDS
from simulation.results.measures.replication import simulate
from simulation.scenario.dates import matches, patterns_of
from simulation.scenario.fields import models_on_the_way, number_at
from simulation.scenario.files.sourced import leaves
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.load import Loaded, validated
from simulation.week import run
from simulation.world.force import Force
from simulation.world.register import OF_STAFF, talk_of
from simulation.world.staff.teams import MAY_CHANGE
from simulation.world.world import World
from tests import all_kinds
from tests.helpers import counts_of, loaded, praktik, samtaler, team_counts_of

WEEK, ISO = 9, "2026-W10"
CANNOT = (
    "brokers.kommune.returned", "follows.0.ended", "caseload.most", "brev.seats", "personlig.seats", "seats_min",
    "length.from_weeks", "max_spells",
)  # fmt: skip
"""Places that have no other value by themselves: they go with another one."""


@cache
def world_of_all_kinds() -> Loaded:
    """Every kind of intervention, scarce, for so many weeks that a date falls among them."""
    data = all_kinds.everything().model_dump(exclude_none=True) | {"weeks": 18, "follow_up": 15, "states_at": [4]}
    data["interventions"]["loentilskud"] |= {
        "breakdown": {"weekly": 0.1, "setback_weeks": 1}, "repeat": {"gap_weeks": 1, "max_spells": 2},
        "jobcentres": {"skive": {"places": 3, "matches_per_week": 0.3}},
        "matching": {"team": "raadgivere", "minutes": 20},
    }  # fmt: skip
    for name in ("praktik", "loentilskud", "virksomhedsforloeb"):
        data["interventions"][name].setdefault("breakdown", {"weekly": 0.1, "setback_weeks": 1})
        data["interventions"][name]["breakdown"] |= {
            "after_talk": [{"within_weeks": 2, "factor": 0.7}], "helped_by": {"mentor": 0.6},
        }  # fmt: skip
    talks = data["interventions"]["samtaler"]
    talks["attendance"]["trust"] = {"per_talk": 1.2, "full_after": 3}
    for plan in talks["plans"].values():
        if "every" in plan:
            plan["by_need"] = [{"from_week": 6, "after_weeks": 1, "weeks": 2}]
    data["interventions"]["vikar"]["registered_halving_weeks"] = 5.0
    data["interventions"]["formidling"]["opens_by_weeks"] = {"0": 1.0, "8": 0.5}
    data["interventions"]["jobklub"]["counselling"]["by_course_week"] = {"0": 0.6, "4": 0.3}
    subgroup = next(iter(data["subgroups"]))
    level = next(iter(data["subgroups"][subgroup]))
    data["interventions"]["jobklub"].setdefault("contagion", {})["mixed"] = {"by": subgroup, "gain": 0.5}
    for bureau in data["interventions"]["vikar"]["bureaus"].values():
        bureau["relation"] = {"strength": 0.3, "weeks": 40, "assignments": 50}
    for broker in data["interventions"]["formidling"]["brokers"].values():
        broker["prefers"] = {"motivated": 2.0, "levels": {subgroup: {level: 3.0}}}
        broker["factors"] = {subgroup: {level: 1.5}}
    brokers = list(data["interventions"]["formidling"]["brokers"])
    data["interventions"]["formidling"]["exchange"] = {"brokers": brokers, "fits": 0.5}
    for part in data["interventions"]["aktiv"]["parts"].values():
        part["fit"] = {subgroup: {level: 2.0}}
    data["interventions"]["fritagelse"]["while_exempt"] = {"job": 1.4}
    data["interventions"]["revurdering"] |= {"week": 14, "changes": []}
    data["teams"]["projekt"] |= {
        "caseworkers": 3, "substitution": "busy", "learning": {"weeks": 8, "minutes": 0.5, "effect": 0.3},
        "absence": {"kort": {"share": 0.1, "weeks": {1: 0.5, 3: 0.5}, "part": 0.8, "cover_after": 1}},
        "turnover": {"per_year": 0.5, "vacancy_weeks": {0: 0.5, 2: 0.5}},
        "squeeze": {"shortest": 0.5, "effect": 0.4},
    }  # fmt: skip
    of_skive = {"fte": 0.7, "minutes_per_week": 250, "caseload_limit": 35, "dilution": 0.5, "reopens_at": 0.9}
    data["jobcentres"]["skive"]["teams"] = {"ordinaer": of_skive}
    return loaded(**data)


@cache
def as_it_is() -> World:
    return run(world_of_all_kinds().scenario, [0])


def allowed() -> Iterator[Path]:
    """Every place of this world that may change."""
    resolved = world_of_all_kinds().resolved
    for path in sorted({leaf[:n] for leaf, _ in leaves(resolved.data) for n in range(1, len(leaf) + 1)}, key=dotted):
        models = models_on_the_way(path, resolved.data)
        if any(matches(path[n:], pattern) for n, model in models for pattern in patterns_of(model)):
            yield path


def another(path: Path, value: Any) -> Any:
    """Some other value that may stand there."""
    if isinstance(value, dict):
        keys = list(value)
        if path[-1] in ("firm_accepts", "opens_by_weeks", "by_course_week"):
            return dict.fromkeys(keys, 0.9)
        return {keys[0]: 0.9, keys[-1]: 0.1} if path[-1] == "ends_to" else {str(int(keys[-1]) + 1): 1.0}
    number = number_at(path, world_of_all_kinds().resolved.data)
    assert number is not None
    if number.whole:
        return value - 2 if value > 2 else value + 1
    return 0.75 if value < 0.3 and number.highest <= 1 else value * 0.3 or 0.7


def groups() -> dict[str, list[Path]]:
    """Those places by team and intervention, without those that go with another one."""
    found: dict[str, list[Path]] = {}
    for path in allowed():
        whole_of_another = any(other[: len(path)] == path != other for other in allowed_below(path))
        limit_of_partner = path[-1] == "caseload_limit" and path[1] not in ("projekt", "ordinaer", "skive")
        if not any(word in dotted(path) for word in CANNOT) and not whole_of_another and not limit_of_partner:
            found.setdefault(dotted(path[:2]), []).append(path)
    return found


@cache
def every_allowed() -> tuple[Path, ...]:
    return tuple(allowed())


def allowed_below(path: Path) -> list[Path]:
    return [other for other in every_allowed() if other[: len(path)] == path]


GROUPS = groups()


@pytest.mark.parametrize("group", GROUPS)
def test_a_change_moves_nothing_before_its_date_and_something_after(group: str) -> None:
    """Of every kind all that may change, to the last bit of people, counts and staff."""
    plain, resolved = as_it_is(), world_of_all_kinds().resolved.copied()
    for path in GROUPS[group]:
        resolved.dated[path] = {ISO: another(path, resolved.value_at(path))}
    world = run(validated("changed", resolved).scenario, [0])
    moved = weeks_in_which_differ(plain, world)
    assert moved, f"nothing of {group} does anything: {list(map(dotted, GROUPS[group]))}"
    assert min(moved.values()) >= WEEK, moved


def weeks_in_which_differ(one: World, other: World) -> dict[str, int]:
    """The first week in which anything is otherwise, by what it is."""
    moved = {}
    registers = one.register, other.register
    told = [{**counts_of(each), **{f"of teams: {k}": v for k, v in team_counts_of(each).items()}}
            for each in (one, other)]  # fmt: skip
    for name in told[0].keys() & told[1].keys():
        told[0][name], told[1][name] = (each[name].reshape(len(each[name]), -1) for each in told)
    for name in ("paid", "minutes", "minutes_used", "cases", "waiting"):
        assert name in OF_STAFF
        told[0][name], told[1][name] = (np.array(getattr(each, name)) for each in registers)
    told[0]["people"], told[1]["people"] = (each.codes for each in registers)
    for name in told[0].keys() & told[1].keys():
        if (differs := (told[0][name] != told[1][name]).any(axis=1)).any():
            moved[name] = int(np.flatnonzero(differs)[0])
    return moved


def test_every_place_that_may_change_is_tried() -> None:
    """A new one needs a place in the world above (but for those of one jobcentre, which go by the same code)."""
    tried = {(model, pattern) for path in every_allowed() for n, model in models_on_the_way(path, ALL)
             for pattern in patterns_of(model) if matches(path[n:], pattern)}  # fmt: skip
    declared = {(kind.settings, pattern) for kind in KINDS.values() for pattern in kind.settings.may_change}
    of_place = "jobcentres.*.", "matching.minutes", "unready_factor", "statutory_weeks", "talks.*.minutes", ".log"
    missing = {f"{kind.__name__}: {pattern}" for kind, pattern in declared - tried
               if not any(word in pattern for word in of_place)}  # fmt: skip
    assert missing <= {"Virksomhedsforloeb: after_halving_weeks"}
    assert {pattern for model, pattern in tried if model.__name__ == "Team"} == MAY_CHANGE


ALL = world_of_all_kinds().resolved.data


def test_a_date_at_or_before_the_start_is_the_value_itself() -> None:
    """The latest of them holds: nothing is left of the others, or of the value before."""
    plain, resolved = world_of_all_kinds(), world_of_all_kinds().resolved.copied()
    for path in (path for group in GROUPS.values() for path in group):
        part, key = resolved.part_of(path)
        resolved.dated[path] = {"2020-W53": another(path, part[key]), "2026-W01": part[key]}
        part[key] = another(path, part[key])
    changed = validated("changed", resolved).scenario
    assert changed == plain.scenario
    assert changed.epochs == ((0, changed),)
    assert changed.model_dump(mode="json") == plain.scenario.model_dump(mode="json")


def test_effects_have_their_new_sizes_from_the_date_on() -> None:
    """Whatever holds while somebody is somewhere: the old factor before, a half after it, and a size on the log."""
    resolved = world_of_all_kinds().resolved.copied()
    changed = [path for path in every_allowed() if path[2] == "during"]
    for path in changed:
        part, key = resolved.part_of(path)
        part[key] = {"log": 0.1}
        resolved.dated[path] = {ISO: 0.5} if path[1] != "vikar" else {ISO: {"log": -0.3, "between_jobcentres": 0.1}}
    found: dict[str, set[tuple[bool, float]]] = {}

    def told(force: Force) -> None:
        if force.keys == ("during",) and force.intervention != "vikar":
            factors = np.unique(np.asarray(force.factor)).round(6).tolist()
            found.setdefault(force.intervention, set()).update((force.week >= WEEK, factor) for factor in factors)

    run(validated("changed", resolved).scenario, [0], in_force=told)
    assert len(found) >= 6, "few are ever anywhere"
    for name, sizes in found.items():
        assert sizes <= {(False, round(float(np.exp(0.1)), 6)), (True, 0.5)}, f"{name}: {sizes}"


# --- closed forms ---------------------------------------------------------------------------------------------------


def held(world: World) -> np.ndarray:
    """Talks held by week."""
    return np.asarray(counts_of(world)["held"].reshape(len(world.register.codes), -1).sum(axis=1))


def test_talks_follow_the_minutes_of_the_week() -> None:
    """Everybody is due every week, so minutes / 30 talks are held: 2 with 1 full-time, 6 with 3, none with none."""
    team = {"fte": {"value": 1, "from": {"2026-W06": 3, "2026-W10": 0}}, "minutes_per_week": 60}
    lives = {"exits": {"job": {"level": 0.0}}, "weeks": 14}
    talks = samtaler({"every": [{"weeks": 1}], "first_week": 0})
    world = run(loaded(teams={"team": team}, interventions={"s": talks}, **lives).scenario, [0])
    assert held(world).tolist() == [2] * 5 + [6] * 4 + [0] * 5
    assert np.array(world.register.minutes)[:, 0].tolist() == [60] * 5 + [180] * 4 + [0] * 5
    assert np.array(world.register.paid)[:, 0].tolist() == [1] * 5 + [3] * 4 + [0] * 5


def test_cases_of_desks_that_go_ask_again_and_a_lower_limit_takes_nobody_away() -> None:
    """Three desks of 10 cases each become one: its 10 stay, the other 20 wait, and nobody new is taken."""
    team = {
        "fte": {"value": 3, "from": {"2026-W05": 1}}, "minutes_per_week": 600, "caseload": "personal",
        "caseload_limit": {"value": 10, "from": {"2026-W05": 4}},
    }  # fmt: skip
    lives = {"exits": {"job": {"level": 0.0}}, "weeks": 8, "intake": {"persons": 30, "weeks": 1}}
    world = run(loaded(teams={"team": team}, interventions={"s": samtaler()}, **lives).scenario, [0])
    assert np.array(world.register.cases)[:, 0].tolist() == [30] * 4 + [10] * 4
    assert np.array(world.register.waiting)[:, 0].tolist() == [0] * 4 + [20] * 4
    assert int(counts_of(world)["lost_caseworker"].sum()) == 20


def test_new_caseworkers_take_those_who_wait() -> None:
    """Five desks of 4 cases instead of two, so 20 of the 30 instead of 8."""
    team = {
        "fte": {"value": 2, "from": {"2026-W05": 5}}, "minutes_per_week": 600, "caseload": "personal",
        "caseload_limit": 4,
    }  # fmt: skip
    lives = {"exits": {"job": {"level": 0.0}}, "weeks": 8, "intake": {"persons": 30, "weeks": 1}}
    world = run(loaded(teams={"team": team}, interventions={"s": samtaler()}, **lives).scenario, [0])
    assert np.array(world.register.cases)[:, 0].tolist() == [8] * 4 + [20] * 4
    loads = world.register.caseload
    assert np.isnan(loads[:4, 2:]).all()
    assert (loads[4:] == 4).all()


def test_places_that_go_are_gone_when_they_are_handed_back() -> None:
    """Ten places for eight weeks become four: who has one keeps it, then four begin."""
    offer = praktik(places={"value": 10, "from": {"2026-W05": 4}})
    lives = {"exits": {"job": {"level": 0.0}}, "weeks": 20, "intake": {"persons": 100, "weeks": 1}}
    world = run(loaded(interventions={"p": offer}, **lives).scenario, [0])
    inside = (world.register.codes >> 4 & 31 > 0).sum(axis=1)
    assert inside.tolist() == [10] * 8 + [4] * 12


def test_a_plan_may_become_denser() -> None:
    """Every fourth week until the date, every week from the next held talk on."""
    plan = {"every": [{"weeks": {"value": 4, "from": {"2026-W06": 1}}}], "first_week": 0}
    lives = {"exits": {"job": {"level": 0.0}}, "weeks": 12, "intake": {"persons": 10, "weeks": 1}}
    world = run(loaded(interventions={"s": samtaler(plan)}, **lives).scenario, [0])
    assert np.flatnonzero(talk_of(world.register.codes[:, 0])).tolist() == [0, 4, 8, 9, 10, 11]


def test_what_is_said_of_staff_goes_by_the_staff_of_the_week() -> None:
    """Half the weeks 1 full-time and half 3: 2 on average, and so many cases for each of them."""
    team = {"fte": {"value": 1, "from": {"2026-W11": 3}}, "minutes_per_week": 600, "pay": {"per_year": 52}}
    lives = {"exits": {"job": {"level": 0.0}}, "weeks": 20, "intake": {"persons": 60, "weeks": 1}}
    scenario = loaded(teams={"team": team}, interventions={"s": samtaler()}, **lives).scenario
    outcomes = simulate(scenario, [0])[0].outcomes
    assert outcomes["staff_fte", "alle", None] == 2.0
    assert outcomes["caseload", "alle", None] == 30.0
    assert outcomes["staff_cost", "alle", None] == 40.0
