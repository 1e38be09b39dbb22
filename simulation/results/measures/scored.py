"""Measured of scores: the AUC that each has reached."""

from __future__ import annotations

import numpy as np

from simulation.results.by_score import auc_name
from simulation.results.measures.histories import Histories, measured_rows
from simulation.results.names import ALLE, Figure
from simulation.scenario.schema import Scenario
from simulation.world.past import Past
from simulation.world.profile import auc_of
from simulation.world.spec import Floats


def scored(scenario: Scenario, world: Past, people: Histories) -> dict[Figure, Floats]:
    """The AUC of every score, shape (worlds,); NaN of a world without a pair."""
    figures: dict[Figure, Floats] = {}
    rows = measured_rows(scenario, world)
    for name, score in scenario.profile.items():
        weeks = score.predicts.within_weeks
        if weeks > people.weeks:
            continue
        wanted = np.array([exit_ in score.predicts.exits for exit_ in scenario.exits])
        left = (people.cause >= 0) & wanted[people.cause] & (people.exit_week < weeks)
        seen, scores = people.lives().observed >= weeks, world.ledige.score[name][rows]
        figures[Figure(auc_name(name), ALLE)] = np.array(
            [auc_of(scores[span][seen[span]], left[span][seen[span]]) for span in people.spans]
        )
    return figures
