"""The whole protocol: as a document, as one HTML file, as Markdown."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

from simulation.experiments.trial.found import Rehearsed
from simulation.report.handed.assumed import assumed_rows, assumed_table
from simulation.report.handed.blocks import Document, Picture, Section, Text
from simulation.report.handed.figures import DPI
from simulation.report.handed.repeating import quoted
from simulation.report.trial.protocol.conduct import conduct
from simulation.report.trial.protocol.design import design, jobcentres
from simulation.report.trial.protocol.markdown import markdown
from simulation.report.trial.protocol.power import analyses, analysis, limits, size, sizes
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
    "`jobcentersim trial {file} {options}`, with seed {seed}, gives the same figures to the last digit.",
    "`jobcentersim trial {file} {options}` giver med seed {seed} de samme tal til sidste ciffer.",
)
MISSING = Label("To be added by hand", "Skal tilføjes i hånden")
BY_HAND = Label(
    "The simulation knows nothing of the legal basis, who is responsible, who draws the lots and keeps them, what "
    "participants are told, and where the protocol is registered before the first enrolment.",
    "Simuleringen kender ikke retsgrundlaget, hvem der er ansvarlig, hvem der trækker lod og opbevarer det, hvad "
    "deltagerne får at vide, og hvor protokollen registreres før den første indskrivning.",
)
SIZES = Label("Power by size", "Styrke efter størrelse")
BY_JOBCENTRE = Label("Persons planned by jobcentre", "Planlagte personer efter jobcenter")
ANNEX = Label("Annex", "Bilag")
EVERY = Label("Every analysis, by the scenario's own size", "Alle analyser ved scenariets egen størrelse")
ASSUMED = Label("All values that are assumed", "Alle antagne værdier")
NONE = Label("None.", "Ingen.")


def protocol(rehearsed: Rehearsed, request: Mapping[str, Any], language: Language = "en") -> Document:
    """The protocol of a trial as it was rehearsed, by this `request` (see `options_of`)."""
    telling = Telling(rehearsed, language)
    words, scenario = telling.words, rehearsed.loaded.scenario
    rehearsals = telling.count(rehearsed.own.rehearsals)
    assumed = assumed_rows(rehearsed.loaded)
    file = pathlib.Path(rehearsed.loaded.file).name
    repeat = words.say(COMMAND, file=file, options=options_of(request, rehearsed.rehearsals), seed=scenario.seed)
    title, several = words.say(TITLE, name=words.title), len(rehearsed.points) > 1
    return Document(
        language, title, words.say(ABOUT, rehearsals=rehearsals), [*design(telling), analysis(telling)],
        [size(telling), *conduct(telling), limits(telling),
         Section(words.say(MISSING), [Text(words.say(BY_HAND))]), Section(words.say(REPEAT), [Text(repeat)])],
        [*([Section(words.say(SIZES), [sizes(telling), *_curves(rehearsed, language)])] if several else []),
         Section(words.say(EVERY), [analyses(telling)]),
         Section(words.say(BY_JOBCENTRE), [jobcentres(telling)]),
         Section(words.say(ASSUMED),
                 [assumed_table(assumed, words, sources=True) if assumed else Text(words.say(NONE))])],
        f"jobcentersim, {title}", words.say(ANNEX),
    )  # fmt: skip


def options_of(request: Mapping[str, Any], rehearsals: int) -> str:
    """The options of a command by which so many rehearsals are asked for again, as a shell takes them; `request` is
    what the results folder has of it."""
    options = [f"--set {each}" for each in request.get("set") or ()]
    options += [f"--rehearsals {rehearsals}"]
    options += [f"--{key} {request[key]}" for key in ("n", "jobcentres", "seed") if request.get(key) is not None]
    options += ["--uncertain"] if request.get("uncertain") else []
    options += [f"--draws {request['draws']}"] if request.get("draws") is not None else []
    return " ".join(map(quoted, options))


def _curves(rehearsed: Rehearsed, language: Language) -> Iterator[Picture]:
    """Power by persons and by jobcentres, as far as they were rehearsed."""
    from simulation.report.trial.figures import trial_pictures

    for name, picture in trial_pictures(rehearsed, language):
        if name.startswith("power_"):
            yield Picture(picture.png(DPI), picture.title)


def protocol_files(
    rehearsed: Rehearsed, request: Mapping[str, Any], folder: pathlib.Path, language: Language = "en"
) -> Iterator[pathlib.Path]:
    """Write the protocol into a folder, as Markdown and as HTML; each file as it is there. Raises OSError."""
    from simulation.report.handed.html import page

    document, words = protocol(rehearsed, request, language), Telling(rehearsed, language).words
    name = "protocol" if language == "en" else f"protocol.{language}"
    for ending, text in ((".md", markdown(document, words)), (".html", page(document, words))):
        file = folder / f"{name}{ending}"
        write_whole(file, text.encode())
        yield file
