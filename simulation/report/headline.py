"""The few rows that answer the question: as `headline` of a scenario says, or else chosen by what moved.

Without it these are the exit that matters most, who never got what, what moved the furthest (one of each subject, since
talks held and weeks with a talk tell the same), and what is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.report.rows import Row
from simulation.results.by_benefit import passages
from simulation.results.groups import ALLE, Group, arm_group
from simulation.results.names import Figure, Names
from simulation.scenario.schema import Scenario
from simulation.world.names import Name

MOST = 8
"""Rows of a headline; a first screen shows as many of them as it has room for."""
SUBJECTS = (
    ("weeks_to_exit", "median_weeks_to_exit"),
    ("weeks_employed", "hours", "job_lasts_52w", "ever_employed"),
    ("talk_share", "talks_held"),
    ("wait_first_talk_all",),
    ("called_on_time_share", "on_time_share", "backlog"),
    ("wait_caseworker_all",),
    ("workplace_share", "praktik_weeks"),
    ("caseload", "caseload_max"),
    ("utilisation", "utilisation_peak"),
    ("staff_cost",),
)
"""Outcomes that are worth a row, in their order; of each subject the one that moves the most."""
USUAL = ("weeks_to_exit", "talk_share", "caseload", "utilisation")
"""What is shown where nothing is held against anything."""
CASEWORKER = "wait_caseworker_unserved"
UNSERVED = "_unserved"
OF_CASEWORKERS = ("caseload", "caseload_max", "utilisation", "utilisation_peak")
LEAST, SEEN = 0.005, 0.0005
"""What moves less is no news; of a share that is smaller there is nobody."""
MOST_UNSERVED = 2
ADDED, MOST_ADDED = ("started", "lost_waiting_share"), 4
"""What is told of an intervention that is new in a scenario, and rows of it at the most."""
RATES = ("share", "weeks")
"""Units in which arms of different sizes can be held against each other."""
OF_STAFF = 0.5
"""So much less do staff and waits weigh between arms: they differ by who serves them, which is no finding."""
OF_ONE_KIND = 0.5
"""So much less does an outcome of a single intervention weigh: it is of few, and of few much is soon gained or lost."""


@dataclass(frozen=True)
class Choice:
    """The choice among rows of scenarios side by side, or (`of_arms`) of the arms of one."""

    rows: Sequence[Row]
    names: Names
    scenarios: Sequence[Scenario]
    of_arms: bool = False

    @cached_property
    def by_figure(self) -> Mapping[Figure, Row]:
        """Every row by its figure."""
        return {row.figure: row for row in self.rows}

    @cached_property
    def treated(self) -> Sequence[Group]:
        """The arms that the question is about, then the ones that they are held against; none where there is but one
        arm, or arms stand in columns."""
        first = self.scenarios[0]
        if self.of_arms or len(first.as_written) < 2:
            return []
        return [arm_group(arm) for arm in sorted(first.as_written, key=lambda arm: arm in first.references())]

    def of(self, outcome: str) -> Row | None:
        """The row of an outcome that is of whom the question is about: everybody for staff and waits, else the treated
        arm, or that of several which moves the most. None if nothing is known of it."""
        if outcome not in self.names.meanings:
            return None
        groups = [ALLE] if self.names.meaning(outcome).whole_run else list(self.treated)
        found = [row for group in groups if (row := self.by_figure.get(Figure(outcome, group))) is not None]
        if not found and (everybody := self.by_figure.get(Figure(outcome))) is not None:
            found = [everybody]
        found = [row for row in found if any(e.n for e in row.levels)]
        return max(found, key=lambda row: row.size if row.size >= LEAST else 0.0, default=None)

    def best(self, most: int) -> list[Row]:
        """So many rows at the most, in the order in which they are shown."""
        asked = [row for text in self._headline() if (row := self._named(text)) is not None]
        if asked:
            unserved = [row for row in self._unserved() if row.figure.outcome == CASEWORKER and row not in asked]
            return [*asked, *unserved][:most]
        chosen = list(dict.fromkeys(row.figure for row in self._by_weight()))[:most]
        order = {outcome: place for place, outcome in enumerate(self._outcomes())}
        last = len(order)
        return [self.by_figure[each] for each in sorted(chosen, key=lambda f: order.get(f.outcome, last))]

    @cached_property
    def exits(self) -> Sequence[Row]:
        """The exits, to a job first."""
        first = self.scenarios[0]
        named = [*first.employment(), "job", *first.exits, "any"]
        rows = [self.of(f"exit_{name}") for name in dict.fromkeys(named) if name in first.exits or name == "any"]
        return [row for row in rows if row is not None]

    @cached_property
    def weeks_on(self) -> Sequence[Row]:
        """The weeks on each of several benefits."""
        benefits = dict.fromkeys(name for each in self.scenarios for name in each.benefits)
        rows = [self.of(f"weeks_on_{name}") for name in benefits] if len(benefits) > 1 else []
        return [row for row in rows if row is not None]

    @cached_property
    def passages(self) -> Sequence[Row]:
        """Who goes from one benefit to another, or leaves it, of those ever there; what moves the furthest first."""
        ways = dict.fromkeys(way.outcome for each in self.scenarios if self.weeks_on for way in passages(each))
        rows = [self.of(f"{way}_share") for way in ways]
        return sorted((row for row in rows if row is not None), key=self._weight, reverse=True)

    def top(self, rows: Sequence[Row]) -> Row | None:
        """The row of some that moves the furthest; None if none does. Where more or fewer have no caseworker, the cases
        and the time of those who have one are no answer: they follow from it."""
        found = [row for row in rows if self._weight(row) >= LEAST]
        if any(row.figure.outcome == CASEWORKER for row in found):
            found = [row for row in found if row.figure.outcome not in OF_CASEWORKERS]
        return max(found, key=self._weight, default=None)

    @cached_property
    def moving(self) -> Sequence[Row]:
        """One row of each subject that moves, the furthest first."""
        found = [self._told(rows) for rows in self._subjects() if rows]
        return sorted((row for row in found if self._weight(row) >= LEAST), key=self._weight, reverse=True)

    @cached_property
    def still(self) -> Sequence[Row]:
        """Rows of subjects in which nothing moves measurably; not those whose difference is not known, be it that
        luck is not (one replication), or that one of the scenarios has none of it."""
        several = [row for rows in self._subjects() if rows and not any(row.moved for row in rows) for row in rows[:1]]
        return [row for row in several if row.known and (row.same or all(e.low <= e.high for e in row.known))]

    @property
    def unseen(self) -> Sequence[str]:
        """The outcomes that a scenario wants to be shown first and of which there is nothing in any run."""
        return [self.names.read(text.partition("@")[0]) for text in self._headline() if self._named(text) is None]

    def _headline(self) -> Sequence[str]:
        return next((each.headline for each in reversed(self.scenarios) if each.headline), [])

    def _named(self, text: str) -> Row | None:
        outcome, at, group = text.partition("@")
        row = self.by_figure.get(self.names.figure(outcome, group)) if at else None
        if row is not None or (at and not self.of_arms):  # arms of one scenario stand in columns of one row
            return row
        return self.of(self.names.read(outcome))

    def _told(self, rows: Sequence[Row]) -> Row:
        """The first of a subject that moves (a backlog of hardly any talks may have doubled); of an intervention that
        which moves the furthest."""
        if self.names.intervention(rows[0].figure.outcome):
            return max(rows, key=self._weight)
        return next((row for row in rows if self._weight(row) >= LEAST), rows[0])

    def _weight(self, row: Row) -> float:
        outcome = row.figure.outcome
        own = OF_ONE_KIND if self.names.intervention(outcome) else 1.0
        staff = OF_STAFF if self.of_arms and self.names.meaning(outcome).whole_run else 1.0
        return row.size * own * staff

    @cached_property
    def added(self) -> Sequence[Row]:
        """Of every intervention that the first scenario has not, how many began, and how many were lost while they
        waited; of one where nobody begins the first that is told of it."""
        found: list[Row] = []
        names = dict.fromkeys(name for each in self.scenarios[1:] for name in each.interventions)
        for name in (name for name in names if name not in self.scenarios[0].interventions):
            known = [row for outcome in self._shown().get(name, []) if (row := self.of(outcome)) is not None]
            told = [row for row in known if Name.read(row.figure.outcome).what in ADDED]
            found += [row for row in told if any(e.n and e.value > SEEN for e in row.levels)] or known[:1]
        return found

    def _subjects(self) -> Iterator[list[Row]]:
        """The rows of each subject: exits, the subjects of all scenarios, and every intervention."""
        yield from ([row] for row in (*self.exits, *self.weeks_on))
        yield list(self.passages)
        for outcomes in (*SUBJECTS, *self._shown().values()):
            yield [row for outcome in outcomes if (row := self.of(outcome)) is not None]

    def _shown(self) -> dict[str, list[str]]:
        """What may be shown of every intervention."""
        own: dict[str, list[str]] = {}
        for outcome, meaning in self.names.meanings.items():
            comparable = not self.of_arms or meaning.unit in RATES
            shown = comparable and meaning.on_screen != "never" and not meaning.of_served
            if (name := self.names.intervention(outcome)) and shown:
                own.setdefault(name, []).append(outcome)
        return own

    def _unserved(self) -> list[Row]:
        """Who never got what, where there is anybody: a caseworker first, then what most did not get; without arms or
        scenarios to hold against each other, a caseworker alone is worth a row."""
        found = [self.of(outcome) for outcome in self.names.meanings if outcome.endswith(UNSERVED)]
        rows = [row for row in found if row is not None and max(e.value for e in row.levels if e.n) > SEEN]
        rows = [row for row in rows if row.figure.outcome == CASEWORKER or row.moved]
        return sorted(rows, key=lambda row: (row.figure.outcome != CASEWORKER, -row.size))[:MOST_UNSERVED]

    def _published(self) -> Iterator[Row]:
        for scenario in self.scenarios:
            for cited in scenario.published.values():
                outcome = self.names.read(cited.outcome)
                whole = cited.time in (None, scenario.follow_up)
                if whole and outcome in self.names.meanings and (row := self.of(outcome)) is not None:
                    yield row

    def _by_weight(self) -> Iterable[Row]:
        """Rows by how much they are worth showing."""
        unserved, moving = self._unserved(), self.moving
        if any(row.figure.outcome == CASEWORKER for row in unserved):
            moving = [row for row in moving if row.figure.outcome != "wait_caseworker_all"]
        yield from (*self.exits[:1], *unserved[:1], *moving[:1], *self.added[:MOST_ADDED], *moving[1:], *unserved[1:])
        if not self.moving:
            yield from filter(None, map(self.of, USUAL[1:3]))
        yield from sorted(self._published(), key=lambda row: not row.moved)
        yield from self.weeks_on
        yield from self.exits[1:]
        yield from filter(None, map(self.of, USUAL))

    def _outcomes(self) -> Iterator[str]:
        """All outcomes in the order of the screen: exits, talks and waits, offers, staff."""
        yield from (row.figure.outcome for row in (*self.exits, *self.weeks_on, *self.passages))
        for outcomes in SUBJECTS:
            for outcome in outcomes:
                yield outcome
                if outcome.endswith("_all"):
                    yield outcome.removesuffix("_all") + UNSERVED
            if outcomes[0] == "workplace_share":
                yield from (outcome for outcome in self.names.meanings if Name.read(outcome).intervention)
