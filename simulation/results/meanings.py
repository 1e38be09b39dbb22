"""What every outcome means: its unit and its definition, by its name."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.scenario.schema import Scenario


@dataclass(frozen=True)
class Meaning:
    """What an outcome is. `clock` is what its courses run over."""

    unit: str
    definition: str
    clock: str = "week"


MEANINGS: dict[str, Meaning] = {
    "exit_job": Meaning("share", "Cumulative incidence of a first exit to a job, with competing exits and censoring"),
    "exit_education": Meaning("share", "Cumulative incidence of a first exit to ordinary education"),
    "exit_other": Meaning("share", "Cumulative incidence of a first exit to anything else"),
    "exit_any": Meaning("share", "Cumulative incidence of a first exit from benefit, wherever to"),
    "state_benefit": Meaning("share", "Measured ledige on benefit after so many weeks since enrolment, of those seen"),
    "persons_seen": Meaning("persons", "Measured ledige who can be seen after so many weeks since enrolment"),
    "state_out": Meaning("share", "... whose job has ended without a return to benefit"),
    "entered_share": Meaning(
        "share", "Persons of the intake who were enrolled; the others left benefit before they would have been"
    ),
    "on_benefit": Meaning("persons", "Measured ledige on benefit at the end of the week, returned ones included"),
    "weeks_to_exit": Meaning("weeks", "Mean weeks on benefit until the first exit, counted up to the follow-up"),
    "median_weeks_to_exit": Meaning(
        "weeks",
        "Weeks from enrolment after which half have left benefit for the first time, with censoring, linear within the "
        "week; unknown if fewer have within the follow-up (a mean is of the replications in which half have)",
    ),
    "talk_share": Meaning(
        "share", "Weeks with a held talk among weeks on benefit, from the first week after enrolment"
    ),
    "talks_held": Meaning("talks", "Weeks with a held talk per enrolled ledig within the follow-up"),
    "talks_stayers": Meaning("talks", "Held talks per ledig who is on benefit for the whole follow-up"),
    "phone_share": Meaning("share", "Held talks that were in another channel than the plan's first, among held talks"),
    "no_show_share": Meaning("share", "Called talks to which the ledig did not come (udeblivelse)"),
    "no_time_share": Meaning(
        "share", "Due talks refused because the caseworkers' minutes were used up; everybody, whole run"
    ),
    "no_caseworker_share": Meaning(
        "share", "Due talks, week by week, of ledige whom no team had room for yet; everybody, whole run"
    ),
    "no_partner_share": Meaning(
        "share",
        "Due talks refused because the other party (a-kasse, jobkonsulent) had no time; everybody, whole run",
    ),
    "not_booked_share": Meaning(
        "share",
        "Due talks that the ledig should have booked herself that week and did not; everybody, whole run",
    ),
    "overtaken_share": Meaning(
        "share",
        "Talks dropped because the next listed one fell due, among talks that fell due; everybody, whole run",
    ),
    "on_time_share": Meaning(
        "share",
        "Talks held in the week in which they fell due, among talks that fell due; everybody, whole run",
    ),
    "called_on_time_share": Meaning(
        "share",
        "Talks for which staff had time in the week in which they fell due (whether or not the ledig came), among "
        "talks that fell due, without those that the ledig should have booked herself and did not; everybody, whole "
        "run",
    ),
    "away_share": Meaning(
        "share",
        "Due talks refused because nobody was at work at the caseworker's desk (absent, or the post vacant) and no "
        "colleague held them; everybody, whole run",
    ),
    "covered_share": Meaning(
        "share",
        "Talks held by a colleague or a substitute, among those and the talks refused because nobody was at work at "
        "the desk; everybody, whole run",
    ),
    "continuity_share": Meaning(
        "share",
        "Held talks that were with the same person as the ledig's last one, among held talks after her first; followed "
        "where some have cases of their own, staff is away or leaves, or a talk's worth depends on who holds it; "
        "everybody, whole run",
    ),
    "backlog": Meaning(
        "talks",
        "Talks that are due at the end of a week and for which staff had no time, mean over the weeks of the run",
    ),
    "talk_gap": Meaning("weeks", "Mean weeks from one held talk to the next within the follow-up"),
    "wait_first_talk": Meaning("weeks", "Mean weeks from enrolment to the first held talk, of those who had one"),
    "wait_caseworker": Meaning(
        "weeks",
        "Mean weeks from enrolment, change of team or loss of the caseworker until a team had room, of those it took; "
        "everybody, whole run",
    ),
    "workplace_share": Meaning(
        "share", "Ledige who were in an offer at a workplace (praktik, løntilskud) at any time within the follow-up"
    ),
    "workplace_week_share": Meaning("share", "Weeks in an offer at a workplace among weeks on benefit"),
    "praktik_weeks": Meaning("weeks", "Weeks in an offer at a workplace per enrolled ledig within the follow-up"),
    "wait_praktik": Meaning(
        "weeks",
        "Mean weeks from referral to the start of praktik, of those who started; everybody, whole run",
    ),
    "employed_share": Meaning(
        "share", "Ledige in a job after leaving benefit, among those who can be seen in the week"
    ),
    "weeks_employed": Meaning("weeks", "Weeks in a job after leaving benefit, per enrolled ledig within the follow-up"),
    "job_ended_13w": Meaning(
        "share",
        "Jobs that first exits within the follow-up led to and that ended within 13 weeks, whatever came then; watched "
        "until the end of the run, with censoring there",
    ),
    "job_lasts_52w": Meaning(
        "share",
        "Such jobs that last 52 weeks or more without a break; unknown if none could be watched for so long",
    ),
    "hours": Meaning("hours", "Hours in such jobs per enrolled ledig within the follow-up"),
    "observed_month": Meaning("persons", "Referred ledige who can be seen for the whole month", "month"),
    "employed_month": Meaning(
        "share", "Referred ledige with one paid hour or more in the month, among those seen for all of it", "month"
    ),
    "employed_net_month": Meaning(
        "share",
        "employed_month less that of month 0, the month of referral, of all referred (a parallel shift)",
        "month",
    ),
    "hours_month": Meaning("hours", "Mean paid hours in the month (of 52/12 weeks) of those employed in it", "month"),
    "benefit_month": Meaning("share", "Referred ledige on benefit at the end of the month, among those seen", "month"),
    "job_month": Meaning("share", "Referred ledige in a job without benefit at the end of the month", "month"),
    "elsewhere_month": Meaning(
        "share", "Referred ledige neither on benefit nor in a job at the end of the month", "month"
    ),
    "ever_employed": Meaning(
        "share", "Referred ledige with one paid hour or more in any week seen since referral (unequal follow-up)"
    ),
    "hours_employed": Meaning(
        "hours", "Mean paid hours a month over all months from 1 on in which a ledig was employed"
    ),
    "waiting": Meaning("persons", "Ledige who wait for a team to have room, mean from the first measured enrolment on"),
    "cases": Meaning("cases", "Cases of the teams, mean over the weeks from the first measured enrolment on"),
    "caseload": Meaning(
        "cases",
        "Cases per full-time caseworker (of an arm: of teams that serve it alone), mean over the weeks from the first "
        "measured enrolment on",
    ),
    "caseload_p10": Meaning(
        "cases", "A tenth of caseworkers and weeks have fewer cases per full-time caseworker; vacant posts are left out"
    ),
    "caseload_p90": Meaning("cases", "A tenth of caseworkers and weeks have more cases per full-time caseworker"),
    "caseload_max": Meaning("cases", "Most cases per full-time caseworker that any caseworker has in any week"),
    "talk_minutes": Meaning("minutes", "Minutes for talks used a week, mean from the first measured enrolment on"),
    "staff_fte": Meaning("full-time staff", "Posts, whether they are filled or not"),
    "staff_cost": Meaning(
        "DKK", "Pay of the teams over the whole run, by their own terms; vacant posts are not paid, substitutes are"
    ),
    "vacancy_share": Meaning("share", "Weeks in which a post is vacant, from the first measured enrolment on"),
    "absence_share": Meaning("share", "Weeks in which the holder of a filled post is away, whole or in part"),
    "substitute_share": Meaning("share", "Of those weeks, in which a substitute sits there"),
    "time_talks_share": Meaning("share", "Minutes used for talks that were held, among all that were used; whole run"),
    "time_no_show_share": Meaning("share", "... for talks to which nobody came"),
    "time_preparation_share": Meaning("share", "... for preparing called talks"),
    "time_documentation_share": Meaning("share", "... set aside for notes and registration after called talks"),
    "time_outreach_share": Meaning("share", "... to reach and rebook those who did not come to their last talk"),
    "time_other_share": Meaning("share", "... for everything else: matching, clubs, offers, sitting in at joint talks"),
    "utilisation_peak": Meaning("share", "Minutes for talks used among those there were, in the busiest week"),
    "utilisation": Meaning(
        "share", "Minutes for talks used among those there were, from the first measured enrolment on"
    ),
}
"""Every outcome; `exit_<destination>` exists for whatever destinations a scenario has."""


def meaning(outcome: str, scenario: Scenario) -> Meaning:
    """What an outcome of a scenario is: a general one, an intervention's, or an exit of the scenario's own."""
    if outcome in MEANINGS:
        return MEANINGS[outcome]
    for name, intervention in scenario.interventions.items():
        if (what := outcome.removeprefix(f"{name}_")) in intervention.outcomes:
            unit, definition = intervention.outcomes[what]
            return Meaning(unit, f"{name}: {definition}")
    if outcome.startswith("state_"):
        return Meaning("share", f"... who left to {outcome.removeprefix('state_')}, for good or in a job that goes on")
    return Meaning("share", f"Cumulative incidence of a first exit to {outcome.removeprefix('exit_')}")


def by_month(outcome: str) -> bool:
    """Whether an outcome is counted by month since referral."""
    return outcome in MEANINGS and MEANINGS[outcome].clock == "month"


def is_share(outcome: str) -> bool:
    """Whether an outcome is a share, by its name: of those of interventions only shares end in _share."""
    unit = MEANINGS[outcome].unit if outcome in MEANINGS else ""
    return unit == "share" or (not unit and (outcome.endswith("_share") or outcome.startswith(("exit_", "state_"))))


def outcomes_of(scenario: Scenario) -> set[str]:
    """Names of all outcomes that a scenario may have."""
    own = {f"{name}_{suffix}" for name, each in scenario.interventions.items() for suffix in each.outcomes}
    return {*MEANINGS, *(f"{what}_{name}" for what in ("exit", "state") for name in scenario.exits), *own}
