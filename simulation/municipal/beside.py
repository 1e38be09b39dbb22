"""What tables say beside stock and flow: running spells by duration, talks by duration, status after ended spells,
activation, hours, and how talks are held. Tables are known by their headings; their number says of which benefit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from simulation.municipal.contact import Contact
from simulation.municipal.durations import Weeks, class_of
from simulation.municipal.table import Observation, Table, is_total

TOUCHED, DEGREE, HOURS, REMOTE = "touched by an offer", "activation degree", "ordinary hours", "talks by phone or video"
_SHARES = {"aktiveringsgrad": DEGREE, "andel aktiveringsberørte": TOUCHED,
           "andel personer med ordinære timer": HOURS}  # fmt: skip
_RUNNING = ("varighed af igangværende forløb", "antal igangværende forløb")
_TALKS = ("varighed på ydelsen", "samtaler pr. person")
Value = TypeVar("Value")
_OFFERS = ("tilbud", "antal aktiverede")
_STATUS, _AFTER = ("arbejdsmarkedsstatus", "kategori"), "status 3 mdr. efter afsluttet forløb"
WAGE_WORK, EDUCATION = "lønmodtagerbeskæftigelse", "uddannelse"
_ALL_TALKS, _REMOTE = "antal jobsamtaler", ("telefon", "video")


class Shares(NamedTuple):
    """Shares by month, and where they are from."""

    values: dict[int, float]
    source: str


class Running(NamedTuple):
    """By month, running spells by class of weeks (above, up to; None: no end)."""

    months: dict[int, dict[Weeks, float]]
    source: str

    def over(self, weeks: int) -> dict[int, float]:
        """By month the share that has lasted longer, where a class begins there."""
        found = {}
        for month, classes in self.months.items():
            if any(above == weeks for above, _ in classes) and (total := sum(classes.values())):
                found[month] = sum(number for (above, _), number in classes.items() if above >= weeks) / total
        return found


class Talks(NamedTuple):
    """Talks by how long the spell has lasted, by month."""

    months: dict[int, Contact]
    source: str


class Status(NamedTuple):
    """Where people are three months after an ended spell: shares by status and quarter (its first month)."""

    quarters: dict[int, dict[str, float]]
    source: str


class Offers(NamedTuple):
    """Persons in an offer by its kind, by month."""

    months: dict[int, dict[str, float]]
    source: str


@dataclass
class Beside:
    """By benefit; shares by what they are of, too, of which talks by phone or video are of no benefit ("")."""

    running: dict[str, Running] = field(default_factory=dict)
    talks: dict[str, Talks] = field(default_factory=dict)
    shares: dict[tuple[str, str], Shares] = field(default_factory=dict)
    status: dict[str, Status] = field(default_factory=dict)
    offers: dict[str, Offers] = field(default_factory=dict)

    def until(self, month: int) -> Beside:
        """The same without what came after a month."""
        return Beside(
            {key: Running(_until(one.months, month), one.source) for key, one in self.running.items()},
            {key: Talks(_until(one.months, month), one.source) for key, one in self.talks.items()},
            {key: Shares(_until(one.values, month), one.source) for key, one in self.shares.items()},
            {key: Status(_until(one.quarters, month), one.source) for key, one in self.status.items()},
            {key: Offers(_until(one.months, month), one.source) for key, one in self.offers.items()},
        )


def _until(months: dict[int, Value], last: int) -> dict[int, Value]:
    return {month: value for month, value in months.items() if month <= last}


def take_beside(table: Table, benefit: str, source: str, month: int, rows: Iterable[Observation], of: Beside) -> None:
    """Take what the rows of one area and month say."""
    groups = [name.casefold() for name in table.groups]
    rows = list(rows)
    if _RUNNING[0] in groups:
        at = groups.index(_RUNNING[0])
        found = _by_class(rows, at, lambda measure: measure == _RUNNING[1])
        if found and None not in found.values():
            shown = {each: float(value) for each, value in found.items() if value is not None}
            of.running.setdefault(benefit, Running({}, source)).months[month] = shown
    elif _TALKS[0] in groups:
        at = groups.index(_TALKS[0])
        talks = {each: value for each, value in _by_class(rows, at, lambda measure: _TALKS[1] in measure).items()
                 if value is not None}  # fmt: skip
        if talks:
            persons = _by_class(rows, at, lambda measure: measure == "antal personer")
            of.talks.setdefault(benefit, Talks({}, source)).months[month] = Contact(talks, persons)
    elif _OFFERS[0] in groups:
        at = groups.index(_OFFERS[0])
        kinds = {each.groups[at]: float(each.value) for each in rows
                 if each.value and each.measure.casefold() == _OFFERS[1]}  # fmt: skip
        if kinds:
            of.offers.setdefault(benefit, Offers({}, source)).months[month] = kinds
    else:
        _take_shares(rows, benefit, source, month, of)


def take_status(table: Table, benefit: str, source: str, of: Callable[[str], Beside]) -> None:
    """Take where people are after ended spells, by quarter, into what is known of each area."""
    at = next((k for k, name in enumerate(table.groups) if name.casefold() in _STATUS), None)
    for each in table.observations:
        if at is None or each.period.kind != "quarter" or not each.measure.casefold().startswith(_AFTER):
            continue
        if each.value and all(is_total(label) for k, label in enumerate(each.groups) if k != at):
            quarter = int(each.period.start[:4]) * 12 + int(each.period.start[5:7]) - 1
            found = of(each.area).status.setdefault(benefit, Status({}, source)).quarters.setdefault(quarter, {})
            found[each.groups[at].casefold()] = float(each.value) / 100


def _take_shares(rows: list[Observation], benefit: str, source: str, month: int, of: Beside) -> None:
    totals = {each.measure.casefold(): float(each.value)
              for each in rows if each.value and all(map(is_total, each.groups))}  # fmt: skip
    for measure, what in _SHARES.items():
        if measure in totals:
            of.shares.setdefault((what, benefit), Shares({}, source)).values[month] = totals[measure] / 100
    if totals.get(_ALL_TALKS):
        share = sum(totals.get(name, 0.0) for name in _REMOTE) / totals[_ALL_TALKS]
        of.shares.setdefault((REMOTE, ""), Shares({}, source)).values[month] = share


def _by_class(rows: list[Observation], at: int, is_it: Callable[[str], bool]) -> dict[Weeks, float | None]:
    """Figures of a measure by class of weeks, None where one is not shown."""
    found: dict[Weeks, float | None] = {}
    for each in rows:
        others = [label for k, label in enumerate(each.groups) if k != at]
        weeks = class_of(each.groups[at])
        if weeks is not None and is_it(each.measure.casefold()) and all(map(is_total, others)):
            found[weeks] = float(each.value) if each.value else None
    return found
