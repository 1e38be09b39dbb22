"""Until the first week in which two scenarios differ all is the same in both, and every run looks whether it is."""

from __future__ import annotations

import pathlib
import random
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from simulation import load, week
from simulation.experiments.replicate import replicate
from simulation.experiments.same_past import PastMoved, same_until
from simulation.interventions.contract import Acting
from simulation.interventions.contract.running import Running
from simulation.scenario.load import Loaded
from simulation.world.weeks import week_after
from tests.commands import cli

FROM = 20
BASE = """version: 2
name: Base
extends: shipped/base_kontanthjaelp
intake: {persons: 150}
teams: {ordinaer: {fte: 0.7, caseload_limit: 200}}
replications: 3
"""
POLICIES = {
    "fewer staff": "teams: {ordinaer: {fte: {value: 0.7, from: {2011-W12: 0.2}}}}",
    "a limit of cases": "teams: {ordinaer: {caseload_limit: {value: 200, from: {2011-W12: 20}}}}",
    "no places any more": "interventions: {praktik: {places: {value: 25, from: {2011-W12: 0}}}}",
    "praktik ends": "interventions: {praktik: {runs: {ends: 2011-W12, then: stop}}}",
    "mentors begin": "interventions: {mentor: {kind: mentor, mentors: 5, hours_per_mentor: 30, hours: 2, "
    "length_weeks: 8, runs: {begins: 2011-W12}, referral: {alle: {ready_week: 0, weekly: 0.2}}}}",
}
MOVED = {"fewer staff": True, "a limit of cases": True, "praktik ends": False, "mentors begin": True}
"""Those of which something happens in the week before, and whether it is in somebody's diary (an offer that ends is
not)."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    file = tmp_path_factory.mktemp("past") / "base.yaml"
    file.write_text(BASE, encoding="utf-8")
    return load(file)


def against(base: Loaded, policy: str) -> Loaded:
    file = pathlib.Path(base.file).with_name("policy.yaml")
    file.write_text(f"version: 2\nextends: base.yaml\nname: Policy\n{policy}\n", encoding="utf-8")
    return load(file)


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_from_a_date_on_has_the_same_past(name: str, base: Loaded) -> None:
    """Its week is found, nothing moves before it, and something does after it."""
    policy = against(base, POLICIES[name])
    assert same_until(base.scenario, policy.scenario) == same_until(policy.scenario, base.scenario) == FROM
    first, second = replicate([base, policy])
    for one, other in zip(first.replications, second.replications, strict=True):
        every = one.counts.keys() | other.counts.keys()
        assert any(np.any(one.counts.get(count, 0) != other.counts.get(count, 0)) for count in every)


def test_what_is_paid_once_changes_nothing_of_a_week(base: Loaded) -> None:
    """So a policy that costs something at its start has the same past as without it."""
    policy = against(base, "once: {it: {week: 2011-W02}}\n" + POLICIES["fewer staff"])
    assert same_until(base.scenario, policy.scenario) == same_until(policy.scenario, base.scenario) == FROM
    replicate([base, policy], 1)


@pytest.fixture
def a_week_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that takes each date for the week before it."""
    begin, opened = week.start_routines, Acting.__init__

    def begin_early(*what: Any) -> None:
        begin(*what[:-1], {at - 1: scenario for at, scenario in what[-1].items()})

    def opened_early(acting: Acting, interventions: Sequence[Running], start: str) -> None:
        opened(acting, interventions, start)
        acting._dated = [(each, begins - 1, ends - 1) for each, begins, ends in acting._dated]

    monkeypatch.setattr(week, "start_routines", begin_early)
    monkeypatch.setattr(Acting, "__init__", opened_early)


@pytest.mark.usefixtures("a_week_early")
@pytest.mark.parametrize("name", MOVED)
def test_a_policy_that_acts_too_early_is_caught(name: str, base: Loaded) -> None:
    """With the week, what is counted, the replication, the person and what happens to her."""
    told = r"Base and Policy differ from 2011-W12 \(week 20\) on, and not before; but in replication \d, week 19, '.+'"
    with pytest.raises(PastMoved, match=told) as caught:
        replicate([base, against(base, POLICIES[name])])
    person = re.search(r"The first is ledig \d+ in week 19, in (Base|Policy) alone: .+", str(caught.value))
    assert bool(person) == MOVED[name]


@pytest.mark.usefixtures("a_week_early", "undrawn")
def test_such_a_run_fails_in_words(base: Loaded, tmp_path: pathlib.Path) -> None:
    policy = against(base, POLICIES["fewer staff"])
    failed = cli("compare", base.file, policy.file, "--out", tmp_path)
    assert failed.exit_code == 3 and "The run failed: Base and Policy differ from 2011-W12" in failed.stderr
    assert not list(tmp_path.rglob("outcomes.csv"))


def test_what_begins_earlier_in_one_jobcentre_is_the_first_difference(base: Loaded) -> None:
    mentors = POLICIES["mentors begin"]
    place = "jobcentres: {jobcenter: {interventions: {mentor: {runs: {begins: 2011-W05}}}}}"
    policy = against(base, f"{mentors}\n{place}")
    assert same_until(base.scenario, policy.scenario) == same_until(policy.scenario, base.scenario) == 13
    replicate([base, policy], 1)


def test_what_differs_from_the_start_or_in_its_people_has_no_past_in_common(base: Loaded) -> None:
    for policy in ("teams: {ordinaer: {fte: 0.2}}", "intake: {persons: 160}", "seed: 7",
                   "teams: {ordinaer: {fte: {value: 0.6, from: {2011-W12: 0.2}}}}"):  # fmt: skip
        assert same_until(base.scenario, against(base, policy).scenario) == 0
    longer = against(base, "weeks: 90\n" + POLICIES["a limit of cases"])
    assert same_until(base.scenario, longer.scenario) == FROM


@pytest.mark.parametrize("name", ["base_dagpenge", "base_sygedagpenge", "paa_rette_vej_i_job"])
def test_shipped_scenarios_with_other_staff_from_a_random_week_on(name: str) -> None:
    """Of every team."""
    chance = random.Random(name)
    whole = load(f"shipped/{name}").with_({"intake.persons": 200})
    at = chance.randrange(5, whole.scenario.weeks)
    date = week_after(whole.scenario.start, at)
    staff = {f"teams.{team}.fte": {"value": each.fte, "from": {date: each.fte * chance.choice([0.2, 3])}}
             for team, each in whole.scenario.teams.items()}  # fmt: skip
    policy = whole.with_(staff)
    assert same_until(whole.scenario, policy.scenario) == at
    assert len(replicate([whole, policy], 1)) == 2
