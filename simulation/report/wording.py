"""How results are told of in Danish or English: labels in the place of keys, numbers in the language's manner.

Keys stay in stored tables and in `--all`; everything that is handed on is worded here.
"""

from __future__ import annotations

import math

from simulation.report.words import decimals, number, span
from simulation.results.intervals import Estimate
from simulation.results.names import Figure, Group, Names
from simulation.world.labels import UNITS, Label, Language

WITHIN = Label("within {weeks} weeks", "inden {weeks} uger")
AFTER = Label("after {weeks} weeks", "efter {weeks} uger")
IN_WEEK = Label("in week {week}", "i uge {week}")
IN_MONTH = Label("in month {month}", "i måned {month}")
EVERYBODY = Label("everybody", "alle")
LESS = Label("{first} − {second}", "{first} − {second}")
BEYOND = Label("beyond {weeks}", "over {weeks}")
KNOWN_ARMS = {"deltager": Label("participants", "deltagere"), "kontrol": Label("controls", "kontrolgruppe")}
"""Arms that nearly every trial has; a scenario may call them otherwise."""


class Wording:
    """The words for one scenario in one language."""

    def __init__(self, names: Names, language: Language = "en") -> None:
        self.names, self.language = names, language
        self.scenario = names.scenario

    def say(self, label: Label, **gaps: object) -> str:
        """A text with its gaps filled. Raises KeyError for a gap that is not filled."""
        return label.told(self.language, **gaps)

    def outcome(self, outcome: str) -> str:
        """What an outcome is called; it may be in the dotted form alone. Raises KeyError if there is none."""
        label = self.names.meaning(outcome).label
        return self.names.write(outcome) if label is None else self.say(label)

    def unit(self, outcome: str) -> str:
        """The unit of an outcome. Raises KeyError if there is no such outcome."""
        unit = self.names.unit(outcome)
        return self.say(UNITS[unit]) if unit in UNITS else unit

    def figure(self, figure: Figure) -> str:
        """Such as "Left to a job within 64 weeks, %": an outcome with its time and unit, not whom it is of."""
        text, time = self.outcome(figure.outcome), self.time(figure)
        return f"{text} {time}, {self.unit(figure.outcome)}" if time else f"{text}, {self.unit(figure.outcome)}"

    def time(self, figure: Figure) -> str:
        """The time that a figure is of; "" of one that needs none."""
        meaning = self.names.meaning(figure.outcome)
        if meaning.clock == "month":
            return "" if figure.time is None else self.say(IN_MONTH, month=figure.time)
        if meaning.cumulative and not meaning.whole_run:
            return self.say(WITHIN, weeks=self.scenario.follow_up if figure.time is None else figure.time)
        if figure.time is None:
            return ""
        return self.say(IN_WEEK, week=figure.time) if meaning.course else self.say(AFTER, weeks=figure.time)

    def group(self, group: Group) -> str:
        """Whom a figure is of."""
        if group.kind == "difference":
            pair = self.names.pair(group)
            assert pair is not None
            who = self.say(LESS, first=self.group(pair[0].whole), second=self.group(pair[1].whole))
        elif group.kind == "alle":
            who = self.say(EVERYBODY)
        else:
            who = self.arm(group.name) if group.kind == "arm" else self.team(group.name)
        if group.jobcentre:
            return f"{who}, {self.jobcentre(group.jobcentre)}"
        return f"{who}, {group.level}" if group.level else who

    def arm(self, key: str) -> str:
        """What an arm is called."""
        return self.say(KNOWN_ARMS[key]) if key in KNOWN_ARMS else key

    def team(self, key: str) -> str:
        """What a team is called."""
        return key

    def jobcentre(self, key: str) -> str:
        """What a jobcentre is called."""
        return self.scenario.jobcentres[key].name or key

    def number(self, unit: str, value: float, signed: bool = False, digits: int | None = None) -> str:
        """A figure in a unit; shares in per cent, without the sign. "–" where it is not known."""
        return self._manner(number(unit, value, signed, digits))

    def span(self, unit: str, low: float, high: float, signed: bool = False) -> str:
        """The ends of an interval, as [low; high]."""
        text = span(unit, low, high, signed)
        if not text.startswith("["):
            return text
        low_end, high_end = text[1:-1].split(", ")
        return f"[{self._manner(low_end)}; {self._manner(high_end)}]"

    def estimate(self, unit: str, e: Estimate, signed: bool = False) -> str:
        """A mean with its interval, such as "+0.1 [0.0; 0.2]"; where it is not known, what is known instead."""
        alone = self.alone(unit, e, signed)
        return alone if math.isnan(e.low) or e.low == e.high else f"{alone} {self.span(unit, e.low, e.high, signed)}"

    def alone(self, unit: str, e: Estimate, signed: bool = False) -> str:
        """A mean without its interval, with as many digits as the interval tells apart."""
        if math.isnan(e.value) and not math.isnan(e.beyond):
            return self.say(BEYOND, weeks=f"{e.beyond:g}")
        return self.number(unit, e.value, signed, decimals(unit, (e.high - e.low) / 2) if e.low < e.high else None)

    def _manner(self, text: str) -> str:
        """An English number as the language writes it."""
        return text.translate(str.maketrans(",.", ".,")) if self.language == "da" else text
