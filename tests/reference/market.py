"""THE JOB MARKET OF A JOBCENTRE, for the second engine: part of what interventions add is taken from everybody."""

from __future__ import annotations

import math

from simulation.scenario.schema import Scenario

SMALLEST = 2.0**-1022
"""Stands for a factor of 0 where its log is asked for."""


class Jobmarket:
    """A jobcentre's job market: part of the intensity that interventions add is taken from everybody in it."""

    def __init__(self, scenario: Scenario, jobcentre: str) -> None:
        self.share = scenario.market_share_of(jobcentre)
        self.of_each = scenario.displacements()
        self.alike = len(set(self.of_each.values())) == 1
        self.displacement = max(self.of_each.values(), default=scenario.displacement)  # of all, where they are alike
        self.open = bool(self.displacement) or any(self.of_each.values())
        # lot, intensity without interventions and with them, and what interventions displace of what they add
        self.this_week: list[tuple[int, float, float, float]] = []
        self.scale = 1.0
        self.gross = self.net = self.elsewhere = 0.0  # of all weeks: added here, what is left of it, taken elsewhere

    def displaced(self, plain: float, factors: list[tuple[str, float]]) -> float:
        """What treatment of one ledig takes from others: what she gains is split by shares of the log."""
        logs = [(self.of_each[name], math.log(max(factor, SMALLEST))) for name, factor in factors]
        whole = sum(log for _, log in logs)
        each = math.expm1(whole) / whole if whole else 1.0
        return plain * each * sum(its * log for its, log in logs)

    def clear(self) -> None:
        """Everybody has told her intensity: the factor for all."""
        without = treated = displaced = 0.0
        for _, plain, helped, takes in sorted(self.this_week):
            without += plain
            treated += helped
            displaced += takes
        added = treated - without
        if self.alike:
            displaced = self.displacement * added
            kept = without + (1 - self.displacement * self.share) * added
        else:
            kept = max(without + added - self.share * displaced, 0.0)
        self.scale = kept / (without + added) if treated else 1.0
        self.gross += added
        self.net += treated * self.scale - without
        self.elsewhere += displaced - treated * (1 - self.scale)
        self.this_week.clear()
