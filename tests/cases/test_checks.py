"""What `check` doubts, and says with the arithmetic: settings that never bite, desks too small for a talk."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pytest
import yaml
from pydantic import BaseModel

from simulation import run as run_file
from simulation.interventions import KINDS
from simulation.report.staff import staff_needed
from simulation.results.measures.replication import simulate
from simulation.results.needed_staff import needed_staff
from simulation.scenario.check import warnings
from simulation.scenario.enough_staff import LEVELS, ROUGH, expected_staff
from simulation.scenario.load import Loaded, load
from simulation.scenario.schema import Scenario
from simulation.world.clocks import At, Lasts, Takes
from tests.cases.places import CASES, ROOT, said
from tests.helpers import make, samtaler

NEVER = CASES / "settings-that-never-bite"
WARNED = {
    "interventions.praktik.after_weeks": "after: job × 1.5 for 0 weeks, so nothing is ever changed",
    "interventions.samtaler.window_weeks": "effects: job × 2 for 0 weeks, so nothing is ever changed",
    "interventions.samtaler.plans.p.first_week": "course week 70 is never reached: the run has 64 weeks and the first "
    "are enrolled in week 0, so there are course weeks 0 to 63",
    "interventions.praktik.referral.a.ready_week": "course week 2000 is never reached: the run has 64 weeks",
}


def doubts(loaded: Loaded) -> dict[str, str]:
    """Every warning by its place."""
    return {problem.path: problem.message for problem in warnings(loaded)}


def test_settings_that_never_bite() -> None:
    answer = said("check", NEVER / "never.yaml", "--json")
    assert answer.exit_code == 0
    found = {finding["path"]: finding["message"] for finding in json.loads(answer.stdout)}
    assert found.keys() == WARNED.keys()
    assert all(found[path].startswith(message) for path, message in WARNED.items())


PLAN = "interventions.samtaler.plans.p"
FOLLOWS = {"team": "stab", "channel": "personlig"}
NEIGHBOURS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a listed talk beyond the run": (
        {f"{PLAN}.every": None, f"{PLAN}.talks": [{"week": 3}, {"week": 64}]},
        f"{PLAN}.talks.1.week", "course week 64 is never reached",
    ),
    "no talk from a week before the first": (
        {f"{PLAN}.first_week": 8, f"{PLAN}.until_week": 8},
        f"{PLAN}.until_week", "no talk is ever due: the first is in course week 8, and until_week is 8",
    ),
    "a listed talk after the end of its plan": (
        {f"{PLAN}.every": None, f"{PLAN}.talks": [{"week": 3}, {"week": 9}], f"{PLAN}.until_week": 9},
        f"{PLAN}.talks.1.week", "this talk is never held: it is due in course week 9, and until_week is 9",
    ),
    "a listed talk before anybody is on the plan": (
        {f"{PLAN}.then": {"plan": "q", "course_week": 20},
         "interventions.samtaler.plans.q": {**FOLLOWS, "talks": [{"week": 5}, {"week": 25}]}},
        "interventions.samtaler.plans.q.talks.0.week", "due in course week 5, and nobody is on the plan before week 20",
    ),
    "a plan that nobody follows": (
        {"interventions.samtaler.plans.q": {**FOLLOWS, "every": [{"weeks": 2}]}},
        "interventions.samtaler.plans.q", "nobody follows it",
    ),
    "an interval after the plan": (
        {f"{PLAN}.every": [{"weeks": 2}, {"from_week": 12, "weeks": 4}], f"{PLAN}.until_week": 12},
        f"{PLAN}.every.1.from_week", "never holds: it begins in course week 12, and until_week is 12",
    ),
    "a plan that follows after the run": (
        {f"{PLAN}.then": {"plan": "q", "run_week": 70},
         "interventions.samtaler.plans.q": {**FOLLOWS, "every": [{"weeks": 2}]}},
        f"{PLAN}.then.run_week", "week 70 of the run is never reached: the run has weeks 0 to 63",
    ),
    "a law without weeks": (
        {"interventions.samtaler.priority": "statutory_first"},
        "interventions.samtaler.priority", "no plan states statutory_weeks, so nobody is first",
    ),
    "weeks of a law that nobody goes by": (
        {f"{PLAN}.statutory_weeks": 4}, f"{PLAN}.statutory_weeks", "priority is longest_overdue, so it changes nothing"
    ),
    "booking oneself what nobody books": (
        {f"{PLAN}.self_booking": 0.5}, f"{PLAN}.self_booking", "no talk of this plan is self_booked"
    ),
    "full partners": (
        {"teams.partner": {"fte": 1, "minutes_per_week": 300, "takes_cases": False, "at_limit": "exceed"}},
        "teams.partner.at_limit", "partner takes no cases (takes_cases: false), so it changes nothing",
    ),
    "a limit on a team without cases": (
        {"teams.andre": {"fte": 1, "minutes_per_week": 300, "caseload_limit": 40}},
        "teams.andre.caseload_limit", "no plan of talks gives andre cases, so the limit never binds",
    ),
    "full without a limit": ({"teams.stab.at_limit": "exceed"}, "teams.stab.at_limit", "there is no caseload_limit"),
    "dilution that is never reached": (
        {"teams.stab.caseload_limit": 40, "teams.stab.dilution": 1.0},
        "teams.stab.dilution", "no limit is ever exceeded",
    ),
    "a substitute too late": (
        {"teams.stab.absence": {"kort": {"share": 0.1, "weeks": {1: 0.5, 3: 0.5}, "cover_after": 3}}},
        "teams.stab.absence.kort.cover_after", "a spell lasts 3 weeks at most, so no substitute ever begins",
    ),
    "a slope over no weeks": (
        {"exits.job.duration": {"log_slope": -0.02, "until_week": 0}},
        "exits.job.duration.until_week", "log_slope: -0.02 for 0 weeks, so nothing is ever changed",
    ),
    "a deadline after the run": (
        {"interventions.praktik.referral.a.push": {"week": 64, "share": 0.5}},
        "interventions.praktik.referral.a.push.week", "course week 64 is never reached",
    ),
    "measured until long after the end": (
        {"measured_until": 80}, "measured_until", "week 80 of the run is never reached"
    ),
    "late enrolment": (
        {"intake.from_week": 50, f"{PLAN}.first_week": 14}, f"{PLAN}.first_week",
        "the run has 64 weeks and the first are enrolled in week 50, so there are course weeks 0 to 13",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_what_never_bites_is_said_at_its_place(name: str) -> None:
    changes, path, message = NEIGHBOURS[name]
    base = load(NEVER / "base.yaml")
    assert path not in doubts(base)
    assert message in doubts(base.with_(changes))[path]


def test_a_tail_beyond_the_run_is_no_doubt() -> None:
    """Some have their first talk after the end: so it is, and no mistake. Nor is a week that is just reached."""
    base = load(NEVER / "base.yaml")
    for changes in ({f"{PLAN}.first_week": {4: 0.7, 90: 0.3}}, {f"{PLAN}.first_week": 63}, {f"{PLAN}.until_week": 63}):
        assert not doubts(base.with_(changes)).keys() & {f"{PLAN}.first_week", f"{PLAN}.until_week"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, {}),
        ({"arms.c": 1}, {}),  # a control: it has nothing where the others have something
        ({"arms.c": 1, "arms.d": 2},
         {"arms.d": "d differs from c in nothing (nothing names either of them): what differs in the tables is luck"}),
        ({"interventions.praktik.referral.b.weekly": 0.05},
         {"arms.b": "b differs from a in nothing (whatever names one names the other, and says the same): what di"}),
        ({"interventions.praktik.referral.b.weekly": 0.05, "teams.stab.arms": ["a", "b"]}, {"arms.b": "b differs"}),
        ({"interventions.praktik.referral.b.weekly": 0.05, "intake.elapsed_weeks": 8, "intake.from_week": 4,
          "intake.earlier": {"elapsed_weeks": {"a": 4}}}, {}),
        ({"split": {"b": {"ny": 1, "gammel": 1}}}, {"split.b.gammel": "gammel differs from ny in nothing"}),
        ({"split": {"b": {"ny": 1, "gammel": 1}}, "interventions.praktik.referral.gammel.weekly": 0.1}, {}),
        ({"split": {"b": {"ny": 1}}}, {}),
    ],
)  # fmt: skip
def test_an_arm_that_differs_from_another_in_nothing(changes: dict[str, Any], told: dict[str, str]) -> None:
    found = doubts(load(CASES / "desk-too-small-for-a-talk" / "base.yaml").with_(changes))
    alike = {path: message for path, message in found.items() if "in nothing" in message}
    assert alike.keys() == told.keys() and all(message.startswith(told[path]) for path, message in alike.items())


def _fields(model: type[BaseModel], seen: set[type]) -> Iterator[tuple[str, Any]]:
    """Every field of a model and of those within it."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{name}", field
        for part in _models(field.annotation):
            yield from _fields(part, seen)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if typing.get_origin(annotation) is Annotated:
        annotation = typing.get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models(part)


LENGTHS = {
    "Absence.weeks", "Learning.weeks", "Turnover.vacancy_weeks", "Absence.cover_after", "Interval.weeks",
    "OfFatigue.builds_over", "Placement.after_halving_weeks", "After.halving_weeks", "Breakdown.setback_weeks",
    "Repeat.gap_weeks", "Range.from_weeks", "Range.to_weeks", "Expiry.to_weeks", "AktiveTilbud.until_week",
    "Start.weeks", "Fleksjob.trial_weeks", "Incitament.for_weeks", "Revurdering.extension_weeks", "Visits.every_weeks",
    "Contagion.window_weeks", "Jobklub.intake_every_weeks", "Club.intake_every_weeks", "Jobklub.settling_weeks",
    "Koordineret.treatment_weeks", "Dose.mean_life_weeks", "Vikar.registered_halving_weeks", "Use.halving_weeks",
    "Before.builds_over", "NearTheLimit.builds_over",
    "Relation.weeks", "ByNeed.weeks", "AfterTalk.within_weeks", "IdleTalks.within_weeks", "Referral.sooner_per_talk",
}  # fmt: skip
"""Numbers of weeks that are lengths or gaps and bite however long they are (or end what has long begun)."""


def test_every_number_of_weeks_of_every_kind_says_what_it_counts() -> None:
    """A new field with the unit weeks is marked with its clock, or named above as a length."""
    unmarked = set()
    for kind in KINDS.values():
        for name, field in _fields(kind.settings, set()):
            extra = field.json_schema_extra
            in_weeks = isinstance(extra, dict) and extra.get("unit") == "weeks"
            if in_weeks and not any(isinstance(mark, At | Takes | Lasts) for mark in field.metadata):
                of_class, _, key = name.partition(".")
                inherited = {f"{base.__name__}.{key}" for base in kind.settings.__mro__ if base.__name__ != of_class}
                if name not in LENGTHS and not inherited & LENGTHS and key != "length_weeks":
                    unmarked.add(name)
    assert unmarked == set()


def test_shipped_scenarios_have_no_setting_that_never_bites() -> None:
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        found = [m for m in doubts(load(path)).values() if "never" in m or "changes nothing" in m or "nobody" in m]
        assert found == [], path.name


def test_desk_too_small_for_a_talk() -> None:
    """2 full-time × 900 minutes / 61 desks = 29 minutes, and talks of 30: none is ever held, and a run says so, too."""
    case = CASES / "desk-too-small-for-a-talk"
    place = "interventions.samtaler.channels.personlig.minutes"
    message = "x: no talk can be held: it takes 30 minutes, and a desk of stab has 2 full-time × 900 / 61 desks = 29 in"
    assert doubts(load(case / "sixty_one.yaml"))[place].startswith(message)
    assert place not in doubts(load(case / "sixty.yaml"))
    assert message in said("check", case / "sixty_one.yaml").stdout


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"teams.stab.minutes_per_week": 14}, "x: no talk can be held: it takes 30 minutes, and a desk of stab has 2 "
         "full-time × 14 = 28 in a week (and 1 more jobcentre)"),
        ({"jobcentres.y.teams": {"stab": {"caseload": "personal", "caseworkers": 61}}}, "y: no talk can be held"),
        ({"organisation_models": {"smal": {"description": "many hands", "teams": {"stab": {"caseload": "personal",
          "caseworkers": 90}}}}, "jobcentres.x.organisation_model": "smal"}, "x: no talk can be held"),
        ({"interventions.samtaler.channels.personlig.minutes": {30: 0.9, 1801: 0.1}},
         "x: some talks can never be held: they take 1801 minutes, and a desk of stab has 2 full-time × 900 = 1800"),
    ],
)  # fmt: skip
def test_a_desk_too_small_is_said_wherever_it_stands(changes: dict[str, Any], message: str) -> None:
    found = doubts(load(CASES / "desk-too-small-for-a-talk" / "base.yaml").with_(changes))
    assert found["interventions.samtaler.channels.personlig.minutes"].startswith(message)


def test_a_model_that_no_jobcentre_has_is_looked_at_as_well() -> None:
    """It is there to be swept over. Nothing is said of one that changes no team here, or hands work to a stranger."""
    base = load(CASES / "desk-too-small-for-a-talk" / "base.yaml")
    place = "interventions.samtaler.channels.personlig.minutes"
    smal = {"description": "many hands", "teams": {"stab": {"caseload": "personal", "caseworkers": 90}}}
    fremmed = {"description": "other teams", "teams": {"andre": {"fte": 0.01}}}
    intet = {"description": "by nobody", "teams": {"stab": {"done_by": "ingen"}, "andre": {"fte": 1}}}
    models: dict[str, Any] = {"organisation_models": {"fremmed": fremmed, "intet": intet}}
    assert place not in doubts(base.with_(models))
    models["organisation_models"]["smal"] = smal
    message = "no talk can be held: it takes 30 minutes, and a desk of stab has 2 full-time × 900 / 90 desks = 20 in"
    message += " a week"
    assert doubts(base.with_(models))[place] == f"smal (a model that no jobcentre has): {message}"
    used = doubts(base.with_({**models, "organisation_model": "smal"}))[place]
    assert used == f"x: {message} (and 1 more jobcentre)"
    narrow = base.with_({**models, "teams.stab.minutes_per_week": 14})
    told = [w.message for w in warnings(narrow) if w.path == place]
    assert len(told) == 2 and told[0].startswith("x: no talk") and "14 / 90 desks = 0 in" in told[1]


# --- how much staff: one question, one answer ----------------------------------------------------------------------

OFFICE: dict[str, Any] = {
    "weeks": 78, "follow_up": 52, "intake": {"persons": 600, "weeks": 26},
    "teams": {"team": {"fte": 4, "minutes_per_week": 900, "caseload_limit": 60}},
    "exits": {"job": {"level": 0.03}, "other": {"level": 0.005}},
    "interventions": {
        "samtaler": samtaler({"every": [{"weeks": 2}, {"from_week": 13, "weeks": 4}]}, minutes=45, attendance=0.9)
    },
}  # fmt: skip
"""600 ledige in 26 weeks, four caseworkers with 60 cases each, 45 minutes every second and then every fourth week."""


def office(fte: float, **team: Any) -> Scenario:
    return make(**{**OFFICE, "teams": {"team": {**OFFICE["teams"]["team"], "fte": fte, **team}}})


def written(folder: Path, scenario: Scenario) -> Path:
    """The scenario as a file."""
    path, data = folder / "office.yaml", scenario.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    path.write_text(yaml.safe_dump({"version": 2, **data}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def called_in_time(scenario: Scenario) -> float:
    """Share of talks for which there was time in the week in which they fell due, in five runs."""
    runs = simulate(scenario, range(5))
    return float(np.mean([run.outcomes["called_on_time_share", "team:team", None] for run in runs]))


@pytest.mark.parametrize(
    "team", [{}, {"caseload_limit": 1000}, {"caseload": "personal", "caseload_limit": 1000}, {"caseload_limit": 30}],
    ids=["as it is", "no limit", "personal", "a limit of 30"],
)  # fmt: skip
def test_the_staff_reckoned_from_plans_does_in_a_run(team: dict[str, Any]) -> None:
    """With what is reckoned for 90 % a run has time for 90 % of the talks, and with 15 % less it has not, or ledige
    wait for a caseworker, whose further talks do not fall due meanwhile."""
    enough = float(expected_staff(office(4, **team), "team", ["by"])[LEVELS.index(0.9)])
    assert called_in_time(office(enough * (1 + ROUGH / 2), **team)) >= 0.9
    short = office(enough * 0.85, **team)
    waiting = np.mean([run.staff.waiting.sum() / run.staff.cases.sum() for run in simulate(short, range(2))])
    assert called_in_time(short) < 0.9 or waiting > 0.05


@pytest.mark.usefixtures("undrawn")
def test_a_run_that_is_short_of_staff_says_no_reassuring_number(tmp_path: Path) -> None:
    """Four are short: `run` says more than 4 and, from the plans, what `check` says; a sweep finds 6.5 to 7."""
    path = written(tmp_path, office(4))
    before, after = said("check", path), said("run", path, "--all", "--replications", 3, "--out", tmp_path)
    (enough,) = re.findall(r"about ([\d.]+) full-time \(± 10%\) would have time for 90 %", before.output)
    assert 6.5 <= float(enough) <= 7.3
    (row,) = re.findall(r"^team +4 +[\d.]+ ± [\d.]+  .*$", after.stdout, re.MULTILINE)[1:]
    assert "≤ 4" in row and f"> 4, ca. {enough}" in row and row.count(">") == 4
    assert "jobcentersim sweep" in after.stdout and ".fte=4:" in after.stdout


def test_a_run_with_staff_enough_says_a_number_that_it_bears_out(tmp_path: Path) -> None:
    """Eight have time for all but 0.3 %: what is reckoned for 90 % from that run has time for it in another."""
    (answer,) = needed_staff(run_file(load(written(tmp_path, office(8))), 3))
    assert answer.now.value > 0.99 and answer.bounds[:4] == ("", "", "", "")
    enough = answer.needed[LEVELS.index(0.9)].value
    assert 6 <= enough <= 7.5 and called_in_time(office(enough * 1.05)) >= 0.9 > called_in_time(office(enough * 0.85))


def test_a_team_with_one_desk_and_time_enough_is_not_out_of_reach() -> None:
    """Where every jobcentre has one desk, what is asked of it is not kept: the run says what it shows, no more than
    it had, and how much it takes by the plans."""
    result = run_file(load(ROOT / "scenarios" / "base_kontanthjaelp.yaml"), 2)
    (answer,) = needed_staff(result)
    assert answer.now.value > 0.99 and set(answer.bounds) == {"at most"}
    assert 0.3 < answer.by_plans[2] < answer.fte
    shown = "\n".join(staff_needed(result, 110))
    assert "≤ 1, ca. 0." in shown and "out of reach" not in shown
