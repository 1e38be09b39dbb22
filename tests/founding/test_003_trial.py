"""Aktive hurtigere tilbage (003): what the trial was, row by row of docs/founding_documents.md.

The copy of its report prints no level of anything that happens to people, so a test holds a direction or a rule.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from simulation.interventions.aktive_tilbud.settings import AktiveTilbud
from simulation.scenario.load import load
from simulation.world.register import talk_of
from tests.founding import SHIPPED, stored
from tests.founding.worlds import counted, first, place, tried, world

TRIAL = "aktive_hurtigere_tilbage"
NOTE = 13
"""Week of the run of the note of 12 March 2009, counted from 2008-W50."""


def test_003_01_sixteen_jobcentres_in_four_models() -> None:
    """2, 2, 9 and 3; of the three that used another actor one had the talks by law outsourced as well. A talk with who
    holds both kinds counts as both; where two teams hold them, none does."""
    models = Counter(each.organisation_model for each in load(SHIPPED / f"{TRIAL}.yaml").scenario.jobcentres.values())
    assert models == {
        "minimumsmodel": 2, "enhed_med_myndighed": 2, "sagsbehandlerteam": 9, "anden_aktoer": 2,
        "anden_aktoer_med_opfoelgning": 1,
    }  # fmt: skip
    both = counted(TRIAL, "kontakt_covered").sum(axis=(0, 2))
    two_tracks = [place(TRIAL, name) for name in ("randers", "svendborg")]
    assert [j for j, number in enumerate(both) if number == 0] == sorted(two_tracks) and both.max() > 100


def test_003_02_weekly_contact_talks_for_four_months() -> None:
    """Three in four weeks have a talk while the four months last, and far fewer after them; among controls never."""
    during = [first(TRIAL, "talk_share", "deltager", week) for week in (2, 5, 10)]
    after = [first(TRIAL, "talk_share", "deltager", week) for week in (18, 30)]
    assert min(during) > 0.6 and max(after) < 0.15
    assert max(first(TRIAL, "talk_share", "kontrol", week) for week in (2, 5, 10)) < 0.1
    assert stored(TRIAL)["talks_held", "deltager"] > 2 * stored(TRIAL)["talks_held", "kontrol"]


def test_003_03_talks_by_law_every_fourth_or_eighth_week_the_first_by_week_eight() -> None:
    """Controls wait between the two intervals from talk to talk, and less than a week for the first one, with which
    they enter after eight weeks of sickness."""
    assert 4 < stored(TRIAL)["talk_gap", "kontrol"] < 8
    assert stored(TRIAL)["wait_first_talk", "kontrol"] < 1
    assert load(SHIPPED / f"{TRIAL}.yaml").scenario.intake.elapsed_weeks == 8


def test_003_04_ten_hours_of_offers_a_week() -> None:
    """Ten in the mean, and in half of the weeks fewer: parts that need setting up come later. That some jobcentres fell
    short is told, without a number."""
    assert 9.5 < stored(TRIAL)["aktive_tilbud_hours", "deltager"] < 11
    assert 0.3 < stored(TRIAL)["aktive_tilbud_full_share", "deltager"] < 0.8


def test_003_05_exemption_is_recorded_unequally_and_widened_by_the_note() -> None:
    """Far more among participants, who have the same grounds; in the week of the note several times the grounds of any
    week before it."""
    grounds, recorded = (f"fritagelse_{what}_share" for what in ("grounds", "recorded"))
    assert abs(stored(TRIAL)[grounds, "difference"]) < 0.02
    assert stored(TRIAL)[recorded, "deltager"] > 3 * stored(TRIAL)[recorded, "kontrol"]
    seen = counted(TRIAL, "fritagelse_grounds").sum(axis=(1, 2))
    assert seen[NOTE] > 4 * seen[:NOTE].max()


def test_003_06_follow_up_by_phone_from_the_same_note() -> None:
    """Who is partly back at work is phoned from its week on, and nobody before it."""
    there = world(TRIAL)
    phones = [code for code, channel in enumerate(there.register.channels, start=1) if not channel.ordinary]
    by_phone = np.isin(talk_of(there.register.codes), phones).sum(axis=1)
    assert by_phone[:NOTE].sum() == 0 and (by_phone[NOTE : NOTE + 8] > 10).all()


def test_003_07_partial_return_to_work() -> None:
    """As common in both arms, for the trial did nothing extra for it; it brings full returns forward (three figures
    from abroad say so)."""
    ever = "delvis_raskmelding_ever_share"
    assert 0.2 < stored(TRIAL)[ever, "alle"] < 0.4 and abs(stored(TRIAL)[ever, "difference"]) < 0.03
    none = {f"interventions.delvis_raskmelding.begins.{arm}": 0 for arm in ("deltager", "kontrol")}
    assert tried(TRIAL, "exit_egen_job", none) < tried(TRIAL, "exit_egen_job", {}) - 0.01


def test_003_08_preventive_offers_begin_first() -> None:
    """Exercise and physiotherapy begin weeks before course and praktik, which the active employment law is for."""
    begins = {}
    for part in ("motion", "fysio_ergo", "kursus", "praktik"):
        number = counted(TRIAL, f"aktive_tilbud_{part}").sum(axis=(1, 2))
        begins[part] = float(number @ np.arange(len(number)) / number.sum())
    assert max(begins["motion"], begins["fysio_ergo"]) + 3 < min(begins["kursus"], begins["praktik"])


def test_003_09_offers_by_diagnosis() -> None:
    """Each diagnosis has parts of its own; so no part but exercise is had by more than those whom it suits."""
    scenario = load(SHIPPED / f"{TRIAL}.yaml").scenario
    offers, share = scenario.interventions["aktive_tilbud"], scenario.subgroups["diagnose"]
    assert isinstance(offers, AktiveTilbud)
    suits = {level: offers.bundle(level) for level in share}
    assert suits["psykisk"][0] == "psykolog" and suits["bevaegeapparat"][0] == "fysio_ergo"
    for part in ("psykolog", "fysio_ergo", "kursus", "praktik"):
        suited = sum(share[level].share for level in suits if part in suits[level])
        assert 0.4 * suited < stored(TRIAL)[f"aktive_tilbud_{part}_share", "deltager"] < suited + 0.02


def test_003_17_the_minimum_model_everywhere() -> None:
    """Ordinary caseworkers have the contact talks as well: more than twice the minutes, and no team beside them."""
    minimum = stored("aht_minimumsmodel")
    assert minimum["talk_minutes", "team:ordinaer"] > 2 * stored(TRIAL)["talk_minutes", "team:ordinaer"]
    assert ("talk_minutes", "team:projekt") not in minimum
    assert abs(minimum["talks_held", "deltager"] - stored(TRIAL)["talks_held", "deltager"]) < 0.5


def test_003_20_early_start_and_who_is_counted() -> None:
    """More of the sick-listed enter the arm that begins in week 5, and so a little more of its exits are to the own
    job, which nobody caused; the others are as they were."""
    early = stored("aht_tidlig_start")
    assert early["entered_share", "deltager"] > early["entered_share", "kontrol"] + 0.05
    assert early["exit_egen_job", "deltager"] > stored(TRIAL)["exit_egen_job", "deltager"]
    assert early["exit_egen_job", "kontrol"] == stored(TRIAL)["exit_egen_job", "kontrol"]


def test_003_22_diagnosis_and_employment_status() -> None:
    """Who has no employer has no job of her own to go back to. The shares of the levels and the factors by diagnosis
    are assumed, for none is printed."""
    back = {group: value for (outcome, group), value in stored(TRIAL).items() if outcome == "exit_egen_job"}
    assert back["beskaeftigelse:opsagt"] == back["beskaeftigelse:ledig"] == 0
    assert min(back["beskaeftigelse:ansat"], back["beskaeftigelse:selvstaendig"]) > 0.5
    assert back["diagnose:kraeft"] < back["diagnose:psykisk"] < back["diagnose:bevaegeapparat"]


def test_003_23_success_as_it_was_ranked() -> None:
    """In a job, else partly back at work, else in any offer: everybody once. Participants gain in the third rank alone;
    no share is printed."""
    name, ranks = "indikatorer/aktive_hurtigere_tilbage", ("reached", "part_time", "offer", "none")
    for arm in ("deltager", "kontrol"):
        shares = {rank: first(name, f"success_{rank}", arm, 16) for rank in ranks}
        assert abs(sum(shares.values()) - 1) < 1e-9 and shares["reached"] > 0.2 and shares["part_time"] > 0.05
        assert shares["offer"] > 0.25 if arm == "deltager" else shares["offer"] == 0
    assert abs(first(name, "success_reached", "difference", 52)) < 0.03


def test_003_24_exercise_and_physiotherapy_are_used_most_and_praktik_least() -> None:
    """As in the survey, which prints the order alone; bundles were put together to it."""
    used = {
        part: stored(TRIAL)[f"aktive_tilbud_{part}_share", "deltager"]
        for part in ("motion", "fysio_ergo", "psykolog", "kursus", "praktik")
    }
    order = sorted(used, key=lambda part: used[part])
    assert order[-2:] == ["fysio_ergo", "motion"] and order[0] == "praktik" and used["praktik"] < 0.2


def test_003_31_the_reassessment_moves_with_its_date() -> None:
    """A jump of exits after 52 weeks of sickness (44 since enrolment), or after 22; none where the other has one."""

    def jump(name: str, week: int) -> float:
        return first(name, "exit_any", week=week + 1) - first(name, "exit_any", week=week - 1)

    late, early = "base_sygedagpenge", "sygedagpenge_revurdering_22"
    assert jump(late, 45) > 0.08 and jump(early, 15) > 0.2
    assert jump(late, 15) < 0.05 and jump(early, 45) < 0.01
