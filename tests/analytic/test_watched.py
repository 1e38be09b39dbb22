"""What trials watched beside the outcomes of every run: closed forms, the shipped indicators, and what is refused.

The names of the tests say the rows of the founding documents that they are about.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulation import load
from simulation.results.measures.replication import Replication, simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from tests.helpers import LIMIT, counts_of, make, praktik, samtaler

INDICATORS = Path(__file__).parents[2] / "scenarios" / "indikatorer"
LEVELS = {"alder": {"ung": {"share": 0.5, "exit_factors": {"job": 3}}, "aeldre": {"share": 0.5}}}


def one(scenario: Scenario) -> Replication:
    (replication,) = simulate(scenario, [0])
    return replication


@cache
def shipped(name: str) -> list[Replication]:
    return simulate(load(INDICATORS / f"{name}.yaml").scenario, range(4))


def mean(name: str, outcome: str, group: str = "alle", week: int | None = None) -> float:
    return float(np.mean([replication.outcomes[outcome, group, week] for replication in shipped(name)]))


# --- closed forms ---------------------------------------------------------------------------------------------------


def test_exits_of_the_stock_and_completed_spells_of_a_constant_intensity() -> None:
    """1 - exp(-h) of the stock leave in every week, and spells that end within T weeks have so many weeks."""
    level, weeks = 0.06, 20
    found = one(make(
        intake={"persons": 4000, "weeks": 1, "arrivals": "random"}, exits={"job": {"level": level}},
        watched=["exits_of_stock", "completed_spells"],
    )).outcomes  # fmt: skip
    leaves = 1 - math.exp(-level)
    stays = [math.exp(-level * week) for week in range(weeks)]
    at_risk = 4000 * sum(stays)
    assert abs(found["stock_exit_share", "alle", None] - leaves) < LIMIT * math.sqrt(leaves * (1 - leaves) / at_risk)
    assert found["stock_exit_share", "alle", 0] == pytest.approx(found["exit_any", "alle", 1])
    chance = np.array([stay * leaves for stay in stays]) / (1 - math.exp(-level * weeks))
    expected = float(chance @ np.arange(weeks))
    sd = math.sqrt(float(chance @ (np.arange(weeks) - expected) ** 2))
    completed = found["completed_spells", "alle", None]
    assert abs(found["completed_weeks", "alle", None] - expected) < LIMIT * sd / math.sqrt(completed)
    assert abs(completed / 4000 - (1 - math.exp(-level * weeks))) < LIMIT * 0.5 / math.sqrt(4000)


def test_the_make_up_of_those_at_a_destination_and_states_by_level() -> None:
    """Those with three times the chance are more than half of those who left, as their share of it says; the levels
    together are everybody."""
    found = one(make(
        subgroups=LEVELS, outcomes_by=["alder"], watched=["states_by_level", "makeup"], states_at=[10],
        intake={"persons": 4000, "weeks": 1, "arrivals": "random"},
    )).outcomes  # fmt: skip
    young, old = (1 - math.exp(-0.03 * factor * 10) for factor in (1.5, 0.5))  # of a mean of 1 by level
    told = {level: found["makeup_job", f"alder:{level}", 10] for level in LEVELS["alder"]}
    assert sum(told.values()) == pytest.approx(1)
    expected = young / (young + old)
    gone = found["state_job", "alle", 10] * 4000
    assert abs(told["ung"] - expected) < LIMIT * math.sqrt(expected * (1 - expected) / gone)
    number = {level: found["persons_seen", f"alder:{level}", 10] for level in LEVELS["alder"]}
    by_level = sum(number[level] * found["state_job", f"alder:{level}", 10] for level in number)
    assert by_level == pytest.approx(gone) and sum(number.values()) == 4000


def test_ranked_success_counts_everybody_once() -> None:
    """Job before paid hours beside benefit, those before an offer at a workplace."""
    scenario = make(
        intake={"persons": 500, "weeks": 1, "arrivals": "random"}, exits={"job": {"level": 0.05}}, states_at=[5, 12],
        success=["job"], interventions={"praktik": praktik(weekly=0.2)},
    )  # fmt: skip
    found = one(scenario).outcomes
    for week in (5, 12):
        ranks = [found[f"success_{rank}", "alle", week] for rank in ("reached", "part_time", "offer", "none")]
        assert sum(ranks) == pytest.approx(1) and ranks[0] == found["state_job", "alle", week] and ranks[2] > 0.15


def test_talks_on_time_are_those_of_one_caseworker_and_week() -> None:
    """With time for all 200 who never leave two caseworkers hold a hundred each, every week."""
    scenario = make(
        intake={"persons": 200, "weeks": 1, "arrivals": "random"}, exits={"job": {"level": 0}},
        watched=["talks_on_time"],
        teams={"team": {"fte": 2, "minutes_per_week": 100_000}}, interventions={"samtaler": samtaler()},
    )  # fmt: skip
    found = one(scenario).outcomes
    assert 95 <= found["talks_on_time_each", "team:team", None] <= 100


def test_praktik_found_by_oneself_is_geometric_and_needs_no_matching() -> None:
    """With no matches a tenth of those who wait begins in every week after that of the referral."""
    own = praktik(matches_per_week=0, self_found=0.1)
    world = run(make(exits={"job": {"level": 0}}, interventions={"praktik": own}), [0])
    begun = counts_of(world)["praktik_started"].sum(axis=1)
    assert begun[0] == 0 and (counts_of(world)["praktik_self_found"].sum(axis=1) == begun).all()
    still = 1000 - np.concatenate(([0], begun.cumsum()[:-1]))
    z = (begun - 0.1 * still)[1:] / np.sqrt(0.09 * still[1:])
    assert np.abs(z).max() < LIMIT


# --- the founding documents -----------------------------------------------------------------------------------------


def test_000_43_under_ten_per_cent_to_job_or_education_within_a_year() -> None:
    found = mean("paa_rette_vej", "together_job_eller_uddannelse", week=52)
    assert 0.03 < found < 0.10
    parts = sum(mean("paa_rette_vej", f"exit_{name}", week=52) for name in ("job", "education"))
    assert found == pytest.approx(parts)


def test_000_ranked_success_of_paa_rette_vej_moves_in_its_third_rank_alone() -> None:
    """More of the participants are at a workplace; in job or education as many as of the controls."""
    offer, reached = (mean("paa_rette_vej", f"success_{rank}", "difference", 64) for rank in ("offer", "reached"))
    assert offer > 0.05 and abs(reached) < 0.02


def test_001_20_21_22_27_esbjerg_reports_every_quarter() -> None:
    """Exits in per cent of the stock, mean weeks of completed spells (which grow while the first spells do), and
    talks on time per adviser."""
    dates = load(INDICATORS / "esbjerg.yaml").scenario.reports_at
    assert len(dates) == 9
    named = [date.replace("-W", "w") for date in dates]
    exits = [mean("esbjerg", f"report_{date}_exit_share") for date in named]
    assert all(0.03 < share < 0.08 for share in exits)
    completed = [mean("esbjerg", f"report_{date}_completed_weeks") for date in named]
    assert completed[0] < completed[1] < completed[2] < completed[4]
    assert 8 < mean("esbjerg", "talks_on_time_each", "team:projekt") < 14
    assert 10 < mean("esbjerg", "completed_weeks") < mean("esbjerg", "weeks_to_exit")


def test_002_37_status_on_1_april_2007_is_that_of_the_week_that_ends_then() -> None:
    """All came in the first week, so it is the state after 78 weeks; still fewer wait than half a year before."""
    for name in ("benefit", "fleksjob"):
        assert mean("fleksjob", f"report_2007w13_{name}") == pytest.approx(mean("fleksjob", f"state_{name}", week=78))
    assert mean("fleksjob", "report_2007w13_benefit") < mean("fleksjob", "report_2006w40_benefit") - 0.1


def test_002_15_more_of_the_non_western_still_wait() -> None:
    """Printed are over three quarters of 23; the model has about two thirds, and more than of the others."""
    there, others = (mean("fleksjob", "state_benefit", f"herkomst:{level}", 52) for level in ("ikke_vestlig", "andre"))
    assert there > max(0.6, others)


def test_001_24_some_praktik_in_esbjerg_is_found_by_the_unemployed() -> None:
    """No figure is printed: what is assumed gives a share between none and all."""
    assert 0 < mean("esbjerg", "praktik_self_found_share") < 0.5


def test_001_14_notice_of_the_talks_brings_exits_forward_and_leaves_less_to_the_talks() -> None:
    """By the size that announcements of compulsory efforts have elsewhere: more have left before the first talk, and
    the question put backwards counts it in, for it asks for a level of the difference."""
    with_notice = load(INDICATORS / "esbjerg_varsel.yaml").scenario
    assert with_notice.needed_effects["ni_dage"].level == -1.286
    early = mean("esbjerg_varsel", "exit_job", "difference", 4) - mean("esbjerg", "exit_job", "difference", 4)
    shorter = mean("esbjerg", "weeks_to_exit", "difference") - mean("esbjerg_varsel", "weeks_to_exit", "difference")
    assert early > 0.01 and shorter > 0.2


def test_who_was_never_seen_in_six_months() -> None:
    """With one talk in week k all have one but those who left in weeks 0 to k, so all of those who stay; with one after
    half a year nobody has one."""
    level, week = 0.05, 4
    intake, exits = {"persons": 4000, "weeks": 1, "arrivals": "random"}, {"job": {"level": level}}
    said = {"intake": intake, "exits": exits, "weeks": 40, "watched": ["never_seen"]}
    teams = {"team": {"fte": 500, "minutes_per_week": 900}}
    for when, stays in ((week, 0), (30, 1)):
        talks = {"samtaler": samtaler({"talks": [{"week": when}]})}
        found = one(make(**said, teams=teams, interventions=talks)).outcomes
        expected = 1 - math.exp(-level * (when + 1)) if when < 26 else 1
        error = math.sqrt(expected * (1 - expected) / 4000)
        assert abs(found["no_talk_26w", "alle", None] - expected) <= LIMIT * error
        assert found["no_talk_26w_staying", "alle", None] == stays


@pytest.mark.parametrize(("fte", "needed"), [(2, 1.8), (5, 1.8), (1, math.nan)])
def test_staff_for_nine_talks_of_ten(fte: float, needed: float) -> None:
    """60 talks of 30 minutes in a single week are two weeks of 900 minutes, so nine tenths of them take 1.8 posts;
    where fewer than nine of ten found time, nothing is told. Of another run with enough the answer is the same."""
    found = one(make(
        intake={"persons": 60, "weeks": 1, "arrivals": "even"}, exits={"job": {"level": 1e-9}},
        teams={"team": {"fte": fte, "minutes_per_week": 900}}, watched=["staff_needed"],
        interventions={"samtaler": samtaler({"talks": [{"week": 4}]})},
    )).outcomes  # fmt: skip
    assert found["staff_needed_90", "team:team", None] == pytest.approx(needed, abs=1e-3, nan_ok=True)


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reports_at": ["2026-W30"]}, "2026-W30 is week 29 from 2026-W01 on, and the run has weeks 0 to 19"),
        ({"reports_at": ["2025-W50"]}, "2025-W50 is week -3 from 2026-W01 on"),
        ({"reports_at": ["2026-W10", "2026-W05"]}, "must go up from week to week"),
        ({"reports_at": ["2025-W53"]}, "2025 has 52 weeks"),
        ({"watched": ["never_seen"]}, "never_seen is told after 26 weeks, and the follow-up ends in week 20"),
        ({"success": ["job"]}, "success is told in the weeks of states_at: name one there"),
        ({"success_offers": ["praktik"], "interventions": {"praktik": praktik()}}, "success_offers is the last rank"),
        (
            {"success": ["job"], "states_at": [4], "success_offers": ["samtaler"],
             "interventions": {"samtaler": samtaler()}},
            "nobody is ever in an offer of 'samtaler'",
        ),
        ({"watched": ["makeup"]}, "watched is told in the weeks of states_at: name one there"),
        ({"watched": ["makeup"], "states_at": [4]}, "makeup: of the characteristics of outcomes_by, and none is named"),
        ({"watched": ["exits"]}, "'exits_of_stock'"),
        ({"watched": ["stock"]}, "stock is told in the weeks of reports_at"),
        ({"watched": ["contact"]}, "contact is told in the weeks of reports_at"),
        ({"together": {"begge": ["job"]}}, "at least 2"),
    ],
)
def test_what_cannot_be_watched_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace("(", r"\(")):
        make(**changes)
