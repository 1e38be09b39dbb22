"""What is wrong with a file of prices beside its keys: numbers without source or unit, names of nothing, prices that
nobody can be told to pay."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.economy.employer import SICKNESS
from simulation.economy.items import KINDS, STEPS, Kind
from simulation.economy.price_files.schema import PER, PricesFile, UnitPrice
from simulation.scenario.explain import problem_at
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.sourced import leaves
from simulation.scenario.files.values import is_number
from simulation.scenario.files.yamlfile import Path

NAMES = ("version", "price_year", "first_year", "year", "since")
"""Numbers that say what others are of; all others need a source."""


def file_problems(resolved: Resolved, file: PricesFile) -> Iterator[Problem]:
    """Everything that is wrong with one state of a file whose keys are right."""
    yield from _without_source(resolved)
    if file.assessed_by not in file.key_figures:
        near = did_you_mean(file.assessed_by, file.key_figures) or f"; there is {', '.join(file.key_figures)}"
        yield problem_at(resolved, ("assessed_by",), f"there are no key figures '{file.assessed_by}'{near}")
    if file.refusion is not None and (lacking := [step for step in STEPS if step not in file.refusion]):
        yield problem_at(resolved, ("refusion",), f"step {', '.join(lacking)} of refusion is missing", key=True)
    if file.price_year < file.first_year:
        message = f"{file.price_year} lies before first_year ({file.first_year}), the first that may be priced"
        yield problem_at(resolved, ("price_year",), message)
    for kind in KINDS:
        for name, entry in getattr(file.prices, kind).items():
            yield from _of_entry(resolved, file, kind, ("prices", kind, name), entry)


def _without_source(resolved: Resolved) -> Iterator[Problem]:
    for path, value in leaves(resolved.data):
        if is_number(value) and path[-1] not in NAMES and not resolved.origin(path).kind:
            message = "a number without a source; write it as {value: ..., unit: ..., kind: ..., source: ...}"
            yield problem_at(resolved, path, message)


def _of_entry(
    resolved: Resolved, file: PricesFile, kind: Kind, place: Path, entry: UnitPrice
) -> Iterator[Problem]:
    amounts: dict[Path, float] = {
        (*place, "parts", part): each for part, each in entry.parts.items() if each is not None
    }
    if entry.price is not None:
        amounts[(*place, "price")] = entry.price
    in_transfers = {(*place, "transfers", n, "amount"): each.amount for n, each in enumerate(entry.transfers)}
    for path in (*amounts, *in_transfers):
        unit = resolved.origin(path).unit
        if resolved.origin(path).kind and unit not in PER[kind]:
            allowed = ", ".join(PER[kind])
            near = did_you_mean(unit, PER[kind]) if unit else ""
            yield problem_at(resolved, path, f"the unit of a price of {kind} is {allowed} (got '{unit}'){near}")
    if amounts and entry.year is None:
        yield problem_at(resolved, place, "year is missing: of which year are these kroner?", key=True)
    if entry.index is not None and entry.index not in file.indices:
        near = did_you_mean(entry.index, file.indices) or f"; there is {', '.join(file.indices) or 'none'}"
        yield problem_at(resolved, (*place, "index"), f"there is no index '{entry.index}'{near}")
    for n, tax in enumerate(entry.taxes):
        if tax not in file.taxes:
            near = did_you_mean(tax, file.taxes) or f"; there is {', '.join(file.taxes) or 'none'}"
            yield problem_at(resolved, (*place, "taxes", n), f"there is no tax '{tax}'{near}")
    if entry.by_employer is not None and place[1:] != ("benefit", SICKNESS):
        message = f"the first weeks after a job are known of {SICKNESS} alone"
        yield problem_at(resolved, (*place, "by_employer"), message, key=True)
    if entry.to is not None and entry.to in {*(entry.paid or ()), *(entry.by_employer or ())}:
        yield problem_at(resolved, (*place, "to"), f"{entry.to} would pay itself")
    for n, transfer in enumerate(entry.transfers):
        if transfer.payer == transfer.receiver:
            yield problem_at(resolved, (*place, "transfers", n, "receiver"), f"{transfer.payer} would pay itself")
    if entry.refusion and kind != "benefit":
        yield problem_at(resolved, (*place, "refusion"), f"a benefit alone has steps of refusion, not a {kind}")
    elif entry.refusion and entry.paid is not None:
        message = "who pays is told twice: by `paid` and by the steps of refusion"
        yield problem_at(resolved, (*place, "paid"), message, key=True)
    elif entry.refusion and file.refusion is None:
        yield problem_at(resolved, (*place, "refusion"), "the file has no steps of refusion (`refusion` at its top)")
    if entry.transfers and any(each == 0 for each in amounts.values()):
        yield problem_at(resolved, (*place, "transfers"), "a price of 0 has nothing beside it to be told by", key=True)
    for path in amounts if entry.transfers else ():
        if (span := resolved.origin(path).range) and span[0] == 0:
            message = "at a price of 0 nothing could be told that is paid beside it: begin above 0"
            yield problem_at(resolved, (*path, "range"), message)
