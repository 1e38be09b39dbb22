"""Assumptions: which matter here, and all of them with range and source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulation.experiments.uncertain.answers import Answer
from simulation.report.findings import Findings
from simulation.report.handed.blocks import Block, Table, Text
from simulation.report.handed.keys import key_label, key_unit, part_label, plain, value_text
from simulation.report.handed.material import Material
from simulation.report.handed.published import page_text
from simulation.report.wording import Wording
from simulation.results.names import Figure
from simulation.scenario.load import Loaded
from simulation.world.labels import Label

HANGS = Label(
    "All that is unsure was drawn {draws} times. So much of the variation of the answer goes with single values "
    "(square of the rank correlation):",
    "Alt, hvad der er usikkert, er trukket {draws} gange. Så stor en del af svarets variation følger enkelte værdier "
    "(kvadratet på rangkorrelationen):",
)
NONE_STANDS_OUT = Label(
    "No single value stands out beyond chance.", "Ingen enkelt værdi skiller sig ud fra tilfældigheder."
)
OF_CHANGED = Label(
    "{assumed} of {total} values are assumed. Those of the parts that were changed:",
    "{assumed} af {total} værdier er antaget. I de dele, der er ændret, er det:",
)
NOT_OF_CHANGED = Label(
    "{assumed} of {total} values are assumed, none of them in the parts that were changed.",
    "{assumed} af {total} værdier er antaget, ingen af dem i de dele, der er ændret.",
)
BY_PART = Label(
    "{assumed} of {total} values are assumed. By part of the scenario:",
    "{assumed} af {total} værdier er antaget. Fordelt på scenariets dele:",
)
ASK = Label(
    "How much the answer hangs on each of them is not known; `--uncertain` tells.",
    "Hvor meget svaret afhænger af hver af dem, er ikke undersøgt; det gør `--uncertain`.",
)
MORE = Label("And {count} more; the annex has all of them.", "Og {count} mere; alle står i bilaget.")
WHAT, KEY, VALUE = Label("What", "Hvad"), Label("Key", "Nøgle"), Label("Value", "Værdi")
RANGE, UNIT, SHARE = (
    Label("Range", "Interval"),
    Label("Unit", "Enhed"),
    Label("Share of variation, %", "Del af variationen, %"),
)
SOURCE, FIGURE, PART = Label("Source", "Kilde"), Label("Figure", "Mål"), Label("Part", "Del")
COUNT, WITH_RANGE = Label("Assumed values", "Antagne værdier"), Label("With a range", "Med interval")
MOST_HANGING, MOST_OF_CHANGED, MOST_FIGURES = 6, 6, 2


def assumed_rows(loaded: Loaded) -> list[Mapping[str, Any]]:
    """Parameters that are assumed, or have no source and count as assumed."""
    return [row for row in loaded.parameters() if row.get("kind") in (None, "", "assumed")]


def counted(loaded: Loaded) -> tuple[int, int]:
    """How many values are assumed, of how many."""
    return len(assumed_rows(loaded)), len(loaded.parameters())


def most_important(material: Material, findings: Findings) -> Iterator[Block]:
    """What the answer hangs on, if that is known; else what is assumed of the changed parts; else parts, counted."""
    wording, loaded = findings.wording, material.loaded[-1]
    rows = assumed_rows(loaded)
    numbers = {"assumed": len(rows), "total": len(loaded.parameters())}
    if (under := findings.ran.under) is not None:
        figures, answers = [row.figure for row in findings.headline], list(under.answers.values())[-1]
        yield from answer_hangs(under.uncertain.design.draws, figures, answers, wording)
        return
    if findings.changes:
        parts = {part_of(change.key) for changes in findings.changes for change in changes}
        within = [row for row in rows if part_of(row["path"]) in parts]
        yield Text(wording.say(OF_CHANGED if within else NOT_OF_CHANGED, **numbers))
        if within:
            left = len(within) - MOST_OF_CHANGED
            yield assumed_table(within[:MOST_OF_CHANGED], wording, wording.say(MORE, count=left) if left > 0 else "")
        yield Text(wording.say(ASK), "note")
    else:
        yield from by_part(loaded, wording)


def by_part(loaded: Loaded, wording: Wording) -> Iterator[Block]:
    """How many values are assumed in every part of a scenario."""
    rows = assumed_rows(loaded)
    yield Text(wording.say(BY_PART, assumed=len(rows), total=len(loaded.parameters())))
    yield _by_part(rows, wording)
    yield Text(wording.say(ASK), "note")


def part_of(path: str) -> str:
    """The part of a scenario that a value belongs to, such as teams.projekt."""
    return ".".join(path.split(".")[:2])


def assumed_table(rows: Sequence[Mapping[str, Any]], wording: Wording, note: str = "", sources: bool = False) -> Table:
    """Assumed values with their ranges, and perhaps with what is said of their source."""
    head = [wording.say(label) for label in (WHAT, KEY, VALUE, RANGE, UNIT, *((SOURCE,) if sources else ()))]
    body = [
        [key_label(row["path"], wording), row["path"], value_text(row["value"], wording), range_text(row, wording),
         key_unit(row.get("unit", ""), wording), *([source_text(row, wording)] if sources else [])]
        for row in rows
    ]  # fmt: skip
    return Table(head, body, len(head), note, small=sources)


def range_text(row: Mapping[str, Any], wording: Wording) -> str:
    """The range that a value may well have; "–" where none is stated."""
    ends = row.get("range")
    return "–" if not ends else f"{plain(ends[0], wording)}–{plain(ends[1], wording)}"


def source_text(row: Mapping[str, Any], wording: Wording) -> str:
    """Source and page."""
    source, page = str(row.get("source") or "–"), row.get("page")
    return f"{source}, {page_text(page, wording)}" if page else source


def answer_hangs(
    draws: int, asked: Sequence[Figure], answers: Sequence[Answer], wording: Wording
) -> Iterator[Block]:
    """The values that stand out in the variation of these figures over the draws."""
    yield Text(wording.say(HANGS, draws=draws))
    by_figure = {answer.figure: answer for answer in answers}
    found = [by_figure[figure] for figure in asked if figure in by_figure and by_figure[figure].hangs.shares]
    rows = [
        [wording.figure(a.figure), key_label(path, wording), path, plain(round(100 * share), wording)]
        for a in found[:MOST_FIGURES]
        for path, share in list(a.hangs.shares.items())[: MOST_HANGING // MOST_FIGURES]
        if not math.isnan(share)
    ]
    if rows:
        yield Table([wording.say(label) for label in (FIGURE, WHAT, KEY, SHARE)], rows, 3)
    else:
        yield Text(wording.say(NONE_STANDS_OUT))


def _by_part(rows: Sequence[Mapping[str, Any]], wording: Wording) -> Table:
    parts = Counter(part_label(row["path"], wording) for row in rows)
    ranged = Counter(part_label(row["path"], wording) for row in rows if row.get("range"))
    body = [[part, str(count), str(ranged[part])] for part, count in parts.most_common(MOST_OF_CHANGED)]
    return Table([wording.say(label) for label in (PART, COUNT, WITH_RANGE)], body)
