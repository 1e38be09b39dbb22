"""What is counted of the brokering of fleksjob, and the outcomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.interventions.contract import Outcome, Sum, with_everybody
from simulation.interventions.fleksjob.terms import Firm
from simulation.world.labels import Label

COUNTS: Mapping[str, Label] = {
    "persons": Label("Persons with a broker", "Personer hos formidler"),
    "ended": Label("Fleksjob that ended", "Ophørte fleksjob"),
    "fee_persons": Label("Persons with whom a fee can be earned", "Personer, der kan udløse honorar"),
    "fee_parts": Label("Parts of the fee earned", "Optjente dele af honoraret"),
    "fee_fixed": Label("Fixed fees", "Faste honorarer"),
    "fee_first_trial": Label("Fees for a first work trial", "Honorarer for første arbejdsprøvning"),
    "fee_two_months": Label("Fees for two months in a fleksjob", "Honorarer for to måneder i fleksjob"),
    "fee_four_months": Label("Fees for four months in a fleksjob", "Honorarer for fire måneder i fleksjob"),
    "left_work": Label("Minutes left to the municipality", "Minutter, der blev hos kommunen"),
    "created": Label("Fleksjob created", "Etablerede fleksjob"),
    "created_after_return": Label("Fleksjob created after a return", "Fleksjob etableret efter tilbagesendelse"),
    "created_early": Label("Fleksjob created in the first 13 weeks", "Fleksjob etableret i de første 13 uger"),
    "half_subsidy": Label("Fleksjob with half wage subsidy", "Fleksjob med halvt løntilskud"),
    "motivated_before": Label("Hired who wanted a fleksjob at first", "Ansatte, der ønskede fleksjob fra start"),
    "motivated_after": Label("Hired who want a fleksjob now", "Ansatte, der nu ønsker fleksjob"),
    "no_match": Label("Judged not to match a fleksjob", "Vurderet ikke egnet til fleksjob"),
    "returned": Label("Sent back as misfits", "Sendt tilbage som fejlvisiteret"),
    "approaches": Label("Approaches to firms", "Henvendelser til virksomheder"),
    "trials": Label("Work trials begun", "Påbegyndte arbejdsprøvninger"),
    "first_trial": Label("First work trials", "Første arbejdsprøvninger"),
    "offers": Label("Fleksjob offered", "Tilbudte fleksjob"),
    "first_offer": Label("First fleksjob offered", "Første tilbudte fleksjob"),
    "accepted": Label("Offers of a fleksjob taken", "Fleksjobtilbud, der blev taget"),
    "job_weeks": Label("In a created fleksjob", "I etableret fleksjob"),
    "seeking": Label("Seeking a fleksjob", "Søger fleksjob"),
    "in_trial": Label("In a work trial", "I arbejdsprøvning"),
    "active": Label("First activity with the broker", "Første aktivitet hos formidleren"),
    "left": Label("Still on benefit", "Fortsat på ydelse"),
    "left_on_way": Label("Still on benefit: on the way to a fleksjob", "Fortsat på ydelse: på vej i fleksjob"),
    "left_sick": Label("Still on benefit: sick", "Fortsat på ydelse: syge"),
    "left_pension": Label("Still on benefit: pension case under way", "Fortsat på ydelse: pensionssag i gang"),
    "stuck_no_trial": Label("Stuck: never in a work trial", "Kørt fast: aldrig i arbejdsprøvning"),
}
OUTCOMES: Mapping[str, Outcome] = {
    "approaches": Outcome(
        "approaches", "Approaches to firms; everybody, whole run", Sum("approaches"),
        label=Label("Approaches to firms", "Henvendelser til virksomheder"),
    ),
    "created": Outcome(
        "fleksjob", "Fleksjob begun that the broker of one's own arm created; everybody, whole run", Sum("created"),
        label=Label("Fleksjob created", "Etablerede fleksjob"),
    ),
    "created_after_return": Outcome(
        "fleksjob", "Fleksjob begun that the one misfits are returned to created", Sum("created_after_return"),
        label=Label("Fleksjob created after a return", "Fleksjob etableret efter tilbagesendelse"),
    ),
    "created_early_share": Outcome(
        "share",
        "Fleksjob created in the first 13 weeks of the run, among all created",
        Sum("created_early"),
        per=Sum("created", "created_after_return"),
        label=Label("Fleksjob created in the first 13 weeks", "Fleksjob etableret i de første 13 uger"),
    ),
    "ended": Outcome(
        "fleksjob", "Such fleksjob that ended within the run", Sum("ended"),
        label=Label("Fleksjob that ended", "Ophørte fleksjob"),
    ),
    "job_weeks": Outcome(
        "weeks",
        "Mean weeks in such fleksjob within the run, cut off at its end",
        Sum("job_weeks"),
        per=Sum("created", "created_after_return"),
        label=Label("Time in a fleksjob", "Tid i fleksjob"),
    ),
    "half_subsidy_share": Outcome(
        "share",
        "Fleksjob with half wage subsidy, among those begun",
        Sum("half_subsidy"),
        per=Sum("created", "created_after_return"),
        label=Label("Fleksjob with half wage subsidy", "Fleksjob med halvt løntilskud"),
    ),
    "active_share": Outcome(
        "share", "Persons with a held talk or an arbejdsprøvning at some time", Sum("active"), per=Sum("persons"),
        label=Label("Ever active with the broker", "Har været aktiv hos formidleren"),
    ),
    "trial_share": Outcome(
        "share", "Persons who have been in an arbejdsprøvning", Sum("first_trial"), per=Sum("persons"),
        label=Label("Ever in a work trial", "Har været i arbejdsprøvning"),
    ),
    "offered_share": Outcome(
        "share", "Persons who have been offered a fleksjob", Sum("first_offer"), per=Sum("persons"),
        label=Label("Ever offered a fleksjob", "Har fået tilbudt fleksjob"),
    ),
    "accepted_share": Outcome(
        "share", "Offers that were taken", Sum("accepted"), per=Sum("offers"),
        label=Label("Offers of a fleksjob taken", "Fleksjobtilbud, der blev taget"),
    ),
    "no_match_share": Outcome(
        "share", "Persons judged not to match a fleksjob", Sum("no_match"), per=Sum("persons"),
        label=Label("Judged not to match a fleksjob", "Vurderet ikke egnet til fleksjob"),
    ),
    "returned_share": Outcome(
        "share", "Persons sent back as misfits", Sum("returned"), per=Sum("persons"),
        label=Label("Sent back as misfits", "Sendt tilbage som fejlvisiteret"),
    ),
    "motivated_before_share": Outcome(
        "share",
        "Those who begin a fleksjob who wanted one at first",
        Sum("motivated_before"),
        per=Sum("created", "created_after_return"),
        label=Label("Hired who wanted a fleksjob at first", "Ansatte, der ønskede fleksjob fra start"),
    ),
    "motivated_after_share": Outcome(
        "share",
        "Those who begin a fleksjob who want one now",
        Sum("motivated_after"),
        per=Sum("created", "created_after_return"),
        label=Label("Hired who want a fleksjob now", "Ansatte, der nu ønsker fleksjob"),
    ),
    "left_on_way_share": Outcome(
        "share",
        "Of those on benefit at status_week: in arbejdsprøvning, or hired",
        Sum("left_on_way"),
        per=Sum("left"),
        label=Label("Still on benefit: on the way to a fleksjob", "Fortsat på ydelse: på vej i fleksjob"),
    ),
    "left_stuck_share": Outcome(
        "share",
        "Of those on benefit at status_week: none of the other three",
        Sum("left", less=["left_on_way", "left_sick", "left_pension"]),
        per=Sum("left"),
        label=Label("Still on benefit: stuck", "Fortsat på ydelse: kørt fast"),
    ),
    "left_sick_share": Outcome(
        "share", "Of those on benefit at status_week: sick (blocked)", Sum("left_sick"), per=Sum("left"),
        label=Label("Still on benefit: sick", "Fortsat på ydelse: syge"),
    ),
    "left_pension_share": Outcome(
        "share",
        "Of those on benefit at status_week: a pension case under way",
        Sum("left_pension"),
        per=Sum("left"),
        label=Label("Still on benefit: pension case under way", "Fortsat på ydelse: pensionssag i gang"),
    ),
    "stuck_no_trial_share": Outcome(
        "share",
        "Of the stuck: never in an arbejdsprøvning",
        Sum("stuck_no_trial"),
        per=Sum("left", less=["left_on_way", "left_sick", "left_pension"]),
        label=Label("Stuck: never in a work trial", "Kørt fast: aldrig i arbejdsprøvning"),
    ),
    "fee_share": Outcome(
        "share", "Of the full fee, what the broker earned per person, mean", whole_run=True,
        label=Label("Fee earned, of the full fee", "Optjent honorar, af fuldt honorar"),
    ),
    "left_work": Outcome(
        "minutes", "Minutes that brokering left to the municipality; everybody, whole run", Sum("left_work"),
        label=Label("Work that brokering left to the municipality", "Arbejde, der blev hos kommunen"),
    ),
}
OF_A_LIMIT: Mapping[str, Label] = {
    "cases": Label("Taken as cases by a broker", "Sager overtaget af formidler"),
    "wait": Label("Weeks waited for room with a broker", "Ventede uger på plads hos formidler"),
    "waiting": Label("Waiting for room with a broker", "Venter på plads hos formidler"),
    "left_waiting": Label("Left while waiting for a broker", "Faldt fra i kø til formidler"),
}
"""What is counted where a broker has a limit on its cases."""
WAITS: Mapping[str, Outcome] = with_everybody(
    "wait",
    "Mean weeks from coming to a broker until it has room, of those it took; everybody, whole run",
    "for room with a broker",
    Label("a broker", "formidler"),
    Sum("wait"),
    per=Sum("cases"),
)
OF_AN_EXCHANGE: Mapping[str, Label] = {
    "passed_on": Label("Openings passed on", "Job givet videre"),
    "exchanged": Label("Openings passed on that fit", "Job givet videre, der passer"),
}
"""What is counted where openings are exchanged."""
EXCHANGED: Mapping[str, Outcome] = {
    "exchanged": Outcome(
        "fleksjob", "Openings that others had declined and that fit the ledig who was shown one; everybody, whole run",
        Sum("exchanged"), label=Label("Openings passed on that fit", "Job givet videre, der passer"),
    ),
}
OF_MOTIVATION: Mapping[str, Label] = {
    "unmotivated": Label("Do not want a fleksjob at the status", "Ønsker ikke fleksjob ved status"),
    "left_unmotivated": Label(
        "Still on benefit: do not want a fleksjob at the status", "Fortsat på ydelse: ønsker ikke fleksjob ved status"
    ),
}
"""What is counted where motivation goes by level."""
UNMOTIVATED: Mapping[str, Outcome] = {
    "unmotivated_left_share": Outcome(
        "share",
        "Of those who do not see fleksjob as the right solution at status_week: still on benefit",
        Sum("left_unmotivated"),
        per=Sum("unmotivated"),
        label=Label("Do not want a fleksjob: still on benefit", "Ønsker ikke fleksjob: fortsat på ydelse"),
    ),
}
IN_FIRMS = Label("Fleksjob created: {firm}", "Etablerede fleksjob: {firm}")
FIRMS: Mapping[str, Label] = {
    "private_under_10": Label("private firms with under 10 employees", "private virksomheder med under 10 ansatte"),
    "private_10_49": Label("private firms with 10 to 49 employees", "private virksomheder med 10 til 49 ansatte"),
    "andre": Label("other firms", "andre virksomheder"),
}
"""Kinds of firms that are known in both languages."""


def in_firms(firms: Mapping[str, Firm]) -> Mapping[str, Label]:
    """What is counted where kinds of firms are told apart."""
    return {f"firm_{key}": IN_FIRMS.of(firm=_called(key, firm)) for key, firm in firms.items()}


def shares_of_firms(firms: Mapping[str, Firm]) -> Mapping[str, Outcome]:
    """The share of fleksjob that each kind of firm has."""
    return {
        f"firm_{key}_share": Outcome(
            "share",
            "Fleksjob in such firms, among those begun",
            Sum(f"firm_{key}"),
            per=Sum("created", "created_after_return"),
            label=IN_FIRMS.of(firm=_called(key, firm)),
        )
        for key, firm in firms.items()
    }


def _called(key: str, firm: Firm) -> Label:
    """What a kind of firm is called."""
    return Label(firm.name, firm.name) if firm.name else FIRMS.get(key, Label(key, key))
