"""An export as a folder: tables in one format, README.txt, schema.json and the list of codes; whole or absent."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
from collections.abc import Callable, Mapping
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

from simulation.report.exported.about import OF_CODES, meaning, readme, schema, simulated
from simulation.report.exported.codes import Code
from simulation.report.exported.lives import states_of
from simulation.report.exported.tables import TABLES, Exported
from simulation.report.exported.texts import write_dream, write_events, write_xes
from simulation.report.exported.words import CLOCK
from simulation.results.tables.csvs import LOCALES, STORED, Locale, csv_text
from simulation.results.tables.drafts import clear_dead, draft_of, put
from simulation.scenario.alike import cut
from simulation.scenario.files.regular import content_of

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["dream", "spells", "events", "xes", "stata", "parquet"]
EVERY = ("persons", "dream", "spells", "events")
CONTENT: Mapping[Kind, tuple[str, ...]] = {
    "dream": ("persons", "dream"), "spells": ("persons", "spells"), "events": ("persons", "events"),
    "xes": ("events",), "stata": EVERY, "parquet": EVERY,
}  # fmt: skip
"""The tables of each format."""
ENDINGS: Mapping[Kind, str] = {"xes": ".xes", "stata": ".dta", "parquet": ".parquet"}
CSV = ".csv"
README, SCHEMA, CODES = "README.txt", "schema.json", "codes.yaml"
STATA_NAME, STATA_LABEL = 32, 80
"""Characters that Stata takes of a name and of a label."""
Files = dict[str, tuple[str, int, list[str]]]
"""By file its table, rows and columns."""


class Taken(Exception):
    """What is there already is not written over; the text says why."""


class Asked(NamedTuple):
    """How an export is written: format, folder, locale of CSV ("": the stored one), and whether an earlier export there
    may be replaced."""

    kind: Kind
    folder: pathlib.Path
    locale: str = ""
    force: bool = False


def refuse_taken(asked: Asked) -> None:
    """Raises Taken where something is there that is not to be replaced, OSError where that cannot be seen."""
    if os.path.realpath(asked.folder) == os.getcwd():
        raise Taken("this is the folder that you are in; name one inside it")
    if not asked.folder.exists() or (asked.folder.is_dir() and not any(asked.folder.iterdir())):
        return
    if not asked.force:
        raise Taken("this is there already; choose another folder, or --force to replace an earlier export")
    if (written := _written(asked.folder)) is None:
        raise Taken("this is no earlier export, and --force replaces nothing else; choose another folder")
    if others := sorted({each.name for each in asked.folder.iterdir()} - written):
        raise Taken(f"beside the export lies {cut(others)}, which --force would take with it; choose another folder")


def _written(folder: pathlib.Path) -> set[str] | None:
    """The files of an export that was written here; None: the folder is none."""
    try:
        found = json.loads(content_of(folder / SCHEMA))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.get("simulated") is not True or not isinstance(found.get("files"), dict):
        return None
    return {README, SCHEMA, CODES, *found["files"]}


def write_export(exported: Exported, asked: Asked, source: Mapping[str, Any]) -> Files:
    """Write what was checked (`Listed.check`); where the folder is a link, into that which it leads to. Raises Taken,
    OSError, ImportError where the format needs a library that is not there."""
    asked = asked._replace(folder=pathlib.Path(os.path.realpath(asked.folder)))
    refuse_taken(asked)
    if asked.kind == "parquet":
        import pyarrow  # noqa: F401 - told before anything is written
    asked.folder.parent.mkdir(parents=True, exist_ok=True)
    clear_dead(asked.folder.parent)
    draft = draft_of(asked.folder)
    draft.mkdir()
    try:
        files: Files = {}
        for table in CONTENT[asked.kind]:
            name = table + ENDINGS.get(asked.kind, CSV)
            files[name] = (table, *_write_table(exported, asked, table, draft / name))
        (draft / README).write_text(readme(exported, files), encoding="utf-8", newline="\n")
        text = json.dumps(schema(exported, files, source), indent=1, ensure_ascii=False) + "\n"
        (draft / SCHEMA).write_text(text, encoding="utf-8", newline="\n")
        if {*CONTENT[asked.kind]} & {*OF_CODES}:
            shutil.copyfile(exported.listed.file, draft / CODES)
        refuse_taken(asked)  # another program may have written there meanwhile
        if asked.folder.is_dir() and not any(asked.folder.iterdir()):
            asked.folder.rmdir()
        put(draft, asked.folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return files


def _write_table(exported: Exported, asked: Asked, table: str, target: pathlib.Path) -> tuple[int, list[str]]:
    """Rows and columns of a table that was written to a file."""
    about = f"{simulated(exported)} {exported.wording.say(CLOCK)}"
    by_row: dict[tuple[str, str], Callable[[IO[bytes]], list[str]]] = {
        ("dream", "dream"): lambda out: write_dream(exported, out, _locale(asked)),
        ("events", "events"): lambda out: write_events(exported, out, _locale(asked)),
        ("xes", "events"): lambda out: write_xes(exported, out, about),
    }
    if write := by_row.get((asked.kind, table)):
        with target.open("wb") as out:
            columns = write(out)
        rows = len(exported.lives) if table == "dream" else len(exported.lives.happenings.person)
        return rows, columns
    frame = TABLES[table](exported)
    {"stata": _stata, "parquet": _parquet}.get(asked.kind, _csv)(exported, frame, target, asked)
    return len(frame), [str(name) for name in frame.columns]


def _locale(asked: Asked) -> Locale:
    return LOCALES[asked.locale] if asked.locale else STORED


def _csv(exported: Exported, frame: pd.DataFrame, target: pathlib.Path, asked: Asked) -> None:
    dates = {name: frame[name].dt.strftime("%Y-%m-%d") for name in ("first_day", "last_day") if name in frame}
    truths = {"ended": frame["ended"].map({True: "true", False: "false"})} if "ended" in frame else {}
    text = csv_text(frame.assign(**dates, **truths), _locale(asked))
    target.write_bytes(text.encode())


def _parquet(exported: Exported, frame: pd.DataFrame, target: pathlib.Path, asked: Asked) -> None:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_pandas(frame, preserve_index=False)
    about = {"simulated": "true", "about": simulated(exported)}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **about})
    pyarrow.parquet.write_table(table, target)


def _stata(exported: Exported, frame: pd.DataFrame, target: pathlib.Path, asked: Asked) -> None:
    """Version 118 (Stata 14 and later): names that Stata takes, labels of columns, and codes with their words."""
    names = _stata_names([str(name) for name in frame.columns])
    labels = {short: meaning(exported, name)[:STATA_LABEL] for name, short in names.items()}
    whole = frame.rename(columns=names)
    if "time_timestamp" in whole:
        whole["time_timestamp"] = whole["time_timestamp"].dt.tz_localize(None)
    coded = [names[name] for name in names if name.startswith("y_") or name == "code"]
    words: dict[float, str] = _code_words(exported) if coded else {}
    whole.to_stata(
        target, write_index=False, version=118, data_label=simulated(exported)[:STATA_LABEL], variable_labels=labels,
        convert_dates={name: "td" for name in ("first_day", "last_day") if name in whole},
        value_labels={name: dict(words) for name in coded},
    )  # fmt: skip


def _stata_names(names: list[str]) -> dict[str, str]:
    """By the name of each column one that Stata takes."""
    found: dict[str, str] = {}
    for name in names:
        short = re.sub(r"\W", "_", name)[:STATA_NAME]
        number = 1
        while short in found.values():
            number += 1
            short = f"{short[: STATA_NAME - 1 - len(str(number))]}_{number}"
        found[name] = short
    return found


def _code_words(exported: Exported) -> dict[float, str]:
    """What each code of the scenario is called."""
    danish = exported.wording.language == "da"
    found: dict[int, list[str]] = {}
    entries: list[Code] = exported.entries
    for _, entry in zip(states_of(exported.lives.scenario), entries, strict=True):
        if entry.code is not None:
            found.setdefault(entry.code, []).append(entry.name_da if danish else entry.name)
    return {code: "/".join(dict.fromkeys(names)) for code, names in found.items()}
