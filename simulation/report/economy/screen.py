"""The first screen of who pays and who gains: the controller's table by payer and year, then what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.economy.cba.found import Account, Against, Assessed, Row
from simulation.economy.parties import PARTIES
from simulation.report.columns import line_of
from simulation.report.economy.controller import controllers_table
from simulation.report.economy.hanging import tornado_lines
from simulation.report.economy.labels import ACCOUNT, KIND, PART, UNIT
from simulation.report.economy.money import scale_for
from simulation.report.economy.words import Telling
from simulation.report.heads import cut_to
from simulation.report.screen import (
    AGAINST,
    ANSWER,
    ASIDE,
    COLUMNS,
    EVERYTHING,
    LINES,
    MARGIN,
    PEOPLE,
    RESULTS,
    SCENARIOS,
    STATES,
    UNCERTAIN,
    Aside,
    both,
    counted,
    paragraph,
    warnings_line,
)
from simulation.report.trial.screen import EVERY, whole_sentences
from simulation.results.sobol import Part
from simulation.world.labels import Label, Language

SHOWN: tuple[Account, ...] = ("stat", "kommune", "public", "borger", "society")
"""Accounts that are told first; the others where anything changes for them, under `--all`."""
NET = Label("Net, {unit} of {year}", "Netto, {unit} i {year}-priser")
ALL_YEARS = Label("all years", "alle år")
ITEM, UNITS = Label("What changes, all years", "Hvad ændres, alle år"), Label("units", "enheder")
DRAWS = Label("{n} draws", "{n} trækninger")


def cba_screen(assessed: Assessed, language: Language, aside: Aside, in_full: bool = False) -> str:
    """At most LINES lines of COLUMNS columns; `in_full` every account, item and sentence."""
    telling = Telling(assessed, language)
    words, names, several = telling.words, telling.names, len(assessed.against) > 1
    people = words.say(PEOPLE, persons=telling.count(assessed.persons))
    right = f"{people}, {counted(words, assessed.plan.replications)}"
    if draws := assessed.plan.number_of_draws:
        right += f", {words.say(DRAWS, n=telling.count(draws))}"
    whom = words.say(SCENARIOS, n=len(assessed.against)) if several else names[1]
    top = [both(cut_to(f"{whom} {words.say(AGAINST)} {names[0]}", COLUMNS - len(right) - 2), right)]
    for each, name in zip(assessed.against, names[1:], strict=True) if in_full and several else ():
        top += [name, *_by_year(telling, each, in_full)]
    table = _by_scenario(telling) if several else _by_year(telling, assessed.against[0], in_full)
    unsure = paragraph(words.say(UNCERTAIN), telling.holds(), 2)
    end = list(warnings_line(words, aside))
    if aside.folder:
        place = f"{words.say(RESULTS):{MARGIN}}{aside.folder}{words.say(STATES[aside.word])}"
        end.append(place if in_full else both(place, words.say(EVERYTHING)))
    room = EVERY if in_full else max(LINES - sum(map(len, (top, table, unsure, end))), 2)
    answer = whole_sentences(words.say(ANSWER), telling.answer(), room - 1)
    minds = [f"{text[0].upper()}{text[1:]}." for text in (*aside.sentences, *telling.minds())]
    mind = paragraph(words.say(ASIDE), " ".join(minds), EVERY if in_full else room - len(answer))
    items = [line for each in assessed.against for line in _items(telling, each)] if in_full else []
    items += [line for n in range(len(assessed.against)) for line in tornado_lines(telling, n)] if in_full else []
    years = controllers_table(telling) if in_full else []
    return "\n".join([*top, *table, *years, *items, *answer, *unsure, *mind, *end])


def _by_year(telling: Telling, each: Against, in_full: bool) -> list[str]:
    """A row per account, a column per calendar year, and one of all of them."""
    shown = [a for a in ACCOUNT if a in SHOWN or (in_full and any(part.value for part in each.net[a]))]
    heads = [*map(str, telling.assessed.years), telling.words.say(ALL_YEARS)]
    return _table(telling, [telling.words.say(ACCOUNT[a]) for a in shown], heads, [each.net[a] for a in shown])


def _by_scenario(telling: Telling) -> list[str]:
    """A row per scenario, a column per account, all years together."""
    heads = [telling.words.say(ACCOUNT[account]) for account in SHOWN]
    rows = [[each.net[account][-1] for account in SHOWN] for each in telling.assessed.against]
    return _table(telling, telling.names[1:], heads, rows)


def _table(telling: Telling, names: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[Part]]) -> list[str]:
    """All in one unit; with every interval if there is room, else with those of the last column alone, else none."""
    words = telling.words
    scale, unit, digits = scale_for(part for row in rows for part in row)
    first = words.say(NET, unit=words.say(unit), year=telling.assessed.plan.price_year)
    last = len(heads) - 1
    for with_interval in (range(last + 1), (last,), ()):
        cells = [
            [_cell(telling, part, scale, digits, c in with_interval) for c, part in enumerate(row)] for row in rows
        ]
        widths = [max(len(row[c]) for row in [heads, *cells]) for c in range(last + 1)]
        room = COLUMNS - sum(wide + 2 for wide in widths)
        if max(map(len, (first, *names))) <= room or not with_interval:
            break
    widest = min(max(map(len, (first, *names))), max(room, 12))
    table = [[first, *heads], *([name, *row] for name, row in zip(names, cells, strict=True))]
    return [line_of([cut_to(row[0], widest), *row[1:]], [widest, *widths]) for row in table]


def _cell(telling: Telling, part: Part, scale: float, digits: int, with_interval: bool) -> str:
    if part.value == 0 and part.low == part.high:
        return "0"
    value = telling.words.number("", part.value / scale, True, digits)
    return f"{value}{telling.span(part, scale, digits, True)}" if with_interval else value


def _items(telling: Telling, each: Against) -> Iterator[str]:
    """What changes of every item, and what that is to each party, in kroner and all years together."""
    words = telling.words
    parties = [party for party in PARTIES if any(row.kroner[party][-1].value for row in each.rows)]
    heads = [words.say(ITEM), words.say(UNITS), *(words.say(ACCOUNT[party]) for party in parties)]
    rows = []
    for row in each.rows:
        units = f"{words.number('', row.units[-1].value, True, 1)} {words.say(UNIT[row.item.unit])}"
        kroner = [words.number("", row.kroner[party][-1].value, True, 0) for party in parties]
        rows.append([_item(telling, row), units, *kroner])
    widths = [max(len(row[c]) for row in [heads, *rows]) for c in range(len(heads))]
    yield from (line_of(row, widths) for row in [heads, *rows])


def _item(telling: Telling, row: Row) -> str:
    """Such as "Benefit dagpenge, 3"."""
    words, item = telling.words, row.item
    name = words.team(item.name) if item.kind in ("staff", "talk", "minutes") else item.name
    part = words.say(PART[item.part]) if item.part in PART else item.part
    text = f"{words.say(KIND[item.kind])} {name}{f', {part}' if part else ''}"
    return f"{text[0].upper()}{text[1:]}"
