"""Files as they may come, made by chance from a seed, each with what must be read of it or the words of the refusal.

There is a maker for each thing that is known to break readers. Even seeds make one form of it and odd seeds the other;
what else differs (areas, figures, separators, order) is drawn. The figures are made up.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from tests.municipal.worlds import (
    COUNTRY,
    PERSONS,
    PLACES,
    SEXES,
    SHARE,
    SIGNS,
    SPACES,
    Reading,
    cells,
    csv_bytes,
    danish,
    heads,
    shuffled,
    world,
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A file, what is asked of it on the command line, and what must come of it: a reading, or words of a refusal.
    `mind` are words that must be told, `starts` first days of some periods."""

    file: Path
    reading: Reading | None = None
    refused: str = ""
    mind: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    starts: dict[str, str] = field(default_factory=dict)


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def first_heading(rng: random.Random, odd: bool, folder: Path) -> Made:
    """`Area` or `Område`, the byte order mark glued to the first heading, once, twice or in quotes."""
    of = world(rng)
    rows = shuffled(rng, [heads("Area" if odd else "Område"), *cells(of)])
    text = csv_bytes(rows, encoding="utf-8").decode()
    before = rng.choice(("\ufeff", "\ufeff\ufeff"))
    if odd:
        first, rest = text.split("\r\n", 1)
        text = ";".join(f'"{head}"' for head in first.split(";")) + "\r\n" + rest
    return Made(_file(folder, "y01a02.csv", (before + text).encode()), of.reading())


def two_versions(rng: random.Random, odd: bool, folder: Path) -> Made:
    """The list of version 2, the object of version 3, each also in the wrapping of the other."""
    of = world(rng)
    columns = heads("Area" if odd else "Område")
    rows = [
        [period, area, sex, None if n is None else int(n), None if p is None else float(p)]
        for area, period, sex, n, p in of.rows
    ]
    data: object = {"columns": columns, "rows": rows}
    if odd:
        data = {"Variables": [{"Name": f"v{at}", "Label": label} for at, label in enumerate(columns)], "Data": rows}
    if rng.random() < (0.7 if odd else 0.3):
        data = [data]
    text = json.dumps(data, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 1)))
    return Made(_file(folder, "y01a02.json", rng.choice((b"", b"\xef\xbb\xbf")) + text.encode()), of.reading("null"))


def number_text(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Figures as numbers, and as texts with every kind of thousands, decimals and signs for what is missing."""
    of = world(rng)
    reading: Reading = set()
    rows: list[list[object]] = []
    for area, period, sex, persons, share in of.rows:
        row: list[object] = [period, area, sex]
        for measure, value in ((PERSONS, persons), (SHARE, share)):
            sign = rng.choice((*SIGNS, *([None] if odd else [])))
            text = value if value is None else _grouped(value, rng.choice((".", *SPACES)) if len(value) > 3 else "")
            cell: object = sign if text is None else rng.choice((" ", "", "\u00a0")) + text.rstrip()
            if odd and value is not None and rng.random() < 0.4:
                cell = float(value) if "." in value else int(value)
            row.append(cell)
            told = "null" if sign is None else sign or "empty"
            reading.add((area, period, (sex,), measure, value or "", "" if value else told))
        rows.append(row)
    if odd:
        text = json.dumps({"columns": heads(), "rows": rows}, ensure_ascii=False)
        return Made(_file(folder, "y01a02.json", text.encode()), reading)
    texts = [[str(cell) for cell in row] for row in rows]
    return Made(_file(folder, "y01a02.csv", csv_bytes([heads(), *texts])), reading)


def _grouped(value: str, sign: str) -> str:
    whole, _, decimals = value.partition(".")
    if sign:
        whole = f"{int(whole):,}".replace(",", sign)
    return f"{whole},{decimals}" if decimals else whole


def totals(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Totals among their parts; and the dimension left out, so that rows cannot be told apart."""
    of = world(rng, holes=False)
    rows = [heads(), *cells(of)]
    if odd:
        rows = [[*row[:2], *row[3:]] for row in rows]
        return Made(_file(folder, "y01a02.csv", csv_bytes(rows)), refused="a second row of")
    words = "totals stand among their parts (area, Køn)"
    return Made(_file(folder, "y01a02.csv", csv_bytes(rows)), of.reading(), mind=(words,))


def periods(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Months, quarters and rolling years in one file; and a code of which nobody knows what it is."""
    quarter = rng.randint(1, 4)
    begins = {1: "2022-04-01", 2: "2022-07-01", 3: "2022-10-01", 4: "2023-01-01"}[quarter]
    first = f"2023-{3 * quarter - 2:02}-01"
    starts = {f"2023QMAT0{quarter}": begins, f"2023Q{quarter}": first, "2023M11": "2023-11-01"}
    if odd:
        strange = f"2023{rng.choice(('YMAT', 'X', 'MM'))}0{quarter}"
        of = world(rng, periods=("2023M01", strange))
        return Made(_file(folder, "y25i08.csv", csv_bytes([heads(), *cells(of)])),
                    refused=f"'{strange}' is a period of a kind that is not known here")  # fmt: skip
    of = world(rng, periods=rng.sample(list(starts), 3))
    return Made(_file(folder, "y25i08.csv", csv_bytes([heads(), *cells(of)])), of.reading(), starts=starts,
                mind=("periods of several lengths stand together", "QMAT is a rolling year"))  # fmt: skip


def labels(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Labels in two parts, repeated with technical names (version 2); and repeated with nothing to tell them apart."""
    group = "Andel i beskæftigelse 3, 6, 9 og 12 mdr. efter nyledighed"
    place, figures = rng.choice(PLACES), [rng.randint(100, 999) for _ in range(3)]
    if odd:
        rows = [["Periode", "Område", f"{group}: 6 m", f"{group}: 6 m"], ["2023QMAT01", place, *map(str, figures[:2])]]
        return Made(_file(folder, "y25i08.csv", csv_bytes(rows)), refused="columns 3 and 4 are both called")
    names = ("period", "area", "memi08_1", "memi08_2", "memi08_3")
    shown = ("Periode", "Area", f"{group}: 3 m", "I samme virksomhed", "I samme virksomhed")
    variables = [{"Name": name, "Label": label} for name, label in zip(names, shown, strict=True)]
    text = json.dumps([{"Variables": variables, "Data": [["2023QMAT01", place, *figures]]}])
    told = (shown[2], f"{shown[3]} [memi08_2]", f"{shown[4]} [memi08_3]")
    reading = {(place, "2023QMAT01", (), name, str(n), "") for name, n in zip(told, figures, strict=True)}
    return Made(_file(folder, "y25i08.json", text.encode()), reading, mind=("QMAT",))


def pivoted(rng: random.Random, odd: bool, folder: Path) -> Made:
    """A workbook with title, merged cells, notes below and periods across in two rows; and one with measures above."""
    of = world(rng, periods=("2024M01", "2024M02", "2024M03"))
    by = {(area, period, sex): (persons, share) for area, period, sex, persons, share in of.rows}
    areas, times = (list(dict.fromkeys(row[at] for row in of.rows)) for at in (0, 1))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["A-dagpenge (opdigtede tal)"])
    sheet.append([])
    order = [(period, at) for period in times for at in (0, 1)]
    if odd:
        order.sort(key=lambda column: column[1])
    names, reading = (PERSONS, SHARE), Reading()
    upper = [names[at] if odd else period for period, at in order]
    lower = [period if odd else names[at] for period, at in order]
    once = [text if at == 0 or upper[at - 1] != text else None for at, text in enumerate(upper)]
    sheet.append(["", "", *once])
    sheet.append(["Område", "Køn", *lower])
    for area in areas:
        for number, sex in enumerate(SEXES):
            written: list[object] = []
            for period, at in order:
                value = by[area, period, sex][at]
                text = rng.random() < 0.2  # else a number, which does not keep a zero at its end
                written.append(".." if value is None else danish(value) if text else float(value))
                shown = "" if value is None else value if text else f"{float(value):g}" if "." in value else value
                reading.add((area, period, (sex,), names[at], shown, "" if value else ".."))
            sheet.append([area if number == 0 else None, sex, *written])
        sheet.merge_cells(start_row=sheet.max_row - 2, end_row=sheet.max_row, start_column=1, end_column=1)
    if not odd:
        for at in range(len(times)):
            sheet.merge_cells(start_row=3, end_row=3, start_column=3 + 2 * at, end_column=4 + 2 * at)
    sheet.append([])
    sheet.append(["Anm.: Den seneste måned stiger ved næste opdatering."])
    sheet.append(["Kilde: Jobindsats.dk"])
    book.save(folder / "hentet.xlsx")
    return Made(folder / "hentet.xlsx", reading, mind=("periods stand across", "below the table: Anm."))


def municipality(rng: random.Random, odd: bool, folder: Path) -> Made:
    """`Kommune` behind the name; and a file that does not have the municipality that is asked for."""
    of = world(rng)
    if odd:
        rows = [row for row in cells(of) if row[1] == COUNTRY]
        wanted = rng.choice(PLACES)
        return Made(_file(folder, "y01a02.csv", csv_bytes([heads(), *rows])), asked=("--area", wanted),
                    refused=f"has no figures of '{wanted}'; it has {COUNTRY}")  # fmt: skip
    rows = [[row[0], row[1] if row[1] == COUNTRY else f"{row[1]} Kommune", *row[2:]] for row in cells(of)]
    return Made(_file(folder, "y01a02.csv", csv_bytes([heads(), *rows])), of.reading(), mind=("Kommune' is read as",))


def reform(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Kontanthjælp before and after the reform of July 2025."""
    of = world(rng, periods=("2025M06", "2025M07"))
    name = "y60a02" if odd else "y36a02"
    words = "the kontanthjælp reform of 1 July 2025 lies within" if odd else "Y36A02 is of before"
    return Made(_file(folder, f"{name}.csv", csv_bytes([heads(), *cells(of)])), of.reading(), mind=(words,))


def units(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Persons, full-time persons and spells side by side."""
    place = rng.choice(PLACES)
    names = ("Antal fuldtidspersoner" if odd else "Antal personer", "Antal afsluttede forløb")
    rows = [["Område", "Periode", *names], [place, "2024M01", "1.234", "17"]]
    words = ("full-time persons, spells" if odd else "persons, spells") + " are different things"
    reading = {(place, "2024M01", (), name, value, "") for name, value in zip(names, ("1234", "17"), strict=True)}
    return Made(_file(folder, "y01a24.csv", csv_bytes(rows)), reading, mind=(words,))


def status(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Status after an ended spell, which is no exit rate."""
    place, share = rng.choice(PLACES), f"{rng.randint(10, 60)}.{rng.randint(1, 9)}"
    measure = f"Status {rng.choice((1, 3, 6, 12))} mdr. efter afsluttet forløb, pct."
    rows = [["Område", "Periode", "Arbejdsmarkedsstatus", measure], [place, "2023Q3", "Uddannelse", danish(share)]]
    content = csv_bytes(rows)
    if odd:
        content = json.dumps({"columns": rows[0], "rows": rows[1:]}).encode()
    return Made(_file(folder, f"y07b15.{'json' if odd else 'csv'}", content), mind=("no exit rate",),
                reading={(place, "2023Q3", ("Uddannelse",), measure, share, "")})


def weeks(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Week 53 where a year has one and where it has none; and weeks of DREAM over the turn of the century."""
    if odd and rng.random() < 0.5:
        rows = [["PNR", "y_9952", "y_0001", "y_9951"], ["900000000001", "111", "", "111"]]
        words = "a code for each week from 1999-W51 to 2000-W01"
        return Made(_file(folder, "dream.csv", csv_bytes(rows)), refused=words)
    year, has = rng.choice(((2021, False), (2019, False)) if odd else ((2020, True), (2015, True)))
    of = world(rng, periods=(f"{year}U52", f"{year}U53", f"{year + 1}U01"))
    rows = [["TID", "OMRÅDE", "KØN", PERSONS, SHARE], *cells(of)]
    file = _file(folder, "aup02.csv", csv_bytes(rows, encoding="utf-8"))
    if not has:
        return Made(file, refused=f"'{year}U53' is no week: {year} has 52 weeks")
    starts = {2020: "2020-12-28", 2015: "2015-12-28"}
    return Made(file, of.reading(), starts={f"{year}U53": starts[year]})


def encoding(rng: random.Random, odd: bool, folder: Path) -> Made:
    """Windows-1252 as it is, or stored after having been read wrongly; and letters that are lost."""
    of = world(rng, holes=False)
    text = csv_bytes([heads(), *cells(of)], encoding="utf-8").decode()
    if odd:
        lost = text.encode("ascii", errors="replace").decode().replace("?", "\N{REPLACEMENT CHARACTER}")
        return Made(_file(folder, "y01a02.csv", lost.encode()), refused="letters are lost here")
    way = rng.choice(("cp1252", "utf-16", "utf-8 as cp1252", "cp1252 as cp850", "cp850"))
    if " as " in way:
        was, read_as = way.split(" as ")
        wrong = text.encode(was).decode(read_as).encode()
        return Made(_file(folder, "y01a02.csv", wrong), of.reading(), mind=("and are mended",))
    return Made(_file(folder, "y01a02.csv", text.encode(way)), of.reading())


MAKERS = (
    first_heading, two_versions, number_text, totals, periods, labels, pivoted, municipality, reform, units, status,
    weeks, encoding,
)  # fmt: skip
"""The thirteen things."""


def make(thing: int, seed: int, folder: Path) -> Made:
    """A file of one of the things, the same for the same seed."""
    return MAKERS[thing](random.Random(f"{thing} {seed}"), seed % 2 == 1, folder)
