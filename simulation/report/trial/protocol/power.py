"""The sections of a protocol that say how it is analysed, how large it is and why, and what it cannot tell."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from simulation.report.handed.blocks import Bullets, Cell, Section, Table, Text
from simulation.report.trial.labels import (
    ANALYSIS,
    BIAS,
    COVERAGE,
    JOBCENTRES,
    PERSONS,
    POWER,
    SIZE,
    SMALLEST,
    STAFF,
    STAFFED,
)
from simulation.report.trial.numbers import apart_from, known
from simulation.report.trial.protocol.design import arms, last_enrolled
from simulation.report.trial.words import Telling
from simulation.results.trial.operating import Interval
from simulation.scenario.allotting import analysed_in
from simulation.scenario.arranged import recruited
from simulation.world.labels import Label

HOW = Label("Statistical analysis", "Statistisk analyse")
MEASURES = {
    "difference": Label("The outcome is regressed on the lot{effects}.", "Udfaldet regresseres på loddet{effects}."),
    "hazard_ratio": Label(
        "A Cox regression on the lot{strata}; other exits and the end of what is known censor.",
        "En Cox-regression på loddet{strata}; anden afgang og slutningen på det kendte censurerer.",
    ),
    "log_rank": Label(
        "A log-rank test of the lots{strata}; other exits and the end of what is known censor.",
        "En log-rank-test af lodderne{strata}; anden afgang og slutningen på det kendte censurerer.",
    ),
}
MEANS = Label("The mean of the jobcentres of either lot is told, each jobcentre counted alike, and their difference.",
              "For hver lod beregnes jobcentrenes gennemsnit, hvert jobcenter talt ens, og forskellen mellem dem.")
PLACES = Label(", with fixed effects of jobcentres", ", med faste effekter af jobcentre")
CELLS = Label(", with a fixed effect of each stratum in each jobcentre",
              ", med en fast effekt af hvert stratum i hvert jobcenter")  # fmt: skip
PERIODS = Label(", with fixed effects of jobcentres and of periods of enrolment",
                ", med faste effekter af jobcentre og indskrivningsperioder")  # fmt: skip
STRATIFIED = Label(", stratified by jobcentre", ", stratificeret efter jobcenter")
BY_PERIOD = Label(", stratified by period of enrolment", ", stratificeret efter indskrivningsperiode")
ERRORS = {
    "individual": Label("Standard errors are by person{hc}.", "Standardfejl er pr. person{hc}."),
    "clustered": Label("Standard errors are clustered by jobcentre{cr}.",
                       "Standardfejl er klyngerobuste efter jobcenter{cr}."),
    "permutation": Label(
        "The p-value comes from the means of jobcentres when lots are drawn anew as they could have fallen.",
        "p-værdien kommer af jobcentrenes gennemsnit, når lodderne trækkes om, som de kunne være faldet.",
    ),
}  # fmt: skip
HC, CR = (
    Label(" (HC2, Welch's degrees of freedom)", " (HC2, Welchs frihedsgrader)"),
    Label(" (CR2, Bell and McCaffrey's degrees of freedom)", " (CR2, Bell og McCaffreys frihedsgrader)"),
)
LEFT_OUT = Label("Persons who are not known to the end of the follow-up are left out.",
                 "Personer, som ikke er kendt til opfølgningens slutning, udelades.")  # fmt: skip
LOST = Label("Persons of whom nothing more is known are censored from then on.",
             "Personer, som intet mere vides om, censureres fra da af.")  # fmt: skip
LOST_SHARE = Label(
    "Persons of whom nothing more is known are censored from then on (Aalen and Johansen's estimator, by "
    "pseudo-values).",
    "Personer, som intet mere vides om, censureres fra da af (Aalen og Johansens estimator med pseudoværdier).",
)
FREEDOM = Label("Degrees of freedom are about {number}.", "Der er omkring {number} frihedsgrader.")
ATTAINABLE = Label("With these lots it can reject in at most {size} % where there is no effect.",
                   "Med disse lod kan den højst forkaste i {size} %, hvor der ingen effekt er.")  # fmt: skip
DECIDES = Label(
    "The trial succeeds if p is at most 0.05 in this test (two-sided). Secondary outcomes are told with 95 % "
    "intervals and decide nothing; they are not adjusted for being several.",
    "Forsøget lykkes, hvis p højst er 0,05 i denne test (tosidet). Sekundære udfald angives med 95 %-intervaller og "
    "afgør intet; de er ikke justeret for at være flere.",
)
LARGE = Label("Sample size and power", "Stikprøve og styrke")
RIGHT = Label("Reckoned from {rehearsals} rehearsals of the whole trial in a simulation of the service with its staff:",
              "Beregnet af {rehearsals} gennemspilninger af hele forsøget i en simulering af indsatsen med dens "
              "personale:")  # fmt: skip
CLUSTERING = Label(
    "Correlation within jobcentres (ICC) is {icc}, the design effect {effect}.",
    "Korrelationen inden for jobcentre (ICC) er {icc}, designeffekten {effect}.",
)
CANNOT = Label("What the trial cannot tell", "Det kan forsøget ikke fortælle")
ROLL_OUT = Label(
    "What happens if everybody is in {treated}. The trial as run shows {itt}; everybody against nobody, with the "
    "staff that this takes, would be {roll_out}.",
    "Hvad der sker, hvis alle er i {treated}. Forsøget som kørt viser {itt}; alle mod ingen, med det personale det "
    "kræver, ville give {roll_out}.",
)
UNTREATED = Label(
    "How those not treated would have fared without the trial. In the simulation it changes them by {effect}, which "
    "is in the difference between the groups and cannot be seen in it.",
    "Hvordan det var gået de ubehandlede uden forsøget. I simuleringen ændrer det dem med {effect}, som indgår i "
    "forskellen mellem grupperne og ikke kan ses i den.",
)
LATER = Label("What happens later than {weeks} weeks after enrolment.",
              "Hvad der sker senere end {weeks} uger efter indskrivningen.")  # fmt: skip
ELSEWHERE = Label(
    "Whether the effect is the same in other jobcentres than these {jobcentres}, or with other staff.",
    "Om effekten er den samme i andre jobcentre end disse {jobcentres} eller med andet personale.",
)
SMALLER = Label(
    "Effects below {effect}: a trial of this size misses them in more than one case of five, and that it finds "
    "nothing does not show that there is nothing.",
    "Effekter under {effect}: et forsøg af denne størrelse overser dem i mere end hvert femte tilfælde, og at det "
    "intet finder, viser ikke, at der intet er.",
)


def analysis(telling: Telling) -> Section:
    """How it is analysed."""
    return Section(telling.words.say(HOW), [Text(" ".join(_analysis(telling)))])


def size(telling: Telling) -> Section:
    """How large it is, and why."""
    words, own = telling.words, telling.rehearsed.own
    right = Text(words.say(RIGHT, rehearsals=telling.count(own.rehearsals)), "note")
    return Section(words.say(LARGE), [right, Bullets(list(_size(telling)))])


def limits(telling: Telling) -> Section:
    """What it cannot tell."""
    return Section(telling.words.say(CANNOT), [Bullets(list(_cannot(telling)))])


def _analysis(telling: Telling) -> Iterator[str]:
    words, trial, primary, chief = telling.words, telling.rehearsed.trial, telling.rehearsed.primary, telling.chief
    if primary.errors == "permutation" and trial.lots == "cluster":
        yield words.say(MEANS)
    elif primary.measure == "difference":
        within = {"cluster": None, "stepped_wedge": PERIODS}.get(trial.lots, CELLS if trial.strata else PLACES)
        yield words.say(MEASURES["difference"], effects="" if within is None else words.say(within))
    else:
        strata = {"cluster": None, "stepped_wedge": BY_PERIOD}.get(trial.lots, STRATIFIED)
        yield words.say(MEASURES[primary.measure], strata="" if strata is None else words.say(strata))
    least_squares = primary.measure == "difference"
    if (primary.measure, primary.errors) != ("log_rank", "individual"):
        how = {"hc": words.say(HC), "cr": words.say(CR)} if least_squares else {"hc": "", "cr": ""}
        yield words.say(ERRORS[primary.errors], **how)
    now = recruited(words.scenario)
    if trial.attrition or analysed_in(now) - last_enrolled(now) < now.follow_up:
        yield words.say((LOST_SHARE if least_squares else LOST) if primary.outcome.startswith("exit_") else LEFT_OUT)
    freedom = chief.estimates.freedom[np.isfinite(chief.estimates.freedom)]
    if len(freedom):
        yield words.say(FREEDOM, number=telling.count(float(freedom.mean())))
    if chief.attainable is not None:
        yield words.say(ATTAINABLE, size=words.number("share", chief.attainable))
    yield words.say(DECIDES)


def _size(telling: Telling) -> Iterator[str]:
    """The sentences of the first screen, with what is alike within jobcentres."""
    words, rehearsed = telling.words, telling.rehearsed
    yield from telling.answer()
    clustering = rehearsed.own.clustering.get(rehearsed.primary.outcome)
    if clustering is not None and known(clustering.icc):
        effect = telling.times(clustering.design_effect)
        yield words.say(CLUSTERING, icc=words.number("", clustering.icc.value, digits=3), effect=effect)


def sizes(telling: Telling) -> Table:
    """Power by size."""
    words, rehearsed = telling.words, telling.rehearsed
    labels = (PERSONS, JOBCENTRES, STAFFED, POWER, SIZE, SMALLEST)
    rows: list[list[Cell]] = []
    for point in rehearsed.points:
        of = point.operating[rehearsed.primary]
        rows.append([
            telling.count(point.persons), telling.count(point.jobcentres), words.say(STAFF[point.staff]),
            telling.percent(of.power), telling.percent(of.type_i),
            telling.cell(rehearsed.primary, of.smallest, signed=False, whole=True),
        ])  # fmt: skip
    return Table([words.say(label) for label in labels], rows, 3, small=True)


def analyses(telling: Telling) -> Table:
    """Every analysis of the scenario's own size."""
    words, found = telling.words, telling.rehearsed.own.operating
    rows: list[list[Cell]] = [
        [telling.test(test), telling.percent(of.power), telling.percent(of.type_i),
         telling.cell(test, of.bias, whole=True), telling.percent(of.coverage),
         telling.cell(test, of.smallest, signed=False, whole=True)]
        for test, of in found.items()
    ]  # fmt: skip
    labels = (ANALYSIS, POWER, SIZE, BIAS, COVERAGE, SMALLEST)
    return Table([words.say(label) for label in labels], rows, small=True)


def _cannot(telling: Telling) -> Iterator[str]:
    words, rehearsed, truths = telling.words, telling.rehearsed, telling.rehearsed.truths
    outcome = rehearsed.primary.outcome
    if known(truths.roll_out):
        effects = {"itt": telling.shown(outcome, truths.itt), "roll_out": telling.shown(outcome, truths.roll_out)}
        yield words.say(ROLL_OUT, treated=arms(telling)["treated"], **effects)
    if known(truths.untreated) and apart_from(truths.untreated, 0):
        yield words.say(UNTREATED, effect=telling.shown(outcome, truths.untreated))
    if (smallest := telling.chief.smallest) is not None and known(smallest):
        least = Interval(smallest.value, math.nan, math.nan)
        yield words.say(SMALLER, effect=telling.effect(rehearsed.primary, least, signed=False))
    yield words.say(LATER, weeks=words.scenario.follow_up)
    yield words.say(ELSEWHERE, jobcentres=telling.count(rehearsed.own.jobcentres))
