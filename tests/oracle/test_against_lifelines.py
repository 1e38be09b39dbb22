"""Hazard ratios against lifelines, a library for survival analysis by others: `python3 tasks.py oracle`.

Decision rule: log ratio and naive error equal to 1e-6, whatever the ties; the error clustered by jobcentre to 1e-6
where no two leave in one week. Where many do, lifelines orders them by accident in its residuals (its ratio is Efron's
all the same), and the residuals of Efron's likelihood give an error that is within 2 % of it.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.test_cox import fitted
from tests.weekly import Persons, drawn

pytestmark = pytest.mark.oracle


def by_lifelines(persons: Persons) -> tuple[float, float, float]:
    """Log ratio, naive error and error by cluster. Who is not seen to leave is censored before the exits of a week."""
    import pandas as pd
    from lifelines import CoxPHFitter

    time = persons.week + np.where(persons.left == 1, 1.0, 0.5)
    frame = pd.DataFrame({"time": time, "left": persons.left, "group": persons.group, "cluster": persons.cluster})
    naive = CoxPHFitter().fit(frame.drop(columns="cluster"), "time", "left")
    clustered = CoxPHFitter().fit(frame, "time", "left", cluster_col="cluster")
    return naive.params_["group"], naive.standard_errors_["group"], clustered.standard_errors_["group"]


def without_ties(persons: Persons) -> Persons:
    """The same, with everybody's end in a week of its own; ends without leaving come after the exits of their week."""
    order = np.lexsort((np.arange(len(persons.week)), 1 - persons.left, persons.week))
    week = np.empty(len(order), dtype=int)
    week[order] = np.arange(len(order))
    return persons._replace(week=week)


@pytest.mark.parametrize("seed", range(5))
def test_weekly_ties_as_efron_has_them(seed: int) -> None:
    persons = drawn(seed, people=600, clusters=18)
    ours, theirs = fitted(*persons.counts(18, 20))[:3], by_lifelines(persons)
    assert ours[:2] == pytest.approx(theirs[:2], abs=1e-6)
    assert ours[2] == pytest.approx(theirs[2], rel=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_errors_by_cluster_without_ties(seed: int) -> None:
    persons = without_ties(drawn(seed, people=600, clusters=18))
    ours, theirs = fitted(*persons.counts(18, 600))[:3], by_lifelines(persons)
    assert ours == pytest.approx(theirs, abs=1e-6)
    assert abs(ours[2] / ours[1] - 1) > 0.01, "the two errors are not the same here"
