"""Aktive hurtigere tilbage: talks where people are, and others than caseworkers in the team. No effects are printed."""

from __future__ import annotations

import math

from tests.founding import stored, told
from tests.founding.staff import used

AHT = "aktive_hurtigere_tilbage"


def test_003_15_talks_in_the_offer_have_fewer_no_shows() -> None:
    """Said to work well (p. 13), without figures: no-shows fall from 11 to 7 %, more weeks have a talk."""
    there = stored("aht_samtaler_i_tilbuddet")
    assert there["no_show_share", "deltager"] < stored(AHT)["no_show_share", "deltager"] - 0.02
    assert there["talk_share", "deltager"] > stored(AHT)["talk_share", "deltager"] + 0.01


def test_003_16_visits_cost_so_much_that_talks_are_refused() -> None:
    """A third of the contact talks as visits, an hour of travel each: refused for lack of time 6 % instead of hardly
    any, and fewer weeks with a talk. That home visits cost very much is printed (p. 13), no minutes are."""
    name = "hvad_hvis/aht_besoeg_paa_arbejdspladsen"
    assert told(name, "no_time_share", "deltager", replications=1) > stored(AHT)["no_time_share", "deltager"] + 0.02
    used = told(name, "utilisation", "team:projekt", replications=1)
    assert used > stored(AHT)["utilisation", "team:projekt"] + 0.04


def test_003_18_other_staff_in_the_team() -> None:
    """Konsulenter, health staff and HK staff all have work, and talks are held as before: 46 % of weeks have one."""
    name = "hvad_hvis/aht_team_med_andre"
    for team in ("konsulenter", "sundhed", "hk"):
        assert 0.1 < used(name, team) < 1, team
    found = told(name, "talk_share", "deltager", replications=1)
    assert math.isclose(found, stored(AHT)["talk_share", "deltager"], abs_tol=0.02)
    assert told(name, "hk_opfoelgning.follow_up", "kontrol", replications=1) == 0


def test_003_19_doctors_sit_in_and_nothing_moves() -> None:
    """No marked change in relations (p. 17): the talks with a doctor are held, and change nothing by themselves."""
    name = "hvad_hvis/aht_team_med_andre"
    assert told(name, "rundbord.held", "deltager", replications=1) > 300
    assert 0 < used(name, "laeger") < 1
    found = told(name, "exit_any", "deltager", replications=1)
    assert math.isclose(found, stored(AHT)["exit_any", "deltager"], abs_tol=0.02)
