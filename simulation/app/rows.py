"""What is shown of a base and a design: rows by subject with their intervals, money by payer, and the sentences.

Figures, words and sentences are those of the first screen and of `cba`; here they are chosen and put side by side.
`markup.py` makes the page of them.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from simulation.app.live import Seen
from simulation.economy.cba.found import Account
from simulation.economy.prices import Prices
from simulation.report.economy.labels import ACCOUNT
from simulation.report.economy.money import Money
from simulation.report.economy.words import Telling
from simulation.report.findings import Findings
from simulation.report.handed.keys import KEYS, value_text
from simulation.report.rows import NamesOfAll, nothing
from simulation.report.wording import Wording
from simulation.results.groups import ALLE, Group, arm_group
from simulation.results.intervals import Estimate
from simulation.results.names import Figure, Names
from simulation.results.result import Result
from simulation.results.sobol import Part
from simulation.results.watched import NEVER_SEEN
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label, Language

STAFF, TALKS = Label("Staff and waiting", "Bemanding og ventetid"), Label("Talks", "Samtaler")
EXITS = Label("Exits and work", "Afgang og arbejde")
MONEY = Label("Money by payer, the whole run", "Økonomi efter betaler, hele kørslen")
OF_STAFF = ("caseload", "caseload_max", "utilisation")
WAITING = ("wait_caseworker_all", "wait_caseworker_unserved")
OF_TALKS = ("talks_held", "talk_share", "called_on_time_share", "wait_first_talk_all", "wait_first_talk_unserved",
            NEVER_SEEN)  # fmt: skip
OF_WORK = ("weeks_on_benefit", "weeks_employed")
PAYERS: tuple[Account, ...] = (
    "stat", "kommune", "a_kasse", "arbejdsgiver", "borger", "anden_aktoer", "public", "society",
)  # fmt: skip
MOST_ARMS = 3
WHAT, BASE, DESIGN = Label("", ""), Label("Base", "Grundlag"), Label("With the changes", "Med ændringerne")
DIFFERENCE = Label("Difference", "Forskel")
UNCHANGED = Label("the same", "uændret")
HOLDS = Label(
    "Intervals [ ] show simulation error, 95 %, of {n} replications ({paired}). They hold neither what is not "
    "known of the scenario's values nor the scatter of one trial of this size.",
    "Intervallerne [ ] viser simulationsfejl, 95 %, af {n} gentagelser ({paired}). De rummer hverken "
    "usikkerheden om scenariets værdier eller den tilfældige variation i et enkelt forsøg af den størrelse.",
)
IN_PAIRS = Label("differences in pairs, by the same luck", "forskelle parvis, med samme tilfældigheder")
NOT_IN_PAIRS = Label("differences not in pairs: not the same people", "forskelle ikke parvis: ikke de samme ledige")
ALONE = Label("levels of the base", "grundlagets niveauer")


class Line(NamedTuple):
    """A row as text: what it is, then the cells; each has the figure and, under it, its interval ("" where it has
    none)."""

    what: str
    cells: Sequence[tuple[str, str]]


class Block(NamedTuple):
    """Rows of one subject."""

    title: str
    lines: Sequence[Line]


def blocks(seen: Seen, language: Language) -> list[Block]:
    """All subjects of which there is something, but for the money."""
    telling = _Rows(seen, language)
    found = [Block(STAFF.told(language), [*telling.limits(), *telling.staff()]),
             Block(TALKS.told(language), list(telling.people(OF_TALKS))),
             Block(EXITS.told(language), [*telling.people(telling.exits()), *telling.people(OF_WORK)])]  # fmt: skip
    return [block for block in found if block.lines]


def money(seen: Seen, language: Language) -> Block | None:
    """What each payer gains by the design; None where nothing was moved, or it is not known."""
    if seen.money is None:
        return None
    telling, (against,) = Money(seen.money, language), seen.money.against
    lines = []
    for account in PAYERS:
        part = against.net[account][-1]
        if part.value or part.low < part.high or account in ("stat", "kommune", "public"):
            lines.append(Line(ACCOUNT[account].told(language), [_kroner(telling, part)]))
    return Block(MONEY.told(language), lines)


def money_answer(seen: Seen, language: Language) -> str:
    """What the public gains, in the first sentences of `cba`: net of jobs that are taken from others, too, where some
    are."""
    return "" if seen.money is None else " ".join(Telling(seen.money, language).pays(seen.money.against[0]))


def minds_money(seen: Seen, language: Language) -> str:
    """What the money leaves out."""
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in Telling(seen.money, language).minds()) if (
        seen.money is not None) else ""  # fmt: skip


def prices_called(prices: Prices) -> str:
    """The file of prices, as it is named."""
    return pathlib.Path(prices.resolved.mark(()).file).stem


def answer(seen: Seen, language: Language) -> str:
    """The answer of the first screen, in sentences."""
    return " ".join(Findings(seen.ran, language).answer)


def holds(seen: Seen, language: Language) -> str:
    """What the intervals hold, and what they do not."""
    paired = ALONE
    if len(seen.results) > 1:
        paired = IN_PAIRS if seen.ran.comparisons[0].alike.same_people else NOT_IN_PAIRS
    return HOLDS.told(language, n=seen.replications, paired=paired.told(language))


def heads(seen: Seen, language: Language) -> list[str]:
    """What stands over the columns."""
    shown = (WHAT, BASE) if len(seen.results) == 1 else (WHAT, BASE, DESIGN, DIFFERENCE)
    return [label.told(language) for label in shown]


def _kroner(telling: Money, part: Part) -> tuple[str, str]:
    figure, bracket, interval = telling.money(part, signed=True).partition(" [")
    return figure, f"[{interval}" if bracket else ""


class _Rows:
    """Rows in one language."""

    def __init__(self, seen: Seen, language: Language) -> None:
        self.seen, self.language = seen, language
        every = [result.names for result in seen.results]
        self.names: Names = every[0] if len(every) == 1 else NamesOfAll(every)
        self.words = Wording(self.names, language)
        self.paired = {} if len(every) == 1 else {d.key: d for d in seen.ran.comparisons[0].differences()}

    @property
    def scenario(self) -> Scenario:
        return self.seen.results[0].loaded.scenario

    def limits(self) -> Iterator[Line]:
        """The caseload limits, as they are set."""
        for name in self.scenario.teams:
            teams = [result.loaded.scenario.teams[name] for result in self.seen.results]
            limits = [team.caseload_limit for team in teams]
            if teams[0].takes_cases and any(limit != limits[0] or value_text(limit, self.words).isdigit()
                                            for limit in limits):  # fmt: skip
                what = f"{self.words.say(KEYS['caseload_limit'])}, {self.words.team(name)}"
                cells = [(value_text(limit, self.words), "") for limit in limits]
                yield Line(what, [*cells, ("", "")] if len(cells) > 1 else cells)

    def staff(self) -> Iterator[Line]:
        """How each team fares, and who waits for a caseworker."""
        for name, team in self.scenario.teams.items():
            if team.takes_cases and team.done_by is None:
                yield from self._lines(OF_STAFF, [Group("team", name)])
        yield from self._lines(WAITING, self.whom())

    def people(self, outcomes: Sequence[str]) -> Iterator[Line]:
        """Outcomes of people, of whom the question is about."""
        yield from self._lines(outcomes, self.whom())

    def exits(self) -> list[str]:
        """Every destination, a job first, and all of them together."""
        named = [*self.scenario.employment(), *self.scenario.exits, "any"]
        return [f"exit_{name}" for name in dict.fromkeys(named)]

    def whom(self) -> list[Group]:
        """The arms that are treated; everybody where there is but one."""
        arms = list(self.scenario.as_written)
        treated = [arm_group(arm) for arm in arms if arm not in self.scenario.references()]
        return [ALLE] if len(arms) < 2 or not treated else treated[:MOST_ARMS]

    def _lines(self, outcomes: Sequence[str], groups: Sequence[Group]) -> Iterator[Line]:
        for outcome in outcomes:
            if outcome not in self.names.meanings:
                continue
            every = [ALLE] if groups[0].kind != "team" and self.names.meaning(outcome).whole_run else groups
            for group in every:
                if (line := self._line(Figure(outcome, group))) is not None:
                    yield line

    def _line(self, figure: Figure) -> Line | None:
        unit = self.names.unit(figure.outcome)
        whose = self.words.group(figure.group) if figure.group != ALLE else ""
        what = ", ".join(filter(None, (self.words.figure(figure), whose)))
        if not self.paired:
            level = _level(self.seen.results[0], figure)
            return None if level is None else Line(what, [self._told(unit, level)])
        d = self.paired.get(figure)
        if d is None or not (d.base.n or d.scenario.n):
            return None
        apart = UNCHANGED.told(self.language), ""
        if not (d.same or nothing(d.difference)):
            apart = self._told(unit, d.difference, signed=True)
        return Line(what, [self._told(unit, d.base), self._told(unit, d.scenario), apart])

    def _told(self, unit: str, e: Estimate, signed: bool = False) -> tuple[str, str]:
        alone = self.words.alone(unit, e, signed)
        return alone, "" if e.low == e.high else self.words.span(unit, e.low, e.high, signed)


def _level(result: Result, figure: Figure) -> Estimate | None:
    if figure not in set(result.keys):
        return None
    e = result.estimate_of(figure)
    return e if e.n else None
