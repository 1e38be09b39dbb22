"""What a scenario is called in a language."""

from __future__ import annotations

from simulation.scenario.load import Loaded
from simulation.world.labels import Language


def title_of(loaded: Loaded, language: Language) -> str:
    """The name of a scenario; in Danish its Danish one, where it has one."""
    danish = loaded.scenario.name_da
    return danish if language == "da" and danish else loaded.scenario.name
