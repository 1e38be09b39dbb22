"""The controller's table: what a party gains and pays in the budget year and the three years after it, by what it is
for, and what has gathered by then.

Every krone of an account stands in one line, so that lines add up to the net of the account, to the øre. What the run
has before the budget year and after the last year stands in columns of its own, and what it does not have is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import numpy as np

from simulation.economy.accounts import OERE, Accounts, Entry, Oere
from simulation.economy.cba.means import mean
from simulation.economy.cba.sums import LIVED_ON
from simulation.economy.parties import PARTIES, PUBLIC
from simulation.economy.years import years_of
from simulation.results.intervals import NAN
from simulation.results.sobol import Part
from simulation.scenario.files.problems import Mark, Problem
from simulation.scenario.schema import Scenario
from simulation.world.weeks import weeks_between

if TYPE_CHECKING:
    import pandas as pd

Line = Literal["once", "staff", "effort", "benefits", "work", "taxes", "net", "until"]
"""What is paid once; staff; talks, offers, fees, mentors and the like; benefits and pensions, each party its own share
(that of the state is refusion); wages, subsidies and what work is worth; taxes; all of these; and that from the first
week of the run on."""
LINES: tuple[Line, ...] = get_args(Line)
MADE_OF = LINES[:-2]
"""The lines that add up to the net."""
YEARS = 4
"""The budget year and three more."""
Of = Literal["difference", "level"]
DIFFERENCE: Of = "difference"
LEVEL: Of = "level"


class Span(NamedTuple):
    """A column: `name` is a calendar year, "before" or "after"; `places` are those of its years among the years of the
    run, `weeks` how many of its `whole` weeks the run has."""

    name: str
    places: tuple[int, ...]
    weeks: int
    whole: int

    @property
    def known(self) -> bool:
        """Whether the run has any of it."""
        return self.weeks > 0


class Block(NamedTuple):
    """A part of the table: of a scenario, or of the base, as it is, or of what is more than in the base. By account and
    line a figure for each column."""

    label: str
    of: Of
    kroner: Mapping[str, Mapping[Line, Sequence[Part]]]


@dataclass(frozen=True)
class Budget:
    """The table; `more_weeks` are those by which the run is too short for its four years."""

    year: int
    price_year: int
    spans: Sequence[Span]
    blocks: Sequence[Block]
    more_weeks: int

    def table(self) -> pd.DataFrame:
        """A row per scenario (as it is, and what it has more than the base), account, line and column."""
        import pandas as pd

        return pd.DataFrame(list(self._rows()))

    def _rows(self) -> Iterator[dict[str, Any]]:
        for block in self.blocks:
            for account, lines in block.kroner.items():
                for line, parts in lines.items():
                    for span, part in zip(self.spans, parts, strict=True):
                        yield {
                            "scenario": block.label, "of": block.of, "account": account, "line": line,
                            "year": span.name, "weeks_in_run": span.weeks, "weeks_of_year": span.whole,
                            "price_year": self.price_year, "kr": part.value, "kr_low": part.low, "kr_high": part.high,
                        }  # fmt: skip


def line_of(entry: Entry) -> Line:
    """What an entry is for."""
    if entry.payer == "borger" and entry.receiver in PUBLIC:
        return "taxes"
    kind = entry.item.kind
    if kind == "once" or kind == "staff":
        return kind
    return "work" if kind == "hours" else "benefits" if kind in LIVED_ON else "effort"


def weeks_of_year(year: int) -> int:
    """Weeks whose Thursday lies in a calendar year: 52 or 53."""
    return weeks_between(f"{year}-W01", f"{year + 1}-W01")


def first_whole(years: Sequence[int], weeks: Sequence[int]) -> int:
    """The first calendar year that a run has whole; its first year if there is none."""
    whole = (year for year, there in zip(years, weeks, strict=True) if there == weeks_of_year(year))
    return next(whole, years[0])


def budget_year_of(scenario: Scenario, asked: int | None) -> tuple[int, list[Problem]]:
    """The first of the four years: the one that is asked for, or the first that the run has whole; and what is wrong
    with it."""
    of_week = years_of(scenario.start, scenario.weeks)
    first, last = int(of_week[0]), int(of_week[-1])
    if asked is None:
        return first_whole(range(first, last + 1), np.bincount(of_week - first).tolist()), []
    if first - YEARS < asked <= last:
        return asked, []
    message = f"the run has {first} to {last}, so nothing of {asked} to {asked + YEARS - 1}"
    return asked, [Problem(message, Mark(f"--budget-year {asked}", 0, 0))]


def spans_of(years: Sequence[int], weeks: Sequence[int], budget_year: int) -> list[Span]:
    """The columns; `weeks` are those that the run has of each of its calendar years."""
    last = budget_year + YEARS - 1

    def gathered(name: str, wanted: Sequence[int]) -> Span:
        places = tuple(years.index(year) for year in wanted if year in years)
        return Span(name, places, sum(weeks[place] for place in places), sum(map(weeks_of_year, wanted)))

    sides = [("before", [year for year in years if year < budget_year]), ("after", [y for y in years if y > last])]
    before, after = ([gathered(name, wanted)] if wanted else [] for name, wanted in sides)
    return [*before, *(gathered(str(year), [year]) for year in range(budget_year, last + 1)), *after]


def budget_of(
    blocks: Sequence[tuple[str, Of, Accounts]], weeks: Sequence[int], start: str, budget_year: int, price_year: int
) -> Budget:
    """The table of accounts of a run from the week `start` on, which all have the same years, with so many `weeks` of
    each."""
    years = blocks[0][2].years
    spans = spans_of(years, weeks, budget_year)
    end = weeks_between(start, f"{budget_year + YEARS}-W01")
    parts = [Block(label, of, _by_account(accounts, spans)) for label, of, accounts in blocks]
    return Budget(budget_year, price_year, spans, parts, max(0, end - sum(weeks)))


def lines_of(accounts: Accounts, who: Sequence[str]) -> dict[Line, Oere]:
    """What these parties together gain by each line, in øre: shape (replications, years)."""
    found: dict[Line, Oere] = {line: np.zeros((accounts.replications, len(accounts.years)), np.int64)
                               for line in MADE_OF}  # fmt: skip
    for entry, oere in accounts.entries.items():
        if sign := (entry.receiver in who) - (entry.payer in who):
            found[line_of(entry)] += sign * oere
    return found


def _by_account(accounts: Accounts, spans: Sequence[Span]) -> dict[str, dict[Line, list[Part]]]:
    others = [party for party in PARTIES if party not in PUBLIC]
    whom: dict[str, Sequence[str]] = {"kommune": ("kommune",), "stat": ("stat",), "public": PUBLIC}
    whom |= {party: (party,) for party in others} | {"society": PARTIES}
    return {account: _by_line(lines_of(accounts, who), spans) for account, who in whom.items()}


def _by_line(lines: Mapping[Line, Oere], spans: Sequence[Span]) -> dict[Line, list[Part]]:
    """Lines in which there is anything, their sum, and that gathered."""
    of_spans = {line: _in_spans(oere, spans) for line, oere in lines.items() if oere.any()}
    net = _in_spans(sum(lines.values(), start=np.zeros(1, np.int64)), spans)
    until = np.cumsum(net, axis=1)
    found = {line: _parts(kroner, spans) for line, kroner in of_spans.items()}
    return {**found, "net": _parts(net, spans), "until": _parts(until, spans)}


def _in_spans(oere: Oere, spans: Sequence[Span]) -> Oere:
    return np.stack([oere[:, list(span.places)].sum(axis=1) for span in spans], axis=1)


def _parts(oere: Oere, spans: Sequence[Span]) -> list[Part]:
    """The mean of each column with its simulation error; unknown where the run has nothing of it."""
    return [mean(oere[:, place] / OERE) if span.known else Part(NAN, NAN, NAN) for place, span in enumerate(spans)]
