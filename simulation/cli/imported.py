"""The command `import`: what is in the files that a municipality has, told on a screen and written as tidy tables."""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INPUT_WRONG, Failed, say
from simulation.cli.options import lang_option
from simulation.world.labels import Language

if TYPE_CHECKING:
    from simulation.municipal.recognise import Found
    from simulation.scenario.files.problems import Problem

PATH = click.Path(path_type=pathlib.Path)
SUFFIX = "_tidy"
TAKEN = "this is there already, with other content; choose another folder"


class _Said(click.ParamType["tuple[str, str]"]):
    """ROLE=HEADING."""

    name = "role=heading"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The two, or a mistake that says which roles there are."""
        from simulation.municipal.headings import ROLES
        from simulation.scenario.files.problems import did_you_mean

        if isinstance(value, tuple):
            return value
        role, sign, heading = str(value).partition("=")
        if not sign or not heading.strip():
            self.fail(f"write ROLE=HEADING, as area=Sted or period=#2 (got '{value}')", param, ctx)
        if role.strip() not in ROLES:
            self.fail(f"'{role}' is none of {', '.join(ROLES)}{did_you_mean(role, ROLES)}", param, ctx)
        return role.strip(), heading.strip()


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--out", type=click.Path(path_type=pathlib.Path, file_okay=False),
              help="Folder to write tidy tables to, a CSV for each file; default: tell only.")  # fmt: skip
@click.option("--column", "columns", multiple=True, type=_Said(), metavar="ROLE=HEADING",
              help="What a column is: area, code, period, group, measure, name, value, ignore; #2 is the second.")
@click.option("--table", default="", metavar="ID", help="Which table it is, as Y01A02; of one file alone.")
@click.option("--area", "areas", multiple=True, metavar="NAME", help="Take this area alone; may be repeated.")
@click.option("--period", default="", metavar="PERIOD", help="Of when all figures are, where the file does not say it.")
@click.option("--decimal", type=click.Choice(["comma", "point"]), help="The decimal sign, where nothing else says it.")
@click.option("--missing", multiple=True, metavar="SIGN", help="A further sign for what is missing; may be repeated.")
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output, nothing else.")
@lang_option
def import_files(
    files: tuple[pathlib.Path, ...], out: pathlib.Path | None, columns: tuple[tuple[str, str], ...], table: str,
    areas: tuple[str, ...], period: str, decimal: str | None, missing: tuple[str, ...], sheet: str, as_json: bool,
    lang: Language,
) -> None:  # fmt: skip
    """Read published tables as they are handed out, and write them in one tidy form.

    Jobindsats (JSON and CSV of versions 2 and 3, Excel) and Statistics Denmark (CSV, PX, JSON-stat). Area, period and
    measures are found by name; what cannot be told is refused, with the option that says it. Nothing is overwritten.
    """
    from simulation.municipal.headings import Asked
    from simulation.municipal.recognise import read
    from simulation.scenario.files.problems import InputProblems, Problem

    if table and len(files) > 1:
        raise Failed(f"error: --table says which table one file is; there are {len(files)} files", INPUT_WRONG)
    asked = Asked(columns, table, areas, period, decimal or "", missing, sheet)
    problems: list[Problem] = []
    found: list[Found] = []
    for file in dict.fromkeys(map(str, files)):
        try:
            found.append(read(file, asked))
        except InputProblems as error:
            problems += [problem for problem in error.problems if problem not in problems]
    targets = {} if out is None else _targets(out, found, problems)
    if out is not None and not problems and not targets:
        problems.append(Problem("these files describe tables and hold no figures: there is nothing to write"))
    if not problems:
        _write(targets)
    if as_json:
        _say_json(found, problems, [str(target) for target in targets])
    else:
        _say_screen(found, problems, targets, lang)
    sys.exit(INPUT_WRONG if problems else 0)


def _targets(out: pathlib.Path, found: Sequence[Found], problems: list[Problem]) -> dict[pathlib.Path, bytes]:
    """Where each table is to be written, and what; what is there already is a problem unless it is the same."""
    from simulation.municipal.tidy import tidy_text
    from simulation.scenario.files.problems import Mark, Problem
    from simulation.scenario.files.regular import content_of

    targets: dict[pathlib.Path, bytes] = {}
    for each in found:
        if each.table is None:
            continue
        target = out / f"{pathlib.PurePath(each.file).stem.removesuffix(SUFFIX)}{SUFFIX}.csv"
        text = tidy_text(each.table).encode()
        if target in targets:
            problems.append(Problem(f"{each.file}: another file is to be written to {target} as well"))
        try:
            if target.exists() and content_of(target) != text:
                problems.append(Problem(TAKEN, Mark(str(target), 0, 0)))
        except OSError as error:
            problems.append(Problem(error.strerror or str(error), Mark(str(target), 0, 0)))
        targets[target] = text
    return targets


def _write(targets: dict[pathlib.Path, bytes]) -> None:
    for target, text in targets.items():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        except OSError as error:
            raise Failed(f"error: {target}: {error.strerror}", INPUT_WRONG) from None


def _say_json(found: Sequence[Found], problems: Sequence[Problem], written: list[str]) -> None:
    from simulation.municipal.told import as_dict

    told = [
        {"severity": problem.severity, "message": problem.message, "file": problem.mark.file if problem.mark else "",
         "line": problem.mark.line if problem.mark else 0, "column": problem.mark.column if problem.mark else 0}
        for problem in problems
    ]  # fmt: skip
    answer = {"files": [*map(as_dict, found)], "problems": told, "written": [] if problems else written}
    say(json.dumps(answer, ensure_ascii=False, indent=2))


def _say_screen(
    found: Sequence[Found], problems: Sequence[Problem], targets: dict[pathlib.Path, bytes], lang: Language
) -> None:  # fmt: skip
    from simulation.municipal.contents import line_shown
    from simulation.municipal.told import block, last_lines
    from simulation.scenario.files.problems import render

    blocks = ["\n".join(block(each, lang)) for each in found]
    if blocks:
        say("\n\n".join(blocks))
    if problems:
        number = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        say(f"{render(problems, line_shown)}\n{number}. Nothing was written.", err=True)
    else:
        say("\n".join(last_lines(found, [str(target) for target in targets], lang)))
