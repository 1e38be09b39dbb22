"""THE JOB MARKET OF A JOBCENTRE, for the second engine: part of what interventions add is taken from everybody."""

from __future__ import annotations


class Jobmarket:
    """A jobcentre's job market: part of the intensity that interventions add is taken from everybody in it."""

    def __init__(self, displacement: float) -> None:
        self.displacement = displacement
        self.this_week: list[tuple[int, float, float]] = []  # lot, intensity without interventions, and with them
        self.scale = 1.0

    def clear(self) -> None:
        """Everybody has told her intensity: the factor for all."""
        without = treated = 0.0
        for _, plain, helped in sorted(self.this_week):
            without += plain
            treated += helped
        added = treated - without
        self.scale = (without + (1 - self.displacement) * added) / (without + added) if treated else 1.0
        self.this_week.clear()
