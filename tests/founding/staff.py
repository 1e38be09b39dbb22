"""What teams without cases use of their time, in shipped scenarios."""

from __future__ import annotations

import numpy as np

from simulation.results.names import Figure, Group
from tests.founding import ran


def used(name: str, team: str) -> float:
    """Share of the minutes of such a team that it used, in the first replication of a scenario."""
    [replication] = ran(name, 1)
    figure = Figure("utilisation", Group("partner", team))
    values = [value for key, value in replication.outcomes.items() if key == figure]
    return float(np.mean(values))
