"""THE TIME OF THE YEAR, for the second engine: read off a calendar week by week, with nothing of the product's."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from simulation.scenario.schema import Scenario


class TimeOfYear:
    """What season does to exits and to the minutes of staff in a week of the run."""

    def __init__(self, scenario: Scenario) -> None:
        self.first = datetime.strptime(f"{scenario.start}-4", "%G-W%V-%u")  # the Thursday of week 0
        self.season = scenario.season

    def of_exit(self, destination: str, week: int) -> float:
        """Factor on the intensity of a destination: its month's, against the mean of the twelve."""
        factors = self.season.exits.get(destination) if self.season else None
        if factors is None:
            return 1.0
        month = (self.first + timedelta(days=7 * week)).month
        return factors[month] * 12 / math.fsum(factors.values())

    def of_minutes(self, week: int) -> float:
        """Share of full minutes: of the ISO week if it is named, or of the month."""
        minutes = self.season.minutes if self.season else None
        if minutes is None:
            return 1.0
        day = self.first + timedelta(days=7 * week)
        of_month = minutes.months.get(day.month, 1.0)
        return minutes.weeks.get(int(day.strftime("%V")), of_month)
