"""The scenario with everything, and every kind of effort for sick-listed people and people on ledighedsydelse as well,
checks of availability, and what a team does beside talks.

`everything` of `tests.offers` has 9 interventions: these are the other kinds, all scarce.
"""

from __future__ import annotations

from typing import Any

from simulation.scenario.files.yamlfile import Path
from simulation.scenario.references import places_of
from simulation.scenario.schema import Scenario
from tests import offers
from tests.health import activity, aktive_tilbud, broker, delvis, fleksjob, fritagelse, revurdering, sygdom

STATES = ("sygdom", "fritagelse", "raskmelding")
LEFT_WORK = {"team": "ordinaer", "start": 5, "weekly": 1, "trial": 9, "job": 11, "job_end": 7, "returned": 13}
FEE = {"fixed": 0.25, "first_trial": 0.15, "two_months": 0.3, "four_months": 0.3}


def efforts_for_the_sick() -> dict[str, Any]:
    """These kinds, in the order in which they know of each other."""
    return {
        "sygdom": sygdom(at_entry=0.1, begins=0.05, length_weeks={1: 0.3, 4: 0.7}),
        "fritagelse": fritagelse(
            grounds=0.1, course_week={0: 0.4, 6: 0.6}, recorded={"deltager": 0.8, "kontrol": 0.3},
            widened={"run_week": 14, "grounds": 0.2},
        ),
        "raskmelding": delvis(
            levels={"helbred": ["godt"]}, begins={"deltager": 0.1, "kontrol": 0.05}, from_week=7, hours={0: 8, 3: 21},
            relapses=0.1, effects={"job": 1.6},
        ),
        "revurdering": revurdering(
            week=26, changes=[{"run_week": 22, "week": 18}], extended=0.4, extension_weeks={3: 0.5, 8: 0.5},
            ends_to={"job": 0.3, "other": 0.7}, before={"weeks": 3, "effects": {"job": 1.5}},
        ),
        "aktiv": aktive_tilbud(
            referral={
                "deltager": {"ready_week": {0: 0.5, 3: 0.5}, "weekly": 0.3},
                "kontrol": {"ready_week": 5, "weekly": 0.05},
            },
            hours_per_week=9,
            until_week=16,
            parts={
                "motion": activity(6, places=4, setup_weeks=1, referral_minutes=60, effects={"job": 1.1}),
                "psykolog": activity(4, places=2, setup_weeks=2, referral_minutes=70),
                "kursus": activity(9, places=2, setup_weeks=3, referral_minutes=110),
            },
            bundles={"attribute": "motivation", "order": {"hoej": ["motion", "psykolog"], "lav": ["kursus"]}},
            not_in=["fritagelse"],
            during={"job": 0.6},
            after={"effects": {"job": 1.3}, "weeks": 5, "halving_weeks": 2.0},
        ),
        "formidling": fleksjob(
            {
                "andre": broker(
                    arms=["deltager"], team="aktoer", start={"from_week": 4, "weeks": 6, "strength": 0.2},
                    clarification_weeks={1: 0.5, 5: 0.5}, no_match=0.2, returned=0.2, returns_to="kommune",
                    approach_minutes=40, opens=0.4, trial=0.6, motivates=0.1, half_subsidy=0.3, fee=FEE,
                    leaves_work=LEFT_WORK, jobcentres={"skive": 1.5},
                ),
                "kommune": broker(
                    arms=["kontrol"], clarification_weeks=2, no_match=0.1, approach_minutes=30, opens=0.3, trial=0.5,
                    half_subsidy=0.5,
                ),
            },
            attention=1.2,
            factors={"motivation": {"lav": 0.6}},
            tailoring={"share": 0.5, "minutes": 15, "factor": 0.8},
            trial_weeks={2: 0.5, 5: 0.5},
            offer_after_trial=0.6,
            motivated=0.6,
            accepts={"motivated": 0.7, "unmotivated": 0.4},
            pension={"weeks": {4: 0.5, 20: 0.5}, "awarded": 0.8, "exit": "pension"},
            during={"other": 1.2},
            status_week=20,
        ),
        "raadighed": {
            "kind": "raadighed", "checked": {"deltager": {"every_weeks": 7, "weekly": 0.05}}, "minutes": 15,
            "not_in": ["sygdom", "fritagelse"], "breach": 0.4,
            "follows": [{"cut": 0.5, "cut_weeks": {2: 0.5, 4: 0.5}}, {"cut": 0.6, "cut_weeks": 5, "ended": 0.2,
                                                                      "ended_to": "other"}],
            "after_check": {"effects": {"job": 1.2}, "weeks": 2},
            "after_warning": {"effects": {"job": 1.3}, "weeks": 4},
            "after_sanction": {"effects": {"job": 2.0, "other": 1.5}, "weeks": 13},
        },
        "sagsarbejde": {
            "kind": "sagsarbejde", "team": "ordinaer",
            "left_minutes": [
                {"use": "search", "of": "praktik", "minutes": 25},
                {"use": "checks", "of": "raadighed", "minutes": 10, "every_weeks": 5},
                {"use": "follow_up", "minutes": 8, "every_weeks": 2, "effects": {"job": 1.2}, "weeks": 3},
            ],
            "caseload": {"reference": 40, "exits": {"pension": {"log": -0.4}}},
            "continuity": {"effects": {"job": 0.6}, "weeks": 8},
        },
    }  # fmt: skip


def everything(**changes: Any) -> Scenario:
    """All of them; jobs that end at two destinations, one team that works with another, some who leave beforehand, and
    plans of talks that know of states."""
    data = offers.everything().model_dump(exclude_none=True)
    spell = {"hours": {10: 0.5, 25: 0.5}, "end_intensity": {0: 0.05, 6: 0.02}, "returns": 0.8}
    data["exits"] |= {"fleksjob": {"level": 0.001, "job_spells": spell}, "pension": {"level": 0.002}}
    data["teams"] |= {
        "formidlere": {"fte": 0.5, "minutes_per_week": 300, "takes_cases": False},
        "aktoer": {"fte": 0.8, "minutes_per_week": 300, "takes_cases": False},
    }
    data["intake"] |= {"from_week": 3, "elapsed_weeks": 5, "leaves_before": 0.02}
    data["intake"]["earlier"] = {"elapsed_weeks": {"deltager": 2}, "jobcentres": ["ribe"]}
    model = {"description": "one team", "teams": {"a_kasse": {"done_by": "raadgivere"}}}
    data |= {"organisation_models": {"samlet": model}, "organisation_model": "samlet", "states_at": [4, 20]}
    plans = data["interventions"]["samtaler"]["plans"]
    plans["ugentlig"] |= {"not_in": ["fritagelse"], "in_state": {"raskmelding": "telefon"}, "until_week": 30}
    plans["sjaelden"]["in_state"] = {"sygdom": "brev"}
    data["interventions"] |= efforts_for_the_sick()
    return Scenario.model_validate(data | {"name": "all kinds"} | changes)


def other(scenario: Scenario, **interventions: Any) -> Scenario:
    """The scenario with its samtaler and praktik and these after them; nobody knows of states that nobody keeps."""
    data = scenario.model_dump(exclude_none=True)
    old = {name: each for name, each in data["interventions"].items() if name in offers.OLD}
    kept = old | {name: dict(each) for name, each in interventions.items()}
    for part in (*old["samtaler"]["plans"].values(), *kept.values()):
        if "not_in" in part:
            part["not_in"] = [name for name in part["not_in"] if name in kept]
        if "in_state" in part:
            part["in_state"] = {name: channel for name, channel in part["in_state"].items() if name in kept}
        if "left_minutes" in part:
            part["left_minutes"] = [use for use in part["left_minutes"] if use.get("of", "praktik") in kept]
    return Scenario.model_validate(data | {"interventions": kept})


def without_demand() -> dict[str, Any]:
    """The same efforts with nobody asked, ill, exempt, reassessed or approached for; their effects are as strong."""
    idle = offers.without_demand() | efforts_for_the_sick()
    idle["sygdom"] |= {"at_entry": 0.0, "begins": 0.0}
    idle["fritagelse"]["recorded"] = {"deltager": 0.0}
    idle["raskmelding"]["begins"] = {"deltager": 0.0}
    idle["revurdering"] |= {"week": 1000, "changes": []}
    for rule in idle["aktiv"]["referral"].values():
        rule["weekly"] = 0.0
    for each in idle["formidling"]["brokers"].values():
        each |= {"no_match": 0.0, "returned": 0.0, "approach_minutes": 100_000}
        each.pop("leaves_work", None)
    idle["formidling"]["during"] = {}  # is of everybody who has a broker
    idle["raadighed"]["checked"] = {}
    for use in idle["sagsarbejde"]["left_minutes"]:
        use["minutes"] = 100_000
    del idle["sagsarbejde"]["caseload"]  # is of all cases
    del idle["sagsarbejde"]["continuity"]
    return idle


ONLY_THERE = {
    "sygdom_spells", "fritagelse_spells", "fritagelse_grounds", "raskmelding_spells", "formidling_persons",
    "formidling_seeking", "formidling_active", "formidling_left", "formidling_stuck_no_trial", "formidling_fee_persons",
    "formidling_fee_fixed", "formidling_fee_parts", "raadighed_spells",
}  # fmt: skip
"""Counts of who there is, demand or not."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "samtaler": {"effects": {"job": 2.0}, "window_weeks": 4, "priority": "lot"},
    "praktik": {"places": 2, "during": {"job": 1.5}},
    "jobklub": {"clubs": 3, "seats": 2, "attendance": 1.0},
    "vikar": {"attends": 1.0, "declines": 0.0, "during": {"job": 2.0}},
    "virksomhedsforloeb": {"self_found": 0.4, "direct_hire": 0.6},
    "loentilskud": {"matches_per_week": 3.0, "private_share": 0.1},
    "mentor": {"mentors": 4.0, "only_in": [], "during": {"job": 9.0}},
    "koordineret": {"need": 0.9, "places": 2, "during": {"job": 1.8}},
    "incitament": {"outreach": {"margin": 0.3, "odds": 8.0, "minutes": 20}},
    "sygdom": {"at_entry": 0.5, "begins": 0.2},
    "fritagelse": {"grounds": 0.6, "widened": None},
    "raskmelding": {"from_week": 0, "relapses": 0.0},
    "revurdering": {"week": 12, "changes": []},
    "aktiv": {"hours_per_week": 4, "until_week": 9, "during": {"job": 1.6}},
    "formidling": {"attention": 3.0, "offer_after_trial": 1.0},
    "raadighed": {"breach": 0.9, "minutes": 5},
    "sagsarbejde": {"caseload": {"reference": 10, "exits": {"job": {"log": -0.8}}}},
}  # fmt: skip
"""Something else for every kind."""


def effects_of(data: dict[str, Any]) -> list[Path]:
    """The places of all effects that interventions have in the data of a scenario. Not of elasticities, which may not
    be of what minutes of the team move, and not where effects stand with another intervention."""
    paths = [path for path in places_of(data, "exits") if path[0] == "interventions"]
    paths = [path for path in paths if path[-2:] != ("caseload", "exits")]
    return [path for path in paths if part_at(data, path[:-1]).get("use", "follow_up") == "follow_up"]


def part_at(data: Any, path: Path) -> Any:
    """What stands at a place."""
    for step in path:
        data = data[step]
    return data
