"""Outcomes by month: since referral, of those referred, as publishers count; and since enrolment, of all measured."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.interventions.contract import Outcome
from simulation.world.labels import Label

PAID = "one paid hour or more (in a job after leaving benefit, beside benefit, on an assignment or partly back at work)"
"""What it is to be employed, wherever an outcome says so."""
REFERRED, ENROLLED = Label("Referred: {what}", "Henviste: {what}"), Label("Enrolled: {what}", "Indskrevne: {what}")


def since_enrolment(outcome: str) -> str:
    """The name that an outcome by month has where months are counted since enrolment."""
    return f"{outcome}_enrolled"


def _monthly(who: str, all_of_them: str, begin: str, employed: str, them: Label) -> dict[str, Outcome]:
    """Outcomes of those `who` are counted, from the month of `begin` on; `employed` is the name of one of them,
    `them` what people are called in labels."""
    return {
        "observed_month": Outcome(
            "persons", f"{who} who can be seen for the whole month since {begin}", clock="month",
            label=them.of(what=Label("observed", "observerede")),
        ),
        "employed_month": Outcome(
            "share", f"{who} with {PAID} in the month since {begin}, among those seen for all of it", clock="month",
            label=them.of(what=Label("in paid work", "i beskæftigelse")),
        ),
        "employed_net_month": Outcome(
            "share",
            f"{employed} less that of month 0, the month of {begin}, of {all_of_them} (a parallel shift)",
            clock="month",
            lowest=-1.0,
            label=them.of(what=Label("rise in paid work", "øget beskæftigelse")),
        ),
        "employed_net_same_month": Outcome(
            "share",
            f"{employed} less that of month 0 of the same ledige, those who can be seen for all of the month: a fixed "
            f"cohort, for late months that of the earliest {begin}s, before and after",
            clock="month",
            label=them.of(what=Label("rise in paid work of a fixed cohort", "øget beskæftigelse i fast gruppe")),
        ),
        "hours_month": Outcome(
            "hours",
            f"Mean paid hours in the month since {begin} (of 52/12 weeks) of those employed in it",
            clock="month",
            label=them.of(what=Label("paid hours of those in work", "lønnede timer, de beskæftigede")),
        ),
        "hours_half_month": Outcome(
            "hours",
            f"Mean of the monthly figures of paid hours of those employed, over the second half of the months since "
            f"{begin} up to this one, each month counted once (of month 9: 5 to 9; of month 10: 5 to 10)",
            clock="month",
            label=them.of(what=Label("paid hours, later half of months", "lønnede timer, sidste halvdel")),
        ),
        "benefit_month": Outcome(
            "share", f"{who} on benefit at the end of the month since {begin}, among those seen", clock="month",
            label=them.of(what=Label("on benefit", "på ydelse")),
        ),
        "job_month": Outcome(
            "share", f"{who} in a job without benefit at the end of the month since {begin}", clock="month",
            label=them.of(what=Label("in a job without benefit", "i job uden ydelse")),
        ),
        "elsewhere_month": Outcome(
            "share", f"{who} neither on benefit nor in a job at the end of the month since {begin}", clock="month",
            label=them.of(what=Label("neither on benefit nor in a job", "hverken på ydelse eller i job")),
        ),
        "ever_employed": Outcome(
            "share", f"{who} with {PAID} in any week seen since {begin} (unequal follow-up)", whole_run=True,
            label=them.of(what=Label("ever in paid work", "har været i beskæftigelse")),
        ),
        "hours_employed": Outcome(
            "hours",
            f"Mean paid hours a month over all months since {begin} from 1 on in which a ledig was employed",
            whole_run=True,
            label=them.of(what=Label("paid hours in months with work", "timer i måneder med arbejde")),
        ),
    }


_OF_ENROLLED = _monthly("Measured ledige", "all measured", "enrolment", since_enrolment("employed_month"), ENROLLED)
MONTHLY: Mapping[str, Outcome] = {
    **_monthly("Referred ledige", "all referred", "referral", "employed_month", REFERRED),
    **{since_enrolment(name): outcome for name, outcome in _OF_ENROLLED.items()},
}
"""By name."""
