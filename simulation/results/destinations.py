"""Outcomes of a destination of exits: who has left for it, what changes that, and how far jobcentres differ in it."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.interventions.contract import Outcome
from simulation.world.afgang import Exit
from simulation.world.labels import Label, one_line, plain

OF_DESTINATIONS = {
    "any": "wherever it leads",
    "job": "a job, with competing exits and censoring", "education": "ordinary education", "other": "anything else",
}  # fmt: skip
"""What is said of destinations that most scenarios have, and of any of them."""
DESTINATIONS = {
    "job": Label("a job", "job"),
    "egen_job": Label("the same employer", "egen arbejdsgiver"),
    "education": Label("education", "uddannelse"),
    "other": Label("anything else", "andet"),
    "fleksjob": Label("a fleksjob", "fleksjob"),
    "fleksydelse": Label("early retirement", "fleksydelse"),
    "foertidspension": Label("disability pension", "førtidspension"),
    "fraflyttet": Label("another municipality", "anden kommune"),
    "kontanthjaelp": Label("social assistance", "kontanthjælp"),
    "ledighed": Label("unemployment", "ledighed"),
    "ledighedsydelse": Label("ledighedsydelse", "ledighedsydelse"),
    "ophoert": Label("no benefit", "ophør uden ydelse"),
    "raskmeldt": Label("recovery", "raskmelding"),
    "ressourceforloeb": Label("a resource programme", "ressourceforløb"),
    "selvforsoergende": Label("self-support", "selvforsørgelse"),
}
"""What destinations are called that scenarios often have, as it follows "to" and "til"."""
LEFT = Label("Left to {where}", "Afgang til {where}")
GONE = Label("Gone to {where}, not back", "Afgået til {where}, ikke tilbage")
LEFT_BENEFIT = Label("Left benefit", "Afgang fra ydelse")
EXITS = Label("exits to {where}", "afgang til {where}")
ALL_EXITS = Label("exits from benefit", "afgang fra ydelse")
EFFECT = Label("Effect on {exits}", "Effekt på {exits}")
NAIVE = Label("Naive standard error, {exits}", "Naiv standardfejl, {exits}")
CLUSTERED = Label("Clustered standard error, {exits}", "Klyngerobust standardfejl, {exits}")
VARIANCE_OF_EFFECT = Label("{effect}, variance between jobcentres", "{effect}, varians mellem jobcentre")
SPREAD_OF_EFFECT = Label("{effect}, spread between jobcentres", "{effect}, spredning mellem jobcentre")
VARIANCE_OF_EXIT = Label("{left}, variance between jobcentres", "{left}, varians mellem jobcentre")
SPREAD_OF_EXIT = Label("{left}, spread between jobcentres", "{left}, spredning mellem jobcentre")
LOG_RATIO, NO_END = "log hazard ratio", float("-inf")


def called(name: str, exits: Mapping[str, Exit]) -> Label:
    """What a destination is called: by its name in the scenario, as it is known, or by its key."""
    if name in exits and (own := exits[name].name):
        return Label(one_line(own), one_line(own))
    return DESTINATIONS.get(name) or Label(plain(name), plain(name))


def of_destination(name: str, there: Label) -> dict[str, Outcome]:
    """The outcomes of a destination of exits, and those of `any`; `there` is what it is called."""
    left, leaving = (LEFT_BENEFIT, ALL_EXITS) if name == "any" else (LEFT.of(where=there), EXITS.of(where=there))
    effect = EFFECT.of(exits=leaving)
    where = OF_DESTINATIONS.get(name, name)
    exits = "Cumulative incidence of a first exit"
    to = f"first exits, {where}" if name == "any" else f"first exits to {where.partition(',')[0]}"
    printed = f"Standard error of log_hazard_ratio_{name} that an evaluator would print"
    between = "how far jobcentres differ, the luck of small numbers taken off"
    outcomes = {
        f"exit_{name}": Outcome("share", f"{exits} to {where}", cumulative=True, label=left),
        f"state_{name}": Outcome(
            "share", f"... who left to {name}, for good or in a job that goes on", at="states_at",
            label=GONE.of(where=there),
        ),
        f"log_hazard_ratio_{name}": Outcome(
            LOG_RATIO,
            f"Logarithm of the hazard ratio of {to}: the first arm against the second (Cox, ties by Efron; other exits "
            "and the end of the run censor), over the follow-up; after so many weeks (`periods`) that of the period "
            "which ends then",
            lowest=NO_END, at="periods", label=effect,
        ),
        f"hazard_error_naive_{name}": Outcome(
            LOG_RATIO, f"{printed}, naive: as if every ledig were a draw of her own", lowest=NO_END, at="periods",
            label=NAIVE.of(exits=leaving),
        ),
        f"hazard_error_clustered_{name}": Outcome(
            LOG_RATIO,
            f"{printed}, clustered by jobcentre (sandwich of Lin and Wei, without a factor for few jobcentres)",
            lowest=NO_END, at="periods", label=CLUSTERED.of(exits=leaving),
        ),
        f"variance_of_effect_{name}": Outcome(
            f"{LOG_RATIO} squared",
            f"Variance between jobcentres of the log hazard ratio of {to}: {between} (DerSimonian and Laird, one-step "
            "estimates); may be below 0 by luck, so that its mean is right",
            lowest=NO_END, label=VARIANCE_OF_EFFECT.of(effect=effect),
        ),
        f"spread_of_effect_{name}": Outcome(
            LOG_RATIO,
            f"Root of variance_of_effect_{name}, 0 where that is below: the standard deviation between jobcentres that "
            "one trial would print, on average too large where there is much luck",
            lowest=NO_END, label=SPREAD_OF_EFFECT.of(effect=effect),
        ),
        f"variance_of_exit_{name}": Outcome(
            "share squared",
            f"Variance between jobcentres of the share with a first exit within the follow-up ({name}), of those who "
            f"can be seen to its end: {between} (moments); may be below 0 by luck, so that its mean is right",
            lowest=NO_END, label=VARIANCE_OF_EXIT.of(left=left),
        ),
        f"spread_of_exit_{name}": Outcome(
            "share",
            f"Root of variance_of_exit_{name}, 0 where that is below: the standard deviation between jobcentres that "
            "one trial would print, on average too large where there is much luck",
            units="few", label=SPREAD_OF_EXIT.of(left=left),
        ),
    }  # fmt: skip
    if name == "any":
        outcomes[f"exit_{name}"] = Outcome(
            "share", f"{exits} from benefit, wherever to", cumulative=True, label=left
        )
        del outcomes[f"state_{name}"]
    return outcomes
