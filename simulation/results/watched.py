"""What trials watched and a scenario asks for by `watched`, `reports_at`, `success` and `together`: what it is called,
and what it means."""

from __future__ import annotations

from simulation.interventions.contract import Outcome
from simulation.results.by_benefit import benefit_called
from simulation.results.destinations import GONE, LEFT, called
from simulation.results.printed import printed_outcomes
from simulation.scenario.schema import Scenario
from simulation.scenario.shown import HALF_A_YEAR
from simulation.world.labels import Label, plain

STATES = {
    "benefit": Label("On benefit", "På ydelse"),
    "out": Label("Job ended, not back on benefit", "Job ophørt, ikke tilbage på ydelse"),
}
SUCCESS = {
    "reached": ("at a destination of success", Label("Success", "Succes")),
    "part_time": ("on benefit, with paid hours beside it", Label("Part-time beside benefit", "Deltid ved siden af")),
    "offer": (
        "on benefit without paid hours, in an offer at a workplace",
        Label("In an offer at a workplace", "I virksomhedsrettet tilbud"),
    ),
    "none": ("none of these", Label("None of these", "Intet af dette")),
}
"""In the order in which they are asked: they add up to 1."""
NEVER_SEEN, NEVER_SEEN_STAYING, STAFF_NEEDED = "no_talk_26w", "no_talk_26w_staying", "staff_needed_90"
STAFF_NEEDED_LEVEL = 0.9
IN_AN_OFFER = Label("In an offer", "I tilbud")
OF_THOSE = Label("Part of: {left}", "Del af: {left}")
AT = Label("{week}: {what}", "{week}: {what}")
PERSONS_OF_MONTH = Label("Persons of the month: {where}", "Personer i måneden: {where}")
LONG_TERM = Label("Long-term share: {where}", "Langtidsandel: {where}")
YEAR_WEEKS, LONG_TERM_WEEKS = 52, 42
"""Long-term is 80 % of the last 52 weeks (STAR, Jobindsats, table Y25I09): 41.6 weeks, in whole ones 42."""


def date_of(week: str) -> str:
    """An ISO week as it stands in the name of an outcome: 2007-W13 is `2007w13`."""
    return week.replace("-W", "w")


def watched_outcomes(scenario: Scenario) -> dict[str, Outcome]:
    """The outcomes that a scenario asks for, by name."""
    return {
        **_indicators(scenario), **_success(scenario), **_together(scenario),
        **{name: outcome for week in scenario.reports_at for name, outcome in _report(scenario, week).items()},
    }  # fmt: skip


def _indicators(scenario: Scenario) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    if "exits_of_stock" in scenario.watched:
        found["stock_exit_share"] = Outcome(
            "share",
            "Exits in the week, of those who were on benefit when it began or came in it, returned ones included; over "
            "the follow-up exits per week of a ledig on benefit",
            course=True, label=Label("Exits of the stock in a week", "Afgang af bestanden pr. uge"),
        )  # fmt: skip
    if "completed_spells" in scenario.watched:
        found["completed_spells"] = Outcome(
            "spells", "Spells on benefit that ended within the follow-up, of those measured",
            label=Label("Completed spells", "Afsluttede forløb"),
        )  # fmt: skip
        found["completed_weeks"] = Outcome(
            "weeks",
            "Mean weeks at whose end they were on benefit, of spells that ended within the follow-up; the longest have "
            "not, so it is shorter than the time to an exit of everybody",
            label=Label("Duration of completed spells", "Varighed af afsluttede forløb"),
        )  # fmt: skip
    if "talks_on_time" in scenario.watched:
        found["talks_on_time_each"] = Outcome(
            "talks",
            "Talks held in the week in which they fell due, per full-time caseworker and week; everybody, whole run",
            whole_run=True,
            label=Label("Talks on time per caseworker, a week", "Rettidige samtaler pr. rådgiver pr. uge"),
        )  # fmt: skip
    if "never_seen" in scenario.watched:
        found[NEVER_SEEN] = Outcome(
            "share",
            f"Measured ledige without a held talk in the first {HALF_A_YEAR} weeks after enrolment, gone or not, of "
            "those who can be seen for so long",
            label=Label("Never seen in six months", "Ingen samtale i et halvt år"),
        )  # fmt: skip
        found[NEVER_SEEN_STAYING] = Outcome(
            "share", f"... of those who were on benefit in all of these {HALF_A_YEAR} weeks", units="few",
            label=Label("Never seen, of those who stay", "Ingen samtale i et halvt år, af dem der bliver"),
        )  # fmt: skip
    if "staff_needed" in scenario.watched:
        found[STAFF_NEEDED] = Outcome(
            "full-time staff",
            f"Staff with which {STAFF_NEEDED_LEVEL:.0%} of the minutes of talks find time in the week in which they "
            "fall due, reckoned from what the run asked of its desks (as staff_needed.csv); of a replication in which "
            "fewer found time it is not known; whole run",
            whole_run=True, label=Label("Staff needed for 90 % of talks", "Normering til 90 % af samtalerne"),
        )  # fmt: skip
    if "makeup" in scenario.watched:
        for name in scenario.exits:
            found[f"makeup_{name}"] = Outcome(
                "share", f"Those of this level, of all who are gone to {name}, for good or in a job that goes on",
                at="states_at", units="few", label=OF_THOSE.of(left=GONE.of(where=called(name, scenario.exits))),
            )  # fmt: skip
    return found


def _success(scenario: Scenario) -> dict[str, Outcome]:
    where, asked = ", ".join(scenario.success), dict(SUCCESS)
    if scenario.success_offers:
        names = ", ".join(scenario.success_offers)
        asked["offer"] = f"on benefit without paid hours, in an offer of {names}", IN_AN_OFFER
    return {
        f"success_{name}": Outcome(
            "share", f"Ranked success ({where} first): {what}, of those seen", at="states_at", label=label
        )
        for name, (what, label) in (asked.items() if scenario.success else ())
    }


def _together(scenario: Scenario) -> dict[str, Outcome]:
    return {
        f"together_{name}": Outcome(
            "share", f"Cumulative incidence of a first exit to one of {', '.join(exits)}", cumulative=True,
            label=LEFT.of(where=Label(plain(name), plain(name))),
        )
        for name, exits in scenario.together.items()
    }  # fmt: skip


def _report(scenario: Scenario, week: str) -> dict[str, Outcome]:
    """What is told at the end of one ISO week."""
    since = _since(scenario, week)

    def at(what: Label) -> Label:
        return AT.of(week=Label(week, week), what=what)

    states = dict(STATES)
    states |= {name: benefit_called(name, scenario) for name in scenario.benefits}
    states |= {name: GONE.of(where=called(name, scenario.exits)) for name in scenario.exits}
    found = {
        f"report_{date_of(week)}_{name}": Outcome(
            "share", f"Where the measured who were enrolled by {week} are at its end: {name}", whole_run=True,
            label=at(label),
        )
        for name, label in states.items()
    }  # fmt: skip
    found[f"report_{date_of(week)}_stock"] = Outcome(
        "persons", f"Everybody on benefit at the end of {week}, measured or not", whole_run=True,
        label=at(Label("Stock", "Bestand")),
    )  # fmt: skip
    found[f"report_{date_of(week)}_exit_share"] = Outcome(
        "share", f"Exits a week of those on benefit, {since}; everybody", whole_run=True,
        label=at(Label("Exits of the stock in a week", "Afgang af bestanden pr. uge")),
    )  # fmt: skip
    found[f"report_{date_of(week)}_completed_weeks"] = Outcome(
        "weeks", f"Mean weeks of spells on benefit that ended {since}; everybody", whole_run=True,
        label=at(Label("Duration of completed spells", "Varighed af afsluttede forløb")),
    )  # fmt: skip
    found |= _stock(scenario, week) if "stock" in scenario.watched else {}
    return found | {f"report_{date_of(week)}_{name}": what for name, what in printed_outcomes(scenario, week)}


def stock_names(scenario: Scenario, week: str) -> dict[str, tuple[str, str]]:
    """The names of what is told of a stock at a date, persons and long-term share: of everybody (""), and of each
    benefit by its name."""
    ends = {"": "", **{name: f"_{name}" for name in scenario.benefits}}
    before = f"report_{date_of(week)}"
    return {name: (f"{before}_month_persons{end}", f"{before}_long_term{end}") for name, end in ends.items()}


def _stock(scenario: Scenario, week: str) -> dict[str, Outcome]:
    """As Jobindsats counts persons of a month, and long-term ones among a stock."""
    found: dict[str, Outcome] = {}
    for name, (persons, long_term) in stock_names(scenario, week).items():
        on = f"on {name}" if name else "on benefit"
        where = benefit_called(name, scenario) if name else STATES["benefit"]
        found[persons] = Outcome(
            "persons", f"Persons {on} at the end of a week of the calendar month of {week}, up to that week, or when "
            "the month began; a week belongs to the month of its Thursday; everybody, measured or not", whole_run=True,
            label=AT.of(week=Label(week, week), what=PERSONS_OF_MONTH.of(where=where)),
        )  # fmt: skip
        found[long_term] = Outcome(
            "share", f"Of those {on} at the end of {week}, who were on benefit in {LONG_TERM_WEEKS} or more of the "
            f"last {YEAR_WEEKS} weeks (80 %); unknown before the run has so many", whole_run=True,
            label=AT.of(week=Label(week, week), what=LONG_TERM.of(where=where)),
        )  # fmt: skip
    return found


def _since(scenario: Scenario, week: str) -> str:
    place = scenario.reports_at.index(week)
    first = f"after {scenario.reports_at[place - 1]}" if place else "from the start of the run"
    return f"{first} to {week}"
