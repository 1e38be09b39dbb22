"""Esbjerg: the same jobkonsulent both times, a sharper focus on jobs, help beyond the talk. No results are printed."""

from __future__ import annotations

from tests.founding import told
from tests.founding.staff import used

NAME = "hvad_hvis/esbjerg_jobkonsulent"


def test_001_03_the_same_jobkonsulent_both_times() -> None:
    """With 5 % away and 10 % leaving a year she is the same in more than four talks of five; by lot, of two, in half of
    them (tests/analytic/test_who_holds_talks.py). The plan says "if possible"."""
    assert 0.8 < told(NAME, "same_partner_share", "projekt", replications=1) < 0.99


def test_001_11_the_jobkonsulent_helps_further_in_her_time_left() -> None:
    """All of the project group's, and none of the others; nearly all of her time is used instead of 60 %."""
    assert told(NAME, "hjaelp.follow_up", "projekt", replications=1) > 500
    assert told(NAME, "hjaelp.follow_up", "oevrige", replications=1) == 0
    assert used(NAME, "jobkonsulenter") > used("esbjerg_tidlig_indsats", "jobkonsulenter") + 0.2


def test_001_16_a_sharper_job_focus_brings_exits_forward() -> None:
    """A talk with a jobkonsulent counts 1.25 times: the project group leaves a little earlier. No size is printed."""
    base = told("esbjerg_tidlig_indsats", "weeks_to_exit", "projekt", replications=1)
    assert base - 1 < told(NAME, "weeks_to_exit", "projekt", replications=1) < base
