"""WHAT THE COMPARISON OF THE TWO ENGINES RUNS THROUGH: scenarios, counts, and what must happen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from simulation.interventions.raadighed.settings import Raadighed
from simulation.interventions.sagsarbejde.settings import USES
from simulation.interventions.samtaler.idle import COUNTS as IDLE

SCENARIOS = ("lister", "praktik", "teams", "marked", "klub", "firma", "syge", "fleks", "pakke", "bemanding")
SCENARIOS += ("tilskud", "vikar", "koord", "arbejde", "dosis")



def third(all_of_them: Sequence[Any], first: int, several: bool = False) -> list[Any]:
    """Every third one, and the others among the slow tests: of what is done with all of them alike. `several`: each is
    what several parameters are."""
    return [each if at % 3 == first else pytest.param(*each if several else (each,), marks=pytest.mark.slow)
            for at, each in enumerate(all_of_them)]  # fmt: skip


CASES = [
    *((name, 1) for name in SCENARIOS),
    *(pytest.param(name, seed, marks=pytest.mark.slow) for name in SCENARIOS for seed in (2, 3)),
]  # fmt: skip

COUNTS = {
    *("enrolled", "returned", "exit_job", "exit_education", "exit_other", "got_caseworker", "caseworker_wait"),
    *("fell_due", "no_caseworker", "not_booked", "overtaken", "no_partner", "no_time", "udeblivelse"),
    *("held", "on_time", "letters", "exempt", "intake", "called_on_time", "away", "overflowed", "lost_caseworker"),
    *("met_again", "met_the_same", "covered", "no_caseworker_due", "not_booked_due"),
    *(
        f"exit_{name}"
        for name in ("gammelt_job", "fleksjob", "raskmeldt", "kontanthjaelp", "foertidspension", "andet", "pension")
    ),
    *("partner_again", "partner_same", "too_few", "too_few_due", "tilbud_coaching"),
    *(
        f"{name}_{what}"
        for name in ("samtaler", "kontakt", "samtaler_nyeste", "samtaler_lod", "opfoelgning", "kontaktsamtaler")
        for what in ("held", "covered", *IDLE)
    ),
    *(
        f"{name}_{what}"
        for name in ("praktik", "kursus", "firma", "tilskud", "virksomhedsforloeb", "loentilskud")
        for what in (
            *("referred", "referred_again", "wait", "waiting", "void", "left_waiting", "started", "completed"),
            *("broken", "left", "hired", "unready", "clarified", "sooner"),
        )
    ),
    *(
        f"{name}_{what}"
        for name in ("firma", "virksomhedsforloeb", "praktik", "tilskud", "loentilskud")
        for what in ("gave_up", "self_found", "firm_declined", "contact_weeks")
    ),
    *(f"{name}_{what}" for name in ("syg", "sygdom") for what in ("spells", "begun", "sick")),
    *(f"{name}_{what}" for name in ("fritaget", "fritagelse") for what in ("spells", "grounds", "recorded", "exempt")),
    *(f"raskmelding_{what}" for what in ("spells", "started", "first", "relapsed", "weeks", "hours")),
    *(f"revurdering_{what}" for what in ("reached", "extended", "ended")),
    *(
        f"formidling_{what}"
        for what in (
            *(
                "persons",
                "no_match",
                "returned",
                "approaches",
                "trials",
                "first_trial",
                "in_trial",
                "seeking",
                "active",
            ),
            *("offers", "first_offer", "accepted", "created", "created_after_return", "created_early", "half_subsidy"),
            *("motivated_before", "motivated_after", "job_weeks", "ended", "left_work", "fee_persons", "fee_parts"),
            *("fee_fixed", "fee_first_trial", "fee_two_months", "fee_four_months"),
            *("left", "left_pension", "left_on_way", "left_sick", "stuck_no_trial"),
            *("cases", "wait", "waiting", "left_waiting"),
            *("passed_on", "exchanged", "unmotivated", "left_unmotivated", "firm_partner", "firm_andre", "firm_stat"),
        )
    ),
    *(
        f"{name}_{what}"
        for name in ("tilbud", "aktiv")
        for what in (
            *("referred", "no_time", "started", "wait", "waiting", "left_waiting", "made_way", "completed"),
            *("weeks", "hours", "full_weeks", "motion", "fysio_ergo", "psykolog", "kursus"),
        )
    ),
    *(
        f"{name}_{what}"
        for name in ("klub", "jobklub")
        for what in (
            *("offered", "declined", "turned_away", "referred", "no_show", "waiting", "gave_up", "left_waiting"),
            *("wait", "started", "members", "planned", "attended", "counselled", "dropped", "completed", "left"),
        )
    ),
    *(
        f"vikar_{what}"
        for what in (
            *("invited", "absent", "turned_away", "declined", "referred", "started", "registrations", "registered"),
            *("offers", "first_offer", "refused_notice", "refused_distance", "refused_conditions"),
            *("assignments", "first_assignment", "completed", "quit", "converted", "left"),
        )
    ),
    *(f"{name}_{what}" for name in ("mentor", "koordineret") for what in ("weeks_given", "no_time")),
    *(f"mentor_{what}" for what in ("needed", "waiting", "left_waiting", "started", "wait", "hours")),
    *(f"koordineret_{what}" for what in ("known", "helped", "wait", "need_weeks", "unmet_weeks", "blocked_weeks")),
    "outreach",
    *(f"passed_to_{name}" for name in ("sygedagpenge", "jobafklaring", "ledighedsydelse", "en_ydelse", "anden_ydelse")),
    *(
        f"{name}_{what}"
        for name in ("arbejde", "faelles_arbejde", "andres_arbejde", "konsulenters_arbejde", "sagsarbejde")
        for what in ("changes", *(f"{said}{use}" for said in ("", "minutes_") for use in USES))
    ),
    *(f"raadighed_{what}" for what in Raadighed.counts),
}
"""The weekly counts that both engines keep."""

TEAM_COUNTS = {
    *("fell_due", "no_partner", "no_time", "away", "udeblivelse", "held", "letters", "on_time", "called_on_time"),
    *("taken", "to_job", "met_again", "met_the_same", "covered"),
    *("no_caseworker", "no_caseworker_due", "not_booked", "not_booked_due"),
    *("too_few", "too_few_due"),
    *(f"minutes_{what}" for what in ("preparation", "documentation", "travel", "outreach", "held", "no_show")),
}
"""... of every team."""

HAPPENS = {
    "lister": "held on_time no_time udeblivelse no_partner not_booked overtaken no_caseworker caseworker_wait "
    "talks_by_1 talks_by_2 talks_by_3 plan_changes exit_job exit_education",
    "praktik": "pushed praktik_referred praktik_waiting praktik_wait praktik_started praktik_completed praktik_broken "
    "praktik_left praktik_hired weeks_in_job returned letters udeblivelse no_time no_caseworker caseworker_wait",
    "teams": "plan_changes no_time udeblivelse no_caseworker caseworker_wait talks_by_1 talks_by_2 returned",
    "marked": "kursus_void praktik_started praktik_broken kursus_left letters overtaken no_partner no_time "
    "plan_changes returned",
    "klub": "klub_offered klub_declined klub_turned_away klub_referred klub_no_show klub_wait klub_waiting "
    "klub_gave_up klub_left_waiting klub_started klub_completed klub_dropped klub_left klub_members klub_planned "
    "klub_attended klub_counselled weeks_in_klub weeks_after_a_visit weeks_after_an_exit weeks_among_unmotivated "
    "weeks_after pushed no_seat weeks_short_of_minutes not_held not_counselled weeks_in_praktik letters no_partner "
    "returned",
    "firma": "firma_referred firma_referred_again firma_wait firma_waiting firma_left_waiting firma_gave_up "
    "firma_self_found firma_firm_declined firma_started firma_completed firma_broken firma_left firma_hired "
    "firma_contact_weeks pushed weeks_in_firma weeks_in_praktik own_firm_without_a_place firm_without_a_place "
    "gave_up_in_another_offer small_jobs_found small_jobs_left weeks_in_small_job returned letters",
    "syge": "intake exempt opfoelgning_held kontaktsamtaler_held kontaktsamtaler_covered letters overtaken no_partner "
    "no_time udeblivelse plan_changes caseworker_wait talks_by_1 talks_by_2 talks_by_3 talks_by_4 talks_by_7 "
    "covered_in_another_week came_to_another_talk letter_beside_a_talk own_desk other_desk "
    "fritaget_grounds fritaget_recorded fritaget_exempt ground_by_the_wider_rule raskmelding_started "
    "raskmelding_relapsed raskmelding_hours revurdering_reached revurdering_extended revurdering_ended "
    "reassessed_earlier_by_a_new_limit small_jobs_found returned exit_gammelt_job "
    "exit_fleksjob exit_raskmeldt exit_kontanthjaelp",
    "fleks": "syg_begun formidling_no_match formidling_returned formidling_approaches not_approached_for "
    "formidling_trials left_from_a_trial formidling_offers formidling_accepted formidling_created "
    "formidling_created_after_return formidling_created_early formidling_half_subsidy formidling_motivated_before "
    "formidling_motivated_after formidling_job_weeks formidling_ended formidling_left_work formidling_fee_fixed "
    "formidling_fee_first_trial formidling_fee_two_months formidling_fee_four_months formidling_left_pension "
    "formidling_left_on_way formidling_left_sick formidling_stuck_no_trial stuck_after_a_trial awarded_a_pension "
    "refused_a_pension left_work_undone weeks_in_formidling weeks_in_praktik praktik_hired letters returned",
    "pakke": "tilbud_referred tilbud_no_time no_caseworker_to_refer_her tilbud_started tilbud_wait tilbud_waiting "
    "tilbud_left_waiting tilbud_made_way tilbud_completed tilbud_full_weeks tilbud_motion tilbud_fysio_ergo "
    "tilbud_psykolog tilbud_kursus not_referred_any_more not_referred_because_of_a_state "
    "no_place_for_a_part waits_in_another_offer pushed weeks_in_tilbud weeks_in_praktik opfoelgning_covered exempt",
    "bemanding": "overflowed handed_on_twice lost_caseworker no_caseworker caseworker_wait away no_time no_partner "
    "called_on_time met_again met_the_same covered talks_cut colleagues_have_no_time kontakt_covered letters "
    "udeblivelse plan_changes stays_with_another_team own_desk other_desk returned",
    "tilskud": "pushed not_qualified_yet tilskud_referred tilskud_referred_again tilskud_wait tilskud_waiting "
    "tilskud_left_waiting tilskud_started private public tilskud_completed tilskud_broken tilskud_hired "
    "hired_by_a_public_employer tilskud_left mentor_needed mentor_wait mentor_waiting mentor_left_waiting "
    "mentor_started mentor_hours mentor_ends_with_the_offer needs_a_mentor_outside_offers no_mentor_has_time "
    "weeks_after_a_mentor weeks_in_tilskud weeks_in_praktik letters returned",
    "vikar": "pushed vikar_invited vikar_absent vikar_turned_away vikar_declined vikar_referred vikar_started "
    "no_bureau_can_use_her registered_in_another_offer vikar_registrations vikar_registered vikar_offers "
    "vikar_refused_notice vikar_refused_distance vikar_refused_conditions vikar_assignments vikar_first_offer "
    "vikar_first_assignment vikar_completed vikar_quit vikar_converted vikar_left weeks_in_vikar weeks_in_praktik "
    "weeks_after_an_assignment assignments_beside_a_small_job mentor_hours weeks_after_a_mentor returned",
    "koord": "outreach not_reached_out_to koordineret_known disclosed_in_a_talk need_taken_up_again "
    "blocked_in_an_offer left_while_blocked treatments_begun koordineret_helped koordineret_wait "
    "no_coordinator_has_room coordinated_while_blocked koordineret_unmet_weeks koordineret_blocked_weeks talks_cut "
    "no_partner no_time kontakt_covered came_to_another_talk letters mentor_hours mentor_ends_with_the_offer "
    "weeks_in_praktik weeks_in_klub returned",
    "arbejde": "arbejde_search arbejde_checks arbejde_follow_up arbejde_changes faelles_arbejde_checks "
    "andres_arbejde_changes andres_arbejde_follow_up konsulenters_arbejde_search konsulenters_arbejde_follow_up "
    "no_time_left_for_search no_time_left_for_checks no_time_left_for_follow_up nobody_sits_at_her_desk "
    "weeks_after_a_change_of_caseworker raadighed_checks raadighed_no_time raadighed_breaches raadighed_warned "
    "raadighed_cut raadighed_cut_weeks raadighed_ended raadighed_sanctioned a_cut_made_longer "
    "a_check_not_made_because_of_a_state fritaget_exempt overflowed lost_caseworker covered no_time letters "
    "plan_changes weeks_in_praktik returned",
    "dosis": "held kontakt_held kontakt_covered no_time no_partner udeblivelse letters talks_cut own_desk other_desk "
    "at_a_full_table syg_begun overflowed talks_by_1 talks_by_2 talks_by_4 talks_by_5 exit_education returned",
}
"""What happens to somebody in a scenario."""
