"""What is paid for a unit of an item: found in a file of prices, brought to the unit of the item and to the year that
is asked for, and told by payer and receiver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from simulation.economy.items import STEPS, Item
from simulation.economy.parties import Party
from simulation.economy.price_files.reading import Epoch
from simulation.economy.price_files.schema import ANY, PER, UnitPrice
from simulation.scenario.explain import problem_at
from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path


class Paid(NamedTuple):
    """Kroner of a unit, and kroner by payer and receiver: first what is paid for the item itself."""

    amount: float
    flows: dict[tuple[Party, Party], float]


class NotKnown(Exception):
    """Something that a price needs is not there."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)


class Look(NamedTuple):
    """A look into the prices of one epoch for an item in a year."""

    epoch: Epoch
    item: Item
    year: int

    def paid(self) -> Paid:
        """Kroner of a unit, and who pays whom. Raises NotKnown."""
        entry, place = self.entry()
        part = self.item.part if self.item.part in entry.parts else ""
        at: Path = (*place, "parts", part) if part else (*place, "price")
        price = entry.parts[part] if part else entry.price
        if price is None:
            self.not_known(place, f"there is no price of {self.item} (of one of its {self.item.unit})", "price")
        if entry.to is None:
            self.not_known(place, f"who is paid for {self.item} is not told", "to")
        written = int(self.epoch.changed[at[:4]][:4]) if at[:4] in self.epoch.changed else entry.year
        amount = self.brought(price, at, written, entry, place)
        flows: dict[tuple[Party, Party], float] = {}

        def pay(payer: Party, receiver: Party, kroner: float) -> None:
            flows[payer, receiver] = flows.get((payer, receiver), 0.0) + kroner

        for payer, share in self.payers(entry, place).items():
            if share:
                pay(payer, entry.to, share * amount)
        for n, transfer in enumerate(entry.transfers):
            kroner = self.brought(transfer.amount, (*place, "transfers", n, "amount"), transfer.year, entry, place)
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
        """The entry of the item, or of `any` of its kind, and its place."""
        entries: dict[str, UnitPrice] = getattr(self.epoch.file.prices, self.item.kind)
        name = self.item.name if self.item.name in entries else ANY
        if name not in entries:
            near = did_you_mean(self.item.name, entries)
            place: Path = ("prices", self.item.kind) if entries else ("prices",)
            how = f"write `prices.{self.item.kind}.{self.item.name}`"
            self.not_known(place, f"there is no price of {self.item}: {how}{near}", self.item.name)
        return entries[name], ("prices", self.item.kind, name)

    def payers(self, entry: UnitPrice, place: Path) -> Mapping[Party, float]:
        """Shares of the price by who pays them."""
        if not entry.refusion:
            if entry.paid is None:
                self.not_known(place, f"who pays for {self.item} is not told", "paid")
            return entry.paid
        assert self.epoch.file.refusion is not None  # file_problems has seen to it
        if self.item.part not in STEPS:
            self.not_known(place, f"{self.item} is paid by steps of refusion, and the item has none", "refusion")
        return self.epoch.file.refusion[self.item.part]

    def brought(self, kroner: float, at: Path, written: int | None, entry: UnitPrice, place: Path) -> float:
        """Kroner of a unit of the item in the year that is asked for."""
        a_unit = kroner * PER[self.item.kind][self.epoch.resolved.origin(at).unit]
        assert written is not None  # file_problems has seen to it
        if written == self.year:
            return a_unit
        if entry.index is None:
            message = f"the price of {self.item} is of {written} and has no index to bring it to {self.year}"
            self.not_known((*place, "year"), message)
        levels = self.epoch.file.indices[entry.index].levels
        for year in (written, self.year):
            if year not in levels:
                has = f"it has {min(levels)} to {max(levels)}"
                message = f"the index has no level of {year} ({has}): add it, or price at one of those years"
                self.not_known(("indices", entry.index, "levels"), message)
        return a_unit * levels[self.year] / levels[written]

    def not_known(self, place: Path, message: str, without: str = "") -> NoReturn:
        raise NotKnown(problem_at(self.epoch.resolved, place, message, key=True, without=without))
