"""The command `export`: the simulated register in the formats of others."""

from __future__ import annotations

import json
import pathlib
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.again import absolute, options_of, scenarios_of
from simulation.cli.console import INPUT_WRONG, Failed, say, typed
from simulation.cli.options import json_option, lang_option
from simulation.cli.pieces import foresee, load_all, refuse
from simulation.world.labels import Label

if TYPE_CHECKING:
    from simulation.report.exported.lives import Lives
    from simulation.report.exported.tables import Exported
    from simulation.scenario.load import Loaded
    from simulation.world.labels import Language

NOTHING = "Nothing was written."
KINDS = ("dream", "spells", "events", "xes", "stata", "parquet")
IN_CSV = KINDS[:3]
FROM = ("run", "compare")
WRITTEN = Label(
    "{about}\n{persons}\n{codes}Written to {folder}: {files}", "{about}\n{persons}\n{codes}Skrevet i {folder}: {files}"
)
ASSUMED = Label(
    "The codes are an assumption: {list} (--codes FILE for your own).{without}\n",
    "Koderne er en antagelse: {list} (--codes FIL for dine egne).{without}\n",
)
WITHOUT = Label(" No code is known, so weeks are empty: {states}.", " Uden kendt kode, så ugerne er tomme: {states}.")


@click.command()
@click.argument("what", metavar="FOLDER|SCENARIO", type=click.Path(path_type=pathlib.Path))
@click.option("--as", "kind", required=True, type=click.Choice(KINDS),
              help="dream: a row a person, a column a week; spells: from day to day; events, xes: event logs; stata, "
                   "parquet: all of these tables.")  # fmt: skip
@click.option("--replication", type=click.IntRange(0, 99_999), default=0, show_default=True, help="Which replication.")
@click.option("--scenario", "which", metavar="NAME",
              help="Which scenario, of results that have several: the name of its file.")  # fmt: skip
@click.option(
    "--codes",
    "code_file",
    type=click.Path(path_type=pathlib.Path),
    metavar="FILE",
    help="Your own list of codes, as the codes.yaml of an export; default: the one that is assumed.",
)
@click.option("--out", type=click.Path(path_type=pathlib.Path),
              help="Folder to write; default: exports/NAME-FORMAT-REPLICATION.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace an earlier export in that folder.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set one value of SCENARIO.")
@click.option("--locale", type=click.Choice(["da"]), help="CSV for spreadsheets of a country: ; and decimal comma.")
@click.option("--anyway", is_flag=True, help="Begin even where this machine has too little memory.")
@json_option
@lang_option
def export(what: pathlib.Path, **options: Any) -> None:
    """Write the SIMULATED register of one replication: as DREAM, as spells, as an event log, for Stata, as Parquet.

    FOLDER is a finished run or comparison: its replication is simulated again, and must be the one whose figures are
    kept. Beside the tables are README.txt, schema.json and the list of codes, which is an assumption.
    """
    from simulation.report.exported.about import OF_CODES, counted, persons_told, simulated, without_code
    from simulation.report.exported.codes import SHIPPED, read_codes
    from simulation.report.exported.files import CONTENT, Asked, Taken, refuse_taken, write_export
    from simulation.report.exported.lives import lives
    from simulation.report.exported.tables import Exported
    from simulation.report.wording import Wording
    from simulation.results.names import Names
    from simulation.scenario.files.problems import InputProblems

    if options["locale"] and options["kind"] not in IN_CSV:
        raise Failed(f"error: --locale: {options['kind']} is no CSV; leave it out\n{NOTHING}", INPUT_WRONG)
    tables = CONTENT[options["kind"]]
    has_codes = bool({*tables} & {*OF_CODES})
    if options["code_file"] and not has_codes:
        raise Failed(f"error: --codes: {options['kind']} has no codes; leave it out\n{NOTHING}", INPUT_WRONG)
    _refuse_missing_library(options["kind"])
    place = absolute(what) if what.is_dir() else None
    loaded = _of_scenario(what, options) if place is None else _of_results(place, options)
    try:
        listed = read_codes(options["code_file"] or SHIPPED)
        if has_codes:
            listed.check(loaded, "dream" in tables)
    except InputProblems as error:
        refuse(error.problems)
    name = pathlib.Path(loaded.file).stem
    out = options["out"] or pathlib.Path("exports") / f"{name}-{options['kind']}-{options['replication']}"
    asked = Asked(options["kind"], out, options["locale"] or "", options["force"])
    try:
        refuse_taken(asked)
        foresee([loaded], {"replications": 1, "workers": None, "executor": None, "batch": None, "as_json": True,
                           "anyway": options["anyway"]})  # fmt: skip
        lived = lives(loaded.scenario, options["replication"])
        if place is not None:
            _refuse_another(lived, place)
        exported = Exported(lived, listed, Wording(Names(loaded.scenario), options["lang"]))
        files = write_export(exported, asked, _source(loaded, place))
    except Taken as taken:
        raise Failed(f"error: --out {out}: {taken}\n{NOTHING}", INPUT_WRONG) from None
    except OSError as error:
        raise Failed(f"error: --out {out}: {error.strerror}\n{NOTHING}", INPUT_WRONG) from None
    if options["as_json"]:
        answer = {"simulated": True, "folder": str(out), "persons": len(lived),
                  "left_before_enrolment": lived.never_enrolled,
                  "files": {file: rows for file, (_, rows, _) in files.items()}}  # fmt: skip
        say(json.dumps(answer, ensure_ascii=False))
        return
    codes = _of_codes(exported, without_code(exported), options["lang"]) if has_codes else ""
    rows_of = {file: counted(exported, rows) for file, (_, rows, _) in files.items()}
    named = ", ".join(f"{file} ({rows})" for file, rows in rows_of.items())
    say(WRITTEN.told(options["lang"], about=simulated(exported), persons=persons_told(exported), codes=codes,
                     folder=typed(out), files=named))  # fmt: skip


def _of_codes(exported: Exported, states: list[str], lang: Language) -> str:
    without = WITHOUT.told(lang, states=", ".join(states)) if states else ""
    codes = exported.listed.codes
    called = codes.name_da if lang == "da" and codes.name_da else codes.name
    return ASSUMED.told(lang, list=called, without=without)


def _refuse_missing_library(kind: str) -> None:
    """Parquet is written by pyarrow, which is an extra. Raises Failed."""
    if kind != "parquet":
        return
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        message = "error: --as parquet: pyarrow is not installed here: python -m pip install 'jobcentersim[export]'"
        raise Failed(f"{message}\n{NOTHING}", INPUT_WRONG) from None


def _of_scenario(file: pathlib.Path, options: dict[str, Any]) -> Loaded:
    if options["which"]:
        raise Failed(f"error: --scenario: {file} is one scenario; leave it out\n{NOTHING}", INPUT_WRONG)
    (loaded,) = load_all([file], {"settings": options["settings"], "seed": None, "as_json": options["as_json"]})
    return loaded


def _of_results(place: pathlib.Path, options: dict[str, Any]) -> Loaded:
    """The scenario of a result, as it was simulated. Raises Failed."""
    from simulation.report.reopened import CannotReopen, refuse_unsound
    from simulation.results.tables.manifest import Damaged, read_manifest
    from simulation.scenario.files.problems import did_you_mean

    try:
        manifest = read_manifest(place)
    except Damaged as error:
        message = f"error: {error}: this is no results folder, or a damaged one"
        raise Failed(f"{message}\n{NOTHING}", INPUT_WRONG) from None
    request = manifest.get("request")
    try:
        if not isinstance(request, dict) or request.get("command") not in FROM:
            raise CannotReopen(f"exports are made of results of {' and '.join(FROM)}, or of a SCENARIO itself")
        if options["settings"]:
            raise CannotReopen("--set changes a SCENARIO, and results have theirs already")
        refuse_unsound(place, manifest)
        if (number := options["replication"]) >= (had := manifest["replications"]["asked"]):
            raise CannotReopen(f"--replication {number}: it has replications 0 to {had - 1}")
        paths = scenarios_of(request, place)
        compared = request["command"] == "compare"
        loaded = load_all(paths, options_of(request, place, {"as_json": True}), keep_seed_of_first=compared)
        named = {path.stem: each for path, each in zip(paths, loaded, strict=True)}
        if options["which"] is None and len(named) > 1:
            raise CannotReopen(f"it has several scenarios; choose one: --scenario {' or '.join(named)}")
        which = (options["which"] or next(iter(named))).removesuffix(".yaml")
        if which not in named:
            near = did_you_mean(which, named) or f"; there is {', '.join(named)}"
            raise CannotReopen(f"--scenario: it has no '{which}'{near}")
    except CannotReopen as error:
        raise Failed(f"error: {place}: {error}.\n{NOTHING}", INPUT_WRONG) from None
    return named[which]


def _refuse_another(lived: Lives, place: pathlib.Path) -> None:
    """What was simulated again must be what the tables are of, week by week. Raises Failed where it is not."""
    from simulation.experiments.kept import Kept
    from simulation.world.names import common

    kept = Kept(place / "replications").read(lived.scenario, lived.replication + 1).get(lived.replication)
    if kept is None:
        raise Failed(f"error: {place}: replication {lived.replication} is not kept\n{NOTHING}", INPUT_WRONG)
    for name, counted in lived.counts.items():
        stored = kept.counts.get(common(name))  # not there if it is 0 throughout
        weekly = counted * 0 if stored is None else stored.sum(axis=(1, 2))
        if (weekly != counted).any():
            message = f"error: {place}: replication {lived.replication} does not come out again ({name} differs); "
            raise Failed(f"{message}`jobcentersim verify` tells more\n{NOTHING}")


def _source(loaded: Loaded, place: pathlib.Path | None) -> dict[str, str]:
    """Where the scenario is from, without any folder of this machine."""
    of_results = {} if place is None else {"results": place.name}
    return {"file": pathlib.Path(loaded.file).name, **of_results}
