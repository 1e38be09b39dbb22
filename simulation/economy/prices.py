"""Prices: what a unit of an item costs in a calendar year, and who pays whom for it.

    prices = read_prices("shipped/dk_2025")
    prices.lacking(items, years)        what an analysis needs and does not have, each at its place in the file
    prices.of(item, 2025)               kroner, and flows from payers to receivers
    prices.unsure()                     what has a range, for draws and for a tornado
    prices.with_values({path: value})   the same with other numbers

A price that changes within a year is in that year the mean of its weeks. One of another year is brought over by its
index, or else refused: kroner of different years are not added up.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from simulation.economy.items import KINDS, Item
from simulation.economy.parties import Flow, Party
from simulation.economy.price_files.key_figures import KeyFigures
from simulation.economy.price_files.paid import Look, NotKnown, Paid
from simulation.economy.price_files.reading import Epoch, epochs_of, read_resolved
from simulation.economy.price_files.schema import ANY, PricesFile
from simulation.scenario.explain import problem_at
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.files.sourced import Origin
from simulation.scenario.files.values import is_number
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.world.weeks import weeks_between

ALMOST = 0.85
"""So like each other two names are, one of which may be the other misspelt: formidlere_aktoer is no formidlere_kommune.
"""


class Price(NamedTuple):
    """The price of a unit of an item in the kroner of a year, and the shares of it that are paid; the first flow is
    what is paid for the item itself."""

    amount: float
    flows: tuple[Flow, ...]


class Written(NamedTuple):
    """A price as its file has it: in the unit of its `origin` and the kroner of a year. `paid` is where it is from who
    pays it; None if that is by steps of refusion."""

    price: float | None
    year: int
    origin: Origin
    paid: Origin | None


class Unsure(NamedTuple):
    """A number of a file of prices that has a range: its dotted path, and where it is from."""

    path: str
    value: float
    origin: Origin


@dataclass(frozen=True)
class Prices:
    """A file of prices that was read. `epochs` are in force one after the other, from date to date."""

    resolved: Resolved
    epochs: tuple[Epoch, ...]

    @property
    def file(self) -> PricesFile:
        """The file as it is before the first date."""
        return self.epochs[0].file

    @property
    def price_year(self) -> int:
        """The year whose prices are used where none is named."""
        return self.file.price_year

    @property
    def key_figures(self) -> KeyFigures:
        """Those of the assessment: discount rates, net tax factor, distortion."""
        return self.file.used

    def of(self, item: Item, year: int) -> Price:
        """The price of a unit in the kroner of this year. Raises InputProblems if it is not known."""
        found, problems = self._found(item, year)
        if problems:
            raise InputProblems(problems)
        amount = sum(share * each.amount for share, each in found)
        kroner: dict[tuple[Party, Party], float] = {}
        for share, each in found:
            for flow, paid in each.flows.items():
                kroner[flow] = kroner.get(flow, 0.0) + share * paid
        flows = (Flow(*parties, paid / amount if amount else 0.0) for parties, paid in kroner.items())
        return Price(amount, tuple(flows))

    def origin(self, item: Item, year: int) -> Origin:
        """Where the price of an item is from, as it is at the end of a year. Raises NotKnown if there is none."""
        return self.written(item, year).origin

    def written(self, item: Item, year: int) -> Written:
        """The price of an item as it is written, at the end of a year. Raises NotKnown if there is none."""
        *_, (epoch, _) = self._parts_of(year)
        look = Look(epoch, item, year)
        entry, place = look.entry()
        at, price = look.price(entry, place)
        paid = None if entry.refusion else epoch.resolved.origin((*place, "paid", *list(entry.paid or ())[:1]))
        return Written(price, look.written(at, entry), epoch.resolved.origin(at), paid)

    def lacking(self, items: Iterable[Item], years: Iterable[int]) -> tuple[Problem, ...]:
        """All that is needed to price these items in these years and is not there, each thing once, at its place."""
        years = list(years)
        wrong = [problem for item in dict.fromkeys(items) for year in years for problem in self._found(item, year)[1]]
        for name in ("net_tax_factor", "distortion"):
            if getattr(self.key_figures, name) is None:
                place: Path = ("key_figures", self.file.assessed_by)
                wrong.append(problem_at(self.resolved, place, f"{name} is not known", key=True, without=name))
        return tuple({(each.path, each.message): each for each in wrong}.values())

    def misspelt(self, items: Iterable[Item]) -> Iterator[Problem]:
        """Warnings of names in the file that are none of these items, and look like one that has no price of its own.
        """
        wanted = list(items)
        for kind in KINDS:
            asked = {item.name for item in wanted if item.kind == kind}
            entries = getattr(self.file.prices, kind)
            for name in entries.keys() - asked - {ANY}:
                if near := did_you_mean(name, asked - entries.keys(), ALMOST):
                    place: Path = ("prices", kind, name)
                    message = f"nothing that is priced is called '{name}'{near}"
                    yield replace(problem_at(self.resolved, place, message, key=True), severity="warning")

    def unsure(self) -> list[Unsure]:
        """The numbers that have a range, in the order of the file; those from a date on by their own path, and of key
        figures those that are used."""
        leaves = [(path, value) for path, value in self.resolved.leaves() if is_number(value)]
        others = [("key_figures", name) for name in self.file.key_figures if name != self.file.assessed_by]
        origins = [(path, value, self.resolved.origins.get(path)) for path, value in leaves if path[:2] not in others]
        return [Unsure(dotted(path), value, origin) for path, value, origin in origins if origin and origin.range]

    def with_values(self, values: Mapping[str, float]) -> Prices:
        """The same with other numbers, by the dotted path that `unsure` has. Raises KeyError for a path that leads
        nowhere, and InputProblems for a value that cannot be."""
        resolved = self.resolved.copied()
        places: dict[Path, float] = {}
        for path, value in values.items():
            part, key = resolved.part_of(path.split("."))
            part[key] = value
            places[resolved.place_of(path.split(".")) or ()] = value
        return Prices(resolved, tuple(epoch.with_values(places) for epoch in self.epochs))

    def _found(self, item: Item, year: int) -> tuple[list[tuple[float, Paid]], list[Problem]]:
        """What is paid for a unit in each part of a year, with the share of its weeks, and what is not known."""
        if year < self.file.first_year:
            named = f"name a later year to price it at, such as {self.price_year}"
            message = f"{year} lies before {self.file.first_year}: {named}"
            return [], [problem_at(self.resolved, ("first_year",), message)]
        found: list[tuple[float, Paid]] = []
        problems: list[Problem] = []
        for epoch, share in self._parts_of(year):
            try:
                found.append((share, Look(epoch, item, year).paid()))
            except NotKnown as error:
                problems += error.problems
        return found, problems

    def _parts_of(self, year: int) -> Iterator[tuple[Epoch, float]]:
        """The epochs of a year, each with its share of the weeks."""
        first, after = f"{year}-W01", f"{year + 1}-W01"
        ends = [*(epoch.begins for epoch in self.epochs[1:]), after]
        for epoch, end in zip(self.epochs, ends, strict=True):
            begin, end = max(epoch.begins, first), min(end, after)
            if begin < end:
                yield epoch, weeks_between(begin, end) / weeks_between(first, after)


def read_prices(path: pathlib.Path | str) -> Prices:
    """A file of prices with all that it extends; `shipped/NAME` is one that comes with the program. Raises
    InputProblems with everything that is wrong."""
    resolved = read_resolved(path)
    return Prices(resolved, epochs_of(resolved))
