"""The first screen of a sensitivity: the numbers on which the answer hangs, what it is without mechanisms, and whose
its variance is."""

from __future__ import annotations

from simulation.experiments.sensitivity.found import Found
from simulation.experiments.sensitivity.moved import beyond
from simulation.report.columns import line_of
from simulation.report.findings import WIDTH
from simulation.report.heads import cut_to
from simulation.report.screen import (
    AGAINST,
    ANSWER,
    ASIDE,
    EVERYTHING,
    LINES,
    MARGIN,
    RESULTS,
    SAME_LUCK,
    STATES,
    UNCERTAIN,
    Aside,
    both,
    counted,
    paragraph,
    warnings_line,
)
from simulation.report.sensitivity.words import Telling, short
from simulation.scenario.changes import told_apart
from simulation.world.labels import Label, Language

NUMBER, ENDS = Label("number", "tal"), Label("from – to (95 %)", "fra – til (95 %)")
AT_LOW, AT_HIGH = Label("answer at low end", "svar ved lav"), Label("answer at high end", "svar ved høj")
MORE = Label("… and {n} more: tables/tornado.csv", "… og {n} mere: tables/tornado.csv")
LEAST_ROWS, MOST_SWITCHES, WIDEST_NAME = 3, 2, 46


def sensitivity_screen(found: Found, language: Language, aside: Aside, in_full: bool = False) -> str:
    """At most LINES lines of WIDTH columns; `in_full` all numbers, all mechanisms and all unknowns."""
    telling = Telling(found, language)
    words = telling.words
    right = counted(words, found.study.replications) + f", {words.say(SAME_LUCK)}"
    names = told_apart(list(found.study.loaded), language == "da")
    name = f"{names[1]} {words.say(AGAINST)} {names[0]}" if found.compared else words.title
    top = [both(cut_to(name, WIDTH - len(right) - 2), right)]
    end = paragraph(words.say(ANSWER), " ".join(telling.answer()), 5)
    end += paragraph(words.say(UNCERTAIN), telling.holds(), 2)
    minds = [f"{text[0].upper()}{text[1:]}." for text in (*telling.minds(), *aside.sentences)]
    end += paragraph(words.say(ASIDE), " ".join(minds), 2)
    end += warnings_line(words, aside)
    if aside.folder:
        place = f"{words.say(RESULTS):{MARGIN}}{aside.folder}{words.say(STATES[aside.word])}"
        end.append(place if in_full else both(place, words.say(EVERYTHING)))
    asked = sum(each.asked for each in found.study.switched)
    without = _without(telling, len(found.switches) if in_full else min(asked, MOST_SWITCHES))
    room = max(LINES - len(top) - len(end) - 1 - len(without), LEAST_ROWS)
    if in_full:
        room, without = len(found.tornado.bars) + 1, [*without, *_shares(telling)]
    return "\n".join([*top, *_table(telling, room), *without, *end])


def _table(telling: Telling, room: int) -> list[str]:
    """The numbers that move the answer the furthest; the last line says how many there are more."""
    tornado, words = telling.found.tornado, telling.words
    rows = tornado.bars if len(tornado.bars) <= room else tornado.bars[: room - 1]
    heads = [words.say(label) for label in (NUMBER, ENDS, AT_LOW, AT_HIGH)]
    cells = [[short(m.bar.name), telling.range(m), *(telling.estimate(tornado.level(e)) for e in m.ends)] for m in rows]
    fixed = [max(len(row[c]) for row in [heads, *cells]) for c in (1, 2, 3)]
    widest = min(WIDEST_NAME, WIDTH - sum(fixed) - 2 * len(fixed))
    table = [[cut_from_left(row[0], widest), *row[1:]] for row in [heads, *cells]]
    widths = [max(len(row[c]) for row in table) for c in range(4)]
    lines = [line_of(row, widths) for row in table]
    return lines + ([words.say(MORE, n=len(tornado.bars) - len(rows))] if len(rows) < len(tornado.bars) else [])


def cut_from_left(text: str, width: int) -> str:
    """A key in so many columns at the most: its end tells more than its beginning."""
    return text if len(text) <= width else f"…{text[len(text) - width + 1 :]}"


def _without(telling: Telling, most: int) -> list[str]:
    """What the answer is without mechanisms: those that move it the most."""
    found = telling.found
    pairs = zip(found.study.switched, found.switches, strict=True)
    ordered = sorted(pairs, key=lambda pair: (not pair[0].asked, not beyond(pair[1]), -abs(pair[1].value)))
    return [f"{telling.switch(switched)}: {telling.estimate(found.tornado.level(e))}"
            for switched, e in ordered[:most]]  # fmt: skip


def _shares(telling: Telling) -> list[str]:
    """The share of variance of every unknown, alone and with what it does together with others."""
    s, words = telling.found.indices, telling.words
    if s is None or not s.usable:
        return []
    heads = [words.say(label) for label in (UNKNOWN, ALONE, WITH_OTHERS)]
    rows = [heads]
    for k in telling.found.order:
        cells = [f"{telling.percent(index.value[k])} {words.span('share', index.low[k], index.high[k])}"
                 for index in (s.first, s.total)]  # fmt: skip
        rows.append([telling.unknown(k), *cells])
    widths = [max(len(row[c]) for row in rows) for c in range(3)]
    return [line_of(row, widths) for row in rows]


UNKNOWN = Label("share of variance, %", "andel af varians, %")
ALONE, WITH_OTHERS = Label("alone", "alene"), Label("with others", "med andre")
