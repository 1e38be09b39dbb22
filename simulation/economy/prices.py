"""Prices: what a unit of an item costs in a calendar year, and who pays whom for it.

    prices = read_prices("shipped/dk_2025")
    prices.lacking(items, years)        what an analysis needs and does not have, each at its place in the file
    prices.of(item, 2018, 2025)         by the rules of 2018, in kroner of 2025: an amount, and flows between parties
    prices.unsure()                     what has a range, for draws and for a tornado
    prices.with_values({path: value})   the same with other numbers

What holds from a date on (a price, a share, a tax) holds in the years after it, the last for all that follow; the year
itself is the mean of its weeks, or of those that a run has of it (`within`). Kroner of another year are brought over by
the index of the price, once, from the year whose kroner they are, or else refused: kroner of different years are not
added up. The year that is priced needs no level of the index.
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


class Priced(NamedTuple):
    """The price of an item in years in a row, in kroner of one year."""

    item: Item
    years: list[int]
    price: Price


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
    """A file of prices that was read. `epochs` are in force one after the other, from date to date. With `rules` all
    years are priced by the rules of that one; with `within` (an ISO week, and the first after them) a year of which
    only some weeks lie within is the mean of those."""

    resolved: Resolved
    epochs: tuple[Epoch, ...]
    rules: int | None = None
    within: tuple[str, str] | None = None

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

    @property
    def last_year(self) -> int:
        """The last of which anything is known: of the last date, or that whose prices are used. It holds for later
        ones."""
        return max([self.price_year, *(int(epoch.begins[:4]) for epoch in self.epochs[1:])])

    def rules_of(self, year: int, kroner_of: int) -> int:
        """The year whose rules and prices a year is priced by: its own; the last known one where it lies behind that;
        that of the kroner where it lies before the first (no trial is priced at the law of a time before)."""
        return min(self._looked_up(year, kroner_of), self.last_year)

    def ruled(self, years: Iterable[int], kroner_of: int) -> dict[int, list[int]]:
        """The years that are not priced by their own rules, by the year whose rules they are priced by."""
        found: dict[int, list[int]] = {}
        for year in years:
            if (rules := self.rules_of(year, kroner_of)) != year:
                found.setdefault(rules, []).append(year)
        return found

    def of(self, item: Item, year: int, kroner_of: int | None = None) -> Price:
        """The price of a unit in a year by the rules of that year, in kroner of another (None: of its own). Raises
        InputProblems if it is not known."""
        found, problems = self._found(item, year, kroner_of)
        if problems:
            raise InputProblems(problems)
        amount = sum(share * each.amount for share, each in found)
        kroner: dict[tuple[Party, Party], float] = {}
        for share, each in found:
            for flow, paid in each.flows.items():
                kroner[flow] = kroner.get(flow, 0.0) + share * paid
        flows = (Flow(*parties, paid / amount if amount else 0.0) for parties, paid in kroner.items())
        return Price(amount, tuple(flows))

    def over(self, item: Item, years: Iterable[int], kroner_of: int | None = None) -> list[Priced]:
        """The price of a unit over ascending years, once for years in a row in which it is the same."""
        found: list[Priced] = []
        for year in years:
            price = self.of(item, year, kroner_of)
            if found and found[-1].price == price:
                found[-1].years.append(year)
            else:
                found.append(Priced(item, [year], price))
        return found

    def origin(self, item: Item, year: int, kroner_of: int | None = None) -> Origin:
        """Where the price of an item is from, as it is at the end of a year. Raises NotKnown if there is none."""
        return self.written(item, year, kroner_of).origin

    def written(self, item: Item, year: int, kroner_of: int | None = None) -> Written:
        """The price of an item as it is written, at the end of a year. Raises NotKnown if there is none."""
        kroner = year if kroner_of is None else kroner_of
        *_, (epoch, _) = self._parts_of(self._looked_up(year, kroner), year)
        look = Look(epoch, item, kroner)
        entry, place = look.entry()
        at, price = look.price(entry, place)
        paid = None if entry.refusion else epoch.resolved.origin((*place, "paid", *list(entry.paid or ())[:1]))
        return Written(price, look.written(at, entry), epoch.resolved.origin(at), paid)

    def lacking(self, items: Iterable[Item], years: Iterable[int], kroner_of: int | None = None) -> tuple[Problem, ...]:
        """All that is needed to price these items in these years, in kroner of another (None: each in its own), and is
        not there: each thing once, at its place."""
        years = list(years)
        wrong = [problem for item in dict.fromkeys(items) for year in years
                 for problem in self._found(item, year, kroner_of)[1]]  # fmt: skip
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
        return replace(self, resolved=resolved, epochs=tuple(epoch.with_values(places) for epoch in self.epochs))

    def _found(self, item: Item, year: int, kroner_of: int | None) -> tuple[list[tuple[float, Paid]], list[Problem]]:
        """What is paid for a unit in each part of a year, with the share of its weeks, and what is not known."""
        kroner = year if kroner_of is None else kroner_of
        looked_up = self._looked_up(year, kroner)
        if (early := min(kroner, looked_up)) < self.file.first_year:
            named = f"name a later year to price it at, such as {self.price_year}"
            message = f"{early} lies before {self.file.first_year}: {named}"
            return [], [problem_at(self.resolved, ("first_year",), message)]
        found: list[tuple[float, Paid]] = []
        problems: list[Problem] = []
        for epoch, share in self._parts_of(looked_up, year):
            try:
                found.append((share, Look(epoch, item, kroner).paid()))
            except NotKnown as error:
                problems += error.problems
        return found, problems

    def _looked_up(self, year: int, kroner_of: int) -> int:
        """The year that a year is looked up at: `rules_of` before what is known last is held."""
        if self.rules is not None:
            return self.rules
        return kroner_of if year < self.file.first_year else year

    def _parts_of(self, looked_up: int, year: int) -> Iterator[tuple[Epoch, float]]:
        """The epochs of the year that a year is looked up at, each with its share of the weeks."""
        first, after = f"{looked_up}-W01", f"{looked_up + 1}-W01"
        if self.within and self.rules is None and looked_up == year:
            begins, ends = max(first, self.within[0]), min(after, self.within[1])
            first, after = (begins, ends) if begins < ends else (first, after)
        following = [*(epoch.begins for epoch in self.epochs[1:]), after]
        for epoch, end in zip(self.epochs, following, strict=True):
            begin, end = max(epoch.begins, first), min(end, after)
            if begin < end:
                yield epoch, weeks_between(begin, end) / weeks_between(first, after)


def read_prices(path: pathlib.Path | str) -> Prices:
    """A file of prices with all that it extends; `shipped/NAME` is one that comes with the program. Raises
    InputProblems with everything that is wrong."""
    resolved = read_resolved(path)
    return Prices(resolved, epochs_of(resolved))
