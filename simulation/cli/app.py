"""The command `app`: the local page."""

from __future__ import annotations

import os
import pathlib

import click

from simulation.cli.console import INPUT_WRONG, Failed, say
from simulation.cli.options import WORKERS, lang_option
from simulation.world.labels import Label, Language

EXTRA = "the page needs the extra `app`, which is not installed here: pip install 'jobcentersim[app]'"
MOST_USEFUL = 5
"""Processes beyond those have nothing to do in the first round of a move."""
AT = Label(
    "The page is at {address}\nKeep the address to yourself: whoever has it has the page. Ctrl-C ends it.",
    "Siden er på {address}\nHold adressen for dig selv: den, der har den, har siden. Ctrl-C afslutter.",
)


@click.command()
@click.argument("folder", type=click.Path(path_type=pathlib.Path), default=pathlib.Path())
@click.option("--port", type=click.IntRange(1024, 65535), help="Port of 127.0.0.1; default: one that is free.")
@click.option("--workers", type=WORKERS, help="Processes that simulate; default: those of this machine, at most 5.")
@lang_option
def app(folder: pathlib.Path, port: int | None, workers: int | None, lang: Language) -> None:
    """Open a page in the browser: move a scenario's staff, limits, talks and places, and see what follows.

    FOLDER is where own scenarios lie and all files are written; default: the current one. The page is for this machine
    alone, and sends and fetches nothing. It needs the extra `app`.
    """
    from simulation.app.server import CannotServe, free_port, installed, is_taken, serving

    if not installed():
        raise Failed(f"error: {EXTRA}", INPUT_WRONG)
    if not folder.is_dir():
        raise Failed(f"error: {folder}: there is no such folder", INPUT_WRONG)
    if port is not None and is_taken(port):
        raise Failed(f"error: --port {port}: the port is taken; without --port the page finds a free one", INPUT_WRONG)
    hands = workers or min(os.cpu_count() or 1, MOST_USEFUL)
    try:
        with serving(folder, lang, hands, port or free_port()) as (address, process):
            say(AT.told(lang, address=address))
            process.wait()
    except CannotServe as error:
        raise Failed(f"error: the page could not be opened: {error}") from None
    raise Failed("error: the page has ended by itself")
