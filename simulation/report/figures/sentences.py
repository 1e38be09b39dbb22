"""Titles of figures: a sentence that says what is seen, written from the numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from simulation.report.figures.lines import arm_name, scenario_names
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.intervals import Estimate
from simulation.results.names import Figure, arm_group
from simulation.world.labels import Label

ONE = Label("{what}: {a}", "{what}: {a}")
RISE = Label("{what} rise from {a} to {b}", "{what} stiger fra {a} til {b}")
FALL = Label("{what} fall from {a} to {b}", "{what} falder fra {a} til {b}")
STAY = Label("{what} do not move measurably ({a} and {b})", "{what} flytter sig ikke målbart ({a} og {b})")
SAME = Label("{what} are the same ({b})", "{what} er ens ({b})")
RANGE = Label("{what} range from {a} ({first}) to {b} ({last})", "{what} går fra {a} ({first}) til {b} ({last})")
ALIKE = Label("{what}: no measurable difference between the {n} scenarios",
              "{what}: ingen målbar forskel mellem de {n} scenarier")  # fmt: skip
TWO = Label("{what}: {first} {a}, {last} {b}", "{what}: {first} {a}, {last} {b}")
TWO_ALIKE = Label("{what}: {first} {a}, {last} {b}, not measurably apart",
                  "{what}: {first} {a}, {last} {b}, ikke målbart forskelligt")  # fmt: skip
AMONG = Label("{what} ({arm})", "{what} ({arm})")


SEEN = 0.0005
"""Of a difference that is smaller, nothing is seen in a figure."""


class Seen(NamedTuple):
    """What is seen of one outcome: its values by name, and whether they differ measurably."""

    values: Sequence[tuple[str, Estimate]]
    moved: bool
    arm: str = ""


def value_in(wording: Wording, unit: str, value: float) -> str:
    """A number, with its sign where it is a share."""
    return f"{wording.number(unit, value)}{' %' if unit == 'share' else ''}"


def whole(wording: Wording, value: float) -> str:
    """A number of persons, talks or cases, in whole ones."""
    text = f"{value:,.0f}" if abs(value) >= 0.5 else "0"
    return text.replace(",", ".") if wording.language == "da" else text


def moves(difference: Estimate) -> bool:
    """Whether a difference is further from nothing than its interval."""
    return not math.isnan(difference.low) and (difference.low > 0 or difference.high < 0)


def seen(ran: Ran, wording: Wording, outcome: str) -> Seen | None:
    """What is seen of an outcome over the whole follow-up: of the arms of one scenario, or of the arm that moves most
    between several. None where nobody has it."""
    if len(ran.compared) == 1:
        result = ran.compared[0]
        having = [arm for arm in result.loaded.scenario.arms if Figure(outcome, arm_group(arm)) in result.keys]
        values = [(arm_name(wording, arm), result.estimate_of(Figure(outcome, arm_group(arm)))) for arm in having]
        groups = [Figure(outcome, group) for group in result.names.contrasts]
        moved = any(moves(result.estimate_of(figure)) for figure in groups if figure in result.keys)
        return Seen(values, moved) if values else None
    names = scenario_names(ran, wording, base=False)
    best: tuple[tuple[bool, float], str] | None = None
    for comparison in ran.comparisons:
        for each in comparison.differences():
            if each.key.outcome != outcome or each.key.time is not None or each.key.group.kind not in ("arm", "alle"):
                continue
            if each.key.group != each.key.group.whole or math.isnan(each.difference.value):
                continue
            if each.key.group.kind == "alle" and len(ran.compared[0].loaded.scenario.arms) > 1:
                continue
            size = abs(each.difference.value)
            rank = moves(each.difference) and size >= SEEN, size
            if best is None or rank > best[0]:
                best = rank, str(each.key.group)
    if best is None:
        return None
    figure = ran.compared[0].names.figure(outcome, best[1])
    values = [(name, result.estimate_of(figure)) for name, result in zip(names, ran.compared, strict=True)
              if figure in result.keys]  # fmt: skip
    arm = arm_name(wording, figure.group.name) if figure.group.kind == "arm" else ""
    return Seen(values, best[0][0], arm if len(ran.compared[0].loaded.scenario.arms) > 1 else "")


def sentence(ran: Ran, wording: Wording, what: str, outcome: str) -> str:
    """What is seen of an outcome; `what` names it in the plural. The name alone where nobody has it."""
    found = seen(ran, wording, outcome)
    if found is None:
        return what
    unit = ran.compared[0].names.unit(outcome)
    return said(ran, wording, what, found, unit)


def said(ran: Ran, wording: Wording, what: str, found: Seen, unit: str) -> str:
    """What is seen, as a sentence."""
    known = [(name, e.value) for name, e in found.values if not math.isnan(e.value)]
    if not known:
        return what
    first, last = known[0], known[-1]
    if len(known) == 1:
        return wording.say(ONE, what=what, a=value_in(wording, unit, first[1]))
    if len(ran.compared) == 1:
        if len(known) == 2:
            label = TWO if found.moved else TWO_ALIKE
        else:
            label, known = RANGE, sorted(known, key=lambda each: each[1])
            first, last = known[0], known[-1]
        a, b = (value_in(wording, unit, each[1]) for each in (first, last))
        return wording.say(label, what=what, a=a, b=b, first=first[0], last=last[0])
    among = wording.say(AMONG, what=what, arm=found.arm) if found.arm else what
    if len(known) == 2:
        a, b = wording.number(unit, first[1]), value_in(wording, unit, last[1])
        if not found.moved or wording.number(unit, last[1]) == a:
            return wording.say(SAME if wording.number(unit, last[1]) == a else STAY, what=among, a=a, b=b)
        return wording.say(RISE if last[1] > first[1] else FALL, what=among, a=a, b=b)
    if not found.moved:
        return wording.say(ALIKE, what=what, n=len(known))
    first, *_, last = sorted(known, key=lambda each: each[1])
    a, b = (value_in(wording, unit, each[1]) for each in (first, last))
    return wording.say(RANGE, what=among, a=a, b=b, first=first[0], last=last[0])
