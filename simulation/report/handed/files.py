"""The files that are made of a finished result. They appear at once, and are no part of the result."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from simulation.report.handed.blocks import Document
from simulation.report.handed.material import Material
from simulation.results.whole import write_whole
from simulation.world.labels import Language


def report_files(material: Material, language: Language, html: bool, xlsx: bool) -> Iterator[pathlib.Path]:
    """Make the report, the workbook, or both, in one language; each file as it is there. Raises OSError."""
    name = "report" if language == "en" else f"report.{language}"
    if html:
        from simulation.report.handed.html import page

        file = material.folder / f"{name}.html"
        write_whole(file, page(_document(material, language), material.wording(language)).encode())
        yield file
    if xlsx:
        from simulation.report.handed.workbook import workbook

        file = material.folder / f"{name}.xlsx"
        write_whole(file, workbook(material, language))
        yield file


def _document(material: Material, language: Language) -> Document:
    from simulation.report.handed.document import run_document
    from simulation.report.handed.of_sweep import sweep_document

    return run_document(material, language) if material.swept is None else sweep_document(material, language)
