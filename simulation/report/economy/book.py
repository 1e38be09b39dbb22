"""The workbook of who pays and who gains: a file in the results folder, which is no part of the result."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

from simulation.economy.cba.found import Assessed
from simulation.report.economy.book_budget import WithBudget
from simulation.report.economy.words import Telling
from simulation.report.handed.titles import ABOUT, AGAINST, FOOT, SEVERAL, day
from simulation.report.handed.workbook import written
from simulation.results.whole import write_whole
from simulation.world.labels import Language


def book(assessed: Assessed, manifest: Mapping[str, Any], language: Language = "en") -> bytes:
    """The file. `manifest` says which result it is, and of which day."""
    telling = Telling(assessed, language)
    words, (base, *names) = telling.words, telling.names
    title = words.say(SEVERAL, count=len(names), base=base)
    if len(names) == 1:
        title = words.say(AGAINST, scenario=names[0], base=base)
    finished = str((manifest.get("run") or {}).get("finished", ""))[:10]
    foot = words.say(FOOT, mark=manifest["fingerprint"], times=assessed.plan.replications)
    return written(title, words.say(ABOUT, day=day(finished, words)), foot, WithBudget(telling).all(), words)


def book_file(
    assessed: Assessed, manifest: Mapping[str, Any], folder: pathlib.Path, language: Language = "en"
) -> Iterator[pathlib.Path]:
    """Write the workbook into a folder. Raises OSError."""
    file = folder / ("report.xlsx" if language == "en" else f"report.{language}.xlsx")
    write_whole(file, book(assessed, manifest, language))
    yield file
