"""On which number what is gained hangs, in sentences and as a picture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from simulation.experiments.sensitivity.moved import Moved, Tornado
from simulation.experiments.sensitivity.unknowns import FITTED
from simulation.report.columns import line_of
from simulation.report.economy.money import Money, scale_of, short
from simulation.report.figures.drawing import Picture, in_style
from simulation.report.figures.looks import in_manner
from simulation.report.heads import figure_text
from simulation.report.sensitivity.figure import HIGH, LOW, MOST, NAMES, STEP, WIDTH, ends_told, put_bars
from simulation.results.intervals import Estimate
from simulation.results.sobol import Part
from simulation.world.labels import Label

HANGS = Label("The result hangs most on {name}{turn}.", "Resultatet afhænger mest af {name}{turn}.")
HANGS_ON_NONE = Label("No single number moves the result by more than luck.",
                      "Intet enkelt tal flytter resultatet ud over det tilfældige.")  # fmt: skip
TURNED_BY_IT = Label(", which can turn it alone{others}", ", som alene kan vende det{others}")
AS_ANOTHER = Label(", as one other can", ", og det kan ét til")
AS_OTHERS = Label(", as {n} others can", ", og det kan {n} andre også")
TURNED = Label("; {names} can turn it alone", "; {names} kan alene vende det")
GONE_BY_IT = Label(", at one end of which nothing measurable is left of it",
                   ", og ved den ene ende af det tal er intet målbart tilbage")  # fmt: skip
GONE = Label("; at one end of {names} nothing measurable is left of it",
             "; ved den ene ende af {names} er intet målbart tilbage")  # fmt: skip
NOT_TURNED = Label("; no single number turns it", "; intet enkelt tal vender det")
ENDS = Label(
    "As that number goes from {low} to {high}, the discounted gain goes from {at_low} to {at_high}.",
    "Når det tal går fra {low} til {high}, går den diskonterede gevinst fra {at_low} til {at_high}.",
)
ONE_AT_A_TIME = Label(
    "fitted numbers are moved one at a time, further than their fit as a whole may go",
    "estimerede tal flyttes ét ad gangen, længere end estimationen som helhed måske tillader",
)
TITLE = Label("{name}: the result hangs most on {first}", "{name}: resultatet afhænger mest af {first}")
TITLE_NONE = Label("{name}: no single number moves the result by more than luck",
                   "{name}: intet enkelt tal flytter resultatet ud over det tilfældige")  # fmt: skip
CAPTION = Label("The {n} numbers of {all} with the largest span; gain over {base}",
                "De {n} af {all} tal med det største udsving; gevinst i forhold til {base}")  # fmt: skip
BAND = Label(
    "Thin line: simulation error of the change, 95 %. Dotted: as written. Numbers from the low to the high end of "
    "their middle 95 %, one at a time, those of scenarios in {n} replications",
    "Tynd streg: simulationsfejl på ændringen, 95 %. Prikket: som skrevet. Tal fra den lave til den høje ende af "
    "deres midterste 95 %, ét ad gangen, scenariernes i {n} gentagelser",
)
AXIS = Label("what {who} gains, {unit} of {year}, discounted", "gevinst for {who}, {unit} i {year}-priser, diskonteret")
NUMBER, FROM_TO = Label("number", "tal"), Label("from – to (95 %)", "fra – til (95 %)")
AT_LOW, AT_HIGH = Label("gain at low end", "gevinst ved lav"), Label("gain at high end", "gevinst ved høj")
BEYOND_LUCK, YES, NO = Label("more than luck", "mere end tilfældet"), Label("yes", "ja"), Label("not seen", "ikke set")
FEW = 2
"""Numbers that are named in a sentence."""


def hanging(telling: Money, number: int) -> Iterator[str]:
    """On which number the gain of a scenario hangs most, and whether one alone turns it; nothing where no tornado was
    asked for."""
    if not telling.assessed.tornadoes:
        return
    tornado, words = telling.assessed.tornadoes[number], telling.words
    if (first := tornado.first) is None:
        yield words.say(HANGS_ON_NONE)
        return
    yield words.say(HANGS, name=short(first.bar.name), turn=_turn(telling, tornado))
    low, high = (telling.money(_part(tornado.level(e)), signed=True) for e in first.ends)
    yield words.say(ENDS, low=figure_text(words, _rounded(first.bar.low)), at_low=low,
                    high=figure_text(words, _rounded(first.bar.high)), at_high=high)  # fmt: skip


def _turn(telling: Money, tornado: Tornado) -> str:
    """Whether a single number turns what is gained; "" where it is not told from nothing as written."""
    words, first = telling.words, tornado.first
    if not tornado.has_sign:
        return ""
    if first in tornado.turning:
        others = len(tornado.turning) - 1
        too = words.say(AS_OTHERS, n=others) if others > 1 else words.say(AS_ANOTHER) if others else ""
        return words.say(TURNED_BY_IT, others=too)
    if tornado.turning:
        return words.say(TURNED, names=_few(tornado.turning))
    if first in tornado.vanishing:
        return words.say(GONE_BY_IT)
    return words.say(GONE, names=_few(tornado.vanishing)) if tornado.vanishing else words.say(NOT_TURNED)


def _few(moving: Sequence[Moved]) -> str:
    more = f" (+{len(moving) - FEW})" if len(moving) > FEW else ""
    return ", ".join(short(moved.bar.name) for moved in moving[:FEW]) + more


def rows_of_tornado(telling: Money, number: int) -> list[list[str]]:
    """A row per number that moves the gain of a scenario, the largest span first: its name, both its ends, the gain at
    each, and whether that is more than luck."""
    rows, words = list[list[str]](), telling.words
    for moved in telling.assessed.tornadoes[number].bars:
        if moved.span > 0:
            low, high = (telling.money(_part(telling.assessed.tornadoes[number].level(e)), signed=True)
                         for e in moved.ends)  # fmt: skip
            beyond = words.say(YES if moved.measurable else NO)
            rows.append([short(moved.bar.name), _range(telling, moved), low, high, beyond])
    return rows


def tornado_lines(telling: Money, number: int) -> list[str]:
    """Its rows on the screen; none where no tornado was asked for."""
    if not telling.assessed.tornadoes:
        return []
    head = [telling.words.say(label) for label in (NUMBER, FROM_TO, AT_LOW, AT_HIGH, BEYOND_LUCK)]
    rows = [head, *rows_of_tornado(telling, number)]
    widths = [max(len(row[c]) for row in rows) for c in range(len(head))]
    return [line_of(row, widths) for row in rows]


def to_mind(telling: Money) -> Iterator[str]:
    """That fitted numbers go further than their fit may, where one of them leads."""
    if any(each.first is not None and each.first.bar.kind == FITTED for each in telling.assessed.tornadoes):
        yield telling.words.say(ONE_AT_A_TIME)


def tornado_picture(telling: Money, number: int) -> Picture:
    """Bars around the gain as written, the largest span at the top."""
    tornado, words, plan = telling.assessed.tornadoes[number], telling.words, telling.assessed.plan
    bars = [moved for moved in tornado.bars if not math.isnan(moved.span) and moved.span > 0][:MOST]
    shifts = [0.0, *(e.value for moved in bars for e in moved.ends)]
    scale, unit = scale_of(abs(tornado.at.value + shift) for shift in shifts)
    with in_style():
        picture = Picture(WIDTH, 1.4 + STEP * 1.1 * len(bars))
        panel = picture.subplots()
        put_bars(panel, tornado.at.value / scale, bars, 1 / scale)
        panel.axvline(0, color="0.4", lw=0.9)
        names = ["\n".join([*lines_beside(picture, short(m.bar.name)), _range(telling, m)]) for m in bars]
        panel.set_yticks(range(len(names)), names, fontsize=8)
        panel.set_ylim(max(len(names), 1) - 0.4, -0.6)
        panel.grid(axis="y", visible=False)
        panel.set_xlabel(words.say(AXIS, who=telling.who(telling.decides), unit=words.say(unit), year=plan.price_year))
        in_manner(panel, telling.language, y=False)
        first, name = tornado.first, telling.names[number + 1]
        title = words.say(TITLE_NONE, name=name) if first is None else words.say(
            TITLE, name=name, first=short(first.bar.name))  # fmt: skip
        caption = words.say(CAPTION, n=len(bars), all=len(tornado.bars), base=telling.names[0])
        band = words.say(BAND, n=0 if plan.moving is None else plan.moving.replications)
        return picture.finish(title, caption, band, ends_told(words.say(LOW), words.say(HIGH)))


def lines_beside(picture: Picture, name: str) -> list[str]:
    """A dotted key in lines that fit beside a bar."""
    lines = [""]
    for part in name.replace(".", ".\0").split("\0"):
        if lines[-1] and picture.text_width(lines[-1] + part, 8) > NAMES:
            lines.append(part)
        else:
            lines[-1] += part
    return lines


def _range(telling: Money, moved: Moved) -> str:
    """Both ends of a number."""
    return " – ".join(figure_text(telling.words, _rounded(end)) for end in (moved.bar.low, moved.bar.high))


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _part(e: Estimate) -> Part:
    return Part(e.value, e.low, e.high)
