"""The first 30 days of sygedagpenge, which the employer pays (PAYER-11), of who falls ill in a job.

Employed for less than 8 weeks, or in a fleksjob, nobody has an employer who pays. Weeks are whole, so it is the first
four; the clock of refusion stands in them, for no public benefit is paid (`assumed`, both). Who is enrolled on
sygedagpenge is taken to be beyond them, for where she came from is not known; the self-employed are taken as employed.
"""

from __future__ import annotations

import numpy as np

from simulation.world.spec import Bools

SICKNESS = "sygedagpenge"
WEEKS, EMPLOYED_WEEKS = 4, 8


class EmployersWeeks:
    """Columns of shape (people,): weeks in a row in an ordinary job until now, and weeks that the employer still pays.
    """

    def __init__(self, people: int) -> None:
        self._in_job = np.zeros(people, dtype=np.int64)
        self._left = np.zeros(people, dtype=np.int64)

    def week(self, in_job: Bools, ill: Bools) -> Bools:
        """A week has gone, in which these were in an ordinary job and these on sygedagpenge. Returns whom of them an
        employer paid."""
        self._left[ill & (self._in_job >= EMPLOYED_WEEKS)] = WEEKS
        paid = ill & (self._left > 0)
        self._left = np.where(paid, self._left - 1, 0)
        self._in_job = np.where(in_job, self._in_job + 1, 0)
        return np.asarray(paid)
