"""Figures of a rehearsed trial as text, in the manner of a language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from simulation.experiments.trial.found import Rehearsed
from simulation.report.sentences import unit_of, what_of
from simulation.report.trial.labels import ERRORS, MEASURES, OF_TEST, POPULATIONS
from simulation.report.wording import Wording
from simulation.results.intervals import NAN, Estimate
from simulation.results.names import Figure
from simulation.results.trial.operating import Interval, Operating, Test
from simulation.world.labels import Label, Language

RATIO = Label("a hazard ratio of {value}", "en hazard ratio på {value}")
FACTOR = Label("a factor of {value}", "en faktor {value}")


def as_estimate(interval: Interval) -> Estimate:
    """A figure with its simulation error, as other figures have it; without an error of which an end is not known."""
    low, high = (NAN, NAN) if math.isnan(interval.low + interval.high) else interval[1:3]
    return Estimate(interval.value, low, high, NAN, NAN, NAN, interval.of, interval.of)


@dataclass(frozen=True)
class Numbers:
    """A rehearsed trial in one language."""

    rehearsed: Rehearsed
    language: Language = "en"

    @cached_property
    def words(self) -> Wording:
        """The words for it."""
        return Wording(self.rehearsed.names, self.language)

    @property
    def chief(self) -> Operating:
        """How the primary analysis does."""
        return self.rehearsed.chief

    def share(self, interval: Interval) -> str:
        """A share in per cent."""
        return f"{self.words.estimate('share', as_estimate(interval))} %"

    def percent(self, interval: Interval | None) -> str:
        """The same in a table, without the sign."""
        return "–" if interval is None else self.words.estimate("share", as_estimate(interval))

    def shown(self, outcome: str, interval: Interval, signed: bool = True) -> str:
        """A difference in an outcome, with its unit."""
        unit = self.rehearsed.names.unit(self.rehearsed.named(outcome))
        text = self.words.estimate(unit, as_estimate(interval), signed)
        return f"{text} {unit_of(self.words, unit, difference=True)}"

    def effect(self, test: Test, interval: Interval, signed: bool = True) -> str:
        """What a test estimates, with its unit; a hazard ratio itself, and not its logarithm."""
        if test.measure == "difference":
            return self.shown(test.outcome, interval, signed)
        return self.words.say(RATIO, value=self.ratio(interval))

    def off_by(self, test: Test, interval: Interval) -> str:
        """How far an estimate is off, with its unit."""
        if test.measure == "difference":
            return self.shown(test.outcome, interval)
        return self.words.say(FACTOR, value=self.ratio(interval))

    def ratio(self, interval: Interval) -> str:
        """A ratio from its logarithm."""
        value, low, high = (self.words.number("", math.exp(end), digits=2) for end in interval[:3])
        return value if low == high or math.isnan(interval.low + interval.high) else f"{value} [{low}; {high}]"

    def cell(self, test: Test, interval: Interval | None, signed: bool = True, whole: bool = False) -> str:
        """The same in a table, without its unit, and without its interval unless `whole`."""
        if interval is None or math.isnan(interval.value):
            return "–"
        if test.measure != "difference":
            return self.ratio(interval if whole else Interval(interval.value, NAN, NAN))
        unit = self.rehearsed.unit(test)
        told = self.words.estimate if whole else self.words.alone
        return told(unit, as_estimate(interval), signed)

    def times(self, interval: Interval) -> str:
        """How many times as much."""
        return self.words.estimate("", as_estimate(interval))

    def count(self, number: float) -> str:
        """A whole number."""
        return self.words.number("", float(number), digits=0) if math.isfinite(number) else "–"

    def counted(self, interval: Interval) -> str:
        """A number of persons or jobcentres with its interval."""
        value, low, high = map(self.count, interval[:3])
        return value if low == high or math.isnan(interval.low) else f"{value} [{low}; {high}]"

    def what(self, outcome: str) -> str:
        """What an outcome is called within a sentence, with its time."""
        return what_of(self.words, Figure(self.rehearsed.named(outcome)))

    def head(self, outcome: str) -> str:
        """What an outcome is called at the head of a row, with its time and unit."""
        return self.words.figure(Figure(self.rehearsed.named(outcome)))

    def how(self, test: Test) -> str:
        """What is reckoned, and by which errors."""
        parts = [self.words.say(MEASURES[test.measure])]
        if test.population == "treated":
            parts.append(self.words.say(POPULATIONS[test.population]))
        return ", ".join([*parts, self.words.say(ERRORS[test.errors])])

    def test(self, test: Test) -> str:
        """A test in a row of a table."""
        what = self.head(test.outcome) if test.measure == "difference" else self.what(test.outcome)
        return self.words.say(OF_TEST, what=f"{what[0].upper()}{what[1:]}", how=self.how(test))


def known(interval: Interval | None) -> bool:
    """Whether there is such a figure."""
    return interval is not None and not math.isnan(interval.value)


def apart_from(interval: Interval | None, value: float) -> bool:
    """Whether a figure surely is another one than this."""
    return interval is not None and not math.isnan(interval.low) and not interval.low <= value <= interval.high


def measured(rehearsed: Rehearsed) -> float | None:
    """How many of the persons are measured, where that is not everybody who is enrolled; None where it is."""
    scenario, own = rehearsed.loaded.scenario, rehearsed.own
    first, last = scenario.measured_weeks()
    everybody = first <= scenario.intake.first_week() and last == scenario.intake.from_week + scenario.intake.weeks - 1
    return None if everybody or own.recruited is None else own.recruited.value
