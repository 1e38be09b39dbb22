"""What a publisher prints of a benefit by calendar month and a scenario asks for by `watched`: names and meaning.

The definitions are those of Jobindsats; `measures/printed.py` counts by them in the register.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulation.interventions.contract import Outcome
from simulation.results.by_benefit import benefit_called
from simulation.results.destinations import called
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label

SPELLS, CONTACT, ACTIVATION = "spells", "contact", "activation"
"""Words of `watched`."""
LASTED = (13, 26, 52)
"""Weeks by which running and ended spells are told apart: quarters and years are bounds of all classes."""
CLASSES = ((0, 13), (13, 26), (26, 39), (39, 52), (52, None))
"""Weeks that the spell has lasted by which talks are told, above and up to: 0-3, 3-6, 6-9, 9-12 and over 12 months."""
AFTER = 13
"""Weeks after the last one of an ended spell, three months, at which it is told where somebody is."""
AGAIN, OUT = "benefit", "out"
BEGUN, ENDED = Label("Spells begun", "Påbegyndte forløb"), Label("Spells ended", "Afsluttede forløb")
RUNNING = Label("Running spells", "Igangværende forløb")
LASTED_WEEKS = Label("Duration of ended spells", "Varighed af afsluttede forløb")
OVER = Label("Running spells over {weeks} weeks", "Igangværende forløb over {weeks} uger")
ENDED_OVER = Label("Ended spells over {weeks} weeks", "Afsluttede forløb over {weeks} uger")
THEN = Label("Three months after an ended spell: {where}", "Tre måneder efter afsluttet forløb: {where}")
TALKS = Label("Talks per person, {months} months", "Samtaler pr. person, {months} mdr.")
REMOTE = Label("Talks by phone or video", "Samtaler på telefon eller video")
TOUCHED = Label("Share in an offer", "Andel aktiveringsberørte")
DEGREE = Label("Activation degree", "Aktiveringsgrad")
WITH_HOURS = Label("Share with ordinary hours", "Andel med ordinære timer")
_AT = Label("{week}: {what}", "{week}: {what}")
_ON = Label("{what}, {where}", "{what}, {where}")
_BENEFIT = Label("on benefit", "på ydelse")
_SPELL = "a spell ends with a whole calendar month without the benefit"
_MONTH = "the calendar month of {week} (a week is of the month of its Thursday)"


def class_name(bounds: tuple[int, int | None]) -> str:
    """How a class of weeks stands in the name of an outcome: `to_13`, ..., `over_52`."""
    first, end = bounds
    return f"over_{first}" if end is None else f"to_{end}"


def suffixes(scenario: Scenario) -> dict[str, str]:
    """What ends the names of outcomes, by benefit; "" is of all benefits together, which one alone is by itself."""
    together = {} if len(scenario.benefits) == 1 else {"": ""}
    return together | {name: f"_{name}" for name in scenario.benefits}


def printed_outcomes(scenario: Scenario, week: str) -> Iterator[tuple[str, Outcome]]:
    """What is printed of the month of one ISO week, by name without the date and the benefit, and what it means."""
    for benefit, end in suffixes(scenario).items():
        where = benefit_called(benefit, scenario) if benefit else _BENEFIT
        for word, declared in ((SPELLS, _spells), (CONTACT, _contact), (ACTIVATION, _activation)):
            if word not in scenario.watched:
                continue
            for name, unit, what, label in declared(scenario, week):
                definition = f"{what}; {benefit or 'all benefits together'}, everybody, measured or not"
                told = _AT.of(week=Label(week, week), what=_ON.of(what=label, where=where))
                yield name + end, Outcome(unit, definition, whole_run=True, label=told)


_Declared = Iterator[tuple[str, str, str, Label]]


def _spells(scenario: Scenario, week: str) -> _Declared:
    month = _MONTH.format(week=week)
    yield "spells_begun", "spells", f"Spells that began in {month}; {_SPELL}", BEGUN
    ended = f"Spells that ended in {month}; {_SPELL}, so it is unknown until the next one is over"
    yield "spells_ended", "spells", ended, ENDED
    yield "spells_running", "spells", f"Spells that run at the end of {month}; {_SPELL}", RUNNING
    lasted = f"Mean weeks from the first to the last one of spells that ended in {month}; {_SPELL}"
    yield "spells_ended_weeks", "weeks", lasted, LASTED_WEEKS
    for weeks in LASTED:
        longer = f"Of spells that ended in {month}, those that had lasted more than {weeks} weeks; {_SPELL}"
        yield f"spells_ended_over_{weeks}", "share", longer, ENDED_OVER.of(weeks=Label(str(weeks), str(weeks)))
        over = f"Of spells that run at the end of {month}, those that have lasted more than {weeks} weeks; {_SPELL}"
        yield f"spells_over_{weeks}", "share", over, OVER.of(weeks=Label(str(weeks), str(weeks)))
    then = {AGAIN: Label("on benefit again", "igen på ydelse"), OUT: Label("job ended", "job ophørt")}
    then |= {name: called(name, scenario.exits) for name in scenario.exits}
    for name, label in then.items():
        there = f"Of spells that ended in the quarter of {month}, whose person is there {AFTER} weeks after the last"
        told = f"{there} week of the spell; any benefit ranks before work"
        yield f"spells_then_{name}", "share", told, THEN.of(where=label)


def _contact(_: Scenario, week: str) -> _Declared:
    for first, end in CLASSES:
        months = f"over {first * 3 // 13}" if end is None else f"{first * 3 // 13}-{end * 3 // 13}"
        whose = f"a person who is on benefit at the end of {week} and whose spell has lasted {months} months"
        talks = f"Held talks since the spell began, {whose}; {_SPELL}"
        yield f"talks_{class_name((first, end))}", "talks", talks, TALKS.of(months=Label(months, months))
    remote = f"Of the talks held in {_MONTH.format(week=week)}, up to that week, those not in person"
    yield "talks_remote", "share", remote, REMOTE


def _activation(_: Scenario, week: str) -> _Declared:
    month = f"{_MONTH.format(week=week)}, up to that week"
    touched = f"Of persons on benefit in {month}, who were in an offer at the end of a week"
    yield "activation_touched", "share", touched, TOUCHED
    degree = f"Of weeks on benefit in {month}, those in an offer; the publisher counts hours"
    yield "activation_degree", "share", degree, DEGREE
    hours = f"Of persons on benefit in {month}, who had paid hours in a week on benefit"
    yield "activation_hours", "share", hours, WITH_HOURS
