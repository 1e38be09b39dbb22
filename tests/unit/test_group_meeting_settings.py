"""Mistakes in the settings of group meetings: each is said in words, at its key."""

from __future__ import annotations

from pathlib import Path

import pytest

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
