"""What published tables say of one place, month by month: stocks, long-term unemployed, flows and ended spells.

Persons, full-time persons and spells are three things and are kept apart. Tables are known by their measures, and by
their number where the measure does not say of which benefit it is. Only rows of all groups together are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from simulation.municipal.areas import COUNTRY, known_area
from simulation.municipal.beside import Beside, take_beside, take_status
from simulation.municipal.periods import Period
from simulation.municipal.table import Observation, Table, is_total
from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean

DAGPENGE, KONTANTHJAELP = "dagpenge", "kontanthjaelp"
STOCK, PERSONS, LONG_TERM = "full-time persons", "persons", "long-term full-time persons"
RATE = "full-time persons in % of the workforce"
_OF_MEASURE = {"heraf a-dagpenge": DAGPENGE, "heraf kontanthjælp": KONTANTHJAELP}
_RATES = {"a-dagpenge i pct. af arbejdsstyrken": DAGPENGE, "kontanthjælp i pct. af arbejdsstyrken": KONTANTHJAELP}
ALL_KONTANTHJAELP = "kontanthjælp, all"
_OF_TABLE = {"01": DAGPENGE, "36": ALL_KONTANTHJAELP, "60": ALL_KONTANTHJAELP, "07": "sygedagpenge",
             "09": "ledighedsydelse"}  # fmt: skip
_VISITATION = "visitationskategori"
_COUNTS = {"antal fuldtidspersoner": STOCK, "antal personer": PERSONS}
OPENED, STARTED, ENDED, CLOSED = "primo", "påbegyndte", "afsluttede", "ultimo"
_LONG_TERM, _LENGTH = "antal langtidsledige", "varighed af afsluttede forløb"
WHOLE_COUNTRY = "000"


class Series(NamedTuple):
    """Figures by month (year × 12 + month − 1), and where they are from."""

    values: dict[int, float]
    source: str


class Spells(NamedTuple):
    """Spells of a month that ended: how many, their mean weeks, and how many by length as the label says it."""

    source: str
    benefit: str
    month: int
    ended: float
    mean_weeks: float | None
    by_length: Mapping[str, float]
    hidden: bool


@dataclass
class Place:
    """What is known of a place. `series` are by what they count and benefit; `flows` by source, benefit and month."""

    name: str
    code: str
    series: dict[tuple[str, str], Series] = field(default_factory=dict)
    flows: dict[tuple[str, str, int], dict[str, float]] = field(default_factory=dict)
    spells: list[Spells] = field(default_factory=list)
    beside: Beside = field(default_factory=Beside)

    def until(self, month: int) -> Place:
        """The same without what came after a month."""
        series = {key: Series({m: v for m, v in one.values.items() if m <= month}, one.source)
                  for key, one in self.series.items()}  # fmt: skip
        flows = {key: flow for key, flow in self.flows.items() if key[2] <= month}
        spells = [each for each in self.spells if each.month <= month]
        return Place(self.name, self.code, series, flows, spells, self.beside.until(month))


def month_of(period: Period) -> int | None:
    """The number of a month, None for a period of another length."""
    return int(period.start[:4]) * 12 + int(period.start[5:7]) - 1 if period.kind == "month" else None


def month_text(month: int) -> str:
    """2026M07."""
    return f"{month // 12}M{month % 12 + 1:02}"


def places(tables: Sequence[Table]) -> dict[str, Place]:
    """Every area by its folded name, with what the tables say of it. Raises InputProblems where two differ."""
    found: dict[str, Place] = {}
    problems: list[Problem] = []
    for table in tables:
        means = {measure: _meaning(table, measure.casefold()) for measure in table.distinct("measure")}
        for each in table.observations:
            if each.area:
                code, name = known_area(each.area) or (each.code, each.area)
                place = found.setdefault(name.casefold(), Place(name, code))
                if (meaning := means[each.measure]) is not None:
                    _take(table, each, meaning, place, problems)
        _take_spells(table, found)
        _take_beside(table, found)
    if problems:
        raise InputProblems(problems[:10])
    return found


def place_called(found: Mapping[str, Place], name: str) -> Place:
    """The place of a name as people write it. Raises InputProblems if the files have nothing of it."""
    _, known = known_area(name) or ("", name)
    if (place := found.get(known.casefold())) is not None:
        return place
    names = [each.name for each in found.values()]
    near = "" if known_area(name) else did_you_mean(known, names)  # a municipality is no slip for another one
    have = f"they have {len(names)} areas" if names else "no table in them is by municipality"
    raise InputProblems([Problem(f"the files have no figure of '{name}' ({have}){near}")])


def _take(
    table: Table, each: Observation, meaning: tuple[str, str], place: Place, problems: list[Problem]
) -> None:  # fmt: skip
    month = month_of(each.period)
    of_category = _category(table, each)
    if month is None or not each.value or of_category is None:
        return
    what, benefit = meaning[0], meaning[1] + of_category
    if what in (OPENED, STARTED, ENDED, CLOSED):
        place.flows.setdefault((source_of(table), benefit, month), {})[what] = float(each.value)
        return
    series = place.series.setdefault((what, benefit), Series({}, f"{source_of(table)}, {each.measure}"))
    before = series.values.setdefault(month, float(each.value))
    if before != float(each.value):
        message = (f"{table.file}: {each.area} has {each.value} {what} on {benefit} in {month_text(month)}, and "
                   f"another table has {before:g}")  # fmt: skip
        problems.append(Problem(message))


def _category(table: Table, each: Observation) -> str | None:
    """What is added to the benefit for a row of one category of visitation alone; "" for all groups together, None for
    another group."""
    others = [label for name, label in zip(table.groups, each.groups, strict=True) if name.casefold() != _VISITATION]
    if not all(map(is_total, others)):
        return None
    labels = [label for name, label in zip(table.groups, each.groups, strict=True) if name.casefold() == _VISITATION]
    return "" if all(map(is_total, labels)) else f": {labels[0].casefold()}"


def _meaning(table: Table, measure: str) -> tuple[str, str] | None:
    """What a measure counts, and of which benefit; None: nothing that is taken."""
    if _spells_of(table) is None and (part := _flow(measure)):
        return part, benefit_of(table)
    return _key(table, measure)


def _key(table: Table, measure: str) -> tuple[str, str] | None:
    """What a measure counts, and of which benefit."""
    if measure in _OF_MEASURE:
        long_term = any(name.casefold().startswith(_LONG_TERM) for name in table.distinct("measure"))
        return (LONG_TERM if long_term else STOCK), _OF_MEASURE[measure]
    if measure in _RATES:
        return RATE, _RATES[measure]
    benefit = benefit_of(table)
    return (_COUNTS[measure], benefit) if measure in _COUNTS and benefit and "A02" in table.table else None


def _flow(measure: str) -> str:
    return next((part for part in (OPENED, STARTED, ENDED, CLOSED)
                 if measure.startswith("antal") and "forløb" in measure and part in measure), "")  # fmt: skip


def benefit_of(table: Table) -> str:
    """The benefit by the number of the table, "" if it says none."""
    number = table.table[1:3] if table.table.startswith("Y") else ""
    return _OF_TABLE.get(number, number)


def source_of(table: Table) -> str:
    """Publisher and table, or else the file."""
    return f"{table.publisher}, {table.table}" if table.table else table.file


def _spells_of(table: Table) -> int | None:
    """The group that tells how long ended spells were."""
    return next((at for at, name in enumerate(table.groups) if name.casefold() == _LENGTH), None)


def _take_spells(table: Table, found: Mapping[str, Place]) -> None:
    at = _spells_of(table)
    if at is None:
        return
    for (area, month), rows in _by_area_and_month(table.observations):
        if not area:
            continue
        _, name = known_area(area) or ("", area)
        ended, mean, by_length, hidden = 0.0, None, dict[str, float](), False
        for each in rows:
            count = each.measure.casefold().startswith("antal")
            others = [label for k, label in enumerate(each.groups) if k != at]
            if not all(map(is_total, others)):
                continue
            if is_total(each.groups[at]):
                ended = float(each.value or 0) if count else ended
                mean = mean if count or not each.value else float(each.value)
            elif count:
                hidden = hidden or not each.value
                by_length[each.groups[at]] = float(each.value or 0)
            elif each.value and mean is None and not _has_total(rows, at):
                mean = float(each.value)
        total = ended or sum(by_length.values())
        if total and name.casefold() in found:
            spells = Spells(source_of(table), benefit_of(table), month, total, mean, by_length, hidden)
            found[name.casefold()].spells.append(spells)


def _has_total(rows: Iterable[Observation], at: int) -> bool:
    return any(is_total(each.groups[at]) for each in rows)


def _take_beside(table: Table, found: dict[str, Place]) -> None:
    """What is said beside stock and flow; a table without areas is of the whole country."""
    for (area, month), rows in _by_area_and_month(table.observations):
        code, name = known_area(area or COUNTRY) or ("", area)
        place = found.get(name.casefold()) or Place(name, code)
        take_beside(table, benefit_of(table), source_of(table), month, rows, place.beside)
        if area or place.beside != Beside():
            found.setdefault(name.casefold(), place)

    def beside(area: str) -> Beside:
        code, name = known_area(area or COUNTRY) or ("", area)
        return found.setdefault(name.casefold(), Place(name, code)).beside

    take_status(table, benefit_of(table), source_of(table), beside)


def _by_area_and_month(observations: Iterable[Observation]) -> Iterator[tuple[tuple[str, int], list[Observation]]]:
    by: dict[tuple[str, int], list[Observation]] = {}
    for each in observations:
        month = month_of(each.period)
        if month is not None:
            by.setdefault((each.area, month), []).append(each)
    yield from by.items()
