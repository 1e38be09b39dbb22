"""A register, and the spells read off it by two rules.

Runs of a code: a spell is a row of weeks with the same code, and ends with the first other one.

Four weeks with income: a spell on benefit goes on over breaks of fewer than four weeks. After four weeks in a row
without benefit (empty, or a code that counts as none) it has ended with its last week on benefit: to education, if one
of the four weeks has a code of education; else to work, if each month that one of them lies in has income (`grad_` is
not empty); else to nothing that the register shows. Who is not observed any more in one of the four, or has fewer
than four behind her in the file, or lacks the column of a month, is censored. The rule is that of DREAMtoolsR as far as
it is described; which months must have income is not, and all of the four weeks are taken here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.report.exported.codes import CodeList, read_codes
from simulation.report.exported.columns import month_of
from simulation.report.exported.painted import EMPTY, Codes
from simulation.world.spec import Bools, Floats, Ints

if TYPE_CHECKING:
    import pandas as pd

FOUR = 4
WORK, EDUCATION, NOTHING, CENSORED = "work", "education", "nothing", "censored"


@dataclass(frozen=True)
class Dream:
    """A register: the code of each person in each week (0: empty), weeks by their Mondays, and the employment ratio of
    each in each month that is there (NaN: none). Arrays of shape (persons,), (persons, weeks), (persons, months)."""

    persons: NDArray[np.object_]
    mondays: list[datetime.date]
    codes: Codes
    months: list[str]
    ratios: Floats

    def __len__(self) -> int:
        return len(self.persons)

    def spells(self) -> pd.DataFrame:
        """Runs of one code: a row for each, with person, code, first and last week, their number, and whether it may
        have begun before the file or goes on behind it."""
        return _runs_of_a_code(self)

    def exits(self, codes: CodeList | None = None) -> pd.DataFrame:
        """Benefit spells by the rule of four weeks with income, and what each ends with."""
        return _four_weeks(self, codes or read_codes().codes)


def _runs_of_a_code(dream: Dream) -> pd.DataFrame:
    """Every run of a code, in the order of persons and weeks: `pnr`, `code`, `first_week` and `last_week` (ISO),
    `weeks`, and `from_start` and `to_end` where it touches the ends of the file."""
    import pandas as pd

    person, first, end = _runs(dream.codes)
    codes = dream.codes[person, first]
    there = codes != EMPTY
    person, first, end, codes = person[there], first[there], end[there], codes[there]
    return pd.DataFrame({
        "pnr": dream.persons[person], "code": codes, **_weeks(dream, first, end),
        "from_start": first == 0, "to_end": end == len(dream.mondays),
    })  # fmt: skip


def _four_weeks(dream: Dream, codes: CodeList) -> pd.DataFrame:
    """Every spell on benefit, in the order of persons and weeks: `pnr`, `first_week` and `last_week` on benefit (ISO),
    `weeks` from the one to the other, `weeks_on` (those on benefit), and its `end`: work, education, nothing or
    censored."""
    import pandas as pd

    on = (dream.codes != EMPTY) & ~np.isin(dream.codes, [*codes.no_benefit, *codes.censoring])
    bridged = on.copy()
    person, first, end = _runs(on.astype(np.int16))
    between = ~on[person, first] & (end - first < FOUR) & (first > 0) & (end < on.shape[1])
    for row, begins, ends in zip(person[between], first[between], end[between], strict=True):
        bridged[row, begins:ends] = not np.isin(dream.codes[row, begins:ends], codes.censoring).any()
    person, first, end = _runs(bridged.astype(np.int16))
    spell = bridged[person, first]
    person, first, end = person[spell], first[spell], end[spell]
    on_before = np.concatenate((np.zeros((len(on), 1), dtype=np.int64), np.cumsum(on, axis=1)), axis=1)
    return pd.DataFrame({
        "pnr": dream.persons[person], **_weeks(dream, first, end),
        "weeks_on": on_before[person, end] - on_before[person, first],
        "end": _ends(dream, codes, person, end),
    })  # fmt: skip


def _ends(dream: Dream, codes: CodeList, person: Ints, end: Ints) -> NDArray[np.object_]:
    """What spells end with that have their first week without benefit in `end`."""
    weeks = len(dream.mondays)
    after = np.minimum(end[:, None] + np.arange(FOUR), max(weeks - 1, 0))
    follows = dream.codes[person[:, None], after]
    month = np.array([dream.months.index(name) if name in dream.months else -1
                      for name in map(month_of, dream.mondays)], dtype=np.int64)  # fmt: skip
    of_weeks = month[after]
    with_none = np.concatenate((dream.ratios, np.full((len(dream), 1), np.nan)), axis=1)  # the last column is month -1
    income = ~np.isnan(with_none[person[:, None], of_weeks])
    studies = np.isin(follows, codes.education).any(axis=1)
    unseen = np.isin(follows, codes.censoring).any(axis=1) | (end + FOUR > weeks)
    found = np.full(len(person), NOTHING, dtype=object)
    found[income.all(axis=1)] = WORK
    found[(of_weeks < 0).any(axis=1)] = CENSORED
    found[studies] = EDUCATION
    found[unseen] = CENSORED
    return found


def _runs(values: NDArray[np.int16]) -> tuple[Ints, Ints, Ints]:
    """Runs of equal values in each row: row, first place and the one behind the last, in order."""
    begins: Bools = np.ones(values.shape, dtype=bool)
    begins[:, 1:] = values[:, 1:] != values[:, :-1]
    person, first = np.nonzero(begins)
    end = np.append(first[1:], 0)
    is_last = np.append(person[1:] != person[:-1], True)[: len(person)]
    end = np.where(is_last, values.shape[1], end[: len(person)])
    return person, first, end


def _weeks(dream: Dream, first: Ints, end: Ints) -> dict[str, NDArray[np.generic]]:
    names = np.array(["{}-W{:02}".format(*monday.isocalendar()[:2]) for monday in dream.mondays], dtype=object)
    return {"first_week": names[first], "last_week": names[end - 1], "weeks": end - first}
