"""How many of the numbers that an answer rests on are assumed: of the scenarios, and of the prices of what differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulation.economy.cba.found import Assessed
from simulation.economy.items import Item
from simulation.economy.price_files.schema import ANY, PricesFile, UnitPrice
from simulation.scenario.files.yamlfile import Path

ASSUMED = ("", None, "assumed")
"""Kinds of what is assumed; what has none is taken so."""


class Numbers(NamedTuple):
    """So many that are assumed, of how many."""

    assumed: int
    all: int


def of_scenarios(assessed: Assessed) -> Numbers:
    """Numbers of the base and of all scenarios; one that is the same in several counts once."""
    rows = {(row["path"], str(row["value"])): row.get("kind") for each in assessed.plan.loaded
            for row in each.parameters()}  # fmt: skip
    return Numbers(sum(kind in ASSUMED for kind in rows.values()), len(rows))


def of_prices(assessed: Assessed) -> Numbers:
    """Numbers by which what differs from the base is priced: prices, shares, taxes and indices, from any date, and the
    key figures. Numbers of one source, such as all shares of refusion, are one."""
    prices = assessed.plan.prices
    roots: set[Path] = {("key_figures", prices.file.assessed_by)}
    for epoch in prices.epochs:
        for item in {row.item for each in assessed.against for row in each.rows}:
            roots |= {*_places(epoch.file, item)}
    kinds = [origin.kind for path, origin in prices.resolved.origins.items()
             if any(path[: len(root)] == root[: len(path)] for root in roots)]  # fmt: skip
    return Numbers(sum(kind in ASSUMED for kind in kinds), len(kinds))


def _places(file: PricesFile, item: Item) -> Iterator[Path]:
    """Where the numbers stand by which an item is priced."""
    entries: dict[str, UnitPrice] = getattr(file.prices, item.kind)
    name = item.name if item.name in entries else ANY
    if (entry := entries.get(name)) is None:
        return
    place: Path = ("prices", item.kind, name)
    yield (*place, "parts", item.part) if item.part in entry.parts else (*place, "price")
    yield ("refusion", item.part) if entry.refusion else (*place, "paid")
    yield (*place, "transfers")
    yield from (("taxes", tax) for tax in entry.taxes)
    if entry.index is not None:
        yield "indices", entry.index
