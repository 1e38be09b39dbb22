"""The sections of a protocol on what is asked: the hypothesis, the outcomes, the estimand, how lots are drawn, who
takes part, and when the data are taken."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.report.handed.blocks import Block, Bullets, Section, Table, Text
from simulation.report.handed.keys import plain
from simulation.report.known import CHARACTERISTICS, called
from simulation.report.trial.labels import PERSONS
from simulation.report.trial.numbers import measured
from simulation.report.trial.words import Telling
from simulation.results.trial.operating import Interval
from simulation.scenario.allotting import analysed_in, jobcentres_of, share_drawn, treated_jobcentres
from simulation.scenario.arranged import recruited
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label
from simulation.world.labels import plain as plain_key
from simulation.world.weeks import week_after

QUESTION = Label("Question and hypothesis", "Spørgsmål og hypotese")
QUOTED = Label("“{name}”", "»{name}«")
SHARE = Label("the share who {what}", "andelen med {what}")
ASKED = Label(
    "Does it change {what} to be drawn for {treated} instead of {control}?",
    "Ændrer det {what} at være udtrukket til {treated} frem for {control}?",
)
SAME = Label("{what} is the same", "{what} er ens")
AS_EARLY = Label("the first exit ({what}) comes as early", "den første afgang ({what}) kommer lige tidligt")
HYPOTHESIS = Label(
    "Null hypothesis: {same} among persons drawn for {treated} and for {control}. It is tested against a difference "
    "in either direction, at the 5 % level.",
    "Nulhypotese: {same} for personer udtrukket til {treated} og til {control}. Den testes mod en forskel i begge "
    "retninger på 5 %-niveau.",
)
EXPECTED = Label("Expected effect by lot, from the simulation: {effect}.",
                 "Forventet effekt efter lodtrækning ifølge simuleringen: {effect}.")  # fmt: skip
BY_EVIDENCE = Label(
    "By the evidence it lies from {low} to {high} (95 % of {draws} draws).",
    "Efter evidensen ligger den fra {low} til {high} (95 % af {draws} trækninger).",
)
OUTCOMES = Label("Outcomes", "Udfald")
PRIMARY = Label("Primary: {what}. {definition}", "Primært: {what}. {definition}")
FURTHER = Label("Secondary: {what}. {definition}", "Sekundært: {what}. {definition}")
DEFINITIONS = {
    "exit": Label(
        "The share of those enrolled who within {weeks} weeks leave benefit for the first time, to {where}; whoever "
        "returns later still counts.",
        "Andelen af de indskrevne, der inden {weeks} uger forlader ydelsen for første gang, og det til {where}; den, "
        "der siden vender tilbage, tæller stadig med.",
    ),
    "exit_any": Label(
        "The share of those enrolled who within {weeks} weeks leave benefit for the first time, wherever to; whoever "
        "returns later still counts.",
        "Andelen af de indskrevne, der inden {weeks} uger forlader ydelsen for første gang, uanset hvortil; den, der "
        "siden vender tilbage, tæller stadig med.",
    ),
    "weeks_on_benefit": Label(
        "Weeks on benefit within {weeks} weeks of enrolment, those after a return included.",
        "Uger på ydelse inden for {weeks} uger fra indskrivningen, også efter en tilbagevenden.",
    ),
    "weeks_employed": Label(
        "Weeks with at least one paid hour within {weeks} weeks of enrolment.",
        "Uger med mindst én lønnet time inden for {weeks} uger fra indskrivningen.",
    ),
    "hours": Label(
        "Paid hours within {weeks} weeks of enrolment, in jobs and beside benefit.",
        "Lønnede timer inden for {weeks} uger fra indskrivningen, i job og ved siden af ydelsen.",
    ),
}
ESTIMAND = Label("Estimand", "Estimand")
ITT = {
    "difference": Label(
        "The difference in {what} between persons drawn for {treated} and persons drawn for {control}, whatever they "
        "then got (intention to treat), with the staff, the queues and the crowding that the trial itself brings.",
        "Forskellen i {what} mellem personer udtrukket til {treated} og personer udtrukket til {control}, uanset hvad "
        "de derefter fik (intention to treat), med det personale, de ventetider og den trængsel, forsøget selv "
        "medfører.",
    ),
    "hazard_ratio": Label(
        "The hazard ratio of the first exit ({what}), persons drawn for {treated} against persons drawn for "
        "{control}, whatever they then got (intention to treat); other exits censor.",
        "Hazard ratioen for den første afgang ({what}), personer udtrukket til {treated} mod personer udtrukket til "
        "{control}, uanset hvad de derefter fik (intention to treat); anden afgang censurerer.",
    ),
    "log_rank": Label(
        "Whether the time to the first exit ({what}) of persons drawn for {treated} is another one than that of "
        "persons drawn for {control}, whatever they then got (intention to treat); other exits censor.",
        "Om tiden til den første afgang ({what}) for personer udtrukket til {treated} er en anden end for personer "
        "udtrukket til {control}, uanset hvad de derefter fik (intention to treat); anden afgang censurerer.",
    ),
}
COMPETING = Label("Exits to other destinations compete; they do not censor.",
                  "Afgang til andet konkurrerer; den censurerer ikke.")  # fmt: skip
TREATED = Label(
    "Beside it: the effect on those who take part because they were drawn.",
    "Desuden: effekten for dem, der deltager, fordi de blev udtrukket.",
)
ALLOCATION = Label("Allocation", "Lodtrækning")
BY_LOT = {
    "individual": Label(
        "Every person draws at enrolment, within her jobcentre: {ratio} for {treated} to each for {control}.",
        "Hver person trækker lod ved indskrivningen inden for sit jobcenter: {ratio} til {treated} for hver til "
        "{control}.",
    ),
    "birth_date": Label(
        "An even or odd date of birth decides. The lot is known beforehand to whoever knows the date, so nobody who "
        "knows it may choose whom to enrol.",
        "En lige eller ulige fødselsdato afgør det. Loddet er kendt på forhånd af den, der kender datoen, så ingen, "
        "der kender den, må vælge, hvem der indskrives.",
    ),
    "cluster": Label(
        "Whole jobcentres draw: {number} of {jobcentres} for {treated}, and everybody enrolled there belongs to it.",
        "Hele jobcentre trækker lod: {number} af {jobcentres} til {treated}, og alle, der indskrives dér, hører til.",
    ),
    "stepped_wedge": Label(
        "All jobcentres begin with {control} and cross over to {treated} in {steps} steps of {step_weeks} weeks, in "
        "an order drawn by lot, the first {step_weeks} weeks after the intake begins. A person belongs to what her "
        "jobcentre is in the week of her enrolment, and stays there.",
        "Alle jobcentre begynder med {control} og går over til {treated} i {steps} trin med {step_weeks} uger "
        "imellem, i en rækkefølge efter lodtrækning, det første {step_weeks} uger efter, at tilgangen begynder. En "
        "person hører til det, hendes jobcenter er i indskrivningsugen, og bliver dér.",
    ),
    "encouragement": Label(
        "Every person draws at enrolment, within her jobcentre, whether she is offered {treated}: {ratio} are for "
        "each who is not. An offer may be declined.",
        "Hver person trækker lod ved indskrivningen inden for sit jobcenter om at få {treated} tilbudt: {ratio} får "
        "det for hver, der ikke gør. Et tilbud kan afslås.",
    ),
}
BLOCKED = Label("Lots are balanced: every jobcentre has its share.",
                "Lodderne er afbalancerede: hvert jobcenter har sin andel.")  # fmt: skip
STRATA = Label(
    "Lots are balanced: every jobcentre has its share in each level of {strata}.",
    "Lodderne er afbalancerede: hvert jobcenter har sin andel i hvert niveau af {strata}.",
)
INTAKE = Label("Participants and intake", "Deltagere og tilgang")
PLANNED = Label(
    "{persons} persons in {jobcentres} jobcentres are enrolled over {weeks} weeks, from {first} to {last}.",
    "{persons} personer i {jobcentres} jobcentre indskrives over {weeks} uger, fra {first} til {last}.",
)
MEASURED = Label(
    "In the data are those of them who are enrolled from {first} to {last}, about {persons}; with the others the place "
    "has as many cases as it would.",
    "I data er dem af dem, der indskrives fra {first} til {last}, omkring {persons}; med de andre har stedet så mange "
    "sager, som det ville have.",
)
ELAPSED = Label("They are enrolled after {weeks} weeks on benefit.",
                "De indskrives efter {weeks} uger på ydelse.")  # fmt: skip
SLOWER = {
    "persons": Label(
        "Recruitment is taken to go at {pace} % of the planned pace, so that the intake lasts until {last}.",
        "Rekrutteringen antages at gå med {pace} % af den planlagte fart, så tilgangen varer til {last}.",
    ),
    "weeks": Label(
        "Recruitment is taken to go at {pace} % of the planned pace and to end as planned, with about {persons} "
        "persons.",
        "Rekrutteringen antages at gå med {pace} % af den planlagte fart og slutte som planlagt, med omkring "
        "{persons} personer.",
    ),
}
JOBCENTRE = Label("Jobcentre", "Jobcenter")
DATA = Label("Follow-up and data", "Opfølgning og data")
FOLLOWED = Label("Every person is followed for {weeks} weeks from enrolment.",
                 "Hver person følges i {weeks} uger fra indskrivningen.")  # fmt: skip
DELAY = Label("What happens is in the register after {delay} weeks.", "Hændelser står i registret efter {delay} uger.")
NO_DELAY = Label("What happens is taken to be in the register at once.",
                 "Hændelser antages at stå i registret med det samme.")  # fmt: skip
TAKEN = Label("Data are taken in {week}, {weeks} weeks after the last enrolment.",
              "Data udtrækkes i {week}, {weeks} uger efter den sidste indskrivning.")  # fmt: skip
SHORT = Label("Those enrolled last are then not yet followed to the end, and are censored.",
              "De sidst indskrevne er da endnu ikke fulgt til ende og censureres.")  # fmt: skip


def design(telling: Telling) -> list[Section]:
    """These sections."""
    say = telling.words.say
    return [
        Section(say(QUESTION), list(_question(telling))),
        Section(say(OUTCOMES), [Bullets(list(_outcomes(telling)))]),
        Section(say(ESTIMAND), list(_estimand(telling))),
        Section(say(ALLOCATION), [Text(" ".join(_allocation(telling)))]),
        Section(say(INTAKE), [Text(" ".join(_intake(telling)))]),
        Section(say(DATA), [Text(" ".join(_data(telling)))]),
    ]


def arms(telling: Telling) -> dict[str, str]:
    """What the two arms are called, so that it is seen where a name ends."""
    words, trial = telling.words, telling.rehearsed.trial
    named = {"treated": trial.treated, "control": trial.control}
    return {which: words.say(QUOTED, name=words.arm(arm)) for which, arm in named.items()}


def noun(telling: Telling, outcome: str) -> str:
    """An outcome within a sentence in which it does something."""
    what = telling.what(outcome)
    return telling.words.say(SHARE, what=what) if outcome.startswith("exit_") else what


def _question(telling: Telling) -> Iterator[Block]:
    words, rehearsed, primary = telling.words, telling.rehearsed, telling.rehearsed.primary
    what, by_time = noun(telling, primary.outcome), telling.what(primary.outcome)
    yield Text(words.say(ASKED, what=what, **arms(telling)), "lead")
    if rehearsed.loaded.scenario.description:
        yield Text(rehearsed.loaded.scenario.description)
    same = words.say(SAME, what=what) if primary.measure == "difference" else words.say(AS_EARLY, what=by_time)
    yield Text(words.say(HYPOTHESIS, same=same, **arms(telling)))
    truth = rehearsed.chief.truth
    expected = telling.shown(primary.outcome, rehearsed.truths.itt) if truth is None else telling.effect(primary, truth)
    told = [words.say(EXPECTED, effect=expected)]
    if (drawn := rehearsed.assurance) is not None and np.isfinite(drawn.effects).any():
        ends = (Interval(end, np.nan, np.nan) for end in np.nanquantile(drawn.effects, (0.025, 0.975)))
        low, high = (telling.effect(primary, end) for end in ends)
        told.append(words.say(BY_EVIDENCE, low=low, high=high, draws=telling.count(drawn.draws)))
    yield Text(" ".join(told))


def _outcomes(telling: Telling) -> Iterator[str]:
    trial, words = telling.rehearsed.trial, telling.words
    for number, outcome in enumerate(trial.outcomes):
        kind, name = outcome if outcome in DEFINITIONS else "exit", outcome.removeprefix("exit_")
        where = words.exit(name) if name in words.scenario.exits else plain_key(name)
        definition = words.say(DEFINITIONS[kind], weeks=words.scenario.follow_up, where=where)
        yield words.say(FURTHER if number else PRIMARY, what=telling.what(outcome), definition=definition)


def _estimand(telling: Telling) -> Iterator[Block]:
    words, primary = telling.words, telling.rehearsed.primary
    what = noun(telling, primary.outcome) if primary.measure == "difference" else telling.what(primary.outcome)
    told = [words.say(ITT[primary.measure], what=what, **arms(telling))]
    if primary.measure == "difference" and primary.outcome.startswith("exit_") and primary.outcome != "exit_any":
        told.append(words.say(COMPETING))
    if any(test.population == "treated" for test in telling.rehearsed.own.operating):
        told.append(words.say(TREATED))
    yield Text(" ".join(told))


def _allocation(telling: Telling) -> Iterator[str]:
    rehearsed, words = telling.rehearsed, telling.words
    trial, scenario = rehearsed.trial, rehearsed.loaded.scenario
    places, share = len(jobcentres_of(scenario)), share_drawn(scenario, trial)
    gaps = {
        **arms(telling), "ratio": plain(share / (1 - share), words), "jobcentres": telling.count(places),
        "number": telling.count(treated_jobcentres(scenario, trial)), "steps": trial.steps,
        "step_weeks": trial.step_weeks,
    }  # fmt: skip
    yield words.say(BY_LOT[trial.lots], **gaps)
    if trial.strata:
        names = (words.say(called(name, None, CHARACTERISTICS)) for name in trial.strata)
        yield words.say(STRATA, strata=", ".join(names))
    elif trial.lots in ("individual", "encouragement") and words.scenario.allocation == "blocked":
        yield words.say(BLOCKED)


def _intake(telling: Telling) -> Iterator[str]:
    words, scenario, trial = telling.words, telling.words.scenario, telling.rehearsed.trial
    intake, persons = scenario.intake, sum(scenario.persons().values())
    first, last = (week_after(scenario.start, intake.from_week + weeks) for weeks in (0, intake.weeks - 1))
    yield words.say(PLANNED, persons=telling.count(persons), jobcentres=telling.count(len(scenario.jobcentres)),
                    weeks=intake.weeks, first=first, last=last)  # fmt: skip
    if (in_trial := measured(telling.rehearsed)) is not None:
        weeks = (week_after(scenario.start, week) for week in scenario.measured_weeks())
        yield words.say(MEASURED, **dict(zip(("first", "last"), weeks, strict=True)), persons=telling.count(in_trial))
    if intake.elapsed_weeks:
        yield words.say(ELAPSED, weeks=intake.elapsed_weeks)
    if trial.recruitment.pace < 1:
        now = recruited(scenario)
        slower = week_after(scenario.start, last_enrolled(now))
        yield words.say(SLOWER[trial.recruitment.until], pace=plain(100 * trial.recruitment.pace, words), last=slower,
                        persons=telling.count(sum(now.persons().values())))  # fmt: skip


def last_enrolled(scenario: Scenario) -> int:
    """The week of the run in which the last of those who are measured is enrolled."""
    return scenario.measured_weeks()[1]


def jobcentres(telling: Telling) -> Table:
    """Persons planned in each jobcentre."""
    words = telling.words
    rows = [[words.jobcentre(name), telling.count(number)] for name, number in words.scenario.persons().items()]
    return Table([words.say(JOBCENTRE), words.say(PERSONS)], rows, small=True)


def _data(telling: Telling) -> Iterator[str]:
    words, scenario, trial = telling.words, telling.words.scenario, telling.rehearsed.trial
    yield words.say(FOLLOWED, weeks=scenario.follow_up)
    delay = trial.registration.delay
    yield words.say(DELAY, delay=delay) if delay else words.say(NO_DELAY)
    now = recruited(scenario)
    after = analysed_in(now) - last_enrolled(now)
    yield words.say(TAKEN, week=week_after(scenario.start, analysed_in(now)), weeks=after)
    if after < scenario.follow_up + delay:
        yield words.say(SHORT)
