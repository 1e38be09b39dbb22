"""Jobs that interventions add, before and after displacement, as they are booked week by week in the same run.

Of everybody and the whole run, those of an arm for its own ledige: an arm whose ledige lose more by displacement than
their own treatment adds has a net figure below 0. What falls on others outside the model is told by the arm whose
treatment takes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np

from simulation.results.names import ALLE, Figure, arm_group, arm_groups
from simulation.scenario.schema import Scenario
from simulation.world.past import Past
from simulation.world.spec import Floats


def displaced(scenario: Scenario, world: Past) -> dict[Figure, Floats]:
    """Outcomes of displacement, shape (worlds,); none where nothing is displaced."""
    if (book := world.ledger) is None:
        return {}
    places, arms = list(scenario.jobcentres), len(scenario.arms)
    amounts = {
        "job_intensity_added": book.intensity_added / scenario.weeks,
        "job_intensity_net": book.intensity_net / scenario.weeks,
        "jobs_added": book.jobs_added,
        "jobs_net": book.jobs_net,
        "jobs_displaced": book.jobs_added - book.jobs_net,
        "jobs_displaced_untreated": book.displaced_untreated,
        "jobs_displaced_elsewhere": book.elsewhere,
    }
    groups = {ALLE: list(range(arms)), **arm_groups(scenario)}
    found: dict[Figure, Floats] = {}
    for outcome, amount in amounts.items():
        of_arms = amount.reshape(-1, len(places), arms)
        for group, numbers in groups.items():
            by_place = _added_up([of_arms[:, :, number] for number in numbers])  # shape (worlds, jobcentres)
            found[Figure(outcome, group)] = _added_up(by_place.T)
            if len(places) > 1:
                at = [arm_group(group.name or "alle", place) for place in places]
                found |= {Figure(outcome, each): by_place[:, j].copy() for j, each in enumerate(at)}
    return found


def _added_up(parts: Iterable[Floats]) -> Floats:
    """The sum of the parts, one after the other: the same to the last bit, however many worlds there are."""
    return reduce(np.add, parts)
