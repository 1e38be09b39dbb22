"""Where people leave to, from where they are three months after an ended spell, in closed form.

Status after an ended spell is no exit rate: jobs end in three months, some of those who lost one are back on the
benefit, and whoever is back before a whole calendar month is over has not ended a spell at all. Of those who leave, let
x go to a job, of whom m are back so soon and f have lost the job after three months. Then of 1 - x m ended spells
x (1 - f) are in work, so x = s / (1 - f + s m) where the printed share in work is s.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from simulation.municipal import national
from simulation.municipal.cohort import comes_back
from simulation.municipal.merged import has_a_month

WEEKS = 13


class Destinations(NamedTuple):
    """Shares of those who leave that go to a job and to education."""

    work: float
    education: float


def destinations(work: float, education: float) -> Destinations:
    """From the shares of ended spells whose person is in wage work and in education three months later."""
    steps = sorted(national.JOB_ENDS)
    level = [national.JOB_ENDS[max(step for step in steps if step <= week)] for week in range(WEEKS)]
    lost = 1 - math.exp(-sum(level))
    soon = sum(float(share) * (1 - has_a_month(gap)) for gap, share in enumerate(comes_back(WEEKS), start=1))
    to_job = work / (1 - lost + work * soon)
    return Destinations(to_job, education * (1 - to_job * soon))
