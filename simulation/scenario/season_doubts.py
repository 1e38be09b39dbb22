"""The season of a scenario: what of it never acts, where it does not reach, and values that nobody stands for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.scenario.files.yamlfile import Path
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.world.season import MONTHS, Season, StaffSeason, relative, time_of_year


def season_doubts(loaded: Loaded) -> Iterator[tuple[Path, str]]:
    """Months and weeks that no run reaches, exits that season does not reach, and values without a source."""
    season = loaded.scenario.season
    if season is None:
        return
    yield from of_exits(loaded.scenario, season)
    parts: dict[Path, dict[int, float]] = {("season", "exits", name): season.exits[name] for name in season.exits}
    if season.minutes is not None:
        yield from of_minutes(loaded.scenario, season.minutes)
        parts["season", "minutes", "months"] = season.minutes.months
        parts["season", "minutes", "weeks"] = season.minutes.weeks
    for place, values in parts.items():
        if not all(loaded.resolved.origin((*place, str(number))).source for number in values):
            yield place, "no source: no profile by time of the year ships with the program, so say whose this one is"


def of_exits(scenario: Scenario, season: Season) -> Iterator[tuple[Path, str]]:
    """Months of exits that the run never reaches, and weeks before enrolment that go by no season."""
    intake = scenario.intake
    month, _ = time_of_year(scenario.start, scenario.weeks)
    never = [each for each in range(1, MONTHS + 1) if each not in month]
    for name, factors in season.exits.items():
        place: Path = ("season", "exits", name)
        by_week = relative(factors)[month - 1]
        if never and len({*factors.values()}) > 1:
            message = f"{_never(scenario, 'months', never)}, so the mean factor of its weeks is {np.mean(by_week):.3f}"
            yield place, f"{message} and not 1: exits of the run are not those of `level`"
        frail = name in scenario.exits and scenario.exits[name].frailty is not None
        if intake.elapsed_weeks and (frail or intake.leaves_before):
            message = f"does not reach the {intake.elapsed_weeks} weeks on benefit before enrolment: who has left by "
            yield place, message + "then is reckoned by the mean of the year"


def of_minutes(scenario: Scenario, minutes: StaffSeason) -> Iterator[tuple[Path, str]]:
    """Months and ISO weeks of staff that the run never reaches."""
    month, week = time_of_year(scenario.start, scenario.weeks)
    if never := [each for each in minutes.weeks if each not in week]:
        yield ("season", "minutes", "weeks"), _never(scenario, "ISO weeks", never)
    left = month[~np.isin(week, list(minutes.weeks))]  # what no week of its own takes the place of
    if never := [each for each in minutes.months if each not in left]:
        yield ("season", "minutes", "months"), _never(scenario, "months", never)


def _never(scenario: Scenario, what: str, numbers: list[int]) -> str:
    run = f"the run has {scenario.weeks} weeks from {scenario.start}"
    return f"{what} {', '.join(map(str, numbers))}: they never act, as {run}"
