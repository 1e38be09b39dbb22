"""CSV of tables too long to go through a data frame cell by cell, and XES, both row by row.

CSV is as everywhere in the program: UTF-8, line feeds, a text that a spreadsheet would carry out with an apostrophe in
front. XES is that of IEEE 1849 with the extensions Concept and Time; nothing is held but one person's events.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import IO
from xml.sax.saxutils import quoteattr

import numpy as np
from numpy.typing import NDArray

from simulation.report.exported.columns import column_of, monday_of
from simulation.report.exported.painted import EMPTY
from simulation.report.exported.tables import GRAD_DIGITS, ZONE, Exported
from simulation.results.tables.csvs import Locale, as_text

ROWS = 10_000
"""Written at a time."""
COPENHAGEN = zoneinfo.ZoneInfo(ZONE)


def write_dream(exported: Exported, out: IO[bytes], locale: Locale) -> list[str]:
    """The register: a row a person. Returns the names of columns. Raises OSError."""
    months = list(exported.months)
    heads = ["pnr", *map(column_of, exported.mondays)]
    heads += [f"{name}_{month}" for name in ("branche", "grad") for month in months]
    codes, ratios = exported.codes, exported.ratios
    code_texts = np.array(["" if code == EMPTY else str(code) for code in range(1000)], dtype=object)
    industry = "" if exported.listed.codes.industry is None else str(exported.listed.codes.industry)
    out.write((locale.mark + _line(heads, locale)).encode())
    for first in range(0, len(codes), ROWS):
        some = slice(first, first + ROWS)
        has = ~np.isnan(ratios[some])
        rows = zip(
            exported.pnr[some].tolist(), code_texts[codes[some]].tolist(),
            np.where(has, industry, "").tolist(), _decimals(ratios[some], has, locale), strict=True,
        )  # fmt: skip
        out.write("".join(_line([pnr, *weeks, *branche, *grad], locale) for pnr, weeks, branche, grad in rows).encode())
    return heads


def _decimals(ratios: NDArray[np.float64], has: NDArray[np.bool_], locale: Locale) -> list[list[str]]:
    different, place = np.unique(np.where(has, np.round(ratios, GRAD_DIGITS), 0.0), return_inverse=True)
    texts = np.array([f"{value:g}".replace(".", locale.decimal) for value in different.tolist()], dtype=object)
    return np.where(has, texts[place.reshape(ratios.shape)], "").tolist()  # type: ignore[no-any-return]


def write_events(exported: Exported, out: IO[bytes], locale: Locale) -> list[str]:
    """The event log: a row an event, cases by the names that pm4py looks for. Returns the names of columns. Raises
    OSError."""
    who, heads = exported.who(), event_columns(exported)
    out.write((locale.mark + _line(heads, locale)).encode())
    activities = [_cell(text, locale) for text in exported.activities()]
    known = [locale.separator.join(_cell(text, locale) for text in texts) for texts in zip(*who.values(), strict=True)]
    for person, events in _by_person(exported):
        name, knows = exported.pnr[person], known[person]
        out.write("".join(
            f"{name}{locale.separator}{activities[kind]}{locale.separator}{stamp}{locale.separator}{knows}\n"
            for stamp, kind in events
        ).encode())  # fmt: skip
    return heads


def event_columns(exported: Exported) -> list[str]:
    """The names of an event log's columns; those of XES are its attributes."""
    return ["case:concept:name", "concept:name", "time:timestamp", *(f"case:{name}" for name in exported.who())]


def write_xes(exported: Exported, out: IO[bytes], about: str) -> list[str]:
    """The event log as XES: a trace a person. `about` says what it is, in the log's description. Returns the names of
    what it has, as columns of CSV are called. Raises OSError."""
    out.write(f"""<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
 <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
 <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
 <classifier name="Activity" keys="concept:name"/>
 <string key="concept:name" value={_attribute(exported.wording.title)}/>
 <string key="description" value={_attribute(about)}/>
""".encode())
    who = exported.who()
    activities = [f'  <event><string key="concept:name" value={_attribute(text)}/>' for text in exported.activities()]
    for person, events in _by_person(exported):
        lines = [f' <trace>\n  <string key="concept:name" value={_attribute(exported.pnr[person])}/>\n']
        lines += [f'  <string key="{name}" value={_attribute(texts[person])}/>\n' for name, texts in who.items()]
        lines += [f'{activities[kind]}<date key="time:timestamp" value="{stamp}"/></event>\n' for stamp, kind in events]
        out.write("".join([*lines, " </trace>\n"]).encode())
    out.write(b"</log>\n")
    return event_columns(exported)


def _by_person(exported: Exported) -> Iterator[tuple[int, Iterable[tuple[str, int]]]]:
    """Every person with her events: when, and of which kind."""
    happenings, start = exported.lives.happenings, exported.lives.scenario.start
    day_0 = monday_of(start, 0)
    kinds, days, seconds = happenings.kind.tolist(), happenings.day.tolist(), exported.seconds().tolist()
    bounds = np.searchsorted(happenings.person, np.arange(len(exported.lives) + 1)).tolist()
    for person, (first, end) in enumerate(pairwise(bounds)):
        events = range(first, end)
        yield person, [(_stamp(day_0, days[n], seconds[n]), kinds[n]) for n in events]


@lru_cache(maxsize=100_000)
def _stamp(day_0: datetime.date, day: int, second: int) -> str:
    """The day, and its seconds by the order in it, in Danish time."""
    midnight = datetime.datetime.combine(day_0 + datetime.timedelta(days=day), datetime.time())
    return (midnight + datetime.timedelta(seconds=second)).replace(tzinfo=COPENHAGEN).isoformat(timespec="seconds")


def _line(cells: Sequence[str], locale: Locale) -> str:
    return locale.separator.join(cells) + "\n"


def _cell(text: str, locale: Locale) -> str:
    """A text as a cell: safe for spreadsheets, in quotes where it must be."""
    safe = as_text(text)
    quoted = '"' + safe.replace('"', '""') + '"'
    return quoted if any(sign in safe for sign in (locale.separator, '"', "\n")) else safe


def _attribute(text: str) -> str:
    """A text in quotes, without signs that XML does not know."""
    return quoteattr("".join(sign if sign >= " " or sign in "\t\n" else "\ufffd" for sign in text))
