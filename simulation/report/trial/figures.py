"""The figures of a rehearsed trial: power by size, the smallest effect that is found by size, and what the rehearsals
estimate against the effects that are true in the model."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.experiments.trial.found import Of, Rehearsed
from simulation.report.figures.drawing import Album, Picture, in_style
from simulation.report.figures.looks import QUIET, Look, in_manner, looks
from simulation.report.sentences import unit_of
from simulation.report.trial.labels import JOBCENTRES, MEASURES, PERSONS, STAFF
from simulation.report.trial.numbers import known
from simulation.report.trial.words import ALPHA, WANTED, Telling
from simulation.results.trial.operating import Interval, Operating, Point, Staff, Test
from simulation.world.labels import Label, Language

WIDE, HIGH = 7.6, 3.6
"""Inches of a picture with one panel."""
POWER, SIZE = Label("Power, %", "Styrke, %"), Label("type I errors, %", "type I-fejl, %")
AXES: dict[Of, Label] = {"persons": PERSONS, "jobcentres": JOBCENTRES}
POWER_TITLE = Label("{power} with {persons} persons in {jobcentres} jobcentres",
                    "{power} med {persons} personer i {jobcentres} jobcentre")  # fmt: skip
POWER_IS = Label("Power is {power}", "Styrken er {power}")
NEEDED = {
    "persons": Label("80 % power takes {number} persons", "80 % styrke kræver {number} personer"),
    "jobcentres": Label("80 % power takes {number} jobcentres", "80 % styrke kræver {number} jobcentre"),
}
SMALLEST_TITLE = Label(
    "Found in 80 % with {persons} persons in {jobcentres} jobcentres: {effect}",
    "Findes i 80 % med {persons} personer i {jobcentres} jobcentre: {effect}",
)
ESTIMATES_TITLE = Label(
    "{found} of {all} rehearsals are significant; by lot the effect is {effect}",
    "{found} af {all} gennemspilninger er signifikante; efter lodtrækning er effekten {effect}",
)
POWER_CAPTION = Label(
    "How often the primary analysis rejects (p at most 0.05), by size of the trial. Staff follows: as many members of "
    "staff and places for each ledig as now; held: those there are",
    "Hvor ofte den primære analyse forkaster (p højst 0,05), efter forsøgets størrelse. Personalet følger med: lige "
    "så mange medarbejdere og pladser pr. ledig som nu; som nu: dem, der er",
)
SMALLEST_CAPTION = Label(
    "The effect by lot that the primary analysis finds in 80 % of trials of such a size",
    "Den effekt efter lodtrækning, som den primære analyse finder i 80 % af forsøg af en sådan størrelse",
)
ESTIMATES_CAPTION = Label(
    "What each rehearsal estimates ({how}), and the effects that are true in the model",
    "Det, hver gennemspilning estimerer ({how}), og de effekter, der er sande i modellen",
)
BAND = Label("Band or bar: simulation error, 95 %", "Bånd eller streg: simulationsfejl, 95 %")
MEANS = Label("Lines: means over rehearsals, by common luck",
              "Linjer: gennemsnit over gennemspilninger, samme tilfældigheder")  # fmt: skip
FOUND = Label("significant (p ≤ 0.05)", "signifikant (p ≤ 0,05)")
NOT_FOUND = Label("not significant", "ikke signifikant")
ENOUGH = Label("enough for 80 %, between the sizes rehearsed", "nok til 80 %, mellem de gennemspillede størrelser")
EFFECT = Label("Effect: {what}, {unit}", "Effekt: {what}, {unit}")
COUNT = Label("rehearsals", "gennemspilninger")
TRUE_ITT = Label("true, by lot in the trial", "sand, efter lodtrækning i forsøget")
TRUE_ROLL_OUT = Label("true, everybody against nobody", "sand, alle mod ingen")
TRUE_UNTREATED = Label("true, those not treated", "sand, de ubehandlede")
TRUE = Label("true effect, {staff}", "sand effekt, {staff}")
PALE, DARK = "#B9D3E6", "#0072B2"
MOST_BARS = 40


class Axis(NamedTuple):
    """How figures are drawn along an axis: what becomes of them, where nothing lies, and what is written beside it."""

    shown: Callable[[Any], Any]
    nothing: float
    text: str


class Line(NamedTuple):
    """The sizes along an axis, ascending, with staff that follows or is held."""

    staff: Staff
    points: Sequence[Point]


def draw_trial(rehearsed: Rehearsed, folder: pathlib.Path, made_by: str, language: Language = "en") -> None:
    """All figures that there is something to be seen in, with their captions."""
    album = Album(folder, made_by)
    for name, picture in trial_pictures(rehearsed, language):
        album.add(picture, name)
    album.close()


def trial_pictures(rehearsed: Rehearsed, language: Language = "en") -> Iterator[tuple[str, Picture]]:
    """The figures by name."""
    telling = Telling(rehearsed, language)
    with in_style():
        for of in AXES:
            if lines := lines_along(rehearsed, of):
                yield f"power_by_{of}", draw_power(telling, of, lines)
                if any(known(_smallest(point, telling)) for line in lines for point in line.points):
                    yield f"smallest_by_{of}", draw_smallest(telling, of, lines)
        if (test := drawn_test(rehearsed)) is not None:
            yield "estimates", draw_estimates(telling, test)


def lines_along(rehearsed: Rehearsed, of: Of) -> list[Line]:
    """The sizes that lie along an axis: of persons those with the scenario's own jobcentres; of jobcentres those with
    about as many persons in each. Nothing where there is one alone. The own size is on every line: held staff is there
    the staff that follows."""
    own = rehearsed.own
    lines = []
    for staff in STAFF:
        points = [own, *(point for point in rehearsed.points[1:] if point.staff == staff)]
        if of == "persons":
            along = {point.persons: point for point in points if point.jobcentres == own.jobcentres}
        else:
            along = {point.jobcentres: point for point in sorted(points, key=lambda p: -_apart(p, own))}
        if len(along) > 1:
            lines.append(Line(staff, [along[size] for size in sorted(along)]))
    return lines


def _apart(point: Point, own: Point) -> float:
    """How far its jobcentres are from those of the own size in persons."""
    return abs(math.log((point.persons / point.jobcentres) / (own.persons / own.jobcentres)))


def drawn_test(rehearsed: Rehearsed) -> Test | None:
    """The analysis whose estimates are drawn: the primary one, or where that has none (log-rank) the first difference
    in its outcome."""
    primary, found = rehearsed.primary, rehearsed.own.operating
    same = [test for test in found if test.outcome == primary.outcome and test.measure == "difference"]
    having = [test for test in (primary, *same) if np.isfinite(found[test].estimates.estimate).any()]
    return having[0] if having else None


def draw_power(telling: Telling, of: Of, lines: Sequence[Line]) -> Picture:
    """Power by size, a line for staff that follows and one for staff that is held."""
    words, rehearsed = telling.words, telling.rehearsed
    picture = Picture(WIDE, HIGH)
    panel = picture.subplots()
    entries = _draw(panel, telling, of, lines, lambda point: _of(point, telling).power, _per_cent)
    sizes = [_of(point, telling).type_i for point in lines[0].points]
    if all(size is not None for size in sizes):
        xs = [getattr(point, of) for point in lines[0].points]
        entries[words.say(SIZE)] = panel.plot(xs, [100 * size.value for size in sizes if size], **QUIET.how())[0]
    panel.axhline(100 * WANTED, color="black", lw=1.1, ls=(0, (6, 3)))
    panel.axhline(100 * ALPHA, color="0.6", lw=0.8)
    needed = rehearsed.needed
    if needed is not None and needed.by == of and needed.within:
        reach = [[needed.interval.value - needed.interval.low], [needed.interval.high - needed.interval.value]]
        entries[words.say(ENOUGH)] = panel.errorbar(
            [needed.interval.value], [100 * WANTED], xerr=reach, fmt="o", ms=9, mfc="none", color="black", capsize=4,
            zorder=5,
        )  # fmt: skip
    panel.set_ylim(0, 102)
    _frame(panel, telling, of, words.say(POWER))
    power = words.say(POWER_IS, power=telling.share(telling.chief.power))
    title = words.say(POWER_TITLE, power=power, **_size(telling))
    if needed is not None and needed.by == of and needed.within:
        title += f"; {words.say(NEEDED[of], number=telling.counted(needed.interval))}"
    return picture.finish(title, words.say(POWER_CAPTION), words.say(BAND), entries)


def draw_smallest(telling: Telling, of: Of, lines: Sequence[Line]) -> Picture:
    """The smallest effect that is found in 80 %, by size, and how large the effect is."""
    words, primary = telling.words, telling.rehearsed.primary
    picture = Picture(WIDE, HIGH)
    panel = picture.subplots()
    axis = _axis(telling, primary)
    entries = _draw(panel, telling, of, lines, lambda point: _smallest(point, telling), axis.shown)
    for line, look in zip(lines, _looks(lines), strict=True):
        truths = [_of(point, telling).truth for point in line.points]
        if all(known(truth) for truth in truths):
            heights = [axis.shown(abs(truth.value)) for truth in truths if truth is not None]
            xs = [getattr(point, of) for point in line.points]
            drawn = panel.plot(xs, heights, color=look.colour, lw=1, ls=(0, (1, 2)))[0]
            entries[words.say(TRUE, staff=words.say(STAFF[line.staff]))] = drawn
    panel.set_ylim(bottom=axis.nothing)
    _frame(panel, telling, of, "\n".join(picture.wrapped(axis.text, 9.5, HIGH - 0.7)))
    smallest = telling.chief.smallest
    effect = telling.effect(primary, smallest, signed=False) if smallest is not None and known(smallest) else "–"
    title = words.say(SMALLEST_TITLE, effect=effect, **_size(telling))
    return picture.finish(title, words.say(SMALLEST_CAPTION), words.say(BAND), entries)


def draw_estimates(telling: Telling, test: Test) -> Picture:
    """How the estimates of the rehearsals lie, those that are significant marked, and the three truths."""
    words, rehearsed = telling.words, telling.rehearsed
    of = rehearsed.own.operating[test]
    axis = _axis(telling, test)
    there = np.isfinite(of.estimates.estimate)
    values, significant = axis.shown(of.estimates.estimate[there]), (of.estimates.p <= ALPHA)[there]
    picture = Picture(WIDE, HIGH)
    panel = picture.subplots()
    edges = np.histogram_bin_edges(values, bins=min(MOST_BARS, max(8, math.isqrt(len(values)))))
    entries: dict[str, Any] = {}
    below = np.zeros(len(edges) - 1)
    for label, which, colour in ((FOUND, significant, DARK), (NOT_FOUND, ~significant, PALE)):
        heights = np.histogram(values[which], edges)[0]
        entries[words.say(label)] = panel.bar(edges[:-1], heights, np.diff(edges), below, align="edge", color=colour,
                                              edgecolor="white", linewidth=0.4)  # fmt: skip
        below += heights
    for label, interval, how in _truths(rehearsed, test, of):
        entries[words.say(label)] = panel.axvline(axis.shown(interval.value), **how)
    panel.axvline(axis.nothing, color="0.4", lw=0.8)
    panel.set_xlabel(axis.text)
    panel.set_ylabel(words.say(COUNT))
    in_manner(panel, telling.language)
    numbers = {"found": telling.count(int(significant.sum())), "all": telling.count(len(values))}
    truth = of.truth or rehearsed.truths.itt
    shown = telling.effect(test, Interval(truth.value, math.nan, math.nan)) if known(truth) else "–"
    title = words.say(ESTIMATES_TITLE, **numbers, effect=shown)
    caption = words.say(ESTIMATES_CAPTION, how=telling.how(test))
    return picture.finish(title, caption, words.say(MEANS), entries)


def _truths(rehearsed: Rehearsed, test: Test, of: Operating) -> Iterator[tuple[Label, Interval, dict[str, Any]]]:
    """The truths that are in the unit of the estimates, as lines."""
    truths = rehearsed.truths
    looks_of = {"color": "black", "lw": 1.8}, {"color": "#D55E00", "lw": 1.8, "ls": (0, (5, 2))}
    itt = of.truth if of.truth is not None else truths.itt if test.measure == "difference" else None
    if itt is not None and known(itt):
        yield TRUE_ITT, itt, looks_of[0]
    if test.measure == "difference" and known(truths.roll_out):
        yield TRUE_ROLL_OUT, truths.roll_out, looks_of[1]
    if test.measure == "difference" and known(truths.untreated):
        yield TRUE_UNTREATED, truths.untreated, {"color": "#009E73", "lw": 1.8, "ls": (0, (1, 1.5))}


def _draw(
    panel: Any, telling: Telling, of: Of, lines: Sequence[Line], figure: Callable[[Point], Interval | None],
    shown: Callable[[Any], Any],
) -> dict[str, Any]:  # fmt: skip
    """A figure by size with its band, a line for each way to staff it."""
    entries = {}
    for line, look in zip(lines, _looks(lines), strict=True):
        there = [(getattr(point, of), each) for point in line.points if (each := figure(point)) is not None]
        xs = [x for x, _ in there]
        value, low, high = (shown(np.array([each[end] for _, each in there])) for end in range(3))
        panel.fill_between(xs, low, high, color=look.colour, alpha=0.22, lw=0)
        entries[telling.words.say(STAFF[line.staff])] = panel.plot(xs, value, **look.how())[0]
    return entries


def _looks(lines: Sequence[Line]) -> list[Look]:
    """Looks whose points are seen: these sizes alone were rehearsed."""
    first, second = looks(2)
    both = {"follows": first._replace(marker="P", colour="#4C97CC"), "held": second}
    return [both[line.staff] for line in lines]


def _frame(panel: Any, telling: Telling, of: Of, unit: str) -> None:
    panel.set_xlabel(telling.words.say(AXES[of]))
    panel.set_ylabel(unit)
    panel.set_xlim(left=0)
    in_manner(panel, telling.language)


def _per_cent(share: Any) -> Any:
    return 100 * share


def _axis(telling: Telling, test: Test) -> Axis:
    """The axis of what a test estimates; of a hazard ratio the ratio itself."""
    words, unit, what = telling.words, telling.rehearsed.unit(test), telling.what(test.outcome)
    if test.measure != "difference":
        return Axis(np.exp, 1.0, words.say(EFFECT, what=what, unit=words.say(MEASURES[test.measure])))
    text = words.say(EFFECT, what=what, unit=unit_of(words, unit, difference=True))
    return Axis(_per_cent if unit == "share" else np.asarray, 0.0, text)


def _of(point: Point, telling: Telling) -> Operating:
    return point.operating[telling.rehearsed.primary]


def _smallest(point: Point, telling: Telling) -> Interval | None:
    smallest = _of(point, telling).smallest
    return smallest if known(smallest) else None


def _size(telling: Telling) -> dict[str, str]:
    own = telling.rehearsed.own
    return {"persons": telling.count(own.persons), "jobcentres": telling.count(own.jobcentres)}
