"""Sizes of effects in a scenario: which there are, what cannot be, and what they come to on average."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.interventions.parts.visitation import unknown_levels
from simulation.scenario.files.overlay import within_own
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.never import parts_of
from simulation.scenario.schema import Scenario
from simulation.world.sizes import Size


def sizes_of(scenario: Scenario) -> Iterator[tuple[Path, Size]]:
    """Every size with its place."""
    for path, part in parts_of((), scenario):
        if isinstance(part, Size):
            yield path, part


def size_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Levels of a characteristic that do not exist, and caseworkers where nobody holds talks."""
    talks = any(each.holds_talks for each in scenario.interventions.values())
    for path, size in sizes_of(scenario):
        for within, message in unknown_levels(size.levels, scenario):
            yield (*path, "levels", *within), message
        if size.between_caseworkers and not talks:
            message = "nobody here holds talks, so there is no caseworker that it could hang on"
            yield (*path, "between_caseworkers"), message


def sizes_in_words(scenario: Scenario) -> Iterator[str]:
    """The sizes that differ, each with the mean of its factor."""
    sizes = dict(sizes_of(scenario))
    for path, size in sizes.items():
        as_in_all = within_own(path) and sizes.get(path[2:]) == size
        if size.variance and not as_in_all:
            sd = f"log {size.log:g}, sd {size.variance**0.5:.3g}"
            yield f"{dotted(path)}: {sd}: the mean of the factor is exp(mean + sd² / 2) = {size.mean_factor:.3f}"
