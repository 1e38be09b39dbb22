"""What the data of a trial add up to: all that its analyses need, small enough to keep of every rehearsal.

People are counted in *cells*: those of one jobcentre and one stratum (a combination of levels of the characteristics by
which lots are drawn apart; in a stepped wedge a period between crossings). Within a cell they lie in two *lots*: 0
control, 1 treated, as drawn, whatever came of it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from simulation.world.spec import Floats, Ints

CONTROL, TREATED = 0, 1


class Course(NamedTuple):
    """How many people's time at risk ended in each week since enrolment: by the event (`events`), by another exit
    (`others`), or because nothing is known of them from that week on (`lost`); who is followed to the end is in none of
    the three. Arrays of shape (rehearsals, cells, lots, weeks)."""

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
        first = parts[0]
        courses = {name: Course(*_joined([part.courses[name] for part in parts])) for name in first.courses}
        moments = {name: Moments(*_joined([part.moments[name] for part in parts])) for name in first.moments}
        persons, taken_up = _joined([(part.persons, part.taken_up) for part in parts])
        return cls(first.jobcentre, first.stratum, persons, taken_up, courses, moments)

    def of(self, rows: Ints | slice) -> Tally:
        """Some of the rehearsals."""
        return Tally(
            self.jobcentre, self.stratum, self.persons[rows], self.taken_up[rows],
            {name: Course(*(array[rows] for array in course)) for name, course in self.courses.items()},
            {name: Moments(m.persons[rows], m.sums[rows], m.squares[rows]) for name, m in self.moments.items()},
        )  # fmt: skip


def _joined(parts: Sequence[Sequence[Any]]) -> list[Any]:
    """Each of the arrays of all parts, one after the other."""
    return [np.concatenate(arrays) for arrays in zip(*parts, strict=True)]
