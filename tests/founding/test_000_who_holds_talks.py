"""På rette vej i job: who holds the talks, where, and with what staff. Shares of talks are printed, no staff is."""

from __future__ import annotations

import math

from tests.founding import ran, stored, told
from tests.founding.staff import used

TRIAL = "paa_rette_vej_i_job"
PRINTED = 0.82
"""Weeks with a talk among participants (p. 4, 10 [1, 7]; 82.5 in the one place, 82 in the other)."""


def test_000_07_one_fixed_contact_person() -> None:
    """Nine talks in ten are with the person of the last one (0.93); the rest is in the two jobcentres whose teams share
    all cases. The report prints no share."""
    assert 0.9 < stored(TRIAL)["continuity_share", "deltager"] < 0.97
    assert stored("paa_rette_vej_sagsstammer")["continuity_share", "deltager"] > 0.999


def test_000_09_illness_in_small_teams_costs_talks() -> None:
    """With as many away as elsewhere in the public sector 6 % of the talks find nobody at work, and weeks with a talk
    fall from 83 to 75 %. Only the direction is printed (p. 9 [6])."""
    with_absence = stored("paa_rette_vej_sagsstammer")
    assert with_absence["absence_share", "deltager"] > 0.05 and with_absence["away_share", "deltager"] > 0.05
    assert with_absence["talk_share", "deltager"] < stored(TRIAL)["talk_share", "deltager"] - 0.05


def test_000_11_one_caseworker_holds_all_talks() -> None:
    """The default: no other team is at the talks of participants than `projekt`, and 83 % of weeks have one."""
    assert {team for outcome, team in stored(TRIAL) if outcome == "on_time_share" and team.startswith("team:")} == {
        "team:projekt", "team:ordinaer"
    }  # fmt: skip
    assert math.isclose(stored(TRIAL)["talk_share", "deltager"], PRINTED, abs_tol=0.015)


def test_000_12_a_konsulent_takes_over_when_praktik_begins() -> None:
    """Konsulenter hold talks, and after a change of hands fewer talks are with the same person as last time; weeks with
    a talk stay at 82 %. How many handed over, and what it did, is not printed."""
    name = "hvad_hvis/paa_rette_vej_konsulent_i_praktik"
    assert told(name, "utilisation", "team:konsulenter", replications=1) > 0.2
    continuity = told(name, "continuity_share", "deltager", replications=1)
    assert continuity < stored(TRIAL)["continuity_share", "deltager"] - 0.01
    assert math.isclose(told(name, "talk_share", "deltager", replications=1), PRINTED, abs_tol=0.02)


def test_000_13_caseworker_and_konsulent_in_turn_on_one_clock() -> None:
    """Every second talk while in praktik, and as many weeks with a talk as with one caseworker: 82-83 %, as printed.
    (Two tracks, each counting from its own last talk, have 73 %.)"""
    name = "hvad_hvis/paa_rette_vej_skiftevis"
    found = told(name, "talk_share", "deltager", replications=1)
    assert math.isclose(found, PRINTED, abs_tol=0.012)
    assert math.isclose(found, told(TRIAL, "talk_share", "deltager", replications=1), abs_tol=0.005)
    assert used(name, "konsulenter") > 0.1
    continuity = told(name, "continuity_share", "deltager", replications=1)
    assert continuity < stored(TRIAL)["continuity_share", "deltager"] - 0.1


def test_000_14_herlev_konsulenter_hold_all_and_social_work_goes_on_beside() -> None:
    """In Herlev as many weeks have a talk as before (0.83), all held by konsulenter; caseworkers follow up beside."""
    name = "hvad_hvis/paa_rette_vej_som_organiseret"
    now = told(name, "talk_share", "deltager@herlev", replications=1)
    assert math.isclose(now, told(TRIAL, "talk_share", "deltager@herlev", replications=1), abs_tol=0.02)
    assert used(name, "konsulenter") > 0.1
    assert told(name, "arbejde_projekt.follow_up", "deltager", replications=1) > 100
    assert told(TRIAL, "arbejde_projekt.follow_up", "deltager", replications=1) == 0


def test_000_15_jammerbugt_a_team_of_three() -> None:
    """A pooled team of three has 93 % of weeks with a talk, as printed; fitted, so this is no prediction."""
    assert math.isclose(told(TRIAL, "talk_share", "deltager@jammerbugt", replications=1), 0.93, abs_tol=0.015)


def test_000_16_naestved_talks_of_private_actors_are_not_registered() -> None:
    """71 % of weeks have a registered talk (the bars are 69, 69 and 71), and people come as elsewhere: 19 % of calls
    are no-shows and not 29 % as in the trial's own file, where attendance has to be low instead."""
    name = "hvad_hvis/paa_rette_vej_som_organiseret"
    assert 0.68 < told(name, "talk_share", "deltager@naestved", replications=1) < 0.73
    assert 0.68 < told(TRIAL, "talk_share", "deltager@naestved", replications=1) < 0.73
    assert told(TRIAL, "no_show_share", "deltager@naestved", replications=1) > 0.26
    assert told(name, "no_show_share", "deltager@naestved", replications=1) < 0.21


def test_000_18_hernings_group_course_has_exercise() -> None:
    """Participants of Herning have ten hours of exercise a week in their run-up, nobody elsewhere has."""
    name = "hvad_hvis/paa_rette_vej_som_organiseret"
    assert 0.04 < told(name, "opstart.motion_share", "deltager", replications=1) < 0.15
    assert told(name, "opstart.kursus_share", "deltager", replications=1) > 0.9


def test_000_06_talks_at_home_and_at_the_workplace_cost_travel() -> None:
    """Fewer no-shows, and more of the staff's time: 73 % of it instead of 61 %. No figure is printed."""
    name = "hvad_hvis/paa_rette_vej_hjemmebesoeg"
    of_time = told(name, "utilisation", "team:projekt", replications=1)
    assert of_time > stored(TRIAL)["utilisation", "team:projekt"] + 0.06
    assert told(name, "no_show_share", "deltager", replications=1) < stored(TRIAL)["no_show_share", "deltager"]
    assert told(name, "time_travel_share", "team:projekt", replications=1) > 0.1
    assert ("time_travel_share", "team:projekt", None) not in ran(TRIAL, 1)[0].outcomes


def test_000_24_coordination_and_mentors_are_staff() -> None:
    """Their time does not last in all weeks (95 % of what should be given is), and what is given is on the screen of
    staff. That more was needed than given is printed (p. 18 [15]), shares are lost: two of five weeks with a need are
    unmet here."""
    name = "hvad_hvis/paa_rette_vej_mentorer"
    for kind in ("mentor", "koordineret_indsats"):
        assert 0.8 < told(name, f"{kind}.given_share", "alle", replications=1) < 0.99
    for team in ("mentorer", "koordinatorer"):
        assert 0.05 < used(name, team) < 1
    assert told(name, "koordineret_indsats.unmet_share", "deltager", replications=1) > 0.3
    [replication] = ran(name, 1)
    assert ("mentor.given_share", "alle", None) not in ran(TRIAL, 1)[0].outcomes
    assert replication.outcomes["mentor.hours", "alle", None] > 0
