"""The whole report of a run or a comparison as a document."""

from __future__ import annotations

from simulation.report.handed.annex import annex
from simulation.report.handed.blocks import Document
from simulation.report.handed.figures import differences_picture, staff_picture
from simulation.report.handed.first_page import first_page
from simulation.report.handed.material import Material
from simulation.report.handed.second_page import second_page
from simulation.report.handed.titles import about, foot, title
from simulation.world.labels import Label, Language

ANNEX = Label("Annex", "Bilag")


def run_document(material: Material, language: Language) -> Document:
    """The two pages and the annex."""
    findings = material.findings(language)
    wording = findings.wording
    return Document(
        language, title(material, language, wording), about(material, wording),
        first_page(material, findings, differences_picture(findings)),
        second_page(material, findings, staff_picture(findings)),
        annex(material, findings), foot(material, wording), wording.say(ANNEX),
    )  # fmt: skip
