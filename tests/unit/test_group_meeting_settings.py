"""Mistakes in the settings of group meetings: each is said in words, at its key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulation.interventions.samtaler.plan import Plan
from simulation.scenario.load import load
from tests.bad_input import Case
from tests.helpers import make, samtaler
from tests.unit.test_bad_input_interventions import is_said, refused, write

MEETING = "moede: {minutes: 20, attendance: 1, seats: 6, seats_min: 2}"
WRONG = {
    "no seats": ("seats: 6", "seats: 0", "must be 1 or more", "seats: ¦0"),
    "nobody": ("seats_min: 2", "seats_min: 0", "must be 1 or more", "seats_min: ¦0"),
    "more than there are seats": (
        "seats_min: 2", "seats_min: 7", "a meeting of 7 or more does not fit on seats: 6", "seats_min: ¦7",
    ),
    "two at a talk with one": (
        "seats: 6, seats_min: 2", "seats_min: 2", "a meeting of 2 or more does not fit on seats: 1", "seats_min: ¦2",
    ),
    "several lengths": (
        "minutes: 20", "minutes: {20: 0.5, 40: 0.5}", "a group meeting has one length", "minutes: ¦{20: 0.5",
    ),
    "a letter": ("attendance: 1,", "attendance: 1, counts: false,", "(a letter) is no group meeting", "seats: ¦6"),
}  # fmt: skip
PLAN = "channel: moede, every: [{weeks: 2}]"


@pytest.mark.parametrize("mistake", WRONG)
def test_mistake(mistake: str, tmp_path: Path) -> None:
    old, new, message, marked = WRONG[mistake]
    meeting = MEETING.replace(old, new)
    path = write(tmp_path, [("moede: {minutes: 20, attendance: 1}", meeting)])
    is_said(refused(path), Case([], message, marked), path)


def test_a_listed_meeting_has_no_length_of_its_own(tmp_path: Path) -> None:
    """Whether the channel is the plan's or the talk's."""
    for listed in ("{week: 2, minutes: 33}", "{week: 2, minutes: 33, channel: moede}"):
        edits = [
            ("moede: {minutes: 20, attendance: 1}", MEETING),
            (PLAN, f"channel: moede, talks: [{{week: 1}}, {listed}]"),
        ]
        path = write(tmp_path, edits)
        message = "'moede' is a group meeting, which has the same minutes for all who meet"
        is_said(refused(path), Case([], message, "minutes: ¦33"), path)


def test_a_listed_letter_beside_meetings_may_have_one(tmp_path: Path) -> None:
    talks = "channel: moede, talks: [{week: 1}, {week: 2, minutes: 3, channel: mail}]"
    edits = [("moede: {minutes: 20, attendance: 1}", MEETING), (PLAN, talks)]
    assert load(write(tmp_path, edits)).scenario


def test_a_meeting_for_more_than_a_caseworker_has_is_doubtful() -> None:
    """Two with a limit of three cases each; not if they are taken above the limit, or have their cases in common."""
    talks = samtaler()
    talks["channels"]["personlig"] |= {"seats": 6, "seats_min": 4}
    team = {"fte": 2, "minutes_per_week": 100, "caseload_limit": 3, "caseload": "personal"}
    found = {}
    for how, change in {"personal": {}, "exceed": {"at_limit": "exceed"}, "pooled": {"caseload": "pooled"}}.items():
        scenario = make(teams={"team": {**team, **change}}, interventions={"samtaler": talks})
        found[how] = list(scenario.interventions["samtaler"].doubts(scenario))
    message = "by: no meeting of 4 or more is called at a desk of 3 cases at most"
    assert found == {"personal": [(("plans", "plan", "team"), message)], "exceed": [], "pooled": []}


def doubts(
    plan: dict[str, Any], team: dict[str, Any], persons: int = 1000, caseworker: bool = True, **meeting: Any
) -> list[tuple[str, str]]:
    """What is doubtful about talks of 30 minutes, meetings of 60 for 4 to 8, and letters, in one plan for everybody."""
    talks = samtaler({"every": [{"weeks": 1}]} | plan, caseworker=caseworker)
    talks["channels"]["gruppe"] = {"minutes": 60, "attendance": 1, "seats": 8, "seats_min": 4, **meeting}
    talks["channels"]["brev"] = {"minutes": 5, "attendance": 1, "counts": False}
    staff = {"team": {"fte": 2, "minutes_per_week": 100, **team}}
    staff["partner"] = {"fte": 1, "minutes_per_week": 59, "takes_cases": False}
    intake = {"persons": persons, "weeks": 1}
    scenario = make(teams=staff, intake=intake, interventions={"samtaler": talks})
    found = scenario.interventions["samtaler"].doubts(scenario)
    return [(".".join(map(str, path)), message) for path, message in found]


OF_THREE = {"caseload": "personal", "caseload_limit": 3}
LEADS_TO_A_MEETING = {
    "the plan's channel": {"channel": "gruppe"},
    "a listed talk": {"every": None, "talks": [{"week": 1}, {"week": 2, "channel": "gruppe"}]},
    "part of the talks": {"other_channel": {"channel": "gruppe", "from_week": 9, "share": 0.1}},
    "talks in an offer": {"in_offer": "gruppe"},
}
LEADS_TO_NONE = {
    "no talk of a list": {"channel": "gruppe", "every": None, "talks": [{"week": 1, "channel": "personlig"}]},
    "all talks are otherwise": {
        "channel": "gruppe", "other_channel": {"channel": "personlig", "from_week": 1, "share": 1}
    },
    "no talk is otherwise": {"other_channel": {"channel": "gruppe", "from_week": 1, "share": 0}},
    "no talk is left": {"other_channel": {"channel": "gruppe", "from_week": 9, "share": 1}, "until_week": 9},
}  # fmt: skip


@pytest.mark.parametrize("way", LEADS_TO_A_MEETING)
def test_any_way_to_a_meeting_for_too_many_is_doubtful(way: str) -> None:
    message = "by: no meeting of 4 or more is called at a desk of 3 cases at most"
    assert doubts(LEADS_TO_A_MEETING[way], OF_THREE) == [("plans.plan.team", message)]


@pytest.mark.parametrize("way", LEADS_TO_NONE)
def test_a_meeting_that_no_talk_leads_to_is_not_doubtful(way: str) -> None:
    assert [message for _, message in doubts(LEADS_TO_NONE[way], OF_THREE) if "meeting" in message] == []


def test_a_channel_of_a_state_leads_to_a_meeting() -> None:
    plan = Plan.model_validate(
        {"team": "team", "channel": "personlig", "every": [{"weeks": 1}], "in_state": {"delvis": "gruppe"}}
    )
    assert plan.channels() == {"personlig", "gruppe"}


def test_meetings_beside_the_caseworker_need_ledige_enough_at_a_desk() -> None:
    """Her limit says nothing of whom she meets beside their caseworkers: all ledige, shared by the desks."""
    plan = {"channel": "gruppe"}
    message = "by: hardly any meeting of 4 or more is called: 7 ledige / 2 desks = 3.5 each"
    assert doubts(plan, OF_THREE, 7, caseworker=False) == [("plans.plan.team", message)]
    assert doubts(plan, OF_THREE, 8, caseworker=False) == []
    message = "by: hardly any meeting of 4 or more is called: 3 ledige"
    assert doubts(plan, {}, 3) == [("plans.plan.team", message)] and doubts(plan, {}, 4) == []


def test_a_meeting_longer_than_a_week_is_doubtful() -> None:
    """Two full-time caseworkers with 100 minutes each, or 200 if they have their cases in common; preparation and
    notes are part of it. Only if some plan leads there, and not a talk that is shortened to fit."""
    plan, personal = {"channel": "gruppe"}, {"caseload": "personal"}
    message = (
        "by: no meeting can be held: it takes 101 minutes, and a desk of team has 2 full-time × 100 / 2 desks = 100 "
        "in a week"
    )
    around = {"minutes": 80, "preparation_minutes": 11, "documentation_minutes": 10}
    assert doubts(plan, personal, **around) == [("channels.gruppe.minutes", message)]
    assert doubts(plan, personal, **around | {"minutes": 79}) == [] == doubts({}, personal, minutes=500)
    assert doubts(plan, {}, minutes=200) == []
    message = message.replace("101", "201").replace(" / 2 desks = 100", " = 200")
    assert doubts(plan, {}, minutes=201) == [("channels.gruppe.minutes", message)]
    alone = {"minutes": {101: 0.5, 150: 0.5}, "seats": 1, "seats_min": 1}
    assert [path for path, _ in doubts(plan, personal, **alone)] == ["channels.gruppe.minutes"]
    some = doubts(plan, personal, **alone | {"minutes": {50: 0.5, 150: 0.5}})
    assert [message[:60] for _, message in some] == ["by: some talks can never be held: they take 150 minutes, and"]
    alone["minutes"] = {101: 0.5, 105: 0.5}
    squeeze = {"squeeze": {"shortest": 0.9, "effect": 0.5}}
    assert doubts(plan, personal | squeeze, **alone) == [] != doubts(plan, personal | squeeze, minutes=101)


def test_a_meeting_longer_than_its_partners_week_is_doubtful() -> None:
    joint = {"every": None, "talks": [{"week": 1, "channel": "gruppe", "partner": "partner"}, {"week": 2}]}
    ((path, message),) = doubts(joint, {})
    assert path == "channels.gruppe.minutes" and "a desk of partner has 1 full-time × 59 = 59 in a week" in message
    assert doubts(joint, {}, minutes=59) == []
