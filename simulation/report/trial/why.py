"""Why a trial hardly ever finds its effect, or always does: a power of 0 or 1 is no answer by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulation.report.trial.numbers import Numbers
from simulation.results.trial.operating import Interval
from simulation.scenario.allotting import share_drawn
from simulation.world.labels import Label

LOW, HIGH = 0.1, 0.99
"""Power up to which, and from which on, the reason is told."""
ALL_LOTS = Label(
    "There are {lots} ways to draw {treated} of {all} jobcentres, so a permutation test can reject in at most {size} "
    "% where there is no effect.",
    "Der er {lots} måder at udtrække {treated} af {all} jobcentre på, så en permutationstest kan forkaste i højst "
    "{size} %, hvor der ingen effekt er.",
)
NO_P = Label(
    "There are {lots} ways to draw {treated} of {all} jobcentres, so that the p-value of a permutation test never "
    "comes down to 0.05.",
    "Der er {lots} måder at udtrække {treated} af {all} jobcentre på, så p-værdien i en permutationstest aldrig når "
    "ned på 0,05.",
)
FEW_LOTS = Label(
    "There are so few lots that a permutation test rejects in at most {size} % where there is no effect.",
    "Der er så få mulige lod, at en permutationstest forkaster i højst {size} %, hvor der ingen effekt er.",
)
NO_CONTRAST = Label(
    "Hardly anybody is treated because of the lot: {treated} of those drawn, {control} of the controls.",
    "Næsten ingen behandles på grund af loddet: {treated} af de udtrukne, {control} af kontrollerne.",
)
NULL = Label(
    "The effect by lot is none that can be told from 0 ({effect}), so power is no more than size.",
    "Effekten efter lodtrækning kan ikke skelnes fra 0 ({effect}), så styrken er ikke mere end type I-fejlen.",
)
TOO_SMALL = Label(
    "The effect, {effect}, is {part} % of the smallest that is found in 80 %.",
    "Effekten, {effect}, er {part} % af den mindste, der findes i 80 %.",
)
ALIKE = Label(
    "Persons of one jobcentre are alike (ICC {icc}): {persons} tell as much as {worth} drawn singly.",
    "Personer fra samme jobcenter ligner hinanden (ICC {icc}): {persons} siger så meget som {worth} trukket enkeltvis.",
)
BEYOND_DOUBT = Label(
    "The effect is {times} times the smallest that is found in 80 %: a smaller trial finds it, too.",
    "Effekten er {times} gange den mindste, der findes i 80 %: også et mindre forsøg finder den.",
)
ALWAYS = Label(
    "The test rejects as readily where there is no effect, so that says nothing of the effect.",
    "Testen forkaster lige så gerne, hvor der ingen effekt er, så det siger intet om effekten.",
)
FEW_TREATED, MUCH_ALIKE, OFTEN = 0.1, 1.5, 0.5
"""Difference in treatment between the lots, design effect, and size at which these are reasons."""
ENOUGH = 0.03
"""A permutation test that cannot reject as often as this has too few lots."""


def why(numbers: Numbers) -> Iterator[str]:
    """The reasons, where power is near 0 or 1; nothing where it is between. Of sizes with too few lots the largest."""
    yield from _few_lots(numbers)
    if numbers.chief.power.value <= LOW:
        yield from _why_never(numbers)
    elif numbers.chief.power.value >= HIGH:
        yield from _why_always(numbers)


def _why_never(numbers: Numbers) -> Iterator[str]:
    words, chief, own = numbers.words, numbers.chief, numbers.rehearsed.own
    if own.taken_up is not None and own.taken_up[1].value - own.taken_up[0].value < FEW_TREATED:
        control, treated = map(numbers.share, own.taken_up)
        yield words.say(NO_CONTRAST, treated=treated, control=control)
    truths, primary = numbers.rehearsed.truths, numbers.rehearsed.primary
    if not math.isnan(truths.itt.low) and truths.itt.low <= 0 <= truths.itt.high:
        yield words.say(NULL, effect=numbers.shown(primary.outcome, truths.itt))
    elif chief.truth is not None and chief.smallest is not None and (part := _part(chief.truth, chief.smallest)):
        effect = numbers.effect(primary, Interval(chief.truth.value, math.nan, math.nan))
        yield words.say(TOO_SMALL, effect=effect, part=words.number("", 100 * part, digits=0))
    clustering = own.clustering.get(primary.outcome)
    if numbers.rehearsed.trial.of_jobcentres and clustering and clustering.design_effect.value >= MUCH_ALIKE:
        persons = own.persons if own.in_data is None else own.in_data.value
        worth = numbers.count(persons / clustering.design_effect.value)
        icc = words.number("", clustering.icc.value, digits=3)
        yield words.say(ALIKE, icc=icc, persons=numbers.count(persons), worth=worth)


def _why_always(numbers: Numbers) -> Iterator[str]:
    words, chief = numbers.words, numbers.chief
    if chief.type_i is not None and chief.type_i.low > OFTEN:
        yield words.say(ALWAYS)
    elif chief.truth is not None and chief.smallest is not None and (part := _part(chief.truth, chief.smallest)):
        yield words.say(BEYOND_DOUBT, times=words.number("", part, digits=1))


def _few_lots(numbers: Numbers) -> Iterator[str]:
    """The arithmetic of the lots, as far as it is that of drawing jobcentres."""
    rehearsed, words = numbers.rehearsed, numbers.words
    every = [(point.jobcentres, point.operating[rehearsed.primary].attainable) for point in rehearsed.points]
    few = [(places, size) for places, size in every if size is not None and size < ENOUGH]
    if not few:
        return
    places, attainable = few[0] if few[0] == every[0] else max(few)
    size = words.number("share", attainable)
    if rehearsed.trial.lots != "cluster":
        yield words.say(FEW_LOTS, size=size)
        return
    treated = math.floor(places * share_drawn(rehearsed.loaded.scenario, rehearsed.trial) + 0.5)
    lots = numbers.count(math.comb(places, treated))
    yield words.say(ALL_LOTS if attainable else NO_P, lots=lots, treated=treated, all=places, size=size)


def _part(truth: Interval, smallest: Interval) -> float | None:
    """The effect as a part of the smallest that is found; None where one of them is not known."""
    if math.isnan(truth.value) or math.isnan(smallest.value) or not smallest.value:
        return None
    return abs(truth.value / smallest.value)
