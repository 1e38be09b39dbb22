"""The report of who pays and who gains: its sections in their order, as a document and as an HTML file."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator, Sequence

from simulation.report.economy.page.annex import every_assumed, further_pictures, meanings, warnings
from simulation.report.economy.page.budget import controllers
from simulation.report.economy.page.by_year import every_year, levels_side_by_side
from simulation.report.economy.page.hangs import hangs
from simulation.report.economy.page.made_of import prices, quantities, shares
from simulation.report.economy.page.material import Page, Priced
from simulation.report.economy.page.pays import every_figure, takes
from simulation.report.economy.page.question import answer, changed, every_answer, every_change, not_said, question
from simulation.report.economy.page.repeating import repeating
from simulation.report.economy.page.sure import every_knowing, every_trial, knowing, plane, sure
from simulation.report.handed.blocks import Document, Section
from simulation.report.handed.document import ANNEX
from simulation.report.handed.titles import AGAINST, SEVERAL, about, foot, title_of
from simulation.results.whole import write_whole
from simulation.world.labels import Language

Part = Callable[[Page], Iterator[Section]]
"""What makes a section or several, or none."""
FIRST: Sequence[Part] = (question, changed, answer, not_said)
SECOND: Sequence[Part] = (levels_side_by_side, takes, sure, knowing, repeating)
BEHIND: Sequence[Part] = (
    warnings, every_change, every_answer, controllers, every_year, every_figure, hangs, quantities, shares, prices,
    plane, every_knowing, every_trial, further_pictures, every_assumed, meanings,
)  # fmt: skip
"""Sections of page 1, of page 2, and of the annex. A section goes in by a line here."""


def cba_document(priced: Priced, language: Language = "en") -> Document:
    """The two pages and the annex."""
    page = Page(priced.assessed, language, priced=priced)
    base, *others = (title_of(each, language) for each in priced.loaded)
    title = page.say(SEVERAL, count=len(others), base=base)
    if len(others) == 1:
        title = page.say(AGAINST, scenario=others[0], base=base)
    first, second, behind = ([section for part in parts for section in part(page)] for parts in (FIRST, SECOND, BEHIND))
    return Document(
        language, title, about(priced, page.words), first, second, behind, foot(priced, page.words), page.say(ANNEX),
    )  # fmt: skip


def page_file(priced: Priced, language: Language = "en") -> Iterator[pathlib.Path]:
    """Write the report into its folder, as one HTML file. Raises OSError."""
    from simulation.report.handed.html import page

    document = cba_document(priced, language)
    file = priced.folder / ("report.html" if language == "en" else f"report.{language}.html")
    write_whole(file, page(document, Page(priced.assessed, language, priced=priced).words).encode())
    yield file
