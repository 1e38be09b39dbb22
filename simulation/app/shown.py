"""Levers in words: what each is called, what a position of it is, and what of them is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from simulation.app.levers import Lever, Value
from simulation.app.words import CHANGE, NO_LIMIT
from simulation.report.handed.keys import plain
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.scenario.load import Loaded
from simulation.world.labels import Language
from simulation.world.labels import plain as plain_key
from simulation.world.staff.teams import NO_LIMIT as UNLIMITED


def called(loaded: Loaded, lever: Lever, language: Language) -> str:
    """What a lever is called."""
    return lever.name.told(Wording(Names(loaded.scenario), language))


def position(loaded: Loaded, lever: Lever, language: Language) -> Callable[[Value], str]:
    """What tells a value of a lever in words."""
    wording = Wording(Names(loaded.scenario), language)

    def told(value: Value) -> str:
        if isinstance(value, str):
            return plain_key(value)
        if value == UNLIMITED:
            return NO_LIMIT.told(language)
        if lever.unit == "share":
            return f"{plain(round(100 * value, 6), wording)} %"
        return plain(value, wording)

    return told


def changed(loaded: Loaded, levers: Sequence[Lever], chosen: Mapping[str, Value], language: Language) -> list[str]:
    """Every lever that is not where the base has it, from what to what."""
    found = []
    for lever in levers:
        value = chosen.get(lever.key, lever.base)
        if value != lever.base:
            told = position(loaded, lever, language)
            what = called(loaded, lever, language)
            found.append(CHANGE.told(language, what=what, before=told(lever.base), after=told(value)))
    return found
