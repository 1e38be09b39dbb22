"""Everybody is accounted for: who was there at the start and who came, against who left and who is still there."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.findings import Findings
from simulation.report.handed.blocks import Block, Cell, Table, Text, Value
from simulation.report.wording import Wording
from simulation.results.result import Result
from simulation.world.labels import Label
from simulation.world.names import common
from simulation.world.register import EXIT

START = Label("On benefit in the first week", "På ydelse i første uge")
CAME = Label("Came later, for the first time", "Kommet til senere, første gang")
BACK = Label("Came back after a job", "Kommet tilbage efter job")
ALL_IN = Label("All who came", "Alle, der er kommet")
INSIDE = Label("On benefit at the end", "På ydelse ved slut")
ALL_OUT = Label("All who left, and who are still there", "Alle, der har forladt ydelsen eller stadig er der")
PERSONS = Label("Persons and spells, mean of a replication", "Personer og forløb, gennemsnit pr. gentagelse")
HOLDS = Label(
    "The program holds both sums against the register in every simulated week of every replication, and stops where "
    "they differ. Who is on benefit at the end is told in every figure as not yet having left.",
    "Programmet holder de to summer mod registret i hver simuleret uge i hver gentagelse og stopper, hvis de afviger. "
    "De, der er på ydelse ved slut, tæller i alle mål som ikke afgået endnu.",
)


def accounts(findings: Findings) -> Iterator[Block]:
    """The table, one column a scenario."""
    wording, results = findings.wording, findings.results
    columns = [dict(account(result, wording)) for result in results]
    rows: list[list[Cell]] = [
        [row, *(Value("persons", column.get(row, 0.0)) for column in columns)]
        for row in dict.fromkeys(row for column in columns for row in column)
    ]
    heads = list(findings.columns) if len(results) > 1 else [""]
    yield Table([wording.say(PERSONS), *heads], rows)
    yield Text(wording.say(HOLDS), "note")


def account(result: Result, wording: Wording) -> Iterator[tuple[str, float]]:
    """Every line of the account with its number; the two sums are equal."""

    def total(what: str) -> float:
        return float(result.weekly(common(what)).sum(axis=1).mean())

    enrolled, returned = result.weekly(common("enrolled")), total("returned")
    start, came = float(enrolled[:, 0].mean()), float(enrolled.sum(axis=1).mean())
    yield wording.say(START), start
    yield wording.say(CAME), came - start - returned
    if returned:
        yield wording.say(BACK), returned
    yield wording.say(ALL_IN), came
    left = {name: total(EXIT + name) for name in result.loaded.scenario.exits}
    for name, number in left.items():
        yield wording.outcome(f"exit_{name}"), number
    yield wording.say(INSIDE), came - sum(left.values())
    yield wording.say(ALL_OUT), came
