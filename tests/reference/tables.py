"""WHAT THE COMPARISON OF THE TWO ENGINES RUNS THROUGH: scenarios, counts, what must happen, faults once found."""

from __future__ import annotations

SCENARIOS = ("lister", "praktik", "teams", "marked", "klub", "firma", "syge", "fleks", "pakke", "bemanding")

CASES = [(name, seed) for name in SCENARIOS for seed in (1, 2, 3)]

COUNTS = {
    *("enrolled", "returned", "exit_job", "exit_education", "exit_other", "got_caseworker", "caseworker_wait"),
    *("fell_due", "no_caseworker", "not_booked", "overtaken", "no_partner", "no_time", "udeblivelse"),
    *("held", "on_time", "letters", "exempt", "intake", "called_on_time", "away", "overflowed", "lost_caseworker"),
    *("met_again", "met_the_same", "covered", "no_caseworker_due", "not_booked_due"),
    *("too_few", "too_few_due"),
    *(f"exit_{name}" for name in ("gammelt_job", "fleksjob", "raskmeldt", "kontanthjaelp", "foertidspension", "andet")),
    *(
        f"{name}_{what}"
        for name in ("samtaler", "kontakt", "samtaler_nyeste", "samtaler_lod", "opfoelgning", "kontaktsamtaler")
        for what in ("held", "covered")
    ),
    *(
        f"{name}_{what}"
        for name in ("praktik", "kursus", "firma")
        for what in (
            *("referred", "referred_again", "wait", "waiting", "void", "left_waiting", "started", "completed"),
            *("broken", "left", "hired"),
        )
    ),
    *(f"firma_{what}" for what in ("gave_up", "self_found", "firm_declined", "contact_weeks")),
    *(f"syg_{what}" for what in ("spells", "begun", "sick")),
    *(f"fritaget_{what}" for what in ("spells", "grounds", "recorded", "exempt")),
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
        )
    ),
    *(
        f"tilbud_{what}"
        for what in (
            *("referred", "no_time", "started", "wait", "waiting", "left_waiting", "made_way", "completed"),
            *("weeks", "hours", "full_weeks", "motion", "fysio_ergo", "psykolog", "kursus"),
        )
    ),
    *(
        f"klub_{what}"
        for what in (
            *("offered", "declined", "turned_away", "referred", "no_show", "waiting", "gave_up", "left_waiting"),
            *("wait", "started", "members", "planned", "attended", "counselled", "dropped", "completed", "left"),
        )
    ),
}
"""The weekly counts that both engines keep."""

TEAM_COUNTS = {
    *("fell_due", "no_partner", "no_time", "away", "udeblivelse", "held", "letters", "on_time", "called_on_time"),
    *("taken", "to_job", "met_again", "met_the_same", "covered"),
    *("no_caseworker", "no_caseworker_due", "not_booked", "not_booked_due"),
    *("too_few", "too_few_due"),
    *(f"minutes_{what}" for what in ("preparation", "documentation", "outreach", "held", "no_show")),
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
}
"""What happens to somebody in a scenario."""

VARIANTS = {
    "bemanding": (
        ("teams.foerste.turnover.share_out=false", "teams.foerste.squeeze=null", "teams.anden.at_limit=wait"),
        ("teams.foerste.substitution=none", "teams.foerste.absence.lang.cover_after=0", "teams.tredje.at_limit=exceed"),
        ("teams.foerste.substitution=absence", "interventions.samtaler.priority=lot", "interventions.samtaler.need={}"),
        ("teams.foerste.caseload=pooled", "teams.tredje.caseload=personal", "teams.tredje.substitution=busy"),
        ("interventions.kontakt.plans.taet.team=foerste", "interventions.samtaler.quality={}"),
        (
            "teams.tredje.at_limit=exceed",
            "teams.tredje.caseload=personal",
            "teams.tredje.turnover={per_year: 0.99, vacancy_weeks: 30}",
        ),
    ),
    "klub": (
        ("interventions.klub.separated=true", "interventions.klub.clubs=4", "interventions.klub.seats=2"),
        ("interventions.klub.sessions_per_week=2.7", "interventions.klub.session_minutes=85"),
        (
            "interventions.klub.contagion.per_exit={job: 0.2}",
            "interventions.klub.visits.every_weeks=1",
            "displacement=0.5",
        ),
        ("teams.raadgivere.minutes_per_week=0",),
        (
            "teams.raadgivere.absence={syg: {share: 0.3, weeks: {1: 0.5, 4: 0.5}, cover_after: 2}}",
            "teams.raadgivere.learning={weeks: 6, minutes: 0.3}",
        ),
    ),
    "firma": (
        ("interventions.firma.waiting_list=false", "interventions.firma.expires.run_week=12"),
        ("interventions.praktik.matching={team: konsulenter, minutes: 50}", "teams.konsulenter.minutes_per_week=110"),
        ("interventions.firma.firm_accepts={2: 0.1, 6: 0.4, 12: 1.0}", "interventions.firma.expires.to_weeks=3"),
    ),
    "syge": (
        ("organisation_model=samlet", "jobcentres.syd.organisation_model=delt", "displacement=0.6"),
        ("interventions.kontaktsamtaler.priority=newest_first", "interventions.opfoelgning.priority=longest_overdue"),
        (
            "interventions.opfoelgning.plans.psykisk.self_booking=0.5",
            "teams.kontakt.caseload=pooled",
            "allocation=blocked",
        ),
    ),
    "fleks": (
        ("interventions.formidling.brokers.aktoer.start.weeks=0", "teams.formidlere.minutes_per_week=180"),
        (
            "interventions.formidling.brokers.kommune.returned=0.4",
            "interventions.formidling.brokers.kommune.returns_to=aktoer",
        ),
        (
            "teams.formidlere.turnover={per_year: 0.9, vacancy_weeks: {2: 0.5, 9: 0.5}}",
            "teams.formidlere.caseworkers=3",
        ),
        ("interventions.formidling.brokers.aktoer.team=formidlere", "displacement=0.5", "exits.fleksjob.level=0.02"),
        (
            "interventions.formidling.brokers.aktoer.no_match=0.9",
            "interventions.formidling.pension.weeks={5: 0.4, 9: 0.3, 14: 0.3}",
            "interventions.praktik.direct_hire=1.0",
            "interventions.praktik.places=40",
            "interventions.praktik.matches_per_week=40.0",
        ),
        (
            "interventions.revurdering={kind: revurdering, week: 30, changes: [{run_week: 20, week: 25}], "
            "extended: 0.4, extension_weeks: 2, ends_to: {job: 0.4, foertidspension: 0.3, fleksjob: 0.3}}",
            "interventions.fritaget={kind: fritagelse, grounds: 0.4, course_week: 4, "
            "recorded: {kommune: 0.6, aktoer: 0.5}}",
            "interventions.raskmelding={kind: delvis_raskmelding, levels: {}, begins: {kommune: 0.05, uden: 0.1}, "
            "hours: {0: 5, 4: 20}, relapses: 0.1, effects: {job: 2}}",
            "interventions.tilbud={kind: aktive_tilbud, referral: {kommune: {ready_week: 2, weekly: 0.3}}, "
            "hours_per_week: 9, until_week: 16, parts: {motion: {hours: 4, places: 5, setup_weeks: 2}, "
            "kursus: {hours: 8, places: 3, setup_weeks: 0}}, not_in: [syg, fritaget], "
            "bundles: {attribute: ventetid, order: {lang: [motion, kursus], kort: [kursus]}}}",
        ),
    ),
    "pakke": (
        ("interventions.tilbud.not_in=[fritaget, syg]", "interventions.tilbud.hours_per_week=12"),
        ("interventions.tilbud.parts.motion.places=0", "teams.sagsbehandlere.minutes_per_week=90"),
        (
            *(f"interventions.tilbud.parts.{part}.referral_minutes=0" for part in ("psykolog", "motion", "kursus")),
            "interventions.tilbud.parts.fysio_ergo.referral_minutes=0",
            "teams.sagsbehandlere.caseload_limit=4",
        ),
        (
            "teams.sagsbehandlere.absence={syg: {share: 0.2, weeks: {1: 0.5, 3: 0.5}}}",
            "teams.sagsbehandlere.caseload=personal",
            "teams.sagsbehandlere.substitution=busy",
            "teams.sagsbehandlere.caseworkers=3",
        ),
    ),
}
"""Settings in which rules meet that do not in the scenario itself."""

FAULTS = {
    "a letter replaces the strength of the last held talk": (
        "praktik",
        "interventions.samtaler.channels.brev.effect=0.0",
        "interventions.samtaler.effects={job: 4.0}",
    ),
    "with everybody locked in (factor 0), displacement makes reserves NaN": (
        "marked",
        "interventions.kursus.during={job: 0.0}",
        "interventions.praktik.during={job: 0.0}",
        "interventions.kursus.places=100",
        "interventions.kursus.matches_per_week=100.0",
        "intake.persons=3",
        "jobcentres.syd.persons=3",
        "jobcentres.vest.persons=3",
    ),
    "who waits for one offer while in another is never matched": (
        "marked",
        "interventions.praktik.waiting_list=true",
    ),
    "samtaler whose only channel is a letter stop the run": (
        "praktik",
        "interventions.samtaler.channels={brev: {minutes: 5, attendance: 1.0, counts: false}}",
        "interventions.samtaler.plans.ugentlig.channel=brev",
        "interventions.samtaler.plans.maanedlig.channel=brev",
    ),
    "a place for a firm that a ledig found herself goes by lot, not to who has waited longest": (
        "firma",
        "interventions.firma.self_found=0.6",
        "interventions.firma.places=1",
    ),
    "who waits for a part of an offer begins it while in another offer": (
        "pakke",
        "interventions.fritaget.grounds=0.0",
    ),
    "who waits for a part of an offer while in another one is said to be in none once she is exempt": (
        "pakke",
        "interventions.tilbud.not_in=[fritaget, syg]",
        "interventions.tilbud.hours_per_week=12",
    ),
    "a fleksjob that ends without a return to benefit is not counted as ended": (
        "fleks",
        "exits.fleksjob.job_spells.returns=0.2",
    ),
    "who left on tirsdag is counted among those who wait for a caseworker on søndag": ("praktik",),
}
"""Scenario and settings in which each showed."""
