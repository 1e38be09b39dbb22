"""Outcomes that are of no kind of intervention: exits, states, jobs, staff."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.interventions.contract import Outcome, with_everybody
from simulation.results.monthly import MONTHLY, PAID
from simulation.world.labels import Label

OF_DISPLACEMENT = {
    name: Outcome(
        unit,
        f"{definition}; everybody, whole run, where something is displaced",
        whole_run=True,
        lowest=float("-inf"),
        label=label,
    )
    for name, (label, unit, definition) in {
        "job_intensity_added": (
            Label("Job intensity added, gross", "Tilført jobintensitet, brutto"),
            "per week",
            "Gross: weekly job intensity that interventions add to that of the ledige on benefit, mean over the weeks, "
            "before anything is displaced (as booked in the same run; lock-in counts against it)",
        ),
        "job_intensity_net": (
            Label("Job intensity added, net", "Tilført jobintensitet, netto"),
            "per week", "Net: the same less what is taken from them by displacement",
        ),
        "jobs_added": (
            Label("Extra jobs, gross", "Ekstra job, brutto"),
            "jobs",
            "Gross: jobs that interventions may be expected to add, by the chance of leaving for a job in each week "
            "with their effects and without, before anything is displaced (as booked in the same run)",
        ),
        "jobs_net": (
            Label("Extra jobs, net", "Ekstra job, netto"),
            "jobs", "Net: the same less the jobs that are taken from these ledige by displacement",
        ),
        "jobs_displaced": (
            Label("Jobs displaced", "Fortrængte job"),
            "jobs", "Jobs that are taken from these ledige by displacement (gross less net)",
        ),
        "jobs_displaced_untreated": (
            Label("Jobs displaced, from the untreated", "Fortrængte job, fra de ubehandlede"),
            "jobs", "... of them from ledige in weeks in which no effect on jobs holds for them"
        ),
        "jobs_displaced_elsewhere": (
            Label("Jobs displaced outside the model", "Fortrængte job uden for modellen"),
            "jobs",
            "Jobs that the treatment of these ledige takes from others outside the model, who make up the rest of the "
            "labour market (market_share); an intensity of 1 is counted as a job",
        ),
    }.items()
}  # fmt: skip
"""What interventions add to jobs, and from whom it is taken."""
GENERAL: Mapping[str, Outcome] = {
    **MONTHLY,
    "state_benefit": Outcome(
        "share", "Measured ledige on benefit after so many weeks since enrolment, of those seen", at="states_at",
        label=Label("On benefit", "På ydelse"),
    ),
    "persons_seen": Outcome(
        "persons", "Measured ledige who can be seen after so many weeks since enrolment", at="states_at",
        label=Label("Observed", "Observerede"),
    ),
    "state_out": Outcome(
        "share", "... whose job has ended without a return to benefit", at="states_at",
        label=Label("Job ended, not back on benefit", "Job ophørt, ikke tilbage på ydelse"),
    ),
    "entered_share": Outcome(
        "share",
        "Persons of the intake who were enrolled; the others left benefit before they would have been",
        whole_run=True,
        label=Label("Enrolled, of the intake", "Indskrevne, af tilgangen"),
    ),
    "on_benefit": Outcome(
        "persons", "Measured ledige on benefit at the end of the week, returned ones included", course=True,
        label=Label("Number on benefit", "Antal på ydelse"),
    ),
    "weeks_to_exit": Outcome(
        "weeks", "Mean weeks on benefit until the first exit, counted up to the follow-up",
        label=Label("Time to first exit", "Tid til første afgang"),
    ),
    "weeks_on_benefit": Outcome(
        "weeks",
        "Weeks at whose end she is on benefit, returned ones included, per ledig within the follow-up (or after so "
        "many weeks, by its periods): the sum over weeks of the share on benefit, of those who can be seen in each",
        at="period_ends",
        label=Label("Time on benefit", "Tid på ydelse"),
    ),
    "median_weeks_to_exit": Outcome(
        "weeks",
        "Weeks from enrolment after which half have left benefit for the first time, with censoring, linear within "
        "the week; mean over replications, or where some do not come to it within the follow-up the median of all, in "
        "which those come later (`beyond`)",
        event=True,
        label=Label("Median time to first exit", "Mediantid til første afgang"),
    ),
    **with_everybody(
        "wait_caseworker",
        "Mean weeks from enrolment, change of team or loss of the caseworker until a team had room, of those it took; "
        "everybody, whole run",
        "from enrolment, change of team (not if she waits already) or loss of the caseworker until a team has room",
        Label("a caseworker", "sagsbehandler"),
        whole_run=True,
        on_screen="unless 0",
    ),
    "workplace_share": Outcome(
        "share", "Ledige who were in an offer at a workplace (praktik, løntilskud) at any time within the follow-up",
        label=Label("Ever in an offer at a workplace", "Har været i virksomhedsrettet tilbud"),
    ),
    "workplace_week_share": Outcome(
        "share", "Weeks in an offer at a workplace among weeks on benefit", course=True,
        label=Label("Weeks at a workplace, of weeks on benefit", "Uger i virksomhed, af uger på ydelse"),
    ),
    "praktik_weeks": Outcome(
        "weeks", "Weeks in an offer at a workplace per enrolled ledig within the follow-up",
        label=Label("Time at a workplace, per person", "Tid i virksomhed, pr. person"),
    ),
    "employed_share": Outcome(
        "share", f"Ledige with {PAID} in the week, among those who can be seen in it", course=True,
        label=Label("In paid work", "I beskæftigelse"),
    ),
    "weeks_employed": Outcome(
        "weeks",
        f"Weeks with {PAID}, per enrolled ledig within the follow-up; after so many weeks (`periods`) the sum of "
        "employed_share, so by those who can be seen in each",
        at="period_ends",
        label=Label("Time in paid work", "Tid i beskæftigelse"),
    ),
    "job_ended_13w": Outcome(
        "share",
        "Jobs that first exits within the follow-up led to and that ended within 13 weeks, whatever came then; "
        "watched until the end of the run, with censoring there",
        units="few",
        whole_run=True,
        label=Label("Jobs that ended within 13 weeks", "Job, der ophørte inden 13 uger"),
    ),
    "job_lasts_52w": Outcome(
        "share",
        "Such jobs that last 52 weeks or more without a break; unknown if none could be watched for so long",
        units="few",
        whole_run=True,
        label=Label("Jobs that lasted 52 weeks or more", "Job, der varede mindst 52 uger"),
    ),
    "hours": Outcome(
        "hours",
        "Paid hours in these weeks, all together, per enrolled ledig within the follow-up: in jobs after leaving "
        "benefit, and those worked beside benefit",
        label=Label("Paid work, per person", "Lønnet arbejde, pr. person"),
    ),
    "waiting": Outcome(
        "persons", "Ledige who wait for a team to have room, mean from the first measured enrolment on", whole_run=True,
        label=Label("Waiting for a caseworker", "Venter på en sagsbehandler"),
    ),
    "cases": Outcome(
        "cases", "Cases of the teams, mean over the weeks from the first measured enrolment on", whole_run=True,
        label=Label("Caseload in all", "Sagsstamme i alt"),
    ),
    **OF_DISPLACEMENT,
    "caseload": Outcome(
        "cases",
        "Cases per full-time caseworker (of an arm: of teams that serve it alone), mean over the weeks from the "
        "first measured enrolment on",
        whole_run=True,
        label=Label("Caseload per full-time caseworker", "Sagsstamme pr. fuldtidssagsbehandler"),
    ),
    "caseload_p10": Outcome(
        "cases",
        "A tenth of caseworkers and weeks have fewer cases per full-time caseworker; vacant posts are left out",
        whole_run=True,
        label=Label("Caseload, 10th percentile", "Sagsstamme, 10-percentilen"),
    ),
    "caseload_p90": Outcome(
        "cases", "A tenth of caseworkers and weeks have more cases per full-time caseworker", whole_run=True,
        label=Label("Caseload, 90th percentile", "Sagsstamme, 90-percentilen"),
    ),
    "caseload_max": Outcome(
        "cases", "Most cases per full-time caseworker that any caseworker has in any week", whole_run=True,
        label=Label("Largest caseload", "Største sagsstamme"),
    ),
    "talk_minutes": Outcome(
        "minutes", "Minutes for talks used a week, mean from the first measured enrolment on", whole_run=True,
        label=Label("Time for talks a week", "Samtaletid om ugen"),
    ),
    "staff_fte": Outcome("full-time staff", "Posts, whether they are filled or not", label=Label("Posts", "Normering")),
    "staff_cost": Outcome(
        "DKK",
        "Pay of the teams over the whole run, by their own terms; vacant posts are not paid, substitutes are",
        whole_run=True,
        label=Label("Pay of staff", "Lønudgift"),
    ),
    "vacancy_share": Outcome(
        "share", "Weeks in which a post is vacant, from the first measured enrolment on", units="few", whole_run=True,
        label=Label("Posts vacant", "Ubesatte stillinger"),
    ),
    "absence_share": Outcome(
        "share", "Weeks in which the holder of a filled post is away, whole or in part", units="few", whole_run=True,
        label=Label("Staff away", "Fravær blandt medarbejderne"),
    ),
    "substitute_share": Outcome(
        "share", "Of those weeks, in which a substitute sits there", units="few", whole_run=True,
        label=Label("Absence covered by a substitute", "Fravær dækket af vikar"),
    ),
    "time_talks_share": Outcome(
        "share", "Minutes used for talks that were held, among all that were used; whole run", whole_run=True,
        label=Label("Time for talks that were held", "Tid til afholdte samtaler"),
    ),
    "time_no_show_share": Outcome(
        "share", "... for talks to which nobody came", whole_run=True,
        label=Label("Time lost to no-shows", "Tid tabt på udeblivelser"),
    ),
    "time_preparation_share": Outcome(
        "share", "... for preparing called talks", whole_run=True,
        label=Label("Time for preparation", "Tid til forberedelse"),
    ),
    "time_documentation_share": Outcome(
        "share", "... set aside for notes and registration after called talks", whole_run=True,
        label=Label("Time for notes and registration", "Tid til notater og registrering"),
    ),
    "time_travel_share": Outcome(
        "share", "... on the way to called talks and back; told where a channel has `travel_minutes`", whole_run=True,
        label=Label("Time on the way to talks", "Tid til transport ved samtaler"),
    ),
    "time_outreach_share": Outcome(
        "share", "... to reach and rebook those who did not come to their last talk", whole_run=True,
        label=Label("Time to reach those who did not come", "Tid til at få fat i de udeblevne"),
    ),
    "time_other_share": Outcome(
        "share",
        "... for everything else: matching, clubs, offers, sitting in at joint talks, uses of minutes that talks left",
        whole_run=True,
        label=Label("Time for everything else", "Tid til alt andet"),
    ),
    "utilisation_peak": Outcome(
        "share", "Minutes for talks used among those there were, in the busiest week", whole_run=True,
        label=Label("Talk time used, busiest week", "Udnyttelse af samtaletid, travleste uge"),
    ),
    "utilisation": Outcome(
        "share", "Minutes for talks used among those there were, from the first measured enrolment on", whole_run=True,
        label=Label("Talk time used", "Udnyttelse af samtaletid"),
    ),
}
"""By name; beside them there are exits and states by destination. What does not say that it is of the whole run, nor is
counted by month, is of the follow-up of those who are measured, however long the run is watched."""
