"""What an offer may be put together of: its parts, for whom each fits, and which parts suit whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field

from simulation.interventions.contract import Effects
from simulation.world.clocks import TAKES
from simulation.world.labels import Label, plain
from simulation.world.spec import Called, Factor, Floats, Minutes, PlaceCount, Spec, Weeks, unit
from simulation.world.world import World

PARTS: Mapping[str, Label] = {
    "motion": Label("exercise", "motion"),
    "fysio_ergo": Label("physio- or ergotherapy", "fysio- eller ergoterapi"),
    "psykolog": Label("a psychologist", "psykolog"),
    "kursus": Label("a course", "kursus"),
    "praktik": Label("praktik", "praktik"),
}
"""The kinds that the evaluation counts apart; every offer can tell of them, other parts of those that have them."""
FURTHER: Mapping[str, Label] = {
    "coaching": Label("coaching", "coaching"),
    "jobsoegning": Label("job search", "jobsøgning"),
    "kost": Label("advice on diet", "kostvejledning"),
    "mindfulness": Label("mindfulness", "mindfulness"),
    "smerte": Label("coping with pain", "smertehåndtering"),
    "svoemning": Label("swimming", "svømning"),
}
"""What people read in the place of the names of other parts that the evaluation mentions."""
BEGINS = Label("begins {name}: {part}", "begynder i {name}: {part}")
WITH_PART = Label("Active offers with {part}", "Aktive tilbud med {part}")


class Activity(Spec):
    """One part of an offer."""

    name: Called = None
    hours: Annotated[int, unit("hours per week", "Hours a week of this part", ge=1, le=37)]
    places: Annotated[PlaceCount, Field(description="Places in each jobcentre")]
    setup_weeks: Annotated[Weeks, Field(description="Weeks from referral before it can begin"), TAKES]
    referral_minutes: Annotated[Minutes, Field(description="Minutes of the caseworker to refer one ledig to it")] = 0
    effects: Annotated[Effects, Field(description="Factor on exit intensities while in it")] = {}
    fit: Annotated[
        dict[str, dict[str, Factor]],
        Field(description="Times as strong as its effects are, by characteristic and level; left out: as they are"),
    ] = {}

    def fits(self, world: World) -> Floats | None:
        """Strength of its effects by row, shape (rows,); None if it fits everybody alike."""
        if not self.fit:
            return None
        strength = np.ones(len(world.ledige))
        for attribute, levels in self.fit.items():
            factors = np.array([levels.get(level, 1.0) for level in world.levels[attribute]])
            strength *= factors[world.ledige.subgroup[attribute]]
        return strength


def called(part: str, activity: Activity | None = None) -> Label:
    """A part as people read it: the name that the scenario gives it, the known one, or its key in words."""
    if activity is not None and activity.name is not None:
        return Label(activity.name, activity.name)
    return PARTS.get(part) or FURTHER.get(part) or Label(plain(part), plain(part))


def _each_once(order: dict[str, list[str]]) -> dict[str, list[str]]:
    for level, parts in order.items():
        if len(set(parts)) < len(parts):
            raise ValueError(f"{level}: each part once (got {', '.join(parts)})")
    return order


class Bundles(Spec):
    """Which parts suit whom."""

    attribute: Annotated[str, Field(description="Characteristic that decides which parts suit a ledig")]
    order: Annotated[
        dict[str, list[str]],
        AfterValidator(_each_once),
        Field(min_length=1, description="Parts by level, the most fitting first; left out: none"),
    ]
