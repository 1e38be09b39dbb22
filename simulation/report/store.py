"""Put a run or a comparison into its results folder: tables, figures, manifest."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from simulation.report.ran import Ran
from simulation.results.identity import fingerprint
from simulation.results.tables.folder import Keeping, Saved, save
from simulation.results.tables.inputs import labels
from simulation.results.tables.unfinished import folder_name
from simulation.scenario.changes import title_of
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label, Language

if TYPE_CHECKING:
    from simulation.report.figures.beside import Beside

__all__ = ["Ran", "name_of", "question_of", "store"]
MADE_OF = Label("n = {persons} × {done} replications", "n = {persons} × {done} gentagelser")


def name_of(scenarios: Sequence[Loaded]) -> str:
    """The folder of results of a scenario, or of a base and scenarios."""
    return folder_name(labels(loaded.file for loaded in scenarios))


def question_of(draws: int, everything: bool = False, asked: str = "run") -> str:
    """What is asked of the scenarios, for the fingerprint: with so many draws of the parameters, or of everything."""
    return f"{asked}, {draws} draws{' of everything' if everything else ''}" if draws else asked


def store(
    ran: Ran, run: Mapping[str, Any], question: str, keeping: Keeping, beside: Beside | None = None,
    language: Language = "en",
) -> Saved:
    """Store what was simulated, beside the folder of the unfinished work; `run` is noted in the manifest. Figures are
    drawn in a language, `beside` the tables if there is somebody who does. Raises as `save` does."""
    every = ran.every
    loaded = [result.loaded for result in every]
    asked, done = ran.results[0].asked, min(len(result.replications) for result in every)
    mark = fingerprint(loaded, asked, question)
    made_by = made_by_of(ran.results[-1].loaded.scenario, mark, done, language)
    drawn = ran if beside is None else Ran(ran.results, base=ran.base)  # what is not drawn need not be sent
    draw = partial(draw_into, drawn, made_by=made_by, language=language)
    put = draw if beside is None else beside.begin(draw)  # before the tables are made
    return save(
        keeping.unfinished.root, keeping.unfinished.name, loaded, ran.tables(), {"asked": asked, "done": done},
        {**run, "language": language}, put, question, {} if ran.under is None else {"columns": ran.under.columns},
        keeping,
    )  # fmt: skip


def made_by_of(scenario: Scenario, mark: str, done: int, language: Language = "en") -> str:
    """What stands at the foot of every figure: scenario, fingerprint, and of how many it is."""
    persons = f"{sum(scenario.persons().values()):,}"
    n = persons.replace(",", ".") if language == "da" else persons
    name = title_of(scenario, language == "da")
    return f"jobcentersim, {name}, {mark}, {MADE_OF.told(language, persons=n, done=done)}"


def draw_into(ran: Ran, folder: pathlib.Path, made_by: str, language: Language = "en") -> None:
    """All figures of what was simulated."""
    from simulation.report.figures.figures import draw_all

    draw_all(ran, folder, made_by, language)
