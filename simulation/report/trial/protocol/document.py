"""The whole protocol: as a document, as one HTML file, as Markdown."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from simulation.experiments.trial.found import Rehearsed
from simulation.report.handed.assumed import assumed_rows, assumed_table
from simulation.report.handed.blocks import Document, Section, Text
from simulation.report.trial.protocol.conduct import conduct
from simulation.report.trial.protocol.design import design
from simulation.report.trial.protocol.markdown import markdown
from simulation.report.trial.protocol.power import analyses, analysis, limits, size
from simulation.report.trial.words import Telling
from simulation.results.whole import write_whole
from simulation.world.labels import Label, Language

TITLE = Label("Protocol: {name}", "Protokol: {name}")
ABOUT = Label(
    "Written by jobcentersim from the scenario and from {rehearsals} rehearsals of the trial in a simulation; no "
    "figure was measured in a jobcentre unless it is called published. [ ] is simulation error, 95 %.",
    "Skrevet af jobcentersim ud fra scenariet og {rehearsals} gennemspilninger af forsøget i en simulering; intet tal "
    "er målt på et jobcenter, medmindre det kaldes offentliggjort. [ ] er simulationsfejl, 95 %.",
)
REPEAT = Label("To repeat it", "Sådan gentages det")
COMMAND = Label(
    "`jobcentersim trial {file} --rehearsals {rehearsals}`, with seed {seed}, gives the same figures to the last "
    "digit.",
    "`jobcentersim trial {file} --rehearsals {rehearsals}` giver med seed {seed} de samme tal til sidste ciffer.",
)
ANNEX = Label("Annex", "Bilag")
EVERY = Label("Every analysis, by the scenario's own size", "Alle analyser ved scenariets egen størrelse")
ASSUMED = Label("All values that are assumed", "Alle antagne værdier")
NONE = Label("None.", "Ingen.")


def protocol(rehearsed: Rehearsed, language: Language = "en") -> Document:
    """The protocol of a trial as it was rehearsed."""
    telling = Telling(rehearsed, language)
    words, scenario = telling.words, rehearsed.loaded.scenario
    rehearsals = telling.count(rehearsed.own.rehearsals)
    assumed = assumed_rows(rehearsed.loaded)
    repeat = words.say(COMMAND, file=rehearsed.loaded.file, rehearsals=rehearsed.own.rehearsals, seed=scenario.seed)
    title = words.say(TITLE, name=words.title)
    return Document(
        language, title, words.say(ABOUT, rehearsals=rehearsals), design(telling),
        [analysis(telling), size(telling), *conduct(telling), limits(telling),
         Section(words.say(REPEAT), [Text(repeat)])],
        [Section(words.say(EVERY), [analyses(telling)]),
         Section(words.say(ASSUMED),
                 [assumed_table(assumed, words, sources=True) if assumed else Text(words.say(NONE))])],
        f"jobcentersim, {title}", words.say(ANNEX),
    )  # fmt: skip


def protocol_files(rehearsed: Rehearsed, folder: pathlib.Path, language: Language = "en") -> Iterator[pathlib.Path]:
    """Write the protocol into a folder, as Markdown and as HTML; each file as it is there. Raises OSError."""
    from simulation.report.handed.html import page

    document, words = protocol(rehearsed, language), Telling(rehearsed, language).words
    name = "protocol" if language == "en" else f"protocol.{language}"
    for ending, text in ((".md", markdown(document, words)), (".html", page(document, words))):
        file = folder / f"{name}{ending}"
        write_whole(file, text.encode())
        yield file
