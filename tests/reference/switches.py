"""WHICH RULES ARE SWITCHED OFF, one at a time, to see that they matter in the comparison of the two engines."""

from __future__ import annotations

from .more_switches import MORE

SWITCHES = MORE | {
    "bemanding": """
        teams.foerste.caseworkers=null teams.foerste.caseload=pooled teams.foerste.substitution=none
        teams.foerste.substitution=absence teams.anden.substitution=none teams.foerste.shared_knowledge=0.0
        teams.foerste.at_limit=wait teams.foerste.reopens_at=1.0 teams.anden.at_limit=wait
        teams.foerste.overflow_to=tredje
        teams.foerste.absence={} teams.foerste.absence.kort.share=0.0 teams.foerste.absence.kort.part=1.0
        teams.foerste.absence.lang.cover_after=null teams.foerste.absence.lang.cover_after=1
        teams.anden.absence.kort.cover_after=null teams.tredje.absence={} teams.partner.absence={}
        teams.foerste.turnover=null teams.foerste.turnover.share_out=false teams.foerste.turnover.vacancy_weeks=0
        teams.tredje.turnover=null
        teams.foerste.learning=null teams.foerste.learning.minutes=1.0 teams.foerste.learning.effect=1.0
        teams.anden.learning.effect=1.0 teams.foerste.squeeze=null teams.foerste.squeeze.shortest=0.7
        teams.foerste.squeeze.effect=1.0 teams.tredje.squeeze=null
        interventions.samtaler.channels.personlig.preparation_minutes=0
        interventions.samtaler.channels.personlig.documentation_minutes=0
        interventions.samtaler.need.behov=["mellem"]
        interventions.samtaler.quality.caseload=null interventions.samtaler.quality.caseload.most=1.0
        interventions.samtaler.quality.continuity=null interventions.samtaler.quality.continuity.full_after=1
        interventions.samtaler.quality.fatigue=null interventions.samtaler.quality.fatigue.stagnant_after=3
        interventions.samtaler.quality.fatigue.builds_over=1 interventions.samtaler.quality.caseworker_sd=0.0
        interventions.samtaler.quality.jobcentre_sd=0.0 interventions.kontakt.quality={}
        jobcentres.syd.teams.foerste.caseworkers=4 jobcentres.syd.teams.anden.reopens_at=1.0
        jobcentres.syd.teams.tredje.at_limit=wait jobcentres.syd.teams.tredje.caseload=pooled
        organisation_models.samlet.teams.anden.done_by=null
        """,
    "lister": """
        interventions.samtaler.plans.elleve.before=null
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
        interventions.samtaler.attendance.between_jobcentres=0.0
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
        interventions.praktik.self_found=0.3
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
        interventions.samtaler.plans.ugentlig.before=null
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
        interventions.firma.matching=null
        interventions.firma.matching.minutes=10
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
    "syge": """
        interventions.opfoelgning.plans.lov.not_in=[] interventions.opfoelgning.plans.lov.in_state={}
        interventions.opfoelgning.plans.psykisk.until_week=null interventions.opfoelgning.plans.psykisk.then=null
        interventions.opfoelgning.plans.hos_kontakt.until_week=null
        interventions.opfoelgning.effects={}
        interventions.opfoelgning.attendance.rebooking_minutes=0
        interventions.opfoelgning.priority=lot
        interventions.kontaktsamtaler.plans.ugentlig.until_week=null
        interventions.kontaktsamtaler.plans.ugentlig.not_in=[]
        interventions.kontaktsamtaler.plans.ugentlig.in_state={}
        interventions.kontaktsamtaler.plans.ugentlig.before=null
        interventions.kontaktsamtaler.plans.ugentlig.first_week=1
        interventions.kontaktsamtaler.plans.hver_anden.levels={}
        interventions.kontaktsamtaler.plans.hver_anden.other_channel=null
        interventions.kontaktsamtaler.plans.hver_anden.in_state={}
        interventions.kontaktsamtaler.plans.hver_anden.then=null
        interventions.kontaktsamtaler.channels.telefon.effect=1.0
        interventions.kontaktsamtaler.effects={}
        interventions.kontaktsamtaler.window_weeks=3
        interventions.kontaktsamtaler.halving_talks=null
        interventions.kontaktsamtaler.attendance.rebooking_minutes=0
        interventions.fritaget.grounds=0.0
        interventions.fritaget.course_week=0
        interventions.fritaget.recorded={"indsats":0.9}
        interventions.fritaget.widened=null
        interventions.fritaget.widened.run_week=30
        interventions.raskmelding.levels={}
        interventions.raskmelding.begins={"indsats":0.12}
        interventions.raskmelding.from_week=0
        interventions.raskmelding.hours={"0":8}
        interventions.raskmelding.relapses=0.0
        interventions.raskmelding.effects={}
        interventions.revurdering.week=40
        interventions.revurdering.changes=[]
        interventions.revurdering.changes.0.run_week=20 interventions.revurdering.changes.1.week=16
        interventions.revurdering.extended=1.0
        interventions.revurdering.extension_weeks=3
        interventions.revurdering.ends_to={"kontanthjaelp":1.0}
        interventions.revurdering.before=null
        interventions.revurdering.before.weeks=1
        exits.gammelt_job.job_spells=null exits.gammelt_job.job_spells.returns=1.0 exits.fleksjob.job_spells=null
        exits.fleksjob.job_spells.hours=20 job_spells=null job_spells.beside_benefit=null intake.leaves_before=0.0
        intake.earlier=null intake.earlier.jobcentres=null organisation_model=null organisation_model=samlet
        jobcentres.syd.organisation_model=null jobcentres.syd.teams={}
        organisation_models.samlet.teams.kontakt.done_by=null organisation_models.samlet.teams.laege.done_by=null
        organisation_models.samlet.teams.sagsbehandlere.dilution=null
        organisation_models.delt.teams.specialister.done_by=null teams.kontakt.caseload=pooled
        """,
    "fleks": """
        interventions.syg.at_entry=0.0
        interventions.syg.begins=0.0
        interventions.syg.length_weeks=1
        interventions.formidling.attention=1.0
        interventions.formidling.motivated=1.0
        interventions.formidling.accepts.motivated=1.0 interventions.formidling.accepts.unmotivated=0.7
        interventions.formidling.factors={}
        interventions.formidling.factors.ventetid={} interventions.formidling.opens_by_weeks=null
        interventions.formidling.tailoring=null
        interventions.formidling.tailoring.minutes=0 interventions.formidling.tailoring.factor=1.0
        interventions.formidling.trial_weeks=1
        interventions.formidling.offer_after_trial=1.0
        interventions.formidling.pension.weeks=1 interventions.formidling.pension.awarded=1.0
        interventions.formidling.during={}
        interventions.formidling.brokers.aktoer.start=null interventions.formidling.brokers.aktoer.start.strength=1.0
        interventions.formidling.brokers.aktoer.start.weeks=0
        interventions.formidling.brokers.aktoer.start.from_week=0
        interventions.formidling.brokers.aktoer.clarification_weeks=0
        interventions.formidling.brokers.aktoer.no_match=0.0 interventions.formidling.brokers.aktoer.returned=0.0
        interventions.formidling.brokers.aktoer.approach_minutes=30
        interventions.formidling.brokers.aktoer.jobcentres={} interventions.formidling.brokers.aktoer.trial=0.0
        interventions.formidling.brokers.aktoer.motivates=0.0 interventions.formidling.brokers.aktoer.leaves_work=null
        interventions.formidling.brokers.aktoer.leaves_work.start=0
        interventions.formidling.brokers.aktoer.leaves_work.weekly=0
        interventions.formidling.brokers.aktoer.leaves_work.trial=0
        interventions.formidling.brokers.aktoer.leaves_work.job=0
        interventions.formidling.brokers.aktoer.leaves_work.job_end=0
        interventions.formidling.brokers.aktoer.leaves_work.returned=0
        interventions.formidling.brokers.kommune.jobcentres={}
        interventions.formidling.brokers.kommune.leaves_work=null
        interventions.samtaler.plans.alle.in_state={} interventions.samtaler.plans.alle.in_offer=null
        interventions.samtaler.plans.alle.in_offer={"praktik":"brev","formidling":null}
        interventions.samtaler.effects={}
        interventions.praktik.direct_hire=0.0 interventions.praktik.hires_to=fleksjob
        interventions.praktik.beside=[formidling] interventions.formidling.beside=[praktik]
        allocation=drawn jobcentres.syd.organisation_model=null exits.fleksjob.job_spells.returns=1.0
        """,
    "pakke": """
        interventions.syg.at_entry=0.0
        interventions.syg.begins=0.0
        interventions.syg.length_weeks=1
        interventions.fritaget.grounds=0.0
        interventions.fritaget.recorded={"tidlig":0.8}
        interventions.tilbud.referral.tidlig.never_ready=0.0 interventions.tilbud.referral.tidlig.push=null
        interventions.tilbud.hours_per_week=4
        interventions.tilbud.until_week=40
        interventions.tilbud.not_in=[]
        interventions.tilbud.during={}
        interventions.tilbud.after=null
        interventions.tilbud.after.weeks=1 interventions.tilbud.after.halving_weeks=null
        interventions.tilbud.parts.motion.places=100 interventions.tilbud.parts.motion.referral_minutes=0
        interventions.tilbud.parts.motion.effects={} interventions.tilbud.parts.fysio_ergo.places=100
        interventions.tilbud.parts.fysio_ergo.referral_minutes=0 interventions.tilbud.parts.fysio_ergo.effects={}
        interventions.tilbud.parts.psykolog.places=100 interventions.tilbud.parts.psykolog.referral_minutes=0
        interventions.tilbud.parts.psykolog.effects={}
        interventions.tilbud.parts.kursus.places=100 interventions.tilbud.parts.kursus.referral_minutes=0
        interventions.tilbud.parts.fysio_ergo.setup_weeks=0 interventions.tilbud.parts.psykolog.setup_weeks=0
        interventions.tilbud.parts.kursus.setup_weeks=0
        interventions.tilbud.bundles.order.psykisk=[motion] interventions.tilbud.bundles.order.fysisk=[]
        interventions.kontaktsamtaler.plans.alle.in_state={}
        interventions.opfoelgning.plans.lov.not_in=[] interventions.opfoelgning.plans.lov.before=null
        jobcentres.vest.teams={} teams.sagsbehandlere.caseload_limit=1000000
        """,
}
"""What is switched off, one rule at a time, so that some life is another."""
