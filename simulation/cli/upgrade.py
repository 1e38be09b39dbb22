"""The command `upgrade`."""

from __future__ import annotations

import os
import pathlib
import shutil
import tempfile

import click

from simulation.cli.console import INPUT_WRONG, Failed, say


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@click.option("--out", type=click.Path(path_type=pathlib.Path, file_okay=False),
              help="Folder to write the files to, under their names; default: in their place.")  # fmt: skip
def upgrade(files: tuple[pathlib.Path, ...], out: pathlib.Path | None) -> None:
    """Write scenario files of an older version anew as the version of today, to the same results.

    The text is edited where something has another name; comments and layout stay. If anything is wrong with one of the
    files, none is written.
    """
    from simulation.report.summary import plural
    from simulation.scenario.files.older import VERSION
    from simulation.scenario.files.problems import InputProblems, Problem, render
    from simulation.scenario.upgrade import Upgraded, upgraded

    problems: list[Problem] = []
    found: dict[pathlib.Path, Upgraded] = {}
    for path in files:
        target = path if out is None else out / path.name
        if target in found and out is not None:
            problems.append(Problem(f"{path}: another file is to be written to {target} as well"))
        try:
            found[target] = upgraded(path)
        except InputProblems as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise Failed(f"{render(problems)}\n{plural(len(problems), 'problem')}. Nothing was written.", INPUT_WRONG)
    for target, made in found.items():
        try:
            if made.changed or out is not None:
                _write(target, made.text)
        except OSError as error:
            raise Failed(f"error: {target}: {error.strerror}. The files before it are written.", INPUT_WRONG) from None
        names = f", {plural(made.renamed, 'name')} changed" if made.renamed else ""
        say(f"{target}: version {VERSION}{names}" if made.changed else f"{target}: nothing to change")


def _write(target: pathlib.Path, text: str) -> None:
    """Put the text in the place of a file at once, so that a stop leaves the old one or the new one."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    number, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(number, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        if target.exists():
            shutil.copymode(target, draft)
        else:
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(draft, 0o666 & ~umask)
        os.replace(draft, target)
    except BaseException:
        pathlib.Path(draft).unlink(missing_ok=True)
        raise
