"""How results are told of in Danish or English: labels in the place of keys, numbers in the language's manner.

Keys stay in stored tables and in `--all`; everything that is handed on is worded here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from simulation.report.known import ARMS, CHARACTERISTICS, INTERVENTIONS, LEVELS, TEAMS, called
from simulation.report.words import decimals, number, span
from simulation.results.by_benefit import benefit_called
from simulation.results.counted import counts_of
from simulation.results.destinations import called as destination
from simulation.results.intervals import Estimate
from simulation.results.names import Figure, Group, Names
from simulation.scenario.changes import title_of
from simulation.world.labels import UNITS, Label, Language, one_line
from simulation.world.names import Name

WITHIN = Label("within {weeks} weeks", "inden {weeks} uger")
OVER = Label("over {weeks} weeks", "over {weeks} uger")
AFTER = Label("after {weeks} weeks", "efter {weeks} uger")
IN_PERIOD = Label("in weeks {first}–{last}", "i uge {first}-{last}")
IN_WEEK = Label("in week {week}", "i uge {week}")
IN_MONTH = Label("in month {month}", "i måned {month}")
EVERYBODY = Label("everybody", "alle")
LESS = Label("{first} − {second}", "{first} − {second}")
BEYOND = Label("beyond {weeks}", "over {weeks}")


class Wording:
    """The words for one scenario in one language."""

    def __init__(self, names: Names, language: Language = "en") -> None:
        self.names, self.language = names, language
        self.scenario = names.scenario

    def say(self, label: Label, **gaps: object) -> str:
        """A text with its gaps filled. Raises KeyError for a gap that is not filled."""
        return label.told(self.language, **gaps)

    def outcome(self, outcome: str) -> str:
        """What an outcome is called, with its intervention where another one is called alike; it may be in the dotted
        form alone. Raises KeyError if there is none."""
        text = self._outcomes[outcome]
        named, times = self.names.intervention(outcome), self._times[text]
        return f"{text} ({self.intervention(named)})" if named and times > 1 else text

    @cached_property
    def _outcomes(self) -> Mapping[str, str]:
        meanings, intervention = self.names.meanings, self.names.intervention
        return {name: self._said(intervention(name), meaning.label) for name, meaning in meanings.items()}

    @cached_property
    def _times(self) -> Counter[str]:
        """How many outcomes are called by each label."""
        return Counter(self._outcomes.values())

    def _said(self, intervention: str, label: Label) -> str:
        """A label in which an intervention ("": none) may be named."""
        return self.say(label, name=self.intervention(intervention)) if intervention else self.say(label)

    def count(self, name: Name) -> str:
        """What is counted. Raises KeyError if the scenario does not count it."""
        return self._said(name.intervention, self._counts[name])

    @cached_property
    def _counts(self) -> Mapping[Name, Label]:
        return counts_of(self.scenario)

    def unit(self, outcome: str) -> str:
        """The unit of an outcome. Raises KeyError if there is no such outcome."""
        return self.of_unit(self.names.unit(outcome))

    def of_unit(self, unit: str) -> str:
        """What a unit is called."""
        return self.say(UNITS[unit]) if unit in UNITS else unit

    def figure(self, figure: Figure) -> str:
        """Such as "Left to a job within 64 weeks, %": an outcome with its time and unit, not whom it is of. A unit that
        its label says already is not said again."""
        text, time, unit = self.outcome(figure.outcome), self.time(figure), self.unit(figure.outcome)
        whole = f"{text} {time}" if time else text
        named = re.search(rf"{re.escape(unit)}\b", text, re.IGNORECASE)  # "sygeforløb" is of forløb
        return whole if named else f"{whole}, {unit}"

    def time(self, figure: Figure) -> str:
        """The time that a figure is of; "" of one that needs none."""
        meaning = self.names.meaning(figure.outcome)
        if meaning.clock == "month":
            return "" if figure.time is None else self.say(IN_MONTH, month=figure.time)
        if meaning.at == "period_ends" and figure.time is not None:
            return self.say(OVER, weeks=figure.time)
        if meaning.cumulative and not meaning.whole_run:
            return self.say(WITHIN, weeks=self.scenario.follow_up if figure.time is None else figure.time)
        if figure.time is None:
            return ""
        if meaning.at == "periods":
            return self.say(IN_PERIOD, first=self.names.begins(figure) + 1, last=figure.time)
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
        if not group.level:
            return who
        level = self.level(group.characteristic, group.level)
        return level if group.kind == "alle" else f"{who}, {level}"

    def whom(self, figure: Figure) -> str:
        """Whom a figure is of; "" where what it is called says so."""
        who = self.group(figure.group)
        return "" if who in self.outcome(figure.outcome).split(", ") else who

    def arm(self, key: str) -> str:
        """What an arm is called."""
        return self.say(called(key, self.scenario.arm_names.get(key), ARMS))

    def team(self, key: str) -> str:
        """What a team is called."""
        settings = self._settings("teams", key)
        return self.say(called(key, None if settings is None else settings.name, TEAMS))

    def exit(self, key: str) -> str:
        """What a destination or a benefit is called, as it follows "to" and "til"."""
        having = next((each for each in self.names.scenarios if key in each.benefits), None)
        return self.say(destination(key, self.scenario.exits) if having is None else benefit_called(key, having))

    def level(self, characteristic: str, key: str) -> str:
        """What a level of a characteristic is called, with the characteristic."""
        levels = self._settings("subgroups", characteristic) or {}
        own = levels[key].name if key in levels else None
        return f"{self.say(called(characteristic, None, CHARACTERISTICS))}: {self.say(called(key, own, LEVELS))}"

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return title_of(self.scenario, self.language == "da")

    def intervention(self, key: str) -> str:
        """What an intervention is called: by its name, as it is known, by the kind that it alone is of, or its key."""
        settings = self._settings("interventions", key)
        if settings is None:
            return self.say(called(key, None, INTERVENTIONS))
        having = next(each for each in self.names.scenarios if key in each.interventions)
        alone = [each.kind for each in having.interventions.values()].count(settings.kind) == 1
        kind = {key: settings.label} if settings.label and alone else {}
        return self.say(called(key, settings.name, {**kind, **INTERVENTIONS}))

    def within(self, key: str) -> str:
        """What an intervention is called within a sentence, where only a name of its own keeps its first letter."""
        text = self.intervention(key)
        return text if self.scenario.interventions[key].name else text[:1].lower() + text[1:]

    def jobcentre(self, key: str) -> str:
        """What a jobcentre is called."""
        settings = self._settings("jobcentres", key)
        return one_line((None if settings is None else settings.name) or key)

    def _settings(self, part: str, key: str) -> Any:
        """What the first scenario that has this key in a part says there; None if none has it."""
        return next((getattr(each, part)[key] for each in self.names.scenarios if key in getattr(each, part)), None)

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
