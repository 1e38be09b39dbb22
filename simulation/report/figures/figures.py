"""The figures of what was simulated, by name: each is drawn from the run in one language, or not at all where there is
nothing to be seen.

Every figure has one purpose, and a sentence that says what is seen as its title. Lines differ by dash, marker and
weight as well as by colour, so they read in black and white too.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping

from simulation.report.figures.benefits import draw_benefits
from simulation.report.figures.caseload import draw_caseload
from simulation.report.figures.differences import draw_differences, draw_differences_of_arms
from simulation.report.figures.drawing import Album, Picture, in_style
from simulation.report.figures.employment import draw_employment
from simulation.report.figures.incidence import draw_incidence
from simulation.report.figures.offers import draw_queues
from simulation.report.figures.places import draw_places
from simulation.report.figures.talks import draw_talks
from simulation.report.findings import Findings
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.world.labels import Language

FIGURES: Mapping[str, Callable[[Ran, Wording], Picture | None]] = {
    "differences": draw_differences,
    "incidence": draw_incidence,
    "talk_share": draw_talks,
    "caseload_and_waiting": draw_caseload,
    "waiting_for_offers": draw_queues,
    "states": draw_places,
    "benefits": draw_benefits,
    "employment_by_month": draw_employment,
    "differences_between_arms": draw_differences_of_arms,
}
"""All of them, in the order in which they are read."""


def draw_figure(ran: Ran, name: str, language: Language = "en") -> Picture | None:
    """One figure by its name; None where there is nothing to be seen. Raises KeyError, naming those that there are."""
    if name not in FIGURES:
        raise KeyError(f"there is no figure {name}; there is {', '.join(FIGURES)}")
    with in_style():
        return FIGURES[name](ran, Findings(ran, language).wording)


def draw_figures(ran: Ran, language: Language = "en") -> dict[str, Picture]:
    """All figures in which there is something to be seen, by name."""
    drawn = {name: draw_figure(ran, name, language) for name in FIGURES}
    return {name: picture for name, picture in drawn.items() if picture is not None}


def draw_all(ran: Ran, folder: pathlib.Path, made_by: str, language: Language = "en") -> None:
    """Put all figures into a folder, with their captions; `made_by` stands at the foot of each."""
    album = Album(folder, made_by)
    for name in FIGURES:
        if (picture := draw_figure(ran, name, language)) is not None:
            album.add(picture, name)
    album.close()
