"""What the data of a trial add up to: all that its analyses need, small enough to keep of every rehearsal.

People are counted in *cells*: those of one jobcentre and one stratum (a combination of levels of the characteristics by
which lots are drawn apart; in a stepped wedge a period between crossings). Within a cell they lie in two *lots*: 0
control, 1 treated, as drawn, whatever came of it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Floats, Ints

CONTROL, TREATED = 0, 1


class Course(NamedTuple):
    """How many people's time at risk ended in each week since enrolment: by the event (`events`), by another exit
    (`others`), or because nothing more is known of them (`lost`; who is followed to the end is in none of the three).
    Arrays of shape (rehearsals, cells, lots, weeks)."""

    events: Ints
    others: Ints
    lost: Ints


class Moments(NamedTuple):
    """A number of each person (weeks, hours) added up, and its squares: shape (rehearsals, cells, lots). `persons` are
    those of whom it is known."""

    persons: Ints
    sums: Floats
    squares: Floats


@dataclass(frozen=True)
class Tally:
    """The data of rehearsals. `jobcentre` and `stratum` have each cell's number, shape (cells,); `persons` how many are
    in the data, and `taken_up` how many of them are recorded as treated, both of shape (rehearsals, cells, lots)."""

    jobcentre: Ints
    stratum: Ints
    persons: Ints
    taken_up: Ints
    courses: Mapping[str, Course]  # by outcome, such as exit_job
    moments: Mapping[str, Moments]  # by outcome, such as weeks_employed

    @property
    def rehearsals(self) -> int:
        """How many there are."""
        return len(self.persons)

    @classmethod
    def joined(cls, parts: Sequence[Tally]) -> Tally:
        """The rehearsals of all parts, one after the other; all of the same cells and outcomes."""

        def whole(arrays: Sequence[NDArray[np.generic]]) -> NDArray[np.generic]:
            return np.concatenate(arrays)

        first = parts[0]
        courses = {
            name: Course(*(whole([part.courses[name][n] for part in parts]) for n in range(3)))  # type: ignore[arg-type]
            for name in first.courses
        }
        moments = {
            name: Moments(*(whole([part.moments[name][n] for part in parts]) for n in range(3)))  # type: ignore[arg-type]
            for name in first.moments
        }
        return cls(
            first.jobcentre, first.stratum,
            np.concatenate([part.persons for part in parts]), np.concatenate([part.taken_up for part in parts]),
            courses, moments,
        )  # fmt: skip
