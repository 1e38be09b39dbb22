"""Outcomes that are of no kind of intervention: exits, states, jobs, staff."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.interventions.contract import Outcome, with_everybody
from simulation.results.monthly import MONTHLY, PAID

OF_DISPLACEMENT = {
    name: Outcome(
        unit,
        f"{definition}; everybody, whole run, where something is displaced",
        whole_run=True,
        lowest=float("-inf"),
    )
    for name, (unit, definition) in {
        "job_intensity_added": (
            "per week",
            "Gross: weekly job intensity that interventions add to that of the ledige on benefit, mean over the weeks, "
            "before anything is displaced (as booked in the same run; lock-in counts against it)",
        ),
        "job_intensity_net": ("per week", "Net: the same less what is taken from them by displacement"),
        "jobs_added": (
            "jobs",
            "Gross: jobs that interventions may be expected to add, by the chance of leaving for a job in each week "
            "with their effects and without, before anything is displaced (as booked in the same run)",
        ),
        "jobs_net": ("jobs", "Net: the same less the jobs that are taken from these ledige by displacement"),
        "jobs_displaced": ("jobs", "Jobs that are taken from these ledige by displacement (gross less net)"),
        "jobs_displaced_untreated": (
            "jobs", "... of them from ledige in weeks in which no effect on jobs holds for them"
        ),
        "jobs_displaced_elsewhere": (
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
        "share", "Measured ledige on benefit after so many weeks since enrolment, of those seen", at="states_at"
    ),
    "persons_seen": Outcome(
        "persons", "Measured ledige who can be seen after so many weeks since enrolment", at="states_at"
    ),
    "state_out": Outcome("share", "... whose job has ended without a return to benefit", at="states_at"),
    "entered_share": Outcome(
        "share",
        "Persons of the intake who were enrolled; the others left benefit before they would have been",
        whole_run=True,
    ),
    "on_benefit": Outcome(
        "persons", "Measured ledige on benefit at the end of the week, returned ones included", course=True
    ),
    "weeks_to_exit": Outcome("weeks", "Mean weeks on benefit until the first exit, counted up to the follow-up"),
    "weeks_on_benefit": Outcome(
        "weeks",
        "Weeks at whose end she is on benefit, returned ones included, per ledig within the follow-up (or after so "
        "many weeks, by its periods): the sum over weeks of the share on benefit, of those who can be seen in each",
        at="period_ends",
    ),
    "median_weeks_to_exit": Outcome(
        "weeks",
        "Weeks from enrolment after which half have left benefit for the first time, with censoring, linear within "
        "the week; mean over replications, or where some do not come to it within the follow-up the median of all, in "
        "which those come later (`beyond`)",
        event=True,
    ),
    **with_everybody(
        "wait_caseworker",
        Outcome(
            "weeks",
            "Mean weeks from enrolment, change of team or loss of the caseworker until a team had room, of those it "
            "took; everybody, whole run",
            whole_run=True,
        ),
        "from enrolment, change of team (not if she waits already) or loss of the caseworker until a team has room",
        on_screen="unless 0",
    ),
    "workplace_share": Outcome(
        "share", "Ledige who were in an offer at a workplace (praktik, løntilskud) at any time within the follow-up"
    ),
    "workplace_week_share": Outcome("share", "Weeks in an offer at a workplace among weeks on benefit", course=True),
    "praktik_weeks": Outcome("weeks", "Weeks in an offer at a workplace per enrolled ledig within the follow-up"),
    "employed_share": Outcome(
        "share", f"Ledige with {PAID} in the week, among those who can be seen in it", course=True
    ),
    "weeks_employed": Outcome(
        "weeks",
        f"Weeks with {PAID}, per enrolled ledig within the follow-up; after so many weeks (`periods`) the sum of "
        "employed_share, so by those who can be seen in each",
        at="period_ends",
    ),
    "job_ended_13w": Outcome(
        "share",
        "Jobs that first exits within the follow-up led to and that ended within 13 weeks, whatever came then; "
        "watched until the end of the run, with censoring there",
        units="few",
        whole_run=True,
    ),
    "job_lasts_52w": Outcome(
        "share",
        "Such jobs that last 52 weeks or more without a break; unknown if none could be watched for so long",
        units="few",
        whole_run=True,
    ),
    "hours": Outcome(
        "hours",
        "Paid hours in these weeks, all together, per enrolled ledig within the follow-up: in jobs after leaving "
        "benefit, and those worked beside benefit",
    ),
    "waiting": Outcome(
        "persons", "Ledige who wait for a team to have room, mean from the first measured enrolment on", whole_run=True
    ),
    "cases": Outcome(
        "cases", "Cases of the teams, mean over the weeks from the first measured enrolment on", whole_run=True
    ),
    **OF_DISPLACEMENT,
    "caseload": Outcome(
        "cases",
        "Cases per full-time caseworker (of an arm: of teams that serve it alone), mean over the weeks from the "
        "first measured enrolment on",
        whole_run=True,
    ),
    "caseload_p10": Outcome(
        "cases",
        "A tenth of caseworkers and weeks have fewer cases per full-time caseworker; vacant posts are left out",
        whole_run=True,
    ),
    "caseload_p90": Outcome(
        "cases", "A tenth of caseworkers and weeks have more cases per full-time caseworker", whole_run=True
    ),
    "caseload_max": Outcome(
        "cases", "Most cases per full-time caseworker that any caseworker has in any week", whole_run=True
    ),
    "talk_minutes": Outcome(
        "minutes", "Minutes for talks used a week, mean from the first measured enrolment on", whole_run=True
    ),
    "staff_fte": Outcome("full-time staff", "Posts, whether they are filled or not"),
    "staff_cost": Outcome(
        "DKK",
        "Pay of the teams over the whole run, by their own terms; vacant posts are not paid, substitutes are",
        whole_run=True,
    ),
    "vacancy_share": Outcome(
        "share", "Weeks in which a post is vacant, from the first measured enrolment on", units="few", whole_run=True
    ),
    "absence_share": Outcome(
        "share", "Weeks in which the holder of a filled post is away, whole or in part", units="few", whole_run=True
    ),
    "substitute_share": Outcome(
        "share", "Of those weeks, in which a substitute sits there", units="few", whole_run=True
    ),
    "time_talks_share": Outcome(
        "share", "Minutes used for talks that were held, among all that were used; whole run", whole_run=True
    ),
    "time_no_show_share": Outcome("share", "... for talks to which nobody came", whole_run=True),
    "time_preparation_share": Outcome("share", "... for preparing called talks", whole_run=True),
    "time_documentation_share": Outcome(
        "share", "... set aside for notes and registration after called talks", whole_run=True
    ),
    "time_outreach_share": Outcome(
        "share", "... to reach and rebook those who did not come to their last talk", whole_run=True
    ),
    "time_other_share": Outcome(
        "share",
        "... for everything else: matching, clubs, offers, sitting in at joint talks, uses of minutes that talks left",
        whole_run=True,
    ),
    "utilisation_peak": Outcome(
        "share", "Minutes for talks used among those there were, in the busiest week", whole_run=True
    ),
    "utilisation": Outcome(
        "share", "Minutes for talks used among those there were, from the first measured enrolment on", whole_run=True
    ),
}
"""By name; beside them there are exits and states by destination. What does not say that it is of the whole run, nor is
counted by month, is of the follow-up of those who are measured, however long the run is watched."""
OF_DESTINATIONS = {
    "any": "wherever it leads",
    "job": "a job, with competing exits and censoring", "education": "ordinary education", "other": "anything else",
}  # fmt: skip
"""What is said of destinations that most scenarios have, and of any of them."""
LOG_RATIO, NO_END = "log hazard ratio", float("-inf")


def of_destination(name: str) -> dict[str, Outcome]:
    """The outcomes of a destination of exits, and those of `any`."""
    where = OF_DESTINATIONS.get(name, name)
    exits = "Cumulative incidence of a first exit"
    to = f"first exits, {where}" if name == "any" else f"first exits to {where.partition(',')[0]}"
    printed = f"Standard error of log_hazard_ratio_{name} that an evaluator would print"
    between = "how far jobcentres differ, the luck of small numbers taken off"
    outcomes = {
        f"exit_{name}": Outcome("share", f"{exits} to {where}", cumulative=True),
        f"state_{name}": Outcome("share", f"... who left to {name}, for good or in a job that goes on", at="states_at"),
        f"log_hazard_ratio_{name}": Outcome(
            LOG_RATIO,
            f"Logarithm of the hazard ratio of {to}: the first arm against the second (Cox, ties by Efron; other exits "
            "and the end of the run censor), over the follow-up; after so many weeks (`periods`) that of the period "
            "which ends then",
            lowest=NO_END, at="periods",
        ),
        f"hazard_error_naive_{name}": Outcome(
            LOG_RATIO, f"{printed}, naive: as if every ledig were a draw of her own", lowest=NO_END, at="periods"
        ),
        f"hazard_error_clustered_{name}": Outcome(
            LOG_RATIO,
            f"{printed}, clustered by jobcentre (sandwich of Lin and Wei, without a factor for few jobcentres)",
            lowest=NO_END, at="periods",
        ),
        f"variance_of_effect_{name}": Outcome(
            f"{LOG_RATIO} squared",
            f"Variance between jobcentres of the log hazard ratio of {to}: {between} (DerSimonian and Laird, one-step "
            "estimates); may be below 0 by luck, so that its mean is right",
            lowest=NO_END,
        ),
        f"spread_of_effect_{name}": Outcome(
            LOG_RATIO,
            f"Root of variance_of_effect_{name}, 0 where that is below: the standard deviation between jobcentres that "
            "one trial would print, on average too large where there is much luck",
            lowest=NO_END,
        ),
        f"variance_of_exit_{name}": Outcome(
            "share squared",
            f"Variance between jobcentres of the share with a first exit within the follow-up ({name}), of those who "
            f"can be seen to its end: {between} (moments); may be below 0 by luck, so that its mean is right",
            lowest=NO_END,
        ),
        f"spread_of_exit_{name}": Outcome(
            "share",
            f"Root of variance_of_exit_{name}, 0 where that is below: the standard deviation between jobcentres that "
            "one trial would print, on average too large where there is much luck",
            units="few",
        ),
    }  # fmt: skip
    if name == "any":
        outcomes[f"exit_{name}"] = Outcome("share", f"{exits} from benefit, wherever to", cumulative=True)
        del outcomes[f"state_{name}"]
    return outcomes
