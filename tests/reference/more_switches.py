"""WHICH RULES OF FURTHER KINDS ARE SWITCHED OFF (see `switches.py`)."""

from __future__ import annotations

MORE = {
    "tilskud": """
        interventions.tilskud.matches_per_week=100.0 interventions.tilskud.matching=null
        interventions.tilskud.length_weeks=6 interventions.tilskud.breakdown=null
        interventions.tilskud.qualifying_weeks=0 interventions.tilskud.private_share=1.0
        interventions.tilskud.direct_hire=0.0 interventions.tilskud.public_hire=0.0 interventions.tilskud.during={}
        interventions.tilskud.after={} interventions.tilskud.after_public={} interventions.tilskud.after_weeks=1
        interventions.tilskud.after_halving_weeks=null interventions.mentor.referral.tidlig.never_ready=0.0
        interventions.mentor.referral.tidlig.push=null interventions.mentor.mentors=2.0 interventions.mentor.hours=1
        interventions.mentor.length_weeks=4 interventions.mentor.only_in=[] interventions.mentor.only_in=[praktik]
        interventions.mentor.during={} interventions.mentor.after=null interventions.mentor.after.halving_weeks=null
        """,
    "vikar": """
        interventions.vikar.referral.tidlig.never_ready=0.0 interventions.vikar.referral.tidlig.push=null
        interventions.vikar.attends=1.0 interventions.vikar.declines=0.0 interventions.vikar.visitation=[]
        interventions.vikar.visitation.1.turned_away={} interventions.vikar.registered_after=0
        interventions.vikar.bureaus.lager.orders_per_week=3.0 interventions.vikar.bureaus.lager.fits=1.0
        interventions.vikar.bureaus.lager.short_notice=0.0 interventions.vikar.bureaus.lager.conversion=0.0
        interventions.vikar.bureaus.lager.hours=20 interventions.vikar.bureaus.kontor.far=0.0
        interventions.vikar.bureaus_each=1 interventions.vikar.takes_short_notice=1.0
        interventions.vikar.takes_far=1.0 interventions.vikar.accepts=1.0 interventions.vikar.quits=0.0
        interventions.vikar.registered={}
        interventions.vikar.registered_halving_weeks=null interventions.vikar.during={} interventions.vikar.after=null
        interventions.vikar.after.halving_weeks=null interventions.vikar.jobcentres.syd.bureaus=null
        interventions.vikar.jobcentres.syd.orders_factor=1.0 interventions.mentor.mentors=5.0
        interventions.mentor.during={}
        """,
    "koord": """
        interventions.penge.talks_at_least=0.9 interventions.penge.arm=kontrol interventions.penge.outreach=null
        interventions.penge.outreach.margin=0.4 interventions.penge.outreach.odds=1.0
        interventions.penge.outreach.minutes=0 interventions.koordineret.need=1.0
        interventions.koordineret.known_at_start=1.0 interventions.koordineret.disclosed_per_talk=0.0
        interventions.koordineret.casework_minutes=0 interventions.koordineret.treatment=0.0
        interventions.koordineret.treatment_weeks=0 interventions.koordineret.offered={"indsats":0.1}
        interventions.koordineret.places=0 interventions.koordineret.places=100 interventions.koordineret.during={}
        interventions.koordineret.treated={} interventions.mentor.only_in=[] interventions.mentor.only_in=[klub]
        """,
    "arbejde": """
        interventions.arbejde.left_minutes=[] interventions.arbejde.left_minutes.0.minutes=100
        interventions.arbejde.left_minutes.1.every_weeks=40 interventions.arbejde.left_minutes.2.every_weeks=1
        interventions.arbejde.left_minutes.2.effects={} interventions.arbejde.left_minutes.2.weeks=1
        interventions.arbejde.left_minutes.2.halving_weeks=null interventions.arbejde.left_minutes.3.effects={}
        interventions.arbejde.caseload=null interventions.arbejde.caseload.reference=3
        interventions.arbejde.caseload.least=0 interventions.arbejde.caseload.most=1000
        interventions.arbejde.continuity=null interventions.arbejde.continuity.weeks=1
        interventions.arbejde.continuity.halving_weeks=null interventions.faelles_arbejde.left_minutes=[]
        interventions.faelles_arbejde.caseload=null interventions.andres_arbejde.continuity=null
        interventions.faelles_arbejde.caseload.exits.education.between_jobcentres=0.0
        interventions.andres_arbejde.left_minutes=[] interventions.andres_arbejde.caseload=null
        interventions.konsulenters_arbejde.left_minutes=[] interventions.fritaget.while_exempt={}
        interventions.raadighed.checked={} interventions.raadighed.checked.taet.every_weeks=3
        interventions.raadighed.checked.lov.weekly=0.0 interventions.raadighed.minutes=0
        interventions.raadighed.not_in=[] interventions.raadighed.not_in=[fritaget] interventions.raadighed.breach=1.0
        interventions.raadighed.follows.0.cut=0.0 interventions.raadighed.follows.1.ended=0.0
        interventions.raadighed.follows=[{}] interventions.raadighed.follows.0.cut_weeks=1
        interventions.raadighed.after_check=null interventions.raadighed.after_warning=null
        interventions.raadighed.after_warning.halving_weeks=null interventions.raadighed.after_sanction=null
        interventions.raadighed.after_sanction.weeks=4 interventions.samtaler.plans.ugentlig.in_state={}
        """,
    "dosis": """
        interventions.samtaler.dose=null interventions.samtaler.dose.exits.education=1.0
        interventions.samtaler.dose.per_month=0.5 interventions.samtaler.dose.mean_life_weeks=20.0
        interventions.samtaler.channels.telefon.effect=1.0 interventions.samtaler.quality.caseworker_sd=0.0
        interventions.samtaler.quality.teams={} interventions.samtaler.quality.teams.aktoer=1.0
        interventions.samtaler.quality.teams.a_kasse=1.0 interventions.kontakt.dose=null
        interventions.kontakt.dose.per_month=5.0 interventions.kontakt.dose.mean_life_weeks=1.0
        interventions.kontakt.channels.gruppe.effect=1.0 interventions.kontakt.quality.teams={}
        teams.kommune.squeeze.effect=1.0 teams.aktoer.dilution=0.0 jobcentres.vest.organisation_model=null
        """,
}
