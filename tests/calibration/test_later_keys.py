"""A key that came after the fits makes none out of date, unless it says something."""

from __future__ import annotations

from typing import Any

from calibration.later_keys import without_later_keys
from tests.helpers import make, praktik, samtaler


def channel(**keys: Any) -> dict[str, Any]:
    """A channel of talks as the inputs of a fit have it."""
    talks = samtaler()
    talks["channels"]["personlig"] |= keys
    scenario = make(interventions={"samtaler": talks}).model_dump(mode="json")
    found: dict[str, Any] = without_later_keys(scenario)["interventions"]["samtaler"]["channels"]["personlig"]
    return found


def test_talks_with_one_ledig_are_written_as_before_there_were_meetings() -> None:
    assert channel() == channel(seats=1) and not {"seats", "seats_min"} & channel().keys()
    assert channel(seats=8)["seats"] == 8 and "seats_min" not in channel(seats=8)
    assert channel(seats=8, seats_min=2)["seats_min"] == 2


def test_nothing_else_is_left_out() -> None:
    """Neither from other places, nor other keys whose value is the same."""
    plain = {"interventions": {"klub": {"seats": 1}}, "teams": {"channels": {"seats": 1}}, "seats_min": 1}
    assert without_later_keys(plain) == plain
    absent = {"interventions": {"klub": {"seats": None}}, "weeks": None}
    assert without_later_keys(absent) == absent


def test_no_fit_depends_on_what_is_paid_once() -> None:
    paying = make(once={"it": {"week": "2026-W05"}}).model_dump(mode="json")
    assert without_later_keys(paying) == without_later_keys(make().model_dump(mode="json"))


def test_what_is_displaced_elsewhere_is_left_out_where_nothing_is_said() -> None:
    plain = make(interventions={"samtaler": samtaler()}).model_dump(mode="json")
    assert not {"displacement"} & without_later_keys(plain)["interventions"]["samtaler"].keys()
    own = make(interventions={"samtaler": samtaler(displacement=0.0)}, market_share=0.5).model_dump(mode="json")
    assert without_later_keys(own)["interventions"]["samtaler"]["displacement"] == 0.0
    assert without_later_keys(own)["market_share"] == 0.5 and "market_share" not in without_later_keys(plain)


def test_talks_without_a_dose_are_written_as_before_there_was_one() -> None:
    plain, dose = (
        without_later_keys(make(interventions={"samtaler": samtaler(**more)}).model_dump(mode="json"))
        for more in ({}, {"dose": {"exits": {"job": 1.2}, "per_month": 0.9, "mean_life_weeks": 6}})
    )
    assert "dose" not in plain["interventions"]["samtaler"] and "dose" in dose["interventions"]["samtaler"]
    assert "teams" not in plain["interventions"]["samtaler"]["quality"]


def test_plans_without_notice_are_written_as_in_version_1() -> None:
    plain, noticed = (
        without_later_keys(make(version=2, interventions={"samtaler": samtaler(plan)}).model_dump(mode="json"))
        for plan in (None, {"every": [{"weeks": 1}], "before": {"effects": {"job": 1.2}}})
    )
    [plan], [other] = (each["interventions"]["samtaler"]["plans"].values() for each in (plain, noticed))
    assert plain["version"] == noticed["version"] == 1
    assert plan["announcement"] == {} and "before" not in plan and "before" in other


def test_offers_that_stand_alone_and_hire_to_a_job_are_written_as_ever() -> None:
    plain, other = (
        without_later_keys(make(interventions={"p": praktik(**more), "o": praktik()}).model_dump(mode="json"))
        for more in ({}, {"beside": ["o"], "direct_hire": 0.1, "hires_to": "job"})
    )
    assert not {"beside", "hires_to"} & plain["interventions"]["p"].keys()
    assert other["interventions"]["p"]["beside"] == ["o"] and other["interventions"]["p"]["hires_to"] == "job"
