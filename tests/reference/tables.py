"""WHAT THE COMPARISON OF THE TWO ENGINES RUNS THROUGH: scenarios, counts, rules that bite, faults once found."""

from __future__ import annotations

SCENARIOS = ("lister", "praktik", "teams", "marked", "klub", "firma")

CASES = [(name, seed) for name in SCENARIOS for seed in (1, 2, 3)]

COUNTS = {
    *("enrolled", "returned", "exit_job", "exit_education", "exit_other", "got_caseworker", "caseworker_wait"),
    *("fell_due", "no_caseworker", "not_booked", "overtaken", "no_partner", "no_time", "udeblivelse"),
    *("held", "on_time", "letters"),
    *(
        f"{name}_{what}"
        for name in ("praktik", "kursus", "firma")
        for what in (
            *("referred", "referred_again", "wait", "waiting", "void", "left_waiting", "started", "completed"),
            *("broken", "left", "hired"),
        )
    ),
    *(f"firma_{what}" for what in ("gave_up", "self_found", "firm_declined", "contact_weeks")),
    *(
        f"klub_{what}"
        for what in (
            *("offered", "declined", "turned_away", "referred", "no_show", "waiting", "gave_up", "left_waiting"),
            *("wait", "started", "members", "planned", "attended", "counselled", "dropped", "completed", "left"),
        )
    ),
}
"""The weekly counts that both engines keep."""

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
}
"""What happens to somebody in a scenario."""

SWITCHES = {
    "lister": """
        interventions.samtaler.plans.elleve.announcement={}
        interventions.samtaler.plans.elleve.self_booking=1.0
        interventions.samtaler.plans.elleve.then=null
        interventions.samtaler.plans.elleve.talks.0.minutes=null
        interventions.samtaler.plans.elleve.talks.1.partner=null
        interventions.samtaler.plans.elleve.talks.2.channel=null
        interventions.samtaler.plans.ugentlig.other_channel=null
        interventions.samtaler.plans.hver_anden.other_channel=null
        interventions.samtaler.plans.hver_anden.then=null
        interventions.samtaler.plans.hver_anden.first_week=0
        interventions.samtaler.channels.moede.effect=1.0
        interventions.samtaler.channels.telefon.effect=1.0
        interventions.samtaler.attendance.person_sd=0.0
        interventions.samtaler.attendance.weekly_odds=1.0
        interventions.samtaler.attendance.jobcentre_odds={}
        interventions.samtaler.attendance.rebooking_minutes=0
        interventions.samtaler.priority=lot
        interventions.samtaler.effects={}
        interventions.samtaler.window_weeks=1
        interventions.samtaler.halving_talks=null
        teams.kontakt.caseload_limit=1000000
        teams.saerlig.caseload=pooled
        exits.job.duration=null
        exits.job.frailty=null
        exits.education.frailty=null
        exits.job.jobcentre_sd=0.0
        exits.job.jobcentres={}
        intake.elapsed_weeks=0
        subgroups={}
        """,
    "praktik": """
        interventions.praktik.referral.tidlig.never_ready=0.0
        interventions.praktik.referral.tidlig.push=null
        interventions.praktik.places=100
        interventions.praktik.matches_per_week=100.0
        interventions.praktik.jobcentres={}
        interventions.praktik.waiting_list=false
        interventions.praktik.breakdown=null
        interventions.praktik.breakdown.unready_factor=1.0
        interventions.praktik.breakdown.setback_weeks=0
        interventions.praktik.repeat=null
        interventions.praktik.repeat.max_spells=1000
        interventions.praktik.direct_hire=0.0
        interventions.praktik.during={}
        interventions.praktik.after={}
        interventions.praktik.after_weeks=1
        interventions.praktik.after_halving_weeks=null
        interventions.samtaler.plans.ugentlig.in_offer=null
        interventions.samtaler.plans.ugentlig.announcement={}
        job_spells=null
        job_spells.returns=1.0
        job_spells.hours=37
        teams.sagsbehandlere.caseload_limit=1000000
        """,
    "teams": """
        teams.indsats.dilution=0.0
        teams.indsats.at_limit=wait
        teams.indsats.caseload=pooled
        teams.opfoelgning.caseload_limit=1000000
        jobcentres.syd.teams.drift.dilution=0.0
        interventions.samtaler.priority=longest_overdue
        interventions.samtaler.plans.efter.statutory_weeks=null
        interventions.samtaler.plans.taet.then=null
        interventions.samtaler.plans.lov.then=null
        """,
    "marked": """
        displacement=0.0
        interventions.samtaler_nyeste.priority=longest_overdue
        interventions.samtaler_lod.priority=longest_overdue
        interventions.samtaler_lod.plans.hver_anden.in_offer=null
        interventions.praktik.breakdown=null
        interventions.kursus.repeat=null
        """,
    "klub": """
        interventions.klub.referral.klub.never_ready=0.0
        interventions.klub.referral.klub.push=null
        interventions.klub.accepts=1.0
        interventions.klub.visitation=[]
        interventions.klub.visitation.1.turned_away={}
        interventions.klub.no_show=0.0
        interventions.klub.gives_up=0.0
        interventions.klub.clubs=4
        interventions.klub.seats=40
        interventions.klub.intake_every_weeks=3
        interventions.klub.jobcentres={}
        interventions.klub.jobcentres.syd.clubs=3
        interventions.klub.jobcentres.syd.seats=3
        interventions.klub.jobcentres.syd.separated=false
        interventions.klub.jobcentres.syd.sessions_per_week=1.5
        interventions.klub.jobcentres.syd.homework=none
        interventions.klub.jobcentres.syd.length.to_weeks=5
        interventions.klub.jobcentres.vest.intake_every_weeks=1
        interventions.klub.jobcentres.vest.sessions_per_week=1
        interventions.klub.jobcentres.vest.company_visits=false
        interventions.klub.jobcentres.vest.homework=fixed
        interventions.klub.separated_by=dansk
        interventions.klub.length.to_weeks=4
        interventions.klub.sessions_per_week=0.5
        interventions.klub.session_minutes=0
        interventions.klub.entry_minutes=0
        interventions.klub.extra_minutes={}
        interventions.klub.counselling=null
        interventions.klub.counselling.minutes=1
        interventions.klub.counselling.effects={}
        interventions.klub.homework=none
        interventions.klub.homework_effects={}
        interventions.klub.visits.every_weeks=2
        interventions.klub.visits.window_weeks=1
        interventions.klub.visits.effects={}
        interventions.klub.attendance=1.0
        interventions.klub.drops_out=0.0
        interventions.klub.settling_weeks=0
        interventions.klub.during={}
        interventions.klub.effects={}
        interventions.klub.contagion=null
        interventions.klub.contagion.per_exit={}
        interventions.klub.contagion.window_weeks=1
        interventions.klub.contagion.most_exits=3
        interventions.klub.contagion.unmotivated=null
        interventions.klub.contagion.unmotivated.threshold=0.5
        interventions.klub.contagion.unmotivated.loss=0.2
        interventions.klub.after=null
        interventions.klub.after.weeks=1
        interventions.klub.after.halving_weeks=null
        teams.raadgivere.minutes_per_week=2000
        """,
    "firma": """
        interventions.firma.referral.tidlig.never_ready=0.0
        interventions.firma.referral.tidlig.push=null
        interventions.firma.places=1000000
        interventions.firma.matches_per_week=100.0
        interventions.firma.jobcentres={}
        interventions.firma.waiting_list=false
        interventions.firma.length.to_weeks=6
        interventions.firma.length.from_weeks=5
        interventions.firma.expires=null
        interventions.firma.expires.to_weeks=2
        interventions.firma.firm_accepts={"0":1.0}
        interventions.firma.firm_accepts={"4":0.3}
        interventions.firma.self_found=0.0
        interventions.firma.gives_up=0.0
        interventions.firma.contact_person=null
        interventions.firma.contact_person.share=1.0
        interventions.firma.contact_person.breakdown_factor=1.0
        interventions.firma.contact_person.hire_factor=1.0
        interventions.firma.breakdown=null
        interventions.firma.breakdown.unready_factor=1.0
        interventions.firma.breakdown.setback_weeks=0
        interventions.firma.repeat=null
        interventions.firma.repeat.max_spells=1000
        interventions.firma.direct_hire=0.0
        interventions.firma.during={}
        interventions.firma.after={}
        interventions.firma.after_weeks=1
        interventions.firma.after_halving_weeks=null
        job_spells.beside_benefit=null
        job_spells.beside_benefit.at_entry=0.0
        job_spells.beside_benefit.begins=0.0
        job_spells.beside_benefit.ends=0.0
        job_spells.beside_benefit.hours=4
        """,
}
"""What is switched off, one rule a line, so that some life is another."""

VARIANTS = {
    "klub": (
        ("interventions.klub.separated=true", "interventions.klub.clubs=4", "interventions.klub.seats=2"),
        ("interventions.klub.sessions_per_week=2.7", "interventions.klub.session_minutes=85"),
        (
            "interventions.klub.contagion.per_exit={job: 0.2}",
            "interventions.klub.visits.every_weeks=1",
            "displacement=0.5",
        ),
        ("teams.raadgivere.minutes_per_week=0",),
    ),
    "firma": (
        ("interventions.firma.waiting_list=false", "interventions.firma.expires.run_week=12"),
        ("interventions.firma.firm_accepts={2: 0.1, 6: 0.4, 12: 1.0}", "interventions.firma.expires.to_weeks=3"),
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
    "who left on tirsdag is counted among those who wait for a caseworker on søndag": ("praktik",),
}
"""Scenario and settings in which each showed."""
