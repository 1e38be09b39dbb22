"""The command `report`: two pages and a workbook that can be handed over, made of a finished result."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.again import absolute, options_of, scenarios_of
from simulation.cli.console import INPUT_WRONG, Failed, say
from simulation.cli.first import base_for
from simulation.cli.options import asked_draws, lang_option
from simulation.cli.pieces import load_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.report.handed.material import Material
    from simulation.world.labels import Language

NOTHING_MADE = "Nothing was made."
REPORTED = ("run", "compare", "sweep")


@click.command()
@click.argument("folder", type=click.Path(path_type=pathlib.Path))
@click.option("--html", is_flag=True, help="Make the report alone (report.html).")
@click.option("--xlsx", is_flag=True, help="Make the workbook alone (report.xlsx).")
@lang_option
def report(folder: pathlib.Path, html: bool, xlsx: bool, lang: Any) -> None:
    """Make a report and a workbook of a finished run, comparison, sweep or assessment of who pays and who gains (cba),
    or the protocol of a rehearsed trial. Nothing is simulated.

    FOLDER is a results folder, or one that holds some: then the newest is taken. report.html and report.xlsx appear in
    it (of a trial protocol.html and protocol.md), in Danish report.da.html and so on.
    The report prints on A4: two pages to hand on, and an annex.
    """
    place = _newest(absolute(folder))
    make = {"trial": _protocol, "cba": _assessment}.get(str(_command(place)), _report)
    files = make(place, lang, html, xlsx)
    try:
        for file in files:
            say(f"{file}")
    except OSError as error:
        raise Failed(f"error: {error.filename or folder}: {error.strerror}\n{NOTHING_MADE}", INPUT_WRONG) from None


def _report(place: pathlib.Path, lang: Language, html: bool, xlsx: bool) -> Iterator[pathlib.Path]:
    from simulation.report.handed.files import report_files

    return report_files(_material(place), lang, html or not xlsx, xlsx or not html)


def _protocol(place: pathlib.Path, lang: Language, html: bool, xlsx: bool) -> Iterator[pathlib.Path]:
    """The protocol of a rehearsed trial. Raises Failed where it cannot be made."""
    from simulation.cli.trial import asked_of
    from simulation.experiments.trial.answer import rehearsed_of
    from simulation.experiments.trial.running import read_again
    from simulation.report.reopened import CannotReopen, refuse_unsound
    from simulation.report.trial.protocol.document import protocol_files
    from simulation.results.tables.manifest import read_manifest

    manifest = read_manifest(place)
    try:
        if html or xlsx:
            raise CannotReopen("a trial has one protocol, as a page and as text: leave --html and --xlsx out")
        refuse_unsound(place, manifest)
        plan, _ = asked_of(scenarios_of(manifest["request"], place)[0],
                           options_of(manifest["request"], place, {"as_json": True}))  # fmt: skip
        ran = read_again(plan, place / "rehearsals")
        if ran is None:
            raise CannotReopen("not all rehearsals are kept, or are of this version of the program; give it again")
    except CannotReopen as error:
        raise Failed(f"error: {place}: {error}.\n{NOTHING_MADE}", INPUT_WRONG) from None
    return protocol_files(rehearsed_of(plan, ran), manifest["request"], place, lang)


def _assessment(place: pathlib.Path, lang: Language, html: bool, xlsx: bool) -> Iterator[pathlib.Path]:
    """The report and the workbook of an assessment. Raises Failed where they cannot be made."""
    from simulation.cli.cba import asked_of
    from simulation.economy.cba.answer import assessed
    from simulation.economy.cba.running import read_again
    from simulation.report.economy.book import book_file
    from simulation.report.economy.page.document import page_file
    from simulation.report.economy.page.material import Priced
    from simulation.report.reopened import CannotReopen, refuse_unsound
    from simulation.results.tables.manifest import read_manifest

    manifest = read_manifest(place)
    try:
        refuse_unsound(place, manifest)
        plan, account, trials = asked_of(scenarios_of(manifest["request"], place),
                                         options_of(manifest["request"], place, {"as_json": True}))  # fmt: skip
        kept = read_again(plan, place / "quantities")
        if kept is None:
            raise CannotReopen("not all quantities are kept, or are of this version of the program; give it again")
    except CannotReopen as error:
        raise Failed(f"error: {place}: {error}.\n{NOTHING_MADE}", INPUT_WRONG) from None
    found = assessed(plan, kept, account, trials)
    if html or not xlsx:
        yield from page_file(Priced(place, manifest, found, kept.written), lang)
    if xlsx or not html:
        yield from book_file(found, manifest, place, lang)


def _command(place: pathlib.Path) -> str | None:
    """The command whose results a folder has; None if that cannot be read."""
    from simulation.results.tables.manifest import Damaged, read_manifest

    try:
        request = read_manifest(place).get("request")
    except Damaged:
        return None
    return str(request.get("command")) if isinstance(request, dict) else None


def _newest(folder: pathlib.Path) -> pathlib.Path:
    """The folder if it is a result, else the newest finished one in it; the folder itself where there is none."""
    from simulation.results.tables.manifest import FILE

    if (folder / FILE).exists():
        return folder
    found = [file for depth in ("*", "*/*") for file in folder.glob(f"{depth}/{FILE}") if "-" not in file.parent.name]
    return max(found, key=lambda file: file.stat().st_mtime).parent if found else folder


def _stopped(place: pathlib.Path) -> pathlib.Path | None:
    """What was stopped, perhaps by a power cut, before it had any table: the folder, or the newest in it; None if there
    is none."""
    from simulation.results.tables.unfinished import REQUEST

    found = [file for depth in ("", "*/", "*/*/") for file in place.glob(f"{depth}{REQUEST}")]
    return max(found, key=lambda file: file.stat().st_mtime).parent if found else None


def _material(place: pathlib.Path) -> Material:
    """What was simulated, found again. Raises Failed where it cannot be."""
    from simulation.report.reopened import CannotReopen, refuse_unsound
    from simulation.results.tables.manifest import Damaged, read_manifest

    try:
        manifest = read_manifest(place)
    except Damaged as error:
        if stopped := _stopped(place):
            message = f"error: it was stopped before it was complete; go on with `jobcentersim resume {stopped}`."
            raise Failed(f"{message}\n{NOTHING_MADE}", INPUT_WRONG) from None
        message = f"error: {error}: this is no results folder, or a damaged one"
        raise Failed(f"{message}\n{NOTHING_MADE}", INPUT_WRONG) from None
    try:
        if not isinstance(request := manifest.get("request"), dict) or request.get("command") not in REPORTED:
            raise CannotReopen("reports are made of run, compare, sweep, trial and cba")
        refuse_unsound(place, manifest)
        return _reopened(place, manifest)
    except CannotReopen as error:
        raise Failed(f"error: {place}: {error}.\n{NOTHING_MADE}", INPUT_WRONG) from None


def _reopened(place: pathlib.Path, manifest: dict[str, Any]) -> Material:
    from simulation.cli.sweep import grid_of_options
    from simulation.report.handed.material import Material
    from simulation.report.reopened import Request, reopen_run, reopen_sweep
    from simulation.report.sweep.under import points_of

    asked = options_of(manifest["request"], place, {"as_json": True})
    paths, command = scenarios_of(manifest["request"], place), manifest["request"]["command"]
    with_base = bool(manifest["request"].get("base"))
    request = Request(command, asked_draws(asked), asked["uncertain"], with_base)
    replications = manifest["replications"]["asked"]
    if command == "sweep":
        grid = grid_of_options(paths[0], asked)
        swept, under = reopen_sweep(place, replications, grid, points_of(grid) if request.everything else [], request)
        return Material(place, manifest, None, swept, under)
    alone = command == "run"
    loaded = load_all(paths, asked, keep_seed_of_first=not alone, companions=alone)
    if with_base and (extended := base_for(loaded[0], asked)) is not None and extended.loaded is not None:
        loaded.append(extended.loaded)
    return Material(place, manifest, reopen_run(place, replications, loaded, request))
