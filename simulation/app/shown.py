"""Levers in words: what each is called, what a position of it is, and what of them is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.app.levers import Lever, Value
from simulation.app.words import CHANGE, NO_LIMIT
from simulation.report.handed.keys import plain
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.scenario.load import Loaded
from simulation.world.labels import Language
from simulation.world.labels import plain as plain_key
from simulation.world.staff.teams import NO_LIMIT as UNLIMITED


class InWords:
    """The levers of one scenario in one language."""

    def __init__(self, loaded: Loaded, language: Language) -> None:
        self.wording = Wording(Names(loaded.scenario), language)

    def called(self, lever: Lever) -> str:
        """What a lever is called."""
        return lever.name.told(self.wording)

    def position(self, lever: Lever, value: Value) -> str:
        """A value of a lever."""
        if isinstance(value, str):
            return plain_key(value)
        if value == UNLIMITED:
            return self.wording.say(NO_LIMIT)
        if lever.unit == "share":
            return f"{plain(round(100 * value, 6), self.wording)} %"
        return plain(value, self.wording)

    def changed(self, levers: Sequence[Lever], chosen: Mapping[str, Value]) -> list[str]:
        """Every lever that is not where the base has it, from what to what."""
        found = []
        for lever in levers:
            value = chosen.get(lever.key, lever.base)
            if value != lever.base:
                before, after = (self.position(lever, each) for each in (lever.base, value))
                found.append(self.wording.say(CHANGE, what=self.called(lever), before=before, after=after))
        return found
