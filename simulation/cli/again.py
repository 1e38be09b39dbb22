"""The commands `resume` and `extend`: what was asked once is asked again, from the input that was kept with it."""

from __future__ import annotations

import os
import pathlib
from typing import Any

import click

from simulation.cli.best import ASKED, best
from simulation.cli.cba import ASKED as ASKED_OF_CBA
from simulation.cli.cba import cba
from simulation.cli.commands import compare, run
from simulation.cli.console import INPUT_WRONG, Failed, say
from simulation.cli.options import how_options
from simulation.cli.precise import precision_of
from simulation.cli.sensitivity import ASKED as ASKED_OF_SENSITIVITY
from simulation.cli.sensitivity import sensitivity
from simulation.cli.sweep import sweep
from simulation.cli.trial import ASKED as ASKED_OF_TRIAL
from simulation.cli.trial import trial
from simulation.experiments.numbers import MOST_REPLICATIONS

COMMANDS = {
    "run": run, "compare": compare, "sweep": sweep, "best": best, "trial": trial, "sensitivity": sensitivity,
    "cba": cba,
}  # fmt: skip
NOT_EXTENDED = {
    "best": "a search for the best takes as many replications as it needs; ask for another confidence or zone",
    "trial": "give the command again with more --rehearsals",
    "cba": "give the command again with more --replications",
    "sensitivity": "ask for it with another number of --replications, or --samples",
}
"""Why some commands cannot be extended."""


@click.command()
@click.argument("folder", type=click.Path(path_type=pathlib.Path))
@how_options
@click.pass_context
def resume(ctx: click.Context, /, folder: pathlib.Path, **options: Any) -> None:
    """Go on with what was stopped or killed: a run, comparison, sweep, best, trial,
    sensitivity or cba.

    FOLDER is the one in which it is kept (it ends in -points), its incomplete results, or one that holds it.
    """
    from simulation.results.tables.unfinished import ENDING, read_request

    place = _unfinished_in(absolute(folder))
    request = read_request(place)
    if request is None:
        raise _damaged(place)
    mark = place.name.removesuffix(ENDING)
    _ask(ctx, request, place, {**options, "resumed": mark, "name": place.parent.name, "git": request.get("git")})


@click.command()
@click.argument("folder", type=click.Path(path_type=pathlib.Path))
@click.option("--replications", required=True, metavar="+N|N", help="So many more (+50), or so many in all (150).")
@how_options
@click.pass_context
def extend(ctx: click.Context, /, folder: pathlib.Path, replications: str, **options: Any) -> None:
    """Add replications to a finished run, comparison or sweep.

    The tables are those of one run with the larger number, to the last byte; they get a folder of their own.
    """
    from simulation.results.identity import program_hash
    from simulation.results.tables.manifest import Damaged, altered, read_manifest

    place = absolute(folder)
    try:
        manifest = read_manifest(place)
    except Damaged as error:
        raise Failed(f"error: {error}; there is nothing to extend\nNothing was run.", INPUT_WRONG) from None
    request = manifest.get("request")
    if not manifest["complete"] or not isinstance(request, dict):
        what = "it is not complete; `resume` it first" if request else "only run, compare and sweep can be extended"
        raise Failed(f"error: {place}: {what}\nNothing was run.", INPUT_WRONG)
    if wrong := [f"{file} is {what}" for file, what in altered(place, manifest).items() if file.startswith("inputs/")]:
        raise Failed(f"error: {place}: {', '.join(wrong)}\nNothing was run.", INPUT_WRONG)
    had = manifest["replications"].get("asked", 0)
    if why := NOT_EXTENDED.get(str(request.get("command"))):
        raise Failed(f"error: {place}: {why}\nNothing was run.", INPUT_WRONG)
    wanted = _number(replications, had)
    if manifest.get("program", {}).get("text") != program_hash():
        say("These results are of another version of the program; all replications are simulated anew.", err=True)
    request = {**request, "replications": wanted}
    _ask(ctx, request, place, {**options, "earlier": place, "name": place.parent.name, "git": manifest.get("git")})


def options_of(request: dict[str, Any], place: pathlib.Path, options: dict[str, Any]) -> dict[str, Any]:
    """The options of a command as they were when it was asked. Raises Failed if some are missing."""
    try:
        found = {
            "settings": tuple(request["set"]), "seed": request["seed"], "replications": request["replications"],
            "locale": request.get("locale"), **options,
        }  # fmt: skip
        draws = {"uncertain": request.get("uncertain", False), "draws": request.get("draws") or None}
        if request["command"] == "sweep":
            found |= {key: request[key] for key in ("service", "staff")}
            return {**found, **draws, "over": tuple(request["over"]), "outcomes": tuple(request["outcomes"])}
        if request["command"] == "best":
            asked = {key: request[key] for key in ASKED}
            asked |= {key: tuple(asked[key]) for key in ("at_most", "at_least")}
            return {**found, **asked, "over": tuple(request["over"])}
        if request["command"] == "trial":
            return {**found, **{key: request[key] for key in ASKED_OF_TRIAL}}
        if request["command"] == "cba":
            asked = {key: request[key] for key in ASKED_OF_CBA}
            return {**found, **asked, "prices": str(place / "inputs" / request["prices"]), "dry_run": False}
        if request["command"] == "sensitivity":
            asked = {key: request[key] for key in ASKED_OF_SENSITIVITY}
            return {**found, **asked, "switch": tuple(asked["switch"]), "dry_run": False}
        alone = {"alone": not request.get("base", False)} if request["command"] == "run" else {}
        return {**found, **draws, **alone, **precision_of(request), "posterior": request["posterior"]}
    except (KeyError, TypeError):
        raise _damaged(place) from None


def scenarios_of(request: dict[str, Any], place: pathlib.Path) -> list[pathlib.Path]:
    """The scenario files that a command was about, as they were kept. Raises Failed if there are none."""
    files = request.get("scenarios")
    if request.get("command") not in COMMANDS or not isinstance(files, list) or not files:
        raise _damaged(place)
    return [place / "inputs" / str(file) for file in files]


def _damaged(place: pathlib.Path) -> Failed:
    message = f"error: {place}: what was asked cannot be read any more; give the command again"
    return Failed(f"{message}\nNothing was run.", INPUT_WRONG)


def _ask(ctx: click.Context, request: dict[str, Any], place: pathlib.Path, options: dict[str, Any]) -> None:
    first, *others = scenarios_of(request, place)
    found = options_of(request, place, {**options, "out": place.parent.parent})
    if request["command"] in ("compare", "cba"):
        ctx.invoke(COMMANDS[request["command"]], base=first, scenarios=tuple(others), **found)
    elif request["command"] == "best":
        ctx.invoke(best, scenarios=(first, *others), **found)
    elif request["command"] == "sensitivity":
        ctx.invoke(sensitivity, scenario=first, other=next(iter(others), None), **found)
    else:
        ctx.invoke(COMMANDS[request["command"]], scenario=first, **found)


def absolute(folder: pathlib.Path) -> pathlib.Path:
    """The folder, so that those above it are known. Raises Failed if it is none."""
    place = pathlib.Path(os.path.abspath(folder))
    if not place.is_dir():
        raise Failed(f"error: {folder}: there is no such folder\nNothing was run.", INPUT_WRONG)
    return place


def _unfinished_in(folder: pathlib.Path) -> pathlib.Path:
    """The unfinished work that a folder is, belongs to, or holds. Raises Failed if there is none, or several."""
    from simulation.results.tables.manifest import Damaged, read_manifest
    from simulation.results.tables.unfinished import ENDING, REQUEST, read_request

    if (folder / REQUEST).exists() and folder.name.endswith(ENDING):
        return folder
    try:
        manifest = read_manifest(folder)
    except Damaged:
        found = sorted(file.parent for depth in ("*", "*/*") for file in folder.glob(f"{depth}/{REQUEST}"))
    else:
        if manifest["complete"]:
            raise Failed(f"error: {folder} is complete; `extend` adds replications\nNothing was run.", INPUT_WRONG)
        beside = sorted(file.parent for file in folder.parent.glob(f"*{ENDING}/{REQUEST}"))
        asked = manifest.get("request") or {}
        same = {"git": None, "locale": None}
        found = [other for other in beside if {**(read_request(other) or {}), **same} == {**asked, **same}]
    if len(found) != 1:
        which = f"several are unfinished: {', '.join(map(str, found))}" if found else "nothing unfinished is kept here"
        raise Failed(f"error: {folder}: {which}\nNothing was run.", INPUT_WRONG)
    return found[0]


def _number(text: str, had: int) -> int:
    more = text.strip()
    if not (more.isascii() and more.removeprefix("+").isdigit() and len(more) < 10):
        message = f"--replications {text}: write +N for so many more, or N for so many in all"
        raise Failed(f"error: {message}\nNothing was run.", INPUT_WRONG)
    wanted = had + int(more) if more.startswith("+") else int(more)
    if wanted <= had:
        message = f"--replications {text}: there are {had} already"
        raise Failed(f"error: {message}\nNothing was run.", INPUT_WRONG)
    if wanted > MOST_REPLICATIONS:
        message = f"--replications {text}: {wanted:,} in all are more than {MOST_REPLICATIONS:,}"
        raise Failed(f"error: {message}\nNothing was run.", INPUT_WRONG)
    return wanted
