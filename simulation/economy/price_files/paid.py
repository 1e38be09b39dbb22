"""What is paid for a unit of an item: found in a file of prices, brought to the unit of the item and to the year that
is asked for, and told by payer and receiver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from simulation.economy.items import BY_EMPLOYER, OVER_18_MONTHS, STEPS, Item
from simulation.economy.parties import Party
from simulation.economy.price_files.reading import Epoch
from simulation.economy.price_files.schema import ANY, PER, Shares, UnitPrice
from simulation.scenario.explain import problem_at
from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path


class Paid(NamedTuple):
    """Kroner of a unit, and kroner by payer and receiver: first what is paid for the item itself."""

    amount: float
    flows: dict[tuple[Party, Party], float]


class NotKnown(Exception):
    """Things that a price needs are not there."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)


class Look(NamedTuple):
    """A look into the prices of one epoch for an item in a year."""

    epoch: Epoch
    item: Item
    year: int

    def paid(self) -> Paid:
        """Kroner of a unit, and who pays whom. Raises NotKnown with all that is missing."""
        entry, place = self.entry()
        if problems := [*self.missing(entry, place)]:
            raise NotKnown(problems)
        at, price = self.price(entry, place)
        assert price is not None and entry.to is not None  # or it would be missing
        amount = self.brought(price, at, entry)
        flows: dict[tuple[Party, Party], float] = {}

        def pay(payer: Party, receiver: Party, kroner: float) -> None:
            flows[payer, receiver] = flows.get((payer, receiver), 0.0) + kroner

        for payer, share in self.payers(entry).items():
            if share:
                pay(payer, entry.to, share * amount)
        for n, transfer in enumerate(entry.transfers):
            kroner = self.brought(transfer.amount, (*place, "transfers", n, "amount"), entry, transfer.year)
            pay(transfer.payer, transfer.receiver, kroner)
        left = sum(kroner for (_, receiver), kroner in flows.items() if receiver == "borger")
        left -= sum(kroner for (payer, _), kroner in flows.items() if payer == "borger")
        for name in entry.taxes:
            tax = self.epoch.file.taxes[name]
            pay("borger", "stat", left * tax.share * (1 - tax.kommune))
            pay("borger", "kommune", left * tax.share * tax.kommune)
            left *= 1 - tax.share
        return Paid(amount, flows)

    def entry(self) -> tuple[UnitPrice, Path]:
        """The entry of the item, or of `any` of its kind, and its place. Raises NotKnown."""
        entries: dict[str, UnitPrice] = getattr(self.epoch.file.prices, self.item.kind)
        name = self.item.name if self.item.name in entries else ANY
        if name not in entries:
            near = did_you_mean(self.item.name, entries)
            place: Path = ("prices", self.item.kind) if entries else ("prices",)
            wanted = f"`prices.{self.item.kind}.{self.item.name}` in a file of prices of your own (--prices)"
            message = f"there is no price of {self.item}: write {wanted}{near}"
            raise NotKnown([self.not_there(place, message, self.item.name)])
        return entries[name], ("prices", self.item.kind, name)

    def price(self, entry: UnitPrice, place: Path) -> tuple[Path, float | None]:
        """The price as it is written, and its place."""
        if self.item.part in entry.parts:
            return (*place, "parts", self.item.part), entry.parts[self.item.part]
        return (*place, "price"), entry.price

    def missing(self, entry: UnitPrice, place: Path) -> Iterator[Problem]:
        """What is not known of the entry, in the year that is asked for."""
        at, price = self.price(entry, place)
        if price is None:
            message = f"there is no price of {self.item} (in {', '.join(PER[self.item.kind])})"
            taken_away = (*place, "parts", self.item.part) in self.epoch.resolved.changed
            yield self.not_there(
                (*place, "parts") if taken_away else place, message, self.item.part if taken_away else "price"
            )
        if entry.to is None:
            yield self.not_there(place, f"who is paid for {self.item} is not told", "to")
        if self.item.part == BY_EMPLOYER and entry.by_employer is None:
            message = f"who pays for {self.item.name} in the first weeks after a job is not told"
            yield self.not_there(place, message, BY_EMPLOYER)
        if entry.refusion and self.item.part not in (*STEPS, OVER_18_MONTHS, BY_EMPLOYER):
            yield self.not_there(place, f"{self.item} is paid by steps of refusion, and has none itself", "refusion")
        if not entry.refusion and entry.paid is None:
            yield self.not_there(place, f"who pays for {self.item} is not told", "paid")
        written = {} if price is None else {self.written(at, entry): (*place, "year")}
        written |= {each.year: (*place, "transfers", n, "year") for n, each in enumerate(entry.transfers)}
        for year, where in written.items():
            if year == self.year:
                continue
            if entry.index is None:
                message = f"the price of {self.item} is of {year} and has no index to bring it to {self.year}"
                yield self.not_there(where, message)
                continue
            levels = self.epoch.file.indices[entry.index].levels
            for lacking in sorted({year, self.year} - levels.keys()):
                has = f"it has {min(levels)} to {max(levels)}"
                message = f"the index has no level of {lacking} ({has}): add it, or price at one of those years"
                yield self.not_there(("indices", entry.index, "levels"), message)

    def payers(self, entry: UnitPrice) -> Mapping[Party, float]:
        """Shares of the price by who pays them."""
        if self.item.part == BY_EMPLOYER:
            return entry.by_employer or {}
        if not entry.refusion:
            return entry.paid or {}
        steps: dict[str, Shares] = {str(step): shares for step, shares in (self.epoch.file.refusion or {}).items()}
        return steps.get(self.item.part) or steps[STEPS[-1]]  # 18 months lie behind the last step

    def written(self, at: Path, entry: UnitPrice) -> int:
        """Whose kroner a price is in: those of its date, or of the year of the entry."""
        if (week := self.epoch.changed.get(at[:4])) is not None:
            return int(week[:4])
        assert entry.year is not None  # file_problems has seen to it
        return entry.year

    def brought(self, kroner: float, at: Path, entry: UnitPrice, year: int | None = None) -> float:
        """Kroner of a unit of the item in the year that is asked for, of what is written at a place."""
        a_unit = kroner * PER[self.item.kind][self.epoch.resolved.origin(at).unit]
        year = self.written(at, entry) if year is None else year
        if year == self.year or entry.index is None:
            return a_unit
        levels = self.epoch.file.indices[entry.index].levels
        return a_unit * levels[self.year] / levels[year]

    def not_there(self, place: Path, message: str, without: str = "") -> Problem:
        """What is missing, told where it was taken away, or else where it should be."""
        return problem_at(self.epoch.resolved, place, message, key=True, without=without)
