"""SETTINGS IN WHICH THE TWO ENGINES ARE COMPARED beside those of the scenarios themselves, and faults once found."""

from __future__ import annotations

VARIANTS = {
    "ydelser": (
        ("benefits.jobafklaring.by_block={0: 0.2, 3: 0, 6: 0.5, 15: 0.3}", "intake.by_block={0: 0.6, 9: 0.4}"),
        ("benefits.sygedagpenge.by_block={0: 0.5, 1: 0.1, 12: 0.4}", "intake.leaves_before=0.05"),
        (
            "benefits.sygedagpenge.by_block={0: 0.5, 2: 0.2, 4: 0.3}", "intake.arrivals=even", "intake.weeks=16",
            "intake.persons=30", "jobcentres.syd.persons=30",
        ),
    ),
    "praktik": (("interventions.praktik.self_found=0.3", "interventions.praktik.places=2"),),
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
        ("intake.elapsed_by={of: alder, weeks: {aeldre: {0: 0.4, 12: 0.6}}}",),
        ("interventions.firma.waiting_list=false", "interventions.firma.expires.run_week=12"),
        ("interventions.praktik.matching={team: konsulenter, minutes: 50}", "teams.konsulenter.minutes_per_week=110"),
        ("interventions.firma.firm_accepts={2: 0.1, 6: 0.4, 12: 1.0}", "interventions.firma.expires.to_weeks=3"),
    ),
    "syge": (
        (
            "intake.earlier=null",
            "intake.elapsed_by={of: diagnose, weeks: {psykisk: {0: 0.4, 5: 0.3, 12: 0.3}, fysisk: 2}}",
        ),
        (
            "interventions.opfoelgning.attendance.between_jobcentres=0.9",
            "interventions.kontaktsamtaler.attendance.between_jobcentres=1.4",
        ),
        (
            "interventions.opfoelgning.plans.lov.in_state_from=14",
            "interventions.kontaktsamtaler.plans.ugentlig.in_state_from=9",
        ),
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
        (
            "interventions.praktik.beside=[formidling]",
            "interventions.praktik.hires_to=fleksjob",
            "interventions.praktik.places=9",
            "interventions.praktik.matches_per_week=3.0",
            "interventions.samtaler.plans.alle.in_offer={formidling: null, praktik: brev}",
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
    "tilskud": (
        ("interventions.tilskud.self_found=0.4", "interventions.praktik.self_found=0.2"),
        (
            "interventions.tilskud.waiting_list=false",
            "interventions.tilskud.repeat=null",
            "interventions.mentor.only_in=[]",
            "displacement=0.5",
        ),
        (
            "interventions.koordineret={kind: koordineret_indsats, need: 0.6, known_at_start: 0.4, "
            "disclosed_per_talk: 0.2, casework_minutes: 15, treatment: 0.7, treatment_weeks: {2: 0.5, 9: 0.5}, "
            "offered: {tidlig: 0.5, uden: 0.9}, places: 3}",
            "interventions.mentor.hours={0: 0.3, 2: 0.7}",
            "interventions.mentor.after.effects={job: 0.0}",
        ),
    ),
    "vikar": (
        (
            "interventions.vikar.jobcentres={nord: {bureaus: [pleje, lager]}, vest: {orders_factor: 0.0}}",
            "interventions.vikar.registered_after=0",
            "interventions.mentor.only_in=[vikar, praktik]",
            "interventions.vikar.quits=0.5",
        ),
        (
            "interventions.vikar.bureaus.kontor.orders_per_week=20.0",
            "interventions.vikar.bureaus.lager.orders_per_week=20.0",
            "interventions.vikar.accepts=0.3",
            "interventions.syg={kind: sygdom, at_entry: 0.1, begins: 0.05, length_weeks: {1: 0.5, 4: 0.5}}",
            "displacement=0.4",
        ),
    ),
    "arbejde": (
        ("teams.egne.caseload=pooled", "interventions.raadighed.minutes=0", "teams.faelles.caseworkers=1"),
        (
            "teams.egne.substitution=busy",
            "teams.egne.at_limit=exceed",
            "teams.egne.absence={}",
            "interventions.praktik.matching=null",
            "interventions.konsulenters_arbejde.team=anden",
            "interventions.andres_arbejde.caseload=null",
            "interventions.raadighed.not_in=[]",
        ),
        (
            "interventions.praktik={kind: virksomhedsforloeb, referral: {taet: {ready_week: 1, weekly: 0.3}}, "
            "matches_per_week: 0.5, length: {from_weeks: 2, to_weeks: 5}, firm_accepts: {2: 0.3, 6: 0.8}, "
            "self_found: 0.1, gives_up: 0.05, during: {job: 0.5}}",
            "interventions.raadighed.follows=[{cut: 0.9, cut_weeks: 1}]",
            "displacement=0.5",
        ),
    ),
    "koord": (
        (
            "interventions.samtaler.priority=newest_first",
            "interventions.koordineret.treatment_weeks=0",
            "interventions.koordineret.known_at_start=0.0",
            "interventions.penge.outreach.odds=0.3",
        ),
        (
            "interventions.anden={kind: incitament, arm: kontrol, talks_at_least: 0.4, activated_at_least: 0.1, "
            "from_course_week: 0, for_weeks: 9, outreach: {margin: 0.2, odds: 2.0, minutes: 4}}",
            "interventions.koordineret.offered={kontrol: 1.0}",
            "interventions.mentor.only_in=[]",
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
    "the gain of a completed løntilskud goes by the employer of a later one that was broken off": (
        "tilskud",
        "interventions.tilskud.repeat={gap_weeks: 0}",
        "interventions.tilskud.breakdown={weekly: 0.3, setback_weeks: 6}",
        "interventions.tilskud.after={job: 8.0}",
        "interventions.tilskud.after_public={job: 0.2}",
        "interventions.tilskud.after_weeks=30",
        "interventions.tilskud.places=30",
        "interventions.tilskud.matches_per_week=10.0",
        "interventions.tilskud.matching=null",
    ),
}
"""Scenario and settings in which each showed."""
