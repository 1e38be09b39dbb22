"""Kroner and numbers of an assessment in one language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from simulation.economy.cba.found import Account, Assessed
from simulation.report.economy.labels import KRONER, MILLION, THOUSAND, WHO
from simulation.report.rows import NamesOfAll
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.results.sobol import Part
from simulation.scenario.changes import told_apart
from simulation.world.labels import Label, Language

Side = Literal["more", "less", "none", "unknown"]
When = Literal["from", "in", "not", "lost"]
SCALES = ((1e6, 1e6, MILLION, 2), (1e4, 1e3, THOUSAND, 0), (0.0, 1.0, KRONER, 0))
"""From which amount on kroner are told in which unit: what they are divided by, its name, and decimals."""
FINER = 10
"""In a table an amount is told in the smaller unit up to so many times as much as in a sentence."""


def scale_of(sizes: Iterable[float]) -> tuple[float, Label]:
    """What amounts of these sizes are divided by in a picture, and what they are called then."""
    most = max(sizes, default=0.0)
    return next((scale, label) for least, scale, label, _ in SCALES if most >= least)


def scale_for(parts: Iterable[Part]) -> tuple[float, Label, int]:
    """The one unit of all amounts of a table: what they are divided by, its name, and decimals."""
    most = max((abs(part.value) for part in parts if not math.isnan(part.value)), default=0.0)
    return next((scale, unit, digits) for least, scale, unit, digits in SCALES if most >= FINER * least)


@dataclass(frozen=True)
class Money:
    """The numbers of an assessment in one language."""

    assessed: Assessed
    language: Language = "en"

    @cached_property
    def words(self) -> Wording:
        """The words for it."""
        return Wording(NamesOfAll([Names(each.scenario) for each in self.assessed.plan.loaded]), self.language)

    @cached_property
    def names(self) -> list[str]:
        """What the scenarios are called, the base first."""
        return told_apart(list(self.assessed.plan.loaded), self.language == "da")

    @property
    def decides(self) -> Account:
        """The account that the answer is about."""
        return self.assessed.account

    def who(self, account: Account) -> str:
        """An account within a sentence."""
        return self.words.say(WHO[account])

    def money(self, part: Part, signed: bool = False) -> str:
        """Kroner with their interval, such as "2.02 million kr [1.90; 2.14]"."""
        size = max((abs(each) for each in part if not math.isnan(each)), default=0.0)
        scale, label, digits = next(each[1:] for each in SCALES if size >= each[0])
        value = self.figure(part.value / scale, signed, digits)
        return f"{value} {self.words.say(label)}{self.span(part, scale, digits, signed)}"

    def span(self, part: Part, scale: float, digits: int, signed: bool) -> str:
        """Both ends of an interval behind a blank; "" where they are not known, or the same."""
        if math.isnan(part.low) or math.isnan(part.high) or part.low == part.high:
            return ""
        ends = (self.figure(each / scale, signed, digits) for each in (part.low, part.high))
        return f" [{'; '.join(ends)}]"

    def plain(self, part: Part, digits: int = 1, signed: bool = False, scale: float = 1.0) -> str:
        """A number with its interval."""
        return f"{self.figure(part.value / scale, signed, digits)}{self.span(part, scale, digits, signed)}"

    def figure(self, value: float, signed: bool = False, digits: int = 0) -> str:
        """A number with so many decimals, 0 as well; a dash where it is not known."""
        nothing = not digits and abs(value) < 0.5
        return "0" if nothing else self.words.number("", value, signed, digits)

    def count(self, number: float) -> str:
        """A whole number."""
        return self.figure(float(number))

    def when(self, net: Sequence[Part]) -> tuple[When, int]:
        """The year from which on what was gained until then is more than what was paid, by the means of calendar years
        and of all together: `from` the first gain on, `in` a later year, `not` by the last one, or `lost` again by
        one. There must be a year in which anything is gained or paid."""
        years = self.assessed.years
        until = np.cumsum([part.value for part in net[:-1]])
        gained, owed = np.flatnonzero(until > 0), np.flatnonzero(until < 0)
        if not len(owed):
            return "from", years[int(gained[0])]
        if until[-1] >= 0:
            return "in", years[int(owed[-1]) + 1]
        return ("lost", years[int(gained[-1]) + 1]) if len(gained) else ("not", years[-1])


def short(name: str) -> str:
    """A key without what many begin with."""
    return name.removeprefix("interventions.").replace("prices: prices.", "prices: ")


def turned(part: Part) -> Part:
    """The same with its sign turned."""
    return Part(-part.value, -part.high, -part.low)


def side_of(part: Part) -> Side:
    """On which side of 0 an interval lies: "more", "less", "none" (there is nothing), or "unknown" (0 is within it, or
    there is no interval)."""
    if part.value == 0 and (part.low == part.high or math.isnan(part.low)):
        return "none"
    return "more" if part.low > 0 else "less" if part.high < 0 else "unknown"
