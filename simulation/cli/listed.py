"""The command `list`: what comes with the program."""

from __future__ import annotations

import json

import click

from simulation.cli.console import say
from simulation.cli.options import lang_option
from simulation.world.labels import Language

WIDTH = 100
WHAT = ("scenarios", "parts", "targets", "fits", "priors", "evidence", "prices")
"""The kinds of `catalogue`, which would take long to load for the help alone."""


@click.command("list")
@click.argument("what", type=click.Choice(WHAT), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects as JSON.")
@lang_option
def list_shipped(what: str | None, as_json: bool, lang: Language) -> None:
    """Name what comes with the program, with one line each; what-ifs stand beneath their base.

    WHAT is scenarios, parts, targets, fits, priors, evidence or prices; default: all of it. A file of your own names
    them by `shipped/NAME`, wherever it lies.
    """
    from simulation.scenario.catalogue import KINDS, Entry, catalogue
    from simulation.scenario.files.shipped import PREFIX

    def line(entry: Entry) -> str:
        name = "  " * (entry.depth + 1) + entry.name.removeprefix(PREFIX)
        size = "" if entry.size is None else entry.size.told(lang, n=entry.number)
        text = f"{name:<47} {'; '.join(filter(None, (entry.title.told(lang), size)))}"
        return text if len(text) <= WIDTH else f"{text[: WIDTH - 1].rstrip()}…"

    entries = {kind: catalogue(kind) for kind in ([what] if what else WHAT)}
    if as_json:
        found = [entry.as_dict() for of_kind in entries.values() for entry in of_kind]
        say(json.dumps(found, ensure_ascii=False, indent=2))
        return
    say("\n\n".join("\n".join([KINDS[kind].told(lang), *map(line, found)]) for kind, found in entries.items()))
