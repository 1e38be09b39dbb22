"""Looking before running: where values come from (`check --origin`), scenarios side by side (`params`), and what files
may say (`schema`)."""

from __future__ import annotations

import json
import os
import pathlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from simulation.cli.console import INPUT_WRONG, Failed, say
from simulation.cli.pieces import load_all, refuse

if TYPE_CHECKING:
    from simulation.scenario.files.problems import Mark
    from simulation.scenario.files.sourced import Origin
    from simulation.scenario.origin import ValueOrigin

WIDEST = 40
"""Characters of a value on the screen."""
A4 = 9
"""The paper of a workbook, as Excel counts them."""


def tell_origins(
    scenarios: Sequence[pathlib.Path], keys: Sequence[str], as_json: bool, settings: Sequence[str] = ()
) -> NoReturn:
    """Print where the values at some keys come from, scenario by scenario, and end. Raises Failed for what cannot be
    read and for a key that there is not."""
    from simulation.scenario.files.problems import InputProblems, Problem
    from simulation.scenario.origin import origins

    problems: list[Problem] = []
    found: dict[str, list[ValueOrigin]] = {}
    for loaded in load_all(list(scenarios), {"settings": settings, "seed": None, "as_json": True}):
        for key in keys:
            try:
                found.setdefault(loaded.file, []).extend(origins(loaded, key))
            except InputProblems as error:
                problems += error.problems
    if problems:
        refuse(problems)
    if as_json:
        rows = [{"scenario": file, **each.as_dict()} for file, values in found.items() for each in values]
        say(json.dumps(rows, ensure_ascii=False, indent=2))
        sys.exit(0)
    for file, values in found.items():
        say("\n".join([*([f"{_place(file)}:"] if len(found) > 1 else []), *(_told(each) for each in values)]))
    sys.exit(0)


def _told(found: ValueOrigin) -> str:
    """A value and where it comes from, in some lines."""
    from simulation.scenario.origin import filled_by

    unit = f" {found.unit}" if found.unit else ""
    head = f"{found.key} = {_value(found.value)}{unit}"
    filled = filled_by(found)
    lines = [head, f"    {_at(found.origin.mark)}{_source(found.value, found.origin)}"]
    if found.usual:
        lines = [head, f"    the usual value; it is {'taken away' if found.earlier else 'written nowhere'}"]
    if filled:
        where = found.fit.file if found.fit is not None else found.synthesis
        lines.append(f"    {filled}  ({_place(where)})")
    lines += [f"    inherited by {_at(by)}" for by in found.through]
    for earlier in found.earlier:
        if earlier.taken:
            lines.append(f"    taken away or replaced as a whole at {_at(earlier.mark)}")
        else:
            of = _source(earlier.value, earlier.origin) if earlier.origin is not None else ""
            lines.append(f"    instead of {_value(earlier.value)} at {_at(earlier.mark)}{of}")
    return "\n".join(lines)


def _source(value: Any, origin: Origin) -> str:
    """What is said of a source: kind, source, page, range and note; of texts mostly nothing."""
    if not origin.kind and not isinstance(value, int | float):
        return ""
    page = f"p. {origin.page}" if origin.page[:1].isdigit() else origin.page
    parts = [", ".join(filter(None, (origin.source, page)))]
    if origin.range is not None:
        parts.append(f"range {origin.range[0]:g} to {origin.range[1]:g}")
    if origin.se is not None:
        parts.append(f"standard error {origin.se:g}")
    parts.append(origin.note)
    return f"  {origin.kind or 'no source is given'}{': ' if any(parts) else ''}{'; '.join(filter(None, parts))}"


def _at(mark: Mark) -> str:
    return f"{_place(mark.file)}:{mark.line}" if mark.line else mark.file


def _place(file: str) -> str:
    from simulation.scenario.files.problems import shown_file

    return shown_file(os.path.normpath(file))


def _value(value: Any) -> str:
    from simulation.scenario.side_by_side import plain

    text = "–" if value is None else f"{value:g}" if isinstance(value, float) else str(plain(value))
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@click.option("--all-rows", is_flag=True, help="Every key, and not only those that differ.")
@click.option("--csv", "csv_file", type=click.Path(path_type=pathlib.Path), help="Write the rows to a CSV file.")
@click.option("--xlsx", "xlsx_file", type=click.Path(path_type=pathlib.Path), help="Write them to an Excel workbook.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects as JSON.")
def params(
    scenarios: tuple[pathlib.Path, ...], all_rows: bool, csv_file: pathlib.Path | None,
    xlsx_file: pathlib.Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Show what differs between scenarios: one row a key, one column a scenario, the base first.

    What changes nothing that is simulated (names, descriptions, published figures, replications) is left out. Of one
    scenario every value is shown.
    """
    from simulation.report.words import grid
    from simulation.results.tables.inputs import labels
    from simulation.scenario.side_by_side import columns, side_by_side

    loaded = load_all(list(scenarios), {"settings": (), "seed": None, "as_json": True})
    rows = side_by_side(loaded, all_rows or len(loaded) == 1)
    if not rows and (csv_file or xlsx_file):
        message = "error: nothing differs in what is simulated, so there is nothing to write (--all-rows has every key)"
        raise Failed(message, INPUT_WRONG)
    head, cells = columns(loaded, rows)
    for file, write in ((csv_file, _write_csv), (xlsx_file, _write_xlsx)):
        if file is not None:
            try:
                write(file, head, cells)
            except OSError as error:
                raise Failed(f"error: {file}: {error.strerror}", INPUT_WRONG) from None
            say(f"Written to {file}.", err=as_json)
    if as_json:
        names = head[2:]
        say(json.dumps([
            {"key": row.key, "unit": row.unit, "values": dict(zip(names, row.values, strict=True)),
             "fitted": {name: fit for name, fit in zip(names, row.fits, strict=True) if fit}}
            for row in rows
        ], ensure_ascii=False, indent=2))  # fmt: skip
    elif not rows:
        say("Nothing differs in what is simulated.")
    elif csv_file is None and xlsx_file is None:
        short = labels(each.file for each in loaded)
        say(grid([["", "unit", *short], *([row.key, row.unit, *map(_value, row.values)] for row in rows)]))


def _write_csv(file: pathlib.Path, head: list[str], rows: list[list[Any]]) -> None:
    import pandas as pd

    from simulation.results.tables.csvs import csv_text

    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(csv_text(pd.DataFrame(rows, columns=head, dtype=object)).encode())


def _write_xlsx(file: pathlib.Path, head: list[str], rows: list[list[Any]]) -> None:
    try:
        import xlsxwriter
    except ImportError:
        raise Failed("error: --xlsx: XlsxWriter is not installed here: python -m pip install XlsxWriter") from None
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream, xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Parameters")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, max([len(str(row[0])) for row in rows], default=10))
        sheet.set_column(1, 1, 30)
        sheet.set_column(2, len(head) - 1, 24)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)


@click.command()
@click.option("--out", type=click.Path(path_type=pathlib.Path), help="File to write; default: standard output.")
@click.option("--part", is_flag=True, help="The schema of parts, which scenarios take in.")
def schema(out: pathlib.Path | None, part: bool) -> None:
    """Write the JSON Schema of scenario files, for completion in an editor."""
    from simulation.scenario.jsonschema import json_schema, part_schema

    text = json.dumps(part_schema() if part else json_schema(), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        say(text, nl=False)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
        of = "the file of a part" if part else "a scenario file"
        say(f"Written to {out}. In {of}: # yaml-language-server: $schema={out.as_posix()}")
