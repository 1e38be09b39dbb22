"""The register of one replication as tables: persons, DREAM (a row a person), spells (from day to day), and events.

`tables` gives them as DataFrames. Persons are called S and the number that `diary --ledig` knows them by, so nobody can
take it for a civil registration number.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.report.diary import told_event
from simulation.report.exported.codes import Code, Listed
from simulation.report.exported.columns import MONTHS_FROM, column_of, monday_of, whole_months
from simulation.report.exported.lives import Lives, states_of
from simulation.report.exported.painted import EMPTY, Codes, painted
from simulation.report.wording import Wording
from simulation.world.spec import WEEK, Floats, Ints

if TYPE_CHECKING:
    import pandas as pd

ZONE = "Europe/Copenhagen"
GRAD_DIGITS = 4


@dataclass(frozen=True)
class Exported:
    """What is written of the lives of one replication, by a list of codes, in the words of one language."""

    lives: Lives
    listed: Listed
    wording: Wording

    @cached_property
    def entries(self) -> list[Code]:
        """The entry of the list of codes for every state."""
        return self.listed.entries(self.lives.scenario)

    @cached_property
    def pnr(self) -> NDArray[np.object_]:
        """What persons are called."""
        return np.array([f"S{number:07}" for number in self.lives.number.tolist()], dtype=object)

    @cached_property
    def mondays(self) -> list[datetime.date]:
        """The Mondays of the weeks of the register: those of the run, and those before it in which somebody was on
        benefit already."""
        scenario = self.lives.scenario
        return [monday_of(scenario.start, week) for week in range(self._first_week, scenario.weeks)]

    @property
    def _first_week(self) -> int:
        first = self.lives.episodes.first
        return min(int(first.min()) // WEEK, 0) if len(first) else 0

    @cached_property
    def codes(self) -> Codes:
        """Shape (persons, weeks)."""
        code_of = [entry.code or EMPTY for entry in self.entries]
        ranking = self.listed.codes.ranking
        return painted(self.lives.episodes, len(self.lives), self._first_week, len(self.mondays), code_of, ranking)

    @cached_property
    def months(self) -> dict[str, range]:
        """The months of which all weeks are in the run, from 2008 on, each with its weeks of the run; none where the
        scenario has no jobs."""
        if self.lives.hours is None:
            return {}
        months = whole_months(self.mondays[-self._first_week :])
        return {name: weeks for name, weeks in months.items() if int(name[:4]) >= MONTHS_FROM}

    @cached_property
    def ratios(self) -> Floats:
        """Mean paid hours of the weeks of each month in parts of full time, NaN where there are none: shape (persons,
        months)."""
        found = np.full((len(self.lives), len(self.months)), np.nan)
        for n, weeks in enumerate(self.months.values()):
            assert self.lives.hours is not None
            hours = self.lives.hours[weeks.start : weeks.stop].sum(axis=0, dtype=np.int64)
            some = hours > 0
            found[some, n] = hours[some] / len(weeks) / self.listed.codes.full_time_hours
        return found

    def who(self) -> dict[str, list[str]]:
        """What is known of each person, as texts by column, but for what she is called."""
        scenario, lives = self.lives.scenario, self.lives
        arms, places = list(scenario.arms), list(scenario.jobcentres)
        levels = {f"has_{name}": (list(scenario.subgroups[name]), level) for name, level in lives.levels.items()}
        columns = {"jobcentre": (places, lives.jobcentre), "arm": (arms, lives.arm), **levels}
        return {name: [names[n] for n in numbers.tolist()] for name, (names, numbers) in columns.items()}

    def activities(self) -> list[str]:
        """What each kind of happening is called."""
        return [told_event(self.wording, event) for event in self.lives.happenings.kinds]

    def seconds(self) -> Ints:
        """Of every happening how many the same person has had on the same day before it."""
        person, day = self.lives.happenings.person, self.lives.happenings.day
        place = np.arange(len(person))
        begins = np.append(True, (person[1:] != person[:-1]) | (day[1:] != day[:-1]))[: len(person)]
        return place - np.maximum.accumulate(np.where(begins, place, 0))

    def persons(self) -> pd.DataFrame:
        """A row a person."""
        import pandas as pd

        return pd.DataFrame({"pnr": self.pnr, "number": self.lives.number, **self.who()})

    def dream(self) -> pd.DataFrame:
        """A row a person: weeks, and months as far as there are jobs. Missing where nothing stands."""
        import pandas as pd

        weeks = {column_of(monday): _missing(column) for monday, column in zip(self.mondays, self.codes.T, strict=True)}
        grad = {f"grad_{month}": pd.array(np.round(ratio, GRAD_DIGITS), dtype="Float64")
                for month, ratio in zip(self.months, self.ratios.T, strict=True)}  # fmt: skip
        industry = self.listed.codes.industry or 0
        branche = {f"branche_{month}": _missing(np.where(np.isnan(ratio), 0, industry).astype(np.int32))
                   for month, ratio in zip(self.months, self.ratios.T, strict=True)}  # fmt: skip
        return pd.DataFrame({"pnr": self.pnr, **weeks, **branche, **grad})

    def spells(self) -> pd.DataFrame:
        """A row for each state that somebody was in, from its first to its last day."""
        import pandas as pd

        episodes, scenario = self.lives.episodes, self.lives.scenario
        states, many = np.array(states_of(scenario), dtype=object), max(len(scenario.benefits), 1)
        day_0 = np.datetime64(monday_of(scenario.start, 0))
        first, last = day_0 + episodes.first, day_0 + episodes.end - 1
        place = np.arange(len(episodes))
        begins = np.append(True, episodes.person[1:] != episodes.person[:-1])[: len(episodes)]
        code = np.array([entry.code or EMPTY for entry in self.entries], dtype=np.int16)[episodes.state]
        return pd.DataFrame({
            "pnr": self.pnr[episodes.person],
            "spell": place - np.maximum.accumulate(np.where(begins, place, 0)) + 1,
            "state": states[episodes.state],
            "kind": np.where(episodes.state < many, "benefit", "destination").astype(object),
            "code": _missing(code),
            "first_day": pd.Series(first.astype("datetime64[s]")), "last_day": pd.Series(last.astype("datetime64[s]")),
            "days": episodes.end - episodes.first, "ended": episodes.ended,
        })  # fmt: skip

    def events(self) -> pd.DataFrame:
        """A row for each event, in the order of persons and then as it happened."""
        import pandas as pd

        happenings, who = self.lives.happenings, self.who()
        day_0 = np.datetime64(monday_of(self.lives.scenario.start, 0), "s")
        stamps = day_0 + happenings.day * np.timedelta64(86400, "s") + self.seconds()
        return pd.DataFrame({
            "case:concept:name": self.pnr[happenings.person],
            "concept:name": _of(self.activities(), happenings.kind),
            "time:timestamp": pd.Series(stamps.astype("datetime64[s]")).dt.tz_localize(ZONE),
            **{f"case:{name}": np.array(texts, dtype=object)[happenings.person] for name, texts in who.items()},
        })  # fmt: skip


TABLES: Mapping[str, Callable[[Exported], Any]] = {
    "persons": Exported.persons, "dream": Exported.dream, "spells": Exported.spells, "events": Exported.events,
}  # fmt: skip


def _of(texts: list[str], numbers: Ints) -> Any:
    """The texts of these numbers; texts that are the same are one."""
    import pandas as pd

    different = list(dict.fromkeys(texts))
    place = np.array([different.index(text) for text in texts], dtype=np.int64)
    return pd.Categorical.from_codes(place.take(numbers), categories=pd.Index(different, dtype=object))


def _missing(numbers: NDArray[Any]) -> Any:
    """Whole numbers, missing where they are 0."""
    import pandas as pd

    return pd.arrays.IntegerArray(numbers.copy(), numbers == 0)
