"""How long the enrolled have been on benefit already, where that goes by arm, or by a characteristic, such as age.

Tre hovedveje til job took in whoever was below 50 after six months, and whoever was 50 or more after any time (p. (4)).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.world.spec import Floats, Ints, Spec, WeekDistribution, Weeks, quantile, unit


class Earlier(Spec):
    """Some are enrolled earlier in their benefit spell than the others."""

    elapsed_weeks: Annotated[
        dict[str, Weeks], Field(min_length=1, description="Weeks already on benefit at enrolment, by arm")
    ]
    jobcentres: Annotated[list[str] | None, Field(min_length=1, description="Where this is so; absent: everywhere")] = (
        None
    )


class ElapsedBy(Spec):
    """Weeks already on benefit at enrolment, by level of a characteristic."""

    of: Annotated[str, Field(description="Characteristic by whose levels it goes")]
    weeks: Annotated[
        dict[str, WeekDistribution],
        unit("weeks", "Weeks already on benefit, by level; left out: elapsed_weeks of all", min_length=1),
    ]

    def of_each(self, level: Ints, names: Sequence[str], chance: Floats, others: int) -> NDArray[np.int16]:
        """Weeks of people of these levels, shape of `chance`; `others` is for levels that are left out."""
        found = np.full(len(level), others, dtype=np.int16)
        for name, shares in self.weeks.items():
            of_level = level == names.index(name)
            found[of_level] = quantile(shares, chance[of_level])
        return found

    def shares(self, of_level: Mapping[str, float], others: int) -> dict[int, float]:
        """Share of the enrolled by these weeks, where each level has a share of them."""
        found: dict[int, float] = {}
        for name, share in of_level.items():
            for weeks, part in self.weeks.get(name, {others: 1.0}).items():
                found[weeks] = found.get(weeks, 0.0) + share * part
        return found
