"""The rules of 2024 to 2027 in their parts: who has how many talks by month, and what designs under them do."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.scenario.files.shipped import PARTS, names
from simulation.scenario.files.yamlfile import read
from simulation.scenario.load import load
from simulation.week import run
from simulation.world.register import NO_SHOW, status_of, talk_of
from tests.founding import SHIPPED, told

EVERYBODY_COMES = {
    "interventions.samtaler.channels.personlig.attendance": 1, "interventions.samtaler.channels.telefon.attendance": 1,
    "teams.ordinaer.fte": 40, "interventions.praktik": None,
}  # fmt: skip
A_KASSE, UNTIL_MONTH_6, LATER = (0, 13), (13, 27), (27, 66)


@cache
def talks_of(file: str) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Held talks by course week, where everybody comes: shape (weeks, ledige), whether each is still on the benefit
    and seen in the week, and who is exempt."""
    loaded = load(SHIPPED / file).with_(EVERYBODY_COMES)
    more = {} if "a_kasse" not in loaded.scenario.teams else {"teams.a_kasse.fte": 40}
    world = run(loaded.with_(more).scenario, [0])
    codes, entry = world.register.codes, world.ledige.entry.astype(np.int64)
    rows, weeks = np.arange(codes.shape[1]), np.arange(80)[:, None]
    seen = weeks + entry < len(codes)
    own = codes[np.minimum(weeks + entry, len(codes) - 1), rows]
    talk = talk_of(own)
    first = np.logical_and.accumulate((status_of(own) == 1) & seen)
    held = ((talk > 0) & (talk != NO_SHOW) & first).astype(np.int64)
    return held, first, _exempt(loaded.scenario, world)


def _exempt(scenario: object, world: object) -> NDArray[np.bool_]:
    del scenario
    levels = world.ledige.levels  # type: ignore[attr-defined]
    return np.asarray(levels["fritagelse"] == 0) if "fritagelse" in levels else np.zeros(world.ledige.entry.size, bool)  # type: ignore[attr-defined]


def by_stay(file: str, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Talks held in these weeks of the first spell, of those on benefit throughout, and who of them is exempt."""
    held, there, exempt = talks_of(file)
    stays = there[last]
    return held[first : last + 1, stays].sum(axis=0), exempt[stays]
