"""Tre hovedveje til job (004): what helped or stood in the way, as what-ifs with the luck of the shipped roads.

No size of any of it is printed; sizes are assumed, and a test holds the direction.
"""

from __future__ import annotations

import numpy as np

from tests.founding.worlds import counted, first, place, world

CLUB, TEMP, FIRM = ("tre_hovedveje_jobklub", "tre_hovedveje_vikar", "tre_hovedveje_virksomhedsforloeb")


def test_004_03_from_50_on_after_any_time_the_others_after_six_months() -> None:
    """Half of those from 50 on have been on benefit for less than six months (assumed), so more of them leave for a
    job; those below 50 as in the trial, but for what members do to each other; and nobody comes at another date."""
    name, trial = "hvad_hvis/jobklub_efter_alder", "indikatorer/tre_hovedveje_jobklub"
    older, mid, young = (
        first(name, "exit_job", f"alder:{level}") - first(trial, "exit_job", f"alder:{level}")
        for level in ("fra_50", "fra_30_til_49", "ung")
    )
    assert older > 0.015 and max(abs(mid), abs(young)) < 0.004
    assert (world(name).ledige.entry == world(CLUB).ledige.entry).all()


def test_004_16_bureaus_come_into_the_club() -> None:
    """In the four municipalities that are named some are registered and sent out, and more are ever employed; no seat
    is lost by it. (Firms that come, or are visited: test_004_roads.)"""
    name, places = "hvad_hvis/jobklub_vikarbureauer", {"kolding", "odder", "skanderborg", "fredericia"}
    sent = counted(name, "vikar_assignments").sum(axis=(0, 2))
    assert {j for j in range(len(sent)) if sent[j]} == {place(name, each) for each in places}
    assert first(name, "ever_employed") > first(CLUB, "ever_employed") + 0.003
    assert first(name, "jobklub_started") == first(CLUB, "jobklub_started")


def test_004_22_rooms_of_their_own() -> None:
    """If members come more often and fewer drop out, the club does more for exits to a job."""
    rooms = "hvad_hvis/jobklub_eget_sted"
    assert first(rooms, "jobklub_attended_share") > first(CLUB, "jobklub_attended_share") + 0.08
    assert first(rooms, "job_intensity_added") > 1.03 * first(CLUB, "job_intensity_added")


def test_004_23_a_coordinator_of_visitation() -> None:
    """Where there is one as many are called in as in the trial; elsewhere fewer, for some have left before anybody asks
    them."""
    name = "hvad_hvis/jobklub_koordinator"
    here, trial = (counted(each, "jobklub_referred").sum(axis=(0, 2)) for each in (name, CLUB))
    with_one = [place(name, each) for each in ("guldborgsund", "ballerup")]
    assert (here[with_one] == trial[with_one]).all()
    without = np.delete(np.arange(len(here)), with_one)
    assert (here[without] < trial[without]).all() and here[without].sum() < 0.9 * trial[without].sum()


def test_004_30_registration_is_a_burden_to_bureaus() -> None:
    """More have left before they are registered, and more never work for a bureau."""
    slow = "hvad_hvis/vikar_tung_registrering"
    assert first(slow, "vikar_referred") == first(TEMP, "vikar_referred")
    assert first(slow, "vikar_started") < 0.95 * first(TEMP, "vikar_started")
    assert first(slow, "vikar_never_worked_share") > first(TEMP, "vikar_never_worked_share") + 0.02


def test_004_38_one_roof_or_several_addresses() -> None:
    """Where a referral is under way for some weeks, placements begin later, and fewer do; under one roof, as shipped,
    the list of those who wait is longer, for nobody is on the way."""
    apart, begun = "hvad_hvis/virksomhed_flere_adresser", "virksomhedsforloeb_started"
    assert first(apart, begun) < 0.97 * first(FIRM, begun)
    mean = {}
    for name in (FIRM, apart):
        started = counted(name, begun).sum(axis=(1, 2))
        mean[name] = started @ np.arange(len(started)) / started.sum()
    assert mean[apart] > mean[FIRM] + 0.7


def test_004_39_fidelity_of_minimum_requirements() -> None:
    """Printed: all 17 of high fidelity. Where two fall short their members have a quarter of the sessions and no talks,
    and the others are as they were, to the bit."""
    name, low = "hvad_hvis/jobklub_lav_fidelitet", ("solroed", "odder")
    own = [place(name, each) for each in low]
    for count in ("jobklub_attended", "jobklub_counselled"):
        here, trial = (counted(each, count).sum(axis=(0, 2)) for each in (name, CLUB))
        assert (here[own] < 0.4 * trial[own]).all()
        assert (np.delete(here, own) == np.delete(trial, own)).all()
