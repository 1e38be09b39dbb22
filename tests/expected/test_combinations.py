"""What efforts do that are put together from parts, in the stored tables: the direction of it, and about how much."""

from __future__ import annotations

from tests.founding import stored


def test_a_club_for_kontanthjaelp_recipients() -> None:
    """Two thirds begin in it within the run; talks and caseworkers are as before, and hardly anybody leaves for it."""
    base, club = stored("base_kontanthjaelp"), stored("kombinationer/kontanthjaelp_jobklub")
    assert 60 < club["jobklub_started", "alle"] < 80
    assert abs(club["talk_share", "alle"] - base["talk_share", "alle"]) < 0.001
    assert abs(club["cases", "team:ordinaer"] - base["cases", "team:ordinaer"]) < 0.5
    assert 0 <= club["exit_job", "alle"] - base["exit_job", "alle"] < 0.02


def test_weekly_talks_a_club_and_a_limit_of_cases() -> None:
    """Nine weeks of ten have a talk instead of two; all cases are with the project, where some wait; more leave."""
    base, both = stored("base_dagpenge"), stored("kombinationer/dagpenge_ugentlige_samtaler_jobklub")
    assert base["talk_share", "alle"] < 0.2 and both["talk_share", "alle"] > 0.85
    assert both["cases", "team:ordinaer"] == 0 < both["cases", "team:projekt"] <= 28 * 25
    assert base["no_caseworker_share", "alle"] == 0 < both["no_caseworker_share", "alle"] < 0.2
    assert 500 < both["jobklub_started", "alle"] < 900
    assert 0.02 < both["exit_job", "alle"] - base["exit_job", "alle"] < 0.06


def test_esbjergs_calendar_with_a_club() -> None:
    """Over half as many talks again, as many weeks to the first; after 24 weeks cases are with the ordinary team."""
    base, both = stored("base_dagpenge"), stored("kombinationer/dagpenge_esbjerg_kalender_jobklub")
    assert 1.3 < both["talks_held", "alle"] / base["talks_held", "alle"] < 1.8
    assert abs(both["wait_first_talk_all", "alle"] - base["wait_first_talk_all", "alle"]) < 0.1
    assert both["cases", "team:projekt"] > 3 * both["cases", "team:ordinaer"] > 0
    assert 500 < both["jobklub_started", "alle"] < 1000
    assert 0 < both["exit_job", "alle"] - base["exit_job", "alle"] < 0.04


def test_two_roads_one_after_the_other() -> None:
    """Most find work before temporary work begins; talks go on, and exits to jobs are as before, within a point."""
    base, both = stored("base_dagpenge"), stored("kombinationer/dagpenge_jobklub_saa_vikar")
    assert 700 < both["jobklub_started", "alle"] < 950
    assert 200 < both["vikar_started", "alle"] < 350
    assert abs(both["exit_job", "alle"] - base["exit_job", "alle"]) < 0.01
    assert abs(both["talks_held", "alle"] - base["talks_held", "alle"]) < 0.1


def test_offers_beside_brokering_leave_the_share_in_fleksjob() -> None:
    """To the last person: they have no effect here, and keep nobody out of arbejdsprøvning."""
    base, offers = stored("base_ledighedsydelse"), stored("kombinationer/ledighedsydelse_aktive_tilbud")
    assert offers["aktive_tilbud_started", "alle"] > 400
    exits = [name for name in base if name[0].startswith("exit_")]
    assert ("exit_fleksjob", "alle") in exits and base["exit_fleksjob", "alle"] > 0.1
    assert {name: offers[name] for name in exits} == {name: base[name] for name in exits}
