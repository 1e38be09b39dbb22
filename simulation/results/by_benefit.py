"""Outcomes by benefit: weeks on each, who is on each after some weeks, and who passes from where to where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulation.interventions.contract import Outcome
from simulation.results.destinations import DESTINATIONS, called
from simulation.scenario.benefit_problems import moved_from
from simulation.scenario.schema import Scenario
from simulation.world.benefits import pulls_of
from simulation.world.labels import Label, one_line, plain

BENEFITS = {
    "sygedagpenge": Label("sickness benefit", "sygedagpenge"),
    "jobafklaring": Label("a job clarification programme", "jobafklaringsforløb"),
    "dagpenge": Label("unemployment benefit", "dagpenge"),
}
"""What benefits are called that are no destination of most scenarios."""
PASSED = Label("Passed to {where}", "Overgået til {where}")
WEEKS_ON = Label("Time on: {where}", "Tid på: {where}")
ON = Label("Benefit: {where}", "Ydelse: {where}")
SHARE_ON = Label("Share whose benefit is {where}", "Andel, hvis ydelse er {where}")
FROM = Label("From {first} to {then}", "Fra {first} til {then}")
FROM_SHARE = Label("From {first} to {then}, of those ever there", "Fra {first} til {then}, af dem der har været der")


class Passage(NamedTuple):
    """A way that ledige may go: from a benefit, or from a job that may end, to a benefit or a destination."""

    first: str
    then: str

    @property
    def outcome(self) -> str:
        """The name of the outcome that says how many go it."""
        return f"from_{self.first}_to_{self.then}"


def benefit_called(name: str, scenario: Scenario) -> Label:
    """What a benefit or a destination is called: by its name in the scenario, as it is known, or by its key."""
    benefit = scenario.benefits.get(name)
    if benefit is None:
        return called(name, scenario.exits)
    if benefit.name:
        return Label(one_line(benefit.name), one_line(benefit.name))
    return BENEFITS.get(name) or DESTINATIONS.get(name) or Label(plain(name), plain(name))


def passages(scenario: Scenario) -> Iterator[Passage]:
    """The ways that ledige may go by the scenario's settings, in the order of benefits."""
    benefits, employment = scenario.benefits, scenario.employment()
    for name, benefit in benefits.items():
        pulls = pulls_of(benefit, scenario.exits, list(benefits))
        there = {where for where, pull in pulls.items() if pull is not None and pull.level}
        there |= set(benefit.ends.to) if benefit.ends else set()
        there |= moved_from(scenario, name) | {"job"}
        yield from (Passage(name, where) for where in pulls if where in there and where != name)
    for destination, spell in employment.items():
        back = [spell.returns_to] if spell.returns_to else list(benefits)
        yield from (Passage(destination, name) for name in back if spell.returns)


def outcomes_by_benefit(scenario: Scenario) -> dict[str, Outcome]:
    """The outcomes of a scenario with several benefits, by name; none of others."""
    found: dict[str, Outcome] = {}
    for name in scenario.benefits:
        where = benefit_called(name, scenario)
        found[f"weeks_on_{name}"] = Outcome(
            "weeks",
            f"Weeks at whose end she is on {name}, per ledig within the follow-up (or after so many weeks, by its "
            "periods), of those who can be seen in each; over all benefits they add up to weeks_on_benefit",
            at="period_ends", label=WEEKS_ON.of(where=where),
        )  # fmt: skip
        found[f"state_{name}"] = Outcome(
            "share", f"... who are on {name}", at="states_at", label=ON.of(where=where)
        )
        found[f"share_on_{name}"] = Outcome(
            "share", f"Measured ledige on {name} at the end of the week, of those who can be seen", course=True,
            label=SHARE_ON.of(where=where),
        )  # fmt: skip
    for first, then in passages(scenario) if scenario.benefits else ():
        between = {"first": benefit_called(first, scenario), "then": benefit_called(then, scenario)}
        what = f"from {first} to {then} within the follow-up, as the ends of weeks show it"
        found[Passage(first, then).outcome] = Outcome(
            "persons", f"Measured ledige who went {what}, once or more", label=FROM.of(**between)
        )
        found[f"{Passage(first, then).outcome}_share"] = Outcome(
            "share", f"Those who went {what}, of the measured who were ever there", units="few",
            label=FROM_SHARE.of(**between),
        )  # fmt: skip
    return found
