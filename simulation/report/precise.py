"""How precise a result is for which so many replications were done as that took, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.experiments.precise import Until
from simulation.report.sentences import unit_of, what_of
from simulation.report.sweep.worded import level_text
from simulation.report.wording import Wording
from simulation.report.words import decimals
from simulation.results.names import ALLE
from simulation.results.result import Result
from simulation.world.labels import Label, Language

REACHED = Label(
    "± {reached} {unit} of {what} after {n} replications (asked: ± {asked}); it covers a little less than 95 %, for it "
    "decided when to stop.",
    "± {reached} {unit} på {what} efter {n} gentagelser (ønsket: ± {asked}); det dækker lidt under 95 %, for det "
    "afgjorde stoppet.",
)
NOT_REACHED = Label(
    "± {reached} {unit} of {what} after {n} replications, the most (--most): ± {asked} is not reached{further}.",
    "± {reached} {unit} på {what} efter {n} gentagelser, som er det højeste antal (--most): ± {asked} er ikke "
    "nået{further}.",
)
FURTHER = Label("; it takes about {number} more", "; det kræver omkring {number} flere")
OF_DIFFERENCE = Label("the difference in {what}", "forskellen i {what}")


def precision_text(until: Until, results: Sequence[Result], language: Language) -> str:
    """What was reached, of what, after how many replications."""
    words, figure = Wording(results[0].names, language), until.figure
    unit, reached = results[0].names.unit(figure.outcome), until.reached(results)
    what = what_of(words, figure, "" if figure.group == ALLE else words.whom(figure))
    further = until.further(results)
    more = "" if further is None else words.say(FURTHER, number=words.number("", roughly(further), digits=0))
    return words.say(
        REACHED if until.enough(results) else NOT_REACHED,
        reached=words.number(unit, reached, digits=max(decimals(unit, reached), 2)), unit=unit_of(words, unit, True),
        what=words.say(OF_DIFFERENCE, what=what) if until.compared else what,
        n=words.number("", float(results[0].asked), digits=0), asked=level_text(words, unit, until.half_width),
        further=more,
    )  # fmt: skip


def roughly(number: int) -> float:
    """A number, upwards to two digits that count: what it is told of is itself rough."""
    step = 10 ** max(len(str(number)) - 2, 0)
    return float(-(-number // step) * step)
