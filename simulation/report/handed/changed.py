"""What was changed: key by key of two scenarios, a line each of several."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.report.findings import Findings
from simulation.report.handed.blocks import Section, Table, Text
from simulation.report.handed.keys import change_rows
from simulation.report.handed.material import Material
from simulation.report.wording import Wording
from simulation.scenario.changes import Change
from simulation.world.labels import Label

CHANGED, COMPARED = Label("What was changed", "Det er ændret"), Label("What is compared", "Det sammenlignes")
ARMS = Label("Side by side: {arms}.", "Side om side: {arms}.")
ONE = Label("One group alone: {arms}.", "Én gruppe alene: {arms}.")
WHAT, KEY, UNIT = Label("What", "Hvad"), Label("Key", "Nøgle"), Label("Unit", "Enhed")
FROM, TO, SCENARIO = Label("From", "Fra"), Label("To", "Til"), Label("Scenario", "Scenarie")
AGAINST = Label("Against {base}", "I forhold til {base}")
MORE = Label("And {count} more; the annex has all of them.", "Og {count} mere; alle står i bilaget.")
MORE_KEYS = Label("and {count} more (annex)", "og {count} mere (bilag)")
NOTHING = Label("Nothing differs between the two.", "Intet er forskelligt mellem de to.")
MOST, MOST_OF_SEVERAL, FEW = 7, 2, 4


def changed(material: Material, findings: Findings) -> Section:
    """The section of page 1."""
    wording = findings.wording
    if findings.alone:
        arms = ", ".join(findings.columns)
        label = ARMS if len(findings.columns) > 1 else ONE
        return Section(wording.say(COMPARED), [Text(wording.say(label, arms=arms))])
    if len(findings.columns) > 2:
        return Section(wording.say(CHANGED), [_several(findings)], "keys")
    rows = change_rows(findings.changes[0], wording)
    if not rows:
        return Section(wording.say(CHANGED), [Text(wording.say(NOTHING))])
    left = len(rows) - MOST
    head = [wording.say(label) for label in (WHAT, KEY, FROM, TO, UNIT)]
    more = wording.say(MORE, count=left) if left > 0 else ""
    return Section(wording.say(CHANGED), [Table(head, rows[:MOST], len(head), more, len(rows) > FEW)], "keys")


def _several(findings: Findings) -> Table:
    """A line for each scenario: the keys that differ the first of all, from what to what."""
    wording, rows = findings.wording, list[list[str]]()
    heads = list(findings.heads.names) if findings.heads.legend else [""] * len(findings.columns)
    for letter, name, changes in zip(heads[1:], list(findings.columns)[1:], findings.changes, strict=True):
        rows.append([f"{letter} {name}".strip(), in_short(changes, wording)])
    return Table([wording.say(SCENARIO), wording.say(AGAINST, base=findings.columns[0])], rows, 2)


def in_short(changes: Sequence[Change], wording: Wording) -> str:
    """Such as "`teams.projekt.fte` 2 → 1; and 3 more", with keys between backticks."""
    rows = change_rows(changes, wording)
    texts = [f"`{key}` {before} → {after}" for _, key, before, after, _ in rows[:MOST_OF_SEVERAL]]
    left = len(rows) - len(texts)
    return "; ".join([*texts, *([wording.say(MORE_KEYS, count=left)] if left > 0 else [])]) or wording.say(NOTHING)

