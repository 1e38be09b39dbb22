"""What cannot be of who is enrolled, and what changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario


def intake_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Levels that the characteristic of `elapsed_by` does not have."""
    if by := scenario.intake.elapsed_by:
        levels = scenario.subgroups[by.of]
        for level in by.weeks:
            if level not in levels:
                message = f"{by.of} has no level '{level}'; there is {', '.join(levels)}"
                yield ("intake", "elapsed_by", "weeks", level), message


def intake_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """An `elapsed_by` that says of every level what holds anyway."""
    intake = scenario.intake
    if (by := intake.elapsed_by) and all({*shares} == {intake.elapsed_weeks} for shares in by.weeks.values()):
        message = f"every level comes after {intake.elapsed_weeks} weeks, as without it (intake.elapsed_weeks)"
        yield ("intake", "elapsed_by"), f"{message}: it changes nothing"
